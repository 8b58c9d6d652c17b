//! The texts of files, from each in turn.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What is one text.
#[derive(Clone, Copy)]
pub(super) enum Division {
    Paragraphs,
    Whole,
}

/// A line of a .jsonl file; other fields do not matter.
#[derive(Deserialize)]
struct Document {
    text: Option<String>,
    paragraphs: Option<Vec<String>>,
}

/// The texts of all files; one from each file, then the next one from each, so that a sample has something of all.
pub(super) fn read(files: &[PathBuf], division: Division) -> Result<Vec<String>> {
    let mut by_file: Vec<_> =
        files.iter().map(|file| Ok(divide(documents(file)?, division).into_iter())).collect::<Result<_>>()?;
    let mut texts = Vec::new();
    loop {
        let before = texts.len();
        texts.extend(by_file.iter_mut().filter_map(Iterator::next));
        if texts.len() == before {
            return Ok(texts);
        }
    }
}

fn documents(file: &Path) -> Result<Vec<String>> {
    let content = std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    if file.extension().is_none_or(|extension| extension != "jsonl") {
        return Ok(vec![content]);
    }
    let mut documents = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}, line {}", file.display(), number + 1);
        match serde_json::from_str(line).with_context(place)? {
            Document { text: Some(text), .. } => documents.push(text),
            Document { paragraphs: Some(paragraphs), .. } => documents.push(paragraphs.join("\n")),
            Document { .. } => bail!("{}: neither `text` nor `paragraphs`", place()),
        }
    }
    Ok(documents)
}

fn divide(documents: Vec<String>, division: Division) -> Vec<String> {
    match division {
        Division::Whole => documents,
        Division::Paragraphs => documents
            .iter()
            .flat_map(|document| document.lines())
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
    }
}
