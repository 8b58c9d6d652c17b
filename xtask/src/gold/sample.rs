//! `gold sample`: statements and paragraphs to be read again with fresh eyes, drawn by hash so that a draw can be
//! repeated.

use super::corpus::sha256;
use super::page::Page;
use super::{Corpora, gold_files, notation, open};
use anyhow::Result;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Paragraphs with fewer words are headings and datelines.
const PARAGRAPH_WORDS: usize = 8;

/// So many statements with the paragraphs around them, and so many paragraphs in which nothing stands.
///
/// # Errors
/// When a file does not fit its article.
pub(crate) fn run(
    corpora: &Corpora,
    folders: &[PathBuf],
    statements: usize,
    paragraphs: usize,
) -> Result<String> {
    let (mut said, mut silent) = (Vec::new(), Vec::new());
    for file in folders.iter().map(|folder| gold_files(folder)).collect::<Result<Vec<_>>>()?.concat() {
        let (annotation, text) = open(corpora, &file)?;
        let name = annotation.header.document.clone();
        let page = Page::new(&text);
        let written = notation::render(&annotation, &page);
        let lines: Vec<&str> = written.lines().collect();
        let is_row = |line: &&str| line.starts_with('%');
        let mut n = 0;
        for (i, line) in lines.iter().enumerate() {
            let place =
                |kind: &str, n: usize| (sha256(&format!("sayso audit 1 {kind} {name} {n}")), name.clone());
            if is_row(line) {
                n += 1;
                let speaker =
                    line.trim_start_matches(['%', '>', ' ']).split(" | ").next().unwrap_or_default();
                let source = lines.iter().find(|l| l.starts_with(&format!("= {speaker} |"))).copied();
                let before: Vec<&&str> = lines[..i].iter().filter(|l| l.starts_with('[')).collect();
                let around = &before[before.len().saturating_sub(2)..];
                let mut shown: Vec<&str> = source.into_iter().collect();
                shown.extend(around.iter().map(|l| **l));
                shown.push(line);
                said.push((place("statement", n), shown.join("\n")));
            } else if line.starts_with('[') && !lines.get(i + 1).is_some_and(is_row) {
                let skipped = annotation.header.not_read.iter().any(|&at| line.ends_with(&page.words(at)));
                if !skipped && line.split_whitespace().count() > PARAGRAPH_WORDS {
                    silent.push((place("paragraph", i), (*line).to_owned()));
                }
            }
        }
    }
    let mut out = String::new();
    for (title, mut drawn, wanted) in
        [("statement", said, statements), ("silent paragraph", silent, paragraphs)]
    {
        drawn.sort();
        for (i, ((_, document), shown)) in drawn.into_iter().take(wanted).enumerate() {
            writeln!(out, "== {title} {} of {document}\n{shown}\n", i + 1)?;
        }
    }
    Ok(out)
}
