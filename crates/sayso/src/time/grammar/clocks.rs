//! Hours and parts of a day: "5:30 p.m.", "noon", "at dawn", "the morning", "overnight".

use super::Found;
use crate::time::expression::{Clock, Core, Expression};
use crate::time::tokens::{Shape, Tokens};

/// A part of a day: "morning", "the evening", "night".
pub(super) fn part(tokens: &Tokens, at: usize) -> Option<(&'static str, usize)> {
    let token = tokens.get(at)?;
    token.word.part.map(|part| (part, at + 1))
}

/// An hour: "5 p.m.", "17:30", "1.52 a.m. GMT", "noon", "ten o'clock".
pub(super) fn clock(tokens: &Tokens, at: usize) -> Option<(Clock, usize)> {
    match tokens.lower(at) {
        "noon" => return Some((Clock { hour: 12, minute: Some(0) }, at + 1)),
        "midnight" => return Some((Clock { hour: 24, minute: Some(0) }, at + 1)),
        _ => {}
    }
    let (hour, next) = match tokens.digits(at, 1..=2) {
        Some(hour) => (hour, at + 1),
        None => (tokens.word(at)?.cardinal.filter(|hour| (1..=12).contains(hour))?, at + 1),
    };
    if hour > 24 {
        return None;
    }
    let colon = tokens.is(next, &[":", "."]) && tokens.is_glued(next) && tokens.is_glued(next + 1);
    let minute = tokens.digits(next + 1, 2..=2).filter(|minute| colon && *minute < 60);
    let has_colon = minute.is_some() && tokens.is(next, &[":"]);
    let next = if minute.is_some() { next + 2 } else { next };
    // seconds
    let next = if has_colon && tokens.is(next, &[":"]) && tokens.digits(next + 1, 2..=2).is_some() {
        next + 2
    } else {
        next
    };
    let (hour, end) = if let Some((is_after_noon, end)) = half_of_day(tokens, next) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        (hour % 12 + if is_after_noon { 12 } else { 0 }, end)
    } else if tokens.is(next, &["o"]) && tokens.is(next + 1, &["'"]) && tokens.is(next + 2, &["clock"]) {
        (hour, next + 3)
    } else if has_colon {
        (hour, next)
    } else {
        return None;
    };
    let minute = minute.map(|minute| minute as u8);
    Some((Clock { hour: hour as u8, minute }, zone(tokens, end)))
}

/// "p.m.", "AM", "a m"
fn half_of_day(tokens: &Tokens, at: usize) -> Option<(bool, usize)> {
    match tokens.lower(at) {
        "am" => Some((false, at + 1)),
        "pm" => Some((true, at + 1)),
        "a" | "p" if tokens.is(at + 1, &["."]) && tokens.is(at + 2, &["m"]) => {
            Some((tokens.is(at, &["p"]), tokens.past_stop(at + 3)))
        }
        _ => None,
    }
}

/// Past "EST", "local time", "Baghdad time", "(1200 GMT)".
fn zone(tokens: &Tokens, at: usize) -> usize {
    let inside = tokens.past(at, &["("]);
    if inside > at {
        let is_other_clock = tokens.digits(inside, 4..=4).is_some()
            && tokens.word(inside + 1).is_some_and(|word| word.is_zone)
            && tokens.is(inside + 2, &[")"]);
        return if is_other_clock { inside + 3 } else { at };
    }
    if tokens.is(at + 1, &["time"])
        && tokens.get(at).is_some_and(|token| token.is_capital() || token.lower == "local")
    {
        return at + 2;
    }
    let is_zone =
        |token: &crate::time::tokens::Token| token.word.is_zone && !token.text.contains(char::is_lowercase);
    at + usize::from(tokens.get(at).is_some_and(is_zone))
}

/// An hour or a part of a day that opens an expression, its day open: "5 p.m.", "dawn", "the night".
pub(super) fn time(tokens: &Tokens, at: usize) -> Found {
    if let Some((clock, end)) = clock(tokens, at) {
        let expression = Expression { clock: Some(clock), ..Expression::of(Core::Hour) };
        return Some((expression, end));
    }
    if tokens.is(at, &["overnight"]) {
        return Some((Expression { part: Some("NI"), ..Expression::of(Core::Hour) }, at + 1));
    }
    let first = tokens.past(at, &["the"]);
    let (part, end) = part(tokens, first)?;
    // "morning papers", "Good morning": only after the article, before its day, or after a preposition of time
    let is_adverb = matches!(tokens.before(at), "at" | "before" | "after" | "by" | "until" | "since");
    let has_day = tokens.is(end, &["on", "of"]);
    let is_time = (first > at || is_adverb || has_day)
        && tokens
            .get(end)
            .is_none_or(|next| next.shape != Shape::Word || tokens.is(end, &["on", "of"]) || first == at);
    is_time.then(|| (Expression { part: Some(part), ..Expression::of(Core::Hour) }, end))
}
