//! The text of an article and places in it.
//!
//! A [`Text`] never changes after it is made, and a [`Span`] is a pair of UTF-8 byte offsets on
//! character boundaries of it. Code points exist only in [`crate::offsets`].

use std::sync::Arc;

/// The largest text that is read, in bytes: offsets are `u32` and analysis keeps several of them a token.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// An article's text: immutable, shared, at most [`MAX_TEXT_BYTES`] long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Arc<str>);

/// A text is longer than [`MAX_TEXT_BYTES`].
#[derive(Debug, thiserror::Error)]
#[error("text of {found_bytes} bytes is longer than the {MAX_TEXT_BYTES} bytes that are read at once")]
pub struct TextTooLong {
    /// How long it was.
    pub found_bytes: usize,
}

impl Text {
    /// Takes over a string.
    ///
    /// # Errors
    /// [`TextTooLong`] above [`MAX_TEXT_BYTES`].
    pub fn new(text: impl Into<Arc<str>>) -> Result<Self, TextTooLong> {
        let text = text.into();
        if text.len() > MAX_TEXT_BYTES {
            return Err(TextTooLong { found_bytes: text.len() });
        }
        Ok(Self(text))
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole text's span.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::at(0, self.0.len())
    }

    /// A span of this text, if both ends lie on character boundaries and in order.
    #[must_use]
    pub fn span_at(&self, start_byte: usize, end_byte: usize) -> Option<Span> {
        self.0.get(start_byte..end_byte).map(|_| Span::at(start_byte, end_byte))
    }

    /// The characters of a span; empty for a span of some other text that does not fit this one.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.0.get(span.range()).unwrap_or_default()
    }

    /// The span without the white space at its two ends.
    #[must_use]
    pub fn trim(&self, span: Span) -> Span {
        let all = self.slice(span);
        let start = span.start() + (all.len() - all.trim_start().len());
        Span::at(start, start + all.trim().len())
    }
}

/// A half-open range of UTF-8 bytes of one text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The caller vouches for the boundaries: both come from spans or tokens of one [`Text`].
    pub(crate) fn at(start_byte: usize, end_byte: usize) -> Self {
        debug_assert!(start_byte <= end_byte && end_byte <= MAX_TEXT_BYTES);
        Self { start: start_byte as u32, end: end_byte as u32 }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// As a range of bytes.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the other lies wholly inside (or is equal).
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
