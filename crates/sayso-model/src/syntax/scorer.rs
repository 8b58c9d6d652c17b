//! Scores of the moves in a state of a transition system.
//!
//! In: one vector a token, and the few tokens that describe a state. Out: a score for each move. What a token adds to the hidden layer
//! in each of the positions is computed once, for a block of tokens when the first of them is asked for; of the blocks of a long
//! text only those used last are kept, which bounds the memory.
//!
//! # Source
//! spaCy 3.8 `ml/parser_model.pyx`, `ml/_precomputable_affine.py`.

use super::encoder::WIDTH;
use crate::kernels::{Packed, sum_and_maxout};
use crate::tensors::Tensors;

/// Width of the narrowed token vectors and of the hidden layer.
pub(crate) const HIDDEN: usize = 64;

const PIECES: usize = 2;

/// What a token adds to the hidden layer in one position.
const PART: usize = PIECES * HIDDEN;

/// Tokens of a block.
const BLOCK: usize = 64;

/// How many blocks are kept; more than a state has tokens.
const KEPT: usize = 24;

/// The network over states that are described by `N` tokens.
#[derive(Debug)]
pub(crate) struct Scorer<const N: usize> {
    narrow: Packed,
    hidden: Packed,
    bias: [f32; PART],
    /// What a position adds that no token fills.
    missing: Vec<f32>,
    output: Packed,
}

impl<const N: usize> Scorer<N> {
    /// The network of a name, for so many moves.
    pub(crate) fn load(tensors: &Tensors, name: &str, moves: usize) -> Self {
        const { assert!(N < KEPT, "the tokens of a state find room among the blocks") };
        let get = |part: &str, shape: &[usize]| tensors.get(&format!("{name}.{part}"), shape).to_vec();
        // pieces apart, so that the greater of two is found without moving numbers about
        let apart = |numbers: &[f32], width: usize| -> Vec<f32> {
            let position = |position: &[f32]| -> Vec<f32> {
                let piece =
                    |piece: usize| position.chunks(width).skip(piece).step_by(PIECES).flatten().copied();
                (0..PIECES).flat_map(piece).collect()
            };
            numbers.chunks(PART * width).flat_map(position).collect()
        };
        let hidden = apart(&get("hidden.weight", &[N, HIDDEN, PIECES, HIDDEN]), HIDDEN);
        let bias = apart(&get("hidden.bias", &[HIDDEN, PIECES]), 1);
        Self {
            narrow: Packed::linear(&get("narrow.weight", &[HIDDEN, WIDTH]), &get("narrow.bias", &[HIDDEN])),
            hidden: Packed::linear(&hidden, &vec![0.0; N * PART]),
            bias: bias.try_into().expect("the shape was checked"),
            missing: apart(&get("hidden.missing", &[N, HIDDEN, PIECES]), 1),
            output: Packed::linear_of_one(
                &get("output.weight", &[moves, HIDDEN]),
                &get("output.bias", &[moves]),
            ),
        }
    }

    /// Narrows the vectors of tokens to what the network takes.
    pub(crate) fn narrow(&self, vectors: &[f32], out: &mut [f32]) {
        self.narrow.multiply(vectors, WIDTH, out);
    }
}

/// The scorer at work on some tokens.
#[derive(Debug)]
pub(crate) struct Scores<'m, const N: usize> {
    scorer: &'m Scorer<N>,
    /// Narrowed vectors, a row a token.
    tokens: &'m [f32],
    /// Where each block of tokens is kept.
    place_of: Vec<Option<u8>>,
    places: Vec<Place>,
    rows: Vec<f32>,
    clock: u64,
    moves: Vec<f32>,
}

/// Room for one block.
#[derive(Clone, Copy, Debug)]
struct Place {
    block: usize,
    used: u64,
}

impl<'m, const N: usize> Scores<'m, N> {
    pub(crate) fn new(scorer: &'m Scorer<N>, tokens: &'m [f32], rows: Vec<f32>) -> Self {
        let blocks = (tokens.len() / HIDDEN).div_ceil(BLOCK);
        Self {
            scorer,
            tokens,
            place_of: vec![None; blocks],
            places: Vec::new(),
            rows,
            clock: 0,
            moves: vec![0.0; scorer.output.outputs()],
        }
    }

    /// The room that was given, to be used again.
    pub(crate) fn into_rows(self) -> Vec<f32> {
        self.rows
    }

    /// The scores in a state.
    pub(crate) fn of(&mut self, state: [Option<usize>; N]) -> &[f32] {
        self.clock += 1;
        let starts = state.map(|token| token.map(|token| self.row_start(token)));
        let parts: [&[f32; PART]; N] = std::array::from_fn(|position| {
            let from = position * PART;
            let part = match starts[position] {
                Some(start) => &self.rows[start + from..],
                None => &self.scorer.missing[from..],
            };
            part.first_chunk().expect("rows are whole")
        });
        let mut hidden = [0.0; HIDDEN];
        sum_and_maxout(&parts, &self.scorer.bias, &mut hidden);
        self.scorer.output.multiply_one(&hidden, &mut self.moves);
        &self.moves
    }

    /// Where the numbers of a token start.
    fn row_start(&mut self, token: usize) -> usize {
        let (block, within) = (token / BLOCK, token % BLOCK);
        let place = match self.place_of[block] {
            Some(place) => usize::from(place),
            None => self.compute(block),
        };
        self.places[place].used = self.clock;
        (place * BLOCK + within) * N * PART
    }

    fn compute(&mut self, block: usize) -> usize {
        let place = if self.places.len() < KEPT {
            self.places.push(Place { block, used: self.clock });
            self.places.len() - 1
        } else {
            let oldest = (0..KEPT).min_by_key(|&place| self.places[place].used).expect("blocks are kept");
            self.place_of[self.places[oldest].block] = None;
            self.places[oldest].block = block;
            oldest
        };
        self.place_of[block] = Some(u8::try_from(place).expect("few blocks are kept"));
        let size = BLOCK * N * PART;
        if self.rows.len() < (place + 1) * size {
            self.rows.resize((place + 1) * size, 0.0);
        }
        let tokens = &self.tokens[block * BLOCK * HIDDEN..];
        let tokens = &tokens[..tokens.len().min(BLOCK * HIDDEN)];
        let out = &mut self.rows[place * size..][..tokens.len() / HIDDEN * N * PART];
        self.scorer.hidden.multiply(tokens, HIDDEN, out);
        place
    }
}
