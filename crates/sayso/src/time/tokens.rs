//! A text as words, numbers and marks, for the grammar of times. Linear in the text.

use super::words::{self, Word};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Digits,
    Mark,
}

/// A word, a run of digits, or one other character.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) lower: String,
    pub(super) start: usize,
    pub(super) shape: Shape,
    /// Whether white space stands before it.
    pub(super) is_apart: bool,
    pub(super) word: &'static Word,
}

impl Token<'_> {
    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The tokens of a paragraph: no expression goes on over a blank line.
pub(super) struct Tokens<'a>(pub(super) Vec<Token<'a>>);

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut tokens = Vec::new();
        let mut characters = text.char_indices().peekable();
        let mut is_apart = true;
        while let Some((start, first)) = characters.next() {
            if first.is_whitespace() {
                is_apart = true;
                continue;
            }
            let shape = shape(first);
            let mut end = start + first.len_utf8();
            while shape != Shape::Mark
                && let Some((at, next)) = characters.next_if(|(_, next)| self::shape(*next) == shape)
            {
                end = at + next.len_utf8();
            }
            let token = &text[start..end];
            // a word that is longer than any of calendar and clock needs no look into the lists
            let lower = if token.len() <= 24 { token.to_lowercase() } else { String::new() };
            let lower = if matches!(first, '’' | '‘') { "'".to_owned() } else { lower };
            let word = words::word(&lower);
            tokens.push(Token { text: token, lower, start, shape, is_apart, word });
            is_apart = false;
        }
        Self(tokens)
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.0.get(at)
    }

    /// A token's word in lower case; empty past the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.get(at).map_or("", |token| &token.lower)
    }

    /// The word before; empty at the start.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).and_then(|at| self.get(at)).map_or("", |token| &token.lower)
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(at))
    }

    /// Past one of these words if it stands here.
    pub(super) fn past(&self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.is(at, words))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'static Word> {
        self.get(at).map(|token| token.word)
    }

    /// A number of so many digits.
    pub(super) fn digits(&self, at: usize, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let token = self.get(at)?;
        if token.shape != Shape::Digits || !lengths.contains(&token.text.len()) {
            return None;
        }
        token.text.parse().ok()
    }

    /// Whether a token follows the one before without space.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| !token.is_apart)
    }

    /// Past a full stop that belongs to an abbreviation: the one of "Nov. 7".
    pub(super) fn past_stop(&self, at: usize) -> usize {
        at + usize::from(self.is(at, &["."]) && self.is_glued(at))
    }
}

fn shape(letter: char) -> Shape {
    if letter.is_ascii_digit() {
        Shape::Digits
    } else if letter.is_alphabetic() {
        Shape::Word
    } else {
        Shape::Mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_marks_come_apart() {
        let tokens = Tokens::new("On Nov. 7th,\nthe 1990s’ end");
        let texts: Vec<&str> = tokens.0.iter().map(|token| token.text).collect();
        assert_eq!(texts, ["On", "Nov", ".", "7", "th", ",", "the", "1990", "s", "’", "end"]);
        assert_eq!(tokens.0[1].word.month, Some(11));
    }
}
