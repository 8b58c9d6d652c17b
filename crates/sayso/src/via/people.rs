//! Who a phrase means, for those who are told.

use super::frame::Frames;
use crate::identity::Identities;
use crate::ledger::SourceStatus;
use crate::lexicon::{self, PronounKind};
use crate::syntax::TokenId;
use std::collections::HashMap;

/// The sources of an article by the head words of their mentions.
pub(super) struct People<'a> {
    frames: &'a Frames<'a>,
    pub(super) identities: &'a Identities,
    by_head: HashMap<TokenId, usize>,
    by_name: HashMap<&'a str, usize>,
}

impl<'a> People<'a> {
    pub(super) fn new(frames: &'a Frames<'a>, identities: &'a Identities) -> Self {
        let page = frames.page;
        let mut by_head = HashMap::new();
        for (at, source) in identities.sources.iter().enumerate() {
            for mention in &source.mentions {
                let tokens = page.tokens_in(*mention);
                let outside = |token: &TokenId| {
                    let head = page.token(*token).head;
                    !tokens.contains(&head) || head == *token
                };
                if let Some(head) = tokens.clone().find(outside) {
                    by_head.entry(head).or_insert(at);
                }
            }
        }
        let mut by_name = HashMap::new();
        for (at, source) in identities.sources.iter().enumerate() {
            for name in &source.names {
                by_name.entry(name.as_str()).or_insert(at);
            }
        }
        Self { frames, identities, by_head, by_name }
    }

    /// The source that a head word mentions.
    pub(super) fn source(&self, head: TokenId) -> Option<usize> {
        self.by_head.get(&head).copied()
    }

    /// The name of a source.
    pub(super) fn name_of(&self, source: usize) -> Option<&str> {
        self.identities.sources.get(source).map(|source| source.name.as_str())
    }

    /// The speaker of an attribution.
    pub(super) fn speaker(&self, attribution: usize) -> Option<usize> {
        self.identities.speakers.get(attribution).and_then(|speaker| speaker.source)
    }

    /// Whether a source is among those who may be speaking, where that is not clear.
    pub(super) fn may_be(&self, attribution: usize, source: usize) -> bool {
        let speaker = self.identities.speakers.get(attribution);
        speaker.is_some_and(|speaker| speaker.source.is_none() && speaker.candidates.contains(&source))
    }

    /// The name of the speaker of an attribution.
    pub(super) fn speaker_name(&self, attribution: usize) -> Option<&str> {
        self.speaker(attribution).and_then(|source| self.name_of(source))
    }

    /// Who is meant by a phrase of an attribution: a name, or the phrase without its article. None if a pronoun leaves it open.
    pub(super) fn meant(&self, head: TokenId, attribution: usize) -> Option<String> {
        let page = self.frames.page;
        // "the forum" is nobody who speaks
        let gathers = lexicon::via().lists.gathering.contains(&page.lemma(head));
        let source = self.source(head).and_then(|at| self.identities.sources.get(at)).filter(|_| !gathers);
        match page.pronoun(head) {
            // "we" may be any body that the speaker belongs to
            Some(PronounKind::First) if !matches!(&*page.word(head).to_lowercase(), "we" | "us") => {
                let outer = self.frames.attributions.get(attribution).and_then(|one| one.inside)?;
                self.speaker_name(outer).map(str::to_owned)
            }
            Some(PronounKind::First | PronounKind::Second | PronounKind::Relative) => None,
            Some(kind @ (PronounKind::Male | PronounKind::Female)) => source
                .map(|source| source.name.clone())
                .or_else(|| self.speaker_around(kind, head, attribution)),
            Some(PronounKind::Thing | PronounKind::Many) => source.map(|source| source.name.clone()),
            None => match source.filter(|source| source.status == SourceStatus::Named) {
                Some(source) => Some(source.name.clone()),
                None => {
                    let words = self.words(head);
                    let called = self.by_name.get(words.as_str()).and_then(|at| self.name_of(*at));
                    let name = called.map_or_else(|| words.clone(), str::to_owned);
                    Some(name).filter(|name| name.contains(char::is_alphabetic))
                }
            },
        }
    }

    /// "She said that both sides had assured her": her is she.
    fn speaker_around(&self, kind: PronounKind, head: TokenId, attribution: usize) -> Option<String> {
        let page = self.frames.page;
        let outer = self.frames.attributions.get(attribution).and_then(|one| one.inside)?;
        let source = self.frames.tokens(&self.frames.attributions.get(outer)?.source);
        let [only] = source[..] else { return None };
        let same = page.pronoun(only) == Some(kind) && !page.is_quoted(head);
        let other = self.speaker(outer) != self.speaker(attribution);
        self.speaker_name(outer).filter(|_| same && other).map(str::to_owned)
    }

    /// A phrase with what "of" adds to it: "head of the union".
    fn words(&self, head: TokenId) -> String {
        let page = self.frames.page;
        let [mut first, mut end] = self.frames.phrase(head);
        let person = self.frames.person(head);
        // "told Radio Sund presenter Ada Kell": her name
        if let Some(name) = person {
            first = first.max(name);
        }
        if person.is_none()
            && page.word(end) == "of"
            && page.is_child(end, head)
            && let Some(object) = self.frames.object(end)
            && self.frames.level(object) == self.frames.level(head)
        {
            end = object + 1;
        }
        self.frames.text([first, end])
    }
}
