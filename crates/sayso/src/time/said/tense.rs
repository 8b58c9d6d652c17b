//! The tense of a cue: sayings lie in the past, expectations and plans do not.

use crate::act::main_word;
use crate::identity::Page;
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

/// When a cue's verb has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// "said", "was told", "would not say", "adding" after these; cues without a verb.
    Past,
    /// "has said", "had said"
    Perfect,
    /// "says", "believes"
    Present,
    /// "is expected", "is accused": a state of affairs
    Standing,
    /// "will announce", "may plead guilty"
    Ahead,
}

/// The tense of a cue.
pub(super) fn tense(page: &Page, cue: &[TokenId]) -> Tense {
    /// Steps from "adding" up to the verb that has a tense.
    const STEPS: usize = 4;
    let Some(mut at) = main_word(page, cue) else { return Tense::Past };
    for step in 0..STEPS {
        // "according to" is written as a verb
        if !matches!(page.token(at).pos, Pos::Verb | Pos::Aux) || page.token(at).dep == Dep::Prep {
            return Tense::Past;
        }
        match of_auxiliaries(page, at) {
            // "has been cancelled, citing": the citing was then
            Some(Tense::Perfect) if step > 0 => return Tense::Past,
            Some(tense) => return tense,
            None => {}
        }
        let token = page.token(at);
        match token.tag {
            Tag::Vbd | Tag::Vbn => return Tense::Past,
            Tag::Vbz | Tag::Vbp => return Tense::Present,
            _ => {}
        }
        // "adding", "went on to accuse"
        if token.head == at {
            break;
        }
        at = token.head;
        if matches!(page.token(at).pos, Pos::Adp | Pos::Sconj) {
            at = page.token(at).head;
        }
    }
    Tense::Past
}

/// What the auxiliaries before a verb say, if it has any but "to".
fn of_auxiliaries(page: &Page, verb: TokenId) -> Option<Tense> {
    const FARTHEST: TokenId = 6;
    let [first, _] = page.sentence(verb);
    let near = first.max(verb.saturating_sub(FARTHEST))..verb;
    let is_auxiliary =
        |at: &TokenId| page.is_child(*at, verb) && matches!(page.token(*at).dep, Dep::Aux | Dep::Auxpass);
    let words: Vec<String> = near.filter(is_auxiliary).map(|at| page.word(at).to_lowercase()).collect();
    let has = |forms: &[&str]| words.iter().any(|word| forms.contains(&word.as_str()));
    if has(&["will", "shall", "can", "may", "might", "must", "should", "'ll", "’ll", "wo", "ca"]) {
        return Some(Tense::Ahead);
    }
    if has(&["have", "has", "had", "'ve", "’ve"]) {
        return Some(Tense::Perfect);
    }
    if has(&["would", "could", "did", "was", "were"]) {
        return Some(Tense::Past);
    }
    if has(&["is", "are", "am", "'s", "’s", "'re", "’re"]) {
        let is_passive = matches!(page.token(verb).tag, Tag::Vbn | Tag::Vbd);
        return Some(if is_passive { Tense::Standing } else { Tense::Present });
    }
    if has(&["do", "does"]) { Some(Tense::Present) } else { None }
}
