//! Ledgers of the library one after the other, as they were when the first was asked for, each with the statements that a query asks for.
//!
//! What is held at a time is one article, and the numbers of the statements that are asked for.

use crate::error::StoreError;
use crate::find::{Query, Reviewed};
use crate::kept::Kept;
use crate::open::Reader;
use rusqlite::{OptionalExtension, Transaction};
use std::collections::{BTreeMap, HashSet, btree_map};

/// The ledgers of the articles that a query touches, in the order in which these came into the library.
#[derive(Debug)]
pub struct Ledgers<'r> {
    reader: &'r Reader,
    /// Who writes meanwhile changes nothing here.
    _unchanged: Transaction<'r>,
    asked: Asked,
}

#[derive(Debug)]
enum Asked {
    /// Every article after this one, whole but for what reviewers rejected, unless that is asked for too.
    All { after: i64, rejected: bool },
    /// The numbers of statements, by article.
    Some(btree_map::IntoIter<i64, Vec<i64>>),
}

impl Reader {
    /// The ledgers of the articles that a query touches, each with the statements asked for and the sources that these name, which a note says; all articles
    /// without what reviewers rejected for a query that asks for nothing and has no limit.
    ///
    /// # Errors
    /// As [`Reader::find`].
    pub fn ledgers(&self, query: &Query) -> Result<Ledgers<'_>, StoreError> {
        let unchanged = self.connection.unchecked_transaction().map_err(self.failed())?;
        let asked = if query.is_for_all() {
            Asked::All { after: i64::MIN, rejected: query.review == Reviewed::Any }
        } else {
            let mut numbers: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
            for statement in self.numbers(query)? {
                let article = self.article_of(statement).map_err(self.failed())?;
                numbers.entry(article).or_default().push(statement);
            }
            Asked::Some(numbers.into_iter())
        };
        Ok(Ledgers { reader: self, _unchanged: unchanged, asked })
    }

    fn article_of(&self, statement: i64) -> rusqlite::Result<i64> {
        self.connection
            .prepare_cached("SELECT article FROM statements WHERE id = ?1")?
            .query_row([statement], |row| row.get(0))
    }

    fn article_after(&self, article: i64) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT id FROM articles WHERE id > ?1 ORDER BY id LIMIT 1")?
            .query_row([article], |row| row.get(0))
            .optional()
    }

    /// The records of some statements of an article.
    fn records_of(&self, article: i64, statements: &[i64]) -> rusqlite::Result<HashSet<String>> {
        let asked: HashSet<i64> = statements.iter().copied().collect();
        let mut all =
            self.connection.prepare_cached("SELECT id, record FROM statements WHERE article = ?1")?;
        let rows = all.query_map([article], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let asked = rows.filter(|row| row.as_ref().map_or(true, |(id, _)| asked.contains(id)));
        asked.map(|row| row.map(|(_, record)| record)).collect()
    }
}

impl Ledgers<'_> {
    fn one(&mut self) -> Result<Option<Kept>, StoreError> {
        let reader = self.reader;
        let keeps_rejected = !matches!(self.asked, Asked::All { rejected: false, .. });
        let (article, asked) = match &mut self.asked {
            Asked::All { after, .. } => match reader.article_after(*after).map_err(reader.failed())? {
                Some(article) => {
                    *after = article;
                    (article, None)
                }
                None => return Ok(None),
            },
            Asked::Some(numbers) => match numbers.next() {
                Some((article, statements)) => (article, Some(statements)),
                None => return Ok(None),
            },
        };
        let mut kept = reader.ledger(article)?;
        if let Some(kept) = &mut kept {
            match asked {
                Some(statements) => {
                    let records = reader.records_of(article, &statements).map_err(reader.failed())?;
                    kept.ledger.keep_only(&records);
                }
                None if keeps_rejected => {}
                None => kept.ledger.leave_out_rejected(),
            }
        }
        Ok(kept)
    }
}

impl Iterator for Ledgers<'_> {
    type Item = Result<Kept, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.one().transpose()
    }
}
