//! Expressions of time and the days of sayings: the specifications in `spec/time`, and their laws.

#[path = "support/given.rs"]
mod given;
mod support;

use proptest::prelude::*;
use sayso::article::Article;
use sayso::attribution::Attribution;
use sayso::time::{self, Timex, When};
use sayso::{Models, Tier, identity, quotations, syntax};
use sayso_model::SyntaxModel;
use serde::Deserialize;
use std::fmt::Write;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

fn recognise(text: &str, published: Option<&str>) -> Vec<Timex> {
    time::recognise(text, published)
}

fn date(article: &Article, attributions: &[Attribution]) -> Vec<When> {
    let (syntax, quotations) = (syntax::parse(article, &MODEL), quotations::find(article));
    let identities = identity::resolve(article, &syntax, &quotations, attributions);
    time::date(article, &syntax, &quotations, attributions, &identities)
}

#[test]
fn expressions_are_found_and_put_on_the_calendar() {
    support::run("time/expressions", "times", |case, text| {
        let published = case.fences.get("published").map(String::as_str);
        let mut lines = String::new();
        for timex in recognise(text, published) {
            let words = text.get(timex.span.range()).expect("an expression slices its text");
            write!(lines, "{words} | {} | {}", timex.kind.name(), timex.value).expect("a string grows");
            if let Some(modifier) = timex.modifier {
                write!(lines, " | {}", modifier.name()).expect("a string grows");
            }
            if let Some(edtf) = timex.edtf.filter(|edtf| *edtf != timex.value) {
                write!(lines, " | {edtf}").expect("a string grows");
            }
            lines.push('\n');
        }
        lines
    });
}

#[derive(Deserialize)]
struct Times {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    found: Vec<String>,
}

#[test]
fn the_examples_of_the_words_hold() {
    let times: Times = toml::from_str(include_str!("../lexicon/en/times.toml")).expect("times.toml is valid");
    assert!(times.example.len() > 5);
    for Example { text, found } in times.example {
        let words =
            |timex: &Timex| text.get(timex.span.range()).expect("an expression slices its text").to_owned();
        let got: Vec<String> = recognise(&text, Some("2021-11-09"))
            .iter()
            .map(|timex| format!("{} = {}", words(timex), timex.value))
            .collect();
        assert_eq!(got, found, "{text}");
    }
}

#[test]
fn sayings_have_their_day() {
    support::run("time", "said", |case, text| {
        let mut article = support::article::paragraphs(text);
        article.origin.published = case.fences.get("published").cloned();
        let given = case.fences.get("attributions").expect("attributions are given");
        let mut lines = String::new();
        for when in date(&article, &given::attributions(&article, given)) {
            match when.said_on {
                Some(day) => {
                    let words = article.text.slice(day.span);
                    writeln!(lines, "{} | {words} | {}", day.edtf, day.from).expect("a string grows");
                }
                None => lines.push_str("-\n"),
            }
        }
        lines
    });
}

/// What dates are made of, in no order that makes sense.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "Monday",
        "on",
        "Nov.",
        "November",
        "7",
        "31",
        "2021",
        "30",
        "February",
        "last",
        "next",
        "week",
        "year",
        "the",
        "of",
        "and",
        "between",
        "from",
        "to",
        "-",
        "two",
        "days",
        "ago",
        "earlier",
        "5",
        "p.m.",
        ":",
        "/",
        "early",
        "late",
        "mid",
        "quarter",
        "first",
        "century",
        "1990",
        "s",
        "'",
        "every",
        "daily",
        "few",
        "half",
        "a",
        "in",
        "noon",
        "night",
        "this",
        "morning",
        "New",
        "Year's",
        "Day",
        "99999999",
        "0",
        "00",
        ".",
        ",",
        "\n\n",
        "\n",
        "é",
        "😀",
        "th",
        "spring",
        "weekend",
        "before",
        "yesterday",
        "today",
    ]);
    prop::collection::vec((scrap, prop::bool::ANY), 0..60).prop_map(|scraps| {
        scraps
            .iter()
            .map(|(scrap, is_apart)| if *is_apart { format!("{scrap} ") } else { (*scrap).to_owned() })
            .collect()
    })
}

fn published() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Some),
        prop::sample::select(vec!["0001-01-01", "9999-12-31", "2020-02-29", "2021-11-09", "2021-11", "x"])
            .prop_map(|date| Some(date.to_owned())),
    ]
}

/// Spans slice the text, in order and without overlap.
fn check(text: &str, published: Option<&str>) {
    let mut end = 0;
    for timex in recognise(text, published) {
        assert!(end <= timex.span.start() && timex.span.start() < timex.span.end(), "{text:?}");
        assert!(text.get(timex.span.range()).is_some(), "{text:?}");
        assert!(!timex.value.is_empty(), "{text:?}");
        end = timex.span.end();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expressions_of_scraps_slice_the_text(text in scraps(), published in published()) {
        check(&text, published.as_deref());
    }

    #[test]
    fn expressions_of_any_text_slice_it(text in "\\PC{0,120}", published in published()) {
        check(&text, published.as_deref());
    }
}

#[test]
fn amounts_beyond_the_calendar_are_no_days() {
    for text in
        ["1990of199000year earlier", "90000 decades ago", "4000000000 weeks later", "99999 months ago"]
    {
        check(text, None);
        check(text, Some("2021-11-09"));
    }
}

/// Sayings with times around and inside them, in no order that makes sense.
fn sayings() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "“We know,”",
        "he",
        "Ilena Brask",
        "said",
        "told",
        "denied",
        "the charge",
        "on Monday",
        "yesterday",
        "that",
        "in a statement",
        "published",
        "the report",
        ",",
        ".",
        "“",
        "”",
        "on 3 May 2014",
        "last week",
        "will announce",
        "according to",
        "officials",
        "HALE:",
        "Q",
        "\n\n",
        "in 2019",
        "and",
        "threatened",
        "to",
        "late on Thursday",
        "asked",
        "whether",
        "researchers",
        "who",
        "this morning",
        "tomorrow",
        "the hearing",
        "every Friday",
        "😀",
    ]);
    prop::collection::vec(scrap, 0..50).prop_map(|scraps| scraps.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_of_sayings_verify_and_are_past(text in sayings()) {
        static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::Fast));
        let mut article = support::article::paragraphs(&text);
        article.origin.published = Some("2021-11-09".to_owned());
        let ledger = sayso::analyze(&article, &MODELS);
        prop_assert_eq!(ledger.verify(), Ok(()), "{}", text);
        for said in ledger.statements.iter().filter_map(|one| one.said_on.as_ref()) {
            prop_assert!(said.edtf.as_str() < "2021-11-09~", "{} in {text}", said.edtf);
        }
    }
}

#[test]
fn time_is_linear_in_the_text() {
    let limit = Duration::from_secs(20);
    for scrap in [
        "the last two ",
        "Monday, ",
        "between Monday and ",
        "7-",
        "1990s' ",
        "from 5 to 7 to ",
        "early late ",
    ] {
        let text = scrap.repeat(400_000 / scrap.len());
        let start = Instant::now();
        check(&text, Some("2021-11-09"));
        assert!(start.elapsed() < limit, "{scrap:?} took {:?}", start.elapsed());
    }
}
