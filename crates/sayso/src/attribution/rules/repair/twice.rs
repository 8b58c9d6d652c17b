//! What is found twice is kept once: the same cue, or the same words.

use super::{Work, spans};
use crate::attribution::Attribution;
use crate::text::Span;
use std::collections::HashMap;

pub(super) fn drop(work: &mut Work) {
    same_cue(work);
    same_content(work);
}

fn same_cue(work: &mut Work) {
    let mut by_cue: Vec<(Span, usize)> =
        work.alive().flat_map(|at| work.list[at].cue.iter().map(move |cue| (*cue, at))).collect();
    by_cue.sort_unstable();
    let mut last: Option<(Span, usize)> = None;
    for (cue, at) in by_cue {
        if !work.is_alive(at) {
            continue;
        }
        last = match last {
            Some((before, other)) if other != at && work.is_alive(other) && before.overlaps(cue) => {
                let (keep, lose) =
                    if is_better(&work.list[at], &work.list[other]) { (at, other) } else { (other, at) };
                work.kept_as[lose] = keep;
                Some((if keep == at { cue } else { before }, keep))
            }
            _ => Some((cue, at)),
        };
    }
}

fn same_content(work: &mut Work) {
    let mut by_content: HashMap<Vec<Span>, usize> = HashMap::new();
    for at in 0..work.list.len() {
        if !work.is_alive(at) {
            continue;
        }
        let content = work.list[at].content.clone();
        let Some(other) = by_content.get(&content).copied() else {
            by_content.insert(content, at);
            continue;
        };
        let (keep, lose) =
            if is_better(&work.list[at], &work.list[other]) { (at, other) } else { (other, at) };
        work.kept_as[lose] = keep;
        by_content.insert(content, keep);
    }
}

/// Whether the first says more: who, by which word, then what.
fn is_better(one: &Attribution, other: &Attribution) -> bool {
    let worth = |one: &Attribution| {
        let known = usize::from(!one.source.is_empty()) + usize::from(!one.cue.is_empty());
        (known, (one.score * 1000.0) as u32, spans::size(&one.cue), spans::size(&one.content))
    };
    worth(one) > worth(other)
}
