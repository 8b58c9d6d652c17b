//! Figures from counts, in the reference scorer's JSON shape, and as a table.

use super::count::{Counts, SourceTally, Tally};
use super::{Group, Measure, Role};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::{self, Display};

/// Precision, recall and F1, rounded to four decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Prf {
    pub(crate) p: f64,
    pub(crate) r: f64,
    pub(crate) f1: f64,
    pub(crate) n_pred: usize,
    pub(crate) n_gold: usize,
}

/// One group's measures and source accuracies, by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GroupReport {
    #[serde(flatten)]
    pub(crate) measures: BTreeMap<&'static str, Prf>,
    #[serde(flatten)]
    pub(crate) source_accuracy: BTreeMap<&'static str, Option<f64>>,
}

/// All figures of one comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Report {
    pub(crate) docs: usize,
    pub(crate) missing_docs: usize,
    pub(crate) tokens: usize,
    pub(crate) gold_attributions: usize,
    pub(crate) pred_attributions: usize,
    pub(crate) gold_no_source: usize,
    pub(crate) pred_no_source: usize,
    pub(crate) tokens_by_role: BTreeMap<&'static str, Prf>,
    pub(crate) spans_exact: BTreeMap<&'static str, Prf>,
    pub(crate) spans_partial: BTreeMap<&'static str, Prf>,
    pub(crate) attributions: BTreeMap<&'static str, GroupReport>,
    /// Recall, end to end, over gold attributions that name no source. Ours: the reference does not print it.
    #[serde(skip)]
    pub(crate) source_less_recall: Option<f64>,
}

/// The figures of summed counts.
pub(crate) fn summarise(counts: &Counts, missing_docs: usize) -> Report {
    let all = &counts.attributions[Group::All as usize][Measure::ContentLenient as usize];
    let by_role = |tallies: &[Tally; Role::COUNT]| {
        Role::ALL.into_iter().map(|role| (role.name(), tallies[role as usize].prf())).collect()
    };
    Report {
        docs: counts.documents,
        missing_docs,
        tokens: counts.tokens,
        gold_attributions: all.gold as usize,
        pred_attributions: all.predicted as usize,
        gold_no_source: counts.gold_without_source,
        pred_no_source: counts.predicted_without_source,
        tokens_by_role: by_role(&counts.role_tokens),
        spans_exact: by_role(&counts.role_exact),
        spans_partial: by_role(&counts.role_partial),
        attributions: Group::ALL
            .into_iter()
            .map(|group| (group.name(), group_report(counts, group)))
            .collect(),
        source_less_recall: share(counts.found_without_source as f64, counts.gold_without_source as f64),
    }
}

fn group_report(counts: &Counts, group: Group) -> GroupReport {
    let measures = &counts.attributions[group as usize];
    let (pairs, sourced): (&SourceTally, &SourceTally) =
        (&counts.sources[group as usize], &counts.sourced[group as usize]);
    GroupReport {
        measures: Measure::ALL.into_iter().map(|m| (m.name(), measures[m as usize].prf())).collect(),
        source_accuracy: BTreeMap::from([
            ("source_acc_lenient", share(pairs.lenient, pairs.pairs)),
            ("source_acc_strict", share(pairs.strict, pairs.pairs)),
            ("source_acc_lenient_sourced", share(sourced.lenient, sourced.pairs)),
            ("source_acc_strict_sourced", share(sourced.strict, sourced.pairs)),
        ]),
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| round4(part / whole))
}

impl Tally {
    /// Undefined figures are 0, and 1 where there is nothing to find and nothing was found.
    pub(crate) fn prf(&self) -> Prf {
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let (p, r) = if self.predicted == 0.0 && self.gold == 0.0 {
            (1.0, 1.0)
        } else {
            (ratio(self.right_predicted, self.predicted), ratio(self.right_gold, self.gold))
        };
        let f1 = ratio(2.0 * p * r, p + r);
        Prf {
            p: round4(p),
            r: round4(r),
            f1: round4(f1),
            n_pred: self.predicted as usize,
            n_gold: self.gold as usize,
        }
    }
}

/// Correctly rounded to four decimals, ties to even, through the decimal representation.
fn round4(value: f64) -> f64 {
    format!("{value:.4}").parse().expect("a formatted number parses")
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "docs {} (missing {})  tokens {}  gold {} ({} without source)  pred {} ({} without source)",
            self.docs,
            self.missing_docs,
            self.tokens,
            self.gold_attributions,
            self.gold_no_source,
            self.pred_attributions,
            self.pred_no_source
        )?;
        writeln!(f, "  {:<26} {:>6} {:>6} {:>6}   {:>7} {:>7}", "", "P", "R", "F1", "pred", "gold")?;
        let by_role = [
            ("tokens", &self.tokens_by_role),
            ("span exact", &self.spans_exact),
            ("span partial", &self.spans_partial),
        ];
        for (title, roles) in by_role {
            for role in Role::ALL {
                write_row(f, &format!("{title} {}", role.name()), &roles[role.name()])?;
            }
        }
        for group in Group::ALL {
            let report = &self.attributions[group.name()];
            writeln!(f, "  -- attributions: {}", group.name())?;
            for measure in Measure::ALL {
                write_row(f, measure.name(), &report.measures[measure.name()])?;
            }
        }
        let percent = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{:.1}", 100.0 * v));
        let all = &self.attributions[Group::All.name()];
        writeln!(
            f,
            "  right source among found contents {}; found among gold with no source {}",
            percent(all.source_accuracy["source_acc_lenient"]),
            percent(self.source_less_recall)
        )
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, m: &Prf) -> fmt::Result {
    let (p, r, f1) = (100.0 * m.p, 100.0 * m.r, 100.0 * m.f1);
    writeln!(f, "  {name:<26} {p:>6.1} {r:>6.1} {f1:>6.1}   {:>7} {:>7}", m.n_pred, m.n_gold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_round_to_even_as_in_the_reference() {
        assert_eq!((round4(1.0 / 32.0), round4(3.0 / 32.0)), (0.0312, 0.0938));
    }
}
