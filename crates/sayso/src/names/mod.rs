//! Whether two names can be one: "Omar al-Nazemi" and "NADHIMI, Omar", "Halder Ltd" and "Halder Limited".
//!
//! In: two names as they are written. Out: [`Likeness`], the probability that they are one name. What always holds: the order of the two does not
//! matter, and a name is always like itself. Whether they *are* one person the texts have to say; names of many bearers are equal too.
//! Nothing here knows an article; [`identity`](crate::identity) asks for spellings only, and is stricter.
//!
//! `fold` takes letters without accents, `letters` compares words, `parts` takes names apart, `align` sets the parts against each other.

mod align;
mod fold;
mod letters;
mod lexicon;
mod parts;

pub(crate) use fold::folded;
pub use fold::plain;
pub(crate) use letters::likeness;

use lexicon::LEXICON;
use parts::Parts;

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A human being's.
    Person,
    /// An organisation's, a company's, a ship's.
    Body,
}

/// How like two names are.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Likeness {
    log_odds: f32,
}

impl Likeness {
    /// The probability that the two are one, 0 to 1.
    ///
    /// # Source
    /// The log-odds are fitted to pairs of which a half to a third are one name, most of the others much alike.
    #[must_use]
    pub fn probability(self) -> f32 {
        1.0 / (1.0 + (-self.log_odds).exp())
    }

    /// Whether the two can be one name: about 95 in 100 of those for which it says so are.
    #[must_use]
    pub fn can_be_one(self) -> bool {
        self.log_odds >= 0.0
    }
}

/// Whether one given name, in small letters, is short for the other: “Ken” and “Kenneth”.
pub(crate) fn is_short_form(a: &str, b: &str) -> bool {
    LEXICON.is_short_form(a, b)
}

/// The given names that one, in small letters, can be short for.
pub(crate) fn long_forms(short: &str) -> impl Iterator<Item = &'static str> {
    LEXICON.long_forms(short)
}

/// Compares two whole names.
#[must_use]
pub fn compare(a: &str, b: &str, kind: Kind) -> Likeness {
    let (a, b) = (Parts::of(a, kind), Parts::of(b, kind));
    if a == b {
        return Likeness { log_odds: ALIKE };
    }
    let weights = match kind {
        Kind::Person => &LEXICON.weights.person,
        Kind::Body => &LEXICON.weights.body,
    };
    Likeness { log_odds: align::score(&a, &b, weights, kind == Kind::Person).clamp(-ALIKE, ALIKE) }
}

/// Compares two single words of names, as romanisations of one word.
#[must_use]
pub fn compare_words(a: &str, b: &str) -> Likeness {
    let (a, b) = (plain(a), plain(b));
    let log_odds = if a == b { ALIKE } else { likeness(&a, &b) - WORDS_LEAST };
    Likeness { log_odds: log_odds.clamp(-ALIKE, ALIKE) }
}

/// Log-odds of names that are the same but for what folds.
const ALIKE: f32 = 9.0;
/// What letters must say for two words, so that 95 in 100 are one.
const WORDS_LEAST: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_one(a: &str, b: &str, kind: Kind) -> bool {
        compare(a, b, kind).can_be_one()
    }

    #[test]
    fn one_person_written_in_many_ways() {
        for (a, b) in [
            ("Omar al-Nazemi", "NADHIMI, Omar"),
            ("Dr. Odile Ferran", "Odile Ferran"),
            ("O. Ferran", "Odile Ferran"),
            ("Odile M. Ferran", "Odile Ferran"),
            ("Odile Marit Ferran", "Odile Ferran"),
            ("Bob Haspel", "Robert Haspel"),
            ("Ben Haspel", "Benjamin Haspel"),
            ("A. Haspel", "Anton Haspel"),
            ("Yusuf bin Haddun", "Yousef Haddoun"),
            ("CorinHaspel", "Corin Haspel"),
            ("Corin Hapsel", "Corin Haspel"),
            ("Jean-Corin Haspel", "J.-C. Haspel"),
        ] {
            assert!(is_one(a, b, Kind::Person), "{a} {b} {:?}", compare(a, b, Kind::Person));
        }
    }

    #[test]
    fn people_who_are_two() {
        for (a, b) in [
            ("Odile Ferran", "Marit Ferran"),
            ("Odile Ferran", "Odile Vash"),
            ("T. Ferran", "Odile Ferran"),
            ("Odile K. Ferran", "Odile M. Ferran"),
            ("Omar Yusuf al-Nazemi", "Omar Karim al-Nazemi"),
            ("Ana Petersen", "Lars Peterson"),
            ("Odile", "Marit Ferran"),
        ] {
            assert!(!is_one(a, b, Kind::Person), "{a} {b} {:?}", compare(a, b, Kind::Person));
        }
    }

    #[test]
    fn bodies() {
        for (a, b) in [
            ("Halder Ltd", "Halder Limited"),
            ("The Halder & Sons Company", "Halder and Sons Co."),
            ("Halder-Brandt AG", "Halder Brandt Aktiengesellschaft"),
            ("Goodhall Bank", "Good Hall Bank"),
            ("Organisation of Northern Ports", "Organization of the Northern Ports"),
        ] {
            assert!(is_one(a, b, Kind::Body), "{a} {b} {:?}", compare(a, b, Kind::Body));
        }
        for (a, b) in [
            ("Halder Bank of Vandria", "Halder Bank of Thole"),
            ("Halder Fund II", "Halder Fund III"),
            ("Halder Motors", "Halder Foods"),
            ("Ninth Brigade", "Ninth Army"),
        ] {
            assert!(!is_one(a, b, Kind::Body), "{a} {b} {:?}", compare(a, b, Kind::Body));
        }
    }

    #[test]
    fn words_in_two_romanisations() {
        for (a, b) in
            [("Yusuf", "Yousef"), ("Kadirov", "Qadyrov"), ("Shirin", "Chirine"), ("Haddun", "Haddoun")]
        {
            assert!(compare_words(a, b).can_be_one(), "{a} {b} {:?}", compare_words(a, b));
        }
        for (a, b) in [("Hale", "Hart"), ("Ferran", "Farrow"), ("Malk", "Mark"), ("Dorn", "Born")] {
            assert!(!compare_words(a, b).can_be_one(), "{a} {b} {:?}", compare_words(a, b));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_two_texts_can_be_compared_either_way_round(a in "\\PC{0,40}", b in "\\PC{0,40}") {
            for kind in [Kind::Person, Kind::Body] {
                let one = compare(&a, &b, kind).probability();
                prop_assert!((0.0..=1.0).contains(&one));
                prop_assert!((one - compare(&b, &a, kind).probability()).abs() < 1e-4);
                prop_assert!(compare(&a, &a, kind).can_be_one());
            }
        }

        #[test]
        fn names_can_be_compared_either_way_round(a in "([A-Z][a-zé]{0,6}[ .,-]{1,2}){0,5}", b in "([A-Z][a-zé]{0,6}[ .,-]{1,2}){0,5}") {
            for kind in [Kind::Person, Kind::Body] {
                let (one, other) = (compare(&a, &b, kind), compare(&b, &a, kind));
                prop_assert!((one.probability() - other.probability()).abs() < 1e-4);
                prop_assert!(compare(&a, &a, kind).can_be_one());
            }
            let (one, other) = (compare_words(&a, &b), compare_words(&b, &a));
            prop_assert!((one.probability() - other.probability()).abs() < 1e-4);
            prop_assert!(compare_words(&a, &a).can_be_one());
        }

        #[test]
        fn long_texts_take_no_longer_than_names(word in "[a-c]{0,9}") {
            let long = (word + " ").repeat(2000);
            prop_assert!(compare(&long, &long.replace('a', "b"), Kind::Person).probability() <= 1.0);
        }
    }
}
