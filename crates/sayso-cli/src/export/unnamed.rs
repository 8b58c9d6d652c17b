//! A file that is written beside where it goes, and gets its name when it is whole: what fails or is interrupted leaves the file from before.

use std::ffi::OsStr;
use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file without its name yet; what is no regular file, such as a pipe or a terminal, is written to at once.
pub(super) struct Unnamed {
    file: File,
    part: Option<Part>,
}

/// It goes away unless it gets its name.
struct Part {
    path: PathBuf,
    goes_to: PathBuf,
    /// Those of the file from before.
    permissions: Option<Permissions>,
}

impl Unnamed {
    /// Begins a file of this name.
    ///
    /// # Errors
    /// What the file system says, also if the file from before may not be written to.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let Some(goes_to) = followed(path) else {
            return Ok(Self { file: File::create(path)?, part: None });
        };
        let permissions = match std::fs::metadata(&goes_to) {
            Ok(about) if about.is_file() => {
                File::options().write(true).open(&goes_to)?;
                Some(about.permissions())
            }
            Ok(_) => return Ok(Self { file: File::options().write(true).open(path)?, part: None }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let path = beside(&goes_to);
        // one that was killed may have had the same number
        let _gone = std::fs::remove_file(&path);
        let file = File::create_new(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        Ok(Self { file, part: Some(Part { path, goes_to, permissions }) })
    }

    /// What stands under the name if this does not get it.
    pub(super) fn left(&self) -> Option<String> {
        let Part { goes_to, permissions, .. } = self.part.as_ref()?;
        let left =
            if permissions.is_some() { "the file from before is as it was" } else { "was not written" };
        Some(format!("{}: {left}", goes_to.display()))
    }

    /// Waits until it is on the disk, where it is a file.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn sync(&self) -> io::Result<()> {
        if self.part.is_some() { self.file.sync_all() } else { Ok(()) }
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn name(self) -> io::Result<()> {
        drop(self.file);
        let Some(part) = self.part else { return Ok(()) };
        if let Some(permissions) = part.permissions.clone() {
            std::fs::set_permissions(&part.path, permissions)?;
        }
        // nothing is left of it that could go away
        std::fs::rename(&part.path, &part.goes_to)
    }
}

impl Write for Unnamed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // after it got its name it is not there
        let _gone = std::fs::remove_file(&self.path);
    }
}

/// Where a link leads, be it to nothing; none where the system makes it for what a process has open (`/dev/stdout`).
pub(super) fn followed(path: &Path) -> Option<PathBuf> {
    // as many as Linux follows
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        if path.starts_with("/proc") || path.starts_with("/dev/fd") {
            return None;
        }
        let Ok(to) = std::fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    Some(path)
}

/// The name that a file has before its own.
fn beside(path: &Path) -> PathBuf {
    /// What stands behind it has room up to the 255 bytes of most file systems.
    const LONGEST_BYTES: usize = 220;
    let name = path.file_name().filter(|name| name.len() <= LONGEST_BYTES).unwrap_or(OsStr::new("output"));
    let mut name = name.to_owned();
    name.push(format!(".part-{}", std::process::id()));
    path.with_file_name(name)
}
