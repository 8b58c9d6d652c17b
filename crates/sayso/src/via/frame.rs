//! Which words belong to the telling of an attribution, and not to what is told in it.

use super::settings;
use crate::attribution::Attribution;
use crate::identity::Page;
use crate::lexicon::PronounKind;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, EntityKind, Pos, Tag};
use std::collections::HashMap;

/// Steps up a tree that are looked at.
const HIGHEST: usize = 10;

/// The article with the places of cues, sources and contents.
pub(super) struct Frames<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) attributions: &'a [Attribution],
    /// For each token the attribution with the smallest content around it.
    levels: Vec<Option<usize>>,
    cues: HashMap<TokenId, usize>,
    sources: HashMap<TokenId, usize>,
}

/// What a phrase belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The cue or source of an attribution.
    Attribution(usize),
    /// A verb that attributes nothing: "went on Radio Meridian".
    Verb(TokenId),
}

impl<'a> Frames<'a> {
    pub(super) fn new(page: &'a Page<'a>, attributions: &'a [Attribution]) -> Self {
        let mut frames = Self {
            page,
            attributions,
            levels: vec![None; page.end() as usize],
            cues: HashMap::new(),
            sources: HashMap::new(),
        };
        let length = |at: &usize| attributions[*at].content.iter().map(|span| span.len()).sum::<usize>();
        let mut longest_first: Vec<usize> = (0..attributions.len()).collect();
        longest_first.sort_by_key(|at| std::cmp::Reverse(length(at)));
        for at in longest_first {
            for token in attributions[at].content.iter().flat_map(|span| page.tokens_in(*span)) {
                frames.levels[token as usize] = Some(at);
            }
        }
        for (at, attribution) in attributions.iter().enumerate() {
            for token in attribution.cue.iter().flat_map(|span| page.tokens_in(*span)) {
                frames.cues.entry(token).or_insert(at);
            }
            for token in attribution.source.iter().flat_map(|span| page.tokens_in(*span)) {
                frames.sources.entry(token).or_insert(at);
            }
        }
        frames
    }

    /// The innermost content that a token stands in.
    pub(super) fn level(&self, at: TokenId) -> Option<usize> {
        self.levels.get(at as usize).copied().flatten()
    }

    /// The attribution whose cue a token is part of.
    pub(super) fn cue_at(&self, at: TokenId) -> Option<usize> {
        self.cues.get(&at).copied()
    }

    /// The first attribution whose source a token is part of.
    pub(super) fn source_at(&self, at: TokenId) -> Option<usize> {
        self.sources.get(&at).copied()
    }

    /// The tokens of some spans, without punctuation.
    pub(super) fn tokens(&self, spans: &[Span]) -> Vec<TokenId> {
        let word = |at: &TokenId| !matches!(self.page.token(*at).pos, Pos::Punct | Pos::Space);
        spans.iter().flat_map(|span| self.page.tokens_in(*span)).filter(word).collect()
    }

    /// The words of an attribution's source, and the one of them that hangs on something outside.
    pub(super) fn source_head(&self, attribution: usize) -> Option<(Vec<TokenId>, TokenId)> {
        let source = self.tokens(&self.attributions[attribution].source);
        let (first, last) = (*source.first()?, *source.last()?);
        let outside = |at: &&TokenId| {
            let head = self.page.token(**at).head;
            !(first..=last).contains(&head) || head == **at
        };
        let head = *source.iter().find(outside)?;
        Some((source, head))
    }

    /// The word of a cue that says what is done: its last full verb ("has been told"), else its first word.
    pub(super) fn verb(&self, attribution: usize) -> Option<TokenId> {
        let cue = self.tokens(&self.attributions[attribution].cue);
        let full = |at: &&TokenId| {
            let token = self.page.token(**at);
            matches!(token.pos, Pos::Verb) && !matches!(token.dep, Dep::Aux | Dep::Auxpass)
        };
        cue.iter().find(full).or(cue.first()).copied()
    }

    /// The attribution that a phrase of the telling belongs to, by the tree, or by its place where the tree has no answer.
    pub(super) fn owner(&self, at: TokenId) -> Option<Owner> {
        let level = self.level(at);
        // "praised | the crew in a joint statement": the phrase hangs on the cue, whatever the content takes in
        let head = self.page.token(at).head;
        if let Some(own) = level.filter(|own| head < at && self.cue_at(head) == Some(*own)) {
            return Some(Owner::Attribution(own));
        }
        let mut now = at;
        for _ in 0..HIGHEST {
            if let Some(owner) = self.cue_at(now).or_else(|| self.source_at(now)) {
                return Some(Owner::Attribution(owner));
            }
            let token = self.page.token(now);
            if matches!(token.pos, Pos::Verb | Pos::Aux)
                && self.has_subject(now)
                && !self.says_of_writing(now)
            {
                return Some(self.sharing(now).map_or(Owner::Verb(now), Owner::Attribution));
            }
            if token.head == now || self.level(token.head) != level {
                break;
            }
            now = token.head;
        }
        self.nearest(at).map(Owner::Attribution)
    }

    /// Whether a clause tells where a writing is that speaks: "the statement, which was posted on Twitter, said".
    fn says_of_writing(&self, verb: TokenId) -> bool {
        let token = self.page.token(verb);
        let is_which = || self.subject(verb).is_some_and(|at| self.page.token(at).tag == Tag::Wdt);
        token.dep == Dep::Relcl && settings::at(self, token.head).is_some() && is_which()
    }

    /// Whether a verb has a subject of its own.
    pub(super) fn has_subject(&self, verb: TokenId) -> bool {
        self.subject(verb).is_some()
    }

    /// The subject of a verb.
    pub(super) fn subject(&self, verb: TokenId) -> Option<TokenId> {
        const FARTHEST: TokenId = 40;
        let [first, end] = self.page.sentence(verb);
        let is_subject = |at: &TokenId| self.page.is_child(*at, verb) && self.page.is_subject(*at);
        (first.max(verb.saturating_sub(FARTHEST))..verb)
            .rev()
            .chain(verb + 1..end.min(verb + 8))
            .find(is_subject)
    }

    /// The attribution whose verb shares the subject of another verb: "used the forum to thank", "took to the forum, accusing".
    fn sharing(&self, verb: TokenId) -> Option<usize> {
        const FARTHEST: TokenId = 60;
        let [first, end] = self.page.sentence(verb);
        let level = self.level(verb);
        (first.max(verb.saturating_sub(FARTHEST))..end.min(verb + FARTHEST))
            .filter(|at| self.level(*at) == level)
            .find_map(|at| {
                let owner = self.cue_at(at)?;
                let token = self.page.token(at);
                let shares = token.head == verb
                    && matches!(token.dep, Dep::Xcomp | Dep::Advcl | Dep::Conj)
                    && !self.has_subject(at);
                shares.then_some(owner)
            })
    }

    /// The attribution whose cue is nearest in the sentence: the first one after an opening phrase, else the one before.
    fn nearest(&self, at: TokenId) -> Option<usize> {
        const FARTHEST: TokenId = 40;
        const BEHIND: TokenId = 12;
        let level = self.level(at);
        let [first, end] = self.page.sentence(at);
        let cue = |at: &TokenId| self.cue_at(*at).is_some() && self.level(*at) == level;
        // no other verb stands between
        let verb = |at: &TokenId| self.page.token(*at).pos == Pos::Verb && !cue(at) && self.has_subject(*at);
        let before =
            (first.max(at.saturating_sub(BEHIND))..at).rev().find(|at| cue(at) || verb(at)).filter(cue);
        let after = || {
            let none_before = (first.max(at.saturating_sub(FARTHEST))..at).all(|at| !cue(&at));
            (at..end.min(at + FARTHEST)).find(|at| none_before && cue(at))
        };
        before.or_else(after).and_then(|at| self.cue_at(at))
    }

    /// What a preposition hangs on; for one on another preposition, that one's object.
    pub(super) fn governor(&self, preposition: TokenId) -> TokenId {
        let head = self.page.token(preposition).head;
        let object = (self.page.token(head).pos == Pos::Adp).then(|| self.object(head)).flatten();
        object.filter(|object| *object < preposition).unwrap_or(head)
    }

    /// The kind of name that a token is part of.
    pub(super) fn entity(&self, at: TokenId) -> Option<EntityKind> {
        self.page.entity(at).map(|entity| entity.kind)
    }

    /// Where the name of a person begins that a token is part of.
    pub(super) fn person(&self, at: TokenId) -> Option<TokenId> {
        let entity = self.page.entity(at)?;
        (entity.kind == EntityKind::Person).then_some(entity.first)
    }

    /// The object of a preposition.
    pub(super) fn object(&self, preposition: TokenId) -> Option<TokenId> {
        const FARTHEST: TokenId = 14;
        let [_, end] = self.page.sentence(preposition);
        let object = |at: &TokenId| {
            self.page.is_child(*at, preposition) && matches!(self.page.token(*at).dep, Dep::Pobj)
        };
        let first = (preposition + 1..end.min(preposition + FARTHEST)).find(object)?;
        // "an e-mail", of which the tree makes three objects
        let hyphened = first + 2 < end && self.page.word(first + 1) == "-" && object(&(first + 2));
        Some(if hyphened { first + 2 } else { first })
    }

    /// A noun phrase's first token and one past its head: without article, pronoun before it, or marks.
    pub(super) fn phrase(&self, head: TokenId) -> [TokenId; 2] {
        let mut first = self.page.left_edge(head);
        let level = self.level(head);
        while first < head && (self.is_opener(first) || self.level(first) != level) {
            first += 1;
        }
        [first, head + 1]
    }

    fn is_opener(&self, at: TokenId) -> bool {
        let token = self.page.token(at);
        let word = self.page.word(at);
        matches!(token.pos, Pos::Punct | Pos::Space | Pos::Det)
            || matches!(token.dep, Dep::Det | Dep::Predet)
            || token.dep == Dep::Poss
                && matches!(self.page.pronoun(at), Some(kind) if kind != PronounKind::Relative)
            || matches!(word, "’s" | "'s" | "just" | "also")
    }

    /// The characters of some tokens.
    pub(super) fn text(&self, [first, end]: [TokenId; 2]) -> String {
        let text = self.page.article.text.slice(self.page.span(first, end));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
