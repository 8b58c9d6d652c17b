//! Scores attributions: gold and predicted source, cue and content spans in, precision, recall and F1 out.
//!
//! - Tokens are words; marks and stops at the edge of a span decide nothing.
//! - An attribution is found when its content's Dice is at least 0.5 (strict: 0.9), one to one, the best assignment;
//!   end to end when its source is right as well: it shares a token with the gold source (strict: the same
//!   tokens but for determiners), or both are empty.
//! - Kinds come from the share of the content's words inside quotation marks: direct from 0.8, indirect at 0.
//!   Recall is over gold of the kind, precision over predictions of the kind.
//!
//! `cargo xtask eval --check-scorer` compares every figure with the Python scorer that defines them.

mod assign;
mod bootstrap;
mod count;
mod coverage;
mod report;
mod text;

pub(crate) use assign::{Edges, assign};
pub(crate) use bootstrap::{interval, intervals};
pub(crate) use count::{Counts, count_document, dice};
pub(crate) use coverage::{COVERAGES, precision_at_coverages};
pub(crate) use report::{Report, summarise};
pub(crate) use text::{Kind, Punctuation, ScoredText};

use serde::{Deserialize, Serialize};

/// The three roles of one attribution; half-open pairs of code points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spans {
    #[serde(default)]
    pub(crate) source: Vec<[usize; 2]>,
    #[serde(default)]
    pub(crate) cue: Vec<[usize; 2]>,
    #[serde(default)]
    pub(crate) content: Vec<[usize; 2]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Source,
    Cue,
    Content,
}

/// What has to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    ContentLenient,
    ContentStrict,
    EndToEndLenient,
    EndToEndStrict,
}

/// Which attributions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    All,
    Direct,
    Mixed,
    Indirect,
}

impl Role {
    pub(crate) const COUNT: usize = 3;
    pub(crate) const ALL: [Self; Self::COUNT] = [Self::Source, Self::Cue, Self::Content];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }
}

impl Measure {
    pub(crate) const COUNT: usize = 4;
    pub(crate) const ALL: [Self; Self::COUNT] =
        [Self::ContentLenient, Self::ContentStrict, Self::EndToEndLenient, Self::EndToEndStrict];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ContentLenient => "content_lenient",
            Self::ContentStrict => "content_strict",
            Self::EndToEndLenient => "e2e_lenient",
            Self::EndToEndStrict => "e2e_strict",
        }
    }
}

impl Group {
    pub(crate) const COUNT: usize = 4;
    pub(crate) const ALL: [Self; Self::COUNT] = [Self::All, Self::Direct, Self::Mixed, Self::Indirect];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    pub(crate) fn holds(self, kind: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Direct => kind == Kind::Direct,
            Self::Mixed => kind == Kind::Mixed,
            Self::Indirect => kind == Kind::Indirect,
        }
    }
}

#[cfg(test)]
mod tests;
