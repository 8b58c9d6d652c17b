//! Our scorer against the figures that the reference scorer gave (`eval/scorer/`), and the laws of scoring.

use super::{Counts, Punctuation, Report, Spans, count_document, summarise};
use crate::eval;
use serde_json::Value;
use std::collections::BTreeMap;

fn score(documents: &[(&str, Vec<Spans>, Vec<Spans>)], missing: usize, punctuation: Punctuation) -> Report {
    let mut total = Counts::default();
    for (text, gold, predicted) in documents {
        total.merge(&count_document(text, gold, predicted, punctuation).expect("spans inside the text"));
    }
    summarise(&total, missing)
}

#[test]
fn every_figure_equals_the_reference_scorers() {
    let root = crate::root();
    let file =
        |name: &str| std::fs::read_to_string(root.join("eval/scorer").join(name)).expect("recorded file");
    let expected: BTreeMap<String, Value> =
        serde_json::from_str(&file("expected.json")).expect("recorded figures");
    let recorded = eval::Recorded::read(&root).expect("recorded documents");
    let missing = recorded.iter().filter(|d| d.predicted.is_none()).count();
    let documents: Vec<_> = recorded
        .iter()
        .map(|d| (d.text.as_str(), d.gold.clone(), d.predicted.clone().unwrap_or_default()))
        .collect();
    for (name, punctuation) in [("words", Punctuation::Ignored), ("punctuation", Punctuation::Counted)] {
        let ours = score(&documents, missing, punctuation);
        let different = eval::differences(&expected[name], &ours);
        assert_eq!(
            different,
            Vec::<String>::new(),
            "{name}: after a change to a sample run eval/scorer/record.py"
        );
    }
}

const TEXT: &str = "The mayor said \"we will win today\". Bob told Al-Hadra that rain would, perhaps, stop. \
                    It was \u{201c}bad\u{201d} for all, aides say.";

fn span(words: &str) -> Vec<[usize; 2]> {
    let at = TEXT.find(words).expect("words of the text");
    let start = TEXT[..at].chars().count();
    vec![[start, start + words.chars().count()]]
}

fn attribution(source: &str, cue: &str, content: &str) -> Spans {
    let or_none = |words: &str| if words.is_empty() { Vec::new() } else { span(words) };
    Spans { source: or_none(source), cue: or_none(cue), content: or_none(content) }
}

fn e2e(gold: &[Spans], predicted: &[Spans]) -> (f64, f64) {
    let report = score(&[(TEXT, gold.to_vec(), predicted.to_vec())], 0, Punctuation::Ignored);
    let all = report.attributions["all"].measures["e2e_lenient"];
    (all.p, all.r)
}

#[test]
fn a_duplicate_costs_precision_and_the_better_source_is_matched() {
    let right = attribution("The mayor", "said", "we will win today");
    let wrong = Spans { source: span("Bob"), ..right.clone() };
    assert_eq!(e2e(std::slice::from_ref(&right), &[right.clone(), right.clone()]), (0.5, 1.0));
    assert_eq!(e2e(std::slice::from_ref(&right), &[wrong.clone(), right.clone()]), (0.5, 1.0));
    assert_eq!(e2e(&[right], &[wrong]), (0.0, 0.0));
}

#[test]
fn an_invented_source_is_wrong_where_gold_has_none() {
    let none = attribution("", "say", "It was \u{201c}bad\u{201d} for all");
    let invented = Spans { source: span("aides"), ..none.clone() };
    assert_eq!(e2e(std::slice::from_ref(&none), std::slice::from_ref(&none)), (1.0, 1.0));
    assert_eq!(e2e(&[none], &[invented]), (0.0, 0.0));
}

#[test]
fn nothing_to_find_and_nothing_found_is_perfect() {
    assert_eq!(e2e(&[], &[]), (1.0, 1.0));
    assert_eq!(e2e(&[], &[attribution("Bob", "told", "rain")]), (0.0, 0.0));
}

#[test]
fn intervals_hold_the_figure_and_do_not_change_between_runs() {
    let right = attribution("The mayor", "said", "we will win today");
    let count = |predicted: &[Spans]| {
        count_document(TEXT, std::slice::from_ref(&right), predicted, Punctuation::Ignored)
            .expect("spans inside")
    };
    let documents = [count(std::slice::from_ref(&right)), count(&[]), count(std::slice::from_ref(&right))];
    let intervals = super::intervals(&documents, 200);
    assert_eq!(intervals, super::intervals(&documents, 200));
    let (low, high) = intervals[2];
    assert!(low < 0.8 && high == 1.0, "{low} {high}");
}
