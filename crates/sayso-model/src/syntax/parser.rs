//! The arc-eager parser: one pass from left to right that links words and breaks sentences.
//!
//! In: scores of moves. Out: for each token its head and the label of the link, none for roots. A move is taken if it is valid and no
//! valid one has a higher score. Every state that is not final has a valid move, and no row of moves goes in circles.
//!
//! # Source
//! Goldberg and Nivre 2012 (arc-eager), Honnibal and Johnson 2015 (tokens that go back to the buffer); spaCy 3.8
//! `pipeline/_parser_internals/arc_eager.pyx`, `_state.pxd`.

use super::scorer::Scores;
use super::tree::Label;

/// Tokens that describe a state.
pub(crate) const POSITIONS: usize = 8;

/// What the parser can do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Move {
    /// The next token goes on the stack.
    Shift,
    /// The top of the stack is done; if it has no head, it is looked at again.
    Reduce,
    /// The next token is the head of the top of the stack, which is done.
    Left(Label),
    /// The top of the stack is the head of the next token, which goes on the stack.
    Right(Label),
    /// A sentence starts after the next token.
    Break,
}

/// A token's head and the label of the link.
pub(crate) type Arc = Option<(usize, Label)>;

/// Parses the tokens from `first` on, `count` of them; heads count from the first one.
pub(crate) fn parse(
    scores: &mut Scores<'_, POSITIONS>,
    moves: &[Move],
    first: usize,
    count: usize,
) -> Vec<Arc> {
    let mut state = State::new(count);
    while !state.is_final() {
        let tokens = state.tokens().map(|token| token.map(|token| first + token));
        let scores = scores.of(tokens);
        match best(scores, moves, state.valid()) {
            Some(found) => state.take(found),
            None => break,
        }
    }
    state.arcs
}

/// The first of the valid moves with the highest score.
fn best(scores: &[f32], moves: &[Move], valid: Valid) -> Option<Move> {
    let mut best: Option<(f32, Move)> = None;
    for (&score, &one) in scores.iter().zip(moves) {
        let allowed = match one {
            Move::Shift => valid.shift,
            Move::Reduce => valid.reduce,
            Move::Left(_) | Move::Right(_) => valid.link,
            Move::Break => valid.stop,
        };
        if allowed && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, one));
        }
    }
    best.map(|(_, one)| one)
}

#[derive(Clone, Copy, Debug)]
struct Valid {
    shift: bool,
    reduce: bool,
    link: bool,
    stop: bool,
}

#[derive(Debug)]
struct State {
    arcs: Vec<Arc>,
    stack: Vec<usize>,
    /// Tokens that went back; the last one is next.
    returned: Vec<usize>,
    /// The first token that was never on the stack.
    next: usize,
    /// Whether a token may not go on the stack again.
    spent: Vec<bool>,
    starts_sentence: Vec<bool>,
    /// The last child on either side that a token was given.
    last_left: Vec<Option<usize>>,
    last_right: Vec<Option<usize>>,
    /// The child to the right that the same head was given before.
    right_before: Vec<Option<usize>>,
}

impl State {
    fn new(count: usize) -> Self {
        Self {
            arcs: vec![None; count],
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            spent: vec![false; count],
            starts_sentence: vec![false; count],
            last_left: vec![None; count],
            last_right: vec![None; count],
            right_before: vec![None; count],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.waiting() == 0
    }

    fn waiting(&self) -> usize {
        self.arcs.len() - self.next + self.returned.len()
    }

    /// The token that is `place` places from the top of the stack.
    fn stacked(&self, place: usize) -> Option<usize> {
        self.stack.iter().rev().nth(place).copied()
    }

    /// The token that comes after `place` others.
    fn coming(&self, place: usize) -> Option<usize> {
        let returned = self.returned.len();
        match place.checked_sub(returned) {
            None => Some(self.returned[returned - 1 - place]),
            Some(place) => (self.next + place < self.arcs.len()).then_some(self.next + place),
        }
    }

    fn tokens(&self) -> [Option<usize>; POSITIONS] {
        let (next, top) = (self.coming(0), self.stacked(0));
        [
            next,
            self.coming(1),
            top,
            self.stacked(1),
            self.stacked(2),
            next.and_then(|token| self.last_left[token]),
            top.and_then(|token| self.last_left[token]),
            top.and_then(|token| self.last_right[token]),
        ]
    }

    fn valid(&self) -> Valid {
        let (next, waiting) = (self.coming(0), self.waiting());
        let starts = next.is_some_and(|token| self.starts_sentence[token]);
        let spent = next.is_some_and(|token| self.spent[token]);
        let stop = match (next, self.coming(1)) {
            (Some(next), Some(after)) => after == next + 1 && !self.starts_sentence[after],
            _ => false,
        };
        if self.stack.is_empty() {
            return Valid { shift: true, reduce: false, link: false, stop };
        }
        Valid { shift: waiting >= 2 && !starts && !spent, reduce: true, link: waiting > 0 && !starts, stop }
    }

    fn take(&mut self, found: Move) {
        match found {
            Move::Shift => self.push(),
            Move::Reduce => self.reduce(),
            Move::Left(label) => {
                let (head, child) = self.ends();
                self.link(head, child, label);
                // the stack has changed, so the token may go on it without going in circles
                self.spent[head] = false;
                self.stack.pop();
            }
            Move::Right(label) => {
                let (child, head) = self.ends();
                self.link(head, child, label);
                self.push();
            }
            Move::Break => {
                let start = self.coming(1).expect("a break is valid between two tokens");
                self.starts_sentence[start] = true;
            }
        }
    }

    /// The next token and the top of the stack.
    fn ends(&self) -> (usize, usize) {
        self.coming(0).zip(self.stacked(0)).expect("a link is valid between two tokens")
    }

    fn push(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn reduce(&mut self) {
        let Some(token) = self.stack.pop() else { return };
        if self.arcs[token].is_none() && !self.stack.is_empty() {
            self.spent[token] = true;
            self.returned.push(token);
        }
    }

    fn link(&mut self, head: usize, child: usize, label: Label) {
        // only the head's last child can still be on the stack, so it is the one that is taken away
        if let Some((old, _)) = self.arcs[child]
            && self.last_right[old] == Some(child)
        {
            self.last_right[old] = self.right_before[child];
        }
        self.arcs[child] = Some((head, label));
        if head > child {
            self.last_left[head] = Some(child);
        } else {
            self.right_before[child] = self.last_right[head];
            self.last_right[head] = Some(child);
        }
    }
}
