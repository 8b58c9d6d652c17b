//! Whom or what an act is about: who is accused, condemned, praised, asked, warned, who is to act, whose claim is disputed.
//!
//! In: an attribution with what was seen in its words, and who is who. Out: the words that name the target, its name, and the source that it is,
//! if it speaks elsewhere. Every noun phrase near enough is a candidate; what constructions and tree say of it is weighed by `sayso-model`'s
//! `targets`. What always holds: a pronoun is a target only where identity knows whom it means, and nobody is the target of his own words.

mod candidates;
mod constructions;
mod naming;

use super::matching::Matched;
use crate::attribution::Attribution;
use crate::identity::{Identities, Object, Page};
use crate::ledger::SourceKind;
use crate::lexicon::Act;
use crate::syntax::TokenId;
use crate::text::Span;
pub use candidates::Candidate;
use sayso_model::acts::reader::Impression;
use sayso_model::targets::{self, TargetModel};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Whom or what an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The words that name it.
    pub span: Span,
    /// What the article calls it, without article; the source's name for a pronoun.
    pub name: String,
    /// Index in [`Identities::sources`], if it speaks.
    pub source: Option<usize>,
    /// Which construction gives it.
    pub rule: &'static str,
}

/// What targets are read from.
pub(super) struct Reading<'a> {
    pub(super) page: &'a Page<'a>,
    identities: &'a Identities,
    pub(super) attributions: &'a [Attribution],
    /// Mentions with their sources, by the byte at which they end.
    mentions: HashMap<usize, Vec<(Span, usize)>>,
    /// Pronouns that may be targets, by the byte at which they start.
    objects: HashMap<usize, &'a Object>,
}

/// One attribution, as far as it was read.
pub(super) struct Seen<'a> {
    /// Index of the attribution.
    pub(super) at: usize,
    pub(super) cue: &'a [TokenId],
    pub(super) content: &'a [TokenId],
    /// Whether the cue names the act.
    pub(super) is_named: bool,
    /// What the content matches.
    pub(super) by_content: &'a [Matched],
}

/// A candidate less likely than this is no target: of kept-back statements 72 in 100 were right about whom they are about, with .45 for all of them 70.
const LEAST: f32 = 0.3;

/// The same for whom somebody accuses, condemns, warns or contradicts: naming the wrong one is worse than naming none. From it on 85 in 100 of those condemned were right, from .3 on 80.
const LEAST_AGAINST: f32 = 0.5;
/// What a construction names that hardly leaves another choice is at least this likely: 237 of 313 such were right on the labelled statements.
const POINTED_AT: f32 = 0.75;

/// What signs and the reader count for together; fitted on the documents that were kept back.
const SIGNS: f32 = 0.43;
const READ: f32 = 0.54;
const BIAS: f32 = 0.25;

static MODEL: LazyLock<TargetModel> = LazyLock::new(TargetModel::load);

impl<'a> Reading<'a> {
    pub(super) fn new(
        page: &'a Page<'a>,
        identities: &'a Identities,
        attributions: &'a [Attribution],
    ) -> Self {
        let mut mentions: HashMap<usize, Vec<(Span, usize)>> = HashMap::new();
        for (at, source) in identities.sources.iter().enumerate() {
            for mention in &source.mentions {
                mentions.entry(mention.end()).or_default().push((*mention, at));
            }
        }
        let objects = identities.objects.iter().map(|object| (object.span.start(), object)).collect();
        Self { page, identities, attributions, mentions, objects }
    }

    /// Which of the candidates an act that has a target is about, and how sure it is.
    pub(super) fn target(
        &self,
        seen: &Seen,
        act: Act,
        candidates: &[Candidate],
        impression: Option<&Impression>,
    ) -> Option<(Target, f32)> {
        let fit = candidates.iter().enumerate().filter(|(_, candidate)| candidate.is_fit(act));
        let weighed = fit.map(|(at, candidate)| {
            let signs = candidate.signs.iter().map(String::as_str);
            let by_signs = MODEL.logit(act.name(), signs);
            let read = impression.and_then(|one| Some(one.targets.get(at).copied().flatten()?[act as usize]));
            let probability =
                targets::probability(read.map_or(by_signs, |read| BIAS + SIGNS * by_signs + READ * read));
            let least = if candidate.is_pointed_at(act) { POINTED_AT } else { 0.0 };
            (&candidate.target, probability.max(least))
        });
        // of two that are as likely the first stands
        let best = weighed.reduce(|best, next| if next.1 > best.1 { next } else { best });
        let least = match act {
            // where no cue names it, whose claim it is mostly stands further away
            Act::Dispute if !seen.is_named => POINTED_AT,
            Act::Accuse | Act::Condemn | Act::Warn | Act::Dispute => LEAST_AGAINST,
            _ => LEAST,
        };
        best.filter(|(_, probability)| *probability >= least)
            .map(|(target, probability)| (target.clone(), probability))
    }

    fn is_person(&self, source: usize) -> bool {
        self.identities.sources.get(source).is_some_and(|source| match source.kind {
            SourceKind::Person => true,
            SourceKind::Group
            | SourceKind::Organisation
            | SourceKind::Government
            | SourceKind::Document
            | SourceKind::Unknown => false,
        })
    }
}
