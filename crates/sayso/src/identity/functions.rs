//! Functions: who holds which, and whom "the minister" means.
//!
//! In: the cast of names. Out: the same cast with the functions of its people, and a being for every
//! description that is nobody's function. What always holds: a description that could mean two stays open.

use super::appositions::{apposed, called, first_of_two};
use super::bearers::{by_place, company, last_word_of_name, named_later, only_firm};
use super::cast::{Being, BeingId, Cast};
use super::members;
use super::page::Page;
use super::phrases::{Definite, Description, Office, Phrase, What};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use sayso_model::Tag;
use std::collections::HashMap;

/// More holders of one function than this are not told apart.
const MOST_HOLDERS: usize = 16;

/// Joins names with their appositions, then descriptions with whom they mean.
pub(super) fn attach(page: &Page, phrases: &[Phrase], cast: &mut Cast) {
    own_titles(phrases, cast);
    let mut meant: HashMap<u32, BeingId> = HashMap::new();
    for (at, phrase) in (0u32..).zip(phrases) {
        let What::Description(description) = &phrase.what else { continue };
        let second = first_of_two(page, phrases, at, description).and_then(|first| meant.get(&first));
        let beside = || apposed(page, phrases, at, phrase, description);
        if let Some(id) = second.copied().or_else(|| cast.who[beside()? as usize]) {
            meant.insert(at, id);
            hold(cast, id, description.office.clone());
            let being = &mut cast.beings[id as usize];
            being.is_band |=
                is_group(&description.office.lemma) && called(page, phrases, at as usize, phrase).is_some();
            being.votes.person += if is_human(description) { 4 } else { 0 };
            // a person with a title is no body: what stands beside the name then belongs to another
            let guessed = 3 * being.phrases.len() as u32;
            if description.office.class.is_some_and(|class| !class.is_human())
                && being.votes.person <= guessed
            {
                being.votes.body += guessed + 4;
                being.class = being.class.or(description.office.class);
            }
        }
    }
    let lists = members::listed(page, phrases, cast);
    let mut named_together = members::named_together(page, phrases, cast);
    let mut holders: HashMap<String, Vec<BeingId>> = HashMap::new();
    for (id, being) in (0u32..).zip(&cast.beings) {
        for office in &being.roles {
            let ids = holders.entry(office.lemma.clone()).or_default();
            if ids.len() <= MOST_HOLDERS && ids.last() != Some(&id) {
                ids.push(id);
            }
        }
    }
    let mut described: HashMap<String, Vec<BeingId>> = HashMap::new();
    for (at, phrase) in (0u32..).zip(phrases) {
        if let Some((office, members)) = named_together.remove(&at) {
            let id = cast.beings.len() as BeingId;
            described.entry(office.lemma.clone()).or_default().push(id);
            let class = office.class;
            cast.beings.push(Being {
                roles: vec![office],
                is_plural: true,
                best: at,
                class,
                members,
                ..Being::default()
            });
        }
        let What::Description(description) = &phrase.what else { continue };
        let id = match meant.get(&at) {
            Some(id) => Some(*id),
            None if lists.contains_key(&at) => None,
            None => look_back(page, cast, phrases, at, description, &holders, &described),
        };
        let Some(id) =
            id.or_else(|| (!cast.either.contains_key(&at)).then(|| describe(cast, at, description)))
        else {
            continue;
        };
        cast.who[at as usize] = Some(id);
        cast.beings[id as usize].phrases.push(at);
        if let Some(members) = lists.get(&at) {
            cast.beings[id as usize].members.clone_from(members);
        }
        let same = described.entry(description.office.lemma.clone()).or_default();
        if same.last() != Some(&id) {
            same.retain(|other| *other != id);
            same.push(id);
            if same.len() > MOST_HOLDERS {
                same.remove(0);
            }
        }
    }
    for being in &mut cast.beings {
        being.phrases.sort_unstable();
        being.phrases.dedup();
    }
}

pub(super) fn is_human(description: &Description) -> bool {
    description.office.class.is_some_and(NounClass::is_human)
}

/// Titles and functions before the names themselves.
fn own_titles(phrases: &[Phrase], cast: &mut Cast) {
    for (at, phrase) in phrases.iter().enumerate() {
        let What::Name(name) = &phrase.what else { continue };
        let Some(id) = cast.who[at] else { continue };
        for office in &name.offices {
            hold(cast, id, office.clone());
        }
    }
}

pub(super) fn hold(cast: &mut Cast, id: BeingId, office: Office) {
    const MOST_ROLES: usize = 24;
    let roles = &mut cast.beings[id as usize].roles;
    if roles.len() < MOST_ROLES && !roles.iter().any(|role| role.span == office.span) {
        roles.push(office);
    }
}

fn is_group(lemma: &str) -> bool {
    matches!(lemma, "group" | "movement" | "militia" | "faction" | "cell" | "organisation" | "organization")
}

/// A being of its own for a description.
fn describe(cast: &mut Cast, at: u32, description: &Description) -> BeingId {
    let class = description.office.class;
    cast.beings.push(Being {
        roles: vec![description.office.clone()],
        is_plural: description.is_plural,
        best: at,
        class,
        ..Being::default()
    });
    cast.beings.len() as BeingId - 1
}

/// Whom a description means that was spoken of elsewhere.
fn look_back(
    page: &Page,
    cast: &mut Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
    holders: &HashMap<String, Vec<BeingId>>,
    described: &HashMap<String, Vec<BeingId>>,
) -> Option<BeingId> {
    let office = &description.office;
    if page.is_label(phrases[at as usize].head) {
        return same_label(page, cast, phrases, at, description, described);
    }
    if let Some(named) = named_later(page, cast, phrases, at, description, holders) {
        return Some(named);
    }
    if !description.looks_back() {
        return same_words(page, cast, phrases, at, description, described);
    }
    if matches!(description.definite, Definite::Bare) && office.class.is_none() {
        return None;
    }
    if !description.is_plural {
        let of = holders.get(&office.lemma).into_iter().flatten().copied();
        let fitting: Vec<BeingId> = of
            .filter(|id| cast.beings[*id as usize].roles.iter().any(|role| fits(page, role, office)))
            .collect();
        let before =
            |id: &BeingId| cast.beings[*id as usize].phrases.first().is_some_and(|first| *first < at);
        let known: Vec<BeingId> = fitting.iter().copied().filter(before).collect();
        match (&known[..], &fitting[..]) {
            ([only], _) => return Some(*only),
            // "the ombudsman" first, "the ombudsman, Hugo Stell" later
            ([], [only]) if office.class == Some(NounClass::Office) => return Some(*only),
            ([], _) => {
                if let Some(only) = by_place(page, cast, phrases, at, description, holders) {
                    return Some(only);
                }
            }
            (several, _) => {
                cast.either.insert(at, several.to_vec());
                return None;
            }
        }
        if let Some(name) = last_word_of_name(page, cast, phrases, at, description)
            .or_else(|| only_firm(page, cast, at, description))
        {
            return Some(name);
        }
    }
    let Some(earlier) = described.get(&office.lemma) else {
        return company(page, cast, phrases, at, description);
    };
    let mut fitting = earlier.iter().rev().copied().filter(|id| {
        let being = &cast.beings[*id as usize];
        being.is_plural == description.is_plural
            && being.roles.iter().any(|role| role.lemma == office.lemma && fits(page, role, office))
    });
    // "both officers", "the two officers" are the two who were named
    let first = phrases[at as usize].first;
    let is_pair = (first..phrases[at as usize].head)
        .any(|at| ["both", "two"].iter().any(|word| page.word(at).eq_ignore_ascii_case(word)));
    if let Some(pair) = fitting.clone().find(|id| is_pair && cast.beings[*id as usize].members.len() == 2) {
        return Some(pair);
    }
    let nearest = fitting.next()?;
    let place = |id: BeingId| {
        let last = cast.beings[id as usize].phrases.last().copied().unwrap_or(0);
        page.token(phrases[last as usize].head).sentence
    };
    // two ministries of which one sentence spoke: which is "the ministry"?
    let rival = fitting.find(|id| {
        let being = &cast.beings[*id as usize];
        !being
            .roles
            .iter()
            .any(|role| cast.beings[nearest as usize].roles.iter().any(|own| fits(page, role, own)))
    });
    if let Some(rival) = rival
        && place(rival) == place(nearest)
        && office.modifiers.is_empty()
    {
        cast.either.insert(at, vec![nearest, rival]);
        return None;
    }
    Some(nearest)
}

/// "Prosecutors" and "prosecutors", "a spokesman for Korvex" twice: the same words mean the same, but
/// "officials" and "officials" may be others.
fn same_words(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
    described: &HashMap<String, Vec<BeingId>>,
) -> Option<BeingId> {
    let office = &description.office;
    let (Definite::Bare | Definite::Indefinite) = description.definite else { return None };
    let lasting = match office.class {
        Some(NounClass::Office) => !office.of.is_empty() || !office.modifiers.is_empty(),
        Some(NounClass::Organisation | NounClass::Government | NounClass::Group) => description.is_plural,
        Some(NounClass::Person) => description.is_plural && !page.words.is_unnamed(&office.lemma),
        Some(NounClass::Document) | None => false,
    };
    if !lasting {
        return None;
    }
    let text = |at: u32| match &phrases[at as usize].what {
        What::Description(other) => Some((&other.office.modifiers, &other.office.of)),
        What::Name(_) | What::Pronoun(_) => None,
    };
    let earlier = described.get(&office.lemma)?;
    let same = |id: &&BeingId| {
        let being = &cast.beings[**id as usize];
        being.is_plural == description.is_plural && text(being.best) == text(at)
    };
    earlier.iter().rev().find(same).copied()
}

/// "THE PRESIDENT:" is whoever speaks under these words or is addressed by them, and none of the presidents that are spoken of.
fn same_label(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
    described: &HashMap<String, Vec<BeingId>>,
) -> Option<BeingId> {
    let label = page.word(phrases[at as usize].head);
    let is_it = |id: &&BeingId| {
        let best = phrases[cast.beings[**id as usize].best as usize].head;
        // "Mr. President, will you", asked before he first speaks
        let before = best.checked_sub(1).map_or("", |before| page.word(before));
        let is_addressed = matches!(before.trim_end_matches('.'), "Mr" | "Madam" | "Madame" | "Ms" | "Mrs");
        page.word(best).eq_ignore_ascii_case(label) && (page.is_label(best) || is_addressed)
    };
    described.get(&description.office.lemma)?.iter().rev().find(is_it).copied()
}

/// Whether a description can mean the holder of a function: the same noun, no contradiction in what goes with it.
pub(super) fn fits(page: &Page, role: &Office, wanted: &Office) -> bool {
    let other = |of: &Office, than: &Office| {
        of.modifiers.iter().any(|word| page.words.is_other_office(word) && !than.modifiers.contains(word))
    };
    role.lemma == wanted.lemma
        && !other(role, wanted)
        && !other(wanted, role)
        && wanted
            .modifiers
            .iter()
            .all(|word| role.modifiers.contains(word) || role.of.contains(word) || is_light(word))
        && (wanted.of.is_empty()
            || wanted.of.iter().any(|word| role.of.contains(word) || role.modifiers.contains(word)))
}

/// Words that say nothing about which one is meant.
fn is_light(word: &str) -> bool {
    matches!(
        word,
        "same"
            | "said"
            | "own"
            | "national"
            | "new"
            | "old"
            | "young"
            | "late"
            | "neighbouring"
            | "neighboring"
    )
}

/// Whether a token is a possessive pronoun.
pub(super) fn is_possessive_pronoun(page: &Page, at: TokenId) -> bool {
    matches!(page.token(at).tag, Tag::PrpPoss | Tag::WpPoss)
}
