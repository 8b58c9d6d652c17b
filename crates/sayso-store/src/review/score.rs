//! How good the program is, by what reviewers said, and how far reviewers agree.
//!
//! In: [`Judged`] statements. Out: shares with their intervals. What holds: what nobody judged is not counted, and statements that were
//! picked for their risk are told apart from a sample, since they are worse than the rest.

use super::{Judged, Opinion};
use crate::corrections::Picked;
use sayso::ledger::{Statement, Verdict};
use sayso::lexicon::Act;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

/// Counts over reviewed statements.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// Judged right as they were read.
    pub accepted: usize,
    /// Right after changes.
    pub edited: usize,
    /// No statements.
    pub rejected: usize,
    /// The whole record is right.
    pub whole: Share,
    /// It is a statement at all.
    pub statement: Share,
    /// Of those that are, each part of the record that is right.
    pub fields: BTreeMap<&'static str, Share>,
    /// The whole record, by the act that was read.
    pub acts: BTreeMap<&'static str, Share>,
    /// The whole record, by how sure the program was.
    pub bands: Vec<Band>,
}

/// Statements of about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// From this confidence on.
    pub from: f64,
    /// To below this one; the last band holds 1 itself.
    pub to: f64,
    /// The mean of the confidences; nothing where there are none.
    pub mean: Option<f64>,
    /// The whole record is right.
    pub whole: Share,
}

/// How far two reviewers agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Who.
    pub reviewers: [String; 2],
    /// Accepted as read or not, over all statements that both judged.
    pub accepted: Agreed,
    /// The act, over those that neither rejected.
    pub act: Agreed,
    /// The speaker, over those that neither rejected.
    pub speaker: Agreed,
}

/// Raw agreement, and Cohen's kappa.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreed {
    /// In how many they say the same.
    pub share: Share,
    /// Agreement beyond chance: 0 none, 1 all; nothing where both say one and the same of everything, or nothing.
    pub kappa: Option<f64>,
}

/// The borders of the bands of confidence.
const BORDERS: [f64; 6] = [0.0, 0.5, 0.7, 0.8, 0.9, 1.0];

/// The parts of a record that are counted, with the fields of each.
pub const PARTS: [(&str, &[&str]); 5] = [
    ("speaker", &["speaker"]),
    ("act", &["act", "negated"]),
    ("words", &["source", "cue", "content"]),
    ("date", &["said_on"]),
    ("target", &["target"]),
];

impl Serialize for Share {
    /// The two numbers, the share, and its interval.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [low, high] = self.interval();
        let mut share = serializer.serialize_struct("Share", 5)?;
        share.serialize_field("right", &self.right)?;
        share.serialize_field("of", &self.of)?;
        share.serialize_field("share", &self.value())?;
        share.serialize_field("low", &low)?;
        share.serialize_field("high", &high)?;
        share.end()
    }
}

impl Share {
    /// As a share, 0 to 1; nothing of nothing.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }

    /// Between which two shares the true one lies, with 95 % confidence; from 0 to 1 where nothing was counted.
    ///
    /// # Source
    /// The score interval of E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927), which holds for
    /// few cases and for shares near 0 and 1.
    #[must_use]
    pub fn interval(self) -> [f64; 2] {
        const Z: f64 = 1.959_963_984_540_054;
        let (Some(share), n) = (self.value(), self.of as f64) else { return [0.0, 1.0] };
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        [middle - half, middle + half].map(|bound| (bound / (1.0 + Z * Z / n)).clamp(0.0, 1.0))
    }

    fn count(&mut self, is_right: impl Into<usize>) {
        self.right += is_right.into();
        self.of += 1;
    }
}

/// Counts statements by the records that somebody left of them.
pub fn score<'a>(records: impl IntoIterator<Item = (&'a Statement, &'a Statement)>) -> Score {
    let bands =
        BORDERS.windows(2).map(|two| Band { from: two[0], to: two[1], mean: None, whole: Share::default() });
    let mut score = Score {
        fields: PARTS.iter().map(|(part, _)| (*part, Share::default())).collect(),
        bands: bands.collect(),
        ..Score::default()
    };
    let mut sums = vec![0.0; score.bands.len()];
    for (read, record) in records {
        let Some(review) = &record.review else { continue };
        match review.verdict {
            Verdict::Accepted => score.accepted += 1,
            Verdict::Edited => score.edited += 1,
            Verdict::Rejected => score.rejected += 1,
        }
        let is_right = review.verdict == Verdict::Accepted;
        let is_statement = review.verdict != Verdict::Rejected;
        score.whole.count(is_right);
        score.statement.count(is_statement);
        score.acts.entry(read.act.name()).or_default().count(is_right);
        let band = BORDERS[1..BORDERS.len() - 1].iter().filter(|border| read.confidence >= **border).count();
        score.bands[band].whole.count(is_right);
        sums[band] += read.confidence;
        if is_statement {
            for (part, fields) in PARTS {
                let is_changed = review.fields.iter().any(|field| fields.contains(&field.as_str()));
                score.fields.entry(part).or_default().count(!is_changed);
            }
        }
    }
    for (band, sum) in score.bands.iter_mut().zip(sums) {
        band.mean = (band.whole.of > 0).then(|| sum / band.whole.of as f64);
    }
    score
}

impl Judged {
    /// The record as a reviewer left it, or as all did, and how it came before them; nothing if this reviewer said nothing.
    #[must_use]
    pub fn by(&self, reviewer: Option<&str>) -> Option<(&Statement, BTreeSet<Picked>)> {
        match reviewer {
            Some(name) => {
                let opinion = self.opinions.iter().find(|opinion| opinion.reviewer == name)?;
                Some((&opinion.record, opinion.picked.clone()))
            }
            None => {
                let picked = self.opinions.iter().flat_map(|opinion| opinion.picked.iter().copied());
                Some((&self.record, picked.collect()))
            }
        }
    }
}

/// How far every two reviewers agree who judged some of the same statements.
#[must_use]
pub fn agreements(judged: &[Judged]) -> Vec<Agreement> {
    let names: BTreeSet<&str> =
        judged.iter().flat_map(|one| &one.opinions).map(|opinion| opinion.reviewer.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let pairs = names
        .iter()
        .enumerate()
        .flat_map(|(at, one)| names[at + 1..].iter().map(move |other| (*one, *other)));
    pairs.filter_map(|(one, other)| agreement(judged, one, other)).collect()
}

fn agreement(judged: &[Judged], one: &str, other: &str) -> Option<Agreement> {
    let by = |judged: &'_ Judged, name: &str| -> Option<Opinion> {
        judged.opinions.iter().find(|opinion| opinion.reviewer == name).cloned()
    };
    let both: Vec<[Statement; 2]> = judged
        .iter()
        .filter_map(|judged| Some([by(judged, one)?.record, by(judged, other)?.record]))
        .collect();
    if both.is_empty() {
        return None;
    }
    let verdict = |record: &Statement| record.review.as_ref().map(|review| review.verdict);
    let kept: Vec<&[Statement; 2]> =
        both.iter().filter(|two| two.iter().all(|one| verdict(one) != Some(Verdict::Rejected))).collect();
    let accepted = |record: &Statement| verdict(record) == Some(Verdict::Accepted);
    let act = |record: &Statement| -> (Act, bool) { (record.act, record.negated) };
    Some(Agreement {
        reviewers: [one.to_owned(), other.to_owned()],
        accepted: Agreed::of(both.iter().map(|two| [accepted(&two[0]), accepted(&two[1])])),
        act: Agreed::of(
            kept.iter()
                .map(|two| [act(&two[0]), act(&two[1])])
                .map(|two| two.map(|(act, negated)| (act.name(), negated))),
        ),
        speaker: Agreed::of(kept.iter().map(|two| [two[0].speaker.clone(), two[1].speaker.clone()])),
    })
}

impl Agreed {
    /// Of what two say of the same things.
    ///
    /// # Source
    /// J. Cohen, "A coefficient of agreement for nominal scales" (1960).
    pub fn of<T: Ord>(both: impl IntoIterator<Item = [T; 2]>) -> Self {
        let mut share = Share::default();
        let mut counts: BTreeMap<T, [usize; 2]> = BTreeMap::new();
        for [one, other] in both {
            share.count(one == other);
            counts.entry(one).or_default()[0] += 1;
            counts.entry(other).or_default()[1] += 1;
        }
        let n = share.of as f64;
        let by_chance: f64 =
            counts.values().map(|[one, other]| (*one as f64 / n) * (*other as f64 / n)).sum();
        let kappa = share
            .value()
            .filter(|_| counts.len() > 1)
            .map(|observed| (observed - by_chance) / (1.0 - by_chance));
        Self { share, kappa }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 5e-5
    }

    #[test]
    fn the_interval_is_wilsons() {
        // by hand: 81 of 100, z = 1.96: (0.81 + 0.0192 ± 1.96 sqrt(0.001539 + 0.000096)) / 1.0384
        for (right, of, expected) in [
            (81, 100, [0.7222, 0.8749]),
            (0, 10, [0.0, 0.2775]),
            (10, 10, [0.7225, 1.0]),
            (1, 2, [0.0945, 0.9055]),
            (0, 0, [0.0, 1.0]),
        ] {
            let found = Share { right, of }.interval();
            assert!(near(found[0], expected[0]) && near(found[1], expected[1]), "{right} of {of}: {found:?}");
        }
    }

    #[test]
    fn kappa_is_cohens() {
        // 20 both yes, 15 both no, 5 and 10 apart: 0.7 agree, 0.5 by chance
        let both = [(20, [true, true]), (15, [false, false]), (5, [true, false]), (10, [false, true])];
        let both = both.into_iter().flat_map(|(n, two)| std::iter::repeat_n(two, n));
        let agreed = Agreed::of(both);
        assert_eq!(agreed.share, Share { right: 35, of: 50 });
        assert!(agreed.kappa.is_some_and(|kappa| near(kappa, 0.4)), "{agreed:?}");
        // one name for everything: agreement says nothing
        assert_eq!(Agreed::of([["a", "a"], ["a", "a"]]).kappa, None);
        assert_eq!(Agreed::of::<bool>([]).kappa, None);
        let apart = Agreed::of([["a", "b"], ["b", "a"]]);
        assert_eq!((apart.share.right, apart.kappa), (0, Some(-1.0)));
    }
}
