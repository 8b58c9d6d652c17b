//! Adding: an article with its ledger, or what could not be read, each in one transaction.

use crate::error::StoreError;
use crate::open::{Reader, Store};
use crate::records::{Records, json_of};
use flate2::{Compression, write::ZlibEncoder};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params, params};
use sayso::ledger::{Document, Ledger, hexadecimal};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;

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

impl Store {
    /// Adds an article; as [`Store::add_all`] of one.
    ///
    /// # Errors
    /// As [`Store::add_all`].
    pub fn add(&mut self, addition: &Addition) -> Result<Added, StoreError> {
        let added = self.add_all(std::slice::from_ref(addition))?;
        Ok(added.into_iter().next().expect("one is added"))
    }

    /// Adds articles, all of them or none. The same bytes, document id and text are the same article, which is kept once; so are the same bytes and id
    /// whose text an earlier version took otherwise.
    ///
    /// # Errors
    /// [`StoreError`] if another process writes for long or the file cannot be written; then nothing is changed.
    pub fn add_all(&mut self, additions: &[Addition]) -> Result<Vec<Added>, StoreError> {
        let failed = self.failed();
        let work = |transaction: &Transaction| {
            let mut records = Records::new(transaction)?;
            let added = additions.iter().map(|addition| add(transaction, addition, &mut records)).collect();
            records.write()?;
            added
        };
        self.write(work).map_err(failed)
    }

    /// Keeps that an input could not be read, once for each reason; it is forgotten when the input is read.
    ///
    /// # Errors
    /// As [`Store::add`].
    pub fn fail(&mut self, input: &str, why: &str, at: &str) -> Result<(), StoreError> {
        let failed = self.failed();
        let work = |transaction: &Transaction| {
            let kept = transaction
                .prepare_cached("INSERT OR IGNORE INTO dead_letters (input, why, at) VALUES (?1, ?2, ?3)")?
                .execute([input, why, at])?;
            if kept > 0 {
                audit(transaction, at, "failed", None, &json!({ "document": input, "why": why }))?;
            }
            Ok(())
        };
        self.write(work).map_err(failed)
    }

    /// All of it or nothing, while nobody else writes.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let transaction = Transaction::new(self.connection(), TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn add<'a>(
    transaction: &Transaction,
    addition: &Addition<'a>,
    records: &mut Records<'_, 'a>,
) -> rusqlite::Result<Added> {
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
    if article.is_none() {
        keep_original(transaction, &original, addition.original)?;
    }
    let article = write_article(transaction, article, addition, &key, &original, &written)?;
    records.replace(article, addition.ledger)?;
    let detail = json!({
        "document": document.id, "version": addition.version, "weights": addition.weights,
        "statements": addition.ledger.statements.len(),
    });
    audit(transaction, addition.at, change.name(), Some(article), &detail)?;
    Ok(Added { article, change })
}

impl Reader {
    /// Whether adding an article would change nothing, before anybody reads it for what is said in it.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn knows(
        &self,
        original: &[u8],
        document: &Document,
        version: &str,
        weights: &str,
    ) -> Result<bool, StoreError> {
        let look = || {
            // an input that failed since then is read, and is a dead letter no more
            let mut failed =
                self.connection.prepare_cached("SELECT 1 FROM dead_letters WHERE input = ?1 LIMIT 1")?;
            if failed.exists([&document.id])? {
                return Ok(false);
            }
            let key = key(&hexadecimal(&Sha256::digest(original)), document);
            let kept = kept(&self.connection, &key, &json_of(document), version, weights)?;
            Ok(kept.is_some_and(|(_, is_same)| is_same))
        };
        look().map_err(self.failed())
    }
}

/// An article's number, and whether it is there as it would be added.
fn kept(
    connection: &Connection,
    key: &str,
    document: &str,
    version: &str,
    weights: &str,
) -> rusqlite::Result<Option<(i64, bool)>> {
    connection
        .prepare_cached(
            "SELECT id, document = ?2 AND version = ?3 AND weights = ?4 FROM articles WHERE key = ?1",
        )?
        .query_row([key, document, version, weights], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
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

/// What identifies an article.
fn key(original: &str, document: &Document) -> String {
    let mut hash = Sha256::new();
    for part in [original, &document.id, &document.sha256] {
        hash.update(part);
        hash.update([0]);
    }
    hexadecimal(&hash.finalize())
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
        .query_row(
            named_params! {
                ":id": article, ":key": key, ":original": original, ":document_id": document.id,
                ":url": document.url, ":archive_url": document.archive_url, ":captured": document.captured,
                ":title": document.title, ":outlet": document.outlet, ":published": document.published,
                ":modified": document.modified, ":language": document.language, ":agency": document.agency,
                ":section": document.section, ":document": written,
                ":notes": json_of(&addition.ledger.notes), ":version": addition.version,
                ":weights": addition.weights,
            },
            |row| row.get(0),
        )
}

fn audit(
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
