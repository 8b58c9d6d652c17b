//! The words that name a speaker: their head, who else they list, and the name among them.

use super::cast::{Being, BeingId, Cast};
use super::descriptions::office;
use super::functions::hold;
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
    pub(super) fn joined(&self, cast: &Cast, head: TokenId, source: &[Span]) -> Vec<TokenId> {
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
            // "Callow and Moss" are two where both have names of their own
            let is_person = |at: TokenId| {
                let who = self.phrase_of(at).and_then(|phrase| cast.who[phrase]);
                who.is_some_and(|who| {
                    let being = &cast.beings[who as usize];
                    being.words.len() > 1 && being.can_be_person()
                })
            };
            let is_one = page.is_one_name(token.head, at) && !(is_person(at) && is_person(token.head));
            let listed = listed && !is_one;
            let is_under = heads.contains(&token.head) || beside.contains(&token.head);
            if listed && is_under && page.is_nominal(at) && heads.len() < 12 {
                heads.push(at);
            } else if token.dep == Dep::Appos && is_under && is_name(at) {
                beside.push(at);
            }
        }
        heads.split_off(1)
    }

    /// “Mayor of London Sadiq Khan”, “Caloundra coach Geoff Ingram”, “Ryanair CEO, Michael O’Leary”: the person whose name ends the
    /// source words, whatever the parser makes of them.
    pub(super) fn name_behind(&self, cast: &mut Cast, source: &[Span], who: Option<BeingId>) -> Option<Said> {
        let page = self.page;
        let [source] = source else { return None };
        let tokens = page.tokens_in(*source);
        let at = self.phrase_of(tokens.end.checked_sub(1)?)?;
        let What::Name(name) = &self.phrases[at].what else { return None };
        let is_person = |being: &Being| being.is_named() && being.can_be_person() && being.words.len() > 1;
        let named = cast.who[at].filter(|id| Some(*id) != who && is_person(&cast.beings[*id as usize]))?;
        let is_office = |at: TokenId| page.is_human_noun(at) && page.token(at).tag != Tag::Nns;
        let is_beside = |at: &TokenId| {
            matches!(page.token(*at).pos, Pos::Noun | Pos::Propn | Pos::Adj)
                || page.is_human_noun(*at)
                || page.word(*at) == "-"
        };
        let first = (tokens.start..name.first).rev().take_while(is_beside).last().unwrap_or(name.first);
        let before = first.checked_sub(1).filter(|before| *before >= tokens.start);
        let is_link = |at: TokenId| page.token(at).pos == Pos::Adp;
        let title = (first..name.first).rev().find(|at| is_office(*at));
        // "the union's president, Lev Adair, and its director, Corin Faul", but "party leader and Prime Minister Boris Orr"
        let is_list = (tokens.start..before.unwrap_or(first)).any(|at| page.token(at).tag == Tag::Cc);
        let is_both = |at: TokenId| name.has_title && (tokens.start..at).any(is_office);
        let function = match (title, before) {
            _ if is_list => return None,
            (Some(title), None) => first..title + 1,
            (Some(title), Some(before)) => match page.token(before).pos {
                Pos::Punct | Pos::Det | Pos::Part => first..title + 1,
                Pos::Cconj if is_both(before) => first..title + 1,
                // "a spokesman for President Sorn", "generals, including President Sorn"
                _ => return None,
            },
            (None, Some(before)) => {
                // "Mayor of | London", "Minister for the | Middle East"
                let link = if page.token(before).pos == Pos::Det { before.checked_sub(1)? } else { before };
                let is_apposed = first == name.first && page.word(before) == ",";
                if !is_apposed && (first == name.first || !is_link(link)) {
                    return None;
                }
                let title = (tokens.start..before)
                    .rev()
                    .find(|at| page.is_human_noun(*at))
                    .filter(|at| is_office(*at))?;
                let start = (tokens.start..title).rev().take_while(is_beside).last().unwrap_or(title);
                start..if is_apposed { before } else { first.max(name.first) }
            }
            (None, None) => return None,
        };
        let head = function.clone().find(|at| is_office(*at))?;
        hold(cast, named, office(page, function.start, head, function.end));
        let because =
            vec![Reason { field: "speaker", rule: "the name behind the function", span: name.span }];
        Some(Said { who: Some(named), score: 0.85, because, ..Said::default() })
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
