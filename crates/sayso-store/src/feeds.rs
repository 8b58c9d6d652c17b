//! Feeds that are polled: of which state they were, and which of their entries were taken care of.
//!
//! Nothing is fetched here. Who polls asks which entries are wanted, adds what comes of them, and says so in the same transaction.

use crate::add::Batch;
use crate::error::StoreError;
use crate::open::Reader;
use rusqlite::{OptionalExtension, params};

/// How often an entry is tried.
pub const MOST_TRIES: u32 = 3;

/// What a feed's server called the state of which every entry was taken care of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What came of polling a feed.
#[derive(Clone, Copy, Debug)]
pub enum Polled<'a> {
    /// It is read; its state, if every entry was taken care of.
    Read(Option<&'a State>),
    /// It is of the state that it was of.
    Unchanged,
    /// It could not be read.
    Failed,
}

impl Reader {
    /// The state of a feed that need not be read again.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn state_of(&self, feed: &str) -> Result<State, StoreError> {
        let state = || {
            self.connection
                .prepare_cached("SELECT etag, last_modified FROM feeds WHERE url = ?1")?
                .query_row([feed], |row| Ok(State { etag: row.get(0)?, last_modified: row.get(1)? }))
                .optional()
        };
        Ok(state().map_err(self.failed())?.unwrap_or_default())
    }

    /// Whether an entry is to be read: nothing came of it yet, in fewer than [`MOST_TRIES`], and no article is from its address.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn wants(&self, feed: &str, entry: &str, address: Option<&str>) -> Result<bool, StoreError> {
        let wants = || {
            let mut done = self.connection.prepare_cached(
                "SELECT 1 FROM entries WHERE feed = ?1 AND entry = ?2 AND (article IS NOT NULL OR tries >= ?3)",
            )?;
            let mut known = self.connection.prepare_cached(
                "SELECT 1 FROM articles WHERE document_id = ?1 UNION ALL SELECT 1 FROM articles WHERE url = ?1",
            )?;
            Ok(!(done.exists(params![feed, entry, MOST_TRIES])? || known.exists([address])?))
        };
        wants().map_err(self.failed())
    }
}

impl Batch<'_> {
    /// Keeps that an article came of an entry.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written.
    pub fn took(&mut self, feed: &str, entry: &str, article: i64, at: &str) -> Result<(), StoreError> {
        let write = || {
            self.transaction
                .prepare_cached(
                    "INSERT INTO entries (feed, entry, article, tries, at) VALUES (?1, ?2, ?3, 1, ?4)
                    ON CONFLICT (feed, entry) DO UPDATE SET
                        article = excluded.article, tries = tries + 1, at = excluded.at",
                )?
                .execute(params![feed, entry, article, at])
        };
        write().map(drop).map_err(|error| StoreError::of(self.path, error))
    }

    /// Keeps that nothing came of an entry, and says whether it is tried again.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written.
    pub fn missed(&mut self, feed: &str, entry: &str, at: &str) -> Result<bool, StoreError> {
        let write = || {
            self.transaction
                .prepare_cached(
                    "INSERT INTO entries (feed, entry, tries, at) VALUES (?1, ?2, 1, ?3)
                    ON CONFLICT (feed, entry) DO UPDATE SET tries = tries + 1, at = excluded.at
                    RETURNING tries",
                )?
                .query_row([feed, entry, at], |row| row.get::<_, u32>(0))
        };
        let tries = write().map_err(|error| StoreError::of(self.path, error))?;
        Ok(tries < MOST_TRIES)
    }

    /// Keeps what came of polling a feed. That it could not be read before is forgotten when it is.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written.
    pub fn polled(&mut self, feed: &str, polled: Polled, at: &str) -> Result<(), StoreError> {
        let write = || {
            let state = match polled {
                Polled::Read(state) => state.cloned().unwrap_or_default(),
                Polled::Unchanged | Polled::Failed => State::default(),
            };
            let (status, keeps) = match polled {
                Polled::Read(_) => ("read", false),
                Polled::Unchanged => ("unchanged", true),
                Polled::Failed => ("failed", true),
            };
            self.transaction
                .prepare_cached(
                    "INSERT INTO feeds (url, etag, last_modified, polled, status) VALUES (?1, ?2, ?3, ?4, ?5)
                    ON CONFLICT (url) DO UPDATE SET polled = excluded.polled, status = excluded.status,
                        etag = CASE WHEN ?6 THEN etag ELSE excluded.etag END,
                        last_modified = CASE WHEN ?6 THEN last_modified ELSE excluded.last_modified END",
                )?
                .execute(params![feed, state.etag, state.last_modified, at, status, keeps])?;
            if !matches!(polled, Polled::Failed) {
                self.transaction
                    .prepare_cached("DELETE FROM dead_letters WHERE input = ?1")?
                    .execute([feed])?;
            }
            Ok(())
        };
        write().map_err(|error: rusqlite::Error| StoreError::of(self.path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Addition, Store};
    use sayso::ledger::{Document, Ledger, SCHEMA};

    const FEED: &str = "https://anbry.example/feed";
    const AT: &str = "2024-06-01T00:00:00Z";

    fn ledger(url: &str) -> Ledger {
        Ledger {
            schema: SCHEMA.to_owned(),
            offset_unit: "codepoint".to_owned(),
            document: Document { id: "a.html".to_owned(), url: Some(url.to_owned()), ..Document::default() },
            sources: Vec::new(),
            statements: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn an_entry_is_wanted_until_something_came_of_it_or_too_often_nothing() {
        let path = std::env::temp_dir().join(format!("sayso-store-feeds-{}.db", std::process::id()));
        let mut store = Store::open(&path).expect("a new library");
        let wants = |store: &Store, entry: &str, address: Option<&str>| {
            store.reader().wants(FEED, entry, address).expect("it can be read")
        };
        let ledger = ledger("https://anbry.example/1");
        let addition =
            Addition { original: b"Kell said no.", ledger: &ledger, version: "1", weights: "fast", at: AT };
        let again: Result<Vec<bool>, StoreError> = store.together(|batch| {
            let added = batch.add(&addition)?;
            batch.took(FEED, "taken", added.article, AT)?;
            batch.polled(FEED, Polled::Read(None), AT)?;
            (0..MOST_TRIES).map(|_| batch.missed(FEED, "missed", AT)).collect()
        });
        assert_eq!(again.expect("it can be written to"), [true, true, false]);
        assert!(!wants(&store, "taken", None) && !wants(&store, "missed", None));
        assert!(wants(&store, "new", None) && wants(&store, "new", Some("https://anbry.example/2")));
        assert!(!wants(&store, "new", Some("https://anbry.example/1")), "it is there by its address");
        assert!(!wants(&store, "new", Some("a.html")), "it is there by its name");

        let state = State { etag: Some("\"1\"".to_owned()), last_modified: None };
        let after = |store: &mut Store, polled: Polled| {
            store.together(|batch| batch.polled(FEED, polled, AT)).expect("it can be written to");
            store.reader().state_of(FEED).expect("it can be read")
        };
        assert_eq!(store.reader().state_of(FEED).ok(), Some(State::default()));
        assert_eq!(after(&mut store, Polled::Read(Some(&state))), state);
        assert_eq!(after(&mut store, Polled::Unchanged), state);
        store.fail(FEED, "no answer", AT).expect("it can be written to");
        assert_eq!(after(&mut store, Polled::Failed), state);
        assert_eq!(store.reader().dead_letters().map(|letters| letters.len()).ok(), Some(1));
        assert_eq!(after(&mut store, Polled::Read(None)), State::default());
        assert_eq!(store.reader().dead_letters().map(|letters| letters.len()).ok(), Some(0));
        drop(store);
        // what cannot be removed is the system's to clear
        let _left = std::fs::remove_file(&path);
    }
}
