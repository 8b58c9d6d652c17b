//! Two annotations of one article: which statements are in both, and which of their fields agree.
//!
//! One is the gold; the other is a second reader's, or what the program printed.

mod fields;
pub(crate) mod names;

pub(crate) use fields::{Field, Outcome, value};

use super::page::Page;
use super::record::{Annotation, Pair as SpanPair, Statement};
use crate::score::{Edges, Punctuation, ScoredText, Spans, assign, dice};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Content Dice from which a statement counts as found.
const FOUND: f64 = 0.5;

/// Whose the other annotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// What it leaves arguable is arguable, and either reader's name for a speaker may be the fuller one.
    Person,
    /// The names of the gold count.
    Program,
}

/// A gold statement and the other's that has its words.
pub(crate) struct Pair {
    /// Index of the gold statement.
    pub(crate) gold: usize,
    /// Index of the other's statement.
    pub(crate) other: usize,
    pub(crate) content_dice: f64,
    pub(crate) fields: BTreeMap<Field, Outcome>,
}

/// One article's comparison.
pub(crate) struct Comparison {
    /// One to one, gold statements that are asked for first.
    pub(crate) pairs: Vec<Pair>,
    /// Statements of the other annotation.
    pub(crate) others: usize,
    /// The other's statements with characters in crossheads, captions or page furniture.
    pub(crate) outside_running_text: usize,
    /// Gold speakers whose found statements are under more than one source.
    pub(crate) split_speakers: Vec<String>,
    /// Mentions of the speakers.
    pub(crate) mentions: Mentions,
}

/// Mentions of sources that speak in both annotations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mentions {
    pub(crate) gold: usize,
    pub(crate) other: usize,
    pub(crate) shared: usize,
}

impl Comparison {
    pub(crate) fn new(text: &str, gold: &Annotation, other: &Annotation, whose: Other) -> Result<Self> {
        let scored = ScoredText::new(text, Punctuation::Ignored);
        let words = |statements: &[Statement]| {
            let words =
                statements.iter().map(|s| Ok((scored.indices(&s.content)?, scored.indices(&s.source)?)));
            words.collect::<Result<Vec<_>>>()
        };
        let (golds, others) = (words(&gold.statements)?, words(&other.statements)?);
        let mut edges = Edges::new();
        for (i, (content, source)) in golds.iter().enumerate() {
            for (j, (other_content, other_source)) in others.iter().enumerate() {
                let share = dice(content, other_content);
                if share >= FOUND {
                    let asked_for = f64::from(u8::from(!gold.statements[i].optional));
                    edges.insert((i, j), asked_for + share + 1e-3 * dice(source, other_source));
                }
            }
        }
        let matched = assign(&edges);
        let partner: BTreeMap<usize, usize> = matched.iter().copied().collect();
        let page = Page::new(text);
        let sides = fields::Sides { page: &page, gold, other, whose, partner: &partner };
        let pairs: Vec<Pair> = matched
            .iter()
            .map(|&(i, j)| {
                let same_source = if golds[i].1.is_empty() {
                    others[j].1.is_empty()
                } else {
                    !golds[i].1.is_disjoint(&others[j].1)
                };
                let mut fields = sides.outcomes(&gold.statements[i], &other.statements[j]);
                fields.insert(Field::Source, Outcome::of(same_source));
                Pair { gold: i, other: j, content_dice: dice(&golds[i].0, &others[j].0), fields }
            })
            .collect();
        Ok(Self {
            others: other.statements.len(),
            outside_running_text: other
                .statements
                .iter()
                .filter(|s| touches(s, &gold.header.not_read))
                .count(),
            split_speakers: split_speakers(gold, other, &pairs),
            mentions: mentions(gold, other, &pairs),
            pairs,
        })
    }

    /// The gold's statements to score: those that are asked for.
    pub(crate) fn asked_spans(gold: &Annotation) -> Vec<Spans> {
        gold.statements.iter().filter(|s| !s.optional).map(spans).collect()
    }

    /// The other's statements to score, by index: all but those whose words the gold, or a second reader, holds arguable.
    pub(crate) fn scored(&self, gold: &Annotation, other: &Annotation, whose: Other) -> Vec<usize> {
        let partner: BTreeMap<usize, &Statement> =
            self.pairs.iter().map(|p| (p.other, &gold.statements[p.gold])).collect();
        let is_scored = |j: usize, s: &Statement| match partner.get(&j) {
            Some(gold) => !gold.optional,
            None => whose == Other::Program || !s.optional,
        };
        let scored = other.statements.iter().enumerate().filter(|&(j, s)| is_scored(j, s));
        scored.map(|(j, _)| j).collect()
    }

    /// Pairs whose gold is asked for.
    pub(crate) fn asked<'a>(&'a self, gold: &'a Annotation) -> impl Iterator<Item = &'a Pair> {
        self.pairs.iter().filter(|p| !gold.statements[p.gold].optional)
    }
}

/// A statement's spans as the scorer takes them.
pub(crate) fn spans(statement: &Statement) -> Spans {
    Spans { source: statement.source.clone(), cue: statement.cue.clone(), content: statement.content.clone() }
}

fn touches(statement: &Statement, not_read: &[SpanPair]) -> bool {
    let mut all = statement.source.iter().chain(&statement.cue).chain(&statement.content);
    all.any(|[start, end]| not_read.iter().any(|[from, to]| start < to && from < end))
}

fn split_speakers(gold: &Annotation, other: &Annotation, pairs: &[Pair]) -> Vec<String> {
    let mut sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| p.fields.get(&Field::Speaker) == Some(&Outcome::Right)) {
        let speaker = gold.speaker(&gold.statements[pair.gold]);
        if let (Some(speaker), Some(key)) = (speaker, other.statements[pair.other].speaker.as_deref()) {
            sources.entry(&speaker.name).or_default().insert(key);
        }
    }
    sources.into_iter().filter(|(_, keys)| keys.len() > 1).map(|(name, _)| name.to_owned()).collect()
}

/// Mentions of the speakers that both have; one is shared if it lies in one of the other's, or the other way round.
fn mentions(gold: &Annotation, other: &Annotation, pairs: &[Pair]) -> Mentions {
    let mut together: BTreeSet<(&str, &str)> = BTreeSet::new();
    for pair in pairs.iter().filter(|p| p.fields.get(&Field::Speaker) == Some(&Outcome::Right)) {
        let keys = (&gold.statements[pair.gold].speaker, &other.statements[pair.other].speaker);
        if let (Some(a), Some(b)) = keys {
            together.insert((a, b));
        }
    }
    let mut counts = Mentions::default();
    for (a, b) in together {
        let (Some(a), Some(b)) = (gold.source(a), other.source(b)) else { continue };
        let shared = |x: &&SpanPair, others: &[SpanPair]| {
            others.iter().any(|y| (x[0] <= y[0] && y[1] <= x[1]) || (y[0] <= x[0] && x[1] <= y[1]))
        };
        counts.gold += a.mentions.len();
        counts.other += b.mentions.len();
        counts.shared += a.mentions.iter().filter(|m| shared(m, &b.mentions)).count();
    }
    counts
}
