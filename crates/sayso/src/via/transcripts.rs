//! Turns of a transcript: on what occasion they were spoken, and whom a speaker calls by name.

use super::frame::Frames;
use super::people::People;
use crate::article::BlockRole;
use crate::lexicon;
use crate::text::Span;

/// Blocks before a transcript in which its occasion is named.
const INTRODUCTION: usize = 4;

/// Longest form of address, in words.
const LONGEST_ADDRESS: usize = 4;

/// For each turn the occasion that the words before the transcript name, with the words.
pub(super) fn settings(frames: &Frames) -> Vec<Option<(&'static str, Span)>> {
    let blocks = &frames.page.article.blocks;
    let mut turns = vec![false; blocks.len()];
    let block_of = |at: usize| {
        let start = frames.attributions[at].content.first()?.start();
        Some(blocks.partition_point(|block| block.span.end() <= start)).filter(|at| *at < blocks.len())
    };
    for at in (0..frames.attributions.len()).filter(|at| is_turn(frames, *at)) {
        if let Some(block) = block_of(at) {
            turns[block] = true;
        }
    }
    let mut now: Option<(&'static str, Span)> = None;
    let mut by_block = vec![None; blocks.len()];
    for at in 0..blocks.len() {
        if turns[at] {
            if at == 0 || !turns[at - 1] {
                let before = (at.saturating_sub(INTRODUCTION)..at).rev().filter(|before| !turns[*before]);
                let title = (0..at.min(2)).filter(|before| !turns[*before]);
                now = before.chain(title).find_map(|before| named(frames, before)).or(now);
            }
            by_block[at] = now;
        }
    }
    let setting = |at: usize| block_of(at).filter(|_| is_turn(frames, at)).and_then(|block| by_block[block]);
    (0..frames.attributions.len()).map(setting).collect()
}

pub(super) fn is_turn(frames: &Frames, at: usize) -> bool {
    let because = &frames.attributions[at].because;
    frames.attributions[at].inside.is_none()
        && because.iter().any(|reason| matches!(reason.rule, "turn" | "turn goes on"))
}

/// The last occasion that a block names.
fn named(frames: &Frames, block: usize) -> Option<(&'static str, Span)> {
    let block = frames.page.article.blocks.get(block)?;
    let spoken = ["briefing", "hearing", "news conference", "press conference", "interview", "debate"];
    if matches!(block.role, BlockRole::Caption | BlockRole::Boilerplate) {
        return None;
    }
    let text = frames.page.article.text.slice(block.span).to_ascii_lowercase();
    let (at, word) = spoken.iter().filter_map(|word| Some((text.rfind(word)?, *word))).max()?;
    let id = if word == "press conference" { "news conference" } else { word };
    let setting = lexicon::via().settings().iter().find(|setting| setting.id == id)?;
    let span =
        frames.page.article.text.span_at(block.span.start() + at, block.span.start() + at + word.len())?;
    Some((&setting.id, span))
}

/// Whom a turn calls by name: "Mr. Brandle, when did you ...", "Thank you, Mr. President."
pub(super) fn addressee(frames: &Frames, people: &People, at: usize) -> Option<(String, Span)> {
    if !is_turn(frames, at) {
        return None;
    }
    let span = *frames.attributions[at].content.first()?;
    let text = frames.page.article.text.slice(span);
    // a form of address opens a sentence or ends it, or stands behind "Thank you,"
    let (mut from, mut opens) = (0, true);
    for piece in text.split_inclusive([',', '?', '!', ';', '—', '\n']).take(12) {
        let ends = !piece.ends_with(',');
        let sentences = sentences(piece);
        let count = sentences.len();
        for (nth, (offset, words)) in sentences.into_iter().enumerate() {
            let trimmed = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
            let trimmed = without_opener(trimmed);
            let start = span.start() + from + offset + words.find(trimmed).unwrap_or(0);
            let is_place = opens || nth > 0 || count > 1 || ends;
            if is_place && let Some(name) = address(people, at, trimmed, from + offset == 0) {
                let place = frames.page.article.text.span_at(start, start + trimmed.len())?;
                return Some((name, place));
            }
            opens = ends || words.split_whitespace().count() <= 3;
        }
        from += piece.len();
    }
    None
}

/// "And Mr. President"
fn without_opener(words: &str) -> &str {
    let openers = ["And ", "But ", "So ", "Well ", "Yes ", "No ", "Okay ", "Now "];
    openers.iter().find_map(|opener| words.strip_prefix(opener)).unwrap_or(words)
}

/// Sentences of a piece between commas, with their places; a title's full stop ends none.
fn sentences(piece: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, _) in piece.match_indices(". ") {
        let before = piece[from..at].rsplit(' ').next().unwrap_or("");
        if before.len() > 3 || before.chars().next().is_none_or(char::is_lowercase) {
            all.push((from, &piece[from..=at]));
            from = at + 2;
        }
    }
    all.push((from, &piece[from..]));
    all
}

/// A title with a name, a title alone that is said to somebody's face, or the name of somebody who speaks here.
fn address(people: &People, turn: usize, words: &str, starts: bool) -> Option<String> {
    let words = words.trim_end_matches('.').trim();
    let parts: Vec<&str> = words.split_whitespace().collect();
    if parts.is_empty() || parts.len() > LONGEST_ADDRESS {
        return None;
    }
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    if !parts.iter().all(|word| capital(word)) {
        return None;
    }
    let polite = ["Mr", "Mrs", "Ms", "Madam", "Madame", "Dr", "Professor"];
    let first = parts[0].trim_end_matches('.');
    let title = polite.contains(&first) || lexicon::words().title(first).is_some();
    let last = *parts.last()?;
    let called = |source: &&crate::identity::Identity| {
        let ends = |name: &String| {
            name.split_whitespace().last().is_some_and(|word| word.eq_ignore_ascii_case(last))
        };
        let begins = |name: &String| {
            name.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(last))
        };
        source.names.iter().any(|name| ends(name) || !title && parts.len() == 1 && begins(name))
    };
    let speaker = people.speaker(turn);
    let others = people.identities.sources.iter().enumerate().filter(|(at, _)| Some(*at) != speaker);
    let known = others.map(|(_, source)| source).find(called).map(|source| source.name.clone());
    match (title, parts.len()) {
        (true, 1) => None,
        (true, _) => known.or_else(|| Some(parts[1..].join(" "))),
        (false, _) => known.filter(|_| starts && parts.len() <= 2),
    }
}
