//! What a linguist could edit: acts, cues, titles, names. Files in `lexicon/en`, each entry with its own examples.

mod acts;
mod certainty;
mod via;
mod words;

pub use acts::{ActWords, Build, Codes, Entry, Then};
pub use certainty::{Hedges, Level};
pub use via::{MediumExamples, MediumKind, Setting, ViaWords};
pub use words::{Gender, NounClass, PronounKind, Title, Words};

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What a statement does. The table of the acts with their cues is `lexicon/en/acts.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named and explained in acts.toml")]
pub enum Act {
    State,
    Announce,
    Confirm,
    Admit,
    Deny,
    Dispute,
    Refuse,
    Decline,
    Accuse,
    Condemn,
    CallFor,
    Demand,
    Vow,
    Warn,
    Predict,
    Endorse,
    Ask,
    Retract,
}

/// How sure a speaker is. The words that hedge are in `lexicon/en/certainty.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own names")]
pub enum Certainty {
    Certain,
    Probable,
    Possible,
    Unknown,
}

impl Act {
    /// Whether it is done to somebody or something: accused, asked, praised. The others are about what is said alone.
    #[must_use]
    pub fn has_target(self) -> bool {
        match self {
            Self::Accuse
            | Self::Condemn
            | Self::Endorse
            | Self::CallFor
            | Self::Demand
            | Self::Warn
            | Self::Ask
            | Self::Dispute
            | Self::Refuse => true,
            Self::State
            | Self::Announce
            | Self::Confirm
            | Self::Admit
            | Self::Deny
            | Self::Decline
            | Self::Vow
            | Self::Predict
            | Self::Retract => false,
        }
    }

    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::State,
        Self::Announce,
        Self::Confirm,
        Self::Admit,
        Self::Deny,
        Self::Dispute,
        Self::Refuse,
        Self::Decline,
        Self::Accuse,
        Self::Condemn,
        Self::CallFor,
        Self::Demand,
        Self::Vow,
        Self::Warn,
        Self::Predict,
        Self::Endorse,
        Self::Ask,
        Self::Retract,
    ];

    /// As the record writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Announce => "announce",
            Self::Confirm => "confirm",
            Self::Admit => "admit",
            Self::Deny => "deny",
            Self::Dispute => "dispute",
            Self::Refuse => "refuse",
            Self::Decline => "decline",
            Self::Accuse => "accuse",
            Self::Condemn => "condemn",
            Self::CallFor => "call_for",
            Self::Demand => "demand",
            Self::Vow => "vow",
            Self::Warn => "warn",
            Self::Predict => "predict",
            Self::Endorse => "endorse",
            Self::Ask => "ask",
            Self::Retract => "retract",
        }
    }
}

/// Titles, nouns, given names and pronouns of English, read once.
#[must_use]
pub fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(Words::load);
    &WORDS
}

/// The acts with their cues, read once.
#[must_use]
pub fn acts() -> &'static ActWords {
    static ACTS: LazyLock<ActWords> = LazyLock::new(ActWords::load);
    &ACTS
}

/// Words that say how sure a speaker is, read once.
#[must_use]
pub fn hedges() -> &'static Hedges {
    static HEDGES: LazyLock<Hedges> = LazyLock::new(Hedges::load);
    &HEDGES
}

/// Occasions and media, read once.
#[must_use]
pub fn via() -> &'static ViaWords {
    static VIA: LazyLock<ViaWords> = LazyLock::new(ViaWords::load);
    &VIA
}
