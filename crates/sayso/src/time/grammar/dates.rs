//! Dates of the calendar: days, months, years, weekdays, seasons, quarters, decades, centuries, feasts.

use super::Found;
use super::seasons::{quarter, season, year_end};
use super::years::{decade, in_century, year, year_after};
use crate::time::expression::{Core, Expression, Origin, Which, Year};
use crate::time::tokens::{Shape, Tokens};
use crate::time::words;

/// A date that starts at a token; a weekday before it belongs to it.
pub(super) fn date(tokens: &Tokens, at: usize) -> Found {
    let found = super::longest([
        numeric(tokens, at),
        month_first(tokens, at),
        day_first(tokens, at),
        year_first(tokens, at),
        feast(tokens, at),
        year_end(tokens, at),
        season(tokens, at),
        quarter(tokens, at),
        decade(tokens, at),
        year(tokens, at).map(|(year, end)| (Expression::of(Core::Year(year)), end)),
    ]);
    // "Monday, Nov. 7", "Friday the 13th of October", "Friday the 13th"
    let led = weekday(tokens, at).and_then(|(_, end)| {
        let next = tokens.past(end, &[","]);
        let next = tokens.past(next, &["on"]);
        let of_month = || {
            let (day, is_ordinal, stop) = day(tokens, next).filter(|_| tokens.is(next, &["the"]))?;
            // "announced on Friday the second debate"
            let is_free =
                tokens.get(stop).is_none_or(|after| after.shape == Shape::Mark && after.lower != "-");
            (is_ordinal && is_free).then(|| (Expression::of(Core::DayOfMonth(day)), stop))
        };
        super::longest([
            numeric(tokens, next),
            month_first(tokens, next),
            day_first(tokens, next),
            of_month(),
        ])
        .filter(|(date, _)| matches!(date.core, Core::Day { .. } | Core::DayOfMonth(_)))
    });
    super::longest([led, found])
}

/// A weekday's number and the token behind it.
pub(super) fn weekday(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    let token = tokens.get(at)?;
    let day = token.word.weekday?;
    let end = if token.text.len() <= 5 { tokens.past_stop_of_abbreviation(at + 1) } else { at + 1 };
    let is_stopped = end > at + 1;
    // "the Sun said", "he sat": short forms need a date beside them
    let has_date = tokens.is(end, &[","])
        || tokens.digits(end, 1..=2).is_some()
        || tokens.word(end).is_some_and(|word| word.month.is_some());
    // "Black Friday", "Easter Sunday", "the Sunday Times"
    let is_capital = |at: usize| tokens.get(at).is_some_and(|token| token.is_capital());
    let is_feast = tokens.word(at.wrapping_sub(1)).is_some_and(|word| word.is_feast)
        && at.checked_sub(1).is_some_and(is_capital);
    let is_named = tokens.before(at) == "the" && is_capital(end) && !tokens.is_month_or_weekday(end);
    if is_feast || is_named {
        return None;
    }
    let is_short = token.text.len() <= 5 && !is_stopped && !has_date;
    if is_short && (token.word.is_ambiguous || !token.is_capital()) {
        return None;
    }
    Some((day, end))
}

/// A month's number and the token behind it, its full stop included.
pub(super) fn month(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    let token = tokens.get(at)?;
    let month = token.word.month?;
    let end = if token.text.len() <= 4 && !matches!(token.lower.as_str(), "may" | "june" | "july") {
        tokens.past_stop_of_abbreviation(at + 1)
    } else {
        at + 1
    };
    Some((month, end))
}

impl Tokens<'_> {
    fn is_month_or_weekday(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.month.is_some() || word.weekday.is_some())
    }

    /// Past the stop of "Nov." if a word or number follows it on the line.
    fn past_stop_of_abbreviation(&self, at: usize) -> usize {
        self.past_stop(at)
    }
}

/// A day of a month: "7", "7th", "twenty-first", "the 7th".
fn day(tokens: &Tokens, at: usize) -> Option<(i8, bool, usize)> {
    let start = tokens.past(at, &["the"]);
    if let Some(day) = tokens.digits(start, 1..=2).filter(|day| (1..=31).contains(day)) {
        let is_ordinal = tokens.is_glued(start + 1) && tokens.is(start + 1, &["st", "nd", "rd", "th"]);
        return Some((day as i8, is_ordinal, start + 1 + usize::from(is_ordinal)));
    }
    let (number, end) = ordinal(tokens, start)?;
    (1..=31).contains(&number).then_some((number as i8, true, end))
}

/// "third", "twenty-first", "3rd"
pub(super) fn ordinal(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    if let Some(number) = tokens.digits(at, 1..=2)
        && tokens.is_glued(at + 1)
        && tokens.is(at + 1, &["st", "nd", "rd", "th"])
    {
        return Some((number, at + 2));
    }
    let word = tokens.word(at)?;
    if let Some(number) = word.ordinal {
        return Some((number, at + 1));
    }
    let tens = word.cardinal.filter(|tens| matches!(tens, 20 | 30 | 40 | 50))?;
    let next = tokens.past(at + 1, &["-"]);
    let ones = tokens.word(next)?.ordinal.filter(|ones| (1..10).contains(ones))?;
    Some((tens + ones, next + 1))
}

/// "Nov. 7", "November 7th, 2021", "November 2021", "last April", "July last year"
fn month_first(tokens: &Tokens, at: usize) -> Found {
    let (which, start) = match tokens.lower(at) {
        "last" | "past" | "previous" => (Which::Last, at + 1),
        "this" => (Which::This, tokens.past(at + 1, &["coming", "past"])),
        "next" | "coming" => (Which::Next, at + 1),
        _ => (Which::Bare, at),
    };
    let (month, end) = month(tokens, start)?;
    let next = tokens.past(end, &[","]);
    if which == Which::Bare
        && let Some((number, is_ordinal, end)) = day(tokens, if is_day_apart(tokens, next) { next } else { end })
        // "May 20 percent", "Nov. 5 p.m."
        && !tokens.is(end, &["%", "percent", "per"])
        && (is_ordinal || !tokens.is(end, &[":"]))
    {
        let (year, end) = year_after(tokens, end).unwrap_or((Year::Open, end));
        return Some((Expression::of(Core::Day { year, month, day: number }), end));
    }
    if let Some((year, end)) = year_after(tokens, end).filter(|_| which == Which::Bare) {
        return Some((Expression::of(Core::Month { year, month, which }), end));
    }
    let token = tokens.get(start)?;
    let is_led = which != Which::Bare
        || matches!(
            tokens.before(at),
            "in" | "of"
                | "since"
                | "until"
                | "till"
                | "by"
                | "through"
                | "from"
                | "late"
                | "early"
                | "mid"
                | "during"
                | "before"
                | "after"
                | "for"
                | "to"
                | "into"
                | "between"
        );
    // "April said", "June Jones"
    let is_free = tokens.get(end).is_none_or(|next| {
        next.shape == Shape::Mark
            || matches!(next.lower.as_str(), "and" | "or" | "to" | "through" | "than" | "was" | "is")
    });
    if !is_led && !is_free {
        return None;
    }
    let is_word = token.word.is_ambiguous || !token.is_capital() || token.text.len() <= 3;
    if is_word && !(is_led && token.is_capital()) && which == Which::Bare {
        return None;
    }
    Some((Expression::of(Core::Month { year: Year::Open, month, which }), end))
}

/// Whether a day follows a comma: "Nov., 7" is none.
fn is_day_apart(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at, &["the"])
}

/// "7 November", "the 7th of November 2021"; "the 5th" alone after "on"
fn day_first(tokens: &Tokens, at: usize) -> Found {
    let (number, is_ordinal, end) = day(tokens, at)?;
    let next = tokens.past(end, &["of", "day"]);
    let next = tokens.past(next, &["of", "-"]);
    if let Some((month, after)) = month(tokens, next)
        && tokens.get(next).is_some_and(|token| token.is_capital() || !token.word.is_ambiguous)
    {
        let (year, end) = year_after(tokens, after).unwrap_or((Year::Open, after));
        return Some((Expression::of(Core::Day { year, month, day: number }), end));
    }
    // "on the 5th"
    let has_article = tokens.is(at, &["the"]);
    let is_free = tokens.get(end).is_none_or(|next| {
        next.shape == Shape::Mark && next.lower != "-" || matches!(next.lower.as_str(), "and" | "that" | "at")
    });
    let is_digits = tokens.get(at + 1).is_some_and(|token| token.shape == Shape::Digits);
    (has_article && is_ordinal && is_digits && is_free && tokens.before(at) == "on")
        .then(|| (Expression::of(Core::DayOfMonth(number)), end))
}

/// "2021-11-07", "11/7/2021", "07.11.2021", "2021/11/07"
fn numeric(tokens: &Tokens, at: usize) -> Found {
    let mark = tokens.get(at + 1)?;
    if mark.is_apart
        || !matches!(mark.lower.as_str(), "-" | "/" | ".")
        || tokens.lower(at + 1) != tokens.lower(at + 3)
    {
        return None;
    }
    if !(2..=4).all(|n| tokens.is_glued(at + n)) || tokens.is(at + 5, &["/", "-"]) && tokens.is_glued(at + 5)
    {
        return None;
    }
    let second = tokens.digits(at + 2, 1..=2)?;
    let (year, month, day) = if let Some(year) = tokens.digits(at, 4..=4) {
        (year as i16, second, tokens.digits(at + 4, 1..=2)?)
    } else {
        let first = tokens.digits(at, 1..=2)?;
        let last = tokens.digits(at + 4, 2..=4)?;
        let year = if last < 100 { in_century(last) } else { last as i16 };
        // the American order where it can be one, the other where only that can
        if mark.lower != "." && first <= 12 && second <= 12 && first != second {
            let (month, day) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
            return Some((Expression::of(Core::EitherOrder { year, month, day }), at + 5));
        }
        if mark.lower == "." || first > 12 { (year, second, first) } else { (year, first, second) }
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    jiff::civil::Date::new(year, month, day).ok()?;
    Some((Expression::of(Core::Day { year: Year::Is(year), month, day }), at + 5))
}

/// "2021 November", "1988 third quarter" is in [`quarter`]
fn year_first(tokens: &Tokens, at: usize) -> Found {
    tokens.digits(at, 4..=4)?;
    let (year, end) = year(tokens, at)?;
    let (month, end) =
        month(tokens, end).filter(|(_, stop)| *stop > end && tokens.digits(*stop, 4..=4).is_none())?;
    tokens.get(end - 1).filter(|token| token.text.len() > 3)?;
    Some((Expression::of(Core::Month { year: Year::Is(year), month, which: Which::Bare }), end))
}

/// "Nov. 5-7", "November 5 to 7", "5-7 November"
pub(super) fn days_of_month(tokens: &Tokens, at: usize) -> Found {
    let start = tokens.past(at, &["between", "from"]);
    let links = ["-", "–", "to", "and", "through", "until"];
    let pair = |at: usize| {
        let (first, _, middle) = day(tokens, at)?;
        if !tokens.is(middle, &links)
            || start == at
                && tokens.is(middle, &["and"])
                && !tokens.is(at - usize::from(at > 0), &["between"])
        {
            return None;
        }
        let (second, _, end) = day(tokens, middle + 1)?;
        (first < second).then_some((first, second, end))
    };
    let (month, first, second, end) = if let Some((month, next)) = month(tokens, start) {
        let (first, second, end) = pair(next)?;
        (month, first, second, end)
    } else {
        let (first, second, end) = pair(start)?;
        let next = tokens.past(end, &["of"]);
        let (month, end) = month(tokens, next)?;
        (month, first, second, end)
    };
    let (year, end) = year_after(tokens, end).unwrap_or((Year::Open, end));
    let day = |day: i8| Box::new(Expression::of(Core::Day { year, month, day }));
    Some((Expression::of(Core::Range(day(first), day(second))), end))
}

/// "Christmas Eve 2010"
fn feast(tokens: &Tokens, at: usize) -> Found {
    let is_here = |words: &[&str]| {
        let mut next = at;
        for word in words {
            // "new year's" is three tokens
            for part in word.split_inclusive('\'').flat_map(|part| match part.strip_suffix('\'') {
                Some(word) => [Some(word), Some("'")],
                None => [Some(part), None],
            }) {
                match part {
                    Some(part) if tokens.is(next, &[part]) => next += 1,
                    Some(_) => return None,
                    None => {}
                }
            }
        }
        Some(next)
    };
    if !tokens.get(at)?.is_capital() {
        return None;
    }
    let found =
        words::feasts().iter().filter_map(|(words, month, day)| Some((is_here(words)?, *month, *day)));
    let (end, month, day) = found.max_by_key(|(end, ..)| *end)?;
    let (year, end) = year_after(tokens, end).unwrap_or((Year::Open, end));
    Some((Expression::of(Core::Day { year, month, day }), end))
}

/// A bare weekday as an expression.
pub(super) fn bare_weekday(day: i8) -> Core {
    Core::Weekday { day, which: Which::Bare, week: None, from: Origin::Published }
}
