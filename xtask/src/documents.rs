//! JSON Lines: rows of any shape, and documents that nobody annotated, with `id` and `text`.

use anyhow::{Context, Result, ensure};
use sayso::article::Article;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

#[derive(Deserialize)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// All rows of a file.
///
/// # Errors
/// When the file cannot be read; says which line is no such row.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let row =
        |(n, line)| serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), n + 1));
    file.lines().enumerate().map(row).collect()
}

/// The documents of a file, one after the other.
///
/// # Errors
/// When the file cannot be opened; later, for each line that is no document.
pub(crate) fn read(path: &str) -> Result<impl Iterator<Item = Result<Document>>> {
    let lines = BufReader::new(File::open(path).with_context(|| format!("read {path}"))?).lines();
    Ok(lines.map(|line| serde_json::from_str(&line?).context("a line is no document")))
}

impl Document {
    /// The document as an article whose text is the document's, so that offsets hold in both.
    ///
    /// # Errors
    /// When it is no article, or is read as another text.
    pub(crate) fn article(&self) -> Result<Article> {
        let article = sayso_acquire::read(self.text.as_bytes(), &sayso_acquire::Options::default())?;
        ensure!(article.text.as_str() == self.text, "{} is read as another text", self.id);
        Ok(article)
    }
}
