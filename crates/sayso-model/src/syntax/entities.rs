//! Named entities: one move a token, so that entities are whole, end within a sentence and do not start with white space.
//!
//! In: scores of moves, sentence starts. Out: entities in order.
//!
//! # Source
//! spaCy 3.8 `pipeline/_parser_internals/ner.pyx`, with nothing marked beforehand.

use super::scorer::Scores;
use crate::labels::EntityKind;

/// Tokens that describe a state.
pub(crate) const POSITIONS: usize = 3;

/// What the recogniser can do with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// The first of several.
    Begin(EntityKind),
    /// Neither the first nor the last.
    Inside(EntityKind),
    /// The last of several.
    Last(EntityKind),
    /// All of an entity.
    Unit(EntityKind),
    /// Of no entity.
    Outside,
    /// Part of the model, never valid.
    Never,
}

/// An entity as `(first, one past last, kind)`.
pub(crate) type Entity = (u32, u32, EntityKind);

/// Finds the entities among the tokens from `first` on; places count from there.
pub(crate) fn recognise(
    scores: &mut Scores<'_, POSITIONS>,
    moves: &[Move],
    first: usize,
    sentence_starts: &[bool],
    is_space: impl Fn(usize) -> bool,
) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut open: Option<(usize, EntityKind)> = None;
    for token in 0..sentence_starts.len() {
        let begun = open.map(|(start, _)| first + start);
        let before = open.map(|_| first + token - 1);
        let scores = scores.of([Some(first + token), begun, before]);
        let goes_on = sentence_starts.get(token + 1).is_some_and(|starts| !starts);
        let allowed = Allowed { open: open.map(|(_, kind)| kind), goes_on, space: is_space(token) };
        let place = |at: usize| u32::try_from(at).expect("a text has fewer than 2^32 tokens");
        match best(scores, moves, allowed) {
            Move::Begin(kind) => open = Some((token, kind)),
            Move::Last(kind) => {
                let (start, _) = open.take().expect("an entity ends where one is open");
                found.push((place(start), place(token + 1), kind));
            }
            Move::Unit(kind) => found.push((place(token), place(token + 1), kind)),
            Move::Inside(_) | Move::Outside | Move::Never => {}
        }
    }
    found
}

/// What decides which moves are valid.
#[derive(Clone, Copy, Debug)]
struct Allowed {
    open: Option<EntityKind>,
    /// Whether another token of the same sentence follows.
    goes_on: bool,
    space: bool,
}

impl Allowed {
    fn allows(self, one: Move) -> bool {
        match one {
            Move::Begin(_) => self.open.is_none() && self.goes_on && !self.space,
            Move::Inside(kind) => self.open == Some(kind) && self.goes_on,
            Move::Last(kind) => self.open == Some(kind),
            Move::Unit(_) => self.open.is_none() && !self.space,
            Move::Outside => self.open.is_none(),
            Move::Never => false,
        }
    }
}

/// The first of the valid moves with the highest score.
fn best(scores: &[f32], moves: &[Move], allowed: Allowed) -> Move {
    let mut best: Option<(f32, Move)> = None;
    for (&score, &one) in scores.iter().zip(moves) {
        if allowed.allows(one) && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, one));
        }
    }
    best.map_or(Move::Never, |(_, one)| one)
}
