//! A library given back: ledger by ledger, by what a query asks for, and as a whole from a backup.

use rusqlite::types::Value;
use sayso::ledger::Ledger;
use sayso::lexicon::Act;
use sayso::{Models, Tier};
use sayso_acquire::{Options, Published};
use sayso_store::{Addition, Existing, Kept, MIGRATIONS, Query, Store, StoreError, backup, restore};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

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

const SILENT: &str = "The tide was low at noon and high at six.\n";

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::Fast));

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-backup-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The names of all files in it.
    fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).expect("the folder can be read");
        let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

fn ledger(text: &str, id: &str) -> Ledger {
    let published = Some(Published::parse("2024-05-18").expect("a date"));
    let options = Options { id: id.to_owned(), published, ..Options::default() };
    let article = sayso_acquire::read(text.as_bytes(), &options).expect("an article");
    sayso::analyze(&article, &MODELS)
}

fn add(store: &mut Store, text: &str, ledger: &Ledger) {
    let original = text.as_bytes();
    let addition = Addition { original, ledger, version: "7", weights: "fast", at: "2024-05-20T08:00:00Z" };
    store.add(&addition).unwrap_or_else(|error| panic!("{error}"));
}

fn ledgers() -> Vec<Ledger> {
    [(HARBOUR, "harbour.txt"), (SILENT, "silent.txt"), (BREZNA, "brezna.txt")]
        .map(|(text, id)| ledger(text, id))
        .to_vec()
}

/// A library with three articles, one of them without statements, and something that was not read.
fn filled(path: &Path) -> Store {
    let mut store = Store::open(path).unwrap_or_else(|error| panic!("{error}"));
    for ledger in &ledgers() {
        add(&mut store, &ledger.document.text.clone(), ledger);
    }
    store.fail("gone.txt", "no such file", "2024-05-20T08:00:00Z").expect("it is kept");
    store
}

fn taken(store: &Store, query: &Query) -> Vec<Kept> {
    let articles = store.reader().ledgers(query).unwrap_or_else(|error| panic!("{query:?}: {error}"));
    articles.map(|kept| kept.unwrap_or_else(|error| panic!("{query:?}: {error}"))).collect()
}

/// Every row of every table.
fn rows(path: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let connection = rusqlite::Connection::open(path).expect("a file that SQLite opens");
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = connection.prepare(sql).expect("every file has a schema");
    let names = tables.query_map([], |row| row.get::<_, String>(0)).expect("it is read");
    let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
    let all = names.into_iter().map(|table| {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get::<_, Value>(at)).collect());
        let rows = rows.expect("it is read").map(|row| row.expect("a row")).collect();
        (table, rows)
    });
    all.collect()
}

fn checked(path: &Path) -> (usize, usize) {
    let checked = Store::open(path).and_then(|store| store.check()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(checked.faults, []);
    (checked.articles, checked.statements)
}

#[test]
fn ledgers_come_back_as_they_were_added() {
    let folder = Folder::new("ledgers");
    let store = filled(&folder.path("library.db"));
    let query = Query { limit: Query::NO_LIMIT, ..Query::default() };
    let all = taken(&store, &query);
    assert_eq!(all.iter().map(|kept| kept.ledger.clone()).collect::<Vec<_>>(), ledgers());
    for kept in &all {
        assert_eq!((kept.version.as_str(), kept.weights.as_str()), ("7", "fast"));
        assert_eq!(store.reader().ledger(kept.article).expect("it can be read").as_ref(), Some(kept));
    }
    assert_eq!(store.reader().ledger(99).expect("it can be read"), None);
}

#[test]
fn what_is_asked_for_comes_with_the_sources_it_names_and_says_so() {
    let folder = Folder::new("asked");
    let store = filled(&folder.path("library.db"));
    let some = |text: &str| Some(text.to_owned());
    let every = Query { limit: Query::NO_LIMIT, ..Query::default() };
    let whole = taken(&store, &every);
    for query in [
        Query { speaker: some("dorn"), ..every.clone() },
        Query { act: Some(Act::Deny), ..every.clone() },
        Query { words: "crane".to_owned(), ..every.clone() },
        Query { target: some("dorn"), ..every.clone() },
        Query { until: some("2024-05-18"), ..every.clone() },
        Query { limit: 2, ..every.clone() },
    ] {
        let mut found: Vec<String> =
            store.find(&query).expect("it can be read").into_iter().map(|one| one.statement.id).collect();
        let some = taken(&store, &query);
        let mut got: Vec<String> =
            some.iter().flat_map(|kept| &kept.ledger.statements).map(|one| one.id.clone()).collect();
        found.sort();
        got.sort();
        assert!(!found.is_empty() && got == found, "{query:?}: {got:?} and not {found:?}");
        for kept in &some {
            assert_eq!(kept.ledger.verify(), Ok(()), "{query:?}");
            let before = whole.iter().find(|other| other.article == kept.article).expect("it is one of all");
            let is_less = kept.ledger.statements.len() < before.ledger.statements.len();
            let notes = kept.ledger.notes.last().map(String::as_str).unwrap_or_default();
            assert_eq!(notes.contains("those that were asked for"), is_less, "{query:?}: {notes}");
            assert!(!is_less || kept.ledger.sources.len() <= before.ledger.sources.len());
        }
    }
    let nothing = Query { words: "walrus".to_owned(), ..every.clone() };
    assert_eq!(taken(&store, &nothing), []);
    let wrong = store.reader().ledgers(&Query { since: some("soon"), ..every });
    assert!(matches!(wrong, Err(StoreError::NotADate { .. })));
}

#[test]
fn what_is_given_back_does_not_change_while_another_process_adds() {
    let folder = Folder::new("unchanged");
    let mut store = filled(&folder.path("library.db"));
    let reader = Store::read(&folder.path("library.db")).expect("it is there");
    let query = Query { limit: Query::NO_LIMIT, ..Query::default() };
    let mut articles = reader.ledgers(&query).expect("it can be read");
    let first = articles.next().expect("there is one").expect("it can be read");
    add(&mut store, BREZNA, &ledger(BREZNA, "later.txt"));
    let rest: Vec<Kept> = articles.map(|kept| kept.expect("it can be read")).collect();
    assert_eq!(std::iter::once(first).chain(rest).map(|kept| kept.ledger).collect::<Vec<_>>(), ledgers());
}

#[test]
fn a_backup_comes_back_row_by_row() {
    let folder = Folder::new("round");
    let (library, backup) = (folder.path("library.db"), folder.path("backup.db"));
    let store = filled(&library);
    let written = store.reader().backup(&backup).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((written.articles, written.faults.len()), (3, 0));
    let before = rows(&library);
    assert!(before.iter().any(|(table, rows)| table == "audit" && rows.len() == 4), "{before:?}");
    assert_eq!(rows(&backup), before);
    let again = store.reader().backup(&backup).expect_err("the name is taken");
    assert!(matches!(again, StoreError::Exists { .. }), "{again}");

    let new = folder.path("elsewhere/new.db");
    let restored = restore(&backup, &new, Existing::Refused).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((restored.checked, restored.kept), (written.clone(), None));
    assert_eq!(rows(&new), before);
    // a library in use is a backup too, with what its log holds
    let other = folder.path("elsewhere/other.db");
    let restored = restore(&library, &other, Existing::Refused).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((restored.checked, restored.kept), (written, None));
    assert_eq!(rows(&other), before);
    assert_eq!(checked(&new).0, 3);
    drop(store);
    assert_eq!(folder.names(), ["backup.db", "elsewhere", "library.db"], "nothing is left over");
}

#[test]
fn a_library_that_is_there_stays_or_is_kept_beside() {
    let folder = Folder::new("replace");
    let (library, backup) = (folder.path("library.db"), folder.path("backup.db"));
    let mut store = filled(&library);
    store.reader().backup(&backup).expect("a new file");
    add(&mut store, BREZNA, &ledger(BREZNA, "later.txt"));
    let (old, new) = (rows(&library), rows(&backup));
    let refused = restore(&backup, &library, Existing::Refused).expect_err("there is one");
    assert!(matches!(refused, StoreError::Exists { .. }), "{refused}");
    let refused = restore(&backup, &library, Existing::KeptBeside).expect_err("it is open");
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    assert_eq!(rows(&library), old);
    drop(store);

    let writer = rusqlite::Connection::open(&library).expect("it opens");
    writer.busy_timeout(std::time::Duration::ZERO).expect("it can be set");
    writer.execute_batch("BEGIN IMMEDIATE; DELETE FROM statements").expect("it writes");
    let refused = restore(&backup, &library, Existing::KeptBeside).expect_err("another one writes");
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    // its log holds what the file does not
    writer
        .execute_batch(
            "COMMIT; PRAGMA wal_autocheckpoint = 0; INSERT INTO dead_letters VALUES ('late.txt', '', '')",
        )
        .expect("it writes");
    let old = rows(&library);
    drop(writer);

    for name in ["library.db.replaced", "library.db.replaced-2"] {
        let restored =
            restore(&backup, &library, Existing::KeptBeside).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(restored.kept, Some(folder.path(name)));
        assert_eq!(rows(&library), new);
    }
    assert_eq!(rows(&folder.path("library.db.replaced")), old);
    assert_eq!(checked(&library).0, 3);
    assert_eq!(folder.names(), ["backup.db", "library.db", "library.db.replaced", "library.db.replaced-2"]);
}

#[test]
fn who_opened_the_library_from_before_cannot_write_to_the_restored_one() {
    let folder = Folder::new("moved");
    let (library, backup) = (folder.path("library.db"), folder.path("backup.db"));
    filled(&library).reader().backup(&backup).expect("a new file");
    let early = rusqlite::Connection::open(&library).expect("it opens");
    restore(&backup, &library, Existing::KeptBeside).unwrap_or_else(|error| panic!("{error}"));
    let written = early.execute_batch("PRAGMA journal_mode = WAL; DELETE FROM dead_letters");
    assert!(written.is_err(), "it would write a log beside the restored library");
    drop(early);
    assert_eq!(rows(&library), rows(&backup));
    assert_eq!(folder.names(), ["backup.db", "library.db", "library.db.replaced"]);
}

#[test]
fn what_a_log_without_its_library_holds_is_not_taken_for_the_restored_ones() {
    let folder = Folder::new("log");
    let (library, backup) = (folder.path("library.db"), folder.path("backup.db"));
    filled(&library).reader().backup(&backup).expect("a new file");
    // a program that was killed leaves its log, and somebody removed the file alone
    let writer = rusqlite::Connection::open(&library).expect("it opens");
    writer.execute_batch("PRAGMA wal_autocheckpoint = 0; DELETE FROM dead_letters").expect("it writes");
    std::fs::copy(folder.path("library.db-wal"), folder.path("kept-wal")).expect("there is a log");
    drop(writer);
    std::fs::remove_file(&library).expect("it is there");
    std::fs::rename(folder.path("kept-wal"), folder.path("library.db-wal")).expect("it is there");
    let refused = restore(&backup, &library, Existing::Refused).expect_err("something is there");
    assert!(matches!(refused, StoreError::Exists { .. }), "{refused}");
    restore(&backup, &library, Existing::KeptBeside).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(rows(&library), rows(&backup));
    assert!(folder.path("library.db.replaced-wal").exists());
}

#[test]
fn a_damaged_library_is_replaced_and_a_damaged_backup_refused() {
    let folder = Folder::new("damaged");
    let (library, backup) = (folder.path("library.db"), folder.path("backup.db"));
    drop(filled(&library));
    Store::read(&library).and_then(|reader| reader.backup(&backup)).expect("a new file");
    let (whole, before) = (std::fs::read(&backup).expect("it is there"), rows(&library));
    let refused = |bytes: &[u8], what: &str| {
        let damaged = folder.path("damaged.db");
        std::fs::write(&damaged, bytes).expect("it can be written");
        let error = restore(&damaged, &library, Existing::KeptBeside).expect_err(what);
        assert!(error.to_string().starts_with(&damaged.display().to_string()), "{what}: {error}");
        assert_eq!(rows(&library), before, "{what}");
        std::fs::remove_file(&damaged).expect("it is there");
        assert_eq!(folder.names(), ["backup.db", "library.db"], "{what}");
    };
    refused(b"", "an empty file");
    refused(b"The quay stays shut. ".repeat(400).as_slice(), "another file");
    refused(&whole[..whole.len() / 2], "half of it");
    refused(&whole[..whole.len() - 4096], "all but the last page");
    // the words of an article, of a quote, of a record; some places only held something before
    for (word, other) in [("crane is safe", "crate is safe"), ("counting the same", "painting the same")] {
        let is_there = |at: &usize| whole[*at..].starts_with(word.as_bytes());
        let (mut refusals, mut bytes) = (0, whole.clone());
        for at in (0..whole.len()).filter(is_there) {
            bytes.copy_from_slice(&whole);
            bytes[at..at + other.len()].copy_from_slice(other.as_bytes());
            let damaged = folder.path("damaged.db");
            std::fs::write(&damaged, &bytes).expect("it can be written");
            let restored = restore(&damaged, &folder.path("new.db"), Existing::KeptBeside);
            refusals += usize::from(restored.is_err());
            assert!(restored.is_err() || rows(&folder.path("new.db")) == before, "{word} at {at}");
        }
        assert!(refusals >= 3, "{word}: {refusals}");
    }
    for name in folder.names().iter().filter(|name| name.starts_with("new.db") || *name == "damaged.db") {
        std::fs::remove_file(folder.path(name)).expect("it is there");
    }
    let mut bytes = whole.clone();
    bytes[4096..4196].fill(0xff);
    refused(&bytes, "a page");

    std::fs::write(&library, &bytes).expect("it can be damaged");
    let restored = restore(&backup, &library, Existing::KeptBeside).unwrap_or_else(|error| panic!("{error}"));
    let kept = restored.kept.expect("it is kept");
    assert_eq!((rows(&library), std::fs::read(kept).expect("it is there")), (before, bytes));
}

#[test]
fn a_file_of_another_program_is_not_replaced() {
    let folder = Folder::new("foreign");
    let backup = folder.path("backup.db");
    filled(&folder.path("library.db")).reader().backup(&backup).expect("a new file");
    let birds = folder.path("birds.db");
    let connection = rusqlite::Connection::open(&birds).expect("a new file");
    connection.execute_batch("CREATE TABLE birds (name TEXT)").expect("another program's file");
    drop(connection);
    let refused = restore(&backup, &birds, Existing::KeptBeside).expect_err("it is another program's");
    assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
    let missing = restore(&folder.path("none.db"), &folder.path("new.db"), Existing::Refused);
    assert!(matches!(missing, Err(StoreError::Missing { .. })), "{missing:?}");
    let nowhere = Store::read(&folder.path("library.db"))
        .and_then(|reader| reader.backup(&folder.path("no/folder.db")));
    assert!(matches!(nowhere, Err(StoreError::File { .. })), "{nowhere:?}");
}

#[test]
fn backups_are_whole_while_another_process_adds() {
    let folder = Folder::new("while");
    let library = folder.path("library.db");
    let mut store = filled(&library);
    let (one, is_done) = (ledger(BREZNA, "copy"), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for copy in 0..200 {
                let mut ledger = one.clone();
                ledger.document.id = format!("copy-{copy}.txt");
                add(&mut store, BREZNA, &ledger);
            }
            is_done.store(true, Ordering::SeqCst);
        });
        let mut sizes = Vec::new();
        while !is_done.load(Ordering::SeqCst) && sizes.len() < 20 {
            let backup = folder.path(&format!("{}.db", sizes.len()));
            let reader = Store::read(&library).expect("it can be read");
            let checked = reader.backup(&backup).unwrap_or_else(|error| panic!("{error}"));
            sizes.push(checked.articles);
            assert_eq!((checked.faults.as_slice(), rows(&backup).is_empty()), (&[][..], false));
        }
        assert!(sizes.is_sorted() && !sizes.is_empty(), "{sizes:?}");
    });
    assert_eq!(checked(&library).0, 203);
}

#[test]
fn a_backup_of_every_version_is_restored() {
    let folder = Folder::new("versions");
    for version in 1..=MIGRATIONS.len() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/versions/{version}.db"));
        // those that are missing were never given away, which tests/versions.rs looks after
        if !kept.exists() {
            continue;
        }
        let library = folder.path(&format!("{version}.db"));
        let restored = restore(&kept, &library, Existing::Refused)
            .unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert_eq!((restored.checked.articles, checked(&library).0), (1, 1));
        let beside = ["-wal", "-shm"].map(|ending| kept.with_extension(format!("db{ending}")));
        assert!(beside.iter().all(|path| !path.exists()), "the backup stays as it is");
    }
}

#[test]
fn a_backup_of_every_version_stays_of_that_version() {
    let folder = Folder::new("older");
    for version in 1..=MIGRATIONS.len() {
        let (library, copy) =
            (folder.path(&format!("{version}.db")), folder.path(&format!("{version}-backup.db")));
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/versions/{version}.db"));
        std::fs::copy(&kept, &library).expect("every version is kept");
        let written = backup(&library, &copy).unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert_eq!((written.articles, written.faults.as_slice()), (1, &[][..]), "version {version}");
        assert_eq!(rows(&copy), rows(&library), "version {version}");
        let connection = rusqlite::Connection::open(&copy).expect("a file that SQLite opens");
        let found = connection.pragma_query_value(None, "user_version", |row| row.get::<_, usize>(0));
        assert_eq!(found, Ok(version));
    }
    assert!(folder.names().iter().all(|name| !name.contains("part-")), "{:?}", folder.names());
}

#[test]
fn a_name_that_sqlite_keeps_is_refused() {
    let folder = Folder::new("companions");
    let library = folder.path("library.db");
    drop(filled(&library));
    let before = rows(&library);
    for ending in ["-wal", "-shm", "-journal"] {
        let kept = folder.path(&format!("library.db{ending}"));
        let refused = backup(&library, &kept).expect_err("it is the library's");
        assert!(matches!(refused, StoreError::Companion { .. }), "{refused}");
        let refused = restore(&library, &kept, Existing::KeptBeside).expect_err("it is the library's");
        assert!(matches!(refused, StoreError::Companion { .. }), "{refused}");
        // a log that some file left would be taken for the backup's
        let left = folder.path(&format!("new.db{ending}"));
        std::fs::write(&left, "left").expect("it can be written");
        let refused = backup(&library, &folder.path("new.db")).expect_err("there is a log");
        assert!(matches!(&refused, StoreError::Exists { path } if *path == left), "{refused}");
        std::fs::remove_file(&left).expect("it is there");
    }
    assert_eq!(rows(&library), before);
    assert!(!folder.path("new.db").exists());
}

#[cfg(unix)]
#[test]
fn links_lead_to_libraries() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    let (library, link, copy) =
        (folder.path("disk/library.db"), folder.path("link.db"), folder.path("copy.db"));
    let store = filled(&library);
    symlink("disk/library.db", &link).expect("a new name");
    let writer = rusqlite::Connection::open(&library).expect("it opens");
    writer
        .execute_batch("PRAGMA wal_autocheckpoint = 0; INSERT INTO dead_letters VALUES ('late.txt', '', '')")
        .expect("it writes");
    // what was written last is in the log, beside the file that the link leads to
    let restored = restore(&link, &copy, Existing::Refused).unwrap_or_else(|error| panic!("{error}"));
    let old = rows(&library);
    assert_eq!((restored.checked.articles, rows(&copy)), (3, old.clone()));
    drop((store, writer));

    rusqlite::Connection::open(&copy)
        .and_then(|connection| connection.execute_batch("DELETE FROM dead_letters"))
        .expect("it writes");
    let restored = restore(&copy, &link, Existing::KeptBeside).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(std::fs::read_link(&link).ok(), Some(PathBuf::from("disk/library.db")), "it stays a link");
    assert_eq!(rows(&library), rows(&copy));
    assert_eq!(restored.kept, Some(folder.path("disk/library.db.replaced")));
    assert_eq!(rows(&folder.path("disk/library.db.replaced")), old);
    // a link to a place where nothing is yet
    let (new, other) = (folder.path("disk/new.db"), folder.path("new-link.db"));
    symlink(&new, &other).expect("a new name");
    restore(&copy, &other, Existing::Refused).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((rows(&new), other.is_symlink()), (rows(&copy), true));
    assert_eq!(folder.names(), ["copy.db", "disk", "link.db", "new-link.db"]);
}
