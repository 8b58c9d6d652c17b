//! Mends what a finder found: boundaries first, then what is found twice, then quotations that nobody claimed, then order.

mod nesting;
mod roles;
mod spans;
mod twice;
mod unclaimed;

use super::reading::Reading;
use crate::attribution::Attribution;
use crate::text::Span;

/// Attributions whose places in the list stay while some are dropped.
struct Work {
    list: Vec<Attribution>,
    /// For each one what became of it: itself, or the one that it was merged into.
    kept_as: Vec<usize>,
}

pub(super) fn all(reading: &Reading<'_>, found: Vec<Attribution>) -> Vec<Attribution> {
    let mut work = Work { kept_as: (0..found.len()).collect(), list: found };
    roles::mend(reading, &mut work);
    twice::drop(&mut work);
    unclaimed::claim(reading, &mut work);
    one_role_each(&mut work);
    nesting::ordered(work)
}

/// No character is source and content, or cue and content, of one attribution.
fn one_role_each(work: &mut Work) {
    for at in 0..work.list.len() {
        let one = &mut work.list[at];
        one.source = spans::without(&one.source, &one.cue);
        let mut others: Vec<Span> = one.cue.iter().chain(&one.source).copied().collect();
        others.sort_unstable();
        one.content = spans::without(&one.content, &others);
        if one.content.is_empty() && work.is_alive(at) {
            work.remove(at);
        }
    }
}

impl Work {
    fn is_alive(&self, at: usize) -> bool {
        self.kept_as[at] == at
    }

    fn alive(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.list.len()).filter(|at| self.is_alive(*at))
    }

    fn push(&mut self, attribution: Attribution) -> usize {
        self.kept_as.push(self.list.len());
        self.list.push(attribution);
        self.list.len() - 1
    }

    /// What an attribution became in the end; `None` if it was dropped without an heir.
    fn heir(&self, mut at: usize) -> Option<usize> {
        // heirs are never dropped in favour of those they replaced, so this ends
        while let Some(next) = self.kept_as.get(at).copied() {
            if next == at {
                return Some(at);
            }
            at = next;
        }
        None
    }

    /// Leaves one out, with nothing in its place.
    fn remove(&mut self, at: usize) {
        self.kept_as[at] = usize::MAX;
    }
}
