//! The reader of acts says what its PyTorch original was recorded to say (training/act/record.py), but for what eight bits lose.

use sayso_model::acts::ACTS;
use sayso_model::acts::reader::{Mark, Passage, Reader};
use serde_json::Value;
use std::ops::Range;

const RECORDED: &str = include_str!("reader.jsonl");
/// How far a logit may be off on average.
const MEAN: f32 = 0.12;
/// How far one logit may be off.
const MOST: f32 = 0.8;

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("a small number")
}

fn passage(row: &Value) -> Passage<'_> {
    let list = |name: &str| row[name].as_array().expect("a list");
    let mark = |value: &Value| match number(value) {
        0 => Mark::Around,
        1 => Mark::Source,
        2 => Mark::Cue,
        _ => Mark::Content,
    };
    let range = |value: &Value| -> Option<Range<usize>> {
        value.as_array().map(|pair| number(&pair[0])..number(&pair[1]))
    };
    Passage {
        forms: list("forms").iter().map(Value::as_str).collect(),
        marks: list("marks").iter().map(mark).collect(),
        candidates: list("candidates").iter().map(range).collect(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "recorded with three digits")]
fn real(value: &Value) -> f32 {
    value.as_f64().expect("a number") as f32
}

#[test]
fn it_says_what_the_original_said() {
    let rows: Vec<Value> = RECORDED.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let passages: Vec<Passage> = rows.iter().map(passage).collect();
    let reader = Reader::load();
    let mut off = Vec::new();
    for (row, impression) in rows.iter().zip(reader.read(&passages)) {
        let recorded: Vec<f32> = row["acts"].as_array().expect("a list").iter().map(real).collect();
        assert_eq!(recorded.len(), ACTS);
        off.extend(recorded.iter().zip(impression.acts).map(|(a, b)| (a - b).abs()));
        let act = number(&row["act"]);
        for (recorded, scores) in row["targets"].as_array().expect("a list").iter().zip(&impression.targets) {
            assert_eq!(recorded.is_null(), scores.is_none());
            off.extend(scores.map(|scores| (scores[act] - real(recorded)).abs()));
        }
    }
    let (mean, most) = (off.iter().sum::<f32>() / off.len() as f32, off.iter().copied().fold(0.0, f32::max));
    assert!(mean < MEAN && most < MOST, "off by {mean} on average, {most} at most");
}

#[test]
fn a_passage_is_read_alone_as_among_others() {
    let rows: Vec<Value> = RECORDED.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let passages: Vec<Passage> = rows.iter().map(passage).collect();
    let reader = Reader::load();
    let together = reader.read(&passages);
    for (passage, impression) in passages.into_iter().zip(together) {
        assert_eq!(reader.read(&[passage]), [impression]);
    }
    assert!(reader.read(&[]).is_empty());
    assert_eq!(reader.read(&[Passage::default()]).len(), 1, "an empty passage is one");
}
