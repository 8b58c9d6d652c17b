//! Parity with spaCy's en_core_web_sm 3.8.0, stage by stage, over sentences and whole texts of our own writing.
//!
//! `sentences.txt` has a line for every kind of token that English tokenisation knows an exception for; `texts/` has articles. What
//! spaCy says of them was recorded by `record.py`.

mod records;

use records::{Recorded, Word};
use sayso_model::{AttributeRuler, Dep, Lemmatizer, Parsed, SyntaxModel, Tag, Tokenizer};
use std::fmt::Write;
use std::sync::LazyLock;

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

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

#[test]
fn tags_and_lemmas_agree() {
    let (mut tags, mut parts, mut lemmas) = (Tally::default(), Tally::default(), Tally::default());
    for (record, parsed) in all_parsed() {
        for (at, word) in record.words.iter().enumerate() {
            let differs =
                |found: &str, wanted: &str| format!("{}: {found}, spaCy {wanted}", place(&record, at));
            let (tag, part, lemma) = (parsed.tags[at], parsed.pos[at], &parsed.lemmas[at]);
            tags.count(tag == word.tag, || differs(tag.as_str(), word.tag.as_str()));
            parts.count(part == word.pos, || differs(part.as_str(), word.pos.as_str()));
            lemmas.count(**lemma == word.lemma, || differs(lemma, &word.lemma));
        }
    }
    tags.at_least(99.9, "tokens with equal tags");
    parts.at_least(99.9, "tokens with equal parts of speech");
    lemmas.at_least(99.9, "tokens with equal lemmas");
}

#[test]
fn trees_and_sentences_agree() {
    let (mut links, mut starts) = (Tally::default(), Tally::default());
    for (record, parsed) in all_parsed() {
        for (at, word) in record.words.iter().enumerate() {
            let (found, wanted) = ((parsed.heads[at] as usize, parsed.deps[at]), (word.head, word.dep));
            let show =
                |(head, dep): (usize, Dep)| format!("{} of {:?}", dep.as_str(), record.words[head].form);
            links.count(found == wanted, || {
                format!("{}: {}, spaCy {}", place(&record, at), show(found), show(wanted))
            });
            starts.count(parsed.sentence_starts[at] == word.starts_sentence, || {
                format!("{}: spaCy {}", place(&record, at), word.starts_sentence)
            });
        }
    }
    links.at_least(99.9, "tokens with equal heads and labels");
    starts.at_least(99.9, "tokens with equal sentence starts");
}

#[test]
fn entities_agree() {
    let mut tally = Tally::default();
    for (record, parsed) in all_parsed() {
        let mut found = vec![String::new(); record.words.len()];
        for &(first, end, kind) in &parsed.entities {
            for at in first..end {
                let part = if at == first { 'B' } else { 'I' };
                found[at as usize] = format!("{part}-{}", kind.as_str());
            }
        }
        for (at, word) in record.words.iter().enumerate() {
            tally.count(found[at] == word.entity, || {
                format!("{}: {:?}, spaCy {:?}", place(&record, at), found[at], word.entity)
            });
        }
    }
    tally.at_least(99.9, "tokens with equal entities");
}

#[test]
fn a_text_gives_the_same_alone_and_among_others() {
    for (record, among) in all_parsed() {
        let alone = MODEL.parse(&[&record.text]).remove(0);
        assert_eq!(format!("{alone:?}"), format!("{among:?}"), "{}", record.name);
    }
}

#[test]
fn texts_longer_than_a_batch_agree_with_their_paragraphs_but_for_the_edges() {
    // a long text is encoded in pieces: what its words see must not depend on where the cuts are
    let long: String = records::all().iter().map(|record| format!("{} ", record.text)).collect();
    let whole = MODEL.parse(&[&long]).remove(0);
    let from = whole.tokens.len() / 3;
    let cut = whole.tokens[from].start as usize;
    let rest = MODEL.parse(&[&long[cut..]]).remove(0);
    let inner = 4 * WIDTH;
    assert_eq!(rest.tokens.len(), whole.tokens.len() - from);
    assert_eq!(rest.vectors[inner..], whole.vectors[from * WIDTH + inner..]);
    assert_ne!(rest.vectors[..WIDTH], whole.vectors[from * WIDTH..][..WIDTH]);
}

#[test]
fn texts_without_words() {
    for (text, tokens) in [("", 0), (" ", 1), ("\n\n", 1), (" \u{a0}\t ", 1)] {
        let parsed = MODEL.parse(&[text, "Fine.", text]);
        assert_eq!(
            parsed.iter().map(|p| p.tokens.len()).collect::<Vec<_>>(),
            [tokens, 2, tokens],
            "{text:?}"
        );
        assert_eq!((parsed[0].vectors.len(), parsed[0].entities.len()), (tokens * WIDTH, 0), "{text:?}");
        assert!(parsed[0].sentence_starts.iter().all(|starts| *starts), "{text:?}");
    }
    assert!(MODEL.parse(&[]).is_empty());
}

/// Width of a token's vector.
const WIDTH: usize = 96;

/// Every record with what the model says of its text, all texts in one call.
fn all_parsed() -> Vec<(Recorded, Parsed)> {
    let records = records::all();
    let texts: Vec<&str> = records.iter().map(|record| record.text.as_str()).collect();
    let parsed = MODEL.parse(&texts);
    assert!(records.iter().zip(&parsed).all(|(r, p)| r.words.len() == p.tokens.len()), "tokens are equal");
    records.into_iter().zip(parsed).collect()
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
