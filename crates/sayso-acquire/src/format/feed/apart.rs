//! The entries of a feed one by one, where a fault in one of them keeps all from being read.
//!
//! In: the bytes of a feed. Out: for each entry a feed of it alone, under the first element of the whole. What is marked up in
//! entries is not looked at, but sections of characters and comments are passed over, which hold the pages of others.

/// Entries that are read so.
const MOST: usize = 10_000;
/// Bytes of the first element with what it declares.
const MOST_ROOT_BYTES: usize = 8 << 10;

/// A feed of each entry, as far as there are not too many.
pub(super) fn each(bytes: &[u8]) -> Vec<Result<Vec<u8>, String>> {
    let scan = Scan::of(bytes);
    let Some(frame) = Frame::of(&scan) else { return Vec::new() };
    let mut each = Vec::new();
    let mut at = frame.end;
    while let Some((start, end)) = frame.next(&scan, at) {
        if each.len() == MOST {
            each.push(Err(format!("more than {MOST} entries in a feed that cannot be read as a whole")));
            break;
        }
        each.push(Ok(frame.around(&bytes[start..end])));
        at = end;
    }
    each
}

/// A feed of what stands before its first entry.
pub(super) fn head(bytes: &[u8]) -> Option<Vec<u8>> {
    let scan = Scan::of(bytes);
    let frame = Frame::of(&scan)?;
    let (start, _) = frame.next(&scan, frame.end)?;
    let before = &bytes[frame.end..start];
    let end: &[u8] = match frame.kind {
        Kind::Rss => b"</channel></rss>",
        Kind::Rdf => b"</rdf:RDF>",
        Kind::Atom => b"</feed>",
    };
    Some([frame.declaration, frame.root, before, end].concat())
}

/// What is around the entries.
struct Frame<'b> {
    declaration: &'b [u8],
    /// The first element's start with what it declares.
    root: &'b [u8],
    kind: Kind,
    /// Where the root's start ends.
    end: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Rss,
    Rdf,
    Atom,
}

impl<'b> Frame<'b> {
    fn of(scan: &Scan<'b>) -> Option<Self> {
        let bytes = scan.bytes;
        let kinds = [(Kind::Rss, &b"<rss"[..]), (Kind::Rdf, b"<rdf:RDF"), (Kind::Atom, b"<feed")];
        let (kind, start) = kinds.iter().find_map(|(kind, tag)| Some((*kind, scan.tag_at(0, tag)?)))?;
        let end = start + find(&bytes[start..], b">")? + 1;
        let declaration = if bytes.trim_ascii_start().starts_with(b"<?xml") {
            let from = find(bytes, b"<?xml")?;
            &bytes[from..from + find(&bytes[from..], b"?>")? + 2]
        } else {
            &[]
        };
        let is_short = end - start <= MOST_ROOT_BYTES && declaration.len() <= MOST_ROOT_BYTES;
        is_short.then_some(Self { declaration, root: &bytes[start..end], kind, end })
    }

    fn around(&self, entry: &[u8]) -> Vec<u8> {
        let (before, after): (&[u8], &[u8]) = match self.kind {
            Kind::Rss => (b"<channel>", b"</channel></rss>"),
            Kind::Rdf => (b"", b"</rdf:RDF>"),
            Kind::Atom => (b"", b"</feed>"),
        };
        [self.declaration, self.root, before, entry, after].concat()
    }

    /// Where the next entry starts and ends. One that does not end goes on to the next one, or to the end.
    fn next(&self, scan: &Scan, from: usize) -> Option<(usize, usize)> {
        let (open, close): (&[u8], &[u8]) = match self.kind {
            Kind::Rss | Kind::Rdf => (b"<item", b"</item>"),
            Kind::Atom => (b"<entry", b"</entry>"),
        };
        let start = scan.tag_at(from, open)?;
        let mut at = start + open.len();
        while at < scan.bytes.len() {
            let rest = &scan.bytes[at..];
            if rest.starts_with(close) {
                return Some((start, at + close.len()));
            }
            if is_tag(rest, open) {
                return Some((start, at));
            }
            at = scan.after(at);
        }
        Some((start, scan.bytes.len()))
    }
}

/// What hides tags: where it starts and ends.
const OPAQUE: [(&[u8], &[u8]); 2] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>")];

/// Bytes, and where the last of each of [`OPAQUE`] ends: behind that none does, and none is looked for.
struct Scan<'b> {
    bytes: &'b [u8],
    last: [usize; 2],
}

impl<'b> Scan<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        let last =
            OPAQUE.map(|(_, end)| bytes.windows(end.len()).rposition(|window| window == end).unwrap_or(0));
        Self { bytes, last }
    }

    /// Where the next such tag starts outside of what is opaque.
    fn tag_at(&self, from: usize, tag: &[u8]) -> Option<usize> {
        let mut at = from;
        while at < self.bytes.len() {
            if is_tag(&self.bytes[at..], tag) {
                return Some(at);
            }
            at = self.after(at);
        }
        None
    }

    /// The next place to look at: behind what is opaque and starts here, or the next byte.
    fn after(&self, at: usize) -> usize {
        for ((open, close), last) in OPAQUE.iter().zip(self.last) {
            let from = at + open.len();
            if self.bytes[at..].starts_with(open) && from <= last {
                return find(&self.bytes[from..], close).map_or(at + 1, |end| from + end + close.len());
            }
        }
        at + 1
    }
}

fn is_tag(rest: &[u8], tag: &[u8]) -> bool {
    let after = rest.strip_prefix(tag).and_then(|rest| rest.first());
    after.is_some_and(|c| c.is_ascii_whitespace() || b"/>".contains(c))
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|window| window == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_a_feed_of_its_own() {
        let feed = b"<?xml version=\"1.0\"?><!-- <rss> --><rss version=\"2.0\" xmlns:c=\"urn:c\"><channel><title>x</titel>\
            <items/><item a=\"b\">1</item> <item><![CDATA[</item><item>]]>2</item><item>3<item>4</item><item>5";
        let alone = each(feed);
        let expected = [
            "<item a=\"b\">1</item>",
            "<item><![CDATA[</item><item>]]>2</item>",
            "<item>3",
            "<item>4</item>",
            "<item>5",
        ];
        assert_eq!(alone.len(), expected.len());
        for (one, expected) in alone.into_iter().zip(expected) {
            let one = String::from_utf8(one.expect("there are few")).expect("it was text");
            let frame = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:c=\"urn:c\"><channel>";
            assert_eq!(one, format!("{frame}{expected}</channel></rss>"));
        }
    }

    #[test]
    fn what_does_not_end_is_looked_for_once() {
        let hostile = ["<rss a>", &"<!--<![CDATA[".repeat(500_000), "<item>"].concat();
        let start = std::time::Instant::now();
        assert_eq!(each(hostile.as_bytes()).len(), 1);
        assert!(each(&b"<rss ".repeat(1_000_000)).is_empty());
        assert_eq!(each(["<feed >", &"<entry/>".repeat(50_000)].concat().as_bytes()).len(), MOST + 1);
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "took {:?}", start.elapsed());
    }
}
