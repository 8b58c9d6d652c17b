//! Names of the cast by their words: whole, by their last or first word, by initials, by how they sound.
//!
//! In: a spelling. Out: the beings that it can mean, found without comparing it with all others.

use super::cast::{Being, BeingId, Cast, MOST_CANDIDATES, name_words, only};
use super::forms::{Form, is_of_body};
use super::page::Page;
use super::phrases::{Phrase, What};
use super::spelling::{can_be_variants, can_be_variants_throughout, skeleton};
use crate::names::{folded, is_short_form};
use std::collections::HashMap;

/// Names by their words, so that no name is compared with all others.
#[derive(Default)]
pub(super) struct Index {
    whole: HashMap<String, Vec<BeingId>>,
    last: HashMap<String, Vec<BeingId>>,
    first: HashMap<String, Vec<BeingId>>,
    /// “Corriden” of “Corriden Oil”.
    firms: HashMap<String, Vec<BeingId>>,
    initials: HashMap<String, Vec<BeingId>>,
    skeletons: HashMap<String, Vec<BeingId>>,
    /// Names in capital letters, and the words of the name that they stand behind in brackets.
    letters: HashMap<String, Vec<String>>,
}

impl Index {
    /// An index with what letters in brackets stand for, and no names yet.
    pub(super) fn new(page: &Page, phrases: &[Phrase]) -> Self {
        Self { letters: letters(page, phrases), ..Self::default() }
    }

    pub(super) fn add(&mut self, page: &Page, id: BeingId, words: &[String]) {
        let is_body = words.iter().any(|word| is_of_body(page, word));
        let has_of = words.iter().any(|word| matches!(word.as_str(), "of" | "for"));
        let put = |map: &mut HashMap<String, Vec<BeingId>>, key: String| {
            let ids = map.entry(key).or_default();
            if !ids.contains(&id) && ids.len() <= MOST_CANDIDATES {
                ids.push(id);
            }
        };
        let Some(last) = words.last() else { return };
        // "the Front" is the Upland Front, but California is not its university, nor the House the White House
        let is_short_name = match words {
            [_] => true,
            _ if is_body => page.words.is_in_names(last) && last != "house" && !has_of,
            _ => true,
        };
        if is_short_name {
            put(&mut self.last, last.clone());
        }
        put(&mut self.whole, words.join(" "));
        // "Brown-Lind" is also called "Lind"
        put(&mut self.skeletons, skeleton(last));
        if words.len() > 1 {
            put(&mut self.first, words[0].clone());
            if page.words.is_after_firm(last) {
                put(&mut self.firms, words[0].clone());
            }
            let initials = |words: &mut dyn Iterator<Item = &String>| {
                words.filter_map(|word| word.chars().next()).collect()
            };
            put(&mut self.initials, initials(&mut words.iter()));
            // "MAL" of the Ministry of Agriculture and Lakes
            put(&mut self.initials, initials(&mut words.iter().filter(|word| !is_small(word))));
        }
    }

    /// One with the same last name and no contradiction in the others: "Peter J. Malk" and "Peter Malk".
    pub(super) fn full(&self, cast: &Cast, form: &Form) -> Option<BeingId> {
        if let Some([only]) = self.whole.get(&form.words.join(" ")).map(Vec::as_slice) {
            return Some(*only);
        }
        let candidates = self.last.get(form.words.last()?)?;
        let fitting = candidates.iter().copied().filter(|id| {
            let words = &cast.beings[*id as usize].words;
            words == &form.words
                || words.len() > 1
                    && form.votes.body <= form.votes.person.max(1)
                    && (same_given(words, &form.words) || is_rest_of(words, &form.words))
        });
        only(fitting)
    }

    /// Those whom a single word can mean: by last name, else by first, else by initials.
    pub(super) fn short(&self, cast: &Cast, page: &Page, form: &Form) -> Vec<BeingId> {
        let Some(word) = form.words.last() else { return Vec::new() };
        let of_letters = self.letters.get(word).and_then(|words| self.whole.get(&words.join(" ")));
        if let Some(ids) = of_letters {
            return ids.clone();
        }
        if let Some(ids) = self.last.get(word) {
            // Amman the city is not Sudesh Amman
            // and Argentina, which asks for something, is not the Asociación Argentina
            let fits = |id: &&BeingId| {
                let being = &cast.beings[**id as usize];
                let votes = being.votes;
                let is_state = form.votes.state > form.votes.body.max(form.votes.person);
                let is_other = form.is_place && votes.person > votes.state
                    || is_state && votes.body > votes.person.max(votes.state);
                being.words.len() == 1 || !is_other
            };
            return ids.iter().filter(fits).copied().collect();
        }
        if let Some(firms) = self.firms.get(word).filter(|_| !form.is_place && !form.has_title) {
            return firms.clone();
        }
        let by_first: Vec<BeingId> = self
            .first
            .get(word)
            .into_iter()
            .flatten()
            .copied()
            .filter(|id| {
                let being = &cast.beings[*id as usize];
                // "Upland" is not the Upland Front, nor "Estry" the Estry Bank
                // "Mr. Scott" is hardly Scott Morn, but "Gen Prasut" is Prasut Chanakorn
                being.votes.person > being.votes.body.max(being.votes.state)
                    && form.votes.state == 0
                    && !(form.has_title && page.words.gender_of(word).is_some())
            })
            .collect();
        if !by_first.is_empty() {
            return by_first;
        }
        let capitals = word.len() >= 2 && form.votes.body > 0;
        if capitals { self.initials.get(word).cloned().unwrap_or_default() } else { Vec::new() }
    }

    /// The only one whose name can be this one spelled otherwise, when nothing says that they are two.
    pub(super) fn spelling(
        &self,
        cast: &Cast,
        page: &Page,
        phrases: &[Phrase],
        form: &Form,
    ) -> Option<BeingId> {
        let last = form.words.last()?;
        let fitting = self.skeletons.get(&skeleton(last))?.iter().copied().filter(|id| {
            let being = &cast.beings[*id as usize];
            let Some(own) = being.words.last() else { return false };
            let given = match (being.words.len(), form.words.len()) {
                (1, _) | (_, 1) => own != last,
                // two full names: one word spelled twice and the other the same, or both spelled twice
                _ => {
                    let (a, b) = (&being.words[0], &form.words[0]);
                    a == b
                        || own == last && can_be_variants(a, b)
                        || being.words.len() == form.words.len()
                            && can_be_variants_throughout([a, b], [own, last])
                }
            };
            given
                && (own == last || can_be_variants(own, last))
                && alike(page, being, form)
                && !together(page, phrases, being, form)
        });
        only(fitting)
    }
}

/// “the Ministry of Agriculture (MAG)”: letters that stand for the name before them.
fn letters(page: &Page, phrases: &[Phrase]) -> HashMap<String, Vec<String>> {
    let mut found = HashMap::new();
    for (at, phrase) in phrases.iter().enumerate() {
        let is_bracketed = phrase.first >= 2
            && page.word(phrase.first - 1) == "("
            && page.word(phrase.end) == ")"
            && phrase.end == phrase.first + 1;
        let word = page.word(phrase.head);
        let is_letters = word.len() > 1 && word.chars().all(char::is_uppercase);
        if !matches!(phrase.what, What::Name(_)) || !is_bracketed || !is_letters {
            continue;
        }
        let before = phrases[..at].iter().rev().take(MOST_CANDIDATES);
        let named = before.filter_map(|other| match &other.what {
            What::Name(name) => Some(name.span),
            What::Description(_) | What::Pronoun(_) => None,
        });
        let end = page.token(phrase.first - 2).span.end();
        let Some(name) = named.filter(|span| span.end() == end).min_by_key(|span| span.start()) else {
            continue;
        };
        let words = name_words(page.article.text.slice(name));
        if words.len() > 1 && words[0].chars().next() == folded(word).chars().next() {
            found.entry(folded(word)).or_insert(words);
        }
    }
    found
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "and" | "the" | "for" | "on" | "in" | "to" | "de" | "y" | "&")
}

fn same_given(a: &[String], b: &[String]) -> bool {
    let (a, b) = (&a[0], &b[0]);
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    a == b || initial(a, b) || initial(b, a) || is_short_form(a, b)
}

/// “Wessel Schorn” and “Debbie Wessel Schorn”.
fn is_rest_of(a: &[String], b: &[String]) -> bool {
    a.len() > 1 && b.len() > 1 && (a.ends_with(b) || b.ends_with(a))
}

/// Both are spoken of as people (or neither is), and nothing says that one is a man and the other a woman.
fn alike(page: &Page, being: &Being, form: &Form) -> bool {
    // what a single strange name is, the recogniser of entities mostly guesses
    let person = being.votes.person >= being.votes.body.max(being.votes.state);
    let is_somebody = form.is_subject || form.words.len() > 1 && form.votes.person > 0;
    let could =
        is_somebody && !form.has_article && !form.words.iter().any(|word| page.words.is_in_names(word));
    let other = Being { male: form.gender[0], female: form.gender[1], ..Being::default() };
    let genders = being.gender().is_none() || other.gender().is_none() || being.gender() == other.gender();
    person && could && genders
}

/// Whether one sentence names both: then they are two.
fn together(page: &Page, phrases: &[Phrase], being: &Being, form: &Form) -> bool {
    const MOST_PLACES: usize = 500;
    let sentence = |at: &u32| page.token(phrases[*at as usize].head).sentence;
    let mut ours = being.phrases.iter().take(MOST_PLACES).map(sentence).collect::<Vec<u32>>();
    ours.sort_unstable();
    form.phrases.iter().take(MOST_PLACES).any(|at| ours.binary_search(&sentence(at)).is_ok())
}
