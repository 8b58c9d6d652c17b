//! What is counted from the day of publication or from another date: "yesterday", "last Friday", "two days earlier", "that year".

use super::dates;
use super::{Found, amounts, longest};
use crate::time::expression::{Amount, Core, Expression, Origin, Which};
use crate::time::tokens::{Shape, Tokens};
use crate::time::words::Unit;

/// An expression that starts at a token.
pub(super) fn relative(tokens: &Tokens, at: usize) -> Found {
    longest([
        fixed(tokens, at),
        weekday(tokens, at),
        shift(tokens, at),
        distance(tokens, at),
        weekend(tokens, at),
        reference(tokens, at),
    ])
}

/// "today", "yesterday", "tonight", "the day before yesterday"
fn fixed(tokens: &Tokens, at: usize) -> Found {
    let day = |by: i32| Expression::of(Core::Shift { unit: Unit::Day, by, from: Origin::Published });
    // "USA Today", "the BBC's Today programme"
    let follows_word =
        at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.shape == Shape::Word);
    if tokens.get(at)?.is_capital() && follows_word {
        return None;
    }
    if tokens.is(at, &["tonight"]) {
        return Some((Expression { part: Some("NI"), ..day(0) }, at + 1));
    }
    if let Some(by) = tokens.word(at)?.offset {
        return Some((day(by), at + 1));
    }
    let start = tokens.past(at, &["the"]);
    if tokens.is(start, &["day"]) {
        let by = match (tokens.lower(start + 1), tokens.lower(start + 2)) {
            ("before", "yesterday") => -2,
            ("after", "tomorrow") => 2,
            _ => return None,
        };
        return Some((day(by), start + 3));
    }
    // "this morning", "last night"
    let by = match tokens.lower(at) {
        "this" => 0,
        "last" if tokens.is(at + 1, &["night", "evening"]) => -1,
        _ => return None,
    };
    let next = tokens.past(at + 1, &["early", "late"]);
    let part = tokens.word(next)?.part?;
    Some((Expression { part: Some(part), ..day(by) }, next + 1))
}

/// "Friday", "last Friday", "this past Friday", "Tuesday of last week", "the previous Monday", "a week ago Monday"
fn weekday(tokens: &Tokens, at: usize) -> Found {
    let start = tokens.past(at, &["the"]);
    let (which, from, start) = match tokens.lower(start) {
        "last" | "past" => (Which::Last, Origin::Published, start + 1),
        "this" => match tokens.lower(start + 1) {
            "past" | "last" => (Which::Last, Origin::Published, start + 2),
            "coming" => (Which::Next, Origin::Published, start + 2),
            _ => (Which::This, Origin::Published, start + 1),
        },
        "next" | "coming" => (Which::Next, Origin::Published, start + 1),
        "previous" | "preceding" => (Which::Last, Origin::Text, start + 1),
        "following" => (Which::Next, Origin::Text, start + 1),
        "same" | "that" => (Which::This, Origin::Text, start + 1),
        _ if start == at => (Which::Bare, Origin::Published, start),
        _ => return None,
    };
    let (day, end) = dates::weekday(tokens, start)?;
    if which == Which::Bare {
        // "Monday last week", "Wednesday of this week"
        let next = tokens.past(end, &["of"]);
        if let Some(by) = week(tokens, next) {
            let core = Core::Weekday { day, which, week: Some(by), from };
            return Some((Expression::of(core), next + 2));
        }
        // "Friday last"
        return Some((Expression::of(dates::bare_weekday(day)), end));
    }
    Some((Expression::of(Core::Weekday { day, which, week: None, from }), end))
}

fn week(tokens: &Tokens, at: usize) -> Option<i32> {
    if !tokens.is(at + 1, &["week"]) {
        return None;
    }
    match tokens.lower(at) {
        "last" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    }
}

/// "last week", "this year", "the previous day", "that month", "the current quarter", "the same day"
fn shift(tokens: &Tokens, at: usize) -> Found {
    let start = tokens.past(at, &["the"]);
    let has_article = start > at;
    let (by, from) = match tokens.lower(start) {
        "last" if !has_article => (-1, Origin::Published),
        "past" if has_article => (-1, Origin::Published),
        "this" if !has_article => (0, Origin::Published),
        "current" => (0, Origin::Published),
        "next" | "coming" if !has_article => (1, Origin::Published),
        "previous" | "preceding" | "prior" => (-1, Origin::Text),
        "following" | "next" if has_article => (1, Origin::Text),
        "same" if has_article => (0, Origin::Text),
        "that" if !has_article => (0, Origin::Text),
        _ => return whole_unit(tokens, start, has_article),
    };
    let next = tokens.past(start + 1, &["past", "same", "very", "calendar", "fiscal"]);
    let token = tokens.get(next)?;
    // "the same evening", "the next morning"
    if let Some(part) = token.word.part.filter(|_| from == Origin::Text) {
        let core = Core::Shift { unit: Unit::Day, by, from };
        return Some((Expression { part: Some(part), ..Expression::of(core) }, next + 1));
    }
    let (unit, times) = token.word.unit.filter(|_| !token.word.is_plural && token.shape == Shape::Word)?;
    // "This Week" is a programme
    if next > at && token.is_capital() {
        return None;
    }
    // "this day" of a speech is no day
    let is_speech = unit == Unit::Day && from == Origin::Published;
    if unit < Unit::Day || times > 1 || unit == Unit::Quarter || is_speech {
        return None;
    }
    Some((Expression::of(Core::Shift { unit, by, from }), next + 1))
}

/// "the year", "the full year", "the week", "the day before", "the month after": of the text
fn whole_unit(tokens: &Tokens, at: usize, has_article: bool) -> Found {
    let first = at;
    let at = tokens.past(first, &["full", "whole", "fiscal", "calendar"]);
    let token = tokens.get(at)?;
    let (unit, _) = token.word.unit.filter(|_| !token.word.is_plural && has_article)?;
    // "the full week" is a duration
    if at > first && unit != Unit::Year {
        return None;
    }
    if unit < Unit::Day || matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century) {
        return None;
    }
    let (by, end) = match tokens.lower(at + 1) {
        "before" | "earlier" => (-1, at + 2),
        "after" | "later" => (1, at + 2),
        _ => (0, at + 1),
    };
    // "the day before the rally" is counted from the rally
    let is_open = tokens.get(end).is_none_or(|next| next.shape == Shape::Mark);
    if by != 0 && !is_open || by == 0 && unit != Unit::Year && unit != Unit::Week && unit != Unit::Month {
        return None;
    }
    let from = if by == 0 { Origin::Published } else { Origin::Text };
    Some((Expression::of(Core::Shift { unit, by, from }), end))
}

/// "two days ago", "a week earlier", "a year later", "in two weeks", "three days from now", "year-earlier"
fn distance(tokens: &Tokens, at: usize) -> Found {
    let in_ = tokens.is(at, &["in", "within"]);
    let start = if in_ { at + 1 } else { at };
    let start = if in_ {
        start
    } else {
        tokens
            .past(start, &["some", "about", "around", "nearly", "almost", "roughly", "over", "just", "only"])
    };
    // "the year-earlier period", "year-ago"
    if let Some((unit, _)) =
        tokens.word(tokens.past(start, &["the"])).and_then(|word| word.unit).filter(|_| !in_)
    {
        let next = tokens.past(start, &["the"]) + 1;
        if tokens.is(next, &["-"]) && tokens.is(next + 1, &["ago", "earlier"]) {
            let from = if tokens.is(next + 1, &["ago"]) { Origin::Published } else { Origin::Text };
            let end = tokens.past(next + 2, &["period", "quarter", "month", "level"]);
            return Some((
                Expression::of(Core::Distance { amount: Amount::Whole(1), unit, sign: -1, from }),
                end,
            ));
        }
        return None;
    }
    if in_ && tokens.is(start, &["the"]) {
        return None;
    }
    let (amount, unit, end) = amounts::measure(tokens, start)?;
    let end = if tokens.is(end, &["or"]) && tokens.is(end + 1, &["so", "more"]) { end + 2 } else { end };
    let (sign, from, end) = match tokens.lower(end) {
        "ago" | "back" | "since" if !in_ && !tokens.is(end, &["since"]) => (-1, Origin::Published, end + 1),
        "hence" => (1, Origin::Published, end + 1),
        "from" if tokens.is(end + 1, &["now", "today"]) => (1, Origin::Published, end + 2),
        "earlier" | "previously" | "before" if !in_ && is_closed(tokens, end) => (-1, Origin::Text, end + 1),
        "later" | "afterwards" | "afterward" if !in_ => (1, Origin::Text, end + 1),
        "'" if tokens.is(end + 1, &["time", "s"]) && in_ => {
            (1, Origin::Published, tokens.past(end + 1, &["s"]) + 1)
        }
        _ => return None,
    };
    // "a week ago Monday", "two weeks ago on Friday"
    let next = tokens.past(end, &["on"]);
    if sign < 0
        && unit == Unit::Week
        && from == Origin::Published
        && let Some((day, end)) = dates::weekday(tokens, next)
    {
        let from = Box::new(Expression::of(dates::bare_weekday(day)));
        return Some((Expression::of(Core::Offset { amount, unit, sign, from }), end));
    }
    Some((Expression::of(Core::Distance { amount, unit, sign, from }), end))
}

/// Whether "before" ends an expression: "two days before" but not "two days before the vote".
fn is_closed(tokens: &Tokens, at: usize) -> bool {
    !tokens.is(at, &["before"]) || tokens.get(at + 1).is_none_or(|next| next.shape == Shape::Mark)
}

/// "the weekend", "last weekend", "this weekend"
fn weekend(tokens: &Tokens, at: usize) -> Found {
    let by = match tokens.lower(at) {
        "last" => -1,
        "this" | "the" => 0,
        "next" => 1,
        _ => return None,
    };
    let next = tokens.past(at + 1, &["past", "coming"]);
    tokens.is(next, &["weekend"]).then(|| (Expression::of(Core::Weekend { by }), next + 1))
}

/// "recently", "now", "soon", "the past", "the near future", "these days"
fn reference(tokens: &Tokens, at: usize) -> Found {
    let token = tokens.get(at)?;
    let found = |value: &'static str, end: usize| Some((Expression::of(Core::Reference(value)), end));
    if let Some(value) = token.word.reference {
        // "once a week", "now that", "at once"
        let is_other = tokens.is(at, &["once"])
            && (tokens.is(at + 1, &["a", "the", "every", "again", "they", "it", "he", "she"])
                || tokens.before(at) == "at");
        return if is_other { None } else { found(value, at + 1) };
    }
    let start = tokens.past(at, &["the"]);
    match (tokens.lower(start), tokens.lower(start + 1)) {
        ("near" | "foreseeable" | "immediate" | "distant", "future") => found("FUTURE_REF", start + 2),
        ("future", _) if start > at => found("FUTURE_REF", start + 1),
        ("past", next) if start > at && !is_counted(tokens, start + 1) && !next.starts_with("few") => {
            found("PAST_REF", start + 1)
        }
        ("these", "days") if start == at => found("PRESENT_REF", start + 2),
        ("current", _) if start == at && !is_counted(tokens, at + 1) => found("PRESENT_REF", at + 1),
        ("recent", _) if start == at && !is_counted(tokens, at + 1) => found("PAST_REF", at + 1),
        ("right", "now") => found("PRESENT_REF", start + 2),
        ("at", "present") => found("PRESENT_REF", start + 2),
        _ => None,
    }
}

fn is_counted(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        token.word.unit.is_some()
            || token.word.is_vague
            || token.word.cardinal.is_some()
            || token.shape == Shape::Digits
            || token.word.weekday.is_some()
            || token.word.month.is_some()
    })
}
