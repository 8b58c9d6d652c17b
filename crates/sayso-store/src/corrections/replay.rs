//! Corrections and the rows of an article: reading both, and writing what the one makes of the other.

use super::fold::{Folded, Reading, fold};
use super::log::{self, Logged, json};
use super::places::Page;
use crate::records::{json_of, name_of, rewrite};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sayso::ledger::{Document, Source, Statement};

/// An article's rows.
pub(crate) struct Rows {
    pub(crate) article: i64,
    /// What the program read.
    pub(crate) reading: Reading,
    /// The rows of its statements, in their order.
    pub(crate) statements: Vec<Row>,
    /// Ids of sources that corrections made.
    made: Vec<String>,
    /// How many were read.
    read: usize,
}

/// A statement's row.
pub(crate) struct Row {
    pub(crate) number: i64,
    position: usize,
    /// The record as it is.
    pub(crate) json: String,
    /// As it was read, where that is another one.
    as_read: Option<String>,
}

impl Rows {
    /// Nothing if there is no such article.
    pub(crate) fn read(connection: &Connection, article: i64) -> rusqlite::Result<Option<Self>> {
        let document = connection
            .prepare_cached("SELECT document FROM articles WHERE id = ?1")?
            .query_row([article], |row| json::<Document>(row, 0))
            .optional()?;
        let Some(document) = document else { return Ok(None) };
        let mut rows = Self {
            article,
            reading: Reading { document, sources: Vec::new(), statements: Vec::new() },
            statements: Vec::new(),
            made: Vec::new(),
            read: 0,
        };
        rows.sources(connection)?;
        let mut statements = connection.prepare_cached(
            "SELECT id, position, json, as_read, coalesce(as_read, json) FROM statements WHERE article = ?1
            ORDER BY position",
        )?;
        let mut found = statements.query([article])?;
        while let Some(row) = found.next()? {
            rows.reading.statements.push(json::<Statement>(row, 4)?);
            rows.statements.push(Row {
                number: row.get(0)?,
                position: row.get(1)?,
                json: row.get(2)?,
                as_read: row.get(3)?,
            });
        }
        Ok(Some(rows))
    }

    fn sources(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let sql =
            "SELECT json, correction IS NOT NULL, record FROM sources WHERE article = ?1 ORDER BY position";
        let mut statement = connection.prepare_cached(sql)?;
        let mut found = statement.query([self.article])?;
        while let Some(row) = found.next()? {
            if row.get(1)? {
                self.made.push(row.get(2)?);
            } else {
                self.reading.sources.push(json::<Source>(row, 0)?);
            }
        }
        self.read = self.reading.sources.len();
        Ok(())
    }

    /// The statement's place in the reading.
    pub(crate) fn at(&self, number: i64) -> Option<usize> {
        self.statements.iter().position(|row| row.number == number)
    }

    /// Makes the rows what corrections make of the reading, and writes where each stands.
    fn write(&self, transaction: &Transaction, log: &[Logged], folded: &Folded) -> rusqlite::Result<()> {
        let last = log.last().and_then(|correction| correction.id);
        for (at, source) in folded.made.iter().enumerate() {
            transaction
                .prepare_cached(
                    "INSERT INTO sources (article, record, position, name, kind, status, json, correction)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                    ON CONFLICT (article, record) DO UPDATE SET position = excluded.position, json = excluded.json",
                )?
                .execute(params![
                    self.article,
                    source.id,
                    self.read + at,
                    source.name,
                    name_of(&source.kind),
                    name_of(&source.status),
                    json_of(source),
                    last,
                ])?;
        }
        let rows = self.statements.iter().zip(&self.reading.statements).zip(&folded.records);
        for ((row, read), record) in rows {
            let is_as_it_was = match record {
                Some(record) => row.as_read.is_some() && json_of(record) == row.json,
                None => row.as_read.is_none(),
            };
            if is_as_it_was {
                continue;
            }
            let now = record.as_ref().unwrap_or(read);
            rewrite(transaction, (row.number, self.article, row.position), now, &self.reading.document)?;
            let as_read = record.as_ref().map(|_| row.as_read.as_ref().unwrap_or(&row.json));
            let verdict = record.as_ref().and_then(|record| record.review.as_ref());
            transaction
                .prepare_cached("UPDATE statements SET as_read = ?2, review = ?3 WHERE id = ?1")?
                .execute(params![row.number, as_read, verdict.map(|review| name_of(&review.verdict))])?;
        }
        for record in self.made.iter().filter(|id| !folded.made.iter().any(|source| source.id == **id)) {
            transaction
                .prepare_cached("DELETE FROM sources WHERE article = ?1 AND record = ?2")?
                .execute(params![self.article, record])?;
        }
        self.attach(transaction, log, folded)
    }

    fn attach(&self, transaction: &Transaction, log: &[Logged], folded: &Folded) -> rusqlite::Result<()> {
        transaction.prepare_cached("DELETE FROM attachments WHERE article = ?1")?.execute([self.article])?;
        for (correction, attached) in log.iter().zip(&folded.attached) {
            let (statement, why) = match attached {
                Ok(at) => (Some(self.statements[*at].number), None),
                Err(why) => (None, Some(why)),
            };
            transaction
                .prepare_cached(
                    "INSERT INTO attachments (correction, article, statement, why) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![correction.id, self.article, statement, why])?;
        }
        Ok(())
    }
}

/// Whether anybody said something of an article's statements.
pub(crate) fn is_corrected(connection: &Connection, article: i64) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM corrections WHERE article = ?1 LIMIT 1")?.exists([article])
}

/// Replays the corrections of an article over what was read in it.
pub(crate) fn article(transaction: &Transaction, article: i64) -> rusqlite::Result<()> {
    let log = log::in_force(transaction, article)?;
    let Some(rows) = Rows::read(transaction, article)? else { return Ok(()) };
    let page = Page::new(&rows.reading.document);
    let folded = fold(&rows.reading, &page, &log.iter().collect::<Vec<_>>());
    rows.write(transaction, &log, &folded)
}

/// Whether the rows of an article are what its corrections make of what was read.
pub(crate) fn is_written(connection: &Connection, article: i64) -> rusqlite::Result<bool> {
    let log = log::in_force(connection, article)?;
    let sql = "SELECT correction, statement FROM attachments WHERE article = ?1 ORDER BY correction";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let attached: Vec<(Option<i64>, Option<i64>)> = rows.collect::<rusqlite::Result<_>>()?;
    let said =
        "SELECT 1 FROM statements WHERE article = ?1 AND (as_read IS NOT NULL OR review IS NOT NULL) LIMIT 1";
    if log.is_empty() {
        return Ok(attached.is_empty() && !connection.prepare_cached(said)?.exists([article])?);
    }
    let Some(rows) = Rows::read(connection, article)? else { return Ok(true) };
    let page = Page::new(&rows.reading.document);
    let folded = fold(&rows.reading, &page, &log.iter().collect::<Vec<_>>());
    let stands = log.iter().zip(&folded.attached).map(|(correction, attached)| {
        (correction.id, attached.as_ref().ok().map(|at| rows.statements[*at].number))
    });
    let is_attached = stands.eq(attached);
    let mut records = rows.statements.iter().zip(&folded.records);
    let is_recorded = records.all(|(row, record)| match record {
        Some(record) => {
            row.as_read.is_some()
                && serde_json::from_str::<Statement>(&row.json).is_ok_and(|now| now == *record)
        }
        None => row.as_read.is_none(),
    });
    Ok(is_attached && is_recorded)
}
