//! When an expression is, given the day of publication and the date that the text spoke of last.
//!
//! # Source
//! Values are TIMEX3 (ISO 24617-1); days that a value covers follow ISO 8601, weeks from Monday.

use super::calendar::{Frame, days, distance};
use super::days::Days;
use super::expression::{Amount, Clock, Core, Expression, Modifier};
use super::words::Unit;
use super::{Kind, Lean};

/// An expression's kind, value and days.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: Kind,
    pub(super) value: String,
    pub(super) days: Option<Days>,
}

/// Puts an expression on the calendar.
pub(super) fn resolve(expression: &Expression, frame: Frame, lean: Lean) -> Resolved {
    match &expression.core {
        Core::Duration { amount, unit } => {
            Resolved { kind: Kind::Duration, value: duration(*amount, *unit), days: None }
        }
        Core::Set(value) => Resolved { kind: Kind::Set, value: value.clone(), days: None },
        Core::Reference(value) => Resolved { kind: Kind::Date, value: (*value).to_owned(), days: None },
        Core::Offset { amount, unit, sign, from } => {
            let base = resolve(from, frame, lean);
            let days = base.days.and_then(|days| distance(days, *amount, *unit, *sign));
            let value = days.map_or_else(|| unresolved(&expression.core), Days::timex);
            Resolved { kind: Kind::Date, value, days }
        }
        Core::Range(first, second) => range(&resolve(first, frame, lean), &resolve(second, frame, lean)),
        core => {
            let days = days(core, frame, lean).map(|days| Days {
                is_about: days.is_about || expression.modifier == Some(Modifier::Approx),
                ..days
            });
            let day = days.map_or_else(|| unresolved(core), |days| days.timex());
            let hours = hours(expression.part, expression.clock);
            let is_small =
                matches!(core, Core::Distance { unit: Unit::Second | Unit::Minute | Unit::Hour, .. });
            let kind = if hours.is_empty() && !is_small { Kind::Date } else { Kind::Time };
            Resolved { kind, value: day + &hours, days }
        }
    }
}

/// TIMEX3's value of a duration: `P2D`, `PT30M`, `PXY`.
pub(super) fn duration(amount: Amount, unit: Unit) -> String {
    let (time, letter, times) = match unit {
        Unit::Second => ("T", "S", 1),
        Unit::Minute => ("T", "M", 1),
        Unit::Hour => ("T", "H", 1),
        Unit::Day => ("", "D", 1),
        Unit::Week => ("", "W", 1),
        Unit::Month => ("", "M", 1),
        Unit::Quarter => ("", "M", 3),
        Unit::Year => ("", "Y", 1),
        Unit::Decade => ("", "Y", 10),
        Unit::Century => ("", "Y", 100),
    };
    match amount {
        Amount::Whole(number) => format!("P{time}{}{letter}", number.saturating_mul(times)),
        Amount::AndHalf(number) if unit == Unit::Year => {
            if number == 0 {
                "P6M".to_owned()
            } else {
                format!("P{number}Y6M")
            }
        }
        Amount::AndHalf(number) if unit == Unit::Hour => {
            if number == 0 {
                "PT30M".to_owned()
            } else {
                format!("PT{number}H30M")
            }
        }
        Amount::AndHalf(number) => format!("P{time}{number}.5{letter}"),
        Amount::Tenths(tenths) => format!("P{time}{}.{}{letter}", tenths / 10, tenths % 10),
        Amount::Vague => format!("P{time}X{letter}"),
    }
}

fn hours(part: Option<&str>, clock: Option<Clock>) -> String {
    match (clock, part) {
        (Some(Clock { hour, minute: Some(minute) }), _) => format!("T{hour:02}:{minute:02}"),
        (Some(Clock { hour, minute: None }), _) => format!("T{hour:02}:00"),
        (None, Some(part)) => format!("T{part}"),
        (None, None) => String::new(),
    }
}

fn range(first: &Resolved, second: &Resolved) -> Resolved {
    let days = first.days.zip(second.days).and_then(|(first, second)| first.until(second));
    let kind = if first.kind == Kind::Time || second.kind == Kind::Time { Kind::Time } else { Kind::Date };
    Resolved { kind, value: format!("{}/{}", first.value, second.value), days }
}

/// The value of what cannot be put on the calendar: `XXXX-11-07`, `XXXX-WXX-5`.
fn unresolved(core: &Core) -> String {
    match core {
        Core::Day { month, day, .. } => format!("XXXX-{month:02}-{day:02}"),
        Core::EitherOrder { year, .. } => format!("{year:04}-XX-XX"),
        Core::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
        Core::Month { month, .. } => format!("XXXX-{month:02}"),
        Core::Weekday { day, .. } => format!("XXXX-WXX-{day}"),
        Core::Weekend { .. } => "XXXX-WXX-WE".to_owned(),
        Core::Season { season, .. } => format!("XXXX-{season}"),
        Core::Quarter { number, .. } => {
            number.map_or("XXXX-QX".to_owned(), |number| format!("XXXX-Q{number}"))
        }
        Core::Half { number, .. } => format!("XXXX-H{number}"),
        Core::Shift { unit: Unit::Week, .. } => "XXXX-WXX".to_owned(),
        Core::Shift { unit: Unit::Month, .. } => "XXXX-XX".to_owned(),
        Core::Shift { unit: Unit::Year, .. } => "XXXX".to_owned(),
        Core::Distance { sign, .. } | Core::Offset { sign, .. } => {
            if *sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned()
        }
        Core::Hour => "XXXX-XX-XX".to_owned(),
        Core::Shift { .. }
        | Core::Year(_)
        | Core::Decade(_)
        | Core::Century(_)
        | Core::Reference(_)
        | Core::Duration { .. }
        | Core::Set(_)
        | Core::Range(..) => "XXXX-XX-XX".to_owned(),
    }
}
