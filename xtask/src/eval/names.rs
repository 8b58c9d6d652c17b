//! Whether two names can be one, against two corpora: whole names in labelled pairs, and romanisations of single words.
//!
//! In: name_pairs_nomenklatura.jsonl and xlit_*_clusters.jsonl. Out: two sets of figures. Half of each corpus, by the hash of a name, is for design
//! (`tune`: weights are fitted on it); the other half, `check`, is only counted.

mod clusters;
mod pairs;

pub(crate) use clusters::write_pairs;

use super::figures::Figures;
use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
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

fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let row =
        |(n, line)| serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), n + 1));
    file.lines().enumerate().map(row).collect()
}

/// Which half of a corpus a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Half {
    Tune,
    Check,
}

impl Half {
    fn of(name: &str) -> Self {
        if hash(name) % 2 == 1 { Self::Check } else { Self::Tune }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::Check => "check",
        }
    }
}

/// The same number for the same words, always.
fn hash(words: &str) -> u64 {
    Sha256::digest(words).iter().take(8).rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

/// Decisions on pairs.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Pairs that are one name.
    one: usize,
    /// Of these, those that the program takes for one.
    right: usize,
    /// Pairs of two names that it takes for one.
    wrong: usize,
}

impl Tally {
    fn add(&mut self, is_one: bool, says_one: bool) {
        self.one += usize::from(is_one);
        self.right += usize::from(is_one && says_one);
        self.wrong += usize::from(!is_one && says_one);
    }

    fn put(self, name: &str, figures: &mut BTreeMap<String, f64>) {
        let said = self.right + self.wrong;
        let mut set = |what: &str, part: usize, of: usize| {
            let share = if of == 0 { 0.0 } else { part as f64 / of as f64 };
            figures.insert(format!("{name}_{what}"), (share * 1e3).round() / 10.0);
        };
        set("precision", self.right, said);
        set("recall", self.right, self.one);
        set("f1", 2 * self.right, said + self.one);
        figures.insert(format!("{name}_positive"), self.one as f64);
    }
}
