//! `sayso check`: whether the library is what was written, and what could not be read.

use crate::config::CheckConfig;
use crate::export::words;
use crate::{Outcome, complain, remark};
use sayso_store::{Store, StoreError};
use std::io::{self, Write};

pub(super) fn run(config: &CheckConfig) -> Outcome {
    match check(config) {
        Ok((line, outcome)) => super::written(writeln!(io::stdout().lock(), "{line}").map(|()| outcome)),
        Err(error) => {
            complain(&error.to_string());
            Outcome::Failed
        }
    }
}

fn check(config: &CheckConfig) -> Result<(String, Outcome), StoreError> {
    // checking makes no library where there is none
    Store::read(&config.library)?;
    let store = Store::open(&config.library)?;
    for letter in store.reader().dead_letters()? {
        remark(&format!("not read on {}: {}", letter.at, letter.why));
    }
    let checked = store.check()?;
    for fault in &checked.faults {
        complain(&format!("{}: {}: {}", config.library.display(), fault.place, fault.what));
    }
    let (articles, statements) =
        (words::count(checked.articles, "article"), words::count(checked.statements, "statement"));
    let faults = words::count(checked.faults.len(), "fault");
    let outcome = if checked.faults.is_empty() { Outcome::AllRead } else { Outcome::Failed };
    Ok((format!("{articles}, {statements}, {faults}"), outcome))
}
