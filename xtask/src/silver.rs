//! `cargo xtask silver`: what the rules alone find in a corpus, as labels that come from nobody's annotation.

use crate::documents;
use anyhow::{Context, Result};
use sayso::attribution::rules;
use sayso::offsets::CodePoints;
use sayso::text::Span;
use sayso::{quotations, syntax};
use sayso_model::SyntaxModel;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  silver CORPUS OUT      write a corpus (JSON Lines with `id` and `text`) with the attributions that the rules alone,
                         without a network, find in it: training data without anybody's annotation";

/// Runs the command.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let [corpus, out] = arguments else { anyhow::bail!("expected a corpus and a file to write\n{HELP}") };
    let documents = documents::read(corpus)?;
    let mut out = BufWriter::new(File::create(out).with_context(|| format!("write {out}"))?);
    let model = SyntaxModel::load();
    for document in documents {
        let document = document?;
        let article = document.article()?;
        let syntax = syntax::parse(&article, &model);
        let found = rules::find(&article, &syntax, &quotations::find(&article));
        let points = CodePoints::new(&article.text);
        let pairs = |spans: &[Span]| spans.iter().map(|span| points.pair(*span)).collect::<Vec<_>>();
        let attributions: Vec<_> = found
            .iter()
            .map(|one| serde_json::json!({ "source": pairs(&one.source), "cue": pairs(&one.cue), "content": pairs(&one.content) }))
            .collect();
        let line =
            serde_json::json!({ "id": document.id, "text": document.text, "attributions": attributions });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
