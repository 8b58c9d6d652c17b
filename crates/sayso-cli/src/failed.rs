//! The ledger of an input that could not be read: its name and why, and no statements.

use sayso::ledger::{Document, Ledger, SCHEMA};

pub(crate) fn ledger(id: &str, why: &str) -> Ledger {
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: Document {
            id: id.to_owned(),
            sha256: String::new(),
            url: None,
            archive_url: None,
            captured: None,
            title: None,
            byline: Vec::new(),
            outlet: None,
            published: None,
            published_from: None,
            modified: None,
            language: None,
            text: String::new(),
            blocks: Vec::new(),
        },
        sources: Vec::new(),
        statements: Vec::new(),
        notes: vec![why.to_owned()],
    }
}
