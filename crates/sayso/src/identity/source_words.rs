//! The words that name a speaker: their head, who else they list, and the name among them.

use super::cast::{Being, BeingId, Cast, name_words};
use super::name_behind::is_full_name;
use super::phrases::{Definite, Description, What};
use super::speakers::{Reading, Said, UNCLEAR, unknown};
use crate::attribution::Reason;
use crate::lexicon::{NounClass, PronounKind};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, EntityKind, Pos, Tag};

/// Whether a function before “and” may be the same person’s as the one behind it: it has no article, or is no office.
pub(super) fn is_of_one(function: &Description, first: TokenId) -> bool {
    let is_body = function.office.class.is_some_and(|class| !class.is_human());
    let is_office = function.office.class == Some(NounClass::Office);
    !(function.is_plural || is_body || is_office && function.first > first)
}

impl Reading<'_> {
    /// The token of the source words that the others hang on.
    pub(super) fn source_head(&self, source: &[Span]) -> Option<TokenId> {
        let page = self.page;
        let within = |at: TokenId| source.iter().any(|span| span.contains(page.token(at).span));
        // "one of the elders" are not the elders
        let part = source.first().map(|span| page.tokens_in(*span)).filter(|tokens| tokens.len() > 2);
        if let Some(part) = part.map(|tokens| tokens.start)
            && page.word(part).eq_ignore_ascii_case("one")
            && page.word(part + 1) == "of"
        {
            return Some(part);
        }
        let mut best: Option<(u8, TokenId)> = None;
        // "both he and the mayor"
        let is_both = |at: TokenId| {
            matches!(&*page.word(at).to_lowercase(), "both" | "either")
                && page.token(at).pos != Pos::Pron
                && at + 1 < page.end()
                && within(at + 1)
        };
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
                && !is_both(at)
                && best.is_none_or(|(other, _)| rank < other)
            {
                best = Some((rank, at));
            }
        }
        best.map(|(_, at)| self.person_behind(source, at).unwrap_or(at))
    }

    /// “Centre for Birds scientist | Ada Kell”, which the tree takes for two.
    fn person_behind(&self, source: &[Span], head: TokenId) -> Option<TokenId> {
        let page = self.page;
        let [span] = source else { return None };
        let last = page.tokens_in(*span).end.checked_sub(1).filter(|last| *last > head)?;
        let entity = page.entity(last).filter(|entity| entity.kind == EntityKind::Person)?;
        let is_apart = |at: TokenId| matches!(page.token(at).pos, Pos::Punct | Pos::Cconj | Pos::Verb);
        let is_beside = page.token(last).head == page.token(head).head && entity.first > head;
        let function = entity.first.checked_sub(1).filter(|before| *before > head);
        let has_function = function.is_some_and(|before| page.is_human_noun(before));
        (is_beside && has_function && !(head..last).any(is_apart)).then_some(last)
    }

    pub(super) fn phrase_of(&self, head: TokenId) -> Option<usize> {
        self.phrases.binary_search_by_key(&head, |phrase| phrase.head).ok()
    }

    /// Other speakers joined by "and".
    pub(super) fn joined(&self, cast: &Cast, head: TokenId, source: &[Span]) -> Vec<TokenId> {
        const MOST: usize = 12;
        let page = self.page;
        let tokens = self.outside_brackets(source);
        let has_link = tokens.iter().any(|at| page.token(*at).tag == Tag::Cc);
        let mut heads = vec![head];
        // "the president of the union, | Lev Adair, | and the bishop": what is joined to a name beside a head is joined to the head
        let mut beside: Vec<TokenId> = Vec::new();
        for at in tokens {
            let token = page.token(at);
            let is_listed = match token.dep {
                Dep::Conj => {
                    !self.is_second_function(at, head)
                        && !self.is_second_function_of_named(cast, at, head)
                        && !self.is_within_name(cast, at)
                }
                // "Ana Rook, Pia Holm and Greet Maas": the parser may hang the second on the first as its apposition
                Dep::Appos => {
                    self.is_name(at)
                        && self.is_name(token.head)
                        && !page.is_human_noun(token.head)
                        && !page.is_human_noun(at)
                        && self.is_in_list(at)
                        && has_link
                }
                _ => false,
            };
            // "Callow and Moss" are two where both have names of their own
            let is_one = (page.is_one_name(token.head, at) || self.is_named_by(token.head, token.span))
                && !(self.is_person(cast, at) && self.is_person(cast, token.head));
            let is_under = heads.contains(&token.head) || beside.contains(&token.head);
            if is_listed && !is_one && is_under && page.is_nominal(at) && heads.len() < MOST {
                heads.push(at);
            } else if token.dep == Dep::Appos && is_under && self.is_name(at) && beside.len() < MOST {
                beside.push(at);
            }
        }
        heads.split_off(1)
    }

    /// Source words from the phrase of a token on; none where they stand in pieces.
    pub(super) fn rest_from(&self, at: TokenId, source: &[Span]) -> Vec<Span> {
        let first = self.phrase_of(at).map_or(at, |phrase| self.phrases[phrase].first);
        let start = self.page.token(first).span.start();
        match source {
            [whole] if whole.start() <= start && start < whole.end() => vec![Span::at(start, whole.end())],
            _ => Vec::new(),
        }
    }

    /// The tokens of source words but for those in brackets: “the Court of Audit (CA)”.
    fn outside_brackets(&self, source: &[Span]) -> Vec<TokenId> {
        let mut depth = 0u32;
        let tokens = source.iter().flat_map(|span| self.page.tokens_in(*span));
        let is_outside = |at: &TokenId| {
            match self.page.word(*at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        };
        tokens.filter(is_outside).collect()
    }

    /// Whether the name that a token heads holds a span.
    fn is_named_by(&self, head: TokenId, span: Span) -> bool {
        self.phrase_of(head).is_some_and(|phrase| match &self.phrases[phrase].what {
            What::Name(name) => name.span.contains(span),
            What::Description(_) | What::Pronoun(_) => false,
        })
    }

    fn is_name(&self, at: TokenId) -> bool {
        self.phrase_of(at).is_some_and(|phrase| matches!(self.phrases[phrase].what, What::Name(_)))
    }

    fn is_person(&self, cast: &Cast, at: TokenId) -> bool {
        let who = self.phrase_of(at).and_then(|phrase| cast.who[phrase]);
        who.is_some_and(|who| is_full_name(&cast.beings[who as usize]))
    }

    fn is_in_list(&self, at: TokenId) -> bool {
        let first = self.phrase_of(at).map_or(at, |phrase| self.phrases[phrase].first);
        first.checked_sub(1).is_some_and(|before| matches!(self.page.word(before), "," | "and"))
    }

    /// “Jana Orr of Linnow University and contributor to the Courier”: what else a named person is, and nobody else.
    fn is_second_function(&self, at: TokenId, head: TokenId) -> bool {
        let described = |phrase: usize| match &self.phrases[phrase].what {
            What::Description(one) => {
                one.definite == Definite::Bare
                    && !one.is_plural
                    && one.office.class.is_some_and(NounClass::is_human)
            }
            What::Name(_) | What::Pronoun(_) => false,
        };
        self.is_name(head) && self.phrase_of(at).is_some_and(described)
    }

    /// “The pop star and actor Ana Rook”, “Deputy chief and acting Minister Lev Adair”: two functions of the one person named behind them,
    /// but “the prime minister and President Emil Orr” are two. The head has the first function, `at` is the name.
    fn is_second_function_of_named(&self, cast: &Cast, at: TokenId, head: TokenId) -> bool {
        let (Some(first), Some(second)) = (self.phrase_of(head), self.phrase_of(at)) else { return false };
        let (first, second) = (&self.phrases[first], &self.phrases[second]);
        let (What::Description(one), What::Name(name)) = (&first.what, &second.what) else { return false };
        let starts = second.first.checked_sub(1).is_some_and(|link| self.page.word(link) == "and");
        starts && self.is_person(cast, at) && !name.has_article && is_of_one(one, first.first)
    }

    /// “the High Court of Ostrel and | Linnow”: a second place that a body is of.
    fn is_within_name(&self, cast: &Cast, at: TokenId) -> bool {
        let page = self.page;
        let is_place = |phrase: usize| {
            cast.who[phrase].is_some_and(|who| {
                let votes = cast.beings[who as usize].votes;
                votes.state > votes.person
            })
        };
        let Some(phrase) = self.phrase_of(at).filter(|phrase| is_place(*phrase)) else { return false };
        let Some(link) = self.phrases[phrase].first.checked_sub(1) else { return false };
        let first =
            link.checked_sub(1).and_then(|last| self.phrase_of(last)).filter(|first| is_place(*first));
        let before = |first: usize| self.phrases[first].first.checked_sub(1).map_or("", |at| page.word(at));
        page.word(link) == "and" && first.is_some_and(|first| matches!(before(first), "of" | "for"))
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
        let is_words = page.article.text.slice(span).chars().any(|c| c.is_alphabetic() || c == '%');
        if !is_words
            || page
                .words
                .pronoun(&page.article.text.slice(span).to_lowercase())
                .is_some_and(|kind| kind != PronounKind::Many)
        {
            return unknown(UNCLEAR);
        }
        // "WHO said", where the parser sees no noun: a name of the cast all the same
        let known = self.called.get(page.article.text.slice(span)).copied();
        if let Some(who) = known.flatten() {
            let because = vec![Reason { field: "speaker", rule: "name", span }];
            return Said { who: Some(who), score: 0.85, because, ..Said::default() };
        }
        let who = match self.wordings.get(&span) {
            Some(who) => *who,
            None => {
                cast.beings.push(self.worded(span, head));
                cast.beings.len() as BeingId - 1
            }
        };
        self.wordings.insert(span, who);
        let because = vec![Reason { field: "speaker", rule: "source words", span }];
        Said { who: Some(who), score: 0.6, because, mention: Some(span), ..Said::default() }
    }

    /// A being that is known by source words alone.
    fn worded(&self, span: Span, head: TokenId) -> Being {
        let page = self.page;
        let tokens = page.tokens_in(span);
        let is_word =
            |at: &TokenId| page.word(*at).chars().any(char::is_alphabetic) && page.token(*at).pos != Pos::Det;
        // "UNICEF", and "Rook" at the head of a sentence too
        let is_named = |at: &TokenId| {
            page.is_capital(*at) && (!page.is_first(*at) || page.token(*at).pos == Pos::Propn)
                || page.word(*at).chars().count() > 2 && !page.word(*at).contains(char::is_lowercase)
        };
        let all: Vec<TokenId> = tokens.filter(is_word).collect();
        let is_name = !all.is_empty() && all.iter().all(is_named);
        let words = if is_name { name_words(page.article.text.slice(span)) } else { Vec::new() };
        // "45 %", "six in ten": people who were asked
        let is_number = |at: TokenId| at < page.end() && page.token(at).pos == Pos::Num;
        let is_share = page.tokens_in(span).any(|at| {
            matches!(page.word(at), "%" | "percent")
                || page.word(at + 1) == "in" && [at, at + 2].iter().all(|at| is_number(*at))
        });
        // "one of the companies" is no company that could be told
        let is_part = page.word(head + 1) == "of";
        let last = all.last().filter(|_| !is_part);
        let is_many = last.is_some_and(|last| matches!(page.token(*last).tag, Tag::Nns | Tag::Nnps));
        let is_plural = page.is_quantity(head) || is_many || is_share;
        let noun = last.and_then(|last| page.words.noun(&page.lemma(*last)));
        let class = if page.is_quantity(head) { Some(NounClass::Group) } else { noun };
        Being { words, wording: Some(span), is_plural, class, ..Being::default() }
    }
}
