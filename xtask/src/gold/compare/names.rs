//! Whether two wordings name the same speaker.

const DROPPED: [&str; 12] = ["a", "an", "the", "its", "his", "her", "their", "mr", "mrs", "ms", "miss", "dr"];
const PRONOUNS: [&str; 14] =
    ["he", "she", "it", "they", "i", "we", "you", "him", "her", "them", "who", "that", "which", "one"];

/// Words that end the head of a description: "a resident | of the village", "officials | in Baghdad".
const AFTER_HEAD: [&str; 12] =
    ["of", "in", "at", "from", "for", "by", "on", "with", "who", "which", "that", "close"];

/// The same head, and the words of the one all among the words of the other: "Hale" and "Orsin Hale", "the
/// ministry" and "health ministry", but not "Vash" and "Vash’s office".
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let (Some(head_a), Some(head_b)) = (head(&a), head(&b)) else { return a == b };
    let within = |x: &[String], y: &[String]| x.iter().all(|w| y.contains(w));
    head_a == head_b && (within(&a, &b) || within(&b, &a))
}

/// A pronoun names nobody.
pub(crate) fn is_pronoun(name: &str) -> bool {
    PRONOUNS.contains(&name.trim().to_lowercase().as_str())
}

fn words(name: &str) -> Vec<String> {
    let all: Vec<String> = name
        .to_lowercase()
        .replace('\u{2019}', "'")
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let kept: Vec<String> = all.iter().filter(|w| !DROPPED.contains(&w.as_str())).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

fn head(words: &[String]) -> Option<&String> {
    let end = words.iter().position(|w| AFTER_HEAD.contains(&w.as_str())).filter(|&at| at > 0);
    words[..end.unwrap_or(words.len())].last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_name_is_the_same_speaker_only_with_the_same_head() {
        assert!(same("Orsin Hale", "Hale"));
        assert!(same("health ministry", "The ministry"));
        assert!(same("governor of Stonewell", "the governor"));
        assert!(!same("Vash’s office", "Vash"));
        assert!(!same("Teodor Vash", "Orsin Hale"));
        assert!(!same("the governor’s lawyer", "the governor"));
        assert!(same("Leave Association's lawyer", "The Leave Association’s lawyer"));
    }

    #[test]
    fn pronouns_are_no_names() {
        assert!(is_pronoun("He"));
        assert!(!is_pronoun("Hester"));
    }
}
