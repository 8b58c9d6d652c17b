//! Pairs of whole names that nomenklatura's tests and its authors label: one or two.

use super::{Half, Tally, rows};
use crate::eval::figures::Figures;
use anyhow::Result;
use sayso::names::{self, Kind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Pair {
    schema: String,
    a: String,
    b: String,
    #[serde(rename = "match")]
    is_one: bool,
}

/// Precision, recall and F1 of people's names, of others', and of all. A pair is in the half of its second name, to which several are compared.
pub(super) fn figures(path: &Path, errors: bool) -> Result<Figures> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for pair in rows::<Pair>(path)? {
        let half = Half::of(&pair.b);
        let (kind, schema) =
            if pair.schema == "Person" { (Kind::Person, "person") } else { (Kind::Body, "others") };
        let likeness = names::compare(&pair.a, &pair.b, kind);
        for name in [schema, "all"] {
            let tally = tallies.entry(format!("{}_{name}", half.name())).or_default();
            tally.add(pair.is_one, likeness.can_be_one());
        }
        if errors && half == Half::Tune && likeness.can_be_one() != pair.is_one {
            let label = if pair.is_one { "one" } else { "two" };
            println!("  {label} {:.2} {} | {}", likeness.probability(), pair.a, pair.b);
        }
    }
    let mut figures = BTreeMap::new();
    tallies.iter().for_each(|(name, tally)| tally.put(name, &mut figures));
    Ok(Figures(figures))
}
