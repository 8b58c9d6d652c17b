//! Attributions within the contents of others: “the police say that it was an accident” in a lawyer's mouth.
//!
//! Rules find these and not the network: what it learns from marks only few of them, and gives nearly all of them the same low probability.

use super::cues::Frame;
use super::reading::Reading;
use super::{Attribution, by_cues};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Tag;

/// A doubtful cue within somebody else's words that the network thinks less likely than this is none; chosen on documents that it was not
/// trained on.
const LEAST: f32 = 0.05;

/// `anchors` holds for each token the probability that the network gives to a cue there; without a network it is empty.
pub(super) fn find(reading: &Reading<'_>, found: &[Attribution], anchors: &[f32]) -> Vec<Attribution> {
    let sorted = |spans: &mut dyn Iterator<Item = Span>| {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        spans
    };
    let contents = sorted(&mut found.iter().flat_map(|attribution| attribution.content.iter().copied()));
    let cues = sorted(&mut found.iter().flat_map(|attribution| attribution.cue.iter().copied()));
    let is_known = |cue: &Span| {
        let at = cues.partition_point(|known| known.end() <= cue.start());
        cues.get(at).is_some_and(|known| known.overlaps(*cue))
    };
    let (mut done, mut nested) = (0, Vec::new());
    for content in contents {
        let tokens = reading.tokens_of(content);
        let new = by_cues(reading, tokens.start.max(done)..tokens.end.max(done));
        nested.extend(new.into_iter().filter(|one| {
            !one.cue.iter().any(is_known)
                && one.source.iter().chain(&one.content).all(|span| content.contains(*span))
                && is_saying(reading, one, anchors)
        }));
        done = done.max(tokens.end);
    }
    nested
}

/// Whether somebody says or believes something here, and it is not only a way of putting things: “that tells us”, “a push for”.
fn is_saying(reading: &Reading<'_>, one: &Attribution, anchors: &[f32]) -> bool {
    let (Some(because), Some(source)) = (one.because.first(), one.source.first()) else { return false };
    let cue = reading.tokens_of(because.span).start;
    let is_likely = || anchors.get(cue as usize).is_none_or(|likely| *likely >= LEAST);
    match because.rule {
        "clause" | "infinitive" | "object" | "quotation" => {
            is_somebody(reading, *source) && is_report(reading, cue, because.rule, *source) || is_likely()
        }
        "preposition" | "object and predicate" => is_likely(),
        _ => false,
    }
}

/// Something that was said, or that somebody says or believes: not what one will say, says again and again or is to say.
fn is_report(reading: &Reading<'_>, cue: TokenId, rule: &str, source: Span) -> bool {
    let has = |words: &[&str]| {
        reading.children(cue).iter().any(|at| words.iter().any(|word| reading.is(*at, word)))
    };
    // a verb that can introduce a quotation reports what was said; one that cannot reports a belief
    let is_said = reading.senses(cue).iter().any(|sense| sense.has(Frame::Quote));
    match reading.token(cue).tag {
        Tag::Vbd => is_said || !is_pronoun(reading, source),
        Tag::Vbn => has(&["had", "has", "have", "’ve", "'ve", "was", "were"]) && is_said,
        Tag::Vbz | Tag::Vbp => rule == "clause" && !is_pronoun(reading, source),
        Tag::Vb => has(&["not", "n’t", "n't"]) && !is_pronoun(reading, source),
        _ => false,
    }
}

fn is_pronoun(reading: &Reading<'_>, source: Span) -> bool {
    let words = reading.text.slice(source).to_lowercase();
    matches!(words.as_str(), "i" | "you" | "he" | "she" | "we" | "they" | "who")
}

/// “It tells us”, “the one who asked”, “someone said”: nobody whom an editor could ask.
fn is_somebody(reading: &Reading<'_>, source: Span) -> bool {
    let words = reading.text.slice(source).to_lowercase();
    !matches!(
        words.strip_prefix("the ").unwrap_or(&words),
        "it" | "that"
            | "this"
            | "which"
            | "what"
            | "all"
            | "these"
            | "those"
            | "one"
            | "ones"
            | "someone"
            | "somebody"
            | "anyone"
            | "anybody"
            | "everyone"
            | "everybody"
            | "nobody"
    )
}
