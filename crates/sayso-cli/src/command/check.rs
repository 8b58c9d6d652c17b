//! `sayso check`: whether the library is what was written, and what could not be read.

use super::Command;
use crate::args;
use crate::export::words;
use crate::{Outcome, complain, remark};
use clap::ArgMatches;
use sayso_store::{Store, StoreError};
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "check",
    about: "Check that the library is what was written, and show what could not be read",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso check
  sayso check --library harbour.db

Every quote is sliced from its article again and every original hashed. Exit status: 0 all is as it was written, 1 it is not.";

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

fn run(config: &Config) -> Outcome {
    match check(config) {
        Ok((line, outcome)) => super::written(writeln!(io::stdout().lock(), "{line}").map(|()| outcome)),
        Err(error) => super::stopped(&error),
    }
}

fn check(config: &Config) -> Result<(String, Outcome), StoreError> {
    // checking makes no library where there is none
    let reader = Store::read(&config.library)?;
    let writer = match Store::open(&config.library) {
        Ok(store) => Some(store),
        Err(StoreError::ReadOnly { .. }) => None,
        Err(error) => return Err(error),
    };
    let library = writer.as_ref().map_or(&reader, Store::reader);
    for letter in library.dead_letters()? {
        remark(&format!("not read on {}: {}", letter.at, letter.why));
    }
    super::review::remark_orphans(library);
    let checked = library.check()?;
    if let Some(unseen) = checked.unseen {
        remark(&format!("{}: {unseen}", config.library.display()));
    }
    for fault in &checked.faults {
        complain(&format!("{}: {}: {}", config.library.display(), fault.place, fault.what));
    }
    let (articles, statements) =
        (words::count(checked.articles, "article"), words::count(checked.statements, "statement"));
    let faults = words::count(checked.faults.len(), "fault");
    let outcome = if checked.faults.is_empty() { Outcome::AllRead } else { Outcome::Failed };
    Ok((format!("{articles}, {statements}, {faults}"), outcome))
}
