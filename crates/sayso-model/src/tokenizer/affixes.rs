//! What may be split off a chunk at its front, at its end, and inside it.
//!
//! In: a chunk without white space. Out: byte lengths of affixes, byte ranges of infixes; the longest alternative wins at the
//! end, the first in spaCy's order elsewhere. The conversion script stops if the expressions have shapes not handled here.

use crate::chars::{Classes, is};

const LITERALS: &str = include_str!("../../weights/en_core_web_sm/rules/affixes.tsv");

/// Hyphens inside words, in the order in which they are tried.
const HYPHENS: [&str; 7] = ["-", "–", "—", "--", "---", "——", "~"];

/// Affixes that are spelt out rather than given by a character class.
#[derive(Debug)]
pub(super) struct Affixes {
    prefixes: Vec<&'static str>,
    /// Whatever stands before, by last byte.
    suffixes: Vec<Vec<&'static str>>,
    /// After a digit: units and currencies, by last byte.
    units: Vec<Vec<&'static str>>,
}

impl Affixes {
    pub(super) fn load() -> Self {
        let mut affixes =
            Self { prefixes: Vec::new(), suffixes: vec![Vec::new(); 256], units: vec![Vec::new(); 256] };
        for line in LITERALS.lines() {
            let (kind, literal) = line.split_once('\t').expect("affixes.tsv has two columns");
            let last = usize::from(*literal.as_bytes().last().expect("affixes have at least one character"));
            match kind {
                "prefix" => affixes.prefixes.push(literal),
                "suffix" => affixes.suffixes[last].push(literal),
                "unit" => affixes.units[last].push(literal),
                other => panic!("affixes.tsv has the kind {other}"),
            }
        }
        affixes
    }

    /// The length of the prefix to split off, 0 if there is none.
    pub(super) fn prefix(&self, chunk: &str) -> usize {
        let mut chars = chunk.chars();
        let Some(first) = chars.next() else { return 0 };
        match first {
            '.' => several(chunk.bytes().take_while(|&b| b == b'.').count()),
            '+' => usize::from(!chars.next().is_some_and(|next| next.is_ascii_digit())),
            _ if is(first, Classes::PREFIX) => first.len_utf8(),
            'A'..='Z' => self.prefixes.iter().find(|p| chunk.starts_with(**p)).map_or(0, |p| p.len()),
            _ => 0,
        }
    }

    /// The length of the suffix to split off, 0 if there is none.
    pub(super) fn suffix(&self, chunk: &str) -> usize {
        let mut before = chunk.chars().rev();
        let Some(last) = before.next() else { return 0 };
        let mut longest = match last {
            '.' => final_stop(chunk),
            '+' => usize::from(before.next().is_some_and(|c| c.is_ascii_digit())),
            _ if is(last, Classes::SUFFIX) => last.len_utf8(),
            _ => 0,
        };
        let last_byte = usize::from(chunk.as_bytes()[chunk.len() - 1]);
        for literal in &self.suffixes[last_byte] {
            if literal.len() > longest && chunk.ends_with(literal) {
                longest = literal.len();
            }
        }
        for unit in &self.units[last_byte] {
            let follows_digit = |number: &str| number.ends_with(|c: char| c.is_ascii_digit());
            if unit.len() > longest && chunk.strip_suffix(unit).is_some_and(follows_digit) {
                longest = unit.len();
            }
        }
        longest
    }
}

/// Two or more stops are one token, a single one is not.
fn several(stops: usize) -> usize {
    if stops >= 2 { stops } else { 0 }
}

fn final_stop(chunk: &str) -> usize {
    let run = chunk.bytes().rev().take_while(|&b| b == b'.').count();
    if run >= 2 {
        return run;
    }
    let mut before = chunk[..chunk.len() - 1].chars().rev();
    let Some(previous) = before.next() else { return 0 };
    let earlier = before.next();
    let after_lower = is(previous, Classes::STOP_AFTER);
    let after_capitals =
        is(previous, Classes::STOP_UPPER) && earlier.is_some_and(|c| is(c, Classes::STOP_UPPER));
    let after_degree = earlier == Some('°') && matches!(previous, 'F' | 'f' | 'C' | 'c' | 'K' | 'k');
    usize::from(after_lower || after_capitals || after_degree)
}

/// The places where a chunk is cut, in order.
pub(super) fn infixes(chunk: &str) -> Infixes<'_> {
    Infixes { chunk, at: 0 }
}

/// Iterates over the byte ranges of infixes.
pub(super) struct Infixes<'c> {
    chunk: &'c str,
    at: usize,
}

impl Iterator for Infixes<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.chunk.len() {
            let rest = &self.chunk[self.at..];
            if let Some(step) = rest.bytes().position(may_start_infix) {
                self.at += step;
            } else {
                self.at = self.chunk.len();
                return None;
            }
            let (start, rest) = (self.at, &self.chunk[self.at..]);
            let first = rest.chars().next()?;
            let length = infix_at(&self.chunk[..start], rest, first);
            self.at += length.max(first.len_utf8());
            if length > 0 {
                return Some((start, start + length));
            }
        }
        None
    }
}

fn may_start_infix(byte: u8) -> bool {
    matches!(byte, b'.' | b'+' | b'-' | b'*' | b'^' | b',' | b'~' | b':' | b'<' | b'>' | b'=' | b'/' | 0xc2..)
}

fn infix_at(before: &str, rest: &str, first: char) -> usize {
    let previous = before.chars().next_back();
    let after = |length: usize| rest[length..].chars().next();
    let follows = |class: Classes| previous.is_some_and(|c| is(c, class));
    let follows_digit = || previous.is_some_and(|c| c.is_ascii_digit());
    let letter_after = |length: usize| after(length).is_some_and(|c| is(c, Classes::LETTER));
    if first == '.' {
        let run = rest.bytes().take_while(|&b| b == b'.').count();
        let between = || follows(Classes::DOT_AFTER) && after(1).is_some_and(|c| is(c, Classes::DOT_BEFORE));
        return if run == 1 { usize::from(between()) } else { run };
    }
    if first == '…' || is(first, Classes::ICON) {
        return first.len_utf8();
    }
    let in_number = || follows_digit() && after(1).is_some_and(|c| c.is_ascii_digit() || c == '-');
    if matches!(first, '+' | '-' | '*' | '^') && in_number() {
        return 1;
    }
    match first {
        ',' => usize::from(follows(Classes::LETTER) && letter_after(1)),
        ':' | '<' | '>' | '=' | '/' => {
            usize::from((follows(Classes::LETTER) || follows_digit()) && letter_after(1))
        }
        '-' | '–' | '—' | '~' if follows(Classes::LETTER) || follows_digit() => {
            let fits = |hyphen: &&&str| rest.starts_with(**hyphen) && letter_after(hyphen.len());
            HYPHENS.iter().find(fits).map_or(0, |hyphen| hyphen.len())
        }
        _ => 0,
    }
}
