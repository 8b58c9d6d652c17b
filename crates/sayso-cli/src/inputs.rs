//! Files, folders and standard input as documents.

use sayso_acquire::{AcquireError, Document, Documents, Options, Published};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// How much of an input tells its format.
const HEAD_BYTES: usize = 64 << 10;

/// Where articles are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// `-`
    Stdin,
    File(PathBuf),
}

impl Input {
    /// The name of the input.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::File(path) if path.is_dir())
    }

    /// The documents of this input, in order.
    pub(crate) fn documents(&self, published: Option<&Published>) -> Documents {
        let options = Options { id: self.id(), published: published.cloned(), ..Options::default() };
        match self {
            Self::Stdin => {
                let stdin = BufReader::with_capacity(HEAD_BYTES, std::io::stdin());
                sayso_acquire::documents(Box::new(stdin), options)
            }
            Self::File(path) if path.is_dir() => folder(path, published),
            Self::File(path) => match File::open(path) {
                Ok(file) => {
                    let file = BufReader::with_capacity(HEAD_BYTES, file);
                    sayso_acquire::documents(Box::new(file), options)
                }
                Err(source) => Box::new(std::iter::once(Err(AcquireError::Io { id: self.id(), source }))),
            },
        }
    }

    /// The only document of this input.
    pub(crate) fn only(&self) -> Result<Document, AcquireError> {
        let mut documents = self.documents(None);
        let first = documents.next().unwrap_or_else(|| Err(AcquireError::Empty { id: self.id() }))?;
        match documents.next() {
            Some(_) => Err(AcquireError::Record { id: self.id(), why: "more than one article".to_owned() }),
            None => Ok(first),
        }
    }
}

/// The documents of the files of a folder, by name; files that start with a dot are left out.
fn folder(path: &Path, published: Option<&Published>) -> Documents {
    let failed = |source| AcquireError::Io { id: path.display().to_string(), source };
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return Box::new(std::iter::once(Err(failed(error)))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    let is_hidden =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    // a link may lead back to a folder around it
    paths.retain(|path| !(is_hidden(path) || path.is_symlink() && path.is_dir()));
    paths.sort();
    let published = published.cloned();
    Box::new(paths.into_iter().flat_map(move |path| Input::File(path).documents(published.as_ref())))
}
