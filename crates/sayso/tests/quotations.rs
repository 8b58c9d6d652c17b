//! Quotation marks: the specifications in `spec/quotations`, and what holds for any text.

mod support;

use sayso::quotations::{self, Edge, Quotation};
use std::time::{Duration, Instant};

#[test]
fn the_specifications_hold() {
    support::run("quotations", "quoted", |_, text| {
        let article = support::article::paragraphs(text);
        let found = quotations::find(&article);
        found.all().iter().map(|quotation| line(article.text.slice(quotation.outer), quotation)).collect()
    });
}

fn line(words: &str, quotation: &Quotation) -> String {
    let mut line = "  ".repeat(usize::from(quotation.depth)) + words;
    let flags = [
        (quotation.opened == Edge::Missing, "no opening mark"),
        (quotation.closed == Edge::Missing && !quotation.goes_on, "no closing mark"),
        (quotation.continues, "continues"),
        (quotation.goes_on, "goes on"),
    ];
    for (_, flag) in flags.iter().filter(|(holds, _)| *holds) {
        line = line + " | " + flag;
    }
    line + "\n"
}

#[test]
fn a_hundred_thousand_marks_in_one_block_take_no_time() {
    for pattern in ["\"", "“", "”", "‘", "“a ", "a” ", " 'a", "“a ‘b ", "a. “B", "“a”. ", "“ ‘a’ "]
    {
        let marks = pattern.chars().filter(|c| "\"“”‘’'".contains(*c)).count();
        let article = support::article::paragraphs(&pattern.repeat(100_000 / marks));
        let start = Instant::now();
        let found = quotations::find(&article);
        assert!(start.elapsed() < Duration::from_secs(1), "{pattern:?} took {:?}", start.elapsed());
        for quotation in found.all().iter().step_by(997) {
            assert!(quotation.outer.contains(quotation.inner));
            assert!(found.innermost(quotation.inner.start()).is_some());
        }
    }
}

#[test]
fn questions_about_places_agree_with_the_stretches() {
    let article = support::article::paragraphs("“It is ‘done’,” said Oru. “Go.”\n\nNo “one” left.");
    let found = quotations::find(&article);
    for byte in 0..article.text.as_str().len() {
        let inside = found.all().iter().any(|quotation| quotation.inner.range().contains(&byte));
        assert_eq!(found.is_inside(byte), inside, "byte {byte}");
        assert_eq!(found.innermost(byte).is_some(), inside, "byte {byte}");
    }
    let whole = article.text.span();
    let parts: Vec<&str> = found.within(&[whole]).iter().map(|part| article.text.slice(*part)).collect();
    assert_eq!(parts, ["It is ‘done’,", "Go.", "one"]);
    assert!((found.share_inside(&[whole]) - 5.0 / 9.0).abs() < 1e-6);
    assert_eq!(found.share_inside(&[]), 0.0);
}
