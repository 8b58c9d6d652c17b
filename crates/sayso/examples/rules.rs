//! Attributions by rules alone of JSON Lines documents (`id`, `text`), in the layout that the scorer reads.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use sayso::article::{Article, Block, BlockRole, Origin};
use sayso::attribution::rules;
use sayso::offsets::CodePoints;
use sayso::text::{Span, Text};
use sayso::{quotations, syntax};
use sayso_model::SyntaxModel;
use serde_json::{Value, json};
use std::io::BufRead;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = SyntaxModel::load();
    let (mut words, mut took) = (0, Duration::ZERO);
    for line in std::io::stdin().lock().lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let text = Text::new(document["text"].as_str().unwrap_or_default())?;
        let mut blocks = Vec::new();
        let mut start = 0;
        for part in text.as_str().split("\n\n") {
            let span = text.span_at(start, start + part.len()).map(|span| text.trim(span));
            blocks.extend(
                span.filter(|span| !span.is_empty()).map(|span| Block::new(BlockRole::Paragraph, span)),
            );
            start += part.len() + 2;
        }
        let article = Article { text, blocks, origin: Origin::default(), notes: Vec::new() };
        let syntax = syntax::parse(&article, &model);
        let quotations = quotations::find(&article);
        let start = Instant::now();
        let found = rules::find(&article, &syntax, &quotations);
        took += start.elapsed();
        words += article.text.as_str().split_whitespace().count();
        let offsets = CodePoints::new(&article.text);
        let pairs =
            |spans: &[Span]| -> Vec<Value> { spans.iter().map(|span| json!(offsets.pair(*span))).collect() };
        let attributions: Vec<Value> = found
            .iter()
            .map(|one| {
                let rules: Vec<&str> = one.because.iter().map(|reason| reason.rule).collect();
                json!({"source": pairs(&one.source), "cue": pairs(&one.cue), "content": pairs(&one.content), "rules": rules,
                       "inside": one.inside, "continues": one.continues})
            })
            .collect();
        println!("{}", json!({"id": document["id"], "attributions": attributions}));
    }
    eprintln!("{words} words, {:.2} microseconds a word", took.as_micros() as f64 / words as f64);
    Ok(())
}
