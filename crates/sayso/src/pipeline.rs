//! The whole system on one screen. (Stand-in until the real one is merged.)

use crate::article::Article;
use crate::attribution::Attribution;
use crate::ledger::{BlockRecord, Document, Ledger, SCHEMA};
use crate::offsets::CodePoints;
use crate::quotations::{self, Quotations};
use crate::syntax::Syntax;
use sha2::{Digest, Sha256};

/// Everything that was fitted.
#[derive(Debug)]
pub struct Models;

impl Models {
    /// Loads it from the binary.
    #[must_use]
    pub fn load() -> Self {
        Self
    }
}

/// What the stages found.
#[derive(Debug)]
pub struct Layers {
    /// Tokens, heads, entities.
    pub syntax: Syntax,
    /// Quoted stretches.
    pub quotations: Quotations,
    /// Source, cue and content.
    pub attributions: Vec<Attribution>,
}

/// The layers below the ledger.
#[must_use]
pub fn inspect(article: &Article, _models: &Models) -> Layers {
    Layers { syntax: Syntax::default(), quotations: quotations::find(article), attributions: Vec::new() }
}

/// An article in, a ledger out.
#[must_use]
pub fn analyze(article: &Article, _models: &Models) -> Ledger {
    let points = CodePoints::new(&article.text);
    let origin = article.origin.clone();
    let hash = Sha256::digest(article.text.as_str().as_bytes());
    let blocks = article.blocks.iter().map(|block| {
        let [start, end] = points.pair(block.span);
        BlockRecord { role: block.role, start, end }
    });
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: Document {
            id: origin.id,
            sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            url: origin.url,
            archive_url: origin.archive_url,
            captured: origin.captured,
            title: origin.title,
            byline: origin.byline,
            outlet: origin.outlet,
            published: origin.published,
            published_from: origin.published_from,
            modified: origin.modified,
            language: origin.language,
            text: article.text.as_str().to_owned(),
            blocks: blocks.collect(),
        },
        sources: Vec::new(),
        statements: Vec::new(),
        notes: article.notes.clone(),
    }
}
