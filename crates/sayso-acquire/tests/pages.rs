//! Articles of web pages: the specifications in `spec/pages`.

#[expect(dead_code, reason = "the specifications of another crate use more of it")]
#[path = "../../sayso/tests/support/mod.rs"]
mod support;

use sayso::article::Article;
use sayso_acquire::{Options, read};
use std::fmt::Write;

/// Its blocks, then what is known of it and what says so.
fn shown(article: &Article) -> String {
    let mut shown = String::new();
    for block in &article.blocks {
        let role = format!("{:?}", block.role).to_lowercase();
        let words: Vec<&str> = article.text.slice(block.span).split_whitespace().collect();
        writeln!(shown, "{role}: {}", words.join(" ")).expect("a string takes it");
    }
    let origin = &article.origin;
    let byline = (!origin.byline.is_empty()).then(|| origin.byline.join("; "));
    let facts = [
        ("outlet", &origin.outlet),
        ("byline", &byline),
        ("agency", &origin.agency),
        ("section", &origin.section),
        ("published", &origin.published),
        ("modified", &origin.modified),
    ];
    for (field, fact) in facts {
        let Some(fact) = fact else { continue };
        let from = origin.because.iter().find(|evidence| evidence.field == field);
        let from = from.map_or_else(String::new, |evidence| format!(" ({})", evidence.from));
        writeln!(shown, "[{field}] {fact}{from}").expect("a string takes it");
    }
    for note in &article.notes {
        writeln!(shown, "[note] {note}").expect("a string takes it");
    }
    shown
}

#[test]
fn the_specifications_hold() {
    support::run("pages", "article", |_, page| {
        let options = Options { id: "page".to_owned(), ..Options::default() };
        read(page.as_bytes(), &options).map_or_else(|error| error.to_string(), |article| shown(&article))
    });
}
