//! What a statement does: the examples of the table of acts, and the specifications in `spec/acts`, given the attributions.

#[path = "support/given.rs"]
mod given;
#[path = "support/marked.rs"]
mod marked;
mod support;

use sayso::act::{self, Judgement};
use sayso::article::Article;
use sayso::attribution::Attribution;
use sayso::ledger::{Kind, Mode};
use sayso::lexicon::{self, Act};
use sayso::{identity, quotations, syntax};
use sayso_model::SyntaxModel;
use sayso_model::acts::reader::Reader;
use std::fmt::Write;
use std::sync::LazyLock;

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);
static READER: LazyLock<Reader> = LazyLock::new(Reader::load);

fn judge(article: &Article, attributions: &[Attribution], reader: Option<&Reader>) -> Vec<Judgement> {
    let syntax = syntax::parse(article, &MODEL);
    let quotations = quotations::find(article);
    let identities = identity::resolve(article, &syntax, &quotations, attributions);
    act::judge(article, &syntax, &quotations, attributions, &identities, reader)
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
        for judgement in judge(&article, &given::attributions(&article, given), Some(&READER)) {
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
            if let Some(target) = judgement.target {
                write!(lines, " | about {}", target.name).expect("a string grows");
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
                let (article, attribution) = marked::sentence(sentence);
                // what the table says must not need the reader
                let found = judge(&article, &[attribution], None).remove(0);
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
