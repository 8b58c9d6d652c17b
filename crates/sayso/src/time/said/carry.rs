//! A day that holds on: what the same speaker says next on the same occasion.

use super::Dating;
use super::governing::main_word;
use crate::attribution::Attribution;
use crate::identity::{Identities, Page};
use crate::syntax::TokenId;
use crate::time::Timex;
use sayso_model::{Dep, Pos, Tag};

/// How many paragraphs further a day holds.
const PARAGRAPHS: u32 = 1;

/// The day of the same speaker's statement before, if nobody else spoke between.
pub(super) fn from_before<'a>(
    page: &Page,
    at: usize,
    attributions: &[Attribution],
    identities: &Identities,
    datings: &[Option<Dating<'a>>],
    timexes: &'a [Timex],
) -> Option<Dating<'a>> {
    let _ = timexes;
    let one = attributions.get(at)?;
    if one.inside.is_some() || !is_told_then(page, one) {
        return None;
    }
    let speaker = identities.speakers.get(at)?.source;
    let goes_on = |before: usize| one.continues == Some(before);
    for before in (0..at).rev() {
        let other = attributions.get(before)?;
        if other.inside.is_some() {
            continue;
        }
        let is_same = goes_on(before)
            || speaker.is_some()
                && identities.speakers.get(before).is_some_and(|other| other.source == speaker);
        if !is_same {
            return None;
        }
        let gap = block(page, one)?.checked_sub(block(page, other)?)?;
        if gap > PARAGRAPHS {
            return None;
        }
        if let Some(dating) = datings.get(before)?.as_ref() {
            dating.days?;
            return Some(Dating { score: 0.75, rule: "same speaker goes on", ..*dating });
        }
    }
    None
}

/// Whether a cue tells of one past occasion: "he added", no cue, "adding"; not "believes", "has said", "had said".
fn is_told_then(page: &Page, one: &Attribution) -> bool {
    let cue: Vec<TokenId> = one.cue.iter().flat_map(|span| page.tokens_in(*span)).collect();
    let Some(main) = main_word(page, &cue) else { return true };
    let is_perfect = cue
        .iter()
        .any(|at| page.token(*at).dep == Dep::Aux && matches!(&*page.lemma(*at), "have" | "'ve" | "’ve"));
    if is_perfect {
        return false;
    }
    match page.token(main).pos {
        Pos::Verb | Pos::Aux => match page.token(main).tag {
            Tag::Vbd | Tag::Vbg | Tag::Vbn => true,
            // "did not say", "would not say"
            Tag::Vb => cue.iter().any(|at| matches!(page.word(*at), "did" | "would" | "could")),
            _ => false,
        },
        _ => true,
    }
}

fn block(page: &Page, one: &Attribution) -> Option<u32> {
    let span = one.cue.first().or(one.content.first())?;
    let token = page.tokens_in(*span).next()?;
    page.syntax.tokens.get(token as usize).map(|token| token.block)
}
