//! Byte offsets to code points and back: the only place where the two meet.

use crate::text::{Span, Text};

/// How far apart the recorded positions are, in bytes.
const STRIDE: usize = 256;

/// Converts between UTF-8 byte offsets and Unicode code points of one text.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STRIDE` (counting the characters that start before it).
    before: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'t Text) -> Self {
        Self::of_str(text.as_str())
    }

    /// The same for a string.
    #[must_use]
    pub fn of_str(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0u32;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                before.push(count);
            }
            count += u32::from(starts_character(byte));
        }
        Self { text, before }
    }

    /// The code point that starts at a byte; the text's length in code points for its end.
    #[must_use]
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let Some(&before) = self.before.get(byte / STRIDE).or(self.before.last()) else { return 0 };
        let from = (byte / STRIDE).min(self.before.len() - 1) * STRIDE;
        before as usize + self.text.as_bytes()[from..byte].iter().filter(|b| starts_character(**b)).count()
    }

    /// The byte at which a code point starts; the text's length for its end; `None` beyond.
    #[must_use]
    pub fn byte(&self, code_point: usize) -> Option<usize> {
        let block = self.before.partition_point(|&n| n as usize <= code_point).saturating_sub(1);
        let from = block * STRIDE;
        let mut left = code_point - self.before.get(block).copied().unwrap_or(0) as usize;
        for (at, byte) in self.text.bytes().enumerate().skip(from) {
            if starts_character(byte) {
                if left == 0 {
                    return Some(at);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }

    /// A span as `[start, end]` in code points.
    #[must_use]
    pub fn pair(&self, span: Span) -> [usize; 2] {
        [self.code_point(span.start()), self.code_point(span.end())]
    }
}

fn starts_character(byte: u8) -> bool {
    (byte & 0xC0) != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_goes_there_and_back() {
        let text = "a “Kāzemī” 😀 said ".repeat(60);
        let points = CodePoints::of_str(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.code_point(at), n);
            assert_eq!(points.byte(n), Some(at));
        }
        let total = text.chars().count();
        assert_eq!(points.code_point(text.len()), total);
        assert_eq!(points.byte(total), Some(text.len()));
        assert_eq!(points.byte(total + 1), None);
        assert_eq!(CodePoints::of_str("").byte(0), Some(0));
    }
}
