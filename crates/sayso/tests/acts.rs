//! What a statement does: the examples of the table of acts, and the specifications in `spec/acts`, given the attributions.

#[path = "support/given.rs"]
mod given;
mod support;

use sayso::act::{self, Judgement};
use sayso::article::Article;
use sayso::attribution::Attribution;
use sayso::ledger::{Kind, Mode};
use sayso::lexicon::{self, Act};
use sayso::text::Span;
use sayso::{quotations, syntax};
use sayso_model::SyntaxModel;
use std::fmt::Write;
use std::sync::LazyLock;

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

fn judge(article: &Article, attributions: &[Attribution]) -> Vec<Judgement> {
    let syntax = syntax::parse(article, &MODEL);
    act::judge(article, &syntax, &quotations::find(article), attributions)
}

fn name(act: Act) -> String {
    serde_json::to_value(act).expect("an act is a word").as_str().expect("an act is a word").to_owned()
}

#[test]
fn the_specifications_hold() {
    support::run("acts", "acts", |case, text| {
        let article = support::article::paragraphs(text);
        let given = case.fences.get("attributions").expect("attributions are given");
        let mut lines = String::new();
        for judgement in judge(&article, &given::attributions(&article, given)) {
            lines += &name(judgement.act);
            lines += match judgement.mode {
                Mode::Direct => " | direct",
                Mode::Indirect => " | indirect",
                Mode::Mixed => " | mixed",
            };
            lines += match judgement.kind {
                Kind::Speech => "",
                Kind::Thought => " | thought",
            };
            lines += if judgement.negated { " | negated" } else { "" };
            if let Some(span) = judgement.target {
                write!(lines, " | about {}", article.text.slice(span)).expect("a string grows");
            }
            lines.push('\n');
        }
        lines
    });
}

#[test]
fn the_examples_of_the_table_hold() {
    let (mut failures, mut examples) = (String::new(), 0);
    for entry in lexicon::acts().entries() {
        for (sentences, holds) in [(&entry.yes, true), (&entry.no, false)] {
            assert!(!sentences.is_empty(), "an entry of {} lacks examples", name(entry.act));
            for sentence in sentences {
                examples += 1;
                let (article, attribution) = marked(sentence);
                let found = judge(&article, &[attribution]).remove(0);
                if (found.act == entry.act) != holds {
                    let because: Vec<&str> =
                        found.because.iter().map(|reason| article.text.slice(reason.span)).collect();
                    let (is, wanted) = (name(found.act), name(entry.act));
                    let wanted = if holds { wanted } else { "not ".to_owned() + &wanted };
                    writeln!(failures, "{sentence}: {is} by {because:?}, {wanted}").expect("a string grows");
                }
            }
        }
    }
    assert!(examples > 100);
    assert!(failures.is_empty(), "\n{failures}");
}

/// A sentence in which `<source>`, `[cue]` and `{content}` are marked.
fn marked(sentence: &str) -> (Article, Attribution) {
    let mut text = String::new();
    let mut roles: [Vec<(usize, usize)>; 3] = Default::default();
    for letter in sentence.chars() {
        match "<[{".find(letter).or_else(|| ">]}".find(letter)) {
            Some(role) if "<[{".contains(letter) => roles[role].push((text.len(), text.len())),
            Some(role) => roles[role].last_mut().expect("marks are in pairs").1 = text.len(),
            None => text.push(letter),
        }
    }
    let article = support::article::paragraphs(&text);
    let spans = |role: usize| -> Vec<Span> {
        let span =
            |&(start, end): &(usize, usize)| article.text.span_at(start, end).expect("marks are in the text");
        roles[role].iter().map(span).collect()
    };
    let (source, cue, content) = (spans(0), spans(1), spans(2));
    let attribution =
        Attribution { source, cue, content, continues: None, inside: None, score: 1.0, because: Vec::new() };
    (article, attribution)
}
