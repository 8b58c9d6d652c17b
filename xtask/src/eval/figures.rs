//! The figures of one corpus by name: what is printed, recorded and held against the floors.

use super::compare::{Comparison, Field, Outcome};
use super::gold::GoldArticle;
use crate::score::{Group, Measure, Report};
use std::collections::BTreeMap;
use std::fmt::{self, Display};

/// Content Dice from which the words are not only found but the same, an odd word apart.
const SAME_WORDS: f64 = 0.9;

/// Figures by name. Shares are percentages; counts are whole numbers.
pub(crate) struct Figures(pub(crate) BTreeMap<String, f64>);

impl Figures {
    /// F1 of the four measures, end to end by kind, and the recall of source-less attributions.
    pub(crate) fn of_attributions(report: &Report) -> Self {
        let mut figures = BTreeMap::new();
        let all = &report.attributions[Group::All.name()];
        for measure in Measure::ALL {
            figures.insert(format!("{}_f1", measure.name()), percent(all.measures[measure.name()].f1));
        }
        let end_to_end = Measure::EndToEndLenient.name();
        for group in [Group::Direct, Group::Mixed, Group::Indirect] {
            let f1 = report.attributions[group.name()].measures[end_to_end].f1;
            figures.insert(format!("{end_to_end}_f1_{}", group.name()), percent(f1));
        }
        figures.insert("source_less_recall".to_owned(), percent(report.source_less_recall.unwrap_or(0.0)));
        Self(figures)
    }

    /// The same with the figures of the statements' fields.
    pub(crate) fn of_gold(articles: &[GoldArticle], comparisons: &[Comparison], report: &Report) -> Self {
        let Self(mut figures) = Self::of_attributions(report);
        let mut set = |name: &str, value: f64| figures.insert(name.to_owned(), value);
        let both = || articles.iter().zip(comparisons);
        let asked = || both().flat_map(|(a, c)| c.asked(a).map(move |pair| (a, pair)));

        let predicted: usize = comparisons.iter().map(|c| c.predicted).sum();
        let matched: usize = comparisons.iter().map(|c| c.pairs.len()).sum();
        let wanted = articles.iter().flat_map(|a| &a.statements).filter(|s| !s.optional).count();
        set("statements_asked_for", wanted as f64);
        set("statements_predicted", predicted as f64);
        set("right_words", asked().count() as f64);
        set("same_words", asked().filter(|(_, p)| p.content_dice >= SAME_WORDS).count() as f64);
        set("precision", if predicted == 0 { 0.0 } else { percent(matched as f64 / predicted as f64) });

        // Naming the wrong speaker is worse than naming none: the two are counted apart.
        let named = |outcome| asked().filter(|(a, p)| speaker_is(a, p, outcome)).count() as f64;
        set("right_named_speaker", named(Outcome::Right));
        set("wrong_named_speaker", named(Outcome::Wrong));
        set("no_speaker_named", named(Outcome::Open));
        for field in Field::ALL {
            let outcomes = || asked().filter_map(|(_, p)| p.fields.get(&field).copied());
            let right = outcomes().filter(|&o| o == Outcome::Right).count();
            let known = outcomes().filter(|&o| o != Outcome::NotAsked).count();
            set(
                &format!("{}_right", field.name()),
                if known == 0 { 0.0 } else { percent(right as f64 / known as f64) },
            );
        }
        set("split_speakers", comparisons.iter().map(|c| c.split_speakers.len()).sum::<usize>() as f64);
        set("outside_running_text", comparisons.iter().map(|c| c.outside_running_text).sum::<usize>() as f64);
        set("unequal_quotes", comparisons.iter().map(|c| c.unequal_quotes).sum::<usize>() as f64);
        Self(figures)
    }
}

/// Whether a pair's speaker came out so, among statements whose gold names one.
fn speaker_is(article: &GoldArticle, pair: &super::compare::Pair, outcome: Outcome) -> bool {
    let is_named = article.statements[pair.gold].speaker.is_some();
    (is_named || outcome == Outcome::Wrong) && pair.fields.get(&Field::Speaker) == Some(&outcome)
}

/// A share as a percentage with one decimal.
fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

impl Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, value)| writeln!(f, "  {name:<26} {value:>7}"))
    }
}
