//! `sayso completions SHELL`.

use super::Command;
use crate::Outcome;
use clap::{Arg, value_parser};
use std::io::Write;

pub(super) const COMMAND: Command = Command {
    name: "completions",
    about: "Print completions for a shell",
    examples: "Example:\n  sayso completions bash > ~/.local/share/bash-completion/completions/sayso",
    arguments,
    start: |matches| Ok(run(*matches.get_one("shell").expect("clap requires a shell"))),
};

fn arguments(command: clap::Command) -> clap::Command {
    command.arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(clap_complete::Shell)),
    )
}

fn run(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::line(), "sayso", &mut script);
    super::written(std::io::stdout().lock().write_all(&script).map(|()| Outcome::AllRead))
}
