//! Laws of the record: whatever the text, it verifies, and the same text gives the same bytes.

#[path = "support/article.rs"]
mod article;

use proptest::prelude::*;
use sayso::ledger::{Ledger, Mode, Review, Spans, Statement, Verdict, Wording};
use sayso::{Models, Tier};
use std::path::Path;
use std::sync::LazyLock;

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::default()));

fn ledger(text: &str) -> Ledger {
    sayso::analyze(&article::paragraphs(text), &MODELS)
}

/// What news is made of, in no order that makes sense.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "said",
        "he",
        "She",
        "the minister",
        "Ilena Brask",
        "told",
        "denied",
        ",",
        ".",
        ":",
        "that",
        "“We know",
        "nothing,”",
        "according to",
        "\n\n",
        "— ",
        "HALE:",
        "> ",
        "accused",
        "of",
        "who",
        "reportedly",
        "Brask",
        "will not",
        "comment",
        "😀",
        "ق",
        "é",
        "the Lake Voice",
        "and",
        "its",
        "officials",
        "(",
        ")",
        "I",
    ]);
    prop::collection::vec(scrap, 0..60).prop_map(|scraps| scraps.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_of_scraps_verify(text in scraps()) {
        prop_assert_eq!(ledger(&text).verify(), Ok(()), "{}", text);
    }

    #[test]
    fn records_of_any_text_verify(text in "\\PC{0,200}") {
        prop_assert_eq!(ledger(&text).verify(), Ok(()), "{}", text);
    }
}

#[test]
fn a_source_without_a_name_that_two_attributions_share_is_one() {
    let text = "” , , accused : “We know Ilena Brask ( “ “ , its “ “We know “ “We know ‘ and ‘ —  “ accused said “ , told";
    assert_eq!(ledger(text).verify(), Ok(()));
}

#[test]
fn words_that_end_the_text_are_followed_by_none() {
    let text = "—  of will not “ “ accused he ( , —  and according to its and";
    assert_eq!(ledger(text).verify(), Ok(()));
}

#[test]
fn a_target_that_never_speaks_is_named_as_it_stands_there() {
    let text = ", HALE: ) , Brask accused he “";
    assert_eq!(ledger(text).verify(), Ok(()));
}

#[test]
fn records_of_the_samples_verify_and_repeat() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut read = 0;
    for entry in std::fs::read_dir(samples).expect("samples are there") {
        let path = entry.expect("the folder is readable").path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).expect("samples are UTF-8");
            let once = ledger(&text);
            assert_eq!(once.verify(), Ok(()), "{}", path.display());
            assert!(!once.statements.is_empty(), "{}", path.display());
            assert_eq!(once, ledger(&text), "{}", path.display());
            read += 1;
        }
    }
    assert!(read >= 6);
}

#[test]
fn what_follows_from_the_words_is_what_was_read() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut unmarked_direct = 0;
    for entry in std::fs::read_dir(samples).expect("samples are there") {
        let path = entry.expect("the folder is readable").path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let ledger = ledger(&std::fs::read_to_string(&path).expect("samples are UTF-8"));
        for one in &ledger.statements {
            let unmarked = if one.verbatim.is_empty() { one.mode } else { Mode::Indirect };
            unmarked_direct += usize::from(unmarked == Mode::Direct);
            let wording = ledger.document.wording(&one.spans, unmarked).expect("its spans lie in the text");
            let read = Wording { quote: one.quote.clone(), verbatim: one.verbatim.clone(), mode: one.mode };
            assert_eq!(wording, read, "{}: {:?}", path.display(), one.spans);
        }
        let beyond = Spans { content: vec![[0, ledger.document.text.len() + 1]], ..Spans::default() };
        assert_eq!(ledger.document.wording(&beyond, Mode::Indirect), None);
    }
    assert!(unmarked_direct > 0, "a sample is a transcript");
}

#[test]
fn what_is_too_unsure_is_left_out_and_what_stood_in_it_stays() {
    let text = "“The mayor said the bridge was safe, and the engineer denied it,” the clerk said.\n\nVale said the boats were late.";
    let whole = ledger(text);
    let sure: Vec<f64> = whole.statements.iter().map(|one| one.confidence).collect();
    for least in sure.iter().copied().chain([0.0, 1.0]) {
        let mut some = whole.clone();
        some.leave_out_below(least);
        assert_eq!(some.verify(), Ok(()));
        let kept: Vec<f64> = some.statements.iter().map(|one| one.confidence).collect();
        assert_eq!(kept, sure.iter().copied().filter(|one| *one >= least).collect::<Vec<_>>());
        assert_eq!(some.notes.len() > whole.notes.len(), kept.len() < sure.len());
    }
}

/// Three statements, each inside the one before: Sulk says that Aske says that Maron says so.
fn told_twice() -> Ledger {
    let text = "Petra Sulk said that Ilse Aske said that Jon Maron said that the quay would be closed.";
    let mut nested = ledger(text);
    let at = |words: &str| {
        let start = text.find(words).expect("the words stand in the text");
        vec![[start, start + words.len()]]
    };
    let one = nested.statements[0].clone();
    let names = ["Petra Sulk", "Ilse Aske", "Jon Maron"];
    let contents = [
        "that Ilse Aske said that Jon Maron said that the quay would be closed",
        "that Jon Maron said that the quay would be closed",
        "that the quay would be closed",
    ];
    nested.statements = (0..3)
        .map(|n| Statement {
            id: format!("n{n}"),
            speaker: None,
            speaker_name: Some(names[n].to_owned()),
            why_unknown: Some("invented".to_owned()),
            quote: contents[n].to_owned(),
            spans: Spans { source: at(names[n]), cue: Vec::new(), content: at(contents[n]) },
            verbatim: Vec::new(),
            target: None,
            chain: Vec::new(),
            because: Vec::new(),
            inside: n.checked_sub(1).map(|outer| format!("n{outer}")),
            confidence: [0.3, 0.6, 0.9][n],
            ..one.clone()
        })
        .collect();
    nested
}

fn steps(one: &Statement) -> Vec<String> {
    one.chain.iter().map(|link| format!("{} {} {}", link.from, link.how, link.to)).collect()
}

#[test]
fn what_is_left_out_leaves_its_speaker_with_what_stood_in_it() {
    let both = ["Jon Maron reported by Ilse Aske", "Ilse Aske reported by Petra Sulk"];
    let whole = told_twice();
    assert_eq!(whole.verify(), Ok(()));
    let mut at_once = whole.clone();
    at_once.leave_out_below(0.8);
    assert_eq!(at_once.verify(), Ok(()));
    assert_eq!(at_once.statements.iter().map(steps).collect::<Vec<_>>(), [both]);
    for order in [[0.5, 0.8], [0.3, 0.8]] {
        let mut one_by_one = whole.clone();
        for least in order {
            one_by_one.leave_out_below(least);
        }
        assert_eq!(one_by_one.statements, at_once.statements);
    }
    let mut inner_first = whole.clone();
    inner_first.keep_only(&["n0", "n2"].map(str::to_owned).into());
    assert_eq!(steps(&inner_first.statements[1]), both[..1]);
    assert_eq!(inner_first.statements[1].inside.as_deref(), Some("n0"));
    inner_first.keep_only(&["n2".to_owned()].into());
    assert_eq!(inner_first.statements, at_once.statements);
    let mut rejected = whole;
    rejected.statements[1].review = Some(Review {
        verdict: Verdict::Rejected,
        by: "Vera".to_owned(),
        at: "2024-06-01T09:00:00Z".to_owned(),
        fields: Vec::new(),
    });
    rejected.leave_out_rejected();
    assert_eq!(rejected.statements.iter().map(steps).collect::<Vec<_>>(), [vec![], both[..1].to_vec()]);
}

#[test]
fn statements_in_a_circle_are_left_out_too() {
    let mut circle = told_twice();
    circle.statements[0].inside = Some("n1".to_owned());
    circle.leave_out_below(0.8);
    assert_eq!(circle.verify(), Ok(()));
    assert_eq!(circle.statements[0].reporters_left_out().collect::<Vec<_>>(), ["Ilse Aske", "Petra Sulk"]);
}

#[test]
fn a_quote_that_was_changed_does_not_verify() {
    let mut ledger = ledger("“The bridge is safe,” the engineer said.");
    assert_eq!(ledger.verify(), Ok(()));
    ledger.statements[0].quote.push('!');
    assert!(ledger.verify().is_err());
}
