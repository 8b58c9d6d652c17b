//! Years, decades and centuries: "2019", "nineteen ninety-seven", "last year", "the 1990s".

use super::Found;
use super::amounts;
use super::dates::ordinal;
use crate::time::expression::{Amount, Core, Expression, Year};
use crate::time::tokens::{Shape, Tokens};

/// A year of four digits, in words, or short: "2019", "nineteen ninety-seven", "'98".
pub(super) fn year(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    if let Some(year) = tokens.digits(at, 4..=4).filter(|year| (1000..2200).contains(year)) {
        return (!is_other_number(tokens, at) && !is_amount(tokens, at) && is_modern(tokens, at, year))
            .then_some((year as i16, at + 1));
    }
    // "nineteen ninety-seven", "two thousand ten"
    let century = tokens.word(at)?.cardinal?;
    if let 18..=20 = century {
        let (rest, end) = amounts::cardinal(tokens, at + 1)?;
        if let Amount::Whole(rest @ 10..100) = rest
            && tokens.get(at + 1).is_some_and(|token| token.shape == Shape::Word)
        {
            return Some(((century * 100 + rest) as i16, end));
        }
    }
    if century == 2 && tokens.is(at + 1, &["thousand"]) && tokens.before(at) == "year" {
        return Some((2000, at + 2));
    }
    None
}

/// A year behind a month or day: "2021", "of 2021", "last year", "'98".
pub(super) fn year_after(tokens: &Tokens, at: usize) -> Option<(Year, usize)> {
    let next = tokens.past(at, &[",", "of", "in"]);
    if let Some((year, end)) = year(tokens, next) {
        return Some((Year::Is(year), end));
    }
    if tokens.is(next, &["'"])
        && let Some(short) = tokens.digits(next + 1, 2..=2).filter(|_| tokens.is_glued(next + 1))
    {
        return Some((Year::Is(in_century(short)), next + 2));
    }
    // "April of 87"
    if tokens.is(at, &["of"])
        && let Some(short) = tokens.digits(next, 2..=2).filter(|short| *short > 31)
    {
        return Some((Year::Is(in_century(short)), next + 1));
    }
    shifted_year(tokens, next)
}

/// "last year", "this year", "of the same year"
pub(super) fn shifted_year(tokens: &Tokens, at: usize) -> Option<(Year, usize)> {
    let start = tokens.past(at, &["the"]);
    if !tokens.is(start + 1, &["year"]) {
        return None;
    }
    let year = match tokens.lower(start) {
        "last" => Year::Shifted(-1),
        "this" => Year::Shifted(0),
        "next" => Year::Shifted(1),
        "that" | "same" => Year::OfText,
        _ => return None,
    };
    Some((year, start + 2))
}

/// Two digits of a year, in the century that puts it nearest to the turn of the millennium.
pub(super) fn in_century(short: u32) -> i16 {
    if short < 50 { 2000 + short as i16 } else { 1900 + short as i16 }
}

/// "the 1990s", "'80s", "the nineties", "the 20th century"
pub(super) fn decade(tokens: &Tokens, at: usize) -> Found {
    let start = tokens.past(at, &["the"]);
    if let Some((number, end)) = ordinal(tokens, start)
        && tokens.is(end, &["century"])
        && number > 0
    {
        return Some((Expression::of(Core::Century(number as i16 - 1)), end + 1));
    }
    if let Some(decade) = tokens.word(start).and_then(|word| word.decade)
        && matches!(tokens.before(start), "the" | "-" | "early" | "late" | "mid")
    {
        return Some((Expression::of(Core::Decade(decade)), start + 1));
    }
    let first = tokens.past(start, &["'"]);
    let digits = tokens.digits(first, 2..=4)?;
    let plural = tokens.past(first + 1, &["'"]);
    if digits % 10 != 0 || !tokens.is(plural, &["s"]) || !tokens.is_glued(plural) {
        return None;
    }
    let decade = match tokens.get(first)?.text.len() {
        4 if (1500..2100).contains(&digits) => digits as i16 / 10,
        2 if first > start => in_century(digits) / 10,
        _ => return None,
    };
    Some((Expression::of(Core::Decade(decade)), plural + 1))
}

/// "$1999", "1999.5", "flight 1999", "1999%"
fn is_other_number(tokens: &Tokens, at: usize) -> bool {
    let has_more = tokens.is(at + 1, &[",", ".", ":"])
        && tokens.is_glued(at + 1)
        && tokens.is_glued(at + 2)
        && tokens.digits(at + 2, 1..=9).is_some();
    let before = tokens.before(at);
    let is_part =
        tokens.is_glued(at) && !matches!(before, "" | "(" | "-" | "–" | "—" | "/" | "“" | "\"" | "'" | "[");
    let is_counted = matches!(before, "$" | "€" | "£" | "#" | "no" | "than" | "flight");
    tokens.is(at + 1, &["%", "/"]) || has_more || is_part || is_counted
}

/// "2000 people"
fn is_amount(tokens: &Tokens, at: usize) -> bool {
    const NO_NOUNS: [&str; 8] = ["was", "this", "does", "besides", "plus", "across", "towards", "unless"];
    let is_plural = tokens.get(at + 1).is_some_and(|next| {
        next.shape == Shape::Word
            && !next.is_capital()
            && (next.lower.ends_with('s') || next.lower == "people")
            && next.lower.len() > 3
            && next.word.unit.is_none()
            && !NO_NOUNS.contains(&next.lower.as_str())
    });
    is_plural && !matches!(tokens.before(at), "in" | "since" | "of" | "the" | "a")
}

/// Years before 1900 are taken for years only where a preposition says so.
fn is_modern(tokens: &Tokens, at: usize, year: u32) -> bool {
    (1900..2100).contains(&year)
        || matches!(tokens.before(at), "in" | "of" | "since" | "by" | "until" | "from" | "year")
}
