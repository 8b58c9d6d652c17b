//! Parts of an article that are read one after the other, so that a long one takes little memory.
//!
//! In: an article. Out: its read blocks in groups, in order. A block that no parser could hold at once is cut, between sentences where it can
//! be and between words where it cannot; news has no such blocks, but a page that lost its line breaks does.

use crate::article::Article;
use crate::text::{Span, Text};

/// How many bytes go through the networks together, more or less.
const SECTION_BYTES: usize = 48 << 10;
/// The longest piece of a block that is parsed at once.
const PIECE_BYTES: usize = 16 << 10;

/// A piece of a read block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Index of the block in the article.
    pub block: u32,
    /// The characters: the whole block but for very long ones.
    pub span: Span,
}

/// Iterates over groups of pieces.
#[derive(Debug)]
pub struct Sections {
    pieces: std::vec::IntoIter<Piece>,
}

impl Sections {
    /// The sections of an article's read blocks.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let mut pieces = Vec::new();
        for (block, span) in
            (0u32..).zip(&article.blocks).filter(|(_, b)| b.is_read()).map(|(n, b)| (n, b.span))
        {
            let mut rest = span;
            while rest.len() > PIECE_BYTES {
                let cut = cut(&article.text, rest);
                pieces.push(Piece { block, span: Span::at(rest.start(), cut) });
                rest = Span::at(cut, rest.end());
            }
            pieces.push(Piece { block, span: rest });
        }
        Self { pieces: pieces.into_iter() }
    }
}

impl Iterator for Sections {
    type Item = Vec<Piece>;

    fn next(&mut self) -> Option<Vec<Piece>> {
        let mut section = vec![self.pieces.next()?];
        let mut bytes = section[0].span.len();
        while let Some(next) = self.pieces.as_slice().first()
            && bytes + next.span.len() <= SECTION_BYTES
        {
            bytes += next.span.len();
            section.extend(self.pieces.next());
        }
        Some(section)
    }
}

/// Where to cut a long span: in its second half, after a stop and a space, else after a space, else anywhere.
fn cut(text: &Text, span: Span) -> usize {
    let boundary =
        |at: usize| (0..4).map(|back| at - back).find(|at| text.as_str().is_char_boundary(*at)).unwrap_or(at);
    let (half, end) = (boundary(span.start() + PIECE_BYTES / 2), boundary(span.start() + PIECE_BYTES));
    let part = &text.as_str()[half..end];
    let after = |pattern: &str| part.rfind(pattern).map(|at| half + at + pattern.len());
    after(". ").or_else(|| after(" ")).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockRole, Origin};

    fn article(blocks: &[&str]) -> Article {
        let text = Text::new(blocks.join("\n")).expect("short");
        let mut start = 0;
        let blocks = blocks.iter().map(|block| {
            let span = Span::at(start, start + block.len());
            start += block.len() + 1;
            Block::new(BlockRole::Paragraph, span)
        });
        let blocks = blocks.collect();
        Article { text, blocks, origin: Origin::default(), notes: Vec::new() }
    }

    #[test]
    fn pieces_tile_the_blocks() {
        let long = "Ein Wort. ".repeat(9_000);
        let solid = "é".repeat(40_000);
        let article = article(&["short", &long, &solid, "end"]);
        let sections: Vec<Vec<Piece>> = Sections::of(&article).collect();
        let pieces: Vec<Piece> = sections.iter().flatten().copied().collect();
        for (block, span) in article.blocks.iter().map(|block| block.span).enumerate() {
            let mut own = pieces.iter().filter(|piece| piece.block as usize == block).map(|piece| piece.span);
            let first = own.next().expect("a block has a piece");
            let end = own.fold(first, |before, next| {
                assert_eq!(before.end(), next.start());
                next
            });
            assert_eq!((first.start(), end.end()), (span.start(), span.end()));
        }
        assert!(pieces.iter().all(|piece| piece.span.len() <= PIECE_BYTES));
        assert!(sections.len() > 2);
        assert!(
            sections
                .iter()
                .all(|section| section.iter().map(|piece| piece.span.len()).sum::<usize>() <= SECTION_BYTES)
        );
    }
}
