//! What a host asks of robots in its `robots.txt`.
//!
//! In: the bytes of the file. Out: whether a path may be fetched. Any bytes are a file; lines that say nothing known are skipped. A path is
//! compared in time linear in its length and that of the rules.
//!
//! # Source
//! Robots Exclusion Protocol, RFC 9309, section 2.2. A path is written in one way before it is compared (2.2.2): characters that are
//! unreserved in RFC 3986 bare, others as upper-case `%XX`, and of those only `/`, `?`, `&` and `=` as they came.

/// The product token that a group of rules names.
const TOKEN: &str = "sayso";

/// What is read of a `robots.txt`; section 2.5 asks for no less.
pub(super) const MAX_BYTES: usize = 500 << 10;

/// The rules for sayso.
#[derive(Debug, Default)]
pub(super) struct Robots {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    verdict: Verdict,
    pattern: Pattern,
}

/// In the order in which they win where patterns are as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Disallow,
    Allow,
}

#[derive(Debug)]
struct Pattern {
    /// What stands between the `*`.
    pieces: Vec<String>,
    end: End,
    length_bytes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open,
    /// `$`
    Closed,
}

/// Whom a group of rules is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// None was named yet.
    Nobody,
    Others,
    Everybody,
    Us,
}

impl Robots {
    /// Reads a file, of which no more than [`MAX_BYTES`] count.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let bytes = match bytes.get(..MAX_BYTES) {
            // the line that is cut off would say something else
            Some(most) if bytes.len() > MAX_BYTES => {
                &most[..most.iter().rposition(|byte| is_line_end(*byte)).unwrap_or(0)]
            }
            _ => bytes,
        };
        let (mut ours, mut everybodys) = (Vec::new(), Vec::new());
        let (mut group, mut has_rules, mut names_us) = (Group::Nobody, false, false);
        for line in bytes.split(|byte| is_line_end(*byte)) {
            let Some((key, value)) = record(line) else { continue };
            let verdict = match key.to_ascii_lowercase().as_slice() {
                b"user-agent" => {
                    let before = if std::mem::take(&mut has_rules) { Group::Nobody } else { group };
                    group = joined(before, addressee(value));
                    names_us |= group == Group::Us;
                    continue;
                }
                b"allow" => Verdict::Allow,
                b"disallow" => Verdict::Disallow,
                _ => continue,
            };
            has_rules = true;
            let rules = match group {
                Group::Us => &mut ours,
                Group::Everybody => &mut everybodys,
                Group::Nobody | Group::Others => continue,
            };
            if !value.is_empty() {
                rules.push(Rule { verdict, pattern: Pattern::parse(value) });
            }
        }
        Self { rules: if names_us { ours } else { everybodys } }
    }

    /// Whether a path, with its query, may be fetched.
    pub(super) fn allows(&self, path: &str) -> bool {
        let path = written(path.as_bytes(), Stars::Plain);
        let matching = self.rules.iter().filter(|rule| rule.pattern.matches(&path));
        let longest = matching.max_by_key(|rule| (rule.pattern.length_bytes, rule.verdict));
        path == "/robots.txt" || longest.is_none_or(|rule| rule.verdict == Verdict::Allow)
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Key and value of a line without its comment.
fn record(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.split(|byte| *byte == b'#').next()?;
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// Whom a `User-agent` line names: `sayso` is `Sayso/2.0 (news)` too.
fn addressee(value: &[u8]) -> Group {
    let is_token = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_');
    let token = &value[..value.iter().position(|byte| !is_token(byte)).unwrap_or(value.len())];
    match value {
        b"*" | [b'*', b' ' | b'\t', ..] => Group::Everybody,
        _ if token.eq_ignore_ascii_case(TOKEN.as_bytes()) => Group::Us,
        _ => Group::Others,
    }
}

/// A group of several `User-agent` lines is for whom it names most closely.
fn joined(group: Group, named: Group) -> Group {
    match (group, named) {
        (Group::Us, _) | (_, Group::Us) => Group::Us,
        (Group::Everybody, _) | (_, Group::Everybody) => Group::Everybody,
        (Group::Nobody | Group::Others, Group::Nobody | Group::Others) => Group::Others,
    }
}

impl Pattern {
    fn parse(value: &[u8]) -> Self {
        let (value, end) = match value.strip_suffix(b"$") {
            Some(value) => (value, End::Closed),
            None => (value, End::Open),
        };
        let pattern = written(value, Stars::Wild);
        let length_bytes = pattern.len() + usize::from(end == End::Closed);
        Self { pieces: pattern.split('*').map(str::to_owned).collect(), end, length_bytes }
    }

    /// Whether a path starts like this, or is this where the pattern ends in `$`.
    fn matches(&self, path: &str) -> bool {
        let Some((first, others)) = self.pieces.split_first() else { return true };
        let Some(mut rest) = path.strip_prefix(first.as_str()) else { return false };
        let (last, between) = match (others.split_last(), self.end) {
            (None, end) => return end == End::Open || rest.is_empty(),
            (Some((last, between)), End::Closed) => (Some(last), between),
            (Some(_), End::Open) => (None, others),
        };
        // the leftmost place of each piece leaves the most for those after it
        for piece in between {
            match rest.find(piece.as_str()) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        last.is_none_or(|last| rest.ends_with(last.as_str()))
    }
}

/// What `*` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stars {
    Plain,
    Wild,
}

/// A path in the one way in which paths are compared.
fn written(path: &[u8], stars: Stars) -> String {
    let mut out = String::with_capacity(path.len());
    let mut in_query = false;
    let mut rest = path;
    while let [byte, after @ ..] = rest {
        let (byte, is_encoded) = match rest {
            [b'%', high, low, ..] => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = &rest[3..];
                    (high << 4 | low, true)
                }
                _ => {
                    rest = after;
                    (b'%', false)
                }
            },
            _ => {
                rest = after;
                (*byte, false)
            }
        };
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            b'*' if stars == Stars::Wild && !is_encoded => out.push('*'),
            b'&' | b'=' if !is_encoded => out.push(char::from(byte)),
            // in a query neither of these divides anything
            b'/' | b'?' if !is_encoded || in_query => {
                in_query |= byte == b'?';
                out.push(char::from(byte));
            }
            _ => {
                let hex = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
                out.extend(['%', hex(byte >> 4), hex(byte & 15)]);
            }
        }
    }
    out
}

fn digit(hex: u8) -> Option<u8> {
    char::from(hex).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn allows(file: &str, path: &str) -> bool {
        Robots::parse(file.as_bytes()).allows(path)
    }

    #[test]
    fn the_longest_rule_counts_and_allow_where_two_are_as_long() {
        let file = "User-agent: *\nDisallow: /lake\nAllow: /lake/news\nDisallow: /lake/news/old\nAllow: /quay\nDisallow: /quay\n";
        for (path, expected) in [
            ("/", true),
            ("/lake", false),
            ("/lakeside", false),
            ("/Lake", true),
            ("/lake/news/1", true),
            ("/lake/news/older", false),
            ("/quay", true),
        ] {
            assert_eq!(allows(file, path), expected, "{path}");
        }
    }

    #[test]
    fn groups_are_ours_or_everybodys() {
        let named = "Disallow: /before\nUser-agent: *\nDisallow: /\n\nUser-Agent: heron\nUSER-AGENT: Sayso/2.0\nSitemap: https://x.example/map\n\
                     Crawl-delay: 3\nDisallow: /a # not for us\n\nuser-agent: heronbot\ndisallow: /b\nuser-agent: sayso\ndisallow: /c\n";
        for (path, expected) in [("/before", true), ("/x", true), ("/a", false), ("/b", true), ("/c", false)]
        {
            assert_eq!(allows(named, path), expected, "{path}");
        }
        assert!(!allows("User-agent: heron\nUser-agent: *\nDisallow: /", "/x"));
        assert!(!allows("User-agent: saysomuch\nAllow: /\nUser-agent: *\nDisallow: /", "/x"));
        assert!(allows("User-agent: sayso\nUser-agent: *\nDisallow:\n", "/x"));
        assert!(allows(
            "User-agent: sayso\n\nUser-agent: heron\nDisallow: /a\nUser-agent: *\nDisallow: /x",
            "/x"
        ));
    }

    #[test]
    fn stars_and_ends() {
        for (pattern, path, expected) in [
            ("*.pdf$", "/a/b.pdf", true),
            ("/*.pdf$", "/a/b.pdf?c", false),
            ("/*.pdf", "/a/b.pdf?c", true),
            ("/a*b*c$", "/a-b-c-c", true),
            ("/a*b*c$", "/a-b-c-d", false),
            ("/a*ab$", "/ab", false),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/a$b", "/a$bc", true),
            ("/a%24", "/a$", true),
            ("/a%2A", "/a*", true),
            ("/a%2A", "/ab", false),
            ("/a*", "/a", true),
            ("*", "/", true),
            ("$", "/", false),
            ("**/b**", "/a/b", true),
        ] {
            let is_refused = !allows(&format!("User-agent: *\nDisallow: {pattern}"), path);
            assert_eq!(is_refused, expected, "{pattern} {path}");
        }
    }

    #[test]
    fn paths_are_compared_as_they_are_meant() {
        for (pattern, path, expected) in [
            ("/quay/ö", "/quay/%C3%B6", true),
            ("/quay/%c3%b6", "/quay/%C3%B6", true),
            ("/quay/%62%61y", "/quay/bay", true),
            ("/quay?to=https://x.example", "/quay?to=https%3A%2F%2Fx.example", true),
            ("/quay?to=a%26b", "/quay?to=a&b", false),
            ("/quay/a%2Fb", "/quay/a/b", false),
            ("/quay/a:b", "/quay/a%3ab", true),
            ("/100%", "/100%25", true),
            ("*/old/", "/quay?page=/old/", true),
        ] {
            let is_refused = !allows(&format!("User-agent: sayso\nDisallow: {pattern}"), path);
            assert_eq!(is_refused, expected, "{pattern} {path}");
        }
    }

    #[test]
    fn odd_files_are_read() {
        assert!(allows("", "/"));
        assert!(allows("<!DOCTYPE html><p>User-agent: *<br>Disallow: /", "/"));
        assert!(!allows("\u{feff}user-agent:*\rdisallow:/\r", "/"));
        assert!(!allows("\0\u{feff}\nUser-agent: *\nDisallow /a\nDisallow: /", "/x"));
        assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
        let long = format!("User-agent: *\nDisallow: /a\n{}\nDisallow: /b", "# x\n".repeat(MAX_BYTES / 4));
        assert!(!allows(&long, "/a") && allows(&long, "/b"));
        let cut = format!("User-agent: *\n{}Disallow: /quay/old", "#".repeat(MAX_BYTES - 15 - 14) + "\n");
        assert!(allows(&cut, "/quay"), "half a rule is none");
    }

    #[test]
    fn many_stars_end_in_time() {
        let file = format!("User-agent: *\nDisallow: /{}b$\n", "*a".repeat(100_000));
        assert!(allows(&file, &format!("/{}", "a".repeat(8_000))));
        let many = format!("User-agent: *\n{}", "Disallow:*a*b\n".repeat(30_000));
        assert!(allows(&many, &format!("/{}", "a".repeat(8_000))));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_file(bytes in proptest::collection::vec(any::<u8>(), 0..300), path in "\\PC{0,40}") {
            let robots = Robots::parse(&bytes);
            prop_assert_eq!(robots.allows(&path), robots.allows(&path));
        }

        #[test]
        fn any_lines_are_a_file(
            lines in proptest::collection::vec("(User-agent: (\\*|sayso|heron)|(Dis)?[aA]llow: ?[/a*$%2F?=&]{0,9})[\r\n#]", 0..20),
            path in "/[/a*$%2F?=&]{0,12}",
        ) {
            let robots = Robots::parse(lines.concat().as_bytes());
            // what is written in the one way stays as it is
            let once = written(path.as_bytes(), Stars::Plain);
            prop_assert_eq!(written(once.as_bytes(), Stars::Plain), once.clone());
            prop_assert_eq!(robots.allows(&path), robots.allows(&once));
        }

        #[test]
        fn an_empty_rule_allows_and_a_bare_stroke_refuses(path in "/\\PC{0,40}") {
            prop_assert!(allows("User-agent: *\nDisallow:\n", &path));
            prop_assert_eq!(allows("User-agent: *\nDisallow: /\n", &path), path == "/robots.txt");
        }

        #[test]
        fn a_rule_matches_what_starts_with_it(path in "/[a-z/?=&.é]{0,20}", more in "[a-z/?=&.é]{0,10}") {
            let file = format!("User-agent: *\nDisallow: {path}\n");
            let longer = format!("{path}{more}");
            prop_assert!(!allows(&file, &longer));
        }
    }
}
