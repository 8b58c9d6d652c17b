//! Attributions that a specification gives, in the notation of `spec/attribution/basics.md`, found in its text by their words.

use sayso::article::Article;
use sayso::attribution::Attribution;
use sayso::text::Span;

/// The attributions of a block, one a line.
pub(crate) fn attributions(article: &Article, lines: &str) -> Vec<Attribution> {
    let mut all: Vec<Attribution> = Vec::new();
    let mut depths: Vec<usize> = Vec::new();
    let mut from = 0;
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let parts: Vec<&str> = line.trim().split(" | ").collect();
        let [source, cue, content] = parts[..] else { panic!("three parts in {line:?}") };
        let inside = (0..all.len()).rev().find(|at| depths[*at] < depth).filter(|_| depth > 0);
        let within = inside.map(|outer| bounds(&all[outer].content));
        let (low, high) = within.unwrap_or((from, article.text.as_str().len()));
        let content = pieces(article, content, low, high);
        let near = content.first().map_or(low, |span| span.start());
        let cue = nearest(article, cue, near);
        let (continues, source) = match source.strip_prefix("^ ") {
            Some(name) => {
                let before = all
                    .iter()
                    .rposition(|one| one.source.iter().any(|span| article.text.slice(*span) == name));
                (Some(before.unwrap_or_else(|| panic!("nobody before {line:?}"))), Vec::new())
            }
            None => (None, nearest(article, source, cue.first().map_or(near, |span| span.start()))),
        };
        if depth == 0 {
            from = content.first().map_or(from, |span| span.start());
        }
        depths.push(depth);
        all.push(Attribution { source, cue, content, continues, inside, score: 1.0, because: Vec::new() });
    }
    all
}

fn bounds(spans: &[Span]) -> (usize, usize) {
    let start = spans.first().map_or(0, |span| span.start());
    (start, spans.last().map_or(start, |span| span.end()))
}

/// Pieces in order, each after the one before.
fn pieces(article: &Article, words: &str, low: usize, high: usize) -> Vec<Span> {
    let mut from = low;
    let mut spans = Vec::new();
    for piece in words.split(" // ").filter(|piece| *piece != "-") {
        let text = &article.text.as_str()[from..high];
        let at = text.find(piece).unwrap_or_else(|| panic!("{piece:?} is not in {text:?}")) + from;
        spans.push(article.text.span_at(at, at + piece.len()).expect("what was found fits"));
        from = at + piece.len();
    }
    spans
}

/// The place of some words that is nearest to another place.
fn nearest(article: &Article, words: &str, to: usize) -> Vec<Span> {
    if words == "-" {
        return Vec::new();
    }
    let text = article.text.as_str();
    let is_word = |at: usize, end: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[end..].chars().next())
    };
    let places = text.match_indices(words).filter(|(at, found)| is_word(*at, at + found.len()));
    let place = places.min_by_key(|(at, _)| at.abs_diff(to)).map(|(at, _)| at);
    let at = place.unwrap_or_else(|| panic!("{words:?} is not in the text"));
    vec![article.text.span_at(at, at + words.len()).expect("what was found fits")]
}
