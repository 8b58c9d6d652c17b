//! The commands.

mod add;
pub(crate) mod article;
mod check;
mod completions;
pub(crate) mod find;
pub(crate) mod inspect;
mod read;
mod reading;
pub(crate) mod take_pages;

use crate::config::Config;
use crate::{Outcome, complain};
use std::io;

pub(crate) fn run(config: &Config) -> Outcome {
    match config {
        Config::Read(config) => read::run(config),
        Config::Article(config) => article::run(config),
        Config::Add(config) => add::run(config),
        Config::Find(config) => find::run(config),
        Config::Check(config) => check::run(config),
        Config::Inspect(config) => inspect::run(config),
        Config::Completions(shell) => completions::run(*shell),
        Config::TakePages => take_pages::run(),
    }
}

/// How a run ended whose output went so; a reader who has seen enough (`| head`) is no failure.
fn written(result: io::Result<Outcome>) -> Outcome {
    match result {
        Ok(outcome) => outcome,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::AllRead,
        Err(error) => {
            complain(&format!("cannot write the output: {error}"));
            Outcome::Failed
        }
    }
}
