//! Opening a library: one connection that writes, or one that only reads.

use crate::error::StoreError;
use crate::schema;
use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one process waits for another one that writes.
pub(crate) const WAIT: Duration = Duration::from_secs(10);

/// What the writer keeps of the file in memory: the indexes of words and names are written to in many places.
const WRITER_CACHE_KIB: i64 = 256 << 10;
/// Pages of the log before they go into the file, 128 MB: a page that changes often goes there once.
const MOST_WAL_PAGES: i64 = 32 << 10;

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
    /// [`StoreError`] for a file of another program or a later version, one that cannot be written to, or while another process writes.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_within(path, WAIT)
    }

    /// The same, with another limit on how long to wait for a process that writes, now and later.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_within(path: &Path, wait: Duration) -> Result<Self, StoreError> {
        Self::folder_of(path)?;
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
            let mut reader = Reader::connect(path, path.as_os_str(), flags, wait)?;
            // SQLite falls back to reading alone, and would say so only when the first article is read
            if reader.is_read_only()? {
                return Err(StoreError::ReadOnly { path: path.to_owned() });
            }
            schema::migrate(&mut reader.connection, path)?;
            // who reads does not wait for who writes
            reader.connection.pragma_update(None, "journal_mode", "WAL").map_err(reader.failed())?;
            reader
                .connection
                .pragma_update(None, "cache_size", -WRITER_CACHE_KIB)
                .map_err(reader.failed())?;
            let pages = MOST_WAL_PAGES;
            reader.connection.pragma_update(None, "wal_autocheckpoint", pages).map_err(reader.failed())?;
            Ok(Self { reader })
        };
        open().map_err(|error| match error {
            StoreError::Sqlite { path, source } if is_shut(&source) && !path.is_dir() => {
                StoreError::ReadOnly { path }
            }
            other => other,
        })
    }

    /// Makes the folder of a new library.
    pub(crate) fn folder_of(path: &Path) -> Result<(), StoreError> {
        let Some(folder) = path.parent() else { return Ok(()) };
        std::fs::create_dir_all(folder)
            .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })
    }

    /// Opens a library that is there, and brings it to this program's version.
    ///
    /// # Errors
    /// As [`Store::open`], and [`StoreError::Missing`] for no file.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        Self::open(path)
    }

    /// Opens a library that is there, for reading alone. Where its folder cannot be written to, it is taken for a file that nobody changes.
    ///
    /// # Errors
    /// [`StoreError`] for no file, a file of another program or another version.
    pub fn read(path: &Path) -> Result<Reader, StoreError> {
        Self::read_as(path, schema::must_be_current)
    }

    /// The same for what `fits` lets pass.
    pub(crate) fn read_as(
        path: &Path,
        fits: fn(&Connection, &Path) -> Result<(), StoreError>,
    ) -> Result<Reader, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let read = || {
            let reader = Reader::connect(path, path.as_os_str(), OpenFlags::SQLITE_OPEN_READ_ONLY, WAIT)?;
            fits(&reader.connection, path)?;
            Ok(reader)
        };
        match read() {
            // the files that SQLite keeps beside a library cannot be made, which one that nobody changes does without
            Err(StoreError::ReadOnly { .. }) => {}
            Err(StoreError::Sqlite { source, .. }) if is_shut(&source) => {}
            other => return other,
        }
        let reader = Reader::of_unchanging(path)?;
        fits(&reader.connection, path)?;
        Ok(reader)
    }

    /// The same library, read.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The connection, for what writes, and the file's name for what it says.
    pub(crate) fn parts(&mut self) -> (&mut Connection, &Path) {
        (&mut self.reader.connection, &self.reader.path)
    }
}

impl Reader {
    /// `name` is what SQLite calls the file of this path.
    pub(crate) fn connect(
        path: &Path,
        name: &OsStr,
        flags: OpenFlags,
        wait: Duration,
    ) -> Result<Self, StoreError> {
        let failed = |error| StoreError::of(path, error);
        let connection =
            Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        connection.busy_timeout(wait).map_err(failed)?;
        // what a file says of itself is not believed before its header says whose it is
        connection.pragma_update(None, "trusted_schema", false).map_err(failed)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// A file that nobody changes, read without the files beside it.
    pub(crate) fn of_unchanging(path: &Path) -> Result<Self, StoreError> {
        let journal = beside(path, "-wal");
        if std::fs::metadata(&journal).is_ok_and(|about| about.len() > 0) {
            return Err(StoreError::Unmerged { path: path.to_owned(), journal });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Self::connect(path, &unchanging(path), flags, WAIT)
    }

    /// Whether nothing can be written through this connection.
    pub(crate) fn is_read_only(&self) -> Result<bool, StoreError> {
        self.connection.is_readonly(rusqlite::MAIN_DB).map_err(self.failed())
    }

    pub(crate) fn failed(&self) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |error| StoreError::of(&path, error)
    }

    /// A row that does not hold what was written.
    pub(crate) fn damaged(&self, place: impl Into<String>, why: impl ToString) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), place: place.into(), why: why.to_string() }
    }

    /// How many articles there are.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn articles(&self) -> Result<usize, StoreError> {
        let count = self.connection.query_row("SELECT count(*) FROM articles", [], |row| row.get(0));
        count.map_err(self.failed())
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

/// Whether a file, or one beside it, could not be opened.
pub(crate) fn is_shut(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::CannotOpen)
}

/// The file beside a library whose name has this at its end.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The address of a file that nobody changes, which is read without the files beside it.
///
/// # Source
/// SQLite, "Uniform Resource Identifiers", section 3.3, and "Write-Ahead Logging", section 6 (read-only databases).
fn unchanging(path: &Path) -> OsString {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(*byte));
            }
            b'\\' if cfg!(windows) => address.push('/'),
            other => address.push_str(&format!("%{other:02x}")),
        }
    }
    address.push_str("?immutable=1");
    address.into()
}

#[cfg(test)]
mod tests;
