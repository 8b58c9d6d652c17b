//! `sayso read`: articles in, ledgers out, in the order given.

use super::take_pages;
use crate::config::{Output, ReadConfig};
use crate::export::Inputs;
use crate::export::folder::Folder;
use crate::inputs::Input;
use crate::progress::Progress;
use crate::{Outcome, complain, failed, flight};
use sayso::Models;
use sayso::article::Article;
use sayso::ledger::{Ledger, SCHEMA};
use sayso::text::Text;
use sayso_acquire::{AcquireError, Document, Workers};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// What became of an input.
enum Read {
    /// Its ledger in the chosen format, and its text.
    Printed { id: String, printed: Vec<u8>, text: Text },
    /// Why it could not be read, and what the format prints for that.
    Failed { why: String, printed: Vec<u8> },
}

pub(super) fn run(config: &ReadConfig) -> Outcome {
    let result = match &config.output {
        Output::Stdout => stream(config, &mut io::stdout().lock()),
        Output::File(path) => match File::create(path) {
            Ok(file) => stream(config, &mut BufWriter::new(file)),
            Err(error) => Err(error),
        },
        Output::Folder(path) => Folder::new(path).and_then(|mut folder| {
            each(config, |read| match read {
                Read::Printed { id, printed, text } => {
                    folder.write(config.exporter, &id, &printed, text.as_str())
                }
                Read::Failed { .. } => Ok(()),
            })
        }),
    };
    super::written(result)
}

fn stream(config: &ReadConfig, out: &mut dyn Write) -> io::Result<Outcome> {
    out.write_all(&(config.exporter.start)())?;
    let mut first = true;
    let outcome = each(config, |read| {
        let (Read::Printed { printed: bytes, .. } | Read::Failed { printed: bytes, .. }) = read;
        if !bytes.is_empty() {
            if !std::mem::take(&mut first) {
                if let Inputs::One { instead } = config.exporter.inputs {
                    let name = config.exporter.name;
                    let why =
                        format!("--format {name} is for one article, but there are more; expected {instead}");
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
                }
                out.write_all(config.exporter.between.as_bytes())?;
            }
            out.write_all(&bytes)?;
        }
        out.flush()
    })?;
    out.flush()?;
    Ok(outcome)
}

/// Reads every input; one that fails is complained about and does not stop the others.
fn each(config: &ReadConfig, mut write: impl FnMut(Read) -> io::Result<()>) -> io::Result<Outcome> {
    let models = Models::load(config.tier);
    let workers = take_pages::workers();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    // how many articles a folder or a collection holds, nobody knows before
    let progress =
        Progress::new(if config.inputs.iter().any(Input::is_folder) { 0 } else { config.inputs.len() });
    let mut outcome = Outcome::AllRead;
    let documents = config.inputs.iter().flat_map(|input| input.documents(config.published.as_ref()));
    let result = flight::run(
        documents,
        threads,
        |document| document.as_ref().map_or(0, |document| document.bytes.len() as u64),
        |document| read(config, &models, &workers, document),
        |read| {
            progress.step();
            progress.aside(|| {
                if let Read::Failed { why, .. } = &read {
                    outcome = Outcome::Failed;
                    complain(why);
                }
                write(read)
            })
        },
    );
    progress.finish();
    result.map(|()| outcome)
}

fn read(
    config: &ReadConfig,
    models: &Models,
    workers: &Workers,
    document: Result<Document, AcquireError>,
) -> Read {
    let article = match document.and_then(|document| workers.article(&document)) {
        Ok(article) => article,
        Err(error) => {
            let why = error.to_string();
            let printed = (config.exporter.failed)(&failed::ledger(error.id(), &why));
            return Read::Failed { why, printed };
        }
    };
    let (id, text) = (article.origin.id.clone(), article.text.clone());
    let mut ledger = if sayso_acquire::is_read(article.origin.language.as_deref()) {
        sayso::analyze(&article, models)
    } else {
        unread(&article)
    };
    if let Some(least) = config.min_confidence {
        ledger.leave_out_below(least);
    }
    Read::Printed { id, printed: (config.exporter.one)(&ledger, &config.look), text }
}

/// The ledger of an article in a language that is not read: its text and blocks, and no statements.
fn unread(article: &Article) -> Ledger {
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: sayso::ledger::Document::of(article),
        sources: Vec::new(),
        statements: Vec::new(),
        notes: article.notes.clone(),
    }
}
