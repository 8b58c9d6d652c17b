//! Rules from tag, word and dependency to part of speech, some lemmas, and the morphology that lemmas depend on.
//!
//! In: forms with their tags and dependency labels. Out: attributes of each token; white space gets the tag `_SP` and the
//! label `dep`. Every rule is tested against the tags and labels as they came in; later rules overwrite earlier ones.
//!
//! # Source
//! The `attribute_ruler` of spaCy's en_core_web_sm 3.8.0, 179 patterns.

use std::collections::HashMap;

use crate::labels::{Dep, Pos, Tag};
use crate::lexeme::{is_space, lower};

const TABLE: &str = include_str!("../weights/en_core_web_sm/rules/attributes.tsv");

/// What the rules say of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// Universal part of speech.
    pub pos: Pos,
    /// The features that decide whether a form is a base form.
    pub morph: Morph,
    /// The lemma, where a rule gives one ("'m": "be").
    pub lemma: Option<&'static str>,
}

/// The morphological features that tell base forms from inflected ones; all others are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Morph(u8);

impl Morph {
    const SINGULAR: u8 = 1;
    const NUMBER: u8 = 1 << 1;
    const INFINITIVE: u8 = 1 << 2;
    const FINITE: u8 = 1 << 3;
    const PRESENT: u8 = 1 << 4;
    const POSITIVE: u8 = 1 << 5;

    /// Reads features in the form `Number=Sing|Tense=Pres`; `_` has none.
    #[must_use]
    pub fn from_features(features: &str) -> Self {
        let bits = features.split('|').map(|feature| match feature {
            "Number=Sing" => Self::SINGULAR | Self::NUMBER,
            "Number=Plur" => Self::NUMBER,
            "VerbForm=Inf" => Self::INFINITIVE,
            "VerbForm=Fin" => Self::FINITE,
            "Tense=Pres" => Self::PRESENT,
            "Degree=Pos" => Self::POSITIVE,
            _ => 0,
        });
        Self(bits.fold(0, |all, bits| all | bits))
    }

    /// Whether a form with this morphology is its own lemma but for capitals.
    pub(crate) fn is_base_form(self, pos: Pos) -> bool {
        let has = |bits: u8| self.0 & bits == bits;
        let singular_noun = pos == Pos::Noun && has(Self::SINGULAR);
        let plain_present = pos == Pos::Verb && has(Self::FINITE | Self::PRESENT) && !has(Self::NUMBER);
        singular_noun || plain_present || has(Self::INFINITIVE) || has(Self::POSITIVE)
    }
}

/// What a token must be for a rule to match.
#[derive(Debug)]
struct Test {
    tags: u64,
    /// Lower-cased forms; any form if empty.
    lowers: Vec<&'static str>,
    deps: u64,
    space: Option<bool>,
}

#[derive(Debug, Default)]
struct Change {
    tag: Option<Tag>,
    pos: Option<Pos>,
    morph: Option<Morph>,
    lemma: Option<&'static str>,
    dep: Option<Dep>,
}

#[derive(Debug)]
struct Rule {
    first: Test,
    second: Option<Test>,
    /// Whether the change is to the second token.
    changes_second: bool,
    change: Change,
}

/// The rules, indexed by what the first token of a pattern must be.
#[derive(Debug)]
pub struct AttributeRuler {
    rules: Vec<Rule>,
    by_tag: Vec<Vec<usize>>,
    by_lower: HashMap<&'static str, Vec<usize>>,
}

impl Default for AttributeRuler {
    fn default() -> Self {
        Self::new()
    }
}

impl AttributeRuler {
    /// The rules of `en_core_web_sm` 3.8.0.
    #[must_use]
    pub fn new() -> Self {
        let rules: Vec<Rule> = TABLE.lines().map(Rule::read).collect();
        let mut by_tag = vec![Vec::new(); Tag::ALL.len()];
        let mut by_lower = HashMap::<_, Vec<usize>>::new();
        for (number, rule) in rules.iter().enumerate() {
            for lower in &rule.first.lowers {
                by_lower.entry(*lower).or_default().push(number);
            }
            if rule.first.lowers.is_empty() {
                let matching = Tag::ALL.iter().filter(|tag| rule.first.tags & tag_bit(**tag) != 0);
                matching.for_each(|tag| by_tag[*tag as usize].push(number));
            }
        }
        Self { rules, by_tag, by_lower }
    }

    /// The attributes of each token of a text.
    ///
    /// # Panics
    /// If the three lists differ in length.
    pub fn apply(&self, forms: &[&str], tags: &mut [Tag], deps: &mut [Dep]) -> Vec<Attributes> {
        assert!(
            forms.len() == tags.len() && forms.len() == deps.len(),
            "one tag and one label for each form"
        );
        let mut attributes = Vec::with_capacity(forms.len());
        let (mut hits, mut carried) = (Vec::new(), Vec::new());
        let mut word = forms.first().map(|form| Word::new(form));
        for at in 0..forms.len() {
            let Some(here) = word.take() else { break };
            let next = forms.get(at + 1).map(|form| Word::new(form));
            hits.append(&mut carried);
            let by_tag = &self.by_tag[tags[at] as usize];
            let by_lower = self.by_lower.get(&*here.lower).map_or(&[][..], Vec::as_slice);
            for &number in by_tag.iter().chain(by_lower) {
                let rule = &self.rules[number];
                let second_fits = || match (&rule.second, &next) {
                    (None, _) => true,
                    (Some(test), Some(next)) => test.fits(next, tags[at + 1], deps[at + 1]),
                    (Some(_), None) => false,
                };
                if rule.first.fits(&here, tags[at], deps[at]) && second_fits() {
                    if rule.changes_second { &mut carried } else { &mut hits }.push(number);
                }
            }
            hits.sort_unstable();
            let mut found = Attributes { pos: Pos::Other, morph: Morph::default(), lemma: None };
            for number in hits.drain(..) {
                let change = &self.rules[number].change;
                tags[at] = change.tag.unwrap_or(tags[at]);
                deps[at] = change.dep.unwrap_or(deps[at]);
                found.pos = change.pos.unwrap_or(found.pos);
                found.morph = change.morph.unwrap_or(found.morph);
                found.lemma = change.lemma.or(found.lemma);
            }
            attributes.push(found);
            word = next;
        }
        attributes
    }
}

/// A form with what the rules ask of it.
struct Word<'t> {
    lower: std::borrow::Cow<'t, str>,
    space: bool,
}

impl<'t> Word<'t> {
    fn new(form: &'t str) -> Self {
        Self { lower: lower(form), space: is_space(form) }
    }
}

impl Test {
    fn fits(&self, word: &Word<'_>, tag: Tag, dep: Dep) -> bool {
        self.tags & tag_bit(tag) != 0
            && self.deps & dep_bit(dep) != 0
            && self.space.is_none_or(|space| space == word.space)
            && (self.lowers.is_empty() || self.lowers.contains(&&*word.lower))
    }

    /// Four columns: TAG, LOWER, DEP, IS_SPACE.
    fn read(columns: &[&'static str]) -> Self {
        Self {
            tags: mask(columns[0], |label| Tag::from_label(label).map(tag_bit)),
            lowers: columns[1].split(' ').filter(|word| !word.is_empty()).collect(),
            deps: mask(columns[2], |label| Dep::from_label(label).map(dep_bit)),
            space: (!columns[3].is_empty()).then(|| columns[3] == "True"),
        }
    }
}

impl Rule {
    fn read(line: &'static str) -> Self {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 14, "attributes.tsv has 14 columns");
        Self {
            first: Test::read(&columns[1..5]),
            second: columns[5..9].iter().any(|column| !column.is_empty()).then(|| Test::read(&columns[5..9])),
            changes_second: columns[0] == "1",
            change: Change {
                tag: Tag::from_label(columns[9]),
                pos: Pos::from_label(columns[10]),
                morph: (!columns[11].is_empty()).then(|| Morph::from_features(columns[11])),
                lemma: (!columns[12].is_empty()).then_some(columns[12]),
                dep: Dep::from_label(columns[13]),
            },
        }
    }
}

/// The labels of a column as bits: all if it is empty, all others after `!`. Labels that the model never gives have no bit.
fn mask(column: &str, bit: impl Fn(&str) -> Option<u64>) -> u64 {
    let union = |labels: &str| labels.split(' ').filter_map(&bit).fold(0, |all, bit| all | bit);
    match column.strip_prefix('!') {
        Some(others) => !union(others),
        None if column.is_empty() => u64::MAX,
        None => union(column),
    }
}

fn tag_bit(tag: Tag) -> u64 {
    1 << tag as u8
}

fn dep_bit(dep: Dep) -> u64 {
    1 << dep as u8
}

const _: () = assert!(Tag::ALL.len() <= 64 && Dep::ALL.len() <= 64, "label sets fit 64 bits");

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[(&str, Tag, Dep)], expected: &[(Pos, Option<&str>)]) {
        let forms: Vec<&str> = words.iter().map(|w| w.0).collect();
        let mut tags: Vec<Tag> = words.iter().map(|w| w.1).collect();
        let mut deps: Vec<Dep> = words.iter().map(|w| w.2).collect();
        let found = AttributeRuler::new().apply(&forms, &mut tags, &mut deps);
        let found: Vec<_> = found.iter().map(|a| (a.pos, a.lemma)).collect();
        assert_eq!(found, expected, "{words:?}");
    }

    #[test]
    fn dependency_tells_auxiliaries_from_verbs() {
        check(&[("has", Tag::Vbz, Dep::Aux)], &[(Pos::Aux, Some("have"))]);
        check(&[("has", Tag::Vbz, Dep::Root)], &[(Pos::Verb, Some("have"))]);
        check(&[("That", Tag::Dt, Dep::Nsubj)], &[(Pos::Pron, None)]);
        check(&[("That", Tag::Dt, Dep::Det)], &[(Pos::Det, None)]);
        check(&[("to", Tag::To, Dep::Aux)], &[(Pos::Part, None)]);
    }

    #[test]
    fn pairs_change_the_token_that_they_name() {
        check(
            &[("gon", Tag::Vbg, Dep::Root), ("na", Tag::To, Dep::Aux)],
            &[(Pos::Verb, Some("go")), (Pos::Part, Some("to"))],
        );
        check(
            &[("There", Tag::Ex, Dep::Expl), ("'s", Tag::Vbz, Dep::Root)],
            &[(Pos::Pron, None), (Pos::Verb, Some("be"))],
        );
        check(
            &[("Ai", Tag::Vbp, Dep::Aux), ("n't", Tag::Rb, Dep::Neg)],
            &[(Pos::Aux, Some("be")), (Pos::Part, Some("not"))],
        );
    }

    #[test]
    fn white_space_is_tagged_as_such() {
        let (mut tags, mut deps) = ([Tag::Nn, Tag::Space], [Dep::Punct, Dep::Dep]);
        let found = AttributeRuler::new().apply(&["\n\n", "word"], &mut tags, &mut deps);
        assert_eq!((tags[0], deps[0], found[0].pos), (Tag::Space, Dep::Dep, Pos::Space));
        assert_eq!((tags[1], found[1].pos), (Tag::Space, Pos::Other));
    }

    #[test]
    fn every_tag_has_a_part_of_speech() {
        let ruler = AttributeRuler::new();
        for &tag in Tag::ALL {
            let sets_pos = |&number: &usize| {
                ruler.rules[number].first.deps == u64::MAX && ruler.rules[number].change.pos.is_some()
            };
            assert!(ruler.by_tag[tag as usize].iter().any(sets_pos), "{tag:?}");
        }
    }

    #[test]
    fn base_forms() {
        let base = |pos, features| Morph::from_features(features).is_base_form(pos);
        assert!(
            base(Pos::Noun, "Number=Sing")
                && !base(Pos::Noun, "Number=Plur")
                && !base(Pos::Propn, "Number=Sing")
        );
        assert!(base(Pos::Verb, "Tense=Pres|VerbForm=Fin"));
        assert!(!base(Pos::Verb, "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"));
        assert!(base(Pos::Adv, "Degree=Pos") && base(Pos::Aux, "VerbForm=Inf") && !base(Pos::Adj, "_"));
    }
}
