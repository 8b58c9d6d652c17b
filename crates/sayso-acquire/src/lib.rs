//! From bytes to an article: plain text and HTML.
//!
//! In: bytes of any kind. Out: an [`Article`] whose blocks are labelled, in order and on character
//! boundaries, or an [`AcquireError`] that says what was found, where, and what was expected. For plain
//! text the article's text is the input, unchanged. Time and memory are bounded for every input.

pub mod blocks;
mod decode;
mod format;
mod input;
mod language;
mod published;

pub use format::{FORMATS, Format};
pub use input::{read_file, read_stream};
pub use language::is_read;
pub use published::{NotADate, Published};

use sayso::article::Article;
use sayso::text::MAX_TEXT_BYTES;

/// What the caller knows about some bytes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A name for the document: a path, a URL.
    pub id: String,
    /// Where it was published; goes before what the document says of itself.
    pub url: Option<String>,
    /// When it was published; goes before what the document says of itself.
    pub published: Option<Published>,
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
    /// The file or stream cannot be read.
    #[error("{id}: {source}; expected a readable file")]
    Io {
        /// The document.
        id: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Reads bytes of any format in [`FORMATS`], told apart by what they hold.
///
/// # Errors
/// [`AcquireError`] for what is empty, too large, not text, or a page without an article.
pub fn read(bytes: &[u8], options: &Options) -> Result<Article, AcquireError> {
    let id = || options.id.clone();
    if bytes.len() > MAX_TEXT_BYTES {
        let found = format!("{} MB", bytes.len() >> 20);
        return Err(AcquireError::TooLarge { id: id(), found });
    }
    let decoded = decode::text(bytes).map_err(|binary| AcquireError::Binary {
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
    let mut article = format::of(&decoded.text).read(decoded.text, options)?;
    article.notes.splice(0..0, decoded.notes);
    article.origin.id = id();
    if let Some(published) = &options.published {
        article.origin.published = Some(published.as_str().to_owned());
        article.origin.published_from = Some("argument".to_owned());
    }
    language::note(&mut article);
    Ok(article)
}
