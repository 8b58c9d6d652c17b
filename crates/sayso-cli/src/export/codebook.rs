//! A project's own coding sheet: which columns, under which names, from which field of the record, written how.
//!
//! In: a file in TOML. Out: [`Column`]s. What is wrong in it is said with its line and what was expected.

use super::days;
use super::fields::{FIELDS, Field, Row, Value};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// The columns of a table.
#[derive(Clone)]
pub(crate) struct Codebook {
    pub(super) columns: Vec<Column>,
}

/// A column, and where its cells are from.
#[derive(Clone)]
pub(super) struct Column {
    pub(super) name: String,
    from: From,
    /// What stands for nothing.
    empty: String,
}

#[derive(Clone)]
enum From {
    /// The same in every row.
    Fixed(String),
    /// The first of these that has something to say.
    Fields {
        fields: Vec<&'static Field>,
        values: BTreeMap<String, String>,
        otherwise: Option<String>,
        written: Written,
    },
}

/// How values become a cell.
#[derive(Clone)]
struct Written {
    join: String,
    /// A pattern of `strftime`.
    date: Option<String>,
    inexact: Inexact,
}

/// What becomes of a date that is not one day where a pattern wants one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Inexact {
    /// It stays as the record has it.
    #[default]
    Keep,
    First,
    Last,
    Empty,
}

impl Codebook {
    /// The usual table.
    pub(super) fn usual() -> Self {
        let columns = FIELDS.iter().filter(|field| field.is_usual).map(|field| Column {
            name: field.name.to_owned(),
            from: From::Fields {
                fields: vec![field],
                values: BTreeMap::new(),
                otherwise: None,
                written: Written { join: USUAL_JOIN.to_owned(), date: None, inexact: Inexact::Keep },
            },
            empty: String::new(),
        });
        Self { columns: columns.collect() }
    }

    /// Reads a codebook, whose name goes into what is wrong with it.
    ///
    /// # Errors
    /// A sentence with the line and what was expected.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, String> {
        let wrong = |wrong: Wrong| format!("{name}, line {}: {}", line(text, wrong.at), wrong.what);
        let book: Book = toml::from_str(text).map_err(|error| {
            wrong(Wrong { at: error.span().map_or(0, |span| span.start), what: error.message().to_owned() })
        })?;
        book.columns().map(|columns| Self { columns }).map_err(wrong)
    }
}

impl Column {
    pub(super) fn cell(&self, row: &Row) -> String {
        let cell = match &self.from {
            From::Fixed(value) => value.clone(),
            From::Fields { fields, values, otherwise, written } => {
                let mapped = |word: String| match values.get(&word) {
                    Some(value) => value.clone(),
                    None if word.is_empty() => word,
                    None => otherwise.clone().unwrap_or(word),
                };
                let cells = fields.iter().map(|field| match row.value(field) {
                    Value::Text(text) => mapped(text),
                    Value::Date(edtf) => written.date(&edtf),
                    Value::List(items) => {
                        items.into_iter().map(mapped).collect::<Vec<_>>().join(&written.join)
                    }
                });
                let mut cells = cells.filter(|cell| !cell.is_empty());
                cells.next().unwrap_or_default()
            }
        };
        if cell.is_empty() { self.empty.clone() } else { cell }
    }
}

impl Written {
    fn date(&self, edtf: &str) -> String {
        let Some((pattern, [first, last])) = self.date.as_ref().zip(days::bounds(edtf)) else {
            return edtf.to_owned();
        };
        match self.inexact {
            Inexact::First => in_pattern(pattern, first),
            Inexact::Last => in_pattern(pattern, last),
            Inexact::Keep | Inexact::Empty if first == last => in_pattern(pattern, first),
            Inexact::Keep => edtf.to_owned(),
            Inexact::Empty => String::new(),
        }
    }
}

fn in_pattern(pattern: &str, day: Date) -> String {
    jiff::fmt::strtime::format(pattern, day).expect("the pattern was tried when it was read")
}

const USUAL_JOIN: &str = "; ";

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    join: Option<String>,
    date: Option<Spanned<String>>,
    inexact: Option<Inexact>,
    empty: Option<String>,
    #[serde(default)]
    column: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    field: Option<Spanned<String>>,
    #[serde(default)]
    or: Vec<Spanned<String>>,
    value: Option<Spanned<toml::Value>>,
    #[serde(default)]
    values: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    otherwise: Option<Spanned<toml::Value>>,
    join: Option<String>,
    date: Option<Spanned<String>>,
    inexact: Option<Inexact>,
    empty: Option<Spanned<toml::Value>>,
}

/// What is wrong, and at which byte.
struct Wrong {
    at: usize,
    what: String,
}

impl Book {
    fn columns(self) -> Result<Vec<Column>, Wrong> {
        if self.column.is_empty() {
            return Err(Wrong { at: 0, what: "no column; expected at least one [[column]]".to_owned() });
        }
        let written = Written {
            join: self.join.unwrap_or_else(|| USUAL_JOIN.to_owned()),
            date: self.date.as_ref().map(pattern).transpose()?,
            inexact: self.inexact.unwrap_or_default(),
        };
        let (empty, mut names) = (self.empty.unwrap_or_default(), HashSet::new());
        let column = |entry: Spanned<Entry>| {
            let at = entry.span().start;
            let entry = entry.into_inner();
            if !names.insert(entry.name.as_ref().clone()) {
                let what = format!("a second column {:?}; expected a name for each", entry.name.as_ref());
                return Err(Wrong { at: entry.name.span().start, what });
            }
            entry.column(at, &written, &empty)
        };
        self.column.into_iter().map(column).collect()
    }
}

impl Entry {
    fn column(self, at: usize, usual: &Written, empty: &str) -> Result<Column, Wrong> {
        let from = match (&self.field, &self.value) {
            (Some(field), None) => {
                let fields =
                    std::iter::once(field).chain(&self.or).map(field_of).collect::<Result<Vec<_>, _>>()?;
                let written = Written {
                    join: self.join.clone().unwrap_or_else(|| usual.join.clone()),
                    date: self.date.as_ref().map(pattern).transpose()?.or_else(|| usual.date.clone()),
                    inexact: self.inexact.unwrap_or(usual.inexact),
                };
                let values = self.values.iter().map(|(word, value)| {
                    known(word, &fields)?;
                    Ok((word.as_ref().clone(), cell(value)?))
                });
                let values = values.collect::<Result<_, _>>()?;
                From::Fields {
                    fields,
                    values,
                    otherwise: self.otherwise.as_ref().map(cell).transpose()?,
                    written,
                }
            }
            (None, Some(value)) => From::Fixed(cell(value)?),
            (Some(_), Some(_)) | (None, None) => {
                let what = format!("column {:?}: expected either a field or a value", self.name.as_ref());
                return Err(Wrong { at, what });
            }
        };
        let empty = self.empty.as_ref().map(cell).transpose()?.unwrap_or_else(|| empty.to_owned());
        Ok(Column { name: self.name.into_inner(), from, empty })
    }
}

fn field_of(name: &Spanned<String>) -> Result<&'static Field, Wrong> {
    FIELDS.iter().find(|field| field.name == name.as_ref()).ok_or_else(|| {
        let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
        let what = format!("no field {:?}; expected one of {}", name.as_ref(), names.join(", "));
        Wrong { at: name.span().start, what }
    })
}

/// A word that is mapped is one that a field can say.
fn known(word: &Spanned<String>, fields: &[&'static Field]) -> Result<(), Wrong> {
    let is_open = fields.iter().any(|field| field.words.is_empty());
    let mut words = fields.iter().flat_map(|field| field.words);
    if is_open || words.any(|known| known == word.as_ref()) {
        return Ok(());
    }
    let words: Vec<&str> = fields.iter().flat_map(|field| field.words).copied().collect();
    let what = format!(
        "{:?} is not what {} can be; expected one of {}",
        word.as_ref(),
        fields[0].name,
        words.join(", ")
    );
    Err(Wrong { at: word.span().start, what })
}

/// A text or a number, as it stands in a cell.
fn cell(value: &Spanned<toml::Value>) -> Result<String, Wrong> {
    match value.as_ref() {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) => Ok(number.to_string()),
        toml::Value::Boolean(truth) => Ok(truth.to_string()),
        toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => {
            Err(Wrong { at: value.span().start, what: "expected a text or a number".to_owned() })
        }
    }
}

/// A pattern that a day can be written in.
fn pattern(pattern: &Spanned<String>) -> Result<String, Wrong> {
    let day = Date::constant(2021, 11, 9);
    jiff::fmt::strtime::format(pattern.as_ref(), day).map(|_| pattern.as_ref().clone()).map_err(|error| {
        let what = format!(
            "{:?} is no pattern for a day ({error}); expected one as in \"%Y-%m-%d\" or \"%d %B %Y\"",
            pattern.as_ref()
        );
        Wrong { at: pattern.span().start, what }
    })
}

fn line(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let column = |rest: &str| format!("[[column]]\nname = \"a\"\n{rest}\n");
        for (book, line, expected) in [
            ("".to_owned(), 1, "at least one [[column]]"),
            ("date = \"%d\"\ncolour = 1\n".to_owned(), 2, "unknown field `colour`, expected one of"),
            (column("field = \"acter\""), 3, "no field \"acter\"; expected one of document, title"),
            (column("field = \"act\"\nvalues = { acuse = 1 }"), 4, "expected one of state, announce"),
            (column("field = \"act\"\nvalues = { accuse = [] }"), 4, "expected a text or a number"),
            (column("field = \"day\"\ndate = \"%Q-%H\""), 4, "no pattern for a day"),
            (column("field = \"day\"\ninexact = \"soon\""), 4, "`keep`, `first`, `last`"),
            (column(""), 1, "either a field or a value"),
            (column("field = \"act\"\nvalue = 1"), 1, "either a field or a value"),
            (column("value = 1") + &column("value = 2"), 5, "a second column \"a\""),
            (column("field = "), 3, ""),
            ("[[column]]\nvalue = 1\n".to_owned(), 1, "missing field `name`"),
        ] {
            let error = Codebook::parse("book.toml", &book).map(|_| ()).expect_err(&book);
            let start = format!("book.toml, line {line}: ");
            assert!(error.starts_with(&start) && error.contains(expected), "{book}\n{error}");
        }
    }

    #[test]
    fn dates_are_written_as_they_are_asked_for() {
        let written = |inexact| Written { join: String::new(), date: Some("%d.%m.%Y".to_owned()), inexact };
        for (edtf, keep, first, last, empty) in [
            ("2021-11-09", "09.11.2021", "09.11.2021", "09.11.2021", "09.11.2021"),
            ("2021-11~", "2021-11~", "01.11.2021", "30.11.2021", ""),
            ("soon", "soon", "soon", "soon", "soon"),
            ("", "", "", "", ""),
        ] {
            let all = [Inexact::Keep, Inexact::First, Inexact::Last, Inexact::Empty]
                .map(|how| written(how).date(edtf));
            assert_eq!(all, [keep, first, last, empty], "{edtf}");
        }
    }
}
