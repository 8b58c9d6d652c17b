//! How much of a content stands inside its own quotation marks.

use crate::attribution::Attribution;
use crate::identity::Page;
use crate::ledger::Mode;
use crate::quotations::Quotations;
use crate::text::{Span, Text};

/// From this share on a statement is direct.
const DIRECT: f32 = 0.8;

/// Stretches of one content that are looked at; more are somebody's joke.
const MOST_STRETCHES: usize = 2000;

/// Words that only link the cue with the words: "that “we will hear it”".
const LINKS: [&str; 10] = ["that", "of", "to", "as", "for", "with", "by", "about", "from", "over"];

/// The mode of an attribution. Marks around its own cue are somebody else's.
pub(super) fn of(page: &Page, attribution: &Attribution) -> Mode {
    let own = attribution.cue.first().or(attribution.source.first()).copied();
    // a turn of a transcript, a quoted block: words that layout gives as they were said
    let unmarked = if attribution.is_layout() { Mode::Direct } else { Mode::Indirect };
    of_words(&page.article.text, page.quotations, &attribution.content, own, unmarked)
}

/// The mode of words whose cue or source stands at `own`; `unmarked` where none of them stands inside quotation marks.
pub(crate) fn of_words(
    text: &Text,
    quotations: &Quotations,
    content: &[Span],
    own: Option<Span>,
    unmarked: Mode,
) -> Mode {
    let content = without_link(text, content);
    let total: usize = content.iter().map(|span| words(text, *span)).sum();
    let mut inside = 0;
    let mut until = 0;
    for span in &content {
        let all = quotations.all();
        // stretches are in order of their start, and one that ends before the span may enclose none that reaches it
        let outermost = quotations.outermost();
        let before = outermost.partition_point(|inner| inner.end() <= span.start());
        let first = outermost.get(before).map_or(all.len(), |inner| {
            all.partition_point(|quotation| quotation.inner.start() < inner.start())
        });
        let within = all[first..].iter().take_while(|quotation| quotation.inner.start() < span.end());
        for quotation in within.take(MOST_STRETCHES) {
            if own.is_some_and(|own| quotation.inner.range().contains(&own.start())) {
                continue;
            }
            let start = quotation.inner.start().max(span.start()).max(until);
            let end = quotation.inner.end().min(span.end());
            if start < end {
                inside += words(text, Span::at(start, end));
                until = end;
            }
        }
    }
    match (inside, total) {
        (0, 1..) => unmarked,
        (0, _) | (_, 0) => Mode::Indirect,
        (inside, total) if inside as f32 / total as f32 >= DIRECT => Mode::Direct,
        _ => Mode::Mixed,
    }
}

/// The content without a linking word at its head, if quotation marks follow it.
fn without_link(text: &Text, content: &[Span]) -> Vec<Span> {
    let mut content = content.to_vec();
    if let Some(first) = content.first_mut() {
        let head = text.slice(*first).trim_start();
        let word = head.split_whitespace().next().unwrap_or("");
        let rest = head[word.len()..].trim_start();
        let is_link = LINKS.contains(&word.to_lowercase().as_str());
        if is_link && rest.starts_with(['“', '"', '‘', '\'', '`', '«', '„']) {
            *first = Span::at(first.end() - rest.len(), first.end());
        }
    }
    content
}

fn words(text: &Text, span: Span) -> usize {
    text.slice(span).split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
