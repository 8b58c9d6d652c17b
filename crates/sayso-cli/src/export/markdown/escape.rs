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
    let (mut is_start, mut is_number, mut word) = (true, true, String::new());
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&'
            | '$' | '^' | '@' => true,
            // "https://", ":smile:"
            ':' => !next.is_whitespace(),
            // "- ", "+ ", "=== " begin something only where a line does
            '-' | '+' | '=' => is_start,
            // "1. ", "www.", "anbry.example"
            '.' => is_number && !is_start || word.len() > 1 && next.is_alphabetic(),
            ')' => is_number && !is_start,
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(c);
        is_number &= c.is_ascii_digit();
        is_start = false;
        if c.is_alphanumeric() { word.push(c) } else { word.clear() }
    }
    escaped
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
            ("\\[", "\\\\\\["),
            ("", ""),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(link("a]", Some("https://x.example/>)")), "[a\\]](<https://x.example/%3E)>)");
        assert_eq!(link("a", Some("data:text/html,x")), "a");
    }
}
