//! Whom or what an act is about: who is accused, condemned, praised, asked, warned, who is to act, whose claim is disputed.
//!
//! In: an attribution with its act and the words that decided it, and who is who. Out: the words that name the target, its name, and the
//! source that it is, if it speaks elsewhere. What always holds: a pronoun is a target only where identity knows whom it means.

mod naming;

use super::build;
use super::matching::Matched;
use crate::attribution::Attribution;
use crate::identity::{Identities, Object, Page};
use crate::ledger::SourceKind;
use crate::lexicon::{Act, PronounKind};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};
use std::collections::HashMap;

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
    page: &'a Page<'a>,
    identities: &'a Identities,
    attributions: &'a [Attribution],
    /// Mentions with their sources, by the byte at which they end.
    mentions: HashMap<usize, Vec<(Span, usize)>>,
    /// Pronouns behind cues, by the byte at which they start.
    objects: HashMap<usize, &'a Object>,
}

/// One act, as far as it was judged.
pub(super) struct Done<'a> {
    /// Index of the attribution.
    pub(super) at: usize,
    pub(super) act: Act,
    pub(super) cue: &'a [TokenId],
    pub(super) content: &'a [TokenId],
    /// What decided the act, and whether it stands in the cue.
    pub(super) matched: Option<&'a Matched>,
}

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

    /// The target of an act that has one.
    pub(super) fn target(&self, done: &Done) -> Option<Target> {
        let attribution = self.attributions.get(done.at)?;
        let by_cue = done.matched.is_some_and(|found| found.rule == "cue");
        match done.act {
            Act::Ask => self
                .object_of_cue(attribution, done)
                .or_else(|| self.who_was_asked(attribution, done))
                .or_else(|| self.vocative(done))
                .or_else(|| self.who_answers(attribution, done)),
            Act::CallFor | Act::Demand if by_cue => {
                self.object_of_cue(attribution, done).or_else(|| self.who_is_to_act(done))
            }
            Act::Warn => self.object_of_cue(attribution, done).filter(|_| by_cue),
            Act::Accuse | Act::Condemn | Act::Endorse | Act::Refuse | Act::Dispute if by_cue => self
                .object_of_cue(attribution, done)
                .or_else(|| self.passive_subject(attribution, done))
                .or_else(|| self.content_object(done)),
            Act::Accuse | Act::Condemn | Act::Endorse | Act::CallFor | Act::Demand => {
                self.subject_of_match(attribution, done)
            }
            Act::State
            | Act::Announce
            | Act::Confirm
            | Act::Admit
            | Act::Deny
            | Act::Dispute
            | Act::Refuse
            | Act::Decline
            | Act::Vow
            | Act::Predict
            | Act::Retract => None,
        }
    }

    /// "accused *the rebels* of", "called on *both*", "asked *the mayor* whether"
    fn object_of_cue(&self, attribution: &Attribution, done: &Done) -> Option<Target> {
        const FARTHEST: TokenId = 12;
        let page = self.page;
        let verb = super::main_word(page, done.cue)?;
        let [_, end] = page.sentence(verb);
        // "the militia, *which* the mayor accused of": the noun that it stands for
        let is_relative = |at: TokenId| {
            page.is_child(at, verb)
                && page.token(at).dep == Dep::Dobj
                && page.word(at).to_lowercase().starts_with("wh")
        };
        let [first, _] = page.sentence(verb);
        if page.token(verb).dep == Dep::Relcl
            && (first.max(verb.saturating_sub(FARTHEST))..verb).any(is_relative)
        {
            return self.named(page.token(verb).head, "object of the cue");
        }
        let mut preposition = None;
        for at in verb + 1..end.min(verb + FARTHEST) {
            let token = page.token(at);
            if is_part(page, attribution, at) {
                continue;
            }
            match token.dep {
                Dep::Dobj | Dep::Dative | Dep::Pobj if token.head == verb && page.is_nominal(at) => {
                    return self.named(at, "object of the cue");
                }
                // "urged the government to free the miners": the parser makes it the subject of "free"
                Dep::Nsubj
                    if page.token(token.head).head == verb && token.head > at && page.is_nominal(at) =>
                {
                    return self.named(at, "object of the cue");
                }
                Dep::Prep | Dep::Dative | Dep::Prt
                    if token.head == verb
                        && matches!(page.word(at), "on" | "upon" | "to" | "at" | "with") =>
                {
                    preposition = Some(at);
                }
                Dep::Pobj if Some(token.head) == preposition => return self.named(at, "object of the cue"),
                _ => {}
            }
        }
        None
    }

    /// "Asked whether he would stay, *Hale* said": who answers in the clause that the question hangs on.
    fn who_was_asked(&self, attribution: &Attribution, done: &Done) -> Option<Target> {
        let page = self.page;
        let verb = super::main_word(page, done.cue).filter(|_| attribution.source.is_empty())?;
        let answer = page.token(verb).head;
        let hangs = page.token(verb).tag == Tag::Vbn && answer > verb;
        let subject = build::subject_of(page, answer).filter(|subject| hangs && *subject > verb)?;
        self.named(subject, "who was asked")
    }

    /// "*Hale* was accused of piracy"
    fn passive_subject(&self, attribution: &Attribution, done: &Done) -> Option<Target> {
        const FARTHEST: TokenId = 30;
        let page = self.page;
        let verb = super::main_word(page, done.cue)?;
        let [first, _] = page.sentence(verb);
        let is_source = |at: TokenId| attribution.names(page.token(at).span);
        let subject = (first.max(verb.saturating_sub(FARTHEST))..verb)
            .rev()
            .find(|at| page.is_child(*at, verb) && page.token(*at).dep == Dep::Nsubjpass)?;
        if is_source(subject) { None } else { self.named(subject, "subject of a passive cue") }
    }

    /// "condemned *the raid*", "called *the raid* “criminal”", "condemned *the militia*'s treatment of": the object that the content is or starts with.
    fn content_object(&self, done: &Done) -> Option<Target> {
        const FARTHEST: usize = 25;
        let page = self.page;
        let mut words = done.content.iter().copied().take(FARTHEST);
        let first = words.clone().find(|at| !matches!(page.token(*at).pos, Pos::Punct | Pos::Space))?;
        // "for the fire", "that the boats were late": no object
        if matches!(page.token(first).pos, Pos::Adp | Pos::Sconj | Pos::Part | Pos::Verb) {
            return None;
        }
        let head = words.find(|at| {
            page.is_nominal(*at)
                && !matches!(page.token(*at).dep, Dep::Poss | Dep::Compound | Dep::Nmod | Dep::Amod)
        })?;
        self.owner(head).or_else(|| self.named(head, "object in the content"))
    }

    /// Whose deed it is: "*Hale*'s refusal", "steps taken by *Marsk*".
    fn owner(&self, head: TokenId) -> Option<Target> {
        let page = self.page;
        let owner = (page.left_edge(head)..head)
            .rev()
            .find(|at| page.is_child(*at, head) && page.token(*at).dep == Dep::Poss)?;
        self.named(owner, "owner of the object")
    }

    /// "wants *the valleys* to secede", "demanded that *the army* open its logs"
    fn who_is_to_act(&self, done: &Done) -> Option<Target> {
        const FARTHEST: usize = 20;
        let page = self.page;
        let verb = |at: TokenId| page.token(at).head;
        let subject = done
            .content
            .iter()
            .copied()
            .take(FARTHEST)
            .find(|at| page.is_subject(*at) && page.is_nominal(*at) && verb(*at) > *at)?;
        // "that the vote be held": nobody is asked
        if page.token(subject).dep == Dep::Nsubjpass {
            return self.agent(verb(subject));
        }
        self.named(subject, "who is to act")
    }

    /// The subject of the clause whose words decided; of a passive clause, by whom it was done.
    fn subject_of_match(&self, attribution: &Attribution, done: &Done) -> Option<Target> {
        let page = self.page;
        let matched = done.matched?;
        let at = page.tokens_in(matched.span).next()?;
        let verb = self.clause_of(at);
        let subject = build::subject_of(page, verb)?;
        if page.pronoun(subject) == Some(PronounKind::First) {
            // "I thank the crew", "we support the plan"
            return if done.act == Act::Accuse {
                None
            } else {
                self.object_after(page.tokens_in(matched.span).last()?)
            };
        }
        // "you should have no complaints": whoever else speaks here
        if page.pronoun(subject) == Some(PronounKind::Second) {
            return self.vocative(done).or_else(|| self.who_answers(attribution, done));
        }
        if page.token(subject).dep == Dep::Nsubjpass {
            return if done.act == Act::Accuse {
                self.agent(verb)
            } else {
                self.named(subject, "subject of the clause")
            };
        }
        if done.act == Act::Accuse && !self.can_do_wrong(subject) {
            return None;
        }
        self.named(subject, "subject of the clause")
    }

    /// The nearest verb above a word.
    fn clause_of(&self, at: TokenId) -> TokenId {
        let mut at = at;
        for _ in 0..4 {
            if matches!(self.page.token(at).pos, Pos::Verb | Pos::Aux)
                && build::subject_of(self.page, at).is_some()
            {
                break;
            }
            at = self.page.token(at).head;
        }
        at
    }

    /// "by *three officers*"
    fn agent(&self, verb: TokenId) -> Option<Target> {
        const FARTHEST: TokenId = 15;
        let page = self.page;
        let [_, end] = page.sentence(verb);
        let by = (verb..end.min(verb + FARTHEST))
            .find(|at| page.is_child(*at, verb) && page.word(*at).eq_ignore_ascii_case("by"))?;
        let agent =
            (by + 1..end.min(by + FARTHEST)).find(|at| page.is_child(*at, by) && page.is_nominal(*at))?;
        self.named(agent, "agent of a passive clause")
    }

    fn object_after(&self, at: TokenId) -> Option<Target> {
        const FARTHEST: TokenId = 8;
        let page = self.page;
        let [_, end] = page.sentence(at);
        let object = (at..end.min(at + FARTHEST)).find(|next| {
            matches!(page.token(*next).dep, Dep::Dobj | Dep::Pobj | Dep::Dative) && page.is_nominal(*next)
        })?;
        self.named(object, "object of the clause")
    }

    /// Whether somebody can be blamed: not an event or a thing in the plain sense, but names, people and bodies.
    fn can_do_wrong(&self, subject: TokenId) -> bool {
        let page = self.page;
        page.is_proper(subject)
            || page.words.noun(&page.lemma(subject)).is_some()
            || self.source_at(self.phrase(subject), subject).is_some()
    }

    /// "*Mr. President*, will you": a speaker of the article between commas.
    fn vocative(&self, done: &Done) -> Option<Target> {
        const FARTHEST: usize = 24;
        let page = self.page;
        let near = done.content.len().saturating_sub(8);
        for (nth, at) in done.content.iter().copied().enumerate() {
            if nth > FARTHEST && nth < near || !page.is_proper(at) && page.token(at).pos != Pos::Noun {
                continue;
            }
            let first = page.left_edge(at);
            let before = done.content.first().is_none_or(|start| first <= *start)
                || matches!(
                    page.word(first.saturating_sub(1)).to_lowercase().as_str(),
                    "," | "and" | "but" | "so" | "well" | "“" | "—" | "on" | "thank" | "you"
                );
            let after = matches!(page.word(at + 1), "," | "?" | "." | "—" | "-" | "–");
            if before
                && after
                && page.token(at).dep != Dep::Conj
                && let Some(target) = self.named(at, "who is addressed")
                && target.source.is_some_and(|source| self.is_person(source))
            {
                return Some(target);
            }
        }
        None
    }

    /// In a transcript the question is for whoever speaks next.
    fn who_answers(&self, attribution: &Attribution, done: &Done) -> Option<Target> {
        const FARTHEST: usize = 6;
        if !attribution.is_layout() {
            return None;
        }
        let asker = self.identities.speakers.get(done.at)?.source;
        let next = self.attributions.iter().enumerate().skip(done.at + 1);
        let mut next = next.filter(|(_, other)| other.inside.is_none()).take(FARTHEST);
        let (at, answer) = next.find(|(at, other)| {
            let speaker = self.identities.speakers.get(*at).and_then(|speaker| speaker.source);
            other.is_layout() && !other.source.is_empty() && speaker != asker
        })?;
        let source = self.identities.speakers.get(at)?.source?;
        let name = self.identities.sources.get(source)?.name.clone();
        Some(Target { span: *answer.source.first()?, name, source: Some(source), rule: "who answers" })
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

fn is_part(page: &Page, attribution: &Attribution, at: TokenId) -> bool {
    let span = page.token(at).span;
    attribution.says(span) || attribution.names(span)
}
