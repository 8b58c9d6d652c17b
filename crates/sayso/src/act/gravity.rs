//! How sure it has to be that somebody does what he can be held to.

use crate::attribution::Attribution;
use crate::identity::{Identities, Speaker};
use crate::ledger::{SourceKind, SourceStatus};
use crate::lexicon::Act;

/// From which probability on words alone may do what somebody can be held to. On 2,206 kept-back statements, whoever or whatever decided them, 29 of 31 accusations were
/// right with these, 95 of 106 condemnations, 47 of 57 promises, 6 of 6 admissions, 8 of 8 denials; with .5 for all of them 33 of 40 accusations, 103 of 125 condemnations, 8 of 10 denials.
pub(super) fn by_words(act: Act) -> f32 {
    match act {
        Act::Accuse => 0.7,
        Act::Admit | Act::Condemn => 0.6,
        Act::Deny => 0.65,
        Act::Decline | Act::Vow => 0.5,
        _ => 0.0,
    }
}

/// From which product of the scores of words, speaker and act on a named person accuses or admits. Of 23 such statements in our articles and the gold’s
/// training part none falls below it.
const NAMED_PERSON: f32 = 0.6;

/// How sure it is that a named person says these words; nothing where no named person speaks.
pub(crate) fn named_person(
    attribution: &Attribution,
    speaker: &Speaker,
    identities: &Identities,
) -> Option<f32> {
    let source = identities.sources.get(speaker.source?)?;
    let is_named_person = source.kind == SourceKind::Person && source.status == SourceStatus::Named;
    is_named_person.then_some(attribution.score * speaker.score)
}

/// How sure an act must be to be that of a named person whose words these are with that score; above 1 where no act is sure enough.
pub(crate) fn by_named_person(act: Act, sure: Option<f32>) -> f32 {
    match (act, sure) {
        (Act::Accuse | Act::Admit, Some(sure)) => NAMED_PERSON / sure.max(f32::EPSILON),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_less_surely_the_speaker_must_more_surely_accuse() {
        assert!(by_named_person(Act::Accuse, Some(0.7)) > by_named_person(Act::Accuse, Some(0.9)));
        assert!(
            by_named_person(Act::Admit, Some(0.5)) > 1.0,
            "no act is so sure that this person may be named"
        );
    }

    #[test]
    fn nothing_is_asked_where_nobody_is_named_or_nobody_held_to_it() {
        assert_eq!(by_named_person(Act::Accuse, None), 0.0);
        assert_eq!(by_named_person(Act::Predict, Some(0.5)), 0.0);
    }
}
