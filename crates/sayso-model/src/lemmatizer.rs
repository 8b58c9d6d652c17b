//! Lemmas by exceptions and endings.
//!
//! In: a form, its part of speech and morphology. Out: its lemma. Base forms are lower-cased; of the others an exception
//! wins, then the last ending rule that makes a known word, then the first that makes any.
//!
//! # Source
//! spaCy 3.8 `pipeline/lemmatizer.py` (rule mode) and `lang/en/lemmatizer.py`, with the tables of en_core_web_sm 3.8.0.

use std::sync::Arc;

use crate::attribute_ruler::Morph;
use crate::chars::{Classes, is};
use crate::labels::Pos;
use crate::lexeme::lower;
use crate::tables::find_row;

const EXCEPTIONS: &str = include_str!("../weights/en_core_web_sm/rules/lemma_exceptions.tsv");
const INDEX: &str = include_str!("../weights/en_core_web_sm/rules/lemma_index.tsv");
const RULES: &str = include_str!("../weights/en_core_web_sm/rules/lemma_rules.tsv");

/// An ending and what replaces it.
type Ending = (&'static str, &'static str);

/// Finds the lemma of a form.
#[derive(Debug)]
pub struct Lemmatizer {
    adjective: Vec<Ending>,
    adverb: Vec<Ending>,
    noun: Vec<Ending>,
    verb: Vec<Ending>,
    punctuation: Vec<Ending>,
}

impl Default for Lemmatizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Lemmatizer {
    /// The tables of `en_core_web_sm` 3.8.0, which are looked up where they lie.
    #[must_use]
    pub fn new() -> Self {
        let endings = |pos: &str| {
            let rows = RULES.lines().filter_map(|line| {
                let (row_pos, ending) = line.split_once('\t')?;
                (row_pos == pos).then(|| ending.split_once('\t').expect("lemma_rules.tsv has three columns"))
            });
            rows.collect()
        };
        Self {
            adjective: endings("adj"),
            adverb: endings("adv"),
            noun: endings("noun"),
            verb: endings("verb"),
            punctuation: endings("punct"),
        }
    }

    /// The lemma of a form for which the attribute ruler has none.
    #[must_use]
    pub fn lemma(&self, form: &str, pos: Pos, morph: Morph) -> Arc<str> {
        if morph.is_base_form(pos) {
            return lower(form).into();
        }
        let (endings, letter) = match pos {
            Pos::Adj => (&self.adjective, Some('a')),
            Pos::Adv => (&self.adverb, Some('r')),
            Pos::Noun => (&self.noun, Some('n')),
            Pos::Verb => (&self.verb, Some('v')),
            Pos::Punct => (&self.punctuation, None),
            Pos::Propn => return form.into(),
            Pos::Adp | Pos::Aux | Pos::Cconj | Pos::Det | Pos::Intj | Pos::Num => return lower(form).into(),
            Pos::Part | Pos::Pron | Pos::Sconj | Pos::Sym | Pos::Other | Pos::Space => {
                return lower(form).into();
            }
        };
        by_rules(form, endings, letter)
    }
}

fn by_rules(form: &str, endings: &[Ending], letter: Option<char>) -> Arc<str> {
    let word = lower(form);
    let known = |form: &str| match (find_row(INDEX, form), letter) {
        (Some(letters), Some(letter)) => letters.contains(letter),
        _ => false,
    };
    let exceptions = letter.and_then(|letter| find_row(EXCEPTIONS, &format!("{word} {letter}")));
    // each exception goes before what was found so far, unless it was found: the last new one leads
    let mut found: Vec<String> = Vec::new();
    let mut unknown = None;
    for (old, new) in endings {
        let Some(stem) = word.strip_suffix(old) else { continue };
        let candidate = format!("{stem}{new}");
        if candidate.is_empty() {
            continue;
        }
        if known(&candidate) {
            found.insert(0, candidate);
        } else if !candidate.chars().all(|c| is(c, Classes::ALPHA)) {
            found.push(candidate);
        } else {
            unknown.get_or_insert(candidate);
        }
    }
    for exception in exceptions.into_iter().flat_map(|row| row.split('\t')) {
        if !found.iter().any(|lemma| lemma == exception) {
            found.insert(0, exception.to_owned());
        }
    }
    match found.into_iter().next().or(unknown) {
        Some(lemma) => lemma.into(),
        None => form.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pos: Pos, features: &str, pairs: &[(&str, &str)]) {
        let lemmatizer = Lemmatizer::new();
        for (form, expected) in pairs {
            assert_eq!(
                &*lemmatizer.lemma(form, pos, Morph::from_features(features)),
                *expected,
                "{form} as {pos:?}"
            );
        }
    }

    // Expected values are spaCy's own, odd ones included.
    #[test]
    fn verbs() {
        let past = "Tense=Past|VerbForm=Fin";
        check(
            Pos::Verb,
            past,
            &[("Denied", "deny"), ("said", "say"), ("vowed", "vow"), ("blarghed", "blarghe")],
        );
        check(Pos::Verb, "Aspect=Prog|Tense=Pres|VerbForm=Part", &[("accusing", "accuse"), ("lying", "lie")]);
        check(Pos::Verb, "VerbForm=Inf", &[("Said", "said")]);
    }

    #[test]
    fn nouns_and_names() {
        check(Pos::Noun, "Number=Plur", &[("ministries", "ministry"), ("Women", "woman"), ("data", "datum")]);
        check(Pos::Noun, "Number=Sing", &[("News", "news")]);
        check(Pos::Propn, "Number=Plur", &[("Velmarans", "Velmarans")]);
    }

    #[test]
    fn adjectives_adverbs_and_marks() {
        check(Pos::Adj, "Degree=Cmp", &[("Larger", "large"), ("worse", "bad")]);
        check(Pos::Adv, "_", &[("Soon", "soon"), ("better", "well")]);
        check(Pos::Punct, "_", &[("“", "\""), ("’", "'"), ("—", "—")]);
        check(Pos::Pron, "_", &[("THEY", "they")]);
    }
}
