//! What corrections make of a reading.
//!
//! In: what was read in an article, and the corrections that nobody took back, in the order of the log. Out: the records that they change,
//! the sources that they need, and where each stands. What holds: the last one wins, field by field; every record can be verified; what has
//! no place in the reading changes nothing.
//!
//! Who accepts says that all fields are as they were shown. So accepting sets every field, to what the reviewer saw: another reviewer's
//! change is not accepted unseen, and a later reading that says something else does not pass for what was accepted.

use super::anchor::{Ground, Shift};
use super::cast::Cast;
use super::field::{self, Field, Values};
use super::log::{Kind, Logged};
use super::places::Page;
use super::rest::{Rest, differing};
use sayso::ledger::{Because, Document, Ledger, Review, SCHEMA, Source, Statement, Verdict};
use std::collections::BTreeMap;

/// What was read in an article, by the program alone.
pub(crate) struct Reading {
    pub(crate) document: Document,
    pub(crate) sources: Vec<Source>,
    pub(crate) statements: Vec<Statement>,
}

/// What corrections make of it.
pub(crate) struct Folded {
    /// For each statement its record, if somebody said something of it.
    pub(crate) records: Vec<Option<Statement>>,
    /// Sources that people named and the program did not read.
    pub(crate) made: Vec<Source>,
    /// For each correction the statement at which it stands, or why there is none.
    pub(crate) attached: Vec<Result<usize, String>>,
}

/// What was said of one statement so far.
struct Spoken {
    record: Statement,
    /// What its fields are set to.
    values: Values,
    verdict: Verdict,
    by: String,
    at: String,
    /// Who set each field.
    set: BTreeMap<Field, String>,
    /// What was read, with what nobody may change as the last reviewer saw it.
    base: Statement,
    /// What the last reviewer saw besides the fields.
    rest: Option<Rest>,
}

/// Applies corrections.
pub(crate) fn fold(reading: &Reading, page: &Page, corrections: &[&Logged]) -> Folded {
    let ground = Ground::new(&reading.document, page, &reading.statements);
    let mut cast = Cast::new(&reading.document, page, &reading.sources);
    let mut proof = Proof::new(reading);
    let mut spoken: Vec<Option<Spoken>> = reading.statements.iter().map(|_| None).collect();
    let attached = corrections.iter().map(|correction| {
        let (at, shift) = ground.find(&correction.anchor)?;
        let before = spoken[at].take();
        let (now, result) = speak(before, &reading.statements[at], correction, &shift, &mut cast, &mut proof);
        spoken[at] = now;
        result.map(|()| at)
    });
    let attached = attached.collect();
    let finished = spoken.into_iter().zip(&reading.statements);
    let records: Vec<Option<Statement>> =
        finished.map(|(spoken, read)| spoken.map(|spoken| spoken.finish(read))).collect();
    Folded { made: still_needed(&cast, &records), records, attached }
}

/// What is said of a statement after one more correction; as before if that has no place.
fn speak(
    before: Option<Spoken>,
    read: &Statement,
    correction: &Logged,
    shift: &Shift,
    cast: &mut Cast,
    proof: &mut Proof,
) -> (Option<Spoken>, Result<(), String>) {
    let sources = cast.sources().len();
    let rest =
        correction.detail.rest.clone().or_else(|| before.as_ref().and_then(|spoken| spoken.rest.clone()));
    let said = field::placed(&correction.detail.after, shift)
        .and_then(|said| Ok((said, field::placed(&correction.detail.seen, shift)?)));
    let result = said.and_then(|(said, seen)| {
        let mut values = before.as_ref().map(|spoken| spoken.values.clone()).unwrap_or_default();
        // what somebody set stays set; what nobody did is as this reviewer saw it
        let is_set = |field: &Field| before.as_ref().is_some_and(|spoken| spoken.set.contains_key(field));
        values.extend(seen.into_iter().filter(|(field, _)| !is_set(field)));
        values.extend(said);
        let base = match &rest {
            Some(rest) => rest.over(read, cast)?,
            None => read.clone(),
        };
        let record = field::with(&base, &values, cast)?;
        proof.of(&record, cast)?;
        Ok((record, values, base))
    });
    let (record, values, base) = match result {
        Ok(made) => made,
        Err(why) => {
            cast.truncate(sources);
            return (before, Err(why));
        }
    };
    let mut set = before.map(|spoken| spoken.set).unwrap_or_default();
    set.extend(correction.detail.after.keys().map(|field| (*field, correction.reviewer.clone())));
    let verdict = match correction.kind {
        Kind::Accept => Verdict::Accepted,
        Kind::Edit => Verdict::Edited,
        Kind::Reject => Verdict::Rejected,
        Kind::Undo => unreachable!("what was taken back and the taking back are not folded"),
    };
    let (by, at) = (correction.reviewer.clone(), correction.at.clone());
    (Some(Spoken { record, values, verdict, by, at, set, base, rest }), Ok(()))
}

impl Spoken {
    /// The record with what was said of it: which fields are not as they were read, by whom, and the verdict that follows.
    fn finish(self, read: &Statement) -> Statement {
        let Self { mut record, verdict, by, at, set, base, values: _, rest: _ } = self;
        // whom it is about goes with what it does
        if record.act != read.act && !record.act.has_target() {
            record.target = None;
        }
        let changed = Field::ALL.into_iter().filter(|field| !field.is_same(&record, read));
        let changed: Vec<Field> = changed.collect();
        for field in &changed {
            record.scores.remove(field.name());
            record.because.retain(|because| because.field != field.name());
        }
        for field in &changed {
            let [start, end] = place(*field, &record);
            let who = set.get(field).unwrap_or(&by);
            let rule = format!("corrected by {who}");
            record.because.push(Because { field: field.name().to_owned(), rule, start, end });
        }
        let kept = differing(&base, read);
        for name in &kept {
            record.scores.remove(*name);
            record.because.retain(|because| because.field != *name);
            let [start, end] = place(Field::Content, &record);
            let rule = format!("as {by} saw it");
            record.because.push(Because { field: (*name).to_owned(), rule, start, end });
        }
        let verdict = match verdict {
            Verdict::Rejected => Verdict::Rejected,
            // what was accepted is as it was read, or as it was read when it was accepted; who edited accepted nothing
            Verdict::Accepted if changed.is_empty() && kept.is_empty() => Verdict::Accepted,
            Verdict::Accepted | Verdict::Edited => Verdict::Edited,
        };
        let names = changed.iter().map(|field| field.name()).chain(kept);
        let fields = names.map(str::to_owned).collect();
        record.review = Some(Review { verdict, by, at, fields });
        record
    }
}

/// The words that a corrected field points at.
fn place(field: Field, record: &Statement) -> [usize; 2] {
    let spans = &record.spans;
    let own = match field {
        Field::Speaker | Field::Source => spans.source.first().copied(),
        Field::Act | Field::Negated | Field::Cue => spans.cue.first().copied(),
        Field::Content => None,
        Field::SaidOn => record.said_on.as_ref().map(|said| [said.start, said.end]),
        Field::Target => record.target.as_ref().map(|target| [target.start, target.end]),
    };
    own.unwrap_or_else(|| spans.content.first().copied().expect("a record has words"))
}

/// Of the sources that people named those that a record speaks of.
fn still_needed(cast: &Cast, records: &[Option<Statement>]) -> Vec<Source> {
    let speaks_of = |one: &Statement, id: &str| {
        let target = one.target.as_ref().and_then(|target| target.source.as_deref());
        one.speaker.as_deref() == Some(id) || target == Some(id)
    };
    let is_needed = |source: &&Source| records.iter().flatten().any(|one| speaks_of(one, &source.id));
    cast.made().iter().filter(is_needed).cloned().collect()
}

/// A ledger of one statement, to verify it.
struct Proof(Ledger);

impl Proof {
    fn new(reading: &Reading) -> Self {
        Self(Ledger {
            schema: SCHEMA.to_owned(),
            offset_unit: "codepoint".to_owned(),
            document: reading.document.clone(),
            sources: Vec::new(),
            statements: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// Whether a record keeps its promises; what it stands inside is none of its own.
    fn of(&mut self, record: &Statement, cast: &Cast) -> Result<(), String> {
        self.0.sources = cast.sources().to_vec();
        self.0.statements = vec![Statement { inside: None, ..record.clone() }];
        self.0.verify().map_err(|broken| {
            format!(
                "the record would not hold: {}; expected words that do not overlap and lie in order",
                broken.what
            )
        })
    }
}
