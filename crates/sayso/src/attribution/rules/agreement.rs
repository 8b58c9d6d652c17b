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
use sayso_model::{Dep, Tag};
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
            keep_one_source(reading, &mut one, proposal.anchor, draft.as_ref());
            if let Some(draft) = &draft {
                complete(reading, &mut one, draft);
            }
            stop_at_next_verb(reading, &mut one, proposal.anchor, &anchors);
            one
        })
        .filter(|one| !one.content.is_empty())
        .collect()
}

/// A source is one stretch of words: of several the one that the rule names, else the one nearest to the cue.
fn keep_one_source(reading: &Reading<'_>, one: &mut Attribution, anchor: TokenId, draft: Option<&Draft>) {
    if one.source.len() < 2 {
        return;
    }
    let by_rule = draft.and_then(|draft| draft.source.first()).and_then(|range| reading.span(range));
    let cue = reading.token(anchor).span;
    let distance = |span: &Span| span.start().abs_diff(cue.start()).min(span.end().abs_diff(cue.start()));
    let named = by_rule.and_then(|name| one.source.iter().find(|span| span.overlaps(name)));
    let kept = named.or_else(|| one.source.iter().min_by_key(|span| distance(span))).copied();
    one.source = kept.into_iter().collect();
}

fn complete(reading: &Reading<'_>, one: &mut Attribution, draft: &Draft) {
    let by_rule: Vec<Span> =
        draft.source.iter().filter_map(|range| reading.span(&source::trim(reading, range.clone()))).collect();
    // "the council votes on it, and the mayor says": a clause is nobody
    let is_clause = |span: &Span| {
        let main =
            |at: TokenId| reading.is_verb(at) && matches!(reading.token(at).dep, Dep::Root | Dep::Ccomp);
        reading.tokens_of(*span).any(main)
    };
    if one.source.is_empty() || !by_rule.is_empty() && one.source.iter().any(is_clause) {
        one.source = by_rule;
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

/// “said the road was open | and warned that ...”, “said it was late, | adding that ...”: what a verb beside the cue says is its own statement.
fn stop_at_next_verb(
    reading: &Reading<'_>,
    one: &mut Attribution,
    anchor: TokenId,
    anchors: &BTreeSet<TokenId>,
) {
    for child in reading.children(anchor) {
        let token = reading.token(*child);
        let is_beside_cue = token.dep == Dep::Conj || token.dep == Dep::Advcl && token.tag == Tag::Vbg;
        if *child < anchor || !is_beside_cue || !anchors.contains(child) {
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
