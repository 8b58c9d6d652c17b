//! Files that a command reads, which its output must not be written over.

use super::unnamed::followed;
use crate::inputs::Input;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// What is read, by its true name.
#[derive(Default)]
pub(crate) struct Spared {
    /// What each file is.
    files: HashMap<PathBuf, &'static str>,
    /// Their numbers, as a file may have a second name.
    numbers: HashSet<(u64, u64)>,
    /// Folders that are read with all that is in them.
    folders: Vec<PathBuf>,
}

impl Spared {
    pub(crate) fn inputs(inputs: &[Input]) -> Self {
        let mut spared = Self::default();
        for input in inputs {
            match input {
                Input::File(path) if path.is_dir() => spared.folders.push(real(path)),
                Input::File(path) => spared.add(path, "an input"),
                // a file that the shell opens
                Input::Stdin => spared.add(Path::new("/dev/stdin"), "an input"),
                Input::Url { .. } => {}
            }
        }
        spared
    }

    /// A library, with the files that SQLite keeps beside it, and the codebook.
    pub(crate) fn library(library: &Path, codebook: Option<&Path>) -> Self {
        let mut spared = Self::default();
        let library = real(library);
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut path = library.clone().into_os_string();
            path.push(ending);
            spared.add(
                Path::new(&path),
                if ending.is_empty() { "the library" } else { "a file of the library" },
            );
        }
        if let Some(codebook) = codebook {
            spared.add(codebook, "the codebook");
        }
        spared
    }

    fn add(&mut self, path: &Path, what: &'static str) {
        self.files.entry(real(path)).or_insert(what);
        self.numbers
            .extend(std::fs::metadata(path).ok().filter(Metadata::is_file).and_then(|about| number(&about)));
    }

    /// Whether a file may be written; nothing is lost in a pipe or a terminal.
    ///
    /// # Errors
    /// A sentence that says what it is and what was expected.
    pub(crate) fn check_file(&self, path: &Path) -> Result<(), String> {
        let about = std::fs::metadata(path).ok();
        if about.as_ref().is_some_and(|about| !about.is_file() && !about.is_dir()) {
            return Ok(());
        }
        let true_name = real(path);
        let numbered = about.and_then(|about| number(&about)).filter(|number| self.numbers.contains(number));
        match (self.files.get(&true_name), numbered) {
            (Some(what), _) => {
                Err(format!("{}: {what}, which is not written over; expected another file", path.display()))
            }
            (None, Some(_)) => Err(format!(
                "{}: another name of a file that is read, which is not written over; expected another file",
                path.display()
            )),
            (None, None) => self.check_folder(path),
        }
    }

    /// Whether files may be written there: what is in a folder that is read would be read, too, or written over.
    ///
    /// # Errors
    /// As [`Spared::check_file`].
    pub(crate) fn check_folder(&self, path: &Path) -> Result<(), String> {
        let true_name = real(path);
        match self.folders.iter().find(|folder| true_name.starts_with(folder)) {
            Some(folder) => Err(format!(
                "{}: in {}, a folder that is read; expected a place outside of it",
                path.display(),
                folder.display()
            )),
            None => Ok(()),
        }
    }
}

/// The one name of a file without links, whether it is there or not.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let path = followed(path).unwrap_or_else(|| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match folder.canonicalize() {
        Ok(folder) => folder.join(path.file_name().unwrap_or(OsStr::new(""))),
        Err(_) => path,
    }
}

/// The numbers of a file that has only one pair of them, whatever its names.
#[cfg(unix)]
fn number(about: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<(u64, u64)> {
    None
}
