//! Ledgers that nobody read from an article, for the tests of the formats.

use crate::export::{Manner, Provenance};
use crate::shown::{Colour, Look};
use proptest::collection::vec;
use proptest::prelude::*;
use sayso::article::BlockRole;
use sayso::ledger::{
    Because, BlockRecord, Certainty, Kind, Ledger, Mode, Pair, Review, SaidOn, Source, SourceKind,
    SourceStatus, Spans, Statement, Target, Verdict, Via, Words,
};
use sayso::lexicon::Act;
use std::collections::BTreeMap;

pub(in crate::export) const LOOK: Look = Look { width: 80, colour: Colour::Off, explain: true };

pub(in crate::export) fn manner() -> Manner {
    Manner { look: LOOK, codebook: None, asked: None, rejected: 0 }
}

pub(in crate::export) fn provenance() -> Provenance {
    Provenance { article: Some(7), version: "0.9.1".to_owned(), weights: "fast".to_owned() }
}

/// A statement of which everything is known that a format has a place for.
pub(in crate::export) fn sourced() -> Ledger {
    let mut ledger = lake();
    let document = &mut ledger.document;
    document.sha256 = "ab".repeat(32);
    document.url = Some("https://post.example/lake?a=1&b=2".to_owned());
    document.archive_url = Some("https://archive.example/2024/post.example/lake".to_owned());
    document.captured = Some("2024-05-20".to_owned());
    document.outlet = Some("The Anbry Post".to_owned());
    document.published = Some("2024-05-18".to_owned());
    for statement in &mut ledger.statements {
        statement.id = format!("5f0e{}", statement.id);
        statement.inside = statement.inside.as_ref().map(|outer| format!("5f0e{outer}"));
        statement.act = Act::Accuse;
        statement.negated = false;
        statement.review = Some(Review {
            verdict: Verdict::Edited,
            by: "Petra Sulk".to_owned(),
            at: "2024-06-01T09:00:00Z".to_owned(),
            fields: vec!["act".to_owned()],
        });
    }
    ledger
}

/// A ship, an unknown speaker, an emoji, a right-to-left name, words inside words, and markup in hostile places.
pub(in crate::export) fn lake() -> Ledger {
    let text = "The 🚢X said “it sank, Oru told me,” and we heard.\n\nقال كاظم: <script>alert(1)</script>.\n";
    let mut ledger = empty(text);
    let at = |words| at(text, words);
    ledger.document.title = Some("The 🚢X & <b>the lake</b>".to_owned());
    ledger.sources.push(source("s1", "The 🚢X", at("The 🚢X")));
    ledger.sources.push(source("s2", "Oru", at("Oru")));
    let mut outer = statement("a", Some("s1"), Act::Deny);
    outer.spans = Spans {
        source: vec![at("The 🚢X")],
        cue: vec![at("said")],
        content: vec![at("“it sank,"), at("we heard")],
    };
    outer.negated = true;
    outer.because = vec![Because { field: "cue".to_owned(), rule: "verb".to_owned(), start: 7, end: 11 }];
    let mut inner = statement("b", Some("s2"), Act::State);
    inner.spans = Spans { source: vec![at("Oru")], cue: vec![at("told")], content: vec![at("it sank")] };
    inner.inside = Some("a".to_owned());
    let mut unknown = statement("c", None, Act::Accuse);
    unknown.spans =
        Spans { source: vec![at("كاظم")], cue: vec![], content: vec![at("<script>alert(1)</script>")] };
    unknown.why_unknown = Some("two names fit".to_owned());
    unknown.candidates = vec!["s1".to_owned(), "s2".to_owned()];
    ledger.statements = vec![outer, inner, unknown];
    for at in 0..ledger.statements.len() {
        quote(&mut ledger, at);
    }
    ledger.notes.push("a note with \u{1b}[31mcolour".to_owned());
    ledger
}

/// Where some words of a text first stand.
fn at(text: &str, words: &str) -> Pair {
    let start = text.find(words).expect("the words stand in the text");
    let start = text[..start].chars().count();
    [start, start + words.chars().count()]
}

fn empty(text: &str) -> Ledger {
    let mut ledger = crate::failed::ledger("<lake>.txt", "");
    ledger.notes.clear();
    ledger.document.text = text.to_owned();
    let end = text.chars().count();
    ledger.document.blocks =
        vec![BlockRecord { role: BlockRole::Paragraph, start: 0, end, bytes: None, language: None }];
    ledger
}

fn source(id: &str, name: &str, mention: Pair) -> Source {
    Source {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: SourceKind::Person,
        status: SourceStatus::Named,
        roles: vec![Words { text: "=captain".to_owned(), start: mention[0], end: mention[1] }],
        affiliation: None,
        names: vec![name.to_owned(), format!("{name}e")],
        mentions: vec![mention],
    }
}

fn statement(id: &str, speaker: Option<&str>, act: Act) -> Statement {
    Statement {
        id: id.to_owned(),
        speaker: speaker.map(str::to_owned),
        speaker_name: None,
        why_unknown: None,
        kind: Kind::Speech,
        act,
        negated: false,
        mode: Mode::Mixed,
        quote: String::new(),
        verbatim: Vec::new(),
        spans: Spans::default(),
        co_speakers: Vec::new(),
        candidates: Vec::new(),
        addressee: None,
        via: Via::default(),
        chain: Vec::new(),
        said_on: None,
        target: None,
        certainty: Some(Certainty::Probable),
        inside: None,
        confidence: 0.75,
        scores: BTreeMap::new(),
        because: Vec::new(),
        review: None,
    }
}

fn quote(ledger: &mut Ledger, at: usize) {
    let text: Vec<char> = ledger.document.text.chars().collect();
    let pieces = ledger.statements[at].spans.content.iter();
    let pieces: Vec<String> = pieces.map(|[start, end]| text[*start..*end].iter().collect()).collect();
    ledger.statements[at].quote = pieces.join(" ");
}

/// Any text with any spans of it: nested, crossing, empty, by known and unknown speakers.
pub(in crate::export) fn ledger() -> impl Strategy<Value = Ledger> {
    let words = prop_oneof![
        4 => "[ a-zA-Z“”\"'.,\n]{0,60}",
        2 => "\\PC{0,40}",
        1 => Just("<script>alert(1)</script>&amp;]]>".to_owned()),
        1 => Just("😀\u{1F468}\u{200D}\u{1F469}é \u{202e}قال\0\u{1b}[2J\r\n=1+1".to_owned()),
    ];
    let spans = || vec((any::<prop::sample::Index>(), 0usize..40), 0..4);
    let one =
        (spans(), spans(), spans(), any::<prop::sample::Index>(), 0usize..6, any::<bool>(), "\\PC{0,12}");
    (vec(words, 0..6), vec(one, 0..6)).prop_map(|(words, ones)| {
        let mut ledger = empty(&words.concat());
        let length = ledger.document.text.chars().count();
        let place = |spans: &[(prop::sample::Index, usize)]| -> Vec<Pair> {
            let mut pairs: Vec<Pair> = Vec::new();
            for (at, wide) in spans {
                let start = at.index(length + 1);
                pairs.push([start, (start + wide).min(length)]);
            }
            pairs.sort_unstable();
            pairs
        };
        for (n, (sources, cue, content, inside, speaker, negated, name)) in ones.into_iter().enumerate() {
            let id = (speaker > 1).then(|| format!("s{speaker}"));
            if speaker > 2 && ledger.sources.iter().all(|source| Some(&source.id) != id.as_ref()) {
                ledger.sources.push(source(&format!("s{speaker}"), &name, [0, 0]));
            }
            let mut record = statement(&format!("=id{n}"), id.as_deref(), Act::Warn);
            record.negated = negated;
            record.spans = Spans { source: place(&sources), cue: place(&cue), content: place(&content) };
            // Sometimes a later one, itself, or none at all: readers of a file cannot be sure.
            record.inside = negated.then(|| format!("=id{}", inside.index(7)));
            record.target = Some(Target { name: name.clone(), source: None, start: 0, end: 0 });
            record.said_on = Some(SaidOn { edtf: "2021-11~".to_owned(), from: name, start: 0, end: length });
            record.because =
                vec![Because { field: "act".to_owned(), rule: "any".to_owned(), start: 0, end: length + 9 }];
            ledger.statements.push(record);
            quote(&mut ledger, n);
        }
        ledger
    })
}
