//! Fields that hold one label of a closed set: how well each label is found.
//!
//! In: gold label, predicted label and whether the scorer holds the prediction right, by statement. Out: precision, recall and F1 of a
//! label, and their unweighted mean over the labels that the gold has (macro-F1; Sokolova and Lapalme 2009, "A systematic analysis of
//! performance measures for classification tasks").

use std::collections::BTreeMap;

/// What came out for one label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) gold: usize,
    pub(crate) predicted: usize,
    pub(crate) right: usize,
}

impl Counts {
    pub(crate) fn f1(self) -> f64 {
        let all = self.gold + self.predicted;
        if all == 0 { 0.0 } else { 2.0 * self.right as f64 / all as f64 }
    }
}

/// Counts by label. A prediction that is one of several right answers counts as the gold's first.
pub(crate) fn by_label(statements: impl Iterator<Item = (String, String, bool)>) -> BTreeMap<String, Counts> {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for (gold, predicted, right) in statements {
        let predicted = if right { gold.clone() } else { predicted };
        let mut add = |label: &str, part: fn(&mut Counts)| part(counts.entry(label.to_owned()).or_default());
        add(&gold, |label| label.gold += 1);
        add(&predicted, |label| label.predicted += 1);
        if right {
            add(&gold, |label| label.right += 1);
        }
    }
    counts
}

/// Mean F1 over the labels that the gold has; 0 of none.
pub(crate) fn macro_f1(counts: &BTreeMap<String, Counts>) -> f64 {
    let occurring: Vec<f64> =
        counts.values().filter(|label| label.gold > 0).map(|label| label.f1()).collect();
    occurring.iter().sum::<f64>() / occurring.len().max(1) as f64
}

/// Expected calibration error: the mean gap between score and share of right ones over ten bins of equal width, weighted by their size
/// (Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning"). In: score (0 to 1) and whether
/// the field is right.
pub(crate) fn calibration_error(scored: &[(f64, bool)]) -> f64 {
    let gaps = reliability(scored).map(|bin| (bin.scores - bin.right as f64).abs());
    gaps.iter().sum::<f64>() / scored.len().max(1) as f64
}

/// How many bins a table of reliability has.
pub(crate) const BINS: usize = 10;

/// The values whose scores lie in one bin.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bin {
    pub(crate) count: usize,
    /// Their scores, added up.
    pub(crate) scores: f64,
    pub(crate) right: usize,
}

/// Values by their scores, in bins of equal width.
pub(crate) fn reliability(scored: &[(f64, bool)]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for (score, right) in scored {
        let bin = &mut bins[((score * BINS as f64) as usize).min(BINS - 1)];
        bin.count += 1;
        bin.scores += score;
        bin.right += usize::from(*right);
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(rows: &[(&str, &str)]) -> BTreeMap<String, Counts> {
        by_label(rows.iter().map(|(gold, said)| ((*gold).to_owned(), (*said).to_owned(), gold == said)))
    }

    #[test]
    fn labels_that_the_gold_lacks_count_through_the_precision_of_others_only() {
        let counts = labels(&[("deny", "deny"), ("state", "state"), ("state", "vow")]);
        assert!((macro_f1(&counts) - f64::midpoint(1.0, 2.0 / 3.0)).abs() < 1e-9);
    }

    #[test]
    fn scores_that_say_how_often_they_are_right_have_no_error() {
        let honest: Vec<(f64, bool)> = (0..10).map(|n| (0.7, n < 7)).collect();
        assert!(calibration_error(&honest) < 1e-9);
        let boasting: Vec<(f64, bool)> = (0..10).map(|n| (1.0, n < 7)).collect();
        assert!((calibration_error(&boasting) - 0.3).abs() < 1e-9);
    }
}
