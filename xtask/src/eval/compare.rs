//! An article's gold against its ledger: which statements were found, and which of their fields are right.

use super::gold::{GoldArticle, GoldStatement, slice};
use super::names;
use crate::score::{Edges, Punctuation, ScoredText, Spans, assign, dice};
use anyhow::Result;
use sayso::ledger::{Ledger, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// Content Dice from which a statement counts as found.
const FOUND: f64 = 0.5;

/// A field of a found statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Source,
    Speaker,
    Act,
    Kind,
    Mode,
    Negated,
    Inside,
}

impl Field {
    pub(crate) const ALL: [Self; 7] =
        [Self::Source, Self::Speaker, Self::Act, Self::Kind, Self::Mode, Self::Negated, Self::Inside];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Speaker => "speaker",
            Self::Act => "act",
            Self::Kind => "kind",
            Self::Mode => "mode",
            Self::Negated => "negated",
            Self::Inside => "inside",
        }
    }
}

/// What was made of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Right,
    Wrong,
    /// Left open where the gold knows it: no name, or a bare pronoun for one.
    Open,
    /// The guidelines do not decide it.
    NotAsked,
}

impl Outcome {
    fn of(is_right: bool) -> Self {
        if is_right { Self::Right } else { Self::Wrong }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Open => "open",
            Self::NotAsked => "",
        }
    }
}

/// A gold statement and the predicted one that has its words.
pub(crate) struct Pair {
    /// Index of the gold statement.
    pub(crate) gold: usize,
    /// Index of the predicted statement.
    pub(crate) predicted: usize,
    pub(crate) content_dice: f64,
    pub(crate) fields: BTreeMap<Field, Outcome>,
}

/// One article's comparison.
pub(crate) struct Comparison {
    /// One to one, gold statements that are asked for first.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) predicted: usize,
    /// Predicted statements with characters in crossheads, captions or page furniture.
    pub(crate) outside_running_text: usize,
    /// Predicted statements whose quote or verbatim parts differ from the characters that they point at.
    pub(crate) unequal_quotes: usize,
    /// Gold speakers whose found statements are under more than one source.
    pub(crate) split_speakers: Vec<String>,
}

impl Comparison {
    pub(crate) fn new(article: &GoldArticle, ledger: &Ledger) -> Result<Self> {
        let text = ScoredText::new(&article.text, Punctuation::Ignored);
        let gold = article
            .statements
            .iter()
            .map(|s| &s.spans)
            .map(|s| Ok((text.indices(&s.content)?, text.indices(&s.source)?)));
        let gold = gold.collect::<Result<Vec<_>>>()?;
        let predicted = ledger
            .statements
            .iter()
            .map(|s| Ok((text.indices(&s.spans.content)?, text.indices(&s.spans.source)?)));
        let predicted = predicted.collect::<Result<Vec<_>>>()?;

        let mut edges = Edges::new();
        for (i, (content, source)) in gold.iter().enumerate() {
            for (j, (p_content, p_source)) in predicted.iter().enumerate() {
                let share = dice(content, p_content);
                if share >= FOUND {
                    let asked_for = f64::from(u8::from(!article.statements[i].optional));
                    edges.insert((i, j), asked_for + share + 1e-3 * dice(source, p_source));
                }
            }
        }
        let mut pairs: Vec<Pair> = assign(&edges)
            .into_iter()
            .map(|(i, j)| {
                let same_source = if gold[i].1.is_empty() {
                    predicted[j].1.is_empty()
                } else {
                    !gold[i].1.is_disjoint(&predicted[j].1)
                };
                let fields = BTreeMap::from([(Field::Source, Outcome::of(same_source))]);
                Pair { gold: i, predicted: j, content_dice: dice(&gold[i].0, &predicted[j].0), fields }
            })
            .collect();
        let partner: BTreeMap<usize, usize> = pairs.iter().map(|p| (p.gold, p.predicted)).collect();
        for pair in &mut pairs {
            let statement = &article.statements[pair.gold];
            pair.fields.extend(fields(
                article,
                statement,
                &ledger.statements[pair.predicted],
                ledger,
                &partner,
            ));
        }
        Ok(Self {
            predicted: ledger.statements.len(),
            outside_running_text: ledger
                .statements
                .iter()
                .filter(|s| touches(s, &article.header.not_read))
                .count(),
            unequal_quotes: ledger.statements.iter().filter(|s| !quote_is_equal(&article.text, s)).count(),
            split_speakers: split_speakers(article, ledger, &pairs),
            pairs,
        })
    }

    /// Predictions to score against the gold that is asked for: all but those whose words are arguable ones.
    pub(crate) fn scored_predictions(&self, article: &GoldArticle, ledger: &Ledger) -> Vec<Spans> {
        let arguable: BTreeSet<usize> =
            self.pairs.iter().filter(|p| article.statements[p.gold].optional).map(|p| p.predicted).collect();
        let kept = ledger.statements.iter().enumerate().filter(|(j, _)| !arguable.contains(j));
        kept.map(|(_, s)| super::predict::spans(s)).collect()
    }

    /// Pairs whose gold is asked for.
    pub(crate) fn asked<'a>(&'a self, article: &'a GoldArticle) -> impl Iterator<Item = &'a Pair> {
        self.pairs.iter().filter(|p| !article.statements[p.gold].optional)
    }
}

fn fields(
    article: &GoldArticle,
    gold: &GoldStatement,
    predicted: &Statement,
    ledger: &Ledger,
    partner: &BTreeMap<usize, usize>,
) -> [(Field, Outcome); 6] {
    let inside = match gold.inside {
        None => Outcome::of(predicted.inside.is_none()),
        Some(n) => {
            let outer = article.statements.iter().position(|s| s.n == n).and_then(|i| partner.get(&i));
            match outer {
                None => Outcome::NotAsked,
                Some(&j) => Outcome::of(predicted.inside.as_ref() == Some(&ledger.statements[j].id)),
            }
        }
    };
    [
        (Field::Speaker, speaker(article, gold, predicted)),
        (Field::Act, Outcome::of(gold.accepts(predicted.act))),
        (Field::Kind, Outcome::of(gold.kind == predicted.kind)),
        (Field::Mode, gold.mode.map_or(Outcome::NotAsked, |mode| Outcome::of(mode == predicted.mode))),
        (Field::Negated, Outcome::of(gold.negated == predicted.negated)),
        (Field::Inside, inside),
    ]
}

fn speaker(article: &GoldArticle, gold: &GoldStatement, predicted: &Statement) -> Outcome {
    let name = predicted.speaker_name.as_deref().filter(|name| !names::is_pronoun(name));
    match (gold.speaker.as_deref(), name) {
        (None, name) => Outcome::of(name.is_none()),
        (Some(_), None) => Outcome::Open,
        (Some(speaker), Some(name)) => Outcome::of(article.is_called(speaker, name)),
    }
}

fn touches(statement: &Statement, not_read: &[[usize; 2]]) -> bool {
    let spans = &statement.spans;
    let mut all = spans.source.iter().chain(&spans.cue).chain(&spans.content);
    all.any(|[start, end]| not_read.iter().any(|[from, to]| start < to && from < end))
}

fn quote_is_equal(text: &str, statement: &Statement) -> bool {
    let words = |spans: &[[usize; 2]]| spans.iter().map(|&s| slice(text, s)).collect::<Option<Vec<_>>>();
    words(&statement.spans.content).is_some_and(|w| w.join(" ") == statement.quote)
        && words(&statement.verbatim).is_some_and(|w| w.iter().all(|part| statement.quote.contains(part)))
}

fn split_speakers(article: &GoldArticle, ledger: &Ledger, pairs: &[Pair]) -> Vec<String> {
    let mut sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| p.fields.get(&Field::Speaker) == Some(&Outcome::Right)) {
        let speaker = article.statements[pair.gold].speaker.as_deref();
        if let (Some(name), Some(id)) = (speaker, ledger.statements[pair.predicted].speaker.as_deref()) {
            sources.entry(name).or_default().insert(id);
        }
    }
    sources.into_iter().filter(|(_, ids)| ids.len() > 1).map(|(name, _)| name.to_owned()).collect()
}
