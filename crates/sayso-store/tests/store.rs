//! What the library does: adds once, keeps numbers, finds, refuses what is not its own, checks itself.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sayso::ledger::{Kind, Ledger};
use sayso::lexicon::Act;
use sayso::{Models, Tier};
use sayso_acquire::{Options, Published};
use sayso_store::{APPLICATION, Added, Addition, Change, Found, Query, Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const HARBOUR: &str = "\
The quay at Anbry stays shut

Ilse Maron, head of the harbour office, said on Friday that the quay would stay shut until the crane is repaired. \
“Nobody will lift so much as a crate there,” she said.

Mayor Dorn of Brezna denied that the crane had ever been unsafe. “The café on the quay is open,” he told the Anbry Post.
";

const BREZNA: &str = "\
Brezna counts its boats

Mayor Dorn said on Monday that every boat in Brezna had been counted. \
Petra Sulk, a fisherwoman, accused the mayor of counting the same boats twice.
";

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::Fast));

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-store-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn library(&self) -> PathBuf {
        self.0.join("library.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

fn ledger(text: &str, id: &str, published: &str) -> Ledger {
    let published = Some(Published::parse(published).expect("a date"));
    let options = Options { id: id.to_owned(), published, ..Options::default() };
    let article = sayso_acquire::read(text.as_bytes(), &options).expect("an article");
    sayso::analyze(&article, &MODELS)
}

fn add(store: &mut Store, text: &str, ledger: &Ledger, version: &str) -> Added {
    let addition =
        Addition { original: text.as_bytes(), ledger, version, weights: "fast", at: "2024-05-20T08:00:00Z" };
    store.add(&addition).unwrap_or_else(|error| panic!("{error}"))
}

/// A library with both articles.
fn filled(folder: &Folder) -> Store {
    let mut store = Store::open(&folder.library()).unwrap_or_else(|error| panic!("{error}"));
    add(&mut store, HARBOUR, &ledger(HARBOUR, "harbour.txt", "2024-05-18"), "1");
    add(&mut store, BREZNA, &ledger(BREZNA, "brezna.txt", "2024-06-04"), "1");
    store
}

fn find(store: &Store, query: &Query) -> Vec<Found> {
    store.find(query).unwrap_or_else(|error| panic!("{query:?}: {error}"))
}

fn words(words: &str) -> Query {
    Query { words: words.to_owned(), ..Query::default() }
}

fn quotes(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.statement.quote.as_str()).collect()
}

fn sql(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).expect("a file that SQLite opens")
}

#[test]
fn an_article_is_added_once() {
    let folder = Folder::new("once");
    let mut store = Store::open(&folder.library()).expect("a new library");
    let ledger = ledger(HARBOUR, "harbour.txt", "2024-05-18");
    let first = add(&mut store, HARBOUR, &ledger, "1");
    assert_eq!(first.change, Change::New);
    let all = find(&store, &Query::default());
    assert_eq!(all.len(), ledger.statements.len());
    assert_eq!(add(&mut store, HARBOUR, &ledger, "1"), Added { change: Change::Known, ..first });
    assert_eq!(find(&store, &Query::default()), all);
    drop(store);
    let mut store = Store::open(&folder.library()).expect("the same library");
    assert_eq!(add(&mut store, HARBOUR, &ledger, "1"), Added { change: Change::Known, ..first });
}

#[test]
fn statements_keep_their_numbers_when_their_article_is_read_anew() {
    let folder = Folder::new("anew");
    let mut store = Store::open(&folder.library()).expect("a new library");
    let first = ledger(HARBOUR, "harbour.txt", "2024-05-18");
    let added = add(&mut store, HARBOUR, &first, "1");
    add(&mut store, BREZNA, &ledger(BREZNA, "brezna.txt", "2024-06-04"), "1");
    let before = find(&store, &words("crane"));
    assert_eq!(before.len(), 2, "{before:#?}");

    // a later version hears one act otherwise, and one statement less
    let mut second = first.clone();
    second.statements.retain(|one| !one.quote.contains("unsafe"));
    for one in second.statements.iter_mut().filter(|one| one.quote.contains("crane")) {
        one.act = Act::Announce;
    }
    assert_eq!(add(&mut store, HARBOUR, &second, "2"), Added { change: Change::Revised, ..added });
    let after = find(&store, &words("crane"));
    let [one] = &after[..] else { panic!("{after:#?}") };
    assert_eq!(one.statement.act, Act::Announce);
    assert!(before.iter().any(|old| old.number == one.number && old.statement.id == one.statement.id));
    assert!(find(&store, &words("unsafe")).is_empty());
    let checked = store.check().expect("it can be read");
    assert!(checked.faults.is_empty(), "{checked:#?}");
    assert_eq!(checked.articles, 2);
}

#[test]
fn words_phrases_and_beginnings_are_found() {
    let folder = Folder::new("words");
    let store = filled(&folder);
    for (asked, expected) in [
        ("crane", 2),
        ("CRANE", 2),
        ("crane repaired", 1),
        ("repaired crane", 1),
        ("\"stay shut\"", 1),
        ("\"shut stay\"", 0),
        ("count*", 2),
        ("cafe", 1),
        ("café", 1),
        ("crane NOT repaired", 0),
        ("!!!", 0),
        ("", 6),
    ] {
        let found = find(&store, &words(asked));
        assert_eq!(found.len(), expected, "{asked}: {:#?}", quotes(&found));
    }
}

#[test]
fn the_words_found_are_marked_by_their_places() {
    let folder = Folder::new("marks");
    let store = filled(&folder);
    let found = find(&store, &words("cafe \"quay is\""));
    let [one] = &found[..] else { panic!("{found:#?}") };
    let quote: Vec<char> = one.statement.quote.chars().collect();
    let marked: Vec<String> = one.marks.iter().map(|[from, to]| quote[*from..*to].iter().collect()).collect();
    assert_eq!(marked, ["café", "quay is"]);
    assert_eq!(one.document, "harbour.txt");
}

#[test]
fn speaker_day_act_and_the_rest_narrow_it_down() {
    let folder = Folder::new("narrow");
    let store = filled(&folder);
    let some = |text: &str| Some(text.to_owned());
    let dorn = Query { speaker: some("dorn"), ..Query::default() };
    let found = find(&store, &dorn);
    assert!(found.len() >= 2 && found[0].document == "brezna.txt", "newest first: {found:#?}");
    for (query, expected) in [
        (Query { since: some("2024-06"), ..dorn.clone() }, "every boat in Brezna had been counted"),
        (
            Query { until: some("2024-05"), act: Some(Act::Deny), ..dorn.clone() },
            "crane had ever been unsafe",
        ),
        (
            Query {
                words: "quay".to_owned(),
                since: some("2024-05-17"),
                until: some("2024-05-17"),
                speaker: some("Ilse Maron"),
                ..Query::default()
            },
            "quay would stay shut",
        ),
        (
            Query { act: Some(Act::Accuse), target: some("dorn"), ..Query::default() },
            "counting the same boats twice",
        ),
        (
            Query { kind: Some(Kind::Speech), words: "boats".to_owned(), ..Query::default() },
            "counting the same boats twice",
        ),
        (Query { via: some("anbry post"), ..Query::default() }, "café on the quay"),
    ] {
        let found = find(&store, &query);
        let quotes = quotes(&found);
        assert!(quotes.len() == 1 && quotes[0].contains(expected), "{query:?}: {quotes:#?}");
    }
    assert!(find(&store, &Query { outlet: some("The Lantern"), ..dorn.clone() }).is_empty());
    assert!(find(&store, &Query { limit: 1, ..dorn.clone() }).len() == 1);
    let wrong = store.find(&Query { since: some("last week"), ..dorn });
    assert!(matches!(wrong, Err(StoreError::NotADate { .. })), "{wrong:?}");
}

#[test]
fn the_audit_is_only_added_to() {
    let folder = Folder::new("audit");
    drop(filled(&folder));
    let connection = sql(&folder.library());
    let count = || connection.query_row("SELECT count(*) FROM audit", [], |row| row.get::<_, i64>(0));
    assert_eq!(count(), Ok(2));
    for change in [
        "UPDATE audit SET what = 'nothing'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (id, at, what, detail) VALUES (1, '', 'nothing', '{}')",
    ] {
        let refused = connection.execute(change, []).expect_err(change);
        assert!(refused.to_string().contains("only added to"), "{change}: {refused}");
    }
    assert_eq!(count(), Ok(2));
}

#[test]
fn what_failed_is_kept_once_until_it_is_read() {
    let folder = Folder::new("failed");
    let mut store = Store::open(&folder.library()).expect("a new library");
    for why in ["empty", "empty", "a PDF file"] {
        store.fail("harbour.txt", why, "2024-05-20T08:00:00Z").expect("it is kept");
    }
    let letters = store.reader().dead_letters().expect("they can be read");
    assert_eq!(letters.iter().map(|one| one.why.as_str()).collect::<Vec<_>>(), ["a PDF file", "empty"]);
    add(&mut store, HARBOUR, &ledger(HARBOUR, "harbour.txt", "2024-05-18"), "1");
    assert_eq!(store.reader().dead_letters().expect("they can be read"), []);
}

#[test]
fn what_is_known_need_not_be_read_again() {
    let folder = Folder::new("known");
    let mut store = filled(&folder);
    let document = ledger(HARBOUR, "harbour.txt", "2024-05-18").document;
    let knows = |store: &Store, document, version| {
        store.reader().knows(HARBOUR.as_bytes(), document, version, "fast").expect("it can be read")
    };
    assert!(knows(&store, &document, "1"));
    assert!(!knows(&store, &document, "2"));
    let mut dated = document.clone();
    dated.published = Some("2024-05-19".to_owned());
    assert!(!knows(&store, &dated, "1"));
    store.fail("harbour.txt", "empty", "2024-05-21T08:00:00Z").expect("it is kept");
    assert!(!knows(&store, &document, "1"));
}

#[test]
fn what_is_no_library_of_this_version_is_refused() {
    let folder = Folder::new("refused");
    let path = |name: &str| folder.0.join(name);
    sql(&path("foreign.db")).execute_batch("CREATE TABLE birds (name TEXT)").expect("another program's file");
    std::fs::write(path("words.db"), "The quay stays shut, and this is no database at all.".repeat(40))
        .expect("a file");
    drop(Store::open(&path("newer.db")).expect("a new library"));
    sql(&path("newer.db")).pragma_update(None, "user_version", 99).expect("it can be changed");
    let older = sql(&path("older.db"));
    older.pragma_update(None, "application_id", APPLICATION).expect("it can be changed");
    drop(older);
    for name in ["foreign.db", "words.db"] {
        let before = std::fs::read(path(name)).expect("it is there");
        let opened = Store::open(&path(name));
        let is_refused = |error: &StoreError| {
            matches!(error, StoreError::Foreign { .. } | StoreError::NotADatabase { .. })
        };
        assert!(opened.as_ref().is_err_and(is_refused), "{name}: {opened:?}");
        assert!(Store::read(&path(name)).as_ref().is_err_and(is_refused), "{name}");
        assert_eq!(std::fs::read(path(name)).expect("it is there"), before, "{name} is left as it was");
    }
    for error in [Store::open(&path("newer.db")).map(drop), Store::read(&path("newer.db")).map(drop)] {
        let said = error.expect_err("a newer library").to_string();
        assert!(said.contains("version 99") && said.contains("expected a newer sayso"), "{said}");
    }
    assert!(matches!(Store::read(&path("older.db")), Err(StoreError::Older { .. })));
    assert!(matches!(Store::read(&path("none.db")), Err(StoreError::Missing { .. })));
    assert!(!path("none.db").exists());
}

#[test]
fn one_reads_while_another_writes() {
    let folder = Folder::new("two");
    let store = filled(&folder);
    let writer = sql(&folder.library());
    writer.execute_batch("BEGIN IMMEDIATE; DELETE FROM statements").expect("it writes");
    let reader = Store::read(&folder.library()).expect("it can be read");
    let found = reader.find(&words("crane")).expect("it can be read");
    assert_eq!(found.len(), 2);
    writer.execute_batch("ROLLBACK").expect("it stops");
    assert_eq!(find(&store, &words("crane")), found);
}

#[test]
fn two_that_write_take_turns() {
    let folder = Folder::new("turns");
    let library = folder.library();
    std::thread::scope(|scope| {
        for (text, name) in [(HARBOUR, "harbour"), (BREZNA, "brezna")] {
            let library = &library;
            scope.spawn(move || {
                let mut store = Store::open(library).unwrap_or_else(|error| panic!("{error}"));
                for copy in 0..20 {
                    let ledger = ledger(text, &format!("{name}-{copy}.txt"), "2024-05-18");
                    assert_eq!(add(&mut store, text, &ledger, "1").change, Change::New);
                }
            });
        }
    });
    let checked = Store::open(&library).and_then(|store| store.check()).expect("it can be read");
    assert_eq!((checked.articles, checked.faults), (40, Vec::new()));
}

#[test]
fn damage_is_found() {
    let folder = Folder::new("damage");
    let store = filled(&folder);
    assert_eq!(store.check().expect("it can be read").faults, []);
    let connection = sql(&folder.library());
    for (damage, place) in [
        ("UPDATE originals SET deflated = substr(deflated, 1, 20)", "original"),
        ("UPDATE articles SET document = replace(document, 'crane', 'crate')", "article 1"),
        ("UPDATE statements SET json = replace(json, 'boats', 'goats')", "article 2"),
        (
            "DROP TRIGGER words_of_a_statement_changed; UPDATE statements SET quote = 'nothing'",
            "index of words",
        ),
    ] {
        connection.execute_batch(damage).expect("it can be damaged");
        let faults = store.check().expect("it can be read").faults;
        assert!(faults.iter().any(|fault| fault.place.contains(place)), "{damage}: {faults:#?}");
    }
}

#[test]
fn columns_that_are_no_copies_of_their_records_are_found() {
    let folder = Folder::new("copies");
    let store = filled(&folder);
    let connection = sql(&folder.library());
    for (table, column, value) in [
        ("statements", "review", "'rejected'"),
        ("statements", "act", "'vow'"),
        ("statements", "speaker", "NULL"),
        ("statements", "speaker_name", "'Anton Quill'"),
        ("statements", "via_outlet", "'Brezna Post'"),
        ("statements", "said_on", "'1999'"),
        ("statements", "first_day", "'1999-01-01'"),
        ("statements", "last_day", "'1999-01-01'"),
        ("statements", "confidence", "0.001"),
        ("statements", "target_name", "'Anton Quill'"),
        ("statements", "negated", "1 - negated"),
        ("statements", "end_code_point", "end_code_point + 1"),
        ("sources", "name", "'Anton Quill'"),
        ("sources", "kind", "'document'"),
        ("sources", "status", "'anonymous'"),
        ("articles", "outlet", "'Brezna Post'"),
        ("articles", "published", "'1999-01-01'"),
    ] {
        let damage = format!("UPDATE {table} SET {column} = {value} WHERE id = 1");
        let id = "WHERE id = 1";
        let was: rusqlite::types::Value = connection
            .query_row(&format!("SELECT {column} FROM {table} {id}"), [], |row| row.get(0))
            .expect("it is there");
        connection.execute_batch(&damage).expect("it can be damaged");
        let faults = store.check().expect("it can be read").faults;
        let named = format!("column {column} differs");
        assert!(faults.iter().any(|fault| fault.what.contains(&named)), "{damage}: {faults:#?}");
        connection
            .execute(&format!("UPDATE {table} SET {column} = ?1 {id}"), [was])
            .expect("it can be mended");
        assert_eq!(store.check().expect("it can be read").faults, []);
    }
}

#[test]
fn what_somebody_says_that_another_said_is_found_with_who_reports_it() {
    let folder = Folder::new("hearsay");
    let mut store = Store::open(&folder.library()).expect("a new library");
    let mut hearsay = ledger(HARBOUR, "harbour.txt", "2024-05-18");
    let outer = hearsay.statements.iter().find(|one| one.quote.contains("stay shut")).expect("it is read");
    let (id, name) = (outer.id.clone(), outer.speaker_name.clone());
    let inner = hearsay.statements.iter_mut().find(|one| one.quote.contains("ever been unsafe"));
    inner.expect("it is read").inside = Some(id);
    add(&mut store, HARBOUR, &hearsay, "1");
    let found = find(&store, &words("unsafe"));
    assert_eq!(found[0].reported_by, Vec::from_iter(name));
    assert!(find(&store, &words("\"stay shut\""))[0].reported_by.is_empty());
}

#[test]
fn whatever_is_looked_for_is_no_error() {
    let folder = Folder::new("hostile");
    let store = filled(&folder);
    let mut runner = TestRunner::new(Config { cases: 512, failure_persistence: None, ..Config::default() });
    let part = ".{0,12}|[\"“”'*(){}:^+,;\\-\u{0}]{1,4}|AND|OR|NOT|NEAR|quay|quote|rowid| ";
    let asked = proptest::collection::vec(part, 0..6).prop_map(|parts| parts.concat());
    let result = runner.run(&(asked.clone(), proptest::option::of(asked)), |(words, speaker)| {
        let query = Query { words, speaker, ..Query::default() };
        let found = match store.find(&query) {
            Ok(found) => found,
            // the one thing that cannot be looked for
            Err(StoreError::Beginning { .. }) if format!("{query:?}").contains('*') => return Ok(()),
            Err(error) => return Err(TestCaseError::fail(format!("{query:?}: {error}"))),
        };
        for one in found {
            let length = one.statement.quote.chars().count();
            prop_assert!(one.marks.iter().all(|[from, to]| from < to && *to <= length), "{one:?}");
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}
