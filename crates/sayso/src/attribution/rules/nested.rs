//! Attributions within the contents of others: “the police say that it was an accident” in a lawyer's mouth.
//!
//! Rules find these and not the network: what it learns from marks only few of them, and gives nearly all of them the same low probability.

use super::cues::Frame;
use super::reading::Reading;
use super::{Attribution, by_cues, source};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Tag;

/// A doubtful cue within somebody else's words that the network thinks less likely than this is none; chosen on documents that it was not
/// trained on.
const LEAST: f32 = 0.05;

const NOT: [&str; 3] = ["not", "n’t", "n't"];

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
        nested.extend(new.into_iter().filter_map(|mut one| {
            // the parser may see more in it than what the outer speaker says
            one.content.retain(|span| span.overlaps(content));
            for span in &mut one.content {
                *span = Span::at(span.start().max(content.start()), span.end().min(content.end()));
            }
            let is_new = !one.content.is_empty()
                && !one.cue.iter().any(is_known)
                && one.source.iter().all(|span| content.contains(*span));
            (is_new && is_saying(reading, &one, anchors)).then_some(one)
        }));
        done = done.max(tokens.end);
    }
    nested
}

/// Whether somebody says or believes something here, and it is not only a way of putting things: “that tells us”, “a push for”.
fn is_saying(reading: &Reading<'_>, one: &Attribution, anchors: &[f32]) -> bool {
    let Some(because) = one.because.first() else { return false };
    let cue = reading.tokens_of(because.span).start;
    let Some(source) = one.source.first() else {
        // "was told that his job was doors"
        return because.rule == "clause"
            && reading.token(cue).tag == Tag::Vbn
            && is_past_saying(reading, cue);
    };
    // "will the minister ask for it?", "they would say so": nobody has said it yet
    if reading.token(cue).tag == Tag::Vb && has_modal(reading, cue) && !has(reading, cue, &NOT) {
        return false;
    }
    let is_likely = || anchors.get(cue as usize).is_none_or(|likely| *likely >= LEAST);
    match because.rule {
        "clause" | "infinitive" | "object" | "quotation" => {
            let has_said = || reading.token(cue).tag == Tag::Vbn && is_past_saying(reading, cue);
            (is_somebody(reading, *source)
                || reading.text.slice(*source).eq_ignore_ascii_case("it") && has_said())
                && is_report(reading, cue, because.rule, *source)
                || is_likely()
        }
        "preposition" | "object and predicate" => is_likely(),
        _ => false,
    }
}

/// Something that was said, or that somebody says or believes: not what one will say, says again and again or is to say.
fn is_report(reading: &Reading<'_>, cue: TokenId, rule: &str, source: Span) -> bool {
    if is_past_saying(reading, cue) {
        return true;
    }
    match reading.token(cue).tag {
        Tag::Vbd => !is_pronoun(reading, source),
        Tag::Vbz | Tag::Vbp => rule == "clause" && !is_pronoun(reading, source),
        Tag::Vb => has(reading, cue, &NOT) && !is_pronoun(reading, source),
        _ => false,
    }
}

/// A verb that can introduce a quotation reports what was said; one that cannot reports a belief.
fn is_past_saying(reading: &Reading<'_>, cue: TokenId) -> bool {
    let is_past = match reading.token(cue).tag {
        Tag::Vbd => true,
        Tag::Vbn => has(reading, cue, &["had", "has", "have", "’ve", "'ve", "was", "were"]),
        // "used to say", "went on to say"
        Tag::Vb => source::lender(reading, cue).is_some_and(|verb| reading.token(verb).tag == Tag::Vbd),
        _ => false,
    };
    is_past && reading.senses(cue).iter().any(|sense| sense.has(Frame::Quote))
}

fn has_modal(reading: &Reading<'_>, verb: TokenId) -> bool {
    reading.children(verb).iter().any(|at| reading.token(*at).tag == Tag::Md)
}

fn has(reading: &Reading<'_>, verb: TokenId, words: &[&str]) -> bool {
    reading.children(verb).iter().any(|at| words.iter().any(|word| reading.is(*at, word)))
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
