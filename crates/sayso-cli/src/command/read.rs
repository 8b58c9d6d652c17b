//! `sayso read`: articles in, ledgers out, in the order given.

use super::reading;
use crate::config::{Output, ReadConfig};
use crate::export::Inputs;
use crate::export::folder::Folder;
use crate::{Outcome, failed};
use sayso::Models;
use sayso::article::Article;
use sayso::text::Text;
use sayso_acquire::Document;
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// What became of an input.
enum Read {
    /// Its ledger in the chosen format, and its text.
    Printed { id: String, printed: Vec<u8>, text: Text },
    /// What the format prints for one that could not be read.
    Failed { printed: Vec<u8> },
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

fn each(config: &ReadConfig, write: impl FnMut(Read) -> io::Result<()>) -> io::Result<Outcome> {
    let of_article = |_: Document, article: &Article, models: &Models| {
        let mut ledger = reading::ledger(article, models);
        if let Some(least) = config.min_confidence {
            ledger.leave_out_below(least);
        }
        let printed = (config.exporter.one)(&ledger, &config.look);
        Read::Printed { id: article.origin.id.clone(), printed, text: article.text.clone() }
    };
    let of_failure =
        |id: &str, why: &str| Read::Failed { printed: (config.exporter.failed)(&failed::ledger(id, why)) };
    reading::each(&config.reading, of_article, of_failure, write)
}
