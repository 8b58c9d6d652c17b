//! One ledger as a JSON object, indented; of an article of the library with its number and what read it.

use super::{Beside, Exporter, Inputs, Print, Provenance, jsonl};
use sayso::ledger::Ledger;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "json",
    about: "one JSON object for one article (schema sayso.ledger/1)",
    extension: "json",
    inputs: Inputs::One { instead: "--format jsonl, or --output FOLDER" },
    between: "",
    beside: Beside::Nothing,
    begin: |_| Box::new(Json),
};

struct Json;

impl Print for Json {
    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        let whole = jsonl::Whole::of(ledger, from);
        let mut bytes =
            serde_json::to_vec_pretty(&whole).expect("a ledger has string keys and finite numbers");
        bytes.push(b'\n');
        bytes
    }
}
