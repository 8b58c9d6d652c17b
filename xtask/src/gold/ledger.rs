//! Ledger JSON and gold, both ways.
//!
//! A ledger becomes an annotation so that what the program printed is compared like a second reader, and so that a
//! corrected ledger can become gold. Gold becomes a ledger so that every exporter and viewer shows it.

use super::page::Page;
use super::record::{Annotation, Header, Link, Pair, SaidOn, Source, Statement, Target};
use anyhow::{Result, ensure};
use sayso::article::BlockRole;
use sayso::ledger::{self, Ledger};
use std::collections::{BTreeMap, BTreeSet};

/// What a ledger says, as an annotation of the document that it was made from.
pub(crate) fn from_ledger(ledger: &Ledger, header: &Header) -> Annotation {
    let speaks: BTreeSet<&str> = ledger
        .statements
        .iter()
        .flat_map(|s| s.speaker.iter().chain(&s.co_speakers))
        .map(String::as_str)
        .collect();
    let sources = ledger.sources.iter().filter(|s| speaks.contains(s.id.as_str()));
    let n_of: BTreeMap<&str, usize> =
        ledger.statements.iter().enumerate().map(|(i, s)| (s.id.as_str(), i + 1)).collect();
    let running = |b: &&ledger::BlockRecord| match b.role {
        BlockRole::Title | BlockRole::Standfirst | BlockRole::Paragraph | BlockRole::List => false,
        BlockRole::Heading
        | BlockRole::Caption
        | BlockRole::Credit
        | BlockRole::Correction
        | BlockRole::Boilerplate => true,
    };
    Annotation {
        header: Header {
            not_read: ledger.document.blocks.iter().filter(running).map(|b| [b.start, b.end]).collect(),
            excused: Vec::new(),
            ..header.clone()
        },
        sources: sources.map(source).collect(),
        statements: ledger.statements.iter().map(|s| statement(s, &n_of)).collect(),
    }
}

fn source(source: &ledger::Source) -> Source {
    Source {
        key: source.id.clone(),
        name: source.name.clone(),
        also: source.names.iter().filter(|name| **name != source.name).cloned().collect(),
        kind: source.kind,
        status: source.status,
        affiliation: source.affiliation.clone(),
        roles: source.roles.iter().map(|r| [r.start, r.end]).collect(),
        mentions: source.mentions.clone(),
    }
}

fn statement(statement: &ledger::Statement, n_of: &BTreeMap<&str, usize>) -> Statement {
    let outlet = statement.via.outlet.clone();
    let single =
        if statement.chain.len() == 1 { statement.chain.first().map(|l| l.how.clone()) } else { None };
    Statement {
        n: n_of[statement.id.as_str()],
        speaker: statement.speaker.clone(),
        why_unknown: statement.why_unknown.clone(),
        co_speakers: statement.co_speakers.clone(),
        act: statement.act,
        or_acts: Vec::new(),
        kind: statement.kind,
        mode: statement.mode,
        certainty: statement.certainty,
        negated: statement.negated,
        optional: false,
        inside: statement.inside.as_deref().and_then(|id| n_of.get(id).copied()),
        source: statement.spans.source.clone(),
        cue: statement.spans.cue.clone(),
        content: statement.spans.content.clone(),
        verbatim: statement.verbatim.clone(),
        addressee: statement.addressee.clone(),
        how: outlet.as_ref().map(|_| single.unwrap_or_else(|| "told".to_owned())),
        outlet,
        setting: statement.via.setting.clone(),
        chain: if statement.chain.len() < 2 {
            Vec::new()
        } else {
            let links = statement.chain.iter();
            links.map(|l| Link { from: l.from.clone(), to: l.to.clone(), how: l.how.clone() }).collect()
        },
        said_on: statement
            .said_on
            .as_ref()
            .map(|on| SaidOn { edtf: on.edtf.clone(), at: [on.start, on.end] }),
        target: statement.target.as_ref().map(|t| Target {
            name: t.name.clone(),
            source: t.source.clone(),
            at: Some([t.start, t.end]),
        }),
        cases: Vec::new(),
    }
}

/// Gold as a ledger. What a person read has confidence 1 and no machine's reasons.
///
/// # Errors
/// When a span is outside the text.
pub(crate) fn to_ledger(annotation: &Annotation, text: &str) -> Result<Ledger> {
    let page = Page::new(text);
    let header = &annotation.header;
    let id_of = |n: usize| format!("{}-{n}", header.document);
    let block = |&[start, end]: &Pair| ledger::BlockRecord {
        role: if header.not_read.contains(&[start, end]) {
            BlockRole::Boilerplate
        } else {
            BlockRole::Paragraph
        },
        start,
        end,
        bytes: None,
        language: None,
    };
    let mut statements = Vec::new();
    for statement in &annotation.statements {
        let spans = statement.source.iter().chain(&statement.cue).chain(&statement.content);
        for &[start, end] in spans {
            ensure!(start < end && end <= page.len(), "statement {}: [{start}, {end}]", statement.n);
        }
        statements.push(record(annotation, statement, &page, &id_of));
    }
    Ok(Ledger {
        schema: ledger::SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: ledger::Document {
            id: header.document.clone(),
            sha256: header.sha256.clone(),
            published: header.published.clone(),
            published_from: header.published.as_ref().map(|_| "gold".to_owned()),
            language: Some("en".to_owned()),
            text: text.to_owned(),
            blocks: page.paragraphs.iter().map(block).collect(),
            ..ledger::Document::default()
        },
        sources: annotation.sources.iter().map(|s| source_record(s, &page)).collect(),
        statements,
        notes: Vec::new(),
    })
}

fn source_record(source: &Source, page: &Page) -> ledger::Source {
    let words = |&[start, end]: &Pair| ledger::Words { text: page.words([start, end]), start, end };
    ledger::Source {
        id: source.key.clone(),
        name: source.name.clone(),
        kind: source.kind,
        status: source.status,
        roles: source.roles.iter().map(words).collect(),
        affiliation: source.affiliation.clone(),
        names: source.names().map(str::to_owned).collect(),
        mentions: source.mentions.clone(),
    }
}

fn record(
    annotation: &Annotation,
    statement: &Statement,
    page: &Page,
    id_of: &dyn Fn(usize) -> String,
) -> ledger::Statement {
    let quote: Vec<String> = statement.content.iter().map(|&pair| page.words(pair)).collect();
    let speaker_name = annotation.speaker(statement).map(|s| s.name.clone());
    let link = |l: &Link| ledger::Link { from: l.from.clone(), to: l.to.clone(), how: l.how.clone() };
    let chain = match (&statement.outlet, &statement.how, &speaker_name) {
        (Some(outlet), Some(how), Some(from)) if statement.chain.is_empty() => {
            vec![ledger::Link { from: from.clone(), to: outlet.clone(), how: how.clone() }]
        }
        _ => statement.chain.iter().map(link).collect(),
    };
    let why = statement.why_unknown.clone().unwrap_or_else(|| "nobody is named".to_owned());
    ledger::Statement {
        id: id_of(statement.n),
        speaker: statement.speaker.clone(),
        why_unknown: statement.speaker.is_none().then_some(why),
        speaker_name,
        kind: statement.kind,
        act: statement.act,
        negated: statement.negated,
        mode: statement.mode,
        quote: quote.join(" "),
        verbatim: statement.verbatim.clone(),
        spans: ledger::Spans {
            source: statement.source.clone(),
            cue: statement.cue.clone(),
            content: statement.content.clone(),
        },
        co_speakers: statement.co_speakers.clone(),
        candidates: Vec::new(),
        addressee: statement.addressee.clone(),
        via: ledger::Via { outlet: statement.outlet.clone(), setting: statement.setting.clone() },
        chain,
        said_on: statement.said_on.as_ref().map(|on| ledger::SaidOn {
            edtf: on.edtf.clone(),
            from: "text".to_owned(),
            start: on.at[0],
            end: on.at[1],
        }),
        target: statement.target.as_ref().and_then(|t| {
            let [start, end] = t.at.or_else(|| page.first(&t.name))?;
            // As the article writes it, where it is no source.
            let stands = page.first(&t.name).map(|at| page.words(at));
            let name = if t.source.is_some() { t.name.clone() } else { stands? };
            Some(ledger::Target { name, source: t.source.clone(), start, end })
        }),
        certainty: statement.certainty,
        inside: statement.inside.map(id_of),
        confidence: 1.0,
        scores: BTreeMap::new(),
        because: Vec::new(),
        review: None,
    }
}
