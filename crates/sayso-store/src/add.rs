//! Adding: articles with their ledgers, and what could not be read, one or several in a transaction.

use crate::corrections::replay;
use crate::error::StoreError;
use crate::known::{kept, key};
use crate::open::Store;
use crate::records::{self, Words, json_of};
use flate2::{Compression, write::ZlibEncoder};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, named_params, params};
use sayso::ledger::{Ledger, hexadecimal};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// What is added.
#[derive(Clone, Copy, Debug)]
pub struct Addition<'a> {
    /// The bytes that the article was read from.
    pub original: &'a [u8],
    /// What was read in it.
    pub ledger: &'a Ledger,
    /// The version of the program that read it.
    pub version: &'a str,
    /// The weights that it read with.
    pub weights: &'a str,
    /// When it is added.
    pub at: &'a str,
}

/// What became of an addition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// The article's number.
    pub article: i64,
    /// What changed.
    pub change: Change,
}

/// What an addition changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The article was not there before.
    New,
    /// It was there, read by another version, with other weights, or with other facts known; now it is as added.
    Revised,
    /// Nothing: it was there as it is.
    Known,
}

impl Change {
    /// The audit's word for it.
    fn name(self) -> &'static str {
        match self {
            Self::New => "added",
            Self::Revised => "revised",
            Self::Known => "known",
        }
    }
}

/// What is added in one transaction.
pub struct Batch<'s> {
    pub(crate) transaction: Transaction<'s>,
    pub(crate) path: &'s Path,
    words: Words,
}

impl Store {
    /// Adds what `work` does, all of it or nothing, while nobody else writes. One transaction for many articles takes less than one for each.
    ///
    /// # Errors
    /// [`StoreError`] if another process writes for long, the file cannot be written, or `work` fails; then nothing is changed.
    pub fn together<T>(
        &mut self,
        work: impl FnOnce(&mut Batch) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let (connection, path) = self.parts();
        let failed = |error| StoreError::of(path, error);
        let transaction = Transaction::new(connection, TransactionBehavior::Immediate).map_err(failed)?;
        let words = Words::since_now(&transaction).map_err(failed)?;
        let mut batch = Batch { transaction, path, words };
        let result = work(&mut batch)?;
        batch.words.write(&batch.transaction).map_err(failed)?;
        batch.transaction.commit().map_err(failed)?;
        Ok(result)
    }

    /// Adds an article in a transaction of its own, as [`Batch::add`] does.
    ///
    /// # Errors
    /// As [`Store::together`].
    pub fn add(&mut self, addition: &Addition) -> Result<Added, StoreError> {
        self.together(|batch| batch.add(addition))
    }

    /// Keeps that an input could not be read, as [`Batch::fail`] does.
    ///
    /// # Errors
    /// As [`Store::together`].
    pub fn fail(&mut self, input: &str, why: &str, at: &str) -> Result<(), StoreError> {
        self.together(|batch| batch.fail(input, why, at))
    }
}

impl Batch<'_> {
    /// Adds an article. The same bytes, document id and text are the same article, which is kept once; so are the same bytes and id whose text an earlier
    /// version took otherwise.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written.
    pub fn add(&mut self, addition: &Addition) -> Result<Added, StoreError> {
        self.write(addition).map_err(|error| StoreError::of(self.path, error))
    }

    fn write(&mut self, addition: &Addition) -> rusqlite::Result<Added> {
        let transaction = &self.transaction;
        let original = hexadecimal(&Sha256::digest(addition.original));
        let document = &addition.ledger.document;
        transaction.prepare_cached("DELETE FROM dead_letters WHERE input = ?1")?.execute([&document.id])?;
        let key = key(&original, document);
        let written = json_of(document);
        let known = kept(transaction, &key, &written, addition.version, addition.weights)?;
        let article = match known {
            Some((article, true)) => return Ok(Added { article, change: Change::Known }),
            Some((article, false)) => Some(article),
            None => outdated(transaction, &original, &document.id, addition.version)?,
        };
        let change = if article.is_some() { Change::Revised } else { Change::New };
        match change {
            // what goes leaves the index of words, and has to be in it
            Change::Revised | Change::Known => self.words.write(transaction)?,
            Change::New => keep_original(transaction, &original, addition.original)?,
        }
        let article = write_article(transaction, article, addition, &key, &original, &written)?;
        records::replace(transaction, article, addition.ledger)?;
        if change == Change::Revised && replay::is_corrected(transaction, article)? {
            self.words.write(transaction)?;
            replay::article(transaction, article)?;
        }
        let detail = json!({
            "document": document.id, "version": addition.version, "weights": addition.weights,
            "statements": addition.ledger.statements.len(),
        });
        audit(transaction, addition.at, change.name(), Some(article), &detail)?;
        Ok(Added { article, change })
    }

    /// Keeps that an input could not be read, once for each reason; it is forgotten when the input is read.
    ///
    /// # Errors
    /// As [`Batch::add`].
    pub fn fail(&mut self, input: &str, why: &str, at: &str) -> Result<(), StoreError> {
        let work = || {
            let kept = self
                .transaction
                .prepare_cached("INSERT OR IGNORE INTO dead_letters (input, why, at) VALUES (?1, ?2, ?3)")?
                .execute([input, why, at])?;
            if kept > 0 {
                audit(&self.transaction, at, "failed", None, &json!({ "document": input, "why": why }))?;
            }
            Ok(())
        };
        work().map_err(|error| StoreError::of(self.path, error))
    }

    /// Forgets what could not be read of a collection, but for what failed this time: all of it was read again.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written.
    pub fn read_again(&mut self, collection: &str, failed: &[String]) -> Result<(), StoreError> {
        let collection = collection.trim_end_matches('/');
        let write = || {
            let failed = serde_json::to_string(failed).expect("names are JSON");
            self.transaction
                .prepare_cached(
                    "DELETE FROM dead_letters
                    WHERE (input = ?1 OR substr(input, 1, length(?1) + 1) IN (?1 || '#', ?1 || '/'))
                        AND input NOT IN (SELECT value FROM json_each(?2))",
                )?
                .execute([collection, &failed])
        };
        write().map(drop).map_err(|error| StoreError::of(self.path, error))
    }
}

/// The article that another version of the program read in the same bytes, and whose text it took otherwise.
fn outdated(
    transaction: &Transaction,
    original: &str,
    document_id: &str,
    version: &str,
) -> rusqlite::Result<Option<i64>> {
    transaction
        .prepare_cached(
            "SELECT id FROM articles WHERE original = ?1 AND document_id = ?2 AND version <> ?3 ORDER BY id LIMIT 1",
        )?
        .query_row([original, document_id, version], |row| row.get(0))
        .optional()
}

fn keep_original(transaction: &Transaction, sha256: &str, bytes: &[u8]) -> rusqlite::Result<()> {
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = deflated.write_all(bytes).and_then(|()| deflated.finish());
    let packed = packed.expect("writing to memory does not fail");
    transaction
        .prepare_cached("INSERT OR IGNORE INTO originals (sha256, length, deflated) VALUES (?1, ?2, ?3)")?
        .execute(params![sha256, bytes.len(), packed])?;
    Ok(())
}

/// The number of the article, which has one already or gets one.
fn write_article(
    transaction: &Transaction,
    article: Option<i64>,
    addition: &Addition,
    key: &str,
    original: &str,
    written: &str,
) -> rusqlite::Result<i64> {
    let document = &addition.ledger.document;
    let (columns, notes) = (records::of_document(document), json_of(&addition.ledger.notes));
    let mut all = records::parameters(&columns);
    all.extend(named_params! {
        ":id": article, ":key": key, ":original": original, ":section": document.section, ":document": written,
        ":notes": notes, ":version": addition.version, ":weights": addition.weights,
    });
    transaction
        .prepare_cached(
            "INSERT INTO articles (id, key, original, document_id, url, archive_url, captured, title, outlet, published,
                modified, language, agency, section, document, notes, version, weights)
            VALUES (:id, :key, :original, :document_id, :url, :archive_url, :captured, :title, :outlet, :published,
                :modified, :language, :agency, :section, :document, :notes, :version, :weights)
            ON CONFLICT (id) DO UPDATE SET
                key = excluded.key, url = excluded.url, archive_url = excluded.archive_url,
                captured = excluded.captured, title = excluded.title, outlet = excluded.outlet,
                published = excluded.published, modified = excluded.modified, language = excluded.language,
                agency = excluded.agency, section = excluded.section, document = excluded.document,
                notes = excluded.notes, version = excluded.version, weights = excluded.weights
            RETURNING id",
        )?
        .query_row(all.as_slice(), |row| row.get(0))
}

pub(crate) fn audit(
    transaction: &Transaction,
    at: &str,
    what: &str,
    article: Option<i64>,
    detail: &Value,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO audit (at, what, article, detail) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![at, what, article, detail.to_string()])?;
    Ok(())
}
