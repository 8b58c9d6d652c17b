//! Words that hedge: `lexicon/en/certainty.toml`.

use super::Certainty;
use serde::Deserialize;
use std::collections::HashMap;

/// Which words make a statement less than certain.
#[derive(Debug)]
pub struct Hedges {
    levels: Vec<Level>,
    cues: HashMap<String, Certainty>,
    contents: HashMap<String, Certainty>,
}

/// One level with sentences that have it and sentences that have not.
#[derive(Debug, Deserialize)]
pub struct Level {
    /// How sure.
    pub certainty: Certainty,
    cues: String,
    hedges: String,
    /// Sentences of this level.
    pub yes: Vec<String>,
    /// Sentences of another one.
    pub no: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    level: Vec<Level>,
}

impl Hedges {
    pub(super) fn load() -> Self {
        let file: File = toml::from_str(include_str!("../../lexicon/en/certainty.toml"))
            .expect("certainty.toml fits its type");
        let map = |words: fn(&Level) -> &str| {
            let of = |level| words(level).split_whitespace().map(|word| (word.to_owned(), level.certainty));
            file.level.iter().flat_map(of).collect()
        };
        Self { cues: map(|level| &level.cues), contents: map(|level| &level.hedges), levels: file.level }
    }

    /// Every level, in the order of the file.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// How sure a cue with this word is, if it says so.
    pub(crate) fn cue(&self, lemma: &str) -> Option<Certainty> {
        self.cues.get(lemma).copied()
    }

    /// How sure words with this hedge are.
    pub(crate) fn content(&self, lemma: &str) -> Option<Certainty> {
        self.contents.get(lemma).copied()
    }
}
