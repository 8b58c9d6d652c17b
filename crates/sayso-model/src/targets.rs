//! The classifier of targets: how likely somebody or something named near a statement is whom its act is about.
//!
//! In: an act and signs of one candidate. Out: a probability. Logistic regression with a weight for each sign and one more for it with each act;
//! training/act/targets.py says how it was fitted.

use std::collections::HashMap;

const WEIGHTS: &str = include_str!("../weights/act/targets.txt");

/// The classifier; made once.
#[derive(Debug)]
pub struct TargetModel {
    /// By sign, whatever the act.
    shared: HashMap<&'static str, f32>,
    /// By act, then by sign.
    by_act: HashMap<&'static str, HashMap<&'static str, f32>>,
}

impl TargetModel {
    /// The classifier that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        let mut model = Self { shared: HashMap::new(), by_act: HashMap::new() };
        for (weight, sign) in WEIGHTS.lines().filter_map(|line| line.split_once(' ')) {
            let weight = weight.parse().expect("lines of targets.txt start with numbers");
            match sign.split_once(": ") {
                Some((act, sign)) => model.by_act.entry(act).or_default().insert(sign, weight),
                None => model.shared.insert(sign, weight),
            };
        }
        model
    }

    /// How much speaks for a candidate with these signs as the target of an act.
    #[must_use]
    pub fn logit<'a>(&self, act: &str, signs: impl Iterator<Item = &'a str>) -> f32 {
        let of_act = self.by_act.get(act);
        let weight = |sign: &str| {
            let own = of_act.and_then(|weights| weights.get(sign)).copied().unwrap_or(0.0);
            self.shared.get(sign).copied().unwrap_or(0.0) + own
        };
        signs.map(weight).sum()
    }
}

/// How likely something is that so much speaks for.
#[must_use]
pub fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_weight_and_objects_of_accusing_cues_are_likely() {
        let model = TargetModel::load();
        let of_acts: usize = model.by_act.values().map(HashMap::len).sum();
        assert_eq!(model.shared.len() + of_acts, WEIGHTS.lines().count());
        let accused = |signs: &[&str]| probability(model.logit("accuse", signs.iter().copied()));
        let likely = accused(&["bias", "object of the cue", "behind the cue", "name"]);
        let unlikely = accused(&["bias", "as Pobj", "thing", "in the content 6", "sentence 3"]);
        assert!(likely > 0.5 && unlikely < 0.2, "{likely} {unlikely}");
    }
}
