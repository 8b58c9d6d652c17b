//! Finding statements, the newest first.
//!
//! The question is put together of the parts below, which are constant; what is looked for is bound to them. First come the numbers of the
//! statements found, then each statement. Every index that goes first (`CROSS JOIN` keeps SQLite from another order) is in the order of places, that
//! is of days, so that the newest are there after a few steps, however many there are; but for that of an outlet, whose statements are sorted.

use crate::days;
use crate::error::StoreError;
use crate::open::{Reader, Store};
use crate::records::name_of;
use crate::words;
use rusqlite::{OptionalExtension, Row, ToSql, params};
use sayso::ledger::{Kind, Pair, Statement, Verdict};
use sayso::lexicon::Act;
use serde::Serialize;

/// What is looked for; what is not given does not matter.
#[derive(Clone, Debug)]
pub struct Query {
    /// Words of the quote: all of them, phrases between quotation marks, beginnings of words before `*`; accents and case do not count.
    pub words: String,
    /// Words of the speaker's name.
    pub speaker: Option<String>,
    /// What the statement does.
    pub act: Option<Act>,
    /// Words of the name of whom it is about.
    pub target: Option<String>,
    /// Where the article appeared.
    pub outlet: Option<String>,
    /// Said on this day or later (EDTF), or published, where nothing says when it was said.
    pub since: Option<String>,
    /// Said on this day or before.
    pub until: Option<String>,
    /// The outlet spoken to.
    pub via: Option<String>,
    /// Said or thought.
    pub kind: Option<Kind>,
    /// What reviewers said of it.
    pub review: Reviewed,
    /// How many at most.
    pub limit: usize,
}

/// Which statements are looked for, by what reviewers said of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reviewed {
    /// All but those rejected.
    #[default]
    Kept,
    /// All.
    Any,
    /// Those of which nobody said anything.
    Not,
    /// Those with this verdict.
    As(Verdict),
}

impl Query {
    /// How many are found where nobody says otherwise.
    pub const USUAL_LIMIT: usize = 50;
    /// As many as there are.
    pub const NO_LIMIT: usize = usize::MAX;

    /// Whether it leaves nothing out but what reviewers rejected.
    pub(crate) fn is_for_all(&self) -> bool {
        let Self { words, speaker, act, target, outlet, since, until, via, kind, review, limit } = self;
        let names = [speaker, target, outlet, since, until, via];
        words.trim().is_empty()
            && names.into_iter().all(Option::is_none)
            && (act.is_none() && kind.is_none())
            && matches!(review, Reviewed::Kept | Reviewed::Any)
            && *limit == Self::NO_LIMIT
    }
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: String::new(),
            speaker: None,
            act: None,
            target: None,
            outlet: None,
            since: None,
            until: None,
            via: None,
            kind: None,
            review: Reviewed::Kept,
            limit: Self::USUAL_LIMIT,
        }
    }
}

/// A statement, and the article that reports it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The statement's number in this library.
    pub number: i64,
    /// The article's.
    pub article: i64,
    /// The document's id.
    pub document: String,
    /// The article's headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Where it appeared.
    pub outlet: Option<String>,
    /// When it appeared.
    pub published: Option<String>,
    /// The words found, in code points of the quote.
    pub marks: Vec<Pair>,
    /// Who reports in the article that it was said: whose words it stands in, the nearest first.
    pub reported_by: Vec<String>,
    /// The record.
    pub statement: Statement,
}

/// More steps from one statement to the one that it stands in than any article has.
const DEEPEST: usize = 32;

impl Store {
    /// As [`Reader::find`].
    ///
    /// # Errors
    /// As [`Reader::find`].
    pub fn find(&self, query: &Query) -> Result<Vec<Found>, StoreError> {
        self.reader().find(query)
    }
}

impl Reader {
    /// The statements that a query asks for, those of the latest day first.
    ///
    /// # Errors
    /// [`StoreError::NotADate`] for a day that is none, and what the file fails with.
    pub fn find(&self, query: &Query) -> Result<Vec<Found>, StoreError> {
        let Some(plan) = self.plan(query)? else { return Ok(Vec::new()) };
        let hits = self.hits(&plan.sql, &plan.values()).map_err(self.failed())?;
        hits.into_iter().map(|hit| self.found(hit)).collect()
    }

    /// How a query is looked for; nothing if words are asked for that no index holds.
    pub(crate) fn plan(&self, query: &Query) -> Result<Option<Plan>, StoreError> {
        let longest_span_days = if query.until.is_some() { self.longest_span_days()? } else { 0 };
        Plan::of(query, longest_span_days)
    }

    /// How far apart the first and the last day of a statement are, at most.
    fn longest_span_days(&self) -> Result<i32, StoreError> {
        let sql = "SELECT coalesce(max(julianday(last_day) - julianday(first_day)), 0) FROM statements
            WHERE first_day <> last_day";
        let longest = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut longest| longest.query_row([], |row| row.get::<_, f64>(0)));
        longest.map(|days| days.ceil() as i32).map_err(self.failed())
    }

    /// The numbers of the statements that a query asks for.
    pub(crate) fn numbers(&self, query: &Query) -> Result<Vec<i64>, StoreError> {
        let Some(plan) = self.plan(query)? else { return Ok(Vec::new()) };
        let hits = self.hits(&plan.sql, &plan.values()).map_err(self.failed())?;
        Ok(hits.into_iter().map(|hit| hit.id).collect())
    }

    fn hits(&self, sql: &str, values: &[(&str, &dyn ToSql)]) -> rusqlite::Result<Vec<Hit>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, |row| Ok(Hit { id: row.get(0)?, marked: row.get(1)? }))?;
        rows.collect()
    }

    /// A statement by its number, the words asked for marked in it.
    pub(crate) fn found_by_number(&self, id: i64, question: Option<&str>) -> Result<Found, StoreError> {
        let marks = |question: &str| {
            let sql = format!(
                "SELECT {MARKED} FROM words WHERE words MATCH ?1 AND rowid = (SELECT place FROM statements WHERE id = ?2)"
            );
            self.connection.prepare_cached(&sql)?.query_row(params![question, id], |row| row.get(0))
        };
        let marked = question.map(marks).transpose().map_err(self.failed())?;
        self.found(Hit { id, marked })
    }

    fn found(&self, Hit { id, marked }: Hit) -> Result<Found, StoreError> {
        let read = |row: &Row| {
            let found = |statement| {
                Ok(Found {
                    number: id,
                    article: row.get(1)?,
                    document: row.get(2)?,
                    title: row.get(3)?,
                    url: row.get(4)?,
                    outlet: row.get(5)?,
                    published: row.get(6)?,
                    marks: Vec::new(),
                    reported_by: Vec::new(),
                    statement,
                })
            };
            Ok(serde_json::from_str(&row.get::<_, String>(0)?).map(found))
        };
        let row = self
            .connection
            .prepare_cached(
                "SELECT statements.json, articles.id, document_id, title, url, outlet, articles.published
                FROM statements JOIN articles ON articles.id = statements.article WHERE statements.id = ?1",
            )
            .and_then(|mut statement| statement.query_row([id], read))
            .map_err(self.failed())?;
        let row = row.map_err(|why| self.damaged(format!("statement {id}"), why))?;
        let mut found = row.map_err(self.failed())?;
        if let Some(marked) = marked {
            found.marks = positions(&marked, &found.statement.quote);
        }
        found.reported_by = self.reporters(found.article, &found.statement).map_err(self.failed())?;
        Ok(found)
    }

    fn reporters(&self, article: i64, statement: &Statement) -> rusqlite::Result<Vec<String>> {
        let (mut names, mut inside) = (Vec::new(), statement.inside.clone());
        while let Some(record) = inside.filter(|_| names.len() < DEEPEST) {
            let outer = self
                .connection
                .prepare_cached(
                    "SELECT coalesce(speaker_name, 'an unknown speaker'), json_extract(json, '$.inside') FROM statements
                    WHERE article = ?1 AND record = ?2",
                )?
                .query_row(params![article, record], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((name, next)) = outer else { break };
            names.push(name);
            inside = next;
        }
        Ok(names)
    }
}

/// The number of a statement, and its quote with marks around the words found.
struct Hit {
    id: i64,
    marked: Option<String>,
}

/// Noncharacters, which no text of an article has a reason to hold.
const OPENS: char = '\u{fdd0}';
const CLOSES: char = '\u{fdd1}';

/// The marks as positions; none if the text itself holds such marks.
fn positions(marked: &str, quote: &str) -> Vec<Pair> {
    let (mut at, mut start, mut marks) = (0, 0, Vec::new());
    for c in marked.chars() {
        match c {
            OPENS => start = at,
            CLOSES => marks.push([start, at]),
            _ => at += 1,
        }
    }
    if quote.contains([OPENS, CLOSES]) { Vec::new() } else { marks }
}

/// A query in SQL, and what is bound to it.
pub(crate) struct Plan {
    sql: String,
    question: Option<String>,
    act: Option<String>,
    kind: Option<String>,
    outlet: Option<String>,
    via: Option<String>,
    /// The first place of a day.
    since: Option<i64>,
    until: Option<String>,
    /// No statement of `until` or before has a later place.
    before: Option<i64>,
    verdict: Option<String>,
    review: Reviewed,
    limit: i64,
}

/// What a day is worth in a place.
const DAY: i64 = 1 << 32;

const MARKED: &str = "highlight(words, 0, char(0xfdd0), char(0xfdd1))";
/// A place without its day is the statement's number.
const FROM_WORDS: &str = "FROM words CROSS JOIN statements ON statements.id = words.rowid & 4294967295";
const FROM_STATEMENTS: &str = "FROM statements";
const FROM_ARTICLES: &str = "FROM articles CROSS JOIN statements ON statements.article = articles.id";
const WITH_ARTICLES: &str = " CROSS JOIN articles ON articles.id = statements.article";
const WITH_EMBEDDINGS: &str = " CROSS JOIN embeddings ON embeddings.statement = statements.id";
/// People said something of few statements, whose numbers an index has.
const NOT_REJECTED: &str = " AND statements.id NOT IN (SELECT id FROM statements WHERE review = 'rejected')";
const NOT_REVIEWED: &str = " AND statements.id NOT IN (SELECT id FROM statements WHERE review IS NOT NULL)";
const NEWEST_FIRST: &str = " ORDER BY statements.place DESC LIMIT :limit";
const NEWEST_WORDS_FIRST: &str = " ORDER BY words.rowid DESC LIMIT :limit";

impl Plan {
    /// Nothing if words are asked for that no index holds.
    fn of(query: &Query, longest_span_days: i32) -> Result<Option<Self>, StoreError> {
        let question = words::question(&query.words, query.speaker.as_deref(), query.target.as_deref())?;
        let asked = [Some(&query.words), query.speaker.as_ref(), query.target.as_ref()];
        let is_asked = asked.into_iter().flatten().any(|words| !words.trim().is_empty());
        if question.is_none() && is_asked {
            return Ok(None);
        }
        let bounds = |given: &String| {
            days::bounds(given.trim()).ok_or_else(|| StoreError::NotADate { given: given.clone() })
        };
        let mut plan = Self {
            sql: String::new(),
            question,
            act: query.act.map(|act| name_of(&act)),
            kind: query.kind.map(|kind| name_of(&kind)),
            outlet: query.outlet.clone(),
            via: query.via.clone(),
            since: query.since.as_ref().map(bounds).transpose()?.map(|[first, _]| days::number(&first) * DAY),
            before: None,
            until: query.until.as_ref().map(bounds).transpose()?.map(|[_, last]| last),
            verdict: match query.review {
                Reviewed::As(verdict) => Some(name_of(&verdict)),
                Reviewed::Kept | Reviewed::Any | Reviewed::Not => None,
            },
            review: query.review,
            limit: i64::try_from(query.limit).unwrap_or(i64::MAX),
        };
        plan.before = plan.until.as_deref().map(|day| (days::later(day, longest_span_days) + 1) * DAY);
        plan.sql = plan.written();
        Ok(Some(plan))
    }

    fn written(&self) -> String {
        let ((from, conditions), review) = (self.parts(), self.reviewed());
        let order = if self.question.is_some() { NEWEST_WORDS_FIRST } else { NEWEST_FIRST };
        let marked = if self.question.is_some() { MARKED } else { "NULL" };
        format!("SELECT statements.id, {marked} {from} WHERE 1{conditions}{review}{order}")
    }

    /// The numbers and signatures of all statements asked for that an encoder embedded, in no order.
    pub(crate) fn signatures(&self) -> String {
        let of_embedder = "embeddings.embedder = (SELECT id FROM embedders WHERE name = :embedder)";
        let ((from, conditions), review) = (self.parts(), self.reviewed());
        match self.review {
            // one table from end to end; who jumps about in it by an index takes longer
            Reviewed::Kept | Reviewed::Any if conditions.is_empty() => {
                let review = review.replace("statements.id", "statement");
                format!("SELECT statement, signature FROM embeddings NOT INDEXED WHERE {of_embedder}{review}")
            }
            Reviewed::Kept | Reviewed::Any | Reviewed::Not | Reviewed::As(_) => {
                format!(
                    "SELECT statements.id, signature {from}{WITH_EMBEDDINGS} WHERE {of_embedder}{conditions}{review}"
                )
            }
        }
    }

    /// The words asked for, as the index takes them.
    pub(crate) fn question(&self) -> Option<&str> {
        self.question.as_deref()
    }

    /// Where statements come from, and which.
    fn parts(&self) -> (String, String) {
        let is_narrow = self.via.is_some() || self.since.is_some() || self.until.is_some();
        let from = match (&self.question, &self.outlet) {
            (Some(_), _) => FROM_WORDS,
            (None, Some(_)) if !is_narrow => FROM_ARTICLES,
            (None, _) => FROM_STATEMENTS,
        };
        let articles = if self.outlet.is_some() && from != FROM_ARTICLES { WITH_ARTICLES } else { "" };
        let is_words = self.question.is_some();
        let conditions = [
            (self.question.is_some(), " AND words MATCH :question"),
            (self.act.is_some(), " AND statements.act = :act"),
            (self.kind.is_some(), " AND statements.kind = :kind"),
            (self.since.is_some() && is_words, " AND words.rowid >= :since"),
            (self.since.is_some() && !is_words, " AND statements.place >= :since"),
            (self.until.is_some(), " AND statements.first_day <= :until"),
            (self.until.is_some() && is_words, " AND words.rowid < :before"),
            (self.until.is_some() && !is_words, " AND statements.place < :before"),
            (self.via.is_some(), " AND statements.via_outlet = :via COLLATE NOCASE"),
            (self.outlet.is_some(), " AND articles.outlet = :outlet COLLATE NOCASE"),
        ];
        let conditions = conditions.into_iter().filter(|(is_given, _)| *is_given);
        let conditions: String = conditions.map(|(_, condition)| condition).collect();
        (format!("{from}{articles}"), conditions)
    }

    /// What of that reviewers let through.
    fn reviewed(&self) -> &'static str {
        match self.review {
            Reviewed::Kept => NOT_REJECTED,
            Reviewed::Any => "",
            Reviewed::Not => NOT_REVIEWED,
            Reviewed::As(_) => " AND statements.review = :verdict",
        }
    }

    fn values(&self) -> Vec<(&str, &dyn ToSql)> {
        let mut values = self.conditions();
        values.push((":limit", &self.limit));
        values
    }

    /// What is bound but for the limit.
    pub(crate) fn conditions(&self) -> Vec<(&str, &dyn ToSql)> {
        let texts = [
            (":question", &self.question),
            (":act", &self.act),
            (":kind", &self.kind),
            (":until", &self.until),
            (":verdict", &self.verdict),
            (":via", &self.via),
            (":outlet", &self.outlet),
        ];
        let places = [(":since", &self.since), (":before", &self.before)];
        let texts = texts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()? as &dyn ToSql)));
        let places =
            places.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()? as &dyn ToSql)));
        texts.chain(places).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::MIGRATIONS;
    use rusqlite::Connection;

    /// How SQLite looks for what a query asks.
    fn plan(connection: &Connection, query: &Query) -> Vec<String> {
        let plan = Plan::of(query, 366).expect("its days are days").expect("its words are words");
        steps(connection, &plan.sql, &plan.values())
    }

    fn steps(connection: &Connection, sql: &str, values: &[(&str, &dyn ToSql)]) -> Vec<String> {
        let mut statement = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        let rows = statement.query_map(values, |row| row.get(3)).expect("a plan has rows");
        rows.collect::<Result<_, _>>().expect("rows are words")
    }

    #[test]
    fn statements_are_never_read_through_where_an_index_helps() {
        let connection = Connection::open_in_memory().expect("memory holds a library");
        for migration in MIGRATIONS {
            connection.execute_batch(migration).expect("migrations are SQL");
        }
        let some = |text: &str| Some(text.to_owned());
        // every combination of what may be given
        let reviewed = [Reviewed::Kept, Reviewed::Any, Reviewed::Not, Reviewed::As(Verdict::Edited)];
        for (given, review) in (0..1u32 << 9).flat_map(|given| reviewed.map(|review| (given, review))) {
            let has = |bit: u32| given >> bit & 1 == 1;
            let query = Query {
                words: if has(0) { "quay".to_owned() } else { String::new() },
                speaker: some("Maron").filter(|_| has(1)),
                act: Some(Act::Deny).filter(|_| has(2)),
                target: some("Dorn").filter(|_| has(3)),
                outlet: some("The Anbry Post").filter(|_| has(4)),
                since: some("2024").filter(|_| has(5)),
                until: some("2025").filter(|_| has(6)),
                via: some("Radio Meridian").filter(|_| has(7)),
                kind: Some(Kind::Speech).filter(|_| has(8)),
                review,
                limit: 10,
            };
            // signatures are read for the statements that are let through, and all of them only where nothing narrows
            let plan_of = Plan::of(&query, 366).expect("its days are days").expect("its words are words");
            let mut values = plan_of.conditions();
            values.push((":embedder", &"an encoder"));
            let signatures = steps(&connection, &plan_of.signatures(), &values);
            let scans_all = signatures.iter().any(|step| step.starts_with("SCAN embeddings"));
            let is_for_all = given == 0 && matches!(query.review, Reviewed::Kept | Reviewed::Any);
            assert_eq!(scans_all, is_for_all, "{query:?}: {signatures:#?}");
            let steps = plan(&connection, &query);
            let scans = |table: &str| steps.iter().any(|step| step.starts_with(&format!("SCAN {table}")));
            let first = steps.first().map(String::as_str).unwrap_or_default();
            if has(0) || has(1) || has(3) {
                assert!(first.contains("words VIRTUAL TABLE INDEX"), "{query:?}: {steps:#?}");
            }
            // an act is looked for from the newest on, in the index of places, which holds it
            let is_narrowed = [0, 1, 3, 4, 5, 6, 7].into_iter().any(has) || matches!(review, Reviewed::As(_));
            assert!(!(is_narrowed && scans("statements") || scans("articles")), "{query:?}: {steps:#?}");
            let is_by_outlet = first.contains("articles_by_outlet");
            let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
            assert!(is_by_outlet || !sorts, "{query:?}: {steps:#?}");
        }
        // with nothing given the newest come from the index of places; the rejected are looked up once
        let steps = plan(&connection, &Query::default());
        let expected = [
            "SCAN statements USING INDEX statements_by_place",
            "LIST SUBQUERY 1",
            "SEARCH statements USING COVERING INDEX statements_by_review (review=?)",
        ];
        assert_eq!(steps[..3], expected, "{steps:#?}");
    }
}
