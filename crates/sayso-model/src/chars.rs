//! What kinds of character there are: the classes that tokenisation and word shapes ask for.
//!
//! In: a character. Out: its set of classes. The classes are those of spaCy's expressions and of Python's `str` methods,
//! not Rust's, which differ (`'\u{1c}'` is white space to Python, `'²'` a digit).

use std::sync::LazyLock;

const TABLE: &str = include_str!("../weights/en_core_web_sm/rules/chars.tsv");
const BLOCK: usize = 256;

/// A set of character classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classes(u16);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal,)+) => {
        impl Classes { $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)+ }
    };
}

classes! {
    /// Python's `str.isspace`.
    SPACE = 0,
    /// Python's `str.isalpha`.
    ALPHA = 1,
    /// Python's `str.isdigit`.
    DIGIT = 2,
    /// Python's `str.isdecimal`, `\d` in its expressions.
    DECIMAL = 3,
    /// `\w` in Python's expressions.
    WORD = 4,
    /// Split off at the front of a chunk, whatever follows.
    PREFIX = 5,
    /// Split off at the end of a chunk, whatever stands before.
    SUFFIX = 6,
    /// Symbols that are tokens wherever they stand: ©, arrows, emoji.
    ICON = 7,
    /// Letters on both sides of a hyphen, comma or slash that splits a word.
    LETTER = 8,
    /// A final full stop after one of these is a token of its own.
    STOP_AFTER = 9,
    /// A final full stop after two of these is a token of its own.
    STOP_UPPER = 10,
    /// Before a full stop that splits a word.
    DOT_AFTER = 11,
    /// After a full stop that splits a word.
    DOT_BEFORE = 12,
    /// Letters of a top-level domain.
    TOP_LEVEL = 13,
}

impl Classes {
    /// The classes of a character.
    pub(crate) fn of(c: char) -> Self {
        TABLES.of(c)
    }

    /// Whether the two sets share a class.
    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Whether a character is of a class.
pub(crate) fn is(c: char, class: Classes) -> bool {
    Classes::of(c).any(class)
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::load);

/// Code points in blocks; equal blocks are kept once.
struct Tables {
    block_of: Vec<u16>,
    blocks: Vec<[u16; BLOCK]>,
}

impl Tables {
    fn load() -> Self {
        let mut runs = TABLE.lines().map(|line| {
            let (first, bits) = line.split_once('\t').expect("chars.tsv has two columns");
            let first = usize::from_str_radix(first, 16).expect("chars.tsv holds code points");
            (first, u16::from_str_radix(bits, 16).expect("chars.tsv holds class bits"))
        });
        let (_, mut bits) = runs.next().expect("chars.tsv starts at code point 0");
        let mut next = runs.next();
        let (mut block_of, mut blocks) = (Vec::new(), Vec::<[u16; BLOCK]>::new());
        for start in (0..=char::MAX as usize).step_by(BLOCK) {
            let mut block = [bits; BLOCK];
            while let Some((first, new_bits)) = next.filter(|(first, _)| *first < start + BLOCK) {
                bits = new_bits;
                block[first - start..].fill(bits);
                next = runs.next();
            }
            let known = match blocks.last() {
                Some(last) if *last == block => blocks.len() - 1,
                _ => blocks.iter().position(|b| *b == block).unwrap_or_else(|| {
                    blocks.push(block);
                    blocks.len() - 1
                }),
            };
            block_of.push(u16::try_from(known).expect("fewer than 65,536 blocks"));
        }
        Self { block_of, blocks }
    }

    fn of(&self, c: char) -> Classes {
        let code = c as usize;
        Classes(self.blocks[usize::from(self.block_of[code / BLOCK])][code % BLOCK])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_python_where_rust_differs() {
        for c in [' ', '\t', '\n', '\u{1c}', '\u{85}', '\u{a0}', '\u{2003}', '\u{3000}'] {
            assert!(is(c, Classes::SPACE), "{c:?}");
        }
        for c in ['\u{200b}', '\u{feff}', 'x', '\0'] {
            assert!(!is(c, Classes::SPACE), "{c:?}");
        }
        assert!(is('²', Classes::DIGIT) && !is('²', Classes::DECIMAL));
        assert!(is('٣', Classes::DECIMAL));
        assert!(!is('\u{93e}', Classes::ALPHA), "a vowel sign is no letter to Python");
    }

    #[test]
    fn runs_reach_both_ends() {
        assert!(!is('\0', Classes::LETTER) && is('a', Classes::LETTER));
        assert!(is('😀', Classes::ICON) && is('…', Classes::PREFIX));
        assert!(!is(char::MAX, Classes::WORD));
    }
}
