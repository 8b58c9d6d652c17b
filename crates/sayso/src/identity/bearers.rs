//! Whom the article names that a description means, though no apposition says so: the only holder of an office, the only firm, the body whose name ends in the noun.
//!
//! In: the cast of names with their functions, and a description. Out: the one being that it can mean; nothing where there are two.

use super::cast::{Being, BeingId, Cast, only};
use super::functions::fits;
use super::page::Page;
use super::phrases::{Definite, Description, Office, Phrase, What};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use sayso_model::EntityKind;
use std::collections::HashMap;

/// “Bridge inspector says ...” in a headline, “A bridge inspector told ...” in the first paragraph: the only one whom the article
/// names with that function.
pub(super) fn named_later(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
    holders: &HashMap<String, Vec<BeingId>>,
) -> Option<BeingId> {
    let office = &description.office;
    let head = phrases[at as usize].head;
    let is_function = matches!(office.class, Some(NounClass::Office | NounClass::Person))
        && !page.words.is_unnamed(&office.lemma)
        && !page.words.is_relation(&office.lemma)
        && !page.words.is_circumstance(&office.lemma);
    let is_open = matches!(description.definite, Definite::Bare | Definite::Indefinite);
    if !is_function || !is_open || description.is_plural || !page.is_lead(head) || page.is_quoted(head) {
        return None;
    }
    let is_plain =
        |role: &Office| role.lemma == office.lemma && role.modifiers.is_empty() && role.of.is_empty();
    let bearers =
        holders.get(&office.lemma)?.iter().copied().filter(|id| cast.beings[*id as usize].is_named());
    let one = only(bearers)?;
    let is_it = cast.beings[one as usize].roles.iter().any(|role| is_plain(role) || fits(page, role, office));
    is_it.then_some(one)
}

/// “Sen. Lev Adair said no. The Linnow senator”, “the Tern lawmaker”, “the Senn leader”: the only holder of such an office, named shortly
/// before, of whom nothing said which place or party he is of.
pub(super) fn by_place(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
    holders: &HashMap<String, Vec<BeingId>>,
) -> Option<BeingId> {
    const FARTHEST: u32 = 4;
    let office = &description.office;
    let head = phrases[at as usize].head;
    let names_place = |at: TokenId| {
        let kind = page.entity(at).map(|entity| entity.kind);
        matches!(kind, Some(EntityKind::Gpe | EntityKind::Norp | EntityKind::Loc | EntityKind::Org))
    };
    let before = description.first..head;
    let is_plain = office.of.is_empty() && !before.is_empty() && before.clone().all(names_place);
    if office.class != Some(NounClass::Office) || description.definite != Definite::The || !is_plain {
        return None;
    }
    let offices: &[&str] = OFFICES.iter().find(|(word, _)| *word == office.lemma).map_or(&[], |(_, all)| all);
    let lemmas = std::iter::once(office.lemma.as_str()).chain(offices.iter().copied());
    let one = only(lemmas.filter_map(|lemma| holders.get(lemma)).flatten().copied())?;
    let being = &cast.beings[one as usize];
    let is_such = |role: &&Office| role.lemma == office.lemma || offices.contains(&role.lemma.as_str());
    let is_word = |word: &String| office.modifiers.contains(word);
    let is_open = being.is_named()
        && being.roles.iter().filter(is_such).all(|role| {
            role.modifiers.iter().chain(&role.of).all(is_word)
                || office.lemma == "leader" && role.modifiers.is_empty() && role.of.is_empty()
        });
    let last = being.phrases.iter().rev().find(|phrase| **phrase < at)?;
    let distance =
        page.token(head).sentence.saturating_sub(page.token(phrases[*last as usize].head).sentence);
    (is_open && distance <= FARTHEST).then_some(one)
}

/// What else somebody may be who is called by a wider word.
const OFFICES: [(&str, &[&str]); 3] = [
    ("leader", &["president", "premier", "chancellor", "king", "emir", "sultan"]),
    ("lawmaker", MEMBERS),
    ("legislator", MEMBERS),
];

const MEMBERS: &[&str] = &[
    "lawmaker",
    "legislator",
    "senator",
    "representative",
    "congressman",
    "congresswoman",
    "mp",
    "mla",
    "mep",
    "msp",
];

/// "the company": the only firm of the article, by its name or by what it is called.
pub(super) fn only_firm(page: &Page, cast: &Cast, at: u32, description: &Description) -> Option<BeingId> {
    let office = &description.office;
    let is_bare =
        office.modifiers.is_empty() && office.of.is_empty() && description.definite == Definite::The;
    if !is_bare || !matches!(&*office.lemma, "company" | "firm") {
        return None;
    }
    let is_firm = |being: &Being| {
        let by_name =
            being.words.len() > 1 && being.words.last().is_some_and(|word| page.words.is_after_firm(word));
        being.is_named() && (by_name || being.roles.iter().any(|role| page.words.is_firm(&role.lemma)))
    };
    let firms = (0u32..).zip(&cast.beings).filter(|(_, being)| is_firm(being));
    only(firms.map(|(id, _)| id)).filter(|id| cast.beings[*id as usize].first < at)
}

/// "the Front" after "the Upland Front", "the ministry" after "the Ministry of External Relations".
pub(super) fn last_word_of_name(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
) -> Option<BeingId> {
    const FARTHEST: usize = 160;
    let office = &description.office;
    if office.class.is_some_and(NounClass::is_human) || !office.of.is_empty() {
        return None;
    }
    // of a noun that no list knows only "the theatre" itself is the National Theatre
    if office.class.is_none() && (description.definite != Definite::The || !office.modifiers.is_empty()) {
        return None;
    }
    let before = (at as usize).saturating_sub(FARTHEST)..at as usize;
    only(before.rev().filter_map(|before| {
        let What::Name(name) = &phrases[before].what else { return None };
        let id = cast.who[before]?;
        let words = &cast.beings[id as usize].words;
        let head_word = page.word(name.first).to_lowercase();
        // "Supreme Court of Puerto Rico" is a court
        let is_link = |word: &str| matches!(word, "of" | "for" | "on" | "to" | "against");
        let core = words.iter().take_while(|word| !is_link(word)).last();
        // "the Government House" is no government
        let is_first = head_word == office.lemma && words.get(1).is_some_and(|next| is_link(next));
        let is_head = words.len() > 1 && (words.last() == Some(&office.lemma) || core == Some(&office.lemma))
            || is_first;
        (is_head && office.modifiers.iter().all(|modifier| words.contains(modifier))).then_some(id)
    }))
}

/// "the company", "the newspaper": the only firm that was named shortly before, by a name that does not say what it is,
/// or the only medium.
pub(super) fn company(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
) -> Option<BeingId> {
    const FARTHEST: usize = 40;
    let office = &description.office;
    let is_medium = page.words.is_medium(&office.lemma);
    // media stand close together: "Press TV said ... The Aviation Herald reported ... The publication stated"
    let reach_sentences = if is_medium { 1 } else { 3 };
    let is_bare =
        (office.modifiers.is_empty() || is_medium) && office.of.is_empty() && !description.is_plural;
    let is_known = is_medium || page.words.is_firm(&office.lemma);
    if !is_bare || description.definite != Definite::The || !is_known {
        return None;
    }
    let at = at as usize;
    let sentence = page.token(phrases[at].head).sentence;
    let is_near = |before: &usize| page.token(phrases[*before].head).sentence + reach_sentences >= sentence;
    let before = (0..at).rev().take(FARTHEST).take_while(is_near);
    only(before.filter_map(|before| {
        let What::Name(name) = &phrases[before].what else { return None };
        let id = cast.who[before]?;
        let being = &cast.beings[id as usize];
        let is_body = being.votes.body > being.votes.person.max(being.votes.state);
        let is_other = match is_medium {
            true => !being.words.iter().any(|word| page.words.is_medium(word)),
            false => {
                being.words.iter().any(|word| page.words.noun(word).is_some() || page.words.is_medium(word))
            }
        };
        (!name.has_title && is_body && !is_other).then_some(id)
    }))
}
