//! The ledger of an input that could not be read: its name and why, and no statements.

use sayso::ledger::{Document, Ledger, SCHEMA};

pub(crate) fn ledger(id: &str, why: &str) -> Ledger {
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: Document { id: id.to_owned(), ..Document::default() },
        sources: Vec::new(),
        statements: Vec::new(),
        notes: vec![why.to_owned()],
    }
}
