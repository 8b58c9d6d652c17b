//! Transcripts: who asks in them.

use crate::attribution::{Attribution, Reason};
use crate::identity::Page;
use crate::syntax::TokenId;

/// For each attribution, whether it is a turn of somebody whose part is to ask: "Q", "REPORTER", and what goes on from it.
pub(super) fn questioners(page: &Page, attributions: &[Attribution]) -> Vec<bool> {
    let mut all: Vec<bool> = Vec::with_capacity(attributions.len());
    for one in attributions {
        let before = one.continues.and_then(|at| all.get(at)).copied().unwrap_or(false);
        let label = one.source.first().map(|span| page.article.text.slice(*span));
        let asks = match label {
            Some(label) => matches!(label, "Q" | "Q." | "QUESTION" | "Question" | "REPORTER" | "PRESS"),
            None => before,
        };
        all.push(asks && one.is_layout());
    }
    all
}

/// Why a turn of such a person is a question: it holds a question mark, speaks of a question, or is cut short by the answer.
pub(super) fn question(page: &Page, content: &[TokenId]) -> Option<Reason> {
    let reason =
        |at: TokenId| Reason { field: "act", rule: "question in a turn", span: page.span(at, at + 1) };
    let says = |at: &TokenId| page.word(*at).contains('?') || page.lemma(*at) == "question";
    let breaks_off = |at: &TokenId| page.word(*at).ends_with(['—', '–', '-']);
    let last = content.iter().rev().copied().find(|at| !page.word(*at).trim().is_empty());
    content.iter().copied().find(|at| says(at)).or(last.filter(breaks_off)).map(reason)
}
