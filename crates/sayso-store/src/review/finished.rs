//! Articles of which a reviewer looked at everything that was read in them: what evaluation data is made of.

use crate::corrections::{Page, Rows, fold, in_force};
use crate::error::StoreError;
use crate::open::Reader;
use sayso::ledger::{Document, Ledger, SCHEMA, Source, Statement};
use std::collections::BTreeSet;

/// An article whose every statement somebody judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Its number.
    pub article: i64,
    /// As people left it, without what they rejected.
    pub reviewed: Ledger,
    /// As the program read it.
    pub read: Ledger,
    /// Who judged it.
    pub reviewers: BTreeSet<String>,
}

impl Reader {
    /// The articles whose every statement somebody judged, and that have any.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn finished(&self) -> Result<Vec<Finished>, StoreError> {
        let look = || {
            let sql = "
                SELECT DISTINCT article FROM statements AS judged WHERE review IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM statements WHERE article = judged.article AND review IS NULL)
                ORDER BY article";
            let mut statement = self.connection.prepare_cached(sql)?;
            let articles: Vec<i64> =
                statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            articles
                .into_iter()
                .map(|article| self.finished_article(article))
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        look().map_err(self.failed())
    }

    fn finished_article(&self, article: i64) -> rusqlite::Result<Finished> {
        let Rows { reading, .. } =
            Rows::read(&self.connection, article)?.expect("an article that was just found");
        let log = in_force(&self.connection, article)?;
        let page = Page::new(&reading.document);
        let folded = fold(&reading, &page, &log.iter().collect::<Vec<_>>());
        let ledger = |document: Document, sources: Vec<Source>, statements: Vec<Statement>| Ledger {
            schema: SCHEMA.to_owned(),
            offset_unit: "codepoint".to_owned(),
            document,
            sources,
            statements,
            notes: Vec::new(),
        };
        let sources = [reading.sources.clone(), folded.made].concat();
        let mut reviewed =
            ledger(reading.document.clone(), sources, folded.records.into_iter().flatten().collect());
        reviewed.leave_out_rejected();
        Ok(Finished {
            article,
            reviewed,
            read: ledger(reading.document, reading.sources, reading.statements),
            reviewers: log.into_iter().map(|one| one.reviewer).collect(),
        })
    }
}
