//! Words of a telling that set it apart from the one before: another time, another place, going back.

use super::scenes::{Holding, Scene};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{EntityKind, Pos};

impl Holding<'_> {
    /// Whether the telling goes back in time: "had told", "told the Courier then".
    pub(super) fn is_past(&self, at: usize) -> bool {
        const NEAR: TokenId = 8;
        let page = self.frames.page;
        let cue = self.frames.tokens(&self.frames.attributions[at].cue);
        let Some((first, last)) = cue.first().zip(cue.last()) else { return false };
        let [start, end] = page.sentence(*first);
        let level = self.frames.level(*first);
        let near = start.max(first.saturating_sub(NEAR))..end.min(last + NEAR);
        cue.iter().any(|at| page.word(*at).eq_ignore_ascii_case("had"))
            || near
                .filter(|at| self.frames.level(*at) == level)
                .any(|at| matches!(&*page.word(at).to_lowercase(), "then" | "previously" | "once"))
    }

    /// Whether the telling has a time, a place or a tense of its own: "later", "on Monday", "has said".
    pub(super) fn is_elsewhere(&self, at: usize) -> bool {
        const NEAR: TokenId = 8;
        const FAR: TokenId = 24;
        let page = self.frames.page;
        let cue = self.frames.tokens(&self.frames.attributions[at].cue);
        if cue.iter().any(|at| matches!(&*page.lemma(*at), "have" | "’ve" | "'ve")) {
            return true;
        }
        let Some((first, last)) = cue.first().zip(cue.last()) else { return false };
        let [start, end] = page.sentence(*first);
        let level = self.frames.level(*first);
        let near = start.max(first.saturating_sub(NEAR))..end.min(last + NEAR);
        // "was jeered last week during a visit after she refused to say"
        let far = start.max(first.saturating_sub(FAR))..near.end;
        let says_when = |token: TokenId| {
            page.token(token).pos != Pos::Space
                && self.frames.entity(token) == Some(EntityKind::Date)
                && self.frames.source_at(token).is_none()
        };
        let is_said_then = far.filter(|at| self.frames.level(*at) == level).any(says_when);
        is_said_then
            || near.filter(|at| self.frames.level(*at) == level).any(|token| {
                let word = page.word(token).to_lowercase();
                matches!(
                    word.as_str(),
                    "later"
                        | "earlier"
                        | "since"
                        | "previously"
                        | "separately"
                        | "afterwards"
                        | "meanwhile"
                        | "elsewhere"
                )
            })
    }

    /// "one of them", of those who were named last.
    pub(super) fn is_one_of(&self, source: &[Span], scene: &Scene) -> bool {
        let words = |spans: &[Span]| -> Vec<String> {
            self.frames.tokens(spans).iter().map(|at| self.frames.page.word(*at).to_lowercase()).collect()
        };
        let words_here = words(source);
        let is_one = matches!(words_here.first().map(String::as_str), Some("one" | "another"))
            && words_here.get(1).is_some_and(|word| word == "of")
            && words_here.get(2).is_some_and(|word| word == "them");
        let are_many =
            self.frames.tokens(&scene.source).iter().any(|at| self.frames.page.word(*at).ends_with('s'));
        is_one && are_many
    }

    /// The sentence of a cue.
    pub(super) fn sentence(&self, at: usize) -> Option<u32> {
        self.frames.verb(at).map(|verb| self.frames.page.token(verb).sentence)
    }
}
