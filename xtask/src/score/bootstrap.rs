//! How far a figure could move with other documents: 95% intervals of F1 over resampled documents.

use super::count::{Counts, Tally};
use super::{Group, Measure};

/// Lower and upper end of F1 for each measure, in the order of [`Measure::ALL`].
pub(crate) type Intervals = [(f64, f64); Measure::COUNT];

/// Resamples the documents `rounds` times, always in the same way.
pub(crate) fn intervals(documents: &[Counts], rounds: usize) -> Intervals {
    let mut random = SplitMix(1);
    let mut drawn = vec![[0.0; Measure::COUNT]; rounds];
    for round in &mut drawn {
        let mut total = [Tally::default(); Measure::COUNT];
        for _ in documents {
            let document = &documents[random.below(documents.len())];
            let tallies = &document.attributions[Group::All as usize];
            total.iter_mut().zip(tallies).for_each(|(sum, tally)| sum.merge(tally));
        }
        *round = total.map(|tally| tally.prf().f1);
    }
    std::array::from_fn(|measure| {
        let mut values: Vec<f64> = drawn.iter().map(|round| round[measure]).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let index = ((share * rounds as f64) as usize).min(rounds.saturating_sub(1));
            values.get(index).copied().unwrap_or(0.0)
        };
        (at(0.025), at(0.975))
    })
}

/// Lower and upper end of a ratio over resampled items, always in the same way.
pub(crate) fn interval<T>(items: &[T], rounds: usize, ratio: impl Fn(&T) -> (f64, f64)) -> (f64, f64) {
    let mut random = SplitMix(1);
    let mut values: Vec<f64> = (0..rounds)
        .map(|_| {
            let (mut part, mut all) = (0.0, 0.0);
            for _ in items {
                let (p, a) = ratio(&items[random.below(items.len())]);
                part += p;
                all += a;
            }
            if all == 0.0 { 1.0 } else { part / all }
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values.get((share * rounds as f64) as usize).copied().unwrap_or(0.0);
    (at(0.025), at(0.975))
}

/// A small generator: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, by multiplication: the bias of 2^-32 does not matter here.
    fn below(&mut self, bound: usize) -> usize {
        (((self.next() >> 32) * bound as u64) >> 32) as usize
    }
}
