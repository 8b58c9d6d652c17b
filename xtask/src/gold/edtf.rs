//! Dates of sayings: the part of EDTF (Library of Congress, 2019, level 1) that the guidelines use.

use jiff::civil::Date;

/// First and last day of `2019`, `2019-12`, `2019-12-30`, each with `~` or `?`, or an interval of two; none if it is
/// no such date.
pub(crate) fn range(edtf: &str) -> Option<(Date, Date)> {
    match edtf.split_once('/') {
        Some((from, to)) => {
            let (first, last) = (single(from)?.0, single(to)?.1);
            (first <= last).then_some((first, last))
        }
        None => single(edtf),
    }
}

fn single(edtf: &str) -> Option<(Date, Date)> {
    let bare = edtf.strip_suffix(['~', '?', '%']).unwrap_or(edtf);
    // "the 1990s": `199X`
    if let Some(digits) = bare.strip_suffix('X').filter(|_| bare.len() == 4) {
        let (low, high) = (digits.replace('X', "0") + "0", digits.replace('X', "9") + "9");
        return Some((single(&low)?.0, single(&high)?.1));
    }
    let parts: Vec<&str> = bare.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers: Vec<i16> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let month = |year: i16, month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
    match (lengths.as_slice(), numbers.as_slice()) {
        ([4], &[year]) => Some((month(year, 1)?, month(year, 12)?.last_of_month())),
        ([4, 2], &[year, of_year]) => {
            let first = month(year, of_year)?;
            Some((first, first.last_of_month()))
        }
        ([4, 2, 2], &[year, month, day]) => {
            let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

/// The weekday that some words name: "on Monday", "late Friday night".
pub(crate) fn weekday(words: &str) -> Option<jiff::civil::Weekday> {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let words = words.to_lowercase();
    let names = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
    let mut named = names.into_iter().filter(|day| words.contains(&format!("{day:?}").to_lowercase()));
    named.next().filter(|_| named.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn dates_have_a_first_and_a_last_day() {
        assert_eq!(range("2020-02"), Some((date(2020, 2, 1), date(2020, 2, 29))));
        assert_eq!(range("2016-02-18~"), Some((date(2016, 2, 18), date(2016, 2, 18))));
        assert_eq!(range("2018"), Some((date(2018, 1, 1), date(2018, 12, 31))));
        assert_eq!(range("2019-12-30/2020-01-05"), Some((date(2019, 12, 30), date(2020, 1, 5))));
        assert_eq!(range("199X"), Some((date(1990, 1, 1), date(1999, 12, 31))));
        for wrong in ["", "2020-13", "2020-02-30", "20-02-03", "2020-1-5", "Monday", "2020/2019"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_weekday_is_read_from_its_words() {
        assert_eq!(weekday("late on Friday night"), Some(Weekday::Friday));
        assert_eq!(weekday("Monday or Tuesday"), None);
        assert_eq!(weekday("yesterday"), None);
    }
}
