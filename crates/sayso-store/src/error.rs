//! What can go wrong with a library.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why the library did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file.
    #[error("{}: no library is there; expected a file that `sayso add` made", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder of a new library cannot be made.
    #[error("{}: the library's folder cannot be made: {source}; expected a place that can be written to", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of something else.
    #[error("{}: not a library of sayso; expected one, or a name that no file has yet", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// What is no database at all.
    #[error("{}: not a library of sayso; expected one, or a name that no file has yet", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// Something is there already.
    #[error("{}: a file is there already; expected a name that no file has yet", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A name that SQLite keeps for a file beside a library.
    #[error(
        "{}: SQLite keeps this name for what is added to {}; expected a name of its own",
        path.display(),
        library.display()
    )]
    Companion {
        /// The name.
        path: PathBuf,
        /// What it is kept for.
        library: PathBuf,
    },
    /// Another process has the library open.
    #[error("{}: another process has this library open; expected it to end, try again then", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// A file is not whole.
    #[error("{}: {} (the first: {first}); expected a library that is as it was written", path.display(), faults(*count))]
    Faulty {
        /// The file.
        path: PathBuf,
        /// How many faults it has.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// A name that SQLite does not take.
    #[error("{}: the name is not UTF-8; expected one that is", path.display())]
    Name {
        /// The file.
        path: PathBuf,
    },
    /// The file system failed.
    #[error("{}: {source}; expected a folder that can be written to", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of a later program.
    #[error(
        "{}: a library of version {version}, and this program reads up to {expected}; expected a newer sayso to open it",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The version that this program makes.
        expected: usize,
    },
    /// A file of an earlier program, which reading alone does not bring to this version.
    #[error(
        "{}: a library of version {version}, and this program reads {expected}; expected one that `sayso add` brought up to date",
        path.display()
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: usize,
        /// The version that this program reads.
        expected: usize,
    },
    /// Another process writes.
    #[error("{}: another process writes to this library, and went on for longer than this one waits; expected it to end, try again then", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// No room is left.
    #[error(
        "{}: the disk is full, and what was being written is left out; expected room for it, everything before is kept",
        path.display()
    )]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be written to.
    #[error(
        "{}: the library cannot be written to; expected a file and a folder that may be, as SQLite keeps files beside it",
        path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// What was added last lies beside the file, and cannot be read where nothing may be written.
    #[error(
        "{}: what was added last is in {}, which can only be read where the folder may be written to; expected \
        `sayso check` to be run there once, or a copy of both files elsewhere",
        path.display(),
        journal.display()
    )]
    Unmerged {
        /// The file.
        path: PathBuf,
        /// SQLite's journal.
        journal: PathBuf,
    },
    /// Something asked for is no date.
    #[error("{given:?} is not a date; expected EDTF: 2021, 2021-11, 2021-11-09")]
    NotADate {
        /// As it was given.
        given: String,
    },
    /// The beginning of a word is one letter, with which too many words begin.
    #[error("{given:?} begins too many words; expected two letters or more before *")]
    Beginning {
        /// As it was given.
        given: String,
    },
    /// No statement has the number.
    #[error("statement {number}: not in {}; expected the number of a statement that `sayso find` shows", path.display())]
    NoStatement {
        /// The file.
        path: PathBuf,
        /// The number.
        number: i64,
    },
    /// A correction would break the record, or change nothing.
    #[error("statement {number}: {why}")]
    Refused {
        /// The statement's number.
        number: i64,
        /// What is wrong with the correction, and what was expected.
        why: String,
    },
    /// No correction has the number.
    #[error(
        "correction {correction}: none of {reviewer} in force; expected the number of one that `sayso review --orphans` shows"
    )]
    NoCorrection {
        /// The number.
        correction: i64,
        /// Who wants it taken back.
        reviewer: String,
    },
    /// A row does not hold what this program writes.
    #[error("{}: {place} is not as it was written ({why}); expected what `sayso add` writes", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which row.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// SQLite failed.
    #[error("{}: {source}; expected a library that can be read and written", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// What SQLite's error means for this file.
    pub(crate) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            _ if source.sqlite_error().is_some_and(|error| FULL.contains(&error.extended_code)) => {
                Self::Full { path }
            }
            _ => Self::Sqlite { path, source },
        }
    }
}

/// What SQLite says of a disk without room for the files beside the library.
const FULL: &[i32] = &[rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMOPEN];

fn faults(count: usize) -> String {
    if count == 1 { "1 fault".to_owned() } else { format!("{count} faults") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_library_says_that_another_process_writes() {
        let busy =
            rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None);
        let said = StoreError::of(Path::new("library.db"), busy).to_string();
        assert!(said.starts_with("library.db: another process writes"), "{said}");
    }
}
