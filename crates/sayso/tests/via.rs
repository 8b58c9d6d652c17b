//! Through what, where and to whom: the examples of `via.toml`, and the specifications in `spec/via`, given the attributions.

#[path = "support/given.rs"]
mod given;
#[path = "support/marked.rs"]
mod marked;
mod support;

use sayso::article::Article;
use sayso::attribution::{Attribution, Reason};
use sayso::lexicon;
use sayso::via::{self, Route};
use sayso::{act, identity, quotations, syntax};
use sayso_model::SyntaxModel;
use std::fmt::Write;
use std::sync::LazyLock;

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

fn trace(article: &Article, attributions: &[Attribution]) -> Vec<Route> {
    let syntax = syntax::parse(article, &MODEL);
    let quotations = quotations::find(article);
    let identities = identity::resolve(article, &syntax, &quotations, attributions);
    let judgements = act::judge(article, &syntax, &quotations, attributions, &identities, None);
    via::trace(article, &syntax, &quotations, attributions, &identities, &judgements)
}

#[test]
fn the_specifications_hold() {
    support::run("via", "routes", |case, text| {
        let article = support::article::paragraphs(text);
        let given = case.fences.get("attributions").expect("attributions are given");
        let mut lines = String::new();
        let mut attributions = given::attributions(&article, given);
        for one in &mut attributions {
            // a label and no cue: a turn of a transcript
            if let (true, Some(label)) = (one.cue.is_empty(), one.source.first()) {
                one.because.push(Reason { field: "content", rule: "turn", span: *label });
            }
        }
        for route in trace(&article, &attributions) {
            let how = route.chain.first().map_or("", |step| step.how.name());
            let mut parts = Vec::new();
            parts.extend(route.addressee.map(|name| format!("to {name}")));
            parts.extend(route.outlet.map(|name| format!("via {name} {how}").trim_end().to_owned()));
            parts.extend(route.setting.map(|id| format!("in {id}")));
            if route.chain.len() > 1 {
                let steps = route
                    .chain
                    .iter()
                    .map(|step| format!("{} > {}: {}", step.from, step.to, step.how.name()));
                parts.push(format!("chain {}", steps.collect::<Vec<_>>().join("; ")));
            }
            lines += if parts.is_empty() { "-" } else { "" };
            lines += &parts.join(" | ");
            lines.push('\n');
        }
        lines
    });
}

#[test]
fn the_examples_of_the_lexicon_hold() {
    let (mut failures, mut examples) = (String::new(), 0);
    let mut check = |sentence: &str, what: &str, holds: bool, is_it: &dyn Fn(&Route) -> bool| {
        examples += 1;
        let (article, attribution) = marked::sentence(sentence);
        let found = trace(&article, &[attribution]).remove(0);
        if is_it(&found) != holds {
            let wanted = if holds { "" } else { "no " };
            writeln!(failures, "{sentence}: {:?} {:?}, not {wanted}{what}", found.outlet, found.setting)
                .expect("a string grows");
        }
    };
    for setting in lexicon::via().settings() {
        let is_it = |route: &Route| route.setting.as_deref() == Some(&*setting.id);
        assert!(!setting.yes.is_empty() && !setting.no.is_empty(), "{} lacks examples", setting.id);
        setting.yes.iter().for_each(|sentence| check(sentence, &setting.id, true, &is_it));
        setting.no.iter().for_each(|sentence| check(sentence, &setting.id, false, &is_it));
    }
    for medium in lexicon::via().media() {
        let is_it = |route: &Route| route.outlet.is_some();
        assert!(!medium.yes.is_empty() && !medium.no.is_empty(), "{:?} lacks examples", medium.kind);
        medium.yes.iter().for_each(|sentence| check(sentence, "outlet", true, &is_it));
        medium.no.iter().for_each(|sentence| check(sentence, "outlet", false, &is_it));
    }
    assert!(examples > 50);
    assert!(failures.is_empty(), "\n{failures}");
}
