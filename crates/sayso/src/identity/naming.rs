//! The name at the end of a noun phrase, and what stands before it: “army spokesman Col. | Davit Remsen”.
//!
//! In: the first token of a phrase, its head and what the recogniser of entities takes it for. Out: the name without titles, with the functions and the gender that
//! the words before it give; nothing where the head is a common noun, a title or an office.

use super::descriptions::office;
use super::page::Page;
use super::phrases::{Name, Office, is_article, is_possessive};
use crate::lexicon::NounClass;
use crate::syntax::{Entity, TokenId};
use sayso_model::{EntityKind, Pos, Tag};

fn is_name_word(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    let letters = page.word(at).chars().any(char::is_alphabetic);
    letters
        && (page.is_capital(at) || is_second_half(page, at))
        && (page.is_proper(at) || matches!(token.tag, Tag::Nnp | Tag::Nnps) || !page.is_first(at))
        && !matches!(token.tag, Tag::Prp | Tag::PrpPoss | Tag::Dt)
        && !(page.is_first(at) && matches!(page.word(at), "Neighbouring" | "Neighboring" | "Nearby"))
        // "Two Western diplomats", "the Iraqi analyst" end in a common noun and never get here
        && page.pronoun(at).is_none()
}

/// “Hao Lin-|tesh”, “Varan Silpa-|archa”: a name's second half may be small.
fn is_second_half(page: &Page, at: TokenId) -> bool {
    let touches = |first: TokenId| page.token(first).span.end() == page.token(first + 1).span.start();
    at >= 2
        && page.word(at - 1) == "-"
        && touches(at - 1)
        && touches(at - 2)
        && page.is_capital(at - 2)
        && matches!(page.token(at - 2).tag, Tag::Nnp | Tag::Nnps)
        // "Trump-backed" is none
        && match page.token(at).tag {
            Tag::Vbn | Tag::Vbg | Tag::Jj | Tag::Nn | Tag::Nns | Tag::Rb => {
                page.entity(at).is_some_and(|entity| entity.kind == EntityKind::Person)
            }
            _ => true,
        }
}

const PARTICLES: [&str; 16] =
    ["al", "el", "bin", "ibn", "ben", "de", "da", "di", "del", "la", "van", "von", "der", "den", "du", "y"];

/// The name at the end of a phrase.
pub(super) fn name(page: &Page, first: TokenId, head: TokenId, entity: Option<Entity>) -> Option<Name> {
    // the second half of "Tolland & Sons" is no name of its own
    if !is_name_word(page, head) || head > 1 && page.word(head - 1) == "&" && page.is_capital(head - 2) {
        return None;
    }
    let entity_kind = entity.map(|entity| entity.kind);
    if matches!(
        entity_kind,
        Some(
            EntityKind::Date
                | EntityKind::Time
                | EntityKind::Money
                | EntityKind::Percent
                | EntityKind::Quantity
        )
    ) {
        return None;
    }
    let nicknamed = nicknamed_from(page, head);
    let lowest = nicknamed.unwrap_or(first).max(page.sentence(head)[0]);
    let mut start = head;
    while start > lowest && !page.is_bare_label(start - 1) {
        let before = start - 1;
        // "Col" and its stop may be two tokens
        let stops =
            page.word(before) == "." && before > lowest && page.words.title(page.word(before - 1)).is_some();
        let joins = stops || page.word(before) == "-" || page.token(before).tag == Tag::Hyph;
        if is_name_word(page, before)
            || nicknamed.is_some() && is_mark(page.word(before)) && before > lowest
            || joins && before > lowest
            || PARTICLES.contains(&page.word(before)) && before > lowest && is_name_word(page, before - 1)
            // "al" before the hyphen of "al-Nazemi"
            || PARTICLES.contains(&page.word(before)) && page.word(start) == "-"
            // "Secretary of State Ana Moor"
            || page.word(before) == "of"
                && before > lowest
                && (page.words.noun(&page.lemma(before - 1)) == Some(NounClass::Office)
                    // "the Tenth of June Officers"
                    || page.is_capital(before - 1) && !page.is_first(before - 1) && !page.is_human_noun(before - 1))
        {
            start = before;
        } else {
            break;
        }
    }
    // "Anti-Hale Wardens", where the tagger sees no name in the first half
    if page.word(start) == "-" && start > lowest && page.is_capital(start - 1) {
        start -= 1;
    }
    // "the Harbour and Rescue Agency", "the Teachers' Union": what the recogniser takes for one name of a body
    if let Some(body) = entity.filter(|entity| entity.kind == EntityKind::Org && entity.end > head)
        && page.words.is_in_names(&page.word(head).to_lowercase())
    {
        // "the Teachers’ Union", but not "Sorn’s State Department"
        let owner = (body.first..start).rev().find(|at| page.token(*at).tag == Tag::Pos);
        let from = owner.filter(|mark| *mark > body.first && !is_human(page, mark - 1)).unwrap_or(body.first);
        let first = (from..start).find(|at| is_name_word(page, *at) && !is_place(page, *at));
        start = first.filter(|first| *first >= lowest).unwrap_or(start);
    }
    // "Mayor of London Sadiq Khan"
    if start > 1 && page.word(start - 1) == "of" && page.is_human_noun(start - 2) {
        start = place_end(page, start, head).unwrap_or(start);
    }
    let mut found = Name {
        first: start,
        span: page.span(start, head + 1),
        gender: None,
        has_title: false,
        offices: Vec::new(),
        has_article: false,
        entity: entity_kind,
    };
    // the last title or office before the name proper
    let mut last_title = None;
    for at in start..head {
        let word = page.word(at);
        let lemma = word.to_lowercase();
        let title = page.words.title(word);
        // "the Linnow Sheriff’s Office" is no sheriff
        let is_owner = page.token(at + 1).tag == Tag::Pos;
        if !is_owner && (title.is_some() || page.words.noun(&lemma).is_some_and(NounClass::is_human)) {
            last_title = Some(at);
            found.gender = title.and_then(|title| title.gender).or(found.gender);
            found.has_title = true;
            if let Some(office) = title.map_or(Some(lemma), |title| title.office.clone()) {
                found.offices.push(Office {
                    lemma: office,
                    modifiers: (start..at).map(|before| page.word(before).to_lowercase()).collect(),
                    of: Vec::new(),
                    span: page.span(start, if page.word(at + 1) == "." { at + 2 } else { at + 1 }),
                    class: Some(NounClass::Office),
                });
            }
        }
    }
    // a capitalised office with no name after it: "the Prime Minister"
    let own = page.word(head).to_lowercase();
    if page.words.noun(&own).is_some_and(NounClass::is_human) && page.token(head).pos != Pos::Num {
        let has_article = (first..start).any(|at| is_article(page, at));
        let is_role = has_article
            || start == head && !page.is_surname(head)
            || last_title.is_some()
            // "United States Senator"
            || is_place_before(page, start, head)
            // "Ryanair CEO"
            || matches!(&*own, "ceo" | "president" | "spokesman" | "spokeswoman" | "spokesperson" | "minister" | "secretary" | "director")
                && entity_kind != Some(EntityKind::Person)
                && !page.is_given_name(start);
        // "Foreign Minister Julia Bishop"
        let is_surname = last_title.is_some_and(|title| title + 2 == head) && page.is_given_name(head - 1);
        if is_role && !is_surname {
            return None;
        }
    }
    // "the Members of the Council", "Women in Estry"
    let is_office = |at: TokenId| {
        let word = page.word(at).to_lowercase();
        page.words.noun(word.strip_suffix('s').unwrap_or(&word)) == Some(NounClass::Office)
    };
    // and "Labor Ministers"
    if is_common_plural(page, head) && (start == head || is_office(head)) {
        return None;
    }
    if let Some(title) = last_title {
        found.first = title + 1;
        if page.word(found.first) == "." && found.first < head {
            found.first += 1;
        }
        if page.word(found.first) == "of" && found.first + 2 <= head {
            found.first += 2;
        }
    }
    // "NASA Administrator Jim Bridenstine": what is before the name of a person is no part of it
    if let Some(person) = entity.filter(|entity| entity.kind == EntityKind::Person)
        && person.end == head + 1
        && person.first > found.first
        && person.first < head
        && page.token(person.first).tag == Tag::Nnp
        && !PARTICLES.contains(&page.word(person.first))
        && (found.first..person.first).any(|at| is_no_given_name(page, at))
    {
        found.first = person.first;
    }
    // "Minister for the Middle East | Tobias Ellwood"
    if head >= found.first + 2
        && !page.is_given_name(found.first)
        && !page.words.is_in_names(&page.word(head).to_lowercase())
    {
        let is_led_to = found.first >= 1 && matches!(page.word(found.first - 1), "of" | "the");
        let from = if is_led_to { found.first + 1 } else { found.first + 2 };
        let given = (from..head).find(|at| page.is_given_name(*at));
        found.first = given.unwrap_or(found.first);
    }
    // "Broadcaster | Piers Morn", at the start of a sentence
    let is_noun = |at: TokenId| {
        page.token(at).pos == Pos::Noun || page.words.noun(&page.word(at).to_lowercase()).is_some()
    };
    if head >= found.first + 2
        && page.is_first(found.first)
        && is_noun(found.first)
        && !page.is_given_name(found.first)
        && page.is_given_name(found.first + 1)
    {
        found.offices.push(office(page, found.first, found.first, found.first + 1));
        found.first += 1;
    }
    found.has_article = (first..start).any(|at| is_article(page, at));
    let is_body = (found.first..=head).any(|at| page.words.is_in_names(&page.word(at).to_lowercase()));
    if let Some(office) = common_noun_before(page, first, start).filter(|_| !is_body) {
        found.offices.push(office);
    }
    // "Tolland & Sons"
    let is_firm = page.word(head + 1) == "&" && head + 2 < page.end() && is_name_word(page, head + 2);
    let body =
        entity.filter(|entity| entity.kind == EntityKind::Org && found.has_article && entity.first <= head);
    let of = if is_firm {
        Some(head + 3)
    } else if let Some(body) =
        body.filter(|body| body.end > head + 1 && is_rest_of_name(page, head + 1..body.end))
    {
        // "the National Conference on Harbours", "the Committee to Protect Pilots"
        Some(body.end)
    } else if found.has_title || matches!(entity_kind, Some(EntityKind::Person)) {
        None
    } else {
        of_tail(page, head)
    };
    // "Hao Lin|-tesh", whatever the parser makes of the rest
    let is_cut = head + 2 < page.end() && page.word(head + 1) == "-" && !page.is_capital(head + 2);
    let rest = (is_cut && is_second_half(page, head + 2)).then_some(head + 3);
    // "the High Court of Ostrel | and Linnow", "the Islamic State of Ostrel | and the Coast"
    let of_places = of
        .filter(|end| matches!(page.word(end - 2), "of" | "for"))
        .and_then(|end| second_place(page, head, end));
    let end = of_places.or(of).or(rest).unwrap_or(head + 1);
    found.span = page.span(found.first, end);
    Some(found)
}

fn is_mark(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "‘" | "’" | "'" | "``" | "''")
}

/// “Abelard “Bo” Tannick”: where a name starts that has another one between marks before its last word.
fn nicknamed_from(page: &Page, head: TokenId) -> Option<TokenId> {
    const LONGEST: TokenId = 3;
    let close = head.checked_sub(1).filter(|at| is_mark(page.word(*at)))?;
    let open = (close.saturating_sub(LONGEST)..close).rev().find(|at| is_mark(page.word(*at)))?;
    let nick = open + 1..close;
    let is_capital = |at: TokenId| page.is_capital(at) && is_name_word(page, at);
    let given =
        open.checked_sub(1).filter(|given| is_capital(*given) && page.token(*given).tag == Tag::Nnp)?;
    let is_near = page.token(given).span.end() + 1 == page.token(open).span.start()
        && page.token(close).span.end() + 1 == page.token(head).span.start();
    (!nick.is_empty() && nick.clone().all(is_capital) && is_near).then_some(given)
}

/// One past the second of two places that a body is of.
fn second_place(page: &Page, head: TokenId, end: TokenId) -> Option<TokenId> {
    const OF_LANDS: [&str; 8] =
        ["court", "state", "kingdom", "republic", "church", "diocese", "emirate", "federation"];
    if page.word(end) != "and" {
        return None;
    }
    let place = if page.word(end + 1) == "the" { end + 2 } else { end + 1 };
    let is_of_lands = OF_LANDS.iter().any(|word| page.word(head).eq_ignore_ascii_case(word));
    let is_one_word = place + 1 < page.end() && page.is_capital(place) && !page.is_capital(place + 1);
    (is_place(page, place) || is_of_lands && is_one_word).then_some(place + 1)
}

/// “NASA”, “Administrator” before “Jim Bridenstine”, but not “Marcel” before “Rehel”.
fn is_no_given_name(page: &Page, at: TokenId) -> bool {
    let word = page.word(at);
    let is_word = page.words.noun(&word.to_lowercase()).is_some() || page.words.title(word).is_some();
    is_word
        || page.entity(at).is_some()
        || !word.contains(char::is_lowercase)
        || page.token(at).tag != Tag::Nnp
}

/// “Members”, “Women”: a plural of what people are, in capitals for the sake of its place or its dignity.
fn is_common_plural(page: &Page, head: TokenId) -> bool {
    matches!(page.token(head).tag, Tag::Nns | Tag::Nnps) && is_human(page, head)
}

/// Whether a word is for what people are, in the singular or the plural.
fn is_human(page: &Page, at: TokenId) -> bool {
    let word = page.word(at).to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    let is_human = |word: &str| page.words.noun(word).is_some_and(NounClass::is_human);
    is_human(&word) || is_human(singular) || matches!(&*word, "men" | "women" | "children")
}

fn is_place(page: &Page, at: TokenId) -> bool {
    page.entity(at).is_some_and(|entity| entity.kind == EntityKind::Gpe)
}

/// “on Harbours”, “to Protect Pilots”: what goes on with a name in capitals.
fn is_rest_of_name(page: &Page, words: std::ops::Range<TokenId>) -> bool {
    const LINKS: [&str; 5] = ["of", "for", "on", "to", "against"];
    let is_link = |at: TokenId| LINKS.contains(&page.word(at)) || matches!(page.word(at), "and" | "the");
    LINKS.contains(&page.word(words.start))
        && words.clone().all(|at| page.is_capital(at) || is_link(at))
        && words.last().is_some_and(|last| page.is_capital(last))
}

fn is_place_before(page: &Page, first: TokenId, head: TokenId) -> bool {
    place_end(page, first, head).is_some()
}

/// One past the last token of a place that starts here and ends before the head.
fn place_end(page: &Page, first: TokenId, head: TokenId) -> Option<TokenId> {
    let entities = &page.syntax.entities;
    let found = entities.get(entities.partition_point(|entity| entity.first < first))?;
    let is_place = matches!(found.kind, EntityKind::Gpe | EntityKind::Norp);
    (found.first == first && found.end <= head && is_place).then_some(found.end)
}

/// "army spokesman" before "Col. Davit Remsen".
fn common_noun_before(page: &Page, first: TokenId, start: TokenId) -> Option<Office> {
    let noun = (first..start).rev().find(|at| page.token(*at).pos == Pos::Noun)?;
    let class = page.words.noun(&page.lemma(noun));
    if !class.is_some_and(NounClass::is_human) {
        return None;
    }
    let after_article = (first..noun).rev().find(|at| is_article(page, *at) || is_possessive(page, *at));
    let from = after_article.map_or(first, |at| at + 1);
    Some(office(page, from, noun, noun + 1))
}

/// "of External Relations" after "Ministry", "for the Liberation of Halvery" after "Front".
fn of_tail(page: &Page, head: TokenId) -> Option<TokenId> {
    let lemma = page.word(head).to_lowercase();
    if !page.words.is_in_names(&lemma) {
        return None;
    }
    let mut at = head + 1;
    let [_, sentence_end] = page.sentence(head);
    let mut end = None;
    while at + 1 < sentence_end
        && (matches!(page.word(at), "of" | "for") || page.word(at) == "and" && end.is_some())
    {
        let mut next = at + 1;
        if page.word(next) == "the" {
            next += 1;
        }
        let from = next;
        while next < sentence_end && is_name_word(page, next) {
            next += 1;
        }
        if next == from {
            break;
        }
        // "the Front and Hale" are two, "the High Court of Ostrel and Linnow" is one
        let is_two_places =
            page.is_one_name(at - 1, at + 1) || is_place(page, at - 1) && is_place(page, at + 1);
        if page.word(at) == "and" && !page.is_child(at, at - 1) && !is_two_places {
            break;
        }
        end = Some(next);
        at = next;
    }
    end
}
