//! The attribution network: which tokens anchor an attribution, and what each anchor's neighbours are to it.
//!
//! In: numbers for each token (see [`TokenInput`]) and the shared encoder's vectors; then, for each anchor, numbers for each pair of it
//! and a token of its window. Out: probabilities. Residual convolutions with dilation over projected features, one of them along the
//! tree; an additive pair network on top. training/attribution says how it was fitted; its network.py is the same in PyTorch.
//!
//! # Source
//! Dilated convolutions for tagging: Strubell et al. 2017 (ID-CNN). Scoring pairs from summed projections: Kiperwasser and Goldberg 2016.

mod vocabulary;

use crate::kernels::{Packed, layer_norm};
use crate::tensors::Tensors;
use std::ops::Range;
use vocabulary::Vocabulary;

const NETWORK: &[u8] = include_bytes!("../../weights/attribution/network.bin");
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
const INPUT: usize = VECTOR_WIDTH + WORD_WIDTH + LEMMA_WIDTH;
/// Numbers of a token's state.
const WIDTH: usize = 128;
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

/// The network and its words.
#[derive(Debug)]
pub struct AttributionNet {
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
    /// Row-major `[tokens, 128]`.
    states: Vec<f32>,
    /// Row-major `[tokens, 96]`: each token's part of its pairs.
    of_token: Vec<f32>,
    /// For each token the probability that it anchors an attribution.
    pub anchors: Vec<f32>,
}

impl AttributionNet {
    /// The network that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        let tensors = Tensors::read(NETWORK);
        let get = |name: &str, shape: &[usize]| tensors.get(name, shape).to_vec();
        let linear = |name: &str, outputs: usize, inputs: usize| {
            Packed::linear(
                &get(&format!("{name}.weight"), &[outputs, inputs]),
                &get(&format!("{name}.bias"), &[outputs]),
            )
        };
        let norm = |name: &str| Norm {
            scale: get(&format!("{name}.weight"), &[WIDTH]),
            shift: get(&format!("{name}.bias"), &[WIDTH]),
        };
        let layer = |n: usize| Layer {
            norm: norm(&format!("norms.{n}")),
            convolution: linear(&format!("convolutions.{n}"), WIDTH, 3 * WIDTH),
        };
        Self {
            words: Vocabulary::new(WORDS),
            lemmas: Vocabulary::new(LEMMAS),
            word_rows: tensors.get("words", &[0, WORD_WIDTH]).bytes(),
            word_scale: get("word_scale", &[1])[0],
            lemma_rows: get("lemma.weight", &[0, LEMMA_WIDTH]),
            input: linear("input", WIDTH, INPUT),
            tables: TABLES.iter().map(|name| get(&format!("table.{name}"), &[0, WIDTH])).collect(),
            tree: linear("tree", WIDTH, 3 * WIDTH),
            layers: (0..DILATIONS.len()).map(layer).collect(),
            norm: norm("norm"),
            anchor: linear("anchor", 1, WIDTH),
            pair_token: linear("pair_token", PAIR_WIDTH, WIDTH),
            pair_anchor: Packed::linear_of_one(
                &get("pair_anchor.weight", &[PAIR_WIDTH, WIDTH]),
                &[0.0; PAIR_WIDTH],
            ),
            pair_codes: (0..PAIR_CODES)
                .map(|n| get(&format!("pair_codes.{n}.weight"), &[0, PAIR_WIDTH]))
                .collect(),
            pair_layers: (0..PAIR_DILATIONS.len())
                .map(|n| linear(&format!("pair_convolutions.{n}"), PAIR_WIDTH, 3 * PAIR_WIDTH))
                .collect(),
            pair_output: linear("pair_output", ROLES, PAIR_WIDTH),
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

    /// States and anchors of a run of tokens. `vectors` is row-major `[tokens, VECTOR_WIDTH]`.
    ///
    /// # Panics
    /// If there are not as many vectors as tokens, or a number is in none of the tables.
    #[must_use]
    pub fn states(&self, tokens: &[TokenInput], vectors: &[f32]) -> States {
        assert_eq!(vectors.len(), tokens.len() * VECTOR_WIDTH, "a vector for each token");
        if tokens.is_empty() {
            return States::default();
        }
        let mut x = self.embed(tokens, vectors);
        let mut wide = vec![0.0; 3 * x.len()];
        let mut out = vec![0.0; x.len()];

        for (at, row) in wide.chunks_exact_mut(3 * WIDTH).enumerate() {
            let head = tokens[at].head as usize;
            let grand = tokens[head].head as usize;
            for (part, token) in [at, head, grand].into_iter().enumerate() {
                row[part * WIDTH..][..WIDTH].copy_from_slice(&x[token * WIDTH..][..WIDTH]);
            }
        }
        self.tree.multiply(&wide, 3 * WIDTH, &mut out);
        add_positive(&mut x, &out);

        let mut normed = vec![0.0; x.len()];
        for (layer, dilation) in self.layers.iter().zip(DILATIONS) {
            normed.copy_from_slice(&x);
            layer_norm(&mut normed, &layer.norm.scale, &layer.norm.shift);
            gather(&normed, WIDTH, dilation, &mut wide);
            layer.convolution.multiply(&wide, 3 * WIDTH, &mut out);
            add_positive(&mut x, &out);
        }
        layer_norm(&mut x, &self.norm.scale, &self.norm.shift);

        let mut anchors = vec![0.0; tokens.len()];
        self.anchor.multiply(&x, WIDTH, &mut anchors);
        anchors.iter_mut().for_each(|logit| *logit = 1.0 / (1.0 + (-*logit).exp()));
        let mut of_token = vec![0.0; tokens.len() * PAIR_WIDTH];
        self.pair_token.multiply(&x, WIDTH, &mut of_token);
        States { states: x, of_token, anchors }
    }

    fn embed(&self, tokens: &[TokenInput], vectors: &[f32]) -> Vec<f32> {
        let mut inputs = vec![0.0; tokens.len() * INPUT];
        for ((row, token), vector) in
            inputs.chunks_exact_mut(INPUT).zip(tokens).zip(vectors.chunks_exact(VECTOR_WIDTH))
        {
            let (of_vector, rest) = row.split_at_mut(VECTOR_WIDTH);
            let (of_word, of_lemma) = rest.split_at_mut(WORD_WIDTH);
            of_vector.copy_from_slice(vector);
            if let Some(word) = (token.word as usize).checked_sub(1) {
                let bytes = &self.word_rows[word * WORD_WIDTH..][..WORD_WIDTH];
                for (x, byte) in of_word.iter_mut().zip(bytes) {
                    *x = f32::from(i8::from_le_bytes([*byte])) * self.word_scale;
                }
            }
            of_lemma.copy_from_slice(&self.lemma_rows[token.lemma as usize * LEMMA_WIDTH..][..LEMMA_WIDTH]);
        }
        let mut x = vec![0.0; tokens.len() * WIDTH];
        self.input.multiply(&inputs, INPUT, &mut x);
        for (row, token) in x.chunks_exact_mut(WIDTH).zip(tokens) {
            for (table, &number) in self.tables.iter().zip(&token.rows) {
                add(row, &table[usize::from(number) * WIDTH..][..WIDTH]);
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
        self.pair_anchor.multiply_one(&states.states[anchor * WIDTH..][..WIDTH], &mut of_anchor);
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
