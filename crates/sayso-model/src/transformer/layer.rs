//! One layer: attention within windows, then a wide layer on each piece, each added to what came in and normalised.

use super::{Precision, STATE};
use crate::kernels::{IntegerLayer, Packed, Quantised, gelu, layer_norm, softmax};
use crate::tensors::Tensors;
use std::ops::Range;

const HEADS: usize = 12;
const HEAD: usize = STATE / HEADS;
const WIDE: usize = 4 * STATE;

/// Scale and shift of a normalisation.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

impl Norm {
    pub(super) fn new(tensors: &Tensors, name: &str) -> Self {
        let get = |part: &str| tensors.get(&format!("{name}.{part}"), &[STATE]).to_vec();
        Self { scale: get("weight"), shift: get("bias") }
    }
}

/// The weights of a layer.
#[derive(Debug)]
pub(super) struct Layer {
    /// Queries, keys and values of all heads beside each other; queries are already divided by the root of a head's width.
    asked: Linear,
    attended: Linear,
    attended_norm: Norm,
    wide: Linear,
    narrow: Linear,
    norm: Norm,
}

/// A product with a matrix that is stored in whole numbers.
#[derive(Debug)]
enum Linear {
    Whole { layer: IntegerLayer, inputs: usize },
    Single { layer: Packed, inputs: usize },
}

impl Linear {
    fn new(tensors: &Tensors, name: &str, outputs: usize, inputs: usize, precision: Precision) -> Self {
        let weights = tensors.get(name, &[outputs, inputs]);
        let scales = tensors.get(&format!("{name}.scale"), &[outputs]).to_vec();
        let bias = tensors.get(&format!("{name}.bias"), &[outputs]).to_vec();
        match precision {
            Precision::Whole => {
                Self::Whole { layer: IntegerLayer::new(weights.bytes(), scales, bias), inputs }
            }
            Precision::Single => {
                let mut weights = weights.to_vec();
                for (row, scale) in weights.chunks_exact_mut(inputs).zip(scales) {
                    row.iter_mut().for_each(|x| *x *= scale);
                }
                Self::Single { layer: Packed::linear(&weights, &bias), inputs }
            }
        }
    }

    fn multiply(&self, rows: &[f32], quantised: &mut Quantised, out: &mut [f32]) {
        match self {
            Self::Whole { layer, inputs } => {
                quantised.fill(rows, *inputs);
                layer.multiply(quantised, out);
            }
            Self::Single { layer, inputs } => layer.multiply(rows, *inputs, out),
        }
    }
}

/// Room for numbers between the steps of a layer.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    quantised: Quantised,
    asked: Vec<f32>,
    attended: Vec<f32>,
    wide: Vec<f32>,
    added: Vec<f32>,
    weights: Vec<f32>,
    values: Vec<f32>,
}

impl Layer {
    pub(super) fn new(tensors: &Tensors, number: usize, precision: Precision) -> Self {
        let linear = |name: &str, outputs, inputs| {
            Linear::new(tensors, &format!("{number}.{name}"), outputs, inputs, precision)
        };
        Self {
            asked: linear("asked", 3 * STATE, STATE),
            attended: linear("attended", STATE, STATE),
            attended_norm: Norm::new(tensors, &format!("{number}.attended.norm")),
            wide: linear("wide", WIDE, STATE),
            narrow: linear("narrow", STATE, WIDE),
            norm: Norm::new(tensors, &format!("{number}.norm")),
        }
    }

    /// Applies the layer to rows, `[pieces, STATE]`; `runs` are the windows.
    pub(super) fn apply(&self, rows: &mut [f32], runs: &[Range<usize>], buffers: &mut Buffers) {
        let count = rows.len() / STATE;
        let Buffers { quantised, asked, attended, wide, added, weights, values } = buffers;
        asked.resize(count * 3 * STATE, 0.0);
        attended.resize(count * STATE, 0.0);
        wide.resize(count * WIDE, 0.0);
        added.resize(count * STATE, 0.0);

        self.asked.multiply(rows, quantised, asked);
        for run in runs {
            for head in 0..HEADS {
                attend(&asked[run.start * 3 * STATE..run.end * 3 * STATE], head, weights, values);
                let out = attended[run.start * STATE..run.end * STATE].chunks_exact_mut(STATE);
                for (out, values) in out.zip(values.chunks_exact(HEAD)) {
                    out[head * HEAD..][..HEAD].copy_from_slice(values);
                }
            }
        }
        self.attended.multiply(attended, quantised, added);
        add_and_normalise(rows, added, &self.attended_norm);

        self.wide.multiply(rows, quantised, wide);
        gelu(wide);
        self.narrow.multiply(wide, quantised, added);
        add_and_normalise(rows, added, &self.norm);
    }
}

/// One head in one window: `asked` is `[pieces, 3 * STATE]`, `values` becomes `[pieces, HEAD]`.
fn attend(asked: &[f32], head: usize, weights: &mut Vec<f32>, values: &mut Vec<f32>) {
    let count = asked.len() / (3 * STATE);
    let part = |which: usize, piece: usize| &asked[piece * 3 * STATE + which * STATE + head * HEAD..][..HEAD];
    let keys: Vec<f32> = (0..count).flat_map(|piece| part(1, piece)).copied().collect();
    let keys = Packed::linear(&keys, &vec![0.0; count]);
    weights.resize(count * count, 0.0);
    keys.multiply(&asked[head * HEAD..], 3 * STATE, weights);
    softmax(weights, count);
    let mut turned = vec![0.0; HEAD * count];
    for piece in 0..count {
        for (at, x) in part(2, piece).iter().enumerate() {
            turned[at * count + piece] = *x;
        }
    }
    values.resize(count * HEAD, 0.0);
    Packed::linear(&turned, &[0.0; HEAD]).multiply(weights, count, values);
}

fn add_and_normalise(rows: &mut [f32], added: &[f32], norm: &Norm) {
    rows.iter_mut().zip(added).for_each(|(x, y)| *x += y);
    layer_norm(rows, &norm.scale, &norm.shift);
}
