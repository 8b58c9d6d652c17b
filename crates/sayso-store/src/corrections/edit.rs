//! What a person wants changed, as they typed it, and as values of fields.

use super::cast::Cast;
use super::field::{Field, UNKNOWN, Values, Voice};
use super::places::{Page, touch};
use crate::days;
use sayso::ledger::{Pair, SaidOn, Statement, Target};
use sayso::lexicon::Act;
use serde_json::json;

/// What is to be changed; what is not given stays. Words are those of the article, `@START-END` code points of it, and ` // ` stands between
/// words that are not in one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// What the statement does.
    pub act: Option<Act>,
    /// Whether its cue is negated.
    pub negated: Option<bool>,
    /// The words that name the speaker; none for `none`.
    pub source: Option<String>,
    /// The words that attribute; none for `none`.
    pub cue: Option<String>,
    /// The words attributed.
    pub content: Option<String>,
    /// The day of the saying.
    pub said_on: Option<Day>,
    /// Whom it is about: a source by name or id, a name that stands in the article; nobody for `none`.
    pub target: Option<String>,
}

/// Who a person says speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// A source by name or id, or a name that stands in the article.
    Named(String),
    /// Nobody who can be named, and why.
    Unknown(Option<String>),
}

/// When a person says it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// A date in EDTF, and the words that say so, where some do.
    On(String, Option<String>),
    /// Nothing says when.
    Unknown,
}

/// What stands for no words and nobody.
pub(crate) const NONE: &str = "none";

impl Edit {
    /// The values that fields are to have.
    ///
    /// # Errors
    /// Which value is wrong, and what was expected.
    pub(crate) fn values(&self, one: &Statement, page: &Page, cast: &mut Cast) -> Result<Values, String> {
        let mut values = Values::new();
        let near: Vec<Pair> =
            [&one.spans.source, &one.spans.cue, &one.spans.content].into_iter().flatten().copied().collect();
        for (field, typed, before) in [
            (Field::Source, &self.source, &one.spans.source),
            (Field::Cue, &self.cue, &one.spans.cue),
            (Field::Content, &self.content, &one.spans.content),
        ] {
            let Some(typed) = typed else { continue };
            let found = if typed.trim() == NONE && field != Field::Content {
                Vec::new()
            } else {
                page.places(typed, &near, before).map_err(|why| format!("{}: {why}", field.name()))?
            };
            values.insert(field, json!(found));
        }
        if let Some(speaker) = &self.speaker {
            let voice = match speaker {
                Speaker::Unknown(why) => {
                    let why_unknown = Some(why.clone().unwrap_or_else(|| UNKNOWN.to_owned()));
                    Voice { source: None, name: None, why_unknown }
                }
                Speaker::Named(name) => {
                    let (id, name) = cast.source(None, name).map_err(|why| format!("speaker: {why}"))?;
                    Voice { source: Some(id), name: Some(name), why_unknown: None }
                }
            };
            values.insert(Field::Speaker, json!(voice));
        }
        if let Some(act) = self.act {
            values.insert(Field::Act, json!(act));
        }
        if let Some(negated) = self.negated {
            values.insert(Field::Negated, json!(negated));
        }
        if let Some(day) = &self.said_on {
            values.insert(Field::SaidOn, json!(said_on(day, one, page, &near)?));
        }
        if let Some(target) = &self.target {
            let act = self.act.unwrap_or(one.act);
            values.insert(Field::Target, json!(aim(target, act, one, page, cast)?));
        }
        if values.is_empty() {
            return Err("nothing is to be changed; expected a field".to_owned());
        }
        Ok(values)
    }
}

/// The day with the words that say so: those given, else those that said so before, else the statement's own.
fn said_on(day: &Day, one: &Statement, page: &Page, near: &[Pair]) -> Result<Option<SaidOn>, String> {
    let (edtf, words) = match day {
        Day::Unknown => return Ok(None),
        Day::On(edtf, words) => (edtf.trim(), words),
    };
    if days::bounds(edtf).is_none_or(|[first, last]| first > last) {
        return Err(format!("said_on: {edtf:?} is not a date; expected EDTF: 2021, 2021-11, 2021-11-09"));
    }
    let before = one.said_on.as_ref().map(|said| [said.start, said.end]);
    let place = match words {
        Some(words) => {
            let found = page.places(words, near, before.as_slice());
            found.map_err(|why| format!("said_on: {why}"))?.first().copied()
        }
        None => before,
    };
    let own = || one.spans.cue.first().or(one.spans.content.first()).copied();
    let [start, end] = place.or_else(own).ok_or("said_on: a statement without words has no day")?;
    Ok(Some(SaidOn { edtf: edtf.to_owned(), from: "reviewer".to_owned(), start, end }))
}

/// Whom it is about: a source, at its mention nearest to the words, or a name that stands in the article.
fn aim(
    name: &str,
    act: Act,
    one: &Statement,
    page: &Page,
    cast: &mut Cast,
) -> Result<Option<Target>, String> {
    let name = name.trim();
    if name == NONE {
        return Ok(None);
    }
    if !act.has_target() {
        let takes: Vec<&str> = Act::ALL.into_iter().filter(|act| act.has_target()).map(Act::name).collect();
        return Err(format!(
            "target: {} is done to nobody; expected an act that is: {}",
            act.name(),
            takes.join(", ")
        ));
    }
    let content = one.spans.content.first().copied().unwrap_or_default();
    let nearest = |places: &[Pair]| {
        let distance = |place: &Pair| {
            if one.spans.content.iter().any(|span| touch(*span, *place)) {
                return 0;
            }
            place[0].abs_diff(content[0])
        };
        places.iter().copied().min_by_key(distance)
    };
    let read = cast.sources().len();
    let (id, name) = cast.source(None, name).map_err(|why| format!("target: {why}"))?;
    let is_made = cast.sources().len() > read;
    let source = cast.sources().iter().find(|source| source.id == id);
    let mentions = source.map(|source| source.mentions.clone()).unwrap_or_default();
    // a target that never speaks is no source
    cast.truncate(read);
    let place = nearest(&mentions).or_else(|| nearest(&page.mentions(&name)));
    let [start, end] = place.unwrap_or(content);
    let name = if is_made { page.slice([start, end]) } else { name };
    Ok(Some(Target { name, source: (!is_made).then_some(id), start, end }))
}
