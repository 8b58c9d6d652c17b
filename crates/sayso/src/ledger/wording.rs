//! What a record says of its words, from their places alone: for words that a person chose.

use super::{Document, Mode, Pair, Spans};
use crate::act::mode;
use crate::article::{Article, Block, Origin};
use crate::offsets::CodePoints;
use crate::quotations;
use crate::text::{Span, Text};

/// Fields of a statement that follow from its spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The text of the content spans, joined by one space.
    pub quote: String,
    /// What of them stands inside quotation marks.
    pub verbatim: Vec<Pair>,
    /// How much of them does.
    pub mode: Mode,
}

impl Document {
    /// What follows from some spans of the text; nothing if one of them lies outside it. `unmarked` is the mode of words without quotation
    /// marks: direct where layout gives them as they were said.
    #[must_use]
    pub fn wording(&self, spans: &Spans, unmarked: Mode) -> Option<Wording> {
        let text = Text::new(self.text.as_str()).ok()?;
        let points = CodePoints::new(&text);
        let span = |pair: &Pair| text.span_at(points.byte(pair[0])?, points.byte(pair[1])?);
        let all = |pairs: &[Pair]| pairs.iter().map(span).collect::<Option<Vec<Span>>>();
        let (content, cue, source) = (all(&spans.content)?, all(&spans.cue)?, all(&spans.source)?);
        let blocks = self.blocks.iter().filter_map(|block| {
            let language = block.language.as_ref().map(|_| "und");
            Some(Block { language, ..Block::new(block.role, span(&[block.start, block.end])?) })
        });
        let blocks = blocks.collect();
        let article = Article { text: text.clone(), blocks, origin: Origin::default(), notes: Vec::new() };
        let quotations = quotations::find(&article);
        let own = cue.first().or(source.first()).copied();
        Some(Wording {
            quote: content.iter().map(|span| text.slice(*span)).collect::<Vec<_>>().join(" "),
            verbatim: quotations.within(&content).into_iter().map(|span| points.pair(span)).collect(),
            mode: mode::of_words(&text, &quotations, &content, own, unmarked),
        })
    }
}
