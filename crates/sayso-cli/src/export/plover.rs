//! Events as conflict researchers code them: JSON Lines, one event for each statement whose act is one in PLOVER.
//!
//! The event is the saying: who accuses, asks, rejects or supports, and whom. A thought is none, and so is what a reviewer rejected. What PLOVER's
//! act does not tell (a mode of REQUEST, an intensity) stays null. A statement of unknown source or target keeps the reason.
//!
//! # Source
//! PLOVER: Political Language Ontology for Verifiable Event Records (Open Event Data Alliance 2023), event types and modes; names of
//! fields after its event records.

use super::view::View;
use super::{Beside, Exporter, Inputs, Print, Provenance, iri, json_of, words};
use sayso::ledger::{Kind, Ledger, Source};
use sayso::lexicon::{self, Act};
use serde_json::{Value, json};

pub(super) const EXPORTER: Exporter = Exporter {
    name: "plover",
    about: "one PLOVER event a line, for statements that are one: who accuses, asks, rejects, supports whom",
    extension: "jsonl",
    inputs: Inputs::Many,
    between: "",
    beside: Beside::Nothing,
    begin: |_| Box::new(Events::default()),
};

#[derive(Default)]
struct Events {
    /// Statements that are no event.
    no_event: usize,
    rejected: usize,
}

impl Print for Events {
    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        let view = View::new(ledger);
        let mut lines = String::new();
        for (at, statement) in ledger.statements.iter().enumerate() {
            let codes = lexicon::acts().codes(statement.act, statement.negated);
            let event = codes.and_then(|codes| codes.plover.as_deref());
            let event = event.filter(|_| statement.kind == Kind::Speech);
            match event {
                _ if statement.is_rejected() => self.rejected += 1,
                Some(event) => {
                    let cameo = codes.and_then(|codes| codes.cameo.as_deref());
                    lines += &json_of(&record(&view, at, from, event, cameo));
                    lines.push('\n');
                }
                None => self.no_event += 1,
            }
        }
        lines.into_bytes()
    }

    fn left_out(&self) -> Option<String> {
        let rejected = (self.rejected > 0)
            .then(|| format!("{} that a reviewer rejected", words::count(self.rejected, "statement")));
        let no_event = (self.no_event > 0)
            .then(|| format!("{} that no PLOVER event is", words::count(self.no_event, "statement")));
        let left_out: Vec<String> = no_event.into_iter().chain(rejected).collect();
        (!left_out.is_empty()).then(|| format!("left out: {}", left_out.join(", ")))
    }
}

fn record(view: &View, at: usize, from: &Provenance, event: &str, cameo: Option<&str>) -> Value {
    let statement = view.statement(at);
    let document = &view.ledger.document;
    let said = statement.said_on.as_ref().map(|said| said.edtf.as_str());
    let source = statement.speaker.as_deref().and_then(|id| view.source(id));
    let target = statement.target.as_ref().map(|target| {
        let known = target.source.as_deref().and_then(|id| view.source(id));
        known.map_or_else(|| json!({ "name": target.name }), |known| actor(known, &target.name))
    });
    json!({
        "id": iri::statement(document, statement),
        "event_type": event,
        "event_mode": mode(statement.act),
        "cameo": cameo,
        "date": said.or(document.published.as_deref()),
        "date_of": if said.is_some() { Some("saying") } else { document.published.as_ref().map(|_| "article") },
        "source": source.map(|source| actor(source, statement.speaker_name.as_deref().unwrap_or(&source.name))),
        "source_unknown": statement.why_unknown,
        "reported_by": view.reporters(at),
        "co_speakers": view.names(&statement.co_speakers),
        "candidates": view.names(&statement.candidates),
        "target": target,
        "text": statement.quote,
        "act": statement.act.name(),
        "certainty": statement.certainty.map(words::certainty),
        "confidence": statement.confidence,
        "provenance": super::provenance(view.ledger, statement, from),
    })
}

fn actor(source: &Source, name: &str) -> Value {
    json!({
        "name": name,
        "kind": words::source_kind(source.kind),
        "status": words::status(source.status),
        "roles": source.roles.iter().map(|role| role.text.as_str()).collect::<Vec<_>>(),
        "spellings": source.names,
        "affiliation": source.affiliation,
    })
}

/// The mode that an act is of its event type.
fn mode(act: Act) -> Option<&'static str> {
    match act {
        Act::Accuse => Some("allege"),
        Act::Condemn => Some("disapprove"),
        Act::State
        | Act::Announce
        | Act::Confirm
        | Act::Admit
        | Act::Deny
        | Act::Dispute
        | Act::Refuse
        | Act::Decline
        | Act::CallFor
        | Act::Demand
        | Act::Vow
        | Act::Warn
        | Act::Predict
        | Act::Endorse
        | Act::Ask
        | Act::Retract => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{invented, printed, valid};
    use proptest::prelude::*;
    use sayso::ledger::{Review, Verdict};

    #[test]
    fn only_events_are_written_and_the_others_counted() {
        let mut ledger = invented::sourced();
        ledger.statements[1].act = Act::State;
        ledger.statements[2].review =
            ledger.statements[2].review.take().map(|review| Review { verdict: Verdict::Rejected, ..review });
        let mut events = Events::default();
        let lines = events.one(&ledger, &invented::provenance());
        let event: Value = serde_json::from_slice(&lines).expect("one line");
        assert_eq!((&event["event_type"], &event["event_mode"]), (&json!("ACCUSE"), &json!("allege")));
        assert_eq!((&event["source"]["name"], &event["date_of"]), (&json!("The 🚢X"), &json!("article")));
        let left_out = events.left_out().expect("two are left out");
        assert_eq!(
            left_out,
            "left out: 1 statement that no PLOVER event is, 1 statement that a reviewer rejected"
        );
    }

    #[test]
    fn an_event_that_somebody_else_reported_says_so() {
        let mut ledger = invented::sourced();
        ledger.statements[1].co_speakers = vec![ledger.sources[0].id.clone()];
        let lines = printed("plover", std::slice::from_ref(&ledger), &invented::manner());
        let events: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        let said = |at: usize, field: &str| events[at][field].clone();
        assert_eq!((said(0, "reported_by"), said(1, "reported_by")), (json!([]), json!(["The 🚢X"])));
        assert_eq!(said(1, "co_speakers"), json!(["The 🚢X"]));
        assert_eq!(said(2, "candidates"), json!(["The 🚢X", "Oru"]));
    }

    proptest! {
        #[test]
        fn events_are_as_the_scheme_has_them(mut ledger in invented::ledger(), act in 0..Act::ALL.len()) {
            for statement in &mut ledger.statements {
                statement.act = Act::ALL[act];
            }
            let text: Vec<char> = ledger.document.text.chars().collect();
            for line in printed("plover", std::slice::from_ref(&ledger), &invented::manner()).lines() {
                let event: Value = serde_json::from_str(line).expect("a line is an object");
                valid("plover", &event);
                let spans: Vec<sayso::ledger::Pair> =
                    serde_json::from_value(event["provenance"]["spans"]["content"].clone()).expect("pairs");
                let words: Vec<String> = spans.iter().map(|[from, to]| text[*from..*to].iter().collect()).collect();
                prop_assert_eq!(&event["text"], &json!(words.join(" ")));
            }
        }
    }
}
