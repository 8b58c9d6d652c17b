//! Who speaks: the specifications in `spec/identity`, given the attributions.

#[path = "support/given.rs"]
mod given;
mod support;

use sayso::article::Article;
use sayso::identity::{self, Identities, Identity};
use sayso::{quotations, syntax};
use sayso_model::SyntaxModel;
use std::fmt::Debug;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

fn identities(article: &Article, given: &str) -> Identities {
    let attributions = given::attributions(article, given);
    let syntax = syntax::parse(article, &MODEL);
    identity::resolve(article, &syntax, &quotations::find(article), &attributions)
}

#[test]
fn the_specifications_hold() {
    support::run("identity", "speakers", |case, text| {
        let article = support::article::paragraphs(text);
        let found = identities(&article, case.fences.get("attributions").expect("attributions are given"));
        let name = |at: &usize| found.sources[*at].name.as_str();
        let mut lines = String::new();
        for speaker in &found.speakers {
            let names = |ids: &[usize]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
            lines += speaker.name.as_deref().unwrap_or("-");
            if let Some(why) = &speaker.why_unknown {
                lines = lines + " | " + why;
            }
            if !speaker.co_speakers.is_empty() {
                lines = lines + " | with " + &names(&speaker.co_speakers);
            }
            if !speaker.candidates.is_empty() {
                lines = lines + ": " + &names(&speaker.candidates);
            }
            lines.push('\n');
        }
        // sources are shown where a case asks for them
        if case.fences["speakers"].contains("\n\n") {
            lines.push('\n');
            found.sources.iter().for_each(|source| lines += &line(&article, source));
        }
        lines
    });
}

fn line(article: &Article, source: &Identity) -> String {
    let word = |value: &dyn Debug| {
        let mut word = String::new();
        for letter in format!("{value:?}").chars() {
            if letter.is_uppercase() && !word.is_empty() {
                word.push(' ');
            }
            word.extend(letter.to_lowercase());
        }
        word
    };
    let mut line = format!("{}: {}, {}", source.name, word(&source.status), word(&source.kind));
    let roles: Vec<&str> = source.roles.iter().map(|role| article.text.slice(*role)).collect();
    if !roles.is_empty() {
        line = line + " | " + &roles.join(", ");
    }
    if let Some(body) = &source.affiliation {
        line = line + " | of " + body;
    }
    if source.names.len() > 1 {
        line = line + " | as " + &source.names.join(", ");
    }
    line + "\n"
}

#[test]
fn thousands_of_names_take_no_time() {
    let article = support::article::paragraphs(
        &"Ana Bruk of Korvex met Ilo Sanden and he told Mrs. Tarr. ".repeat(4000),
    );
    let mut text = String::new();
    for at in 0..3000 {
        text += &format!(
            "Ana Kor{at}ek met Ilo San{at}den and the minister. He said that Kor{at}eck had left.\n\n"
        );
    }
    for article in [article, support::article::paragraphs(&text)] {
        let syntax = syntax::parse(&article, &MODEL);
        let quotations = quotations::find(&article);
        let words = syntax.tokens.len();
        let start = Instant::now();
        let found = identity::resolve(&article, &syntax, &quotations, &[]);
        assert!(found.sources.is_empty());
        // an unoptimised build on a busy machine included
        let took = start.elapsed();
        assert!(took < Duration::from_secs(4), "{words} tokens took {took:?}");
    }
}

#[test]
fn what_comes_out_fits_together() {
    for path in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples")).expect("samples are there")
    {
        let path = path.expect("samples are readable").path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("samples are UTF-8");
        let article = support::article::paragraphs(&text);
        let syntax = syntax::parse(&article, &MODEL);
        let quotations = quotations::find(&article);
        let attributions = sayso::attribution::rules::find(&article, &syntax, &quotations);
        let found = identity::resolve(&article, &syntax, &quotations, &attributions);
        assert_eq!(found.speakers.len(), attributions.len());
        for speaker in &found.speakers {
            assert_eq!(speaker.name.as_ref(), speaker.source.map(|at| &found.sources[at].name));
            assert_eq!(speaker.source.is_none(), speaker.why_unknown.is_some());
            assert!((0.0..=1.0).contains(&speaker.score));
            let all = speaker.candidates.iter().chain(&speaker.co_speakers);
            assert!(all.chain(&speaker.source).all(|at| *at < found.sources.len()));
        }
        for source in &found.sources {
            let is_pronoun =
                ["he", "she", "it", "they", "who", "i", "we"].contains(&source.name.to_lowercase().as_str());
            assert!(!source.name.is_empty() && !is_pronoun, "{source:?}");
            assert!(source.mentions.windows(2).all(|pair| pair[0] < pair[1]), "{source:?}");
            assert!(source.roles.iter().all(|role| !article.text.slice(*role).is_empty()));
        }
    }
}
