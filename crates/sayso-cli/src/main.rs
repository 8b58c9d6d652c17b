//! The `sayso` command.

mod args;
mod command;
mod export;
mod failed;
mod feeds;
mod filters;
mod flight;
mod inputs;
mod interrupt;
mod library;
mod progress;
mod reviewer;
mod shown;

use std::io::Write;
use std::process::ExitCode;

/// How a run of the command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every input was read.
    AllRead,
    /// Some input could not be read, or the output not written.
    Failed,
    /// Somebody asked for the end before all was read.
    Interrupted,
}

fn main() -> ExitCode {
    let matches = match command::line().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // A help text that nobody reads to its end is no failure.
            let printed = error.print();
            return ExitCode::from(if error.use_stderr() && printed.is_ok() { 2 } else { 0 });
        }
    };
    let outcome = match command::run(&matches) {
        Ok(outcome) => outcome,
        Err(wrong) => {
            complain(&format!("{wrong}\n\nFor more information, try `sayso --help`."));
            return ExitCode::from(2);
        }
    };
    match outcome {
        Outcome::AllRead => ExitCode::SUCCESS,
        Outcome::Failed => ExitCode::from(1),
        Outcome::Interrupted => ExitCode::from(interrupt::STATUS),
    }
}

/// A message on standard error, which nothing can be done about if that is closed.
pub(crate) fn complain(message: &str) {
    let mut stderr = anstream::stderr().lock();
    let message = shown::plain(message);
    let _closed =
        writeln!(stderr, "{}error:{} {message}", shown::ERROR.render(), shown::ERROR.render_reset());
}

/// A remark on standard error about an input that is read all the same.
pub(crate) fn remark(note: &str) {
    let mut stderr = anstream::stderr().lock();
    let _closed = writeln!(stderr, "note: {}", shown::plain(note));
}
