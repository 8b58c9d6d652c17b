//! Formats of the output. One is a file here and a line in [`EXPORTERS`]; `read` and `export`, help, completions and tests go through that list.
//!
//! In: ledgers, one after the other, each with where it comes from. Out: bytes of one file, or of a file for each ledger ([`writing`]).

mod brat;
pub(crate) mod codebook;
mod csv;
mod days;
pub(crate) mod fields;
pub(crate) mod folder;
pub(crate) mod html;
mod iri;
mod json;
mod jsonl;
mod jsonld;
mod markdown;
mod plover;
pub(crate) mod spared;
mod table;
#[cfg(test)]
mod tests;
mod unnamed;
mod view;
mod web_annotation;
pub(crate) mod words;
pub(crate) mod writing;

use crate::shown::Look;
use codebook::Codebook;
use sayso::ledger::{Ledger, Statement};
use serde::Serialize;
use serde_json::{Value, json};

/// A format that ledgers are printed in.
pub(crate) struct Exporter {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it is, in one line.
    pub(crate) about: &'static str,
    /// How files in this format end.
    pub(crate) extension: &'static str,
    pub(crate) inputs: Inputs,
    /// What stands between two ledgers.
    pub(crate) between: &'static str,
    /// Whether a file stands beside that of the article's text.
    pub(crate) beside: Beside,
    /// Begins a file.
    pub(crate) begin: fn(&Manner) -> Box<dyn Print>,
}

/// How many articles one file of a format holds.
#[derive(Clone, Copy)]
pub(crate) enum Inputs {
    /// One; what to use for more.
    One {
        instead: &'static str,
    },
    Many,
}

/// What a folder gets for an article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// One file.
    Nothing,
    /// The article's text as well.
    Text,
}

/// How a file is to be written.
#[derive(Clone)]
pub(crate) struct Manner {
    pub(crate) look: Look,
    /// Which columns a table has, if they are not the usual ones.
    pub(crate) codebook: Option<Codebook>,
    /// What was asked of the library, in words.
    pub(crate) asked: Option<String>,
    /// How many statements that was true of are not in the ledgers because reviewers rejected them.
    pub(crate) rejected: usize,
}

/// Where a ledger comes from, as far as it does not say so itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Provenance {
    /// The article's number in the library.
    pub(crate) article: Option<i64>,
    /// The version of the program that read it.
    pub(crate) version: String,
    /// The weights that it read with.
    pub(crate) weights: String,
}

/// A file that is being written: what its start is, then each ledger, then its end.
pub(crate) trait Print {
    /// What stands before the first ledger.
    fn start(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// A ledger.
    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8>;

    /// What stands for an input that could not be read.
    fn failed(&mut self, _ledger: &Ledger) -> Vec<u8> {
        Vec::new()
    }

    /// What stands after the last ledger.
    fn end(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// What is not in the file although somebody may look for it there.
    fn left_out(&self) -> Option<String> {
        None
    }
}

pub(crate) static EXPORTERS: &[Exporter] = &[
    table::EXPORTER,
    json::EXPORTER,
    jsonl::EXPORTER,
    csv::EXPORTER,
    brat::EXPORTER,
    html::EXPORTER,
    markdown::EXPORTER,
    web_annotation::EXPORTER,
    jsonld::EXPORTER,
    plover::EXPORTER,
];

/// A file in which ledgers stand one after the other.
fn each(look: Look, one: fn(&Ledger, &Look) -> Vec<u8>) -> Box<dyn Print> {
    struct Each {
        look: Look,
        one: fn(&Ledger, &Look) -> Vec<u8>,
    }
    impl Print for Each {
        fn one(&mut self, ledger: &Ledger, _: &Provenance) -> Vec<u8> {
            (self.one)(ledger, &self.look)
        }
    }
    Box::new(Each { look, one })
}

/// A record as JSON.
fn json_of(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("records have string keys and finite numbers")
}

/// Where a statement is from, whole.
fn provenance(ledger: &Ledger, statement: &Statement, from: &Provenance) -> Value {
    let document = &ledger.document;
    json!({
        "statement": statement.id,
        "article": from.article,
        "document": document.id,
        "document_sha256": document.sha256,
        "url": document.url,
        "archive_url": document.archive_url,
        "captured": document.captured,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "spans": statement.spans,
        "offset_unit": ledger.offset_unit,
        "review": statement.review,
        "generator": { "name": "sayso", "version": from.version, "weights": from.weights },
    })
}
