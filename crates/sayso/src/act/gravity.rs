//! How sure the record has to be before a named person accuses or admits in it.

use crate::attribution::Attribution;
use crate::identity::{Identities, Speaker};
use crate::ledger::{SourceKind, SourceStatus};
use crate::lexicon::Act;

/// From which product of the scores of words, speaker and act on a named person accuses or admits. Of 37 such statements in our articles and the
/// gold’s training part 2 fall below it, both right: the price of the caution.
const LEAST: f32 = 0.6;

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
pub(crate) fn least(act: Act, named_person: Option<f32>) -> f32 {
    match (act, named_person) {
        (Act::Accuse | Act::Admit, Some(sure)) => LEAST / sure.max(f32::EPSILON),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_less_surely_the_speaker_must_more_surely_accuse() {
        assert!(least(Act::Accuse, Some(0.7)) > least(Act::Accuse, Some(0.9)));
        assert!(least(Act::Admit, Some(0.5)) > 1.0, "no act is so sure that this person may be named");
    }

    #[test]
    fn nothing_is_asked_where_nobody_is_named_or_nobody_held_to_it() {
        assert_eq!(least(Act::Accuse, None), 0.0);
        assert_eq!(least(Act::Predict, Some(0.5)), 0.0);
    }
}
