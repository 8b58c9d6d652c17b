//! Ledgers as JSON Lines, one for every input in the order given; for one that could not be read, its name and why. Articles of the library
//! have their number and what read them under `provenance`.

use super::{Beside, Exporter, Inputs, Print, Provenance, json_of};
use sayso::ledger::Ledger;
use serde::Serialize;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "jsonl",
    about: "one JSON object a line for each article, also for those that could not be read",
    extension: "jsonl",
    inputs: Inputs::Many,
    between: "",
    beside: Beside::Nothing,
    begin: |_| Box::new(Lines),
};

struct Lines;

impl Print for Lines {
    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        (json_of(&Whole::of(ledger, from)) + "\n").into_bytes()
    }

    fn failed(&mut self, ledger: &Ledger) -> Vec<u8> {
        (json_of(ledger) + "\n").into_bytes()
    }
}

/// A ledger, and where it comes from if that is a library.
#[derive(Serialize)]
pub(super) struct Whole<'w> {
    #[serde(flatten)]
    ledger: &'w Ledger,
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<&'w Provenance>,
}

impl<'w> Whole<'w> {
    pub(super) fn of(ledger: &'w Ledger, from: &'w Provenance) -> Self {
        Self { ledger, provenance: from.article.is_some().then_some(from) }
    }
}
