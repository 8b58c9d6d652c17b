//! `sayso backup`: the library in one file, as it is at one moment.

use super::Command;
use crate::export::words::count;
use crate::{Outcome, args, shown};
use clap::{Arg, ArgMatches, value_parser};
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "backup",
    about: "Write the library to one new file, which is checked afterwards",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso backup library-2024-05-20.db
  sayso backup /media/disk/harbour.db --library harbour.db

The library may be in use: the file holds it as it was when the backup began. A file that is there is not written over. Copying the
library's own file by other means may miss what was added last. A library of an earlier version stays of that version in its backup. Exit status: 0 the backup is whole, 1 there is none.";

/// What is to be done.
struct Config {
    library: PathBuf,
    file: PathBuf,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        Ok(Self { library: args::library_of(matches)?, file: file_of(matches) })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    command.arg(file("The file to write, which must not be there yet")).arg(args::library())
}

/// The argument that names the backup.
pub(super) fn file(help: &'static str) -> Arg {
    Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)).help(help)
}

pub(super) fn file_of(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("file").cloned().expect("clap requires a file")
}

fn run(config: &Config) -> Outcome {
    match sayso_store::backup(&config.library, &config.file) {
        Ok(checked) => {
            let (articles, statements) =
                (count(checked.articles, "article"), count(checked.statements, "statement"));
            let file = shown::plain(&config.file.display().to_string());
            let line = format!("{articles}, {statements}, checked: {file}");
            super::written(writeln!(io::stdout().lock(), "{line}").map(|()| Outcome::AllRead))
        }
        Err(error) => super::stopped(&error),
    }
}
