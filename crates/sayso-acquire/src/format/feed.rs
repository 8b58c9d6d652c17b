//! RSS and Atom: an entry an article, of what the feed itself holds of it. Nothing that it points to is fetched.
//!
//! A feed speaks for its own host only: what it holds of an entry that points to another one goes by the feed's name and address, not by those of
//! the other, who need not have written it.
//!
//! # Source
//! RSS 2.0 with `content:encoded`, RSS 1.0, Atom (RFC 4287).

mod apart;
mod whose;

use super::{Documents, Format, Input, start};
use crate::{AcquireError, Document, Options, Published};
use sayso::ledger::hexadecimal;
use sha2::{Digest, Sha256};
use whose::Whose;

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

/// An entry of a feed.
#[derive(Debug)]
pub struct Entry {
    /// What the feed calls it; else its address, else the hash of what it holds.
    pub key: String,
    /// Where it points to: the address of the article, whosever it is.
    pub url: Option<String>,
    /// Whether that is the feed's own to speak of.
    pub whose: Address,
    /// When it was published.
    pub published: Option<Published>,
    /// How much of the article the feed holds.
    pub held: Held,
    /// That, as an article; an error where there are no words.
    pub document: Result<Document, AcquireError>,
}

/// Whose the address of an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// The feed's: what it holds of the article is the article's.
    Own,
    /// Another host's, or there is none: what the feed holds is the feed's.
    Other,
}

/// How much of its article an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// All of it (`content`, `content:encoded`).
    Article,
    /// What stands for it in a list (`summary`, `description`).
    Summary,
    /// No words.
    Nothing,
}

fn open(input: Input, options: Options) -> Documents {
    let entries = crate::read_stream(input, &options.id).and_then(|bytes| entries(&bytes, &options));
    match entries {
        Ok(entries) => Box::new(entries.into_iter().map(|entry| entry.and_then(|entry| entry.document))),
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

/// The entries of a feed, in its order. Where the feed as a whole cannot be read, each entry is read alone, and one that cannot be is an error in its place.
///
/// # Errors
/// [`AcquireError::Record`] for what is no feed.
pub fn entries(bytes: &[u8], options: &Options) -> Result<Vec<Result<Entry, AcquireError>>, AcquireError> {
    let failed = |id: String, why: String| AcquireError::Record { id, why };
    if super::html::depth::is_deeper(&String::from_utf8_lossy(bytes), DEEPEST) {
        return Err(failed(options.id.clone(), format!("elements more than {DEEPEST} deep")));
    }
    let why = match parse(bytes, options) {
        Ok(mut feed) => {
            let entries = std::mem::take(&mut feed.entries).into_iter().enumerate();
            let whose = Whose::of(&feed, options);
            return Ok(entries.map(|(at, entry)| Ok(self::entry(entry, options, &whose, at + 1))).collect());
        }
        Err(why) => format!("a feed that cannot be read: {why}"),
    };
    let alone = apart::each(bytes);
    if alone.is_empty() {
        return Err(failed(options.id.clone(), why));
    }
    let head = apart::head(bytes).and_then(|head| parse(&head, options).ok());
    let whose = head.map_or_else(|| Whose::of_nothing(options), |head| Whose::of(&head, options));
    let read = alone.iter().enumerate().map(|(at, alone)| {
        let id = || format!("{}#{}", options.id, at + 1);
        let alone = alone.as_ref().map_err(|why| failed(id(), why.clone()))?;
        let feed = parse(alone, options);
        let feed = feed.map_err(|why| failed(id(), format!("an entry that cannot be read: {why}")))?;
        let entry = feed.entries.into_iter().next();
        let entry = entry.ok_or_else(|| failed(id(), "no entry".to_owned()))?;
        Ok(self::entry(entry, options, &whose, at + 1))
    });
    Ok(read.collect())
}

fn parse(bytes: &[u8], options: &Options) -> Result<feed_rs::model::Feed, String> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(options.url.as_deref())
        // what has no name gets none by chance
        .id_generator(|_, _, _| String::new())
        .build();
    parser.parse(bytes).map_err(|error| error.to_string())
}

fn entry(entry: feed_rs::model::Entry, options: &Options, feed: &Whose, number: usize) -> Entry {
    let url = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .map(|link| link.href.clone());
    let own = url.clone().filter(|url| feed.has(url));
    let whose = if own.is_some() { Address::Own } else { Address::Other };
    let has_words = |body: &String| !body.trim().is_empty();
    let content = entry.content.and_then(|content| content.body).filter(has_words);
    let held = if content.is_some() { Held::Article } else { Held::Summary };
    let body = content.or(entry.summary.map(|summary| summary.content).filter(has_words));
    let day = entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%d").to_string());
    let stated = day.and_then(|day| Published::parse(&day).ok());
    let title =
        entry.title.map(|title| htmlize::unescape(title.content.as_str()).into_owned()).unwrap_or_default();
    let named = Some(entry.id).filter(|id| !id.trim().is_empty());
    // numbers change as entries come
    let named = named.or_else(|| url.clone());
    let id = own.clone().unwrap_or_else(|| match &named {
        Some(named) => format!("{}#{named}", options.id),
        None => format!("{}#{number}", options.id),
    });
    let key = named.unwrap_or_else(|| {
        let words = [title.as_str(), body.as_deref().unwrap_or_default()];
        hexadecimal(&Sha256::digest(words.join("\n")))
    });
    let Some(body) = body else {
        let document = Err(AcquireError::Record { id, why: "an entry without words".to_owned() });
        return Entry { key, url, whose, published: stated, held: Held::Nothing, document };
    };
    let is_markup = body.contains('<');
    let bytes = if is_markup {
        let title = htmlize::escape_text(title.as_str());
        format!(
            "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        )
    } else {
        format!("{title}\n\n{}", htmlize::unescape(body.as_str()))
    };
    let (published, published_from) = options.publication(stated.clone(), "feed");
    let captured = options.captured.clone();
    let (address, notes) = match (&own, &url) {
        (Some(own), _) => (Some(own.clone()), Vec::new()),
        (None, Some(url)) => {
            let note =
                format!("read in the feed alone, which points to {url}, an address that is not its own");
            (options.url.clone(), vec![note])
        }
        (None, None) => (options.url.clone(), Vec::new()),
    };
    let outlet = own.is_none().then(|| feed.name.clone());
    let options =
        Options { id, url: address, published, published_from, captured, feed: outlet, ..Options::default() };
    let document =
        Document { bytes: bytes.into_bytes(), is_page: Some(is_markup), options, notes, is_original: false };
    Entry { key, url, whose, published: stated, held, document: Ok(document) }
}
