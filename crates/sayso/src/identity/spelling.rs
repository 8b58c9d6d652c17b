//! Two spellings of one name: Moeran and Moweran, Nazemi and Nadhimi, but not Hale and Hall.
//!
//! In: two names' words. Out: whether they can be one name spelled twice. The idea is that of phonetic
//! keys for transliterated names: vowels and half-vowels are what spellings differ in, and a few
//! consonants stand for one another (dh/z, q/k, ph/f); [`names`](crate::names) weighs which do so in romanisations. Whether they *are* one person, the article has to say.

use crate::names::likeness;

/// The consonants of a folded word, with those that transliterations exchange made one.
pub(crate) fn skeleton(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut key = String::new();
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied();
        let (sound, length) = match (letters[at], next) {
            ('d', Some('h')) | ('t', Some('h')) if at > 0 => ('z', 2),
            ('p', Some('h')) => ('f', 2),
            ('k' | 'q' | 'g', Some('h')) => ('k', 2),
            ('c', Some('k')) => ('k', 2),
            ('c', Some('h')) | ('s', Some('h')) => ('x', 2),
            ('t', Some('z' | 's')) => ('s', 2),
            ('k' | 'q' | 'c', _) => ('k', 1),
            ('v' | 'f', _) => ('v', 1),
            // a first vowel counts as one, whichever it is
            ('a' | 'e' | 'i' | 'o' | 'u', _) if at == 0 => ('a', 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h', _) if at > 0 => ('\0', 1),
            (other, _) => (other, 1),
        };
        // a letter written twice is one sound
        let doubled = at > 0 && letters[at - 1] == letters[at];
        if sound != '\0' && !(doubled && key.ends_with(sound)) {
            key.push(sound);
        }
        at += length;
    }
    key
}

/// Whether two different folded words can be one name spelled twice.
pub(crate) fn can_be_variants(a: &str, b: &str) -> bool {
    // "Brask" and "Brusk" are as likely two
    const SHORTEST: usize = 6;
    // three consonants: "Hale" and "Hall" share two, which says nothing
    const FEWEST_CONSONANTS: usize = 3;
    // log-odds: letters that stand for each other in romanisations, and not any vowel for any other
    const LEAST_LIKE: f32 = 0.0;
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    if a == b || short < SHORTEST || long - short > 2 || a.ends_with('s') != b.ends_with('s') {
        return false;
    }
    let key = skeleton(a);
    key.chars().count() >= FEWEST_CONSONANTS && key == skeleton(b) && likeness(a, b) >= LEAST_LIKE
}

/// Whether two full names can be one when each of the two words is spelled otherwise: "Tarek Haddun", "Tariq Haddoun". Then a given name may be
/// shorter than [`can_be_variants`] wants it, as two of a family have one family name, spelled alike.
pub(crate) fn can_be_variants_throughout(given: [&str; 2], family: [&str; 2]) -> bool {
    const LEAST_LIKE: f32 = 0.5;
    let [a, b] = given;
    can_be_variants(family[0], family[1])
        && a != b
        && skeleton(a) == skeleton(b)
        && likeness(a, b) >= LEAST_LIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::folded;

    #[test]
    fn spellings_of_one_name() {
        for (a, b) in [
            ("Moeran", "Moweran"),
            ("Tolvarek", "Tolvareck"),
            ("Nazemi", "Nadhimi"),
            ("Al-Nazemi", "Nadhimi"),
            ("Mohammed", "Muhammad"),
            ("Yusupov", "Yusupoff"),
            ("Gadhafi", "Gazafi"),
            ("Qasimov", "Kasymov"),
        ] {
            assert!(can_be_variants(&folded(a), &folded(b)), "{a} {b}");
        }
    }

    #[test]
    fn full_names_of_which_both_words_are_spelled_otherwise() {
        assert!(can_be_variants_throughout(["tarek", "tariq"], ["haddun", "haddoun"]));
        assert!(!can_be_variants_throughout(["tarek", "karim"], ["haddun", "haddoun"]));
        assert!(!can_be_variants_throughout(["ana", "lars"], ["petersen", "peterson"]));
        assert!(!can_be_variants_throughout(["tarek", "tariq"], ["haddun", "haddad"]));
        // two of one family
        assert!(!can_be_variants_throughout(["karen", "karin"], ["haddun", "haddun"]));
    }

    #[test]
    fn names_of_different_people() {
        for (a, b) in [
            ("Hale", "Hall"),
            ("Brask", "Brusk"),
            ("Johnson", "Johnston"),
            ("Martin", "Martinez"),
            ("Dorn", "Doran"),
            ("Peters", "Peter"),
            ("Lund", "Lindt"),
            ("Vash", "Vasquez"),
            ("Mariano", "Moreno"),
            ("Karimov", "Koroma"),
        ] {
            assert!(!can_be_variants(&folded(a), &folded(b)), "{a} {b}");
        }
    }
}
