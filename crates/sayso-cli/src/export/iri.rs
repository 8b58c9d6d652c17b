//! Names for records that hold anywhere, made of what the records are.
//!
//! # Source
//! RFC 3987 (IRIs); RFC 6920, section 7 (`nih:`, a hash in digits that people can compare); RFC 9562, section 5.8 (UUIDs of one's own making).

use sayso::ledger::{Document, Source, Statement, hexadecimal};
use sha2::{Digest, Sha256};
use url::{Position, Url};

/// The text of an article, by its hash.
pub(super) fn text(document: &Document) -> String {
    format!("nih:sha-256;{}", document.sha256)
}

/// The address of an article, or the hash of its text.
pub(super) fn article(document: &Document) -> String {
    document.url.as_deref().and_then(address).unwrap_or_else(|| text(document))
}

/// An address of the Web as browsers read it, with nothing in it that an IRI cannot have, and nobody's name before its host, who may look like
/// another host; nothing for what is none.
pub(super) fn address(given: &str) -> Option<String> {
    let rest = ["https://", "http://"].into_iter().find_map(|scheme| {
        let (start, rest) = given.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })?;
    if rest.starts_with(['/', '\\']) {
        return None;
    }
    let mut url = Url::parse(given).ok()?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    let (host, rest) = (&url[..Position::BeforePath], &url[Position::BeforePath..]);
    let mut address = host.to_owned();
    let mut in_fragment = false;
    for (at, c) in rest.char_indices() {
        let is_plain = match c {
            '#' => !std::mem::replace(&mut in_fragment, true),
            '%' => {
                rest.as_bytes().get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
            }
            _ => c.is_ascii_graphic() && !"<>\"{}|\\^`[]".contains(c),
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_address_is_an_iri(rest in "([\\[\\]#%?@:/\\\\|^ a-f0-9]|\\PC){0,30}") {
            let Some(address) = address(&format!("https://anbry.example/{rest}")) else { return Ok(()) };
            let rest = address.strip_prefix("https://anbry.example/").expect("it is of the same host");
            prop_assert!(rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c)), "{}", rest);
            prop_assert!(rest.matches('#').count() <= 1, "{}", rest);
            let mut codes = rest.split('%').skip(1);
            prop_assert!(codes.all(|code| code.len() > 1 && code.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit)), "{}", rest);
        }
    }

    #[test]
    fn addresses_are_of_the_web_and_hold_nothing_that_ends_them() {
        for (given, expected) in [
            ("https://anbry.example/a?b=c#d", Some("https://anbry.example/a?b=c#d")),
            ("HTTP://anbry.example/a b<c>\"?\\", Some("http://anbry.example/a%20b%3Cc%3E%22?%5C")),
            ("https://anbry.example/é\u{202e}", Some("https://anbry.example/%C3%A9%E2%80%AE")),
            ("https://evil.example/[a]#b#c%zz", Some("https://evil.example/%5Ba%5D#b%23c%25zz")),
            ("https://evil.example/%5Ba%5D?[%", Some("https://evil.example/%5Ba%5D?%5B%25")),
            ("https://anbry.example@evil.example/", Some("https://evil.example/")),
            ("https://anbry.example:443@evil.example:8443", Some("https://evil.example:8443/")),
            ("http://[::1]/[", Some("http://[::1]/%5B")),
            ("https://anbry.example:none/", None),
            ("https:///etc/passwd", None),
            ("https://\\evil.example", None),
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
