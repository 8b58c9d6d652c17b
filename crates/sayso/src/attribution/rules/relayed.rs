//! Words that one passes on from another: “State radio, citing a customs officer, said ...”, “quoted the mayor as saying ...”.
//!
//! In: the attributions that were accepted. Out: the same, where whoever is quoted speaks and not who quotes; the medium is then found by what it did.

use super::reading::{Range, Reading};
use super::source;
use crate::attribution::{Attribution, Reason};
use crate::lexicon;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};
use std::collections::HashSet;

/// Between “quoted” and “as saying” stand no more tokens.
const FARTHEST: TokenId = 20;

pub(super) fn heed(reading: &Reading<'_>, found: &mut Vec<Attribution>) {
    let mut replaced: HashSet<Span> = HashSet::new();
    for one in found.iter_mut() {
        let Some(verb) =
            one.cue.iter().flat_map(|span| reading.tokens_of(*span)).find(|at| reading.is_verb(*at))
        else {
            continue;
        };
        if is_quoting(reading, verb) {
            as_saying(reading, one, verb);
        } else if let Some(citing) = citing(reading, verb)
            && let Some(object) = quoted(reading, citing)
            && let (Some(source), Some(cue)) = (reading.span(&object), reading.span(&(citing..citing + 1)))
            && !one.says(source)
        {
            (one.source, one.cue) = (vec![source], vec![cue]);
            one.because.push(Reason { field: "source", rule: "who is cited", span: source });
            replaced.insert(cue);
        }
    }
    found.retain(|one| {
        one.because.iter().any(|reason| reason.rule == "who is cited")
            || !one.cue.iter().any(|cue| replaced.contains(cue))
    });
}

fn is_quoting(reading: &Reading<'_>, verb: TokenId) -> bool {
    matches!(&*reading.token(verb).lemma, "cite" | "quote") && !source::is_passive(reading, verb)
}

/// “The Courier, | citing | a report by the operator, wrote that”: the participle that says whose words a report passes on.
fn citing(reading: &Reading<'_>, verb: TokenId) -> Option<TokenId> {
    let is_citing = |at: &TokenId| reading.token(*at).tag == Tag::Vbg && is_quoting(reading, *at);
    let subject = reading.child(verb, &[Dep::Nsubj]);
    let below =
        reading.children(verb).iter().chain(subject.map_or(&[][..], |subject| reading.children(subject)));
    below.copied().find(is_citing)
}

/// Whoever or whatever speaks that the verb has as its object: an officer, a report, but not “security reasons”.
fn quoted(reading: &Reading<'_>, verb: TokenId) -> Option<Range> {
    let object = reading.child(verb, &[Dep::Dobj])?;
    let token = reading.token(object);
    let speaks = token.pos == Pos::Propn || lexicon::words().noun(&token.lemma.to_lowercase()).is_some();
    let words = source::noun_phrase(reading, object);
    (speaks && words.start > verb).then_some(words)
}

/// “Radio Tarn quoted | the commander | as saying | that no letter had come”.
fn as_saying(reading: &Reading<'_>, one: &mut Attribution, verb: TokenId) {
    let end = reading.sentence(verb).end.min(verb + FARTHEST);
    let is_as = |at: &TokenId| {
        reading.is(*at, "as")
            && reading.tokens.get(*at as usize + 1).is_some_and(|next| {
                matches!(&*next.lemma, "say" | "state" | "tell" | "write" | "warn") && next.tag == Tag::Vbg
            })
    };
    let Some(link) = (verb + 2..end).find(is_as) else { return };
    let (Some(words), Some(first), Some(last)) = (
        reading.span(&source::trim(reading, verb + 1..link)),
        reading.span(&(verb..verb + 1)),
        reading.span(&(link..link + 2)),
    ) else {
        return;
    };
    let rest = one.content.iter().filter(|piece| piece.end() > last.end());
    let rest: Vec<Span> = rest.map(|piece| Span::at(piece.start().max(last.end()), piece.end())).collect();
    if !rest.is_empty() {
        (one.source, one.cue, one.content) = (vec![words], vec![first, last], rest);
        one.because.push(Reason { field: "source", rule: "who is quoted", span: words });
    }
}
