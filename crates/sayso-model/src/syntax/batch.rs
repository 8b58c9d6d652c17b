//! Texts through the encoders, together.
//!
//! In: texts and their tokens. Out: for all tokens of all texts, in a row, the shared vectors, the tags before any rule, and what the
//! parser and the entity recogniser start from. Texts go through in batches with rows of zeros between them; a text that is longer than
//! a batch goes in pieces that come with as many words on either side as a word can see, which gives the same numbers.

use super::encoder::{REACH, WIDTH};
use super::words::{Rows, Words};
use super::{HIDDEN, SyntaxModel, Tag, Tokenized, argmax};

/// How many words a batch has, more or less: what it needs stays in a core's own cache.
const WORDS_A_BATCH: usize = 448;

/// Room to work in, kept from call to call.
#[derive(Debug)]
pub(crate) struct Scratch {
    words: Words,
    shared: Vec<f32>,
    own: Vec<f32>,
    layer: Vec<f32>,
    scores: Vec<f32>,
    pub(super) parser_rows: Vec<f32>,
    pub(super) entity_rows: Vec<f32>,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self {
            words: Words::new(),
            shared: Vec::new(),
            own: Vec::new(),
            layer: Vec::new(),
            scores: Vec::new(),
            parser_rows: Vec::new(),
            entity_rows: Vec::new(),
        }
    }
}

/// The tokens of several texts, encoded.
#[derive(Debug, Default)]
pub(crate) struct Encoded {
    pub(super) vectors: Vec<f32>,
    pub(super) tags: Vec<Tag>,
    pub(super) parser: Vec<f32>,
    pub(super) entities: Vec<f32>,
}

/// Words of one text that are encoded in one go.
#[derive(Clone, Copy, Debug)]
struct Piece<'t> {
    text: Tokenized<'t>,
    /// The words whose vectors are wanted.
    from: usize,
    to: usize,
}

impl SyntaxModel {
    pub(super) fn encode(&self, texts: &[Tokenized<'_>], scratch: &mut Scratch) -> Encoded {
        let mut encoded = Encoded::default();
        let mut batch: Vec<Piece<'_>> = Vec::new();
        let mut size = 0;
        for &text in texts {
            for from in (0..text.tokens.len()).step_by(WORDS_A_BATCH) {
                let piece = Piece { text, from, to: text.tokens.len().min(from + WORDS_A_BATCH) };
                if size + piece.to - piece.from > WORDS_A_BATCH {
                    self.encode_batch(&batch, scratch, &mut encoded);
                    batch.clear();
                    size = 0;
                }
                size += piece.to - piece.from;
                batch.push(piece);
            }
        }
        self.encode_batch(&batch, scratch, &mut encoded);
        encoded
    }

    fn encode_batch(&self, batch: &[Piece<'_>], scratch: &mut Scratch, encoded: &mut Encoded) {
        if batch.is_empty() {
            return;
        }
        // one row beyond each end, then rows of zeros before, between and after the pieces
        let mut starts = Vec::with_capacity(batch.len());
        let mut rows = 1;
        for piece in batch {
            rows += REACH;
            starts.push(rows);
            rows += piece.seen().len();
        }
        rows += REACH + 1;
        for buffer in [&mut scratch.shared, &mut scratch.own] {
            buffer.clear();
            buffer.resize(rows * WIDTH, 0.0);
        }
        let words = batch.iter().zip(&starts).flat_map(|(piece, start)| {
            let tokens = &piece.text.tokens[piece.seen()];
            (*start..).zip(tokens).map(|(row, token)| (row, token.form(piece.text.text), token))
        });
        let mut wanted = Rows { shared: &mut scratch.shared, entities: &mut scratch.own };
        scratch.words.write([&self.shared, &self.own], words, &mut wanted);
        self.shared.encode(&mut scratch.shared, &mut scratch.layer);
        self.own.encode(&mut scratch.own, &mut scratch.layer);

        let old = encoded.tags.len();
        scratch.layer.clear();
        for (piece, start) in batch.iter().zip(&starts) {
            let first = start + piece.from - piece.seen().start;
            let wanted = first * WIDTH..(first + piece.to - piece.from) * WIDTH;
            encoded.vectors.extend_from_slice(&scratch.shared[wanted.clone()]);
            scratch.layer.extend_from_slice(&scratch.own[wanted]);
        }
        let vectors = &encoded.vectors[old * WIDTH..];
        let count = vectors.len() / WIDTH;
        scratch.scores.resize(count * Tag::ALL.len(), 0.0);
        self.tagger.multiply(vectors, WIDTH, &mut scratch.scores);
        encoded
            .tags
            .extend(scratch.scores.chunks_exact(Tag::ALL.len()).map(|scores| Tag::ALL[argmax(scores)]));
        for narrow in [&mut encoded.parser, &mut encoded.entities] {
            narrow.resize((old + count) * HIDDEN, 0.0);
        }
        self.parser.narrow(vectors, &mut encoded.parser[old * HIDDEN..]);
        self.recogniser.narrow(&scratch.layer, &mut encoded.entities[old * HIDDEN..]);
    }
}

impl Piece<'_> {
    /// The words that those of the piece see.
    fn seen(&self) -> std::ops::Range<usize> {
        self.from.saturating_sub(REACH)..self.text.tokens.len().min(self.to + REACH)
    }
}
