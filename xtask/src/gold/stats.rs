//! `gold stats`: what stands in the gold.

use super::cases;
use super::compare::Field;
use super::{Annotation, Corpora, gold_files};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// A table of each folder (or file): articles, words, statements, and how often each value stands there.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn run(corpora: &Corpora, folders: &[(String, std::path::PathBuf)]) -> Result<String> {
    let mut out = String::new();
    for (name, folder) in folders {
        let articles: Vec<Annotation> =
            gold_files(folder)?.iter().map(|path| Annotation::read(path)).collect::<Result<_>>()?;
        let mut words = 0;
        for article in articles.iter().filter(|a| corpora.have(&a.header.text)) {
            words += corpora.text(&article.header.text)?.split_whitespace().count();
        }
        side(name, &articles, words, &mut out)?;
    }
    Ok(out)
}

fn side(name: &str, articles: &[Annotation], words: usize, out: &mut String) -> Result<()> {
    let statements = || articles.iter().flat_map(|a| a.statements.iter().map(move |s| (a, s)));
    let count = |what: &dyn Fn(&super::Statement) -> bool| statements().filter(|(_, s)| what(s)).count();
    writeln!(
        out,
        "{name}: {} articles, {words} words, {} sources, {} statements ({} arguable, {} nested, {} without cue)",
        articles.len(),
        articles.iter().map(|a| a.sources.len()).sum::<usize>(),
        statements().count(),
        count(&|s| s.optional),
        count(&|s| s.inside.is_some()),
        count(&|s| s.cue.is_empty()),
    )?;
    let mut values: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for (article, statement) in statements() {
        let mut add = |field: &'static str, value: serde_json::Result<serde_json::Value>| -> Result<()> {
            let value = value?.as_str().unwrap_or_default().to_owned();
            *values.entry(field).or_default().entry(value).or_default() += 1;
            Ok(())
        };
        add("act", serde_json::to_value(statement.act))?;
        add("mode", serde_json::to_value(statement.mode))?;
        add("kind", serde_json::to_value(statement.kind))?;
        add("certainty", serde_json::to_value(statement.certainty))?;
        if let Some(speaker) = article.speaker(statement) {
            add("status", serde_json::to_value(speaker.status))?;
            add("speaker_kind", serde_json::to_value(speaker.kind))?;
        }
    }
    for (field, counts) in values {
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let counts: Vec<String> = counts.into_iter().map(|(value, n)| format!("{value} {n}")).collect();
        writeln!(out, "  {field:<13} {}", counts.join(", "))?;
    }
    let given = Field::ALL.into_iter().filter(|field| field.may_be_empty()).map(|field| {
        let n = statements().filter(|(article, s)| field.has_value(article, s)).count();
        format!("{} {n}", field.name())
    });
    writeln!(out, "  {:<13} {}", "with", given.collect::<Vec<_>>().join(", "))?;
    let cases = cases(articles);
    if cases.values().any(|&n| n > 0) {
        let cases: Vec<String> = cases.into_iter().map(|(case, n)| format!("{case} {n}")).collect();
        writeln!(out, "  {:<13} {}", "hard cases", cases.join(", "))?;
    }
    Ok(())
}

/// How many statements show each hard case.
pub(crate) fn cases(articles: &[Annotation]) -> BTreeMap<&'static str, usize> {
    let mut counts: BTreeMap<&str, usize> = cases::ALL.into_iter().map(|case| (case, 0)).collect();
    for case in articles.iter().flat_map(|a| &a.statements).flat_map(|s| &s.cases) {
        if let Some(n) = counts.get_mut(case.as_str()) {
            *n += 1;
        }
    }
    counts
}

/// The folders of all gold by side.
pub(crate) fn sides(root: &Path) -> Vec<(String, std::path::PathBuf)> {
    let sides = ["own", "train", "dev", "test"].into_iter();
    sides.map(|side| (side.to_owned(), root.join("eval/gold").join(side))).collect()
}
