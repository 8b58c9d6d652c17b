//! Parity with spaCy's en_core_web_sm 3.8.0, stage by stage, over sentences and whole texts of our own writing.
//!
//! `sentences.txt` has a line for every kind of token that English tokenisation knows an exception for; `texts/` has articles. What
//! spaCy says of them was recorded by `record.py`.

mod records;

use records::{Recorded, Word};
use sayso_model::{AttributeRuler, Dep, Lemmatizer, Tag, Tokenizer};
use std::fmt::Write;

/// How many disagreements a failing test shows.
const SHOWN: usize = 40;

#[test]
fn the_fixtures_are_as_many_as_promised() {
    let records = records::all();
    let texts = records.iter().filter(|record| record.name.ends_with(".txt")).count();
    assert!(texts >= 10 && records.len() - texts >= 300, "{texts} texts, {} records", records.len());
}

#[test]
fn the_fixtures_are_whole() {
    for record in records::all() {
        let words = &record.words;
        assert!(words.first().is_some_and(|word| word.starts_sentence), "{}", record.name);
        let sentences: Vec<usize> = words
            .iter()
            .scan(0, |number, word| {
                *number += usize::from(word.starts_sentence);
                Some(*number)
            })
            .collect();
        for (at, word) in words.iter().enumerate() {
            let place = || place(&record, at);
            assert!(word.head < words.len() && sentences[word.head] == sentences[at], "{}", place());
            let kind = word.entity.strip_prefix("I-");
            let goes_on = |kind| at > 0 && words[at - 1].entity.ends_with(kind);
            assert!(kind.is_none_or(goes_on), "{}", place());
        }
    }
}

#[test]
fn tokens_are_equal() {
    let tokenizer = Tokenizer::new();
    let mut tally = Tally::default();
    for record in records::all() {
        let found: Vec<(&str, bool)> = tokenizer
            .tokenize(&record.text)
            .iter()
            .map(|token| (token.form(&record.text), token.space_after))
            .collect();
        let wanted: Vec<(&str, bool)> =
            record.words.iter().map(|word| (word.form.as_str(), word.space_after)).collect();
        tally.count(found == wanted, || {
            let same = found.iter().zip(&wanted).take_while(|(found, wanted)| found == wanted).count();
            let show = |tokens: &[(&str, bool)]| -> String {
                tokens[same.saturating_sub(1)..]
                    .iter()
                    .take(6)
                    .map(|(form, space)| format!("{form:?}{}", if *space { "_" } else { "" }))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            format!("{}, token {same}: {} instead of {}", record.name, show(&found), show(&wanted))
        });
    }
    tally.at_least(100.0, "texts with equal tokens");
}

#[test]
fn rules_agree_on_given_tags_and_labels() {
    let (ruler, lemmatizer) = (AttributeRuler::new(), Lemmatizer::new());
    let (mut rules, mut lemmas) = (Tally::default(), Tally::default());
    for record in records::all() {
        let forms: Vec<&str> = record.words.iter().map(|word| word.form.as_str()).collect();
        let mut tags: Vec<Tag> = record.words.iter().map(|word| word.raw_tag).collect();
        let mut deps: Vec<Dep> = record.words.iter().map(|word| word.raw_dep).collect();
        let attributes = ruler.apply(&forms, &mut tags, &mut deps);
        for (at, (word, given)) in record.words.iter().zip(&attributes).enumerate() {
            let (found, wanted) = ((tags[at], deps[at], given.pos), (word.tag, word.dep, word.pos));
            rules.count(found == wanted, || format!("{}: {found:?}, spaCy {wanted:?}", place(&record, at)));
            let lemma =
                given.lemma.map_or_else(|| lemmatizer.lemma(&word.form, given.pos, given.morph), Into::into);
            lemmas.count(*lemma == word.lemma, || {
                format!("{} {:?}: {lemma:?}, spaCy {:?}", place(&record, at), given.pos, word.lemma)
            });
        }
    }
    rules.at_least(100.0, "tokens with equal attributes");
    lemmas.at_least(100.0, "tokens with equal lemmas");
}

/// A token in its surroundings.
fn place(record: &Recorded, at: usize) -> String {
    let around = |words: &[Word]| words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
    let (before, after) = (&record.words[at.saturating_sub(3)..at], &record.words[at + 1..]);
    let after = &after[..after.len().min(3)];
    format!("{}: {} [{}] {}", record.name, around(before), record.words[at].form, around(after))
}

/// Agreements counted, disagreements described.
#[derive(Default)]
struct Tally {
    all: usize,
    differences: Vec<String>,
}

impl Tally {
    fn count(&mut self, equal: bool, describe: impl FnOnce() -> String) {
        self.all += 1;
        if !equal {
            self.differences.push(describe());
        }
    }

    fn at_least(&self, percent: f64, what: &str) {
        let equal = self.all - self.differences.len();
        let reached = 100.0 * equal as f64 / self.all.max(1) as f64;
        let mut report = format!("{equal} of {} {what}: {reached:.2}%, at least {percent}% wanted", self.all);
        for difference in self.differences.iter().take(SHOWN) {
            write!(report, "\n  {difference}").expect("a string grows");
        }
        assert!(self.all > 0 && reached >= percent, "{report}");
    }
}
