//! Whether a chunk is a URL, an e-mail address or a bare host name.
//!
//! In: a chunk without white space. Out: what spaCy's `URL_MATCH` says of it, in one pass where the expression backtracks:
//! optional scheme, optional `user:password@`, an IPv4 address outside the private ranges or a host name whose last label
//! is in lower case, optional port, optional path.

use crate::chars::{Classes, is};

/// Whether the whole chunk matches.
pub(super) fn is_url(chunk: &str) -> bool {
    if !chunk.contains('.') {
        return false;
    }
    let after_scheme = scheme(chunk).unwrap_or(0);
    [0, after_scheme].into_iter().any(|start| {
        let rest = &chunk[start..];
        is_address(rest) || rest.match_indices('@').any(|(at, _)| at > 0 && is_address(&rest[at + 1..]))
    })
}

/// Where the address starts, after `https://` and the like.
fn scheme(chunk: &str) -> Option<usize> {
    let colon = chunk.find(':')?;
    let name = &chunk[..colon];
    let in_name = |c: char| matches!(c, '+' | '-' | '.') || is(c, Classes::WORD);
    let fits = chunk[colon..].starts_with("://") && name.chars().count() >= 2 && name.chars().all(in_name);
    fits.then_some(colon + 3)
}

/// Host, port, path.
fn is_address(rest: &str) -> bool {
    let host_end =
        rest.find(|c: char| c == ':' || !(c == '.' || in_label(c) || in_host(c))).unwrap_or(rest.len());
    let host = &rest[..host_end];
    (is_host_name(host) || is_public_ip(host)) && is_port_and_path(&rest[host_end..])
}

fn is_port_and_path(rest: &str) -> bool {
    let path = match rest.strip_prefix(':') {
        None => rest,
        Some(port) => {
            let digits = port.chars().take_while(|&c| is(c, Classes::DECIMAL)).count();
            let end = port.char_indices().nth(digits).map_or(port.len(), |(at, _)| at);
            if !(2..=5).contains(&digits) {
                return false;
            }
            &port[end..]
        }
    };
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

fn in_host(c: char) -> bool {
    is(c, Classes::TOP_LEVEL)
}

fn in_label(c: char) -> bool {
    in_label_edge(c) || matches!(c, '_' | '-')
}

fn in_label_edge(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

fn is_host_name(host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    (2..=63).contains(&top.chars().take(64).count())
        && top.chars().all(|c| is(c, Classes::TOP_LEVEL))
        && labels.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    label.starts_with(in_label_edge)
        && label.ends_with(in_label_edge)
        && label.chars().all(in_label)
        && label.chars().take(65).count() <= 64
}

fn is_public_ip(host: &str) -> bool {
    let octets: Vec<&str> = host.splitn(5, '.').collect();
    let [a, b, c, d] = octets[..] else { return false };
    let private = matches!(a, "10" | "127")
        || matches!((a, b), ("169", "254") | ("192", "168"))
        || a == "172" && matches!(number(b), Some(16..=31)) && b.len() == 2;
    let middle = |part: &str| matches!((part.len(), number(part)), (1 | 2, Some(_)) | (3, Some(100..=255)));
    let outer = |part: &str, most: u16| {
        !part.starts_with('0') && matches!(number(part), Some(n) if (1..=most).contains(&n))
    };
    !private && outer(a, 223) && middle(b) && middle(c) && outer(d, 254)
}

/// The value of one to three digits.
fn number(part: &str) -> Option<u16> {
    ((1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for url in [
            "velmar.example",
            "www.velmar.org/a?b#c",
            "https://velmar.org:8080/",
            "git+ssh://x@velmar.dev",
            "a:b@velmar.org",
            "8.08.8.8",
            "http://8.8.4.4:53/x",
            "münchen.example",
            "a.b.c.d.ef",
            "ode@velmar.org",
            "x@y@velmar.org",
        ] {
            assert!(is_url(url), "{url}");
        }
    }

    #[test]
    fn others() {
        for other in [
            "velmar",
            "Velmar.Org",
            "a.b",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.9",
            "256.1.1.1",
            "8.8.8.0",
            "8.008.8.8",
            "-a.org",
            "a-.org",
            "velmar.org:1",
            "velmar.org:123456",
            "@velmar.org.",
            "a..org",
            "velmar.org!",
            ".org",
            "4.5",
            "12.30pm,",
            "velmar.o",
        ] {
            assert!(!is_url(other), "{other}");
        }
    }
}
