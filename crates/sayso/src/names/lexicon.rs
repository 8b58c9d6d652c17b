//! `lexicon/en/name-parts.toml`: words that come and go in names, and what parts weigh.

use super::fold::plain;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// The lists, in plain letters.
pub(super) struct Lexicon {
    pub(super) particles: HashSet<String>,
    pub(super) honours: HashSet<String>,
    /// Words of a company's form and its kind, longest first.
    pub(super) forms: Vec<(Vec<String>, String)>,
    pub(super) abbreviations: HashMap<String, String>,
    short_forms: HashMap<String, HashSet<String>>,
    pub(super) weights: ByKind,
}

/// Weights of the parts of names, as log-odds that two names are one.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    /// Before anything is compared.
    pub(super) start: f32,
    /// The same word in both.
    pub(super) same: f32,
    /// How much of [`letters::likeness`](super::letters::likeness) counts between words that are not the same.
    pub(super) unlike: f32,
    /// Of which no more than this counts against them.
    pub(super) least_like: f32,
    /// Or for them.
    pub(super) most_like: f32,
    /// "O." and "Omar".
    pub(super) initial: f32,
    /// "T." and "Omar".
    pub(super) other_initial: f32,
    /// "Bill" and "William".
    pub(super) short_form: f32,
    /// "Goodhall" and "Good Hall".
    pub(super) joined: f32,
    /// A word that only one of the names has, as its first.
    pub(super) extra_first: f32,
    /// Between others.
    pub(super) extra_middle: f32,
    /// As its last.
    pub(super) extra_last: f32,
    /// One name is a single word and the other has more.
    pub(super) single: f32,
    /// A particle that only one has.
    pub(super) extra_particle: f32,
    /// Each has a word that the other lacks.
    pub(super) conflict: f32,
    /// The words of one go round: the family name first.
    pub(super) reordered: f32,
    /// A number that only one has.
    pub(super) number: f32,
    /// Companies of two forms.
    pub(super) other_form: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByKind {
    pub(super) person: Weights,
    pub(super) body: Weights,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    particles: String,
    honours: String,
    weights: ByKind,
    form: Vec<Form>,
    abbreviations: HashMap<String, String>,
    short_forms: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    kind: String,
    names: String,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../lexicon/en/name-parts.toml"))
        .expect("name-parts.toml is well formed");
    let set = |list: &str| list.split_whitespace().map(plain).collect::<HashSet<String>>();
    let mut forms: Vec<(Vec<String>, String)> = file
        .form
        .iter()
        .flat_map(|form| form.names.split('|').map(|name| (name, &form.kind)))
        .map(|(name, kind)| (name.split_whitespace().map(plain).collect(), kind.clone()))
        .collect();
    forms.sort_by_key(|(words, _)| Reverse(words.len()));
    Lexicon {
        particles: set(&file.particles),
        honours: set(&file.honours),
        forms,
        abbreviations: file.abbreviations,
        short_forms: file.short_forms.iter().map(|(short, long)| (short.clone(), set(long))).collect(),
        weights: file.weights,
    }
});

impl Lexicon {
    /// Whether a given name is a short form.
    pub(super) fn is_short(&self, given: &str) -> bool {
        self.short_forms.contains_key(given)
    }

    /// What a given name can be short for.
    pub(super) fn long_forms(&self, short: &str) -> impl Iterator<Item = &str> {
        self.short_forms.get(short).into_iter().flatten().map(String::as_str)
    }

    /// Whether one given name is short for the other, or both for the same.
    pub(super) fn is_short_form(&self, a: &str, b: &str) -> bool {
        let stands_for =
            |short: &str, long: &str| self.short_forms.get(short).is_some_and(|of| of.contains(long));
        stands_for(a, b) || stands_for(b, a)
    }
}
