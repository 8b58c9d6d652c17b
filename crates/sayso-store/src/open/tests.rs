//! What is said of libraries that cannot be written to, for whatever reason, and that they are whole all the same.

use super::*;
use crate::{Addition, Change, Given, Query};
use sayso::ledger::{Document, Ledger, SCHEMA, hexadecimal};
use sha2::{Digest, Sha256};

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-store-open-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn library(&self) -> PathBuf {
        self.0.join("library.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // what cannot be removed is the system's to clear
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

fn empty() -> Ledger {
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: Document::default(),
        sources: Vec::new(),
        statements: Vec::new(),
        notes: Vec::new(),
    }
}

/// Adds an article of so many bytes that hardly get smaller when they are deflated.
fn add(store: &mut Store, number: u32, bytes: u32) -> Result<Change, StoreError> {
    let noise =
        (0..bytes / 32).map(|at| hexadecimal(&Sha256::digest([number, at].map(u32::to_le_bytes).concat())));
    let text: String = noise.collect();
    let document = Document {
        id: format!("{number}.txt"),
        sha256: hexadecimal(&Sha256::digest(&text)),
        text: text.clone(),
        ..Document::default()
    };
    let ledger = Ledger { document, ..empty() };
    let at = "2024-06-01T00:00:00Z";
    let addition = Addition { original: text.as_bytes(), ledger: &ledger, version: "1", weights: "fast", at };
    store.add(&addition).map(|added| added.change)
}

#[test]
fn a_full_disk_costs_what_is_being_written_and_no_more() {
    let folder = Folder::new("full");
    let mut store = Store::open(&folder.library()).expect("a new library");
    let pages: i64 = store
        .parts()
        .0
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("it says how large it is");
    store.parts().0.pragma_update(None, "max_page_count", pages + 40).expect("it can be bounded");
    let added = (0..100).take_while(|number| add(&mut store, *number, 8 << 10).is_ok()).count();
    assert!(added > 2 && added < 100, "{added}");
    let number = u32::try_from(added).expect("a small number");
    let error = add(&mut store, number, 8 << 10).expect_err("there is no room for it");
    assert!(matches!(error, StoreError::Full { .. }), "{error}");
    let failed = store.fail("other.txt", &"no room ".repeat(20_000), "2024-06-01T00:00:00Z");
    assert!(matches!(failed, Err(StoreError::Full { .. })), "{failed:?}");
    let checked = store.check().expect("it can be read");
    assert_eq!((checked.articles, checked.faults), (added, Vec::new()));
    store.parts().0.pragma_update(None, "max_page_count", i32::MAX).expect("room is made");
    for number in 0..=number {
        let expected = if number as usize == added { Change::New } else { Change::Known };
        assert_eq!(add(&mut store, number, 8 << 10).expect("there is room"), expected);
    }
    let checked = store.check().expect("it can be read");
    assert_eq!((checked.articles, checked.faults), (added + 1, Vec::new()));
}

#[test]
fn who_waits_for_a_writer_is_told_after_a_while() {
    let folder = Folder::new("busy");
    let path = folder.library();
    let mut first = Store::open(&path).expect("a new library");
    add(&mut first, 1, 1 << 10).expect("nobody else writes");
    let mut second = Store::open_within(&path, Duration::from_millis(20)).expect("nobody writes");
    first.parts().0.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
    let told = add(&mut second, 2, 1 << 10).expect_err("the first one writes");
    assert!(matches!(told, StoreError::Busy { .. }), "{told}");
    assert_eq!(
        Store::read(&path).and_then(|reader| reader.check()).map(|checked| checked.articles).ok(),
        Some(1)
    );
    first.parts().0.execute_batch("COMMIT").expect("it writes");
    assert_eq!(add(&mut second, 2, 1 << 10).expect("nobody else writes"), Change::New);
}

#[test]
fn what_cannot_be_written_to_says_so_and_can_be_read() {
    let folder = Folder::new("shut");
    // names mean something in addresses
    let path = folder.0.join("a 50% #library? of ö.db");
    let mut store = Store::open(&path).expect("a new library");
    add(&mut store, 1, 1 << 10).expect("it can be written to");
    drop(store);
    let shut = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let mut reader = Reader::connect(&path, &unchanging(&path), shut, WAIT).expect("it can be read");
    let checked = reader.check().expect("it can be read");
    assert_eq!((checked.articles, checked.faults.len(), checked.unseen.is_some()), (1, 0, true));
    assert_eq!(reader.find(&Query::default()).map(|found| found.len()).ok(), Some(0));
    reader = Store::read(&path).expect("it can be read");
    let error = reader.connection.execute("DELETE FROM articles", []).map_err(reader.failed());
    assert!(matches!(error, Err(StoreError::ReadOnly { .. })), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("folder");
    let path = folder.library();
    let mut store = Store::open(&path).expect("a new library");
    add(&mut store, 1, 1 << 10).expect("it can be written to");
    drop(store);
    let allow = |mode: u32| std::fs::set_permissions(&folder.0, PermissionsExt::from_mode(mode));
    allow(0o555).expect("it is this test's own");
    // nothing binds the one who may do everything
    let is_bound = std::fs::write(folder.0.join("probe"), "").is_err();
    let read = Store::read(&path).and_then(|reader| reader.check());
    let (new, known) = (Store::open(&folder.0.join("new.db")), Store::open(&path));
    let known = known.and_then(|mut store| add(&mut store, 2, 1 << 10));
    // what SQLite keeps beside a library is left behind by a process that is killed
    allow(0o755).expect("it is this test's own");
    std::fs::write(beside(&path, "-wal"), "x").expect("it can be written to");
    allow(0o555).expect("it is this test's own");
    let unmerged = Store::read(&path).map(drop);
    allow(0o755).expect("it is this test's own");
    assert_eq!(read.map(|checked| (checked.articles, checked.faults.len())).ok(), Some((1, 0)));
    if is_bound {
        assert!(matches!(new, Err(StoreError::ReadOnly { .. })), "{new:?}");
        assert!(matches!(known, Err(StoreError::ReadOnly { .. })), "{known:?}");
        assert!(matches!(unmerged, Err(StoreError::Unmerged { .. })), "{unmerged:?}");
    }
}

#[test]
fn who_reads_sees_no_error_while_another_writes() {
    const COUNT: u32 = 60;
    let folder = Folder::new("reads");
    let path = folder.library();
    drop(Store::open(&path).expect("a new library"));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = Store::open(&path).expect("it is there");
            (0..COUNT).try_for_each(|number| add(&mut store, number, 20 << 10).map(drop))
        });
        let (mut seen, mut looks) = (0, 0);
        loop {
            // the last look begins after the writer ended
            let is_last = writer.is_finished();
            // each time as a process that has just started
            let checked = Store::read(&path).and_then(|reader| reader.check());
            let checked = checked.unwrap_or_else(|error| panic!("after {looks} looks: {error}"));
            assert_eq!(checked.faults, []);
            assert!(checked.articles >= seen, "what was there stays there");
            (seen, looks) = (checked.articles, looks + 1);
            if is_last {
                break;
            }
        }
        writer.join().expect("it ends").expect("nobody else writes");
        assert_eq!(seen, COUNT as usize);
    });
}

#[test]
fn what_is_known_by_its_bytes_is_what_would_be_read_again() {
    let folder = Folder::new("bytes");
    let mut store = Store::open(&folder.library()).expect("a new library");
    let document = |published: Option<&str>, from: &str| Document {
        id: "a.html".to_owned(),
        url: Some("https://anbry.example/1".to_owned()),
        published: published.map(str::to_owned),
        published_from: published.map(|_| from.to_owned()),
        ..Document::default()
    };
    let given = Given { id: "a.html", url: None, published: None, captured: None, archive_url: None };
    let dated = Given { published: Some(("2024-05-18", "argument")), ..given };
    let knows = |store: &Store, given: &Given| {
        store.reader().knows_bytes(b"a", given, "1", "fast").expect("it can be read")
    };
    assert!(!knows(&store, &given));
    for (document, by_page, by_argument) in [
        (document(Some("2024-05-18"), "meta"), true, false),
        (document(Some("2024-05-18"), "argument"), false, true),
        (document(None, ""), true, false),
    ] {
        let ledger = Ledger { document, ..empty() };
        let addition = Addition {
            original: b"a",
            ledger: &ledger,
            version: "1",
            weights: "fast",
            at: "2024-06-01T00:00:00Z",
        };
        store.add(&addition).expect("it can be written to");
        assert_eq!((knows(&store, &given), knows(&store, &dated)), (by_page, by_argument));
    }
    assert!(knows(&store, &Given { url: Some("https://anbry.example/1"), ..given }));
    for other in [
        Given { url: Some("https://anbry.example/2"), ..given },
        Given { captured: Some("2024-05-18"), ..given },
        Given { archive_url: Some("https://archive.example/1"), ..given },
        Given { id: "b.html", ..given },
    ] {
        assert!(!knows(&store, &other), "{other:?}");
    }
    let other = |bytes: &[u8], version: &str, weights: &str| {
        store.reader().knows_bytes(bytes, &given, version, weights)
    };
    for other in [other(b"b", "1", "fast"), other(b"a", "2", "fast"), other(b"a", "1", "accurate")] {
        assert_eq!(other.ok(), Some(false));
    }
    store.fail("a.html", "no answer", "2024-06-01T00:00:00Z").expect("it can be written to");
    assert!(!knows(&store, &given), "it failed since then");
}
