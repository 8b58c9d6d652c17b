//! The syntax of an article: one list of tokens over all read blocks, with sentences, heads and entities.
//!
//! In: pieces of an article's blocks and the syntax model. Out: [`Syntax`]. What holds: every block is parsed on its own, so no sentence, arc or entity
//! crosses a block; tokens come in the order of the text.

use crate::article::Article;
use crate::sections::{Piece, Sections};
use crate::text::{Span, Text};
use sayso_model::{Dep, EntityKind, Parsed, Pos, SyntaxModel, Tag};
use std::sync::Arc;

/// Index of a token in [`Syntax::tokens`].
pub type TokenId = u32;

/// Tokens of the read blocks in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    /// All tokens.
    pub tokens: Vec<Token>,
    /// Sentences as `[first, last + 1)` of tokens, in order, together all tokens.
    pub sentences: Vec<[TokenId; 2]>,
    /// Named entities, in order.
    pub entities: Vec<Entity>,
    /// The encoder's output, row-major `[tokens, VECTOR_WIDTH]`: input of later networks.
    pub vectors: Vec<f32>,
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

/// Parses the read blocks of an article, without keeping the vectors.
#[must_use]
pub fn parse(article: &Article, model: &SyntaxModel) -> Syntax {
    let mut syntax = Syntax::default();
    for section in Sections::of(article) {
        syntax.append(Syntax { vectors: Vec::new(), ..parse_section(&article.text, &section, model) });
    }
    syntax
}

/// Parses the read blocks of an article and keeps the vectors, 384 bytes a token: what training reads.
#[must_use]
pub fn parse_with_vectors(article: &Article, model: &SyntaxModel) -> Syntax {
    let mut syntax = Syntax::default();
    for section in Sections::of(article) {
        syntax.append(parse_section(&article.text, &section, model));
    }
    syntax
}

/// Parses pieces of an article, each on its own.
#[must_use]
pub fn parse_section(text: &Text, pieces: &[Piece], model: &SyntaxModel) -> Syntax {
    let texts: Vec<&str> = pieces.iter().map(|piece| text.slice(piece.span)).collect();
    let mut syntax = Syntax::default();
    for (piece, parsed) in pieces.iter().zip(model.parse(&texts)) {
        syntax.push(*piece, parsed);
    }
    syntax
}

impl Syntax {
    /// Adds the tokens, sentences and entities of a part that follows.
    pub fn append(&mut self, part: Self) {
        let (tokens, sentences) = (self.tokens.len() as TokenId, self.sentences.len() as u32);
        self.tokens.extend(part.tokens.into_iter().map(|token| Token {
            head: token.head + tokens,
            sentence: token.sentence + sentences,
            ..token
        }));
        self.sentences.extend(part.sentences.into_iter().map(|sentence| sentence.map(|at| at + tokens)));
        let entities = part.entities.into_iter();
        self.entities.extend(entities.map(|entity| Entity {
            first: entity.first + tokens,
            end: entity.end + tokens,
            ..entity
        }));
        self.vectors.extend(part.vectors);
    }

    fn push(&mut self, Piece { block, span }: Piece, parsed: Parsed) {
        let base = self.tokens.len() as TokenId;
        for (at, token) in parsed.tokens.iter().enumerate() {
            if parsed.sentence_starts[at] || at == 0 {
                let first = self.tokens.len() as TokenId;
                self.sentences.push([first, first]);
            }
            let start = span.start() + token.start as usize;
            self.tokens.push(Token {
                span: Span::at(start, span.start() + token.end as usize),
                block,
                sentence: self.sentences.len() as u32 - 1,
                head: base + parsed.heads[at],
                dep: parsed.deps[at],
                tag: parsed.tags[at],
                pos: parsed.pos[at],
                lemma: Arc::clone(&parsed.lemmas[at]),
            });
            if let Some(sentence) = self.sentences.last_mut() {
                sentence[1] = self.tokens.len() as TokenId;
            }
        }
        let entities = parsed.entities.iter();
        self.entities.extend(entities.map(|&(first, end, kind)| Entity {
            first: base + first,
            end: base + end,
            kind,
        }));
        self.vectors.extend(parsed.vectors);
    }
}
