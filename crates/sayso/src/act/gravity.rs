//! How sure it has to be that somebody does what he can be held to.

use crate::attribution::Attribution;
use crate::identity::{Identities, Speaker};
use crate::ledger::{SourceKind, SourceStatus};
use crate::lexicon::Act;

/// From which probability on words alone may do what somebody can be held to: on kept-back statements for which the classifiers decided, 26 of 35 denials,
/// condemnations and refusals to answer were right from .5 on, and 24 of 29 promises from .6 on. Of accusations 7 of 15 were, from .6 on: few are left to words.
pub(super) fn by_words(act: Act) -> f32 {
    match act {
        Act::Accuse => 0.7,
        Act::Admit | Act::Vow => 0.6,
        Act::Deny | Act::Condemn | Act::Decline => 0.5,
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
