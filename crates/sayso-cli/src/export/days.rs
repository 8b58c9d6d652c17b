//! Days as the record has them (EDTF), in the forms that formats want.

use jiff::civil::Date;
use sayso_store::days;

/// First and last day of a date; nothing for what is none.
pub(super) fn bounds(edtf: &str) -> Option<[Date; 2]> {
    let [first, last] = days::bounds(edtf)?;
    Some([first.parse().ok()?, last.parse().ok()?])
}

/// How exact a date is: "day", "month", "year" or "range".
pub(super) fn precision(edtf: &str) -> Option<&'static str> {
    let [first, last] = bounds(edtf)?;
    let is_whole = |start: Date, end: Date| (first, last) == (start, end);
    Some(match () {
        () if first == last => "day",
        () if is_whole(first.first_of_month(), first.last_of_month()) => "month",
        () if is_whole(first.first_of_year(), first.last_of_year()) => "year",
        () => "range",
    })
}

/// A date of ISO 8601 that standards with less than EDTF take: a year, a month, a day, a time; of a range its first.
pub(super) fn iso(edtf: &str) -> Option<String> {
    bounds(edtf)?;
    let first = edtf.split('/').next()?;
    let plain = first.trim_end_matches(['~', '?', '%']);
    Some(match precision(plain)? {
        "range" => bounds(plain)?[0].to_string(),
        "month" => plain.get(..7).unwrap_or(plain).to_owned(),
        _ => plain.replace("-XX", ""),
    })
}

/// A point in time as `xsd:dateTime` in UTC, of a day its start; nothing for less than a day.
pub(super) fn time(edtf: &str) -> Option<String> {
    if let Ok(time) = edtf.parse::<jiff::Timestamp>() {
        return Some(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    let [first, last] = bounds(edtf)?;
    (first == last).then(|| format!("{first}T00:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_what_they_know() {
        for (edtf, how, is) in [
            ("2021-11-09", Some("day"), Some("2021-11-09")),
            ("2021-11~", Some("month"), Some("2021-11")),
            ("2021-XX", Some("year"), Some("2021")),
            ("2021-11-08/2021-11-10", Some("range"), Some("2021-11-08")),
            ("2021-22", Some("range"), Some("2021-06-01")),
            ("202X", Some("range"), Some("2020-01-01")),
            ("soon", None, None),
        ] {
            assert_eq!((precision(edtf), iso(edtf).as_deref()), (how, is), "{edtf}");
        }
        assert_eq!(time("2024-05-20T10:30:00+02:00").as_deref(), Some("2024-05-20T08:30:00Z"));
        assert_eq!(time("2024-05-20").as_deref(), Some("2024-05-20T00:00:00Z"));
        assert_eq!(time("2024-05"), None);
    }
}
