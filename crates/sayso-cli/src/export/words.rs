//! The record's terms in words for readers.

use super::view::View;
use sayso::ledger::{
    Certainty, Kind, Link, Mode, REPORTED_BY, Source, SourceKind, SourceStatus, Statement, Verdict,
};
use sayso::lexicon::Act;

/// What a statement does, negation included: "accuses", "disputes (negated cue)".
pub(crate) fn act(statement: &Statement) -> String {
    let does = match statement.act {
        Act::State => "states",
        Act::Announce => "announces",
        Act::Confirm => "confirms",
        Act::Admit => "admits",
        Act::Deny => "denies",
        Act::Dispute => "disputes",
        Act::Refuse => "refuses",
        Act::Decline => "declines",
        Act::Accuse => "accuses",
        Act::Condemn => "condemns",
        Act::CallFor => "calls for",
        Act::Demand => "demands",
        Act::Vow => "vows",
        Act::Warn => "warns",
        Act::Predict => "predicts",
        Act::Endorse => "endorses",
        Act::Ask => "asks",
        Act::Retract => "retracts",
    };
    match (statement.kind, statement.negated, statement.act) {
        // "does not believe that ...": a belief has no act of its own.
        (Kind::Thought, false, Act::State) => "thinks".to_owned(),
        (Kind::Thought, true, Act::State) => "does not think".to_owned(),
        // Declining is negative already.
        (_, false, _) | (_, true, Act::Decline) => does.to_owned(),
        // "does not accept the account" disputes: the act is what is done, and "does not dispute" would turn it round.
        (_, true, _) => format!("{does} (negated cue)"),
    }
}

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Speech => "speech",
        Kind::Thought => "thought",
    }
}

pub(crate) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Direct => "direct",
        Mode::Indirect => "indirect",
        Mode::Mixed => "mixed",
    }
}

pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
        Certainty::Unknown => "unknown",
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::Edited => "edited",
        Verdict::Rejected => "rejected",
    }
}

pub(super) fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "person",
        SourceKind::Group => "group",
        SourceKind::Organisation => "organisation",
        SourceKind::Government => "government",
        SourceKind::Document => "document",
        SourceKind::Unknown => "unknown",
    }
}

pub(super) fn status(status: SourceStatus) -> &'static str {
    match status {
        SourceStatus::Named => "named",
        SourceStatus::RoleOnly => "by role only",
        SourceStatus::Anonymous => "unnamed",
        SourceStatus::Collective => "collective",
    }
}

/// What a source is, in brief: "person", "person, unnamed".
pub(crate) fn about(source: &Source) -> String {
    match (source.kind, source.status) {
        (SourceKind::Unknown, SourceStatus::Named) => String::new(),
        (SourceKind::Unknown, other) => status(other).to_owned(),
        (kind, SourceStatus::Named) => source_kind(kind).to_owned(),
        (kind, other) => format!("{}, {}", source_kind(kind), status(other)),
    }
}

/// What reviewers said of a statement: "edited by Vera: speaker, act"; nothing if they said nothing.
pub(crate) fn review(statement: &Statement) -> Option<String> {
    let review = statement.review.as_ref()?;
    let verdict = match review.verdict {
        Verdict::Accepted => "accepted",
        Verdict::Edited => "edited",
        Verdict::Rejected => "rejected",
    };
    let fields =
        if review.fields.is_empty() { String::new() } else { format!(": {}", review.fields.join(", ")) };
    Some(format!("{verdict} by {}{fields}", review.by))
}

/// "1 statement", "3 statements"
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// What else is known of a statement.
pub(super) fn details<'l>(view: &View<'l>, record: &'l Statement) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    let mut add = |term, says: Option<String>| {
        if let Some(says) = says.filter(|says| !says.is_empty()) {
            details.push((term, says));
        }
    };
    add("with", Some(view.names(&record.co_speakers).join(", ")));
    add("about", record.target.as_ref().map(|target| target.name.clone()));
    add("to", record.addressee.clone());
    let via: Vec<&str> =
        record.via.setting.as_deref().into_iter().chain(record.via.outlet.as_deref()).collect();
    add("via", Some(via.join(", ")));
    let steps: Vec<&Link> = record.chain.iter().filter(|link| link.how != REPORTED_BY).collect();
    // one step is the outlet itself
    let steps = if steps.len() > 1 { steps.as_slice() } else { &[] };
    let chain: Vec<String> =
        steps.iter().map(|link| format!("{} → {} ({})", link.from, link.to, link.how)).collect();
    add("chain", Some(chain.join("; ")));
    add("reported by", Some(record.reporters_left_out().collect::<Vec<_>>().join(", ")));
    if record.speaker.is_none() {
        add("unknown", record.why_unknown.clone());
        add("perhaps", Some(view.names(&record.candidates).join(", ")));
    }
    details
}
