//! How like two words are as spellings of one name: "Yusuf" and "Yousef", "Kadirov" and "Qadyrov".
//!
//! In: two words in plain letters. Out: log-odds that they are one name's. What always holds: the order of the two does not matter.
//! An edit distance whose steps have weights of their own, among them steps from up to three letters to up to three ("sh" and "x").
//! `lexicon/en/spellings.toml` has the weights; the best sum over all ways of turning one word into the other counts.
//!
//! # Source
//! Ristad and Yianilos, "Learning string-edit distance" (1998), for weights by letter; weights are fitted to tell pairs of one name from pairs of two
//! as in McCallum, Bellare and Pereira, "A conditional random field for discriminatively-trained finite-state string edit distance" (2005).

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Letters beyond these are not compared; no name's word is so long.
const LONGEST_WORD: usize = 40;
/// Letters on one side of a step.
const WIDEST_STEP: usize = 3;

/// Weights of steps. What speaks for one name is positive.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    steps: Steps,
    letters: String,
    groups: String,
    omitted: String,
    omitted_at_end: String,
}

/// Weights by the kind of a step, to which those of its letters are added.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    start: f32,
    same_vowel: f32,
    same_consonant: f32,
    vowel_for_vowel: f32,
    consonant_for_consonant: f32,
    vowel_for_consonant: f32,
    first_for_first: f32,
    last_for_last: f32,
    vowel_omitted: f32,
    consonant_omitted: f32,
    doubled: f32,
    omitted_first: f32,
    omitted_last: f32,
    group: f32,
    swapped: f32,
}

struct Weights {
    steps: Steps,
    letters: HashMap<(Letters, Letters), f32>,
    groups: HashMap<(Letters, Letters), f32>,
    omitted: HashMap<char, f32>,
    omitted_at_end: HashMap<char, f32>,
}

/// Up to three letters.
type Letters = [char; WIDEST_STEP];

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../lexicon/en/spellings.toml"))
        .expect("spellings.toml is well formed");
    Weights {
        steps: file.steps,
        letters: pairs(&file.letters).collect(),
        groups: pairs(&file.groups).collect(),
        omitted: singles(&file.omitted).collect(),
        omitted_at_end: singles(&file.omitted_at_end).collect(),
    }
});

/// `sh~x=1.2`, one after the other.
fn pairs(list: &str) -> impl Iterator<Item = ((Letters, Letters), f32)> {
    entries(list).map(|(letters, weight)| {
        let (a, b) = letters.split_once('~').expect("letters of spellings.toml are pairs");
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        (key(&a, &b), weight)
    })
}

/// `h=1.2`, one after the other.
fn singles(list: &str) -> impl Iterator<Item = (char, f32)> {
    entries(list).map(|(letter, weight)| {
        (letter.chars().next().expect("weights of spellings.toml have letters"), weight)
    })
}

fn entries(list: &str) -> impl Iterator<Item = (&str, f32)> {
    list.split_whitespace().map(|entry| {
        let (letters, weight) = entry.split_once('=').expect("entries of spellings.toml have weights");
        (letters, weight.parse().expect("weights of spellings.toml are numbers"))
    })
}

fn key(a: &[char], b: &[char]) -> (Letters, Letters) {
    let fixed = |letters: &[char]| std::array::from_fn(|at| letters.get(at).copied().unwrap_or('\0'));
    let (a, b) = (fixed(a), fixed(b));
    if a <= b { (a, b) } else { (b, a) }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Log-odds that two words in plain letters are spellings of one name.
pub(crate) fn likeness(a: &str, b: &str) -> f32 {
    let letters = |word: &str| -> Vec<char> {
        word.chars().filter(|letter| letter.is_alphanumeric()).take(LONGEST_WORD).collect()
    };
    let (a, b) = (letters(a), letters(b));
    let weights = &*WEIGHTS;
    let (omit_a, omit_b) = (weights.omissions(&a), weights.omissions(&b));
    let width = b.len() + 1;
    let mut best = vec![f32::NEG_INFINITY; (a.len() + 1) * width];
    best[0] = weights.steps.start;
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let so_far = best[i * width + j];
            let mut step = |p: usize, q: usize, weight: f32| {
                let to = &mut best[(i + p) * width + j + q];
                *to = to.max(so_far + weight);
            };
            if let Some(weight) = omit_a.get(i) {
                step(1, 0, *weight);
            }
            if let Some(weight) = omit_b.get(j) {
                step(0, 1, *weight);
            }
            for p in 1..=WIDEST_STEP.min(a.len() - i) {
                for q in 1..=WIDEST_STEP.min(b.len() - j) {
                    if p + q > WIDEST_STEP + 1 {
                        break;
                    }
                    let (left, right) = (&a[i..i + p], &b[j..j + q]);
                    let is_first = i == 0 && j == 0;
                    let is_last = i + p == a.len() && j + q == b.len();
                    if let Some(weight) = weights.exchange(left, right, is_first, is_last) {
                        step(p, q, weight);
                    }
                }
            }
        }
    }
    best[best.len() - 1]
}

impl Weights {
    /// What it weighs to leave out each letter of a word.
    fn omissions(&self, word: &[char]) -> Vec<f32> {
        let one = |at: usize| {
            let letter = word[at];
            let kind = if is_vowel(letter) { self.steps.vowel_omitted } else { self.steps.consonant_omitted };
            let is_doubled = at > 0 && word[at - 1] == letter || word.get(at + 1) == Some(&letter);
            if is_doubled {
                return kind + self.steps.doubled;
            }
            let mut weight = kind + self.omitted.get(&letter).copied().unwrap_or(0.0);
            if at == 0 {
                weight += self.steps.omitted_first;
            }
            if at + 1 == word.len() {
                weight += self.steps.omitted_last + self.omitted_at_end.get(&letter).copied().unwrap_or(0.0);
            }
            weight
        };
        (0..word.len()).map(one).collect()
    }

    /// What it weighs that some letters stand for others; nothing if that is no step.
    fn exchange(&self, a: &[char], b: &[char], is_first: bool, is_last: bool) -> Option<f32> {
        let steps = &self.steps;
        if let ([a], [b]) = (a, b) {
            if a == b {
                return Some(if is_vowel(*a) { steps.same_vowel } else { steps.same_consonant });
            }
            let kind = match (is_vowel(*a), is_vowel(*b)) {
                (true, true) => steps.vowel_for_vowel,
                (false, false) => steps.consonant_for_consonant,
                (true, false) | (false, true) => steps.vowel_for_consonant,
            };
            let first = if is_first { steps.first_for_first } else { 0.0 };
            let last = if is_last { steps.last_for_last } else { 0.0 };
            return Some(kind + first + last + self.letters.get(&key(&[*a], &[*b])).copied().unwrap_or(0.0));
        }
        if let Some(weight) = self.groups.get(&key(a, b)) {
            return Some(steps.group + weight);
        }
        match (a, b) {
            // "Osrin" for Orsin: a slip of the hand
            ([a, b], [c, d]) if a == d && b == c => Some(steps.swapped),
            _ => None,
        }
    }
}
