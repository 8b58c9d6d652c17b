//! Who is reported to have said which words: source, cue and content spans with their links.

pub mod rules;
pub mod tagger;

use crate::text::Span;

/// One attribution. Spans of a role are in order, without overlap; a role may be empty (no named
/// source; a quotation that goes on with no new cue) or in several pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that name the speaker.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// The words attributed.
    pub content: Vec<Span>,
    /// The attribution (by index) whose speaker goes on here, for a quotation without a new cue.
    pub continues: Option<usize>,
    /// The attribution (by index) within whose content this one stands.
    pub inside: Option<usize>,
    /// How sure the tagger is, 0 to 1.
    pub score: f32,
    /// What decided, in order.
    pub because: Vec<Reason>,
}

impl Attribution {
    /// Whether characters are among the words attributed.
    #[must_use]
    pub fn says(&self, span: Span) -> bool {
        self.content.iter().any(|piece| piece.contains(span))
    }

    /// Whether characters are among the words that name the speaker.
    #[must_use]
    pub fn names(&self, span: Span) -> bool {
        self.source.iter().any(|piece| piece.contains(span))
    }

    /// Whether layout alone gives the words as they were said: a turn of a transcript, a quoted block.
    #[must_use]
    pub fn is_layout(&self) -> bool {
        const LAYOUT: [&str; 5] =
            ["turn", "turn goes on", "block quote", "block quote goes on", "words after a colon"];
        self.because.iter().any(|reason| LAYOUT.contains(&reason.rule))
    }
}

/// One step of the reasoning behind a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The record's field: `source`, `cue`, `content`, `speaker`, `act` ...
    pub field: &'static str,
    /// The rule's name.
    pub rule: &'static str,
    /// The words that it rests on.
    pub span: Span,
}
