//! The gold format: one file an article, stand-off. First line the document, then its sources, then its statements.
//!
//! Offsets are code points of the article's text, half open. Values that are null, false or empty are left out. No
//! words of an article stand in the file but names and short values.

use anyhow::{Context, Result, ensure};
use sayso::ledger::{Certainty, Kind, Mode, SourceKind, SourceStatus};
use sayso::lexicon::Act;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Half-open `[start, end]` in code points.
pub(crate) type Pair = [usize; 2];

/// Where an article's text is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "corpus", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum TextOf {
    /// A text file, by its path from the root of the repository.
    File { path: String },
    /// A Wikinews article.
    Wikinews { url: String },
    /// Paragraphs of a White House briefing, half open, with a blank line between them.
    WhBriefings { id: String, paragraphs: [usize; 2] },
    /// A document of re3d.
    Re3d { id: String },
    /// An article of MEANTIME, put together from its tokens.
    Meantime { id: String },
}

/// An annotated article, without its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Annotation {
    pub(crate) header: Header,
    pub(crate) sources: Vec<Source>,
    /// In the order of the text, nested after outer.
    pub(crate) statements: Vec<Statement>,
}

/// First line of a gold file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The document's name, and its file's.
    pub(crate) document: String,
    pub(crate) text: TextOf,
    /// Of the text in UTF-8, lower-case hexadecimal.
    pub(crate) sha256: String,
    /// Publication date, EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    /// Crossheads, captions and page furniture: no statement may come from there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) not_read: Vec<Pair>,
    /// Quotation marks that belong to no statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) excused: Vec<Excuse>,
}

/// Quotation marks that belong to no statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Excuse {
    pub(crate) at: Pair,
    pub(crate) why: ExcuseReason,
}

/// What such marks are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExcuseReason {
    Title,
    Name,
    Term,
    Nickname,
    Other,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    #[serde(rename = "source")]
    pub(crate) key: String,
    pub(crate) name: String,
    /// Other names under which the source is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) also: Vec<String>,
    pub(crate) kind: SourceKind,
    pub(crate) status: SourceStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) affiliation: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<Pair>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) mentions: Vec<Pair>,
}

/// A statement that a careful reader finds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Statement {
    #[serde(rename = "statement")]
    pub(crate) n: usize,
    /// A source's key; none where nobody is named or meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speaker: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) why_unknown: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) co_speakers: Vec<String>,
    pub(crate) act: Act,
    /// Acts that a careful reader might choose instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) or_acts: Vec<Act>,
    pub(crate) kind: Kind,
    pub(crate) mode: Mode,
    pub(crate) certainty: Option<Certainty>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) negated: bool,
    /// Arguable: neither asked for nor counted against precision.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) optional: bool,
    /// The number of the statement within whose content this one stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) inside: Option<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) source: Vec<Pair>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) cue: Vec<Pair>,
    pub(crate) content: Vec<Pair>,
    /// What of the content stands inside quotation marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) verbatim: Vec<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) addressee: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outlet: Option<String>,
    /// How the outlet came by the words: told, quoted, cited, reported, published, broadcast, posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) how: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) setting: Option<String>,
    /// Steps from the speaker to this page, where there are two or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) chain: Vec<Link>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) said_on: Option<SaidOn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) target: Option<Target>,
    /// Hard cases of the guidelines that the statement shows; in articles of our own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) cases: Vec<String>,
}

/// One step from the speaker to this page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) how: String,
}

/// When it was said, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SaidOn {
    pub(crate) edtf: String,
    pub(crate) at: Pair,
}

/// Who is accused, asked, warned ...
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    /// A source's key, if the target is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    /// The words that name it, where they are marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<Pair>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case")]
enum Row {
    Document(Header),
    Source(Source),
    Statement(Box<Statement>),
}

impl Annotation {
    /// Reads a gold file.
    ///
    /// # Errors
    /// Says which line is out of place or no row.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let lines = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
        Self::parse(&lines).with_context(|| path.display().to_string())
    }

    /// The same from its lines.
    ///
    /// # Errors
    /// Says which line is out of place or no row.
    pub(crate) fn parse(lines: &str) -> Result<Self> {
        let (mut header, mut sources, mut statements) = (None, Vec::new(), Vec::new());
        for (i, line) in lines.lines().enumerate() {
            let row = serde_json::from_str(line).with_context(|| format!("line {}", i + 1))?;
            match row {
                Row::Document(row) => {
                    ensure!(header.is_none(), "line {}: a second document", i + 1);
                    header = Some(row);
                }
                Row::Source(row) => sources.push(row),
                Row::Statement(row) => statements.push(*row),
            }
            ensure!(header.is_some(), "line {}: the document's row comes first", i + 1);
        }
        Ok(Self { header: header.context("no row")?, sources, statements })
    }

    /// The lines of a gold file.
    ///
    /// # Errors
    /// When a row cannot be written as JSON.
    pub(crate) fn to_lines(&self) -> Result<String> {
        let sources = self.sources.iter().cloned().map(Row::Source);
        let statements = self.statements.iter().cloned().map(|s| Row::Statement(Box::new(s)));
        let mut lines = String::new();
        for row in std::iter::once(Row::Document(self.header.clone())).chain(sources).chain(statements) {
            lines.push_str(&serde_json::to_string(&row)?);
            lines.push('\n');
        }
        Ok(lines)
    }

    /// The source with a key.
    pub(crate) fn source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.key == key)
    }

    /// The source that speaks in a statement.
    pub(crate) fn speaker(&self, statement: &Statement) -> Option<&Source> {
        self.source(statement.speaker.as_deref()?)
    }

    /// The statement with a number.
    pub(crate) fn statement(&self, n: usize) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.n == n)
    }
}

impl Source {
    /// All names under which the source is right.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().map(String::as_str))
    }
}
