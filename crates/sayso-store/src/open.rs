//! Opening a library: one connection that writes, or one that only reads.

use crate::error::StoreError;
use crate::schema;
use rusqlite::{Connection, OpenFlags, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one process waits for another one that writes.
const WAIT: Duration = Duration::from_secs(10);

/// What the writer keeps of the file in memory: the indexes of words and names are written to in many places.
const WRITER_CACHE_KIB: i64 = 64 << 10;
/// Pages of the log before they go into the file, 64 MB: a page that changes often goes there once.
const MOST_WAL_PAGES: i64 = 16 << 10;

/// A library that is written to. What reads it alone is its [`reader`](Self::reader).
#[derive(Debug)]
pub struct Store {
    reader: Reader,
}

/// A library that is read.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

/// What could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The document's id.
    pub input: String,
    /// What was found and expected.
    pub why: String,
    /// When it was tried first.
    pub at: String,
}

impl Store {
    /// Opens the library of this name, which is made if there is none, and brings it to this program's version.
    ///
    /// # Errors
    /// [`StoreError`] for a file of another program or a later version, or while another process writes.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut reader = Reader::connect(path, flags)?;
        schema::migrate(&mut reader.connection, path)?;
        // who reads does not wait for who writes
        reader.connection.pragma_update(None, "journal_mode", "WAL").map_err(reader.failed())?;
        reader.connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB).map_err(reader.failed())?;
        reader
            .connection
            .pragma_update(None, "wal_autocheckpoint", MOST_WAL_PAGES)
            .map_err(reader.failed())?;
        Ok(Self { reader })
    }

    /// Opens a library that is there, for reading alone.
    ///
    /// # Errors
    /// [`StoreError`] for no file, a file of another program or another version.
    pub fn read(path: &Path) -> Result<Reader, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let reader = Reader::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        schema::must_be_current(&reader.connection, path)?;
        Ok(reader)
    }

    /// The same library, read.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The connection, for what writes.
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.reader.connection
    }

    /// What an error of SQLite means here.
    pub(crate) fn failed(&self) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        self.reader.failed()
    }
}

impl Reader {
    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let failed = |error| StoreError::of(path, error);
        let connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        connection.busy_timeout(WAIT).map_err(failed)?;
        // what a file says of itself is not believed before its header says whose it is
        connection.pragma_update(None, "trusted_schema", false).map_err(failed)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    pub(crate) fn failed(&self) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |error| StoreError::of(&path, error)
    }

    /// A row that does not hold what was written.
    pub(crate) fn damaged(&self, place: impl Into<String>, why: impl ToString) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), place: place.into(), why: why.to_string() }
    }

    /// Everything that could not be read, by input.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn dead_letters(&self) -> Result<Vec<DeadLetter>, StoreError> {
        let read = || {
            let sql = "SELECT input, why, at FROM dead_letters ORDER BY input, why";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![], |row| {
                Ok(DeadLetter { input: row.get(0)?, why: row.get(1)?, at: row.get(2)? })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.failed())
    }
}
