//! Corrections whose words are no statement any more.

use super::anchor::Anchor;
use super::field::Field;
use super::log::{Detail, Kind, json, word};
use crate::error::StoreError;
use crate::open::Reader;
use serde::Serialize;
use serde_json::{Map, Value};

/// A correction that stands nowhere in what was read of its article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Orphan {
    /// Its number in the log.
    pub correction: i64,
    /// When it was made.
    pub at: String,
    /// By whom.
    pub reviewer: String,
    /// What it does.
    pub kind: Kind,
    /// The article's number.
    pub article: i64,
    /// The document's id.
    pub document: String,
    /// The words that it was made of.
    pub quote: String,
    /// What it says of fields, by name: words for places, else the value.
    pub fields: Map<String, Value>,
    /// Why it stands nowhere.
    pub why: String,
}

impl Reader {
    /// Every correction that stands nowhere in what was read of its article, in the order of the log.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn orphans(&self) -> Result<Vec<Orphan>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT corrections.id, corrections.at, reviewer, kind, articles.id, document_id, anchor, detail, why
                FROM attachments
                CROSS JOIN articles ON articles.id = attachments.article
                CROSS JOIN corrections ON corrections.id = attachments.correction
                WHERE attachments.statement IS NULL
                ORDER BY corrections.id",
            )?;
            let rows = statement.query_map([], |row| {
                let anchor: Anchor = json(row, 6)?;
                let detail: Detail = json(row, 7)?;
                Ok(Orphan {
                    correction: row.get(0)?,
                    at: row.get(1)?,
                    reviewer: row.get(2)?,
                    kind: word(row, 3)?,
                    article: row.get(4)?,
                    document: row.get(5)?,
                    quote: anchor.quote,
                    fields: detail.after.iter().map(|(field, value)| shown(*field, value, &detail)).collect(),
                    why: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.failed())
    }
}

/// A field and what it was to be, in words.
fn shown(field: Field, value: &Value, detail: &Detail) -> (String, Value) {
    let part = |name: &str| value.get(name).filter(|part| !part.is_null()).cloned();
    let shown = match field {
        Field::Source | Field::Cue | Field::Content => {
            Value::String(detail.words.get(&field).cloned().unwrap_or_default())
        }
        Field::Speaker | Field::Target => {
            part("name").or_else(|| part("why_unknown")).unwrap_or_else(|| Value::String(NOBODY.to_owned()))
        }
        Field::SaidOn => part("edtf").unwrap_or_else(|| Value::String(NO_DAY.to_owned())),
        Field::Act | Field::Negated => value.clone(),
    };
    (field.name().to_owned(), shown)
}

const NOBODY: &str = "nobody";
const NO_DAY: &str = "unknown";
