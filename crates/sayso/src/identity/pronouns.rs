//! Whom pronouns among source words mean: “he”, “who”, “they”, “his”.
//!
//! In: an attribution and the pronoun. Out: who speaks, several candidates, or nobody. [`antecedent`] weighs whom one can mean; here stands what
//! the attributions around it say.

use super::antecedent::{self, Meant, Setting};
use super::cast::{BeingId, Cast};
use super::documents::{self, Issuer};
use super::members;
use super::phrases::What;
use super::speakers::{Reading, SEVERAL, Said, UNCLEAR, unknown};
use crate::attribution::Reason;
use crate::lexicon::{Gender, NounClass, PronounKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos};

impl Reading<'_> {
    /// "The ministry's statement blamed him. It asked ...": a document and its issuer are no two who could be meant.
    fn one_voice(&self, cast: &Cast, candidates: Vec<BeingId>) -> Meant {
        let documents = candidates.iter().filter(|id| documents::is_document(&cast.beings[**id as usize]));
        let issuer = |id: &BeingId| match documents::issuer(self.page, self.phrases, cast, &self.names, *id) {
            Some(Issuer::Being(who)) => Some(who),
            Some(Issuer::Pronoun(_) | Issuer::Words(_)) | None => None,
        };
        let issued: Vec<(BeingId, BeingId)> = documents.filter_map(|id| Some((*id, issuer(id)?))).collect();
        let voice =
            |id: &BeingId| issued.iter().find(|(document, _)| document == id).map_or(*id, |(_, who)| *who);
        let first = candidates.first().map(voice);
        match (candidates.first(), candidates.iter().all(|id| Some(voice(id)) == first)) {
            (Some(one), true) => Meant::One(*one, 0.8),
            _ => Meant::Several(candidates),
        }
    }

    /// "who", "which": the noun that the clause hangs on.
    pub(super) fn relative(&mut self, cast: &mut Cast, at: usize, head: TokenId, depth: u8) -> Said {
        if let Some(noun) = self.clause_noun(head) {
            let noun = self.somebody(cast, noun, head);
            let said = self.meant_by(cast, at, noun, depth + 1);
            return self.or_holder(cast, noun, head, said);
        }
        // the noun right before it
        let before = self.phrases.partition_point(|phrase| phrase.head < head);
        match before.checked_sub(1).map(|before| self.phrases[before].head).filter(|noun| head - noun <= 3) {
            Some(noun) => {
                let noun = self.somebody(cast, noun, head);
                self.meant_by(cast, at, noun, depth + 1)
            }
            None => unknown(UNCLEAR),
        }
    }

    /// The noun that the clause of a relative pronoun hangs on.
    fn clause_noun(&self, pronoun: TokenId) -> Option<TokenId> {
        const HIGHEST: usize = 6;
        let page = self.page;
        let mut above = page.token(pronoun).head;
        for _ in 0..HIGHEST {
            let token = page.token(above);
            if matches!(token.dep, Dep::Relcl | Dep::Acl) {
                return Some(token.head);
            }
            above = token.head;
        }
        None
    }

    /// “members of the League who said”, “president of the Foundation for Lake Peace, who”: up from what can be nobody to what can.
    fn somebody(&self, cast: &Cast, noun: TokenId, pronoun: TokenId) -> TokenId {
        const MOST_STEPS: usize = 4;
        let page = self.page;
        if !page.word(pronoun).eq_ignore_ascii_case("who") {
            return noun;
        }
        let mut at = noun;
        for _ in 0..MOST_STEPS {
            let Some(phrase) = self.phrase_of(at) else { return noun };
            let around =
                self.phrases[..phrase].iter().rev().take(MOST_STEPS).find(|other| match &other.what {
                    What::Name(name) => name.span.contains(page.token(at).span),
                    What::Description(_) | What::Pronoun(_) => false,
                });
            let can_be = |who: BeingId| {
                cast.beings[who as usize].can_be_person() || cast.beings[who as usize].is_plural
            };
            let link = page.token(at).head;
            at = match around {
                Some(around) => around.head,
                // "opponents on the left, who"
                None if cast.who[phrase].map_or_else(|| page.is_human_noun(at), can_be) => return at,
                // "by opponents on the left", where the tree hangs "on" on the verb
                None if page.token(link).pos == Pos::Adp
                    && link > 0
                    && page.words.noun(&page.lemma(link - 1)).is_some_and(NounClass::is_human) =>
                {
                    link - 1
                }
                None if page.token(link).pos == Pos::Adp && page.token(link).head < at => {
                    page.token(link).head
                }
                None => return noun,
            };
        }
        noun
    }

    /// “a niece of Senator Pia Holm, who said”: of two people before a “who” either can be meant.
    fn or_holder(&self, cast: &Cast, noun: TokenId, pronoun: TokenId, said: Said) -> Said {
        let page = self.page;
        let link = page.token(noun).head;
        let holder = page.token(link).head;
        let is_of = page.token(noun).dep == Dep::Pobj && matches!(page.word(link), "of" | "for" | "to");
        let before = pronoun.checked_sub(1).map_or("", |at| page.word(at));
        let is_loose = before == "," && page.word(pronoun).eq_ignore_ascii_case("who");
        if !is_of || !is_loose || !page.is_human_noun(holder) {
            return said;
        }
        let other = self.phrase_of(holder).and_then(|phrase| cast.who[phrase]);
        match (said.who, other) {
            (Some(one), Some(other)) if one != other && cast.beings[one as usize].can_be_person() => {
                Said { candidates: vec![other, one], why_unknown: Some(SEVERAL), ..Said::default() }
            }
            _ => said,
        }
    }

    pub(super) fn setting(&self, at: usize, token: TokenId) -> (Option<BeingId>, Option<(BeingId, u32)>) {
        let byte = self.page.token(token).span.start();
        let last = self.spoke_before(byte).map(|spoke| (spoke.who, spoke.block));
        (self.outer(at).and_then(|said| said.who), last)
    }

    pub(super) fn pronoun(&mut self, cast: &mut Cast, at: usize, token: TokenId, kind: PronounKind) -> Said {
        let (outer, last_speaker) = self.setting(at, token);
        let content = &self.attributions[at].content;
        let asked = self.asked_around(cast, at);
        let never = self.asker(at, token);
        let setting = Setting { at: token, content, outer, never, last_speaker, asked };
        let span = self.page.token(token).span;
        let meant = match antecedent::of(self.page, self.phrases, cast, kind, &setting) {
            Meant::Several(candidates) => self.one_voice(cast, candidates),
            meant => meant,
        };
        if kind == PronounKind::Many
            && !matches!(meant, Meant::One(..))
            && let [first, rest @ ..] = &self.together(cast, token)[..]
        {
            let because = vec![Reason { field: "speaker", rule: "the people named before", span }];
            let with = rest.to_vec();
            return Said { who: Some(*first), with, score: 0.75, because, ..Said::default() };
        }
        match meant {
            Meant::One(who, score) => {
                cast.beings[who as usize].learn(kind.gender(), 2);
                if let Some(phrase) = self.phrase_of(token) {
                    cast.who[phrase] = Some(who);
                }
                let because = vec![Reason { field: "speaker", rule: "pronoun", span }];
                Said { who: Some(who), score, because, mention: Some(span), ..Said::default() }
            }
            Meant::Several(candidates) => Said { candidates, why_unknown: Some(SEVERAL), ..Said::default() },
            Meant::Nobody => unknown(UNCLEAR),
        }
    }

    /// “... a voter asked. “I will,” *she* replied”: who asked right before does not answer.
    fn asker(&self, at: usize, token: TokenId) -> Option<BeingId> {
        let page = self.page;
        let lemma = |at: usize| {
            let mut cue = self.attributions[at].cue.iter().flat_map(|span| page.tokens_in(*span));
            cue.find(|at| page.token(*at).pos == Pos::Verb).map(|verb| page.lemma(verb)).unwrap_or_default()
        };
        let is_answer = matches!(&*lemma(at), "reply" | "answer" | "respond");
        let last = self.spoke_before(page.token(token).span.start()).filter(|_| is_answer)?;
        (lemma(last.at) == "ask" && page.token(token).block <= last.block + 1).then_some(last.who)
    }

    /// Whom the cue of the words around an attribution asks, accuses, warns.
    fn asked_around(&self, cast: &Cast, at: usize) -> Option<BeingId> {
        let page = self.page;
        let cue = self.attributions.get(self.attributions[at].inside?)?.cue.first()?;
        let verb = page.tokens_in(*cue).find(|verb| {
            matches!(
                &*page.lemma(*verb),
                "ask" | "question" | "press" | "accuse" | "criticize" | "criticise" | "warn"
            )
        })?;
        let [_, end] = page.sentence(verb);
        let object = (verb + 1..end.min(verb + 8)).find(|object| {
            page.is_child(*object, verb) && matches!(page.token(*object).dep, Dep::Dobj | Dep::Dative)
        })?;
        self.phrase_of(object).and_then(|phrase| cast.who[phrase])
    }

    /// The people named together before a “they”: as subjects, or as those who spoke last.
    fn together(&self, cast: &Cast, token: TokenId) -> Vec<BeingId> {
        let subjects = members::subjects_before(self.page, self.phrases, cast, token);
        if !subjects.is_empty() {
            return subjects;
        }
        let (byte, block) = (self.page.token(token).span.start(), self.page.token(token).block);
        let last = self.spoke_before(byte).filter(|spoke| (spoke.block..=spoke.block + 1).contains(&block));
        match last.and_then(|spoke| self.said[spoke.at].as_ref()) {
            Some(Said { who: Some(who), with, .. }) if !with.is_empty() => {
                std::iter::once(*who).chain(with.iter().copied()).collect()
            }
            _ => subjects,
        }
    }

    /// Finds out whose "his" is in "his lawyer".
    pub(super) fn possessor(&mut self, cast: &mut Cast, at: usize, token: TokenId) {
        let Some(kind) = self.page.pronoun(token) else { return };
        let found = match kind {
            PronounKind::First => self.outer(at).and_then(|said| said.who),
            PronounKind::Second => None,
            // "Ostrania, whose leaders have called for war"
            PronounKind::Relative => {
                let noun = self.clause_noun(token).and_then(|noun| self.phrase_of(noun));
                noun.and_then(|phrase| cast.who[phrase])
            }
            PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many => {
                self.subject_behind(cast, at, token, kind).or_else(|| self.pronoun(cast, at, token, kind).who)
            }
        };
        if let Some(id) = found {
            self.possessors.insert(token, id);
        }
    }

    /// "According to his publicist, Osk died": whoever the sentence is about.
    fn subject_behind(&self, cast: &Cast, at: usize, token: TokenId, kind: PronounKind) -> Option<BeingId> {
        const FARTHEST: TokenId = 14;
        let page = self.page;
        let one = &self.attributions[at];
        let [first, _] = page.sentence(token);
        let is_fronted = one.cue.first().is_some_and(|cue| page.tokens_in(*cue).start == first)
            && page.word(first).eq_ignore_ascii_case("according");
        let content = page.tokens_in(*one.content.first()?);
        let subject = (content.start..content.end.min(content.start + FARTHEST))
            .find(|at| page.is_subject(*at) && page.token(page.token(*at).head).dep == Dep::Root)?;
        let who = cast.who[self.phrase_of(subject).filter(|_| is_fronted && subject > token)?]?;
        let being = &cast.beings[who as usize];
        let fits = being.can_be_person() && being.gender().is_none_or(|own| Some(own) == kind.gender());
        (fits && kind.gender().is_some()).then_some(who)
    }

    /// "her client", in the words of somebody’s lawyer, is that somebody.
    pub(super) fn inverse(&mut self, cast: &Cast, at: usize, head: TokenId) -> Option<Said> {
        let speakers = self.page.words.inverse(&self.page.lemma(head));
        let lawyer = &cast.beings[self.outer(at)?.who? as usize];
        let role = lawyer.roles.first().filter(|role| speakers.contains(&role.lemma))?;
        let pronoun = self.page.tokens_in(role.span).start.checked_sub(1)?;
        let who = *self.possessors.get(&pronoun)?;
        let span = self.page.token(head).span;
        let because = vec![Reason { field: "speaker", rule: "who the other speaks for", span }];
        Some(Said { who: Some(who), score: 0.8, because, mention: Some(span), ..Said::default() })
    }
}

impl PronounKind {
    fn gender(self) -> Option<Gender> {
        match self {
            Self::Male => Some(Gender::Male),
            Self::Female => Some(Gender::Female),
            Self::Thing | Self::Many | Self::First | Self::Second | Self::Relative => None,
        }
    }
}
