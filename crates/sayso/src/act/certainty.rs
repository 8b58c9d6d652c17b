//! How sure the speaker is of what is said.
//!
//! In: cue and content of one attribution with its act. Out: a level and what decided. What always holds: the level is relative to this
//! statement's own speaker; whoever quotes it may be surer or less sure.
//!
//! # Source
//! Saurí and Pustejovsky, "FactBank: a corpus annotated with event factuality" (2009): certain, probable, possible, underspecified.

use super::build;
use crate::attribution::{Attribution, Reason};
use crate::identity::Page;
use crate::ledger::Certainty;
use crate::lexicon::{self, Act};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

/// Content with more sentences is no longer hedged by one word in its first.
const MOST_SENTENCES: u32 = 3;

/// The level, how sure it is, and the words that decided; no words where nothing is hedged.
pub(super) fn of(
    page: &Page,
    attribution: &Attribution,
    cue: &[TokenId],
    content: &[TokenId],
    act: Act,
) -> (Certainty, f32, Option<Reason>) {
    let reason = |at: TokenId, rule| Some(Reason { field: "certainty", rule, span: page.span(at, at + 1) });
    if asserts_nothing(act) {
        return (Certainty::Unknown, 0.95, None);
    }
    let hedges = lexicon::hedges();
    let in_content = hedge(page, attribution, content);
    let of_cue = |at: &TokenId| super::matching::keys(page, *at).find_map(|key| hedges.cue(&key));
    let in_cue = cue.iter().find_map(|at| of_cue(at).map(|level| (level, *at)));
    match (in_content, in_cue) {
        (Some((level, at)), _) => (level, 0.75, reason(at, "hedge")),
        (None, Some((level, at))) => (level, 0.85, reason(at, "cue")),
        (None, None) => (Certainty::Certain, 0.9, None),
    }
}

/// Questions, requests and refusals to answer assert nothing.
fn asserts_nothing(act: Act) -> bool {
    match act {
        Act::Ask | Act::CallFor | Act::Demand | Act::Decline => true,
        Act::State
        | Act::Announce
        | Act::Confirm
        | Act::Admit
        | Act::Deny
        | Act::Dispute
        | Act::Refuse
        | Act::Accuse
        | Act::Condemn
        | Act::Vow
        | Act::Warn
        | Act::Predict
        | Act::Endorse
        | Act::Retract => false,
    }
}

/// The weakest hedge at a main verb of a content's first sentence.
fn hedge(page: &Page, attribution: &Attribution, content: &[TokenId]) -> Option<(Certainty, TokenId)> {
    let first = page.token(*content.first()?).sentence;
    let last = page.token(*content.last()?).sentence;
    if last.saturating_sub(first) >= MOST_SENTENCES {
        return None;
    }
    let mut found: Option<(Certainty, TokenId)> = None;
    for at in content.iter().copied().take_while(|at| page.token(*at).sentence == first) {
        let Some(level) = level_of(page, at) else { continue };
        let weaker = match found {
            None => true,
            Some((Certainty::Probable, _)) => level == Certainty::Possible,
            Some((Certainty::Certain | Certainty::Possible | Certainty::Unknown, _)) => false,
        };
        if weaker && hedges_main_verb(page, attribution, at) {
            found = Some((level, at));
        }
    }
    found
}

fn level_of(page: &Page, at: TokenId) -> Option<Certainty> {
    let token = page.token(at);
    if token.tag == Tag::Md {
        // the lemma of "might" and "could" may be another verb's
        return lexicon::hedges().content(&page.word(at).to_lowercase());
    }
    if page.word(at).eq_ignore_ascii_case("may") || page.word(at).eq_ignore_ascii_case("might") {
        return None;
    }
    super::matching::keys(page, at).find_map(|key| lexicon::hedges().content(&key))
}

fn hedges_main_verb(page: &Page, attribution: &Attribution, at: TokenId) -> bool {
    let token = page.token(at);
    match token.pos {
        Pos::Verb | Pos::Aux if token.tag != Tag::Md => {
            // "they believe that ...": the speaker's own belief, or that things seem so
            matches!(token.dep, Dep::Root | Dep::Ccomp | Dep::Conj | Dep::Parataxis | Dep::Xcomp)
                // "I thought", "he was expected": no longer
                && (token.tag != Tag::Vbd || matches!(&*page.lemma(at), "seem" | "appear"))
                && build::is_main(page, at, attribution)
        }
        Pos::Verb | Pos::Aux => {
            let unable = page.word(at).eq_ignore_ascii_case("could") && build::negates(page, token.head);
            token.dep == Dep::Aux && !unable && build::is_main(page, token.head, attribution)
        }
        _ => match token.dep {
            Dep::Advmod | Dep::Acomp | Dep::Attr | Dep::Oprd | Dep::Amod => {
                build::is_main(page, token.head, attribution)
                    || page.token(token.head).dep == Dep::Attr
                        && build::is_main(page, page.token(token.head).head, attribution)
            }
            _ => false,
        },
    }
}
