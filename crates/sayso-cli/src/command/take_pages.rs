//! `sayso take-pages`: what `read` and `article` start for web pages, which are taken apart in a process that can be stopped.

use super::Command;
use crate::Outcome;
use crate::interrupt::Interrupt;
use sayso_acquire::Workers;
use std::io;
use std::process;
use std::time::Duration;

pub(super) const COMMAND: Command =
    Command { name: NAME, about: "", examples: "", arguments: |command| command, start: |_| Ok(run()) };

/// The name of the command, which no help shows.
const NAME: &str = "take-pages";

/// Bytes of memory that a process for pages may ask for.
#[cfg(unix)]
const MOST_MEMORY_BYTES: u64 = 3 << 30;

/// How long a process goes on after somebody asked for the end: longer than anybody waits for a page.
const FINISHING: Duration = Duration::from_secs(30);

/// Processes of this program for web pages.
pub(super) fn workers() -> Workers {
    let program = std::env::current_exe().unwrap_or_else(|_| "sayso".into());
    Workers::new(move || {
        let mut command = process::Command::new(&program);
        command.arg(NAME);
        command
    })
}

fn run() -> Outcome {
    restrict();
    // Ctrl-C on a terminal is for every process there, and who waits for a page may want to finish it; who ended closes the input
    let _without = Interrupt::of_signals(|| {
        let _sooner = std::thread::Builder::new().spawn(|| {
            std::thread::sleep(FINISHING);
            process::exit(1)
        });
    });
    match sayso_acquire::serve(io::stdin(), io::stdout()) {
        Ok(()) => Outcome::AllRead,
        Err(_) => Outcome::Failed,
    }
}

/// A page may ask for more memory than there is.
#[cfg(unix)]
fn restrict() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum =
        getrlimit(Resource::As).maximum.map_or(MOST_MEMORY_BYTES, |most| most.min(MOST_MEMORY_BYTES));
    // without this limit pages are still read
    let _limited = setrlimit(Resource::As, Rlimit { current: Some(maximum), maximum: Some(maximum) });
}

#[cfg(not(unix))]
fn restrict() {}
