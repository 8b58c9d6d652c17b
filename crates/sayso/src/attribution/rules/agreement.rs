//! What the cue lexicon and the tree say of an attribution that a tagger proposes.
//!
//! In: a proposal with the token that anchors it and how sure the tagger is. Out: the attribution or nothing. A doubtful proposal is taken
//! where a rule finds the same cue; a source that the tagger does not see is taken from the rule; and where a verb takes an object
//! before its words ("accused X of ..."), or a second verb follows the first ("said ... and warned ..."), the content is cut.

use super::reading::Reading;
use super::{Draft, source};
use crate::attribution::tagger::Proposal;
use crate::attribution::{Attribution, Reason};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Dep;
use std::collections::BTreeSet;

/// From this probability on a proposal needs no rule; chosen on documents that the network was not trained on.
const SURE: f32 = 0.5;

/// The proposals that stand, mended.
pub(super) fn accepted(reading: &Reading<'_>, proposals: Vec<Proposal>) -> Vec<Attribution> {
    let drafts: Vec<Option<Draft>> =
        proposals.iter().map(|proposal| super::draft(reading, proposal.anchor)).collect();
    let stands = |proposal: &Proposal, draft: &Option<Draft>| proposal.probability >= SURE || draft.is_some();
    let anchors: BTreeSet<TokenId> = proposals
        .iter()
        .zip(&drafts)
        .filter(|(proposal, draft)| stands(proposal, draft))
        .map(|(proposal, _)| proposal.anchor)
        .collect();
    proposals
        .into_iter()
        .zip(drafts)
        .filter(|(proposal, draft)| stands(proposal, draft))
        .map(|(proposal, draft)| {
            let mut one = proposal.attribution;
            if let Some(draft) = &draft {
                complete(reading, &mut one, draft);
            }
            stop_at_next_verb(reading, &mut one, proposal.anchor, &anchors);
            one
        })
        .filter(|one| !one.content.is_empty())
        .collect()
}

fn complete(reading: &Reading<'_>, one: &mut Attribution, draft: &Draft) {
    if one.source.is_empty() {
        let words =
            draft.source.iter().filter_map(|range| reading.span(&source::trim(reading, range.clone())));
        one.source = words.collect();
        one.because.extend(one.source.iter().map(|span| Reason {
            field: "source",
            rule: "subject",
            span: *span,
        }));
    }
    // "accused | the brigades | of laying a charge": the object is whom it is about, and no part of the words
    if draft.rule == "object and predicate"
        && let Some(from) = draft.content.first().and_then(|range| reading.span(range))
    {
        let cut: Vec<Span> = one.content.iter().filter_map(|span| after(*span, from.start())).collect();
        if !cut.is_empty() {
            one.content = cut;
        }
    }
}

/// “said the road was open | and warned that ...”: what a verb beside the cue says is its own statement.
fn stop_at_next_verb(
    reading: &Reading<'_>,
    one: &mut Attribution,
    anchor: TokenId,
    anchors: &BTreeSet<TokenId>,
) {
    for child in reading.children(anchor) {
        if *child < anchor || reading.token(*child).dep != Dep::Conj || !anchors.contains(child) {
            continue;
        }
        let start = reading.token(reading.extent(*child).start).span.start();
        let is_beside = |span: &Span| span.start() < start;
        let cut: Vec<Span> =
            one.content.iter().filter(|span| is_beside(span)).map(|span| before(*span, start)).collect();
        if !cut.is_empty() {
            one.content = cut;
        }
    }
}

fn after(span: Span, byte: usize) -> Option<Span> {
    (byte < span.end()).then(|| Span::at(span.start().max(byte), span.end()))
}

fn before(span: Span, byte: usize) -> Span {
    Span::at(span.start(), span.end().min(byte))
}
