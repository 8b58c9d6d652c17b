//! The best pairing of a block's quotation marks.
//!
//! In: the marks of one block with their costs. Out: its quoted stretches. Every mark is read as
//! opening, closing or nothing; the reading of the whole block with the least cost wins. A shortest
//! path over six states finds it in one pass (Viterbi), so a bad mark costs once, where it stands,
//! and does not flip the marks after it.

use super::marks::{Cost, Family, Mark};
use super::{Edge, Quotation};
use crate::text::Span;

/// What a block knows of the read blocks beside it.
#[derive(Clone, Copy)]
pub(super) struct Neighbour {
    /// The block before ended inside a quotation.
    pub(super) left_open: Option<LeftOpen>,
    /// The next block starts with an opening mark.
    pub(super) next_opens_with: Option<Family>,
}

pub(super) struct Pairing {
    pub(super) quotations: Vec<Quotation>,
    /// The outermost quotation, if the block ends inside one.
    pub(super) left_open: Option<LeftOpen>,
}

/// A quotation that its block does not close.
#[derive(Clone, Copy)]
pub(super) struct LeftOpen {
    family: Family,
    /// Whether the next block opens it again.
    goes_on: bool,
}

/// Which quotations are open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Out,
    Double,
    Single,
    SingleInDouble,
    DoubleInSingle,
    DoubleInDouble,
}

/// What is done at a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Ignore,
    Open,
    Close,
    /// Closes the outer quotation, whose inner one was left open.
    CloseBoth,
    /// A new quotation although the last was not closed.
    Reopen,
    /// Closes what was never opened.
    CloseUnopened,
}

const STATES: usize = 6;
const UNCLOSED: Cost = 25;
const NESTED_ALIKE: Cost = 7;
const FORGOTTEN_INNER: Cost = 12;
const REOPEN: Cost = 22;
/// A quotation that the next paragraph carries on: no fault, but a closing mark is still better.
const GOES_ON: Cost = 2;
const UNREACHED: Cost = Cost::MAX / 2;

/// Pairs the marks of one block.
pub(super) fn of(
    text: &str,
    block_index: u32,
    block: Span,
    marks: &[Mark],
    mut beside: Neighbour,
) -> Pairing {
    if marks.is_empty() {
        return Pairing { quotations: Vec::new(), left_open: None };
    }
    // What goes on in the next paragraph stops between sentences.
    if !text[block.range()].trim_end().ends_with(['.', '!', '?', '…', ':', ';', ',', '”', '"', '’', '\''])
    {
        beside.next_opens_with = None;
    }
    let steps = cheapest(marks, beside);
    let mut build =
        Build { text, block_index, block, beside, open: Vec::new(), done: Vec::new(), floor: block.start() };
    for (mark, step) in marks.iter().zip(&steps) {
        build.take(mark, *step);
    }
    build.finish()
}

/// The reading of every mark on the cheapest path.
fn cheapest(marks: &[Mark], beside: Neighbour) -> Vec<Step> {
    let mut costs = [UNREACHED; STATES];
    costs[State::Out as usize] = 0;
    let mut back: Vec<[(State, Step); STATES]> = Vec::with_capacity(marks.len());
    for mark in marks {
        let mut next = [UNREACHED; STATES];
        let mut from = [(State::Out, Step::Ignore); STATES];
        for state in ALL {
            let before = costs[state as usize];
            if before >= UNREACHED {
                continue;
            }
            for (step, to, cost) in moves(state, mark) {
                if before + cost < next[to as usize] {
                    next[to as usize] = before + cost;
                    from[to as usize] = (state, step);
                }
            }
        }
        // Only differences matter: subtracting the least keeps 100,000 marks within range.
        let least = next.iter().copied().min().unwrap_or(0);
        costs = next.map(|cost| if cost >= UNREACHED { UNREACHED } else { cost - least });
        back.push(from);
    }
    let end = |state: State| costs[state as usize].saturating_add(end_cost(state, beside.next_opens_with));
    let mut state = ALL.into_iter().min_by_key(|state| end(*state)).unwrap_or(State::Out);
    let mut steps = Vec::with_capacity(marks.len());
    for from in back.iter().rev() {
        let (before, step) = from[state as usize];
        steps.push(step);
        state = before;
    }
    steps.reverse();
    steps
}

const ALL: [State; STATES] = [
    State::Out,
    State::Double,
    State::Single,
    State::SingleInDouble,
    State::DoubleInSingle,
    State::DoubleInDouble,
];

/// What may be done at a mark: the step, where it leads, what it costs. The first of equals wins.
fn moves(state: State, mark: &Mark) -> impl Iterator<Item = (Step, State, Cost)> {
    let open = |to, extra| Some((Step::Open, to, mark.open + extra));
    let close = |to| Some((Step::Close, to, mark.close));
    let reopen = |to, extra| Some((Step::Reopen, to, mark.open + REOPEN + extra));
    let both = |to| Some((Step::CloseBoth, to, mark.close + FORGOTTEN_INNER));
    let moves = match (mark.family, state) {
        (Family::Double, State::Out) => {
            [open(State::Double, 0), Some((Step::CloseUnopened, State::Out, mark.close + mark.unopened))]
        }
        (Family::Double, State::Double) => [close(State::Out), open(State::DoubleInDouble, NESTED_ALIKE)],
        (Family::Double, State::Single) => [open(State::DoubleInSingle, 0), None],
        (Family::Double, State::SingleInDouble) => [both(State::Out), reopen(State::Double, FORGOTTEN_INNER)],
        (Family::Double, State::DoubleInSingle) => [close(State::Single), reopen(State::DoubleInSingle, 0)],
        (Family::Double, State::DoubleInDouble) => [close(State::Double), None],
        (Family::Single, State::Out) => [open(State::Single, 0), None],
        (Family::Single, State::Double) => [open(State::SingleInDouble, 0), None],
        (Family::Single, State::Single) => [close(State::Out), None],
        (Family::Single, State::SingleInDouble) => [close(State::Double), None],
        (Family::Single, State::DoubleInSingle) => [both(State::Out), None],
        (Family::Single, State::DoubleInDouble) => [None, None],
    };
    let reopened = match (mark.family, state) {
        (Family::Double, State::Double) => reopen(State::Double, 0),
        _ => None,
    };
    moves.into_iter().flatten().chain(reopened).chain([(Step::Ignore, state, mark.ignore)])
}

fn end_cost(state: State, next: Option<Family>) -> Cost {
    let left_open = |family| if next == Some(family) { GOES_ON } else { UNCLOSED };
    match state {
        State::Out => 0,
        State::Double => left_open(Family::Double),
        State::Single => left_open(Family::Single),
        State::SingleInDouble => left_open(Family::Double) + UNCLOSED,
        State::DoubleInSingle => left_open(Family::Single) + UNCLOSED,
        State::DoubleInDouble => left_open(Family::Double) + UNCLOSED,
    }
}

/// Turns steps into stretches.
struct Build<'t> {
    text: &'t str,
    block_index: u32,
    block: Span,
    beside: Neighbour,
    /// Marks that opened, with the place of their stretch in `done`.
    open: Vec<(Span, Family, usize)>,
    done: Vec<Option<Quotation>>,
    /// Where the last mark ended: an invented edge never reaches before it.
    floor: usize,
}

impl Build<'_> {
    fn take(&mut self, mark: &Mark, step: Step) {
        match step {
            Step::Ignore => return,
            Step::Open => self.open(mark),
            Step::Close => self.close(mark.span),
            Step::CloseBoth => {
                self.give_up(mark.span.start());
                self.close(mark.span);
            }
            Step::Reopen => {
                while !self.open.is_empty() {
                    self.give_up(mark.span.start());
                }
                self.open(mark);
            }
            Step::CloseUnopened => self.close_unopened(mark.span),
        }
        self.floor = mark.span.end();
    }

    fn open(&mut self, mark: &Mark) {
        self.open.push((mark.span, mark.family, self.done.len()));
        self.done.push(None);
    }

    fn close(&mut self, mark: Span) {
        if let Some((opener, family, slot)) = self.open.pop() {
            self.put(slot, opener, family, mark.start(), Some(mark));
        }
    }

    /// A closing mark is missing: ends the innermost stretch with its sentence, before `limit`.
    fn give_up(&mut self, limit: usize) {
        if let Some((opener, family, slot)) = self.open.pop() {
            let end = sentence_end(self.text, self.filled_to(opener, slot), limit);
            self.put(slot, opener, family, end, None);
        }
    }

    /// Where an invented end of a stretch may lie at the earliest: after the stretches within it.
    fn filled_to(&self, opener: Span, slot: usize) -> usize {
        let within = self.done[slot + 1..].iter().flatten().map(|quotation| quotation.outer.end());
        within.max().unwrap_or(opener.end())
    }

    fn put(&mut self, slot: usize, opener: Span, family: Family, end: usize, closer: Option<Span>) {
        let inner = trimmed(self.text, opener.end(), end);
        if inner.is_empty() {
            return;
        }
        let first = self.text[self.block.start()..opener.start()].trim_start().is_empty();
        self.done[slot] = Some(Quotation {
            outer: closer.map_or(Span::at(opener.start(), inner.end()), |mark| opener.cover(mark)),
            inner,
            depth: self.open.len() as u8,
            block: self.block_index,
            opened: Edge::Marked,
            closed: if closer.is_some() { Edge::Marked } else { Edge::Missing },
            continues: first
                && self.open.is_empty()
                && self.beside.left_open.is_some_and(|left| left.goes_on && left.family == family),
            goes_on: false,
        });
    }

    /// `We go," he said`: from the start of the sentence, or of the block where the block before ended
    /// inside a quotation.
    fn close_unopened(&mut self, mark: Span) {
        let carried_on = self.beside.left_open.is_some() && self.done.is_empty();
        let start = if carried_on { self.floor } else { sentence_start(self.text, self.floor, mark.start()) };
        let inner = trimmed(self.text, start, mark.start());
        if inner.is_empty() {
            return;
        }
        self.done.push(Some(Quotation {
            outer: inner.cover(mark),
            inner,
            depth: 0,
            block: self.block_index,
            opened: Edge::Missing,
            closed: Edge::Marked,
            continues: false,
            goes_on: false,
        }));
    }

    fn finish(mut self) -> Pairing {
        let mut left_open = None;
        while let Some((opener, family, slot)) = self.open.pop() {
            let goes_on = self.beside.next_opens_with == Some(family) && self.open.is_empty();
            let before = self.text[self.block.start()..opener.start()].trim_end();
            // After a colon, a comma or at the block's start the quotation is a speech that may well run to
            // the end; in the middle of a clause only a phrase was quoted.
            let speech = before.is_empty() || before.ends_with([':', ',']);
            let end = if goes_on || speech {
                self.block.end()
            } else {
                sentence_end(self.text, self.filled_to(opener, slot), self.block.end())
            };
            self.put(slot, opener, family, end, None);
            if self.open.is_empty()
                && let Some(quotation) = &mut self.done[slot]
            {
                quotation.goes_on = goes_on;
                left_open = Some(LeftOpen { family, goes_on });
            }
        }
        Pairing { quotations: self.done.into_iter().flatten().collect(), left_open }
    }
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let part = &text[start..end.max(start)];
    let start = start + (part.len() - part.trim_start().len());
    Span::at(start, start + part.trim().len())
}

/// The end of the sentence that `start` stands in, at most `limit`.
fn sentence_end(text: &str, start: usize, limit: usize) -> usize {
    let part = &text[start..limit];
    let stops = part.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?'));
    for (at, c) in stops {
        let end = at + c.len_utf8();
        let rest = &part[end..];
        let next = rest.trim_start();
        if next.is_empty() || (next.len() < rest.len() && next.starts_with(char::is_uppercase)) {
            return start + end;
        }
    }
    limit
}

/// The start of the sentence that ends at `end`, at least `floor`. A stop right before `end` is its own.
fn sentence_start(text: &str, floor: usize, end: usize) -> usize {
    let own = text[floor..end].trim_end_matches(['.', '!', '?', ',', ' ', '…']);
    let start = own.rmatch_indices(['.', '!', '?']).find_map(|(at, stop)| {
        let rest = &own[at + stop.len()..];
        let next = rest.trim_start();
        (next.len() < rest.len() && next.starts_with(char::is_uppercase)).then(|| end_of(own, next))
    });
    floor + start.unwrap_or(0)
}

fn end_of(whole: &str, tail: &str) -> usize {
    whole.len() - tail.len()
}
