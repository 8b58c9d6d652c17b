//! `sayso restore`: the library from a backup.

use super::{Command, backup};
use crate::export::words::count;
use crate::{Outcome, args, shown};
use clap::{Arg, ArgAction, ArgMatches};
use sayso_store::Existing;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "restore",
    about: "Put the library of a backup in place, if the backup is whole",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso restore library-2024-05-20.db
  sayso restore library-2024-05-20.db --replace          the library from before stays beside it
  sayso restore harbour.db --library elsewhere.db

The backup is checked first, as `sayso check` does, and stays as it is. A library that is there is kept without --replace, and with it stays
beside the restored one as FILE.replaced; while another process has it open nothing is done. Whatever interrupts this, the one from before or the restored
one is in place, whole. Exit status: 0 the library is restored, 1 it is as it was.";

/// What is to be done.
struct Config {
    library: PathBuf,
    file: PathBuf,
    existing: Existing,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let existing = if matches.get_flag("replace") { Existing::KeptBeside } else { Existing::Refused };
        Ok(Self { library: args::library_of(matches)?, file: backup::file_of(matches), existing })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    command
        .arg(backup::file("The backup"))
        .arg(
            Arg::new("replace")
                .long("replace")
                .action(ArgAction::SetTrue)
                .help("Replace the library that is there, which is kept beside it"),
        )
        .arg(args::library())
}

fn run(config: &Config) -> Outcome {
    match sayso_store::restore(&config.file, &config.library, config.existing) {
        Ok(restored) => {
            let checked = restored.checked;
            let (articles, statements) =
                (count(checked.articles, "article"), count(checked.statements, "statement"));
            let kept = restored.kept.map(|kept| format!("; the one from before is {}", kept.display()));
            let line = format!(
                "{articles}, {statements}, checked: {}{}",
                config.library.display(),
                kept.unwrap_or_default()
            );
            super::written(
                writeln!(io::stdout().lock(), "{}", shown::plain(&line)).map(|()| Outcome::AllRead),
            )
        }
        Err(sayso_store::StoreError::Exists { path }) => super::stopped(&format!(
            "{}: a library is there already; expected --replace, which keeps it beside the restored one",
            path.display()
        )),
        Err(error) => super::stopped(&error),
    }
}
