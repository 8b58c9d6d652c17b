//! `sayso add`: articles in, ledgers into the library, each once.

use super::Command;
use super::reading::{self, Ending};
use crate::args::{self, Reading};
use crate::inputs::{self, Input};
use crate::{Outcome, remark};
use clap::ArgMatches;
use sayso::Models;
use sayso::article::Article;
use sayso::ledger::{self, Ledger};
use sayso_acquire::Document;
use sayso_store::{Addition, Change, Given, Reader, Store, StoreError};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

pub(super) const COMMAND: Command = Command {
    name: "add",
    about: "Read articles into the library, each once",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso add article.txt --published 2021-11-09   one article
  sayso add pages/ archive.warc.gz               all that folders and archives hold
  sayso add https://example.org/news --fetch     an article, or a feed, by its address
  sayso add pages/ --library harbour.db          into a library of its own

What is in the library already is left as it is; an article that another version of sayso or another tier read is read anew, and
its statements keep their numbers. What cannot be read is kept as a dead letter, which `sayso check` shows.
An article is known by its bytes and the name that its file was given by: a.txt, ./a.txt and /news/a.txt are three.

Ctrl-C lets what is in work be finished and kept, a second one ends at once. Whatever ended it, the same command adds what is missing, in the
same order. SQLite keeps library.db-wal and library.db-shm beside library.db while somebody uses it; they belong to it.

Exit status: 0 all inputs were read, 1 some were not or the library could not be written, 2 wrong arguments, 130 ended by Ctrl-C.";

/// What is to be done.
struct Config {
    reading: Reading,
    /// What the library calls the weights of its tier.
    weights: String,
    library: PathBuf,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let reading = Reading::of(matches)?;
        let weights = sayso::weights(reading.tier);
        Ok(Self { reading, weights, library: args::library_of(matches)? })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    command.args(args::reading()).arg(args::library())
}

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
    failed: Vec<String>,
}

fn run(config: &Config) -> Outcome {
    let opened = Store::open(&config.library).and_then(|store| Ok((store, Store::read(&config.library)?)));
    let (mut store, reader) = match opened {
        Ok(opened) => opened,
        Err(error) => return super::stopped(&error),
    };
    let (mut counts, reader) = (Counts::default(), Mutex::new(reader));
    let result = reading::each(
        &config.reading,
        Ending::Drained,
        |document| known(config, &reader, document),
        |document, article, models| read(config, &reader, document, &article, models),
        |id, why| Read::Failed { id: id.to_owned(), why: why.to_owned() },
        |reads| write(config, &mut store, &mut counts, reads).map_err(io::Error::other),
    );
    let result = result.and_then(|outcome| {
        match outcome {
            Outcome::AllRead | Outcome::Failed => {
                forget(config, &mut store, &counts.failed).map_err(io::Error::other)?;
            }
            Outcome::Interrupted => {}
        }
        Ok(outcome)
    });
    let Counts { added, revised, known, failed } = counts;
    let failed = failed.len();
    let library = config.library.display();
    let line = format!("{added} added, {revised} read anew, {known} known, {failed} failed: {library}");
    let written = writeln!(io::stdout().lock(), "{}", crate::shown::plain(&line));
    if let Ok(Outcome::Interrupted) = result {
        remark("not all inputs were taken; the same command goes on from here");
    }
    super::review::remark_orphans(store.reader());
    match result {
        Ok(outcome) => super::written(written.map(|()| outcome)),
        Err(error) => super::stopped(&error),
    }
}

/// What the library knows by the bytes alone, which takes no reading of a page.
fn known(config: &Config, reader: &Mutex<Reader>, document: &Document) -> Option<Read> {
    let options = &document.options;
    let published = options.published.as_ref();
    let given = Given {
        id: &options.id,
        url: options.url.as_deref(),
        published: published.map(|day| (day.as_str(), options.published_from.unwrap_or("argument"))),
        captured: options.captured.as_deref(),
        archive_url: options.archive_url.as_deref(),
    };
    let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
    match reader.knows_bytes(&document.bytes, &given, VERSION, &config.weights) {
        Ok(true) => Some(Read::Known),
        Ok(false) => None,
        Err(error) => Some(Read::Stopped(error)),
    }
}

/// The ledger of an article that the library does not have yet.
fn read(
    config: &Config,
    reader: &Mutex<Reader>,
    document: Document,
    article: &Article,
    models: &Models,
) -> Read {
    let about = ledger::Document::of(article);
    let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
    let known = reader.knows(&document.bytes, &about, VERSION, &config.weights);
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

/// All of it or nothing.
fn write(
    config: &Config,
    store: &mut Store,
    counts: &mut Counts,
    reads: Vec<Read>,
) -> Result<(), StoreError> {
    let at = inputs::now();
    let more = store.together(|batch| {
        let mut more = Counts::default();
        for read in reads {
            match read {
                Read::Ledger { original, ledger } => {
                    let addition = Addition {
                        original: &original,
                        ledger: &ledger,
                        version: VERSION,
                        weights: &config.weights,
                        at: &at,
                    };
                    match batch.add(&addition)?.change {
                        Change::New => more.added += 1,
                        Change::Revised => more.revised += 1,
                        Change::Known => more.known += 1,
                    }
                }
                Read::Known => more.known += 1,
                Read::Failed { id, why } => {
                    batch.fail(&id, &why, &at)?;
                    more.failed.push(id);
                }
                Read::Stopped(error) => return Err(error),
            }
        }
        Ok(more)
    })?;
    counts.added += more.added;
    counts.revised += more.revised;
    counts.known += more.known;
    counts.failed.extend(more.failed);
    Ok(())
}

/// What failed in a collection is called by its place in it, and what is there now may be called otherwise.
fn forget(config: &Config, store: &mut Store, failed: &[String]) -> Result<(), StoreError> {
    store.together(|batch| {
        for input in &config.reading.inputs {
            match input {
                Input::File(_) => batch.read_again(&input.id(), failed)?,
                Input::Stdin | Input::Url { .. } => {}
            }
        }
        Ok(())
    })
}
