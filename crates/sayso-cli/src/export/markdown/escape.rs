//! Words of other people inside Markdown: nothing of them is a mark, a link, an image, a list or HTML.
//!
//! # Source
//! CommonMark 0.31.2, section 2.4 (backslash escapes); GitHub Flavored Markdown 0.29, section 6.9 (addresses that become links by themselves).

use super::super::iri;
use crate::shown;

/// Words in one line, to stand anywhere in a paragraph, a heading or an item.
pub(super) fn words(text: &str) -> String {
    let line = shown::line(text);
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut rest = line.chars().peekable();
    let (mut is_start, mut is_number, mut word, mut last) = (true, true, String::new(), ' ');
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&'
            | '$' | '^' | '@' => true,
            // "https://", ":smile:"
            ':' => !next.is_whitespace(),
            // "- ", "+ ", "=== " begin something only where a line does
            '-' | '+' | '=' => is_start,
            // "1. ", "www.", "anbry.example", "x.com", but not "U.S."
            '.' => is_number && !is_start || is_in_host(last, &word, rest.clone()),
            ')' => is_number && !is_start,
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(c);
        is_number &= c.is_ascii_digit();
        is_start = false;
        if c.is_alphanumeric() {
            word.push(c)
        } else {
            word.clear()
        }
        last = c;
    }
    escaped
}

/// Whether a point stands in what may be the name of a host: two letters or more behind it, or one behind a longer word.
fn is_in_host(last: char, word: &str, behind: impl Iterator<Item = char>) -> bool {
    let mut behind = behind.take_while(|c| c.is_alphanumeric() || *c == '-');
    let is_letter = behind.next().is_some_and(char::is_alphabetic);
    is_letter && (behind.next().is_some() && !last.is_whitespace() || word.chars().count() > 1)
}

/// A link to an address of the Web; the words alone for anything else.
pub(super) fn link(label: &str, address: Option<&str>) -> String {
    match address.and_then(iri::address) {
        // an address in angle brackets ends at the next one, which no address has
        Some(address) => format!("[{}](<{address}>)", words(label)),
        None => words(label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_words() {
        for (text, expected) in [
            ("He said: no. Well-known, 3.5 per cent (all).", "He said: no. Well-known, 3.5 per cent (all)."),
            ("[x](javascript:y)", "\\[x\\](javascript\\:y)"),
            ("<b>&amp;", "\\<b\\>\\&amp;"),
            ("- a\n- b", "\\- a - b"),
            ("1. a", "1\\. a"),
            (
                "see https://evil.example or www.evil.example",
                "see https\\://evil\\.example or www\\.evil\\.example",
            ),
            ("The U.S. paid 3.5 m.", "The U.S. paid 3.5 m."),
            ("x.com/evil t.co/abc é.fr 9.de", "x\\.com/evil t\\.co/abc é\\.fr 9\\.de"),
            ("a.b.c.example a-b.c.com", "a.b.c\\.example a-b.c\\.com"),
            ("🚢.com €.com", "🚢\\.com €\\.com"),
            (
                "J.R. Dorn, e.g. in the U.S., 3.55 m. ... .com",
                "J.R. Dorn, e.g. in the U.S., 3.55 m. ... .com",
            ),
            ("\\[", "\\\\\\["),
            ("", ""),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(link("a]", Some("https://x.example/>)")), "[a\\]](<https://x.example/%3E)>)");
        assert_eq!(link("a", Some("data:text/html,x")), "a");
    }
}
