//! What an article's ledger holds, as rows.

use crate::days;
use rusqlite::{Connection, Transaction, named_params, params};
use sayso::ledger::{Document, Ledger, Statement};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;

/// The index of words, which takes those of new statements together.
pub(crate) struct Words {
    /// The first number whose statement is not in it yet.
    first: i64,
}

impl Words {
    pub(crate) fn since_now(transaction: &Transaction) -> rusqlite::Result<Self> {
        Ok(Self { first: next_number(transaction)? })
    }

    /// Takes what is new, in the order of places: the index need not be opened anew then.
    pub(crate) fn write(&mut self, transaction: &Transaction) -> rusqlite::Result<()> {
        let next = next_number(transaction)?;
        if self.first < next {
            transaction
                .prepare_cached(
                    "INSERT INTO words (rowid, quote, speaker_name, target_name)
                    SELECT place, quote, speaker_name, target_name FROM statements WHERE id >= ?1 ORDER BY place",
                )?
                .execute([self.first])?;
            self.first = next;
        }
        Ok(())
    }
}

fn next_number(transaction: &Transaction) -> rusqlite::Result<i64> {
    transaction.prepare_cached("SELECT statement FROM next_number")?.query_row([], |row| row.get(0))
}

/// Sources and statements as the ledger has them; those of the same record keep their number, and what is no longer found goes.
pub(crate) fn replace(transaction: &Transaction, article: i64, ledger: &Ledger) -> rusqlite::Result<()> {
    write_sources(transaction, article, ledger)?;
    let (mut known, first) = (numbers(transaction, article)?, next_number(transaction)?);
    let mut next = first;
    for (position, statement) in ledger.statements.iter().enumerate() {
        let number = known.remove(&statement.id).unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        write_statement(
            transaction,
            &Row { number, article, position, statement, document: &ledger.document },
        )?;
    }
    transaction.prepare_cached("UPDATE next_number SET statement = ?1")?.execute([next])?;
    for number in known.into_values() {
        transaction.prepare_cached("DELETE FROM statements WHERE id = ?1")?.execute([number])?;
    }
    let found: Vec<&str> = ledger.sources.iter().map(|source| source.id.as_str()).collect();
    transaction
        .prepare_cached(
            "DELETE FROM sources WHERE article = ?1 AND record NOT IN (SELECT value FROM json_each(?2))",
        )?
        .execute(params![article, json_of(&found)])?;
    Ok(())
}

/// Records of an article and their numbers.
fn numbers(connection: &Connection, article: i64) -> rusqlite::Result<HashMap<String, i64>> {
    let mut known = connection.prepare_cached("SELECT record, id FROM statements WHERE article = ?1")?;
    let rows = known.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// A statement and where it belongs.
struct Row<'l> {
    number: i64,
    article: i64,
    position: usize,
    statement: &'l Statement,
    document: &'l Document,
}

/// Another record for a statement that has a number, and whose words are in their index.
pub(crate) fn rewrite(
    connection: &Connection,
    (number, article, position): (i64, i64, usize),
    statement: &Statement,
    document: &Document,
) -> rusqlite::Result<()> {
    write_statement(connection, &Row { number, article, position, statement, document })
}

fn write_sources(connection: &Connection, article: i64, ledger: &Ledger) -> rusqlite::Result<()> {
    for (position, source) in ledger.sources.iter().enumerate() {
        connection
            .prepare_cached(
                "INSERT INTO sources (article, record, position, name, kind, status, json)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                ON CONFLICT (article, record) DO UPDATE SET position = excluded.position, name = excluded.name,
                    kind = excluded.kind, status = excluded.status, json = excluded.json, correction = NULL",
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

/// The row as it was read; what people said of it comes after that.
fn write_statement(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    let statement = row.statement;
    let said_on = statement.said_on.as_ref().map(|said| said.edtf.as_str());
    let days = said_on.and_then(days::bounds);
    let days = days.or_else(|| row.document.published.as_deref().and_then(days::bounds));
    let [first_day, last_day] = days.map_or([None, None], |days| days.map(Some));
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
                end_code_point = excluded.end_code_point, json = excluded.json, as_read = NULL, review = NULL
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
