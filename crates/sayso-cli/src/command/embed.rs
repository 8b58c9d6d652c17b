//! `sayso embed`: what the statements of the library claim, as numbers, for `sayso find --like`.

use super::Command;
use crate::export::words;
use crate::{Outcome, args};
use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};
use sayso::claim::{Embedder, Embedding};
use sayso_store::{Claim, Coverage, Store, StoreError};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

pub(super) const COMMAND: Command = Command {
    name: "embed",
    about: "Prepare the statements of the library for the search by meaning",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso embed
  sayso embed --library harbour.db && sayso find --like 'the crane was never safe' --library harbour.db

What is prepared already is left as it is, so that a run that was stopped goes on where it ended, and a run after `sayso add` does what was
added. About 100 statements take a second of one processor.";

/// What is to be done.
struct Config {
    library: PathBuf,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        Ok(Self { library: args::library_of(matches)? })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    command.arg(args::library())
}

/// Claims that are read, embedded and kept together.
const PAGE: usize = 512;
/// Claims that a thread embeds in one go.
const AT_ONCE: usize = 16;

fn run(config: &Config) -> Outcome {
    match embed(config) {
        Ok((made, Coverage { embedded, statements })) => {
            let all = words::count(statements, "statement");
            let line = format!("{made} embedded, {embedded} of {all} ready: {}", config.library.display());
            let line = crate::shown::plain(&line);
            super::written(writeln!(io::stdout().lock(), "{line}").map(|()| Outcome::AllRead))
        }
        Err(error) => super::stopped(&error),
    }
}

/// How many were embedded, and how many are now.
fn embed(config: &Config) -> Result<(usize, Coverage), StoreError> {
    // embedding makes no library where there is none
    Store::read(&config.library)?;
    let mut store = Store::open(&config.library)?;
    let name = Embedder::name();
    let before = store.reader().coverage(&name)?;
    let bar = bar(before.statements.saturating_sub(before.embedded));
    let (mut made, mut after) = (0, 0);
    let mut embedder = None;
    loop {
        let page = store.reader().claims_without(&name, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.number;
        let embeddings = embeddings(embedder.get_or_insert_with(Embedder::load), &page);
        bar.inc(page.len() as u64);
        let page: Vec<(Claim, Embedding)> = page.into_iter().zip(embeddings).collect();
        made += store.embed(&name, &page)?;
    }
    bar.finish_and_clear();
    Ok((made, store.reader().coverage(&name)?))
}

/// What each claim means, by as many threads as there are.
fn embeddings(embedder: &Embedder, claims: &[Claim]) -> Vec<Embedding> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = Mutex::new(claims.chunks(AT_ONCE).enumerate());
    let next = || work.lock().unwrap_or_else(PoisonError::into_inner).next();
    let embed = || {
        let mut made = Vec::new();
        while let Some((at, some)) = next() {
            let texts: Vec<&str> = some.iter().map(|claim| claim.text.as_str()).collect();
            made.push((at, embedder.embed(&texts)));
        }
        made
    };
    let mut made: Vec<(usize, Vec<Embedding>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(embed)).collect();
        let joined = threads.into_iter().map(|thread| thread.join().expect("embedding does not panic"));
        joined.flatten().collect()
    });
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().flat_map(|(_, some)| some).collect()
}

/// A bar for so many statements; nothing is drawn where nobody looks.
fn bar(statements: usize) -> ProgressBar {
    if statements == 0 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:24} {pos} of {len} statements, {per_sec}, {eta} left");
    let bar = ProgressBar::new(statements as u64);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
