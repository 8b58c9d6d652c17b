//! Correcting and reviewing as it is done: one statement, a file of them, keys, scores, and evaluation data.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const HARBOUR: &str = "\
The quay at Anbry stays shut

Ilse Maron, head of the harbour office, said on Friday that the quay would stay shut until the crane is repaired. \
“Nobody will lift so much as a crate there,” she said.

Mayor Dorn of Brezna denied that the crane had ever been unsafe. Petra Sulk, a fisherwoman, accused the mayor of counting the \
same boats twice. Tobias Fenn watched.
";

/// A library with one article, in a folder that goes away with its test.
struct Library(PathBuf);

struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Library {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sayso-review-{test}-{}", std::process::id()));
        // what a test that was stopped left there
        let _left = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        let library = Self(folder);
        library.file("harbour.txt", HARBOUR);
        library.add("fast");
        library
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a temporary file can be written");
        path.display().to_string()
    }

    fn add(&self, tier: &str) -> Run {
        let run = self.run(&["add", "harbour.txt", "--published", "2024-05-18", "--tier", tier], "");
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    /// The program, in the library's folder, with nothing known of its user.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.args(args).current_dir(&self.0).env("SAYSO_LIBRARY", "library.db");
        command.env_remove("SAYSO_REVIEWER").env_remove("USER");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str], stdin: &str) -> Run {
        let mut child = self.command(args).spawn().expect("the program starts");
        let mut pipe = child.stdin.take().expect("standard input is a pipe");
        // a program that does not read its input is no failure of the test
        let _unread = pipe.write_all(stdin.as_bytes());
        drop(pipe);
        let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        let run = Run {
            code: status.code().expect("it ends by itself"),
            stdout: text(stdout),
            stderr: text(stderr),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }

    /// The same as Vera.
    fn vera(&self, args: &[&str], stdin: &str) -> Run {
        let args = [args, &["--reviewer", "Vera"]].concat();
        self.run(&args, stdin)
    }

    /// Every statement with its number.
    fn all(&self) -> Vec<Value> {
        let found = self.run(&["find", "--review", "all", "--format", "jsonl"], "");
        found.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    fn one(&self, words: &str) -> Value {
        let all = self.all();
        let found = all.iter().find(|one| one["statement"]["quote"].to_string().contains(words));
        found.unwrap_or_else(|| panic!("{words}: {all:#?}")).clone()
    }

    fn number(&self, words: &str) -> String {
        self.one(words)["number"].to_string()
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // what cannot be removed is the system's to clear
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn one_statement_is_corrected_and_the_correction_undone() {
    let library = Library::new("one");
    let number = library.number("same boats");
    let corrected = library.vera(&["correct", &number, "--speaker", "Tobias Fenn", "--act", "condemn"], "");
    assert_eq!(corrected.code, 0, "{}", corrected.stderr);
    assert_eq!(corrected.stdout, format!("statement {number}: edited by Vera: speaker, act\n"));
    assert_eq!(library.one("same boats")["statement"]["speaker_name"], "Tobias Fenn");
    let undone = library.vera(&["correct", &number, "--undo"], "");
    assert_eq!(undone.stdout, format!("statement {number}: as it was read\n"));
    let rejected = library.vera(&["correct", &number, "--reject", "--why", "a rumour"], "");
    assert_eq!(rejected.stdout, format!("statement {number}: rejected by Vera\n"));
    assert!(library.run(&["find", "boats"], "").stderr.contains("nothing was found"));
    assert!(library.run(&["find", "boats", "--review", "rejected"], "").stdout.contains("same boats twice"));
    let checked = library.run(&["check"], "");
    assert!(checked.code == 0 && checked.stdout.contains("0 faults"), "{}{}", checked.stdout, checked.stderr);
}

#[test]
fn what_cannot_be_done_says_what_was_expected() {
    let library = Library::new("refused");
    let number = library.number("same boats");
    for (args, code, said) in [
        (vec!["correct", &number, "--accept"], 2, "--reviewer NAME or SAYSO_REVIEWER"),
        (vec!["correct", "4000", "--accept", "--reviewer", "Vera"], 1, "statement 4000: not in"),
        (vec!["correct", &number, "--reviewer", "Vera"], 2, "nothing is said of it"),
        (
            vec!["correct", &number, "--accept", "--act", "deny", "--reviewer", "Vera"],
            2,
            "cannot be used with",
        ),
        (vec!["correct", &number, "--accept", "--reject", "--reviewer", "Vera"], 2, "cannot be used with"),
        (vec!["correct", "--accept", "--reviewer", "Vera"], 2, "required"),
        (vec!["correct", &number, "--speaker", "Anton Quill", "--reviewer", "Vera"], 1, "stands nowhere"),
        (vec!["correct", &number, "--said-on", "soon", "--reviewer", "Vera"], 1, "expected EDTF"),
        (vec!["correct", &number, "--undo", "--reviewer", "Vera"], 1, "nothing that Vera said"),
        (vec!["correct", "--undo", "--correction", "9", "--reviewer", "Vera"], 1, "none of Vera in force"),
        (
            vec!["correct", "--from", "missing.jsonl", "--reviewer", "Vera"],
            1,
            "expected a file of corrections",
        ),
        (
            vec!["correct", &number, "--accept", "--reviewer", "Vera", "--library", "none.db"],
            1,
            "no library is there",
        ),
        (vec!["review", "--reviewer", "Vera", "--library", "none.db"], 1, "no library is there"),
        (vec!["gold", "export"], 2, "--output"),
    ] {
        let run = library.run(&args, "");
        assert_eq!(run.code, code, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
    }
    assert!(!library.0.join("none.db").exists());
    assert!(library.all().iter().all(|one| one["statement"]["review"].is_null()));
}

#[test]
fn a_file_of_corrections_is_done_line_by_line() {
    let library = Library::new("file");
    let [boats, crane, lift] = ["same boats", "unsafe", "lift so much"].map(|words| library.number(words));
    let lines = format!(
        "{{\"statement\": {boats}, \"speaker\": \"unknown\", \"why_unknown\": \"two are called so\"}}\n\
        \n\
        {{\"statement\": {crane}, \"do\": \"accept\", \"reviewer\": \"Jonas\", \"why\": \"heard it\"}}\n\
        {{\"statement\": {crane}, \"content\": \"that nobody said\"}}\n\
        {{\"statement\": {lift}, \"colour\": \"blue\"}}\n\
        {{\"statement\": {lift}, \"do\": \"reject\", \"act\": \"deny\"}}\n\
        {{\"statement\": {lift}, \"do\": \"edit\", \"said_on\": \"2024-05-16\", \"said_on_words\": \"Friday\", \"negated\": true}}\n"
    );
    let run = library.vera(&["correct", "--from", "-"], &lines);
    assert_eq!(run.code, 1);
    let expected = format!(
        "statement {boats}: edited by Vera: speaker\nstatement {crane}: accepted by Jonas\n\
        statement {lift}: edited by Vera: negated, said_on\n3 made, 3 refused\n"
    );
    assert_eq!(run.stdout, expected, "{}", run.stderr);
    for said in
        ["- line 4: statement", "nowhere", "line 5: unknown field `colour`", "line 6", "expected one of them"]
    {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    assert_eq!(library.one("same boats")["statement"]["why_unknown"], "two are called so");
    let empty = library.vera(&["correct", "--from", &library.file("none.jsonl", "\n")], "");
    assert!(empty.code == 0 && empty.stderr.contains("no corrections"), "{}", empty.stderr);
}

#[test]
fn statements_come_one_after_the_other() {
    let library = Library::new("keys");
    let count = library.all().len();
    assert_eq!(count, 4);
    // the riskiest is the accusation: another speaker, another act, undone, and then the next one
    let run = library.vera(&["review"], "s Tobias Fenn\nc not an act\nx\nc deny\nu\na\n?\nr\nq\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("1 of 4") && run.stdout.contains("‹accused›"), "{}", run.stdout);
    assert!(run.stdout.contains("⟦of counting the same boats twice⟧"), "{}", run.stdout);
    assert!(run.stdout.contains("you       changed speaker, act"), "{}", run.stdout);
    assert!(run.stdout.ends_with("1 accepted, 1 rejected, 2 edits, 1 passed over\n"), "{}", run.stdout);
    assert!(run.stderr.contains("is no act") && run.stderr.contains("is no key here"), "{}", run.stderr);
    let boats = library.one("same boats");
    assert_eq!(boats["statement"]["speaker_name"], "Tobias Fenn");
    assert_eq!(boats["statement"]["act"], "accuse", "that was undone");

    // what is judged does not come again, but for another reviewer, who sees what was read
    let again = library.vera(&["review"], "");
    assert!(again.stdout.contains("1 of 2") && again.code == 0, "{}", again.stdout);
    let jonas = library.run(&["review", "--reviewer", "Jonas"], "q\n");
    assert!(
        jonas.stdout.contains("1 of 4") && jonas.stdout.contains("Petra Sulk (person)"),
        "{}",
        jonas.stdout
    );
    assert!(!jonas.stdout.contains("Fenn (") && !jonas.stdout.contains("you  "), "{}", jonas.stdout);

    let narrow = library
        .vera(&["review", "--speaker", "dorn", "--order", "sample"], "w the crane had ever been unsafe\na\n");
    assert!(narrow.stdout.contains("1 of 1"), "{}", narrow.stdout);
    assert_eq!(library.one("unsafe")["statement"]["quote"], "the crane had ever been unsafe");
    let none = library.vera(&["review", "--speaker", "Anton Quill"], "");
    assert!(none.code == 0 && none.stderr.contains("nothing is left"), "{}", none.stderr);
}

#[test]
fn fields_that_would_say_nothing_are_refused() {
    let library = Library::new("fields");
    let number = library.number("same boats");
    let lines = format!(
        "{{\"statement\": {number}, \"act\": \"deny\", \"why_unknown\": \"two are called so\"}}\n\
        {{\"statement\": {number}, \"act\": \"deny\", \"said_on_words\": \"Friday\"}}\n"
    );
    let run = library.vera(&["correct", "--from", "-"], &lines);
    assert_eq!((run.code, run.stdout.as_str()), (1, "0 made, 2 refused\n"), "{}", run.stderr);
    assert!(
        run.stderr.contains("speaker `unknown`") && run.stderr.contains("expected the date"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_narrowed_down_is_no_sample() {
    let library = Library::new("narrow");
    library.vera(&["review", "--order", "sample", "--speaker", "Dorn"], "a\n");
    library.vera(&["review", "--order", "sample", "--article", "1", "--limit", "1"], "a\n");
    let score = library.run(&["score", "--sample", "only", "--format", "json"], "");
    let counted =
        serde_json::from_str::<Value>(&score.stdout).map(|score| score["sample"]["whole"]["of"].clone());
    assert!(counted.as_ref().map_or(true, |of| of.is_null() || *of == 0), "{}", score.stdout);
}

#[test]
fn what_others_said_leaves_nothing_out() {
    let library = Library::new("others");
    library.run(&["review", "--reviewer", "Jonas"], "a\na\na\na\n");
    let new = library.vera(&["review", "--review", "none"], "a\nq\n");
    assert!(new.stdout.contains("1 of 4"), "{}{}", new.stdout, new.stderr);
    let sample = library.vera(&["review", "--review", "none", "--order", "sample"], "q\n");
    assert!(sample.stdout.contains("1 of 3"), "{}{}", sample.stdout, sample.stderr);
}

#[test]
fn a_card_shows_how_it_was_said() {
    let library = Library::new("card");
    let run = library.vera(&["review"], "q\n");
    assert!(run.stdout.contains("how       speech, indirect"), "{}", run.stdout);
}

#[test]
fn an_article_whose_source_words_name_another_speaker_is_no_gold() {
    let library = Library::new("moved");
    library.vera(&["review", "--article", "1"], "s Tobias Fenn\na\na\na\na\n");
    let left = library.run(&["gold", "export", "-o", "gold"], "");
    assert!(left.stderr.contains("left out, since Tobias Fenn"), "{}{}", left.stdout, left.stderr);
    assert!(!library.0.join("gold/gold.jsonl").exists());
    library.vera(&["correct", &library.number("same boats"), "--source", "Tobias Fenn"], "");
    let whole = library.run(&["gold", "export", "-o", "gold"], "");
    assert!(whole.stdout.starts_with("1 article, 4 statements"), "{}{}", whole.stdout, whole.stderr);
}

#[test]
fn gold_that_was_retracted_goes_and_files_of_others_stay() {
    let library = Library::new("retracted");
    library.vera(&["review", "--article", "1"], "a\na\na\na\n");
    let first = library.run(&["gold", "export", "-o", "gold"], "");
    assert!(first.code == 0 && library.0.join("gold/gold.jsonl").exists(), "{}", first.stderr);
    library.file("gold/articles/mine.jsonl", "mine");
    library.vera(&["correct", &library.number("same boats"), "--undo"], "");
    let second = library.run(&["gold", "export", "-o", "gold"], "");
    assert!(second.stderr.contains("no article is reviewed to its end"), "{}", second.stderr);
    assert!(!library.0.join("gold/gold.jsonl").exists() && !library.0.join("gold/read.jsonl").exists());
    let left: Vec<_> = std::fs::read_dir(library.0.join("gold/articles")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn what_stands_nowhere_is_listed_and_counted() {
    let library = Library::new("orphans");
    assert!(library.run(&["review", "--orphans"], "").stderr.contains("every correction stands"));
    let number = library.number("lift so much");
    library.vera(&["correct", &number, "--act", "vow"], "");
    let connection = rusqlite::Connection::open(library.0.join("library.db")).expect("a library");
    // as if this version did not find the statement any more
    connection
        .execute_batch("UPDATE articles SET version = '0'; UPDATE corrections SET id = id WHERE 0;")
        .expect("it can be changed");
    connection
        .execute_batch(
            "DROP TRIGGER corrections_are_not_changed;
            UPDATE corrections SET anchor = replace(anchor, 'Nobody will lift', 'Somebody will lift');",
        )
        .expect("it can be changed");
    drop(connection);
    let added = library.add("fast");
    assert!(added.stdout.starts_with("0 added, 1 read anew"), "{}", added.stdout);
    assert!(added.stderr.contains("1 correction stands nowhere"), "{}", added.stderr);
    let listed = library.run(&["review", "--orphans"], "");
    assert!(listed.stdout.contains("correction 1, edited by Vera on"), "{}", listed.stdout);
    assert!(
        listed.stdout.contains("act \"vow\"") && listed.stdout.contains("Somebody will lift"),
        "{}",
        listed.stdout
    );
    let checked = library.run(&["check"], "");
    assert!(
        checked.stderr.contains("1 correction stands nowhere") && checked.code == 0,
        "{}",
        checked.stderr
    );
    let taken = library.vera(&["correct", "--undo", "--correction", "1"], "");
    assert_eq!(taken.stdout, "correction 1 taken back\n", "{}", taken.stderr);
    assert!(library.run(&["review", "--orphans"], "").stdout.is_empty());
}

#[test]
fn scores_come_with_their_intervals_and_say_what_they_count() {
    let library = Library::new("score");
    let empty = library.run(&["score"], "");
    assert!(empty.code == 0 && empty.stderr.contains("nothing of this was reviewed"), "{}", empty.stderr);
    // of the four one is edited, one rejected, two accepted; Jonas accepts three and rejects one
    let [boats, crane, lift, quay] =
        ["same boats", "unsafe", "lift so much", "stay shut"].map(|words| library.number(words));
    for (number, what) in
        [(&boats, "--act=condemn"), (&crane, "--accept"), (&lift, "--accept"), (&quay, "--reject")]
    {
        library.vera(&["correct", number, what], "");
    }
    for (number, what) in
        [(&boats, "--accept"), (&crane, "--accept"), (&lift, "--accept"), (&quay, "--reject")]
    {
        library.run(&["correct", number, what, "--reviewer", "Jonas"], "");
    }
    let vera = library.vera(&["score"], "");
    // Wilson, 2 of 4, by hand: (0.5 + 0.4802 ± 1.96 sqrt(0.0625 + 0.0600)) / 1.9604
    assert!(vera.stdout.contains("whole record right    50.0 %   15.0 to  85.0  2 of 4"), "{}", vera.stdout);
    assert!(vera.stdout.contains("act right             66.7 %   20.8 to  93.9  2 of 3"), "{}", vera.stdout);
    assert!(vera.stdout.contains("are no sample of the library"), "{}", vera.stdout);
    assert!(!vera.stdout.contains("The sample"), "{}", vera.stdout);
    // three accepted by Jonas, two of them by Vera: 3 of 4 the same, and 2 of 4 by chance
    assert!(
        vera.stdout.contains("Jonas and Vera\n  accepted or not       75.0 % agree, kappa 0.50, of 4"),
        "{}",
        vera.stdout
    );
    library.run(&["review", "--order", "sample", "--limit", "2", "--reviewer", "Nora"], "a\nr\n");
    let score: Value =
        serde_json::from_str(&library.run(&["score", "--format", "json", "--reviewer", "Nora"], "").stdout)
            .expect("JSON");
    assert_eq!((&score["sample"]["whole"]["right"], &score["sample"]["whole"]["of"]), (&1.into(), &2.into()));
    assert_eq!(score["picked"]["sample"], 2);
    assert_eq!(score["agreement"].as_array().map(Vec::len), Some(3));
    let only = library.run(&["score", "--sample", "only", "--format", "json"], "");
    let only: Value = serde_json::from_str(&only.stdout).expect("JSON");
    assert!(only["all"].is_null() && only["sample"]["whole"]["of"] == 2, "{only}");
}

#[test]
fn articles_reviewed_to_their_end_become_evaluation_data() {
    let library = Library::new("gold");
    let not_yet = library.run(&["gold", "export", "-o", "gold"], "");
    assert!(not_yet.code == 0 && not_yet.stderr.contains("no article is reviewed"), "{}", not_yet.stderr);
    let reviewed = library.vera(&["review"], "r\nw the crane had ever been unsafe\na\na\na\n");
    assert_eq!(reviewed.code, 0, "{}", reviewed.stderr);
    let run = library.run(&["gold", "export", "-o", "gold", "--with-text"], "");
    assert_eq!((run.code, run.stdout.as_str()), (0, "1 article, 3 statements: gold\n"), "{}", run.stderr);
    let read = |name: &str| -> Vec<Value> {
        let lines = std::fs::read_to_string(library.0.join("gold").join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let text: Vec<char> = HARBOUR.chars().collect();
    let slice = |pair: &Value| -> String {
        let [start, end] = [&pair[0], &pair[1]]
            .map(|at| at.as_u64().and_then(|at| usize::try_from(at).ok()).expect("a place"));
        text[start..end].iter().collect()
    };
    let gold = &read("gold.jsonl")[0];
    assert_eq!((gold["id"].as_str(), gold["text"].as_str()), (Some("harbour.txt"), Some(HARBOUR)));
    let contents = |line: &Value| -> Vec<String> {
        let attributions = line["attributions"].as_array().expect("attributions").iter();
        attributions.map(|one| slice(&one["content"][0])).collect()
    };
    assert!(contents(gold).contains(&"the crane had ever been unsafe".to_owned()), "{gold}");
    let program = &read("read.jsonl")[0];
    assert_eq!((contents(gold).len(), contents(program).len()), (3, 4));
    assert!(program.get("text").is_none());

    // what the program read is what it reads
    let again = library.run(
        &["read", "harbour.txt", "--published", "2024-05-18", "--tier", "fast", "--format", "jsonl"],
        "",
    );
    let again: Value = serde_json::from_str(&again.stdout).expect("a ledger");
    let statements = again["statements"].as_array().expect("statements").iter();
    assert_eq!(again["document"]["id"], program["id"]);
    assert!(
        statements.map(|one| &one["spans"]).eq(program["attributions"].as_array().expect("attributions"))
    );

    let rows = read("articles/harbour-1.jsonl");
    let of_kind = |kind: &str| rows.iter().filter(|row| row["row"] == kind).count();
    assert_eq!((of_kind("document"), of_kind("statement")), (1, 3));
    assert_eq!(rows[0]["sha256"], again["document"]["sha256"]);
    for row in rows.iter().filter(|row| row["row"] == "statement") {
        let speaker = rows.iter().find(|other| other["row"] == "source" && other["source"] == row["speaker"]);
        assert!(speaker.is_some() || row.get("speaker").is_none(), "{row}");
    }
    // without texts nothing of the article stands in the folder but names
    assert_eq!(library.run(&["gold", "export", "-o", "bare"], "").code, 0);
    for name in ["gold.jsonl", "read.jsonl", "articles/harbour-1.jsonl"] {
        let written = std::fs::read_to_string(library.0.join("bare").join(name)).expect("it is written");
        assert!(!written.contains("crane"), "{name}");
    }
    assert!(!library.0.join("bare/articles/harbour-1.txt").exists());
}

/// On a terminal single keys count, once the card is shown.
#[cfg(unix)]
mod terminal {
    use super::Library;
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use std::fs::File;
    use std::io::{Read, Write};
    use std::process::Stdio;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    /// What a person sees and types.
    struct Screen {
        keyboard: File,
        shown: Receiver<Vec<u8>>,
        text: String,
    }

    impl Screen {
        /// Waits for some words, which come after those waited for before.
        fn wait(&mut self, words: &str) {
            loop {
                if let Some(at) = self.text.find(words) {
                    self.text.drain(..at + words.len());
                    return;
                }
                let more = self.shown.recv_timeout(Duration::from_secs(60));
                let more = more.unwrap_or_else(|error| panic!("{words:?}: {error}: {:?}", self.text));
                self.text += &String::from_utf8_lossy(&more);
            }
        }

        fn press(&mut self, keys: &str) {
            self.keyboard.write_all(keys.as_bytes()).expect("the terminal takes keys");
        }
    }

    #[test]
    fn a_key_is_pressed_without_enter_and_an_arrow_is_none() {
        let library = Library::new("terminal");
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("there are terminals");
        grantpt(&terminal).and_then(|()| unlockpt(&terminal)).expect("it is ours");
        let name = ptsname(&terminal, Vec::new()).expect("it has a name");
        let side = || {
            let path = name.to_str().expect("its name is ASCII");
            Stdio::from(File::options().read(true).write(true).open(path).expect("it has another side"))
        };
        let mut command = library.command(&["review", "--reviewer", "Vera"]);
        command.stdin(side()).stdout(side());
        let mut child = command.spawn().expect("the program starts");
        drop(command);
        let keyboard = File::from(terminal);
        let mut screen_side = keyboard.try_clone().expect("it can be read and written");
        let (send, shown) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // the terminal fails when nobody is at its other side any more
            while let Ok(read @ 1..) = screen_side.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut screen = Screen { keyboard, shown, text: String::new() };
        screen.wait("1 of 4");
        screen.wait("> ");
        // an arrow ends with the letter that accepts
        screen.press("\u{1b}[A");
        screen.wait("> ");
        screen.press("c");
        screen.wait("18  retract");
        screen.wait("> ");
        screen.press("condemn\n");
        screen.wait("changed act");
        screen.wait("> ");
        screen.press("a");
        screen.wait("2 of 4");
        screen.wait("> ");
        screen.press("\u{3}");
        screen.wait("1 accepted, 0 rejected, 1 edits, 0 passed over");
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
        assert_eq!(library.one("same boats")["statement"]["act"], "condemn");
        let judged = library.all().iter().filter(|one| !one["statement"]["review"].is_null()).count();
        assert_eq!(judged, 1, "the arrow accepted nothing");
    }
}
