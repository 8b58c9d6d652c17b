//! Calendar arithmetic: which days the core of an expression covers.

use super::Lean;
use super::days::{Days, Grain};
use super::expression::{Amount, Core, Origin, Which, Year};
use super::words::Unit;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// From where days are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frame {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// What the text spoke of last.
    pub(super) text: Option<Days>,
    /// The quarter that this paragraph or the one before spoke of: reports on earnings compare it with "a year ago".
    pub(super) quarter: Option<Days>,
    /// Paragraphs since then.
    pub(super) paragraphs: u32,
}

impl Frame {
    /// Seen from a day, knowing nothing else.
    pub(super) fn on(published: Option<Date>) -> Self {
        Self { published, ..Self::default() }
    }

    /// At the start of another paragraph.
    pub(super) fn next_paragraph(&mut self) {
        /// Paragraphs through which a comparison goes on.
        const COMPARED: u32 = 2;
        self.paragraphs += 1;
        if self.paragraphs > COMPARED {
            self.quarter = None;
        }
    }

    /// After an expression of some days.
    pub(super) fn speak_of(&mut self, core: &Core, days: Days) {
        if matches!(core, Core::Hour | Core::Range(..)) {
            return;
        }
        if matches!(days.grain, Grain::Day | Grain::Month | Grain::Year | Grain::Quarter) {
            self.text = Some(days);
        }
        // "a year earlier" is no new quarter to compare with
        if days.grain == Grain::Quarter && matches!(core, Core::Quarter { .. }) {
            self.quarter = Some(days);
            self.paragraphs = 0;
        }
    }
}

pub(super) fn days(core: &Core, frame: Frame, lean: Lean) -> Option<Days> {
    let published = frame.published;
    let from = |origin: Origin| match origin {
        Origin::Published => published.map(|day| Days::new(day, Grain::Day)),
        Origin::Text => frame.text,
    };
    // what the text spoke of, else the day of publication
    let near = |origin: Origin| from(origin).or(published.map(|day| Days::new(day, Grain::Day)));
    match *core {
        Core::Day { year, month, day } => {
            let of = |year: i16| Date::new(year, month, day).ok();
            let date = in_year(year, frame, lean, &of).or_else(|| of(spoken_year(year, month, frame)?))?;
            Some(Days::new(date, Grain::Day))
        }
        // the American order, as most such texts have it
        Core::EitherOrder { year, month, day } => {
            Some(Days::new(Date::new(year, month, day).ok()?, Grain::Day))
        }
        Core::DayOfMonth(day) => {
            let published = published?;
            let this = Date::new(published.year(), published.month(), day).ok();
            let before = published.checked_sub(1.month()).ok();
            let before = before.and_then(|date| Date::new(date.year(), date.month(), day).ok());
            let after = published.checked_add(1.month()).ok();
            let after = after.and_then(|date| Date::new(date.year(), date.month(), day).ok());
            let found = lean.choose([before, this, after].into_iter().flatten(), published)?;
            Some(Days::new(found, Grain::Day))
        }
        Core::Month { year, month, which } => {
            let of = |year: i16| Date::new(year, month, 1).ok();
            let date = match which {
                Which::Bare => in_year(year, frame, lean, &of)?,
                Which::This => of(published?.year())?,
                Which::Last => {
                    let published = published?;
                    of(published.year())
                        .filter(|date| (date.year(), date.month()) < (published.year(), published.month()))
                        .or_else(|| of(published.year() - 1))?
                }
                Which::Next => {
                    let published = published?;
                    of(published.year())
                        .filter(|date| date.month() > published.month())
                        .or_else(|| of(published.year() + 1))?
                }
            };
            Some(Days::new(date, Grain::Month))
        }
        Core::Year(year) => Some(Days::new(Date::new(year, 1, 1).ok()?, Grain::Year)),
        Core::Weekday { day, which, week, from: origin } => {
            let base = near(origin)?.first;
            Some(Days::new(weekday(base, day, which, week, lean)?, Grain::Day))
        }
        Core::Shift { unit, by, from: origin } => {
            let base = near(origin)?;
            shifted(base, unit, by)
        }
        Core::Distance { amount, unit, sign, from: origin } => {
            // "from $2 million a year ago"
            if let (Some(quarter), Unit::Year, Amount::Whole(1)) = (frame.quarter, unit, amount) {
                return distance(quarter, amount, unit, sign);
            }
            distance(near(origin)?, amount, unit, sign)
        }
        Core::Weekend { by } => {
            let monday = monday(published?)?;
            let weeks = match lean {
                // on a Monday "the weekend" is over, later in the week it is the next one
                Lean::Past | Lean::Near if by == 0 && published?.weekday().to_monday_zero_offset() < 3 => -1,
                Lean::Past if by == 0 && published?.weekday().to_monday_zero_offset() < 5 => -1,
                Lean::Past | Lean::Near | Lean::Future => by,
            };
            let saturday = monday.checked_add((i64::from(weeks) * 7 + 5).days()).ok()?;
            Some(Days::new(saturday, Grain::Weekend))
        }
        Core::Season { season, year, which } => {
            let month = match season {
                "SP" => 3,
                "SU" => 6,
                "FA" => 9,
                _ => 12,
            };
            let of = |year: i16| Date::new(year, month, 1).ok();
            let year = match which {
                Which::Last => {
                    return {
                        let published = published?;
                        let this = of(published.year())?;
                        let is_over = this.checked_add(3.months()).ok()? <= published;
                        Some(Days::new(if is_over { this } else { of(published.year() - 1)? }, Grain::Season))
                    };
                }
                Which::This => Year::Shifted(0),
                Which::Next => {
                    return {
                        let published = published?;
                        let this = of(published.year())?;
                        Some(Days::new(
                            if this > published { this } else { of(published.year() + 1)? },
                            Grain::Season,
                        ))
                    };
                }
                Which::Bare => year,
            };
            Some(Days::new(in_year(year, frame, lean, &of)?, Grain::Season))
        }
        Core::Quarter { number, year, by } => quarter(number, year, by, frame),
        Core::Half { number, year } => {
            let of = |year: i16| Date::new(year, (number - 1) * 6 + 1, 1).ok();
            Some(Days::new(in_year(year, frame, lean, &of)?, Grain::Half))
        }
        Core::Decade(decade) => {
            Some(Days::new(Date::new(decade.checked_mul(10)?, 1, 1).ok()?, Grain::Decade))
        }
        Core::Century(century) => {
            Some(Days::new(Date::new(century.checked_mul(100)?.max(1), 1, 1).ok()?, Grain::Century))
        }
        Core::Hour => near(Origin::Published).filter(|days| days.grain == Grain::Day),
        Core::Reference(_) | Core::Duration { .. } | Core::Set(_) | Core::Offset { .. } | Core::Range(..) => {
            None
        }
    }
}

/// The quarter of a number in the year that is said or the last to have begun; without a number the one spoken of, else the last to have ended.
fn quarter(number: Option<i8>, year: Year, by: i32, frame: Frame) -> Option<Days> {
    let published = || frame.published.map(|day| Days::new(day, Grain::Day));
    let in_year = |month: i8| in_year(year, frame, Lean::Past, &|year: i16| Date::new(year, month, 1).ok());
    if let Some(number) = number {
        return Some(Days::new(in_year((number - 1) * 3 + 1)?, Grain::Quarter));
    }
    match (frame.quarter, by) {
        (Some(spoken), 0) if year == Year::Open => Some(spoken),
        (Some(spoken), 0) => Some(Days::new(in_year(spoken.first.month())?, Grain::Quarter)),
        (None, 0) if year != Year::Open => None,
        (None, 0) => shifted(published()?, Unit::Quarter, -1),
        (_, by) => shifted(published()?, Unit::Quarter, by),
    }
}

/// A date that comes back every year, in the year that is said or the one that lies nearest.
fn in_year(year: Year, frame: Frame, lean: Lean, of: &impl Fn(i16) -> Option<Date>) -> Option<Date> {
    match year {
        Year::Is(year) => of(year),
        Year::Shifted(by) => of(frame.published?.year().checked_add(i16::try_from(by).ok()?)?),
        Year::OfText => of(frame.text?.first.year()),
        Year::Open => {
            let published = frame.published?;
            let years = [published.year() - 1, published.year(), published.year() + 1];
            // the 29th of February comes every fourth year
            let near = lean.choose(years.into_iter().filter_map(of), published);
            near.or_else(|| (2..9).find_map(|back| of(published.year() - back)))
        }
    }
}

/// "in February 2007 ... on February 13": without a day of publication, the year of the month that was spoken of.
fn spoken_year(year: Year, month: i8, frame: Frame) -> Option<i16> {
    let spoken = frame.text.filter(|_| year == Year::Open && frame.published.is_none())?;
    let is_month = matches!(spoken.grain, Grain::Month | Grain::Day) && spoken.first.month() == month;
    is_month.then(|| spoken.first.year())
}

fn weekday(base: Date, day: i8, which: Which, week: Option<i32>, lean: Lean) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(day).ok()?;
    if let Some(by) = week {
        return monday(base)?.checked_add((i64::from(by) * 7 + i64::from(day) - 1).days()).ok();
    }
    let back = i64::from(base.weekday().since(wanted));
    let before = |days: i64| base.checked_sub(days.days()).ok();
    let on = i64::from(wanted.since(base.weekday()));
    let after = |days: i64| base.checked_add(days.days()).ok();
    match (which, lean) {
        (Which::Last, _) => before(if back == 0 { 7 } else { back }),
        (Which::Next, _) => after(if on == 0 { 7 } else { on }),
        (Which::Bare | Which::This, Lean::Future) => after(on),
        (Which::This, Lean::Near) => after(on),
        (Which::Bare, Lean::Near) | (Which::Bare | Which::This, Lean::Past) => before(back),
    }
}

fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

/// So many units are counted at most; so many decades are no longer in the calendar.
const MOST_UNITS: i64 = 1_000;
/// The same of centuries.
const MOST_CENTURIES: i64 = 100;

/// The day, week, month so many before or after the one of some days.
fn shifted(base: Days, unit: Unit, by: i32) -> Option<Days> {
    let by = i64::from(by);
    if by.abs() > MOST_UNITS || unit == Unit::Century && by.abs() > MOST_CENTURIES {
        return None;
    }
    let first = base.first;
    let (date, grain) = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return None,
        Unit::Day => {
            if base.grain != Grain::Day {
                return None;
            }
            (first.checked_add(by.days()).ok()?, Grain::Day)
        }
        Unit::Week => (monday(first)?.checked_add((by * 7).days()).ok()?, Grain::Week),
        Unit::Month => (first.first_of_month().checked_add(by.months()).ok()?, Grain::Month),
        Unit::Quarter => {
            let month = (first.month() - 1) / 3 * 3 + 1;
            let start = Date::new(first.year(), month, 1).ok()?;
            (start.checked_add((by * 3).months()).ok()?, Grain::Quarter)
        }
        Unit::Year => (Date::new(first.year(), 1, 1).ok()?.checked_add(by.years()).ok()?, Grain::Year),
        Unit::Decade => {
            let start = Date::new(first.year() / 10 * 10, 1, 1).ok()?;
            (start.checked_add((by * 10).years()).ok()?, Grain::Decade)
        }
        Unit::Century => {
            let start = Date::new((first.year() / 100 * 100).max(1), 1, 1).ok()?;
            (start.checked_add((by * 100).years()).ok()?, Grain::Century)
        }
    };
    Some(Days::new(date, grain))
}

/// So many units before or after, as exact as the unit is; "a week ago" may be six or eight days.
pub(super) fn distance(base: Days, amount: Amount, unit: Unit, sign: i32) -> Option<Days> {
    let Amount::Whole(number) = amount else { return None };
    let by = i64::from(sign) * i64::from(number);
    if by.abs() > MOST_UNITS {
        return None;
    }
    let first = base.first;
    let about = |date: Date, grain: Grain| Some(Days { is_about: true, ..Days::new(date, grain) });
    match unit {
        // an hour ago is the same day but around midnight
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::Day if base.grain == Grain::Day => {
            Some(Days::new(first.checked_add(by.days()).ok()?, Grain::Day))
        }
        Unit::Day => None,
        Unit::Week if base.grain == Grain::Day => about(first.checked_add((by * 7).days()).ok()?, Grain::Day),
        Unit::Week => None,
        Unit::Month => about(first.first_of_month().checked_add(by.months()).ok()?, Grain::Month),
        Unit::Quarter => about(first.first_of_month().checked_add((by * 3).months()).ok()?, Grain::Month),
        // a year before a quarter is a quarter
        Unit::Year if base.grain == Grain::Quarter => {
            Some(Days::new(first.checked_add(by.years()).ok()?, Grain::Quarter))
        }
        Unit::Year => about(Date::new(first.year(), 1, 1).ok()?.checked_add(by.years()).ok()?, Grain::Year),
        Unit::Decade => {
            about(Date::new(first.year(), 1, 1).ok()?.checked_add((by * 10).years()).ok()?, Grain::Year)
        }
        Unit::Century => None,
    }
}
