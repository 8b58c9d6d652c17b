//! The fields of a record that a person may change, and their values as the log keeps them.

use super::anchor::Shift;
use super::cast::Cast;
use super::places::Page;
use sayso::ledger::{Document, Mode, Pair, SaidOn, Spans, Statement, Target, Via};
use sayso::lexicon::Act;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A field of a record that a person may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Who speaks.
    Speaker,
    /// What the statement does.
    Act,
    /// Whether its cue is negated.
    Negated,
    /// The words that name the speaker.
    Source,
    /// The words that attribute.
    Cue,
    /// The words attributed.
    Content,
    /// The day.
    SaidOn,
    /// Whom it is about.
    Target,
}

/// What some fields hold, as JSON.
pub(crate) type Values = BTreeMap<Field, Value>;

/// Who speaks, by the source's id and, where another reading gave it another one, by name; or why nobody is known to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Voice {
    pub(crate) source: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) why_unknown: Option<String>,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Speaker,
        Self::Act,
        Self::Negated,
        Self::Source,
        Self::Cue,
        Self::Content,
        Self::SaidOn,
        Self::Target,
    ];

    /// As the record writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Act => "act",
            Self::Negated => "negated",
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
            Self::SaidOn => "said_on",
            Self::Target => "target",
        }
    }

    /// Whether two records hold the same in it.
    #[must_use]
    pub fn is_same(self, one: &Statement, other: &Statement) -> bool {
        match self {
            Self::Speaker => one.speaker == other.speaker,
            Self::Act => one.act == other.act,
            Self::Negated => one.negated == other.negated,
            Self::Source => one.spans.source == other.spans.source,
            Self::Cue => one.spans.cue == other.spans.cue,
            Self::Content => one.spans.content == other.spans.content,
            Self::SaidOn => edtf(one) == edtf(other),
            Self::Target => aim(one) == aim(other),
        }
    }

    /// What a record holds in it.
    pub(crate) fn value(self, one: &Statement) -> Value {
        match self {
            Self::Speaker => json!(Voice {
                source: one.speaker.clone(),
                name: one.speaker_name.clone(),
                why_unknown: one.why_unknown.clone(),
            }),
            Self::Act => json!(one.act),
            Self::Negated => json!(one.negated),
            Self::Source => json!(one.spans.source),
            Self::Cue => json!(one.spans.cue),
            Self::Content => json!(one.spans.content),
            Self::SaidOn => json!(one.said_on),
            Self::Target => json!(one.target),
        }
    }
}

fn edtf(one: &Statement) -> Option<&str> {
    one.said_on.as_ref().map(|said| said.edtf.as_str())
}

fn aim(one: &Statement) -> Option<(&str, Option<&str>)> {
    one.target.as_ref().map(|target| (target.name.as_str(), target.source.as_deref()))
}

/// The values of some fields of a record.
pub(crate) fn values(one: &Statement, fields: impl IntoIterator<Item = Field>) -> Values {
    fields.into_iter().map(|field| (field, field.value(one))).collect()
}

/// The places that some values point at.
pub(crate) fn places(values: &Values) -> Vec<Pair> {
    let place = |value: &Value| {
        let [start, end] = ["start", "end"].map(|side| value.get(side).and_then(Value::as_u64));
        Some([usize::try_from(start?).ok()?, usize::try_from(end?).ok()?])
    };
    let of = |(field, value): (&Field, &Value)| match field {
        Field::Source | Field::Cue | Field::Content => pairs(value),
        Field::SaidOn | Field::Target => place(value).into_iter().collect(),
        Field::Speaker | Field::Act | Field::Negated => Vec::new(),
    };
    values.iter().flat_map(of).collect()
}

/// The places that a value of spans points at.
pub(crate) fn pairs(value: &Value) -> Vec<Pair> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

/// The words of those values that are spans.
pub(crate) fn words_of(values: &Values, page: &Page) -> BTreeMap<Field, String> {
    let spans =
        values.iter().filter(|(field, _)| matches!(field, Field::Source | Field::Cue | Field::Content));
    spans.map(|(field, value)| (*field, page.words(&pairs(value)))).collect()
}

/// The same values in another text.
///
/// # Errors
/// Why they have no place there.
pub(crate) fn placed(values: &Values, shift: &Shift) -> Result<Values, String> {
    let place = |pair: Pair| {
        let gone = || "words that it chose do not stand in the text once any more".to_owned();
        shift.place(pair).ok_or_else(gone)
    };
    let of = |field: &Field, value: &Value| -> Result<Value, String> {
        match field {
            Field::Source | Field::Cue | Field::Content => {
                let pairs =
                    typed::<Vec<Pair>>(value)?.into_iter().map(place).collect::<Result<Vec<_>, _>>()?;
                Ok(json!(pairs))
            }
            Field::SaidOn => match typed::<Option<SaidOn>>(value)? {
                Some(said) => {
                    let [start, end] = place([said.start, said.end])?;
                    Ok(json!(SaidOn { start, end, ..said }))
                }
                None => Ok(Value::Null),
            },
            Field::Target => match typed::<Option<Target>>(value)? {
                Some(target) => {
                    let [start, end] = place([target.start, target.end])?;
                    Ok(json!(Target { start, end, ..target }))
                }
                None => Ok(Value::Null),
            },
            Field::Speaker | Field::Act | Field::Negated => Ok(value.clone()),
        }
    };
    values.iter().map(|(field, value)| Ok((*field, of(field, value)?))).collect()
}

/// The record as it was read with some values in it; what follows from them follows.
///
/// # Errors
/// Why they have no place in this reading of the article.
pub(crate) fn with(read: &Statement, values: &Values, cast: &mut Cast) -> Result<Statement, String> {
    let mut one = read.clone();
    for (field, value) in values {
        // who accepts sets what was read, from which nothing new follows
        if field.value(read) == *value {
            continue;
        }
        match field {
            Field::Speaker => voice(&mut one, &typed::<Voice>(value)?, cast)?,
            Field::Act => one.act = typed::<Act>(value)?,
            Field::Negated => one.negated = typed(value)?,
            Field::Source => one.spans.source = typed(value)?,
            Field::Cue => one.spans.cue = typed(value)?,
            Field::Content => one.spans.content = typed(value)?,
            Field::SaidOn => one.said_on = typed(value)?,
            Field::Target => {
                one.target = typed(value)?;
                if let Some(Target { name, source: Some(id), .. }) = &mut one.target {
                    *id = cast.source(Some(id), name)?.0;
                }
            }
        }
    }
    if one.spans != read.spans {
        words(&mut one, &read.spans.content, cast.document())?;
    }
    Ok(one)
}

/// Quote, verbatim parts and mode follow from the spans; `before` are those of the words that were read.
fn words(one: &mut Statement, before: &[Pair], document: &Document) -> Result<(), String> {
    let Spans { content, .. } = &one.spans;
    if content.is_empty() {
        return Err("a statement without words; expected some words of the article as its content".to_owned());
    }
    // words without marks are direct where the layout says so, as it did of the words that were read, in the same paragraphs: a turn, a block quote
    let blocks = document.blocks.iter().map(|block| [block.start, block.end]);
    let holds = |[start, end]: Pair, one: &Pair| start <= one[0] && one[1] <= end;
    let same: Vec<Pair> = blocks.filter(|block| before.iter().any(|read| holds(*block, read))).collect();
    let is_same = content.iter().all(|new| same.iter().any(|block| holds(*block, new)));
    let is_layout = one.mode == Mode::Direct && one.verbatim.is_empty() && is_same;
    let unmarked = if is_layout { Mode::Direct } else { Mode::Indirect };
    let wording = document.wording(&one.spans, unmarked).ok_or("its words lie outside the article")?;
    (one.quote, one.verbatim, one.mode) = (wording.quote, wording.verbatim, wording.mode);
    Ok(())
}

fn voice(one: &mut Statement, voice: &Voice, cast: &mut Cast) -> Result<(), String> {
    let before = one.speaker_name.take();
    let Some(name) = &voice.name else {
        one.speaker = None;
        one.why_unknown = Some(voice.why_unknown.clone().unwrap_or_else(|| UNKNOWN.to_owned()));
        one.co_speakers.clear();
        one.chain.clear();
        return Ok(());
    };
    let (id, name) = cast.source(voice.source.as_deref(), name)?;
    for link in one.chain.iter_mut().filter(|link| Some(&link.from) == before.as_ref()) {
        link.from.clone_from(&name);
    }
    one.co_speakers.retain(|other| *other != id);
    if one.speaker.as_ref() != Some(&id) {
        one.candidates.clear();
        // nobody tells themselves
        if one.via.outlet.as_ref() == Some(&name) {
            one.via = Via::default();
            one.chain.clear();
        }
    }
    (one.speaker, one.speaker_name, one.why_unknown) = (Some(id), Some(name), None);
    Ok(())
}

/// Why nobody is named where the reviewer gives no reason.
pub(crate) const UNKNOWN: &str = "the reviewer found nobody who can be named";

fn typed<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| format!("its log cannot be read ({error})"))
}
