//! Files and standard input as articles.

use sayso::article::Article;
use sayso_acquire::{AcquireError, Options, Published};
use std::path::PathBuf;

/// Where an article is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// `-`
    Stdin,
    File(PathBuf),
}

impl Input {
    /// The name of the document.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// How much there is, as far as can be told before it is read.
    pub(crate) fn size_bytes(&self) -> u64 {
        match self {
            Self::Stdin => 0,
            Self::File(path) => std::fs::metadata(path).map_or(0, |about| about.len()),
        }
    }

    pub(crate) fn read(&self, published: Option<&Published>) -> Result<Article, AcquireError> {
        let options = Options { id: self.id(), published: published.cloned(), ..Options::default() };
        let bytes = match self {
            Self::Stdin => sayso_acquire::read_stream(std::io::stdin().lock(), &options.id)?,
            Self::File(path) => sayso_acquire::read_file(path, &options.id)?,
        };
        sayso_acquire::read(&bytes, &options)
    }
}
