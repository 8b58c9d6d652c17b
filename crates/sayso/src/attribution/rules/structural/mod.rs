//! Attributions that layout makes: signatures, turns with a name before them, quoted blocks after a colon.

mod blocks;
mod signatures;
mod turns;

use super::reading::Reading;
use crate::attribution::{Attribution, Reason};
use crate::text::Span;

/// Layout leaves little to doubt.
const SCORE: f32 = 0.9;

/// What layout says, to be put before whatever a tagger found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Structural {
    /// The attributions, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// Names and marks that are layout and no part of any sentence: “MS. ARDEN:”, “— Hester Vane”.
    pub labels: Vec<Span>,
}

impl Structural {
    /// Whether words stand in what layout gives to a speaker.
    pub(crate) fn is_said(&self, words: Span) -> bool {
        self.attributions.iter().any(|one| one.says(words))
    }

    /// These attributions, and of the others those that do not contradict them.
    #[must_use]
    pub(crate) fn merge(self, found: Vec<Attribution>) -> Vec<Attribution> {
        if self.attributions.is_empty() {
            return found;
        }
        let shift = self.attributions.len();
        let mut cues: Vec<Span> = self.attributions.iter().flat_map(|one| one.cue.clone()).collect();
        cues.extend(&self.labels);
        cues.sort_unstable();
        let mut contents: Vec<Span> = self.attributions.iter().flat_map(|one| one.content.clone()).collect();
        contents.sort_unstable();
        let touches = |spans: &[Span], span: &Span| {
            let at = spans.partition_point(|known| known.end() <= span.start());
            spans.get(at).is_some_and(|known| known.overlaps(*span))
        };
        // whoever has the same words says them by layout, not by what a tagger guessed around them
        let same_words = |one: &Attribution| {
            one.content.iter().any(|piece| {
                let at = contents.partition_point(|known| known.end() <= piece.start());
                contents.get(at).is_some_and(|known| {
                    let inside_it = known.contains(*piece)
                        && !one.cue.is_empty()
                        && one.cue.iter().all(|cue| known.contains(*cue));
                    known.overlaps(*piece) && !inside_it
                })
            })
        };
        let mut place = Vec::with_capacity(found.len());
        let mut kept = self.attributions;
        for one in &found {
            let drop = one.cue.iter().chain(&one.source).any(|span| touches(&cues, span)) || same_words(one);
            place.push(if drop { None } else { Some(kept.len()) });
            if !drop {
                kept.push(one.clone());
            }
        }
        for one in &mut kept[shift..] {
            one.continues = one.continues.and_then(|at| place.get(at).copied().flatten());
            one.inside = one.inside.and_then(|at| place.get(at).copied().flatten());
        }
        kept
    }
}

pub(super) fn find(reading: &Reading<'_>) -> Structural {
    let mut found = Structural::default();
    turns::find(reading, &mut found);
    blocks::find(reading, &mut found);
    signatures::find(reading, &mut found);
    found
}

/// An attribution made of whole spans.
fn attribution(source: Vec<Span>, cue: Vec<Span>, content: Vec<Span>, rule: &'static str) -> Attribution {
    let because =
        content.first().map(|span| Reason { field: "content", rule, span: *span }).into_iter().collect();
    Attribution { source, cue, content, continues: None, inside: None, score: SCORE, because }
}

/// The read blocks with their indices, in order.
fn read_blocks<'a>(reading: &'a Reading<'_>) -> impl Iterator<Item = (usize, Span)> + 'a {
    reading
        .article
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.is_read())
        .map(|(at, block)| (at, block.span))
}
