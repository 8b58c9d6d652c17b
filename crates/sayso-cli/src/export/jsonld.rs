//! Claims and quotations in the words of schema.org, with links of PROV to the text and the program that they are from.
//!
//! Every statement is a `Claim`; one whose words all stand between quotation marks is a `Quotation` too. Its author is who is reported to have said it.
//! Nothing says that it is true, and what a reviewer rejected is not written. The context stands in the file, so that nothing is fetched to read it.
//!
//! # Source
//! schema.org 29 (Claim, Quotation, NewsArticle); PROV-O (W3C Recommendation, 30 April 2013), sections 3.1 and 3.2.

use super::view::View;
use super::{Beside, Exporter, Inputs, Print, Provenance, days, fields, iri, json_of, words};
use sayso::ledger::{Document, Ledger, Mode, Source, SourceKind};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "jsonld",
    about: "schema.org claims and quotations with PROV links (JSON-LD)",
    extension: "jsonld",
    inputs: Inputs::Many,
    between: "",
    beside: Beside::Nothing,
    begin: |_| Box::new(Graph::default()),
};

#[derive(Default)]
struct Graph {
    /// Programs and activities that were described.
    described: HashSet<String>,
    nodes: usize,
    rejected: usize,
}

impl Print for Graph {
    fn start(&mut self) -> Vec<u8> {
        let context = json!({ "@vocab": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#" });
        format!("{{\"@context\":{context},\"@graph\":[").into_bytes()
    }

    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        let view = View::new(ledger);
        let mut nodes = Vec::new();
        let program = iri::uuid(&["program", &from.version, &from.weights]);
        if self.described.insert(program.clone()) {
            nodes.push(json!({
                "@id": program,
                "@type": ["SoftwareApplication", "prov:SoftwareAgent"],
                "name": "sayso",
                "softwareVersion": from.version,
                "description": format!("weights {}", from.weights),
            }));
        }
        let activity = iri::uuid(&[
            "reading",
            &from.version,
            &from.weights,
            &ledger.document.id,
            &ledger.document.sha256,
        ]);
        nodes.push(json!({
            "@id": activity,
            "@type": "prov:Activity",
            "prov:used": { "@id": iri::text(&ledger.document) },
            "prov:wasAssociatedWith": { "@id": program },
        }));
        nodes.extend(article(&ledger.document, from));
        nodes.extend(ledger.sources.iter().filter_map(|source| speaker(&ledger.document, source)));
        for (at, statement) in ledger.statements.iter().enumerate() {
            if statement.is_rejected() {
                self.rejected += 1;
            } else {
                nodes.push(claim(&view, at, &activity));
            }
        }
        let mut out = String::new();
        for node in nodes {
            out += if self.nodes == 0 { "\n" } else { ",\n" };
            out += &json_of(&node);
            self.nodes += 1;
        }
        out.into_bytes()
    }

    fn end(&mut self) -> Vec<u8> {
        b"\n]}\n".to_vec()
    }

    fn left_out(&self) -> Option<String> {
        let rejected = words::count(self.rejected, "statement");
        (self.rejected > 0).then(|| format!("left out: {rejected} that a reviewer rejected"))
    }
}

/// A node whose parts are there only if they are known.
struct Node(Map<String, Value>);

impl Node {
    fn new(id: String, kind: Value) -> Self {
        Self(Map::from_iter([("@id".to_owned(), json!(id)), ("@type".to_owned(), kind)]))
    }

    fn with(mut self, name: &str, value: Option<Value>) -> Self {
        self.0.extend(value.filter(|value| *value != json!([])).map(|value| (name.to_owned(), value)));
        self
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

fn text_of(words: Option<&String>) -> Option<Value> {
    words.map(|words| json!(words))
}

/// The article, and the text that was read of it.
fn article(document: &Document, from: &Provenance) -> [Value; 2] {
    let outlet = |name: &String| json!({ "@type": "NewsMediaOrganization", "name": name });
    let day = |edtf: Option<&str>| edtf.and_then(days::iso).map(|day| json!(day));
    let number = from.article.map(|number| property("article of the library", &number.to_string()));
    let identifiers: Vec<Value> = std::iter::once(property("document", &document.id)).chain(number).collect();
    let authors: Vec<Value> = document.byline.iter().map(|name| json!(name)).collect();
    let article = Node::new(reported(document), json!(["NewsArticle", "prov:Entity"]))
        .with("identifier", Some(json!(identifiers)))
        .with("headline", text_of(document.title.as_ref()))
        .with("url", document.url.as_deref().and_then(iri::address).map(|url| json!(url)))
        .with("archivedAt", document.archive_url.as_deref().and_then(iri::address).map(|url| json!(url)))
        .with("publisher", document.outlet.as_ref().map(outlet))
        .with("creditText", Some(json!(authors)))
        .with("articleSection", text_of(document.section.as_ref()))
        .with("inLanguage", text_of(document.language.as_ref()))
        .with("datePublished", day(document.published.as_deref()))
        .with("dateModified", day(document.modified.as_deref()));
    let text = Node::new(iri::text(document), json!(["DigitalDocument", "prov:Entity"]))
        .with("encodingFormat", Some(json!("text/plain")))
        .with("identifier", Some(property("SHA-256", &document.sha256)))
        .with("prov:wasDerivedFrom", Some(json!({ "@id": reported(document) })))
        .with("prov:generatedAtTime", document.captured.as_deref().and_then(days::time).map(time));
    [article.done(), text.done()]
}

/// The article as a thing of its own, beside its text. Its address does not name it: two pages may claim the same one.
fn reported(document: &Document) -> String {
    iri::uuid(&["article", &document.id, &document.sha256])
}

fn time(time: String) -> Value {
    json!({ "@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": time })
}

fn property(name: &str, value: &str) -> Value {
    json!({ "@type": "PropertyValue", "propertyID": name, "value": value })
}

/// What schema.org calls a source; it has no word for an author of whom nothing is known.
fn kind(kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::Person => Some("Person"),
        SourceKind::Group | SourceKind::Organisation => Some("Organization"),
        SourceKind::Government => Some("GovernmentOrganization"),
        SourceKind::Document => Some("CreativeWork"),
        SourceKind::Unknown => None,
    }
}

fn speaker(document: &Document, source: &Source) -> Option<Value> {
    let id = iri::source(document, source);
    let others: Vec<&String> = source.names.iter().filter(|name| **name != source.name).collect();
    let roles: Vec<&str> = source.roles.iter().map(|role| role.text.as_str()).collect();
    let is_person = source.kind == SourceKind::Person;
    let node = Node::new(id, json!(kind(source.kind)?))
        .with("name", Some(json!(source.name)))
        .with("alternateName", Some(json!(others)))
        .with("description", Some(json!(words::about(source))).filter(|_| !words::about(source).is_empty()))
        .with("jobTitle", Some(json!(roles)).filter(|_| is_person));
    Some(node.done())
}

fn claim(view: &View, at: usize, activity: &str) -> Value {
    let statement = view.statement(at);
    let document = &view.ledger.document;
    let is_quotation = statement.mode == Mode::Direct;
    let kinds = if is_quotation {
        json!(["Claim", "Quotation", "prov:Entity"])
    } else {
        json!(["Claim", "prov:Entity"])
    };
    let link = |source: &Source| json!({ "@id": iri::source(document, source) });
    let sources = statement.speaker.iter().chain(&statement.co_speakers).filter_map(|id| view.source(id));
    let sources: Vec<&Source> = sources.collect();
    let is_author = |source: &&&Source| !matches!(source.kind, SourceKind::Document | SourceKind::Unknown);
    let authors: Vec<Value> = sources.iter().filter(is_author).map(|source| link(source)).collect();
    let papers: Vec<Value> = sources
        .iter()
        .filter(|source| source.kind == SourceKind::Document)
        .map(|source| link(source))
        .collect();
    let target = statement.target.as_ref().map(|target| {
        let known = target
            .source
            .as_deref()
            .and_then(|id| view.source(id))
            .filter(|source| kind(source.kind).is_some());
        known.map_or_else(|| json!({ "@type": "Thing", "name": target.name }), link)
    });
    let said = statement.said_on.as_ref().map(|said| said.edtf.as_str());
    let act =
        json!({ "@type": "DefinedTerm", "termCode": statement.act.name(), "name": words::act(statement) });
    let outer =
        statement.inside.as_ref().and_then(|id| view.ledger.statements.iter().find(|one| one.id == *id));
    let outer = outer
        .filter(|outer| !outer.is_rejected())
        .map(|outer| json!({ "@id": iri::statement(document, outer) }));
    let review = statement.review.as_ref();
    let node = Node::new(iri::statement(document, statement), kinds)
        .with("text", Some(json!(statement.quote)))
        .with("abstract", Some(json!(abstracted(view, at))))
        .with("keywords", Some(act))
        .with("author", Some(json!(authors)))
        .with("spokenByCharacter", Some(json!(authors)).filter(|_| is_quotation))
        .with("creditText", view.speaker(statement).map(|name| json!(name)))
        .with("citation", Some(json!(papers)))
        .with("about", target)
        .with("dateCreated", said.and_then(days::iso).map(|day| json!(day)))
        .with("datePublished", document.published.as_deref().and_then(days::iso).map(|day| json!(day)))
        .with("inLanguage", text_of(document.language.as_ref()))
        .with("appearance", Some(json!({ "@id": reported(document) })))
        .with("isPartOf", Some(outer.unwrap_or_else(|| json!({ "@id": reported(document) }))))
        .with("isBasedOn", Some(json!({ "@id": iri::text(document) })))
        .with("dateModified", review.and_then(|review| days::iso(&review.at)).map(|day| json!(day)))
        .with("identifier", Some(json!([
            property("statement", &statement.id),
            property("code points of the text", &fields::spans(&statement.spans.content)),
        ])))
        .with("prov:wasDerivedFrom", Some(json!({ "@id": iri::text(document) })))
        .with("prov:wasGeneratedBy", Some(json!({ "@id": activity })))
        .with("prov:wasAttributedTo", review.map(|review| {
            json!({ "@type": ["Person", "prov:Person"], "name": review.by, "description": words::verdict(review.verdict) })
        }));
    node.done()
}

/// "reported: denies, direct, certain, confidence 0.87, reported by: Petra Sulk"
fn abstracted(view: &View, at: usize) -> String {
    let statement = view.statement(at);
    let mut facts =
        vec![format!("reported: {}", words::act(statement)), words::mode(statement.mode).to_owned()];
    facts.extend(statement.certainty.map(|certainty| words::certainty(certainty).to_owned()));
    facts.push(format!("confidence {}", statement.confidence));
    facts.extend(statement.why_unknown.as_ref().map(|why| format!("speaker unknown: {why}")));
    let reporters = view.reporters(at);
    facts.extend((!reporters.is_empty()).then(|| format!("reported by: {}", reporters.join(", "))));
    facts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{invented, printed, valid};
    use proptest::prelude::*;

    fn nodes(ledgers: &[Ledger]) -> Vec<Value> {
        let graph: Value =
            serde_json::from_str(&printed("jsonld", ledgers, &invented::manner())).expect("an object");
        valid("jsonld", &graph);
        graph["@graph"].as_array().expect("a graph").clone()
    }

    fn is(node: &Value, kind: &str) -> bool {
        node["@type"] == kind || node["@type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)))
    }

    #[test]
    fn claims_link_to_speaker_article_text_and_reviewer() {
        let mut ledger = invented::sourced();
        ledger.statements[0].mode = Mode::Direct;
        let nodes = nodes(std::slice::from_ref(&ledger));
        let by_id = |link: &Value| {
            nodes.iter().find(|node| node["@id"] == link["@id"]).unwrap_or_else(|| panic!("{link}"))
        };
        let claims: Vec<&Value> = nodes.iter().filter(|node| is(node, "Claim")).collect();
        assert_eq!(claims.len(), 3);
        let first = claims[0];
        assert!(is(first, "Quotation") && !is(claims[1], "Quotation"));
        assert_eq!(by_id(&first["author"][0])["name"], "The 🚢X");
        assert_eq!(by_id(&first["appearance"])["publisher"]["name"], "The Anbry Post");
        assert_eq!(
            by_id(&first["prov:wasDerivedFrom"])["prov:generatedAtTime"]["@value"],
            "2024-05-20T00:00:00Z"
        );
        let activity = by_id(&first["prov:wasGeneratedBy"]);
        assert_eq!(by_id(&activity["prov:wasAssociatedWith"])["softwareVersion"], "0.9.1");
        assert_eq!(first["prov:wasAttributedTo"]["name"], "Petra Sulk");
        assert_eq!(by_id(&claims[1]["isPartOf"])["@id"], first["@id"]);
    }

    #[test]
    fn articles_that_claim_one_address_stay_two() {
        let first = invented::sourced();
        let mut second = first.clone();
        second.document.id = "copy.html".to_owned();
        second.document.title = Some("Another headline".to_owned());
        let nodes = nodes(&[first, second]);
        let articles: Vec<&Value> = nodes.iter().filter(|node| is(node, "NewsArticle")).collect();
        assert_eq!(articles.len(), 2);
        assert_ne!(articles[0]["@id"], articles[1]["@id"]);
        assert!(articles[0]["url"].is_string() && articles[0]["url"] == articles[1]["url"]);
        for article in articles {
            assert_eq!(
                nodes
                    .iter()
                    .filter(|node| is(node, "Claim") && node["appearance"]["@id"] == article["@id"])
                    .count(),
                3
            );
        }
    }

    proptest! {
        #[test]
        fn every_claim_has_its_words(ledger in invented::ledger()) {
            let nodes = nodes(&[ledger.clone(), ledger.clone()]);
            let words: Vec<&Value> = nodes.iter().filter(|node| is(node, "Claim")).map(|node| &node["text"]).collect();
            let expected: Vec<Value> =
                ledger.statements.iter().chain(&ledger.statements).map(|one| json!(one.quote)).collect();
            prop_assert_eq!(words, expected.iter().collect::<Vec<_>>());
        }
    }
}
