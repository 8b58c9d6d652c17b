//! What `read`, `add` and `watch` share: every input as an article, several at once, in the order given.

use super::take_pages;
use crate::args::Reading;
use crate::inputs::Input;
use crate::interrupt::Interrupt;
use crate::progress::{Progress, Taken};
use crate::{Outcome, complain, flight, remark};
use sayso::article::Article;
use sayso::ledger::{Ledger, SCHEMA};
use sayso::{Models, Tier};
use sayso_acquire::{AcquireError, Document};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};

/// What Ctrl-C does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It ends the program.
    AtOnce,
    /// The first one lets what is in work be finished.
    Drained,
}

impl Ending {
    /// What asks for the end from now on.
    pub(super) fn interrupt(self, progress: &Progress) -> Interrupt {
        let progress = progress.clone();
        let say = move || {
            progress.aside(|| remark("what is in work is finished; Ctrl-C again ends this at once"));
        };
        match self {
            Self::AtOnce => Interrupt::default(),
            Self::Drained => Interrupt::of_signals(say).unwrap_or_else(|error| {
                remark(&format!("Ctrl-C will end this at once, as no signal can be waited for ({error})"));
                Interrupt::default()
            }),
        }
    }
}

/// Makes something of every input, on as many threads as there are, and writes it in order; one that fails is complained about and does not
/// stop the others. What `known` makes something of need not be read.
pub(super) fn each<T: Send>(
    reading: &Reading,
    ending: Ending,
    known: impl Fn(&Document) -> Option<T> + Sync,
    of_article: impl Fn(Document, Article, &Models) -> T + Sync,
    of_failure: impl Fn(&str, &str) -> T + Sync,
    write: impl FnMut(Vec<T>) -> io::Result<()>,
) -> io::Result<Outcome> {
    let taken = Taken::default();
    let progress = Progress::new(&taken, || reading.inputs.iter().map(Input::size_bytes).sum());
    let interrupt = ending.interrupt(&progress);
    let published = reading.published.as_ref();
    let documents = reading.inputs.iter().flat_map(|input| input.documents(published, &taken));
    each_of(
        documents.map(|document| ((), document)),
        reading.tier,
        (&progress, &interrupt),
        known,
        |(), document, article, models| of_article(document, article, models),
        |(), id, why| of_failure(id, why),
        write,
    )
}

/// The same of any documents, each with what its reader knows of it.
pub(super) fn each_of<K: Send, T: Send>(
    mut documents: impl Iterator<Item = (K, Result<Document, AcquireError>)> + Send,
    tier: Tier,
    (progress, interrupt): (&Progress, &Interrupt),
    known: impl Fn(&Document) -> Option<T> + Sync,
    of_article: impl Fn(K, Document, Article, &Models) -> T + Sync,
    of_failure: impl Fn(K, &str, &str) -> T + Sync,
    mut write: impl FnMut(Vec<T>) -> io::Result<()>,
) -> io::Result<Outcome> {
    let models = Models::load(tier);
    let workers = take_pages::workers();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let shows_data = io::stdout().is_terminal();
    let (mut outcome, cut) = (Outcome::AllRead, AtomicBool::new(false));
    let result = flight::run(
        std::iter::from_fn(|| {
            if interrupt.is_asked() {
                cut.store(true, Ordering::SeqCst);
                return None;
            }
            documents.next()
        }),
        threads,
        |(_, document)| document.as_ref().map_or(0, |document| document.bytes.len() as u64),
        |(about, document)| {
            if let Some(made) = document.as_ref().ok().and_then(&known) {
                return (made, None);
            }
            let read = document.and_then(|document| Ok((workers.article(&document)?, document)));
            match read {
                Ok((article, document)) => (of_article(about, document, article, &models), None),
                Err(error) => {
                    let why = error.to_string();
                    (of_failure(about, error.id(), &why), Some(why))
                }
            }
        },
        |results| {
            let mut done = Vec::with_capacity(results.len());
            for (made, why) in results {
                // what failed now may have failed because of the signal; it, and what comes after it, is the next run's
                if why.is_some() && interrupt.is_asked() {
                    outcome = Outcome::Interrupted;
                }
                if outcome == Outcome::Interrupted {
                    break;
                }
                progress.step();
                if let Some(why) = why {
                    outcome = Outcome::Failed;
                    progress.aside(|| complain(&why));
                }
                done.push(made);
            }
            if shows_data { progress.aside(|| write(done)) } else { write(done) }
        },
    );
    progress.finish();
    result.map(|()| if cut.into_inner() { Outcome::Interrupted } else { outcome })
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
