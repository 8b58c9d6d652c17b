//! Turns of interviews and briefings: “MS. ARDEN: Good afternoon.”, “Q: Were you afraid?”, “Q Were you afraid?”

use super::{Structural, attribution, read_blocks};
use crate::attribution::rules::reading::Reading;
use crate::text::Span;
use std::collections::HashMap;

/// A name longer than this is a sentence with a colon in it.
const MAX_LABEL_BYTES: usize = 60;
/// A turn is carried on over at most so many paragraphs.
const MAX_FURTHER: usize = 12;
/// Words before a colon that announce something other than a speaker.
const NOT_SPEAKERS: [&str; 37] = [
    "applause",
    "laughter",
    "crosstalk",
    "update",
    "updated",
    "note",
    "watch",
    "warning",
    "result",
    "results",
    "related",
    "photo",
    "photos",
    "video",
    "breaking",
    "correction",
    "read",
    "more",
    "source",
    "sources",
    "location",
    "date",
    "time",
    "summary",
    "analysis",
    "opinion",
    "exclusive",
    "example",
    "ps",
    "alert",
    "editor",
    "tip",
    "fact",
    "subject",
    "answers",
    "from",
    "to",
];

/// A line with a label before a colon.
struct Turn {
    block: usize,
    label: Span,
    words: Span,
    kind: Label,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    /// “Q”, “A”, “QUESTION”.
    Part,
    /// “HALE”, “MS. ARDEN”.
    Capitals,
    /// “Ona Reyes”.
    FullName,
    /// “Reyes”.
    OneWord,
}

pub(super) fn find(reading: &Reading<'_>, found: &mut Structural) {
    let blocks: Vec<(usize, Span)> = read_blocks(reading).collect();
    let turns: Vec<Turn> = blocks.iter().filter_map(|(block, span)| turn(reading, *block, *span)).collect();
    let mut said: HashMap<&str, usize> = HashMap::new();
    for turn in &turns {
        *said.entry(reading.text.slice(turn.label)).or_default() += 1;
    }
    let of_names = turns.iter().filter(|turn| turn.kind != Label::OneWord).count();
    let is_speaker = |turn: &Turn| match turn.kind {
        Label::Part | Label::Capitals | Label::FullName => of_names >= 2,
        Label::OneWord => said[reading.text.slice(turn.label)] >= 2 && said.len() >= 2,
    };
    let turns: Vec<Turn> = turns.into_iter().filter(is_speaker).collect();
    let place: HashMap<usize, usize> =
        blocks.iter().enumerate().map(|(at, (block, _))| (*block, at)).collect();
    for (at, turn) in turns.iter().enumerate() {
        let first = found.attributions.len();
        found.labels.push(turn.label);
        found.attributions.push(attribution(vec![turn.label], Vec::new(), vec![turn.words], "turn"));
        let Some(next) = turns.get(at + 1) else { continue };
        // between two turns of a transcript the first goes on
        let between = place[&turn.block] + 1..place[&next.block];
        if between.len() > MAX_FURTHER {
            continue;
        }
        for (_, span) in &blocks[between] {
            if reading.text.slice(*span).starts_with(['(', '[', '>', '—', '“', '"']) {
                continue;
            }
            let mut further = attribution(Vec::new(), Vec::new(), vec![*span], "turn goes on");
            further.continues = Some(first);
            found.attributions.push(further);
        }
    }
}

fn turn(reading: &Reading<'_>, block: usize, span: Span) -> Option<Turn> {
    bare(reading, block, span)
        .or_else(|| bracketed(reading, block, span))
        .or_else(|| labelled(reading, block, span))
}

/// “((Ona Reyes)) I was.”, as wikis set interviews
fn bracketed(reading: &Reading<'_>, block: usize, span: Span) -> Option<Turn> {
    let text = reading.text.slice(span);
    let (label, rest) = text.strip_prefix("((")?.split_once("))")?;
    let words = rest.trim_start().trim_start_matches(':').trim_start();
    if words.is_empty() || label.len() > MAX_LABEL_BYTES {
        return None;
    }
    let start = span.start() + 2;
    Some(Turn {
        block,
        label: reading.text.span_at(start, start + label.len())?,
        words: reading.text.span_at(span.end() - words.len(), span.end())?,
        kind: kind(label)?,
    })
}

/// “Q Mr. President, were you there?”, “A I was.”
fn bare(reading: &Reading<'_>, block: usize, span: Span) -> Option<Turn> {
    let label = reading.article.bare_label(block)?;
    let words = reading.text.slice(span)[label.range().len()..].trim_start();
    let words = reading.text.span_at(span.end() - words.len(), span.end())?;
    Some(Turn { block, label, words, kind: Label::Part })
}

/// “MS. ARDEN: Good afternoon.”
fn labelled(reading: &Reading<'_>, block: usize, span: Span) -> Option<Turn> {
    let text = reading.text.slice(span);
    let mut limit = MAX_LABEL_BYTES.min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let colon = text[..limit].find(':')?;
    let words = text[colon + 1..].trim_start();
    let spaced = text[colon + 1..].starts_with(char::is_whitespace);
    // "10:30", "https://"
    if !spaced || words.is_empty() {
        return None;
    }
    let label = text[..colon].trim_end();
    let kind = kind(label)?;
    // "Piet Sarne: Mr. Sarne wants": a list of people with what is said of them
    let surname = label.rsplit(' ').next().filter(|name| name.len() > 2);
    if kind == Label::FullName && surname.is_some_and(|surname| words.contains(surname)) {
        return None;
    }
    let start = span.start() + (text.len() - words.len());
    Some(Turn {
        block,
        label: reading.text.span_at(span.start(), span.start() + label.len())?,
        words: reading.text.span_at(start, span.end())?,
        kind,
    })
}

fn kind(label: &str) -> Option<Label> {
    let bare = label.split(['(', '[', ',']).next().unwrap_or_default().trim();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c))
    };
    if words.is_empty() || words.len() > 5 || !words.iter().all(is_name) {
        return None;
    }
    if words.iter().any(|word| {
        NOT_SPEAKERS.contains(&&*word.trim_end_matches(['\'', '’', 's']).to_lowercase())
            || NOT_SPEAKERS.contains(&&*word.to_lowercase())
    }) {
        return None;
    }
    let capitals = bare.chars().all(|c| !c.is_lowercase());
    match words.as_slice() {
        ["Q" | "A" | "QUESTION" | "ANSWER" | "Question" | "Answer"] => Some(Label::Part),
        _ if capitals && bare.chars().filter(|c| c.is_alphabetic()).count() >= 2 => Some(Label::Capitals),
        [_] => Some(Label::OneWord),
        _ => Some(Label::FullName),
    }
}
