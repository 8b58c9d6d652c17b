//! The encoder of claims says what its original does (training/claims/record.py), but for what eight bits lose.

use sayso_model::claims::{Embedder, Embedding, NUMBERS, SIGNATURE_BYTES, Signature};
use serde_json::Value;
use std::sync::LazyLock;

const RECORDED: &str = include_str!("claims.jsonl");
/// How near ours lies to the original.
const NEAR: f64 = 0.99;
/// How far the nearness of two sentences may be off.
const OFF: f64 = 0.03;

static EMBEDDER: LazyLock<Embedder> = LazyLock::new(Embedder::load);

struct Recorded {
    text: String,
    numbers: Vec<f64>,
}

fn recorded() -> Vec<Recorded> {
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let numbers = row["numbers"].as_array().expect("a list").iter();
        Recorded {
            text: row["text"].as_str().expect("a text").to_owned(),
            numbers: numbers.map(|number| number.as_f64().expect("a number")).collect(),
        }
    };
    RECORDED.lines().map(row).collect()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn numbers(embedding: &Embedding) -> Vec<f64> {
    embedding.bytes().iter().map(|byte| f64::from(i8::from_le_bytes([*byte]))).collect()
}

#[test]
fn it_says_what_the_original_said() {
    let recorded = recorded();
    let texts: Vec<&str> = recorded.iter().map(|row| row.text.as_str()).collect();
    let ours = EMBEDDER.embed(&texts);
    for (row, own) in recorded.iter().zip(&ours) {
        let near = cosine(&row.numbers, &numbers(own));
        assert!(near > NEAR, "{near:.4}: {}", row.text);
    }
    for (row, own) in recorded.iter().zip(&ours) {
        for (other_row, other) in recorded.iter().zip(&ours) {
            let (theirs, own) = (cosine(&row.numbers, &other_row.numbers), own.cosine(other));
            assert!((theirs - own).abs() < OFF, "{own:.3}, not {theirs:.3}: {} {}", row.text, other_row.text);
        }
    }
}

#[test]
fn a_text_is_read_alone_as_among_others() {
    let recorded = recorded();
    let texts: Vec<&str> = recorded.iter().map(|row| row.text.as_str()).collect();
    let together = EMBEDDER.embed(&texts);
    for (text, embedding) in texts.iter().zip(together) {
        assert_eq!(EMBEDDER.embed(&[text]), [embedding], "{text}");
    }
    assert!(EMBEDDER.embed(&[]).is_empty());
}

#[test]
fn odd_texts_have_an_embedding_too() {
    let long = "the quay stays shut ".repeat(2_000);
    let unbroken = "a".repeat(100_000);
    let odd = ["", " \n", "\u{200b}\u{ad}", "😀😀", "ق", "[CLS] [SEP] ##ing", &long, &unbroken];
    let embeddings = EMBEDDER.embed(&odd);
    assert_eq!(embeddings.len(), odd.len());
    for (text, embedding) in odd.iter().zip(&embeddings) {
        assert!((embedding.cosine(embedding) - 1.0).abs() < 1e-9, "{:.20}", text);
    }
    // what stands after the pieces that are read does not count
    assert_eq!(EMBEDDER.embed(&[&format!("{long} and open")])[0], embeddings[6]);
}

#[test]
fn what_is_kept_is_what_was_made() {
    let made = EMBEDDER.embed(&["Boats were counted.", "Every boat was counted.", "The crane is not safe."]);
    for embedding in &made {
        assert_eq!(Embedding::from_bytes(&embedding.bytes()).as_ref(), Some(embedding));
        let signature = embedding.signature();
        assert_eq!(Signature::from_bytes(&signature.bytes()), Some(signature));
        assert_eq!(signature.distance(&signature), 0);
        let set: u32 = signature.bytes().iter().map(|byte| byte.count_ones()).sum();
        let positive = numbers(embedding).iter().filter(|number| **number > 0.0).count();
        assert_eq!(set as usize, positive);
    }
    let [a, b, c] = &made[..] else { panic!("three texts have three embeddings") };
    assert!(a.cosine(b) > 0.7 && a.cosine(b) > a.cosine(c) + 0.3);
    assert!(a.signature().distance(&b.signature()) < a.signature().distance(&c.signature()));
    assert_eq!(Embedding::from_bytes(&[0; NUMBERS - 1]), None);
    assert_eq!(Signature::from_bytes(&[0; SIGNATURE_BYTES + 1]), None);
    let nothing = Embedding::from_bytes(&[0; NUMBERS]).expect("as many numbers");
    assert_eq!(nothing.cosine(a).to_bits(), 0.0_f64.to_bits());
    assert!(Embedder::name().starts_with("all-MiniLM-L6-v2 "));
}
