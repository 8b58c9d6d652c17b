//! Blocks of plain text: the specifications in `spec/blocks`, and what holds for any text.

#[expect(dead_code, reason = "the specifications of another crate use more of it")]
#[path = "../../sayso/tests/support/mod.rs"]
mod support;

use proptest::prelude::*;
use sayso::article::{Block, BlockRole};
use sayso::text::Text;
use sayso_acquire::blocks;
use std::time::{Duration, Instant};

fn label(text: &str) -> (Text, Vec<Block>) {
    let text = Text::new(text).expect("a test is short");
    let blocks = blocks::of(&text);
    (text, blocks)
}

#[test]
fn the_specifications_hold() {
    support::run("blocks", "blocks", |_, text| {
        let (text, blocks) = label(text);
        let line = |block: &Block| {
            let role = format!("{:?}", block.role).to_lowercase();
            let words: Vec<&str> = text.slice(block.span).split_whitespace().collect();
            format!("{role}: {}\n", words.join(" "))
        };
        blocks.iter().map(line).collect()
    });
}

fn check(input: &str) {
    let (text, blocks) = label(input);
    let mut done = 0;
    for block in &blocks {
        assert!(text.span_at(block.span.start(), block.span.end()).is_some() && !block.span.is_empty());
        assert!(block.span.start() >= done, "blocks stand in order");
        assert!(input[done..block.span.start()].chars().all(blocks::is_blank), "only blanks lie between");
        assert_eq!(input[block.span.range()].trim_matches(blocks::is_blank), &input[block.span.range()]);
        done = block.span.end();
    }
    assert!(input[done..].chars().all(blocks::is_blank), "only blanks lie behind the last");
}

proptest! {
    #[test]
    fn blocks_hold_every_word(text in "(\\PC|[a-z A-Z.“”\"—:>-]|[\\r\\n\u{feff}\u{85}\u{2028}]){0,200}") {
        check(&text);
    }
}

#[test]
fn hostile_shapes_take_no_time() {
    for (what, text) in [
        ("one line", "word ".repeat(1 << 20)),
        ("one word", "w".repeat(5 << 20)),
        ("blank lines", "\n".repeat(5 << 20)),
        ("short lines", "a\n\n".repeat(300_000)),
        ("the same line", "The quay at Anbry\n".repeat(100_000)),
        ("pointers", "Read also\nA tram\n".repeat(100_000)),
        ("quotation marks", "\"".repeat(100_000)),
        ("bullets", "- a\n".repeat(100_000)),
    ] {
        let start = Instant::now();
        check(&text);
        assert!(start.elapsed() < Duration::from_secs(10), "{what} took {:?}", start.elapsed());
    }
}

#[test]
fn only_known_roles_are_kept_from_reading() {
    let (_, blocks) = label("He said no.\n\nShe said yes.");
    assert!(blocks.iter().all(|block| block.role == BlockRole::Paragraph));
}
