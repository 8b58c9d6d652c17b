//! The sources as the record shows them: canonical name, kind, status, functions, spellings, places.

use super::cast::{Being, BeingId, Cast};
use super::functions::is_possessive_pronoun;
use super::page::Page;
use super::phrases::{Definite, Description, Office, Phrase, What};
use super::speakers::Found;
use super::standing::Standing;
use super::within;
use super::{Identities, Object};
use super::{Identity, Speaker};
use crate::ledger::SourceStatus;
use crate::lexicon::NounClass;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Pos, Tag};
use std::collections::{HashMap, HashSet};

/// Numbers the beings that speak or may, and draws each.
pub(super) fn draw(page: &Page, phrases: &[Phrase], cast: &Cast, found: Found) -> Identities {
    let mut numbers: HashMap<BeingId, usize> = HashMap::new();
    let mut beings: Vec<BeingId> = Vec::new();
    let mut number = |id: BeingId| {
        *numbers.entry(id).or_insert_with(|| {
            beings.push(id);
            beings.len() - 1
        })
    };
    let mut speakers = Vec::with_capacity(found.said.len());
    let mut pronouns: HashMap<BeingId, Vec<Span>> = HashMap::new();
    for said in &found.said {
        if let (Some(who), Some(span)) = (said.who, said.mention) {
            pronouns.entry(who).or_default().push(span);
        }
        speakers.push(Speaker {
            source: said.who.map(&mut number),
            name: None,
            why_unknown: said.why_unknown.map(str::to_owned),
            co_speakers: said.with.iter().map(|id| number(*id)).collect(),
            candidates: said.candidates.iter().map(|id| number(*id)).collect(),
            score: said.score,
            because: said.because.clone(),
        });
    }
    let possessors = &found.possessors;
    let standing = Standing { page, phrases, cast, possessors };
    let drawing = Drawing { standing, page, phrases, cast, possessors };
    let mut sources: Vec<Identity> = beings
        .iter()
        .map(|id| drawing.identity(&cast.beings[*id as usize], pronouns.remove(id).unwrap_or_default()))
        .collect();
    within::add(page, &mut sources);
    for speaker in &mut speakers {
        speaker.name = speaker.source.map(|source| sources[source].name.clone());
    }
    // what never speaks goes by its name as it stands there: "HALE" is no "Hale" of the text
    let mut silent: HashMap<BeingId, Option<String>> = HashMap::new();
    let objects = found.objects.iter().filter_map(|(span, who)| {
        let source = numbers.get(who).copied();
        let name = match source {
            Some(source) => sources[source].name.clone(),
            None => silent
                .entry(*who)
                .or_insert_with(|| {
                    let being = &cast.beings[*who as usize];
                    let name = drawing.name(being, &drawing.names(being), drawing.standing.status(being));
                    page.article.text.as_str().contains(&name).then_some(name)
                })
                .clone()
                .filter(|name| !name.is_empty())?,
        };
        Some(Object { span: *span, name, source })
    });
    let objects = objects.collect();
    Identities { sources, speakers, objects }
}

struct Drawing<'a> {
    standing: Standing<'a>,
    page: &'a Page<'a>,
    phrases: &'a [Phrase],
    cast: &'a Cast,
    possessors: &'a HashMap<TokenId, BeingId>,
}

impl Drawing<'_> {
    fn identity(&self, being: &Being, extra: Vec<Span>) -> Identity {
        let names = self.names(being);
        let status = self.standing.status(being);
        let name = self.name(being, &names, status);
        Identity {
            kind: self.standing.kind(being),
            status,
            roles: self.roles(being),
            affiliation: self.affiliation(being),
            mentions: self.mentions(being, extra),
            name,
            names,
        }
    }

    /// The fullest of its names, or a description.
    fn name(&self, being: &Being, names: &[String], status: SourceStatus) -> String {
        match names.first() {
            Some(name) if status == SourceStatus::Named => without_capitals(name, being),
            Some(name) => name.clone(),
            None => self.description(being),
        }
    }

    /// Spellings of the name, fullest first, then by how often they stand there.
    fn names(&self, being: &Being) -> Vec<String> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        let mut slots: HashMap<&str, usize> = HashMap::new();
        for at in &being.phrases {
            let What::Name(name) = &self.phrases[*at as usize].what else { continue };
            let text = self.page.article.text.slice(name.span);
            let slot = *slots.entry(text).or_insert_with(|| {
                counts.push((text, 0));
                counts.len() - 1
            });
            counts[slot].1 += 1;
        }
        let capitals = |name: &str| name.split_whitespace().any(|word| word.len() > 3 && is_capitals(word));
        let words = |name: &str| name.split_whitespace().count();
        // a stable sort: among equals the first in the text stays first
        counts.sort_by_key(|(name, count)| {
            (std::cmp::Reverse(words(name)), capitals(name), std::cmp::Reverse(*count))
        });
        counts.into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// The words of a description, without its article.
    fn description(&self, being: &Being) -> String {
        let text = &self.page.article.text;
        if let Some(span) = being.wording {
            let words = plain(text.slice(span));
            let rest =
                words.split_once(' ').filter(|(first, _)| is_article(first)).map(|(_, rest)| rest.to_owned());
            return rest.unwrap_or(words);
        }
        let Some(phrase) = self.phrases.get(being.best as usize) else { return String::new() };
        match &phrase.what {
            What::Description(description) => self.worded(phrase, description),
            What::Name(name) => plain(text.slice(name.span)),
            What::Pronoun(_) => plain(text.slice(self.page.span(phrase.first, phrase.end))),
        }
    }

    fn worded(&self, phrase: &Phrase, description: &Description) -> String {
        let page = self.page;
        let words = plain(page.article.text.slice(page.span(description.first, description.end)));
        let token = page.token(description.first);
        let lower = page.is_first(phrase.first)
            && description.first == phrase.first
            && !matches!(token.tag, Tag::Nnp | Tag::Nnps)
            && !matches!(token.pos, Pos::Propn)
            && !is_capitals(page.word(description.first))
            && !page.is_of_people(description.first);
        let words = if lower { lower_first(&words) } else { words };
        // "his office" is somebody’s
        if let Definite::Possessed(possessor) = description.definite
            && is_possessive_pronoun(page, possessor)
            && let Some(owner) = self.possessors.get(&possessor)
        {
            let owner = &self.cast.beings[*owner as usize];
            let name = self.short_name(owner);
            if !name.is_empty() {
                let ending = if owner.is_plural && name.ends_with('s') { "’" } else { "’s" };
                return format!("{name}{ending} {words}");
            }
        }
        words
    }

    /// "Wahl" for Joren Wahl, "governor" for the governor of Stonewell.
    fn short_name(&self, being: &Being) -> String {
        let names = self.names(being);
        match names.first() {
            Some(name) if being.can_be_person() => name.split_whitespace().last().unwrap_or(name).to_owned(),
            Some(name) => name.clone(),
            None => match self.phrases.get(being.best as usize).map(|phrase| (&phrase.what, phrase)) {
                Some((What::Description(description), phrase)) => {
                    let span = self.page.span(description.first, phrase.head + 1);
                    let words = plain(self.page.article.text.slice(span));
                    if self.page.is_first(description.first) { lower_first(&words) } else { words }
                }
                _ => String::new(),
            },
        }
    }

    /// Functions only: not what somebody is to somebody else, nor for a being that is nothing but its description.
    fn roles(&self, being: &Being) -> Vec<Span> {
        let text = &self.page.article.text;
        let described = being.phrases.iter().filter_map(|at| match &self.phrases[*at as usize].what {
            What::Description(description) => Some(&description.office),
            What::Name(_) | What::Pronoun(_) => None,
        });
        // of one wording the place beside the name counts: "the mayor ... the mayor, Ruben Aske"
        let mut seen = HashSet::new();
        let mut roles: Vec<Span> = being
            .roles
            .iter()
            .chain(described)
            .filter(|role| {
                role.class.is_some_and(NounClass::is_human)
                    && !self.page.words.is_relation(&role.lemma)
                    && !self.page.words.is_circumstance(&role.lemma)
            })
            .filter(|_| being.is_named() || !being.is_plural)
            .map(|role| self.function(role.span))
            // a degree
            .filter(|span| !matches!(text.slice(*span), "Dr" | "Dr." | "DR." | "DR"))
            .filter(|span| seen.insert(text.slice(*span).to_lowercase()))
            .collect();
        // "Chief" of "Chief Cabinet Secretary", "Minister" of "acting Minister": what ends no later than one that starts no later
        roles.sort_unstable_by_key(|role| (role.start(), std::cmp::Reverse(role.end())));
        let mut furthest = 0;
        roles.retain(|role| {
            let is_own = role.end() > furthest;
            furthest = furthest.max(role.end());
            is_own
        });
        roles
    }

    /// “monitor” of “monitor from the Frontier Commission”: what somebody is, and of, for and at what.
    fn function(&self, role: Span) -> Span {
        let page = self.page;
        let tokens = page.tokens_in(role);
        let is_end =
            |at: &TokenId| page.token(*at).pos == Pos::Adp && !matches!(page.word(*at), "of" | "for" | "at");
        let end = (tokens.start + 1..tokens.end).find(is_end).unwrap_or(tokens.end);
        // "Mr. President"
        let is_address = |at: TokenId| {
            page.words.title(page.word(at)).is_some_and(|title| title.office.is_none())
                || matches!(page.word(at), "." | "unnamed")
        };
        let first = (tokens.start..tokens.end).find(|at| !is_address(*at)).unwrap_or(tokens.start);
        if first < end { page.span(first, end) } else { role }
    }

    fn affiliation(&self, being: &Being) -> Option<String> {
        let is_function = |role: &&Office| {
            let words = self.page.words;
            role.class.is_some_and(NounClass::is_human)
                && !words.is_unnamed(&role.lemma)
                && !words.is_circumstance(&role.lemma)
        };
        being.roles.iter().filter(is_function).find_map(|role| self.affiliation_of(role.span))
    }

    /// "army" of "army spokesman", "Central Harbour Command" of "commander of the Central Harbour Command".
    fn affiliation_of(&self, role: Span) -> Option<String> {
        let page = self.page;
        let tokens = page.tokens_in(role);
        let is_body = |at: TokenId| {
            let class = page.words.noun(&page.word(at).to_lowercase());
            let by_noun =
                class.is_some_and(|class| matches!(class, NounClass::Organisation | NounClass::Government));
            by_noun
                || page.words.is_in_names(&page.word(at).to_lowercase())
                || page.token(at).pos == Pos::Propn
        };
        let is_human = |at: &TokenId| page.words.noun(&page.lemma(*at)).is_some_and(NounClass::is_human);
        let head = tokens.clone().find(is_human)?;
        let link = (head..tokens.end).find(|at| matches!(page.word(*at), "of" | "for" | "at"));
        if let Some(link) = link {
            // a resident of a village does not speak for it
            let is_office = page.words.noun(&page.lemma(head)) == Some(NounClass::Office);
            if !is_office && page.word(link) == "of" {
                return None;
            }
            let after =
                (link + 1..tokens.end).filter(|at| page.token(*at).pos != Pos::Det).collect::<Vec<_>>();
            let (first, last) = (*after.first()?, *after.last()?);
            let noun = (first..=last).rev().find(|at| is_body(*at));
            return noun.map(|_| plain(page.article.text.slice(page.span(first, last + 1))));
        }
        let is_part =
            |at: &TokenId| is_body(*at) && !page.words.is_other_office(&page.word(*at).to_lowercase());
        let before = (tokens.start..head).rev().find(is_part)?;
        let first = (tokens.start..=before)
            .rev()
            .take_while(|at| matches!(page.token(*at).pos, Pos::Noun | Pos::Propn) || page.word(*at) == "of");
        let first = first.last()?;
        Some(plain(page.article.text.slice(page.span(first, before + 1))))
    }

    fn mentions(&self, being: &Being, extra: Vec<Span>) -> Vec<Span> {
        let spans = being.phrases.iter().map(|at| {
            let phrase = &self.phrases[*at as usize];
            match &phrase.what {
                What::Name(name) => name.span,
                What::Description(description) => self.page.span(phrase.first, description.end),
                What::Pronoun(_) => self.page.span(phrase.head, phrase.head + 1),
            }
        });
        let mut spans: Vec<Span> = spans.chain(extra).chain(being.wording).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

fn is_article(word: &str) -> bool {
    ["the", "a", "an"].iter().any(|article| word.eq_ignore_ascii_case(article))
}

/// Words on one line.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
}

/// "HESTER VANE:" is how the page sets the name of a person.
fn without_capitals(name: &str, being: &Being) -> String {
    let is_person = being.votes.person > being.votes.body.max(being.votes.state);
    // that "CNN" is somebody is a guess
    let is_guess = !name.contains(' ') && being.votes.guess >= being.votes.person;
    if !is_person || is_guess || !is_capitals(name) {
        return plain(name);
    }
    let word = |word: &str| {
        if word.chars().count() < 3 {
            return word.to_owned();
        }
        let mut start = true;
        let cased = word.chars().flat_map(|letter| {
            let upper = std::mem::replace(&mut start, !letter.is_alphabetic());
            if upper { vec![letter] } else { letter.to_lowercase().collect() }
        });
        cased.collect()
    };
    name.split_whitespace().map(word).collect::<Vec<String>>().join(" ")
}
