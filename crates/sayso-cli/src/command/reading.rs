//! What `read` and `add` share: every input as an article, several at once, in the order given.

use super::take_pages;
use crate::args::Reading;
use crate::inputs::Input;
use crate::progress::Progress;
use crate::{Outcome, complain, flight};
use sayso::Models;
use sayso::article::Article;
use sayso::ledger::{Ledger, SCHEMA};
use sayso_acquire::Document;
use std::io;

/// Makes something of every input, on as many threads as there are, and writes it in order; one that fails is complained about and does not
/// stop the others.
pub(super) fn each<T: Send>(
    reading: &Reading,
    of_article: impl Fn(Document, &Article, &Models) -> T + Sync,
    of_failure: impl Fn(&str, &str) -> T + Sync,
    mut write: impl FnMut(T) -> io::Result<()>,
) -> io::Result<Outcome> {
    let models = Models::load(reading.tier);
    let workers = take_pages::workers();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    // how many articles a folder or a collection holds, nobody knows before
    let progress =
        Progress::new(if reading.inputs.iter().any(Input::is_folder) { 0 } else { reading.inputs.len() });
    let mut outcome = Outcome::AllRead;
    let documents = reading.inputs.iter().flat_map(|input| input.documents(reading.published.as_ref()));
    let result = flight::run(
        documents,
        threads,
        |document| document.as_ref().map_or(0, |document| document.bytes.len() as u64),
        |document| {
            let read = document.and_then(|document| Ok((workers.article(&document)?, document)));
            match read {
                Ok((article, document)) => (of_article(document, &article, &models), None),
                Err(error) => {
                    let why = error.to_string();
                    (of_failure(error.id(), &why), Some(why))
                }
            }
        },
        |(made, why)| {
            progress.step();
            progress.aside(|| {
                if let Some(why) = why {
                    outcome = Outcome::Failed;
                    complain(&why);
                }
                write(made)
            })
        },
    );
    progress.finish();
    result.map(|()| outcome)
}

/// The ledger of an article; of one in a language that is not read its text and blocks, and no statements.
pub(super) fn ledger(article: &Article, models: &Models) -> Ledger {
    if sayso_acquire::is_read(article.origin.language.as_deref()) {
        return sayso::analyze(article, models);
    }
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: sayso::ledger::Document::of(article),
        sources: Vec::new(),
        statements: Vec::new(),
        notes: article.notes.clone(),
    }
}
