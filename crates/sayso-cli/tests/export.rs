//! `sayso export`, `backup` and `restore` as they are run.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const HARBOUR: &str = "\
The quay at Anbry stays shut

“Dorn told us that the crane is safe, and it is not,” Ilse Maron, head of the harbour office, said on Friday.

Mayor Dorn of Brezna denied that the crane had ever been unsafe. “The café on the quay is open,” he told the Anbry Post.
";

const BREZNA: &str = "\
Brezna counts its boats

Mayor Dorn said on Monday that every boat in Brezna had been counted. \
Petra Sulk, a fisherwoman, accused the mayor of counting the same boats twice.
";

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-export-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.0.join(name), bytes).expect("a temporary file can be written");
        self.path(name)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// A library with both articles.
    fn library(&self) -> String {
        let articles = [self.file("harbour.txt", HARBOUR), self.file("brezna.txt", BREZNA)];
        let library = self.path("library.db");
        let add = [
            "add",
            &articles[0],
            &articles[1],
            "--tier",
            "fast",
            "--published",
            "2024-05-18",
            "--library",
            &library,
        ];
        let added = sayso(&add);
        assert_eq!(added.code, 0, "{}", added.stderr);
        library
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn sayso(args: &[&str]) -> Run {
    let Output { status, stdout, stderr } = command(args).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let run =
        Run { code: status.code().expect("it is not killed"), stdout: text(stdout), stderr: text(stderr) };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

fn ledgers(text: &str) -> Vec<serde_json::Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn quotes(ledgers: &[serde_json::Value]) -> Vec<String> {
    let statements = ledgers.iter().flat_map(|ledger| ledger["statements"].as_array().expect("statements"));
    statements.map(|one| one["quote"].as_str().expect("words").to_owned()).collect()
}

#[test]
fn what_was_added_is_exported_and_what_is_asked_for_alone() {
    let folder = Folder::new("asked");
    let library = folder.library();
    let export = |args: &[&str]| sayso(&[&["export", "--library", &library], args].concat());
    let all = export(&[]);
    assert_eq!((all.code, all.stderr.as_str()), (0, ""));
    let read = ["harbour.txt", "brezna.txt"].map(|name| folder.path(name));
    let args =
        ["read", &read[0], &read[1], "--tier", "fast", "--published", "2024-05-18", "--format", "jsonl"];
    let (mut exported, read) = (ledgers(&all.stdout), ledgers(&sayso(&args).stdout));
    for (at, ledger) in exported.iter_mut().enumerate() {
        let provenance =
            ledger.as_object_mut().and_then(|ledger| ledger.remove("provenance")).expect("it is there");
        assert_eq!(provenance["article"], at + 1);
        assert!(provenance["weights"].as_str().is_some_and(|weights| weights.starts_with("fast ")));
    }
    assert_eq!(exported, read);

    let some = export(&["crane", "--speaker", "dorn"]);
    let some = ledgers(&some.stdout);
    assert!(quotes(&some).iter().all(|quote| quote.contains("crane")) && some.len() == 1, "{some:?}");
    assert!(some[0]["notes"].to_string().contains("those that were asked for"), "{}", some[0]["notes"]);
    assert_eq!(quotes(&ledgers(&export(&["--limit", "1"]).stdout)).len(), 1);

    for format in ["csv", "jsonl", "plover"] {
        let nothing = export(&["walrus", "--format", format]);
        assert_eq!(
            (nothing.code, nothing.stdout.lines().count()),
            (0, usize::from(format == "csv")),
            "{format}"
        );
        assert!(nothing.stderr.contains("nothing was found"), "{format}: {}", nothing.stderr);
    }
}

#[test]
fn what_reviewers_rejected_is_left_out_and_counted_in_every_format() {
    let folder = Folder::new("rejected");
    let library = folder.library();
    let rejected = sayso(&["correct", "1", "--reject", "--reviewer", "Petra Sulk", "--library", &library]);
    assert_eq!(rejected.code, 0, "{}", rejected.stderr);
    let left_out = "1 statement that a reviewer rejected";
    let one = ["crane", "--library", &library];
    for format in
        ["table", "json", "jsonl", "csv", "brat", "html", "markdown", "web-annotation", "jsonld", "plover"]
    {
        for more in [&one[1..], &one[..]] {
            let folder = folder.path(&format!("{format}-{}", more.len()));
            let export = sayso(&[&["export", "--format", format, "-o", &folder], more].concat());
            assert_eq!(
                (export.code, export.stderr.matches(left_out).count()),
                (0, 1),
                "{format}: {}",
                export.stderr
            );
        }
    }
    let head = std::fs::read_to_string(folder.path("markdown-2")).expect("it was written");
    assert!(head.contains("1 statement that a person rejected left out."), "{head}");
    let all = |format: &str| sayso(&["export", "--review", "all", "--format", format, "--library", &library]);
    assert_eq!(all("csv").stderr.matches("left out").count(), 0);
    assert_eq!(all("plover").stderr.matches(left_out).count(), 1);
}

#[test]
fn every_format_is_exported() {
    let folder = Folder::new("formats");
    let library = folder.library();
    let help = sayso(&["export", "--help"]).stdout;
    for (format, is_one) in [
        ("table", false),
        ("json", true),
        ("jsonl", false),
        ("csv", false),
        ("brat", true),
        ("html", true),
        ("markdown", false),
        ("web-annotation", false),
        ("jsonld", false),
        ("plover", false),
    ] {
        assert!(help.contains(format), "{format}: {help}");
        let path = folder.path(&format!("out-{format}"));
        let run = sayso(&["export", "--format", format, "-o", &path, "--library", &library]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{format}: {}", run.stderr);
        assert_eq!(Path::new(&path).is_dir(), is_one, "{format}");
        let printed = sayso(&["export", "--format", format, "--library", &library]);
        assert_eq!(printed.code, i32::from(is_one), "{format}: {}", printed.stderr);
        if is_one {
            assert!(
                printed.stderr.contains("expected") && printed.stderr.contains("FOLDER"),
                "{}",
                printed.stderr
            );
        } else {
            assert_eq!(printed.stdout, std::fs::read_to_string(&path).expect("it is written"), "{format}");
        }
    }
    let events = sayso(&["export", "--format", "plover", "--library", &library]);
    assert!(events.stdout.contains("ACCUSE") && events.stderr.contains("left out: "), "{}", events.stderr);
    let dossier =
        sayso(&["export", "--format", "markdown", "--target", "dorn", "--library", &library]).stdout;
    assert!(dossier.contains("What was asked for: statements about “dorn”."), "{dossier}");
}

#[test]
fn a_codebook_that_is_wrong_says_where_and_writes_nothing() {
    let folder = Folder::new("codebook");
    let library = folder.library();
    let sheet = folder.file("sheet.csv", "kept");
    let book = folder.file("book.toml", "[[column]]\nname = \"who\"\nfield = \"actor\"\n");
    let export = |format: &str, book: &str| {
        sayso(&["export", "--format", format, "--codebook", book, "-o", &sheet, "--library", &library])
    };
    let wrong = export("csv", &book);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.contains("book.toml, line 3: no field \"actor\"; expected one of document"),
        "{}",
        wrong.stderr
    );
    for (format, book, expected) in
        [("csv", "none.toml", "No such file"), ("jsonl", &book, "--codebook is for --format csv")]
    {
        let wrong = export(format, book);
        assert_eq!(wrong.code, 2);
        assert!(wrong.stderr.contains(expected), "{}", wrong.stderr);
    }
    assert_eq!(std::fs::read_to_string(&sheet).expect("it is there"), "kept");
    folder.file("book.toml", "[[column]]\nname = \"who\"\nfield = \"speaker_name\"\nempty = \"?\"\n");
    assert_eq!(export("csv", &book).code, 0);
    let rows = std::fs::read_to_string(&sheet).expect("it is there");
    assert!(rows.starts_with("who\r\n") && rows.contains("Ilse Maron\r\n"), "{rows}");
    let fields = sayso(&["export", "--fields"]);
    assert!(fields.code == 0 && fields.stdout.contains("speaker_name"), "{}", fields.stdout);
}

#[test]
fn a_library_that_is_not_there_is_an_error_and_a_closed_pipe_is_none() {
    let folder = Folder::new("odd");
    let (missing, out) = (folder.path("none.db"), folder.file("out.csv", "kept"));
    for args in
        [vec!["export", "--format", "csv", "-o", &out], vec!["backup", "b.db"], vec!["restore", &missing]]
    {
        let run = sayso(&[args.as_slice(), &["--library", &missing]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{args:?}");
        assert!(run.stderr.contains("no library is there; expected"), "{args:?}: {}", run.stderr);
    }
    assert_eq!(std::fs::read_to_string(&out).expect("it is there"), "kept");
    let wrong = sayso(&["export", "--since", "soon", "--library", &missing]);
    assert!(wrong.code == 2 && wrong.stderr.contains("expected EDTF"), "{}", wrong.stderr);

    let library = folder.library();
    let mut child = command(&["export", "--library", &library]).spawn().expect("the program starts");
    let mut first = [0; 1];
    let mut pipe = child.stdout.take().expect("it is a pipe");
    pipe.read_exact(&mut first).expect("it writes");
    drop(pipe);
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success() && ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn a_backup_is_restored() {
    let folder = Folder::new("backup");
    let library = folder.library();
    let (backup, new) = (folder.path("backup.db"), folder.path("new.db"));
    let exported = |library: &str| {
        let run = sayso(&["export", "--library", library]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let run = sayso(&["backup", &backup, "--library", &library]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.starts_with("2 articles, ") && run.stdout.contains("checked: "), "{}", run.stdout);
    let again = sayso(&["backup", &backup, "--library", &library]);
    assert!(
        again.code == 1 && again.stderr.contains("a file is there already; expected"),
        "{}",
        again.stderr
    );

    let run = sayso(&["restore", &backup, "--library", &new]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(exported(&new), exported(&library));
    let refused = sayso(&["restore", &backup, "--library", &new]);
    assert!(refused.code == 1 && refused.stderr.contains("expected --replace"), "{}", refused.stderr);
    let replaced = sayso(&["restore", &backup, "--replace", "--library", &new]);
    assert_eq!(replaced.code, 0, "{}", replaced.stderr);
    assert!(
        replaced.stdout.contains("the one from before is") && replaced.stdout.contains("new.db.replaced")
    );
    assert_eq!(exported(&folder.path("new.db.replaced")), exported(&library));

    let bytes = std::fs::read(&backup).expect("it is there");
    let damaged = folder.file("damaged.db", &bytes[..bytes.len() - 4096]);
    let refused = sayso(&["restore", &damaged, "--replace", "--library", &new]);
    assert!(refused.code == 1 && refused.stderr.contains("damaged.db: "), "{}", refused.stderr);
    assert_eq!(exported(&new), exported(&library));
}

#[test]
fn a_restore_that_is_killed_leaves_a_whole_library() {
    let folder = Folder::new("killed");
    let library = folder.library();
    let backup = folder.path("backup.db");
    assert_eq!(sayso(&["backup", &backup, "--library", &library]).code, 0);
    let expected = sayso(&["export", "--library", &library]).stdout;
    let names = || {
        let files = std::fs::read_dir(&folder.0).expect("the folder can be read");
        files
            .filter_map(|file| Some(file.ok()?.file_name().to_string_lossy().into_owned()))
            .collect::<Vec<_>>()
    };
    // at its copy, and some steps later
    for later in 0..12 {
        let mut child = command(&["restore", &backup, "--replace", "--library", &library])
            .spawn()
            .expect("the program starts");
        let part = format!("library.db.part-{}", child.id());
        let mut seen = 0;
        while child.try_wait().expect("it can be asked").is_none() && seen <= later * 20 {
            seen += usize::from(seen > 0 || names().contains(&part));
        }
        // it may have ended
        let _killed = child.kill();
        child.wait().expect("it ends");
        let checked = sayso(&["check", "--library", &library]);
        assert_eq!(checked.code, 0, "{later}: {}", checked.stderr);
        assert_eq!(sayso(&["export", "--library", &library]).stdout, expected, "{later}");
    }
    let run = sayso(&["restore", &backup, "--replace", "--library", &library]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn no_output_is_written_over_what_is_read() {
    let folder = Folder::new("spared");
    let library = folder.library();
    let whole = std::fs::read(&library).expect("it is there");
    let article = folder.path("harbour.txt");
    let book = folder.file("book.toml", "[[column]]\nname = \"who\"\nfield = \"speaker_name\"\n");
    let second = folder.path("second.db");
    std::fs::hard_link(&library, &second).expect("a second name");
    let [journal, index] = ["-wal", "-shm"].map(|ending| format!("{library}{ending}"));
    let export = ["export", "--library", &library, "--format", "csv", "--codebook", &book];
    let read = ["read", "--tier", "fast", "--format", "jsonl"];
    let dotted = folder.path("./library.db");
    for (args, output, what) in [
        (&export[..], &library, "the library, which is not written over"),
        (&export, &dotted, "the library, which"),
        (&export, &second, "another name of a file that is read"),
        (&export, &journal, "a file of the library"),
        (&export, &index, "a file of the library"),
        (&export, &book, "the codebook"),
        (&[&read[..], &[&article]].concat(), &article, "an input"),
        (&[&read[..], &[&folder.path("")]].concat(), &folder.path("new.jsonl"), "a folder that is read"),
    ] {
        let refused = sayso(&[args, &["-o", output]].concat());
        assert_eq!(refused.code, 2, "{output}: {}", refused.stderr);
        let says = format!("--output {output}: ");
        assert!(refused.stderr.contains(&says) && refused.stderr.contains(what), "{}", refused.stderr);
    }
    // names of a folder's files are known when they are written
    let own = folder.path("own");
    std::fs::create_dir(&own).expect("a new folder");
    let original = folder.file("own/a.txt", format!("\u{feff}{HARBOUR}\r\n\r\n"));
    let before = std::fs::read(&original).expect("it is there");
    let refused = sayso(&["read", &original, "--tier", "fast", "--format", "brat", "-o", &own]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(refused.stderr.contains("own/a.txt: an input, which is not written over"), "{}", refused.stderr);
    assert!(!folder.0.join("own/a.ann").exists());
    let beside = sayso(&["read", &original, "--tier", "fast", "--format", "html", "-o", &own]);
    assert_eq!((beside.code, folder.0.join("own/a.html").exists()), (0, true), "{}", beside.stderr);

    assert_eq!(std::fs::read(&original).expect("it is there"), before);
    assert_eq!(std::fs::read(&library).expect("it is there"), whole);
    assert_eq!(std::fs::read_to_string(&article).expect("it is there"), HARBOUR);
    assert!(std::fs::read_to_string(&book).expect("it is there").contains("speaker_name"));
    assert!(!Path::new(&journal).exists() || std::fs::read(&journal).is_ok_and(|log| log.is_empty()));
}

#[test]
fn an_export_that_fails_leaves_the_file_from_before() {
    let folder = Folder::new("fails");
    let library = folder.library();
    let connection = rusqlite::Connection::open(&library).expect("it opens");
    connection.execute_batch("UPDATE articles SET document = '{}' WHERE id = 2").expect("it writes");
    drop(connection);
    let out = folder.file("all.jsonl", "the export of last week\n");
    let export = |out: &str| sayso(&["export", "--library", &library, "-o", out]);
    let failed = export(&out);
    assert_eq!(failed.code, 1, "{}", failed.stderr);
    assert!(
        failed.stderr.contains("article 2") && failed.stderr.contains("the file from before is as it was"),
        "{}",
        failed.stderr
    );
    assert_eq!(std::fs::read_to_string(&out).expect("it is there"), "the export of last week\n");
    let new = folder.path("new.jsonl");
    let failed = export(&new);
    assert!(failed.code == 1 && failed.stderr.contains("new.jsonl: was not written"), "{}", failed.stderr);
    let pages = folder.path("pages");
    let failed = sayso(&["export", "--library", &library, "--format", "html", "-o", &pages]);
    assert!(failed.code == 1 && failed.stderr.contains("the articles before it are"), "{}", failed.stderr);
    assert!(folder.0.join("pages/harbour.html").exists());
    let files = std::fs::read_dir(&folder.0).expect("the folder can be read");
    let names: Vec<_> = files.map(|file| file.expect("a file").file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains(".part-")), "{names:?}");
    assert!(!Path::new(&new).exists());
}

#[cfg(unix)]
#[test]
fn an_output_may_be_a_link_a_pipe_or_a_device() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("special");
    let library = folder.library();
    let export = ["export", "--library", &library, "-o"];
    let expected = sayso(&export[..3]).stdout;
    let to = |out: &str| {
        let run = sayso(&[&export[..], &[out]].concat());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{out}");
        run.stdout
    };
    assert!(!expected.is_empty());
    assert_eq!(to("/dev/stdout"), expected);
    assert_eq!(to("/dev/null"), "");
    assert!(!Path::new("/dev/null").is_file());

    let (kept, link) = (folder.file("kept.jsonl", "before"), folder.path("link.jsonl"));
    std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    symlink("kept.jsonl", &link).expect("a new name");
    to(&link);
    assert_eq!(
        (std::fs::read_to_string(&kept).ok(), Path::new(&link).is_symlink()),
        (Some(expected.clone()), true)
    );
    let about = std::fs::metadata(&kept).expect("it is there");
    assert_eq!(about.permissions().mode() & 0o777, 0o640);

    let pipe = folder.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("every Unix has it");
    assert!(made.success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe)
    });
    to(&pipe);
    assert_eq!(reader.join().expect("it ends").ok(), Some(expected.clone()));
    // a file that the shell opened
    let file = std::fs::File::create(folder.path("shell.jsonl")).expect("a new file");
    let status = command(&[&export[..], &["/dev/stdout"]].concat()).stdout(file).status();
    assert!(status.is_ok_and(|status| status.success()));
    assert_eq!(std::fs::read_to_string(folder.path("shell.jsonl")).ok(), Some(expected));
}

#[test]
fn a_backup_does_not_take_the_name_of_a_log() {
    let folder = Folder::new("companion");
    let library = folder.library();
    let refused = sayso(&["backup", &format!("{library}-wal"), "--library", &library]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("SQLite keeps this name"), "{}", refused.stderr);
    assert_eq!(sayso(&["check", "--library", &library]).code, 0);
}
