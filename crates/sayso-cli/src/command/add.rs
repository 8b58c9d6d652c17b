//! `sayso add`: articles in, ledgers into the library, each once.

use super::reading;
use crate::config::AddConfig;
use crate::{Outcome, complain, inputs};
use sayso::Models;
use sayso::article::Article;
use sayso::ledger::{self, Ledger};
use sayso_acquire::Document;
use sayso_store::{Addition, Change, Reader, Store, StoreError};
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// What became of an input.
enum Read {
    /// Its bytes and what was read in them.
    Ledger {
        original: Vec<u8>,
        ledger: Box<Ledger>,
    },
    /// It is in the library as it is.
    Known,
    Failed {
        id: String,
        why: String,
    },
    /// The library could not say whether it knows it.
    Stopped(StoreError),
}

/// How many of each there were.
#[derive(Default)]
struct Counts {
    added: usize,
    revised: usize,
    known: usize,
    failed: usize,
}

pub(super) fn run(config: &AddConfig) -> Outcome {
    let opened = Store::open(&config.library).and_then(|store| Ok((store, Store::read(&config.library)?)));
    let (mut store, reader) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            complain(&error.to_string());
            return Outcome::Failed;
        }
    };
    let (mut counts, reader) = (Counts::default(), Mutex::new(reader));
    let result = reading::each(
        &config.reading,
        |document, article, models| read(config, &reader, document, article, models),
        |id, why| Read::Failed { id: id.to_owned(), why: why.to_owned() },
        |read| write(config, &mut store, &mut counts, read).map_err(io::Error::other),
    );
    let Counts { added, revised, known, failed } = counts;
    let library = config.library.display();
    let line = format!("{added} added, {revised} read anew, {known} known, {failed} failed: {library}");
    let written = writeln!(io::stdout().lock(), "{}", crate::shown::plain(&line));
    match result {
        Ok(outcome) => super::written(written.map(|()| outcome)),
        Err(error) => {
            complain(&error.to_string());
            Outcome::Failed
        }
    }
}

/// The ledger of an article that the library does not have yet.
fn read(
    config: &AddConfig,
    reader: &Mutex<Reader>,
    document: Document,
    article: &Article,
    models: &Models,
) -> Read {
    let about = ledger::Document::of(article);
    let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
    let known = reader.knows(&document.bytes, &about, VERSION, config.reading.tier.name());
    drop(reader);
    match known {
        Ok(true) => Read::Known,
        Ok(false) => {
            Read::Ledger { original: document.bytes, ledger: Box::new(reading::ledger(article, models)) }
        }
        Err(error) => Read::Stopped(error),
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn write(config: &AddConfig, store: &mut Store, counts: &mut Counts, read: Read) -> Result<(), StoreError> {
    let at = inputs::now();
    match read {
        Read::Ledger { original, ledger } => {
            let addition = Addition {
                original: &original,
                ledger: &ledger,
                version: VERSION,
                weights: config.reading.tier.name(),
                at: &at,
            };
            match store.add(&addition)?.change {
                Change::New => counts.added += 1,
                Change::Revised => counts.revised += 1,
                Change::Known => counts.known += 1,
            }
        }
        Read::Known => counts.known += 1,
        Read::Failed { id, why } => {
            store.fail(&id, &why, &at)?;
            counts.failed += 1;
        }
        Read::Stopped(error) => return Err(error),
    }
    Ok(())
}
