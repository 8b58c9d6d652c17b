//! From the source words of each attribution to who speaks.

use super::antecedent::{self, Meant, Setting};
use super::cast::{Being, BeingId, Cast};
use super::documents::{self, Issuer};
use super::functions::is_possessive_pronoun;
use super::page::Page;
use super::phrases::{Definite, Phrase, What};
use crate::attribution::{Attribution, Reason};
use crate::lexicon::{Gender, NounClass, PronounKind};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};
use std::collections::HashMap;

/// Who speaks, before the speakers are numbered as sources.
#[derive(Clone, Default)]
pub(super) struct Said {
    pub(super) who: Option<BeingId>,
    pub(super) with: Vec<BeingId>,
    pub(super) candidates: Vec<BeingId>,
    pub(super) why_unknown: Option<&'static str>,
    pub(super) score: f32,
    pub(super) because: Vec<Reason>,
    /// A pronoun or the like that was resolved: a mention of its being.
    pub(super) mention: Option<Span>,
}

const NO_SOURCE: &str = "no source is named";
const UNCLEAR: &str = "it is not clear whom the source words mean";
const SEVERAL: &str = "the source words could mean more than one";
const AUTHOR: &str = "the article speaks of its own author";
const READER: &str = "the source words address the reader or listener";

/// Whose attributions have been read, and what the possessors of their sources are.
pub(super) struct Reading<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) phrases: &'a [Phrase],
    pub(super) attributions: &'a [Attribution],
    pub(super) said: Vec<Option<Said>>,
    /// Speakers so far outside other people's words: first byte, being, block.
    spoke: Vec<(usize, BeingId, u32)>,
    /// For possessive pronouns of sources: whom they mean. "his lawyer"
    pub(super) possessors: HashMap<TokenId, BeingId>,
    /// Whom source words mean that are no phrase: two attributions may share them.
    wordings: HashMap<Span, BeingId>,
    /// The names of the cast by their words.
    names: HashMap<String, BeingId>,
    /// For documents that spoke: who issued them.
    issuers: HashMap<BeingId, Option<BeingId>>,
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
        let Some(who) = said.who.filter(|_| attribution.inside.is_none()) else { return };
        let first = place(attribution);
        let token = self.page.tokens_in(Span::at(first, first + 1)).start;
        if let Some(token) = self.page.syntax.tokens.get(token as usize) {
            self.spoke.push((first, who, token.block));
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
        if let Some(named) = self.name_behind(cast, head, &attribution.source, said.who) {
            said = named;
        }
        if said.who.is_some() || !said.candidates.is_empty() {
            for other in self.joined(head, &attribution.source) {
                let more = self.meant_by(cast, at, other, 0);
                let more = self.through_document(cast, at, more);
                said.with.extend(more.who.filter(|id| Some(*id) != said.who));
            }
        }
        if said.because.is_empty() {
            said.because.push(Reason { field: "speaker", rule: "source words", span: source });
        }
        said
    }

    /// “Mayor of London Sadiq Khan”, “Ryanair CEO, Michael O’Leary”: the person whose name ends the source words.
    fn name_behind(&self, cast: &Cast, head: TokenId, source: &[Span], who: Option<BeingId>) -> Option<Said> {
        let page = self.page;
        let is_person = |being: &Being| being.is_named() && being.can_be_person() && being.words.len() > 1;
        let is_one = page.is_human_noun(head) || self.phrase_of(head).is_none();
        if !is_one || page.token(head).tag == Tag::Nns || source.len() != 1 {
            return None;
        }
        let tokens = page.tokens_in(source[0]);
        let last = tokens.end.checked_sub(1).filter(|last| *last > head || self.phrase_of(head).is_none())?;
        let at = self.phrase_of(last)?;
        let What::Name(name) = &self.phrases[at].what else { return None };
        let named = cast.who[at].filter(|id| Some(*id) != who && is_person(&cast.beings[*id as usize]))?;
        let first = if name.has_title { self.phrases[at].first } else { name.first };
        let before = first.checked_sub(1).filter(|before| *before >= tokens.start)?;
        let token = page.token(before);
        // "the union's president, Lev Adair, and its director, Corin Faul"
        let is_list = (tokens.start..before).any(|at| page.token(at).tag == Tag::Cc);
        let follows = !is_list
            && match token.pos {
                Pos::Noun | Pos::Propn => true,
                Pos::Punct => {
                    page.word(before) == "," && !page.is_human_noun(before.saturating_sub(1))
                        || before == head + 1
                }
                Pos::Cconj => name.has_title,
                _ => false,
            };
        let because =
            vec![Reason { field: "speaker", rule: "the name behind the function", span: name.span }];
        follows.then(|| Said { who: Some(named), score: 0.85, because, ..Said::default() })
    }

    /// What a document says, its issuer says.
    fn through_document(&mut self, cast: &mut Cast, at: usize, said: Said) -> Said {
        let Some(document) = said.who.filter(|who| documents::is_document(&cast.beings[*who as usize]))
        else {
            return said;
        };
        let known = self.issuers.get(&document).copied();
        let issuer = known.unwrap_or_else(|| {
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
        });
        let Some(issuer) = issuer else { return said };
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

    /// The token of the source words that the others hang on.
    fn source_head(&self, source: &[Span]) -> Option<TokenId> {
        let page = self.page;
        let within = |at: TokenId| source.iter().any(|span| span.contains(page.token(at).span));
        let mut best: Option<(u8, TokenId)> = None;
        for at in source.iter().flat_map(|span| page.tokens_in(*span)) {
            let token = page.token(at);
            let is_top = token.head == at || !within(token.head);
            let nominal = page.is_nominal(at) || page.pronoun(at).is_some();
            let phrase = self.phrase_of(at).is_some();
            let rank = match (is_top, nominal || phrase) {
                (true, true) => 0,
                (false, true) if phrase => 1,
                (false, true) => 2,
                (true, false) => 3,
                (false, false) => 4,
            };
            if token.pos != Pos::Punct
                && token.pos != Pos::Space
                && best.is_none_or(|(other, _)| rank < other)
            {
                best = Some((rank, at));
            }
        }
        best.map(|(_, at)| at)
    }

    pub(super) fn phrase_of(&self, head: TokenId) -> Option<usize> {
        self.phrases.binary_search_by_key(&head, |phrase| phrase.head).ok()
    }

    /// Other speakers joined by "and".
    fn joined(&self, head: TokenId, source: &[Span]) -> Vec<TokenId> {
        let page = self.page;
        let mut heads = vec![head];
        for at in source.iter().flat_map(|span| page.tokens_in(*span)) {
            let token = page.token(at);
            let is_name = |at: TokenId| {
                self.phrase_of(at).is_some_and(|phrase| matches!(self.phrases[phrase].what, What::Name(_)))
            };
            // "Ana Rook, Pia Holm and Greet Maas": the parser may hang the second on the first as its apposition
            let listed = token.dep == Dep::Conj
                || token.dep == Dep::Appos
                    && is_name(at)
                    && is_name(token.head)
                    && !page.is_human_noun(token.head);
            let listed = listed && !page.is_one_name(token.head, at);
            if listed && heads.contains(&token.head) && page.is_nominal(at) && heads.len() < 12 {
                heads.push(at);
            }
        }
        heads.split_off(1)
    }

    /// Whom a token of the source words means.
    fn meant_by(&mut self, cast: &mut Cast, at: usize, head: TokenId, depth: u8) -> Said {
        let page = self.page;
        let word = page.word(head).to_lowercase();
        let span = page.token(head).span;
        match page.pronoun(head) {
            Some(PronounKind::First) => return self.first_person(at, span),
            Some(PronounKind::Second) => return unknown(READER),
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

    /// "I" and "we": whoever speaks the words around.
    fn first_person(&self, at: usize, span: Span) -> Said {
        match self.outer(at) {
            Some(said) => {
                let because = vec![Reason { field: "speaker", rule: "first person", span }];
                Said { because, mention: None, with: Vec::new(), ..said.clone() }
            }
            None => unknown(AUTHOR),
        }
    }

    fn outer(&self, at: usize) -> Option<&Said> {
        self.said.get(self.attributions[at].inside?)?.as_ref()
    }

    /// "who", "which": the noun that the clause hangs on.
    fn relative(&mut self, cast: &mut Cast, at: usize, head: TokenId, depth: u8) -> Said {
        let page = self.page;
        let mut above = page.token(head).head;
        for _ in 0..6 {
            let token = page.token(above);
            if matches!(token.dep, Dep::Relcl | Dep::Acl) {
                return self.meant_by(cast, at, token.head, depth + 1);
            }
            above = token.head;
        }
        // the noun right before it
        let before = self.phrases.partition_point(|phrase| phrase.head < head);
        match before.checked_sub(1).map(|before| self.phrases[before].head).filter(|noun| head - noun <= 3) {
            Some(noun) => self.meant_by(cast, at, noun, depth + 1),
            None => unknown(UNCLEAR),
        }
    }

    pub(super) fn setting(&self, at: usize, token: TokenId) -> (Option<BeingId>, Option<(BeingId, u32)>) {
        let byte = self.page.token(token).span.start();
        let last =
            self.spoke.iter().rev().find(|(first, ..)| *first < byte).map(|(_, id, block)| (*id, *block));
        (self.outer(at).and_then(|said| said.who), last)
    }

    fn pronoun(&mut self, cast: &mut Cast, at: usize, token: TokenId, kind: PronounKind) -> Said {
        let (outer, last_speaker) = self.setting(at, token);
        let setting =
            Setting { at: token, content: &self.attributions[at].content, outer, never: None, last_speaker };
        let span = self.page.token(token).span;
        match antecedent::of(self.page, self.phrases, cast, kind, &setting) {
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

    /// Finds out whose "his" is in "his lawyer".
    fn possessor(&mut self, cast: &mut Cast, at: usize, token: TokenId) {
        let Some(kind) = self.page.pronoun(token) else { return };
        let found = match kind {
            PronounKind::First => self.outer(at).and_then(|said| said.who),
            PronounKind::Second | PronounKind::Relative => None,
            PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many => {
                self.pronoun(cast, at, token, kind).who
            }
        };
        if let Some(id) = found {
            self.possessors.insert(token, id);
        }
    }

    /// "her client", in the words of somebody’s lawyer, is that somebody.
    fn inverse(&mut self, cast: &Cast, at: usize, head: TokenId) -> Option<Said> {
        let speakers = self.page.words.inverse(&self.page.lemma(head));
        let lawyer = &cast.beings[self.outer(at)?.who? as usize];
        let role = lawyer.roles.first().filter(|role| speakers.contains(&role.lemma))?;
        let pronoun = self.page.tokens_in(role.span).start.checked_sub(1)?;
        let who = *self.possessors.get(&pronoun)?;
        let span = self.page.token(head).span;
        let because = vec![Reason { field: "speaker", rule: "who the other speaks for", span }];
        Some(Said { who: Some(who), score: 0.8, because, mention: Some(span), ..Said::default() })
    }

    /// Source words whose head is no phrase: a name among them, else the words themselves.
    fn by_words(&mut self, cast: &mut Cast, head: TokenId, at: usize) -> Said {
        let page = self.page;
        let tokens = self.attributions[at].source.iter().flat_map(|span| page.tokens_in(*span));
        let inside: Vec<usize> = tokens.filter_map(|token| self.phrase_of(token)).collect();
        // "one of them" speaks, not "them"
        let is_part = page.word(head + 1) == "of";
        let first = inside.iter().copied().find(|phrase| {
            !is_part
                && matches!(self.phrases[*phrase].what, What::Name(_) | What::Description(_))
                && cast.who[*phrase].is_some()
        });
        if let Some(phrase) = first
            && let Some(who) = cast.who[phrase]
        {
            let span = page.token(self.phrases[phrase].head).span;
            let because = vec![Reason { field: "speaker", rule: "a name among the source words", span }];
            return Said { who: Some(who), score: 0.75, because, ..Said::default() };
        }
        let span = self.attributions[at].source[0];
        let is_words = page.article.text.slice(span).chars().any(char::is_alphabetic);
        if !is_words
            || page
                .words
                .pronoun(&page.article.text.slice(span).to_lowercase())
                .is_some_and(|kind| kind != PronounKind::Many)
        {
            return unknown(UNCLEAR);
        }
        let is_plural = page.is_quantity(head);
        let class = is_plural.then_some(NounClass::Group);
        let who = *self.wordings.entry(span).or_insert_with(|| {
            cast.beings.push(Being { wording: Some(span), is_plural, class, ..Being::default() });
            cast.beings.len() as BeingId - 1
        });
        let because = vec![Reason { field: "speaker", rule: "source words", span }];
        Said { who: Some(who), score: 0.6, because, mention: Some(span), ..Said::default() }
    }
}

fn unknown(why: &'static str) -> Said {
    Said { why_unknown: Some(why), ..Said::default() }
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
