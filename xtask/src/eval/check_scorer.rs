//! Our scorer against the Python scorer that defines the figures, live, on the same gold and predictions.

use super::gold::{CorpusDocument, read_corpus};
use crate::score::{Counts, Punctuation, Report, Spans, count_document, summarise};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};

/// A sample with attributions as gold and as predicted (`eval/scorer/documents.jsonl`).
#[derive(Deserialize)]
pub(crate) struct Recorded {
    /// Path from the root of the repository.
    document: String,
    pub(crate) gold: Vec<Spans>,
    /// None where nothing is predicted.
    pub(crate) predicted: Option<Vec<Spans>>,
    #[serde(skip)]
    pub(crate) text: String,
}

impl Recorded {
    /// All recorded documents.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn read(root: &Path) -> Result<Vec<Self>> {
        let lines = std::fs::read_to_string(root.join("eval/scorer/documents.jsonl"))?;
        let documents = lines.lines().enumerate().map(|(i, line)| {
            let mut document: Self = serde_json::from_str(line).with_context(|| format!("line {}", i + 1))?;
            document.text = std::fs::read_to_string(root.join(&document.document))?;
            Ok(document)
        });
        documents.collect()
    }
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
    let (mut own, mut recorded) = (Vec::new(), BTreeMap::new());
    for document in Recorded::read(root)? {
        recorded.extend(document.predicted.map(|spans| (document.document.clone(), spans)));
        own.push(CorpusDocument { id: document.document, text: document.text, attributions: document.gold });
    }
    let mut is_equal = check(scorer, "own", &own, &recorded)?;
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
