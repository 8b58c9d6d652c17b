//! Names for records that hold anywhere, made of what the records are.
//!
//! # Source
//! RFC 6920, section 7 (`nih:`, a hash in digits that people can compare); RFC 9562, section 5.8 (UUIDs of one's own making).

use sayso::ledger::{Document, Source, Statement, hexadecimal};
use sha2::{Digest, Sha256};

/// The text of an article, by its hash.
pub(super) fn text(document: &Document) -> String {
    format!("nih:sha-256;{}", document.sha256)
}

/// The address of an article, or the hash of its text.
pub(super) fn article(document: &Document) -> String {
    document.url.as_deref().and_then(address).unwrap_or_else(|| text(document))
}

/// An address of the Web, with nothing in it that an IRI cannot have; nothing for what is none.
pub(super) fn address(given: &str) -> Option<String> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| given.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let rest = &given[scheme.len()..];
    if rest.is_empty() || rest.starts_with('/') {
        return None;
    }
    let mut address = scheme.to_owned();
    for c in rest.chars() {
        let is_plain = if c.is_ascii() {
            c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c)
        } else {
            c.is_alphanumeric()
        };
        if is_plain {
            address.push(c);
        } else {
            let mut bytes = [0; 4];
            address.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    Some(address)
}

pub(super) fn statement(document: &Document, statement: &Statement) -> String {
    uuid(&["statement", &document.id, &document.sha256, &statement.id])
}

pub(super) fn source(document: &Document, source: &Source) -> String {
    uuid(&["source", &document.id, &document.sha256, &source.id])
}

/// The same name for the same parts, and another one for others.
pub(super) fn uuid(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    let mut bytes: [u8; 16] = std::array::from_fn({
        let hash = hash.finalize();
        move |at| hash[at]
    });
    // version 8, and the variant of the standard
    (bytes[6], bytes[8]) = (bytes[6] & 0x0f | 0x80, bytes[8] & 0x3f | 0x80);
    let digits = hexadecimal(&bytes);
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web_and_hold_nothing_that_ends_them() {
        for (given, expected) in [
            ("https://anbry.example/a?b=c#d", Some("https://anbry.example/a?b=c#d")),
            ("HTTP://anbry.example/a b<c>\"\\", Some("http://anbry.example/a%20b%3Cc%3E%22%5C")),
            ("https://anbry.example/é\u{202e}", Some("https://anbry.example/é%E2%80%AE")),
            ("javascript:alert(1)", None),
            ("https://", None),
            ("/etc/passwd", None),
        ] {
            assert_eq!(address(given).as_deref(), expected, "{given}");
        }
        let name = uuid(&["a", "b"]);
        assert!(name != uuid(&["ab", ""]) && name.len() == "urn:uuid:".len() + 36, "{name}");
        assert_eq!((&name[23..24], name[28..29].find(['8', '9', 'a', 'b'])), ("8", Some(0)), "{name}");
    }
}
