//! Turns of a transcript: on what occasion they were spoken, and whom a speaker calls by name.

use super::frame::Frames;
use super::people::People;
use crate::article::BlockRole;
use crate::identity::Identity;
use crate::lexicon;
use crate::text::Span;

/// Blocks before a transcript in which its occasion is named.
const INTRODUCTION: usize = 4;

/// Longest form of address, in words.
const LONGEST_ADDRESS: usize = 4;

/// Pieces between commas that are looked at.
const MOST_PIECES: usize = 12;

/// Where a turn still begins: a name further on is more likely spoken of.
const EARLY_BYTES: usize = 60;

/// Sources that may be called by name.
const MOST_SOURCES: usize = 200;

/// Longest block that introduces a transcript, in bytes.
const LONGEST_INTRODUCTION: usize = 2000;

/// Turns between a question and its answer.
const MOST_TURNS: usize = 6;

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
    if matches!(block.role, BlockRole::Caption | BlockRole::Boilerplate)
        || block.span.len() > LONGEST_INTRODUCTION
    {
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
    for piece in text.split_inclusive([',', '?', '!', ';', '—', '\n']).take(MOST_PIECES) {
        let ends = !piece.ends_with(',');
        let sentences = sentences(piece);
        let count = sentences.len();
        for (nth, (offset, words)) in sentences.into_iter().enumerate() {
            let trimmed = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
            let trimmed = without_opener(trimmed);
            let start = from + offset + words.find(trimmed).unwrap_or(0);
            let is_place = opens || nth > 0 || count > 1 || ends;
            let is_early = start < EARLY_BYTES || start + trimmed.len() + 2 >= text.len();
            let name = match trimmed {
                "sir" | "Sir" | "ma’am" | "Madam" | "madam" => partner(frames, people, at),
                _ if is_place => address(frames, people, at, trimmed, from + offset == 0, is_early),
                _ => None,
            };
            if let Some(name) = name {
                let start = span.start() + start;
                let place = frames.page.article.text.span_at(start, start + trimmed.len())?;
                return Some((name, place));
            }
            opens = ends || words.split_whitespace().count() <= 3;
        }
        from += piece.len();
    }
    None
}

/// Who answers a question, or asked what is answered.
fn partner(frames: &Frames, people: &People, at: usize) -> Option<String> {
    let text = frames.attributions[at].content.last().map(|span| frames.page.article.text.slice(*span))?;
    let label =
        frames.attributions[at].source.first().map_or("", |span| frames.page.article.text.slice(*span));
    let asks = matches!(label, "Q" | "QUESTION") || text.trim_end().ends_with('?');
    let is_other = |other: &usize| is_turn(frames, *other) && people.speaker(*other) != people.speaker(at);
    let other = if asks {
        (at + 1..frames.attributions.len().min(at + MOST_TURNS)).find(is_other)
    } else {
        (at.saturating_sub(MOST_TURNS)..at).rev().find(is_other)
    };
    let name = other.and_then(|other| people.speaker_name(other));
    name.filter(|name| name.len() > 1).map(str::to_owned)
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

/// A title with a name, an office, a title alone that opens a turn, or the name of somebody who speaks here.
fn address(
    frames: &Frames,
    people: &People,
    turn: usize,
    words: &str,
    starts: bool,
    is_early: bool,
) -> Option<String> {
    let words = words.trim_end_matches('.').trim();
    let parts: Vec<&str> = words.split_whitespace().collect();
    if parts.is_empty() || parts.len() > LONGEST_ADDRESS {
        return None;
    }
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    if !parts.iter().all(|word| capital(word)) {
        return None;
    }
    let first = parts[0].trim_end_matches('.');
    let polite = ["Mr", "Mrs", "Ms", "Madam", "Madame", "Dr", "Professor"].contains(&first);
    let title = polite || lexicon::words().title(first).is_some();
    let speaker = people.speaker(turn);
    let others = || {
        let all = people.identities.sources.iter().enumerate();
        all.take(MOST_SOURCES).filter(|(at, _)| Some(*at) != speaker).map(|(_, source)| source)
    };
    let last = *parts.last()?;
    let called = |source: &&Identity| {
        source.names.iter().any(|name| {
            let mut words = name.split_whitespace();
            let begins = words.next().is_some_and(|word| word.eq_ignore_ascii_case(last));
            let ends = name.split_whitespace().last().is_some_and(|word| word.eq_ignore_ascii_case(last));
            ends || !title && parts.len() == 1 && begins
        })
    };
    let office = parts[1..].join(" ");
    let has_office = |source: &&Identity| {
        let is_it = |role: &Span| frames.page.article.text.slice(*role).eq_ignore_ascii_case(&office);
        source.name.eq_ignore_ascii_case(&office) || source.roles.iter().any(is_it)
    };
    let known = others().find(called).map(|source| source.name.clone());
    match (title, parts.len()) {
        (true, 1) if starts => partner(frames, people, turn),
        (true, 1) => None,
        // "Mr. President"
        (true, _) if polite && lexicon::words().title(parts[1]).is_some() => {
            let holder = others().find(has_office).map(|source| source.name.clone());
            holder.or(known).or(Some(office))
        }
        (true, _) if is_early => known.or(Some(office)),
        (false, 1 | 2) if starts => known,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{sentences, without_opener};

    #[test]
    fn a_title_ends_no_sentence() {
        let found: Vec<&str> =
            sentences("Thank you. Mr. Vash is late").into_iter().map(|(_, words)| words).collect();
        assert_eq!(found, ["Thank you.", "Mr. Vash is late"]);
    }

    #[test]
    fn a_form_of_address_may_have_an_opener() {
        assert_eq!(without_opener("And Mr. President"), "Mr. President");
        assert_eq!(without_opener("Andrea"), "Andrea");
    }
}
