//! What a statement claims, as one text: what is compared where somebody looks for the same claim in other words.
//!
//! In: a document and its statements. Out: for each the words of the article from the first to the last one that belongs to it: source, cue and content. The
//! content alone often says nothing (“the demarcation”, “to step down”) without the verb that it hangs on; and who speaks is named, as in “Ilse Maron said that
//! the quay stays shut” for “she said that the quay stays shut”.

use crate::ledger::{Document, Pair, Statement};
use crate::offsets::CodePoints;

pub use sayso_model::claims::{Embedder, Embedding, NUMBERS, Signature};

/// How far from the content source and cue may stand, in code points; a speaker who was introduced farther away only lends the name.
const NEAR: usize = 600;
/// Characters of a claim; an encoder reads about 500 of them.
const LONGEST: usize = 2_000;

/// The claims of a document.
#[derive(Clone, Debug)]
pub struct Claims<'d> {
    text: &'d str,
    points: CodePoints<'d>,
}

impl<'d> Claims<'d> {
    /// Reads the document's text once.
    #[must_use]
    pub fn new(document: &'d Document) -> Self {
        Self { text: &document.text, points: CodePoints::of_str(&document.text) }
    }

    /// What a statement of the document claims; its quote, if its places are not in the text.
    #[must_use]
    pub fn of(&self, statement: &Statement) -> String {
        let text = self.worded(statement).unwrap_or_else(|| statement.quote.clone());
        text.chars().take(LONGEST).collect()
    }

    fn worded(&self, statement: &Statement) -> Option<String> {
        let spans = &statement.spans;
        let (first, last) = (spans.content.first()?[0], spans.content.last()?[1]);
        let is_near = |span: &&Pair| span[0] + NEAR >= first && span[1] <= last + NEAR;
        let source = spans.source.iter().find(is_near);
        let around = || spans.source.iter().chain(&spans.cue).filter(is_near);
        let start = around().map(|span| span[0]).fold(first, usize::min);
        let end = around().map(|span| span[1]).fold(last, usize::max);
        let between = |from: usize, to: usize| self.text.get(self.points.byte(from)?..self.points.byte(to)?);
        let name = statement.speaker_name.as_deref();
        Some(match (source, name) {
            (Some([from, to]), Some(name)) => [between(start, *from)?, name, between(*to, end)?].concat(),
            (None, Some(name)) => format!("{name}: {}", between(start, end)?),
            (_, None) => between(start, end)?.to_owned(),
        })
    }
}
