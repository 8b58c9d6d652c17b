//! Descriptions: a head noun with what goes before and after it, as the function that the words give.

use super::page::Page;
use super::phrases::{Definite, Description, LONGEST_TAIL, Office, is_article};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use sayso_model::{Dep, EntityKind, Pos, Tag};

impl Description {
    /// The first token of the function itself: “ecologists” of “two ecologists”.
    pub(super) fn first_of_function(&self, page: &Page) -> TokenId {
        let first = (self.first..self.end).find(|at| page.token(*at).pos != Pos::Num);
        first.unwrap_or(self.first)
    }
}

pub(super) fn description(page: &Page, first: TokenId, head: TokenId) -> Option<Description> {
    let token = page.token(head);
    if !page.word(head).chars().any(char::is_alphabetic) {
        return None;
    }
    let mut after = first;
    let mut definite = Definite::Bare;
    for at in first..head {
        let word = page.word(at).to_lowercase();
        if token_is(page, at, Tag::PrpPoss) || token_is(page, at, Tag::WpPoss) {
            (definite, after) = (Definite::Possessed(at), at + 1);
        } else if token_is(page, at, Tag::Pos) {
            (definite, after) = (Definite::Possessed(at - 1), first_of_possessor(page, first, at));
        } else if is_article(page, at) && matches!(definite, Definite::Bare) {
            definite = match word.as_str() {
                "the" | "this" | "that" | "these" | "those" | "both" => Definite::The,
                _ => Definite::Indefinite,
            };
            // "both sides" are not just sides
            after = if word == "both" { at } else { at + 1 };
        } else if page.token(at).pos == Pos::Num
            && matches!(definite, Definite::Bare)
            // the parser may hang "two" on "harbour" and not on "officials"
            && (page.token(at).head == head || at == first)
        {
            definite = Definite::Counted;
        }
    }
    let after = after.min(head);
    let end = tail_end(page, head);
    let mut office = office(page, after, head, end);
    if let Definite::Possessed(possessor) = definite {
        if token_is(page, possessor, Tag::PrpPoss) {
            office.of.clear();
        } else {
            office.of.push(page.word(possessor).to_lowercase());
        }
    }
    let is_plural = matches!(token.tag, Tag::Nns | Tag::Nnps)
        || matches!(&*office.lemma, "police" | "people" | "media" | "press")
        || page.is_quantity(head);
    Some(Description { office, definite, is_plural, first: after, end })
}

fn first_of_possessor(page: &Page, first: TokenId, mark: TokenId) -> TokenId {
    // "the ombudsman’s report" keeps its possessor, without the article
    (first..mark).find(|at| !is_article(page, *at) && !token_is(page, *at, Tag::PrpPoss)).unwrap_or(mark)
}

fn token_is(page: &Page, at: TokenId, tag: Tag) -> bool {
    page.token(at).tag == tag
}

/// The function that the words from `first` to `end` around a head noun give.
pub(super) fn office(page: &Page, first: TokenId, head: TokenId, end: TokenId) -> Office {
    let mut lemma = page.lemma(head);
    let mut modifiers: Vec<String> = (first..head)
        .filter(|at| matches!(page.token(*at).pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb))
        .filter(|at| page.token(*at + 1).tag != Tag::Pos)
        .map(|at| page.word(at).to_lowercase())
        .collect();
    let mut class = page.words.noun(&lemma);
    // "coast guard", "air force", "think tank"
    if let Some(before) = modifiers.last() {
        let joined = format!("{before}-{lemma}");
        if let Some(of_both) = page.words.compound(&joined).filter(|_| lemma != "police") {
            class = Some(of_both);
            lemma = joined;
            modifiers.pop();
        }
    }
    // "shook his head"
    let is_bare = modifiers.is_empty() && end == head + 1;
    if lemma == "head" && is_bare {
        class = None;
    }
    let of = (head + 1..end)
        .filter(|at| matches!(page.token(*at).pos, Pos::Noun | Pos::Propn))
        .map(|at| page.word(at).to_lowercase())
        .collect();
    Office { lemma, modifiers, of, span: page.span(first, end), class }
}

/// One past the last token of "of", "for", "in" phrases behind a head noun.
pub(super) fn tail_end(page: &Page, head: TokenId) -> TokenId {
    let [_, sentence_end] = page.sentence(head);
    let limit = sentence_end.min(head + LONGEST_TAIL);
    let mut end = head + 1;
    let mut at = end;
    // "videos posted on social media", "people familiar with the matter"
    if at + 1 < limit && qualifies(page, at, head) {
        at += 1;
    }
    // a preposition, then words of a noun phrase up to a noun; and once more
    while at < limit && starts_tail(page, at, head) {
        let mut next = at + 1;
        while next < limit && continues_phrase(page, next) && !starts_person(page, next, head) {
            let is_noun = page.is_nominal(next) || matches!(page.token(next).pos, Pos::Noun | Pos::Propn);
            if is_noun && page.token(next).tag != Tag::PrpPoss {
                end = next + 1;
            }
            next += 1;
        }
        if end <= at {
            break;
        }
        at = end;
    }
    end
}

/// “Mayor of London | Sadiq Khan”, “Minister of Information | Sadiq Khan”: a person’s name right after a place’s or after what an office is of.
fn starts_person(page: &Page, at: TokenId, head: TokenId) -> bool {
    let entities = &page.syntax.entities;
    let found = entities.partition_point(|entity| entity.first < at);
    let place = found.checked_sub(1).map(|before| entities[before]);
    let Some(person) = entities.get(found).filter(|entity| entity.first == at) else { return false };
    let is_after_place = place.is_some_and(|place| {
        place.end == at && matches!(place.kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Org)
    });
    // but not "spokesman for President | Emil Orr"
    let is_titled = |at: TokenId| page.words.title(page.word(at)).is_some() || page.is_human_noun(at);
    let is_after_matter = at > head + 2
        && person.end > at + 1
        && page.words.noun(&page.lemma(head)) == Some(NounClass::Office)
        && page.token(at - 1).pos != Pos::Adp
        && !is_titled(at - 1);
    person.kind == EntityKind::Person && (is_after_place || is_after_matter)
}

/// A participle or adjective right behind a noun that a preposition follows.
fn qualifies(page: &Page, at: TokenId, head: TokenId) -> bool {
    let is_link = page.token(at + 1).pos == Pos::Adp && page.token(at + 1).head == at;
    let is_held =
        matches!(page.word(at + 1), "by" | "as" | "for") || matches!(page.word(at), "according" | "such");
    matches!(page.token(at).tag, Tag::Vbn | Tag::Jj) && page.is_child(at, head) && is_link && !is_held
}

fn starts_tail(page: &Page, at: TokenId, head: TokenId) -> bool {
    let token = page.token(at);
    let noun = page.lemma(head);
    let is_qualified = token.head == head + 1 && at == head + 2 && qualifies(page, head + 1, head);
    let fits = is_qualified
        || match page.word(at) {
            "of" | "for" => true,
            "in" | "at" | "from" | "with" | "within" | "to" | "on" | "against" => {
                token.head < at && !is_day(page, at + 1)
            }
            "by" => page.words.noun(&noun) == Some(NounClass::Document),
            _ => false,
        };
    // hangs on the noun or on something of its tail
    fits && token.pos == Pos::Adp
        && token.head >= head
        && token.head < at
        && (is_qualified || !matches!(page.token(token.head).pos, Pos::Verb | Pos::Aux))
}

/// “a report | on Wednesday”: when something was said is no part of who said it.
fn is_day(page: &Page, at: TokenId) -> bool {
    let kind = page.entity(at).map(|entity| entity.kind);
    matches!(kind, Some(EntityKind::Date | EntityKind::Time))
}

fn continues_phrase(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    match token.pos {
        Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num => {
            !matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Appos)
        }
        Pos::Pron => token.tag == Tag::PrpPoss || page.word(at) == "them" && page.word(at - 1) == "of",
        Pos::Part => token.tag == Tag::Pos,
        Pos::Punct => token.tag == Tag::Hyph || page.word(at) == "-",
        Pos::Adp
        | Pos::Adv
        | Pos::Aux
        | Pos::Cconj
        | Pos::Intj
        | Pos::Sconj
        | Pos::Sym
        | Pos::Verb
        | Pos::Other
        | Pos::Space => false,
    }
}
