//! Who is in the article: names put together into people and bodies, with the functions they have.

use super::forms::{Form, forms};
use super::index::Index;
use super::page::Page;
use super::phrases::{Definite, Description, Office, Phrase, What};
use crate::lexicon::{Gender, NounClass};
use crate::names::folded;
use crate::text::Span;
use std::collections::{BTreeSet, HashMap};

/// Index of a [`Being`].
pub(super) type BeingId = u32;

/// More candidates than this for one short name, role or spelling are not told apart.
pub(super) const MOST_CANDIDATES: usize = 8;

/// Somebody or something that the article speaks of.
#[derive(Default)]
pub(super) struct Being {
    /// Folded words of its fullest name; empty for those without one.
    pub(super) words: Vec<String>,
    pub(super) roles: Vec<Office>,
    pub(super) votes: Votes,
    pub(super) male: u32,
    pub(super) female: u32,
    pub(super) is_plural: bool,
    /// The phrases that mean it, in the order of the text.
    pub(super) phrases: Vec<u32>,
    /// The first of them that names it.
    pub(super) first: u32,
    /// The phrase with the fullest name or description.
    pub(super) best: u32,
    /// Its words, for source words that are no phrase.
    pub(super) wording: Option<Span>,
    /// What the head noun of its description stands for.
    pub(super) class: Option<NounClass>,
    /// Those whom the article lists as these: “two ecologists, Ulla Tarn and Peter Hoyle”.
    pub(super) members: Vec<BeingId>,
    /// Whether it is called a group by this name: “a group calling itself Red Slope”.
    pub(super) is_band: bool,
}

/// What speaks for a person, a body, a state.
#[derive(Clone, Copy, Default)]
pub(super) struct Votes {
    pub(super) person: u32,
    /// How much of it is the guess of the recogniser of entities.
    pub(super) guess: u32,
    pub(super) body: u32,
    pub(super) state: u32,
}

impl Being {
    pub(super) fn is_named(&self) -> bool {
        !self.words.is_empty()
    }

    pub(super) fn gender(&self) -> Option<Gender> {
        match (self.male, self.female) {
            (male, female) if male > 2 * female => Some(Gender::Male),
            (male, female) if female > 2 * male => Some(Gender::Female),
            _ => None,
        }
    }

    pub(super) fn learn(&mut self, gender: Option<Gender>, votes: u32) {
        match gender {
            Some(Gender::Male) => self.male += votes,
            Some(Gender::Female) => self.female += votes,
            None => {}
        }
    }

    /// Whether it can be "he" or "she".
    pub(super) fn can_be_person(&self) -> bool {
        if self.is_plural {
            return false;
        }
        match self.class {
            Some(class) => class.is_human(),
            None if self.is_named() => self.votes.person >= self.votes.body.max(self.votes.state),
            // a noun that no list knows
            None => self.male + self.female > 0,
        }
    }

    /// Whether it can be "it".
    pub(super) fn can_be_thing(&self) -> bool {
        !self.is_plural
            && match self.class {
                Some(class) => !class.is_human(),
                None => !self.is_named() || self.votes.person < 2 * self.votes.body.max(self.votes.state),
            }
    }
}

/// Everybody, and whom each phrase means.
pub(super) struct Cast {
    pub(super) beings: Vec<Being>,
    /// For each phrase whom it means, if that is clear.
    pub(super) who: Vec<Option<BeingId>>,
    /// For phrases that could mean several: whom.
    pub(super) either: HashMap<u32, Vec<BeingId>>,
}

impl Cast {
    /// Puts together what the names and their appositions say. Descriptions come after, in the order of the text.
    pub(super) fn of_names(page: &Page, phrases: &[Phrase]) -> Self {
        let mut forms = forms(page, phrases);
        // fuller names first; the order of the text otherwise
        forms.sort_by_key(|form| (std::cmp::Reverse(form.words.len().min(2)), form.phrases[0]));
        let mut cast = Self { beings: Vec::new(), who: vec![None; phrases.len()], either: HashMap::new() };
        let mut index = Index::new(page, phrases);
        for form in &forms {
            cast.place(page, phrases, form, &mut index);
        }
        for being in &mut cast.beings {
            being.phrases.sort_unstable();
        }
        cast
    }

    fn place(&mut self, page: &Page, phrases: &[Phrase], form: &Form, index: &mut Index) {
        let found = if form.words.len() > 1 {
            index.full(self, form).or_else(|| index.spelling(self, page, phrases, form))
        } else {
            match index.short(self, page, form)[..] {
                [] => index.spelling(self, page, phrases, form),
                [only] => Some(only),
                ref several => {
                    self.share(page, phrases, form, several);
                    return;
                }
            }
        };
        let id = found.unwrap_or_else(|| {
            self.beings.push(Being {
                words: form.words.clone(),
                first: form.phrases[0],
                best: form.phrases[0],
                ..Being::default()
            });
            self.beings.len() as BeingId - 1
        });
        let being = &mut self.beings[id as usize];
        being.is_plural |= form.is_people && form.words.len() == 1;
        being.first = being.first.min(form.phrases[0]);
        // "Corriden" may look like a man; Corriden Oil is none
        let is_firm =
            being.words.len() > 1 && being.words.last().is_some_and(|word| page.words.is_after_firm(word));
        being.votes.person += form.votes.person - if is_firm { form.votes.guess } else { 0 };
        being.votes.guess += form.votes.guess;
        being.votes.body += form.votes.body;
        being.votes.state += form.votes.state;
        being.male += form.gender[0];
        being.female += form.gender[1];
        if form.words.len() > being.words.len() {
            (being.words, being.best) = (form.words.clone(), form.phrases[0]);
        }
        being.phrases.extend(&form.phrases);
        for at in &form.phrases {
            self.who[*at as usize] = Some(id);
        }
        index.add(page, id, &form.words);
    }

    /// A short name that several bear means the only one that was named in full before, or whoever was called by it alone before the others came
    /// in, or nobody that we could say.
    fn share(&mut self, page: &Page, phrases: &[Phrase], form: &Form, several: &[BeingId]) {
        // called by the short name alone while nobody else bore it
        let mut principal: Option<BeingId> = None;
        let full: Vec<(BeingId, Vec<u32>)> = several
            .iter()
            .map(|id| {
                let mut places = self.beings[*id as usize].phrases.clone();
                places.sort_unstable();
                (*id, places)
            })
            .collect();
        // where it meant the principal
        let mut bare: BTreeSet<u32> = BTreeSet::new();
        // once a title has told one apart, it tells more: "Ms. Lund ... Mr. Lund"
        for at in form.phrases.iter().chain(&form.phrases) {
            let What::Name(name) = &phrases[*at as usize].what else { continue };
            if self.who[*at as usize].is_some() {
                continue;
            }
            let fits = |id: &BeingId| {
                let being = &self.beings[*id as usize];
                let clash =
                    name.gender.is_some() && being.gender().is_some_and(|known| Some(known) != name.gender);
                !clash && being.first < *at
            };
            let known: Vec<BeingId> = several.iter().copied().filter(fits).collect();
            match known[..] {
                [only] => {
                    self.who[*at as usize] = Some(only);
                    self.either.remove(at);
                    let votes = self.beings[only as usize].votes;
                    let is_person = votes.person > votes.body.max(votes.state) && name.gender.is_none();
                    principal = principal.or(Some(only).filter(|_| is_person));
                    if principal == Some(only) {
                        bare.insert(*at);
                    }
                    let being = &mut self.beings[only as usize];
                    being.phrases.push(*at);
                    being.learn(name.gender, 4);
                }
                [] => {
                    self.either.insert(*at, several.to_vec());
                }
                _ if let Some(one) = principal.filter(|one| {
                    known.contains(one)
                        && name.gender.is_none()
                        && !is_near_another(page, phrases, *at, *one, &full, &bare)
                }) =>
                {
                    bare.insert(*at);
                    self.who[*at as usize] = Some(one);
                    self.either.remove(at);
                    self.beings[one as usize].phrases.push(*at);
                }
                _ => {
                    self.either.insert(*at, known);
                }
            }
        }
    }
}

/// Whether somebody else of the same short name was named last, not far before a phrase, or in its paragraph. `full` holds the places of each one's
/// full names.
fn is_near_another(
    page: &Page,
    phrases: &[Phrase],
    at: u32,
    one: BeingId,
    full: &[(BeingId, Vec<u32>)],
    bare: &BTreeSet<u32>,
) -> bool {
    const FARTHEST: u32 = 2;
    let block = |at: u32| page.token(phrases[at as usize].head).block;
    let last = |places: &[u32]| places[..places.partition_point(|place| *place < at)].last().copied();
    let own = full.iter().find(|(id, _)| *id == one).and_then(|(_, places)| last(places));
    let own = own.max(bare.range(..at).next_back().copied()).unwrap_or_default();
    full.iter().filter(|(id, _)| *id != one).filter_map(|(_, places)| last(places)).any(|other| {
        let gap = block(at).saturating_sub(block(other));
        gap == 0 || gap <= FARTHEST && other > own
    })
}

/// The being that all of these are.
pub(super) fn only(mut ids: impl Iterator<Item = BeingId>) -> Option<BeingId> {
    let first = ids.next()?;
    ids.all(|id| id == first).then_some(first)
}

/// The folded words of a name, particles such as a separate "Al" left out.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let name = name.strip_suffix("’s").or(name.strip_suffix("'s")).unwrap_or(name);
    let words: Vec<String> = name.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect();
    let kept: Vec<String> =
        words.iter().filter(|word| !matches!(word.as_str(), "al" | "el" | "the" | "-")).cloned().collect();
    if kept.is_empty() { words } else { kept }
}

impl Description {
    /// Whether it takes up what was spoken of before.
    pub(super) fn looks_back(&self) -> bool {
        match self.definite {
            Definite::The | Definite::Possessed(_) => true,
            Definite::Indefinite | Definite::Counted => false,
            Definite::Bare => !self.is_plural,
        }
    }
}
