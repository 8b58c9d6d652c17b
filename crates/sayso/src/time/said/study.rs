//! Who speaks for a study that was published.

use crate::identity::Page;
use crate::syntax::TokenId;
use crate::time::words;
use sayso_model::{Pos, Tag};

/// The place of studies among the sorts of writings of `times.toml`.
pub(super) const STUDY: u32 = 0;
/// The place of polls.
pub(super) const POLL: u32 = 3;

/// Whether a source is a study or those behind it: "the findings", "the researchers". Its words hang on `head`.
pub(crate) fn speaks(page: &Page, source: &[TokenId], head: TokenId) -> bool {
    let is_study = is_study(&page.lemma(head)) && !are_several(page, head);
    let is_other = opens(page, source, &["a", "an", "another", "one", "some", "other", "many", "most"]);
    is_study && !is_other && !is_named(page, source) || is_behind(page, source, Some(head))
}

/// Whether a noun is for studies: "findings", "paper".
pub(crate) fn is_study(lemma: &str) -> bool {
    words::word(lemma).writing == Some(STUDY)
}

/// Whether a noun is for more writings than one: "reports", but "findings" are one.
pub(super) fn are_several(page: &Page, noun: TokenId) -> bool {
    page.token(noun).tag == Tag::Nns && page.lemma(noun) != "finding"
}

/// Whether a source is those behind a study. "scientists say" is no study's; nor is what one of them told a paper.
pub(super) fn is_behind(page: &Page, source: &[TokenId], head: Option<TokenId>) -> bool {
    let lemma = head.map(|head| page.lemma(head)).unwrap_or_default();
    let are_many = head.is_some_and(|head| page.token(head).tag == Tag::Nns)
        && opens(page, source, &["the", "these", "both"])
        || lemma == "team";
    words::word(&lemma).is_scholar && are_many && !is_named(page, source)
}

pub(super) fn opens(page: &Page, source: &[TokenId], openers: &[&str]) -> bool {
    source.first().is_some_and(|at| openers.iter().any(|word| page.word(*at).eq_ignore_ascii_case(word)))
}

fn is_named(page: &Page, source: &[TokenId]) -> bool {
    source.iter().any(|at| page.token(*at).pos == Pos::Propn)
}
