//! Pairs of whole names that nomenklatura's tests and its authors label: one or two.

use super::{add, put};
use crate::documents::rows;
use crate::eval::figures::Figures;
use crate::eval::halves::Half;
use crate::eval::labels::Counts;
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
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for pair in rows::<Pair>(path)? {
        let half = Half::of(&pair.b);
        let (kind, schema) =
            if pair.schema == "Person" { (Kind::Person, "person") } else { (Kind::Body, "others") };
        let likeness = names::compare(&pair.a, &pair.b, kind);
        for name in [schema, "all"] {
            let counts = counts.entry(format!("{half}_{name}")).or_default();
            add(counts, pair.is_one, likeness.can_be_one());
        }
        if errors && half == Half::Development && likeness.can_be_one() != pair.is_one {
            let label = if pair.is_one { "one" } else { "two" };
            println!("  {label} {:.2} {} | {}", likeness.probability(), pair.a, pair.b);
        }
    }
    Ok(Figures(put(&counts)))
}
