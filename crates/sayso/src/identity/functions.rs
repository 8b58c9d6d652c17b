//! Functions: who holds which, and whom "the minister" means.
//!
//! In: the cast of names. Out: the same cast with the functions of its people, and a being for every
//! description that is nobody's function. What always holds: a description that could mean two stays open.

use super::cast::{Being, BeingId, Cast};
use super::page::Page;
use super::phrases::{Definite, Description, Office, Phrase, What};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use sayso_model::{Dep, EntityKind, Pos, Tag};
use std::collections::HashMap;

/// More holders of one function than this are not told apart.
const MOST_HOLDERS: usize = 16;

/// Joins names with their appositions, then descriptions with whom they mean.
pub(super) fn attach(page: &Page, phrases: &[Phrase], cast: &mut Cast) {
    own_titles(phrases, cast);
    let mut meant: HashMap<u32, BeingId> = HashMap::new();
    for (at, phrase) in (0u32..).zip(phrases) {
        let What::Description(description) = &phrase.what else { continue };
        if let Some(name) = apposed(page, phrases, at, phrase, description)
            && let Some(id) = cast.who[name as usize]
        {
            meant.insert(at, id);
            hold(cast, id, description.office.clone());
            let being = &mut cast.beings[id as usize];
            being.votes.person += if is_human(description) { 4 } else { 0 };
            // a person with a title is no body: what stands beside the name then belongs to another
            if description.office.class.is_some_and(|class| !class.is_human()) && being.votes.person == 0 {
                being.votes.body += 4;
                being.class = being.class.or(description.office.class);
            }
        }
    }
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
        let What::Description(description) = &phrase.what else { continue };
        let id = match meant.get(&at) {
            Some(id) => Some(*id),
            None => look_back(page, cast, phrases, at, description, &holders, &described),
        };
        let Some(id) =
            id.or_else(|| (!cast.either.contains_key(&at)).then(|| describe(cast, at, description)))
        else {
            continue;
        };
        cast.who[at as usize] = Some(id);
        cast.beings[id as usize].phrases.push(at);
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

fn is_human(description: &Description) -> bool {
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

fn hold(cast: &mut Cast, id: BeingId, office: Office) {
    const MOST_ROLES: usize = 24;
    let roles = &mut cast.beings[id as usize].roles;
    if roles.len() < MOST_ROLES && !roles.iter().any(|role| role.span == office.span) {
        roles.push(office);
    }
}

/// The phrase of the name that a description stands in apposition to.
fn apposed(
    page: &Page,
    phrases: &[Phrase],
    at: u32,
    phrase: &Phrase,
    description: &Description,
) -> Option<u32> {
    let at = at as usize;
    let known = description.office.class;
    let is_person = known.is_none_or(NounClass::is_human);
    if description.is_plural {
        return None;
    }
    let name_at = |token: TokenId| -> Option<u32> {
        let found = phrases.binary_search_by_key(&token, |phrase| phrase.head).ok()?;
        matches!(phrases[found].what, What::Name(_)).then_some(found as u32)
    };
    // "the retired navy diver Sanna Quill", "the families’ group Fourteen"
    if let Some(next) = phrases[at + 1..].first()
        && next.first == phrase.head + 1
        && let What::Name(name) = &next.what
        && !name.has_article
        && (page.is_child(next.head, phrase.head)
            || page.is_child(phrase.head, next.head)
            || is_human(description))
        && page.token(next.head).sentence == page.token(phrase.head).sentence
    {
        return Some(at as u32 + 1);
    }
    if let Some(next) =
        called(page, phrases, at, phrase).or_else(|| after_place(page, phrases, at, description))
    {
        return Some(next);
    }
    // "the navy minister, Ilena Brask,"
    let after = page.word(description.end) == ",";
    if after && is_person {
        let next = phrases[at + 1..].iter().take(8).position(|next| starts(next) == description.end + 1);
        if let Some(next) = next
            && let What::Name(name) = &phrases[at + 1 + next].what
            && !name.has_article
            && name.offices.iter().all(|office| office.class == Some(NounClass::Office))
            && ends_apposition(page, phrases[at + 1 + next].end)
        {
            return Some((at + 1 + next) as u32);
        }
    }
    // "a splinter group, the Emmer Volunteers,"
    if after && known.is_some_and(|class| !class.is_human()) && known != Some(NounClass::Document) {
        let next = phrases[at + 1..].iter().take(8).position(|next| starts(next) == description.end + 1);
        if let Some(next) = next.map(|next| at + 1 + next)
            && let What::Name(name) = &phrases[next].what
            && !name.has_title
            && page.token(phrases[next].head).dep == Dep::Appos
            && page.token(phrases[next].head).head == phrase.head
            && ends_apposition(page, phrases[next].end)
        {
            return Some(next as u32);
        }
    }
    // "Hester Vane, leader of the Leave Association", "Ilena Brask, the navy minister,"
    if page.word(description.first.min(phrase.first)).is_empty() || !is_person && known.is_some() {
        return organisation(page, phrases, at, phrase, description, &name_at);
    }
    let start = phrase.first;
    if known.is_some() && start >= 2 && page.word(start - 1) == "," && ends_apposition(page, description.end)
    {
        let before = phrases[..at].iter().rposition(|before| before.end == start - 1);
        if let Some(before) = before
            && let What::Name(name) = &phrases[before].what
            && !name.has_article
            && (page.token(phrase.head).dep == Dep::Appos || !page.is_subject(phrase.head))
        {
            return Some(before as u32);
        }
    }
    // "Hale is the commander of the flotilla"
    let verb = page.token(phrase.head).head;
    if known == Some(NounClass::Office)
        && page.token(phrase.head).dep == Dep::Attr
        && page.lemma(verb) == "be"
        && !(verb + 1..phrase.head).any(|at| page.token(at).dep == Dep::Neg)
    {
        let subject = (page.sentence(verb)[0].max(verb.saturating_sub(30))..verb)
            .rev()
            .find(|at| page.is_child(*at, verb) && page.is_subject(*at));
        return subject.and_then(name_at);
    }
    None
}

/// "a group calling itself Red Slope", "a movement known as the Ninth Tide".
fn called(page: &Page, phrases: &[Phrase], at: usize, phrase: &Phrase) -> Option<u32> {
    const FARTHEST: TokenId = 5;
    let [_, end] = page.sentence(phrase.head);
    let verb = (phrase.head + 1..end.min(phrase.head + FARTHEST))
        .find(|at| matches!(&*page.lemma(*at), "call" | "know" | "name" | "sign" | "style" | "dub"))?;
    let next = match page.word(verb + 1) {
        "itself" | "themselves" | "as" => verb + 2,
        _ if matches!(page.token(verb).tag, Tag::Vbn) => verb + 1,
        _ => return None,
    };
    let found = phrases[at + 1..].iter().take(4).position(|other| starts(other) == next)?;
    matches!(phrases[at + 1 + found].what, What::Name(_)).then_some((at + 1 + found) as u32)
}

/// "Mayor of London Sadiq Khan": the name right after what the office is of.
fn after_place(page: &Page, phrases: &[Phrase], at: usize, description: &Description) -> Option<u32> {
    if !is_human(description) || description.office.of.is_empty() {
        return None;
    }
    let is_it = |other: &Phrase| match &other.what {
        What::Name(name) => name.first == description.end && name.entity == Some(EntityKind::Person),
        What::Description(_) | What::Pronoun(_) => false,
    };
    let found = phrases[at + 1..].iter().take(4).position(is_it)?;
    (page.token(phrases[at].head).sentence == page.token(phrases[at + 1 + found].head).sentence)
        .then_some((at + 1 + found) as u32)
}

/// "the Lake Voice, a newspaper close to the brigades": the second describes the first.
fn organisation(
    page: &Page,
    phrases: &[Phrase],
    at: usize,
    phrase: &Phrase,
    description: &Description,
    name_at: &impl Fn(TokenId) -> Option<u32>,
) -> Option<u32> {
    let token = page.token(phrase.head);
    if token.dep != Dep::Appos || matches!(description.definite, Definite::Bare) {
        return None;
    }
    let name = name_at(token.head).filter(|name| (*name as usize) < at)?;
    (phrases[name as usize].end + 1 == phrase.first).then_some(name)
}

/// Where a phrase starts, titles included.
fn starts(phrase: &Phrase) -> TokenId {
    phrase.first
}

/// Whether an apposition can end here: a list goes on with "and", and a sentence's subject may follow a comma.
fn ends_apposition(page: &Page, at: TokenId) -> bool {
    match page.syntax.tokens.get(at as usize) {
        None => true,
        Some(token) => {
            let next = page.word(at + 1);
            let list = page.word(at) == "and" || page.word(at) == "," && next == "and";
            !list
                && (token.pos == Pos::Punct
                    || matches!(token.pos, Pos::Verb | Pos::Aux)
                    || token.pos == Pos::Space)
        }
    }
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
            ([], _) => {}
            (several, _) => {
                cast.either.insert(at, several.to_vec());
                return None;
            }
        }
        if let Some(name) = last_word_of_name(page, cast, phrases, at, description) {
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
    let same = |id: &&BeingId| text(cast.beings[**id as usize].best) == text(at);
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

/// "the Front" after "the Upland Front", "the ministry" after "the Ministry of External Relations".
fn last_word_of_name(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
) -> Option<BeingId> {
    const FARTHEST: usize = 160;
    let office = &description.office;
    if office.class.is_none_or(NounClass::is_human) || !office.of.is_empty() {
        return None;
    }
    let from = (at as usize).saturating_sub(FARTHEST);
    let mut found: Option<BeingId> = None;
    for (before, phrase) in phrases[from..at as usize].iter().enumerate().rev() {
        let What::Name(name) = &phrase.what else { continue };
        let Some(id) = cast.who[from + before] else { continue };
        let words = &cast.beings[id as usize].words;
        let head_word = page.word(name.first).to_lowercase();
        // "Supreme Court of Puerto Rico" is a court
        let core = words.iter().take_while(|word| !matches!(word.as_str(), "of" | "for")).last();
        let is_head = words.len() > 1 && (words.last() == Some(&office.lemma) || core == Some(&office.lemma))
            || head_word == office.lemma && words.len() > 1;
        if is_head && office.modifiers.iter().all(|modifier| words.contains(modifier)) {
            match found {
                None => found = Some(id),
                Some(nearest) if nearest != id => return None,
                Some(_) => {}
            }
        }
    }
    found
}

/// "the company", "the airline": the only firm that was named shortly before, by a name that does not say what it is.
fn company(
    page: &Page,
    cast: &Cast,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
) -> Option<BeingId> {
    const FARTHEST: usize = 40;
    const SENTENCES: u32 = 3;
    let office = &description.office;
    let is_bare = office.modifiers.is_empty() && office.of.is_empty() && !description.is_plural;
    if !is_bare || description.definite != Definite::The || !page.words.is_firm(&office.lemma) {
        return None;
    }
    let at = at as usize;
    let sentence = page.token(phrases[at].head).sentence;
    let mut found = None;
    for (before, phrase) in phrases[..at].iter().enumerate().rev().take(FARTHEST) {
        if page.token(phrase.head).sentence + SENTENCES < sentence {
            break;
        }
        let (What::Name(name), Some(id)) = (&phrase.what, cast.who[before]) else { continue };
        let being = &cast.beings[id as usize];
        let is_body = being.votes.body > being.votes.person.max(being.votes.state);
        let is_other =
            being.words.iter().any(|word| page.words.noun(word).is_some() || page.words.is_medium(word));
        if name.has_title || !is_body || is_other {
            continue;
        }
        match found {
            None => found = Some(id),
            Some(other) if other != id => return None,
            Some(_) => {}
        }
    }
    found
}

/// Whether a description can mean the holder of a function: the same noun, no contradiction in what goes with it.
fn fits(page: &Page, role: &Office, wanted: &Office) -> bool {
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
    page.token(at).tag == Tag::PrpPoss
}
