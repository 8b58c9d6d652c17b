//! Dates of publication as an argument: the part of EDTF that says one day, month or year.

use std::fmt;

/// A date in EDTF: `2021`, `2021-11`, `2021-11-09`, each with an optional `~`, `?` or `%`; a time of day may follow a full date.
///
/// # Source
/// Extended Date/Time Format (ISO 8601-2:2019, annex A), level 0 and the qualifiers of level 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published(String);

/// A date that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{found:?} is not a date: {why}; expected YYYY, YYYY-MM or YYYY-MM-DD, such as 2021-11-09 or 2021-11~"
)]
pub struct NotADate {
    /// What was given.
    pub found: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl Published {
    /// Checks a date.
    ///
    /// # Errors
    /// [`NotADate`] for what is not of this form or not in the calendar.
    pub fn parse(date: &str) -> Result<Self, NotADate> {
        match check(date.trim()) {
            Ok(()) => Ok(Self(date.trim().to_owned())),
            Err(why) => Err(NotADate { found: date.to_owned(), why }),
        }
    }

    /// As it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check(date: &str) -> Result<(), &'static str> {
    let (day, time) = match date.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (date.strip_suffix(['~', '?', '%']).unwrap_or(date), None),
    };
    let mut parts = day.split('-');
    let year = number(parts.next(), 4).ok_or("its year is not four digits")?;
    let month = match parts.next() {
        None => return if time.is_some() { Err("a time without a day") } else { Ok(()) },
        month => number(month, 2).filter(|m| (1..=12).contains(m)).ok_or("its month is not 01 to 12")?,
    };
    match parts.next() {
        None if time.is_some() => return Err("a time without a day"),
        None => return Ok(()),
        day => {
            let last = days(year, month);
            number(day, 2).filter(|d| (1..=last).contains(d)).ok_or("its month has no such day")?;
        }
    }
    if parts.next().is_some() {
        return Err("it has more than three parts");
    }
    time.map_or(Ok(()), |time| {
        clock(time).ok_or("its time is not HH:MM or HH:MM:SS with an optional Z or offset")
    })
}

fn clock(time: &str) -> Option<()> {
    let (time, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let of_day = |time: &str| {
        let mut parts = time.split(':');
        number(parts.next(), 2).filter(|hour| *hour < 24)?;
        number(parts.next(), 2).filter(|minute| *minute < 60)?;
        match parts.next() {
            None => Some(()),
            second => {
                number(second.map(|s| s.split('.').next().unwrap_or(s)), 2).filter(|s| *s < 61).map(|_| ())
            }
        }
    };
    of_day(time)?;
    match zone {
        "" | "Z" => Some(()),
        offset => of_day(&offset[1..]),
    }
}

fn number(digits: Option<&str>, count: usize) -> Option<u32> {
    let digits = digits?;
    (digits.len() == count && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[test]
fn dates_are_checked_against_the_calendar() {
    for good in [
        "2021",
        "2021-11",
        "2021-11-09",
        "2021-11~",
        "2024-02-29",
        "2021-11-09T05:30",
        "2021-11-09T05:30:00Z",
    ] {
        assert_eq!(Published::parse(good).map(|d| d.to_string()), Ok(good.to_owned()));
    }
    for bad in [
        "",
        "yesterday",
        "2021-13",
        "2021-02-29",
        "21-11-09",
        "09.11.2021",
        "2021-11-09-1",
        "2021T10:00",
        "2021-11-09T25:00",
    ] {
        assert!(Published::parse(bad).is_err(), "{bad}");
    }
}
