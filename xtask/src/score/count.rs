//! Additive counts of documents: gold and predicted attributions in, what was found out.

use super::assign::{Edges, assign};
use super::text::{BadSpan, Indices, Kind, Punctuation, ScoredText};
use super::{Group, Measure, Role, Spans};
use std::collections::BTreeSet;

/// Content Dice from which a pair counts as found, and from which it counts as exact.
const LENIENT: f64 = 0.5;
const STRICT: f64 = 0.9;

/// What precision and recall are made of. The two numerators differ for partial overlaps and kinds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right_predicted: f64,
    pub(crate) predicted: f64,
    pub(crate) right_gold: f64,
    pub(crate) gold: f64,
}

/// Sources of content pairs: how many pairs, with which source right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SourceTally {
    pub(crate) pairs: f64,
    pub(crate) lenient: f64,
    pub(crate) strict: f64,
}

/// Counts of one document or of many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) documents: usize,
    pub(crate) tokens: usize,
    pub(crate) gold_without_source: usize,
    pub(crate) predicted_without_source: usize,
    pub(crate) role_tokens: [Tally; Role::COUNT],
    pub(crate) role_exact: [Tally; Role::COUNT],
    pub(crate) role_partial: [Tally; Role::COUNT],
    pub(crate) attributions: [[Tally; Measure::COUNT]; Group::COUNT],
    pub(crate) sources: [SourceTally; Group::COUNT],
    /// The same over gold that names a source.
    pub(crate) sourced: [SourceTally; Group::COUNT],
    /// Found end to end among gold that names no source: the numerator of the source-less recall.
    pub(crate) found_without_source: usize,
    /// For each predicted attribution whether it was found end to end.
    pub(crate) right: Vec<bool>,
}

struct Attribution {
    roles: [Indices; Role::COUNT],
    bare_source: Indices,
    kind: Kind,
}

impl Attribution {
    fn new(text: &ScoredText, spans: &Spans) -> Result<Self, BadSpan> {
        let roles = [text.indices(&spans.source)?, text.indices(&spans.cue)?, text.indices(&spans.content)?];
        let bare_source = text.bare(&roles[Role::Source as usize]);
        let kind = text.kind(&roles[Role::Content as usize]);
        Ok(Self { roles, bare_source, kind })
    }

    fn role(&self, role: Role) -> &Indices {
        &self.roles[role as usize]
    }

    fn has_no_source(&self) -> bool {
        self.role(Role::Source).is_empty()
    }
}

/// The counts of one document.
///
/// # Errors
/// [`BadSpan`] for the first span that does not lie inside the text.
pub(crate) fn count_document(
    text: &str,
    gold: &[Spans],
    predicted: &[Spans],
    punctuation: Punctuation,
) -> Result<Counts, BadSpan> {
    let text = ScoredText::new(text, punctuation);
    let gold: Vec<_> = gold.iter().map(|a| Attribution::new(&text, a)).collect::<Result<_, _>>()?;
    let predicted: Vec<_> = predicted.iter().map(|a| Attribution::new(&text, a)).collect::<Result<_, _>>()?;
    let mut counts = Counts {
        documents: 1,
        tokens: text.len(),
        gold_without_source: gold.iter().filter(|a| a.has_no_source()).count(),
        predicted_without_source: predicted.iter().filter(|a| a.has_no_source()).count(),
        ..Counts::default()
    };
    for role in Role::ALL {
        count_role(&mut counts, role, &gold, &predicted);
    }
    count_attributions(&mut counts, &gold, &predicted);
    Ok(counts)
}

fn count_role(counts: &mut Counts, role: Role, gold: &[Attribution], predicted: &[Attribution]) {
    let covered =
        |all: &[Attribution]| all.iter().flat_map(|a| a.role(role).iter().copied()).collect::<Indices>();
    let (g, p) = (covered(gold), covered(predicted));
    let both = g.intersection(&p).count() as f64;
    counts.role_tokens[role as usize].add(both, p.len(), both, g.len());

    let fragments = |all: &[Attribution]| -> Vec<(usize, usize)> {
        all.iter().flat_map(|a| runs(a.role(role))).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (g, p) = (fragments(gold), fragments(predicted));
    let same = g.iter().filter(|run| p.contains(run)).count() as f64;
    counts.role_exact[role as usize].add(same, p.len(), same, g.len());

    let mut edges = Edges::new();
    for (i, &(a, b)) in g.iter().enumerate() {
        for (j, &(c, d)) in p.iter().enumerate() {
            if b.min(d) > a.max(c) {
                edges.insert((i, j), (b.min(d) - a.max(c)) as f64);
            }
        }
    }
    let (mut of_predicted, mut of_gold) = (0.0, 0.0);
    for (i, j) in assign(&edges) {
        of_predicted += edges[&(i, j)] / (p[j].1 - p[j].0) as f64;
        of_gold += edges[&(i, j)] / (g[i].1 - g[i].0) as f64;
    }
    counts.role_partial[role as usize].add(of_predicted, p.len(), of_gold, g.len());
}

fn count_attributions(counts: &mut Counts, gold: &[Attribution], predicted: &[Attribution]) {
    let (mut lenient, mut strict) = (Edges::new(), Edges::new());
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let share = |role| dice(g.role(role), p.role(role));
            let content = share(Role::Content);
            // Among equal contents, the pair with the better source, then cue, wins.
            let weight = content + 1e-3 * share(Role::Source) + 1e-4 * share(Role::Cue);
            if content >= LENIENT {
                lenient.insert((i, j), weight);
            }
            if content >= STRICT {
                strict.insert((i, j), weight);
            }
        }
    }
    let (lenient, strict) = (assign(&lenient), assign(&strict));
    let source = |&(i, j): &(usize, usize)| source_match(&gold[i], &predicted[j]);
    let e2e_lenient: Vec<_> = lenient.iter().filter(|p| source(p).0).copied().collect();
    let e2e_strict: Vec<_> = strict.iter().filter(|p| source(p).1).copied().collect();

    let found = [&lenient, &strict, &e2e_lenient, &e2e_strict];
    for (measure, pairs) in Measure::ALL.into_iter().zip(found) {
        for group in Group::ALL {
            counts.attributions[group as usize][measure as usize].add(
                pairs.iter().filter(|&&(_, j)| group.holds(predicted[j].kind)).count() as f64,
                predicted.iter().filter(|p| group.holds(p.kind)).count(),
                pairs.iter().filter(|&&(i, _)| group.holds(gold[i].kind)).count() as f64,
                gold.iter().filter(|g| group.holds(g.kind)).count(),
            );
        }
    }
    for pair in &lenient {
        let (is_lenient, is_strict) = source(pair);
        for group in Group::ALL.into_iter().filter(|group| group.holds(gold[pair.0].kind)) {
            counts.sources[group as usize].add_pair(is_lenient, is_strict);
            if !gold[pair.0].has_no_source() {
                counts.sourced[group as usize].add_pair(is_lenient, is_strict);
            }
        }
    }
    counts.right = vec![false; predicted.len()];
    e2e_lenient.iter().for_each(|&(_, j)| counts.right[j] = true);
    counts.found_without_source = e2e_lenient.iter().filter(|&&(i, _)| gold[i].has_no_source()).count();
}

/// Whether the sources share a token, and whether they are the same but for determiners; two empty ones are both.
fn source_match(gold: &Attribution, predicted: &Attribution) -> (bool, bool) {
    match (gold.has_no_source(), predicted.has_no_source()) {
        (true, true) => (true, true),
        (true, false) => (false, false),
        (false, _) => (
            !gold.role(Role::Source).is_disjoint(predicted.role(Role::Source)),
            gold.bare_source == predicted.bare_source,
        ),
    }
}

/// Maximal runs of adjacent tokens, as first and last + 1.
fn runs(indices: &Indices) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &i in indices {
        match runs.last_mut() {
            Some((_, end)) if *end == i => *end += 1,
            _ => runs.push((i, i + 1)),
        }
    }
    runs
}

/// Twice the shared share of two token sets; 0 for two empty ones.
pub(crate) fn dice(a: &Indices, b: &Indices) -> f64 {
    match a.len() + b.len() {
        0 => 0.0,
        total => 2.0 * a.intersection(b).count() as f64 / total as f64,
    }
}

impl Tally {
    fn add(&mut self, right_predicted: f64, predicted: usize, right_gold: f64, gold: usize) {
        let added = Self { right_predicted, predicted: predicted as f64, right_gold, gold: gold as f64 };
        self.merge(&added);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.right_predicted += other.right_predicted;
        self.predicted += other.predicted;
        self.right_gold += other.right_gold;
        self.gold += other.gold;
    }
}

impl SourceTally {
    fn add_pair(&mut self, is_lenient: bool, is_strict: bool) {
        self.merge(&Self {
            pairs: 1.0,
            lenient: f64::from(u8::from(is_lenient)),
            strict: f64::from(u8::from(is_strict)),
        });
    }

    fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.lenient += other.lenient;
        self.strict += other.strict;
    }
}

impl Counts {
    /// Adds another document's counts.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.tokens += other.tokens;
        self.gold_without_source += other.gold_without_source;
        self.predicted_without_source += other.predicted_without_source;
        self.found_without_source += other.found_without_source;
        self.right.extend(&other.right);
        let tallies = [
            (&mut self.role_tokens, &other.role_tokens),
            (&mut self.role_exact, &other.role_exact),
            (&mut self.role_partial, &other.role_partial),
        ];
        for (mine, theirs) in tallies {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| a.merge(b));
        }
        for (mine, theirs) in self.attributions.iter_mut().zip(&other.attributions) {
            mine.iter_mut().zip(theirs).for_each(|(a, b)| a.merge(b));
        }
        self.sources.iter_mut().zip(&other.sources).for_each(|(a, b)| a.merge(b));
        self.sourced.iter_mut().zip(&other.sourced).for_each(|(a, b)| a.merge(b));
    }
}
