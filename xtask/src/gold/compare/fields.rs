//! The fields of two statements that have the same words.

use super::{Other, names};
use crate::gold::edtf;
use crate::gold::page::Page;
use crate::gold::record::{Annotation, Link, Source, Statement};
use std::collections::BTreeMap;

/// A field of a found statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Source,
    Speaker,
    CoSpeakers,
    SpeakerKind,
    Status,
    Roles,
    Act,
    Kind,
    Mode,
    Negated,
    Certainty,
    Inside,
    Target,
    Addressee,
    Outlet,
    Setting,
    Chain,
    SaidOn,
}

impl Field {
    pub(crate) const ALL: [Self; 18] = [
        Self::Source,
        Self::Speaker,
        Self::CoSpeakers,
        Self::SpeakerKind,
        Self::Status,
        Self::Roles,
        Self::Act,
        Self::Kind,
        Self::Mode,
        Self::Negated,
        Self::Certainty,
        Self::Inside,
        Self::Target,
        Self::Addressee,
        Self::Outlet,
        Self::Setting,
        Self::Chain,
        Self::SaidOn,
    ];

    /// Those that hold one label of a closed set.
    pub(crate) const LABELS: [Self; 2] = [Self::Act, Self::Certainty];

    /// Those with a score of their own in the record.
    pub(crate) const SCORED: [Self; 2] = [Self::Speaker, Self::Act];

    /// The label of a field of [`Self::LABELS`], as the record writes it.
    pub(crate) fn label(self, statement: &Statement) -> Option<String> {
        match self {
            Self::Act => Some(statement.act.name().to_owned()),
            Self::Certainty => Some(serde_json::to_value(statement.certainty?).ok()?.as_str()?.to_owned()),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Speaker => "speaker",
            Self::CoSpeakers => "co_speakers",
            Self::SpeakerKind => "speaker_kind",
            Self::Status => "status",
            Self::Roles => "roles",
            Self::Act => "act",
            Self::Kind => "kind",
            Self::Mode => "mode",
            Self::Negated => "negated",
            Self::Certainty => "certainty",
            Self::Inside => "inside",
            Self::Target => "target",
            Self::Addressee => "addressee",
            Self::Outlet => "outlet",
            Self::Setting => "setting",
            Self::Chain => "chain",
            Self::SaidOn => "said_on",
        }
    }

    /// Whether statements without the field are common, so that leaving it out is a judgement of its own.
    pub(crate) fn may_be_empty(self) -> bool {
        match self {
            Self::Source
            | Self::Speaker
            | Self::SpeakerKind
            | Self::Status
            | Self::Act
            | Self::Kind
            | Self::Mode
            | Self::Negated
            | Self::Certainty => false,
            Self::CoSpeakers
            | Self::Roles
            | Self::Inside
            | Self::Target
            | Self::Addressee
            | Self::Outlet
            | Self::Setting
            | Self::Chain
            | Self::SaidOn => true,
        }
    }

    /// Whether a statement of the gold has the field.
    pub(crate) fn has_value(self, gold: &Annotation, statement: &Statement) -> bool {
        match self {
            Self::Source => !statement.source.is_empty(),
            Self::Speaker | Self::SpeakerKind | Self::Status => statement.speaker.is_some(),
            Self::CoSpeakers => !statement.co_speakers.is_empty(),
            Self::Roles => gold.speaker(statement).is_some_and(|source| !source.roles.is_empty()),
            Self::Act | Self::Kind | Self::Mode | Self::Negated => true,
            Self::Certainty => statement.certainty.is_some(),
            Self::Inside => statement.inside.is_some(),
            Self::Target => statement.target.is_some(),
            Self::Addressee => statement.addressee.is_some(),
            Self::Outlet => statement.outlet.is_some(),
            Self::Setting => statement.setting.is_some(),
            Self::Chain => !statement.chain.is_empty(),
            Self::SaidOn => statement.said_on.is_some(),
        }
    }
}

/// What was made of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Right,
    /// Rightly left out.
    Empty,
    Wrong,
    /// Left open where the gold knows it: no name, a bare pronoun or a description for one.
    Open,
    /// It cannot be said: the outer statement was not found, the gold does not decide it, nobody speaks.
    NotAsked,
}

impl Outcome {
    pub(crate) fn of(is_right: bool) -> Self {
        if is_right { Self::Right } else { Self::Wrong }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Empty => "empty",
            Self::Wrong => "wrong",
            Self::Open => "open",
            Self::NotAsked => "",
        }
    }
}

/// Both annotations, and which statement of the one has the words of which of the other.
pub(super) struct Sides<'a> {
    pub(super) page: &'a Page,
    pub(super) gold: &'a Annotation,
    pub(super) other: &'a Annotation,
    pub(super) whose: Other,
    pub(super) partner: &'a BTreeMap<usize, usize>,
}

impl Sides<'_> {
    /// Every field but the source's words.
    pub(super) fn outcomes(&self, gold: &Statement, other: &Statement) -> BTreeMap<Field, Outcome> {
        let fields = Field::ALL.into_iter().filter(|field| *field != Field::Source);
        fields.map(|field| (field, self.outcome(field, gold, other))).collect()
    }

    fn outcome(&self, field: Field, gold: &Statement, other: &Statement) -> Outcome {
        match field {
            Field::Source => Outcome::NotAsked,
            Field::Speaker => self.speaker(gold, other),
            Field::CoSpeakers => self.co_speakers(gold, other),
            Field::SpeakerKind => self.of_speaker(gold, other, |a, b| a.kind == b.kind),
            Field::Status => self.of_speaker(gold, other, |a, b| a.status == b.status),
            Field::Roles => self.roles(gold, other),
            Field::Act => Outcome::of(
                gold.act == other.act
                    || gold.or_acts.contains(&other.act)
                    || self.whose == Other::Person && other.or_acts.contains(&gold.act),
            ),
            Field::Kind => Outcome::of(gold.kind == other.kind),
            Field::Mode => Outcome::of(gold.mode == other.mode),
            Field::Negated => Outcome::of(gold.negated == other.negated),
            Field::Certainty => match (gold.certainty, other.certainty) {
                (None, _) => Outcome::NotAsked,
                (Some(_), None) => Outcome::Open,
                (a, b) => Outcome::of(a == b),
            },
            Field::Inside => self.inside(gold, other),
            Field::Target => self.target(gold, other),
            Field::Addressee => {
                valued(gold.addressee.as_ref(), other.addressee.as_ref(), |a, b| names::same(a, b))
            }
            Field::Outlet => valued(gold.outlet.as_ref(), other.outlet.as_ref(), |a, b| names::same(a, b)),
            Field::Setting => valued(gold.setting.as_ref(), other.setting.as_ref(), |a, b| {
                a.to_lowercase() == b.to_lowercase()
            }),
            Field::Chain => self.chain(gold, other),
            Field::SaidOn => valued(gold.said_on.as_ref(), other.said_on.as_ref(), |a, b| {
                edtf::range(&a.edtf) == edtf::range(&b.edtf)
            }),
        }
    }

    fn speaker(&self, gold: &Statement, other: &Statement) -> Outcome {
        let speaker = self.gold.speaker(gold);
        let named = self.other.speaker(other).filter(|source| !names::is_pronoun(&source.name));
        match (speaker, named) {
            (None, named) => Outcome::of(named.is_none()),
            (Some(_), None) => Outcome::Open,
            (Some(speaker), Some(named)) if self.is_same(speaker, named) => Outcome::Right,
            // "the group" for Red Slope: not named, but nobody else either.
            (Some(speaker), Some(named)) if self.is_described(speaker, &named.name) => Outcome::Open,
            (Some(_), Some(_)) => Outcome::Wrong,
        }
    }

    /// Whether a name is what the article calls a source somewhere.
    fn is_described(&self, source: &Source, name: &str) -> bool {
        source.mentions.iter().any(|&mention| names::same(&self.page.words(mention), name))
    }

    fn is_same(&self, gold: &Source, other: &Source) -> bool {
        gold.names().any(|name| names::same(name, &other.name))
            || self.whose == Other::Person && other.names().any(|name| names::same(name, &gold.name))
    }

    fn co_speakers(&self, gold: &Statement, other: &Statement) -> Outcome {
        let sources = |all: &'_ Annotation, keys: &[String]| -> Vec<Source> {
            keys.iter().filter_map(|key| all.source(key).cloned()).collect()
        };
        let (golds, others) =
            (sources(self.gold, &gold.co_speakers), sources(self.other, &other.co_speakers));
        match (golds.is_empty(), others.is_empty()) {
            (true, true) => Outcome::Empty,
            (false, true) => Outcome::Open,
            _ => Outcome::of(
                golds.len() == others.len()
                    && golds.iter().all(|a| others.iter().any(|b| self.is_same(a, b))),
            ),
        }
    }

    fn of_speaker(&self, gold: &Statement, other: &Statement, same: fn(&Source, &Source) -> bool) -> Outcome {
        match (self.gold.speaker(gold), self.other.speaker(other)) {
            (None, _) => Outcome::NotAsked,
            (Some(_), None) => Outcome::Open,
            (Some(a), Some(b)) => Outcome::of(same(a, b)),
        }
    }

    /// One of the gold's roles is found.
    fn roles(&self, gold: &Statement, other: &Statement) -> Outcome {
        let Some(speaker) = self.gold.speaker(gold) else { return Outcome::NotAsked };
        let others = self.other.speaker(other).map_or(&[][..], |source| &source.roles);
        match (speaker.roles.is_empty(), others.is_empty()) {
            (true, true) => Outcome::Empty,
            (false, true) => Outcome::Open,
            _ => Outcome::of(speaker.roles.iter().any(|a| others.iter().any(|b| a[0] < b[1] && b[0] < a[1]))),
        }
    }

    fn inside(&self, gold: &Statement, other: &Statement) -> Outcome {
        let Some(n) = gold.inside else {
            return if other.inside.is_none() { Outcome::Empty } else { Outcome::Wrong };
        };
        let outer = self.gold.statements.iter().position(|s| s.n == n).and_then(|i| self.partner.get(&i));
        match (outer, other.inside) {
            (None, _) => Outcome::NotAsked,
            (Some(_), None) => Outcome::Open,
            (Some(&j), Some(n)) => Outcome::of(self.other.statements[j].n == n),
        }
    }

    /// The names agree, or the words that name the target do, or both are the same source.
    fn target(&self, gold: &Statement, other: &Statement) -> Outcome {
        valued(gold.target.as_ref(), other.target.as_ref(), |a, b| {
            let of =
                |all: &Annotation, key: &Option<String>| key.as_ref().and_then(|k| all.source(k).cloned());
            let (known, named) = (of(self.gold, &a.source), of(self.other, &b.source));
            let same_source = known.as_ref().zip(named.as_ref()).is_some_and(|(a, b)| self.is_same(a, b));
            let called = known.is_some_and(|source| source.names().any(|name| names::same(name, &b.name)));
            let same_words = a.at.zip(b.at).is_some_and(|(x, y)| {
                let shared = x[1].min(y[1]).saturating_sub(x[0].max(y[0]));
                2 * shared >= (x[1] - x[0]).max(y[1] - y[0])
            });
            same_source || called || same_words || names::same(&a.name, &b.name)
        })
    }

    /// The same stations in the same order.
    fn chain(&self, gold: &Statement, other: &Statement) -> Outcome {
        let stations = |links: &[Link]| links.iter().map(|link| link.to.clone()).collect::<Vec<_>>();
        let (a, b) = (stations(&gold.chain), stations(&other.chain));
        match (a.is_empty(), b.is_empty()) {
            (true, true) => Outcome::Empty,
            (false, true) => Outcome::Open,
            // One step is what the outlet says already.
            (true, false) if b.len() == 1 => Outcome::Empty,
            _ => Outcome::of(a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| names::same(a, b))),
        }
    }
}

fn valued<T>(gold: Option<&T>, other: Option<&T>, same: impl Fn(&T, &T) -> bool) -> Outcome {
    match (gold, other) {
        (None, None) => Outcome::Empty,
        (None, Some(_)) => Outcome::Wrong,
        (Some(_), None) => Outcome::Open,
        (Some(a), Some(b)) => Outcome::of(same(a, b)),
    }
}

/// A field's value in words, for whoever looks into a difference.
pub(crate) fn value(field: Field, all: &Annotation, statement: &Statement) -> String {
    let speaker = all.speaker(statement);
    match field {
        Field::Source => format!("{:?}", statement.source),
        Field::Speaker => format!("{:?}", speaker.map(|s| &s.name)),
        Field::CoSpeakers => {
            let names = statement.co_speakers.iter().filter_map(|key| all.source(key));
            format!("{:?}", names.map(|s| &s.name).collect::<Vec<_>>())
        }
        Field::SpeakerKind => format!("{:?}", speaker.map(|s| s.kind)),
        Field::Status => format!("{:?}", speaker.map(|s| s.status)),
        Field::Roles => format!("{:?}", speaker.map(|s| &s.roles)),
        Field::Act => format!("{:?} {:?}", statement.act, statement.or_acts),
        Field::Kind => format!("{:?}", statement.kind),
        Field::Mode => format!("{:?}", statement.mode),
        Field::Negated => format!("{:?}", statement.negated),
        Field::Certainty => format!("{:?}", statement.certainty),
        Field::Inside => format!("{:?}", statement.inside),
        Field::Target => format!("{:?}", statement.target.as_ref().map(|t| &t.name)),
        Field::Addressee => format!("{:?}", statement.addressee),
        Field::Outlet => format!("{:?}", statement.outlet),
        Field::Setting => format!("{:?}", statement.setting),
        Field::Chain => format!("{:?}", statement.chain),
        Field::SaidOn => format!("{:?}", statement.said_on.as_ref().map(|on| &on.edtf)),
    }
}
