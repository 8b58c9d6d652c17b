//! What holds for every format.

pub(super) mod invented;

use super::*;
use proptest::prelude::*;

/// A file with some ledgers.
pub(super) fn printed(name: &str, ledgers: &[Ledger], manner: &Manner) -> String {
    let exporter = exporter(name);
    let mut print = (exporter.begin)(manner);
    let mut bytes = print.start();
    for (at, ledger) in ledgers.iter().enumerate() {
        bytes.extend(if at > 0 { exporter.between.as_bytes() } else { &[] });
        bytes.extend(print.one(ledger, &invented::provenance()));
    }
    bytes.extend(print.end());
    String::from_utf8(bytes).expect("every format is UTF-8")
}

fn exporter(name: &str) -> &'static Exporter {
    EXPORTERS.iter().find(|exporter| exporter.name == name).expect("a format")
}

proptest! {
    #[test]
    fn every_format_takes_any_text(ledger in invented::ledger(), width in 20usize..120) {
        for exporter in EXPORTERS {
            let look = Look { width, ..invented::LOOK };
            let manner = Manner { look, ..invented::manner() };
            printed(exporter.name, &[ledger.clone(), ledger.clone()], &manner);
        }
    }
}

#[test]
fn ledgers_read_back_from_json() {
    let ledger = invented::lake();
    for name in ["json", "jsonl"] {
        let printed = printed(name, std::slice::from_ref(&ledger), &invented::manner());
        let read: Ledger = serde_json::from_str(&printed).expect("a ledger");
        assert_eq!(read, ledger);
        let whole: Value = serde_json::from_str(&printed).expect("an object");
        assert_eq!(whole["provenance"]["article"], 7);
    }
}

#[test]
fn every_format_says_where_each_statement_comes_from() {
    let ledger = invented::sourced();
    let document = &ledger.document;
    for exporter in EXPORTERS {
        // these show one article to people, who have it before them
        if ["table", "html"].contains(&exporter.name) {
            continue;
        }
        let text = printed(exporter.name, std::slice::from_ref(&ledger), &invented::manner());
        let text = if exporter.name == "markdown" { text.replace('\\', "") } else { text };
        for expected in [
            document.id.as_str(),
            &document.sha256,
            document.url.as_deref().expect("it has one"),
            document.archive_url.as_deref().expect("it has one"),
            document.outlet.as_deref().expect("it has one"),
            document.published.as_deref().expect("it has one"),
            "2024-05-20",
            &ledger.statements[0].id,
            "0.9.1",
            "fast",
            "Petra Sulk",
            "2024-06-01",
            "7",
        ] {
            assert!(text.contains(expected), "{}: {expected:?} is missing in\n{text}", exporter.name);
        }
    }
}

/// Holds a value to a schema of ours, `tests/schema/NAME.json`.
pub(super) fn valid(name: &str, value: &Value) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schema/{name}.json"));
    let schema = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let schema =
        serde_json::from_slice(&schema).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {}\n{value:#}", errors.join("\n"));
}
