//! What somebody looks for, as a question to the index of words, in which nothing of it is syntax.
//!
//! # Source
//! SQLite FTS5, section 3, "Full-text Query Syntax": a string between quotation marks is words and nothing else.

/// The question for the words, and those of a name where they are asked for; nothing if no word is asked for.
pub(crate) fn question(words: &str, speaker: Option<&str>, target: Option<&str>) -> Option<String> {
    let columns = [("quote", terms(words)), ("speaker_name", name(speaker)), ("target_name", name(target))];
    let parts = columns.into_iter().filter(|(_, terms)| !terms.is_empty());
    let parts: Vec<String> =
        parts.map(|(column, terms)| format!("{{{column}}} : ({})", terms.join(" AND "))).collect();
    if parts.is_empty() { None } else { Some(parts.join(" AND ")) }
}

/// The words of a name, in any order.
fn name(name: Option<&str>) -> Vec<String> {
    name.map(terms).unwrap_or_default()
}

/// Words, phrases between quotation marks, and beginnings of words before `*`.
fn terms(words: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let words = words.replace(['“', '”', '„'], "\"");
    for (at, part) in words.split('"').enumerate() {
        if at % 2 == 1 {
            terms.extend(term(part, ""));
        } else {
            terms.extend(part.split_whitespace().filter_map(|word| match word.strip_suffix('*') {
                Some(start) => term(start, "*"),
                None => term(word, ""),
            }));
        }
    }
    terms
}

/// A string of the index's language; nothing of what has no letter and no digit, which the index does not hold.
fn term(words: &str, end: &str) -> Option<String> {
    let words: String = words.chars().map(|c| if c == '"' || c == '\0' { ' ' } else { c }).collect();
    words.chars().any(char::is_alphanumeric).then(|| format!("\"{}\"{end}", words.trim()))
}

#[cfg(test)]
mod tests {
    use super::question;

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
            assert_eq!(question(words, None, None).as_deref(), Some(expected), "{words}");
        }
        assert_eq!(question(" * \" - \0", None, Some("")), None);
        let both = question("no", Some("Ilse Maron"), None);
        assert_eq!(both.as_deref(), Some(r#"{quote} : ("no") AND {speaker_name} : ("Ilse" AND "Maron")"#));
    }
}
