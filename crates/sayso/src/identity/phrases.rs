//! Noun phrases that can name somebody: names, descriptions, pronouns, in the order of the text.

use super::descriptions::{description, office};
use super::page::Page;
use crate::lexicon::{Gender, NounClass, PronounKind};
use crate::syntax::{Entity, TokenId};
use crate::text::Span;
use sayso_model::{EntityKind, Pos, Tag};

/// How far the words after a head are read as part of a description, in tokens.
pub(super) const LONGEST_TAIL: TokenId = 16;

/// A noun phrase.
pub(super) struct Phrase {
    /// The token that the rest of the phrase hangs on.
    pub(super) head: TokenId,
    /// First token, determiner included.
    pub(super) first: TokenId,
    /// One past the last token of its core: the head's, or the name's.
    pub(super) end: TokenId,
    pub(super) is_quoted: bool,
    pub(super) what: What,
}

pub(super) enum What {
    Name(Name),
    Description(Description),
    Pronoun(PronounKind),
}

/// A name with what stands before it: "army spokesman Col. Davit Remsen".
pub(super) struct Name {
    /// First token of the name itself.
    pub(super) first: TokenId,
    /// The name as it is written, no titles, no possessive.
    pub(super) span: Span,
    pub(super) gender: Option<Gender>,
    /// A title that only people bear.
    pub(super) has_title: bool,
    /// Offices by which the bearer may be called: lemma and where it stands.
    pub(super) offices: Vec<Office>,
    pub(super) has_article: bool,
    pub(super) entity: Option<EntityKind>,
}

/// A function somebody has, as worded.
#[derive(Clone)]
pub(super) struct Office {
    pub(super) lemma: String,
    pub(super) modifiers: Vec<String>,
    /// What it is the office of: "of Stonewell", "Senn’s".
    pub(super) of: Vec<String>,
    pub(super) span: Span,
    pub(super) class: Option<NounClass>,
}

/// How a description is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definite {
    /// "the", "this", "that", "both".
    The,
    /// "Vash’s", "his": the token of the possessor.
    Possessed(TokenId),
    /// "a", "some", "another".
    Indefinite,
    /// "two".
    Counted,
    Bare,
}

/// A phrase with a common noun: "the navy minister", "two harbour officials in Anbry".
pub(super) struct Description {
    pub(super) office: Office,
    pub(super) definite: Definite,
    pub(super) is_plural: bool,
    /// First token after the article.
    pub(super) first: TokenId,
    /// One past the last token, "of" and "for" phrases included.
    pub(super) end: TokenId,
}

/// All phrases, one for each token that heads one.
pub(super) fn find(page: &Page) -> Vec<Phrase> {
    let mut entities = page.syntax.entities.iter().peekable();
    let mut phrases: Vec<Phrase> = Vec::new();
    for at in 0..page.end() {
        while entities.next_if(|entity| entity.end <= at).is_some() {}
        let entity = entities.peek().filter(|entity| entity.first <= at).map(|entity| **entity);
        if let Some(phrase) = phrase(page, at, entity) {
            phrases.push(phrase);
        }
    }
    phrases
}

fn phrase(page: &Page, head: TokenId, entity: Option<Entity>) -> Option<Phrase> {
    let token = page.token(head);
    let is_quoted = page.is_quoted(head);
    if let Some(kind) = page.pronoun(head) {
        let is_pronoun = matches!(token.tag, Tag::Prp | Tag::PrpPoss)
            || kind == PronounKind::Many
                && matches!(token.pos, Pos::Pron | Pos::Det)
                && page.is_subject(head);
        let what = What::Pronoun(kind);
        return is_pronoun.then_some(Phrase { head, first: head, end: head + 1, is_quoted, what });
    }
    // "MS." cut off from its name is none; "the king" is a person
    let is_title = page.words.title(page.word(head)).is_some_and(|title| title.office.is_none())
        && page.words.noun(&page.word(head).to_lowercase()).is_none();
    if page.is_bare_label(head) {
        return Some(label(page, head));
    }
    // "DR. CRAY:", where the sentence is cut after the stop
    let is_cut_off = page.is_capital(head)
        && page.word(head + 1) == "."
        && page.words.title(page.word(head)).is_some()
        && page.end() > head + 2
        && page.token(head + 2).block == token.block
        && page.is_capital(head + 2)
        && page.token(head + 2).span.start() <= token.span.end() + 2;
    if !page.is_nominal(head) || is_title || is_cut_off {
        return None;
    }
    let first = core_start(page, head);
    let what = match name(page, first, head, entity) {
        Some(name) => What::Name(name),
        None => What::Description(description(page, first, head)?),
    };
    let end = match &what {
        What::Name(name) => page.tokens_in(name.span).end.max(head + 1),
        What::Description(_) | What::Pronoun(_) => head + 1,
    };
    Some(Phrase { head, first, end, is_quoted, what })
}

/// The “Q” or “A” of a transcript as the name of whoever speaks under it.
fn label(page: &Page, head: TokenId) -> Phrase {
    let name = Name {
        first: head,
        span: page.token(head).span,
        gender: None,
        has_title: false,
        offices: Vec::new(),
        has_article: false,
        entity: None,
    };
    Phrase { head, first: head, end: head + 1, is_quoted: false, what: What::Name(name) }
}

/// The first token of the phrase's core: no leading marks, conjunctions or adverbs.
fn core_start(page: &Page, head: TokenId) -> TokenId {
    let mut first = page.left_edge(head);
    // what stands before a mark or a bracket is another phrase
    if let Some(mark) = (first..head).rev().find(|at| {
        let token = page.token(*at);
        token.pos == Pos::Punct && token.tag != Tag::Hyph && page.word(*at) != "-"
            || token.pos == Pos::Space
            || page.is_bare_label(*at)
    }) {
        first = mark + 1;
    }
    while first < head
        && matches!(
            page.token(first).pos,
            Pos::Punct | Pos::Cconj | Pos::Adv | Pos::Sconj | Pos::Adp | Pos::Space
        )
    {
        first += 1;
    }
    first
}

fn is_name_word(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    let letters = page.word(at).chars().any(char::is_alphabetic);
    letters
        && page.is_capital(at)
        && (page.is_proper(at) || matches!(token.tag, Tag::Nnp | Tag::Nnps) || !page.is_first(at))
        && !matches!(token.tag, Tag::Prp | Tag::PrpPoss | Tag::Dt)
        && !(page.is_first(at) && matches!(page.word(at), "Neighbouring" | "Neighboring" | "Nearby"))
        // "Two Western diplomats", "the Iraqi analyst" end in a common noun and never get here
        && page.pronoun(at).is_none()
}

const PARTICLES: [&str; 16] =
    ["al", "el", "bin", "ibn", "ben", "de", "da", "di", "del", "la", "van", "von", "der", "den", "du", "y"];

/// The name at the end of a phrase.
fn name(page: &Page, first: TokenId, head: TokenId, entity: Option<Entity>) -> Option<Name> {
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
    let lowest = first.max(page.sentence(head)[0]);
    let mut start = head;
    while start > lowest && !page.is_bare_label(start - 1) {
        let before = start - 1;
        // "Col" and its stop may be two tokens
        let stops =
            page.word(before) == "." && before > lowest && page.words.title(page.word(before - 1)).is_some();
        let joins = stops || page.word(before) == "-" || page.token(before).tag == Tag::Hyph;
        if is_name_word(page, before)
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
    if start > lowest.max(1) && page.word(start - 1) == "of" && page.is_human_noun(start - 2) {
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
        let is_role = (first..start).any(|at| is_article(page, at))
            || start == head
            || last_title.is_some()
            // "United States Senator"
            || is_place_before(page, start, head)
            // "Ryanair CEO"
            || matches!(&*own, "ceo" | "president" | "spokesman" | "spokeswoman" | "spokesperson" | "minister" | "secretary" | "director")
                && entity_kind != Some(EntityKind::Person)
                && page.words.gender_of(&page.word(start).to_lowercase()).is_none();
        // "Foreign Minister Julia Bishop"
        let is_given = |at: TokenId| page.words.gender_of(&page.word(at).to_lowercase()).is_some();
        let is_surname = last_title.is_some_and(|title| title + 2 == head) && is_given(head - 1);
        if is_role && !is_surname {
            return None;
        }
    }
    // "the Members of the Council", "Women in Estry"
    if start == head && is_common_plural(page, head) {
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
    {
        found.first = person.first;
    }
    // "Minister for the Middle East | Tobias Ellwood"
    if head >= found.first + 3
        && page.words.gender_of(&page.word(found.first).to_lowercase()).is_none()
        && !page.words.is_in_names(&page.word(head).to_lowercase())
    {
        let given =
            (found.first + 2..head).find(|at| page.words.gender_of(&page.word(*at).to_lowercase()).is_some());
        found.first = given.unwrap_or(found.first);
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
    let end = of.unwrap_or(head + 1);
    found.span = page.span(found.first, end);
    Some(found)
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
    let entities = &page.syntax.entities;
    let found = entities.partition_point(|entity| entity.end <= at);
    entities.get(found).is_some_and(|entity| entity.first <= at && entity.kind == EntityKind::Gpe)
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
        // "the Front and Hale" are two
        if page.word(at) == "and" && !page.is_child(at, at - 1) {
            break;
        }
        end = Some(next);
        at = next;
    }
    end
}

pub(super) fn is_article(page: &Page, at: TokenId) -> bool {
    // of capitals the tagger makes names: "THE PRESIDENT"
    matches!(page.token(at).tag, Tag::Dt | Tag::Pdt) || page.word(at) == "THE"
}

fn is_possessive(page: &Page, at: TokenId) -> bool {
    matches!(page.token(at).tag, Tag::Pos | Tag::PrpPoss)
}
