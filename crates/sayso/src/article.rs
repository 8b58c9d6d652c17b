//! What is analysed: a text, its labelled blocks, and where it came from.

use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};

/// A text with its blocks and origin. Made by `sayso-acquire`, or by hand.
#[derive(Clone, Debug)]
pub struct Article {
    /// The text: for plain input the input itself, unchanged.
    pub text: Text,
    /// Labelled parts in order, without overlap. What lies between is white space.
    pub blocks: Vec<Block>,
    /// Where it came from.
    pub origin: Origin,
    /// What the reader of the bytes had to say about them.
    pub notes: Vec<String>,
}

/// A labelled part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: BlockRole,
    /// Where it is.
    pub span: Span,
    /// Its bytes in what the article was read from, where that is known; those of the start and the end.
    pub bytes: Option<[usize; 2]>,
    /// The BCP 47 tag of its language, where that is not read.
    pub language: Option<&'static str>,
}

impl Block {
    /// A block of which no more is known.
    #[must_use]
    pub fn new(role: BlockRole, span: Span) -> Self {
        Self { role, span, bytes: None, language: None }
    }

    /// Whether statements are looked for in it.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.role.is_read() && self.language.is_none()
    }
}

/// What a block is. Statements are looked for in those for which [`BlockRole::is_read`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockRole {
    /// The headline.
    Title,
    /// The lead-in under the headline.
    Standfirst,
    /// A crosshead.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item.
    List,
    /// Words under a picture.
    Caption,
    /// Byline, photo or agency credit.
    Credit,
    /// A correction or editor's note.
    Correction,
    /// Related links, comment forms, navigation.
    Boilerplate,
}

impl BlockRole {
    /// The record's word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Standfirst => "standfirst",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::List => "list",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Correction => "correction",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// Whether the article speaks here: captions, crossheads, credits and boilerplate are kept but not read.
    #[must_use]
    pub fn is_read(self) -> bool {
        match self {
            Self::Title | Self::Standfirst | Self::Paragraph | Self::List | Self::Correction => true,
            Self::Heading | Self::Caption | Self::Credit | Self::Boilerplate => false,
        }
    }
}

/// Where an article came from; what is not known is absent, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// A name for the document: a path, a URL, an id of the caller's.
    pub id: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// When that copy was made (EDTF).
    pub captured: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors.
    pub byline: Vec<String>,
    /// Newspaper, agency, site.
    pub outlet: Option<String>,
    /// Date of publication (EDTF).
    pub published: Option<String>,
    /// What said so: `argument`, `json-ld`, `meta` ...
    pub published_from: Option<String>,
    /// Date of the last change (EDTF).
    pub modified: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The news agency that is credited with the text.
    pub agency: Option<String>,
    /// `opinion` or `news`, where something says so.
    pub section: Option<String>,
    /// What says each of these, and how sure that is.
    pub because: Vec<Evidence>,
    /// SHA-256 of the bytes that it was read from, which [`Block::bytes`] counts.
    pub bytes_sha256: Option<String>,
}

/// What says a fact about an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The fact's name in the record: `published`, `outlet` ...
    pub field: String,
    /// What says it: `json-ld`, `meta`, `heading` ...
    pub from: String,
    /// How often such a thing is right, from 0 to 1, where that was counted.
    pub score: Option<f32>,
}

impl Article {
    /// The “Q” or “A” with which a block of an official transcript starts, no colon behind it: “Q Were you there?”,
    /// “A I was.” An answer follows a question at once, else it is an article: “A Stonewell boat sank.”
    pub(crate) fn bare_label(&self, block: usize) -> Option<Span> {
        let at = |block: usize| {
            let span = self.blocks.get(block)?.span;
            let text = self.text.slice(span);
            let label = text.chars().next()?;
            let words = &text[label.len_utf8()..];
            let spaced = words.starts_with(char::is_whitespace);
            let opens = words
                .trim_start()
                .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "—–-“\"(…[".contains(c));
            (spaced && opens).then_some((label, span))
        };
        let (label, span) = at(block)?;
        let is_label = match label {
            'Q' => true,
            'A' => block.checked_sub(1).and_then(at).is_some_and(|(before, _)| before == 'Q'),
            _ => false,
        };
        if is_label { self.text.span_at(span.start(), span.start() + 1) } else { None }
    }
}
