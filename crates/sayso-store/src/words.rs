//! What somebody looks for, as a question to the index of words, in which nothing of it is syntax.
//!
//! # Source
//! SQLite FTS5, section 3, "Full-text Query Syntax": a string between quotation marks is words and nothing else.

use crate::error::StoreError;

/// Letters of the beginning of a word, at least: half of all words begin with one of five letters, and each would be looked at.
const SHORTEST_BEGINNING: usize = 2;

/// The question for the words, and those of a name where they are asked for; nothing if no word is asked for.
///
/// # Errors
/// [`StoreError::Beginning`] for the beginning of a word that is too short.
pub(crate) fn question(
    words: &str,
    speaker: Option<&str>,
    target: Option<&str>,
) -> Result<Option<String>, StoreError> {
    let name = |name: Option<&str>| terms(name.unwrap_or_default());
    let columns =
        [("quote", terms(words)?), ("speaker_name", name(speaker)?), ("target_name", name(target)?)];
    let parts = columns.into_iter().filter(|(_, terms)| !terms.is_empty());
    let parts: Vec<String> =
        parts.map(|(column, terms)| format!("{{{column}}} : ({})", terms.join(" AND "))).collect();
    Ok(if parts.is_empty() { None } else { Some(parts.join(" AND ")) })
}

/// Words, phrases between quotation marks, and beginnings of words before `*`.
fn terms(words: &str) -> Result<Vec<String>, StoreError> {
    let mut terms = Vec::new();
    let words = words.replace(['“', '”', '„'], "\"");
    for (at, part) in words.split('"').enumerate() {
        if at % 2 == 1 {
            terms.extend(term(part, ""));
        } else {
            for word in part.split_whitespace() {
                terms.extend(match word.strip_suffix('*') {
                    Some(start) => term(long_enough(start)?, "*"),
                    None => term(word, ""),
                });
            }
        }
    }
    Ok(terms)
}

/// The beginning of a word, of which `al-k` has one letter.
fn long_enough(start: &str) -> Result<&str, StoreError> {
    let letters = start.chars().rev().take_while(|c| c.is_alphanumeric()).count();
    let is_word = start.chars().any(char::is_alphanumeric);
    if is_word && letters < SHORTEST_BEGINNING {
        return Err(StoreError::Beginning { given: format!("{start}*") });
    }
    Ok(start)
}

/// A string of the index's language; nothing of what has no letter and no digit, which the index does not hold.
fn term(words: &str, end: &str) -> Option<String> {
    let words: String = words.chars().map(|c| if c == '"' || c == '\0' { ' ' } else { c }).collect();
    words.chars().any(char::is_alphanumeric).then(|| format!("\"{}\"{end}", words.trim()))
}

#[cfg(test)]
mod tests {
    use super::question;
    use crate::error::StoreError;

    #[test]
    fn a_letter_is_too_short_a_beginning() {
        for words in ["q*", "quay al-k*", "“stay shut” é*"] {
            let found = question(words, None, None);
            assert!(matches!(found, Err(StoreError::Beginning { .. })), "{words}: {found:?}");
        }
        assert!(question("qu*", None, Some("él*")).is_ok());
    }

    #[test]
    fn nothing_is_syntax_but_marks_and_stars() {
        for (words, expected) in [
            ("quay shut", r#"{quote} : ("quay" AND "shut")"#),
            ("\"stay shut\" crane", r#"{quote} : ("stay shut" AND "crane")"#),
            ("“stay shut", r#"{quote} : ("stay shut")"#),
            ("harb*", r#"{quote} : ("harb"*)"#),
            ("a OR (b NEAR c) -d", r#"{quote} : ("a" AND "OR" AND "(b" AND "NEAR" AND "c)" AND "-d")"#),
            ("name:x", r#"{quote} : ("name:x")"#),
        ] {
            let question = question(words, None, None).unwrap_or_else(|error| panic!("{words}: {error}"));
            assert_eq!(question.as_deref(), Some(expected), "{words}");
        }
        assert!(matches!(question(" * \" - \0", None, Some("")), Ok(None)));
        let both = question("no", Some("Ilse Maron"), None).expect("words");
        assert_eq!(both.as_deref(), Some(r#"{quote} : ("no") AND {speaker_name} : ("Ilse" AND "Maron")"#));
    }
}
