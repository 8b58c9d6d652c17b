//! The first and the last day that a date may mean, so that dates of any precision can be compared.

/// First and last day, both as `YYYY-MM-DD`, of a date in EDTF: a year, a month, a day, a time, with or without a mark of doubt, or two with a stroke between.
///
/// # Source
/// EDTF levels 0 and 1, without open intervals; leap days by the Gregorian calendar.
#[must_use]
pub fn bounds(edtf: &str) -> Option<[String; 2]> {
    let (from, to) = edtf.split_once('/').unwrap_or((edtf, edtf));
    let [[first, _], [_, last]] = [one(from)?, one(to)?];
    Some([first, last])
}

fn one(date: &str) -> Option<[String; 2]> {
    let day = date.split('T').next()?.trim_end_matches(['~', '?', '%']);
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let years = [digits(year, 4, '0')?, digits(year, 4, '9')?];
    if let (Some(season @ ("21" | "22" | "23" | "24")), None) = (month, day) {
        return Some(season_of(years[0], season));
    }
    let months = match month.filter(|month| *month != "XX") {
        Some(month) => [digits(month, 2, '0')?; 2],
        None => [1, 12],
    };
    let is_month = months.iter().all(|month| (1..=12).contains(month));
    let last = length(years[1], months[1]);
    let days = match day.filter(|day| *day != "XX") {
        Some(day) => [digits(day, 2, '0')?; 2],
        None => [1, last],
    };
    let is_day = days.iter().all(|day| (1..=last).contains(day));
    let written = |at: usize| format!("{:04}-{:02}-{:02}", years[at], months[at], days[at]);
    (is_month && is_day).then(|| [written(0), written(1)])
}

/// The quarter of a year, as the northern half of the earth has it; winter ends in the year after.
fn season_of(year: u32, season: &str) -> [String; 2] {
    let (first, last_year, last) = match season {
        "21" => (3, year, 5),
        "22" => (6, year, 8),
        "23" => (9, year, 11),
        _ => (12, year + 1, 2),
    };
    [format!("{year:04}-{first:02}-01"), format!("{last_year:04}-{last:02}-{}", length(last_year, last))]
}

/// So many digits; `X` stands for any, here for `unknown`.
fn digits(part: &str, length: usize, unknown: char) -> Option<u32> {
    let part = part.replace('X', unknown.encode_utf8(&mut [0; 4]));
    let is_number = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { part.parse().ok() } else { None }
}

fn length(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day as a number that grows with it, as in the places of statements: 20211109.
pub(crate) fn number(day: &str) -> i64 {
    day.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
}

/// The number of a day that is no earlier than so many days later.
pub(crate) fn later(day: &str, days: i32) -> i64 {
    // counted in months of 28 days, of which more go by than of those of the calendar
    const MONTH: i64 = 28;
    let number = number(day);
    let months = number / 10_000 * 12 + number / 100 % 100 - 1;
    let counted = months * MONTH + number % 100 - 1 + i64::from(days);
    let (months, day) = (counted / MONTH, counted % MONTH + 1);
    (months / 12) * 10_000 + (months % 12 + 1) * 100 + day
}

#[cfg(test)]
mod tests {
    use super::{bounds, later, number};

    #[test]
    fn days_have_numbers_and_days_later_are_not_too_early() {
        assert_eq!(number("2021-11-09"), 20_211_109);
        assert_eq!(later("2021-11-09", 0), 20_211_109);
        for (day, days, by_the_calendar) in [
            ("2021-01-31", 0, 20_210_131),
            ("2021-01-31", 1, 20_210_201),
            ("2021-12-31", 1, 20_220_101),
            ("2020-02-29", 365, 20_210_228),
            ("2020-01-01", 3652, 20_291_231),
        ] {
            let found = later(day, days);
            assert!(found >= by_the_calendar, "{day} and {days} days: {found}");
            assert!(found <= by_the_calendar + 20_000, "{day} and {days} days: {found}");
        }
    }

    #[test]
    fn a_date_lies_between_two_days() {
        for (edtf, expected) in [
            ("2021-11-09", Some(("2021-11-09", "2021-11-09"))),
            ("2021-11-09T10:00:00Z", Some(("2021-11-09", "2021-11-09"))),
            ("2021-11", Some(("2021-11-01", "2021-11-30"))),
            ("2024-02~", Some(("2024-02-01", "2024-02-29"))),
            ("1900-02", Some(("1900-02-01", "1900-02-28"))),
            ("2021", Some(("2021-01-01", "2021-12-31"))),
            ("202X", Some(("2020-01-01", "2029-12-31"))),
            ("2021-XX", Some(("2021-01-01", "2021-12-31"))),
            ("2021-11-08/2021-11-10", Some(("2021-11-08", "2021-11-10"))),
            ("2023-24", Some(("2023-12-01", "2024-02-29"))),
            ("2023-21~", Some(("2023-03-01", "2023-05-31"))),
            ("2021-02-30", None),
            ("2021-13", None),
            ("soon", None),
            ("", None),
            ("2021-11-09-1", None),
        ] {
            let found = bounds(edtf);
            let found = found.as_ref().map(|[first, last]| (first.as_str(), last.as_str()));
            assert_eq!(found, expected, "{edtf}");
        }
    }
}
