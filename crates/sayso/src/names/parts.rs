//! A whole name in its parts: words, initials, particles, numbers, the form of a company.
//!
//! In: a name as it is written. Out: [`Parts`]: what tells it from others, in order. What always holds: a name that has letters has parts.

use super::Kind;
use super::fold::plain;
use super::lexicon::{LEXICON, Lexicon};

/// Parts beyond these are not compared; no name has so many.
const MOST_PARTS: usize = 16;

/// One part of a name, in plain letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) word: String,
    pub(super) class: Class,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// What tells names apart.
    Word,
    /// A letter that stands for a word.
    Initial,
    /// "bin", "de", "of": comes and goes.
    Particle,
    /// "44", "II": names with other numbers are others'.
    Number,
}

/// A name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    /// The form of a company: "limited".
    pub(super) form: Option<&'static str>,
}

impl Parts {
    pub(super) fn of(name: &str, kind: Kind) -> Self {
        let lexicon = &*LEXICON;
        let mut words = words(name, kind);
        let mut form = None;
        match kind {
            Kind::Person => strip_honours(lexicon, &mut words),
            Kind::Body => {
                form = strip_forms(lexicon, &mut words);
                words = words.into_iter().flat_map(|word| expanded(lexicon, word)).collect();
            }
        }
        // "Abd al-Sarif", "Abdul Sarif"
        let mut at = 1;
        while at < words.len() {
            if words[at - 1] == "abd" && matches!(words[at].as_str(), "al" | "el" | "ul") {
                "abdul".clone_into(&mut words[at - 1]);
                words.remove(at);
            }
            at += 1;
        }
        // a word written twice
        words.dedup();
        words.truncate(MOST_PARTS);
        let has_words = words.iter().any(|word| class(lexicon, word, kind) != Class::Particle);
        let part = |(at, word): (usize, String)| {
            // "Ben Haspel": a given name, where it comes first
            let is_given = at == 0 && kind == Kind::Person && lexicon.is_short(&word);
            let class = if has_words && !is_given { class(lexicon, &word, kind) } else { Class::Word };
            Part { word, class }
        };
        Self { parts: words.into_iter().enumerate().map(part).collect(), form }
    }
}

fn class(lexicon: &Lexicon, word: &str, kind: Kind) -> Class {
    let is_roman = || word.len() <= 5 && word.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
    let is_letter = word.len() == 1 && word.is_ascii();
    if is_letter && kind == Kind::Person {
        Class::Initial
    } else if lexicon.particles.contains(word) {
        Class::Particle
    } else if kind == Kind::Body && (is_roman() || word.chars().any(|letter| letter.is_ascii_digit())) {
        Class::Number
    } else if is_letter {
        Class::Initial
    } else {
        Class::Word
    }
}

fn words(name: &str, kind: Kind) -> Vec<String> {
    let ordered;
    let name = match (kind, name.split_once(',')) {
        // "Sarif, Omar"
        (Kind::Person, Some((family, given))) if !given.contains(',') => {
            ordered = format!("{given} {family}");
            &ordered
        }
        _ => name,
    };
    let mut words = Vec::new();
    let is_inside = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '.' | '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʼ' | '\u{300}'..='\u{36f}' | '&')
    };
    for chunk in name.split(|c: char| !is_inside(c)) {
        if chunk == "&" {
            words.push("and".to_owned());
            continue;
        }
        for chunk in chunk.split_inclusive('&') {
            let (chunk, has_and) = chunk.strip_suffix('&').map_or((chunk, false), |chunk| (chunk, true));
            let letters: Vec<&str> = chunk.split('.').filter(|letter| !letter.is_empty()).collect();
            let are_initials = letters.len() > 1 && letters.iter().all(|letter| letter.chars().count() == 1);
            match kind {
                Kind::Person if are_initials => words.extend(letters.into_iter().map(plain)),
                Kind::Person | Kind::Body => {
                    let chunk = chunk.strip_suffix("’s").or(chunk.strip_suffix("'s")).unwrap_or(chunk);
                    words.push(plain(chunk));
                }
            }
            if has_and {
                words.push("and".to_owned());
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Leaves out titles before a person's name.
fn strip_honours(lexicon: &Lexicon, words: &mut Vec<String>) {
    let titles = crate::lexicon::words();
    while words.len() > 1 && (lexicon.honours.contains(&words[0]) || titles.title(&words[0]).is_some()) {
        words.remove(0);
    }
}

/// Leaves out the forms of a company at both ends of its name.
fn strip_forms(lexicon: &'static Lexicon, words: &mut Vec<String>) -> Option<&'static str> {
    let mut form = None;
    'again: loop {
        for (pattern, kind) in &lexicon.forms {
            if pattern.len() >= words.len() {
                continue;
            }
            let found = if words.ends_with(pattern) {
                words.truncate(words.len() - pattern.len());
                true
            } else if words.starts_with(pattern) {
                words.drain(..pattern.len());
                true
            } else {
                false
            };
            if found {
                form = form.or(Some(kind.as_str()).filter(|kind| !kind.is_empty()));
                continue 'again;
            }
        }
        return form;
    }
}

fn expanded(lexicon: &Lexicon, word: String) -> Vec<String> {
    match lexicon.abbreviations.get(&word) {
        Some(long) => long.split(' ').map(str::to_owned).collect(),
        None => vec![word.replace("isation", "ization")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, kind: Kind) -> String {
        Parts::of(name, kind).parts.iter().map(|part| part.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn family_names_before_a_comma_go_last_and_titles_go() {
        assert_eq!(words("SARIF, Omar", Kind::Person), "omar sarif");
        assert_eq!(words("Dr. Omar al-Sarif", Kind::Person), "omar al sarif");
        assert_eq!(words("‘Abd al-Karif", Kind::Person), "abdul karif");
        assert_eq!(words("J.P. Malk", Kind::Person), "j p malk");
        assert_eq!(words("Malk Malk Orsin", Kind::Person), "malk orsin");
        assert_eq!(words("President", Kind::Person), "president");
    }

    #[test]
    fn forms_of_companies_go_and_are_remembered() {
        let parts = Parts::of("The Halder & Sons Co., Ltd.", Kind::Body);
        assert_eq!(words("The Halder & Sons Co., Ltd.", Kind::Body), "halder and sons");
        assert_eq!(parts.form, Some("limited"));
        assert_eq!(Parts::of("Halder G.m.b.H.", Kind::Body).form, Some("limited"));
        assert_eq!(Parts::of("Halder Aktiengesellschaft", Kind::Body).form, Some("public"));
        assert_eq!(words("Company", Kind::Body), "company");
    }

    #[test]
    fn numbers_tell_bodies_apart() {
        let class = |name| Parts::of(name, Kind::Body).parts.last().map(|part| part.class);
        assert_eq!(class("Halder Fund II"), Some(Class::Number));
        assert_eq!(class("Brigade Four"), Some(Class::Number));
        assert_eq!(class("Halder Fund"), Some(Class::Word));
    }
}
