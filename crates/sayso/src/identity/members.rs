//! Who several are: “Two ecologists at the university, Ulla Tarn and Peter Hoyle, welcomed it ... They said”.
//!
//! In: the cast of names. Out: for plural descriptions with a list of names beside them, whom they list; each of these has the function.

use super::cast::{BeingId, Cast};
use super::descriptions::office;
use super::functions::hold;
use super::name_behind::is_full_name;
use super::page::Page;
use super::phrases::{Office, Phrase, What};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};
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
        // "According to officials, Rook and Holm agreed": no list that is closed
        let behind =
            phrases[at as usize + 1..].iter().zip(&cast.who[at as usize + 1..]).take(4 * MOST_MEMBERS);
        let last = behind.filter(|(_, who)| **who == members.last().copied()).map(|(other, _)| other).next();
        let is_closed = last.is_some_and(|last| page.word(last.end) == ",");
        if members.len() < 2 || page.token(phrase.head).dep == Dep::Pobj && !is_closed {
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

/// “officers Antoine Quill and Nico Reyer”: whom a plural right before their names lists, by the phrase of the first name.
pub(super) fn named_together(
    page: &Page,
    phrases: &[Phrase],
    cast: &mut Cast,
) -> HashMap<u32, (Office, Vec<BeingId>)> {
    let mut lists = HashMap::new();
    for (at, phrase) in (0u32..).zip(phrases) {
        let (What::Name(name), Some(noun)) = (&phrase.what, phrase.first.checked_sub(1)) else { continue };
        // the noun may be taken into the phrase or stand before it
        let noun = if name.first > phrase.first { name.first - 1 } else { noun };
        let is_plural =
            page.token(noun).tag == Tag::Nns && page.token(noun).sentence == page.token(name.first).sentence;
        let class = page.words.noun(&page.lemma(noun)).unwrap_or(NounClass::Person);
        let Some(first) = cast.who[at as usize].filter(|_| is_plural && class.is_human()) else { continue };
        if page.word(phrase.end) != "and" && page.word(phrase.end) != "," {
            continue;
        }
        let link = if page.word(phrase.end + 1) == "and" { phrase.end + 2 } else { phrase.end + 1 };
        let mut members = names_from(page, phrases, cast, at as usize, link);
        members.insert(0, first);
        members.dedup();
        if members.len() < 2 || !members.iter().all(|id| is_full_name(&cast.beings[*id as usize])) {
            continue;
        }
        let is_before = |at: &TokenId| {
            matches!(page.token(*at).pos, Pos::Noun | Pos::Propn | Pos::Adj) && page.token(*at).head == noun
        };
        let start = (page.left_edge(noun)..noun).rev().take_while(is_before).last().unwrap_or(noun);
        let office = Office { class: Some(class), ..office(page, start, noun, noun + 1) };
        for id in &members {
            hold(cast, *id, office.clone());
            cast.beings[*id as usize].votes.person += 4;
        }
        lists.insert(at, (office, members));
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

/// “Ana Rook and Lev Adair met on Monday. *They* said”: the people whom the nearest subject before a token lists by name, in its
/// sentence or the one before.
pub(super) fn subjects_before(page: &Page, phrases: &[Phrase], cast: &Cast, token: TokenId) -> Vec<BeingId> {
    const FARTHEST: usize = 24;
    let until = phrases.partition_point(|phrase| phrase.head < token);
    let from = until.saturating_sub(FARTHEST);
    let is_person = |at: usize| cast.who[at].filter(|who| cast.beings[*who as usize].can_be_person());
    for at in (from..until).rev() {
        let phrase = &phrases[at];
        if page.token(phrase.head).sentence + 1 < page.token(token).sentence {
            break;
        }
        if !page.is_subject(phrase.head) || phrase.is_quoted != page.is_quoted(token) {
            continue;
        }
        let mut heads = vec![phrase.head];
        let mut members: Vec<BeingId> = is_person(at).into_iter().collect();
        for (other, next) in phrases.iter().enumerate().take(until).skip(at + 1) {
            let token = page.token(next.head);
            if token.dep == Dep::Conj && heads.contains(&token.head) && heads.len() < MOST_MEMBERS {
                heads.push(next.head);
                members.extend(is_person(other).filter(|who| !members.contains(who)));
            }
        }
        // one subject that is several people, and no other between them and the token
        if heads.len() > 1 {
            return if members.len() == heads.len() { members } else { Vec::new() };
        }
        if page.token(phrase.head).tag == Tag::Nns {
            break;
        }
    }
    Vec::new()
}
