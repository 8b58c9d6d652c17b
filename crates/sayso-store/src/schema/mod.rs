//! The tables and their versions.
//!
//! A file of the library carries [`APPLICATION`] and, as `user_version`, how many of [`MIGRATIONS`] made it. Migrations are added at the end
//! and never changed: a file of any earlier version becomes one of this version, in one transaction.

use crate::error::StoreError;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// What makes version 1 of nothing, version 2 of version 1 ...
pub const MIGRATIONS: &[&str] = &[
    include_str!("0001.sql"),
    include_str!("0002.sql"),
    include_str!("0003.sql"),
    include_str!("0004.sql"),
    include_str!("0005.sql"),
];

/// `application_id` of every library: "SAYS".
pub const APPLICATION: i32 = i32::from_be_bytes(*b"SAYS");

/// What a file is, by its header.
enum Found {
    /// Nothing is in it yet.
    Empty,
    /// A library of this version.
    Library { version: usize },
}

/// Brings a file to this program's version.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let fails = |error| StoreError::of(path, error);
    let made = match found(connection, path)? {
        Found::Empty => 0,
        Found::Library { version } => version,
    };
    if made == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate).map_err(fails)?;
    // another process may have been first
    let made = match found(&transaction, path)? {
        Found::Empty => 0,
        Found::Library { version } => version,
    };
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(made) {
        transaction.execute_batch(migration).map_err(fails)?;
        transaction.pragma_update(None, "user_version", at + 1).map_err(fails)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(fails)?;
    transaction.commit().map_err(fails)
}

/// Whether a file can be read as it is.
pub(crate) fn must_be_current(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let version = match found(connection, path)? {
        Found::Empty => 0,
        Found::Library { version } => version,
    };
    if version < MIGRATIONS.len() {
        return Err(StoreError::Older { path: path.to_owned(), version, expected: MIGRATIONS.len() });
    }
    Ok(())
}

/// Whether a library is of this version.
pub(crate) fn is_current(connection: &Connection, path: &Path) -> Result<bool, StoreError> {
    match must_be_current(connection, path) {
        Ok(()) => Ok(true),
        Err(StoreError::Older { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Whether a file is a library of this version or an earlier one.
pub(crate) fn must_be_library(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    match found(connection, path)? {
        Found::Empty => Err(StoreError::Foreign { path: path.to_owned() }),
        Found::Library { .. } => Ok(()),
    }
}

fn found(connection: &Connection, path: &Path) -> Result<Found, StoreError> {
    let number = |pragma: &str| {
        connection
            .pragma_query_value(None, pragma, |row| row.get::<_, i64>(0))
            .map_err(|error| StoreError::of(path, error))
    };
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| StoreError::of(path, error))?;
    if application == 0 && version == 0 && tables == 0 {
        return Ok(Found::Empty);
    }
    if application != i64::from(APPLICATION) {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    match usize::try_from(version) {
        Ok(version) if version <= MIGRATIONS.len() => Ok(Found::Library { version }),
        _ => Err(StoreError::Newer { path: path.to_owned(), version, expected: MIGRATIONS.len() }),
    }
}
