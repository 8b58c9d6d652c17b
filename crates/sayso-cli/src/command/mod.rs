//! The commands. One is a file here, with its arguments, and a line in [`COMMANDS`]; parser, help and completions go through that list.

mod add;
mod article;
mod backup;
mod check;
mod completions;
mod correct;
mod embed;
mod export;
mod find;
mod gold;
mod inspect;
mod read;
mod reading;
mod restore;
mod review;
mod score;
mod take_pages;
mod watch;

use crate::export::writing::Writing;
use crate::{Outcome, complain, remark};
use clap::ArgMatches;
use std::fmt::Display;
use std::io;

/// A command.
pub(crate) struct Command {
    /// What it is called.
    name: &'static str,
    /// What it does, in one line; nothing for what the program starts by itself and no help shows.
    about: &'static str,
    /// What stands below its help.
    examples: &'static str,
    /// Its arguments.
    arguments: fn(clap::Command) -> clap::Command,
    /// Does it; an error is a sentence that says which argument is wrong and what was expected.
    start: fn(&ArgMatches) -> Result<Outcome, String>,
}

static COMMANDS: &[Command] = &[
    read::COMMAND,
    add::COMMAND,
    watch::COMMAND,
    find::COMMAND,
    export::COMMAND,
    embed::COMMAND,
    correct::COMMAND,
    review::COMMAND,
    score::COMMAND,
    gold::COMMAND,
    check::COMMAND,
    backup::COMMAND,
    restore::COMMAND,
    article::COMMAND,
    inspect::COMMAND,
    completions::COMMAND,
    take_pages::COMMAND,
];

const ABOUT: &str = "Who said what: reads news articles and prints the ledger of their attributed statements";

/// The command line.
pub(crate) fn line() -> clap::Command {
    let line = clap::Command::new("sayso")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help("Example:\n  sayso read article.txt\n\n`sayso help COMMAND` shows more of them.");
    COMMANDS.iter().fold(line, |line, command| {
        let parser = clap::Command::new(command.name).hide(command.about.is_empty());
        let parser = parser.about(command.about).after_help(command.examples);
        line.subcommand((command.arguments)(parser))
    })
}

/// Does what the command line says.
///
/// # Errors
/// A sentence that says which argument is wrong and what was expected.
pub(crate) fn run(matches: &ArgMatches) -> Result<Outcome, String> {
    let given = matches.subcommand();
    let found =
        given.and_then(|(name, matches)| Some((COMMANDS.iter().find(|one| one.name == name)?, matches)));
    let (command, matches) = found.ok_or("no such command; expected one that `sayso help` shows")?;
    (command.start)(matches)
}

/// How a run ended whose output went so; a reader who has seen enough (`| head`) is no failure.
fn written(result: io::Result<Outcome>) -> Outcome {
    match result {
        Ok(outcome) => outcome,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::AllRead,
        Err(error) => stopped(&format!("cannot write the output: {error}")),
    }
}

/// How a run ended whose output did not come to its end; what is under its name is said.
fn unfinished(writing: &Writing, ended: Outcome) -> Outcome {
    if ended != Outcome::AllRead {
        writing.left().iter().for_each(|left| remark(left));
    }
    ended
}

/// How a run ended that this stopped.
fn stopped(why: &impl Display) -> Outcome {
    complain(&why.to_string());
    Outcome::Failed
}
