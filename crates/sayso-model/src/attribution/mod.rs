//! The attribution network: which tokens anchor an attribution, and what each anchor's neighbours are to it.
//!
//! In: numbers for each token (see [`TokenInput`]) and the shared encoder's vectors; then, for each anchor, numbers for each pair of it
//! and a token of its window. Out: probabilities. Residual convolutions with dilation over projected features, one of them along the
//! tree; an additive pair network on top. The accurate tier sees the states of a transformer as well. Every block is read alone.
//! training/attribution says how both were fitted; its network.py is the same in PyTorch.
//!
//! # Source
//! Dilated convolutions for tagging: Strubell et al. 2017 (ID-CNN). Scoring pairs from summed projections: Kiperwasser and Goldberg 2016.

mod vocabulary;

use crate::kernels::{Packed, layer_norm};
use crate::tensors::Tensors;
use crate::transformer::{self, Precision, STATE, Transformer};
use std::ops::Range;
use vocabulary::Vocabulary;

const FAST: &[u8] = include_bytes!("../../weights/attribution/fast.bin");
const ACCURATE: &[u8] = include_bytes!("../../weights/attribution/accurate.bin");
const LAYERS: &[u8] = include_bytes!("../../weights/attribution/encoder.bin");
const WORD_VECTORS: &[u8] = include_bytes!("../../weights/attribution/words.bin");
const WORDS: &str = include_str!("../../weights/attribution/words.txt");
const LEMMAS: &str = include_str!("../../weights/attribution/lemmas.txt");

/// Numbers of the shared encoder for a token.
pub const VECTOR_WIDTH: usize = 96;
/// Kinds of code for a pair of an anchor and a token.
pub const PAIR_CODES: usize = 5;
/// What a token may be to an anchor: nothing, source, cue, content.
pub const ROLES: usize = 4;

const WORD_WIDTH: usize = 64;
const LEMMA_WIDTH: usize = 32;
const PAIR_WIDTH: usize = 96;
const DILATIONS: [usize; 5] = [1, 2, 4, 8, 1];
const PAIR_DILATIONS: [usize; 2] = [1, 2];

/// What the network sees of a token beside its vector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenInput {
    /// From [`AttributionNet::word`].
    pub word: u32,
    /// From [`AttributionNet::lemma`].
    pub lemma: u32,
    /// The token that it depends on; itself for a root.
    pub head: u32,
    /// Rows of the small tables, in the order of [`TABLES`].
    pub rows: [u8; TABLES.len()],
}

/// The small tables: tag, dependency, entity, place in a quotation, look, way to the head, flags.
pub const TABLES: [&str; 7] = ["tag", "dep", "entity", "place", "look", "to_head", "flags"];

/// Which network reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tier {
    /// A network over frozen features: many times faster, for large collections.
    Fast,
    /// A wider one that also sees what a fine-tuned transformer makes of each token.
    #[default]
    Accurate,
}

impl Tier {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fast, Self::Accurate];

    /// As it is written on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Accurate => "accurate",
        }
    }

    /// The tier of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name() == name)
    }
}

/// A run of tokens, as the network sees them.
#[derive(Clone, Copy, Debug)]
pub struct Tokens<'a> {
    /// Numbers of each token.
    pub inputs: &'a [TokenInput],
    /// The shared encoder's vectors, row-major `[tokens, VECTOR_WIDTH]`.
    pub vectors: &'a [f32],
    /// The characters of each token.
    pub forms: &'a [&'a str],
    /// The blocks: ranges of tokens, in order, together all of them.
    pub blocks: &'a [Range<usize>],
}

/// The network and its words.
#[derive(Debug)]
pub struct AttributionNet {
    /// Numbers of a token's state.
    width: usize,
    transformer: Option<Transformer>,
    words: Vocabulary,
    lemmas: Vocabulary,
    word_rows: &'static [u8],
    word_scale: f32,
    lemma_rows: Vec<f32>,
    input: Packed,
    tables: Vec<Vec<f32>>,
    tree: Packed,
    layers: Vec<Layer>,
    norm: Norm,
    anchor: Packed,
    pair_token: Packed,
    pair_anchor: Packed,
    pair_codes: Vec<Vec<f32>>,
    pair_layers: Vec<Packed>,
    pair_output: Packed,
}

#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    norm: Norm,
    convolution: Packed,
}

/// What the network makes of a run of tokens.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// Row-major `[tokens, width]`.
    states: Vec<f32>,
    /// Row-major `[tokens, 96]`: each token's part of its pairs.
    of_token: Vec<f32>,
    /// For each token the probability that it anchors an attribution.
    pub anchors: Vec<f32>,
}

impl AttributionNet {
    /// A network that is part of the program.
    #[must_use]
    pub fn load(tier: Tier) -> Self {
        let (bytes, transformer) = match tier {
            Tier::Fast => (FAST, None),
            Tier::Accurate => (ACCURATE, Some(Transformer::load(LAYERS, 0, Precision::Whole))),
        };
        let tensors = Tensors::read(bytes);
        let word_vectors = Tensors::read(WORD_VECTORS);
        let width = tensors.get("input.bias", &[0]).rows();
        let input = VECTOR_WIDTH + WORD_WIDTH + LEMMA_WIDTH + transformer.as_ref().map_or(0, |_| STATE);
        let get = |name: &str, shape: &[usize]| tensors.get(name, shape).to_vec();
        let linear = |name: &str, outputs: usize, inputs: usize| {
            Packed::linear(
                &get(&format!("{name}.weight"), &[outputs, inputs]),
                &get(&format!("{name}.bias"), &[outputs]),
            )
        };
        let norm = |name: &str| Norm {
            scale: get(&format!("{name}.weight"), &[width]),
            shift: get(&format!("{name}.bias"), &[width]),
        };
        let layer = |n: usize| Layer {
            norm: norm(&format!("norms.{n}")),
            convolution: linear(&format!("convolutions.{n}"), width, 3 * width),
        };
        Self {
            words: Vocabulary::new(WORDS),
            lemmas: Vocabulary::new(LEMMAS),
            word_rows: word_vectors.get("words", &[0, WORD_WIDTH]).bytes(),
            word_scale: word_vectors.get("word_scale", &[1]).to_vec()[0],
            lemma_rows: get("lemma.weight", &[0, LEMMA_WIDTH]),
            input: linear("input", width, input),
            tables: TABLES.iter().map(|name| get(&format!("table.{name}"), &[0, width])).collect(),
            tree: linear("tree", width, 3 * width),
            layers: (0..DILATIONS.len()).map(layer).collect(),
            norm: norm("norm"),
            anchor: linear("anchor", 1, width),
            pair_token: linear("pair_token", PAIR_WIDTH, width),
            pair_anchor: Packed::linear_of_one(
                &get("pair_anchor.weight", &[PAIR_WIDTH, width]),
                &[0.0; PAIR_WIDTH],
            ),
            pair_codes: (0..PAIR_CODES)
                .map(|n| get(&format!("pair_codes.{n}.weight"), &[0, PAIR_WIDTH]))
                .collect(),
            pair_layers: (0..PAIR_DILATIONS.len())
                .map(|n| linear(&format!("pair_convolutions.{n}"), PAIR_WIDTH, 3 * PAIR_WIDTH))
                .collect(),
            pair_output: linear("pair_output", ROLES, PAIR_WIDTH),
            width,
            transformer,
        }
    }

    /// The number of a lower-cased word; 0 if it is not known.
    #[must_use]
    pub fn word(&self, word: &str) -> u32 {
        self.words.number(word)
    }

    /// The number of a lower-cased lemma; 0 if it is not known.
    #[must_use]
    pub fn lemma(&self, lemma: &str) -> u32 {
        self.lemmas.number(lemma)
    }

    /// States and anchors of a run of tokens. Each block is read alone.
    ///
    /// # Panics
    /// If there are not as many vectors, forms or tokens of blocks as tokens, or a number is in none of the tables.
    #[must_use]
    pub fn states(&self, tokens: Tokens<'_>) -> States {
        let (inputs, blocks, width) = (tokens.inputs, tokens.blocks, self.width);
        assert_eq!(tokens.vectors.len(), inputs.len() * VECTOR_WIDTH, "a vector for each token");
        assert_eq!(blocks.iter().map(Range::len).sum::<usize>(), inputs.len(), "a block for each token");
        if inputs.is_empty() {
            return States::default();
        }
        let mut x = self.embed(tokens);
        let mut wide = vec![0.0; 3 * x.len()];
        let mut out = vec![0.0; x.len()];

        for (at, row) in wide.chunks_exact_mut(3 * width).enumerate() {
            let head = inputs[at].head as usize;
            let grand = inputs[head].head as usize;
            for (part, token) in [at, head, grand].into_iter().enumerate() {
                row[part * width..][..width].copy_from_slice(&x[token * width..][..width]);
            }
        }
        self.tree.multiply(&wide, 3 * width, &mut out);
        add_positive(&mut x, &out);

        let mut normed = vec![0.0; x.len()];
        for (layer, dilation) in self.layers.iter().zip(DILATIONS) {
            normed.copy_from_slice(&x);
            layer_norm(&mut normed, &layer.norm.scale, &layer.norm.shift);
            for block in blocks {
                let rows = &normed[block.start * width..block.end * width];
                gather(rows, width, dilation, &mut wide[block.start * 3 * width..block.end * 3 * width]);
            }
            layer.convolution.multiply(&wide, 3 * width, &mut out);
            add_positive(&mut x, &out);
        }
        layer_norm(&mut x, &self.norm.scale, &self.norm.shift);

        let mut anchors = vec![0.0; inputs.len()];
        self.anchor.multiply(&x, width, &mut anchors);
        anchors.iter_mut().for_each(|logit| *logit = 1.0 / (1.0 + (-*logit).exp()));
        let mut of_token = vec![0.0; inputs.len() * PAIR_WIDTH];
        self.pair_token.multiply(&x, width, &mut of_token);
        States { states: x, of_token, anchors }
    }

    fn embed(&self, tokens: Tokens<'_>) -> Vec<f32> {
        let context = self.transformer.as_ref().map(|encoder| {
            let forms: Vec<Option<&str>> = tokens.forms.iter().copied().map(Some).collect();
            encoder.states(transformer::Tokens { forms: &forms, marks: &[], blocks: tokens.blocks })
        });
        let input = VECTOR_WIDTH + WORD_WIDTH + LEMMA_WIDTH + context.as_ref().map_or(0, |_| STATE);
        let mut rows = vec![0.0; tokens.inputs.len() * input];
        for (at, (row, token)) in rows.chunks_exact_mut(input).zip(tokens.inputs).enumerate() {
            let (of_vector, rest) = row.split_at_mut(VECTOR_WIDTH);
            let (of_word, rest) = rest.split_at_mut(WORD_WIDTH);
            let (of_lemma, of_context) = rest.split_at_mut(LEMMA_WIDTH);
            of_vector.copy_from_slice(&tokens.vectors[at * VECTOR_WIDTH..][..VECTOR_WIDTH]);
            if let Some(word) = (token.word as usize).checked_sub(1) {
                let bytes = &self.word_rows[word * WORD_WIDTH..][..WORD_WIDTH];
                for (x, byte) in of_word.iter_mut().zip(bytes) {
                    *x = f32::from(i8::from_le_bytes([*byte])) * self.word_scale;
                }
            }
            of_lemma.copy_from_slice(&self.lemma_rows[token.lemma as usize * LEMMA_WIDTH..][..LEMMA_WIDTH]);
            if let Some(context) = &context {
                of_context.copy_from_slice(&context[at * STATE..][..STATE]);
            }
        }
        let mut x = vec![0.0; tokens.inputs.len() * self.width];
        self.input.multiply(&rows, input, &mut x);
        for (row, token) in x.chunks_exact_mut(self.width).zip(tokens.inputs) {
            for (table, &number) in self.tables.iter().zip(&token.rows) {
                add(row, &table[usize::from(number) * self.width..][..self.width]);
            }
            row.iter_mut().for_each(|x| *x = x.max(0.0));
        }
        x
    }

    /// For each token of a window the logarithms of the probabilities of its roles towards an anchor.
    ///
    /// # Panics
    /// If the window is outside the states, there is not a row of codes for each of its tokens, or a code is in none of the tables.
    #[must_use]
    pub fn roles(
        &self,
        states: &States,
        anchor: usize,
        window: Range<usize>,
        codes: &[[u16; PAIR_CODES]],
    ) -> Vec<[f32; ROLES]> {
        assert_eq!(window.len(), codes.len(), "codes for each token of the window");
        let mut of_anchor = [0.0; PAIR_WIDTH];
        self.pair_anchor.multiply_one(&states.states[anchor * self.width..][..self.width], &mut of_anchor);
        let mut x = states.of_token[window.start * PAIR_WIDTH..window.end * PAIR_WIDTH].to_vec();
        for (row, codes) in x.chunks_exact_mut(PAIR_WIDTH).zip(codes) {
            add(row, &of_anchor);
            for (table, &code) in self.pair_codes.iter().zip(codes) {
                add(row, &table[usize::from(code) * PAIR_WIDTH..][..PAIR_WIDTH]);
            }
            row.iter_mut().for_each(|x| *x = x.max(0.0));
        }
        let mut wide = vec![0.0; 3 * x.len()];
        let mut out = vec![0.0; x.len()];
        for (layer, dilation) in self.pair_layers.iter().zip(PAIR_DILATIONS) {
            gather(&x, PAIR_WIDTH, dilation, &mut wide);
            layer.multiply(&wide, 3 * PAIR_WIDTH, &mut out);
            add_positive(&mut x, &out);
        }
        let mut logits = vec![0.0; codes.len() * ROLES];
        self.pair_output.multiply(&x, PAIR_WIDTH, &mut logits);
        logits.as_chunks::<ROLES>().0.iter().map(log_softmax).collect()
    }
}

/// Rows `[before, itself, after]` at a distance, zeros beyond the ends.
fn gather(rows: &[f32], width: usize, dilation: usize, wide: &mut [f32]) {
    let count = rows.len() / width;
    for (at, out) in wide.chunks_exact_mut(3 * width).enumerate() {
        let places = [at.checked_sub(dilation), Some(at), Some(at + dilation).filter(|&after| after < count)];
        for (out, place) in out.chunks_exact_mut(width).zip(places) {
            match place {
                Some(place) => out.copy_from_slice(&rows[place * width..][..width]),
                None => out.fill(0.0),
            }
        }
    }
}

fn add(row: &mut [f32], other: &[f32]) {
    row.iter_mut().zip(other).for_each(|(x, y)| *x += y);
}

fn add_positive(rows: &mut [f32], others: &[f32]) {
    rows.iter_mut().zip(others).for_each(|(x, y)| *x += y.max(0.0));
}

fn log_softmax(logits: &[f32; ROLES]) -> [f32; ROLES] {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().map(|logit| (logit - most).exp()).sum();
    logits.map(|logit| logit - most - sum.ln())
}
