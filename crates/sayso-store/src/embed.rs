//! Embeddings: which statements have none, and keeping them.
//!
//! An embedding is made of a claim's text alone and can be made again at any time, so the audit does not list it. One that was made of other words than the
//! statement has now is not kept: the trigger of 0004.sql drops it, and [`Store::embed`] compares the record that it was made of.

use crate::error::StoreError;
use crate::open::{Reader, Store};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use sayso::claim::{Claims, Embedding};
use sayso::ledger::{Document, Statement};

/// What a statement claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The statement's number in this library.
    pub number: i64,
    /// What is embedded.
    pub text: String,
    /// Its quote.
    pub quote: String,
    /// The first and the last day on which it may have been said, else those of publication.
    pub days: Option<[String; 2]>,
    /// The record as it is kept.
    record: String,
}

/// How many statements can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many have an embedding of this encoder.
    pub embedded: usize,
    /// How many there are.
    pub statements: usize,
}

/// A row of a statement.
struct Kept {
    number: i64,
    article: i64,
    record: String,
    days: Option<[String; 2]>,
}

impl Kept {
    fn of(row: &Row) -> rusqlite::Result<Self> {
        let (first, last): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
        let days = first.zip(last).map(|(first, last)| [first, last]);
        Ok(Self { number: row.get(0)?, article: row.get(1)?, record: row.get(2)?, days })
    }
}

impl Reader {
    /// What a statement claims.
    ///
    /// # Errors
    /// [`StoreError::NoStatement`] if none has the number, and what the file fails with.
    pub fn claim(&self, number: i64) -> Result<Claim, StoreError> {
        let kept = self
            .connection
            .prepare_cached("SELECT id, article, json, first_day, last_day FROM statements WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([number], Kept::of).optional())
            .map_err(self.failed())?;
        let kept = kept.ok_or_else(|| StoreError::NoStatement { path: self.path.clone(), number })?;
        Ok(self.claims(vec![kept])?.remove(0))
    }

    /// The claims of statements whose number is greater than `after` and that this encoder has not embedded, in the order of their numbers.
    ///
    /// # Errors
    /// What the file fails with.
    pub fn claims_without(&self, embedder: &str, after: i64, most: usize) -> Result<Vec<Claim>, StoreError> {
        let look = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT statements.id, article, json, first_day, last_day
                FROM statements LEFT JOIN embeddings ON embeddings.statement = statements.id
                    AND embeddings.embedder = (SELECT id FROM embedders WHERE name = ?1)
                WHERE statements.id > ?2 AND embeddings.statement IS NULL ORDER BY statements.id LIMIT ?3",
            )?;
            let rows = statement.query_map(params![embedder, after, most], Kept::of)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        self.claims(look().map_err(self.failed())?)
    }

    /// Claims of statements, of which those of one article stand together.
    fn claims(&self, kept: Vec<Kept>) -> Result<Vec<Claim>, StoreError> {
        let mut claims = Vec::with_capacity(kept.len());
        let mut rows = kept.into_iter().peekable();
        while let Some(article) = rows.peek().map(|one| one.article) {
            let document = self.document(article)?;
            let words = Claims::new(&document);
            while let Some(one) = rows.next_if(|one| one.article == article) {
                let statement: Statement = serde_json::from_str(&one.record)
                    .map_err(|why| self.damaged(format!("statement {}", one.number), why))?;
                let text = words.of(&statement);
                let Kept { number, record, days, .. } = one;
                claims.push(Claim { number, text, quote: statement.quote, days, record });
            }
        }
        Ok(claims)
    }

    fn document(&self, article: i64) -> Result<Document, StoreError> {
        let document: String = self
            .connection
            .prepare_cached("SELECT document FROM articles WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([article], |row| row.get(0)))
            .map_err(self.failed())?;
        serde_json::from_str(&document).map_err(|why| self.damaged(format!("article {article}"), why))
    }

    /// The embedding of a statement, if this encoder made one.
    ///
    /// # Errors
    /// What the file fails with.
    pub fn embedding(&self, number: i64, embedder: &str) -> Result<Option<Embedding>, StoreError> {
        let vector: Option<Vec<u8>> = self
            .connection
            .prepare_cached(
                "SELECT vector FROM embeddings JOIN embedders ON embedders.id = embedder
                WHERE statement = ?1 AND name = ?2",
            )
            .and_then(|mut statement| {
                statement.query_row(params![number, embedder], |row| row.get(0)).optional()
            })
            .map_err(self.failed())?;
        vector.map(|bytes| self.vector(number, &bytes)).transpose()
    }

    pub(crate) fn vector(&self, number: i64, bytes: &[u8]) -> Result<Embedding, StoreError> {
        let damaged = || self.damaged(format!("the embedding of statement {number}"), "its length");
        Embedding::from_bytes(bytes).ok_or_else(damaged)
    }

    /// How many statements this encoder has embedded.
    ///
    /// # Errors
    /// What the file fails with.
    pub fn coverage(&self, embedder: &str) -> Result<Coverage, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT count(*), (SELECT count(*) FROM statements) FROM embeddings
                WHERE embedder = (SELECT id FROM embedders WHERE name = ?1)",
            )
            .and_then(|mut statement| {
                statement.query_row([embedder], |row| {
                    Ok(Coverage { embedded: row.get(0)?, statements: row.get(1)? })
                })
            })
            .map_err(self.failed())
    }
}

impl Store {
    /// Keeps what an encoder made of claims, all of it or nothing; how many were kept. A statement that changed or went since the claim was read has none.
    ///
    /// # Errors
    /// As [`Store::together`].
    pub fn embed(&mut self, embedder: &str, made: &[(Claim, Embedding)]) -> Result<usize, StoreError> {
        self.together(|batch| {
            keep(&batch.transaction, embedder, made).map_err(|error| StoreError::of(batch.path, error))
        })
    }
}

fn keep(transaction: &Transaction, embedder: &str, made: &[(Claim, Embedding)]) -> rusqlite::Result<usize> {
    transaction.prepare_cached("INSERT OR IGNORE INTO embedders (name) VALUES (?1)")?.execute([embedder])?;
    let embedder: i64 = transaction
        .prepare_cached("SELECT id FROM embedders WHERE name = ?1")?
        .query_row([embedder], |row| row.get(0))?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO embeddings (statement, embedder, signature, vector)
        SELECT id, ?3, ?4, ?5 FROM statements WHERE id = ?1 AND json = ?2
        ON CONFLICT (statement) DO UPDATE SET
            embedder = excluded.embedder, signature = excluded.signature, vector = excluded.vector",
    )?;
    let mut kept = 0;
    for (claim, embedding) in made {
        let (signature, vector) = (embedding.signature().bytes(), embedding.bytes());
        kept += insert.execute(params![claim.number, claim.record, embedder, signature, vector])?;
    }
    Ok(kept)
}
