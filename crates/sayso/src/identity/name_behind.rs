//! “Mayor of London Sadiq Khan”: a person named behind the words for what he is, whatever the parser makes of them.
//!
//! In: source words and whom their head was taken for. Out: the first person whom the words name in full, if what stands before the name
//! is a function of that person. What always holds: nobody whose name hangs on “for” or “of” and no second name of a list is taken.

use super::cast::{Being, BeingId, Cast};
use super::descriptions::office;
use super::functions::hold;
use super::page::Page;
use super::phrases::{Description, Name, Office, What};
use super::source_words::is_of_one;
use super::speakers::{Reading, Said};
use crate::attribution::Reason;
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};
use std::ops::Range;

/// Whether a being is a person with a given name.
pub(super) fn is_full_name(being: &Being) -> bool {
    being.is_named() && being.can_be_person() && being.words.len() > 1
}

impl Reading<'_> {
    /// Who that is, and the last token of the name: “Caloundra coach Geoff Ingram”, “Ryanair CEO, Michael O’Leary”, “study co-author Ana Rook of Linnow University”.
    pub(super) fn name_behind(
        &self,
        cast: &mut Cast,
        source: &[Span],
        who: Option<BeingId>,
    ) -> Option<(Said, TokenId)> {
        let page = self.page;
        let [source] = source else { return None };
        let tokens = page.tokens_in(*source);
        let (named, name) = self.first_named(cast, tokens.clone())?;
        if who == Some(named) {
            return None;
        }
        let function = self.function_before(tokens.clone(), name).or_else(|| {
            self.is_beside_place(cast, who, tokens.start..name.first).then_some(name.first..name.first)
        })?;
        // "Linnow half back | Ana Rook"
        let is_noun = |at: &TokenId| page.token(*at).pos == Pos::Noun;
        let is_last = || function.end.checked_sub(1).filter(|last| function.contains(last) && is_noun(last));
        if let Some(head) = function.clone().find(|at| self.is_office(*at)).or_else(is_last) {
            let office = office(page, function.start, head, function.end);
            hold(cast, named, Office { class: office.class.or(Some(NounClass::Person)), ..office });
        }
        let because =
            vec![Reason { field: "speaker", rule: "the name behind the function", span: name.span }];
        let said = Said { who: Some(named), score: 0.85, because, ..Said::default() };
        Some((said, page.tokens_in(name.span).end - 1))
    }

    /// “Linnow half back | Ana Rook”: words before a name that start with a place, and nothing between that parts them.
    fn is_beside_place(&self, cast: &Cast, who: Option<BeingId>, words: Range<TokenId>) -> bool {
        const LONGEST: usize = 6;
        let is_place = |who: BeingId| {
            let being = &cast.beings[who as usize];
            being.is_named() && being.votes.state > being.votes.person.max(being.votes.body)
        };
        let joins = |at: TokenId| {
            matches!(self.page.token(at).pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Adv | Pos::Verb)
        };
        who.is_some_and(is_place) && words.len() <= LONGEST && words.clone().all(joins)
    }

    /// The first person named in full among source words, but for possessors and for those on whom a preposition leads.
    fn first_named(&self, cast: &Cast, tokens: Range<TokenId>) -> Option<(BeingId, &Name)> {
        let page = self.page;
        let named = |at: TokenId| {
            let phrase = self.phrase_of(at)?;
            let What::Name(name) = &self.phrases[phrase].what else { return None };
            let who = cast.who[phrase].filter(|who| is_full_name(&cast.beings[*who as usize]))?;
            // "for President Sorn", but not "for the Middle East | Martin Sorn"
            let first = self.phrases[phrase].first;
            let is_whole = first == name.first || name.has_title;
            let before = first.checked_sub(1).filter(|before| is_whole && *before >= tokens.start);
            let is_led_to = before.is_some_and(|before| page.token(before).pos == Pos::Adp);
            let end = page.tokens_in(name.span).end;
            (!is_led_to && !is_possessed(page, end)).then_some((who, name, end))
        };
        let (who, name, end) = tokens.clone().find_map(named)?;
        let mut brackets = (tokens.start..name.first).rev().map(|at| page.word(at));
        let is_bracketed = brackets.find(|word| matches!(*word, "(" | ")")) == Some("(");
        // "African Export | –Import Bank" goes on
        let ends = end >= tokens.end
            || matches!(page.token(end).pos, Pos::Adp | Pos::Cconj | Pos::Pron | Pos::Space)
            || matches!(page.word(end), "," | "(");
        (ends && !is_bracketed).then_some((who, name))
    }

    fn is_office(&self, at: TokenId) -> bool {
        self.page.is_human_noun(at) && self.page.token(at).tag != Tag::Nns
    }

    fn is_beside(&self, at: TokenId) -> bool {
        matches!(self.page.token(at).pos, Pos::Noun | Pos::Propn | Pos::Adj)
            || self.page.is_human_noun(at)
            // "acting minister", "ranking member"
            || matches!(self.page.token(at).tag, Tag::Vbg | Tag::Vbn) && self.page.token(at).dep == Dep::Amod
            || self.page.word(at) == "-"
            || self.joins_adjectives(at)
    }

    /// “civil and environmental engineer”
    fn joins_adjectives(&self, at: TokenId) -> bool {
        let is_adjective = |at: TokenId| self.page.token(at).pos == Pos::Adj;
        let before = at.checked_sub(1).filter(|_| self.page.token(at).tag == Tag::Cc);
        before.is_some_and(is_adjective) && is_adjective(at + 1)
    }

    /// The words before a name that say what its bearer is; empty where they are no function that is known.
    fn function_before(&self, tokens: Range<TokenId>, name: &Name) -> Option<Range<TokenId>> {
        let page = self.page;
        let first = (tokens.start..name.first)
            .rev()
            .take_while(|at| self.is_beside(*at))
            .last()
            .unwrap_or(name.first);
        let before = first.checked_sub(1).filter(|before| *before >= tokens.start);
        let is_apposed = first == name.first && before.is_some_and(|before| page.word(before) == ",");
        if self.is_list(tokens.start..before.unwrap_or(first), is_apposed) {
            return None;
        }
        let title = (first..name.first).rev().find(|at| self.is_office(*at));
        let Some(before) = before else {
            let last = name.first.checked_sub(1).filter(|last| *last >= first);
            let noun = last.filter(|last| page.token(*last).pos == Pos::Noun);
            return title.or(noun).map(|title| first..title + 1);
        };
        if is_apposed {
            return self.apposed_function(tokens.start..before);
        }
        let is_both = |at: TokenId| match self.described_before(tokens.start..at) {
            Some((description, first)) => is_of_one(description, first),
            None => false,
        };
        match (title, page.token(before).pos) {
            (Some(title), Pos::Punct | Pos::Det | Pos::Part) => Some(first..title + 1),
            // "party leader and Prime Minister Boris Orr"
            (Some(title), Pos::Cconj) if is_both(before) => Some(first..title + 1),
            // "the Courier’s Ana Rook"
            (None, Pos::Part | Pos::Punct) if matches!(page.word(before), "’" | "'" | "’s" | "'s") => {
                Some(first..first)
            }
            // "an attendee Ana Rook"
            (None, Pos::Det) if is_indefinite(page.word(before)) => Some(first..name.first),
            // "Mayor of | London", "Minister for the | Middle East", but "a spokesman for President Sorn", "generals, including President Sorn"
            (None, Pos::Adp | Pos::Det) if first < name.first => {
                let link = if page.token(before).pos == Pos::Det { before.checked_sub(1)? } else { before };
                let is_link = page.token(link).pos == Pos::Adp;
                let function = self.function_of(tokens.start..before).filter(|_| is_link)?;
                Some(function.start..name.first)
            }
            _ => None,
        }
    }

    /// The last description among words, and where its article stands.
    fn described_before(&self, words: Range<TokenId>) -> Option<(&Description, TokenId)> {
        words.rev().find_map(|at| {
            let phrase = &self.phrases[self.phrase_of(at)?];
            match &phrase.what {
                What::Description(description) => Some((description, phrase.first)),
                What::Name(_) | What::Pronoun(_) => None,
            }
        })
    }

    /// “the union's president, | Lev Adair”, “a Unionist, | Ana Rook”.
    fn apposed_function(&self, words: Range<TokenId>) -> Option<Range<TokenId>> {
        let is_one = is_indefinite(self.page.word(words.start));
        let is_short = |words: &Range<TokenId>| words.clone().skip(1).all(|at| self.is_beside(at));
        match self.function_of(words.clone()) {
            Some(function) => Some(function.start..words.end),
            None if is_one && is_short(&words) => Some(words.start + 1..words.end),
            None => None,
        }
    }

    /// The last function that these words give, up to their end.
    fn function_of(&self, words: Range<TokenId>) -> Option<Range<TokenId>> {
        let title =
            words.clone().rev().find(|at| self.page.is_human_noun(*at)).filter(|at| self.is_office(*at))?;
        let start = (words.start..title).rev().take_while(|at| self.is_beside(*at)).last().unwrap_or(title);
        Some(start..words.end)
    }

    /// Whether words before a name list somebody else: “the union's president and | its director, Corin Faul”, but not “a geologist and
    /// former officer, | Corin Faul”.
    fn is_list(&self, words: Range<TokenId>, is_apposed: bool) -> bool {
        let page = self.page;
        let mut depth = 0u32;
        let is_link = |at: &TokenId| {
            match page.word(*at) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && page.token(*at).tag == Tag::Cc
        };
        let link = words.clone().find(is_link);
        link.is_some_and(|link| {
            let both = (words.start..link).any(|at| self.is_office(at))
                && (link..words.end).any(|at| self.is_office(at));
            let has_article = |at: TokenId| matches!(page.token(at).pos, Pos::Det | Pos::Pron);
            // "Former president of Senn and current commissioner for fisheries | Ana Rook"
            let is_one = is_apposed || !has_article(words.start);
            !(is_one && both && !has_article(link + 1))
        })
    }
}

fn is_indefinite(word: &str) -> bool {
    ["a", "an", "another", "one"].iter().any(|article| word.eq_ignore_ascii_case(article))
}

/// “Ana Rook | ’s lawyer”
fn is_possessed(page: &Page, end: TokenId) -> bool {
    page.syntax.tokens.get(end as usize).is_some_and(|token| token.tag == Tag::Pos)
}
