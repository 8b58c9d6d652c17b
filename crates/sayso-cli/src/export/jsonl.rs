//! Ledgers as JSON Lines, one for every input in the order given; for one that could not be read, its name and why.

use super::{Beside, Exporter, Inputs};
use crate::shown::Look;
use sayso::ledger::Ledger;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "jsonl",
    about: "one JSON object a line for each article, also for those that could not be read",
    extension: "jsonl",
    inputs: Inputs::Many,
    start: super::nothing,
    between: "",
    one: |ledger, _: &Look| line(ledger),
    beside: Beside::Nothing,
    failed: line,
};

fn line(ledger: &Ledger) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(ledger).expect("a ledger has string keys and finite numbers");
    bytes.push(b'\n');
    bytes
}
