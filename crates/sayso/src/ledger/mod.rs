//! The record: schema `sayso.ledger/1`, a contract. Offsets are Unicode code points into `document.text`, half open.
//!
//! Fields that are not known are null or empty, never absent.

pub(crate) mod build;
mod select;
mod verify;
mod wording;

pub use build::{hexadecimal, source_id};
pub use verify::Broken;
pub use wording::Wording;

use crate::article::{BlockRole, Evidence};
use crate::lexicon::Act;
pub use crate::lexicon::Certainty;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema's name and major version.
pub const SCHEMA: &str = "sayso.ledger/1";

/// How a step of a chain is that came from a statement around it, which was left out: `to` says that `from` said so.
pub const REPORTED_BY: &str = "reported by";

/// Half-open `[start, end]` in code points.
pub type Pair = [usize; 2];

/// Everything read from one input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Always `codepoint`.
    pub offset_unit: String,
    /// The article.
    pub document: Document,
    /// Who speaks in it.
    pub sources: Vec<Source>,
    /// What they say, in the order of the text, nested after outer.
    pub statements: Vec<Statement>,
    /// What the reader should know about this input.
    pub notes: Vec<String>,
}

/// The article as it was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Document {
    pub id: String,
    pub sha256: String,
    pub url: Option<String>,
    pub archive_url: Option<String>,
    pub captured: Option<String>,
    pub title: Option<String>,
    pub byline: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub published_from: Option<String>,
    pub modified: Option<String>,
    pub language: Option<String>,
    pub agency: Option<String>,
    pub section: Option<String>,
    // records from before it was there are read as well
    #[serde(default)]
    pub because: Vec<Evidence>,
    pub bytes_sha256: Option<String>,
    pub text: String,
    pub blocks: Vec<BlockRecord>,
}

/// A labelled part of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct BlockRecord {
    pub role: BlockRole,
    pub start: usize,
    pub end: usize,
    pub bytes: Option<[usize; 2]>,
    pub language: Option<String>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Source {
    pub id: String,
    pub name: String,
    pub kind: SourceKind,
    pub status: SourceStatus,
    pub roles: Vec<Words>,
    pub affiliation: Option<String>,
    pub names: Vec<String>,
    pub mentions: Vec<Pair>,
}

/// Words of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Words {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own names")]
pub enum SourceKind {
    Person,
    Group,
    Organisation,
    Government,
    Document,
    Unknown,
}

/// How a source is identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceStatus {
    /// By name: people, states and organisations.
    Named,
    /// By function only: "the minister".
    RoleOnly,
    /// Kept unnamed: "an official who asked not to be named", "sources".
    Anonymous,
    /// Many at once: "residents", "critics".
    Collective,
}

/// Who said what: one statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Statement {
    pub id: String,
    pub speaker: Option<String>,
    pub speaker_name: Option<String>,
    pub why_unknown: Option<String>,
    pub kind: Kind,
    pub act: Act,
    pub negated: bool,
    pub mode: Mode,
    pub quote: String,
    pub verbatim: Vec<Pair>,
    pub spans: Spans,
    pub co_speakers: Vec<String>,
    pub candidates: Vec<String>,
    pub addressee: Option<String>,
    pub via: Via,
    pub chain: Vec<Link>,
    pub said_on: Option<SaidOn>,
    pub target: Option<Target>,
    pub certainty: Option<Certainty>,
    pub inside: Option<String>,
    pub confidence: f64,
    pub scores: BTreeMap<String, f64>,
    pub because: Vec<Because>,
    // records from before it was there are read as well
    #[serde(default)]
    pub review: Option<Review>,
}

/// What somebody decided about a statement, and when; `fields` are those that they changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Review {
    pub verdict: Verdict,
    pub by: String,
    pub at: String,
    pub fields: Vec<String>,
}

/// Whether a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it was read.
    Accepted,
    /// As somebody changed it.
    Edited,
    /// Not at all.
    Rejected,
}

/// Said, or believed and intended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own names")]
pub enum Kind {
    Speech,
    Thought,
}

/// How much of the content stands inside quotation marks: nearly all, some, none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own names")]
pub enum Mode {
    Direct,
    Indirect,
    Mixed,
}

/// The words that name the speaker, the words that attribute, and the words attributed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Spans {
    pub source: Vec<Pair>,
    pub cue: Vec<Pair>,
    pub content: Vec<Pair>,
}

/// The outlet spoken to and the occasion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Via {
    pub outlet: Option<String>,
    pub setting: Option<String>,
}

/// One step of the way from the speaker to this page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Link {
    pub from: String,
    pub to: String,
    pub how: String,
}

/// When it was said, by the words from `start` to `end`, counted `from` what: `published`, `dateline`, or `text` for a date in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct SaidOn {
    pub edtf: String,
    pub from: String,
    pub start: usize,
    pub end: usize,
}

/// Who is accused, asked, warned ...
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Target {
    pub name: String,
    pub source: Option<String>,
    pub start: usize,
    pub end: usize,
}

/// Why a field holds what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema's own names")]
pub struct Because {
    pub field: String,
    pub rule: String,
    pub start: usize,
    pub end: usize,
}
