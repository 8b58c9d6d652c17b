//! The vectors of words by themselves, remembered from text to text: most words of a text were in another one.
//!
//! In: forms. Out: what both encoders start from. What is remembered is bounded: a word's hash says its only place, and a newcomer takes
//! it. Words are told apart by 64 bits of hash, as spaCy does.

use super::encoder::{Encoder, WIDTH};
use crate::lexeme::{is_space, norm, prefix, shape, string_hash, string_id, suffix};
use crate::tokenizer::Token;

/// The attributes that an encoder may embed, in the order of its tables.
pub(crate) const ATTRIBUTES: [&str; 6] = ["norm", "prefix", "suffix", "shape", "space_after", "is_space"];

/// Those that the entity recogniser embeds.
pub(crate) const ENTITY_ATTRIBUTES: &[&str] = ATTRIBUTES.split_at(4).0;

/// How many words are remembered.
const PLACES: usize = 8192;

/// How many words are embedded together.
const TOGETHER: usize = 128;

/// What tells a word's vectors from another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    form: u64,
    /// The hash of the norm that an exception gives, else 0.
    norm: u64,
    space_after: bool,
}

/// The words that are remembered, and room for those that are not.
#[derive(Debug)]
pub(crate) struct Words {
    keys: Vec<Option<Key>>,
    /// Both vectors of each word: for tags and syntax, then for entities.
    vectors: Vec<f32>,
    new: Vec<New>,
    attributes: Vec<[u64; ATTRIBUTES.len()]>,
    scratch: Vec<f32>,
    embedded: [Vec<f32>; 2],
}

/// A word that is not remembered yet, and the row that waits for it.
#[derive(Clone, Copy, Debug)]
struct New {
    key: Key,
    row: usize,
}

/// The encoders' first rows, one a word.
#[derive(Debug)]
pub(crate) struct Rows<'r> {
    pub(crate) shared: &'r mut [f32],
    pub(crate) entities: &'r mut [f32],
}

impl Words {
    pub(crate) fn new() -> Self {
        Self {
            keys: vec![None; PLACES],
            vectors: vec![0.0; PLACES * 2 * WIDTH],
            new: Vec::new(),
            attributes: Vec::new(),
            scratch: Vec::new(),
            embedded: [Vec::new(), Vec::new()],
        }
    }

    /// Writes the vectors of words, each with the number of its row.
    pub(crate) fn write<'t>(
        &mut self,
        encoders: [&Encoder; 2],
        words: impl Iterator<Item = (usize, &'t str, &'t Token)>,
        rows: &mut Rows<'_>,
    ) {
        for (row, form, token) in words {
            let key = Key {
                form: string_hash(form),
                norm: token.norm.map_or(0, string_hash),
                space_after: token.space_after,
            };
            let place = key.place();
            if self.keys[place] == Some(key) {
                let vectors = &self.vectors[place * 2 * WIDTH..][..2 * WIDTH];
                rows.put(row, &vectors[..WIDTH], &vectors[WIDTH..]);
                continue;
            }
            self.new.push(New { key, row });
            self.attributes.push([
                token.norm.map_or_else(|| string_id(&norm(form)), string_id),
                string_id(prefix(form)),
                string_id(suffix(form)),
                string_id(&shape(form)),
                token.space_after.into(),
                is_space(form).into(),
            ]);
            if self.new.len() == TOGETHER {
                self.embed(encoders, rows);
            }
        }
        self.embed(encoders, rows);
    }

    fn embed(&mut self, encoders: [&Encoder; 2], rows: &mut Rows<'_>) {
        for (encoder, embedded) in encoders.iter().zip(&mut self.embedded) {
            encoder.embed(&self.attributes, &mut self.scratch, embedded);
        }
        let [shared, entities] = &self.embedded;
        let vectors = shared.chunks_exact(WIDTH).zip(entities.chunks_exact(WIDTH));
        for (new, (shared, entities)) in self.new.drain(..).zip(vectors) {
            rows.put(new.row, shared, entities);
            let place = new.key.place();
            self.keys[place] = Some(new.key);
            let vectors = &mut self.vectors[place * 2 * WIDTH..][..2 * WIDTH];
            vectors[..WIDTH].copy_from_slice(shared);
            vectors[WIDTH..].copy_from_slice(entities);
        }
        self.attributes.clear();
    }
}

impl Key {
    fn place(self) -> usize {
        let mixed = (self.form ^ self.norm.rotate_left(17) ^ u64::from(self.space_after))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize % PLACES
    }
}

impl Rows<'_> {
    fn put(&mut self, row: usize, shared: &[f32], entities: &[f32]) {
        self.shared[row * WIDTH..][..WIDTH].copy_from_slice(shared);
        self.entities[row * WIDTH..][..WIDTH].copy_from_slice(entities);
    }
}
