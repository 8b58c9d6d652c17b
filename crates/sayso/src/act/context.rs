//! What stands around a statement and bears on its act: what was said before it, by whom, and whether its speaker was blamed.
//!
//! In: the acts of the statements before. Out: signs for the classifier. "My men were asleep" says no more than that, but for somebody who
//! was just accused of firing it denies.

use super::Judgement;
use crate::attribution::Attribution;
use crate::identity::Identities;
use crate::lexicon::Act;

/// How many statements back somebody may have been blamed.
const FARTHEST: usize = 200;

/// Who is who, and what was judged so far.
pub(super) struct Context<'a> {
    pub(super) attributions: &'a [Attribution],
    pub(super) identities: &'a Identities,
    /// One for each attribution before.
    pub(super) judged: &'a [Judgement],
}

impl Context<'_> {
    pub(super) fn signs(&self, at: usize) -> Vec<String> {
        let mut signs = Vec::new();
        if let Some(before) = at.checked_sub(1).and_then(|before| self.judged.get(before)) {
            let by = if self.speaker(at) == self.speaker(at - 1) { "the same" } else { "another" };
            signs.push(format!("after {} by {by}", before.act.name()));
        }
        let outer = self.attributions.get(at).and_then(|one| one.inside);
        if let Some(outer) = outer.and_then(|outer| self.judged.get(outer)) {
            signs.push(format!("inside {}", outer.act.name()));
        }
        if let Some(distance) = self.blamed(at) {
            const NEAR: usize = 4;
            signs.push(if distance <= NEAR { "was just blamed" } else { "was blamed" }.to_owned());
        }
        signs
    }

    fn speaker(&self, at: usize) -> Option<usize> {
        self.identities.speakers.get(at)?.source
    }

    /// How many statements ago somebody else blamed the speaker, or the body that the speaker works for.
    fn blamed(&self, at: usize) -> Option<usize> {
        let speaker = self.speaker(at)?;
        let source = self.identities.sources.get(speaker)?;
        let is_meant = |name: &str, target: Option<usize>| {
            target == Some(speaker)
                || source.affiliation.as_deref() == Some(name)
                || source.names.iter().any(|other| other == name)
        };
        let blames = |(other, judged): &(usize, &Judgement)| {
            matches!(judged.act, Act::Accuse | Act::Condemn)
                && self.speaker(*other) != Some(speaker)
                && judged.target.as_ref().is_some_and(|target| is_meant(&target.name, target.source))
        };
        let found = self.judged.iter().enumerate().rev().take(FARTHEST).find(blames);
        found.map(|(other, _)| at - other)
    }
}
