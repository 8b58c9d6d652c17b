//! The words that name a speaker: their head, who else they list, and the name among them.

use super::cast::{Being, BeingId, Cast};
use super::phrases::What;
use super::speakers::{Reading, Said, UNCLEAR, unknown};
use crate::attribution::Reason;
use crate::lexicon::{NounClass, PronounKind};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};

impl Reading<'_> {
    /// The token of the source words that the others hang on.
    pub(super) fn source_head(&self, source: &[Span]) -> Option<TokenId> {
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
    pub(super) fn joined(&self, head: TokenId, source: &[Span]) -> Vec<TokenId> {
        let page = self.page;
        let mut heads = vec![head];
        // "the president of the union, | Lev Adair, | and the bishop": what is joined to a name beside a head is joined to the head
        let mut beside: Vec<TokenId> = Vec::new();
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
            let is_under = heads.contains(&token.head) || beside.contains(&token.head);
            if listed && is_under && page.is_nominal(at) && heads.len() < 12 {
                heads.push(at);
            } else if token.dep == Dep::Appos && is_under {
                beside.push(at);
            }
        }
        heads.split_off(1)
    }

    /// “Mayor of London Sadiq Khan”, “Ryanair CEO, Michael O’Leary”: the person whose name ends the source words.
    pub(super) fn name_behind(
        &self,
        cast: &Cast,
        head: TokenId,
        source: &[Span],
        who: Option<BeingId>,
    ) -> Option<Said> {
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

    /// Source words whose head is no phrase: a name among them, else the words themselves.
    pub(super) fn by_words(&mut self, cast: &mut Cast, head: TokenId, at: usize) -> Said {
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
