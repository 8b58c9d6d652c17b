//! Constructions that point at a target: objects of the cue, passives, owners of deeds, who is to act, vocatives.

use super::candidates::{Candidate, Found};
use super::{Reading, Seen};
use crate::act::build;
use crate::attribution::Attribution;
use crate::identity::Page;
use crate::lexicon::{self, Act, PronounKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

const TO_BLAME: &str = "who is to blame";
const OBJECT: &str = "object of the cue";
const PASSIVE: &str = "subject of a passive cue";

impl Candidate {
    /// Whether a construction names it that hardly leaves another choice.
    pub(super) fn is_pointed_at(&self, act: Act) -> bool {
        self.signs.contains(PASSIVE)
            || act == Act::Accuse && self.signs.contains(TO_BLAME)
            || matches!(act, Act::Accuse | Act::Condemn | Act::CallFor | Act::Demand)
                && self.signs.contains(OBJECT)
    }
}

impl Reading<'_> {
    /// Notes every phrase that a construction points at.
    pub(super) fn constructions(&self, seen: &Seen, found: &mut Found) {
        let Some(attribution) = self.attributions.get(seen.at) else { return };
        let mut note = |head: Option<TokenId>, rule: &'static str| {
            if let Some(head) = head {
                found.by(head, rule);
            }
        };
        // "told *him* that" is no "accused *him* of"
        let object = if seen.is_named { OBJECT } else { "who is told" };
        note(self.object_of_cue(attribution, seen), object);
        note(self.who_was_asked(attribution, seen), "who was asked");
        note(self.passive_subject(attribution, seen), PASSIVE);
        let object = self.content_object(seen);
        note(object.filter(|_| seen.is_named), "object in the content");
        note(object.and_then(|head| self.owner(head)), "owner of the object");
        note(self.who_is_to_act(seen), "who is to act");
        note(self.vocative(seen), "who is addressed");
        for matched in seen.by_content {
            let Some(at) = self.page.tokens_in(matched.span).next() else { continue };
            let last = self.page.tokens_in(matched.span).last().unwrap_or(at);
            let entry = &lexicon::acts().entries()[matched.entry];
            if entry.act == Act::Accuse {
                self.blamed(at, last, entry.sure, &mut note);
            } else {
                self.of_match(at, last, &mut note);
            }
        }
    }

    /// "accused *the rebels* of", "called on *both*", "asked *the mayor* whether"
    fn object_of_cue(&self, attribution: &Attribution, seen: &Seen) -> Option<TokenId> {
        const FARTHEST: TokenId = 12;
        let page = self.page;
        let verb = crate::act::main_word(page, seen.cue)?;
        if let Some(blamed) = self.blamed_on(verb, seen) {
            return Some(blamed);
        }
        let [first, end] = page.sentence(verb);
        // "the militia, *which* the mayor accused of": the noun that it stands for
        let is_relative = |at: TokenId| {
            page.is_child(at, verb)
                && page.token(at).dep == Dep::Dobj
                && page.word(at).to_lowercase().starts_with("wh")
        };
        if page.token(verb).dep == Dep::Relcl
            && (first.max(verb.saturating_sub(FARTHEST))..verb).any(is_relative)
        {
            return Some(page.token(verb).head);
        }
        let mut preposition = None;
        for at in verb + 1..end.min(verb + FARTHEST) {
            let token = page.token(at);
            if attribution.says(token.span) || attribution.names(token.span) {
                continue;
            }
            match token.dep {
                Dep::Dobj | Dep::Dative | Dep::Pobj if token.head == verb && page.is_nominal(at) => {
                    return Some(at);
                }
                // "urged the government to free the miners": the parser makes it the subject of "free"
                Dep::Nsubj
                    if page.token(token.head).head == verb && token.head > at && page.is_nominal(at) =>
                {
                    return Some(at);
                }
                Dep::Prep | Dep::Dative | Dep::Prt
                    if token.head == verb
                        && matches!(page.word(at), "on" | "upon" | "to" | "at" | "with") =>
                {
                    preposition = Some(at);
                }
                Dep::Pobj if Some(token.head) == preposition => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// "blamed the fire on *smugglers*": the object is what was done.
    fn blamed_on(&self, verb: TokenId, seen: &Seen) -> Option<TokenId> {
        const FARTHEST: usize = 12;
        let page = self.page;
        let on = seen.content.first().filter(|at| page.word(**at) == "on" && page.lemma(verb) == "blame")?;
        let is_blamed = |at: &TokenId| page.is_nominal(*at) && page.is_child(*at, *on);
        seen.content.iter().copied().take(FARTHEST).find(is_blamed)
    }

    /// "Asked whether he would stay, *Hale* said": who answers in the clause that the question hangs on.
    fn who_was_asked(&self, attribution: &Attribution, seen: &Seen) -> Option<TokenId> {
        let page = self.page;
        let verb = crate::act::main_word(page, seen.cue).filter(|_| attribution.source.is_empty())?;
        let answer = page.token(verb).head;
        let hangs = page.token(verb).tag == Tag::Vbn && answer > verb;
        build::subject_of(page, answer).filter(|subject| hangs && *subject > verb)
    }

    /// "*Hale* was accused of piracy", "*Mayor* accused of theft"
    fn passive_subject(&self, attribution: &Attribution, seen: &Seen) -> Option<TokenId> {
        const FARTHEST: TokenId = 30;
        let page = self.page;
        let verb = crate::act::main_word(page, seen.cue)?;
        let [first, _] = page.sentence(verb);
        let is_bare = attribution.source.is_empty() && page.token(verb).tag != Tag::Vb;
        if is_bare && page.token(verb).dep == Dep::Acl && page.token(verb).head < verb {
            return Some(page.token(verb).head);
        }
        let is_subject = |at: TokenId| match page.token(at).dep {
            Dep::Nsubjpass => true,
            Dep::Nsubj => is_bare && matches!(&*page.lemma(verb), "accuse" | "charge" | "suspect"),
            _ => false,
        };
        let subject = (first.max(verb.saturating_sub(FARTHEST))..verb)
            .rev()
            .find(|at| page.is_child(*at, verb) && is_subject(*at))?;
        Some(subject).filter(|at| !attribution.names(page.token(*at).span))
    }

    /// "condemned *the raid*", "called *the raid* “criminal”": the object that the content is or starts with.
    fn content_object(&self, seen: &Seen) -> Option<TokenId> {
        const FARTHEST: usize = 25;
        let page = self.page;
        let mut words = seen.content.iter().copied().take(FARTHEST);
        let first = words.clone().find(|at| !matches!(page.token(*at).pos, Pos::Punct | Pos::Space))?;
        // "for the fire", "that the boats were late": no object
        if matches!(page.token(first).pos, Pos::Adp | Pos::Sconj | Pos::Part | Pos::Verb) {
            return None;
        }
        words.find(|at| {
            page.is_nominal(*at)
                && !matches!(page.token(*at).dep, Dep::Poss | Dep::Compound | Dep::Nmod | Dep::Amod)
        })
    }

    /// Whose deed it is: "*Hale*'s refusal".
    fn owner(&self, head: TokenId) -> Option<TokenId> {
        let page = self.page;
        (page.left_edge(head)..head)
            .rev()
            .find(|at| page.is_child(*at, head) && page.token(*at).dep == Dep::Poss)
    }

    /// "wants *the valleys* to secede", "demanded that *the army* open its logs"
    fn who_is_to_act(&self, seen: &Seen) -> Option<TokenId> {
        const FARTHEST: usize = 20;
        let page = self.page;
        let verb = |at: TokenId| page.token(at).head;
        let subject = seen
            .content
            .iter()
            .copied()
            .take(FARTHEST)
            .find(|at| page.is_subject(*at) && page.is_nominal(*at) && verb(*at) > *at)?;
        // "that the vote be held": nobody is asked
        if page.token(subject).dep == Dep::Nsubjpass { self.agent(verb(subject)) } else { Some(subject) }
    }

    /// Who did what words of blame tell: "*the rebels* were behind the fire", "the fire was set by *rebels*", "the raid bears the hallmarks of *rebels*".
    fn blamed(
        &self,
        first: TokenId,
        last: TokenId,
        is_sure: bool,
        note: &mut impl FnMut(Option<TokenId>, &'static str),
    ) {
        let page = self.page;
        let verb = self.clause_of(first);
        let Some(subject) = build::subject_of(page, verb) else { return };
        let rule = if is_sure { TO_BLAME } else { "who may be to blame" };
        // "the rebels were involved and are responsible": only a participle makes a passive
        if page.token(subject).dep == Dep::Nsubjpass && page.token(verb).tag == Tag::Vbn {
            note(self.agent(verb), rule);
        } else if self.can_do_wrong(subject) {
            note(Some(subject), rule);
        } else {
            note(self.object_after(last + 1), rule);
        }
    }

    /// Whether somebody can be blamed: not an event or a thing, but names, people and bodies.
    fn can_do_wrong(&self, subject: TokenId) -> bool {
        let page = self.page;
        page.is_proper(subject)
            || page.pronoun(subject).is_some()
            || page.words.noun(&page.lemma(subject)).is_some()
            || self.source_at(self.phrase(subject), subject).is_some()
    }

    /// The subject of the clause whose words decided; of a passive clause, by whom it was done.
    fn of_match(&self, first: TokenId, last: TokenId, note: &mut impl FnMut(Option<TokenId>, &'static str)) {
        let page = self.page;
        let verb = self.clause_of(first);
        let Some(subject) = build::subject_of(page, verb) else { return };
        if page.pronoun(subject) == Some(PronounKind::First) {
            // "I thank the crew", "we support the plan"
            note(self.object_after(last), "object of the clause");
        } else if page.token(subject).dep == Dep::Nsubjpass {
            note(self.agent(verb), "agent of a passive clause");
            note(Some(subject), "subject of a passive clause");
        } else {
            note(Some(subject), "subject of the clause");
            note(self.object_after(last), "object after the words");
        }
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
    fn agent(&self, verb: TokenId) -> Option<TokenId> {
        const FARTHEST: TokenId = 15;
        let page = self.page;
        let [_, end] = page.sentence(verb);
        let by = (verb..end.min(verb + FARTHEST))
            .find(|at| page.is_child(*at, verb) && page.word(*at).eq_ignore_ascii_case("by"))?;
        (by + 1..end.min(by + FARTHEST)).find(|at| page.is_child(*at, by) && page.is_nominal(*at))
    }

    fn object_after(&self, at: TokenId) -> Option<TokenId> {
        const FARTHEST: TokenId = 8;
        let page = self.page;
        let [_, end] = page.sentence(at.min(page.end().saturating_sub(1)));
        (at..end.min(at + FARTHEST)).find(|next| {
            matches!(page.token(*next).dep, Dep::Dobj | Dep::Pobj | Dep::Dative) && page.is_nominal(*next)
        })
    }

    /// "*Mr. President*, will you": a speaker of the article between commas.
    fn vocative(&self, seen: &Seen) -> Option<TokenId> {
        const FARTHEST: usize = 24;
        let page = self.page;
        let near = seen.content.len().saturating_sub(8);
        let is_near = |nth: usize| nth <= FARTHEST || nth >= near;
        let words = seen.content.iter().copied().enumerate().filter(|(nth, _)| is_near(*nth));
        let is_noun = |at: &TokenId| page.is_proper(*at) || page.token(*at).pos == Pos::Noun;
        words.map(|(_, at)| at).filter(is_noun).find(|at| {
            is_set_off(page, *at, seen.content.first().copied())
                && page.token(*at).dep != Dep::Conj
                && self
                    .named(*at, "who is addressed")
                    .and_then(|target| target.source)
                    .is_some_and(|source| self.is_person(source))
        })
    }
}

/// Whether a noun stands between commas, or as good as.
fn is_set_off(page: &Page, at: TokenId, start: Option<TokenId>) -> bool {
    let first = page.left_edge(at);
    let before = start.is_none_or(|start| first <= start)
        || matches!(
            page.word(first.saturating_sub(1)).to_lowercase().as_str(),
            "," | "and" | "but" | "so" | "well" | "“" | "—" | "on" | "thank" | "you"
        );
    before && matches!(page.word(at + 1), "," | "?" | "." | "—" | "-" | "–")
}
