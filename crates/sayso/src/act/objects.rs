//! Whom a statement is about.

use crate::attribution::Attribution;
use crate::identity::Page;
use crate::lexicon::Act;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos};

/// The objects of a cue.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) target: Option<Span>,
}

/// Reads the objects of a cue's verb.
pub(super) fn of(page: &Page, attribution: &Attribution, cue: &[TokenId], act: Act) -> Objects {
    let mut found = Objects::default();
    let Some(verb) = super::main_word(page, cue) else { return found };
    let is_part = |at: TokenId| {
        let span = page.token(at).span;
        attribution.content.iter().chain(&attribution.source).any(|part| part.contains(span))
    };
    if let Some(object) = object(page, verb, &is_part)
        && has_target(act)
        && !is_medium(page, object)
    {
        found.target = Some(phrase(page, object));
    }
    found
}

fn has_target(act: Act) -> bool {
    match act {
        Act::Accuse
        | Act::Condemn
        | Act::CallFor
        | Act::Demand
        | Act::Warn
        | Act::Dispute
        | Act::Endorse
        | Act::Deny => true,
        Act::State
        | Act::Announce
        | Act::Confirm
        | Act::Admit
        | Act::Refuse
        | Act::Decline
        | Act::Vow
        | Act::Predict
        | Act::Ask
        | Act::Retract => false,
    }
}

/// The object of a verb that is neither source nor content: "told *reporters*", "accused *the rebels* of", "called on *both*".
fn object(page: &Page, verb: TokenId, is_part: &impl Fn(TokenId) -> bool) -> Option<TokenId> {
    const FARTHEST: TokenId = 12;
    let [_, end] = page.sentence(verb);
    let mut preposition = None;
    for at in verb + 1..end.min(verb + FARTHEST) {
        let token = page.token(at);
        if is_part(at) {
            continue;
        }
        let of_verb = token.head == verb;
        match token.dep {
            Dep::Dobj | Dep::Dative | Dep::Pobj if of_verb && page.is_nominal(at) => return Some(at),
            // "urged the government to free the miners": the parser makes it the subject of "free"
            Dep::Nsubj if page.token(token.head).head == verb && token.head > at && page.is_nominal(at) => {
                return Some(at);
            }
            Dep::Prep | Dep::Dative | Dep::Prt
                if of_verb && matches!(page.word(at), "on" | "upon" | "to" | "at" | "with") =>
            {
                preposition = Some(at);
            }
            Dep::Pobj if Some(token.head) == preposition => return Some(at),
            _ => {}
        }
    }
    None
}

fn phrase(page: &Page, head: TokenId) -> Span {
    let mut first = page.left_edge(head);
    while first < head && matches!(page.token(first).pos, Pos::Punct | Pos::Space) {
        first += 1;
    }
    page.span(first, head + 1)
}

/// A radio, a newspaper, an agency, by the words of its name.
fn is_medium(page: &Page, head: TokenId) -> bool {
    (page.left_edge(head)..=head).any(|at| {
        let word = page.word(at).to_lowercase();
        page.words.is_medium(word.trim_matches(|c: char| !c.is_alphanumeric()))
            && (page.is_capital(at) || at == head)
    })
}
