//! The order of attributions and which stands inside which.

use super::{Work, spans};
use crate::attribution::Attribution;
use crate::text::Span;

/// How many contents around a place are looked at.
const MAX_DEPTH: usize = 12;

/// The attributions that are left, in the order of the text, nested after outer, with their links set.
pub(super) fn ordered(work: Work) -> Vec<Attribution> {
    let start = |one: &Attribution| {
        one.cue.iter().chain(&one.content).map(|span| span.start()).min().unwrap_or_default()
    };
    let mut order: Vec<usize> = work.alive().collect();
    order.sort_by_key(|at| {
        let one = &work.list[*at];
        (
            start(one),
            std::cmp::Reverse(spans::size(&one.content)),
            one.cue.first().map(|cue| cue.start()),
            *at,
        )
    });
    let mut place = vec![None; work.list.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = Some(new);
    }
    let mut all: Vec<Attribution> = Vec::with_capacity(order.len());
    for old in &order {
        let mut one = work.list[*old].clone();
        let heir = one.continues.and_then(|before| work.heir(before)).filter(|before| before != old);
        one.continues = heir.and_then(|before| place[before]);
        one.inside = None;
        all.push(one);
    }
    let inside = inside(&all);
    for (one, inside) in all.iter_mut().zip(inside) {
        one.inside = inside;
    }
    all
}

/// For each attribution the one with the smallest content that holds its cue and its words.
fn inside(all: &[Attribution]) -> Vec<Option<usize>> {
    let mut pieces: Vec<(Span, usize)> = all
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.content.iter().map(move |piece| (*piece, at)))
        .collect();
    pieces.sort_unstable_by_key(|(piece, at)| (piece.start(), std::cmp::Reverse(piece.end()), *at));
    let probe = |one: &Attribution| one.cue.first().or(one.content.first()).map_or(0, |span| span.start());
    let mut probes: Vec<(usize, usize)> = all.iter().enumerate().map(|(at, one)| (probe(one), at)).collect();
    probes.sort_unstable();
    let sizes: Vec<usize> = all.iter().map(|one| spans::size(&one.content)).collect();
    let (mut next, mut open): (usize, Vec<(Span, usize)>) = (0, Vec::new());
    let mut found = vec![None; all.len()];
    for (byte, at) in probes {
        while let Some(piece) = pieces.get(next).filter(|(piece, _)| piece.start() <= byte) {
            open.retain(|(piece, _)| piece.end() > byte);
            if open.len() > 4 * MAX_DEPTH {
                open.remove(0);
            }
            open.push(*piece);
            next += 1;
        }
        let one = &all[at];
        let holds = |outer: &usize| {
            let other = &all[*outer];
            let larger = sizes[*outer] > sizes[at];
            *outer != at
                && larger
                && spans::cover(&other.content, &one.cue)
                && spans::cover(&other.content, &one.content)
        };
        let around = open
            .iter()
            .rev()
            .take(MAX_DEPTH)
            .filter(|(piece, _)| piece.end() > byte)
            .map(|(_, outer)| *outer)
            .filter(holds);
        found[at] = around.min_by_key(|outer| (sizes[*outer], *outer));
    }
    found
}
