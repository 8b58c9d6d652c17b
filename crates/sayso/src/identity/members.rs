//! Who several are: “Two ecologists at the university, Ulla Tarn and Peter Hoyle, welcomed it ... They said”.
//!
//! In: the cast of names. Out: for plural descriptions with a list of names beside them, whom they list; each of these has the function.

use super::cast::{BeingId, Cast};
use super::functions::hold;
use super::page::Page;
use super::phrases::{Office, Phrase, What};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use std::collections::HashMap;

/// Longer lists are not read.
const MOST_MEMBERS: usize = 8;

/// The members of each plural description, by its phrase.
pub(super) fn listed(page: &Page, phrases: &[Phrase], cast: &mut Cast) -> HashMap<u32, Vec<BeingId>> {
    let mut lists = HashMap::new();
    for (at, phrase) in (0u32..).zip(phrases) {
        let What::Description(description) = &phrase.what else { continue };
        let is_people = description.office.class.is_some_and(NounClass::is_human);
        if !description.is_plural || !is_people || page.word(description.end) != "," {
            continue;
        }
        let members = names_from(page, phrases, cast, at as usize, description.end + 1);
        if members.len() < 2 {
            continue;
        }
        let office = Office {
            span: page.span(description.first_of_function(page), description.end),
            ..description.office.clone()
        };
        for id in &members {
            hold(cast, *id, office.clone());
            cast.beings[*id as usize].votes.person += 4;
        }
        lists.insert(at, members);
    }
    lists
}

/// “Ulla Tarn and Peter Hoyle”, “Ana Rook, Pia Holm and Greet Maas”: names from a token on, and nothing between them.
fn names_from(page: &Page, phrases: &[Phrase], cast: &Cast, at: usize, first: TokenId) -> Vec<BeingId> {
    let (mut members, mut next) = (Vec::new(), first);
    let mut is_last = false;
    for (other, phrase) in phrases.iter().enumerate().skip(at + 1).take(4 * MOST_MEMBERS) {
        if phrase.first < next {
            continue;
        }
        let (What::Name(_), Some(id)) = (&phrase.what, cast.who[other]) else { break };
        if phrase.first != next || is_last {
            break;
        }
        members.push(id);
        match page.word(phrase.end) {
            "and" => (next, is_last) = (phrase.end + 1, false),
            "," if page.word(phrase.end + 1) == "and" => next = phrase.end + 2,
            "," => next = phrase.end + 1,
            _ => break,
        }
    }
    members.dedup();
    members
}
