//! From bytes to articles: plain text, web pages, feeds, and collections of them.
//!
//! In: bytes of any kind. Out: [`Documents`], one after the other, and of each an [`Article`] whose blocks are labelled, in order and on
//! character boundaries, or an [`AcquireError`] that says what was found, where, and what was expected. For plain
//! text the article's text is the input, unchanged. Time and memory are bounded for every input. Only a [`Fetcher`] opens connections.

mod agency;
pub mod blocks;
mod decode;
mod evidence;
mod fetch;
mod format;
mod http;
mod input;
mod language;
mod published;
mod worker;

pub use fetch::{Fetched, Fetcher, Limits, Reach, Version};
pub use format::feed::{Address, Entry, Held, entries};
pub use format::{Documents, FORMATS, Format, Input, of as format_of};
pub use language::is_read;
pub use published::{NotADate, Published};
pub use worker::{Workers, serve};

use decode::Unit;
use input::read_stream;
use sayso::article::Article;
use sayso::ledger::hexadecimal;
use sayso::text::MAX_TEXT_BYTES;
use sha2::{Digest, Sha256};
use std::io::{BufRead, Read};

/// What the caller knows about some bytes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A name for the document: a path, a URL.
    pub id: String,
    /// Where it was published; goes before what the document says of itself.
    pub url: Option<String>,
    /// When it was published; goes before what the document says of itself.
    pub published: Option<Published>,
    /// What says that: `argument`, unless a collection does.
    pub published_from: Option<&'static str>,
    /// When a copy was made (EDTF).
    pub captured: Option<String>,
    /// Where that copy is kept.
    pub archive_url: Option<String>,
    /// The label of the encoding that came with it, as in `Content-Type`.
    pub charset: Option<String>,
    /// The feed that it stood in, which is its outlet: the document says nothing of that, nor of its address.
    pub feed: Option<String>,
}

impl Options {
    /// The day of publication and what says so: the caller's own, else a collection's.
    fn publication(
        &self,
        stated: Option<Published>,
        by: &'static str,
    ) -> (Option<Published>, Option<&'static str>) {
        match &self.published {
            Some(own) => (Some(own.clone()), None),
            None => (stated, Some(by)),
        }
    }
}

/// An article as it came: bytes, and what is known about them.
#[derive(Clone, Debug)]
pub struct Document {
    /// Text or a web page.
    pub bytes: Vec<u8>,
    /// Which of the two it is, where that is known.
    pub is_page: Option<bool>,
    /// What is known.
    pub options: Options,
    /// What the reader of a collection has to say.
    pub notes: Vec<String>,
    /// Whether the bytes are as they came, and not put together from a feed.
    pub is_original: bool,
}

impl Document {
    /// Reads it.
    ///
    /// # Errors
    /// As [`read`].
    pub fn article(&self) -> Result<Article, AcquireError> {
        self.read(&Here)
    }

    fn read(&self, pages: &dyn Pages) -> Result<Article, AcquireError> {
        let mut article = read_as(self.is_page, &self.bytes, &self.options, pages)?;
        article.notes.splice(0..0, self.notes.iter().cloned());
        if !self.is_original {
            article.origin.bytes_sha256 = None;
            article.blocks.iter_mut().for_each(|block| block.bytes = None);
        }
        Ok(article)
    }
}

/// What takes web pages apart.
trait Pages {
    fn take(&self, html: String, options: &Options) -> Result<Article, AcquireError>;
}

/// A thread of this process, which nobody waits for longer than its limit.
struct Here;

impl Pages for Here {
    fn take(&self, html: String, options: &Options) -> Result<Article, AcquireError> {
        format::html::read(html, options)
    }
}

/// Bytes that tell a format.
const HEAD_BYTES: usize = 4096;

/// The documents of an input of any format in [`FORMATS`], told apart by how it starts.
#[must_use]
pub fn documents(mut input: Input, options: Options) -> Documents {
    let mut head: Vec<u8> = Vec::new();
    // a pipe gives what was written so far; a line of JSON is enough, so that whoever writes it need not write more
    let is_enough = |head: &[u8]| head.len() >= HEAD_BYTES || head.starts_with(b"{") && head.contains(&b'\n');
    while !is_enough(&head) {
        match input.fill_buf() {
            Ok([]) => break,
            Ok(more) => {
                head.extend_from_slice(more);
                let used = more.len();
                input.consume(used);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(source) => {
                return Box::new(std::iter::once(Err(AcquireError::Io { id: options.id, source })));
            }
        }
    }
    let format = format::of(&head);
    format.open(Box::new(std::io::Cursor::new(head).chain(input)), options)
}

/// Why some bytes are not an article.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AcquireError {
    /// No character that is not white space.
    #[error("{id}: empty; expected an article")]
    Empty {
        /// The document.
        id: String,
    },
    /// Something other than text.
    #[error("{id}: {what} at byte {at_byte}; expected plain text or HTML")]
    Binary {
        /// The document.
        id: String,
        /// What was found.
        what: &'static str,
        /// Where.
        at_byte: usize,
    },
    /// Longer than what is read at once.
    #[error("{id}: {found}; at most {} MB are read at once", MAX_TEXT_BYTES >> 20)]
    TooLarge {
        /// The document.
        id: String,
        /// Its size in words.
        found: String,
    },
    /// A page without running text.
    #[error("{id}: no running text in this HTML page ({why}); expected an article")]
    NoArticle {
        /// The document.
        id: String,
        /// What the extraction said.
        why: String,
    },
    /// A row, entry or record of a collection that is no article.
    #[error("{id}: {why}; expected an article")]
    Record {
        /// The record.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nothing came from an address, or nothing that is read.
    #[error("{id}: not fetched: {why}")]
    Fetch {
        /// The address.
        id: String,
        /// What stood against it.
        why: String,
    },
    /// The file or stream cannot be read.
    #[error("{id}: {source}; expected a readable file")]
    Io {
        /// The document.
        id: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl AcquireError {
    /// The document.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Empty { id }
            | Self::Binary { id, .. }
            | Self::TooLarge { id, .. }
            | Self::NoArticle { id, .. }
            | Self::Record { id, .. }
            | Self::Fetch { id, .. }
            | Self::Io { id, .. } => id,
        }
    }
}

/// Reads the bytes of one article, text or a web page, told apart by what they hold.
///
/// # Errors
/// [`AcquireError`] for what is empty, too large, not text, or a page without an article.
pub fn read(bytes: &[u8], options: &Options) -> Result<Article, AcquireError> {
    read_as(None, bytes, options, &Here)
}

fn read_as(
    is_page: Option<bool>,
    bytes: &[u8],
    options: &Options,
    pages: &dyn Pages,
) -> Result<Article, AcquireError> {
    let id = || options.id.clone();
    if bytes.len() > MAX_TEXT_BYTES {
        let found = format!("{} MB", bytes.len() >> 20);
        return Err(AcquireError::TooLarge { id: id(), found });
    }
    let decoded = decode::text(bytes, options.charset.as_deref()).map_err(|binary| AcquireError::Binary {
        id: id(),
        what: binary.what,
        at_byte: binary.at_byte,
    })?;
    if decoded.text.len() > MAX_TEXT_BYTES {
        let found = format!("{} MB as UTF-8", decoded.text.len() >> 20);
        return Err(AcquireError::TooLarge { id: id(), found });
    }
    if decoded.text.trim_matches(|c: char| blocks::is_blank(c) || c == '\0').is_empty() {
        return Err(AcquireError::Empty { id: id() });
    }
    let is_page = is_page.unwrap_or_else(|| format::html::looks_like(&decoded.text));
    let text = (decoded.unit != Unit::Same).then(|| decoded.text.clone());
    let mut article =
        if is_page { pages.take(decoded.text, options) } else { format::text::read(decoded.text, options) }?;
    if let Some(text) = text {
        place(&mut article, &text, decoded.unit);
    }
    article.origin.bytes_sha256 = Some(hexadecimal(&Sha256::digest(bytes)));
    article.notes.splice(0..0, decoded.notes);
    article.origin.id = id();
    article.origin.captured.clone_from(&options.captured);
    article.origin.archive_url.clone_from(&options.archive_url);
    if let Some(published) = &options.published {
        article.origin.published = Some(published.as_str().to_owned());
        let from = options.published_from.unwrap_or("argument");
        article.origin.published_from = Some(from.to_owned());
        article.origin.because.retain(|evidence| evidence.field != "published");
        article.origin.because.push(evidence::of("published", from));
    }
    if let Some(feed) = &options.feed {
        article.origin.url.clone_from(&options.url);
        article.origin.outlet = Some(feed.clone());
        article.origin.because.retain(|evidence| evidence.field != "outlet");
        article.origin.because.push(evidence::of("outlet", "feed"));
    }
    language::note(&mut article);
    Ok(article)
}

/// Makes places in the decoded text places in the bytes.
fn place(article: &mut Article, text: &str, unit: Unit) {
    let mut places: Vec<usize> = article.blocks.iter().filter_map(|block| block.bytes).flatten().collect();
    places.sort_unstable();
    places.dedup();
    let bytes = unit.places(text, &places);
    let byte = |place: usize| bytes[places.binary_search(&place).ok()?];
    for block in &mut article.blocks {
        block.bytes = block.bytes.and_then(|[start, end]| Some([byte(start)?, byte(end)?]));
    }
}
