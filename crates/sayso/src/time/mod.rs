//! Expressions of time and the day on which something was said.
//!
//! In: a text, the day of publication. Out: [`Timex`]es, and for each attribution the one that dates the saying. What always holds: spans
//! slice the text, in order and without overlap; nothing is put on the calendar without a date to count from.
//!
//! # Source
//! TIMEX3 of ISO-TimeML (ISO 24617-1; Pustejovsky et al. 2010) for what is found; rules over words as in HeidelTime (Strötgen and Gertz 2010) and
//! SUTime (Chang and Manning 2012).

mod calendar;
mod days;
mod expression;
mod grammar;
mod resolve;
mod said;
mod tokens;
mod words;

pub use expression::Modifier;
pub(crate) use said::study;
pub use said::{Day, When, date};

use crate::text::Span;
use calendar::Frame;
use days::Days;
use expression::{Core, Expression};
use jiff::civil::Date;
use tokens::Tokens;
use words::Unit;

/// What an expression is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A day or more.
    Date,
    /// A part of a day.
    Time,
    /// How long.
    Duration,
    /// What comes back.
    Set,
}

impl Kind {
    /// The standard's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// Where a date without a year or a week lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Up to and including the day of publication: sayings.
    Past,
    /// From that day on.
    Future,
    /// The nearer of the two, sooner the one before; weekdays the last one.
    Near,
}

impl Lean {
    fn choose(self, dates: impl Iterator<Item = Date> + Clone, published: Date) -> Option<Date> {
        // news tells more of what was than of what will be: a day ahead counts threefold
        let days = |date: &Date| {
            let days = published.since(*date).map_or(i64::MAX / 2, |span| i64::from(span.get_days().abs()));
            if *date > published { days.saturating_mul(3) } else { days }
        };
        match self {
            Self::Past => dates.filter(|date| *date <= published).max(),
            Self::Future => dates.filter(|date| *date >= published).min(),
            Self::Near => dates.min_by_key(days),
        }
    }
}

/// An expression of time in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Its words, without the preposition before them.
    pub span: Span,
    /// TIMEX3's type.
    pub kind: Kind,
    /// TIMEX3's value: `2021-11-07`, `2021-11-07TMO`, `P2D`, `PAST_REF`; what is not known is `X`.
    pub value: String,
    /// TIMEX3's `mod`.
    pub modifier: Option<Modifier>,
    /// The days, in EDTF; none for durations, sets and what cannot be put on the calendar.
    pub edtf: Option<String>,
    expression: Expression,
    /// What the text spoke of before.
    before: Frame,
}

/// The expressions of a text, in order.
///
/// The day of publication is an EDTF day; without it only full dates are put on the calendar.
#[must_use]
pub fn recognise(text: &str, published: Option<&str>) -> Vec<Timex> {
    let mut frame = Frame::on(published.and_then(days::one_day));
    read(text, 0, &mut frame)
}

/// The expressions of a part of a text that starts at a byte.
fn read(text: &str, start_byte: usize, frame: &mut Frame) -> Vec<Timex> {
    let mut found = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive("\n\n") {
        read_paragraph(paragraph, start_byte + start, frame, &mut found);
        start += paragraph.len();
    }
    found
}

fn read_paragraph(text: &str, start_byte: usize, frame: &mut Frame, found: &mut Vec<Timex>) {
    frame.next_paragraph();
    let tokens = Tokens::new(text);
    let (mut at, mut lean) = (0, Lean::Near);
    while let Some(token) = tokens.get(at) {
        lean = leaning(lean, &token.lower);
        let Some((expression, end)) = grammar::at(&tokens, at).filter(|(_, end)| *end > at) else {
            at += 1;
            continue;
        };
        let stop = tokens.get(end - 1).map_or(token.start, tokens::Token::end);
        let is_free = found.last().is_none_or(|last| last.span.end() <= start_byte + token.start);
        if stop <= token.start || !is_free {
            at += 1;
            continue;
        }
        let span = Span::at(start_byte + token.start, start_byte + stop);
        let (timex, days) = Timex::new(span, expression, *frame, lean);
        if let Some(days) = days {
            frame.speak_of(&timex.expression.core, days);
        }
        found.push(timex);
        at = end;
    }
}

/// Where dates after a word lie: "will" and "until" look ahead, to the end of the clause.
fn leaning(lean: Lean, word: &str) -> Lean {
    match word {
        "will" | "shall" | "scheduled" | "due" | "until" | "matures" | "maturing" | "expires" | "expire"
        | "upcoming" | "payable" | "deadline" | "effective" => Lean::Future,
        "." | "!" | "?" | ";" | "was" | "were" | "had" | "said" | "did" => Lean::Near,
        _ => lean,
    }
}

impl Timex {
    /// An expression with its days, where the text stands.
    fn new(span: Span, expression: Expression, frame: Frame, lean: Lean) -> (Self, Option<Days>) {
        let resolved = resolve::resolve(&expression, frame, lean);
        let timex = Self {
            span,
            kind: resolved.kind,
            value: resolved.value,
            modifier: expression.modifier,
            edtf: resolved.days.map(Days::edtf),
            before: frame,
            expression,
        };
        (timex, resolved.days)
    }

    /// Whether it names a day or week by its place before the publication: "Monday", "yesterday", "last week".
    fn is_recent(&self) -> bool {
        match self.expression.core {
            Core::Weekday { .. } | Core::Weekend { .. } => true,
            Core::Shift { unit, .. } => matches!(unit, Unit::Day | Unit::Week),
            _ => false,
        }
    }

    /// Whether it names one day.
    fn is_day(&self) -> bool {
        self.expression.core.is_day()
    }

    /// Whether it says the hour.
    fn has_hour(&self) -> bool {
        self.expression.clock.is_some()
    }

    /// The days as seen from a day of publication.
    fn days(&self, frame: Frame, lean: Lean) -> Option<Days> {
        resolve::resolve(&self.expression, Frame { published: frame.published, ..self.before }, lean).days
    }
}
