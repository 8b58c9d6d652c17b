//! What a library holds, row for row, but for when it was added.

use anyhow::{Context, Result};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::Path;

/// The tables that are compared, in the order in which their rows were made; those of dead letters have none.
const TABLES: &[(&str, &str)] = &[
    ("articles", "SELECT * FROM articles ORDER BY id"),
    ("sources", "SELECT * FROM sources ORDER BY id"),
    ("statements", "SELECT * FROM statements ORDER BY id"),
    ("originals", "SELECT * FROM originals ORDER BY sha256"),
    ("dead letters", "SELECT * FROM dead_letters ORDER BY input, why"),
];

/// Of these the rows of an interrupted run are the first ones of an undisturbed run.
const IN_ORDER: usize = 3;

/// The column that says when something was added.
const WHEN: &str = "at";

/// Each row of each table as its first value and the hash of all of them.
#[derive(Default)]
pub(crate) struct Tables(Vec<Vec<String>>);

impl Tables {
    /// What a library holds.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn read(library: &Path) -> Result<Self> {
        let read = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let mut connection = Connection::open_with_flags(library, flags)?;
            let transaction = connection.transaction()?;
            TABLES.iter().map(|(_, sql)| rows(&transaction, sql)).collect()
        };
        let tables: rusqlite::Result<_> = read();
        Ok(Self(tables.with_context(|| format!("read {}", library.display()))?))
    }

    /// The same, of a library that may not be there, or not have its tables yet.
    pub(crate) fn read_if_there(library: &Path) -> Result<Self> {
        let has_tables = || {
            let connection = Connection::open_with_flags(library, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            connection.query_row(
                "SELECT count(*) = 1 FROM sqlite_schema WHERE name = 'dead_letters'",
                [],
                |row| row.get(0),
            )
        };
        let empty = || Self(vec![Vec::new(); TABLES.len()]);
        if !library.exists() {
            return Ok(empty());
        }
        let has_tables: rusqlite::Result<bool> = has_tables();
        match has_tables {
            Ok(true) => Self::read(library),
            Ok(false) => Ok(empty()),
            // the tables are made while nobody else may look
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(empty()),
            Err(error) => Err(error).with_context(|| format!("read {}", library.display())),
        }
    }

    pub(crate) fn articles(&self) -> &[String] {
        &self.0[0]
    }

    pub(crate) fn into_articles(mut self) -> Vec<String> {
        self.0.swap_remove(0)
    }

    /// Whether the rows that have an order are the first ones of the other.
    ///
    /// # Errors
    /// What is not.
    pub(crate) fn is_beginning_of(&self, other: &Self) -> Result<(), String> {
        let tables = self.0.iter().zip(&other.0).zip(TABLES).take(IN_ORDER);
        for ((own, other), (name, _)) in tables {
            if let Some(at) = (0..own.len()).find(|at| other.get(*at) != Some(&own[*at])) {
                let other = other.get(at).map_or("nothing", String::as_str);
                return Err(format!("{name}: row {} is {} and not {other}", at + 1, own[at]));
            }
        }
        Ok(())
    }

    /// Whether all rows are the same.
    ///
    /// # Errors
    /// What is not.
    pub(crate) fn equals(&self, other: &Self) -> Result<(), String> {
        self.is_beginning_of(other)?;
        for ((own, other), (name, _)) in self.0.iter().zip(&other.0).zip(TABLES) {
            if own != other {
                return Err(format!("{name}: {} rows that are not the {} expected", own.len(), other.len()));
            }
        }
        Ok(())
    }
}

impl fmt::Display for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (rows, (name, _))) in self.0.iter().zip(TABLES).enumerate() {
            write!(f, "{}{} {name}", if at > 0 { ", " } else { "" }, rows.len())?;
        }
        Ok(())
    }
}

fn rows(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(sql)?;
    let columns: Vec<usize> =
        statement.column_names().enumerate().filter(|(_, name)| *name != WHEN).map(|(at, _)| at).collect();
    let rows = statement.query_map([], |row| {
        let mut hash = Sha256::new();
        for column in &columns {
            let value = row.get_ref(*column)?;
            let bytes = match value {
                ValueRef::Null => Vec::new(),
                ValueRef::Integer(number) => number.to_le_bytes().to_vec(),
                ValueRef::Real(number) => number.to_le_bytes().to_vec(),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
            };
            hash.update(value.data_type().to_string());
            hash.update(bytes.len().to_le_bytes());
            hash.update(bytes);
        }
        let first = match row.get_ref(0)? {
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => String::new(),
        };
        Ok(format!("{first} ({})", &sayso::ledger::hexadecimal(&hash.finalize())[..16]))
    })?;
    rows.collect()
}
