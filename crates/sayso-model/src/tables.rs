//! The rule tables: tab-separated text that is part of the binary, made by training/convert_en_core_web_sm_rules.py.
//!
//! In: a table's text. Out: its rows, or one row found by its key. Tables that are looked up in place are sorted by bytes.

use std::borrow::Cow;

/// A field with its escapes (`\t`, `\n`, `\\`) resolved.
pub(crate) fn unescape(field: &'static str) -> Cow<'static, str> {
    if !field.contains('\\') {
        return Cow::Borrowed(field);
    }
    let mut plain = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        plain.push(match (c, c == '\\') {
            (_, false) => c,
            (_, true) => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some(other) => other,
                None => '\\',
            },
        });
    }
    Cow::Owned(plain)
}

/// The rest of the row whose first field is `key`, by bisection over a sorted table.
pub(crate) fn find_row(table: &'static str, key: &str) -> Option<&'static str> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |at| middle + at);
        let row = &table[start..end];
        let (found, rest) = row.split_once('\t').unwrap_or((row, ""));
        match found.cmp(key) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_row_and_nothing_else() {
        let table = "a\t1\nab\t2\nb\t\nzoo\t3\t4\n";
        assert_eq!(find_row(table, "a"), Some("1"));
        assert_eq!(find_row(table, "ab"), Some("2"));
        assert_eq!(find_row(table, "b"), Some(""));
        assert_eq!(find_row(table, "zoo"), Some("3\t4"));
        for absent in ["", "A", "aa", "c", "zooo", "\n"] {
            assert_eq!(find_row(table, absent), None, "{absent:?}");
        }
        assert_eq!(find_row("", "a"), None);
    }

    #[test]
    fn resolves_escapes() {
        assert_eq!(unescape("plain"), "plain");
        assert_eq!(unescape("\\t"), "\t");
        assert_eq!(unescape("\\\\n"), "\\n");
    }
}
