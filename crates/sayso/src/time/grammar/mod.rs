//! The grammar of times: at each token, the longest expression that starts there.
//!
//! Every rule looks at a bounded number of tokens, so reading a text is linear.

mod amounts;
mod clocks;
mod dates;
mod relative;
mod seasons;
mod sets;
mod years;

use super::expression::{Amount, Core, Expression, Modifier};
use super::tokens::Tokens;
use super::words::Unit;

/// An expression and one past its last token.
pub(super) type Found = Option<(Expression, usize)>;

/// The longest expression that starts at a token.
pub(super) fn at(tokens: &Tokens, at: usize) -> Found {
    let ranged = range(tokens, at);
    let alone = whole(tokens, at);
    longest([sets::set(tokens, at), ranged, alone])
}

/// A date or time with everything around it, but no range: "late on Thursday", "about 5 p.m. on Nov. 9".
fn whole(tokens: &Tokens, at: usize) -> Found {
    longest([modified(tokens, at), dated(tokens, at), amounts::duration(tokens, at), offset(tokens, at)])
}

/// "two days before Christmas", "the day after 7 November"
fn offset(tokens: &Tokens, at: usize) -> Found {
    let the_day = tokens.is(at, &["the"]) && tokens.is(at + 1, &["day"]);
    let (amount, unit, next) =
        if the_day { (Amount::Whole(1), Unit::Day, at + 2) } else { amounts::measure(tokens, at)? };
    let sign = match tokens.lower(next) {
        "before" => -1,
        "after" | "from" => 1,
        _ => return None,
    };
    let (from, end) = dated(tokens, tokens.past(next + 1, &["the"]))?;
    from.core
        .is_day()
        .then(|| (Expression::of(Core::Offset { amount, unit, sign, from: Box::new(from) }), end))
}

/// "early November", "the end of 1994", "about Nov. 1", "late on Thursday"
fn modified(tokens: &Tokens, at: usize) -> Found {
    let first = tokens.past(at, &["the"]);
    let (modifier, next) = match tokens.lower(first) {
        "early" => (Modifier::Start, first + 1),
        // "earlier this month"
        "earlier" if tokens.is(first + 1, &["this", "today", "in", "on"]) => (Modifier::Start, first + 1),
        "later" if tokens.is(first + 1, &["this", "today", "in", "on"]) => (Modifier::End, first + 1),
        "late" => (Modifier::End, first + 1),
        "mid" | "middle" => (Modifier::Mid, tokens.past(first + 1, &["-"])),
        "start" | "beginning" | "outset" if tokens.is(first + 1, &["of"]) => (Modifier::Start, first + 1),
        "end" | "close" if tokens.is(first + 1, &["of"]) => (Modifier::End, first + 1),
        "about" | "around" | "approximately" | "circa" | "roughly" | "nearly" | "almost" if first == at => {
            (Modifier::Approx, first + 1)
        }
        _ => return None,
    };
    let next = tokens.past(next, &["-", "of", "in", "on", "into"]);
    let found = dated(tokens, next)
        .or_else(|| if modifier == Modifier::Approx { amounts::duration(tokens, next) } else { None });
    let (mut expression, end) = found?;
    // "late night" is a part of a day, "early Friday" a part of Friday
    if let Core::Reference(_) | Core::Set(_) = expression.core {
        return None;
    }
    expression.modifier = expression.modifier.or(Some(modifier));
    Some((expression, end))
}

/// A date with parts of the day and hours around it: "Monday night", "5 p.m. Wednesday", "the morning of 7 November".
fn dated(tokens: &Tokens, at: usize) -> Found {
    let day = |at: usize| longest([dates::date(tokens, at), relative::relative(tokens, at)]);
    let around = |mut found: (Expression, usize)| {
        // "Monday night", "yesterday at 5 p.m.", "Friday at dawn", "Nov. 9 around noon"
        for _ in 0..2 {
            let (expression, end) = &found;
            let next = tokens.past(*end, &[","]);
            let next = tokens.past(next, &["at", "in", "around", "about"]);
            let next = if next > *end { tokens.past(next, &["the", "about", "around"]) } else { next };
            let next = tokens.past(next, &["early", "late"]);
            if expression.part.is_none()
                && let Some((part, end)) = clocks::part(tokens, next)
            {
                found = (Expression { part: Some(part), ..found.0 }, end);
            } else if expression.clock.is_none()
                && let Some((clock, end)) = clocks::clock(tokens, next)
            {
                found = (Expression { clock: Some(clock), ..found.0 }, end);
            }
        }
        found
    };
    let timed = || {
        let (time, end) = clocks::time(tokens, at)?;
        let next = tokens.past(end, &[","]);
        let next = tokens.past(next, &["on", "of"]);
        let next = if tokens.is(next, &["early", "late"]) { next + 1 } else { next };
        Some(match day(next).filter(|(day, _)| day.core.is_day()) {
            Some((day, end)) => {
                let (part, clock) = (time.part.or(day.part), time.clock.or(day.clock));
                around((Expression { part, clock, ..day }, end))
            }
            None => (time, end),
        })
    };
    let found = day(at).map(|found| if found.0.core.is_day() { around(found) } else { found });
    longest([found, timed()])
}

/// "between Monday and Friday", "from 2015 to 2018", "Nov. 5-7", "5-7 November"
fn range(tokens: &Tokens, at: usize) -> Found {
    if let Some(found) = dates::days_of_month(tokens, at) {
        return Some(found);
    }
    let (start, links): (usize, &[&str]) = match tokens.lower(at) {
        "between" => (at + 1, &["and", "to", "-", "–"]),
        "from" => (at + 1, &["to", "until", "till", "through", "-", "–"]),
        _ => (at, &["to", "through", "until", "-", "–"]),
    };
    let (first, middle) = whole(tokens, start)?;
    if !tokens.is(middle, links) {
        return None;
    }
    let (second, end) = whole(tokens, middle + 1)?;
    let is_date =
        |core: &Core| core.is_day() || matches!(core, Core::Month { .. } | Core::Year(_) | Core::Hour);
    // "from Monday to 5 p.m." is two times
    let alike = std::mem::discriminant(&first.core) == std::mem::discriminant(&second.core)
        || first.core.is_day() && second.core.is_day()
        || matches!(
            (&first.core, &second.core),
            (Core::Month { .. }, Core::Year(_)) | (Core::Year(_), Core::Month { .. })
        );
    if !is_date(&first.core) || !is_date(&second.core) || !alike {
        return None;
    }
    Some((Expression::of(Core::Range(Box::new(first), Box::new(second))), end))
}

fn longest<const N: usize>(found: [Found; N]) -> Found {
    // of two that are as long, the first
    found.into_iter().flatten().reduce(|best, next| if next.1 > best.1 { next } else { best })
}
