//! Seasons, quarters and halves of a year.

use super::Found;
use super::dates::ordinal;
use super::years::{shifted_year, year, year_after};
use crate::time::expression::{Core, Expression, Origin, Which, Year};
use crate::time::tokens::Tokens;
use crate::time::words;

/// "last spring", "the summer of 2019", "this fall"
pub(super) fn season(tokens: &Tokens, at: usize) -> Found {
    let start = tokens.past(at, &["the"]);
    let (which, start) = match tokens.lower(start) {
        "last" | "previous" => (Which::Last, start + 1),
        "this" => (Which::This, tokens.past(start + 1, &["coming", "past"])),
        "next" | "coming" => (Which::Next, start + 1),
        _ => (Which::Bare, start),
    };
    let season = tokens.word(start)?.season?;
    let (year, end) = year_after(tokens, start + 1).unwrap_or((Year::Open, start + 1));
    let is_noun = matches!(tokens.lower(start), "summer" | "winter" | "autumn")
        || which != Which::Bare
        || year != Year::Open;
    is_noun.then(|| (Expression::of(Core::Season { season, year, which }), end))
}

/// "the third quarter of 1989", "third-quarter", "the first half", "Q3 2016", "1988 second quarter", "the latest quarter"
pub(super) fn quarter(tokens: &Tokens, at: usize) -> Found {
    if tokens.is(at, &["q"])
        && let Some(number @ 1..=4) = tokens.digits(at + 1, 1..=1).filter(|_| tokens.is_glued(at + 1))
    {
        let (year, end) = year_after(tokens, at + 2).unwrap_or((Year::Open, at + 2));
        return Some((Expression::of(Core::Quarter { number: Some(number as i8), year, by: 0 }), end));
    }
    let start = tokens.past(at, &["the"]);
    let (year, start) = match year(tokens, start) {
        Some((year, end)) => (Year::Is(year), end),
        None => match shifted_year(tokens, start).filter(|(_, end)| tokens.is(*end, &["'"])) {
            Some((year, end)) => (year, tokens.past(end + 1, &["s"])),
            None => (Year::Open, start),
        },
    };
    let start = tokens.past(start, &["fiscal"]);
    let start = tokens.past(start, &["-"]);
    if tokens.is(start, &["current", "this"]) && tokens.is(start + 1, &["quarter"]) {
        let core = Core::Shift { unit: words::Unit::Quarter, by: 0, from: Origin::Published };
        return Some((Expression::of(core), start + 2));
    }
    let is_latest = tokens.is(start, &["latest"]);
    let (number, by, next) = match tokens.lower(start) {
        "latest" => (None, 0, start + 1),
        "last" | "previous" | "prior" if tokens.is(start + 1, &["quarter"]) => (None, -1, start + 1),
        "next" => (None, 1, start + 1),
        _ => match ordinal(tokens, start) {
            Some((number @ 1..=4, end)) => (Some(number as i8), 0, tokens.past(end, &["-"])),
            Some(_) => return None,
            None => (None, 0, start),
        },
    };
    let half = tokens.is(next, &["half"]);
    let is_period = is_latest && tokens.is(next, &["period"]);
    if !half && !is_period && !tokens.is(next, &["quarter"]) {
        return None;
    }
    let (year, end) = match year_after(tokens, next + 1) {
        Some((after, end)) => (after, end),
        None => (year, next + 1),
    };
    let is_led = number.is_some() || year != Year::Open || next > start || start > at;
    match (half, number) {
        (true, Some(number @ 1..=2)) if year != Year::Open => {
            Some((Expression::of(Core::Half { number, year }), end))
        }
        (false, _) if is_led => Some((Expression::of(Core::Quarter { number, year, by }), end)),
        _ => None,
    }
}

/// "year-end", "the year's end"
pub(super) fn year_end(tokens: &Tokens, at: usize) -> Found {
    let is_here = tokens.is(at, &["year"]) && tokens.is(at + 1, &["-"]) && tokens.is(at + 2, &["end"]);
    let day = Core::Day { year: Year::Open, month: 12, day: 31 };
    is_here.then(|| (Expression::of(day), at + 3))
}
