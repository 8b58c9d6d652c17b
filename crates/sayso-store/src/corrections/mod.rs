//! Corrections: what people say of statements.
//!
//! In: a [`Correction`], of one statement by one reviewer. Out: the record as it is after that, and a row of the log. What always holds: the
//! log is only added to; the records are what the log makes of what was read ([`fold`](mod@fold)), also after the article was read anew; a
//! correction stands at the words it was made of or is an [`Orphan`], which is kept, shown, and attached again if its words come back.

mod anchor;
mod cast;
mod edit;
mod field;
mod fold;
mod log;
mod orphans;
mod places;
pub(crate) mod replay;
mod rest;

pub use edit::{Day, Edit, Speaker};
pub use field::Field;
pub use log::{Kind, Picked};
pub use orphans::Orphan;

pub(crate) use fold::fold;
pub(crate) use log::{Logged, in_force, json, word};
pub(crate) use places::Page;
pub(crate) use replay::Rows;

use crate::add::audit;
use crate::error::StoreError;
use crate::open::Store;
use cast::Cast;
use log::Detail;
use rusqlite::{OptionalExtension, Transaction};
use sayso::ledger::Statement;

/// What somebody says of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Correction<'a> {
    /// The statement's number.
    pub statement: i64,
    /// Who says so.
    pub reviewer: &'a str,
    /// When.
    pub at: &'a str,
    /// How the statement came before the reviewer.
    pub picked: Picked,
    /// Why, in the reviewer's words.
    pub why: Option<&'a str>,
    /// The record as the reviewer saw it, if they did: said of another one, it does not count.
    pub seen: Option<&'a Statement>,
    /// What is said.
    pub what: &'a What,
}

/// What is said of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is right as this reviewer sees it: as it was read, with the reviewer's own changes.
    Accept,
    /// It is no statement.
    Reject,
    /// Something in it is otherwise.
    Edit(Box<Edit>),
    /// This reviewer's last word on it does not count.
    Undo,
}

/// What became of a correction.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// The correction's number in the log.
    pub correction: i64,
    /// The record as it is now.
    pub statement: Statement,
}

impl Store {
    /// Writes down what somebody says of a statement.
    ///
    /// # Errors
    /// [`StoreError::NoStatement`], [`StoreError::Refused`] for what would break the record or change nothing, and as [`Store::add`]; then
    /// nothing is changed.
    pub fn correct(&mut self, correction: &Correction) -> Result<Corrected, StoreError> {
        let failed = self.reader().failed();
        let number = correction.statement;
        let path = self.reader().path.clone();
        self.together(|batch| {
            let transaction = &batch.transaction;
            let article = transaction
                .prepare_cached("SELECT article FROM statements WHERE id = ?1")
                .and_then(|mut statement| statement.query_row([number], |row| row.get(0)).optional());
            let missing = || StoreError::NoStatement { path, number };
            let article: i64 = article.map_err(&failed)?.ok_or_else(missing)?;
            let refused = |why| StoreError::Refused { number, why };
            let row = row(transaction, article, correction).map_err(&failed)?.map_err(refused)?;
            let id = log::append(transaction, &row).map_err(&failed)?;
            write_down(transaction, &row, id).map_err(&failed)?;
            let statement = record(transaction, number).map_err(&failed)?;
            Ok(Corrected { correction: id, statement })
        })
    }

    /// Takes one correction back, by its number in the log: also one whose words are no statement any more.
    ///
    /// # Errors
    /// [`StoreError::NoCorrection`] if this reviewer has none of that number in force, and as [`Store::correct`].
    pub fn take_back(&mut self, correction: i64, reviewer: &str, at: &str) -> Result<(), StoreError> {
        let failed = self.reader().failed();
        self.together(|batch| {
            let transaction = &batch.transaction;
            let found = log::one(transaction, correction).map_err(&failed)?;
            let found = found.filter(|found| found.reviewer == reviewer);
            let missing = || StoreError::NoCorrection { correction, reviewer: reviewer.to_owned() };
            let row = taking_back(found.ok_or_else(missing)?, at);
            let id = log::append(transaction, &row).map_err(&failed)?;
            write_down(transaction, &row, id).map_err(&failed)
        })
    }
}

/// The row of the log, or why there is none.
fn row(
    transaction: &Transaction,
    article: i64,
    correction: &Correction,
) -> rusqlite::Result<Result<Logged, String>> {
    let rows = Rows::read(transaction, article)?.expect("a statement's article is there");
    let log = in_force(transaction, article)?;
    Ok(proposed(&rows, &log, correction))
}

fn proposed(rows: &Rows, log: &[Logged], correction: &Correction) -> Result<Logged, String> {
    let reviewer = correction.reviewer.trim();
    if reviewer.is_empty() || reviewer.chars().any(char::is_control) {
        return Err("nobody says so; expected a reviewer's name on one line".to_owned());
    }
    let at = rows.at(correction.statement).expect("the article has the statement");
    let reading = &rows.reading;
    let page = Page::new(&reading.document);
    let own: Vec<&Logged> = log.iter().filter(|one| one.reviewer == reviewer).collect();
    let all: Vec<&Logged> = log.iter().collect();
    let seen = fold(reading, &page, &own);
    let seen_record = seen.records[at].as_ref().unwrap_or(&reading.statements[at]);
    if correction.seen.is_some_and(|seen| seen != seen_record) {
        return Err("it was read anew meanwhile; expected another look at it".to_owned());
    }
    let is_now = fold(reading, &page, &all);
    let (kind, after) = match correction.what {
        What::Accept => (Kind::Accept, field::values(seen_record, Field::ALL)),
        What::Reject => (Kind::Reject, field::Values::new()),
        What::Edit(edit) => {
            let known: Vec<_> = reading.sources.iter().chain(&is_now.made).cloned().collect();
            let mut cast = Cast::new(&reading.document, &page, &known);
            (Kind::Edit, edit.values(seen_record, &page, &mut cast)?)
        }
        What::Undo => {
            let stands = |(_, attached): &(&&Logged, &Result<usize, String>)| **attached == Ok(at);
            let last = own.iter().zip(&seen.attached).rfind(stands);
            let (last, _) = last.ok_or_else(|| {
                format!(
                    "nothing that {reviewer} said of it is in force; expected a correction of theirs to undo"
                )
            })?;
            let mut row = taking_back((**last).clone(), correction.at);
            row.detail.why = correction.why.map(str::to_owned);
            return Ok(row);
        }
    };
    let seen_values = match kind {
        Kind::Accept | Kind::Edit => {
            field::values(seen_record, Field::ALL.into_iter().filter(|field| !after.contains_key(field)))
        }
        Kind::Reject | Kind::Undo => field::Values::new(),
    };
    let rest = match kind {
        Kind::Accept | Kind::Edit => {
            Some(rest::Rest::of(seen_record, reading.sources.iter().chain(&is_now.made)))
        }
        Kind::Reject | Kind::Undo => None,
    };
    let points_at = [field::places(&after), field::places(&seen_values)].concat();
    let ground = anchor::Ground::new(&reading.document, &page, &reading.statements);
    let record = is_now.records[at].as_ref().unwrap_or(&reading.statements[at]);
    let row = Logged {
        id: None,
        at: correction.at.to_owned(),
        reviewer: reviewer.to_owned(),
        article: rows.article,
        statement: correction.statement,
        record: reading.statements[at].id.clone(),
        anchor: ground.anchor(&page, at, &points_at),
        kind,
        undone: None,
        picked: correction.picked,
        detail: Detail {
            why: correction.why.map(str::to_owned),
            before: field::values(record, after.keys().copied()),
            words: field::words_of(&after, &page),
            after,
            seen: seen_values,
            rest,
        },
    };
    // it must hold for who says so, and together with what others said
    let with = |earlier: &[&Logged]| {
        let mut then = fold(reading, &page, &[earlier, &[&row]].concat());
        then.attached.pop().expect("it was folded last")?;
        Ok::<_, String>(then.records[at].take().expect("something was said of it"))
    };
    let theirs = with(&own)?;
    with(&all)?;
    let is_same = Field::ALL.into_iter().all(|field| field.value(&theirs) == field.value(seen_record));
    if kind == Kind::Edit && is_same {
        return Err("that is what it says already; expected a change, or to accept it".to_owned());
    }
    Ok(row)
}

/// The row that takes a correction back.
fn taking_back(last: Logged, at: &str) -> Logged {
    Logged {
        id: None,
        at: at.to_owned(),
        kind: Kind::Undo,
        undone: last.id,
        picked: Picked::Asked,
        detail: Detail::default(),
        ..last
    }
}

/// What follows from a new row of the log: the article's records, and a row of the audit.
fn write_down(transaction: &Transaction, row: &Logged, id: i64) -> rusqlite::Result<()> {
    replay::article(transaction, row.article)?;
    let detail = serde_json::json!({ "correction": id, "by": row.reviewer });
    audit(transaction, &row.at, "corrected", Some(row.article), &detail)
}

fn record(transaction: &Transaction, number: i64) -> rusqlite::Result<Statement> {
    transaction
        .prepare_cached("SELECT json FROM statements WHERE id = ?1")?
        .query_row([number], |row| json(row, 0))
}
