//! Attributions: source, cue and content with how they hang together.

use super::{Stage, caption};
use crate::shown::{self, FAINT, Look, WORDS};
use sayso::Layers;
use sayso::article::Article;
use sayso::attribution::Attribution;
use sayso::text::Span;

pub(super) const STAGE: Stage =
    Stage { name: "attribution", about: "source, cue and content, and what decided", chart };

const TERM: usize = 9;

fn chart(article: &Article, layers: &Layers, look: &Look) -> String {
    let mut out = String::new();
    for (n, attribution) in (1..).zip(&layers.attributions) {
        out += &caption(look, &heading(n, attribution));
        for (term, spans) in
            [("source", &attribution.source), ("cue", &attribution.cue), ("content", &attribution.content)]
        {
            entry(&mut out, look, term, &words(article, spans));
        }
        for reason in &attribution.because {
            let words = shown::line(article.text.slice(reason.span));
            let words = shown::fitted(&words, shown::columns(&words).min(40));
            entry(&mut out, look, "why", &format!("{}: {} “{words}”", reason.field, reason.rule));
        }
        out.push('\n');
    }
    out
}

fn heading(n: usize, attribution: &Attribution) -> String {
    let mut heading = format!("{n}  score {:.3}", attribution.score);
    if let Some(outer) = attribution.inside {
        heading += &format!("  inside {}", outer + 1);
    }
    if let Some(before) = attribution.continues {
        heading += &format!("  continues {}", before + 1);
    }
    heading
}

fn words(article: &Article, spans: &[Span]) -> String {
    let pieces: Vec<String> = spans.iter().map(|span| shown::line(article.text.slice(*span))).collect();
    if pieces.is_empty() { "—".to_owned() } else { pieces.join(" […] ") }
}

fn entry(out: &mut String, look: &Look, term: &str, words: &str) {
    let lines = shown::wrap(words, look.width.saturating_sub(TERM + 2));
    for (at, line) in lines.iter().enumerate() {
        let term = if at == 0 { shown::fitted(term, TERM) } else { " ".repeat(TERM) };
        *out += &format!("  {}{}\n", look.paint(FAINT, &term), look.paint(WORDS, line));
    }
}
