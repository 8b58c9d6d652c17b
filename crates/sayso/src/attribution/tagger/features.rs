//! What the network sees of an article's tokens.
//!
//! In: the layers below. Out: [`Features`]: numbers for each token, and on demand the codes of each pair of an anchor and a token of
//! its window. training/attribution/features.py computes the codes of the pairs from the same numbers; the two have to agree.

use crate::quotations::Quotations;
use crate::syntax::{Syntax, Token};
use crate::text::Text;
use sayso_model::attribution::{AttributionNet, PAIR_CODES, TokenInput};
use sayso_model::{Dep, EntityKind};
use std::ops::Range;

/// How far a window reaches to each side of its anchor, in tokens; it never leaves the block.
const WINDOW: usize = 200;
const MOST_UP: usize = 3;
const MOST_DOWN: usize = 4;
const SENTENCES: usize = 3;
const DEPS: usize = Dep::ALL.len() + 1;
/// A path longer than this says no more than one of this length.
const LONGEST_PATH: usize = 40;
const DISTANCES: [usize; 11] = [1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 60];

/// Where a token stands in a quotation.
const PLACE_OPENING_MARK: u8 = 1;
const PLACE_CLOSING_MARK: u8 = 2;
const PLACE_INSIDE: u8 = 3;
const PLACE_NESTED: u8 = 4;

const FLAG_BLOCK_START: u8 = 1;
const FLAG_SENTENCE_START: u8 = 2;
const FLAG_FIRST_BLOCK: u8 = 4;

/// The numbers of an article's tokens.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// What the network's first layer sees.
    pub inputs: Vec<TokenInput>,
    /// For each token the outermost quotation that it stands in, marks included.
    pub quotations: Vec<Option<u32>>,
    /// The blocks, as ranges of tokens.
    pub blocks: Vec<Range<usize>>,
    /// For each token its block.
    block_of: Vec<u32>,
}

/// A token as the network knows it: every double quotation mark is the straight one, so that an article may be set as it likes.
pub(crate) fn form(word: &str) -> &str {
    if matches!(word, "“" | "”" | "„" | "‟" | "«" | "»") { "\"" } else { word }
}

/// Computes the numbers of each token.
#[must_use]
pub fn of(text: &Text, syntax: &Syntax, quotations: &Quotations, net: &AttributionNet) -> Features {
    let entities = entities(syntax);
    let places = places(syntax, quotations);
    let (blocks, block_of) = blocks(syntax);
    let first_block = syntax.tokens.first().map(|token| token.block);
    let mut lower = String::new();
    let mut inputs = Vec::with_capacity(syntax.tokens.len());
    for (at, token) in syntax.tokens.iter().enumerate() {
        let form = form(text.slice(token.span));
        let mut flags = 0;
        if blocks[block_of[at] as usize].start == at {
            flags |= FLAG_BLOCK_START;
        }
        if syntax.sentences[token.sentence as usize][0] as usize == at {
            flags |= FLAG_SENTENCE_START;
        }
        if Some(token.block) == first_block {
            flags |= FLAG_FIRST_BLOCK;
        }
        lower_into(form, &mut lower);
        let word = net.word(&lower);
        lower_into(self::form(&token.lemma), &mut lower);
        inputs.push(TokenInput {
            word,
            lemma: net.lemma(&lower),
            head: token.head,
            rows: [
                token.tag as u8,
                token.dep as u8,
                entities[at],
                places.places[at],
                look(form),
                bucket(token.head as isize - at as isize) as u8,
                flags,
            ],
        });
    }
    Features { inputs, quotations: places.outermost, blocks, block_of }
}

impl Features {
    /// The tokens that are looked at for an anchor.
    #[must_use]
    pub fn window(&self, anchor: usize) -> Range<usize> {
        let block = &self.blocks[self.block_of[anchor] as usize];
        anchor.saturating_sub(WINDOW).max(block.start)..(anchor + WINDOW + 1).min(block.end)
    }

    /// Codes for an anchor and each token of its window: branch and depth of the way through the tree, the anchor's own edge, distance,
    /// and how the two stand to quotations.
    #[must_use]
    pub fn pairs(&self, syntax: &Syntax, anchor: usize) -> Vec<[u16; PAIR_CODES]> {
        let window = self.window(anchor);
        let path = path_up(&syntax.tokens, anchor);
        let between = self.stretches_between(anchor, &window);
        let dep = |token: usize| 1 + syntax.tokens[token].dep as usize;
        let at_anchor = self.quotations[anchor];
        window
            .clone()
            .map(|token| {
                let sentences = [anchor, token].map(|at| syntax.tokens[at].sentence);
                let (branch, depth, edge) = if sentences[0] == sentences[1] {
                    let (up, down, below) = meeting(&syntax.tokens, &path, token);
                    let branch = below.map_or(0, dep);
                    (up * DEPS + branch, up * (MOST_DOWN + 1) + down, if up > 0 { dep(anchor) } else { 0 })
                } else {
                    let side = sentences_away(sentences);
                    ((MOST_UP + 1) * DEPS + side, (MOST_UP + 1) * (MOST_DOWN + 1) + side, 0)
                };
                let inside = self.quotations[token];
                let relation = match (at_anchor, inside) {
                    (Some(anchor), Some(token)) if anchor == token => 4,
                    (anchor, token) => 2 * usize::from(anchor.is_some()) + usize::from(token.is_some()),
                };
                let place = usize::from(self.inputs[token].rows[3]);
                let quotation = (relation * 3 + between[token - window.start].min(2)) * 5 + place;
                let distance = bucket(token as isize - anchor as isize);
                [branch, depth, edge, distance, quotation].map(|code| code as u16)
            })
            .collect()
    }

    /// For each token of the window how many stretches begin between it and the anchor that are not the anchor's own.
    fn stretches_between(&self, anchor: usize, window: &Range<usize>) -> Vec<usize> {
        let mut counts = vec![0; window.len()];
        let own = self.quotations[anchor];
        let mut walk = |tokens: &mut dyn Iterator<Item = usize>| {
            let (mut last, mut seen) = (own, 0);
            for token in tokens {
                let now = self.quotations[token];
                if now != last && last.is_some() && last != own {
                    seen += 1;
                }
                last = now;
                counts[token - window.start] = seen;
            }
        };
        walk(&mut (anchor..window.end));
        walk(&mut (window.start..=anchor).rev());
        counts
    }
}

/// 0, 1, 2 for three or more, two, one sentence before; 3, 4, 5 for one, two, three or more after.
fn sentences_away([from, to]: [u32; 2]) -> usize {
    if to < from {
        SENTENCES.saturating_sub((from - to) as usize)
    } else {
        SENTENCES - 1 + ((to - from) as usize).min(SENTENCES)
    }
}

/// The anchor and what it depends on, nearest first.
fn path_up(tokens: &[Token], anchor: usize) -> Vec<usize> {
    let mut path = vec![anchor];
    let mut node = anchor;
    while path.len() <= LONGEST_PATH && tokens[node].head as usize != node {
        node = tokens[node].head as usize;
        path.push(node);
    }
    path
}

/// Where the way up from a token meets a path: steps up from the anchor, steps down to the token, and the last node below the meeting.
fn meeting(tokens: &[Token], path: &[usize], token: usize) -> (usize, usize, Option<usize>) {
    let (mut node, mut down, mut below) = (token, 0, None);
    loop {
        if let Some(up) = path.iter().position(|&on_path| on_path == node) {
            return (up.min(MOST_UP), down.min(MOST_DOWN), below);
        }
        if down == LONGEST_PATH {
            return (MOST_UP, MOST_DOWN, below);
        }
        below = Some(node);
        node = tokens[node].head as usize;
        down += 1;
    }
}

/// 0 for 0, 1 to 11 to the right, 12 to 22 to the left.
fn bucket(distance: isize) -> usize {
    let size = distance.unsigned_abs();
    let at = DISTANCES.partition_point(|&least| least <= size);
    if distance < 0 { at + DISTANCES.len() } else { at }
}

fn lower_into(form: &str, lower: &mut String) {
    lower.clear();
    if form.is_ascii() {
        lower.push_str(form);
        lower.make_ascii_lowercase();
    } else {
        lower.push_str(&form.to_lowercase());
    }
}

/// How a form is written: 0 lower case, 1 capitalised, 2 capitals, 3 mixed, 4 digits, 5 white space, 6 punctuation.
fn look(form: &str) -> u8 {
    if form.chars().all(char::is_whitespace) {
        return 5;
    }
    let mut letters = form.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return if form.contains(char::is_numeric) { 4 } else { 6 };
    };
    let (mut rest, mut upper) = (0, 0);
    for c in letters {
        rest += 1;
        upper += usize::from(c.is_uppercase());
    }
    match (first.is_uppercase(), upper) {
        (false, 0) => 0,
        (true, 0) => 1,
        (true, upper) if upper == rest => 2,
        _ => 3,
    }
}

/// For each token 0, or a number for the entity's kind and whether it starts there.
fn entities(syntax: &Syntax) -> Vec<u8> {
    let mut codes = vec![0; syntax.tokens.len()];
    for entity in &syntax.entities {
        for token in entity.first..entity.end {
            codes[token as usize] = 1 + 2 * entity.kind as u8 + u8::from(token > entity.first);
        }
    }
    debug_assert!(EntityKind::ALL.len() < 100, "codes fit a byte");
    codes
}

/// The blocks as ranges of tokens, and the block of each token.
fn blocks(syntax: &Syntax) -> (Vec<Range<usize>>, Vec<u32>) {
    let (mut blocks, mut block_of) = (Vec::new(), Vec::with_capacity(syntax.tokens.len()));
    for run in syntax.tokens.chunk_by(|a, b| a.block == b.block) {
        let first = block_of.len();
        block_of.extend(std::iter::repeat_n(blocks.len() as u32, run.len()));
        blocks.push(first..first + run.len());
    }
    (blocks, block_of)
}

struct Places {
    places: Vec<u8>,
    outermost: Vec<Option<u32>>,
}

fn places(syntax: &Syntax, quotations: &Quotations) -> Places {
    let mut places = vec![0; syntax.tokens.len()];
    let mut outermost = vec![None; syntax.tokens.len()];
    // the tokens may be a small part of the article's, and its quotations many
    let (Some(first), Some(last)) = (syntax.tokens.first(), syntax.tokens.last()) else {
        return Places { places, outermost };
    };
    let part = first.span.cover(last.span);
    let from = |start: usize| quotations.all().partition_point(|quotation| quotation.outer.start() < start);
    let here = (0u32..).zip(quotations.all()).take(from(part.end()));
    for (number, quotation) in here.filter(|(_, quotation)| quotation.outer.overlaps(part)) {
        let first = syntax.tokens.partition_point(|token| token.span.start() < quotation.outer.start());
        let tokens = syntax.tokens[first..].iter().take_while(|t| t.span.start() < quotation.outer.end());
        for (at, token) in (first..).zip(tokens) {
            if quotation.depth > 0 {
                if places[at] == PLACE_INSIDE {
                    places[at] = PLACE_NESTED;
                }
                continue;
            }
            outermost[at] = Some(number);
            let start = token.span.start();
            places[at] =
                if start < quotation.inner.start() && quotation.outer.start() < quotation.inner.start() {
                    PLACE_OPENING_MARK
                } else if start >= quotation.inner.end() {
                    PLACE_CLOSING_MARK
                } else {
                    PLACE_INSIDE
                };
        }
    }
    Places { places, outermost }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_buckets() {
        let buckets: Vec<usize> = [0, 1, 2, 6, 7, 60, 500, -1, -60].map(bucket).to_vec();
        assert_eq!(buckets, [0, 1, 2, 5, 6, 11, 11, 12, 22]);
    }

    #[test]
    fn looks() {
        let looks: Vec<u8> =
            ["said", "Hale", "UN", "A", "McVey", "1,200", "\n", "”", "iPad"].map(look).to_vec();
        assert_eq!(looks, [0, 1, 2, 1, 3, 4, 5, 6, 3]);
    }
}
