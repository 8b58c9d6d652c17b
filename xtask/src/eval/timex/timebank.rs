//! TimeBank: news with every expression annotated.

use super::{Tally, overlap, place};
use crate::documents::rows;
use crate::eval::figures::Figures;
use crate::eval::halves::Half;
use anyhow::Result;
use sayso::time;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Document {
    id: String,
    dct: String,
    text: String,
    /// Start, end, type, value, mod.
    timex: Vec<(usize, usize, String, String, Option<String>)>,
}

/// Extents and values by kind, for both halves.
pub(super) fn figures(path: &Path, errors: bool) -> Result<Figures> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for document in rows::<Document>(path)? {
        let half = Half::of(&document.id);
        let found = time::recognise(&document.text, document.dct.get(..10));
        let found: Vec<_> = found.iter().map(|timex| (place(&document.text, timex), timex)).collect();
        for (_, timex) in &found {
            for kind in [group(timex.kind.name()), "all"] {
                tallies.entry(format!("{half}_{kind}")).or_default().found += 1;
            }
        }
        let mut is_used = vec![false; found.len()];
        for (start, end, kind, value, _) in &document.timex {
            let extent = [*start, *end];
            let best = (0..found.len())
                .filter(|n| !is_used[*n] && overlap(found[*n].0, extent))
                .max_by_key(|n| (found[*n].0 == extent, found[*n].1.value == *value));
            let matched = best.map(|n| {
                is_used[n] = true;
                found[n]
            });
            let is_right = matched.is_some_and(|(_, timex)| same(&timex.value, value));
            for kind in [group(kind), "all"] {
                let tally = tallies.entry(format!("{half}_{kind}")).or_default();
                tally.gold += 1;
                tally.strict += usize::from(matched.is_some_and(|(place, _)| place == extent));
                tally.relaxed += usize::from(matched.is_some());
                tally.value += usize::from(is_right);
            }
            if errors && half == Half::Development && !is_right {
                let words: String = document.text.chars().skip(*start).take(end - start).collect();
                let got = matched.map_or("-".to_owned(), |(_, timex)| {
                    format!("{} ({})", timex.value, document.text.get(timex.span.range()).unwrap_or_default())
                });
                println!("  {} {kind} {words:?} {value} not {got}", document.id);
            }
        }
        if errors && half == Half::Development {
            for ((_, timex), _) in found.iter().zip(is_used).filter(|(_, is_used)| !is_used) {
                let words = document.text.get(timex.span.range()).unwrap_or_default();
                println!("  {} spurious {words:?} {}", document.id, timex.value);
            }
        }
    }
    let mut figures = BTreeMap::new();
    tallies.iter().for_each(|(name, tally)| tally.put(name, &mut figures));
    Ok(Figures(figures))
}

/// Times of day are too few for figures of their own.
fn group(kind: &str) -> &'static str {
    match kind {
        "DATE" | "TIME" => "date",
        "DURATION" => "duration",
        _ => "set",
    }
}

/// Values that differ in nothing but how they are written: `PT24H` and `P1D` are another matter.
fn same(one: &str, other: &str) -> bool {
    one == other
}
