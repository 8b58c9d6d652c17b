//! Romanisations: words of names in other scripts, with the Latin words that stand for them, each with its count.
//!
//! Positive pairs are two Latin forms of one word. For each of them there are two pairs of different words: its first form with the form nearest
//! to it (*hard*: the same first or last letter, as long or one letter more or less, least edits), and with any form (*random*). Forms that any language
//! has together, however seldom, or that have a common third one by the lower floor, are no pair: nobody knows whether they are one name.

use super::{add, hash, put};
use crate::documents::rows;
use crate::eval::figures::{Figures, share};
use crate::eval::halves::Half;
use crate::eval::labels::Counts;
use anyhow::{Context, Result};
use sayso::names;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

const LANGUAGES: [&str; 5] = ["arabic", "chinese", "hebrew", "korean", "russian"];

/// Which forms count: rarer ones are mostly errors of alignment.
#[derive(Clone, Copy)]
struct Floor {
    count: u32,
    /// Of all occurrences of the word.
    share: f64,
}

const COUNTED: Floor = Floor { count: 3, share: 0.05 };
/// For fitting, where more pairs are worth some noise.
const FITTED: Floor = Floor { count: 2, share: 0.02 };
/// Letters of the shortest form.
const SHORTEST: usize = 3;

#[derive(Deserialize)]
struct Row {
    latin: BTreeMap<String, u32>,
}

struct Cluster {
    half: Half,
    /// Above the floor, as they are written.
    forms: Vec<String>,
}

/// What is said of two forms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    One,
    Hard,
    Random,
}

struct Pair {
    relation: Relation,
    a: String,
    b: String,
}

struct Corpus {
    languages: Vec<(&'static str, Vec<Cluster>)>,
    /// For each form, in plain letters, all that stand beside it for some word.
    beside: HashMap<String, HashSet<String>>,
    /// The same among forms above the lower floor.
    variants: HashMap<String, HashSet<String>>,
}

impl Corpus {
    fn read(folder: &Path, floor: Floor) -> Result<Self> {
        let mut corpus = Self { languages: Vec::new(), beside: HashMap::new(), variants: HashMap::new() };
        for language in LANGUAGES {
            let rows = rows::<Row>(&folder.join(format!("xlit_{language}_clusters.jsonl")))?;
            let clusters = rows.iter().filter_map(|row| corpus.cluster(row, floor)).collect();
            corpus.languages.push((language, clusters));
        }
        Ok(corpus)
    }

    fn cluster(&mut self, row: &Row, floor: Floor) -> Option<Cluster> {
        let total: u32 = row.latin.values().sum();
        let above = |floor: Floor| {
            row.latin.iter().filter(move |(form, count)| {
                **count >= floor.count
                    && f64::from(**count) >= floor.share * f64::from(total)
                    && !form.contains('.')
                    && letters(form).chars().count() >= SHORTEST
            })
        };
        let counted: Vec<(&String, &u32)> = above(floor).collect();
        let all: HashSet<String> = row.latin.keys().map(|form| letters(form)).collect();
        let plain: HashSet<String> = above(FITTED).map(|(form, _)| letters(form)).collect();
        for form in &plain {
            self.beside.entry(form.clone()).or_default().extend(all.iter().cloned());
            self.variants.entry(form.clone()).or_default().extend(plain.iter().cloned());
        }
        let (most, _) = counted.iter().max_by_key(|(form, count)| (**count, *form))?;
        // the same name is in the same half in all languages
        let half = Half::of(&letters(most));
        Some(Cluster { half, forms: counted.iter().map(|(form, _)| (*form).clone()).collect() })
    }

    /// Whether two forms are certainly two names.
    fn are_two(&self, a: &str, b: &str) -> bool {
        let beside = |x: &str, y: &str| self.beside.get(x).is_some_and(|all| all.contains(y));
        let share = self.variants.get(a).zip(self.variants.get(b)).is_some_and(|(x, y)| !x.is_disjoint(y));
        a != b && !beside(a, b) && !beside(b, a) && !share
    }

    /// The pairs of one half of a language.
    fn pairs(&self, clusters: &[Cluster], half: Half, hard: usize) -> Vec<Pair> {
        let of_half = || clusters.iter().filter(|cluster| cluster.half == half);
        let forms: BTreeSet<&String> = of_half().flat_map(|cluster| &cluster.forms).collect();
        // in an order that means nothing
        let mut forms: Vec<(&String, String)> = forms.iter().map(|form| (*form, letters(form))).collect();
        forms.sort_by_key(|(form, _)| hash(form));
        let mut by_edge: HashMap<(bool, Option<char>), Vec<usize>> = HashMap::new();
        for (at, (_, plain)) in forms.iter().enumerate() {
            by_edge.entry((true, plain.chars().next())).or_default().push(at);
            by_edge.entry((false, plain.chars().next_back())).or_default().push(at);
        }
        let ones: BTreeSet<(&String, &String)> = of_half()
            .flat_map(|cluster| {
                let later = |at: usize| cluster.forms[at + 1..].iter();
                cluster.forms.iter().enumerate().flat_map(move |(at, a)| later(at).map(move |b| (a, b)))
            })
            .collect();
        let mut pairs = Vec::new();
        let mut known: HashSet<(String, String)> = HashSet::new();
        for (a, b) in ones {
            let mut add = |relation, a: &str, b: &str| {
                pairs.push(Pair { relation, a: a.to_owned(), b: b.to_owned() });
            };
            add(Relation::One, a, b);
            let plain = letters(a);
            let edges = [(true, plain.chars().next()), (false, plain.chars().next_back())];
            let near: BTreeSet<usize> =
                edges.iter().filter_map(|edge| by_edge.get(edge)).flatten().copied().collect();
            let mut near: Vec<(usize, u64, &String)> = near
                .into_iter()
                .map(|at| &forms[at])
                .filter(|(_, other)| other.chars().count().abs_diff(plain.chars().count()) <= 1)
                .filter(|(_, other)| self.are_two(&plain, other))
                .map(|(form, other)| (edits(&plain, other), hash(&format!("{a} {form}")), *form))
                .collect();
            near.sort_unstable();
            let mut left = hard;
            for (_, _, form) in near {
                let ordered = if a < form { (a.clone(), form.clone()) } else { (form.clone(), a.clone()) };
                if left > 0 && known.insert(ordered) {
                    add(Relation::Hard, a, form);
                    left -= 1;
                }
            }
            let start = hash(&format!("{a} {b}")) as usize % forms.len();
            let any =
                forms[start..].iter().chain(&forms[..start]).find(|(_, other)| self.are_two(&plain, other));
            if let Some((form, _)) = any {
                add(Relation::Random, a, form);
            }
        }
        pairs
    }
}

/// A form in plain letters, without hyphens and other marks.
fn letters(form: &str) -> String {
    names::plain(form).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Levenshtein's distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = cost.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Precision, recall and F1 by language and of all, and how many hard and random pairs of two names are taken for one.
pub(super) fn figures(folder: &Path, errors: bool) -> Result<Figures> {
    let corpus = Corpus::read(folder, COUNTED)?;
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut taken: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (language, clusters) in &corpus.languages {
        for half in Half::ALL {
            let mut wrong: Vec<(Reverse<u32>, String)> = Vec::new();
            for pair in corpus.pairs(clusters, half, 1) {
                let likeness = names::compare_words(&pair.a, &pair.b);
                let says_one = likeness.can_be_one();
                let is_one = pair.relation == Relation::One;
                for name in [language, "all"] {
                    add(counts.entry(format!("{half}_{name}")).or_default(), is_one, says_one);
                }
                let relation = match pair.relation {
                    Relation::One => None,
                    Relation::Hard => Some("hard"),
                    Relation::Random => Some("random"),
                };
                if let Some(relation) = relation {
                    let [of, says] = taken.entry(format!("{half}_{relation}")).or_default();
                    *of += 1;
                    *says += usize::from(says_one);
                }
                if says_one != is_one {
                    let label = if is_one { "one" } else { "two" };
                    let gap = (1e4 * (likeness.probability() - 0.5).abs()) as u32;
                    wrong.push((Reverse(gap), format!("{label} {} | {}", pair.a, pair.b)));
                }
            }
            if errors && half == Half::Development {
                wrong.sort();
                wrong.iter().for_each(|(_, line)| println!("  {language} {line}"));
            }
        }
    }
    let mut figures = put(&counts);
    for (name, [of, says]) in taken {
        figures.insert(format!("{name}_pairs"), of as f64);
        figures.insert(format!("{name}_taken_for_one"), share(says, of));
    }
    Ok(Figures(figures))
}

/// Writes the pairs of the half for design, in plain letters, for `training/names/fit.py`.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn write_pairs(folder: &Path, to: &Path) -> Result<()> {
    const HARD: usize = 4;
    let corpus = Corpus::read(folder, FITTED)?;
    let mut lines = String::new();
    for (_, clusters) in &corpus.languages {
        for pair in corpus.pairs(clusters, Half::Development, HARD) {
            let one = u8::from(pair.relation == Relation::One);
            let _ = writeln!(lines, "{one}\t{}\t{}", letters(&pair.a), letters(&pair.b));
        }
    }
    std::fs::write(to, lines).with_context(|| format!("write {}", to.display()))
}
