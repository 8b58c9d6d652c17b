//! Names in capitals: where they begin and end, and what they are introduced as.

use super::media::Media;
use crate::lexicon::{self, MediumKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos};

impl Media<'_> {
    /// What kind of medium a name is introduced as: "the forum Driftline", "Radio Litoral, a private station".
    pub(super) fn introduction(&self, first: TokenId, end: TokenId, head: TokenId) -> Option<MediumKind> {
        let page = self.frames.page;
        let lexicon = lexicon::via();
        let kind = |at: TokenId| {
            let lemma = page.lemma(at);
            let loose = || {
                let word = at.checked_sub(1).map(|at| page.word(at).to_lowercase());
                lexicon.loose(&lemma).filter(|_| word.is_some_and(|word| lexicon.is_modifier(&word)))
            };
            lexicon.generic(&lemma).or_else(loose)
        };
        let before = first.checked_sub(1).filter(|at| {
            page.token(*at).sentence == page.token(head).sentence && page.token(*at).pos == Pos::Noun
        });
        if let Some(before) = before {
            let trade = || {
                let words = first.checked_sub(2).map(|at| page.word(at).to_lowercase());
                lexicon
                    .loose(&page.lemma(before))
                    .filter(|_| words.is_some_and(|word| word == "trade" || word == "the"))
            };
            if lexicon.is_platform_noun(&page.lemma(before)) {
                return Some(MediumKind::Platform);
            }
            return kind(before).or_else(trade);
        }
        // "LNA, the state news agency"
        let [_, sentence_end] = page.sentence(head);
        (end..sentence_end.min(end + 10))
            .find(|at| page.is_child(*at, head) && page.token(*at).dep == Dep::Appos)
            .and_then(kind)
    }

    /// The words of a name around its head: "Annals of Cold Seas", "Hull & Harbour".
    pub(super) fn name_of(&self, head: TokenId) -> [TokenId; 2] {
        const LONGEST: TokenId = 8;
        let page = self.frames.page;
        let [sentence, sentence_end] = page.sentence(head);
        let part = |at: TokenId| {
            let is_word = !matches!(
                page.token(at).pos,
                Pos::Adp | Pos::Sconj | Pos::Cconj | Pos::Pron | Pos::Aux | Pos::Adv
            );
            page.is_capital(at) && is_word
                || page.token(at).pos == Pos::Num
                || page.word(at).starts_with("al-")
        };
        let joint = |at: TokenId| matches!(page.word(at), "of" | "&" | "-" | "for" | "and");
        let mut first = head;
        while first > sentence.max(head.saturating_sub(LONGEST)) {
            // "al-Sund TV" is four words to the tokenizer, "Star of Brezna" a name with a joint
            let joint = first > sentence + 1
                && match page.word(first - 1) {
                    "-" => page.word(first - 2).eq_ignore_ascii_case("al"),
                    "of" => {
                        let word = page.word(first - 2).to_lowercase();
                        page.is_capital(first - 2) && lexicon::via().last_word(&word).is_some()
                    }
                    _ => false,
                };
            match (part(first - 1), joint) {
                (true, _) => first -= 1,
                (false, true) => first -= 2,
                (false, false) => break,
            }
        }
        let mut end = head + 1;
        while end < sentence_end.min(head + LONGEST) && page.token(end).sentence == page.token(head).sentence
        {
            let is_part = part(end) && page.token(end).pos == Pos::Propn
                || joint(end) && end + 1 < sentence_end && part(end + 1) && page.is_one_name(head, end + 1);
            if !is_part {
                break;
            }
            end += 1;
        }
        // "The" of "The Lantern" is no part of a name that stands inside a sentence
        while first < head && matches!(page.word(first), "The" | "A" | "An") {
            first += 1;
        }
        [first, end]
    }

    /// Whether a token heads a name.
    pub(super) fn is_name_head(&self, at: TokenId) -> bool {
        let page = self.frames.page;
        let token = page.token(at);
        let behind_capital =
            || at > 0 && page.is_capital(at - 1) && !page.is_first(at) && token.pos != Pos::Adp;
        page.is_capital(at)
            && (matches!(token.pos, Pos::Propn | Pos::Noun) || page.is_proper(at) || behind_capital())
            && !matches!(token.dep, Dep::Compound | Dep::Amod)
            || page.word(at).starts_with("al-") && token.pos == Pos::Propn && token.dep != Dep::Compound
            || token.pos != Pos::Space && page.word(at).contains(".com") && token.dep != Dep::Compound
    }
}
