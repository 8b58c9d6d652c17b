//! The classifier of targets: how likely somebody or something named near a statement is whom its act is about.
//!
//! In: an act and signs of one candidate. Out: a probability. Logistic regression with a weight for each sign and one more for it with each act;
//! training/act/targets.py says how it was fitted.

use std::collections::HashMap;

const WEIGHTS: &str = include_str!("../weights/act/targets.txt");

/// The classifier; made once.
#[derive(Debug)]
pub struct TargetModel {
    /// By sign, and by act and sign with a colon between them.
    weights: HashMap<&'static str, f32>,
}

impl TargetModel {
    /// The classifier that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        let weight = |line: &'static str| {
            let (weight, sign) = line.split_once(' ')?;
            Some((sign, weight.parse().ok()?))
        };
        Self { weights: WEIGHTS.lines().filter_map(weight).collect() }
    }

    /// How likely a candidate with these signs is the target of an act.
    #[must_use]
    pub fn probability<'a>(&self, act: &str, signs: impl Iterator<Item = &'a str>) -> f32 {
        let weight = |sign: &str| self.weights.get(sign).copied().unwrap_or(0.0);
        let sum: f32 = signs.map(|sign| weight(sign) + weight(&format!("{act}: {sign}"))).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_weight_and_objects_of_accusing_cues_are_likely() {
        let model = TargetModel::load();
        assert_eq!(model.weights.len(), WEIGHTS.lines().count());
        let accused = |signs: &[&str]| model.probability("accuse", signs.iter().copied());
        let likely = accused(&["bias", "object of the cue", "behind the cue", "name"]);
        let unlikely = accused(&["bias", "as Pobj", "thing", "in the content 6", "sentence 3"]);
        assert!(likely > 0.5 && unlikely < 0.2, "{likely} {unlikely}");
    }
}
