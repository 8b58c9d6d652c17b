//! A ledger without what is too unsure for its reader.

use super::Ledger;
use std::collections::HashMap;

impl Ledger {
    /// Leaves out statements below a confidence (0 to 1) and notes how many. What stood within one of them stands within the next outer
    /// one that stays. Sources stay, since statements may name them as targets or candidates.
    pub fn leave_out_below(&mut self, confidence: f64) {
        let outer: HashMap<String, (Option<String>, bool)> = self
            .statements
            .iter()
            .map(|one| (one.id.clone(), (one.inside.clone(), one.confidence >= confidence)))
            .collect();
        let all = self.statements.len();
        self.statements.retain(|one| one.confidence >= confidence);
        for one in &mut self.statements {
            while let Some(id) = one.inside.take() {
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
        let left_out = all - self.statements.len();
        if left_out > 0 {
            let what = if left_out == 1 { "1 statement" } else { &format!("{left_out} statements") };
            self.notes.push(format!("{what} with a confidence below {confidence} left out"));
        }
    }
}
