//! How many, and of what: "two", "a few", "2 1/2 years", "the past two months".

use super::Found;
use crate::time::expression::{Amount, Core, Expression};
use crate::time::tokens::{Shape, Tokens};
use crate::time::words::Unit;

/// A number in words or digits: "twenty-two", "a hundred", "2.5".
pub(super) fn cardinal(tokens: &Tokens, at: usize) -> Option<(Amount, usize)> {
    if let Some(number) = tokens.digits(at, 1..=6) {
        if tokens.is(at + 1, &["."])
            && tokens.is_glued(at + 1)
            && tokens.is_glued(at + 2)
            && let Some(tenths) = tokens.digits(at + 2, 1..=1)
        {
            return Some((Amount::Tenths(number * 10 + tenths), at + 3));
        }
        // "2 1/2"
        if tokens.is(at + 1, &["1"]) && tokens.is(at + 2, &["/"]) && tokens.is(at + 3, &["2"]) {
            return Some((Amount::AndHalf(number), at + 4));
        }
        if tokens.is(at + 1, &["½"]) {
            return Some((Amount::AndHalf(number), at + 2));
        }
        // "1,000"
        if tokens.is(at + 1, &[","])
            && tokens.is_glued(at + 1)
            && tokens.is_glued(at + 2)
            && let Some(rest) = tokens.digits(at + 2, 3..=3)
            && number < 1000
        {
            return Some((Amount::Whole(number * 1000 + rest), at + 3));
        }
        return Some((Amount::Whole(number), at + 1));
    }
    let number = tokens.word(at)?.cardinal?;
    let mut end = at + 1;
    let mut total = number;
    if (20..100).contains(&number) {
        let next = tokens.past(end, &["-"]);
        if let Some(ones) =
            tokens.word(next).and_then(|word| word.cardinal).filter(|ones| (1..10).contains(ones))
        {
            (total, end) = (number + ones, next + 1);
        }
    }
    match tokens.lower(end) {
        "hundred" => Some((Amount::Whole(total * 100), end + 1)),
        "thousand" => Some((Amount::Whole(total * 1000), end + 1)),
        _ => Some((Amount::Whole(total), end)),
    }
}

/// How many of a unit, with the unit: "two days", "a week", "several months", "a year and a half", "half an hour".
pub(super) fn measure(tokens: &Tokens, at: usize) -> Option<(Amount, Unit, usize)> {
    let (amount, next) = amount(tokens, at)?;
    let next = tokens.past(next, &["-"]);
    let next = tokens.past(
        next,
        &["full", "whole", "trading", "straight", "consecutive", "calendar", "more", "business", "working"],
    );
    let (unit, times) = tokens.word(next)?.unit?;
    // "second" is an ordinal after "the" and before a noun
    let end = next + 1;
    let amount = match amount {
        Amount::Whole(number) => Amount::Whole(number.saturating_mul(times)),
        other => other,
    };
    if tokens.is(end, &["and"])
        && tokens.is(end + 1, &["a"])
        && tokens.is(end + 2, &["half"])
        && let Amount::Whole(number) = amount
    {
        return Some((Amount::AndHalf(number), unit, end + 3));
    }
    Some((amount, unit, end))
}

fn amount(tokens: &Tokens, at: usize) -> Option<(Amount, usize)> {
    match tokens.lower(at) {
        "half" => {
            let next = tokens.past(at + 1, &["a", "an", "of"]);
            return (next > at + 1).then_some((Amount::AndHalf(0), next));
        }
        "a" | "an" => {
            let one = match tokens.lower(at + 1) {
                "couple" => {
                    let next = tokens.past(at + 2, &["of"]);
                    return Some((Amount::Whole(2), tokens.past(next, &["more"])));
                }
                "few" => return Some((Amount::Vague, at + 2)),
                "hundred" => return Some((Amount::Whole(100), at + 2)),
                _ => at + 1,
            };
            return Some((Amount::Whole(1), one));
        }
        "½" => return Some((Amount::AndHalf(0), at + 1)),
        "couple" => return Some((Amount::Whole(2), tokens.past(at + 1, &["of"]))),
        _ => {}
    }
    if tokens.word(at)?.is_vague {
        return Some((Amount::Vague, tokens.past(at + 1, &["of"])));
    }
    let (first, end) = cardinal(tokens, at)?;
    // "two to three weeks", "12 to 18 months": the lower bound
    if tokens.is(end, &["to", "or", "-", "–"])
        && let Some((_, second)) = cardinal(tokens, end + 1)
        && tokens.word(second).is_some_and(|word| word.unit.is_some())
    {
        return Some((first, second));
    }
    Some((first, end))
}

/// A duration: "two weeks", "10-year", "the past two months", "at least 30 days", "recent weeks".
pub(super) fn duration(tokens: &Tokens, at: usize) -> Found {
    let start = bound(tokens, at);
    let mut next = tokens.past(start, &["the"]);
    let has_article = next > start;
    let before = next;
    next = tokens.past(next, &["past", "last", "next", "first", "coming", "previous", "following", "final"]);
    let has_position = next > before;
    if let Some((amount, unit, end)) = measure(tokens, next) {
        let is_article = tokens.is(next, &["a", "an"]) || tokens.is(next, &["second"]);
        // "a second", "a minute" of speech, "a day" are durations; "the first day" is one
        if (has_article || has_position) && is_article {
            return None;
        }
        let end = tokens.past(end, &["period"]);
        let end = if tokens.is(end, &["or"]) && tokens.is(end + 1, &["so"]) { end + 2 } else { end };
        return Some((Expression::of(Core::Duration { amount, unit }), end));
    }
    // "years", "recent weeks", "the past weeks", "the weeks ahead"
    let recent = tokens.past(next, &["recent", "coming"]);
    let token = tokens.get(recent)?;
    let (unit, _) = token.word.unit.filter(|_| token.word.is_plural && token.shape == Shape::Word)?;
    let is_open = matches!(
        tokens.before(at),
        "for"
            | "in"
            | "of"
            | "over"
            | "by"
            | "within"
            | "after"
            | "took"
            | "take"
            | "takes"
            | "lasted"
            | "last"
    );
    if !(is_open || has_article || has_position || recent > next) || unit == Unit::Second || start > at {
        return None;
    }
    let end = tokens.past(recent + 1, &["ahead"]);
    Some((Expression::of(Core::Duration { amount: Amount::Vague, unit }), end))
}

/// Past words that bound an amount: "at least", "more than", "up to", "over", "within".
fn bound(tokens: &Tokens, at: usize) -> usize {
    match (tokens.lower(at), tokens.lower(at + 1)) {
        ("at", "least" | "most") | ("more" | "less" | "fewer", "than") | ("up", "to") => at + 2,
        ("over" | "nearly" | "almost" | "about" | "around" | "roughly" | "within", _) => at + 1,
        _ => at,
    }
}
