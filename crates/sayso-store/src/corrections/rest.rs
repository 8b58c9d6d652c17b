//! What a record says besides the fields that a person may change: kept as the reviewer saw it, so that a later reading does not change what
//! stands in the reviewer's name.

use super::cast::Cast;
use sayso::ledger::{Certainty, Kind, Link, Mode, Source, Statement, Via};
use serde::{Deserialize, Serialize};

/// Those parts of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rest {
    kind: Kind,
    mode: Mode,
    /// Who else speaks, by id and name.
    co_speakers: Vec<(String, String)>,
    addressee: Option<String>,
    via: Via,
    chain: Vec<Link>,
    certainty: Option<Certainty>,
}

impl Rest {
    pub(crate) fn of<'a>(one: &Statement, sources: impl Iterator<Item = &'a Source> + Clone) -> Self {
        let named = |id: &String| {
            let source = sources.clone().find(|source| source.id == *id);
            (id.clone(), source.map_or_else(String::new, |source| source.name.clone()))
        };
        Self {
            kind: one.kind,
            mode: one.mode,
            co_speakers: one.co_speakers.iter().map(named).collect(),
            addressee: one.addressee.clone(),
            via: one.via.clone(),
            chain: one.chain.clone(),
            certainty: one.certainty,
        }
    }

    /// What was read, with these parts as they were seen.
    ///
    /// # Errors
    /// Who of the other speakers is not in this reading.
    pub(crate) fn over(&self, read: &Statement, cast: &mut Cast) -> Result<Statement, String> {
        let co_speakers = self.co_speakers.iter().map(|(id, name)| Ok(cast.source(Some(id), name)?.0));
        Ok(Statement {
            kind: self.kind,
            mode: self.mode,
            co_speakers: co_speakers.collect::<Result<_, String>>()?,
            addressee: self.addressee.clone(),
            via: self.via.clone(),
            chain: self.chain.clone(),
            certainty: self.certainty,
            ..read.clone()
        })
    }
}

/// Names of the parts in which two records differ.
pub(crate) fn differing(one: &Statement, other: &Statement) -> Vec<&'static str> {
    let parts = [
        ("kind", one.kind == other.kind),
        ("mode", one.mode == other.mode),
        ("co_speakers", one.co_speakers == other.co_speakers),
        ("addressee", one.addressee == other.addressee),
        ("via", one.via == other.via),
        ("chain", one.chain == other.chain),
        ("certainty", one.certainty == other.certainty),
    ];
    parts.into_iter().filter(|(_, is_same)| !is_same).map(|(name, _)| name).collect()
}
