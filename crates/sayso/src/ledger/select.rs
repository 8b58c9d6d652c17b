//! A ledger without what its reader did not ask for.

use super::{Ledger, Statement, Verdict};
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
        let is_rejected =
            |one: &Statement| one.review.as_ref().is_some_and(|review| review.verdict == Verdict::Rejected);
        let left_out = self.retain(|one| !is_rejected(one));
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

    /// How many were left out.
    fn retain(&mut self, stays: impl Fn(&Statement) -> bool) -> usize {
        let outer: HashMap<String, (Option<String>, bool)> =
            self.statements.iter().map(|one| (one.id.clone(), (one.inside.clone(), stays(one)))).collect();
        let all = self.statements.len();
        self.statements.retain(stays);
        for one in &mut self.statements {
            // a circle has no more steps than there are statements
            for _ in 0..=all {
                let Some(id) = one.inside.take() else { break };
                match outer.get(&id) {
                    Some((_, true)) => {
                        one.inside = Some(id);
                        break;
                    }
                    Some((further, false)) => one.inside.clone_from(further),
                    None => {}
                }
            }
        }
        all - self.statements.len()
    }
}

impl Statement {
    /// The ids of all sources that it names: who speaks, perhaps, and whom it is about.
    fn names(&self) -> impl Iterator<Item = &String> {
        let about = self.target.iter().filter_map(|target| target.source.as_ref());
        self.speaker.iter().chain(&self.co_speakers).chain(&self.candidates).chain(about)
    }
}
