//! A library in one file as it was at one moment, and back from there.
//!
//! Both are written beside where they go, looked through as `check` does, written out to the disk, and only then given their name: whatever
//! is interrupted, there is a whole file under the name or the one from before.
//!
//! # Source
//! SQLite, "VACUUM", section 3: `VACUUM INTO` reads in one transaction, so that others may write meanwhile.

use crate::check::{Checked, Fault};
use crate::error::StoreError;
use crate::open::{Reader, Store, WAIT, beside, is_shut};
use crate::schema;
use rusqlite::{ErrorCode, OpenFlags};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// What becomes of a library that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is restored.
    Refused,
    /// It is kept beside the restored one.
    KeptBeside,
}

/// A library that came from a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was looked through.
    pub checked: Checked,
    /// Where the library from before is now.
    pub kept: Option<PathBuf>,
}

/// Writes a library of this version or an earlier one, which it stays, to a new file.
///
/// # Errors
/// [`StoreError`] for no file or a file of another program, and as [`Reader::backup`].
pub fn backup(library: &Path, to: &Path) -> Result<Checked, StoreError> {
    Store::read_as(library, schema::must_be_library)?.backup(to)
}

impl Reader {
    /// Writes the library as it is now to a new file, which is looked through afterwards.
    ///
    /// # Errors
    /// [`StoreError::Exists`] for a name that is taken, [`StoreError::Companion`] for one that SQLite keeps, [`StoreError::Faulty`] if the
    /// backup is not whole, and what the file system says.
    pub fn backup(&self, to: &Path) -> Result<Checked, StoreError> {
        must_be_its_own(to)?;
        // a log of a file that is gone would be taken for the backup's
        if let Some(path) = companions(to).into_iter().find(|path| exists(path)) {
            return Err(StoreError::Exists { path });
        }
        // an empty file holds the name until the backup is whole
        File::create_new(to).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => StoreError::Exists { path: to.to_owned() },
            _ => file(to)(source),
        })?;
        let (reserved, part) = (Unfinished::file(to), Unfinished::part(to));
        let checked = self.copy(part.path()).and_then(|()| self.whole_as_it_is(part.path(), to))?;
        synced(part.path())?;
        std::fs::rename(part.path(), to).map_err(file(to))?;
        reserved.finish();
        part.finish();
        synced_folder(to)?;
        Ok(checked)
    }

    /// Looks through a copy of this library, which stays of its version.
    fn whole_as_it_is(&self, copy: &Path, to: &Path) -> Result<Checked, StoreError> {
        if schema::is_current(&self.connection, &self.path)? {
            return whole(copy, to);
        }
        let trial = Unfinished::part(copy);
        std::fs::copy(copy, trial.path()).map_err(file(trial.path()))?;
        whole(trial.path(), to)
    }

    fn copy(&self, to: &Path) -> Result<(), StoreError> {
        let name = to.to_str().ok_or_else(|| StoreError::Name { path: to.to_owned() })?;
        self.connection.execute("VACUUM INTO ?1", [name]).map(|_| ()).map_err(self.failed())
    }
}

/// Puts the library of a backup under a name, if the backup is whole. A backup of an earlier version is brought to this one.
///
/// # Errors
/// [`StoreError::Exists`] for a library that is there and is not to be replaced, [`StoreError::InUse`] for one that another process has
/// open, [`StoreError::Companion`] for a name that SQLite keeps, [`StoreError::Faulty`] for a damaged backup, and what SQLite and the file
/// system say. Then the library from before is there as it was.
pub fn restore(backup: &Path, library: &Path, existing: Existing) -> Result<Restored, StoreError> {
    // a link stays one, and what SQLite keeps beside a file is beside the one that it leads to
    let (backup, library) = (&*followed(backup), &*followed(library));
    must_be_its_own(library)?;
    let is_there = || [library.to_owned()].into_iter().chain(companions(library)).any(|path| exists(&path));
    if existing == Existing::Refused && is_there() {
        return Err(StoreError::Exists { path: library.to_owned() });
    }
    if !backup.exists() {
        return Err(StoreError::Missing { path: backup.to_owned() });
    }
    Store::folder_of(library)?;
    let part = Unfinished::part(library);
    {
        let reader = as_it_is(backup)?;
        schema::must_be_library(&reader.connection, backup)?;
        // writing it anew would mend an index without a word
        sound(backup, reader.file().map_err(reader.failed())?)?;
        reader.copy(part.path())?;
    }
    let checked = whole(part.path(), backup)?;
    synced(part.path())?;
    let kept = if is_there() {
        let locked = locked(library)?;
        let kept = keep(library)?;
        std::fs::rename(part.path(), library).map_err(file(library))?;
        // who has opened the library from before waits until here, and cannot write to it then: SQLite sees that it has moved
        drop(locked);
        kept
    } else {
        name_new(part.path(), library)?;
        None
    };
    part.finish();
    synced_folder(library)?;
    Ok(Restored { checked, kept })
}

/// A backup, with what its log holds if it is a library in use; nothing is left beside it that was not there.
fn as_it_is(backup: &Path) -> Result<Reader, StoreError> {
    let connect = |flags| Reader::connect(backup, backup.as_os_str(), flags, WAIT);
    if companions(backup).iter().any(|path| exists(path)) {
        return connect(OpenFlags::SQLITE_OPEN_READ_ONLY);
    }
    // SQLite makes a log also for who only reads, and takes it away again for who might have written
    let opened = File::options().write(true).open(backup).map_err(file(backup)).and_then(|_| {
        let reader = connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        schema::must_be_library(&reader.connection, backup)?;
        Ok(reader)
    });
    match opened {
        Err(StoreError::File { .. } | StoreError::ReadOnly { .. }) => Reader::of_unchanging(backup),
        Err(StoreError::Sqlite { source, .. }) if is_shut(&source) => Reader::of_unchanging(backup),
        other => other,
    }
}

/// Looks through a copy that nobody else knows of, its index of words included; what is wrong is wrong in the file that it is of.
fn whole(path: &Path, of: &Path) -> Result<Checked, StoreError> {
    let mut reader = Reader::connect(of, path.as_os_str(), OpenFlags::SQLITE_OPEN_READ_WRITE, WAIT)?;
    schema::must_be_library(&reader.connection, of)?;
    // what an earlier version wrote is looked at before this one changes it
    sound(of, reader.file().map_err(reader.failed())?)?;
    schema::migrate(&mut reader.connection, of)?;
    let checked = reader.check()?;
    sound(of, checked.faults.clone())?;
    Ok(checked)
}

fn sound(path: &Path, faults: Vec<Fault>) -> Result<(), StoreError> {
    let count = faults.len();
    match faults.into_iter().next() {
        Some(Fault { place, what }) => {
            Err(StoreError::Faulty { path: path.to_owned(), count, first: format!("{place}: {what}") })
        }
        None => Ok(()),
    }
}

/// A library that nobody else has open, with all that its log held; nothing of a file that is too damaged to be asked.
fn locked(library: &Path) -> Result<Option<Reader>, StoreError> {
    if !exists(library) {
        return Ok(None);
    }
    let lock = || {
        let reader = Reader::connect(library, library.as_os_str(), OpenFlags::SQLITE_OPEN_READ_WRITE, WAIT)?;
        schema::must_be_library(&reader.connection, library)?;
        // a log can be put away only by the last one that has the library open
        let mode = reader
            .connection
            .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0))
            .map_err(reader.failed())?;
        reader.connection.execute_batch("BEGIN EXCLUSIVE").map_err(reader.failed())?;
        if mode == "delete" { Ok(reader) } else { Err(StoreError::InUse { path: library.to_owned() }) }
    };
    match lock() {
        Ok(reader) => Ok(Some(reader)),
        Err(StoreError::Busy { path }) => Err(StoreError::InUse { path }),
        Err(StoreError::NotADatabase { .. }) => Ok(None),
        Err(StoreError::Sqlite { source, .. })
            if source.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) =>
        {
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Gives the library a second name, and its log and journal that one only, which would be taken for the restored library's.
fn keep(library: &Path) -> Result<Option<PathBuf>, StoreError> {
    let is_free = |name: &PathBuf| !exists(name) && companions(name).iter().all(|other| !exists(other));
    let numbered = (2..).map(|n| beside(library, &format!(".replaced-{n}")));
    let mut names = std::iter::once(beside(library, ".replaced")).chain(numbered);
    let name = names.find(is_free).expect("there are more numbers than files");
    if exists(library) {
        // not every file system has two names for one file
        std::fs::hard_link(library, &name)
            .or_else(|_| {
                std::fs::copy(library, &name).map(|_| ()).and_then(|()| File::open(&name)?.sync_all())
            })
            .map_err(file(&name))?;
    }
    for (from, to) in companions(library).iter().zip(companions(&name)).filter(|(from, _)| exists(from)) {
        std::fs::rename(from, to).map_err(file(from))?;
    }
    Ok(Some(name))
}

/// A name for a file, if it is still free.
fn name_new(part: &Path, library: &Path) -> Result<(), StoreError> {
    match std::fs::hard_link(part, library) {
        Ok(()) => std::fs::remove_file(part).map_err(file(part)),
        Err(source) if source.kind() == io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists { path: library.to_owned() })
        }
        Err(_) => std::fs::rename(part, library).map_err(file(library)),
    }
}

/// How the names of the files end that SQLite puts beside a library.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The files that SQLite puts beside a library.
fn companions(library: &Path) -> [PathBuf; 3] {
    COMPANIONS.map(|ending| beside(library, ending))
}

/// No name that SQLite puts a file under beside one that is there.
fn must_be_its_own(path: &Path) -> Result<(), StoreError> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let owners = COMPANIONS.iter().filter_map(|ending| name.strip_suffix(ending));
    match owners.map(|owner| path.with_file_name(owner)).find(|owner| exists(owner)) {
        Some(library) => Err(StoreError::Companion { path: path.to_owned(), library }),
        None => Ok(()),
    }
}

/// Where a link leads, be it to nothing.
fn followed(path: &Path) -> PathBuf {
    // as many as Linux follows
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(to) = std::fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    path
}

/// Whether there is anything of this name, be it a link to nothing.
fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn file(path: &Path) -> impl FnOnce(io::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::File { path, source }
}

/// Waits until the file is on the disk.
fn synced(path: &Path) -> Result<(), StoreError> {
    let opened = File::options().read(true).write(true).open(path);
    opened.and_then(|opened| opened.sync_all()).map_err(file(path))
}

/// Waits until the name is on the disk, where a folder can be opened.
fn synced_folder(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(file(folder))
    } else {
        Ok(())
    }
}

/// Files that go away unless they are finished.
struct Unfinished(Vec<PathBuf>);

impl Unfinished {
    fn file(path: &Path) -> Self {
        Self(vec![path.to_owned()])
    }

    /// A library of this process's own, beside another file.
    fn part(path: &Path) -> Self {
        let path = beside(path, &format!(".part-{}", std::process::id()));
        let part = Self([path.clone()].into_iter().chain(companions(&path)).collect());
        // one that was killed may have had the same number
        part.remove();
        part
    }

    fn path(&self) -> &Path {
        &self.0[0]
    }

    fn finish(mut self) {
        self.0.clear();
    }

    fn remove(&self) {
        for path in &self.0 {
            // most of them were never there
            let _gone = std::fs::remove_file(path);
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.remove();
    }
}
