//! Formats of the output. One is a file here and a line in [`EXPORTERS`]; help, completions and tests go through that list.

mod brat;
mod csv;
pub(crate) mod folder;
pub(crate) mod html;
#[cfg(test)]
mod invented;
mod json;
mod jsonl;
mod table;
mod view;
pub(crate) mod words;

use crate::shown::Look;
use sayso::ledger::Ledger;

/// A format that ledgers are printed in.
pub(crate) struct Exporter {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it is, in one line.
    pub(crate) about: &'static str,
    /// How files in this format end.
    pub(crate) extension: &'static str,
    pub(crate) inputs: Inputs,
    /// What stands before the first ledger.
    pub(crate) start: fn() -> Vec<u8>,
    /// What stands between two ledgers.
    pub(crate) between: &'static str,
    /// A ledger.
    pub(crate) one: fn(&Ledger, &Look) -> Vec<u8>,
    /// Whether a file stands beside that of the article's text.
    pub(crate) beside: Beside,
    /// What stands for an input that could not be read.
    pub(crate) failed: fn(&Ledger) -> Vec<u8>,
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

pub(crate) static EXPORTERS: &[Exporter] =
    &[table::EXPORTER, json::EXPORTER, jsonl::EXPORTER, csv::EXPORTER, brat::EXPORTER, html::EXPORTER];

fn nothing() -> Vec<u8> {
    Vec::new()
}

fn no_ledger(_: &Ledger) -> Vec<u8> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_format_takes_any_text(ledger in invented::ledger(), width in 20usize..120) {
            for exporter in EXPORTERS {
                let look = Look { width, ..invented::LOOK };
                let printed = (exporter.one)(&ledger, &look);
                prop_assert!(String::from_utf8(printed).is_ok(), "{} is UTF-8", exporter.name);
            }
        }
    }

    #[test]
    fn ledgers_read_back_from_json() {
        let ledger = invented::lake();
        for name in ["json", "jsonl"] {
            let exporter = EXPORTERS.iter().find(|exporter| exporter.name == name).expect("a format");
            let read: Ledger =
                serde_json::from_slice(&(exporter.one)(&ledger, &invented::LOOK)).expect("a ledger");
            assert_eq!(read, ledger);
        }
    }
}
