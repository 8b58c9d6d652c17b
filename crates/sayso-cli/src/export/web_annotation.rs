//! Annotations for readers of the Web: one collection with one page, in which every statement is an annotation of the words that it attributes.
//!
//! Of each piece of the words there is a target, with the words between those around them, and their place. Places are code points of the
//! article's text, whose hash is `prov:wasDerivedFrom`; a page of the Web holds more than that text, and there the words find the place.
//!
//! # Source
//! Web Annotation Data Model (W3C Recommendation, 23 February 2017): 3.1 and 3.2 (annotation, bodies, targets), 3.3 (agents, times), 4.2.4 and
//! 4.2.5 (selectors), 4.3.1 (states), 5 (collections).

use super::view::View;
use super::{Beside, Exporter, Inputs, Print, Provenance, days, iri, json_of, words};
use sayso::ledger::{Document, Ledger, Pair, Statement};
use serde_json::{Value, json};

pub(super) const EXPORTER: Exporter = Exporter {
    name: "web-annotation",
    about: "a collection of W3C Web Annotations, one for each statement",
    extension: "jsonld",
    inputs: Inputs::Many,
    between: "",
    beside: Beside::Nothing,
    begin: |_| Box::new(Collection::default()),
};

/// Code points before and after the words.
const AROUND: usize = 32;

#[derive(Default)]
struct Collection {
    total: usize,
    /// A name for all that is in it.
    name: String,
}

impl Print for Collection {
    fn start(&mut self) -> Vec<u8> {
        // the words of the model, and those that say where the words are from
        let context = json!([
            "http://www.w3.org/ns/anno.jsonld",
            { "prov": "http://www.w3.org/ns/prov#", "sdo": "https://schema.org/" }
        ]);
        format!(
            "{{\"@context\":{context},\"type\":\"AnnotationCollection\",\"label\":\"Statements that articles report\",\"first\":\
             {{\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":["
        )
        .into_bytes()
    }

    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        let view = View::new(ledger);
        let text: Vec<char> = ledger.document.text.chars().collect();
        let mut out = String::new();
        for at in 0..ledger.statements.len() {
            let annotation = annotation(&view, &text, at, from);
            out += if self.total == 0 { "\n" } else { ",\n" };
            out += &json_of(&annotation);
            self.total += 1;
            self.name = iri::uuid(&[&self.name, annotation["id"].as_str().unwrap_or_default()]);
        }
        out.into_bytes()
    }

    fn end(&mut self) -> Vec<u8> {
        let collection = iri::uuid(&["collection", &self.name]);
        let page = iri::uuid(&["page", &self.name]);
        format!(
            "\n],\"id\":\"{page}\",\"partOf\":\"{collection}\"}},\"total\":{},\"id\":\"{collection}\"}}\n",
            self.total
        )
        .into_bytes()
    }
}

fn annotation(view: &View, text: &[char], at: usize, from: &Provenance) -> Value {
    let (statement, document) = (view.statement(at), &view.ledger.document);
    let tag = |value: &str| json!({ "type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": value });
    let speaker = view.speaker(statement);
    let mut body = vec![tag(statement.act.name())];
    body.extend(speaker.map(tag));
    body.push(json!({
        "type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en",
        "value": described(view, at),
    }));
    let mut annotation = json!({
        "id": iri::statement(document, statement),
        "type": "Annotation",
        "motivation": ["tagging", "describing"],
        "body": body,
        "target": targets(document, text, statement),
        "generator": { "type": "Software", "name": format!("sayso {}, weights {}", from.version, from.weights) },
        "prov:wasDerivedFrom": origin(document, from),
        "sdo:identifier": statement.id,
    });
    let more = annotation.as_object_mut().expect("it is an object");
    if let Some(time) = document.captured.as_deref().and_then(days::time) {
        more.insert("created".to_owned(), json!(time));
    }
    if let Some(review) = &statement.review {
        more.insert("creator".to_owned(), json!({ "type": "Person", "name": review.by }));
        more.insert("sdo:creativeWorkStatus".to_owned(), json!(words::verdict(review.verdict)));
        if let Some(time) = days::time(&review.at) {
            more.insert("modified".to_owned(), json!(time));
        }
    }
    annotation
}

/// "Ilse Maron accuses Dorn (reported, indirect; certain; confidence 0.87; said on 2024-05-17)"
fn described(view: &View, at: usize) -> String {
    let statement = view.statement(at);
    let mut facts = vec![format!("reported, {}", words::mode(statement.mode))];
    let others = [
        ("reported by", view.reporters(at)),
        ("with", view.names(&statement.co_speakers)),
        ("perhaps", view.names(&statement.candidates)),
    ];
    let others = others.into_iter().filter(|(_, names)| !names.is_empty());
    facts.extend(others.map(|(term, names)| format!("{term} {}", names.join(", "))));
    facts.extend(statement.certainty.map(|certainty| words::certainty(certainty).to_owned()));
    facts.push(format!("confidence {}", statement.confidence));
    facts.extend(statement.said_on.as_ref().map(|said| format!("said on {}", said.edtf)));
    facts.extend(
        statement
            .review
            .as_ref()
            .map(|review| format!("{} by {} on {}", words::verdict(review.verdict), review.by, review.at)),
    );
    let target =
        statement.target.as_ref().map(|target| format!(", about {}", target.name)).unwrap_or_default();
    let speaker = view.speaker(statement).map_or_else(
        || format!("An unknown speaker ({})", statement.why_unknown.as_deref().unwrap_or("no reason given")),
        str::to_owned,
    );
    format!("{speaker} {}{target} ({})", words::act(statement), facts.join("; "))
}

/// A target for each piece; the article as a whole where there is no word.
fn targets(document: &Document, text: &[char], statement: &Statement) -> Vec<Value> {
    let state = state(document);
    let pieces = statement.spans.content.iter().filter(|[start, end]| start < end && *end <= text.len());
    let target = |selector: Option<Value>| {
        let mut target = json!({ "type": "SpecificResource", "source": iri::article(document) });
        let more = target.as_object_mut().expect("it is an object");
        more.extend(selector.map(|selector| ("selector".to_owned(), selector)));
        more.extend(state.clone().map(|state| ("state".to_owned(), state)));
        target
    };
    let targets: Vec<Value> = pieces.map(|piece| target(Some(selectors(text, *piece)))).collect();
    if targets.is_empty() { vec![target(None)] } else { targets }
}

fn selectors(text: &[char], [start, end]: Pair) -> Value {
    let words = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    let (before, after) = (start.saturating_sub(AROUND), (end + AROUND).min(text.len()));
    json!([
        { "type": "TextQuoteSelector", "exact": words(start, end), "prefix": words(before, start), "suffix": words(end, after) },
        { "type": "TextPositionSelector", "start": start, "end": end },
    ])
}

/// The page as it was when it was fetched, and where an archive has it.
fn state(document: &Document) -> Option<Value> {
    let captured = document.captured.as_deref().and_then(days::time);
    let archived = document.archive_url.as_deref().and_then(iri::address);
    if captured.is_none() && archived.is_none() {
        return None;
    }
    let mut state = json!({ "type": "TimeState" });
    let more = state.as_object_mut().expect("it is an object");
    more.extend(captured.map(|time| ("sourceDate".to_owned(), json!(time))));
    more.extend(archived.map(|address| ("cached".to_owned(), json!(address))));
    Some(state)
}

/// The text that the places count in, and the article that it is of.
fn origin(document: &Document, from: &Provenance) -> Value {
    let mut origin = json!({
        "id": iri::text(document),
        "type": ["Text", "sdo:NewsArticle"],
        "format": "text/plain",
        "sdo:identifier": document.id,
    });
    let more = origin.as_object_mut().expect("it is an object");
    let mut add = |name: &str, value: Option<Value>| more.extend(value.map(|value| (name.to_owned(), value)));
    add("language", document.language.as_ref().map(|language| json!(language)));
    add("sdo:headline", document.title.as_ref().map(|title| json!(title)));
    add("sdo:datePublished", document.published.as_deref().and_then(days::iso).map(|day| json!(day)));
    add(
        "sdo:publisher",
        document.outlet.as_ref().map(|outlet| json!({ "type": "sdo:Organization", "name": outlet })),
    );
    add("sdo:position", from.article.map(|number| json!(number)));
    origin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{invented, printed, valid};
    use proptest::prelude::*;

    #[test]
    fn words_in_pieces_have_a_target_each() {
        let ledger = invented::sourced();
        let text = printed("web-annotation", std::slice::from_ref(&ledger), &invented::manner());
        let collection: Value = serde_json::from_str(&text).expect("an object");
        valid("web-annotation", &collection);
        let annotation = &collection["first"]["items"][0];
        let targets = annotation["target"].as_array().expect("targets");
        let exact: Vec<&str> =
            targets.iter().map(|one| one["selector"][0]["exact"].as_str().expect("words")).collect();
        assert_eq!(exact, ["“it sank,", "we heard"]);
        assert_eq!(targets[1]["selector"][0]["prefix"], "aid “it sank, Oru told me,” and ");
        assert_eq!(targets[0]["source"], "https://post.example/lake?a=1&b=2");
        assert_eq!(annotation["created"], "2024-05-20T00:00:00Z");
    }

    #[test]
    fn a_description_says_who_reported_it_and_who_else_it_may_be() {
        let ledger = invented::sourced();
        let view = View::new(&ledger);
        assert!(described(&view, 1).contains("reported by The 🚢X"), "{}", described(&view, 1));
        assert!(described(&view, 2).contains("perhaps The 🚢X, Oru"), "{}", described(&view, 2));
        assert!(!described(&view, 0).contains("reported by"), "{}", described(&view, 0));
    }

    #[test]
    fn a_collection_may_be_empty() {
        let collection: Value =
            serde_json::from_str(&printed("web-annotation", &[], &invented::manner())).expect("an object");
        valid("web-annotation", &collection);
        assert_eq!((&collection["total"], &collection["first"]["items"]), (&json!(0), &json!([])));
    }

    proptest! {
        #[test]
        fn every_selector_slices_the_text(ledger in invented::ledger()) {
            let twice = [ledger.clone(), ledger.clone()];
            let collection: Value =
                serde_json::from_str(&printed("web-annotation", &twice, &invented::manner())).expect("an object");
            valid("web-annotation", &collection);
            prop_assert_eq!(&collection["total"], &json!(2 * ledger.statements.len()));
            let text: Vec<char> = ledger.document.text.chars().collect();
            let items = collection["first"]["items"].as_array().expect("annotations");
            for target in items.iter().flat_map(|one| one["target"].as_array().expect("targets")) {
                let Some(selectors) = target["selector"].as_array() else { continue };
                let [quote, place] = &selectors[..] else { panic!("{selectors:?}") };
                let number = |name: &str| usize::try_from(place[name].as_u64().expect("a number")).expect("it fits");
                let exact: String = text[number("start")..number("end")].iter().collect();
                prop_assert_eq!(&quote["exact"], &json!(exact));
                let around = ["prefix", "exact", "suffix"].map(|name| quote[name].as_str().expect("words"));
                prop_assert!(ledger.document.text.contains(&around.concat()));
            }
        }
    }
}
