//! spaCy's English tokenizer.
//!
//! In: any text. Out: tokens that tile it but for single spaces, each owned by the token before it. The steps are spaCy's:
//! cut at white space; peel prefixes and suffixes off each chunk until an exception or nothing is left to peel; keep a URL
//! whole; cut the rest at infixes; then join what peeling took apart where the tokens in a row spell an exception.
//! Time is linear in the text whatever it holds, as no step looks further than the longest exception or run of stops.
//!
//! # Source
//! spaCy 3.8 `tokenizer.pyx`, `lang/punctuation.py`, `lang/en/punctuation.py`.

mod affixes;
mod specials;
mod url;

use std::borrow::Cow;

use crate::chars::{Classes, is};
use crate::lexeme;
use affixes::{Affixes, infixes};
use specials::Specials;

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First UTF-8 byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether one space follows that belongs to no token.
    pub space_after: bool,
    /// The norm that an exception gives ("n't": "not"); none where the form's own norm holds.
    pub norm: Option<&'static str>,
}

impl Token {
    /// The words of the token in the text that it was made from.
    ///
    /// # Panics
    /// If `text` is not that text.
    #[must_use]
    pub fn form<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    fn plain(start: usize, end: usize) -> Self {
        Self { start: offset(start), end: offset(end), space_after: false, norm: None }
    }
}

/// Splits text into tokens as spaCy's `en_core_web_sm` does.
#[derive(Debug)]
pub struct Tokenizer {
    affixes: Affixes,
    specials: Specials,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokenizer {
    /// The tokenizer with the exceptions of `en_core_web_sm` 3.8.0.
    #[must_use]
    pub fn new() -> Self {
        let mut tokenizer = Self { affixes: Affixes::load(), specials: Specials::default() };
        let specials = Specials::load(|text| tokenizer.taken_apart(text));
        tokenizer.specials = specials;
        tokenizer
    }

    /// The tokens of a text.
    ///
    /// # Panics
    /// If the text has 4 GiB or more.
    #[must_use]
    pub fn tokenize(&self, text: &str) -> Vec<Token> {
        assert!(u32::try_from(text.len()).is_ok(), "token offsets are 32 bits wide");
        let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
        self.split(text, &mut tokens);
        self.specials.rejoin(text, tokens)
    }

    /// The norm of a form that no exception normalises.
    #[must_use]
    pub fn lexeme_norm<'f>(&self, form: &'f str) -> Cow<'f, str> {
        lexeme::norm(form)
    }

    /// What an exception's text would be without exceptions; none if it would be left alone.
    fn taken_apart(&self, text: &str) -> Option<Vec<(usize, usize)>> {
        let affixes = &self.affixes;
        let touched = affixes.prefix(text) > 0 || affixes.suffix(text) > 0 || infixes(text).next().is_some();
        if !touched && !text.contains(' ') {
            return None;
        }
        let mut tokens = Vec::new();
        self.split(text, &mut tokens);
        Some(tokens.iter().map(|token| (token.start as usize, token.end as usize)).collect())
    }

    /// Chunks are runs of white space and runs of anything else; the first space of a run goes to the token before it.
    fn split(&self, text: &str, tokens: &mut Vec<Token>) {
        let Some(first) = text.chars().next() else { return };
        let mut suffixes = Vec::new();
        let (mut start, mut in_space) = (0, is(first, Classes::SPACE));
        for (at, c) in text.char_indices() {
            if is(c, Classes::SPACE) == in_space {
                continue;
            }
            in_space = !in_space;
            if start < at {
                self.chunk(text, start, at, tokens, &mut suffixes);
            }
            start = at;
            if let (' ', Some(last)) = (c, tokens.last_mut()) {
                last.space_after = true;
                start += 1;
            }
        }
        if start < text.len() {
            self.chunk(text, start, text.len(), tokens, &mut suffixes);
        }
    }

    fn chunk(
        &self,
        text: &str,
        start: usize,
        end: usize,
        tokens: &mut Vec<Token>,
        suffixes: &mut Vec<(usize, usize)>,
    ) {
        let (mut low, mut high) = (start, end);
        while low < high && !self.specials.contains(&text[low..high]) {
            let prefix = self.affixes.prefix(&text[low..high]);
            let bare = low + prefix;
            if prefix > 0 && self.specials.contains(&text[bare..high]) {
                tokens.push(Token::plain(low, bare));
                low = bare;
                break;
            }
            let suffix = self.affixes.suffix(&text[bare..high]);
            let cut = high - suffix;
            if suffix > 0 && self.specials.contains(&text[low..cut]) {
                suffixes.push((cut, high));
                high = cut;
                break;
            }
            if prefix > 0 {
                tokens.push(Token::plain(low, bare));
            }
            if suffix > 0 {
                suffixes.push((cut, high));
            }
            (low, high) = (bare, cut);
            if prefix + suffix == 0 {
                break;
            }
        }
        if low < high {
            self.core(text, low, high, tokens);
        }
        tokens.extend(suffixes.drain(..).rev().map(|(start, end)| Token::plain(start, end)));
    }

    /// What is left of a chunk when its affixes are gone.
    fn core(&self, text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let core = &text[start..end];
        if self.specials.push(core, start, tokens) {
            return;
        }
        let mut infixes = infixes(core).peekable();
        if infixes.peek().is_none() || url::is_url(core) {
            tokens.push(Token::plain(start, end));
            return;
        }
        let mut from = 0;
        for (infix_start, infix_end) in infixes {
            // spaCy passes over an infix at the very start: what is no prefix there belongs to the word
            if infix_start == 0 {
                continue;
            }
            if from < infix_start {
                tokens.push(Token::plain(start + from, start + infix_start));
            }
            tokens.push(Token::plain(start + infix_start, start + infix_end));
            from = infix_end;
        }
        if from < core.len() {
            tokens.push(Token::plain(start + from, end));
        }
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("texts are shorter than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens = Tokenizer::new().tokenize(text);
        let forms: Vec<&str> = tokens.iter().map(|token| token.form(text)).collect();
        assert_eq!(forms, expected, "{text:?}");
    }

    #[test]
    fn splits_affixes_and_keeps_exceptions() {
        check(
            "“We can't've,” Dr. Orlo said.",
            &["“", "We", "ca", "n't", "'ve", ",", "”", "Dr.", "Orlo", "said", "."],
        );
        check("(e.g. 5km/h, 10a.m.)", &["(", "e.g.", "5", "km/h", ",", "10", "a.m.", ")"]);
        check("US$4.5m and/or €3bn...", &["US$", "4.5", "m", "and/or", "€", "3bn", "..."]);
    }

    #[test]
    fn cuts_at_infixes_but_not_in_addresses() {
        check(
            "well-known Vey–Torl end.Next",
            &["well", "-", "known", "Vey", "–", "Torl", "end", ".", "Next"],
        );
        check("see https://velmar.example/a-b?c=d.", &["see", "https://velmar.example/a-b?c=d", "."]);
        check("write to m.ode-r@velmar.org, now", &["write", "to", "m.ode-r@velmar.org", ",", "now"]);
    }

    #[test]
    fn white_space_tiles() {
        check("a  b", &["a", " ", "b"]);
        check(" a\n\n b ", &[" ", "a", "\n\n ", "b"]);
        check("a \t b", &["a", "\t ", "b"]);
        check("", &[]);
        check(" ", &[" "]);
    }

    #[test]
    fn owns_one_space() {
        let tokens = Tokenizer::new().tokenize("a  b ");
        assert_eq!(tokens.iter().map(|t| t.space_after).collect::<Vec<_>>(), [true, false, true]);
    }
}
