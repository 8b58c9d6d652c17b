//! Words to the pieces that the encoder has numbers for.
//!
//! In: a token. Out: numbers of pieces: the longest known beginning, then the longest known continuation, and so on.
//!
//! # Source
//! WordPiece (Schuster and Nakajima 2012), with the normalisation of uncased BERT (Devlin et al. 2019): lower case, no accents, every mark of
//! punctuation and every Chinese character by itself.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

const VOCABULARY: &str = include_str!("../../weights/minilm/vocabulary.txt");

const UNKNOWN: u32 = 100;
/// The piece before the first of a text.
pub(super) const FIRST: u32 = 101;
/// The piece after the last of a text.
pub(super) const LAST: u32 = 102;
/// A piece that says nothing of its word.
pub(super) const HIDDEN: u32 = 103;
/// A word of more characters is not looked at.
const LONGEST_WORD: usize = 100;

/// The known pieces.
#[derive(Debug)]
pub(super) struct WordPiece {
    beginnings: HashMap<&'static str, u32>,
    continuations: HashMap<&'static str, u32>,
}

impl WordPiece {
    pub(super) fn new() -> Self {
        let (mut beginnings, mut continuations) = (HashMap::new(), HashMap::new());
        for (number, piece) in (0..).zip(VOCABULARY.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest, number),
                _ => beginnings.insert(piece, number),
            };
        }
        Self { beginnings, continuations }
    }

    /// Adds the pieces of a token, at most `most` of them; `buffer` is for passing characters on.
    pub(super) fn add(&self, token: &str, most: usize, buffer: &mut String, pieces: &mut Vec<u32>) {
        let end = pieces.len() + most;
        buffer.clear();
        let lower = token.chars().flat_map(char::to_lowercase);
        for c in lower.nfd().flat_map(char::to_lowercase) {
            if is_dropped(c) {
                continue;
            }
            if c.is_whitespace() || is_alone(c) {
                self.add_word(buffer, pieces);
                buffer.clear();
                if !c.is_whitespace() {
                    buffer.push(c);
                    self.add_word(buffer, pieces);
                    buffer.clear();
                }
            } else {
                buffer.push(c);
            }
        }
        self.add_word(buffer, pieces);
        pieces.truncate(end);
    }

    fn add_word(&self, word: &str, pieces: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let start = pieces.len();
        if word.chars().nth(LONGEST_WORD).is_some() {
            pieces.push(UNKNOWN);
            return;
        }
        let (mut rest, mut known) = (word, &self.beginnings);
        while !rest.is_empty() {
            let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
            let longest = ends.filter_map(|end| known.get(&rest[..end]).map(|piece| (end, *piece))).next();
            let Some((end, piece)) = longest else {
                pieces.truncate(start);
                pieces.push(UNKNOWN);
                return;
            };
            pieces.push(piece);
            (rest, known) = (&rest[end..], &self.continuations);
        }
    }
}

/// Accents that stand by themselves after decomposition, and control characters.
fn is_dropped(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !c.is_ascii_whitespace();
    }
    c == '\u{fffd}'
        || matches!(c.general_category(), GeneralCategory::NonspacingMark)
        || c.general_category_group() == GeneralCategoryGroup::Other && !c.is_whitespace()
}

/// Characters that are words by themselves.
fn is_alone(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let is_chinese = matches!(u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x2_0000..=0x2_a6df | 0x2_a700..=0x2_b73f | 0x2_b740..=0x2_b81f
        | 0x2_b920..=0x2_ceaf | 0xf900..=0xfaff | 0x2_f800..=0x2_fa1f);
    is_chinese || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(token: &str) -> Vec<&'static str> {
        let all: Vec<&str> = VOCABULARY.lines().collect();
        let mut pieces = Vec::new();
        WordPiece::new().add(token, 12, &mut String::new(), &mut pieces);
        pieces.into_iter().map(|piece| all[piece as usize]).collect()
    }

    /// What Hugging Face's tokenizer says of the same words.
    #[test]
    fn longest_pieces_first() {
        let long = "a".repeat(101);
        let expected: [(&str, &[&str]); 17] = [
            ("said", &["said"]),
            ("Velmora", &["ve", "##lm", "##ora"]),
            ("Élysée", &["ely", "##see"]),
            ("İstanbul", &["istanbul"]),
            ("U.S.", &["u", ".", "s", "."]),
            ("n't", &["n", "'", "t"]),
            ("€5", &["€", "##5"]),
            ("naïve\u{200b}", &["naive"]),
            ("a\u{ad}b", &["ab"]),
            ("ﬁn", &["ﬁ", "##n"]),
            ("½", &["½"]),
            ("东京", &["[UNK]", "京"]),
            ("“", &["“"]),
            ("—", &["—"]),
            ("\u{1f600}", &["[UNK]"]),
            ("\n", &[]),
            (&long, &["[UNK]"]),
        ];
        for (token, wanted) in expected {
            assert_eq!(pieces(token), wanted, "{token}");
        }
        assert_eq!(pieces(&"-".repeat(30)).len(), 12);
    }
}
