//! Two names' parts set against each other.
//!
//! In: the parts of two names. Out: log-odds that they are one. The best of all ways to pair parts in order, to join two or three parts of one
//! name against one of the other, and to leave parts out; for people also with the words of one going round, as family names do.

use super::letters::likeness;
use super::lexicon::{LEXICON, Weights};
use super::parts::{Class, Part, Parts};

/// Parts that can be written as one: "Ostro Vi Dova".
const MOST_JOINED: usize = 3;
/// Letters of parts that are looked at as one.
const SHORTEST_JOINED: usize = 4;
/// Letters more or less that a part may have which others are joined against.
const MOST_UNJOINED: usize = 2;
/// Which of the names have lost a word so far: neither, one, the other, both.
const STATES: usize = 4;

/// Log-odds that two names are one.
pub(super) fn score(a: &Parts, b: &Parts, weights: &Weights, goes_round: bool) -> f32 {
    let table = Table::new(&a.parts, &b.parts, weights);
    let rounds = if goes_round { a.parts.len().max(1) } else { 1 };
    let back = if goes_round { b.parts.len().max(1) } else { 1 };
    let mut best = table.best(0, 0);
    for (turn_a, turn_b) in (1..rounds).map(|turn| (turn, 0)).chain((1..back).map(|turn| (0, turn))) {
        best = best.max(table.best(turn_a, turn_b) + weights.reordered);
    }
    let other_form = a.form.zip(b.form).is_some_and(|(a, b)| a != b);
    let words = |parts: &Parts| parts.parts.iter().filter(|part| part.class != Class::Particle).count();
    let letters = |parts: &Parts| parts.parts.iter().map(|part| part.word.len()).sum::<usize>();
    // "OrsinHale" is two words for all that
    let is_single = words(a).min(words(b)) <= 1
        && words(a) != words(b)
        && letters(a).abs_diff(letters(b)) > MOST_UNJOINED;
    let when = |is: bool, weight: f32| if is { weight } else { 0.0 };
    weights.start + best + when(other_form, weights.other_form) + when(is_single, weights.single)
}

/// What each pairing of parts weighs, by their places in the names.
struct Table<'a> {
    a: Side<'a>,
    b: Side<'a>,
    paired: Vec<Option<f32>>,
    /// What it weighs that some parts of one name, from a place on, are one part of the other.
    joined: [Vec<Option<f32>>; 2],
    weights: &'a Weights,
}

struct Side<'a> {
    parts: &'a [Part],
    /// What it weighs to leave out each part.
    extra: Vec<f32>,
}

impl<'a> Side<'a> {
    fn new(parts: &'a [Part], weights: &Weights) -> Self {
        let is_word = |part: &Part| part.class != Class::Particle;
        let (first, last) = (parts.iter().position(is_word), parts.iter().rposition(is_word));
        let extra = |(at, part): (usize, &Part)| match part.class {
            Class::Particle => weights.extra_particle,
            Class::Number => weights.number,
            Class::Word | Class::Initial if Some(at) == last => weights.extra_last,
            Class::Word | Class::Initial if Some(at) == first => weights.extra_first,
            Class::Word | Class::Initial => weights.extra_middle,
        };
        Self { parts, extra: parts.iter().enumerate().map(extra).collect() }
    }

    /// The place of the part that comes at a step when the first one is another.
    fn place(&self, step: usize, turn: usize) -> usize {
        (step + turn) % self.parts.len()
    }
}

impl<'a> Table<'a> {
    fn new(a: &'a [Part], b: &'a [Part], weights: &'a Weights) -> Self {
        let paired = a.iter().flat_map(|x| b.iter().map(move |y| pair(x, y, weights))).collect();
        let joined = |parts: &[Part], other: &[Part]| {
            let lengths = |from: usize| (2..=MOST_JOINED).map(move |length| parts.get(from..from + length));
            let ones = |from: usize| {
                other.iter().flat_map(move |one| lengths(from).map(move |parts| join(parts?, one, weights)))
            };
            (0..parts.len()).flat_map(ones).collect()
        };
        let joined = [joined(a, b), joined(b, a)];
        Self { a: Side::new(a, weights), b: Side::new(b, weights), paired, joined, weights }
    }

    /// The best sum when the names begin at these parts.
    fn best(&self, turn_a: usize, turn_b: usize) -> f32 {
        let (n, m) = (self.a.parts.len(), self.b.parts.len());
        let at = |i: usize, j: usize, state: usize| (i * (m + 1) + j) * STATES + state;
        let mut best = vec![f32::NEG_INFINITY; (n + 1) * (m + 1) * STATES];
        best[0] = 0.0;
        for i in 0..=n {
            for j in 0..=m {
                for state in 0..STATES {
                    let so_far = best[at(i, j, state)];
                    if so_far == f32::NEG_INFINITY {
                        continue;
                    }
                    let mut step = |to: usize, weight: f32| best[to] = best[to].max(so_far + weight);
                    if i < n {
                        let (weight, next) = self.leave_out(&self.a, self.a.place(i, turn_a), state, 1);
                        step(at(i + 1, j, next), weight);
                    }
                    if j < m {
                        let (weight, next) = self.leave_out(&self.b, self.b.place(j, turn_b), state, 2);
                        step(at(i, j + 1, next), weight);
                    }
                    if i < n && j < m {
                        let (x, y) = (self.a.place(i, turn_a), self.b.place(j, turn_b));
                        if let Some(weight) = self.paired[x * m + y] {
                            step(at(i + 1, j + 1, state), weight);
                        }
                        for length in 2..=MOST_JOINED {
                            let joined = |side: usize, place: usize| {
                                self.joined[side][place * (MOST_JOINED - 1) + length - 2]
                            };
                            if let Some(weight) = joined(0, x * m + y).filter(|_| i + length <= n) {
                                step(at(i + length, j + 1, state), weight);
                            }
                            if let Some(weight) = joined(1, y * n + x).filter(|_| j + length <= m) {
                                step(at(i + 1, j + length, state), weight);
                            }
                        }
                    }
                }
            }
        }
        (0..STATES).map(|state| best[at(n, m, state)]).fold(f32::NEG_INFINITY, f32::max)
    }

    /// What it weighs to leave out a part, and which names have then lost a word.
    fn leave_out(&self, side: &Side, place: usize, state: usize, which: usize) -> (f32, usize) {
        let next = if side.parts[place].class == Class::Particle { state } else { state | which };
        let conflict = if next == STATES - 1 && state != next { self.weights.conflict } else { 0.0 };
        (side.extra[place] + conflict, next)
    }
}

/// What it weighs that some parts are one part of the other name.
fn join(parts: &[Part], other: &Part, weights: &Weights) -> Option<f32> {
    let initials: String = parts.iter().filter_map(|part| part.word.chars().next()).collect();
    // "JC" and "Jean-Claude"
    if initials == other.word {
        return Some(weights.initial);
    }
    if parts.iter().chain([other]).any(|part| part.class != Class::Word) {
        return None;
    }
    let joined: String = parts.iter().map(|part| part.word.as_str()).collect();
    let is_near = joined.len() >= SHORTEST_JOINED && joined.len().abs_diff(other.word.len()) <= MOST_UNJOINED;
    is_near.then(|| weights.joined + word_pair(&joined, &other.word, weights))
}

/// What it weighs that one part is the other; nothing if it cannot be.
fn pair(a: &Part, b: &Part, weights: &Weights) -> Option<f32> {
    let starts_with = |word: &str, initial: &str| word.starts_with(initial);
    match (a.class, b.class) {
        (Class::Particle, Class::Particle) => Some(0.0),
        (Class::Particle, _) | (_, Class::Particle) => None,
        (Class::Number, Class::Number) => (a.word == b.word).then_some(weights.same),
        (Class::Number, _) | (_, Class::Number) => None,
        (Class::Initial, _) if starts_with(&b.word, &a.word) => Some(weights.initial),
        (_, Class::Initial) if starts_with(&a.word, &b.word) => Some(weights.initial),
        (Class::Initial, _) | (_, Class::Initial) => Some(weights.other_initial),
        (Class::Word, Class::Word) if LEXICON.is_short_form(&a.word, &b.word) => Some(weights.short_form),
        (Class::Word, Class::Word) => Some(word_pair(&a.word, &b.word, weights)),
    }
}

fn word_pair(a: &str, b: &str, weights: &Weights) -> f32 {
    if a == b {
        return weights.same;
    }
    (weights.unlike * likeness(a, b)).clamp(weights.least_like, weights.most_like)
}
