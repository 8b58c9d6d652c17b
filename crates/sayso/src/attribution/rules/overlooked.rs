//! What the network passes over although the words leave no doubt: “...,” the judge asked; said ... and warned that ....
//!
//! In long articles this hardly happens. In short ones it does, and then the words go to the next speaker, which is the worst of mistakes.

use super::cues::Frame;
use super::draft;
use super::reading::Reading;
use crate::attribution::Attribution;
use crate::syntax::TokenId;
use sayso_model::Tag;
use std::collections::BTreeSet;

/// Attributions at verbs that are not among the anchors.
pub(super) fn find(reading: &Reading<'_>, anchors: &BTreeSet<TokenId>) -> Vec<Attribution> {
    let verbs =
        (0..reading.len()).filter(|at| matches!(reading.token(*at).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp));
    let new = verbs.filter(|at| !anchors.contains(at) && reading.quoted_in(*at).is_none());
    let drafts = new.filter_map(|at| {
        let says = || reading.senses(at).iter().any(|sense| sense.has(Frame::Quote));
        draft(reading, at).filter(|draft| {
            let is_plain = matches!(draft.rule, "clause" | "parenthesis")
                || draft.rule == "quotation" && draft.content.is_empty();
            is_plain && !draft.source.is_empty() && says()
        })
    });
    drafts.filter_map(|draft| draft.into_attribution(reading)).collect()
}

/// Takes from an attribution the quotations that are another's own.
pub(super) fn leave_to(one: &Attribution, other: &mut Attribution) {
    if one.because.first().is_some_and(|because| because.rule == "quotation") {
        other.content.retain(|piece| !one.content.iter().any(|own| own.contains(*piece)));
    }
}
