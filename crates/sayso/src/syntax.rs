//! The syntax of an article: one list of tokens over all read blocks, with sentences, heads and entities.

use crate::text::Span;
use sayso_model::{Dep, EntityKind, Pos, Tag};
use std::sync::Arc;

/// Index of a token in [`Syntax::tokens`].
pub type TokenId = u32;

/// Tokens of the read blocks in the order of the text. Every block was parsed on its own, so no
/// sentence, arc or entity crosses a block.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    /// All tokens.
    pub tokens: Vec<Token>,
    /// Sentences as `[first, last + 1)` of tokens, in order, together all tokens.
    pub sentences: Vec<[TokenId; 2]>,
    /// Named entities, in order.
    pub entities: Vec<Entity>,
}

/// A token with what the parser says of it.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Index of its block in the article.
    pub block: u32,
    /// Index of its sentence.
    pub sentence: u32,
    /// The token it depends on; itself for a root.
    pub head: TokenId,
    /// Dependency label (ClearNLP scheme of OntoNotes models).
    pub dep: Dep,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Universal part of speech.
    pub pos: Pos,
    /// Lemma.
    pub lemma: Arc<str>,
}

/// A named entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// OntoNotes type.
    pub kind: EntityKind,
}
