//! GUM's attribution edges: how many of the attributions that a discourse treebank marks have their cue and source found.
//!
//! In: gum_attribution.jsonl, whose edges carry the words that signal them. Out: figures. Only recall can be taken: the treebank marks thoughts,
//! and leaves out what stands within one discourse unit.
//!
//! # Source
//! GUM (Zeldes 2017), relation `attribution-positive` and `-negative` of its rhetorical structure trees, with signals after eRST (Zeldes et al. 2024).

use super::figures::Figures;
use super::predict::{self, Input, Reader};
use crate::score::Spans;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What of GUM is near to news.
const GENRES: [&str; 4] = ["news", "interview", "academic", "court"];

#[derive(Deserialize)]
struct Document {
    genre: String,
    text: String,
    attributions: Vec<Edge>,
}

/// Signals are lists of spans in code points, several if several things signal the edge.
#[derive(Deserialize)]
struct Edge {
    source_signal: Vec<Vec<[usize; 2]>>,
    cue_signal: Vec<Vec<[usize; 2]>>,
}

/// Edges with a signal, and those whose signal was found.
#[derive(Clone, Copy, Default)]
struct Recall {
    wanted: usize,
    found: usize,
}

impl Recall {
    fn add(&mut self, is_found: bool) {
        self.wanted += 1;
        self.found += usize::from(is_found);
    }

    fn share(self) -> f64 {
        if self.wanted == 0 { 0.0 } else { self.found as f64 / self.wanted as f64 }
    }
}

/// Recall of cues, and of sources among the statements that have the cue (or, without a cue signal, anywhere), by genre.
///
/// # Errors
/// When the file cannot be read, or a text of it not be analysed.
pub(super) fn figures(path: &Path, reader: &Reader) -> Result<Figures> {
    let file = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let documents = file
        .lines()
        .map(|line| serde_json::from_str(line).context("a line is no document of GUM"))
        .filter(|document: &Result<Document>| {
            document.as_ref().map_or(true, |document| GENRES.contains(&document.genre.as_str()))
        })
        .collect::<Result<Vec<Document>>>()?;
    let texts: Vec<Input> = documents.iter().map(|document| Input::undated(&document.text)).collect();
    let mut recalls: BTreeMap<String, Recall> = BTreeMap::new();
    for (document, ledger) in documents.iter().zip(reader.read(&texts)?) {
        let statements = predict::all_spans(&ledger);
        for edge in &document.attributions {
            let mut add = |what: &str, is_found: bool| {
                for genre in [document.genre.as_str(), "all"] {
                    recalls.entry(format!("{what}_recall_{genre}")).or_default().add(is_found);
                }
            };
            let (cue, source) = (edge.cue_signal.concat(), edge.source_signal.concat());
            let with_cue: Vec<&Spans> =
                statements.iter().filter(|one| cue.is_empty() || overlap(&one.cue, &cue)).collect();
            if !cue.is_empty() {
                add("cue", !with_cue.is_empty());
            }
            if !source.is_empty() {
                add("source", with_cue.iter().any(|one| overlap(&one.source, &source)));
            }
        }
    }
    let figures = recalls.into_iter().flat_map(|(name, recall)| {
        [(name.clone(), (1e3 * recall.share()).round() / 10.0), (format!("{name}_of"), recall.wanted as f64)]
    });
    Ok(Figures(figures.collect()))
}

fn overlap(spans: &[[usize; 2]], others: &[[usize; 2]]) -> bool {
    spans.iter().any(|a| others.iter().any(|b| a[0] < b[1] && b[0] < a[1]))
}
