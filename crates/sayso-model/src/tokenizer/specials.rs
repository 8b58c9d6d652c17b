//! Tokenizer exceptions: texts with a fixed division ("can't": "ca", "n't"), and their norms.
//!
//! In: the exceptions' table; then chunks or tokens. Out: the pieces of a chunk that is an exception, and tokens in which
//! every run that spells an exception has that exception's division (":" ")" become ":)").

use std::collections::HashMap;

use super::Token;
use crate::tables::unescape;

const TABLE: &str = include_str!("../../weights/en_core_web_sm/rules/specials.tsv");

/// A piece of an exception.
#[derive(Clone, Copy, Debug)]
struct Piece {
    bytes: usize,
    norm: Option<&'static str>,
}

/// The forms of tokens in a row.
type Run = Box<[Box<str>]>;

/// The exceptions by text.
#[derive(Debug, Default)]
pub(super) struct Specials {
    pieces: HashMap<Box<str>, Vec<Piece>>,
    /// The token runs to rejoin, by the first of their forms.
    runs: HashMap<Box<str>, Vec<Run>>,
    texts: Filter,
    firsts: Filter,
}

impl Specials {
    /// Reads the exceptions; `taken_apart` says how one would be split without them.
    pub(super) fn load(taken_apart: impl Fn(&str) -> Option<Vec<(usize, usize)>>) -> Self {
        let mut specials = Self::default();
        for line in TABLE.lines() {
            let mut fields = line.split('\t');
            let text = unescape(fields.next().expect("specials.tsv starts with the text"));
            let mut pieces = Vec::new();
            while let (Some(piece), Some(norm)) = (fields.next(), fields.next()) {
                pieces.push(Piece { bytes: unescape(piece).len(), norm: (!norm.is_empty()).then_some(norm) });
            }
            if let Some(run) = taken_apart(&text) {
                let forms: Run = run.iter().map(|&(start, end)| text[start..end].into()).collect();
                if let Some(first) = forms.first() {
                    specials.firsts.insert(first);
                    specials.runs.entry(first.clone()).or_default().push(forms);
                }
            }
            specials.texts.insert(&text);
            specials.pieces.insert(text.into(), pieces);
        }
        specials
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        self.texts.may_hold(text) && self.pieces.contains_key(text)
    }

    /// Appends the pieces of an exception that starts at `start`; false if `text` is none.
    pub(super) fn push(&self, text: &str, start: usize, tokens: &mut Vec<Token>) -> bool {
        if !self.texts.may_hold(text) {
            return false;
        }
        let Some(pieces) = self.pieces.get(text) else { return false };
        let mut at = start;
        for piece in pieces {
            tokens.push(Token { norm: piece.norm, ..Token::plain(at, at + piece.bytes) });
            at += piece.bytes;
        }
        true
    }

    /// Gives runs of tokens that spell an exception its division.
    pub(super) fn rejoin(&self, text: &str, tokens: Vec<Token>) -> Vec<Token> {
        let runs = self.chosen_runs(text, &tokens);
        if runs.is_empty() {
            return tokens;
        }
        let mut rejoined = Vec::with_capacity(tokens.len());
        let mut next = 0;
        for (first, end) in runs {
            rejoined.extend_from_slice(&tokens[next..first]);
            let (start, last) = (tokens[first].start as usize, tokens[end - 1]);
            let spelt = &text[start..last.end as usize];
            // with a space inside ("the sign : )") no exception is spelt, and the tokens stay
            if self.push(spelt, start, &mut rejoined) {
                if let Some(token) = rejoined.last_mut() {
                    token.space_after = last.space_after;
                }
            } else {
                rejoined.extend_from_slice(&tokens[first..end]);
            }
            next = end;
        }
        rejoined.extend_from_slice(&tokens[next..]);
        rejoined
    }

    /// Runs that spell an exception: of overlapping ones the longest, then the first.
    fn chosen_runs(&self, text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (first, token) in tokens.iter().enumerate() {
            let form = token.form(text);
            if !self.firsts.may_hold(form) {
                continue;
            }
            for run in self.runs.get(form).into_iter().flatten() {
                let following = tokens[first..].iter().map(|token| token.form(text));
                if tokens.len() - first >= run.len() && run.iter().map(|f| &**f).eq(following.take(run.len()))
                {
                    found.push((first, first + run.len()));
                }
            }
        }
        found.sort_unstable_by_key(|&(first, end)| (usize::MAX - (end - first), first));
        let mut seen = vec![false; if found.is_empty() { 0 } else { tokens.len() }];
        found.retain(|&(first, end)| {
            let free = !seen[first] && !seen[end - 1];
            // a run that is passed over still blocks the shorter ones that it overlaps, as in spaCy
            seen[first..end].fill(true);
            free
        });
        found.sort_unstable();
        found
    }
}

/// Lengths that occur, by first byte: turns most strings away before they are hashed.
#[derive(Debug)]
struct Filter(Box<[u64; 256]>);

impl Default for Filter {
    fn default() -> Self {
        Self(Box::new([0; 256]))
    }
}

impl Filter {
    fn insert(&mut self, text: &str) {
        if let Some(&first) = text.as_bytes().first() {
            self.0[usize::from(first)] |= 1 << text.len().min(63);
        }
    }

    fn may_hold(&self, text: &str) -> bool {
        text.as_bytes()
            .first()
            .is_some_and(|&first| self.0[usize::from(first)] & (1 << text.len().min(63)) != 0)
    }
}
