//! Numbers, not news: model runtimes and their weights.

pub mod acts;
mod attribute_ruler;
pub mod attribution;
mod chars;
pub mod claims;
mod kernels;
mod labels;
mod lemmatizer;
pub mod lexeme;
mod syntax;
mod tables;
pub mod targets;
mod tensors;
mod tokenizer;
mod transformer;

pub use attribute_ruler::{AttributeRuler, Attributes, Morph};
pub use labels::{Dep, EntityKind, Pos, Tag};
pub use lemmatizer::Lemmatizer;
pub use syntax::SyntaxModel;
pub use tokenizer::{Token, Tokenizer};

use std::sync::Arc;

/// Every folder of weights that reads articles, and the hashes of its files.
pub const SUMS: [(&str, &str); 4] = [
    ("act", include_str!("../weights/act/SHA256SUMS")),
    ("attribution", include_str!("../weights/attribution/SHA256SUMS")),
    ("en_core_web_sm", include_str!("../weights/en_core_web_sm/SHA256SUMS")),
    ("minilm", include_str!("../weights/minilm/SHA256SUMS")),
];

/// One parsed text: parallel lists, one entry a token.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// Where each token is; tokens tile the text but for single spaces between them.
    pub tokens: Vec<TokenSpan>,
    /// Penn tags.
    pub tags: Vec<Tag>,
    /// Universal parts of speech.
    pub pos: Vec<Pos>,
    /// Lemmas.
    pub lemmas: Vec<Arc<str>>,
    /// The token that each depends on; itself for a root.
    pub heads: Vec<u32>,
    /// Dependency labels.
    pub deps: Vec<Dep>,
    /// Whether a sentence starts here.
    pub sentence_starts: Vec<bool>,
    /// Named entities as `(first, one past last, kind)`, in order.
    pub entities: Vec<(u32, u32, EntityKind)>,
    /// The shared encoder's output, row-major `[tokens, 96]`: input of later networks.
    pub vectors: Vec<f32>,
}

/// A token's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenSpan {
    /// First UTF-8 byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether one space follows that belongs to no token.
    pub space_after: bool,
}
