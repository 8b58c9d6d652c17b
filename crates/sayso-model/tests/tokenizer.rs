//! What holds for the tokens of any text.

use proptest::prelude::*;
use sayso_model::Tokenizer;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static TOKENIZER: LazyLock<Tokenizer> = LazyLock::new(Tokenizer::new);

/// Pieces that exceptions, affixes, infixes and addresses are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "he", "He", "n't", "n’t", "'s", "’", "'", "\"", "“", "”", "ca", "do", "gon", "na", "U.S.", "Mr.", "p.m.", "5", "am", ".",
            "..", "...", "…", ",", ":", ";", "-", "--", "—", "/", "(", ")", "[", "]", "$", "%", "km", "°C", ":)", ":-(", "<3", "http://",
            "a.b", "@", "velmar.org", "www.", " ", "  ", "\n", "\t", "\u{a0}", "\r\n", "é", "ß", "東京", "😀", "\u{301}", "+", "*", "#", "_",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-zA-Z]{1,8}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_tile_the_text(text in pieces()) {
        let mut spelt = String::new();
        for token in TOKENIZER.tokenize(&text) {
            prop_assert_eq!(token.start as usize, spelt.len());
            prop_assert!(token.start < token.end);
            spelt.push_str(token.form(&text));
            spelt.push_str(if token.space_after { " " } else { "" });
        }
        prop_assert_eq!(spelt, text);
    }

    #[test]
    fn tokens_are_all_white_or_hold_none(text in pieces()) {
        for token in TOKENIZER.tokenize(&text) {
            let form = token.form(&text);
            // U+001C to U+001F are white to Python and to spaCy
            let is_white = |c: &char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(c);
            let white = form.chars().filter(is_white).count();
            prop_assert!(white == 0 || white == form.chars().count(), "{:?}", form);
        }
    }

    #[test]
    fn paragraphs_do_not_touch_each_other(first in pieces(), second in pieces()) {
        let forms = |text: &str| -> Vec<String> {
            TOKENIZER.tokenize(text).iter().map(|token| token.form(text).to_owned()).collect()
        };
        let (first, second) = (first.trim(), second.trim());
        prop_assume!(!first.is_empty() && !second.is_empty());
        let apart = [forms(first), vec!["\n\n".to_owned()], forms(second)].concat();
        prop_assert_eq!(forms(&format!("{first}\n\n{second}")), apart);
    }
}

#[test]
fn time_is_linear_in_the_text() {
    for pattern in [
        "'", "\"", ".", "a.", "(", ")", "a-", "n't", "http://", "@", ":)", "x@", "€", "5km", "'s", " ",
        "\u{301}", "a",
    ] {
        let text = pattern.repeat(1_000_000 / pattern.len());
        let start = Instant::now();
        let tokens = TOKENIZER.tokenize(&text);
        assert!(!tokens.is_empty());
        assert!(start.elapsed() < Duration::from_secs(5), "{pattern:?} took {:?}", start.elapsed());
    }
}
