//! What comes back: "daily", "every Friday", "each year", "once a week", "Mondays".

use super::{Found, amounts};
use crate::time::expression::{Amount, Core, Expression};
use crate::time::resolve;
use crate::time::tokens::{Shape, Tokens};

/// A set that starts at a token.
pub(super) fn set(tokens: &Tokens, at: usize) -> Found {
    let found = |value: String, end: usize| Some((Expression::of(Core::Set(value)), end));
    let token = tokens.get(at)?;
    if let Some(value) = token.word.set {
        // "the daily", "an annual report" say which one
        let is_adverb = tokens.get(at + 1).is_none_or(|next| {
            next.shape == Shape::Mark && next.lower != "-"
                || matches!(
                    next.lower.as_str(),
                    "and" | "at" | "by" | "in" | "for" | "to" | "from" | "on" | "since"
                )
        });
        return if is_adverb { found(value.to_owned(), at + 1) } else { None };
    }
    // "once a week", "twice a year"
    if tokens.is(at, &["once", "twice"]) && tokens.is(at + 1, &["a", "an", "every", "each", "per"]) {
        let (unit, _) = tokens.word(at + 2)?.unit?;
        return found(resolve::duration(Amount::Whole(1), unit), at + 3);
    }
    if tokens.is(at, &["every", "each"]) {
        let next = tokens.past(at + 1, &["single"]);
        let other = tokens.past(next, &["other"]);
        let word = tokens.word(other)?;
        if let Some((unit, times)) = word.unit {
            let times = if other > next { 2 } else { times };
            return found(resolve::duration(Amount::Whole(times), unit), other + 1);
        }
        if let Some(day) = word.weekday {
            let part = tokens
                .word(other + 1)
                .and_then(|word| word.part)
                .map_or(String::new(), |part| format!("T{part}"));
            let end = other + 1 + usize::from(!part.is_empty());
            return found(format!("XXXX-WXX-{day}{part}"), end);
        }
        if let Some(month) = word.month {
            return found(format!("XXXX-{month:02}"), other + 1);
        }
        if let Some(part) = word.part {
            return found(format!("T{part}"), other + 1);
        }
        if let Some(season) = word.season {
            return found(format!("XXXX-{season}"), other + 1);
        }
        if tokens.is(other, &["weekend"]) {
            return found("XXXX-WXX-WE".to_owned(), other + 1);
        }
        let (amount, unit, end) = amounts::measure(tokens, next)?;
        return found(resolve::duration(amount, unit), end);
    }
    // "mornings", "on weekends"
    if let Some(part) =
        tokens.lower(at).strip_suffix('s').and_then(|word| super::super::words::word(word).part)
    {
        return found(format!("T{part}"), at + 1);
    }
    if tokens.is(at, &["weekends"]) {
        return found("XXXX-WXX-WE".to_owned(), at + 1);
    }
    // "Mondays", "Tuesday nights"
    let plural = |at: usize| tokens.lower(at).strip_suffix('s').map(super::super::words::word);
    if token.word.weekday.is_none()
        && let Some(day) = plural(at).and_then(|word| word.weekday).filter(|_| token.text.len() > 6)
    {
        return found(format!("XXXX-WXX-{day}"), at + 1);
    }
    if let Some(day) = token.word.weekday
        && let Some(part) = plural(at + 1).and_then(|word| word.part)
    {
        return found(format!("XXXX-WXX-{day}T{part}"), at + 2);
    }
    None
}
