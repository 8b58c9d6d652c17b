//! Evaluation, parity, benchmarks and fixtures: `cargo xtask COMMAND`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures go to stdout, usage and failures to stderr"
)]

mod acts;
mod bench;
mod claims;
mod crash;
mod documents;
mod eval;
mod features;
mod gold;
mod library;
mod pages;
mod parity;
mod score;
mod silver;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// One command: its name, a line of help, and what it does with its arguments.
struct Command {
    name: &'static str,
    help: &'static str,
    run: fn(&[String]) -> anyhow::Result<ExitCode>,
}

const COMMANDS: &[Command] = &[
    Command { name: "eval", help: eval::HELP, run: eval::run },
    Command { name: "gold", help: gold::HELP, run: gold::run },
    Command { name: "pages", help: pages::HELP, run: pages::run },
    Command { name: "parity", help: parity::HELP, run: parity::run },
    Command { name: "features", help: features::HELP, run: features::run },
    Command { name: "acts", help: acts::HELP, run: acts::run },
    Command { name: "silver", help: silver::HELP, run: silver::run },
    Command { name: "claims", help: claims::HELP, run: claims::run },
    Command { name: "bench", help: bench::HELP, run: bench::run },
    Command { name: "library", help: library::HELP, run: library::run },
    Command { name: "crash", help: crash::HELP, run: crash::run },
];

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(command) = arguments.first().and_then(|name| COMMANDS.iter().find(|c| c.name == name)) else {
        eprintln!("usage: cargo xtask COMMAND\n");
        for command in COMMANDS {
            eprintln!("{}\n", command.help);
        }
        return ExitCode::from(2);
    };
    match (command.run)(&arguments[1..]) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask {}: {error:#}", command.name);
            ExitCode::FAILURE
        }
    }
}
