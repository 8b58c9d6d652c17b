//! The words of the notation: enums as they are written.

use super::super::record::ExcuseReason;
use sayso::ledger::{Certainty, Kind, Mode, SourceKind, SourceStatus};
use sayso::lexicon::Act;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value by its name in the schema.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// A value's name in the schema.
pub(super) fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// `condemn/accuse`.
pub(super) fn acts(field: &str) -> Result<(Act, Vec<Act>), String> {
    let mut acts = field.split('/').map(|act| named(act.trim()).ok_or_else(|| format!("no act: {act}")));
    let act = acts.next().ok_or("no act")??;
    Ok((act, acts.collect::<Result<_, _>>()?))
}

/// `person named`.
pub(super) fn kind_and_status(field: &str) -> Result<(SourceKind, SourceStatus), String> {
    let (kind, status) = field.split_once(' ').ok_or_else(|| format!("kind and status, not {field}"))?;
    Ok((
        named(kind).ok_or_else(|| format!("no kind of source: {kind}"))?,
        named(status.trim()).ok_or_else(|| format!("no status: {status}"))?,
    ))
}

/// Why marks belong to no statement.
pub(super) fn excuse(word: &str) -> Result<ExcuseReason, String> {
    named(word).ok_or_else(|| format!("no excuse: {word} (title, name, term, nickname, other)"))
}

/// What the flags say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flags {
    pub(super) mode: Mode,
    pub(super) kind: Kind,
    pub(super) certainty: Certainty,
    pub(super) negated: bool,
    pub(super) optional: bool,
}

/// `dsc`, `itlno`: mode, kind, certainty, then `n` negated, `o` optional.
pub(super) fn flags(field: &str) -> Result<Flags, String> {
    let wrong = || format!("flags are mode d i m, kind s t, certainty c l p u, then n, o; not {field}");
    let mut letters = field.chars();
    let mode = match letters.next() {
        Some('d') => Mode::Direct,
        Some('i') => Mode::Indirect,
        Some('m') => Mode::Mixed,
        _ => return Err(wrong()),
    };
    let kind = match letters.next() {
        Some('s') => Kind::Speech,
        Some('t') => Kind::Thought,
        _ => return Err(wrong()),
    };
    let certainty = match letters.next() {
        Some('c') => Certainty::Certain,
        Some('l') => Certainty::Probable,
        Some('p') => Certainty::Possible,
        Some('u') => Certainty::Unknown,
        _ => return Err(wrong()),
    };
    let mut flags = Flags { mode, kind, certainty, negated: false, optional: false };
    for letter in letters {
        match letter {
            'n' if !flags.negated => flags.negated = true,
            'o' if !flags.optional => flags.optional = true,
            _ => return Err(wrong()),
        }
    }
    Ok(flags)
}

impl Flags {
    pub(super) fn written(self) -> String {
        let mut written = String::new();
        written.push(match self.mode {
            Mode::Direct => 'd',
            Mode::Indirect => 'i',
            Mode::Mixed => 'm',
        });
        written.push(match self.kind {
            Kind::Speech => 's',
            Kind::Thought => 't',
        });
        written.push(match self.certainty {
            Certainty::Certain => 'c',
            Certainty::Probable => 'l',
            Certainty::Possible => 'p',
            Certainty::Unknown => 'u',
        });
        if self.negated {
            written.push('n');
        }
        if self.optional {
            written.push('o');
        }
        written
    }
}
