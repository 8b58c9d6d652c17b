//! The log of corrections, as rows.

use super::anchor::Anchor;
use super::field::{Field, Values};
use super::rest::Rest;
use crate::records::{json_of, name_of};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a statement came before a reviewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picked {
    /// As one of the riskiest.
    Risk,
    /// As one of a sample, which tells how good all are.
    Sample,
    /// Because somebody asked for it.
    Asked,
}

/// What a correction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Says that the record is right.
    Accept,
    /// Says that it is no statement.
    Reject,
    /// Changes fields.
    Edit,
    /// Takes an earlier correction back.
    Undo,
}

/// What a correction changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Detail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub(crate) before: Values,
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub(crate) after: Values,
    /// The fields that it does not change, as the reviewer saw them.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub(crate) seen: Values,
    /// What else the reviewer saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rest: Option<Rest>,
    /// The words of changed spans, for those who read the log when the text is another one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) words: BTreeMap<Field, String>,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Logged {
    /// None before it is written.
    pub(crate) id: Option<i64>,
    pub(crate) at: String,
    pub(crate) reviewer: String,
    pub(crate) article: i64,
    pub(crate) statement: i64,
    pub(crate) record: String,
    pub(crate) anchor: Anchor,
    pub(crate) kind: Kind,
    pub(crate) undone: Option<i64>,
    pub(crate) picked: Picked,
    pub(crate) detail: Detail,
}

/// The corrections of an article but for those taken back, in the order of the log.
pub(crate) fn in_force(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Logged>> {
    let sql = "
        SELECT id, at, reviewer, article, statement, record, anchor, kind, undone, picked, detail FROM corrections
        WHERE article = ?1 AND kind <> 'undo'
            AND NOT EXISTS (SELECT 1 FROM corrections AS taken WHERE taken.undone = corrections.id)
        ORDER BY id";
    connection.prepare_cached(sql)?.query_map([article], logged)?.collect()
}

/// One row; nothing if there is none, or if it was taken back.
pub(crate) fn one(connection: &Connection, id: i64) -> rusqlite::Result<Option<Logged>> {
    let sql = "
        SELECT id, at, reviewer, article, statement, record, anchor, kind, undone, picked, detail FROM corrections
        WHERE id = ?1 AND kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM corrections AS taken WHERE taken.undone = ?1)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query_map([id], logged)?;
    rows.next().transpose()
}

/// Writes a row; its number.
pub(crate) fn append(connection: &Connection, row: &Logged) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO corrections (at, reviewer, article, statement, record, anchor, kind, undone, picked, detail)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            row.at,
            row.reviewer,
            row.article,
            row.statement,
            row.record,
            json_of(&row.anchor),
            name_of(&row.kind),
            row.undone,
            name_of(&row.picked),
            json_of(&row.detail),
        ])?;
    Ok(connection.last_insert_rowid())
}

fn logged(row: &Row) -> rusqlite::Result<Logged> {
    Ok(Logged {
        id: Some(row.get(0)?),
        at: row.get(1)?,
        reviewer: row.get(2)?,
        article: row.get(3)?,
        statement: row.get(4)?,
        record: row.get(5)?,
        anchor: json(row, 6)?,
        kind: word(row, 7)?,
        undone: row.get(8)?,
        picked: word(row, 9)?,
        detail: json(row, 10)?,
    })
}

/// A column of JSON.
pub(crate) fn json<T: DeserializeOwned>(row: &Row, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// A column that holds the word for a value of an enum.
pub(crate) fn word<T: DeserializeOwned>(row: &Row, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(text))
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}
