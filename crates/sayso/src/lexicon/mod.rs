//! What a linguist could edit: acts, cues, titles. Files in `lexicon/en`, each entry with its own examples.

use serde::{Deserialize, Serialize};

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
