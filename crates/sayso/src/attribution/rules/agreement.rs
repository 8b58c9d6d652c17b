//! What the cue lexicon and the tree say of an attribution that a tagger proposes.
//!
//! In: a proposal with the token that anchors it and how sure the tagger is. Out: the attribution or nothing. A doubtful proposal is taken
//! where a rule finds the same cue, and what words leave no doubt of is added; a source that the tagger does not see is taken from the rule; and where a verb takes an object
//! before its words ("accused X of ..."), or a second verb follows the first ("said ... and warned ..."), the content is cut.

use super::reading::Reading;
use super::structural::Structural;
use super::{Draft, other_cues, overlooked, relayed, source};
use crate::attribution::tagger::Proposal;
use crate::attribution::{Attribution, Reason};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Tag};
use std::collections::BTreeSet;

/// From this probability on a proposal needs no rule; chosen on documents that the network was not trained on.
const SURE: f32 = 0.8;

/// From this one on it needs a rule that sees an attribution there as well; below it, one that sees a plain report.
const LIKELY: f32 = 0.5;

/// Within so many tokens a request not to be named says what it asks for.
const MAX_REQUEST: usize = 12;

/// The proposals that stand, mended, and what rules find that networks do not learn: adverbs.
pub(super) fn accepted(
    reading: &Reading<'_>,
    structural: &Structural,
    proposals: Vec<Proposal>,
) -> Vec<Attribution> {
    let judged = proposals.into_iter().map(|proposal| {
        let draft = super::draft(reading, proposal.anchor);
        (proposal, draft)
    });
    let standing: Vec<(Proposal, Option<Draft>)> = judged
        .filter(|(proposal, draft)| stands(reading, proposal, draft.as_ref()))
        .filter(|(proposal, draft)| draft.is_some() || !is_own_hedge(reading, structural, proposal))
        .filter(|(proposal, _)| !is_sourcing_note(reading, proposal.anchor))
        .filter(|(proposal, draft)| draft.is_some() || !is_deed(reading, proposal))
        .filter(|(proposal, _)| !is_said_by_nobody(reading, proposal.anchor))
        .collect();
    let anchors: BTreeSet<TokenId> = standing.iter().map(|(proposal, _)| proposal.anchor).collect();
    let adverbs = (0..reading.len()).filter(|at| reading.token(*at).tag == Tag::Rb && !anchors.contains(at));
    let adverbs = adverbs.filter_map(|at| other_cues::adverb(reading, at)?.into_attribution(reading));
    let overlooked = overlooked::find(reading, &anchors);
    let mut found: Vec<Attribution> = standing
        .into_iter()
        .map(|(proposal, draft)| {
            let mut one = proposal.attribution;
            keep_one_source(reading, &mut one, proposal.anchor, draft.as_ref());
            if let Some(draft) = draft {
                one = complete(reading, one, draft);
            }
            one.source.retain(|span| !source::is_told(reading, proposal.anchor, *span));
            one
        })
        .collect();
    for one in &overlooked {
        found.iter_mut().for_each(|other| overlooked::leave_to(one, other));
    }
    found.extend(overlooked);
    found.retain(|one| !one.content.is_empty());
    found.sort_by_key(|one| one.cue.first().map(|cue| cue.start()));
    part_same_speaker(&mut found);
    one_speaker_goes_on(reading, &mut found);
    give_back(reading, &mut found);
    relayed::heed(reading, &mut found);
    found.extend(adverbs);
    found
}

fn stands(reading: &Reading<'_>, proposal: &Proposal, draft: Option<&Draft>) -> bool {
    let is_finite = || matches!(reading.token(proposal.anchor).tag, Tag::Vbd | Tag::Vbz);
    let is_plain = |draft: &Draft| matches!(draft.rule, "clause" | "preposition" | "infinitive" | "object");
    proposal.probability >= SURE
        || draft.is_some_and(|draft| proposal.probability >= LIKELY || is_finite() && is_plain(draft))
}

/// “nominates a judge”, “unveiled the phone”: what somebody does to a thing, by a verb that the lexicon does not know.
fn is_deed(reading: &Reading<'_>, proposal: &Proposal) -> bool {
    let anchor = proposal.anchor;
    let says = |at: TokenId| {
        let tag = reading.token(at).tag;
        matches!(tag, Tag::Vb | Tag::Vbd | Tag::Vbp | Tag::Vbz | Tag::Md) || reading.quoted_in(at).is_some()
    };
    let mut content = proposal.attribution.content.iter().flat_map(|piece| reading.tokens_of(*piece));
    reading.is_verb(anchor) && reading.senses(anchor).is_empty() && !content.any(says)
}

/// “seems to have gone”, “is known for his paintings”, “was named minister”, “was denied a lawyer”: what the writer sees or what befell somebody.
fn is_said_by_nobody(reading: &Reading<'_>, verb: TokenId) -> bool {
    let has = |words: &[&str]| {
        reading.children(verb).iter().any(|child| words.contains(&&*reading.token(*child).lemma))
    };
    let is_passive = || source::is_passive(reading, verb);
    match &*reading.token(verb).lemma {
        "say" => source::is_turn_of_phrase(reading, verb),
        // "it seems to me"
        "seem" | "appear" => !has(&["to"]) || reading.child(verb, &[Dep::Xcomp]).is_some(),
        "know" => is_passive() && has(&["as", "for"]),
        "name" => is_passive() && reading.child(verb, &[Dep::Oprd]).is_some() && !has(&["as"]),
        "deny" | "refuse" => is_passive() && reading.child(verb, &[Dep::Dobj, Dep::Oprd]).is_some(),
        _ => false,
    }
}

/// “I think”, “we expect” in somebody's own words, where no rule sees an earlier saying.
fn is_own_hedge(reading: &Reading<'_>, structural: &Structural, proposal: &Proposal) -> bool {
    let [source] = proposal.attribution.source[..] else { return false };
    let is_own = ["i", "we", "you"].iter().any(|own| reading.text.slice(source).eq_ignore_ascii_case(own));
    let is_present = matches!(reading.token(proposal.anchor).tag, Tag::Vb | Tag::Vbp | Tag::Vbg);
    is_own && (reading.quoted_in(proposal.anchor).is_some() || is_present && structural.is_said(source))
}

/// “an officer, who asked not to be named”: how the writer came by the words, and nothing that is reported.
fn is_sourcing_note(reading: &Reading<'_>, verb: TokenId) -> bool {
    let is_request = ["ask", "request", "insist", "beg", "want", "prefer", "wish", "decline", "refuse"]
        .contains(&&*reading.token(verb).lemma);
    let is_naming = |at: TokenId| {
        matches!(&*reading.token(at).lemma, "name" | "identify" | "quote")
            && reading.token(at).tag == Tag::Vbn
            && reading.children(at).iter().any(|child| reading.is(*child, "be"))
            // "wanted the street to be named after her"
            && reading.child(at, &[Dep::Nsubjpass, Dep::Nsubj]).is_none()
    };
    let after = verb + 1..reading.sentence(verb).end;
    is_request && reading.is_verb(verb) && after.take(MAX_REQUEST).any(is_naming)
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

fn complete(reading: &Reading<'_>, mut one: Attribution, draft: Draft) -> Attribution {
    // "it is feared that ...", "rumours that ...": where nobody is named the rule knows best which words are meant
    if one.source.is_empty() && draft.source.is_empty() {
        let score = one.score;
        return draft.into_attribution(reading).map_or(one, |by_rule| Attribution { score, ..by_rule });
    }
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
    if matches!(draft.rule, "object and predicate" | "infinitive" | "preposition")
        && let Some(from) = draft.content.first().and_then(|range| reading.span(range))
    {
        let cut: Vec<Span> = one.content.iter().filter_map(|span| after(*span, from.start())).collect();
        if !cut.is_empty() {
            one.content = cut;
        }
    }
    one
}

/// How many attributions after one are looked at for a cue within its content.
const NEIGHBOURS: usize = 6;

/// “The mayor said the road was open | and warned that ...”: a second cue of the same source outside the first's words ends these.
fn part_same_speaker(found: &mut [Attribution]) {
    for at in 0..found.len() {
        for next in at + 1..found.len().min(at + 1 + NEIGHBOURS) {
            let (Some(source), Some(cue)) = (found[next].source.first(), found[next].cue.first()) else {
                continue;
            };
            let (source, cue) = (*source, *cue);
            let one = &found[at];
            let same = one.source.iter().any(|own| own.overlaps(source));
            let first = one.content.first().is_some_and(|piece| piece.start() < cue.start());
            let holds = one.says(cue);
            if same && first && holds && !one.content.iter().any(|piece| piece.overlaps(source)) {
                let kept = one.content.iter().filter(|piece| piece.start() < cue.start());
                let cut: Vec<Span> = kept.map(|piece| before(*piece, cue.start())).collect();
                found[at].content = cut;
            }
        }
    }
}

/// “She said that the bridge was shut, | noting | that it was old”: whoever adds something is no noun of what was said before.
fn one_speaker_goes_on(reading: &Reading<'_>, found: &mut [Attribution]) {
    for at in 1..found.len() {
        let (Some(cue), Some(source)) = (found[at].cue.first().copied(), found[at].source.first().copied())
        else {
            continue;
        };
        let verb = reading.tokens_of(cue).start;
        if reading.token(verb).tag != Tag::Vbg {
            continue;
        }
        let is_before = |one: &&Attribution| {
            one.says(source)
                && !one.content.iter().any(|piece| piece.overlaps(cue))
                && one.cue.iter().all(|own| {
                    reading.token(reading.tokens_of(*own).start).sentence == reading.token(verb).sentence
                })
        };
        let nearest = found[at.saturating_sub(NEIGHBOURS)..at].iter().rev().find(is_before);
        if let Some(speaker) = nearest.map(|one| one.source.clone()).filter(|speaker| !speaker.is_empty()) {
            found[at].source = speaker;
        }
    }
}

/// “... ,” she said, and smiled, “and they buy bread”: a sentence that goes on after a deed is still what she said.
fn give_back(reading: &Reading<'_>, found: &mut Vec<Attribution>) {
    let mut at = 1;
    while at < found.len() {
        let said = told_before(reading, &found[at - 1], &found[at]);
        if said {
            let rest = found.remove(at).content;
            found[at - 1].content.extend(rest);
        } else {
            at += 1;
        }
    }
}

fn told_before(reading: &Reading<'_>, said: &Attribution, deed: &Attribution) -> bool {
    let (Some(cue), Some(words)) = (deed.cue.first(), deed.content.first()) else { return false };
    let verb = reading.tokens_of(*cue).start;
    let goes_on = reading.text.slice(*words).trim_start_matches(['“', '"']).starts_with(char::is_lowercase);
    let head = reading.token(reading.token(verb).head).span;
    reading.is_verb(verb)
        && reading.senses(verb).is_empty()
        && reading.token(verb).dep == Dep::Conj
        && said.cue.iter().any(|cue| cue.contains(head))
        && goes_on
        && reading.quoted_in(reading.tokens_of(*words).start + 1).is_some()
}

fn after(span: Span, byte: usize) -> Option<Span> {
    (byte < span.end()).then(|| Span::at(span.start().max(byte), span.end()))
}

fn before(span: Span, byte: usize) -> Span {
    Span::at(span.start(), span.end().min(byte))
}
