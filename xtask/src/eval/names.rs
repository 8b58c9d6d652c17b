//! Whether two names can be one, against two corpora: whole names in labelled pairs, and romanisations of single words.
//!
//! In: name_pairs_nomenklatura.jsonl and xlit_*_clusters.jsonl. Out: two sets of figures. Half of each corpus, by the hash of a name, is for design
//! (`dev`: weights are fitted on it); the other half, `check`, is only counted.

mod clusters;
mod pairs;

pub(crate) use clusters::write_pairs;

use super::figures::{Figures, percent, share};
use super::labels::Counts;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The figures of each corpus, by its name.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn figures(folder: &Path, errors: bool) -> Result<[(&'static str, Figures); 2]> {
    Ok([
        ("names-pairs", pairs::figures(&folder.join("name_pairs_nomenklatura.jsonl"), errors)?),
        ("names-romanisation", clusters::figures(folder, errors)?),
    ])
}

/// The same number for the same words, always.
fn hash(words: &str) -> u64 {
    Sha256::digest(words).iter().take(8).rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

/// Counts a decision on a pair: whether it is one name, and whether the program takes it for one.
fn add(counts: &mut Counts, is_one: bool, says_one: bool) {
    counts.gold += usize::from(is_one);
    counts.predicted += usize::from(says_one);
    counts.right += usize::from(is_one && says_one);
}

fn put(counts: &BTreeMap<String, Counts>) -> BTreeMap<String, f64> {
    let mut figures = BTreeMap::new();
    for (name, counts) in counts {
        figures.insert(format!("{name}_precision"), share(counts.right, counts.predicted));
        figures.insert(format!("{name}_recall"), share(counts.right, counts.gold));
        figures.insert(format!("{name}_f1"), percent(counts.f1()));
        figures.insert(format!("{name}_positive"), counts.gold as f64);
    }
    figures
}
