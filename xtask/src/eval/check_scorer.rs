//! Our scorer against the Python scorer that defines the figures, live, on the same gold and predictions.

use super::gold::{CorpusDocument, read_corpus};
use super::own_articles;
use crate::score::{Counts, Punctuation, Report, Spans, count_document, summarise};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Predictions by document, from JSON Lines.
///
/// # Errors
/// Says which line is not a document.
pub(crate) fn read_predictions(lines: &str) -> Result<BTreeMap<String, Vec<Spans>>> {
    #[derive(Deserialize)]
    struct Predicted {
        id: String,
        attributions: Vec<Spans>,
    }
    let documents = lines.lines().enumerate().map(|(i, line)| {
        let document: Predicted = serde_json::from_str(line).with_context(|| format!("line {}", i + 1))?;
        Ok((document.id, document.attributions))
    });
    documents.collect()
}

/// Figures of the reference's report that ours does not have, or has differently.
pub(crate) fn differences(reference: &Value, ours: &Report) -> Vec<String> {
    let ours = serde_json::to_value(ours).expect("a report is plain data");
    let mut different = Vec::new();
    compare("", reference, &ours, &mut different);
    different
}

fn compare(path: &str, reference: &Value, ours: &Value, different: &mut Vec<String>) {
    match (reference, ours) {
        (Value::Object(theirs), Value::Object(mine)) => {
            // `punct` is an option repeated, the intervals come from another random generator.
            for (key, value) in theirs.iter().filter(|(key, _)| !["punct", "ci95_f1"].contains(&key.as_str()))
            {
                compare(&format!("{path}/{key}"), value, mine.get(key).unwrap_or(&Value::Null), different);
            }
        }
        _ if reference.as_f64().is_some() && reference.as_f64() == ours.as_f64() => {}
        _ if reference == ours => {}
        _ => different.push(format!("{path}: {reference} and ours {ours}")),
    }
}

/// Runs both scorers over our own articles with recorded predictions, and over PolNeAR where it is at hand.
///
/// # Errors
/// When the Python scorer does not run.
pub(crate) fn run(root: &Path, scorer: &Path) -> Result<ExitCode> {
    let recorded = std::fs::read_to_string(root.join("eval/scorer/predictions.jsonl"))?;
    let own: Vec<CorpusDocument> = own_articles(root)?
        .into_iter()
        .map(|a| {
            let attributions = a.statements.into_iter().map(|s| s.spans).collect();
            CorpusDocument { id: a.id, text: a.text, attributions }
        })
        .collect();
    let mut is_equal = check(scorer, "own", &own, &read_predictions(&recorded)?)?;
    let polnear = root.join("../shared/data/polnear/dev.jsonl");
    if polnear.exists() {
        let documents = read_corpus(&polnear)?;
        let predicted = documents.iter().map(|d| (d.id.clone(), spoilt(&d.attributions))).collect();
        is_equal &= check(scorer, "polnear", &documents, &predicted)?;
    }
    Ok(if is_equal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(
    scorer: &Path,
    corpus: &str,
    gold: &[CorpusDocument],
    predicted: &BTreeMap<String, Vec<Spans>>,
) -> Result<bool> {
    let folder = std::env::temp_dir().join(format!("sayso-scorer-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let lines = |documents: Vec<Value>| documents.iter().map(|d| format!("{d}\n")).collect::<String>();
    let gold_lines = gold.iter().map(|d| json!({"id": d.id, "text": d.text, "attributions": d.attributions}));
    std::fs::write(folder.join("gold.jsonl"), lines(gold_lines.collect()))?;
    let predicted_lines = predicted.iter().map(|(id, spans)| json!({"id": id, "attributions": spans}));
    std::fs::write(folder.join("predicted.jsonl"), lines(predicted_lines.collect()))?;

    let mut is_equal = true;
    for punctuation in [Punctuation::Ignored, Punctuation::Counted] {
        let mut command = Command::new("python3");
        command.arg(scorer).args(["gold.jsonl", "predicted.jsonl", "--json", "report.json", "--quiet"]);
        if punctuation == Punctuation::Counted {
            command.arg("--punct");
        }
        let status = command.current_dir(&folder).status().context("run python3")?;
        ensure!(status.success(), "{} failed", scorer.display());
        let theirs: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("report.json"))?)?;
        let mut total = Counts::default();
        for document in gold {
            let spans = predicted.get(&document.id).map_or(&[][..], Vec::as_slice);
            total.merge(&count_document(&document.text, &document.attributions, spans, punctuation)?);
        }
        let different = differences(&theirs, &summarise(&total, gold.len() - predicted.len()));
        println!("{corpus}, punctuation {punctuation:?}: {} figures differ", different.len());
        different.iter().for_each(|line| println!("  {line}"));
        is_equal &= different.is_empty();
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(is_equal)
}

/// Gold spoilt by position: left out, cut short, without a source, split, or left as it is.
fn spoilt(gold: &[Spans]) -> Vec<Spans> {
    let spoil = |(i, spans): (usize, &Spans)| {
        let mut made = spans.clone();
        match (i % 5, made.content.first().copied()) {
            (0, _) => return None,
            (1, Some([start, end])) => made.content[0] = [start, start.max(end.saturating_sub(i % 40))],
            (2, _) => made.source.clear(),
            (3, Some([start, end])) => {
                let middle = start.midpoint(end);
                made.content.splice(..1, [[start, middle], [middle, end]]);
            }
            _ => {}
        }
        Some(made)
    };
    gold.iter().enumerate().filter_map(spoil).collect()
}
