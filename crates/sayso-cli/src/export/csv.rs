//! One row a statement, for spreadsheets: RFC 4180, and no cell that a spreadsheet would run as a formula. A codebook says which columns.

use super::codebook::{Codebook, Column};
use super::fields::Row;
use super::view::View;
use super::{Beside, Exporter, Inputs, Print, Provenance};
use sayso::ledger::Ledger;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "csv",
    about: "one row a statement, for spreadsheets; --codebook says which columns",
    extension: "csv",
    inputs: Inputs::Many,
    between: "",
    beside: Beside::Nothing,
    begin: |manner| {
        let Codebook { columns } = manner.codebook.clone().unwrap_or_else(Codebook::usual);
        Box::new(Table { columns })
    },
};

struct Table {
    columns: Vec<Column>,
}

impl Print for Table {
    fn start(&mut self) -> Vec<u8> {
        rows([self.columns.iter().map(|column| column.name.clone()).collect()])
    }

    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        let view = View::new(ledger);
        rows((0..ledger.statements.len()).map(|at| {
            let row = Row::of(&view, at, from);
            self.columns.iter().map(|column| column.cell(&row)).collect()
        }))
    }
}

fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        let row = row.iter().map(|cell| neutral(cell));
        writer.write_record(row).expect("memory takes every row, and all have the same length");
    }
    writer.into_inner().expect("memory takes every row")
}

/// A cell that starts as a formula does gets an apostrophe in front; a number is none. So does what stands behind a semicolon, a tab or a line break in a
/// cell: where the comma stands in numbers, spreadsheets split at semicolons, and take the quotation marks around a cell for words.
///
/// # Source
/// OWASP, "CSV Injection".
fn neutral(cell: &str) -> String {
    // NULs end a cell in some readers.
    let cell = cell.replace('\0', "\u{fffd}");
    let mut neutral = String::with_capacity(cell.len() + 1);
    if cell.starts_with(['\t', '\r', '\n']) {
        neutral.push('\'');
    }
    for (at, piece) in cell.split_inclusive([';', '\t', '\r', '\n']).enumerate() {
        let words = piece.trim_matches([' ', ';', '\t', '\r', '\n']);
        // "-1;x" is no number where the comma separates, and its parts are none of one
        let number = if at == 0 { &cell } else { words };
        if words.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number(number) {
            neutral.push('\'');
        }
        neutral += piece;
    }
    neutral
}

/// "-99", which coding sheets write for what is missing.
fn is_number(cell: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    number.split_once('.').map_or_else(|| digits(number), |(whole, part)| digits(whole) && digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{invented, printed};
    use proptest::prelude::*;

    fn read_back(text: &str) -> Vec<csv::StringRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.expect("every row is well formed")).collect()
    }

    #[test]
    fn formulas_are_words() {
        for (cell, neutralised) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("a=b", "a=b"),
            ("-", "'-"),
            ("\tx", "'\tx"),
            ("-99", "-99"),
            ("+1.5", "+1.5"),
            ("-1+1", "'-1+1"),
            ("-1.", "'-1."),
            (" =1+1", "' =1+1"),
            ("a;=1+1;b; =2;-3;ü", "a;'=1+1;b;' =2;-3;ü"),
            ("a\t=1\r\n@b\n-c", "a\t'=1\r\n'@b\n'-c"),
            ("12-40;55-71", "12-40;55-71"),
            (";", ";"),
            ("-1;x", "'-1;x"),
        ] {
            assert_eq!(neutral(cell), neutralised);
        }
    }

    #[test]
    fn a_projects_own_sheet_comes_out() {
        let book = "\
join = \" | \"
date = \"%d %B %Y\"

[[column]]
name = \"event_date\"
field = \"said_on\"
or = [\"published\"]

[[column]]
name = \"=actor1\"
field = \"speaker_name\"
empty = \"Unidentified\"

[[column]]
name = \"assoc_actor_1\"
field = \"speaker_roles\"

[[column]]
name = \"sub_event_type\"
field = \"act\"
values = { accuse = 1, deny = \"2\" }
otherwise = \"-99\"

[[column]]
name = \"source_scale\"
value = \"=National\"

[[column]]
name = \"notes\"
field = \"quote\"
";
        let codebook = Codebook::parse("acled.toml", book).unwrap_or_else(|error| panic!("{error}"));
        let mut ledger = invented::sourced();
        ledger.statements.truncate(2);
        ledger.statements[1].act = sayso::lexicon::Act::Vow;
        ledger.statements[1].speaker = None;
        let manner = super::super::Manner { codebook: Some(codebook), ..invented::manner() };
        let rows = read_back(&printed("csv", &[ledger], &manner));
        let expected = [
            ["event_date", "'=actor1", "assoc_actor_1", "sub_event_type", "source_scale", "notes"],
            ["18 May 2024", "The 🚢X", "'=captain", "1", "'=National", "“it sank, we heard"],
            ["18 May 2024", "Unidentified", "", "-99", "'=National", "it sank"],
        ];
        assert_eq!(rows, expected.map(|row| csv::StringRecord::from(row.to_vec())));
    }

    proptest! {
        #[test]
        fn rows_read_back(ledger in invented::ledger()) {
            let text = printed("csv", std::slice::from_ref(&ledger), &invented::manner());
            let rows = read_back(&text);
            prop_assert_eq!(rows.len(), ledger.statements.len() + 1);
            for (row, record) in rows[1..].iter().zip(&ledger.statements) {
                let column = |name| &row[rows[0].iter().position(|cell| cell == name).expect("a column")];
                prop_assert_eq!(column("quote"), neutral(&record.quote));
                prop_assert_eq!(column("statement"), neutral(&record.id));
                let starts = ['=', '+', '-', '@', '\t', '\r'];
                prop_assert!(row.iter().all(|cell| !cell.starts_with(starts) || is_number(cell)));
            }
        }
    }
}
