//! A ledger without what its reader did not ask for.

use super::{Ledger, Link, REPORTED_BY, Statement, Verdict};
use std::collections::{HashMap, HashSet};

impl Ledger {
    /// Leaves out statements below a confidence (0 to 1) and notes how many. What stood within one of them stands within the next outer
    /// one that stays. Sources stay, since statements may name them as targets or candidates.
    pub fn leave_out_below(&mut self, confidence: f64) {
        let left_out = self.retain(|one| one.confidence >= confidence);
        if left_out > 0 {
            let what = if left_out == 1 { "1 statement" } else { &format!("{left_out} statements") };
            self.notes.push(format!("{what} with a confidence below {confidence} left out"));
        }
    }

    /// Leaves out statements that a reviewer rejected and notes how many. Sources stay.
    pub fn leave_out_rejected(&mut self) {
        let left_out = self.retain(|one| !one.is_rejected());
        if left_out > 0 {
            let what = if left_out == 1 { "1 statement" } else { &format!("{left_out} statements") };
            self.notes.push(format!("{what} that a reviewer rejected left out"));
        }
    }

    /// Keeps the statements of these ids with the sources that they name, and notes how many were asked for. What stood within another one
    /// stands within the next outer one that stays.
    pub fn keep_only(&mut self, ids: &HashSet<String>) {
        let all = self.statements.len();
        let left_out = self.retain(|one| ids.contains(&one.id));
        if left_out > 0 {
            let kept = all - left_out;
            self.notes.push(format!(
                "{kept} of {all} statements, those that were asked for, with the sources that they name"
            ));
            let named: HashSet<&String> = self.statements.iter().flat_map(Statement::names).collect();
            self.sources.retain(|source| named.contains(&source.id));
        }
    }

    /// How many were left out. Who reported what stays, and is left out itself, stands in the chain of what stays.
    fn retain(&mut self, stays: impl Fn(&Statement) -> bool) -> usize {
        let mut left_out: HashMap<String, Outer> = HashMap::new();
        for one in self.statements.iter().filter(|one| !stays(one)) {
            let reports = one.chain.iter().filter(|link| link.how == REPORTED_BY).cloned().collect();
            left_out.insert(
                one.id.clone(),
                Outer { speaker: self.speaker_of(one), reports, inside: one.inside.clone() },
            );
        }
        let speakers: HashMap<String, String> = self
            .statements
            .iter()
            .filter(|one| one.inside.as_ref().is_some_and(|outer| left_out.contains_key(outer)) && stays(one))
            .map(|one| (one.id.clone(), self.speaker_of(one)))
            .collect();
        self.statements.retain(stays);
        for one in &mut self.statements {
            let Some(speaker) = speakers.get(&one.id) else { continue };
            let mut reports: Vec<Link> = Vec::new();
            let place = one.chain.iter().rposition(|link| link.how == REPORTED_BY).map_or(0, |at| at + 1);
            let mut from = one.chain[..place].last().map_or(speaker, |link| &link.to).clone();
            // a file may have a circle
            let mut passed: HashSet<String> = HashSet::new();
            while let Some(outer) = one.inside.as_ref().and_then(|id| left_out.get(id)) {
                if !one.inside.take().is_some_and(|id| passed.insert(id)) {
                    break;
                }
                reports.push(Link { from, to: outer.speaker.clone(), how: REPORTED_BY.to_owned() });
                reports.extend(outer.reports.iter().cloned());
                from = reports.last().map(|link| link.to.clone()).unwrap_or_default();
                one.inside.clone_from(&outer.inside);
            }
            one.chain.splice(place..place, reports);
        }
        let kept: HashSet<&String> = self.statements.iter().map(|one| &one.id).collect();
        let nowhere = |one: &Statement| one.inside.as_ref().is_some_and(|outer| !kept.contains(outer));
        let nowhere: Vec<usize> =
            (0..self.statements.len()).filter(|at| nowhere(&self.statements[*at])).collect();
        for at in nowhere {
            self.statements[at].inside = None;
        }
        left_out.len()
    }

    /// The name of whoever makes a statement, as a chain has it.
    fn speaker_of(&self, one: &Statement) -> String {
        let source = || self.sources.iter().find(|source| Some(&source.id) == one.speaker.as_ref());
        let name = one.speaker_name.clone().or_else(|| source().map(|source| source.name.clone()));
        name.unwrap_or_else(|| "an unknown speaker".to_owned())
    }
}

/// A statement that is left out, as what stood in it needs it.
struct Outer {
    speaker: String,
    reports: Vec<Link>,
    inside: Option<String>,
}

impl Statement {
    /// Whether the last word of reviewers is that it is none.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.verdict == Verdict::Rejected)
    }

    /// Who reported that it was said, as far as their own statements were left out: the nearest one first.
    pub fn reporters_left_out(&self) -> impl Iterator<Item = &str> {
        self.chain.iter().filter(|link| link.how == REPORTED_BY).map(|link| link.to.as_str())
    }

    /// The ids of all sources that it names: who speaks, perhaps, and whom it is about.
    fn names(&self) -> impl Iterator<Item = &String> {
        let about = self.target.iter().filter_map(|target| target.source.as_ref());
        self.speaker.iter().chain(&self.co_speakers).chain(&self.candidates).chain(about)
    }
}
