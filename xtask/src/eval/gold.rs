//! Articles with their gold, and documents of corpora that annotate attributions only.

use super::predict::Input;
use crate::gold::{Annotation, Corpora, TextOf, open};
use crate::score::Spans;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

/// An article with its gold statements.
pub(crate) struct GoldArticle {
    pub(crate) text: String,
    pub(crate) gold: Annotation,
}

impl GoldArticle {
    /// Reads a gold file and its article, and checks that they belong together.
    ///
    /// # Errors
    /// Says which file does not fit.
    pub(crate) fn read(corpora: &Corpora, path: &Path) -> Result<Self> {
        let (gold, text) = open(corpora, path)?;
        Ok(Self { text, gold })
    }

    /// The article as a reader gets it: its text, and when it was published.
    pub(crate) fn input(&self) -> Input<'_> {
        Input { text: &self.text, published: self.gold.header.published.as_deref() }
    }

    /// Whether the article's text is part of the repository.
    pub(crate) fn is_own(&self) -> bool {
        match &self.gold.header.text {
            TextOf::File { path } => !Path::new(path).starts_with(".."),
            TextOf::Wikinews { .. }
            | TextOf::WhBriefings { .. }
            | TextOf::Re3d { .. }
            | TextOf::Meantime { .. } => false,
        }
    }

    /// The article's name.
    pub(crate) fn id(&self) -> &str {
        &self.gold.header.document
    }
}

/// A document of a corpus that annotates attributions only.
#[derive(Deserialize)]
pub(crate) struct CorpusDocument {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) attributions: Vec<Spans>,
}

/// Reads a corpus in JSON Lines.
///
/// # Errors
/// Says which line is not a document.
pub(crate) fn read_corpus(path: &Path) -> Result<Vec<CorpusDocument>> {
    let lines = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let mut documents = lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), i + 1))
        })
        .collect::<Result<Vec<CorpusDocument>>>()?;
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(documents)
}

/// The characters between two code points.
pub(crate) fn slice(text: &str, [start, end]: [usize; 2]) -> Option<&str> {
    let byte = |n: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
    text.get(byte(start)?..byte(end)?)
}
