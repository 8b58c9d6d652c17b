//! The attribution network against the one that was trained: what PyTorch says of the sample articles is recorded in
//! `tagger/expected.tsv` by training/attribution/record.py, in single precision; weights here are half as precise.

use sayso::attribution::tagger;
use sayso::offsets::CodePoints;
use sayso::text::Span;
use sayso::{Models, quotations, syntax};
use std::collections::BTreeMap;
use std::path::Path;

/// How far a probability may be from the recorded one.
const TOLERANCE: f32 = 0.02;

/// Of a hundred attributions so many may have other words: two roles that are as likely as each other.
const OTHER_WORDS_PERCENT: usize = 2;

#[test]
fn the_network_says_what_the_trained_one_said() {
    let models = Models::load();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples");
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in include_str!("tagger/expected.tsv").lines() {
        let (article, rest) = line.split_once('\t').expect("a row starts with its article");
        expected.entry(article).or_default().push(rest);
    }
    assert!(expected.len() >= 6, "every sample is recorded");
    let (mut other_words, mut all) = (Vec::new(), 0);
    for (name, rows) in expected {
        let text = std::fs::read_to_string(samples.join(name)).expect("samples are there");
        let found = proposals(&text, &models);
        for row in rows {
            let (probability, words) = row.split_once('\t').expect("a row holds a probability and spans");
            let wanted: f32 = probability.parse().expect("probabilities are numbers");
            let cue = words.split('\t').nth(1).expect("a row holds three roles");
            let same_cue = found.iter().find(|(_, found)| found.split('\t').nth(1) == Some(cue));
            let (probability, found) =
                same_cue.unwrap_or_else(|| panic!("{name}: no attribution at {cue}, expected {row}"));
            assert!(
                (probability - wanted).abs() < TOLERANCE,
                "{name}: {probability} at {cue}, expected {row}"
            );
            all += 1;
            if found != words {
                other_words.push(format!("{name}: {found} instead of {words}"));
            }
        }
    }
    assert!(other_words.len() * 100 <= all * OTHER_WORDS_PERCENT, "{all} rows\n{}", other_words.join("\n"));
}

/// Probability and spans of each proposal as the record writes them.
fn proposals(text: &str, models: &Models) -> Vec<(f32, String)> {
    let article = sayso_acquire::read(text.as_bytes(), &sayso_acquire::Options::default())
        .expect("samples are articles");
    let quotations = quotations::find(&article);
    let points = CodePoints::new(&article.text);
    let shown = |spans: &[Span]| {
        let spans = spans.iter().map(|span| points.pair(*span)).map(|[start, end]| format!("{start}-{end}"));
        let joined = spans.collect::<Vec<_>>().join(",");
        if joined.is_empty() { "-".to_owned() } else { joined }
    };
    let all = syntax::parse_with_vectors(&article, &models.syntax);
    let found = tagger::propose(&article.text, &all, &quotations, &models.attribution);
    found
        .iter()
        .map(|one| {
            let spans = &one.attribution;
            let roles = [&spans.source, &spans.cue, &spans.content].map(|spans| shown(spans));
            (one.probability, roles.join("\t"))
        })
        .collect()
}
