//! Days of the calendar that a date covers, with their value in TIMEX3 and EDTF.
//!
//! # Source
//! EDTF: Extended Date/Time Format, Library of Congress 2019 (ISO 8601-2), levels 0 and 1.

use jiff::ToSpan;
use jiff::civil::Date;

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    /// From one day to another.
    Interval,
    /// From one month to another.
    Months,
    /// From one year to another.
    Years,
}

/// The first day and the last, and how exact the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) grain: Grain,
    /// "about", "a week ago"
    pub(super) is_about: bool,
}

impl Days {
    /// The days of a grain from its first.
    pub(super) fn new(first: Date, grain: Grain) -> Self {
        let end = match grain {
            Grain::Day | Grain::Interval => first.checked_add(1.day()),
            Grain::Weekend => first.checked_add(2.days()),
            Grain::Week => first.checked_add(7.days()),
            Grain::Month | Grain::Months => first.checked_add(1.month()),
            Grain::Season | Grain::Quarter => first.checked_add(3.months()),
            Grain::Half => first.checked_add(6.months()),
            Grain::Year | Grain::Years => first.checked_add(1.year()),
            Grain::Decade => first.checked_add(10.years()),
            Grain::Century => first.checked_add(100.years()),
        };
        // the calendar ends with the year 9999
        let last = end.ok().and_then(|end| end.yesterday().ok()).unwrap_or(first);
        Self { first, last, grain, is_about: false }
    }

    /// From the start of one to the end of another, if they are in order.
    pub(super) fn until(self, other: Self) -> Option<Self> {
        (self.first <= other.last).then_some(Self {
            first: self.first,
            last: other.last,
            grain: match (self.grain, other.grain) {
                (Grain::Year, Grain::Year) => Grain::Years,
                (Grain::Month | Grain::Year, Grain::Month | Grain::Year) => Grain::Months,
                _ => Grain::Interval,
            },
            is_about: self.is_about || other.is_about,
        })
    }

    /// TIMEX3's value.
    pub(super) fn timex(self) -> String {
        let Self { first, last, .. } = self;
        let (year, month) = (first.year(), first.month());
        match self.grain {
            Grain::Day => day(first),
            Grain::Interval => format!("{}/{}", day(first), day(last)),
            Grain::Months => format!("{year:04}-{month:02}/{:04}-{:02}", last.year(), last.month()),
            Grain::Years => format!("{year:04}/{:04}", last.year()),
            Grain::Week | Grain::Weekend => {
                let week = first.iso_week_date();
                let end = if self.grain == Grain::Weekend { "-WE" } else { "" };
                format!("{:04}-W{:02}{end}", week.year(), week.week())
            }
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Season => {
                format!(
                    "{year:04}-{}",
                    ["WI", "SP", "SU", "FA"][usize::try_from(month % 12 / 3).unwrap_or(0)]
                )
            }
            Grain::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Grain::Half => format!("{year:04}-H{}", (month - 1) / 6 + 1),
            Grain::Year => format!("{year:04}"),
            Grain::Decade => format!("{:03}", year / 10),
            Grain::Century => format!("{:02}", year / 100),
        }
    }

    /// EDTF: what levels 0 and 1 have no word for is an interval.
    pub(super) fn edtf(self) -> String {
        let Self { first, last, .. } = self;
        let (year, month) = (first.year(), first.month());
        let about = if self.is_about { "~" } else { "" };
        match self.grain {
            Grain::Day => format!("{}{about}", day(first)),
            Grain::Month => format!("{year:04}-{month:02}{about}"),
            Grain::Year => format!("{year:04}{about}"),
            Grain::Decade => format!("{:03}X", year / 10),
            Grain::Century => format!("{:02}XX", year / 100),
            Grain::Season => format!("{year:04}-{}{about}", 21 + (month % 12 / 3 + 3) % 4),
            Grain::Years => format!("{year:04}{about}/{:04}{about}", last.year()),
            Grain::Quarter | Grain::Half | Grain::Months => {
                format!("{year:04}-{month:02}/{:04}-{:02}", last.year(), last.month())
            }
            Grain::Weekend | Grain::Week | Grain::Interval if first != last => {
                format!("{}{about}/{}{about}", day(first), day(last))
            }
            Grain::Weekend | Grain::Week | Grain::Interval => format!("{}{about}", day(first)),
        }
    }
}

fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The one day that an EDTF date or an ISO 8601 date and time names.
pub(super) fn one_day(date: &str) -> Option<Date> {
    let day = date.get(..10)?;
    let rest = date.get(10..)?;
    if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
        return None;
    }
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_grain_has_a_value_of_both_standards() {
        let values = |date: Date, grain: Grain| {
            let days = Days::new(date, grain);
            (days.timex(), days.edtf())
        };
        let pair = |timex: &str, edtf: &str| (timex.to_owned(), edtf.to_owned());
        assert_eq!(values(date(2021, 11, 7), Grain::Day), pair("2021-11-07", "2021-11-07"));
        assert_eq!(values(date(2021, 11, 1), Grain::Week), pair("2021-W44", "2021-11-01/2021-11-07"));
        assert_eq!(values(date(2021, 11, 6), Grain::Weekend), pair("2021-W44-WE", "2021-11-06/2021-11-07"));
        assert_eq!(values(date(2021, 2, 1), Grain::Month), pair("2021-02", "2021-02"));
        assert_eq!(values(date(2021, 3, 1), Grain::Season), pair("2021-SP", "2021-21"));
        assert_eq!(values(date(2021, 12, 1), Grain::Season), pair("2021-WI", "2021-24"));
        assert_eq!(values(date(2021, 7, 1), Grain::Quarter), pair("2021-Q3", "2021-07/2021-09"));
        assert_eq!(values(date(1990, 1, 1), Grain::Decade), pair("199", "199X"));
        assert_eq!(values(date(1900, 1, 1), Grain::Century), pair("19", "19XX"));
        assert_eq!(Days::new(date(9999, 12, 31), Grain::Week).last, date(9999, 12, 31));
    }

    #[test]
    fn one_day_is_read_from_a_date_or_a_time() {
        assert_eq!(one_day("2021-11-09"), Some(date(2021, 11, 9)));
        assert_eq!(one_day("2021-11-09T04:00:00Z"), Some(date(2021, 11, 9)));
        for other in ["2021-11", "2021-11-09~", "2021-11-09/2021-11-10", "", "ééééé-", "2021-13-01"] {
            assert_eq!(one_day(other), None, "{other}");
        }
    }
}
