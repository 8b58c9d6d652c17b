//! The `sayso` command as it is run: every kind of input, every format, every way to fail.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const QUIET: &str =
    "The harbour office said on Friday that the quay would stay shut until the crane is repaired.\n";

/// A folder of files that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-cli-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a temporary file can be written");
        path.display().to_string()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
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

fn sayso(args: &[&str]) -> Run {
    sayso_with(args, b"")
}

fn sayso_with(args: &[&str], stdin: &[u8]) -> Run {
    let mut child = command(args).spawn().expect("the program starts");
    let mut pipe = child.stdin.take().expect("standard input is a pipe");
    let stdin = stdin.to_vec();
    let feed = std::thread::spawn(move || {
        // A program that does not read its input is no failure of the test.
        let _unread = pipe.write_all(&stdin);
    });
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
    feed.join().expect("the input is fed");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let run =
        Run { code: status.code().expect("it is not killed"), stdout: text(stdout), stderr: text(stderr) };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn one(path: &str) -> serde_json::Value {
    let run = sayso(&["read", "--format", "json", path]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    json(&run.stdout)
}

fn notes(ledger: &serde_json::Value) -> String {
    ledger["notes"].to_string()
}

#[test]
fn what_cannot_be_read_says_what_and_where() {
    let folder = Folder::new("unreadable");
    let cases = [
        (folder.file("empty.txt", ""), "empty"),
        (folder.file("blank.txt", " \n\u{feff}\n"), "empty"),
        (folder.file("letter.pdf", "%PDF-1.7 and so on"), "a PDF file at byte 0"),
        (folder.file("data.bin", [b"text ".as_slice(), &[0, 1, 2, 3, 4, 5, 6, 7]].concat()), "at byte 5"),
        (folder.path("missing.txt"), "No such file"),
        (
            folder.file("links.html", "<html><body><nav></nav><form><input></form></body></html>"),
            "no running text",
        ),
        (folder.file("deep.html", format!("<html>{}x", "<div>".repeat(200_000))), "deep"),
    ];
    for (path, expected) in &cases {
        let run = sayso(&["read", path]);
        assert_eq!(run.code, 1, "{path}");
        assert!(run.stdout.is_empty(), "{path}");
        assert!(
            run.stderr.contains(path.as_str()) && run.stderr.contains(expected),
            "{path}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("expected"), "{path}: {}", run.stderr);
    }
}

#[test]
fn a_huge_file_is_refused_before_all_of_it_is_read() {
    let folder = Folder::new("huge");
    let path = folder.path("huge.txt");
    let file = std::fs::File::create(&path).expect("a temporary file can be made");
    file.set_len(200 << 20).expect("a sparse file can be made");
    let start = Instant::now();
    let run = sayso(&["read", &path]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("more than 64 MB; at most 64 MB"), "{}", run.stderr);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn odd_text_is_read_with_a_note() {
    let folder = Folder::new("odd");
    let nul = one(&folder.file("nul.txt", QUIET.replace("quay", "qu\0ay")));
    assert!(notes(&nul).contains("1 NUL character in the text, first at byte"), "{}", notes(&nul));
    assert_eq!(nul["document"]["text"], QUIET.replace("quay", "qu\0ay"));

    let mut bytes = "“Nein,” said Käthe Grün. “Niemals.” ".repeat(4).into_bytes();
    bytes[7] = 0xFF;
    let broken = one(&folder.file("broken.txt", &bytes));
    assert!(notes(&broken).contains("invalid UTF-8, first at byte 7,"), "{}", notes(&broken));

    let latin = one(&folder.file(
        "latin.txt",
        QUIET.replace("quay", "caf\u{e9} quay").chars().map(|c| c as u8).collect::<Vec<_>>(),
    ));
    assert!(notes(&latin).contains("decoded as windows-125"), "{}", notes(&latin));
    assert!(latin["document"]["text"].to_string().contains("café"));

    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(QUIET.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let wide = one(&folder.file("wide.txt", wide));
    assert_eq!(wide["document"]["text"], QUIET);
    assert!(notes(&wide).contains("UTF-16LE"));
}

#[test]
fn plain_text_is_kept_as_it_is() {
    let folder = Folder::new("kept");
    let text = format!("\u{feff}A tram?\r\n\r\n  {QUIET}\t\r\n😀 “Yes,” said Oru.\r\n");
    let ledger = one(&folder.file("kept.txt", &text));
    assert_eq!(ledger["document"]["text"], text);
    assert_eq!(ledger["schema"], "sayso.ledger/1");
    assert_eq!(ledger["notes"], serde_json::json!([]));
    let characters: Vec<char> = text.chars().collect();
    let place = |block: &serde_json::Value, key: &str| {
        usize::try_from(block[key].as_u64().expect("a place")).expect("it fits")
    };
    let blocks = ledger["document"]["blocks"].as_array().expect("blocks");
    let words: Vec<String> =
        blocks.iter().map(|b| characters[place(b, "start")..place(b, "end")].iter().collect()).collect();
    assert_eq!(words, ["A tram?", QUIET.trim(), "😀 “Yes,” said Oru."]);
}

#[test]
fn other_languages_get_a_note_and_no_statements() {
    let folder = Folder::new("languages");
    let german = "Der Minister sagte am Freitag, dass die Brücke geschlossen bleibt. „Wir wissen nicht, wann sie wieder \
                  geöffnet wird“, erklärte er vor den Journalisten in der Hauptstadt und verließ den Saal.\n";
    let arabic =
        "قال الوزير يوم الجمعة إن الجسر سيبقى مغلقا حتى إشعار آخر. وأضاف أن الحكومة لا تعرف متى سيفتح.\n";
    for (name, text, language) in [("de.txt", german, "de"), ("ar.txt", arabic, "ar")] {
        let ledger = one(&folder.file(name, text));
        assert_eq!(ledger["document"]["language"], language);
        assert_eq!(ledger["statements"], serde_json::json!([]));
        assert!(notes(&ledger).contains("sayso reads English"));
        assert_ne!(ledger["document"]["blocks"], serde_json::json!([]));
    }
}

#[test]
fn long_lines_and_many_marks_end_in_time() {
    let folder = Folder::new("long");
    let line =
        folder.file("line.txt", "the quay is shut and the crane has fallen ".repeat(5 * (1 << 20) / 42));
    let marks = folder.file("marks.txt", "\"".repeat(100_000));
    let start = Instant::now();
    let run = sayso(&["read", "--tier", "fast", "--format", "jsonl", &line, &marks]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 2);
    assert!(start.elapsed() < Duration::from_secs(240), "took {:?}", start.elapsed());
}

#[test]
fn one_bad_input_loses_none_of_the_others() {
    let folder = Folder::new("mixed");
    let paths = [
        folder.file("a.txt", QUIET),
        folder.path("missing.txt"),
        folder.file("b.txt", QUIET),
        folder.file("c.bin", [0u8; 64]),
        folder.file("d.txt", QUIET),
    ];
    let mut args = vec!["read", "--format", "jsonl"];
    args.extend(paths.iter().map(String::as_str));
    let run = sayso(&args);
    assert_eq!(run.code, 1);
    let ledgers: Vec<serde_json::Value> = run.stdout.lines().map(json).collect();
    assert_eq!(ledgers.iter().map(|ledger| ledger["document"]["id"].clone()).collect::<Vec<_>>(), paths);
    assert!(notes(&ledgers[1]).contains("No such file") && notes(&ledgers[3]).contains("binary"));
    assert_eq!(ledgers[1]["statements"], serde_json::json!([]));
    assert_eq!(run.stderr.lines().count(), 2);

    args[2] = "csv";
    let rows = sayso(&args);
    assert_eq!((rows.code, rows.stdout.matches("document,title").count()), (1, 1));
}

#[test]
fn lines_come_in_the_order_given() {
    let folder = Folder::new("order");
    let paths: Vec<String> = (0..40)
        .map(|n| folder.file(&format!("{n}.txt"), QUIET.repeat(if n % 5 == 0 { 200 } else { 1 })))
        .collect();
    let mut args = vec!["read", "--format", "jsonl"];
    args.extend(paths.iter().map(String::as_str));
    let run = sayso(&args);
    let ids: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| json(line)["document"]["id"].clone()).collect();
    assert_eq!(ids, paths);
}

#[test]
fn statements_that_are_too_unsure_are_left_out_with_a_note() {
    let all = sayso_with(&["read", "-", "--format", "json"], QUIET.as_bytes());
    let none = sayso_with(&["read", "-", "--format", "json", "--min-confidence", "1"], QUIET.as_bytes());
    let count = |run: &Run| json(&run.stdout)["statements"].as_array().map_or(0, Vec::len);
    assert_eq!((count(&all), count(&none)), (1, 0));
    assert!(none.stdout.contains("1 statement with a confidence below 1 left out"), "{}", none.stdout);
    let wrong = sayso_with(&["read", "-", "--min-confidence", "80"], QUIET.as_bytes());
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("expected a number from 0 to 1"), "{}", wrong.stderr);
}

#[test]
fn collections_hold_articles() {
    let folder = Folder::new("collections");
    let lines = format!(
        "{{\"id\":\"one\",\"text\":{},\"published\":\"2021-11-09T10:00:00Z\"}}\nno json\n{{\"url\":\"https://x.example/two\",\"html\":\"<p>Oru said that it fell.</p>\"}}\n",
        serde_json::to_string(QUIET).expect("a text is JSON")
    );
    folder.file("a.jsonl", lines);
    folder.file(
        "b.csv",
        "url,text\nhttps://x.example/three,\"Oru said, \"\"no\"\".\"\nhttps://x.example/four,\n",
    );
    folder.file(
        "c.xml",
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><item><title>Quay</title><link>https://x.example/five</link>\
         <pubDate>Tue, 09 Nov 2021 08:00:00 GMT</pubDate><description>&lt;p&gt;Oru said that it fell.&lt;/p&gt;</description></item></channel></rss>",
    );
    folder.file(".hidden", QUIET);
    let run = sayso(&["read", &folder.0.display().to_string(), "--format", "jsonl"]);
    assert_eq!(run.code, 1);
    let ledgers: Vec<serde_json::Value> = run.stdout.lines().map(json).collect();
    let seen: Vec<(&str, Option<&str>, usize)> = ledgers
        .iter()
        .map(|ledger| {
            let id = ledger["document"]["id"].as_str().expect("it has a name");
            let id = id.rsplit_once('/').map_or(id, |(_, id)| id);
            let statements = ledger["statements"].as_array().map_or(0, Vec::len);
            (id, ledger["document"]["published"].as_str(), statements)
        })
        .collect();
    let quiet = one(&folder.file("q.txt", QUIET))["statements"].as_array().map_or(0, Vec::len);
    assert_eq!(
        seen,
        [
            ("one", Some("2021-11-09"), quiet),
            ("a.jsonl#2", None, 0),
            ("two", None, 1),
            ("three", None, 1),
            ("four", None, 0),
            ("five", Some("2021-11-09"), 1)
        ]
    );
    assert!(run.stderr.contains("a.jsonl#2: ") && run.stderr.contains("four: empty"), "{}", run.stderr);
}

#[test]
fn standard_input_is_a_file_too() {
    let run = sayso_with(&["read", "-", "--format", "json", "--published", "2021-11-09"], QUIET.as_bytes());
    let ledger = json(&run.stdout);
    assert_eq!(ledger["document"]["id"], "standard input");
    assert_eq!(ledger["document"]["published"], "2021-11-09");
    assert_eq!(ledger["document"]["published_from"], "argument");
    assert_eq!(sayso_with(&["read", "-"], b"").code, 1);
}

#[test]
fn pages_are_told_by_what_they_hold() {
    let folder = Folder::new("pages");
    let body = format!("<p>{QUIET}</p>").repeat(6);
    let page = format!(
        "<!DOCTYPE html><html lang=en><head><title>Quay shut</title><meta charset=utf-8>\
         <script type='application/ld+json'>{{\"datePublished\":\"2021-11-09T10:00:00Z\"}}</script>\
         <script>document.title = '<p>no</p>'</script></head><body><nav>Home</nav><article><h1>Quay shut</h1>\
         {body}<h2>The crane</h2><p>“It fell, &amp; I saw it,” said Oru.</p></article></body></html>"
    );
    let ledger = one(&folder.file("page.txt", page));
    let text = ledger["document"]["text"].as_str().expect("a text");
    assert!(text.starts_with("Quay shut\n\n") && text.contains("“It fell, & I saw it,” said Oru."), "{text}");
    assert!(!text.contains('<') && !text.contains("Home"), "{text}");
    assert_eq!(ledger["document"]["title"], "Quay shut");
    assert_eq!(ledger["document"]["published"], "2021-11-09");
    assert_eq!(ledger["document"]["published_from"], "json-ld");
    assert!(ledger["document"]["blocks"].to_string().contains("heading"));
}

const HARBOUR: &str = "Ilse Maron, head of the harbour office, said on Friday that the quay at Anbry would stay shut.\n\n\
    Mayor Dorn of Brezna denied that the café on the quay had closed.\n";

#[test]
fn the_library_keeps_each_article_once() {
    let folder = Folder::new("library");
    let library = folder.path("new/library.db");
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
    let add = |path: &str| sayso(&["add", path, "--library", &library, "--tier", "fast"]);
    let first = add(samples);
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(first.stdout.starts_with("7 added, 0 read anew, 0 known, 0 failed"), "{}", first.stdout);
    let second = add(samples);
    assert!(second.stdout.starts_with("0 added, 0 read anew, 7 known, 0 failed"), "{}", second.stdout);

    let damaged = folder.file("harbour.txt", [b"text ".as_slice(), &[0, 1, 2, 3]].concat());
    let failed = add(&damaged);
    assert_eq!(failed.code, 1);
    assert!(failed.stdout.starts_with("0 added, 0 read anew, 0 known, 1 failed"), "{}", failed.stdout);
    let check = |code: i32, remarks: &str| {
        let run = sayso(&["check", "--library", &library]);
        assert_eq!(run.code, code, "{}", run.stderr);
        assert!(run.stderr.contains(remarks), "{}", run.stderr);
        run.stdout
    };
    assert!(check(0, "harbour.txt: binary").ends_with("0 faults\n"));
    folder.file("harbour.txt", HARBOUR);
    assert_eq!(add(&damaged).code, 0);
    assert!(check(0, "").starts_with("8 articles"));
    assert_eq!(sayso(&["check", "--library", &library]).stderr, "");

    std::fs::write(&library, "no library").expect("it can be damaged");
    for args in [vec!["check"], vec!["find", "quay"], vec!["add", &damaged]] {
        let run = sayso(&[args.as_slice(), &["--library", &library]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{args:?}");
        assert!(run.stderr.contains("not a library of sayso; expected"), "{}", run.stderr);
    }
}

#[test]
fn what_is_mended_is_no_dead_letter_any_more() {
    let folder = Folder::new("mended");
    let library = folder.path(".library.db");
    let line = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    let good = line("Kell said no.");
    let rows = folder.file("rows.jsonl", format!("{good}{{\"text\": broken\n{{\"text\": broken too\n"));
    let other = folder.file("rows.jsonl.txt", "");
    let add = |paths: &[&str]| {
        let run = sayso(&[&["add", "--tier", "fast", "--library", &library], paths].concat());
        let letters = sayso(&["check", "--library", &library]).stderr;
        (run.code, letters.lines().count())
    };
    assert_eq!(add(&[&rows, &other]), (1, 3));
    let mended = line("Kell said yes.").replace("{", "{\"id\": \"a name of its own\", ");
    folder.file("rows.jsonl", format!("{good}{mended}{{\"text\": broken too\n"));
    assert_eq!(add(&[&rows]), (1, 2), "the other file is still empty");
    folder.file("rows.jsonl", format!("{good}{mended}"));
    folder.file("rows.jsonl.txt", QUIET);
    assert_eq!(add(&[&folder.0.display().to_string()]), (0, 0));
}

#[test]
fn statements_of_the_library_are_found() {
    let folder = Folder::new("find");
    let library = folder.path("library.db");
    let find = |args: &[&str]| sayso(&[&["find"], args, &["--library", &library]].concat());
    let missing = find(&["quay"]);
    assert_eq!(missing.code, 1);
    assert!(missing.stderr.contains("no library is there; expected"), "{}", missing.stderr);
    let path = folder.file("harbour.txt", HARBOUR);
    let added = sayso(&["add", &path, "--published", "2024-05-18", "--library", &library]);
    assert_eq!(added.code, 0, "{}", added.stderr);

    let run = find(&["stay", "quay"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "2024-05-17  Ilse Maron  predicts  statement 1", "{}", run.stdout);
    assert!(lines[1].contains("that the quay at Anbry would stay shut"), "{}", run.stdout);
    assert!(lines[2].ends_with("harbour.txt") && lines.len() == 3, "{}", run.stdout);
    let shown = find(&["quay", "--color", "always"]).stdout;
    assert!(shown.contains("\u{1b}[1mquay"), "{shown}");

    let both = find(&["QUAY", "--format", "jsonl"]);
    let found: Vec<serde_json::Value> = both.stdout.lines().map(json).collect();
    assert_eq!(found.len(), 2, "{}", both.stdout);
    assert_eq!(found[0]["statement"]["speaker_name"], "Dorn");
    assert_eq!(found[0]["published"], "2024-05-18");
    for (args, count) in [
        (vec!["cafe"], 1),
        (vec!["--act", "deny"], 1),
        (vec!["--speaker", "maron", "--until", "2024-05-17"], 1),
        (vec!["--speaker", "maron", "--since", "2024-05-18"], 0),
        (vec!["\"shut stay\""], 0),
        (vec!["sta*", "--limit", "1"], 1),
        (vec!["NEAR(", "OR"], 0),
    ] {
        let run = find(&[&["--format", "jsonl"], args.as_slice()].concat());
        assert_eq!((run.code, run.stdout.lines().count()), (0, count), "{args:?}: {}", run.stdout);
        assert_eq!(run.stderr.contains("nothing was found"), count == 0, "{args:?}: {}", run.stderr);
    }
}

#[test]
fn wrong_arguments_say_what_was_expected() {
    let folder = Folder::new("usage");
    let (a, b) = (folder.file("a.txt", QUIET), folder.file("b.txt", QUIET));
    for (args, expected) in [
        (vec!["read"], "<FILE>"),
        (vec!["read", &a, "--format", "xml"], "jsonl"),
        (vec!["read", &a, "--published", "9.11.2021"], "expected YYYY"),
        (vec!["read", &a, "--published", "2021-02-30"], "no such day"),
        (vec!["read", &a, "--tier", "deep"], "possible values: fast, accurate"),
        (vec!["read", &a, &b, "--format", "json"], "jsonl"),
        (vec!["read", &a, &b, "--format", "html"], "--output FOLDER"),
        (vec!["read", "-", "-"], "only once"),
        (vec!["inspect", &a], "--stage"),
        (vec!["find", "quay", "--since", "last week"], "expected EDTF"),
        (vec!["find", "--act", "shout"], "possible values: state"),
    ] {
        let run = sayso(&args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn nothing_is_fetched_unless_it_is_asked_for() {
    for command in ["read", "article"] {
        for address in ["http://127.0.0.1:8000/quay", "HTTPS://x.example/quay"] {
            let run = sayso(&[command, address]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
            assert!(run.stderr.contains("nothing is fetched without --fetch"), "{}", run.stderr);
            assert!(run.stderr.contains(address), "{}", run.stderr);
        }
        assert!(sayso(&[command, "--help"]).stdout.contains("--fetch"));
    }
    let run = sayso(&["inspect", "--stage", "tokens", "https://x.example/quay"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("inspect fetches nothing"), "{}", run.stderr);
    assert_eq!(sayso(&["inspect", "--stage", "tokens", "https://x.example/quay", "--fetch"]).code, 2);
}

#[test]
fn no_address_leads_to_this_machine_or_its_network() {
    let folder = Folder::new("private");
    let quiet = folder.file("a.txt", QUIET);
    let (loopback, private) = ("http://localhost:8000/quay", "https://10.0.0.1/quay");
    for command in ["read", "article"] {
        let run = sayso(&[command, loopback, "--fetch"]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{}", run.stderr);
        assert!(run.stderr.contains(loopback) && run.stderr.contains("loopback"), "{}", run.stderr);
    }
    let run = sayso(&["read", "--fetch", loopback, &quiet, private, "--format", "jsonl"]);
    assert_eq!(run.code, 1);
    let ledgers: Vec<serde_json::Value> = run.stdout.lines().map(json).collect();
    let ids: Vec<&serde_json::Value> = ledgers.iter().map(|ledger| &ledger["document"]["id"]).collect();
    assert_eq!(ids, [loopback, &quiet, private]);
    assert!(notes(&ledgers[0]).contains("loopback") && notes(&ledgers[2]).contains("private"));
    assert!(ledgers.iter().all(|ledger| ledger["document"]["captured"].is_null()));
}

#[test]
fn a_folder_gets_a_file_for_each_article() {
    let folder = Folder::new("folder");
    std::fs::create_dir_all(folder.0.join("x")).expect("a folder can be made");
    let (a, b) = (folder.file("a.txt", QUIET), folder.file("x/a.txt", QUIET));
    let out = folder.path("out");
    for (format, files) in [
        ("html", vec!["a.html", "a-2.html"]),
        ("json", vec!["a.json"]),
        ("brat", vec!["a.ann", "a.txt", "a-2.ann", "a-2.txt"]),
    ] {
        let run = sayso(&["read", &a, &b, "--format", format, "--output", &out]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        for file in files {
            assert!(Path::new(&out).join(file).exists(), "{file}");
        }
    }
    let text =
        std::fs::read_to_string(Path::new(&out).join("a.txt")).expect("brat wants the text beside its marks");
    assert_eq!(text, QUIET);
    let table = folder.path("table.txt");
    assert_eq!(sayso(&["read", &a, &b, "-o", &table]).code, 0);
    assert!(std::fs::read_to_string(table).is_ok_and(|table| table.matches("statement").count() >= 2));
}

#[test]
fn pipes_are_plain_and_may_break() {
    let folder = Folder::new("pipes");
    let path = folder.file("a.txt", QUIET.repeat(3));
    for exporter in ["table", "json", "jsonl", "csv", "brat", "html"] {
        let run = sayso(&["read", &path, "--format", exporter]);
        assert_eq!(run.code, 0, "{exporter}: {}", run.stderr);
        assert!(!run.stdout.contains('\u{1b}'), "{exporter}");
    }
    assert!(sayso(&["read", &path, "--color", "always"]).stdout.contains('\u{1b}'));

    let paths = vec![path.as_str(); 300];
    let mut child = command(&[&["read", "--format", "jsonl"], paths.as_slice()].concat())
        .spawn()
        .expect("the program starts");
    let mut stdout = child.stdout.take().expect("standard output is a pipe");
    stdout.read_exact(&mut [0; 16]).expect("something is written");
    drop(stdout);
    let ended = child.wait_with_output().expect("the program ends");
    assert!(ended.status.success(), "{ended:?}");
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn terminals_are_not_commanded() {
    let folder = Folder::new("escapes");
    let text = QUIET.replace("quay", "\u{1b}]0;x\u{7}quay \u{202e}kcab\u{1b}[2J");
    let path = folder.file("a.txt", text.repeat(3));
    let run = sayso(&["read", &path]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", run.stdout);
    let missing = sayso(&["read", "no\u{1b}[2Jfile"]);
    assert!(!missing.stderr.contains("\u{1b}[2J"), "{:?}", missing.stderr);
}

#[test]
fn help_shows_every_format_and_stage() {
    let help = sayso(&["read", "--help"]).stdout;
    for format in ["table", "json", "jsonl", "csv", "brat", "html", "Examples:", "Exit status"] {
        assert!(help.contains(format), "{format}: {help}");
    }
    let folder = Folder::new("stages");
    let path = folder.file("a.txt", "The mayor said that the tram stands. Oru doubted it.\n");
    for stage in ["tokens", "syntax", "attribution"] {
        let run = sayso(&["inspect", "--stage", stage, &path]);
        assert_eq!(run.code, 0, "{stage}: {}", run.stderr);
        assert!(sayso(&["inspect", "--help"]).stdout.contains(stage));
    }
    assert!(sayso(&["--version"]).stdout.starts_with("sayso "));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(sayso(&["completions", shell]).stdout.contains("published"), "{shell}");
    }
}

#[test]
fn an_article_is_shown_as_it_is_read() {
    let folder = Folder::new("article");
    let body = format!("<p>{QUIET}</p>").repeat(6);
    let page = format!(
        "<html lang=en><head><title>Quay shut | Lake Courier</title><meta property='og:site_name' content='Lake Courier'>\
         <meta name=author content='By Ada Kell and Leon Orr, Reuters'></head><body><nav>Home</nav><article><h1>Quay shut</h1>\
         <p>Published 9 November 2021</p>{body}<h2>The crane</h2><p>It fell &lt;b&gt; and nobody saw it, said Oru.</p></article></body></html>"
    );
    let path = folder.file("page.html", page);
    let shown = sayso(&["article", &path]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    for line in [
        "title       Quay shut",
        "byline      Ada Kell, Leon Orr",
        "outlet      Lake Courier",
        "agency      Reuters (byline)",
        "published   2021-11-09 (text, 0.92)",
        "heading     The crane",
        "paragraph   It fell",
    ] {
        assert!(shown.stdout.contains(line), "{line}\n{}", shown.stdout);
    }
    let markdown = sayso(&["article", &path, "--format", "markdown"]).stdout;
    assert!(markdown.starts_with("# Quay shut\n\n") && markdown.contains("\n## The crane\n"), "{markdown}");
    let html = sayso(&["article", &path, "--format", "html"]).stdout;
    assert!(html.contains("<h2>The crane</h2>") && html.contains("It fell &lt;b&gt; and"), "{html}");
    let document = json(sayso(&["article", &path, "--format", "json"]).stdout.trim_end());
    assert_eq!(document["title"], "Quay shut");
    assert_eq!(document["blocks"][0]["role"], "title");
    assert_eq!(sayso(&["article", &folder.path("none.html")]).code, 1);
}

#[test]
fn a_web_archive_is_read_page_by_page() {
    let folder = Folder::new("archive");
    let record = |name: &str| {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><h1>The quay</h1><p>{name} said that the quay was shut.</p>"
        );
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/{name}\r\nContent-Type: application/http\r\n\
             WARC-Date: 2021-11-09T05:30:00Z\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
            page.len()
        )
    };
    let damaged = record("Vey").replace("WARC/1.0", "WORC/1.0");
    let path = folder.file("a.warc", format!("{}{damaged}{}", record("Oru"), record("Kell")));
    let run = sayso(&["read", &path, "--format", "jsonl"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let ledgers: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a ledger a line")).collect();
    let ids: Vec<&str> = ledgers.iter().filter_map(|ledger| ledger["document"]["id"].as_str()).collect();
    assert_eq!((ids[0], ids[2]), ("https://x.example/Oru", "https://x.example/Kell"));
    assert!(run.stderr.contains("no WARC record here"), "{}", run.stderr);
    assert_eq!(ledgers[2]["document"]["captured"], "2021-11-09T05:30:00Z");
    assert_eq!(ledgers[2]["statements"][0]["speaker_name"], "Kell");
}
