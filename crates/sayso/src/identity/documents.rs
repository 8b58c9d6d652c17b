//! Whose words a document holds: “a report by the ombudsman”, “the ministry’s statement”, “The release said”.
//!
//! In: the being that a document is. Out: who issued it, if some place in the article says so; that one speaks when the document “says”.

use super::cast::{Being, BeingId, Cast};
use super::functions::is_possessive_pronoun;
use super::page::Page;
use super::phrases::{Definite, Description, Phrase, What};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos};
use std::collections::HashMap;

/// So many mentions of a document are looked at.
const MOST_MENTIONS: usize = 40;
/// So far behind the noun stand “by” and “from”.
const FARTHEST: TokenId = 12;

/// What binds everybody speaks for nobody: “Britain’s law”.
const NOBODYS: [&str; 11] = [
    "law",
    "bill",
    "act",
    "constitution",
    "treaty",
    "agreement",
    "contract",
    "warrant",
    "sign",
    "banner",
    "schedule",
];

/// Whoever is named as the issuer.
pub(super) enum Issuer {
    Being(BeingId),
    /// “their statement”: whomever the pronoun means.
    Pronoun(TokenId),
    /// “a Defense Department release”: a body that is named nowhere else.
    Words(Span),
}

/// Names of the cast by their words, for “a Defense Department release”.
pub(super) fn by_words(cast: &Cast) -> HashMap<String, BeingId> {
    (0u32..)
        .zip(&cast.beings)
        .filter(|(_, being)| being.is_named())
        .map(|(id, b)| (b.words.join(" "), id))
        .collect()
}

/// Whether a being is a document without a name of its own.
pub(super) fn is_document(being: &Being) -> bool {
    !being.is_named()
        && being.class == Some(NounClass::Document)
        && being.roles.first().is_none_or(|role| !NOBODYS.contains(&role.lemma.as_str()))
}

/// Finds the issuer in what the article says of a document, its nearest mentions first.
pub(super) fn issuer(
    page: &Page,
    phrases: &[Phrase],
    cast: &Cast,
    names: &HashMap<String, BeingId>,
    document: BeingId,
) -> Option<Issuer> {
    let mentions = cast.beings[document as usize].phrases.iter().take(MOST_MENTIONS);
    let described = mentions.filter_map(|at| match &phrases[*at as usize].what {
        What::Description(description) => Some((&phrases[*at as usize], description)),
        What::Name(_) | What::Pronoun(_) => None,
    });
    let meant = |token: TokenId| -> Option<BeingId> {
        let at = phrases.binary_search_by_key(&token, |phrase| phrase.head).ok()?;
        cast.who[at].filter(|who| *who != document && !is_document(&cast.beings[*who as usize]))
    };
    described
        .filter_map(|(phrase, description)| {
            possessor(page, description, &meant)
                .or_else(|| by_whom(page, phrase.head, &meant).map(Issuer::Being))
                .or_else(|| whose_account(page, description))
                .or_else(|| before_noun(page, phrase, names))
                .or_else(|| whoever_issues(page, phrase.head, &meant).map(Issuer::Being))
        })
        .next()
}

/// “the ministry’s statement”, “its statement”.
fn possessor(
    page: &Page,
    description: &Description,
    meant: &impl Fn(TokenId) -> Option<BeingId>,
) -> Option<Issuer> {
    let Definite::Possessed(possessor) = description.definite else { return None };
    if is_possessive_pronoun(page, possessor) {
        return Some(Issuer::Pronoun(possessor));
    }
    meant(possessor).map(Issuer::Being)
}

/// “a post on its Perch account”: whose the account is.
fn whose_account(page: &Page, description: &Description) -> Option<Issuer> {
    let last = description.end.checked_sub(1).filter(|last| is_account(page, *last))?;
    let owner = (description.first..last).find(|at| is_possessive_pronoun(page, *at))?;
    Some(Issuer::Pronoun(owner))
}

fn is_account(page: &Page, at: TokenId) -> bool {
    matches!(&*page.lemma(at), "account" | "page" | "website" | "channel" | "feed")
}

/// What a body gives of its own: “the opinion of the court” is not about the court.
const GIVEN: [&str; 9] = [
    "opinion",
    "decision",
    "ruling",
    "judgment",
    "judgement",
    "verdict",
    "statement",
    "resolution",
    "decree",
];

/// “a study by the institute”, “a letter from the mayor”, “the opinion of the court”.
fn by_whom(page: &Page, noun: TokenId, meant: &impl Fn(TokenId) -> Option<BeingId>) -> Option<BeingId> {
    let [_, end] = page.sentence(noun);
    let end = end.min(noun + FARTHEST);
    let link = (noun + 1..end).find(|at| {
        let is_link = match page.word(*at) {
            "by" | "from" => true,
            "of" => GIVEN.contains(&&*page.lemma(noun)),
            _ => false,
        };
        // "a report published by the ministry"
        let head = page.token(*at).head;
        is_link && (head == noun || head > noun && head < *at && page.is_child(head, noun))
    })?;
    let object =
        (link + 1..end).find(|at| page.token(*at).dep == Dep::Pobj && page.token(*at).head == link)?;
    // "a post from the union's Perch account"
    let owner = (link + 1..object).rev().find(|at| page.token(*at).dep == Dep::Poss);
    meant(owner.filter(|_| is_account(page, object)).unwrap_or(object))
}

/// “a Defense Department news release”.
fn before_noun(page: &Page, phrase: &Phrase, names: &HashMap<String, BeingId>) -> Option<Issuer> {
    let is_name = |at: TokenId| page.is_capital(at) && matches!(page.token(at).pos, Pos::Propn | Pos::Noun);
    let first = (phrase.first..phrase.head).find(|at| is_name(*at))?;
    let end = (first..phrase.head).find(|at| !is_name(*at)).unwrap_or(phrase.head);
    // "the Post-Harrow Institute poll" is of both
    let is_joined = |at: TokenId| matches!(page.word(at), "-" | "/") && page.is_capital(at + 1);
    let is_poll = matches!(&*page.lemma(phrase.head), "poll" | "survey");
    if is_joined(end) && is_poll {
        let mut last = end;
        while last < phrase.head && (is_name(last) || is_joined(last)) {
            last += 1;
        }
        return Some(Issuer::Words(page.span(first, last)));
    }
    let words: Vec<String> = (first..end).map(|at| page.word(at).to_lowercase()).collect();
    if let Some(known) = names.get(&words.join(" ")) {
        return Some(Issuer::Being(*known));
    }
    // of a name that stands here only its last word tells that it is a body's
    let is_body = end - first > 1 && page.words.is_in_names(words.last()?);
    is_body.then(|| Issuer::Words(page.span(first, end)))
}

/// “the union issued a statement”, “the union said in a statement”.
fn whoever_issues(
    page: &Page,
    noun: TokenId,
    meant: &impl Fn(TokenId) -> Option<BeingId>,
) -> Option<BeingId> {
    let token = page.token(noun);
    let verb = match token.dep {
        Dep::Dobj => Some(token.head).filter(|verb| is_issuing(&page.lemma(*verb))),
        Dep::Pobj if page.word(token.head).eq_ignore_ascii_case("in") => {
            let verb = page.token(token.head).head;
            // "In a statement on Tuesday the office thanked ..."
            Some(verb).filter(|verb| is_writing(&page.lemma(*verb)) || noun < *verb)
        }
        _ => None,
    }?;
    let [first, _] = page.sentence(verb);
    let subject = (first.max(verb.saturating_sub(2 * FARTHEST))..verb)
        .rev()
        .find(|at| page.is_child(*at, verb) && page.token(*at).dep == Dep::Nsubj)?;
    meant(subject)
}

fn is_issuing(lemma: &str) -> bool {
    matches!(
        lemma,
        "issue"
            | "release"
            | "publish"
            | "post"
            | "write"
            | "file"
            | "sign"
            | "send"
            | "distribute"
            | "circulate"
            | "present"
    )
}

fn is_writing(lemma: &str) -> bool {
    matches!(lemma, "say" | "write" | "announce" | "state" | "add" | "warn" | "claim" | "declare")
}
