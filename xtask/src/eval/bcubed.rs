//! How well the names of an article are put together: B-cubed over the places where sources are named.
//!
//! In: what was read in articles with gold. Out: precision, recall and F1. An item is a gold mention by name of a source that has a name; a mention by
//! description or pronoun is none. Its cluster is the ledger's source that has a mention in the same place; an item that no source of the ledger has
//! stands alone. Sources of which the ledger has no item are left out: what they say was not found, which other figures count.
//!
//! # Source
//! Bagga and Baldwin, "Algorithms for scoring coreference chains" (1998); items without a partner as in Stoyanov et al., "Conundrums in noun phrase
//! coreference resolution" (2009), B-cubed all.

use super::Read;
use super::gold::slice;
use crate::gold::Source;
use sayso::ledger::SourceStatus;
use std::collections::{BTreeMap, BTreeSet};

/// A place where a source is named: the gold's source and the ledger's.
struct Item<'a> {
    gold: &'a str,
    found: Option<&'a str>,
}

/// Sums over items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct BCubed {
    pub(crate) items: usize,
    /// Items that the ledger has.
    pub(crate) found: usize,
    precision: f64,
    recall: f64,
}

impl BCubed {
    /// All articles together; clusters do not reach over articles.
    pub(crate) fn of(reads: &[Read]) -> Self {
        let mut all = Self::default();
        reads.iter().for_each(|read| all.add(&items(read)));
        all
    }

    fn add(&mut self, items: &[Item]) {
        let mut golds: BTreeMap<&str, usize> = BTreeMap::new();
        let mut founds: BTreeMap<&str, usize> = BTreeMap::new();
        let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for item in items {
            *golds.entry(item.gold).or_default() += 1;
            if let Some(found) = item.found {
                *founds.entry(found).or_default() += 1;
                *both.entry((item.gold, found)).or_default() += 1;
            }
        }
        for Item { gold, found } in items {
            let (shared, cluster) = found.map_or((1, 1), |found| (both[&(*gold, found)], founds[found]));
            self.items += 1;
            self.found += usize::from(found.is_some());
            self.precision += shared as f64 / cluster as f64;
            self.recall += shared as f64 / golds[gold] as f64;
        }
    }

    /// Mean over items, 0 to 1.
    pub(crate) fn precision(self) -> f64 {
        self.precision / self.items.max(1) as f64
    }

    /// Mean over items, 0 to 1.
    pub(crate) fn recall(self) -> f64 {
        self.recall / self.items.max(1) as f64
    }

    pub(crate) fn f1(self) -> f64 {
        let sum = self.precision() + self.recall();
        if sum > 0.0 { 2.0 * self.precision() * self.recall() / sum } else { 0.0 }
    }
}

fn items<'a>(read: &'a Read) -> Vec<Item<'a>> {
    let sources = read.article.gold.sources.iter().filter(|source| source.status == SourceStatus::Named);
    sources.flat_map(|source| of_source(read, source)).collect()
}

fn of_source<'a>(read: &'a Read, source: &'a Source) -> Vec<Item<'a>> {
    let names: BTreeSet<String> = source.names().flat_map(name_words).collect();
    let is_named = |words: &str| name_words(words).any(|word| names.contains(&word));
    let items: Vec<Item> = source
        .mentions
        .iter()
        .filter(|place| slice(&read.article.text, **place).is_some_and(is_named))
        .map(|place| Item { gold: &source.key, found: found(read, *place) })
        .collect();
    if items.iter().any(|item| item.found.is_some()) { items } else { Vec::new() }
}

/// Words with a capital that are no title.
fn name_words(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'));
    let is_name = |word: &&str| {
        let bare = word.trim_end_matches('.');
        bare.starts_with(char::is_uppercase)
            && sayso::lexicon::words().title(bare).is_none()
            && !matches!(bare, "The" | "A" | "An" | "Its" | "His" | "Her" | "Their" | "One")
    };
    words.filter(is_name).map(|word| word.trim_end_matches('.').to_lowercase())
}

/// The ledger's source that has a mention there: the one that shares most of the place.
fn found<'a>(read: &'a Read, [start, end]: [usize; 2]) -> Option<&'a str> {
    let shared = |&[from, to]: &[usize; 2]| {
        let both = end.min(to).saturating_sub(start.max(from));
        (2 * both) as f64 / (end - start + to - from).max(1) as f64
    };
    let best = |source: &&sayso::ledger::Source| source.mentions.iter().map(shared).fold(0.0, f64::max);
    let sources = read.ledger.sources.iter().map(|source| (best(&source), source));
    sources
        .filter(|(share, _)| *share > 0.0)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, source)| source.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(items: &[(&str, Option<&str>)]) -> BCubed {
        let mut score = BCubed::default();
        score.add(&items.iter().map(|&(gold, found)| Item { gold, found }).collect::<Vec<_>>());
        score
    }

    #[test]
    fn clusters_that_are_the_golds_are_right() {
        let score = score(&[("hale", Some("s1")), ("hale", Some("s1")), ("vash", Some("s2"))]);
        assert!((score.f1() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_merger_costs_precision_and_a_split_recall() {
        let merged = score(&[("hale", Some("s1")), ("hale", Some("s1")), ("vash", Some("s1"))]);
        assert!((merged.precision() - 5.0 / 9.0).abs() < 1e-9);
        assert!((merged.recall() - 1.0).abs() < 1e-9);
        let split = score(&[("hale", Some("s1")), ("hale", Some("s2"))]);
        assert!((split.precision() - 1.0).abs() < 1e-9);
        assert!((split.recall() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn what_nobody_found_stands_alone() {
        let score = score(&[("hale", Some("s1")), ("hale", None), ("hale", None)]);
        assert!((score.precision() - 1.0).abs() < 1e-9);
        assert!((score.recall() - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!((score.items, score.found), (3, 1));
    }

    #[test]
    fn titles_and_small_words_are_no_names() {
        let words = |name| name_words(name).collect::<Vec<_>>();
        assert_eq!(words("Dr. Maud Sellery"), ["maud", "sellery"]);
        assert_eq!(words("The army’s spokesman"), Vec::<String>::new());
    }
}
