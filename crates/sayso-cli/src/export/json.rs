//! One ledger as a JSON object, indented.

use super::{Beside, Exporter, Inputs};
use crate::shown::Look;
use sayso::ledger::Ledger;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "json",
    about: "one JSON object for one article (schema sayso.ledger/1)",
    extension: "json",
    inputs: Inputs::One { instead: "--format jsonl, or --output FOLDER" },
    start: super::nothing,
    between: "",
    one,
    beside: Beside::Nothing,
    failed: super::no_ledger,
};

fn one(ledger: &Ledger, _: &Look) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(ledger).expect("a ledger has string keys and finite numbers");
    bytes.push(b'\n');
    bytes
}
