//! What a sentence means, as numbers: texts that say the same lie near each other.
//!
//! In: texts. Out: an [`Embedding`] each, the mean state of the text's pieces, in whole numbers of eight bits. A text gives the same numbers alone and
//! among others, and two embeddings are compared in whole numbers, so that how near they are is the same everywhere.
//!
//! # Source
//! Sentence-BERT (Reimers and Gurevych 2019), section 3, mean pooling; all-MiniLM-L6-v2 (weights/claims/CARD.md). Signs of numbers as a signature: Charikar
//! 2002, "Similarity estimation techniques from rounding algorithms", section 3, with the axes as they are instead of random ones.

use crate::transformer::{Precision, STATE, Transformer};

const LAYERS: &[u8] = include_bytes!("../weights/claims/layers.bin");
const SUMS: &str = include_str!("../weights/claims/SHA256SUMS");

/// Numbers of an embedding.
pub const NUMBERS: usize = STATE;
/// Bytes of a signature, one bit for each number.
pub const SIGNATURE_BYTES: usize = NUMBERS / 8;
/// Pieces of a text that are read, as many as the encoder was trained with.
const PIECES: usize = 126;

/// The encoder of sentences.
#[derive(Debug)]
pub struct Embedder {
    transformer: Transformer,
}

impl Embedder {
    /// The encoder that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        Self { transformer: Transformer::load(LAYERS, 0, Precision::Single) }
    }

    /// What made an embedding: the encoder's name and the first digits of its weights' hash. Embeddings of two names are not compared.
    #[must_use]
    pub fn name() -> String {
        let layers = SUMS.lines().find_map(|line| line.strip_suffix("  layers.bin"));
        let hash = layers.expect("the weights have their hash");
        format!("all-MiniLM-L6-v2 {}", &hash[..16])
    }

    /// What each text means.
    #[must_use]
    pub fn embed(&self, texts: &[&str]) -> Vec<Embedding> {
        let states = self.transformer.meanings(texts, PIECES);
        states.chunks_exact(NUMBERS).map(Embedding::of).collect()
    }
}

/// What a text means; only its direction counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedding {
    numbers: [i8; NUMBERS],
}

impl Embedding {
    /// The direction of a state.
    fn of(state: &[f32]) -> Self {
        let most = state.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let factor = if most > 0.0 { 127.0 / most } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
        let numbers = std::array::from_fn(|at| (state[at] * factor).round_ties_even() as i8);
        Self { numbers }
    }

    /// An embedding that was kept as [`bytes`](Self::bytes).
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; NUMBERS] = bytes.try_into().ok()?;
        Some(Self { numbers: bytes.map(|byte| i8::from_le_bytes([byte])) })
    }

    /// The numbers, to be kept.
    #[must_use]
    pub fn bytes(&self) -> [u8; NUMBERS] {
        self.numbers.map(|number| number.to_le_bytes()[0])
    }

    /// The cosine of the angle between two: 1 where both say the same.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f64 {
        let dot = |a: &Self, b: &Self| {
            a.numbers.iter().zip(&b.numbers).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum::<i32>()
        };
        let length = f64::from(dot(self, self)).sqrt() * f64::from(dot(other, other)).sqrt();
        if length > 0.0 { f64::from(dot(self, other)) / length } else { 0.0 }
    }

    /// The signs of the numbers, one bit each.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let mut bits = [0; SIGNATURE_BYTES];
        for (at, number) in self.numbers.iter().enumerate() {
            bits[at / 8] |= u8::from(*number > 0) << (at % 8);
        }
        Signature { bits }
    }
}

/// A short form of an embedding: signatures that differ in few bits are of embeddings that lie near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    bits: [u8; SIGNATURE_BYTES],
}

impl Signature {
    /// A signature that was kept as [`bytes`](Self::bytes).
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self { bits: bytes.try_into().ok()? })
    }

    /// The bits, to be kept.
    #[must_use]
    pub fn bytes(&self) -> [u8; SIGNATURE_BYTES] {
        self.bits
    }

    /// In how many bits two differ.
    #[must_use]
    pub fn distance(&self, other: &Self) -> u32 {
        let (own, _) = self.bits.as_chunks::<8>();
        let (others, _) = other.bits.as_chunks::<8>();
        let differ =
            |(a, b): (&[u8; 8], &[u8; 8])| (u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b)).count_ones();
        own.iter().zip(others).map(differ).sum()
    }
}
