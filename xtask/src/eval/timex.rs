//! Expressions of time against two corpora: how many are found, and with the right value.
//!
//! In: timebank_timex.jsonl (news, TIMEX3) and recognizers_datetime.jsonl (single sentences to an assistant). Out: two sets of figures. Half of
//! each corpus, by the hash of its text, is for development; the other half, `check`, is counted and never printed.
//!
//! # Source
//! TimeBank 1.2 (Pustejovsky et al. 2003). Measures as in TempEval-3 (UzZaman et al. 2013): extents strict and relaxed (sharing a
//! character), values over relaxed matches.

mod recognizers;
mod timebank;

use super::figures::Figures;
use anyhow::Result;
use sayso::time::Timex;
use std::collections::BTreeMap;
use std::path::Path;

/// The figures of each corpus, by its name.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn figures(folder: &Path, errors: bool) -> Result<[(&'static str, Figures); 2]> {
    Ok([
        ("timex-timebank", timebank::figures(&folder.join("timebank_timex.jsonl"), errors)?),
        ("timex-recognizers", recognizers::figures(&folder.join("recognizers_datetime.jsonl"), errors)?),
    ])
}

/// What an expression of the gold came to.
#[derive(Clone, Copy, Default)]
struct Tally {
    gold: usize,
    found: usize,
    /// Gold whose extent is exactly found.
    strict: usize,
    /// Gold of which a part is found.
    relaxed: usize,
    /// Of these, those with the right value.
    value: usize,
}

impl Tally {
    fn f1(self, right: usize) -> f64 {
        let of = self.gold + self.found;
        if of == 0 { 0.0 } else { 2.0 * right as f64 / of as f64 }
    }

    fn put(self, name: &str, figures: &mut BTreeMap<String, f64>) {
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
        let mut set = |what: &str, value: f64| {
            figures.insert(format!("{name}_{what}"), (value * 1e3).round() / 10.0);
        };
        set("extent_strict_f1", self.f1(self.strict));
        set("extent_relaxed_f1", self.f1(self.relaxed));
        set("value_f1", self.f1(self.value));
        set("value_of_found", share(self.value, self.relaxed));
        set("found", share(self.relaxed, self.gold));
        figures.insert(format!("{name}_gold"), self.gold as f64);
    }
}

/// An expression's place in code points.
fn place(text: &str, timex: &Timex) -> [usize; 2] {
    let count = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
    [count(timex.span.start()), count(timex.span.end())]
}

fn overlap(one: [usize; 2], other: [usize; 2]) -> bool {
    one[0] < other[1] && other[0] < one[1]
}
