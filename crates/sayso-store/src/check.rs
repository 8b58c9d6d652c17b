//! Whether a library is what was written: the file, its words, the originals, and every quote in its article's text.

use crate::corrections::replay;
use crate::error::StoreError;
use crate::open::{Reader, Store};
use crate::records::{self, Column};
use flate2::read::ZlibDecoder;
use rusqlite::types::Value;
use sayso::ledger::{Ledger, hexadecimal};
use sha2::{Digest, Sha256};
use std::io::Read;

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many articles there are.
    pub articles: usize,
    /// How many statements.
    pub statements: usize,
    /// What is not as it was written.
    pub faults: Vec<Fault>,
    /// What could not be looked at where nothing may be written.
    pub unseen: Option<&'static str>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: the file, an article, an original.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

impl Fault {
    fn new(place: impl Into<String>, what: impl ToString) -> Self {
        Self { place: place.into(), what: what.to_string() }
    }
}

/// Comparing is an insertion to SQLite, though nothing is inserted.
const UNSEEN: &str =
    "the index of words was not compared with the words, which takes a library that can be written to";

const ARTICLE: &str = "
    SELECT document_id, url, archive_url, captured, title, outlet, published, modified, language, agency
    FROM articles WHERE id = ?1";
const SOURCES: &str = "SELECT record, name, kind, status FROM sources WHERE article = ?1 ORDER BY position";
const STATEMENTS: &str = "
    SELECT statements.record, speaker.record AS speaker, speaker_name, statements.kind, act, negated, mode, quote,
        certainty, target_name, via_outlet, setting, said_on, published, first_day, last_day, confidence,
        start_code_point, end_code_point, review
    FROM statements LEFT JOIN sources AS speaker ON speaker.id = statements.speaker
    WHERE statements.article = ?1 ORDER BY statements.position";

impl Store {
    /// Looks at everything.
    ///
    /// # Errors
    /// As [`Reader::check`].
    pub fn check(&self) -> Result<Checked, StoreError> {
        self.reader().check()
    }
}

impl Reader {
    /// Looks at everything; of a library that cannot be written to, at all but what [`Checked::unseen`] says.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read; what is wrong in it is no error but a [`Fault`].
    pub fn check(&self) -> Result<Checked, StoreError> {
        let failed = self.failed();
        let mut checked = Checked::default();
        checked.faults.extend(self.file().map_err(&failed)?);
        if self.is_read_only()? {
            checked.unseen = Some(UNSEEN);
        } else {
            let words =
                self.connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)", []);
            checked.faults.extend(words.err().map(|error| Fault::new("index of words", error)));
        }
        checked.faults.extend(self.originals().map_err(&failed)?);
        let ids: Vec<i64> = self.column("SELECT id FROM articles ORDER BY id").map_err(&failed)?;
        checked.articles = ids.len();
        for id in ids {
            // an article that went since then is none
            let Some(rows) = self.rows(id).map_err(&failed)? else { continue };
            checked.statements += rows.statements.len();
            match rows.ledger() {
                Ok(ledger) => {
                    checked.faults.extend(article(id, &rows.original, &ledger));
                    checked.faults.extend(self.copies(id, &ledger).map_err(&failed)?);
                }
                Err(error) => checked.faults.push(Fault::new(format!("article {id}"), error)),
            }
            checked.faults.extend(self.corrections(id).map_err(&failed)?);
        }
        Ok(checked)
    }

    fn column<T: rusqlite::types::FromSql>(&self, sql: &str) -> rusqlite::Result<Vec<T>> {
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect()
    }

    /// What SQLite itself finds wrong.
    pub(crate) fn file(&self) -> rusqlite::Result<Vec<Fault>> {
        let said: Vec<String> = self.column("SELECT integrity_check FROM pragma_integrity_check")?;
        let mut faults: Vec<Fault> =
            said.into_iter().filter(|said| said != "ok").map(|said| Fault::new("file", said)).collect();
        let lost: Vec<String> = self.column(
            "SELECT \"table\" || ' ' || coalesce(rowid, '') || ' refers to no row of ' || parent
            FROM pragma_foreign_key_check",
        )?;
        faults.extend(lost.into_iter().map(|what| Fault::new("file", what)));
        Ok(faults)
    }

    /// Every original, unpacked and hashed again.
    fn originals(&self) -> rusqlite::Result<Vec<Fault>> {
        let mut statement = self.connection.prepare("SELECT sha256, length, deflated FROM originals")?;
        let faults = statement.query_map([], |row| {
            let (sha256, length): (String, u64) = (row.get(0)?, row.get(1)?);
            let deflated = row.get_ref(2)?.as_blob()?;
            let mut bytes = Vec::new();
            let unpacked = ZlibDecoder::new(deflated).take(length + 1).read_to_end(&mut bytes);
            let what = match unpacked {
                Err(error) => error.to_string(),
                Ok(_) if bytes.len() as u64 != length => format!("not {length} bytes long"),
                Ok(_) if hexadecimal(&Sha256::digest(&bytes)) != sha256 => "its hash differs".to_owned(),
                Ok(_) => return Ok(None),
            };
            Ok(Some(Fault::new(format!("original {sha256}"), what)))
        })?;
        faults.filter_map(Result::transpose).collect()
    }

    /// The columns that are looked for are copies of the records' fields; the first of each row that is not.
    fn copies(&self, article: i64, ledger: &Ledger) -> rusqlite::Result<Vec<Fault>> {
        let document = &ledger.document;
        let mut faults = Vec::new();
        let mut compare = |sql: &str, expected: Vec<(&str, Vec<Column>)>| {
            let mut rows = self.connection.prepare_cached(sql)?;
            let mut rows = rows.query([article])?;
            for (record, columns) in expected {
                // one that another process took away meanwhile is none
                let Some(row) = rows.next()? else { break };
                for (name, value) in columns {
                    let column = name.trim_start_matches(':');
                    if row.get::<_, Value>(column)? != value {
                        let what = format!("{record}: column {column} differs from its record");
                        faults.push(Fault::new(format!("article {article}"), what));
                        break;
                    }
                }
            }
            Ok::<_, rusqlite::Error>(())
        };
        compare(ARTICLE, vec![(document.id.as_str(), records::of_document(document).into())])?;
        let sources = ledger.sources.iter();
        compare(SOURCES, sources.map(|one| (one.id.as_str(), records::of_source(one).into())).collect())?;
        let statements = ledger.statements.iter().map(|one| {
            let verdict = one.review.as_ref().map(|review| records::name_of(&review.verdict));
            let mut columns = records::of_statement(one, document).to_vec();
            columns.push((":review", verdict.into()));
            (one.id.as_str(), columns)
        });
        compare(STATEMENTS, statements.collect())?;
        Ok(faults)
    }

    /// The records are what the log of corrections makes of what was read, and each correction stands where it is said to.
    fn corrections(&self, article: i64) -> rusqlite::Result<Option<Fault>> {
        let is_as_replayed = replay::is_written(&self.connection, article);
        let place = || format!("article {article}");
        match is_as_replayed {
            Ok(true) => Ok(None),
            Ok(false) => {
                Ok(Some(Fault::new(place(), "its records differ from what its corrections make of them")))
            }
            Err(error @ rusqlite::Error::FromSqlConversionFailure(..)) => {
                Ok(Some(Fault::new(place(), error)))
            }
            Err(error) => Err(error),
        }
    }
}

/// The ledger of an article, put together of its rows again, keeps its promises.
fn article(id: i64, original: &str, ledger: &Ledger) -> Option<Fault> {
    let place = format!("article {id}");
    let document = &ledger.document;
    if document.bytes_sha256.as_ref().is_some_and(|sha256| *sha256 != original) {
        return Some(Fault::new(place, "its original is another one"));
    }
    if hexadecimal(&Sha256::digest(&document.text)) != document.sha256 {
        return Some(Fault::new(place, "its text differs from its hash"));
    }
    ledger.verify().err().map(|broken| Fault::new(place, broken))
}
