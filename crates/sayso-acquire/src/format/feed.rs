//! RSS and Atom: an entry an article, of what the feed itself holds of it. Nothing that it points to is fetched.
//!
//! # Source
//! RSS 2.0 with `content:encoded`, RSS 1.0, Atom (RFC 4287).

use super::{Documents, Format, Input, start};
use crate::{AcquireError, Document, Options, Published};
use feed_rs::model::Entry;

pub(super) const FORMAT: Format = Format {
    name: "feed",
    about: "an RSS or Atom feed, of which each entry is an article",
    looks_like,
    open,
};

/// Elements in elements: the parser of feeds goes down into each.
const DEEPEST: usize = 100;

fn looks_like(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]);
    let mut tags = head.match_indices('<').map(|(at, _)| &head[at + 1..]);
    // the first element behind declarations, comments and processing instructions
    let first = tags.find(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()));
    start(head.as_bytes()).starts_with(b"<")
        && first.is_some_and(|tag| {
            ["rss", "feed", "rdf:RDF"].iter().any(|name| {
                tag.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\t', '\r', ':']))
            })
        })
}

fn open(input: Input, options: Options) -> Documents {
    let bytes = match crate::read_stream(input, &options.id) {
        Ok(bytes) => bytes,
        Err(error) => return Box::new(std::iter::once(Err(error))),
    };
    if super::html::depth::is_deeper(&String::from_utf8_lossy(&bytes), DEEPEST) {
        let why = format!("elements more than {DEEPEST} deep");
        return Box::new(std::iter::once(Err(AcquireError::Record { id: options.id, why })));
    }
    let feed = match feed_rs::parser::parse(&bytes[..]) {
        Ok(feed) => feed,
        Err(error) => {
            let failed =
                AcquireError::Record { id: options.id, why: format!("a feed that cannot be read: {error}") };
            return Box::new(std::iter::once(Err(failed)));
        }
    };
    let entries = feed.entries.into_iter().enumerate();
    Box::new(entries.map(move |(at, entry)| document(entry, &options, at + 1)))
}

fn document(entry: Entry, options: &Options, number: usize) -> Result<Document, AcquireError> {
    let url = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .map(|link| link.href.clone());
    let id = url.clone().unwrap_or_else(|| format!("{}#{number}", options.id));
    let has_words = |body: &String| !body.trim().is_empty();
    let content = entry.content.and_then(|content| content.body).filter(has_words);
    let Some(body) = content.or(entry.summary.map(|summary| summary.content).filter(has_words)) else {
        return Err(AcquireError::Record { id, why: "an entry without words".to_owned() });
    };
    let published = entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%d").to_string());
    let title =
        entry.title.map(|title| htmlize::unescape(title.content.as_str()).into_owned()).unwrap_or_default();
    let is_markup = body.contains('<');
    let bytes = if is_markup {
        let title = htmlize::escape_text(title.as_str());
        format!(
            "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        )
    } else {
        format!("{title}\n\n{}", htmlize::unescape(body.as_str()))
    };
    let stated = published.and_then(|day| Published::parse(&day).ok());
    let (published, published_from) = options.publication(stated, "feed");
    let captured = options.captured.clone();
    let options = Options { id, url, published, published_from, captured, ..Options::default() };
    Ok(Document {
        bytes: bytes.into_bytes(),
        is_page: Some(is_markup),
        options,
        notes: Vec::new(),
        is_original: false,
    })
}
