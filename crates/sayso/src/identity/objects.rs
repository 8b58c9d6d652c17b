//! Pronouns of the third person behind cues and in contents, and whom they mean: "praised *her* as", "said *they* lied".
//!
//! In: an attribution whose speaker is known. Out: pronouns with the one being that each can mean. What always holds: none
//! of them means who is speaking, as nobody is the target of his own words.

use super::antecedent::{self, Meant, Setting};
use super::cast::{BeingId, Cast};
use super::speakers::Reading;
use crate::lexicon::PronounKind;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};

/// How far behind a verb its object stands.
const FARTHEST: TokenId = 4;
/// How far into a content is looked.
const LONGEST: usize = 40;
/// How many pronouns of a content are asked for.
const MOST: usize = 4;

impl Reading<'_> {
    pub(super) fn objects(&self, cast: &Cast, at: usize) -> Vec<(Span, BeingId)> {
        let page = self.page;
        let attribution = &self.attributions[at];
        let is_own = |at: &TokenId| {
            let span = page.token(*at).span;
            attribution.names(span) || self.phrase_of(*at).is_some_and(|phrase| cast.who[phrase].is_some())
        };
        let behind = self.behind_cue(at).filter(|at| !is_own(at));
        let content = attribution.content.iter().flat_map(|span| page.tokens_in(*span)).take(LONGEST);
        let inside = content.filter(|at| {
            let token = page.token(*at);
            token.tag == Tag::Prp
                && matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Dative)
        });
        let mut all: Vec<TokenId> = behind.into_iter().collect();
        for at in inside.filter(|at| !is_own(at)).take(MOST) {
            if !all.contains(&at) {
                all.push(at);
            }
        }
        all.into_iter().filter_map(|token| self.meant(cast, at, token)).collect()
    }

    /// The pronoun right behind a cue.
    fn behind_cue(&self, at: usize) -> Option<TokenId> {
        let page = self.page;
        let attribution = &self.attributions[at];
        let cue = page.tokens_in(attribution.cue.last().copied()?);
        let verb = cue.rev().find(|at| page.token(*at).pos == Pos::Verb)?;
        let [_, end] = page.sentence(verb);
        (verb + 1..end.min(verb + 1 + FARTHEST)).find(|at| {
            let token = page.token(*at);
            token.tag == Tag::Prp
                && matches!(token.dep, Dep::Dobj | Dep::Dative | Dep::Pobj | Dep::Nsubj)
                && !attribution.names(token.span)
        })
    }

    fn meant(&self, cast: &Cast, at: usize, pronoun: TokenId) -> Option<(Span, BeingId)> {
        let page = self.page;
        let kind = page.pronoun(pronoun).filter(|kind| {
            matches!(kind, PronounKind::Male | PronounKind::Female | PronounKind::Many | PronounKind::Thing)
        })?;
        let span = page.token(pronoun).span;
        let (outer, last_speaker) = self.setting(at, pronoun);
        let speaker = self.said.get(at)?.as_ref()?.who;
        // "he said he would": in reported words the speaker is "he" too
        let can_be_speaker = self.attributions[at].says(span) && !page.is_quoted(pronoun);
        let never = speaker.filter(|_| !can_be_speaker);
        let last_speaker = last_speaker.filter(|(who, _)| Some(*who) != never);
        let setting = Setting { at: pronoun, content: &[], outer, never, last_speaker, asked: None };
        match antecedent::of(page, self.phrases, cast, kind, &setting) {
            Meant::One(who, _) if Some(who) != speaker => Some((span, who)),
            Meant::One(..) | Meant::Several(_) | Meant::Nobody => None,
        }
    }
}
