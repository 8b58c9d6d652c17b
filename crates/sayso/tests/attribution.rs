//! Attributions: the specifications in `spec/attribution`, the examples of the cue lexicon, and what holds for any text.

mod support;

use sayso::article::Article;
use sayso::attribution::{Attribution, rules};
use sayso::quotations;
use sayso::syntax::{self, Syntax};
use sayso::text::Span;
use sayso::{Models, Tier};
use sayso_model::SyntaxModel;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

/// The finder that is specified: the network with the rules around it.
fn attributions(article: &Article) -> Vec<Attribution> {
    static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::default()));
    sayso::inspect(article, &MODELS).attributions
}

/// The finder that needs no network.
fn by_rules(article: &Article) -> (Syntax, Vec<Attribution>) {
    let syntax = syntax::parse(article, &MODEL);
    let found = rules::find(article, &syntax, &quotations::find(article));
    (syntax, found)
}

#[test]
fn the_specifications_hold() {
    support::run("attribution", "attributions", |_, text| {
        let article = support::article::paragraphs(text);
        let found = attributions(&article);
        found.iter().map(|one| line(&article, &found, one)).collect()
    });
}

/// The notation of `spec/attribution/basics.md`.
fn line(article: &Article, all: &[Attribution], one: &Attribution) -> String {
    let words = |spans: &[Span]| match spans {
        [] => "-".to_owned(),
        spans => spans.iter().map(|span| article.text.slice(*span)).collect::<Vec<_>>().join(" // "),
    };
    // whoever started to speak, however many attributions ago
    let first = std::iter::successors(one.continues, |at| all[*at].continues).last();
    let source = match first {
        Some(first) if one.source.is_empty() => "^ ".to_owned() + &words(&all[first].source),
        _ => words(&one.source),
    };
    let depth = std::iter::successors(one.inside, |at| all[*at].inside).count();
    format!("{}{source} | {} | {}\n", "  ".repeat(depth), words(&one.cue), words(&one.content))
}

#[test]
fn the_examples_of_the_cue_lexicon_hold() {
    let lexicon: toml::Table =
        toml::from_str(include_str!("../lexicon/en/cues.toml")).expect("the lexicon is TOML");
    let (mut failures, mut examples) = (String::new(), 0);
    let mut known = BTreeSet::new();
    for (kind, entries) in &lexicon {
        for entry in entries.as_array().expect("each kind is a list of entries") {
            let text = |key: &str| entry.get(key).and_then(toml::Value::as_str);
            let phrase = entry
                .get("words")
                .and_then(toml::Value::as_array)
                .map(|words| words.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(" "));
            let name = text("lemma").or(text("word")).map(str::to_owned).or(phrase);
            let name = name.expect("an entry has a lemma, a word or words");
            let particle = text("particle").unwrap_or_default();
            assert!(
                known.insert((kind.as_str(), name.clone(), particle)),
                "{kind} {name} {particle} is there twice"
            );
            for (key, wanted) in [("yes", true), ("no", false)] {
                let sentence = text(key).unwrap_or_else(|| panic!("{kind} {name} has no example `{key}`"));
                examples += 1;
                if has_cue(kind, &name, entry, sentence) != wanted {
                    failures += &format!("\n{kind} {name} {particle}, {key}: {sentence}");
                }
            }
        }
    }
    assert!(examples > 400, "{examples} examples are too few");
    assert!(failures.is_empty(), "{failures}");
}

/// Whether an attribution with this cue is found in a sentence.
fn has_cue(kind: &str, name: &str, entry: &toml::Value, sentence: &str) -> bool {
    let article = support::article::paragraphs(sentence);
    let (syntax, found) = by_rules(&article);
    let forms = entry.get("forms").and_then(toml::Value::as_array);
    let is_form = |word: &str| {
        forms.is_some_and(|forms| forms.iter().filter_map(toml::Value::as_str).any(|form| form == word))
    };
    found.iter().flat_map(|one| &one.cue).any(|cue| match kind {
        "verb" | "noun" => {
            let mut tokens = syntax.tokens.iter().filter(|token| cue.contains(token.span));
            tokens.any(|token| &*token.lemma == name || is_form(article.text.slice(token.span)))
        }
        _ => article.text.slice(*cue).eq_ignore_ascii_case(name),
    })
}

#[test]
fn attributions_obey_their_laws() {
    for text in [
        "“We waited for the boats,” Belo said. “They came at noon.\n\n“Then they left.” Dorn denied it.",
        "Q: Why?\n\nA: He said: “The ministry says ‘no’.”\n\n> So be it.\n\n— Oru",
        "The plan, Hale said, would, according to Lund, cost lives, and Dorn reportedly agreed that it would.",
        "said said said “said,” said said: “said” said.",
        "“ “ ” ’ said ‘ ” “, he said, “ ” he said.",
    ] {
        let article = support::article::paragraphs(text);
        let (syntax, found) = by_rules(&article);
        for (at, one) in found.iter().enumerate() {
            assert!(!one.content.is_empty(), "{one:?}");
            let mut all: Vec<Span> =
                [&one.source, &one.cue, &one.content].into_iter().flatten().copied().collect();
            all.sort_unstable();
            assert!(
                all.iter().all(|span| !span.is_empty() && article.text.span().contains(*span)),
                "{one:?}"
            );
            assert!(all.windows(2).all(|pair| !pair[0].overlaps(pair[1])), "{text}: {one:?}");
            assert!(one.inside.is_none_or(|outer| outer < at), "{text}: {one:?}");
            assert!(
                one.continues.is_none_or(|before| before != at && before < found.len()),
                "{text}: {one:?}"
            );
        }
        let again = rules::repair(&article, &syntax, &quotations::find(&article), found.clone());
        assert_eq!(again, found, "mending what is mended changes nothing: {text}");
    }
}

#[test]
fn nested_attributions_are_found_in_whatever_holds_them() {
    for text in [
        "“The ministry says that it has no soldiers there,” Belo said. “It is not so.”",
        "The Courier reported that Dorn had said the bank denied the loss.",
        "MS. ARDEN: The owners have told us that the men wore no uniforms.\n\nQUESTION: Why?",
    ] {
        let article = support::article::paragraphs(text);
        let (syntax, whole) = by_rules(&article);
        let quotations = quotations::find(&article);
        let outer: Vec<Attribution> = whole.iter().filter(|one| one.inside.is_none()).cloned().collect();
        assert!(outer.len() < whole.len(), "{text}");
        let nested = rules::nested(&article, &syntax, &quotations, &outer);
        let again = rules::repair(&article, &syntax, &quotations, [outer, nested].concat());
        let lines = |all: &[Attribution]| all.iter().map(|one| line(&article, all, one)).collect::<String>();
        assert_eq!(lines(&again), lines(&whole));
    }
}

/// What a finder may bring, by words of the text: source, cue and pieces of content.
type Found<'t> = (&'t str, &'t str, &'t [&'t str]);

#[test]
fn whatever_is_found_is_mended() {
    let cases: [(&str, &[Found<'_>], &str); 8] = [
        // a quotation half found, with its mark and comma left out
        (
            "“The dam was never inspected,” Hale said.",
            &[("Hale", "said", &["was never inspected"])],
            "Hale | said | “The dam was never inspected,”",
        ),
        // the second quotation of the paragraph, and the pieces around the cue
        ("“No,” said Oru. “Not once.”", &[("Oru", "said", &["No"])], "Oru | said | “No,” // “Not once.”"),
        // auxiliaries, negation, appositive, commas
        (
            "The bank’s chairman, Hugo Stell, has repeatedly denied that he took it.",
            &[("chairman,", "denied", &[" that he took it."])],
            "The bank’s chairman, Hugo Stell | has repeatedly denied | that he took it",
        ),
        // one cue found twice
        (
            "Hale said the dam was old.",
            &[("", "said", &["the dam was old"]), ("Hale", "said", &["the dam"])],
            "Hale | said | the dam",
        ),
        // content that runs over the cue and its source
        (
            "The plan, Hale said, would cost lives.",
            &[("Hale", "said", &["The plan, Hale said, would cost lives."])],
            "Hale | said | The plan // would cost lives",
        ),
        // a quotation over paragraphs
        (
            "Hale said: “We waited.\n\n“Then it fell.”",
            &[("Hale", "said", &["“We waited.\n\n“Then it fell.”"])],
            "Hale | said | “We waited.\n^ Hale | - | “Then it fell.”",
        ),
        // somebody else's quotation stays somebody else's
        (
            "“Who fired?” asked the judge. “I did,” said Pell.",
            &[("Pell", "said", &["“I did,”"]), ("the judge", "asked", &["“Who fired?”"])],
            "the judge | asked | “Who fired?”\nPell | said | “I did,”",
        ),
        // nothing but marks is no content
        ("Hale said: “…” and left.", &[("Hale", "said", &["“…”"])], ""),
    ];
    for (text, found, wanted) in cases {
        let article = support::article::paragraphs(text);
        let span = |words: &str| {
            let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
            article.text.span_at(start, start + words.len()).expect("words end where characters end")
        };
        let spans = |words: &str| if words.is_empty() { Vec::new() } else { vec![span(words)] };
        let found = found.iter().map(|(source, cue, content)| Attribution {
            source: spans(source),
            cue: spans(cue),
            content: content.iter().map(|words| span(words)).collect(),
            continues: None,
            inside: None,
            score: 0.5,
            because: Vec::new(),
        });
        let syntax = syntax::parse(&article, &MODEL);
        let mended = rules::repair(&article, &syntax, &quotations::find(&article), found.collect());
        let lines: String = mended.iter().map(|one| line(&article, &mended, one)).collect();
        assert_eq!(lines.trim_end(), wanted, "{text}");
    }
}

#[test]
fn time_is_linear_in_the_length_of_a_text() {
    let patterns = [
        "“a,” he said. ",
        "\"",
        "he said that ",
        "“",
        "“a” ",
        "— ",
        "said: “x ",
        "a ",
        "“No ‘a’ said: ",
        "reportedly, ",
    ];
    for pattern in patterns {
        let took = |times: usize| {
            let article = support::article::paragraphs(&pattern.repeat(times));
            let syntax = syntax::parse(&article, &MODEL);
            let quotations = quotations::find(&article);
            let start = Instant::now();
            let found = rules::find(&article, &syntax, &quotations);
            let nested = rules::nested(&article, &syntax, &quotations, &found);
            let mended = rules::repair(&article, &syntax, &quotations, nested);
            assert!(mended.len() <= syntax.tokens.len());
            start.elapsed()
        };
        let took = took(6_000);
        assert!(took < Duration::from_millis(500), "{pattern:?} took {took:?}");
    }
}
