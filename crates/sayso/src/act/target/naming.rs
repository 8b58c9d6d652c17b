//! The words that name a target, and whom they mean.

use super::{Reading, Target};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Pos, Tag};

impl Reading<'_> {
    /// The phrase under a head by its name; none for a pronoun that may mean anybody.
    pub(super) fn named(&self, head: TokenId, rule: &'static str) -> Option<Target> {
        let page = self.page;
        let span = self.phrase(head);
        let source = self.source_at(span, head);
        let known = source.and_then(|at| self.identities.sources.get(at));
        let is_pronoun = page.token(head).pos == Pos::Pron || page.pronoun(head).is_some();
        let object = self.objects.get(&page.token(head).span.start());
        if let Some(object) = object.filter(|_| is_pronoun) {
            return Some(Target {
                span: object.span,
                name: object.name.clone(),
                source: object.source,
                rule,
            });
        }
        let name = match known {
            Some(known) => known.name.clone(),
            None if is_pronoun || is_possessive(page.word(head)) => return None,
            None => page.article.text.slice(span).to_owned(),
        };
        Some(Target { span, name, source, rule })
    }

    /// From the first word that is no article to the head, with "of" and what follows it.
    pub(super) fn phrase(&self, head: TokenId) -> Span {
        const FARTHEST: TokenId = 8;
        let page = self.page;
        let mut first = page.left_edge(head);
        let skipped = |at: TokenId| {
            matches!(page.token(at).pos, Pos::Punct | Pos::Space | Pos::Cconj | Pos::Sconj | Pos::Adv)
                || matches!(page.word(at).to_lowercase().as_str(), "the" | "a" | "an" | "both")
        };
        while first < head && skipped(first) {
            first += 1;
        }
        let [_, end] = page.sentence(head);
        // "accused the rebels of moving weapons": what they are accused of is not their name
        let is_name = |of: TokenId| of + 1 < end && page.token(of + 1).tag != Tag::Vbg;
        let of = Some(head + 1).filter(|of| *of < end && page.word(*of) == "of" && is_name(*of));
        let last = of.and_then(|of| {
            (of + 1..end.min(of + FARTHEST)).find(|at| page.is_child(*at, of) && page.is_nominal(*at))
        });
        page.span(first, last.unwrap_or(head) + 1)
    }

    /// The source that these words mention.
    pub(super) fn source_at(&self, span: Span, head: TokenId) -> Option<usize> {
        let head = self.page.token(head).span;
        let at = |end: usize| self.mentions.get(&end).map_or(&[][..], Vec::as_slice);
        let exact = at(span.end()).iter().find(|(mention, _)| *mention == span);
        exact
            .or_else(|| at(head.end()).iter().find(|(mention, _)| mention.contains(head)))
            .map(|(_, source)| *source)
    }
}

fn is_possessive(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "his" | "her" | "its" | "their" | "our" | "my" | "your" | "whose")
}
