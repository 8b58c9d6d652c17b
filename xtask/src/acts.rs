//! `cargo xtask acts`: what an act is judged by, for fitting the classifiers.
//!
//! Everything is computed by the code that the program runs, so that fitting and use cannot differ.

use crate::documents;
use anyhow::{Context, Result};
use sayso::offsets::CodePoints;
use sayso::{Models, Tier, act, identity, inspect};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  acts CORPUS FILE [--read]    write what the classifiers of acts see of each attribution in a corpus (JSON Lines with `id` and `text`);
                         with --read also what the reader makes of it, for teaching a smaller one";

/// Runs the command.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let (corpus, path, is_read) = match arguments {
        [corpus, path] => (corpus, path, false),
        [corpus, path, option] if option == "--read" => (corpus, path, true),
        _ => anyhow::bail!("expected a corpus and a file\n{HELP}"),
    };
    let mut rows = BufWriter::new(File::create(path).with_context(|| format!("write {path}"))?);
    let models = Models::load(Tier::default());
    for document in documents::read(corpus)? {
        let document = document?;
        let article = document.article().with_context(|| document.id.clone())?;
        let layers = inspect(&article, &models);
        let sayso::Layers { syntax, quotations, attributions } = &layers;
        let identities = identity::resolve(&article, syntax, quotations, attributions);
        let all = act::features(&article, syntax, quotations, attributions, &identities);
        let points = CodePoints::new(&article.text);
        for (attribution, features) in attributions.iter().zip(all) {
            let act::Features { wording, candidates, passage } = features;
            let read = models.reader.as_ref().filter(|_| is_read);
            let impression = read.and_then(|reader| reader.read(std::slice::from_ref(&passage)).pop());
            let content: Vec<[usize; 2]> =
                attribution.content.iter().map(|span| points.pair(*span)).collect();
            let words: Vec<String> = wording.words.into_iter().map(|(word, _)| word).collect();
            let targets: Vec<_> = candidates
                .into_iter()
                .zip(passage.candidates)
                .map(|(candidate, tokens)| {
                    let known = candidate.target.source.and_then(|at| identities.sources.get(at));
                    serde_json::json!({
                        "at": points.pair(candidate.target.span), "name": candidate.target.name,
                        "names": known.map(|source| &source.names), "signs": candidate.signs,
                        "tokens": tokens.map(|tokens| [tokens.start, tokens.end]),
                    })
                })
                .collect();
            let marks: Vec<u8> = passage.marks.iter().map(|mark| *mark as u8).collect();
            let mut row = serde_json::json!({
                "id": document.id, "content": content, "is_open": wording.is_open, "signs": wording.signs, "words": words,
                "targets": targets, "forms": passage.forms, "marks": marks,
            });
            if let Some(impression) = impression {
                row["read"] = serde_json::json!({ "acts": impression.acts, "targets": impression.targets });
            }
            writeln!(rows, "{row}")?;
        }
    }
    rows.flush()?;
    Ok(ExitCode::SUCCESS)
}
