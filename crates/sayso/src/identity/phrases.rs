//! Noun phrases that can name somebody: names, descriptions, pronouns, in the order of the text.

use super::descriptions::description;
use super::naming;
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
    // "most Democrats" are not the Democrats of whom somebody spoke before
    let is_part = first < head
        && matches!(
            &*page.word(first).to_lowercase(),
            "most" | "some" | "many" | "few" | "several" | "other"
        )
        && matches!(page.token(head).tag, Tag::Nns | Tag::Nnps);
    let what = match naming::name(page, first, head, entity).filter(|_| !is_part) {
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

pub(super) fn is_article(page: &Page, at: TokenId) -> bool {
    // of capitals the tagger makes names: "THE PRESIDENT"
    matches!(page.token(at).tag, Tag::Dt | Tag::Pdt) || page.word(at) == "THE"
}

pub(super) fn is_possessive(page: &Page, at: TokenId) -> bool {
    matches!(page.token(at).tag, Tag::Pos | Tag::PrpPoss)
}
