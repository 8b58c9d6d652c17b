//! What reviewers see and what they said: the queue, one card after the other, and all opinions for counting.
//!
//! What always holds: a reviewer sees what was read with their own changes and nobody else's, so that two reviewers are independent.

mod finished;
mod queue;
mod risk;
pub mod score;

pub use finished::Finished;
pub use queue::Order;
pub use risk::{Danger, Standing};

use crate::corrections::{Logged, Page, Picked, Rows, fold, in_force};
use crate::error::StoreError;
use crate::open::Reader;
use rusqlite::OptionalExtension;
use sayso::ledger::{Document, Source, Statement};
use std::collections::BTreeSet;

/// A statement as one reviewer sees it, in its article.
#[derive(Clone, Debug)]
pub struct Card {
    /// The statement's number.
    pub number: i64,
    /// The article's.
    pub article: i64,
    /// The article.
    pub document: Document,
    /// Who speaks in it, with whom this reviewer added.
    pub sources: Vec<Source>,
    /// The record; its `review` is what this reviewer said.
    pub statement: Statement,
    /// How it was read by the program.
    pub read: Statement,
    /// Why it may do harm.
    pub danger: Danger,
}

/// A statement of which somebody said something.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The statement's number.
    pub number: i64,
    /// The article's.
    pub article: i64,
    /// The record as the program read it.
    pub read: Statement,
    /// The record as it is now; its `review` has the last word.
    pub record: Statement,
    /// What each reviewer says of it, by name.
    pub opinions: Vec<Opinion>,
}

/// What one reviewer says of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// Who.
    pub reviewer: String,
    /// The record as this reviewer has it.
    pub record: Statement,
    /// How it came before this reviewer.
    pub picked: BTreeSet<Picked>,
}

impl Reader {
    /// A statement as a reviewer sees it; nothing if there is none of this number.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn card(&self, number: i64, reviewer: &str) -> Result<Option<Card>, StoreError> {
        let look = || {
            let article: Option<i64> = self
                .connection
                .prepare_cached("SELECT article FROM statements WHERE id = ?1")?
                .query_row([number], |row| row.get(0))
                .optional()?;
            let Some(article) = article else { return Ok(None) };
            let rows = Rows::read(&self.connection, article)?.expect("a statement's article is there");
            let log = in_force(&self.connection, article)?;
            let own: Vec<&Logged> = log.iter().filter(|one| one.reviewer == reviewer).collect();
            let at = rows.at(number).expect("the article has the statement");
            let page = Page::new(&rows.reading.document);
            let mut seen = fold(&rows.reading, &page, &own);
            let read = rows.reading.statements[at].clone();
            let statement = seen.records[at].take().unwrap_or_else(|| read.clone());
            let sources = [rows.reading.sources, seen.made].concat();
            let danger = Danger::of(&read, &sources);
            let document = rows.reading.document;
            Ok(Some(Card { number, article, document, sources, statement, read, danger }))
        };
        look().map_err(self.failed())
    }

    /// Every statement of which somebody said something, by article and place.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn judged(&self) -> Result<Vec<Judged>, StoreError> {
        let look = || {
            let sql = "
                SELECT DISTINCT article FROM attachments WHERE statement IS NOT NULL ORDER BY article";
            let mut statement = self.connection.prepare_cached(sql)?;
            let articles: Vec<i64> =
                statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let mut judged = Vec::new();
            for article in articles {
                let rows = Rows::read(&self.connection, article)?.expect("an article that was just found");
                judged.extend(opinions(rows, &in_force(&self.connection, article)?));
            }
            Ok(judged)
        };
        look().map_err(self.failed())
    }
}

fn opinions(rows: Rows, log: &[Logged]) -> Vec<Judged> {
    let Rows { article, reading, statements, .. } = rows;
    let page = Page::new(&reading.document);
    let all = fold(&reading, &page, &log.iter().collect::<Vec<_>>());
    let numbers = statements.iter().map(|row| row.number);
    let mut judged: Vec<Option<Judged>> = numbers
        .zip(reading.statements.iter().zip(all.records))
        .map(|(number, (read, record))| {
            let (read, opinions) = (read.clone(), Vec::new());
            record.map(|record| Judged { number, article, read, record, opinions })
        })
        .collect();
    let reviewers: BTreeSet<&str> = log.iter().map(|one| one.reviewer.as_str()).collect();
    for reviewer in reviewers {
        let own: Vec<&Logged> = log.iter().filter(|one| one.reviewer == reviewer).collect();
        let seen = fold(&reading, &page, &own);
        let mut picked: Vec<BTreeSet<Picked>> = vec![BTreeSet::new(); reading.statements.len()];
        for (correction, attached) in own.iter().zip(&seen.attached) {
            if let Ok(at) = attached {
                picked[*at].insert(correction.picked);
            }
        }
        for (judged, (record, picked)) in judged.iter_mut().zip(seen.records.into_iter().zip(picked)) {
            if let (Some(judged), Some(record)) = (judged, record) {
                judged.opinions.push(Opinion { reviewer: reviewer.to_owned(), record, picked });
            }
        }
    }
    judged.into_iter().flatten().collect()
}
