//! The figures of one corpus by name: what is printed, recorded and held against the floors.

use super::Read;
use super::bcubed::BCubed;
use super::labels::{by_label, calibration_error, macro_f1};
use crate::gold::compare::{Field, Mentions, Outcome, Pair};
use crate::score::{COVERAGES, Group, Measure, Report, precision_at_coverages};
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

    /// With the precision, end to end, of the statements that are surest; in: confidence and whether it is right.
    pub(crate) fn with_coverage(mut self, statements: &[(f64, bool)]) -> Self {
        for (coverage, precision) in COVERAGES.into_iter().zip(precision_at_coverages(statements)) {
            self.0.insert(format!("precision_at_{coverage}"), percent(precision));
        }
        self
    }

    /// The same with the figures of the statements' fields.
    pub(crate) fn of_gold(reads: &[Read], report: &Report) -> Self {
        let Self(mut figures) = Self::of_attributions(report);
        let mut set = |name: &str, value: f64| figures.insert(name.to_owned(), value);
        let asked =
            || reads.iter().flat_map(|r| r.comparison.asked(&r.article.gold).map(move |pair| (r, pair)));

        let predicted: usize = reads.iter().map(|r| r.comparison.others).sum();
        let matched: usize = reads.iter().map(|r| r.comparison.pairs.len()).sum();
        let wanted = reads.iter().flat_map(|r| &r.article.gold.statements).filter(|s| !s.optional).count();
        set("statements_asked_for", wanted as f64);
        set("statements_predicted", predicted as f64);
        set("right_words", asked().count() as f64);
        set("same_words", asked().filter(|(_, p)| p.content_dice >= SAME_WORDS).count() as f64);
        set("precision", share(matched, predicted));

        // Naming the wrong speaker is worse than naming none: the two are counted apart.
        let named = |outcome| asked().filter(|(r, p)| speaker_is(r, p, outcome)).count() as f64;
        set("right_named_speaker", named(Outcome::Right));
        set("wrong_named_speaker", named(Outcome::Wrong));
        set("no_speaker_named", named(Outcome::Open));
        for field in Field::ALL {
            let outcomes = || asked().filter_map(|(_, p)| p.fields.get(&field).copied());
            let count = |wanted: &[Outcome]| outcomes().filter(|o| wanted.contains(o)).count();
            let known = count(&[Outcome::Right, Outcome::Empty, Outcome::Wrong, Outcome::Open]);
            let name = field.name();
            set(&format!("{name}_right"), share(count(&[Outcome::Right, Outcome::Empty]), known));
            if field.may_be_empty() {
                // Wrong values stand where the gold has another one, or none.
                let given = asked()
                    .filter(|(r, p)| field.has_value(&r.article.gold, &r.article.gold.statements[p.gold]));
                let given = given.filter(|(_, p)| p.fields.get(&field) != Some(&Outcome::NotAsked)).count();
                set(&format!("{name}_found"), share(count(&[Outcome::Right]), given));
                set(
                    &format!("{name}_precision"),
                    share(count(&[Outcome::Right]), count(&[Outcome::Right, Outcome::Wrong])),
                );
            }
        }
        for field in Field::LABELS {
            let labels = by_label(reads.iter().flat_map(|read| labels(read, field)));
            set(&format!("{}_macro_f1", field.name()), percent(macro_f1(&labels)));
            if field == Field::Act {
                for (act, counts) in &labels {
                    set(&format!("act_{act}_precision"), share(counts.right, counts.predicted));
                    set(&format!("act_{act}_recall"), share(counts.right, counts.gold));
                }
            }
        }
        for field in Field::SCORED {
            let scored: Vec<(f64, bool)> = reads.iter().flat_map(|read| scored(read, field)).collect();
            set(&format!("{}_calibration_error", field.name()), percent(calibration_error(&scored)));
        }
        let mentions =
            |of: fn(&Mentions) -> usize| reads.iter().map(|r| of(&r.comparison.mentions)).sum::<usize>();
        set("mentions_found", share(mentions(|m| m.shared), mentions(|m| m.gold)));
        set(
            "mentions_precision",
            share(mentions(|m| m.shared).min(mentions(|m| m.other)), mentions(|m| m.other)),
        );
        let names = BCubed::of(reads);
        set("name_bcubed_precision", percent(names.precision()));
        set("name_bcubed_recall", percent(names.recall()));
        set("name_bcubed_f1", percent(names.f1()));
        set("name_mentions", names.items as f64);
        set("name_mentions_found", share(names.found, names.items));
        let total = |of: fn(&Read) -> usize| reads.iter().map(of).sum::<usize>() as f64;
        set("split_speakers", total(|r| r.comparison.split_speakers.len()));
        set("outside_running_text", total(|r| r.comparison.outside_running_text));
        set("unequal_quotes", total(|r| r.unequal_quotes));
        Self(figures)
    }
}

/// Whether a pair's speaker came out so, among statements whose gold names one.
fn speaker_is(read: &Read, pair: &Pair, outcome: Outcome) -> bool {
    let is_named = read.article.gold.statements[pair.gold].speaker.is_some();
    (is_named || outcome == Outcome::Wrong) && pair.fields.get(&Field::Speaker) == Some(&outcome)
}

/// Gold label, predicted label, and whether that is right, of a field in every found statement.
fn labels<'a>(read: &'a Read, field: Field) -> impl Iterator<Item = (String, String, bool)> + 'a {
    let gold = &read.article.gold;
    read.comparison.asked(gold).filter_map(move |pair| {
        let label = |statement| field.label(statement);
        let right = match pair.fields.get(&field)? {
            Outcome::Right | Outcome::Empty => true,
            Outcome::Wrong | Outcome::Open => false,
            Outcome::NotAsked => return None,
        };
        Some((label(&gold.statements[pair.gold])?, label(&read.found.statements[pair.other])?, right))
    })
}

/// The score of a field, and whether its value is right, in every found statement that has a value.
pub(crate) fn scored<'a>(read: &'a Read, field: Field) -> impl Iterator<Item = (f64, bool)> + 'a {
    read.comparison.asked(&read.article.gold).filter_map(move |pair| {
        let statement = &read.ledger.statements[pair.other];
        if field == Field::Speaker && statement.speaker.is_none() {
            return None;
        }
        let right = match pair.fields.get(&field)? {
            Outcome::Right => true,
            Outcome::Wrong => false,
            Outcome::Empty | Outcome::Open | Outcome::NotAsked => return None,
        };
        Some((*statement.scores.get(field.name())?, right))
    })
}

/// One number of another as a percentage; 0 of nothing.
pub(super) fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { percent(part as f64 / of as f64) }
}

/// A share as a percentage with one decimal.
pub(super) fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

impl Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, value)| writeln!(f, "  {name:<28} {value:>7}"))
    }
}
