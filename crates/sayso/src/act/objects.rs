//! Whom a statement is addressed to, and the medium it was made to.

use crate::attribution::Attribution;
use crate::identity::Page;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos};

/// The objects of a cue.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) addressee: Option<Span>,
    pub(super) outlet: Option<Span>,
}

/// Reads the objects of a cue's verb, and "in an interview with X".
pub(super) fn of(page: &Page, attribution: &Attribution, cue: &[TokenId]) -> Objects {
    let mut found = Objects::default();
    let Some(verb) = super::main_word(page, cue) else { return found };
    let is_part = |at: TokenId| {
        let span = page.token(at).span;
        attribution.content.iter().chain(&attribution.source).any(|part| part.contains(span))
    };
    if let Some(object) = object(page, verb, &is_part) {
        let span = phrase(page, object);
        let lemma = page.lemma(verb);
        if is_medium(page, object) {
            found.outlet = Some(span);
        } else if is_telling(&lemma) {
            found.addressee = Some(span);
        }
    }
    found.outlet = found.outlet.or_else(|| interview(page, verb, &is_part));
    found
}

fn is_telling(lemma: &str) -> bool {
    matches!(
        lemma,
        "tell"
            | "inform"
            | "assure"
            | "remind"
            | "brief"
            | "ask"
            | "warn"
            | "advise"
            | "promise"
            | "say"
            | "speak"
            | "write"
            | "reply"
    )
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

/// "in an interview with Radio Meridian"
fn interview(page: &Page, verb: TokenId, is_part: &impl Fn(TokenId) -> bool) -> Option<Span> {
    const LONGEST: TokenId = 80;
    let [first, end] = page.sentence(verb);
    let first = first.max(verb.saturating_sub(LONGEST));
    for at in first..end.min(verb + LONGEST) {
        if is_part(at) || !matches!(&*page.token(at).lemma, "interview" | "conversation") {
            continue;
        }
        let with = (at + 1..end.min(at + 6)).find(|next| matches!(page.word(*next), "with" | "to"))?;
        let object = (with + 1..end.min(with + 8))
            .find(|next| page.is_nominal(*next) && matches!(page.token(*next).pos, Pos::Noun | Pos::Propn))?;
        return Some(phrase(page, object));
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
