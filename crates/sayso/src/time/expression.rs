//! What an expression of time says, before it is known when it was said.
//!
//! # Source
//! The parts follow TIMEX3 (ISO 24617-1, ISO-TimeML): dates, times, durations and sets, anchored or not.

use super::words::Unit;

/// An expression with what its words add to the core of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) core: Core,
    /// TIMEX3 code of a part of the day: `MO`, `NI`.
    pub(super) part: Option<&'static str>,
    pub(super) clock: Option<Clock>,
    pub(super) modifier: Option<Modifier>,
}

impl Expression {
    pub(super) fn of(core: Core) -> Self {
        Self { core, part: None, clock: None, modifier: None }
    }
}

/// What the calendar has to be asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Core {
    /// "7 November", "Nov. 7, 2021"
    Day { year: Year, month: i8, day: i8 },
    /// "07/11/2021", which is a day of July or of November
    EitherOrder { year: i16, month: i8, day: i8 },
    /// "the 5th"
    DayOfMonth(i8),
    /// "November 2021", "last April"
    Month { year: Year, month: i8, which: Which },
    /// "2019"
    Year(i16),
    /// "Friday", "next Monday"; a week counted from the current one: "Tuesday of last week"
    Weekday { day: i8, which: Which, week: Option<i32>, from: Origin },
    /// "today", "last week", "this year", "that month"
    Shift { unit: Unit, by: i32, from: Origin },
    /// "two days ago", "a week later"
    Distance { amount: Amount, unit: Unit, sign: i32, from: Origin },
    /// "two days before Christmas", "a week after 7 November"
    Offset { amount: Amount, unit: Unit, sign: i32, from: Box<Expression> },
    /// "the weekend", "last weekend"
    Weekend { by: i32 },
    /// "last spring", "the summer of 2019"
    Season { season: &'static str, year: Year, which: Which },
    /// "the third quarter"; none for the one spoken of last
    Quarter { number: Option<i8>, year: Year, by: i32 },
    /// "the first half of 2019"
    Half { number: i8, year: Year },
    /// "the 1990s", by its first three digits
    Decade(i16),
    /// "the 20th century", by its first two digits
    Century(i16),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`
    Reference(&'static str),
    /// "for two months"
    Duration { amount: Amount, unit: Unit },
    /// "every Friday", by its TIMEX3 value
    Set(String),
    /// "at 5 p.m.", of a day that other words say
    Hour,
    /// "between Monday and Friday", "Nov. 5-7"
    Range(Box<Expression>, Box<Expression>),
}

impl Core {
    /// Whether it is one day, so that an hour can be of it.
    pub(super) fn is_day(&self) -> bool {
        match self {
            Self::Day { .. }
            | Self::EitherOrder { .. }
            | Self::DayOfMonth(_)
            | Self::Weekday { .. }
            | Self::Offset { .. } => true,
            Self::Shift { unit, .. } | Self::Distance { unit, .. } => *unit == Unit::Day,
            Self::Month { .. }
            | Self::Year(_)
            | Self::Weekend { .. }
            | Self::Season { .. }
            | Self::Quarter { .. }
            | Self::Half { .. }
            | Self::Decade(_)
            | Self::Century(_)
            | Self::Reference(_)
            | Self::Duration { .. }
            | Self::Set(_)
            | Self::Hour
            | Self::Range(..) => false,
        }
    }
}

/// Which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Open,
    Is(i16),
    /// Counted from the current one: "July last year".
    Shifted(i32),
    /// "that year"
    OfText,
}

/// Which one of those that come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Bare,
    Last,
    This,
    Next,
}

/// From where it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The day of publication.
    Published,
    /// The date that the text spoke of last.
    Text,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Whole(u32),
    /// Whole and a half.
    AndHalf(u32),
    /// In tenths: "3.5".
    Tenths(u32),
    Vague,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: Option<u8>,
}

/// TIMEX3's `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// "early"
    Start,
    /// "mid-"
    Mid,
    /// "late"
    End,
    /// "about"
    Approx,
}

impl Modifier {
    /// The standard's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
        }
    }
}
