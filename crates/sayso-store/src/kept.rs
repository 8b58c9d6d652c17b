//! An article's ledger, put together of its rows again.

use crate::error::StoreError;
use crate::open::Reader;
use rusqlite::OptionalExtension;
use sayso::ledger::{Document, Ledger, SCHEMA};
use serde::de::DeserializeOwned;

/// An article of the library, as it was added.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its number.
    pub article: i64,
    /// The version of the program that read it.
    pub version: String,
    /// The weights that it read with.
    pub weights: String,
    /// What was read in it.
    pub ledger: Ledger,
}

impl Reader {
    /// An article by its number; nothing if there is none of it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if its rows are no ledger, and what the file fails with.
    pub fn ledger(&self, article: i64) -> Result<Option<Kept>, StoreError> {
        let Some(rows) = self.rows(article).map_err(self.failed())? else { return Ok(None) };
        let ledger = rows.ledger().map_err(|why| self.damaged(format!("article {article}"), why))?;
        Ok(Some(Kept { article, version: rows.version, weights: rows.weights, ledger }))
    }

    /// What lies in the rows of an article.
    pub(crate) fn rows(&self, id: i64) -> rusqlite::Result<Option<Rows>> {
        let article = self
            .connection
            .prepare_cached("SELECT original, document, notes, version, weights FROM articles WHERE id = ?1")?
            .query_row([id], |row| {
                Ok(Rows {
                    original: row.get(0)?,
                    document: row.get(1)?,
                    notes: row.get(2)?,
                    version: row.get(3)?,
                    weights: row.get(4)?,
                    sources: Vec::new(),
                    statements: Vec::new(),
                })
            })
            .optional()?;
        let Some(mut rows) = article else { return Ok(None) };
        rows.sources = self.records(id, SOURCES)?;
        rows.statements = self.records(id, STATEMENTS)?;
        Ok(Some(rows))
    }

    /// The records of an article in their order.
    fn records(&self, article: i64, sql: &str) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([article], |row| row.get(0))?;
        rows.collect()
    }
}

const SOURCES: &str = "SELECT json FROM sources WHERE article = ?1 ORDER BY position";
const STATEMENTS: &str = "SELECT json FROM statements WHERE article = ?1 ORDER BY position";

/// An article as it lies in its rows.
pub(crate) struct Rows {
    pub(crate) original: String,
    document: String,
    notes: String,
    version: String,
    weights: String,
    sources: Vec<String>,
    pub(crate) statements: Vec<String>,
}

impl Rows {
    pub(crate) fn ledger(&self) -> serde_json::Result<Ledger> {
        fn all<T: DeserializeOwned>(rows: &[String]) -> serde_json::Result<Vec<T>> {
            rows.iter().map(|json| serde_json::from_str(json)).collect()
        }
        Ok(Ledger {
            schema: SCHEMA.to_owned(),
            offset_unit: "codepoint".to_owned(),
            document: serde_json::from_str::<Document>(&self.document)?,
            sources: all(&self.sources)?,
            statements: all(&self.statements)?,
            notes: serde_json::from_str(&self.notes)?,
        })
    }
}
