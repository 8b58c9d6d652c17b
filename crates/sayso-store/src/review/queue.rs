//! The order in which statements come before a reviewer.

use super::risk::{Danger, Standing};
use crate::corrections::{json, word};
use crate::error::StoreError;
use crate::find::Query;
use crate::open::Reader;
use rusqlite::{OptionalExtension, Row, params};
use sayso::ledger::{Statement, hexadecimal};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// The order in which statements are reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The riskiest first ([`Danger::risk`]), without those that the reviewer judged.
    Risk,
    /// By a hash of each record's id: any beginning of it is a sample of all. Those that the reviewer judged for another reason come again,
    /// or the sample would lack the riskiest.
    Sample,
}

impl Reader {
    /// The numbers of the statements that a reviewer has not judged, in this order, among those that a query finds; of one article alone if
    /// one is given.
    ///
    /// # Errors
    /// As [`Reader::find`].
    pub fn queue(
        &self,
        reviewer: &str,
        order: Order,
        among: Option<&Query>,
        article: Option<i64>,
    ) -> Result<Vec<i64>, StoreError> {
        let every = |query: &Query| Query { limit: Query::NO_LIMIT, ..query.clone() };
        let among = among.map(|query| self.numbers(&every(query))).transpose()?;
        let among: Option<HashSet<i64>> = among.map(|numbers| numbers.into_iter().collect());
        let is_asked = |number: &i64| among.as_ref().is_none_or(|among| among.contains(number));
        let numbers = match order {
            Order::Risk => self.by_risk(reviewer, article),
            Order::Sample => self.by_sample(reviewer, article),
        };
        Ok(numbers.map_err(self.failed())?.into_iter().filter(is_asked).collect())
    }

    fn by_risk(&self, reviewer: &str, article: Option<i64>) -> rusqlite::Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT statements.id, statements.article, statements.act, statements.confidence, speaker.kind, speaker.status,
                statements.target_name, target.kind, target.status, statements.as_read
            FROM statements
            LEFT JOIN sources AS speaker ON speaker.id = statements.speaker
            LEFT JOIN sources AS target ON target.article = statements.article AND target.name = statements.target_name
            WHERE (?2 IS NULL OR statements.article = ?2) AND statements.id NOT IN (
                SELECT attachments.statement FROM corrections
                CROSS JOIN attachments ON attachments.correction = corrections.id
                WHERE corrections.reviewer = ?1 AND attachments.statement IS NOT NULL)",
        )?;
        let mut rows = statement.query(params![reviewer, article])?;
        // two sources of one name make two rows of a statement, of which the riskiest counts
        let mut riskiest: HashMap<i64, f64> = HashMap::new();
        while let Some(row) = rows.next()? {
            let danger = match row.get_ref(9)? {
                rusqlite::types::ValueRef::Null => danger(row)?,
                // what others changed does not show
                _ => self.danger_as_read(row.get(1)?, &json(row, 9)?)?,
            };
            let risk = riskiest.entry(row.get(0)?).or_insert(f64::NEG_INFINITY);
            *risk = risk.max(danger.risk());
        }
        let mut all: Vec<(i64, f64)> = riskiest.into_iter().collect();
        all.sort_by(|(first, one), (second, other)| other.total_cmp(one).then(first.cmp(second)));
        Ok(all.into_iter().map(|(number, _)| number).collect())
    }

    fn danger_as_read(&self, article: i64, read: &Statement) -> rusqlite::Result<Danger> {
        let mut sources = Vec::new();
        let named = [read.speaker.as_ref(), read.target.as_ref().and_then(|target| target.source.as_ref())];
        for id in named.into_iter().flatten() {
            let found = self
                .connection
                .prepare_cached("SELECT json FROM sources WHERE article = ?1 AND record = ?2")?
                .query_row(params![article, id], |row| json(row, 0))
                .optional()?;
            sources.extend(found);
        }
        Ok(Danger::of(read, &sources))
    }

    fn by_sample(&self, reviewer: &str, article: Option<i64>) -> rusqlite::Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT statements.record, statements.id FROM statements
            WHERE (?2 IS NULL OR statements.article = ?2) AND statements.id NOT IN (
                SELECT attachments.statement FROM corrections
                CROSS JOIN attachments ON attachments.correction = corrections.id
                WHERE corrections.reviewer = ?1 AND corrections.picked = 'sample'
                AND attachments.statement IS NOT NULL)",
        )?;
        let rows = statement.query_map(params![reviewer, article], |row| {
            Ok((hexadecimal(&Sha256::digest(row.get_ref(0)?.as_bytes()?)), row.get::<_, i64>(1)?))
        })?;
        let mut all: Vec<(String, i64)> = rows.collect::<rusqlite::Result<_>>()?;
        all.sort_unstable();
        Ok(all.into_iter().map(|(_, number)| number).collect())
    }
}

fn danger(row: &Row) -> rusqlite::Result<Danger> {
    let standing = |kind: usize| {
        let is_known = row.get_ref(kind)? != rusqlite::types::ValueRef::Null;
        is_known
            .then(|| Ok::<_, rusqlite::Error>(Standing::of(word(row, kind)?, word(row, kind + 1)?)))
            .transpose()
    };
    let target: Option<String> = row.get(6)?;
    let named = || target.as_deref().map_or(Standing::Nobody, Standing::of_name);
    Ok(Danger {
        act: word(row, 2)?,
        speaker: standing(4)?.unwrap_or(Standing::Nobody),
        target: standing(7)?.unwrap_or_else(named),
        confidence: row.get(3)?,
    })
}
