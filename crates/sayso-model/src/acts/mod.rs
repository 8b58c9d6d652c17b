//! The classifiers of acts: which act a statement does whose cue says no more than "said". This one knows words and what rules say; [`reader`] reads on top of it.
//!
//! In: names of features, signs (what rules say) and words. Out: a probability for each act, and which word spoke most for one. Multinomial logistic
//! regression; training/act/fit.py says how it was fitted and calibrated.
//!
//! # Source
//! Temperature scaling: Guo et al. 2017, "On calibration of modern neural networks", section 4.2.

pub mod reader;

use crate::tensors::Tensors;
use std::collections::HashMap;

const WEIGHTS: &[u8] = include_bytes!("../../weights/act/act.bin");
const FEATURES: &str = include_str!("../../weights/act/features.txt");

/// How many acts there are.
pub const ACTS: usize = 18;

/// The classifier; made once.
#[derive(Debug)]
pub struct ActModel {
    signs: HashMap<&'static str, usize>,
    words: HashMap<&'static str, usize>,
    /// Row-major `[features + 1, ACTS]`; the last row is the bias.
    weights: &'static [u8],
    scale: Vec<f32>,
}

impl ActModel {
    /// The classifier that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        let tensors = Tensors::read(WEIGHTS);
        let lines = || FEATURES.lines().enumerate();
        let with =
            |prefix: &str| lines().filter_map(|(at, line)| Some((line.strip_prefix(prefix)?, at))).collect();
        Self {
            signs: with("s "),
            words: with("w "),
            weights: tensors.get("weights", &[lines().count() + 1, ACTS]).bytes(),
            scale: tensors.get("scale", &[ACTS]).to_vec(),
        }
    }

    /// How much speaks for each act, in the order of the record's enumeration; [`probabilities`] makes of it how likely they are.
    #[must_use]
    pub fn logits<'a>(
        &self,
        signs: impl Iterator<Item = &'a str>,
        words: impl Iterator<Item = &'a str>,
    ) -> [f32; ACTS] {
        let mut logits = [0.0; ACTS];
        let mut sum = [0.0; ACTS];
        let mut count = 0.0_f32;
        for row in words.filter_map(|word| self.words.get(word)) {
            self.add(*row, &mut sum);
            count += 1.0;
        }
        let share = count.max(1.0).sqrt().recip();
        logits.iter_mut().zip(sum).for_each(|(logit, sum)| *logit = sum * share);
        for row in signs.filter_map(|sign| self.signs.get(sign)) {
            self.add(*row, &mut logits);
        }
        self.add(self.signs.len() + self.words.len(), &mut logits);
        logits
    }

    /// How much a word speaks for one act rather than another; 0 for one that is not known.
    #[must_use]
    pub fn preference(&self, word: &str, act: usize, other: usize) -> f32 {
        let mut row = [0.0; ACTS];
        if let Some(at) = self.words.get(word) {
            self.add(*at, &mut row);
        }
        row[act] - row[other]
    }

    fn add(&self, row: usize, sum: &mut [f32; ACTS]) {
        let bytes = &self.weights[row * ACTS..][..ACTS];
        for ((sum, byte), scale) in sum.iter_mut().zip(bytes).zip(&self.scale) {
            *sum += f32::from(i8::from_le_bytes([*byte])) * scale;
        }
    }
}

/// Probabilities that add up to 1.
#[must_use]
pub fn probabilities(logits: &[f32; ACTS]) -> [f32; ACTS] {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let shares = logits.map(|logit| (logit - most).exp());
    let sum: f32 = shares.iter().sum();
    shares.map(|share| share / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_add_up_and_words_shift_them() {
        let model = ActModel::load();
        let of = |words: &[&str]| probabilities(&model.logits(["turn"].into_iter(), words.iter().copied()));
        for words in [&[][..], &["thank", "you", "thank you"][..], &["never heard of"][..]] {
            assert!((of(words).iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
        let endorse = 15;
        assert!(of(&["thank", "thank you"])[endorse] > of(&[])[endorse]);
        assert!(model.preference("thank", endorse, 0) > 0.0);
        assert!(model.preference("never heard of", endorse, 0).abs() < 1e-9);
    }
}
