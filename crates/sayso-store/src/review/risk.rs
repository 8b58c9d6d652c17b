//! How much harm a statement may do if it is wrong: what is reviewed first.

use sayso::ledger::{Source, SourceKind, SourceStatus, Statement};
use sayso::lexicon::Act;

/// What makes a statement risky.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Danger {
    /// What it does.
    pub act: Act,
    /// Who speaks.
    pub speaker: Standing,
    /// Whom it is about.
    pub target: Standing,
    /// How sure the program is of its words and its speaker, 0 to 1.
    pub confidence: f64,
}

/// Who may be harmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody, or somebody without a name.
    Nobody,
    /// A name of which nothing says whose it is, or of a body.
    Name,
    /// A person, by name.
    Person,
}

impl Danger {
    /// What makes a record risky, among the sources of its article.
    #[must_use]
    pub fn of(one: &Statement, sources: &[Source]) -> Self {
        let source = |id: &str| sources.iter().find(|source| source.id == id);
        let standing = |source: &Source| Standing::of(source.kind, source.status);
        let speaker = one.speaker.as_deref().and_then(source).map_or(Standing::Nobody, standing);
        let target = one.target.as_ref().map_or(Standing::Nobody, |target| {
            let known = target.source.as_deref().and_then(source).map(standing);
            known.unwrap_or_else(|| Standing::of_name(&target.name))
        });
        Self { act: one.act, speaker, target, confidence: one.confidence }
    }

    /// How risky it is, from 0 to 1: `act` x `who` x (1 - `confidence`).
    ///
    /// `act` is 1 for what somebody can be held to (accuse, admit, condemn, deny), else 1/4. `who` is 1 where a named person speaks or is
    /// spoken of, 3/4 for another name, 1/2 for nobody. So of two statements that are as sure, an accusation by or of a person goes before
    /// all else, and a very doubtful one of another kind before an accusation that is nearly sure.
    #[must_use]
    pub fn risk(&self) -> f64 {
        let act = match self.act {
            Act::Accuse | Act::Admit | Act::Condemn | Act::Deny => 1.0,
            Act::State
            | Act::Announce
            | Act::Confirm
            | Act::Dispute
            | Act::Refuse
            | Act::Decline
            | Act::CallFor
            | Act::Demand
            | Act::Vow
            | Act::Warn
            | Act::Predict
            | Act::Endorse
            | Act::Ask
            | Act::Retract => 0.25,
        };
        let who = match self.speaker.max(self.target) {
            Standing::Person => 1.0,
            Standing::Name => 0.75,
            Standing::Nobody => 0.5,
        };
        act * who * (1.0 - self.confidence.clamp(0.0, 1.0))
    }
}

impl Standing {
    /// Of a source.
    #[must_use]
    pub fn of(kind: SourceKind, status: SourceStatus) -> Self {
        match (status, kind) {
            (SourceStatus::Named, SourceKind::Person) => Self::Person,
            (
                SourceStatus::Named,
                SourceKind::Group
                | SourceKind::Organisation
                | SourceKind::Government
                | SourceKind::Document
                | SourceKind::Unknown,
            ) => Self::Name,
            (SourceStatus::RoleOnly | SourceStatus::Anonymous | SourceStatus::Collective, _) => Self::Nobody,
        }
    }

    /// Of words that are no source's: a name starts with a capital.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        if name.starts_with(char::is_uppercase) { Self::Name } else { Self::Nobody }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn danger(act: Act, speaker: Standing, target: Standing, confidence: f64) -> f64 {
        Danger { act, speaker, target, confidence }.risk()
    }

    #[test]
    fn an_accusation_of_a_person_goes_before_the_rest() {
        use Standing::{Name, Nobody, Person};
        let falling = [
            danger(Act::Accuse, Nobody, Person, 0.2),
            danger(Act::Deny, Person, Nobody, 0.4),
            danger(Act::Accuse, Name, Name, 0.4),
            danger(Act::Condemn, Nobody, Nobody, 0.4),
            danger(Act::State, Person, Nobody, 0.2),
            danger(Act::State, Person, Person, 0.4),
            danger(Act::Accuse, Person, Person, 0.9),
            danger(Act::State, Nobody, Nobody, 0.4),
            danger(Act::Accuse, Person, Person, 1.0),
        ];
        let expected = [0.8, 0.6, 0.45, 0.3, 0.2, 0.15, 0.1, 0.075, 0.0];
        for (found, expected) in falling.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{falling:?}");
        }
    }
}
