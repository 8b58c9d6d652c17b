//! `cargo xtask features`: what the attribution network sees of a corpus, for training it.
//!
//! Everything is computed by the code that the program runs, so that training and use cannot differ.

use crate::documents::{self, Document};
use anyhow::{Context, Result};
use sayso::attribution::tagger::features;
use sayso::offsets::CodePoints;
use sayso::{Models, Tier, quotations, syntax};
use sayso_model::attribution::TABLES;
use sayso_model::{Dep, EntityKind, Tag};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  features CORPUS STEM   write what the attribution network sees of a corpus (JSON Lines with `id` and `text`)
                         to STEM.jsonl and STEM.vectors (f32, 96 a token)";

/// Runs the command.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let [corpus, stem] = arguments else { anyhow::bail!("expected a corpus and a stem\n{HELP}") };
    let documents = documents::read(corpus)?;
    let create = |ending: &str| -> Result<BufWriter<File>> {
        let path = format!("{stem}.{ending}");
        Ok(BufWriter::new(File::create(&path).with_context(|| format!("write {path}"))?))
    };
    let (mut rows, mut vectors) = (create("jsonl")?, create("vectors")?);
    let sizes = serde_json::json!({ "tables": TABLES, "tag": Tag::ALL.len(), "dep": Dep::ALL.len(), "entity": EntityKind::ALL.len() });
    writeln!(rows, "{sizes}")?;
    let models = Models::load(Tier::Fast);
    for document in documents {
        let document = document?;
        write(&document, &models, &mut rows, &mut vectors).with_context(|| document.id.clone())?;
    }
    rows.flush()?;
    vectors.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write(
    document: &Document,
    models: &Models,
    rows: &mut impl Write,
    vectors: &mut impl Write,
) -> Result<()> {
    let article = document.article()?;
    let quotations = quotations::find(&article);
    let all = syntax::parse_with_vectors(&article, &models.syntax);
    let features = features::of(&article.text, &all, &quotations, &models.attribution);
    let points = CodePoints::new(&article.text);
    let spans: Vec<[usize; 2]> = all.tokens.iter().map(|token| points.pair(token.span)).collect();
    let lemmas: Vec<String> = all.tokens.iter().map(|token| token.lemma.to_lowercase()).collect();
    let line = serde_json::json!({
        "id": document.id, "spans": spans, "rows": features.rows(&all), "lemmas": lemmas,
    });
    writeln!(rows, "{line}")?;
    for number in &all.vectors {
        vectors.write_all(&number.to_le_bytes())?;
    }
    Ok(())
}
