//! What the reader of acts gets to see of one attribution: its own words and some around them, each marked with what it is to it.
//!
//! In: an attribution over the page, what was seen in it, and who it may be about. Out: a passage, and what the reader makes of it. What holds: names are
//! hidden, and no passage is longer than [`MOST`] tokens.

use super::evidence::Evidence;
use super::target::{Candidate, Reading};
use super::weighing;
use crate::attribution::Attribution;
use crate::attribution::tagger::features::form;
use crate::identity::Page;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Pos;
use sayso_model::acts::reader::{Impression, Mark, Passage, Reader};
use std::collections::HashSet;
use std::ops::Range;

/// Tokens of a passage; the reader was trained on such. A larger one is right one statement in a hundred more often with 180, 40 and 8 of them around.
const MOST: TokenId = 120;
/// Tokens before the attribution.
const BEFORE: TokenId = 20;
/// Tokens behind it.
const BEHIND: TokenId = 4;

/// Whom an act may be about, and what the reader makes of the statement and of them.
pub(super) struct Considered {
    pub(super) candidates: Vec<Candidate>,
    pub(super) impression: Impression,
}

/// From which score on an act that is about nobody is settled without the reader: on kept-back statements a larger reader made no more of them right.
const SETTLED: f32 = 0.7;

/// Has the attributions from `first` on read whose act is not settled yet, or about somebody; nothing for the others.
pub(super) fn consider(
    targets: &Reading,
    first: usize,
    evidence: &[Evidence],
    reader: &Reader,
) -> Vec<Option<Considered>> {
    let Reading { page, attributions, .. } = targets;
    let is_wanted = |at: usize, evidence: &Evidence| {
        let opinion = weighing::choose(page, &attributions[at], evidence, &[], None, None, &|| true);
        opinion.act.has_target() || opinion.score < SETTLED
    };
    let wanted: Vec<bool> = (first..).zip(evidence).map(|(at, evidence)| is_wanted(at, evidence)).collect();
    let (mut passages, mut candidates) = (Vec::new(), Vec::new());
    for ((at, evidence), _) in (first..).zip(evidence).zip(&wanted).filter(|(_, wanted)| **wanted) {
        let all = targets.candidates(&evidence.seen(at));
        passages.push(of(page, &attributions[at], evidence, &all));
        candidates.push(all);
    }
    let read = candidates.into_iter().zip(reader.read(&passages));
    let mut read = read.map(|(candidates, impression)| Considered { candidates, impression });
    wanted.into_iter().map(|wanted| if wanted { read.next() } else { None }).collect()
}

/// The passage of an attribution; an empty one if nothing of it is there.
pub(super) fn of<'a>(
    page: &Page<'a>,
    attribution: &Attribution,
    evidence: &Evidence,
    candidates: &[Candidate],
) -> Passage<'a> {
    let source = attribution.source.iter().flat_map(|span| page.tokens_in(*span));
    let set = |tokens: &[TokenId]| tokens.iter().copied().collect::<HashSet<TokenId>>();
    let (cue, content) = (set(&evidence.cue), set(&evidence.content));
    let source: HashSet<TokenId> = source.collect();
    let own = || cue.iter().chain(&content).chain(&source).copied();
    let (Some(first), Some(last)) = (own().min(), own().max()) else { return Passage::default() };
    let end = (last + 1 + BEHIND).min(page.end());
    // the beginning of a long one counts for more than what stands before it
    let start = first.saturating_sub(BEFORE).max(first.min(end.saturating_sub(MOST)));
    let tokens = start..end.min(start + MOST);
    let mark = |at: TokenId| match at {
        _ if cue.contains(&at) => Mark::Cue,
        _ if source.contains(&at) => Mark::Source,
        _ if content.contains(&at) => Mark::Content,
        _ => Mark::Around,
    };
    let seen = |at: TokenId| (page.token(at).pos != Pos::Propn).then(|| form(page.word(at)));
    Passage {
        forms: tokens.clone().map(seen).collect(),
        marks: tokens.clone().map(mark).collect(),
        candidates: candidates.iter().map(|one| place(page, one.target.span, &tokens)).collect(),
    }
}

/// The tokens of a span, counted from the start of a passage; nothing if it reaches beyond.
fn place(page: &Page, span: Span, tokens: &Range<TokenId>) -> Option<Range<usize>> {
    let own = page.tokens_in(span);
    let is_within = own.start >= tokens.start && own.end <= tokens.end && !own.is_empty();
    is_within.then(|| (own.start - tokens.start) as usize..(own.end - tokens.start) as usize)
}
