//! An article as rows: the document, its sources, its statements. Offsets are code points, half open; what is null, false or empty is left
//! out; no words of the article stand in it but names and short values.

use sayso::article::BlockRole;
use sayso::ledger::{BlockRecord, Ledger, Link, REPORTED_BY, Source, Statement};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

/// The rows of a reviewed ledger, whose text goes by this name.
pub(super) fn of(ledger: &Ledger, name: &str) -> String {
    let numbers: HashMap<&str, usize> =
        ledger.statements.iter().enumerate().map(|(at, one)| (one.id.as_str(), at + 1)).collect();
    let speaks: BTreeSet<&str> = ledger
        .statements
        .iter()
        .flat_map(|one| one.speaker.iter().chain(&one.co_speakers))
        .map(String::as_str)
        .collect();
    let sources = ledger.sources.iter().filter(|source| speaks.contains(source.id.as_str()));
    let rows = std::iter::once(document(ledger, name))
        .chain(sources.map(source))
        .chain(ledger.statements.iter().map(|one| statement(one, &numbers, &speaks)));
    rows.map(|row| format!("{}\n", without_empty(row))).collect()
}

fn document(ledger: &Ledger, name: &str) -> Value {
    let document = &ledger.document;
    let is_read = |block: &&BlockRecord| match block.role {
        BlockRole::Title | BlockRole::Standfirst | BlockRole::Paragraph | BlockRole::List => false,
        BlockRole::Heading
        | BlockRole::Caption
        | BlockRole::Credit
        | BlockRole::Correction
        | BlockRole::Boilerplate => true,
    };
    let not_read: Vec<_> =
        document.blocks.iter().filter(is_read).map(|block| [block.start, block.end]).collect();
    json!({
        "row": "document", "document": name, "text": { "corpus": "file", "path": format!("{name}.txt") },
        "sha256": document.sha256, "published": document.published, "not_read": not_read,
    })
}

fn source(source: &Source) -> Value {
    let also: Vec<&String> = source.names.iter().filter(|name| **name != source.name).collect();
    let roles: Vec<_> = source.roles.iter().map(|role| [role.start, role.end]).collect();
    json!({
        "row": "source", "source": source.id, "name": source.name, "also": also, "kind": source.kind,
        "status": source.status, "affiliation": source.affiliation, "roles": roles, "mentions": source.mentions,
    })
}

fn statement(one: &Statement, numbers: &HashMap<&str, usize>, speaks: &BTreeSet<&str>) -> Value {
    let number = |id: &String| numbers.get(id.as_str());
    // what a statement around it said is in that statement's own row, or was not asked for
    let steps: Vec<&Link> = one.chain.iter().filter(|link| link.how != REPORTED_BY).collect();
    let how = one.via.outlet.as_ref().map(|_| match steps.as_slice() {
        [only] => only.how.as_str(),
        [] | [_, _, ..] => "told",
    });
    let chain = if steps.len() < 2 { &[] } else { steps.as_slice() };
    let said_on = one.said_on.as_ref().map(|said| json!({ "edtf": said.edtf, "at": [said.start, said.end] }));
    let target = one.target.as_ref().map(|target| {
        let source = target.source.as_deref().filter(|id| speaks.contains(id));
        without_empty(json!({ "name": target.name, "source": source, "at": [target.start, target.end] }))
    });
    json!({
        "row": "statement", "statement": number(&one.id), "speaker": one.speaker, "why_unknown": one.why_unknown,
        "co_speakers": one.co_speakers, "act": one.act, "kind": one.kind, "mode": one.mode, "certainty": one.certainty,
        "negated": one.negated, "inside": one.inside.as_ref().and_then(number), "source": one.spans.source,
        "cue": one.spans.cue, "content": one.spans.content, "verbatim": one.verbatim, "addressee": one.addressee,
        "outlet": one.via.outlet, "how": how, "setting": one.via.setting, "chain": chain, "said_on": said_on,
        "target": target,
    })
}

fn without_empty(row: Value) -> Value {
    let Value::Object(fields) = row else { return row };
    let is_empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(all) => all.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::Object(_) => false,
    };
    Value::Object(fields.into_iter().filter(|(_, value)| !is_empty(value)).collect::<Map<_, _>>())
}
