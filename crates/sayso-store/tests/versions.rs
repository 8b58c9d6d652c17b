//! A library of every version that was ever given away opens, and is whole.
//!
//! `versions/N.db` is of the schema of N files, and is never written again: it holds `samples/convoy.txt`, and a file that was not there. 1 and 5 were written by
//! programs of their time, 5 with corrections and embeddings; 2 to 4 were brought there from the one before.

use sayso_store::{MIGRATIONS, Query, Reviewed, Store};
use std::path::Path;

#[test]
fn libraries_of_every_version_open() {
    for version in 1..=MIGRATIONS.len() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/versions/{version}.db"));
        let copy =
            std::env::temp_dir().join(format!("sayso-store-version-{version}-{}.db", std::process::id()));
        std::fs::copy(&kept, &copy).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
        let store = Store::open(&copy).unwrap_or_else(|error| panic!("version {version}: {error}"));
        let checked = store.check().unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert_eq!((checked.articles, checked.faults.as_slice()), (1, &[][..]), "version {version}");
        let query = Query { limit: checked.statements + 1, review: Reviewed::Any, ..Query::default() };
        let found = store.find(&query).unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert!(checked.statements > 0 && found.len() == checked.statements, "version {version}");
        assert_eq!(store.reader().dead_letters().map(|letters| letters.len()).ok(), Some(1));
        drop(store);
        // what cannot be removed is the system's to clear
        let _left = std::fs::remove_file(&copy);
    }
}
