//! The blocks of a plain text: where its paragraphs are and what each of them is.
//!
//! In: a text as somebody saved or pasted it. Out: labelled blocks in order, without overlap. What
//! holds: everything between two blocks is blank, so no word is lost; a label may keep words from
//! being read, never from being kept.

mod credits;
mod furniture;
mod lines;
mod roles;
mod shape;
mod wrap;

pub use lines::is_blank;

use sayso::article::{Block, BlockRole};
use sayso::text::Text;

/// The labelled blocks of a text.
#[must_use]
pub fn of(text: &Text) -> Vec<Block> {
    with_known(text, &[])
}

/// The labelled blocks of a text of which something is known: what starts at some bytes, in order.
#[must_use]
pub fn with_known(text: &Text, known: &[(usize, BlockRole)]) -> Vec<Block> {
    let lines = lines::of(text.as_str());
    let units = wrap::join(text.as_str(), &lines);
    let known: Vec<Option<BlockRole>> = units
        .iter()
        .map(|unit| known.binary_search_by_key(&unit.start, |(start, _)| *start).ok().map(|at| known[at].1))
        .collect();
    let roles = roles::of(&units, &known);
    let spans = units.iter().map(|unit| text.span_at(unit.start, unit.start + unit.text.len()));
    roles
        .into_iter()
        .zip(spans)
        .map(|(role, span)| Block::new(role, span.expect("units are cut at line breaks of this text")))
        .collect()
}
