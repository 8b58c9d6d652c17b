//! One row a statement, for spreadsheets: RFC 4180, and no cell that a spreadsheet would run as a formula.

use super::view::View;
use super::{Beside, Exporter, Inputs, words};
use sayso::ledger::{Ledger, Pair};
use sayso::lexicon;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "csv",
    about: "one row a statement, for spreadsheets",
    extension: "csv",
    inputs: Inputs::Many,
    start: || rows([COLUMNS.map(str::to_owned)]),
    between: "",
    one: |ledger, _| rows(statements(ledger)),
    beside: Beside::Nothing,
    failed: super::no_ledger,
};

const COLUMNS: [&str; 28] = [
    "document",
    "title",
    "outlet",
    "published",
    "statement",
    "speaker",
    "speaker_name",
    "speaker_kind",
    "speaker_status",
    "speaker_roles",
    "why_unknown",
    "candidates",
    "act",
    "negated",
    "kind",
    "mode",
    "quote",
    "target",
    "addressee",
    "via_outlet",
    "said_on",
    "certainty",
    "inside",
    "confidence",
    "content_spans",
    "via_setting",
    "plover",
    "cameo",
];

fn statements(ledger: &Ledger) -> impl Iterator<Item = [String; COLUMNS.len()]> {
    let view = View::new(ledger);
    let document = &ledger.document;
    (0..ledger.statements.len()).map(move |at| {
        let record = view.statement(at);
        let source = record.speaker.as_deref().and_then(|id| view.source(id));
        let codes = lexicon::acts().codes(record.act, record.negated);
        let roles = source.iter().flat_map(|source| &source.roles).map(|role| role.text.as_str());
        [
            document.id.clone(),
            document.title.clone().unwrap_or_default(),
            document.outlet.clone().unwrap_or_default(),
            document.published.clone().unwrap_or_default(),
            record.id.clone(),
            record.speaker.clone().unwrap_or_default(),
            view.speaker(record).unwrap_or_default().to_owned(),
            source.map_or("", |source| words::source_kind(source.kind)).to_owned(),
            source.map_or("", |source| words::status(source.status)).to_owned(),
            roles.collect::<Vec<_>>().join("; "),
            record.why_unknown.clone().unwrap_or_default(),
            view.names(&record.candidates).join("; "),
            record.act.name().to_owned(),
            record.negated.to_string(),
            words::kind(record.kind).to_owned(),
            words::mode(record.mode).to_owned(),
            record.quote.clone(),
            record.target.as_ref().map(|target| target.name.clone()).unwrap_or_default(),
            record.addressee.clone().unwrap_or_default(),
            record.via.outlet.clone().unwrap_or_default(),
            record.said_on.as_ref().map(|said| said.edtf.clone()).unwrap_or_default(),
            record.certainty.map_or("", words::certainty).to_owned(),
            record.inside.clone().unwrap_or_default(),
            record.confidence.to_string(),
            spans(&record.spans.content),
            record.via.setting.clone().unwrap_or_default(),
            codes.and_then(|codes| codes.plover.clone()).unwrap_or_default(),
            codes.and_then(|codes| codes.cameo.clone()).unwrap_or_default(),
        ]
    })
}

/// `12-40;55-71`, in code points.
fn spans(pairs: &[Pair]) -> String {
    pairs.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(";")
}

fn rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let row = row.map(|cell| neutral(&cell));
        writer.write_record(row).expect("memory takes every row, and all have the same length");
    }
    writer.into_inner().expect("memory takes every row")
}

/// A cell that starts as a formula does gets an apostrophe in front, which spreadsheets do not show.
///
/// # Source
/// OWASP, "CSV Injection".
fn neutral(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    // NULs end a cell in some readers.
    let cell = cell.replace('\0', "\u{fffd}");
    if formula { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::invented;
    use proptest::prelude::*;

    fn read_back(bytes: &[u8]) -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().map(|row| row.expect("every row is well formed")).collect()
    }

    #[test]
    fn formulas_are_words() {
        for (cell, neutralised) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("a=b", "a=b"), ("-", "'-"), ("\tx", "'\tx")]
        {
            assert_eq!(neutral(cell), neutralised);
        }
    }

    proptest! {
        #[test]
        fn rows_read_back(ledger in invented::ledger()) {
            let mut bytes = (EXPORTER.start)();
            bytes.extend((EXPORTER.one)(&ledger, &invented::LOOK));
            let rows = read_back(&bytes);
            prop_assert_eq!(rows.len(), ledger.statements.len() + 1);
            for (row, record) in rows[1..].iter().zip(&ledger.statements) {
                let column = |name| &row[COLUMNS.iter().position(|c| *c == name).expect("a column")];
                prop_assert_eq!(column("quote"), neutral(&record.quote));
                prop_assert_eq!(column("statement"), neutral(&record.id));
                prop_assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
            }
        }
    }
}
