//! The specifications of Microsoft's Recognizers-Text for English dates and times: sentences with what stands in them, and both readings where a
//! date has no year or week.

use super::{overlap, place};
use crate::documents::rows;
use crate::eval::figures::Figures;
use crate::eval::halves::Half;
use crate::gold::edtf;
use anyhow::Result;
use jiff::ToSpan;
use sayso::time::{self, Timex};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Case {
    spec: String,
    input: String,
    reference: Option<String>,
    results: Vec<Value>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    cases: usize,
    found: usize,
    value: usize,
}

/// For each kind, how many are found and how many have one of the values.
pub(super) fn figures(path: &Path, errors: bool) -> Result<Figures> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut add = |name: String, is_found: bool, is_right: bool| {
        let tally = tallies.entry(name).or_default();
        tally.cases += 1;
        tally.found += usize::from(is_found);
        tally.value += usize::from(is_right);
    };
    for case in rows::<Case>(path)? {
        let half = Half::of(&case.input);
        let found = time::recognise(&case.input, case.reference.as_deref());
        if case.results.is_empty() && !case.spec.ends_with("Parser") {
            // nothing is to be found
            add(format!("{half}_nothing"), found.is_empty(), found.is_empty());
        }
        for result in &case.results {
            let kind = kind(&case.spec, result);
            let number = |name: &str| result[name].as_u64().and_then(|n| usize::try_from(n).ok());
            let start = number("Start").unwrap_or(0);
            let end = number("End").map(|end| end + 1).or(number("Length").map(|length| start + length));
            let extent = [start, end.unwrap_or(start)];
            let wanted = values(result);
            let near: Vec<&Timex> =
                found.iter().filter(|timex| overlap(place(&case.input, timex), extent)).collect();
            let is_right = near.iter().any(|timex| wanted.iter().any(|wanted| wanted.is(timex)));
            for name in [kind.as_str(), "all"] {
                add(format!("{half}_{name}"), !near.is_empty(), is_right);
            }
            if errors && half == Half::Development && !is_right {
                let got: Vec<String> = near
                    .iter()
                    .map(|timex| {
                        format!(
                            "{} {:?} ({})",
                            timex.value,
                            timex.edtf,
                            case.input.get(timex.span.range()).unwrap_or_default()
                        )
                    })
                    .collect();
                println!("  {kind} {:?} {} {:?} not {got:?}", case.input, result["Text"], wanted.first());
            }
        }
    }
    let mut figures = BTreeMap::new();
    for (name, tally) in tallies {
        let share = |part: usize| (1e3 * part as f64 / tally.cases as f64).round() / 10.0;
        figures.insert(format!("{name}_found"), share(tally.found));
        figures.insert(format!("{name}_value"), share(tally.value));
        figures.insert(format!("{name}_cases"), tally.cases as f64);
    }
    Ok(Figures(figures))
}

fn kind(spec: &str, result: &Value) -> String {
    let named = result["TypeName"].as_str().or(result["Typename"].as_str()).or(result["Type"].as_str());
    let kind = named.map_or(spec, |name| name.rsplit('.').next().unwrap_or(name));
    kind.to_owned()
}

/// One reading of an expression.
#[derive(Debug, Default)]
struct Wanted {
    timex: String,
    /// A day, or the first of several.
    first: Option<String>,
    /// One past the last day.
    end: Option<String>,
}

impl Wanted {
    fn is(&self, timex: &Timex) -> bool {
        if hours(&timex.value) == hours(&self.timex) {
            return true;
        }
        // an hour without a day, which news takes from the text
        let (day, time) = timex.value.split_once('T').unwrap_or((&timex.value, ""));
        if self.timex.starts_with('T') && hours(&self.timex) == format!("T{}", hours(time)) {
            return true;
        }
        if self.first.as_deref().is_some_and(|first| first == format!("{day} {time}:00")) {
            return true;
        }
        let days = timex.edtf.as_deref().and_then(edtf::range);
        match (days, &self.first, &self.end) {
            (Some((first, last)), Some(wanted), Some(end)) => {
                // a range ends before its end, or with the start of what it ends with
                let after = last.checked_add(1.day()).map_or(String::new(), |day| day.to_string());
                let to = timex.edtf.as_deref().and_then(|edtf| edtf.split_once('/'));
                let start_of_last =
                    to.and_then(|(_, to)| edtf::range(to)).map(|(first, _)| first.to_string());
                let is_end = after == *end || last.to_string() == *end || start_of_last.as_ref() == Some(end);
                first.to_string() == *wanted && is_end
            }
            (Some((first, last)), Some(wanted), None) => first == last && first.to_string() == *wanted,
            _ => false,
        }
    }
}

/// `T20` for `T20:00`, as one of the two writes it.
fn hours(value: &str) -> &str {
    value.strip_suffix(":00").unwrap_or(value)
}

fn values(result: &Value) -> Vec<Wanted> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut all = Vec::new();
    for value in result["Resolution"]["values"].as_array().into_iter().flatten() {
        all.push(Wanted {
            timex: text(&value["timex"]).unwrap_or_default(),
            first: text(&value["value"]).or(text(&value["start"])),
            end: text(&value["end"]),
        });
    }
    for reading in ["FutureResolution", "PastResolution"] {
        let value = &result["Value"];
        if value.is_object() {
            all.push(Wanted {
                timex: text(&value["Timex"]).unwrap_or_default(),
                first: text(&value[reading]["date"]).or(text(&value[reading]["startDate"])),
                end: text(&value[reading]["endDate"]),
            });
        }
    }
    all
}
