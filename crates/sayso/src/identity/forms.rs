//! The spellings of the names in an article, and what speaks for each being a person's, a body's or a state's.

use super::cast::{Votes, name_words};
use super::page::Page;
use super::phrases::{Name, Phrase, What};
use crate::lexicon::{Gender, NounClass};
use crate::names::long_forms;
use sayso_model::EntityKind;
use std::collections::HashMap;

/// A spelling of a name with all its places.
pub(super) struct Form {
    pub(super) words: Vec<String>,
    pub(super) phrases: Vec<u32>,
    pub(super) votes: Votes,
    pub(super) gender: [u32; 2],
    pub(super) has_title: bool,
    pub(super) has_article: bool,
    /// Whether it is the subject of a verb somewhere, as people in the news are.
    pub(super) is_subject: bool,
    /// Whether it is where something is, and nowhere a subject.
    pub(super) is_place: bool,
    /// Whether it means people by where they belong: “Democrats”.
    pub(super) is_people: bool,
}

pub(super) fn forms(page: &Page, phrases: &[Phrase]) -> Vec<Form> {
    let mut by_words: HashMap<Vec<String>, usize> = HashMap::new();
    let mut forms: Vec<Form> = Vec::new();
    for (at, phrase) in (0u32..).zip(phrases) {
        let What::Name(name) = &phrase.what else { continue };
        let words = name_words(page.article.text.slice(name.span));
        if words.is_empty() {
            continue;
        }
        let slot = *by_words.entry(words).or_insert_with_key(|words| {
            forms.push(Form {
                words: words.clone(),
                phrases: Vec::new(),
                votes: Votes::default(),
                gender: [0; 2],
                has_title: false,
                has_article: false,
                is_subject: false,
                is_place: false,
                is_people: false,
            });
            forms.len() - 1
        });
        let form = &mut forms[slot];
        form.phrases.push(at);
        form.has_title |= name.has_title;
        form.has_article |= name.has_article;
        form.is_subject |= page.is_subject(phrase.head);
        form.is_people |= name.entity == Some(EntityKind::Norp)
            && page.token(phrase.head).tag == sayso_model::Tag::Nnps
            && name.first == phrase.head;
        vote(page, phrase, name, form);
    }
    for form in &mut forms {
        form.is_place = !form.is_subject
            && form.votes.state > 0
            && form.phrases.iter().all(|at| is_location(page, &phrases[*at as usize]));
    }
    forms
}

/// Whether a word of a name says that it is a body's: “Bank”, and the “&” of “Tolland & Sons”.
pub(super) fn is_of_body(page: &Page, word: &str) -> bool {
    page.words.is_in_names(word) || word == "&"
}

/// "in Amman", "Amman’s" is not enough.
fn is_location(page: &Page, phrase: &Phrase) -> bool {
    let before = phrase.first.checked_sub(1).map_or("", |at| page.word(at));
    matches!(before, "in" | "In" | "at" | "near" | "from" | "to" | "of" | "outside")
}

fn vote(page: &Page, phrase: &Phrase, name: &Name, form: &mut Form) {
    match name.entity {
        Some(EntityKind::Person) => {
            form.votes.person += 2;
            form.votes.guess += 2;
        }
        Some(
            EntityKind::Org | EntityKind::Fac | EntityKind::Product | EntityKind::WorkOfArt | EntityKind::Law,
        ) => {
            form.votes.body += 1;
        }
        Some(EntityKind::Gpe | EntityKind::Norp | EntityKind::Loc) => form.votes.state += 1,
        Some(
            EntityKind::Cardinal
            | EntityKind::Date
            | EntityKind::Event
            | EntityKind::Language
            | EntityKind::Money
            | EntityKind::Ordinal
            | EntityKind::Percent
            | EntityKind::Quantity
            | EntityKind::Time,
        )
        | None => {}
    }
    // "in Lothmark", "neighbouring Vessana": a place, and by it a state
    let before = phrase.first.checked_sub(1).map_or("", |at| page.word(at));
    let is_beside =
        matches!(page.word(phrase.first), "neighbouring" | "neighboring" | "Neighbouring" | "Neighboring");
    if matches!(before, "in" | "In") && !name.has_title || is_beside && phrase.first < name.first {
        form.votes.state += 2;
    }
    // "the foreign ministry of Lothmark"
    let noun = phrase.first.checked_sub(2).map_or(String::new(), |at| page.word(at).to_lowercase());
    let is_ruled =
        matches!(&*noun, "government" | "ministry" | "governor" | "president" | "province" | "republic");
    if before == "of" && is_ruled && form.words.len() == 1 || page.has_demonym(&form.words) {
        form.votes.state += 2;
    }
    let human = name.offices.iter().any(|office| office.class.is_some_and(NounClass::is_human));
    if name.has_title || human {
        form.votes.person += 6;
    }
    // a name of two or three words and no article is a person's unless its last word says otherwise
    let is_body = form.words.iter().any(|word| is_of_body(page, word));
    // "the United States"
    let is_state = name.entity == Some(EntityKind::Gpe)
        && form
            .words
            .iter()
            .any(|word| matches!(word.as_str(), "states" | "kingdom" | "republic" | "emirates"));
    if is_state {
        form.votes.state += 4;
    } else if is_body && !name.has_title {
        form.votes.body += 4;
    } else if (2..=3).contains(&form.words.len()) && !name.has_article {
        form.votes.person += 1;
    }
    if name.has_article && !human && !name.has_title {
        form.votes.body += 2;
    }
    let given = (form.words.len() > 1).then(|| given_gender(page, &form.words[0])).flatten();
    if given.is_some() && !is_body {
        form.votes.person += 2;
    }
    let strong = name.gender.map(|gender| (gender, 4));
    match strong.or(given.map(|gender| (gender, 1))) {
        Some((Gender::Male, votes)) => form.gender[0] += votes,
        Some((Gender::Female, votes)) => form.gender[1] += votes,
        None => {}
    }
    if page.is_label(phrase.head) && !is_body {
        form.votes.person += 3;
    }
    // "Hale, who ..."
    if page.word(phrase.end) == "who" || page.word(phrase.end) == "," && page.word(phrase.end + 1) == "who" {
        form.votes.person += 3;
    }
}

/// How a given name says that its bearer is spoken of: by itself, or “Bernie” by “Bernard”.
fn given_gender(page: &Page, given: &str) -> Option<Gender> {
    page.words.gender_of(given).or_else(|| {
        let mut genders = long_forms(given).map(|long| page.words.gender_of(long));
        let first = genders.next()??;
        genders.all(|other| other == Some(first)).then_some(first)
    })
}
