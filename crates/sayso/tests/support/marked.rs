//! Sentences of the lexicons in which the parts of an attribution are marked.

use super::support;
use sayso::article::Article;
use sayso::attribution::Attribution;
use sayso::text::Span;

/// A sentence in which `<source>`, `[cue]` and `{content}` are marked.
pub(crate) fn sentence(sentence: &str) -> (Article, Attribution) {
    let mut text = String::new();
    let mut roles: [Vec<(usize, usize)>; 3] = Default::default();
    for letter in sentence.chars() {
        match "<[{".find(letter).or_else(|| ">]}".find(letter)) {
            Some(role) if "<[{".contains(letter) => roles[role].push((text.len(), text.len())),
            Some(role) => roles[role].last_mut().expect("marks are in pairs").1 = text.len(),
            None => text.push(letter),
        }
    }
    let article = support::article::paragraphs(&text);
    let spans = |role: usize| -> Vec<Span> {
        let span =
            |&(start, end): &(usize, usize)| article.text.span_at(start, end).expect("marks are in the text");
        roles[role].iter().map(span).collect()
    };
    let (source, cue, content) = (spans(0), spans(1), spans(2));
    let attribution =
        Attribution { source, cue, content, continues: None, inside: None, score: 1.0, because: Vec::new() };
    (article, attribution)
}
