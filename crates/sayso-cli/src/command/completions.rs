//! `sayso completions SHELL`.

use crate::Outcome;
use std::io::Write;

pub(super) fn run(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::args::command(), "sayso", &mut script);
    super::written(std::io::stdout().lock().write_all(&script).map(|()| Outcome::AllRead))
}
