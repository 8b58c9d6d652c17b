//! What an article's ledger holds, as rows.
//!
//! Words of new statements go into their index together, when all rows of a transaction are there.

use crate::days;
use rusqlite::{Connection, Transaction, named_params, params};
use sayso::ledger::{Document, Ledger, Statement};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;

/// Records that wait to be written.
pub(crate) struct Records<'t, 'l> {
    transaction: &'t Connection,
    waiting: Vec<Row<'l>>,
    /// Articles whose sources are not all found any more.
    replaced: Vec<(i64, &'l Ledger)>,
    /// The number of the next statement that has none.
    next: i64,
    /// The first number whose statement is not in the index of words yet.
    first_new: i64,
}

/// A statement that waits.
struct Row<'l> {
    number: i64,
    article: i64,
    position: usize,
    statement: &'l Statement,
    document: &'l Document,
    /// First and last.
    days: Option<[String; 2]>,
}

impl<'t, 'l> Records<'t, 'l> {
    pub(crate) fn new(transaction: &'t Transaction) -> rusqlite::Result<Self> {
        let next = transaction
            .prepare_cached("SELECT statement FROM next_number")?
            .query_row([], |row| row.get(0))?;
        Ok(Self { transaction, waiting: Vec::new(), replaced: Vec::new(), next, first_new: next })
    }

    /// Sources and statements as the ledger has them; those of the same record keep their number, and what is no longer found goes.
    pub(crate) fn replace(&mut self, article: i64, ledger: &'l Ledger) -> rusqlite::Result<()> {
        if self.waiting.iter().any(|row| row.article == article) {
            self.write()?;
        }
        write_sources(self.transaction, article, ledger)?;
        let mut numbers = self.numbers(article)?;
        for (position, statement) in ledger.statements.iter().enumerate() {
            let number = numbers.remove(&statement.id).unwrap_or_else(|| {
                self.next += 1;
                self.next - 1
            });
            let said_on = statement.said_on.as_ref().map(|said| said.edtf.as_str());
            let days = said_on.and_then(days::bounds);
            let days = days.or_else(|| ledger.document.published.as_deref().and_then(days::bounds));
            self.waiting.push(Row { number, article, position, statement, document: &ledger.document, days });
        }
        for number in numbers.into_values() {
            self.transaction.prepare_cached("DELETE FROM statements WHERE id = ?1")?.execute([number])?;
        }
        self.replaced.push((article, ledger));
        Ok(())
    }

    /// Writes what waits.
    pub(crate) fn write(&mut self) -> rusqlite::Result<()> {
        for row in std::mem::take(&mut self.waiting) {
            write_statement(self.transaction, &row)?;
        }
        // in the order of places, which the index need not sort then
        self.transaction
            .prepare_cached(
                "INSERT INTO words (rowid, quote, speaker_name, target_name)
                SELECT place, quote, speaker_name, target_name FROM statements WHERE id >= ?1 ORDER BY place",
            )?
            .execute([self.first_new])?;
        self.first_new = self.next;
        self.transaction.prepare_cached("UPDATE next_number SET statement = ?1")?.execute([self.next])?;
        // when no statement names them any more
        for (article, ledger) in self.replaced.drain(..) {
            let found: Vec<&str> = ledger.sources.iter().map(|source| source.id.as_str()).collect();
            self.transaction
                .prepare_cached(
                    "DELETE FROM sources WHERE article = ?1 AND record NOT IN (SELECT value FROM json_each(?2))",
                )?
                .execute(params![article, json_of(&found)])?;
        }
        Ok(())
    }

    /// Records of an article and their numbers.
    fn numbers(&self, article: i64) -> rusqlite::Result<HashMap<String, i64>> {
        let mut known =
            self.transaction.prepare_cached("SELECT record, id FROM statements WHERE article = ?1")?;
        let rows = known.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }
}

fn write_sources(connection: &Connection, article: i64, ledger: &Ledger) -> rusqlite::Result<()> {
    for (position, source) in ledger.sources.iter().enumerate() {
        connection
            .prepare_cached(
                "INSERT INTO sources (article, record, position, name, kind, status, json)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                ON CONFLICT (article, record) DO UPDATE SET position = excluded.position, name = excluded.name,
                    kind = excluded.kind, status = excluded.status, json = excluded.json",
            )?
            .execute(params![
                article,
                source.id,
                position,
                source.name,
                name_of(&source.kind),
                name_of(&source.status),
                json_of(source),
            ])?;
    }
    Ok(())
}

fn write_statement(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    let statement = row.statement;
    let said_on = statement.said_on.as_ref().map(|said| said.edtf.as_str());
    let [first_day, last_day] = row.days.as_ref().map_or([None, None], |days| days.each_ref().map(Some));
    let content = &statement.spans.content;
    connection
        .prepare_cached(
            "INSERT INTO statements (id, article, record, position, speaker, speaker_name, kind, act, negated, mode,
                quote, certainty, target_name, via_outlet, setting, said_on, published, first_day, last_day,
                confidence, start_code_point, end_code_point, json)
            VALUES (:id, :article, :record, :position,
                (SELECT id FROM sources WHERE article = :article AND record = :speaker), :speaker_name, :kind, :act,
                :negated, :mode, :quote, :certainty, :target_name, :via_outlet, :setting, :said_on, :published,
                :first_day, :last_day, :confidence, :start, :end, :json)
            ON CONFLICT (id) DO UPDATE SET
                position = excluded.position, speaker = excluded.speaker, speaker_name = excluded.speaker_name,
                kind = excluded.kind, act = excluded.act, negated = excluded.negated, mode = excluded.mode,
                quote = excluded.quote, certainty = excluded.certainty, target_name = excluded.target_name,
                via_outlet = excluded.via_outlet, setting = excluded.setting, said_on = excluded.said_on,
                published = excluded.published, first_day = excluded.first_day, last_day = excluded.last_day,
                confidence = excluded.confidence, start_code_point = excluded.start_code_point,
                end_code_point = excluded.end_code_point, json = excluded.json
            WHERE statements.json <> excluded.json OR statements.position <> excluded.position
                OR statements.published IS NOT excluded.published",
        )?
        .execute(named_params! {
            ":id": row.number, ":article": row.article, ":record": statement.id, ":position": row.position,
            ":speaker": statement.speaker, ":speaker_name": statement.speaker_name,
            ":kind": name_of(&statement.kind), ":act": name_of(&statement.act), ":negated": statement.negated,
            ":mode": name_of(&statement.mode), ":quote": statement.quote,
            ":certainty": statement.certainty.map(|certainty| name_of(&certainty)),
            ":target_name": statement.target.as_ref().map(|target| target.name.as_str()),
            ":via_outlet": statement.via.outlet, ":setting": statement.via.setting,
            ":said_on": said_on, ":published": row.document.published,
            ":first_day": first_day, ":last_day": last_day, ":confidence": statement.confidence,
            ":start": content.first().map_or(0, |span| span[0]), ":end": content.last().map_or(0, |span| span[1]),
            ":json": json_of(statement),
        })?;
    Ok(())
}

pub(crate) fn json_of<T: Serialize>(record: &T) -> String {
    serde_json::to_string(record).expect("records are JSON")
}

/// The schema's word for a value of an enum.
pub(crate) fn name_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        other => unreachable!("the schema has a word for every value of an enum, and not {other:?}"),
    }
}
