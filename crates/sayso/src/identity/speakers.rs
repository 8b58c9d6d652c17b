//! From the source words of each attribution to who speaks.

use super::cast::{Being, BeingId, Cast};
use super::documents::{self, Issuer};
use super::functions::is_possessive_pronoun;
use super::page::Page;
use super::phrases::{Definite, Phrase, What};
use crate::attribution::{Attribution, Reason};
use crate::lexicon::PronounKind;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};
use std::collections::{HashMap, HashSet};

/// Who speaks, before the speakers are numbered as sources.
#[derive(Clone, Default)]
pub(super) struct Said {
    pub(super) who: Option<BeingId>,
    pub(super) with: Vec<BeingId>,
    pub(super) candidates: Vec<BeingId>,
    pub(super) why_unknown: Option<&'static str>,
    pub(super) score: f32,
    pub(super) because: Vec<Reason>,
    /// The several who speak as one: “two deputies”.
    pub(super) several: Option<BeingId>,
    /// A pronoun or the like that was resolved: a mention of its being.
    pub(super) mention: Option<Span>,
}

const NO_SOURCE: &str = "no source is named";
pub(super) const UNCLEAR: &str = "it is not clear whom the source words mean";
pub(super) const SEVERAL: &str = "the source words could mean more than one";
pub(super) const AUTHOR: &str = "the article speaks of its own author";
pub(super) const READER: &str = "the source words address the reader or listener";

/// Whose attributions have been read, and what the possessors of their sources are.
pub(super) struct Reading<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) phrases: &'a [Phrase],
    pub(super) attributions: &'a [Attribution],
    pub(super) said: Vec<Option<Said>>,
    /// Speakers so far outside other people's words.
    spoke: Vec<Spoke>,
    /// For possessive pronouns of sources: whom they mean. "his lawyer"
    pub(super) possessors: HashMap<TokenId, BeingId>,
    /// Whom source words mean that are no phrase: two attributions may share them.
    pub(super) wordings: HashMap<Span, BeingId>,
    /// The names of the cast by their words.
    pub(super) names: HashMap<String, BeingId>,
    /// Names as they stand in the article and whom each means; none where it means several.
    pub(super) called: HashMap<&'a str, Option<BeingId>>,
    /// For documents that spoke: who issued them.
    issuers: HashMap<BeingId, Option<BeingId>>,
}

/// Somebody who spoke, from which byte on, in which block and attribution.
pub(super) struct Spoke {
    from: usize,
    pub(super) who: BeingId,
    pub(super) block: u32,
    pub(super) at: usize,
}

/// Everything that was found about speakers.
pub(super) struct Found {
    pub(super) said: Vec<Said>,
    /// For possessive pronouns in descriptions of sources: whose they are.
    pub(super) possessors: HashMap<TokenId, BeingId>,
    /// Pronouns behind cues and in contents, and whom they mean: "praised *her* as", "said *they* lied".
    pub(super) objects: Vec<(Span, BeingId)>,
}

/// Reads the attributions in the order of the text.
pub(super) fn find(page: &Page, phrases: &[Phrase], cast: &mut Cast, attributions: &[Attribution]) -> Found {
    let mut reading = Reading {
        page,
        phrases,
        attributions,
        said: vec![None; attributions.len()],
        spoke: Vec::new(),
        possessors: HashMap::new(),
        wordings: HashMap::new(),
        names: documents::by_words(cast),
        called: called(page, phrases, cast),
        issuers: HashMap::new(),
    };
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    // what stands within another's words comes after it: "I" there is who speaks around it
    order.sort_by_cached_key(|at| {
        let (outermost, depth) = outermost(attributions, *at);
        (place(&attributions[outermost]), depth, place(&attributions[*at]), *at)
    });
    for at in order {
        reading.read(cast, at);
    }
    let objects = (0..attributions.len()).flat_map(|at| reading.objects(cast, at)).collect();
    let said = reading.said.into_iter().map(Option::unwrap_or_default).collect();
    Found { said, possessors: reading.possessors, objects }
}

/// Whom each name of the article means, by its words as they stand there.
fn called<'a>(page: &Page<'a>, phrases: &[Phrase], cast: &Cast) -> HashMap<&'a str, Option<BeingId>> {
    let mut called = HashMap::new();
    for (phrase, who) in phrases.iter().zip(&cast.who) {
        let What::Name(name) = &phrase.what else { continue };
        let known = called.entry(page.article.text.slice(name.span)).or_insert(*who);
        if *known != *who {
            *known = None;
        }
    }
    called
}

/// The attribution around all others that an attribution stands in, and how many there are.
fn outermost(attributions: &[Attribution], at: usize) -> (usize, usize) {
    const DEEPEST: usize = 16;
    let outwards =
        std::iter::successors(Some(at), |at| attributions[*at].inside.filter(|at| *at < attributions.len()));
    outwards.take(DEEPEST).enumerate().last().map_or((at, 0), |(depth, at)| (at, depth))
}

/// Where an attribution's speaker is asked for: at its source, else its cue, else its content.
fn place(attribution: &Attribution) -> usize {
    let first = attribution.source.first().or(attribution.cue.first()).or(attribution.content.first());
    first.map_or(0, |span| span.start())
}

impl Reading<'_> {
    fn read(&mut self, cast: &mut Cast, at: usize) {
        // quotations that go on lead back to the one that has a source; each is read once
        let mut chain = vec![at];
        while let Some(last) = chain.last().copied()
            && self.said[last].is_none()
            && self.attributions[last].source.is_empty()
            && let Some(before) = self.attributions[last].continues
            && before < self.attributions.len()
            && !chain.contains(&before)
            && chain.len() < 1000
        {
            chain.push(before);
        }
        for at in chain.into_iter().rev() {
            if self.said[at].is_none() {
                let said = self.speaker(cast, at);
                self.remember(at, &said);
                self.said[at] = Some(said);
            }
        }
    }

    fn remember(&mut self, at: usize, said: &Said) {
        let attribution = &self.attributions[at];
        let who = said.several.or(said.who).filter(|_| attribution.inside.is_none());
        let Some(who) = who else { return };
        let first = place(attribution);
        let token = self.page.tokens_in(Span::at(first, first + 1)).start;
        if let Some(token) = self.page.syntax.tokens.get(token as usize) {
            self.spoke.push(Spoke { from: first, who, block: token.block, at });
        }
    }

    fn speaker(&mut self, cast: &mut Cast, at: usize) -> Said {
        let attribution = &self.attributions[at];
        if attribution.source.is_empty() {
            return self.without_source(cast, at);
        }
        let Some(head) = self.source_head(&attribution.source) else { return unknown(UNCLEAR) };
        let said = self.meant_by(cast, at, head, 0);
        let mut said = self.through_document(cast, at, said);
        let source = attribution.source[0];
        let mut heads = vec![head];
        if let Some((named, name)) = self.name_behind(cast, &attribution.source, said.who) {
            said = named;
            heads.push(name);
        }
        if said.who.is_some() || !said.candidates.is_empty() {
            let others = heads.iter().flat_map(|head| self.joined(cast, *head, &attribution.source));
            for other in others.collect::<Vec<TokenId>>() {
                let more = self.meant_by(cast, at, other, 0);
                let more = self.through_document(cast, at, more);
                // "and fellow lawmaker Pia Holm"
                let rest = self.rest_from(other, &attribution.source);
                let more = self.name_behind(cast, &rest, more.who).map_or(more, |(named, _)| named);
                said.with.extend(more.who.filter(|id| Some(*id) != said.who));
            }
            let mut seen = HashSet::new();
            said.with.retain(|id| seen.insert(*id));
        }
        if said.because.is_empty() {
            said.because.push(Reason { field: "speaker", rule: "source words", span: source });
        }
        each_member(cast, said)
    }

    /// What a document says, its issuer says.
    fn through_document(&mut self, cast: &mut Cast, at: usize, said: Said) -> Said {
        let Some(issuer) = said.who.and_then(|who| self.issuer(cast, at, who)) else { return said };
        let span = self.attributions[at].source.first().copied();
        let because = span.map(|span| Reason { field: "speaker", rule: "the document’s issuer", span });
        Said {
            who: Some(issuer),
            mention: None,
            score: said.score * 0.95,
            because: because.into_iter().collect(),
            ..said
        }
    }

    /// Who issued a document, if that is known.
    fn issuer(&mut self, cast: &mut Cast, at: usize, document: BeingId) -> Option<BeingId> {
        if !documents::is_document(&cast.beings[document as usize]) {
            return None;
        }
        if let Some(known) = self.issuers.get(&document) {
            return *known;
        }
        let found = documents::issuer(self.page, self.phrases, cast, &self.names, document);
        let who = found.and_then(|issuer| match issuer {
            Issuer::Being(who) => Some(who),
            Issuer::Pronoun(token) => {
                self.possessor(cast, at, token);
                self.possessors.get(&token).copied()
            }
            Issuer::Words(span) => {
                let words = super::cast::name_words(self.page.article.text.slice(span));
                cast.beings.push(Being { words, wording: Some(span), ..Being::default() });
                Some(cast.beings.len() as BeingId - 1)
            }
        });
        self.issuers.insert(document, who);
        who
    }

    fn without_source(&mut self, cast: &mut Cast, at: usize) -> Said {
        let attribution = &self.attributions[at];
        if let Some(before) = attribution.continues.and_then(|before| self.said.get(before)?.clone()) {
            let span = attribution.content.first().copied();
            let because = span.map(|span| Reason { field: "speaker", rule: "the quotation goes on", span });
            let score = before.score * 0.95;
            return Said { because: because.into_iter().collect(), mention: None, score, ..before };
        }
        if let Some(said) = self.shared_subject(cast, at) {
            return said;
        }
        unknown(NO_SOURCE)
    }

    /// "The minister declined to talk, saying ...": the second cue hangs on the first and has its subject.
    fn shared_subject(&mut self, cast: &mut Cast, at: usize) -> Option<Said> {
        let cue = *self.attributions[at].cue.first()?;
        let tokens = self.page.tokens_in(cue);
        let verb = tokens.into_iter().find(|token| self.page.token(*token).pos == Pos::Verb)?;
        let token = self.page.token(verb);
        if !matches!(token.dep, Dep::Conj | Dep::Advcl) || token.tag == Tag::Vbn || token.head == verb {
            return None;
        }
        let above = self.page.token(token.head).span;
        const FARTHEST: usize = 20;
        let from = at.saturating_sub(FARTHEST);
        let outer = from
            + self.attributions[from..at].iter().rposition(|other| {
                !other.source.is_empty() && other.cue.iter().any(|cue| cue.contains(above))
            })?;
        let subject_of_its_own = (self.page.sentence(verb)[0]..verb)
            .any(|child| self.page.is_child(child, verb) && self.page.is_subject(child));
        if subject_of_its_own {
            return None;
        }
        self.read(cast, outer);
        let said = self.said[outer].clone()?;
        said.who?;
        let because = vec![Reason { field: "speaker", rule: "the subject of the verb above", span: above }];
        Some(Said { because, mention: None, score: said.score * 0.9, ..said })
    }

    /// Whom a token of the source words means.
    pub(super) fn meant_by(&mut self, cast: &mut Cast, at: usize, head: TokenId, depth: u8) -> Said {
        let page = self.page;
        let word = page.word(head).to_lowercase();
        let span = page.token(head).span;
        match page.pronoun(head) {
            Some(PronounKind::First) => return self.first_person(at, span),
            Some(PronounKind::Second) => return self.second_person(cast, at, span),
            Some(PronounKind::Relative) if depth < 2 => return self.relative(cast, at, head, depth),
            Some(PronounKind::Relative) => return unknown(UNCLEAR),
            Some(
                kind @ (PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many),
            ) => {
                let found = self.pronoun(cast, at, head, kind);
                if word != "both" || found.who.is_some() {
                    return found;
                }
            }
            None => {}
        }
        let Some(phrase) = self.phrase_of(head) else { return self.by_words(cast, head, at) };
        if let Some(several) = cast.either.get(&(phrase as u32)) {
            let candidates = several.clone();
            if let Some(said) = self.holder_who_spoke(at, head, phrase, &candidates) {
                return said;
            }
            return Said { candidates, why_unknown: Some(SEVERAL), ..Said::default() };
        }
        let Some(who) = cast.who[phrase] else { return self.by_words(cast, head, at) };
        let (rule, score) = match &self.phrases[phrase].what {
            What::Name(_) => ("name", 0.97),
            What::Description(description) => {
                if let Definite::Possessed(possessor) = description.definite
                    && is_possessive_pronoun(page, possessor)
                {
                    self.possessor(cast, at, possessor);
                    if let Some(said) = self.inverse(cast, at, head) {
                        return said;
                    }
                }
                if cast.beings[who as usize].is_named() { ("function", 0.9) } else { ("description", 0.9) }
            }
            What::Pronoun(_) => ("pronoun", 0.7),
        };
        let because = vec![Reason {
            field: "speaker",
            rule,
            span: page.span(self.phrases[phrase].first, self.phrases[phrase].end),
        }];
        Said { who: Some(who), score, because, ..Said::default() }
    }

    /// “..., said President Orr. The president also explained”: of several presidents the one who spoke right before.
    fn holder_who_spoke(&self, at: usize, head: TokenId, phrase: usize, several: &[BeingId]) -> Option<Said> {
        const FARTHEST: u32 = 1;
        if !matches!(self.phrases[phrase].what, What::Description(_)) {
            return None;
        }
        let (_, last) = self.setting(at, head);
        let (who, block) = last.filter(|(who, _)| several.contains(who))?;
        let is_near = self.page.token(head).block.saturating_sub(block) <= FARTHEST;
        let span = self.page.span(self.phrases[phrase].first, self.phrases[phrase].end);
        let because = vec![Reason { field: "speaker", rule: "the one who spoke before", span }];
        is_near.then(|| Said { who: Some(who), score: 0.75, because, mention: Some(span), ..Said::default() })
    }

    /// Who spoke last before a byte.
    pub(super) fn spoke_before(&self, byte: usize) -> Option<&Spoke> {
        self.spoke.iter().rev().find(|spoke| spoke.from < byte)
    }

    pub(super) fn outer(&self, at: usize) -> Option<&Said> {
        self.said.get(self.attributions[at].inside?)?.as_ref()
    }
}

/// Those whom “two deputies” are, where the article lists them.
fn each_member(cast: &Cast, said: Said) -> Said {
    match said.who.map(|who| &cast.beings[who as usize].members[..]) {
        Some([first, rest @ ..]) => {
            let mut with = rest.to_vec();
            with.extend(said.with.iter().filter(|id| *id != first && !rest.contains(id)));
            Said { who: Some(*first), with, several: said.who, mention: None, ..said }
        }
        _ => said,
    }
}

pub(super) fn unknown(why: &'static str) -> Said {
    Said { why_unknown: Some(why), ..Said::default() }
}
