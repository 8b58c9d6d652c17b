//! Where the words of a correction stand, so that they are found in another reading of the article or not at all.
//!
//! In: a record as it was read. Out: an [`Anchor`], and later the one record of another reading that has the same words at the same place.
//! What holds: nothing is attached to other words, or to the same words elsewhere. In the same text the place is the same code points. In
//! another text it is the same place inside a paragraph of the same words, if each text has exactly one such.
//!
//! # Source
//! Position and quotation selectors of the Web Annotation Data Model (W3C 2017, 4.2.4 and 4.2.5), both of which must hold here.

use super::places::Page;
use sayso::ledger::{Document, Pair, Statement, hexadecimal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Where the words of a statement stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Anchor {
    /// Hash of the text that the places are in.
    text: String,
    pub(crate) quote: String,
    content: Vec<Pair>,
    cue: Vec<Pair>,
    paragraphs: Vec<Paragraph>,
}

/// A block that places of the anchor lie in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Paragraph {
    start: usize,
    end: usize,
    /// Of its words.
    sha256: String,
    /// How many blocks of the text have these words.
    copies: usize,
}

/// A reading in which anchors are looked for.
pub(crate) struct Ground<'a> {
    document: &'a Document,
    by_content: HashMap<&'a [Pair], Vec<usize>>,
    statements: &'a [Statement],
    /// The blocks that have some words, by their hash.
    paragraphs: HashMap<String, Vec<Pair>>,
}

/// How places of an anchor become places of another text.
pub(crate) enum Shift {
    Same,
    /// Paragraphs with the code points at which each starts now.
    Moved(Vec<(Pair, usize)>),
}

impl<'a> Ground<'a> {
    pub(crate) fn new(document: &'a Document, page: &Page, statements: &'a [Statement]) -> Self {
        let mut by_content: HashMap<&[Pair], Vec<usize>> = HashMap::new();
        for (at, one) in statements.iter().enumerate() {
            by_content.entry(&one.spans.content).or_default().push(at);
        }
        let mut paragraphs: HashMap<String, Vec<Pair>> = HashMap::new();
        for block in &document.blocks {
            let place = [block.start, block.end];
            paragraphs.entry(hash(&page.slice(place))).or_default().push(place);
        }
        Self { document, by_content, statements, paragraphs }
    }

    /// The anchor of a statement, for a correction that also points at some other places.
    pub(crate) fn anchor(&self, page: &Page, at: usize, others: &[Pair]) -> Anchor {
        let one = &self.statements[at];
        let places = || one.spans.content.iter().chain(&one.spans.cue).chain(others);
        let is_of_anchor = |block: Pair| places().any(|place| place[0] < block[1] && block[0] < place[1]);
        let blocks = self.document.blocks.iter().map(|block| [block.start, block.end]);
        let paragraphs = blocks.filter(|block| is_of_anchor(*block)).map(|block| {
            let sha256 = hash(&page.slice(block));
            let copies = self.paragraphs.get(&sha256).map_or(0, Vec::len);
            Paragraph { start: block[0], end: block[1], sha256, copies }
        });
        Anchor {
            text: self.document.sha256.clone(),
            quote: one.quote.clone(),
            content: one.spans.content.clone(),
            cue: one.spans.cue.clone(),
            paragraphs: paragraphs.collect(),
        }
    }

    /// The statement at an anchor, and how its places are found in this text.
    ///
    /// # Errors
    /// Why there is none for sure.
    pub(crate) fn find(&self, anchor: &Anchor) -> Result<(usize, Shift), &'static str> {
        const GONE: &str = "no statement with its words is read at its place";
        let shift = self.shift(anchor);
        let places = |pairs: &[Pair]| pairs.iter().map(|pair| shift.place(*pair)).collect::<Option<Vec<_>>>();
        let content =
            places(&anchor.content).ok_or("its paragraph does not stand exactly once in the text")?;
        let cue = places(&anchor.cue);
        let here = self.by_content.get(&*content).map_or(&[][..], Vec::as_slice);
        let here: Vec<usize> =
            here.iter().copied().filter(|at| self.statements[*at].quote == anchor.quote).collect();
        let same_cue = |at: &&usize| Some(&self.statements[**at].spans.cue) == cue.as_ref();
        let exact: Vec<usize> = here.iter().filter(same_cue).copied().collect();
        match (here.as_slice(), exact.as_slice()) {
            (_, [only]) => Ok((*only, shift)),
            ([], _) => Err(GONE),
            // the same words attributed by others are another statement
            ([_], _) => Err(GONE),
            (_, _) => Err("several statements have its words"),
        }
    }

    fn shift(&self, anchor: &Anchor) -> Shift {
        if anchor.text == self.document.sha256 {
            return Shift::Same;
        }
        let moved = anchor.paragraphs.iter().filter(|paragraph| paragraph.copies == 1).filter_map(|old| {
            match self.paragraphs.get(&old.sha256).map(Vec::as_slice) {
                Some([new]) => Some(([old.start, old.end], new[0])),
                Some(_) | None => None,
            }
        });
        Shift::Moved(moved.collect())
    }
}

impl Shift {
    /// A place in the new text; nothing if its paragraph is not there for sure.
    pub(crate) fn place(&self, pair: Pair) -> Option<Pair> {
        match self {
            Self::Same => Some(pair),
            Self::Moved(paragraphs) => {
                let to = |code_point: usize, last: usize| {
                    let (old, new) = paragraphs.iter().find(|(old, _)| (old[0]..old[1]).contains(&last))?;
                    Some(code_point - old[0] + new)
                };
                Some([to(pair[0], pair[0])?, to(pair[1], pair[1].checked_sub(1)?)?])
            }
        }
    }
}

fn hash(words: &str) -> String {
    hexadecimal(&Sha256::digest(words))
}
