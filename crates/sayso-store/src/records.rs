//! What an article's ledger holds, as rows.

use crate::days;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, ToSql, Transaction, named_params, params};
use sayso::ledger::{Document, Ledger, Source, Statement};
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
        let (columns, json) = (of_source(source), json_of(source));
        let mut all = parameters(&columns);
        all.extend(named_params! { ":article": article, ":position": position, ":json": json });
        connection
            .prepare_cached(
                "INSERT INTO sources (article, record, position, name, kind, status, json)
                VALUES (:article, :record, :position, :name, :kind, :status, :json)
                ON CONFLICT (article, record) DO UPDATE SET position = excluded.position, name = excluded.name,
                    kind = excluded.kind, status = excluded.status, json = excluded.json, correction = NULL",
            )?
            .execute(all.as_slice())?;
    }
    Ok(())
}

/// A column that is a copy of a field, as the parameter that writes it, and what it holds.
pub(crate) type Column = (&'static str, SqlValue);

/// The columns of an article that are copies of its document's fields.
pub(crate) fn of_document(document: &Document) -> [Column; 10] {
    [
        (":document_id", document.id.clone().into()),
        (":url", document.url.clone().into()),
        (":archive_url", document.archive_url.clone().into()),
        (":captured", document.captured.clone().into()),
        (":title", document.title.clone().into()),
        (":outlet", document.outlet.clone().into()),
        (":published", document.published.clone().into()),
        (":modified", document.modified.clone().into()),
        (":language", document.language.clone().into()),
        (":agency", document.agency.clone().into()),
    ]
}

/// The columns of a source that are copies of its record's fields.
pub(crate) fn of_source(source: &Source) -> [Column; 4] {
    [
        (":record", source.id.clone().into()),
        (":name", source.name.clone().into()),
        (":kind", name_of(&source.kind).into()),
        (":status", name_of(&source.status).into()),
    ]
}

/// The columns of a statement that are copies of its record's fields, and of its article's date. `:speaker` is the speaker's record.
pub(crate) fn of_statement(statement: &Statement, document: &Document) -> [Column; 19] {
    let said_on = statement.said_on.as_ref().map(|said| said.edtf.as_str());
    let days = said_on.and_then(days::bounds);
    let days = days.or_else(|| document.published.as_deref().and_then(days::bounds));
    let [first_day, last_day] = days.map_or([None, None], |days| days.map(Some));
    let content = &statement.spans.content;
    let place = |at: Option<usize>| i64::try_from(at.unwrap_or(0)).expect("a place in a text in memory");
    [
        (":record", statement.id.clone().into()),
        (":speaker", statement.speaker.clone().into()),
        (":speaker_name", statement.speaker_name.clone().into()),
        (":kind", name_of(&statement.kind).into()),
        (":act", name_of(&statement.act).into()),
        (":negated", statement.negated.into()),
        (":mode", name_of(&statement.mode).into()),
        (":quote", statement.quote.clone().into()),
        (":certainty", statement.certainty.map(|certainty| name_of(&certainty)).into()),
        (":target_name", statement.target.as_ref().map(|target| target.name.clone()).into()),
        (":via_outlet", statement.via.outlet.clone().into()),
        (":setting", statement.via.setting.clone().into()),
        (":said_on", said_on.map(str::to_owned).into()),
        (":published", document.published.clone().into()),
        (":first_day", first_day.map(|day| day.to_string()).into()),
        (":last_day", last_day.map(|day| day.to_string()).into()),
        (":confidence", statement.confidence.into()),
        (":start_code_point", place(content.first().map(|span| span[0])).into()),
        (":end_code_point", place(content.last().map(|span| span[1])).into()),
    ]
}

/// Columns as parameters.
pub(crate) fn parameters(columns: &[Column]) -> Vec<(&'static str, &dyn ToSql)> {
    columns.iter().map(|(name, value)| (*name, value as &dyn ToSql)).collect()
}

/// The row as it was read; what people said of it comes after that.
fn write_statement(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    let columns = of_statement(row.statement, row.document);
    let (position, json) = (row.position, json_of(row.statement));
    let mut all = parameters(&columns);
    all.extend(named_params! {
        ":id": row.number, ":article": row.article, ":position": position, ":json": json,
    });
    connection
        .prepare_cached(
            "INSERT INTO statements (id, article, record, position, speaker, speaker_name, kind, act, negated, mode,
                quote, certainty, target_name, via_outlet, setting, said_on, published, first_day, last_day,
                confidence, start_code_point, end_code_point, json)
            VALUES (:id, :article, :record, :position,
                (SELECT id FROM sources WHERE article = :article AND record = :speaker), :speaker_name, :kind, :act,
                :negated, :mode, :quote, :certainty, :target_name, :via_outlet, :setting, :said_on, :published,
                :first_day, :last_day, :confidence, :start_code_point, :end_code_point, :json)
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
        .execute(all.as_slice())?;
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
