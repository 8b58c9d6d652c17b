//! From words to vectors that know their surroundings: hash embeddings, mixed, then four layers that each look one word left and right.
//!
//! In: hashes of the attributes of words. Out: one vector a word. Words of one text see those four places away and nothing else; beyond
//! a text's ends stand rows that start at zero and change from layer to layer as words do, as spaCy has it.
//!
//! # Source
//! spaCy 3.8 `ml/models/tok2vec.py` (MultiHashEmbed, MaxoutWindowEncoder); thinc 8.3 `hashembed`, `maxout`, `layernorm`.

use crate::kernels::{Packed, layer_norm};
use crate::tensors::{Tensor, Tensors};

/// The width of a word's vector.
pub(crate) const WIDTH: usize = 96;

/// How many places away a word is seen.
pub(crate) const REACH: usize = LAYERS;

const LAYERS: usize = 4;
const PIECES: usize = 3;

/// The seed of the first table's hash; the next ones follow.
const FIRST_SEED: u64 = 8;

/// One encoder: shared by tagger and parser, or of the entity recogniser alone.
#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<Tensor>,
    mix: Layer,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    maxout: Packed,
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Encoder {
    /// The encoder of a name, over attributes of these names.
    pub(crate) fn load(tensors: &Tensors, name: &str, attributes: &[&str]) -> Self {
        let table = |attribute: &&str| tensors.get(&format!("{name}.embed.{attribute}"), &[0, WIDTH]);
        let layer = |number: usize| Layer::load(tensors, &format!("{name}.layer{number}"), 3 * WIDTH);
        Self {
            tables: attributes.iter().map(table).collect(),
            mix: Layer::load(tensors, &format!("{name}.mix"), attributes.len() * WIDTH),
            layers: (1..=LAYERS).map(layer).collect(),
        }
    }

    /// The vectors of words by themselves, one row each. Of a word's attributes those count that the encoder has a table for.
    pub(crate) fn embed<const N: usize>(
        &self,
        words: &[[u64; N]],
        scratch: &mut Vec<f32>,
        out: &mut Vec<f32>,
    ) {
        let width = self.tables.len() * WIDTH;
        scratch.clear();
        scratch.resize(words.len() * width, 0.0);
        for (word, row) in words.iter().zip(scratch.chunks_exact_mut(width)) {
            let parts = row.chunks_exact_mut(WIDTH).zip(&self.tables).zip(word);
            for (seed, ((part, table), attribute)) in (FIRST_SEED..).zip(parts) {
                for key in keys(*attribute, seed) {
                    table.add_row(key as usize % table.rows(), part);
                }
            }
        }
        out.clear();
        out.resize(words.len() * WIDTH, 0.0);
        self.mix.apply(scratch, width, out);
    }

    /// Lets rows see their neighbours. The first and the last row of `rows` stand for what is beyond them and stay zero.
    pub(crate) fn encode(&self, rows: &mut [f32], scratch: &mut Vec<f32>) {
        let inner = WIDTH..rows.len() - WIDTH;
        scratch.clear();
        scratch.resize(inner.len(), 0.0);
        for layer in &self.layers {
            layer.apply(rows, WIDTH, scratch);
            rows[inner.clone()].iter_mut().zip(&*scratch).for_each(|(row, change)| *row += change);
        }
    }
}

impl Layer {
    fn load(tensors: &Tensors, name: &str, inputs: usize) -> Self {
        let get = |part: &str, shape: &[usize]| tensors.get(&format!("{name}.{part}"), shape).to_vec();
        let (weight, bias) = (get("weight", &[WIDTH, PIECES, inputs]), get("bias", &[WIDTH, PIECES]));
        Self {
            maxout: Packed::maxout(&weight, &bias, PIECES),
            scale: get("scale", &[WIDTH]),
            shift: get("shift", &[WIDTH]),
        }
    }

    fn apply(&self, rows: &[f32], step: usize, out: &mut [f32]) {
        self.maxout.multiply(rows, step, out);
        layer_norm(out, &self.scale, &self.shift);
    }
}

/// The four rows of a table that stand for a key together, before they are wrapped to the size of the table: MurmurHash3 with 128 bits
/// over one number, as thinc computes it.
fn keys(key: u64, seed: u64) -> [u32; 4] {
    let finish = |mut h: u64| {
        h = (h ^ h >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ h >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ h >> 33
    };
    let mixed = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let (mut first, mut second) = (mixed ^ seed ^ 8, seed ^ 8);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    (first, second) = (finish(first), finish(second));
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values are thinc's own.
    #[test]
    fn hashes_as_thinc() {
        assert_eq!(keys(0, 8), [0; 4]);
        let coffee = 3_197_928_453_018_144_401;
        assert_eq!(keys(coffee, 13), [3_135_765_659, 3_773_144_255, 3_201_613_701, 4_191_575_974]);
    }
}
