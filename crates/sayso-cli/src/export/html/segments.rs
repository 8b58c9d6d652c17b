//! A text cut at every edge of every mark, so that marks may lie in each other or cross.

use super::super::view::View;
use sayso::ledger::Pair;
use std::collections::BTreeMap;
use std::ops::Range;

/// What some words are to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Source,
    Cue,
    Content,
}

impl Role {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }
}

/// One mark of one statement on a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// Index of the statement.
    pub(super) statement: usize,
    pub(super) role: Role,
}

/// A stretch of text under the same marks throughout.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) bytes: Range<usize>,
    /// Outer statements before inner ones.
    pub(super) marks: Vec<Mark>,
    /// Statements whose words start here.
    pub(super) starts: Vec<usize>,
    /// Whether a piece of content ends here.
    pub(super) ends: bool,
}

/// Stretches in order that together are the text; `edges` are further places to cut it at.
pub(super) fn of(view: &View<'_>, edges: &[usize]) -> Vec<Segment> {
    let length = view.ledger.document.text.len();
    let mut turns: BTreeMap<usize, Turn> = BTreeMap::from([(0, Turn::default()), (length, Turn::default())]);
    for edge in edges {
        turns.entry(*edge).or_default();
    }
    for (statement, record) in view.ledger.statements.iter().enumerate() {
        let spans = &record.spans;
        let roles = [(Role::Source, &spans.source), (Role::Cue, &spans.cue), (Role::Content, &spans.content)];
        for (role, pairs) in roles {
            for bytes in pairs.iter().filter_map(|pair| bytes(view, *pair)) {
                turns.entry(bytes.start).or_default().on.push(Mark { statement, role });
                turns.entry(bytes.end).or_default().off.push(Mark { statement, role });
            }
        }
        // The number stands before the words themselves; without any, before what there is.
        let first =
            |pairs: &[Pair]| pairs.iter().filter_map(|pair| bytes(view, *pair)).map(|b| b.start).min();
        let start = first(&spans.content).or_else(|| first(&spans.cue)).or_else(|| first(&spans.source));
        if let Some(start) = start {
            turns.entry(start).or_default().starts.push(statement);
        }
    }
    // How often each mark lies on the text here: spans of one role may overlap.
    let mut open: BTreeMap<Mark, usize> = BTreeMap::new();
    let mut segments: Vec<Segment> = Vec::with_capacity(turns.len());
    let mut from = 0;
    let mut starts = Vec::new();
    for (at, turn) in turns {
        if from < at {
            let marks: Vec<Mark> = open.keys().copied().collect();
            let ends = turn.off.iter().any(|mark| mark.role == Role::Content);
            segments.push(Segment { bytes: from..at, marks, starts: std::mem::take(&mut starts), ends });
        }
        for mark in turn.on {
            *open.entry(mark).or_default() += 1;
        }
        for mark in turn.off {
            if let Some(count) = open.get_mut(&mark) {
                *count -= 1;
                if *count == 0 {
                    open.remove(&mark);
                }
            }
        }
        starts.extend(turn.starts);
        from = at;
    }
    segments
}

/// What changes at a place.
#[derive(Default)]
struct Turn {
    on: Vec<Mark>,
    off: Vec<Mark>,
    starts: Vec<usize>,
}

fn bytes(view: &View<'_>, pair: Pair) -> Option<Range<usize>> {
    view.bytes(pair).filter(|bytes| bytes.start < bytes.end)
}
