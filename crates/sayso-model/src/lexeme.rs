//! What a word form shows by itself: hash, norm, shape, affixes.
//!
//! In: a form as it stands in the text. Out: the attributes that the networks embed, as spaCy computes them.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::chars::{Classes, is};
use crate::tables::find_row;

const SYMBOLS: &str = include_str!("../weights/en_core_web_sm/rules/symbols.tsv");
const NORMS: &str = include_str!("../weights/en_core_web_sm/rules/norms.tsv");

/// Norms by hash of the form, sorted. The model's package holds no spelling of most of these forms.
static NORM_OF: LazyLock<Vec<(u64, &'static str)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (key, norm) = line.split_once('\t').expect("norms.tsv has two columns");
        (u64::from_str_radix(key, 16).expect("norms.tsv holds hashes"), norm)
    };
    NORMS.lines().map(row).collect()
});

/// The hash by which spaCy knows a string: MurmurHash64A, seed 1; 0 for the empty string.
#[must_use]
pub fn string_hash(text: &str) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    if text.is_empty() {
        return 0;
    }
    let mut hash = 1 ^ (text.len() as u64).wrapping_mul(M);
    let mut words = text.as_bytes().chunks_exact(8);
    for word in &mut words {
        let mut k = u64::from_le_bytes(word.try_into().expect("eight bytes")).wrapping_mul(M);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        for (i, &byte) in rest.iter().enumerate() {
            hash ^= u64::from(byte) << (8 * i);
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

/// The number by which spaCy's networks know a string: that of a symbol (`X` is one, and so the shape of every capital letter), else its
/// hash.
#[must_use]
pub fn string_id(text: &str) -> u64 {
    if text.len() <= LONGEST_SYMBOL
        && let Some(number) = find_row(SYMBOLS, text)
    {
        return number.parse().expect("symbols.tsv holds numbers");
    }
    string_hash(text)
}

const LONGEST_SYMBOL: usize = 17;

/// The norm of a form that no tokenizer exception normalises: American spelling, plain quotation marks, else lower case.
#[must_use]
pub fn norm(form: &str) -> Cow<'_, str> {
    match NORM_OF.binary_search_by_key(&string_hash(form), |&(key, _)| key) {
        Ok(at) => Cow::Borrowed(NORM_OF[at].1),
        Err(_) => lower(form),
    }
}

/// The lower-cased form.
pub(crate) fn lower(form: &str) -> Cow<'_, str> {
    if form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(form)
    } else if form.is_ascii() {
        Cow::Owned(form.to_ascii_lowercase())
    } else {
        Cow::Owned(form.to_lowercase())
    }
}

/// The shape of a form: `Xxxxx` for "Marwan", `dd.d%` for "12.5%"; at most four of a kind in a row, `LONG` from 100 characters.
#[must_use]
pub fn shape(form: &str) -> String {
    if form.len() >= 100 && form.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(form.len().min(16));
    let (mut last, mut run) = (None, 0);
    for c in form.chars() {
        let kind = shape_of(c);
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            shape.push(kind);
        }
    }
    shape
}

fn shape_of(c: char) -> char {
    match c {
        'a'..='z' => 'x',
        'A'..='Z' => 'X',
        '0'..='9' => 'd',
        _ if is(c, Classes::ALPHA) => {
            if c.is_uppercase() {
                'X'
            } else {
                'x'
            }
        }
        _ if is(c, Classes::DIGIT) => 'd',
        _ => c,
    }
}

/// The first character of a form.
#[must_use]
pub fn prefix(form: &str) -> &str {
    let end = form.chars().next().map_or(0, char::len_utf8);
    &form[..end]
}

/// The last three characters of a form, or all of a shorter one.
#[must_use]
pub fn suffix(form: &str) -> &str {
    let start = form.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &form[start..]
}

/// Whether a form is white space and nothing else.
#[must_use]
pub fn is_space(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| is(c, Classes::SPACE))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values are spaCy's own.
    #[test]
    fn hashes_as_spacy() {
        assert_eq!(string_hash(""), 0);
        assert_eq!(string_hash("adj"), 12_401_032_943_472_870_168);
        assert_eq!(string_hash("coffee"), 3_197_928_453_018_144_401);
    }

    #[test]
    fn symbols_as_spacy() {
        for (text, expected) in
            [("X", 101), ("_", 456), ("conj", 410), ("", 0), ("coffee", string_hash("coffee"))]
        {
            assert_eq!(string_id(text), expected, "{text}");
        }
        assert!(SYMBOLS.lines().all(|line| line.find('\t').is_some_and(|end| end <= LONGEST_SYMBOL)));
    }

    #[test]
    fn norms_as_spacy() {
        for (form, expected) in
            [("“", "\""), ("favourite", "favorite"), ("Favourite", "favorite"), ("’s", "'s"), ("€", "$")]
        {
            assert_eq!(norm(form), expected, "{form}");
        }
        assert_eq!(norm("TELEPORT"), "teleport");
    }

    #[test]
    fn shapes_as_spacy() {
        for (form, expected) in [
            ("Marwan", "Xxxxx"),
            ("12.5%", "dd.d%"),
            ("Über", "Xxxx"),
            ("x²", "xd"),
            ("!!!!!!", "!!!!"),
            ("東京", "xx"),
        ] {
            assert_eq!(shape(form), expected, "{form}");
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }

    #[test]
    fn affixes_count_characters() {
        assert_eq!((prefix("Élan"), suffix("Élan")), ("É", "lan"));
        assert_eq!((prefix("né"), suffix("né")), ("n", "né"));
        assert_eq!((prefix(""), suffix("")), ("", ""));
    }

    #[test]
    fn white_space_as_python() {
        assert!(is_space("\n\u{a0} ") && is_space("\u{1d}"));
        assert!(!is_space("") && !is_space(" a"));
    }
}
