//! What a linguist could edit: acts, cues, titles, names. Files in `lexicon/en`, each entry with its own examples.

mod acts;
mod via;
mod words;

pub use acts::{ActWords, Build, Entry, Then};
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

/// Occasions and media, read once.
#[must_use]
pub fn via() -> &'static ViaWords {
    static VIA: LazyLock<ViaWords> = LazyLock::new(ViaWords::load);
    &VIA
}
