//! What a source is, and how the article identifies it.
//!
//! In: a being of the cast with its phrases. Out: its kind and its status as the record has them. The words come first
//! ("court", "government"), then what its names were taken for.

use super::cast::{Being, BeingId, Cast};
use super::page::Page;
use super::phrases::{Definite, Description, Phrase, What};
use crate::ledger::{SourceKind, SourceStatus};
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use sayso_model::Tag;
use std::collections::HashMap;

/// What kind and status are read from.
pub(super) struct Standing<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) phrases: &'a [Phrase],
    pub(super) cast: &'a Cast,
    pub(super) possessors: &'a HashMap<TokenId, BeingId>,
}

impl Standing<'_> {
    pub(super) fn kind(&self, being: &Being) -> SourceKind {
        if being.is_named() {
            return self.kind_of_name(being);
        }
        let lemma = being.roles.first().map_or("", |role| role.lemma.as_str());
        match being.class {
            Some(class) if class.is_human() && !being.is_plural => SourceKind::Person,
            Some(NounClass::Government) if !being.is_plural => SourceKind::Government,
            // "local media" are bodies although they are many
            Some(NounClass::Organisation) if matches!(lemma, "police" | "medium" | "media" | "press") => {
                SourceKind::Organisation
            }
            Some(NounClass::Organisation) if !being.is_plural => {
                if lemma == "office" && self.is_of_ruler(being) {
                    SourceKind::Government
                } else {
                    SourceKind::Organisation
                }
            }
            // "their governments"
            Some(NounClass::Government) if self.definite(being).is_some_and(Definite::is_possessed) => {
                SourceKind::Government
            }
            Some(NounClass::Document) => SourceKind::Document,
            Some(NounClass::Group) => SourceKind::Group,
            _ if being.is_plural => SourceKind::Group,
            _ if being.male + being.female > 0 || self.page.words.is_somebody(&self.head(being)) => {
                SourceKind::Person
            }
            _ => SourceKind::Unknown,
        }
    }

    fn kind_of_name(&self, being: &Being) -> SourceKind {
        let word = self.phrases.get(being.best as usize).map_or("", |phrase| self.page.word(phrase.head));
        let Votes { person, body, state } = Votes::of(being, word);
        let words = &being.words;
        // the Supreme Court of the United Kingdom is a court
        let core = words.iter().position(|word| matches!(word.as_str(), "of" | "for")).unwrap_or(words.len());
        let by_noun = words[..core]
            .iter()
            .rev()
            .chain(words.first())
            .find_map(|word| self.page.words.noun(word).filter(|class| !class.is_human()));
        let is_medium = words.last().is_some_and(|word| self.page.words.is_medium(word));
        match by_noun.or(being.class) {
            _ if being.is_band || is_people(being) => SourceKind::Group,
            _ if person > 0 && person >= body.max(state) => SourceKind::Person,
            Some(NounClass::Government) => SourceKind::Government,
            // the Post is a newspaper
            Some(NounClass::Document) if body >= state && !is_medium => SourceKind::Document,
            Some(NounClass::Group) => SourceKind::Group,
            Some(NounClass::Organisation | NounClass::Document) => SourceKind::Organisation,
            Some(NounClass::Office | NounClass::Person) | None if state > body => SourceKind::Government,
            // whoever is named without a word that says more is a body: people have given names or titles
            Some(NounClass::Office | NounClass::Person) | None => SourceKind::Organisation,
        }
    }

    pub(super) fn status(&self, being: &Being) -> SourceStatus {
        if being.is_named() {
            let is_label = being.words.len() == 1
                && matches!(being.words[0].as_str(), "question" | "answer" | "q" | "a" | "reporter");
            return match is_label {
                true => SourceStatus::Anonymous,
                false if is_people(being) => SourceStatus::Collective,
                false => SourceStatus::Named,
            };
        }
        let Some(role) = being.roles.first() else {
            return match being.class {
                _ if being.is_plural => SourceStatus::Collective,
                Some(NounClass::Organisation | NounClass::Government | NounClass::Document) => {
                    SourceStatus::RoleOnly
                }
                _ => SourceStatus::Anonymous,
            };
        };
        if self.is_hidden(being) {
            return SourceStatus::Anonymous;
        }
        let definite = self.definite(being);
        let is_definite =
            definite.is_some_and(|definite| definite == Definite::The || definite.is_possessed());
        match being.class {
            // "the health ministry", "Vash’s office", "police" are called by what they are
            Some(NounClass::Organisation | NounClass::Government)
                if !being.is_plural || role.lemma == "police" =>
            {
                if definite != Some(Definite::Indefinite) && self.is_called(being) {
                    SourceStatus::Named
                } else {
                    SourceStatus::RoleOnly
                }
            }
            Some(NounClass::Document) if !being.is_plural => SourceStatus::RoleOnly,
            // "the opposition", "the government’s delegation"
            Some(NounClass::Group)
                if is_definite && self.page.words.is_unit(&role.lemma) && !being.is_plural =>
            {
                SourceStatus::RoleOnly
            }
            Some(NounClass::Office) if !being.is_plural => SourceStatus::RoleOnly,
            Some(NounClass::Person) | None if !being.is_plural => {
                if is_definite && !self.page.words.is_unnamed(&role.lemma) {
                    SourceStatus::RoleOnly
                } else {
                    SourceStatus::Anonymous
                }
            }
            _ if role.lemma == "source" || definite == Some(Definite::Counted) && self.is_few(being) => {
                SourceStatus::Anonymous
            }
            _ => SourceStatus::Collective,
        }
    }

    /// “an unnamed general”, “a minister who asked not to be identified”, “an aide, on condition of anonymity”: a person whom the article hides.
    fn is_hidden(&self, being: &Being) -> bool {
        const MOST_MENTIONS: usize = 4;
        const FARTHEST: TokenId = 24;
        let page = self.page;
        if being.class.is_some_and(|class| !class.is_human()) {
            return false;
        }
        let is_word =
            |at: TokenId, words: &[&str]| words.iter().any(|word| page.word(at).eq_ignore_ascii_case(word));
        let is_told = |at: TokenId| {
            is_word(at, &["anonymity", "anonymously"])
                // "asked not to be named", "did not want to be quoted by name", "whom the paper is not naming"
                || is_word(at, &["named", "naming", "name", "identified", "identifying", "identify", "quoted"])
                    && (at.saturating_sub(6)..at).any(|before| is_word(before, &["not", "n't", "n’t", "declined", "refused"]))
        };
        being.phrases.iter().take(MOST_MENTIONS).any(|at| {
            let phrase = &self.phrases[*at as usize];
            let What::Description(_) = phrase.what else { return false };
            let [_, end] = page.sentence(phrase.head);
            (phrase.first..phrase.head).any(|at| is_word(at, &["unnamed", "unidentified", "anonymous"]))
                || (phrase.head + 1..end.min(phrase.head + FARTHEST))
                    .any(|at| is_told(at) && page.is_under(at, phrase.head))
        })
    }

    /// “the Sorn administration”, “the Ansari movement”, “the government of Amarant”, “the Coast Guard”: a body by its proper name.
    fn is_called(&self, being: &Being) -> bool {
        let page = self.page;
        let (Some(role), Some((phrase, description))) = (being.roles.first(), self.described(being)) else {
            return false;
        };
        let is_proper = |at: &TokenId| {
            page.is_capital(*at) && matches!(page.token(*at).tag, Tag::Nnp | Tag::Nnps | Tag::Jj)
        };
        let mut before = description.first..phrase.head;
        let is_named_for = matches!(
            &*role.lemma,
            "administration" | "regime" | "embassy" | "campaign" | "movement" | "party"
        ) && !description.definite.is_possessed()
            && before.any(|at| is_proper(&at));
        is_named_for
            || role.lemma == "government" && !role.of.is_empty()
            || phrase.head > description.first && (description.first..=phrase.head).all(|at| is_proper(&at))
    }

    /// “two officials”, but not “52 percent” or “two million people”.
    fn is_few(&self, being: &Being) -> bool {
        const FEW: [&str; 6] = ["one", "two", "three", "1", "2", "3"];
        let Some((phrase, _)) = self.described(being) else { return false };
        let mut before = phrase.first..phrase.head;
        before.any(|at| FEW.contains(&&*self.page.word(at).to_lowercase()))
            && !(phrase.first..=phrase.head).any(|at| self.page.is_quantity(at))
    }

    /// “the president’s office”, “Vash’s office”: the office of a head of a state or province.
    fn is_of_ruler(&self, being: &Being) -> bool {
        let Some((_, Description { definite: Definite::Possessed(possessor), .. })) = self.described(being)
        else {
            return false;
        };
        let named =
            || self.cast.who[self.phrases.binary_search_by_key(possessor, |phrase| phrase.head).ok()?];
        let owner = self.possessors.get(possessor).copied().or_else(named);
        let rules = |owner: BeingId| {
            let mut roles = self.cast.beings[owner as usize].roles.iter();
            roles.any(|role| {
                matches!(&*role.lemma, "president" | "premier" | "chancellor" | "governor" | "king" | "queen")
                    || role.lemma == "minister" && role.modifiers.iter().any(|word| word == "prime")
            })
        };
        owner.is_some_and(rules)
    }

    fn described(&self, being: &Being) -> Option<(&Phrase, &Description)> {
        let phrase = self.phrases.get(being.best as usize)?;
        match &phrase.what {
            What::Description(description) => Some((phrase, description)),
            What::Name(_) | What::Pronoun(_) => None,
        }
    }

    fn definite(&self, being: &Being) -> Option<Definite> {
        self.described(being).map(|(_, description)| description.definite)
    }

    /// The head of its words, in lower case.
    fn head(&self, being: &Being) -> String {
        let of_wording = || {
            let first = self
                .page
                .tokens_in(being.wording?)
                .find(|at| self.page.token(*at).pos != sayso_model::Pos::Det)?;
            Some(self.page.word(first))
        };
        let head = self
            .described(being)
            .filter(|_| being.wording.is_none())
            .map(|(phrase, _)| self.page.word(phrase.head));
        head.or_else(of_wording).unwrap_or("").to_lowercase()
    }
}

impl Definite {
    fn is_possessed(self) -> bool {
        matches!(self, Self::Possessed(_))
    }
}

/// “Democrats”: people by where they belong.
fn is_people(being: &Being) -> bool {
    being.words.len() == 1 && being.is_plural
}

/// What speaks for each kind.
struct Votes {
    person: u32,
    body: u32,
    state: u32,
}

impl Votes {
    /// Of a being whose best name ends in a word.
    fn of(being: &Being, word: &str) -> Self {
        let gendered = if being.gender().is_some() { 2 } else { 0 };
        let person = being.votes.person + gendered;
        // "Lothmark": who is only ever called by one word, and once stands where places do, is no person by a guess, nor are letters: "CNN"
        let is_letters = word.len() > 1 && word.chars().all(char::is_uppercase);
        let is_guess =
            being.words.len() == 1 && (being.votes.state > 0 || is_letters) && being.votes.guess >= person;
        Self { person: if is_guess { 0 } else { person }, body: being.votes.body, state: being.votes.state }
    }
}
