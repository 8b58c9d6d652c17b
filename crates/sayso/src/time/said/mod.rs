//! The day on which something was said.
//!
//! In: attributions with who speaks in them, and the expressions of time of the article. Out: one [`When`] for each. What holds: a day is never
//! after the day of publication, and comes from words outside what was said.
//!
//! Which words date the saying is read from the tree: those that the cue's verb governs, through "in a statement on Friday" and
//! "findings published Monday" too. What the same speaker says next, on the same occasion, has the same day.

mod carry;
mod events;
mod governing;
mod published;
pub(crate) mod study;
mod tense;
mod way;

use super::{Core, Expression, Frame, Kind, Lean, Timex};
use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::identity::{Identities, Page};
use crate::quotations::Quotations;
use crate::syntax::Syntax;
use crate::text::Span;
use crate::time::days::Days;
use governing::Governed;

/// A day, month or year, with the words that say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// EDTF (Library of Congress, levels 0 and 1).
    pub edtf: String,
    /// What it is counted from: `published`, the article's own `dateline`, or nothing but the `text`, which has a full date.
    pub from: &'static str,
    /// The words.
    pub span: Span,
}

/// When one statement was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    /// The day, month or year, if the words and the publication determine it.
    pub said_on: Option<Day>,
    /// How sure it is, 0 to 1.
    pub score: f32,
    /// What decided, or why words for it give no day.
    pub because: Vec<Reason>,
}

/// Words that date a saying, with their days where the calendar has them.
#[derive(Clone, Copy, Debug)]
struct Dating<'a> {
    timex: &'a Timex,
    days: Option<Days>,
    score: f32,
    rule: &'static str,
    /// The sort of writing whose date it is.
    writing: Option<u32>,
}

/// Dates each attribution.
#[must_use]
pub fn date(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    attributions: &[Attribution],
    identities: &Identities,
) -> Vec<When> {
    let page = Page::new(article, syntax, quotations);
    let published = published::day(article);
    let frame = Frame::on(published.map(|(day, _)| day));
    let dateline = published.and_then(|(_, span)| span);
    let timexes = read_blocks(article, frame);
    let reading = governing::Reading::new(&page, &timexes, attributions);
    let events = events::Events::new(&reading);
    let writings = reading.writings();
    let occasions = carry::Occasions { page: &page, attributions, identities, writings };
    let mut datings: Vec<Option<Dating>> = Vec::with_capacity(attributions.len());
    for at in 0..attributions.len() {
        let own =
            reading.governed(at).map(|governed| dated(&page, governed, at, attributions, &datings, frame));
        let event = || {
            reading
                .event(at, &events)
                .map(|governed| dated(&page, governed, at, attributions, &datings, frame))
        };
        datings.push(own.or_else(event).or_else(|| occasions.day(at, &datings, &reading, frame)));
    }
    datings
        .into_iter()
        .map(|dating| dating.map_or_else(When::default, |dating| when(article, dating, dateline)))
        .collect()
}

/// The expressions of the read blocks, in order.
fn read_blocks(article: &Article, mut frame: Frame) -> Vec<Timex> {
    let mut timexes = Vec::new();
    for block in article.blocks.iter().filter(|block| block.is_read()) {
        timexes.extend(super::read(article.text.slice(block.span), block.span.start(), &mut frame));
    }
    timexes
}

fn dated<'a>(
    page: &Page,
    governed: Governed<'a>,
    at: usize,
    attributions: &[Attribution],
    datings: &[Option<Dating<'a>>],
    frame: Frame,
) -> Dating<'a> {
    let Governed { timex, score, rule, writing } = governed;
    // what stands in somebody's words is seen from the day on which that was said
    let outer = attributions.get(at).and_then(|one| one.inside);
    let spoken = outer.and_then(|outer| Some((attributions.get(outer)?, datings.get(outer)?.as_ref())));
    let is_quoted = page.quotations.is_inside(timex.span.start());
    let frame = match spoken {
        Some((one, _)) if one.is_layout() => frame,
        Some((_, Some(Dating { days: Some(days), .. }))) if days.first == days.last => {
            let then = Frame { published: Some(days.first), ..frame };
            // "on Friday" outside the marks may be the reporter's or the speaker's: a day only where both mean the same
            let is_open = !is_quoted
                && matches!(timex.expression.core, Core::Weekday { .. })
                && days_of(timex, frame) != days_of(timex, then);
            Frame { published: then.published.filter(|_| !is_open), ..then }
        }
        // "yesterday" in words of an unknown day
        Some(_) if is_quoted && counts_days(&timex.expression) => Frame { published: None, ..frame },
        _ => frame,
    };
    Dating { timex, days: days_of(timex, frame), score, rule, writing }
}

/// The days of an expression, none of them after the publication.
fn days_of(timex: &Timex, frame: Frame) -> Option<Days> {
    timex.days(frame, Lean::Past).filter(|days| frame.published.is_none_or(|day| days.first <= day))
}

/// Whether an expression counts from the day of speaking, so that a day more or less matters.
fn counts_days(expression: &Expression) -> bool {
    match &expression.core {
        Core::Shift { .. } | Core::Distance { .. } | Core::Hour => true,
        Core::Range(first, second) => counts_days(first) || counts_days(second),
        Core::Offset { from, .. } => counts_days(from),
        Core::Day { .. }
        | Core::EitherOrder { .. }
        | Core::DayOfMonth(_)
        | Core::Month { .. }
        | Core::Year(_)
        | Core::Weekday { .. }
        | Core::Weekend { .. }
        | Core::Season { .. }
        | Core::Quarter { .. }
        | Core::Half { .. }
        | Core::Decade(_)
        | Core::Century(_)
        | Core::Reference(_)
        | Core::Duration { .. }
        | Core::Set(_) => false,
    }
}

/// Whether an expression can say when something was said.
fn can_date(timex: &Timex) -> bool {
    match timex.kind {
        Kind::Date | Kind::Time => {
            // "at 5 p.m." alone says the hour of a day that other words say; "now" and "recently" say none, "07/11/2021" two
            !matches!(
                timex.expression.core,
                Core::Reference(_)
                    | Core::Hour
                    | Core::Decade(_)
                    | Core::Century(_)
                    | Core::EitherOrder { .. }
            )
        }
        Kind::Duration | Kind::Set => false,
    }
}

fn when(article: &Article, dating: Dating, dateline: Option<Span>) -> When {
    let span = with_preposition(article, dating.timex.span);
    let Some(days) = dating.days else {
        let rule = "no date to count from";
        return When { said_on: None, score: 0.0, because: vec![Reason { field: "said_on", rule, span }] };
    };
    let own = Reason { field: "said_on", rule: dating.rule, span };
    // a full date needs nothing to be counted from
    let is_full = dating.timex.days(Frame::default(), Lean::Past).is_some();
    let (from, counted) = match dateline {
        _ if is_full => ("text", None),
        Some(span) => {
            ("dateline", Some(Reason { field: "said_on", rule: "counted from the dateline", span }))
        }
        None => ("published", None),
    };
    When {
        said_on: Some(Day { edtf: days.edtf(), from, span }),
        score: dating.score,
        because: std::iter::once(own).chain(counted).collect(),
    }
}

/// "on Monday" with its preposition, as the words that say when.
fn with_preposition(article: &Article, span: Span) -> Span {
    const PREPOSITIONS: [&str; 3] = ["on", "in", "at"];
    let text = article.text.as_str();
    // "at Friday's hearing"
    if text.get(span.end()..).is_some_and(|after| after.starts_with(['\'', '’'])) {
        return span;
    }
    let before = text.get(..span.start()).unwrap_or_default();
    let Some(bare) = before.strip_suffix(' ') else { return span };
    let word = bare.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_one = PREPOSITIONS.iter().any(|preposition| word.eq_ignore_ascii_case(preposition));
    if is_one { Span::at(bare.len() - word.len(), span.end()) } else { span }
}
