//! Which name a description stands beside: “the navy minister, Ilena Brask,”, “a group calling itself Red Slope”.

use super::functions::is_human;
use super::page::Page;
use super::phrases::{Definite, Description, Phrase, What};
use crate::lexicon::{NounClass, PronounKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, EntityKind, Pos, Tag};

/// The phrase of the name that a description stands in apposition to.
pub(super) fn apposed(
    page: &Page,
    phrases: &[Phrase],
    at: u32,
    phrase: &Phrase,
    description: &Description,
) -> Option<u32> {
    let at = at as usize;
    let known = description.office.class;
    let is_person = known.is_none_or(NounClass::is_human);
    // "On Monday, Osk said"
    let is_time = page.entity(phrase.head).is_some_and(|entity| {
        matches!(entity.kind, EntityKind::Date | EntityKind::Time) && entity.end > phrase.head
    });
    // "Speaker of the House Rep. Ana Rook" has its name
    let has_holder = (phrase.head + 1..description.end).any(|at| {
        page.entity(at).is_some_and(|entity| entity.kind == EntityKind::Person && entity.first == at)
            && page.words.title(page.word(at - 1)).is_some()
    });
    if description.is_plural || is_time || has_holder {
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
            || is_human(description)
            // "The coast trust Long Shore defended the ban", but not "the bank Merrow used"
            || known == Some(NounClass::Organisation)
                && description.definite == Definite::The
                && page.token(page.token(next.head).head).dep != Dep::Relcl)
        && page.token(next.head).sentence == page.token(phrase.head).sentence
    {
        return Some(at as u32 + 1);
    }
    if let Some(next) =
        called(page, phrases, at, phrase).or_else(|| after_place(page, phrases, at, description))
    {
        return Some(next);
    }
    // what stands right behind a comma
    let next = || {
        let is_next = |next: &Phrase| next.first == description.end + 1;
        let found = phrases[at + 1..].iter().take(8).position(is_next)?;
        let next = at + 1 + found;
        match &phrases[next].what {
            What::Name(name) if ends_apposition(page, phrases[next].end) => Some((next, name)),
            What::Name(_) | What::Description(_) | What::Pronoun(_) => None,
        }
    };
    if page.word(description.end) == ","
        && let Some((next, name)) = next()
    {
        // "the navy minister, Ilena Brask,"
        // what no list knows is nobody's function but where the tree says so: "in a concert format, Orr will sing"
        let is_told = known.is_some()
            || description.definite == Definite::The
            || page.token(phrases[next].head).dep == Dep::Appos
            || page.token(phrase.head).dep == Dep::Appos;
        let is_holder = is_person
            && is_told
            && !name.has_article
            && name.offices.iter().all(|office| office.class == Some(NounClass::Office));
        // "a splinter group, the Emmer Volunteers,"
        let is_body = known.is_some_and(|class| !class.is_human() && class != NounClass::Document)
            && !name.has_title
            && page.token(phrases[next].head).dep == Dep::Appos
            && page.token(phrases[next].head).head == phrase.head;
        let is_apart = is_subject_behind(page, phrase.head, &phrases[next]);
        if (is_holder || is_body) && !is_apart {
            return Some(next as u32);
        }
    }
    // "Hester Vane, leader of the Leave Association", "Ilena Brask, the navy minister,"
    if page.word(description.first.min(phrase.first)).is_empty() || !is_person && known.is_some() {
        return organisation(page, phrases, at, phrase, description, &name_at);
    }
    let start = phrase.first;
    let is_closed = goes_on(page, phrases, at, description)
        || ends_apposition(page, description.end)
        || ends_apposition(page, end_under(page, phrase.head, description.end));
    // "an environmental campaigner": of a noun that no list knows the tree has to say it
    let is_somebody = known.is_some()
        || description.definite == Definite::Indefinite && page.token(phrase.head).dep == Dep::Appos;
    if is_somebody && start >= 2 && page.word(start - 1) == "," && is_closed {
        let end = name_end(page, start - 1);
        let before = phrases[..at].iter().rposition(|before| before.end == end);
        // without an article it is nobody's subject: "Lotte Marcher, counsel for the council, said"
        let is_beside = page.token(phrase.head).dep == Dep::Appos
            || !page.is_subject(phrase.head)
            || known == Some(NounClass::Office) && description.definite == Definite::Bare;
        if let Some(before) = before
            && let What::Name(name) = &phrases[before].what
            && !name.has_article
            && is_beside
            && !is_part_of_name(page, phrases[before].head)
            && !is_setting(page, phrases[before].head, phrase.head)
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
        // "Greta Toller, who was its finance director"
        let subject = subject.map(|at| match page.pronoun(at) {
            Some(PronounKind::Relative) if page.token(verb).dep == Dep::Relcl => page.token(verb).head,
            _ => at,
        });
        return subject.and_then(name_at);
    }
    None
}

/// One past the words from a token on that hang on a noun: “a fellow | at Linnow’s Centre for Peace”.
fn end_under(page: &Page, noun: TokenId, from: TokenId) -> TokenId {
    const LONGEST: TokenId = 16;
    let [_, end] = page.sentence(noun);
    let hangs = |at: &TokenId| page.token(*at).pos != Pos::Punct && page.is_under(*at, noun);
    (from..end.min(from + LONGEST)).find(|at| !hangs(at)).unwrap_or(from)
}

/// Whether a second function of the same person follows: “the leader of the League | and a cousin of the spokesman”, “a chemist | and head of
/// the trust”.
fn goes_on(page: &Page, phrases: &[Phrase], at: usize, description: &Description) -> bool {
    let second = description.end + 1;
    page.word(description.end) == "and"
        && (matches!(page.word(second), "a" | "an") || joined_function(phrases, at, second).is_some())
}

/// The function without an article that starts at a token.
fn joined_function(phrases: &[Phrase], at: usize, first: TokenId) -> Option<&Description> {
    const FARTHEST: usize = 4;
    let next = phrases[at + 1..].iter().take(FARTHEST).find(|next| next.first == first)?;
    match &next.what {
        What::Description(other)
            if !other.is_plural && is_human(other) && other.definite == Definite::Bare =>
        {
            Some(other)
        }
        _ => None,
    }
}

/// The function before the “and” that a description stands behind: “*a chemist* and head of the trust”.
pub(super) fn first_of_two(
    page: &Page,
    phrases: &[Phrase],
    at: u32,
    description: &Description,
) -> Option<u32> {
    const FARTHEST: u32 = 6;
    let link = phrases[at as usize].first.checked_sub(1)?;
    let is_relation = page.words.is_relation(&description.office.lemma);
    if page.word(link) != "and" || description.is_plural || is_relation || !is_human(description) {
        return None;
    }
    let ends_there = |before: &u32| match &phrases[*before as usize].what {
        What::Description(first) => first.end == link && !first.is_plural && is_human(first),
        What::Name(_) | What::Pronoun(_) => false,
    };
    (at.saturating_sub(FARTHEST)..at).rev().find(ends_there)
}

/// Where the name before a comma ends, what stands between the two left out: “Ana Rook |(D-Linnow),”, “Ana Rook|, 49,”.
fn name_end(page: &Page, comma: TokenId) -> TokenId {
    const LONGEST: TokenId = 8;
    let Some(before) = comma.checked_sub(1) else { return comma };
    let from = comma.saturating_sub(LONGEST);
    if page.word(before) == ")" {
        return (from..before).rev().find(|at| page.word(*at) == "(").unwrap_or(comma);
    }
    match before.checked_sub(1) {
        Some(first) if page.token(before).pos == Pos::Num && page.word(first) == "," => first,
        _ => comma,
    }
}

/// "a group calling itself Red Slope", "a movement known as the Ninth Tide".
pub(super) fn called(page: &Page, phrases: &[Phrase], at: usize, phrase: &Phrase) -> Option<u32> {
    const FARTHEST: TokenId = 5;
    let [_, end] = page.sentence(phrase.head);
    if let Some(given) = given_as(page, phrases, at, phrase.head) {
        return Some(given);
    }
    let verb = (phrase.head + 1..end.min(phrase.head + FARTHEST))
        .find(|at| matches!(&*page.lemma(*at), "call" | "know" | "name" | "sign" | "style" | "dub"))?;
    let next = match page.word(verb + 1) {
        "itself" | "themselves" | "as" => verb + 2,
        _ if matches!(page.token(verb).tag, Tag::Vbn) => verb + 1,
        _ => return None,
    };
    let found = phrases[at + 1..].iter().take(4).position(|other| other.first == next)?;
    matches!(phrases[at + 1 + found].what, What::Name(_)).then_some((at + 1 + found) as u32)
}

/// “a student, who gave her name only as Amanda”
fn given_as(page: &Page, phrases: &[Phrase], at: usize, noun: TokenId) -> Option<u32> {
    const FARTHEST: TokenId = 14;
    let [_, end] = page.sentence(noun);
    let end = end.min(noun + FARTHEST);
    let verb = (noun + 1..end).find(|at| page.lemma(*at) == "give" && page.word(at - 1) == "who")?;
    let own = (verb + 1..end).find(|at| page.word(*at) == "name")?;
    let link = (own + 1..end).find(|at| page.word(*at) == "as")?;
    let found = phrases[at + 1..].iter().take(8).position(|other| other.first == link + 1)?;
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
    if is_setting(page, token.head, phrase.head) {
        return None;
    }
    (phrases[name as usize].end + 1 == phrase.first).then_some(name)
}

/// “David” of “the Star of David”.
fn is_part_of_name(page: &Page, head: TokenId) -> bool {
    let link = page.token(head).head;
    page.token(head).dep == Dep::Pobj
        && page.word(link) == "of"
        && page.is_capital(page.token(link).head)
        && !page.is_human_noun(page.token(link).head)
}

/// “In the journal Tides, an international team of geologists report”: what a sentence opens with and the subject behind it are two.
fn is_setting(page: &Page, name: TokenId, noun: TokenId) -> bool {
    const FARTHEST: TokenId = 14;
    let [first, end] = page.sentence(noun);
    let opens = page.token(first).pos == Pos::Adp && name - first.min(name) < FARTHEST;
    let rest = (noun + 1..end.min(noun + FARTHEST)).map(|at| page.token(at));
    // no comma closes it before the verb of the sentence
    let mut rest = rest.skip_while(|token| !matches!(token.pos, Pos::Verb | Pos::Aux | Pos::Punct));
    opens && rest.next().is_some_and(|token| matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp))
}

/// “According to his publicist, Osk died”: what a sentence opens with and the subject behind it are two. “As chief of staff, Osk ...” is one.
fn is_subject_behind(page: &Page, noun: TokenId, name: &Phrase) -> bool {
    const FARTHEST: TokenId = 14;
    let [first, _] = page.sentence(noun);
    let opens = matches!(page.token(first).dep, Dep::Prep)
        && !page.word(first).eq_ignore_ascii_case("as")
        && noun - first < FARTHEST;
    let acts = page.syntax.tokens.get(name.end as usize).is_some_and(|next| {
        matches!(next.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md) && page.token(name.head).head >= name.end
    });
    opens && acts && page.is_subject(name.head)
}

/// Whether an apposition can end here: a list goes on with "and", and a sentence's subject may follow a comma.
fn ends_apposition(page: &Page, at: TokenId) -> bool {
    match page.syntax.tokens.get(at as usize) {
        None => true,
        Some(token) => {
            let next = page.word(at + 1);
            // "the president of the union, Lev Adair, and the bishop of Linden, Corin Faul"
            let is_pair =
                page.word(at) == "," && matches!(page.word(at + 2), "the" | "its" | "his" | "her" | "their");
            let list = page.word(at) == "and" || page.word(at) == "," && next == "and" && !is_pair;
            !list
                // "Ana Rook, a chemist who found it,"
                && (matches!(page.word(at), "who" | "whose")
                    || token.pos == Pos::Punct
                    || matches!(token.pos, Pos::Verb | Pos::Aux)
                    || token.pos == Pos::Space)
        }
    }
}
