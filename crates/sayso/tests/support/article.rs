//! Articles for tests.

use sayso::article::{Article, Block, BlockRole, Origin};
use sayso::text::Text;

/// An article of paragraphs that are set apart by blank lines.
pub(crate) fn paragraphs(text: &str) -> Article {
    let owned = Text::new(text).expect("a specification is short");
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let span = owned.span_at(start, start + part.len()).expect("parts are cut at line breaks");
        let span = owned.trim(span);
        if !span.is_empty() {
            blocks.push(Block::new(BlockRole::Paragraph, span));
        }
        start += part.len() + 2;
    }
    Article { text: owned, blocks, origin: Origin::default(), notes: Vec::new() }
}
