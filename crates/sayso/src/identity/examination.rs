//! Who asks and who answers under “Q” and “A”: “The committee heard Imke Sallow. The questions were put by Petra Brandle.”
//!
//! In: the cast of names. Out: the same, with the bare letters given to the two whom the paragraph before the first question names, where it says by
//! whom questions are put. Else the letters stay what they are.

use super::cast::{BeingId, Cast};
use super::page::Page;
use super::phrases::{Phrase, What};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos};
use std::collections::{HashMap, HashSet};

/// Where somebody asks for the record.
const ASKING: [&str; 4] = ["question", "examine", "interview", "cross-examine"];

struct Pair {
    asks: BeingId,
    answers: BeingId,
}

pub(super) fn name_letters(page: &Page, phrases: &[Phrase], cast: &mut Cast) {
    let labels: Vec<usize> = (0..phrases.len()).filter(|at| page.is_bare_label(phrases[*at].head)).collect();
    let block = |at: usize| page.token(phrases[at].head).block;
    let mut pairs: HashMap<u32, Option<Pair>> = HashMap::new();
    let mut moved: HashMap<BeingId, HashSet<u32>> = HashMap::new();
    // the block before the first of a row of labelled blocks
    let mut before: Option<(u32, u32)> = None;
    for at in labels {
        let here = block(at);
        let lead = match before {
            Some((last, lead)) if last + 1 >= here => lead,
            _ => here.saturating_sub(1),
        };
        before = Some((here, lead));
        let pair = pairs.entry(lead).or_insert_with(|| pair(page, phrases, cast, lead));
        let Some(pair) = pair else { continue };
        let id = match page.word(phrases[at].head) {
            "Q" => pair.asks,
            _ => pair.answers,
        };
        if let Some(letter) = cast.who[at].filter(|letter| *letter != id) {
            moved.entry(letter).or_default().insert(at as u32);
        }
        cast.who[at] = Some(id);
        cast.beings[id as usize].phrases.push(at as u32);
    }
    for (letter, gone) in moved {
        cast.beings[letter as usize].phrases.retain(|at| !gone.contains(at));
    }
}

fn pair(page: &Page, phrases: &[Phrase], cast: &Cast, block: u32) -> Option<Pair> {
    let first = phrases.partition_point(|phrase| page.token(phrase.head).block < block);
    let end = phrases.partition_point(|phrase| page.token(phrase.head).block <= block);
    let tokens = phrases.get(first)?.first..phrases.get(end.checked_sub(1)?)?.end;
    if !tokens.clone().any(|at| ASKING.contains(&&*page.lemma(at))) {
        return None;
    }
    let mut people: Vec<BeingId> = Vec::new();
    let mut asks = None;
    for (phrase, who) in phrases[first..end].iter().zip(&cast.who[first..end]) {
        let (What::Name(_), Some(id)) = (&phrase.what, *who) else { continue };
        let being = &cast.beings[id as usize];
        if being.words.len() < 2 || !being.can_be_person() {
            continue;
        }
        if !people.contains(&id) {
            people.push(id);
        }
        asks = asks.or_else(|| is_agent(page, phrase.head).then_some(id));
    }
    let asks = asks?;
    match people[..] {
        [one, other] => Some(Pair { asks, answers: if one == asks { other } else { one } }),
        _ => None,
    }
}

/// “put by counsel for the families, Petra Brandle”: nothing is done between “by” and the name.
fn is_agent(page: &Page, name: TokenId) -> bool {
    let [first, _] = page.sentence(name);
    let before = (first..name).rev().take_while(|at| !matches!(page.token(*at).pos, Pos::Verb | Pos::Aux));
    before.into_iter().any(|at| page.token(at).dep == Dep::Agent)
}
