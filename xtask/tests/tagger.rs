//! The attribution network against the one that was trained: what PyTorch says of the sample articles is recorded in
//! `tagger/TIER.tsv` by training/attribution/record.py, in single precision; weights here are half as precise, those of the encoder an eighth.

use sayso::attribution::tagger;
use sayso::offsets::CodePoints;
use sayso::text::Span;
use sayso::{Models, Tier, quotations, syntax};
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn the_fast_network_says_what_the_trained_one_said() {
    check(Tier::Fast, include_str!("tagger/fast.tsv"), 0.02, 2);
}

#[test]
fn the_accurate_network_says_what_the_trained_one_said() {
    check(Tier::Accurate, include_str!("tagger/accurate.tsv"), 0.15, 4);
}

/// `tolerance` is how far a probability may be from the recorded one. Of a hundred attributions `percent` may be further from it, or have other
/// words: two answers that are as likely as each other.
fn check(tier: Tier, recorded: &str, tolerance: f32, percent: usize) {
    let models = Models::load(tier);
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples");
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in recorded.lines() {
        let (article, rest) = line.split_once('\t').expect("a row starts with its article");
        expected.entry(article).or_default().push(rest);
    }
    assert!(expected.len() >= 6, "every sample is recorded");
    let (mut others, mut all) = (Vec::new(), 0);
    for (name, rows) in expected {
        let text = std::fs::read_to_string(samples.join(name)).expect("samples are there");
        let found = proposals(&text, &models);
        for row in rows {
            let (probability, words) = row.split_once('\t').expect("a row holds a probability and spans");
            let wanted: f32 = probability.parse().expect("probabilities are numbers");
            let cue = words.split('\t').nth(1).expect("a row holds three roles");
            let same_cue = found.iter().find(|(_, found)| found.split('\t').nth(1) == Some(cue));
            all += 1;
            match same_cue {
                None => others.push(format!("{name}: nothing at {cue} instead of {row}")),
                Some((probability, _)) if (probability - wanted).abs() >= tolerance => {
                    others.push(format!("{name}: {probability} at {cue} instead of {wanted}"));
                }
                Some((_, found)) if found != words => {
                    others.push(format!("{name}: {found} instead of {words}"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(all >= 100, "{all} rows say little");
    assert!(others.len() * 100 <= all * percent, "{} of {all} rows\n{}", others.len(), others.join("\n"));
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
        .proposals
        .iter()
        .map(|one| {
            let spans = &one.attribution;
            let roles = [&spans.source, &spans.cue, &spans.content].map(|spans| shown(spans));
            (one.probability, roles.join("\t"))
        })
        .collect()
}
