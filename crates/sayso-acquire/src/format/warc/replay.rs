//! An input that can go back to where a record started, as long as that is not too far.

use std::io::{BufRead, Read, Result};

/// How far it can go back.
const MOST_KEPT_BYTES: usize = 16 << 20;

pub(in crate::format) struct Replay<R> {
    input: R,
    /// Bytes that were read, from before the mark on.
    kept: Vec<u8>,
    /// Where reading goes on, in `kept`.
    at: usize,
    /// Where to go back to, in `kept`; nothing where that is too far.
    mark: Option<usize>,
    /// Bytes of the input before `kept`.
    dropped: u64,
    /// Bytes that were gone back over.
    gone_back: u64,
}

/// Bytes that are read again at most, beside as many as were read.
const MOST_AGAIN_BYTES: u64 = 64 << 20;

impl<R: BufRead> Replay<R> {
    pub(in crate::format) fn new(input: R) -> Self {
        Self { input, kept: Vec::new(), at: 0, mark: None, dropped: 0, gone_back: 0 }
    }

    /// Bytes that were read before this place.
    pub(super) fn position(&self) -> u64 {
        self.dropped + self.at as u64
    }

    /// From here on everything can be read again.
    pub(in crate::format) fn mark(&mut self) {
        self.mark = Some(self.at);
    }

    /// Back to the mark; false where that is too far or was done too often, and reading goes on from here.
    pub(in crate::format) fn rewind(&mut self) -> bool {
        let may = self.gone_back <= 2 * self.position() + MOST_AGAIN_BYTES;
        self.mark.filter(|_| may).is_some_and(|mark| {
            self.gone_back += (self.at - mark) as u64;
            self.at = mark;
            true
        })
    }

    /// Back by so many bytes of those that were just read, as far as they are kept.
    pub(super) fn back(&mut self, length: usize) {
        self.at -= length.min(self.at);
    }

    /// The next bytes without reading them, fewer than asked for at the end only.
    ///
    /// # Errors
    /// What the input says.
    pub(in crate::format) fn peek(&mut self, length: usize) -> Result<&[u8]> {
        while self.kept.len() - self.at < length && self.more()? {}
        let end = self.kept.len().min(self.at + length);
        Ok(&self.kept[self.at..end])
    }

    /// Takes more from the input; false at its end.
    fn more(&mut self) -> Result<bool> {
        if self.mark.is_some_and(|mark| self.at - mark > MOST_KEPT_BYTES) {
            self.mark = None;
        }
        let needed = self.mark.unwrap_or(self.at);
        // what nobody goes back to is moved over when it is more than what is moved
        if needed > self.kept.len() / 2 {
            self.kept.drain(..needed);
            self.dropped += needed as u64;
            self.at -= needed;
            self.mark = self.mark.map(|mark| mark - needed);
        }
        let chunk = loop {
            match self.input.fill_buf() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                chunk => break chunk?,
            }
        };
        let length = chunk.len();
        self.kept.extend_from_slice(chunk);
        self.input.consume(length);
        Ok(length > 0)
    }

    pub(super) fn into_inner(self) -> R {
        self.input
    }
}

impl<R: BufRead> BufRead for Replay<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at == self.kept.len() {
            self.more()?;
        }
        Ok(&self.kept[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.kept.len().min(self.at + amount);
    }
}

impl<R: BufRead> Read for Replay<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut there = self.fill_buf()?;
        let read = there.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

#[test]
fn it_goes_back_as_far_as_it_kept() {
    use std::io::{BufReader, Cursor, Seek};
    let bytes: Vec<u8> = (0..(MOST_KEPT_BYTES + (1 << 20))).map(|n| (n / 7) as u8).collect();
    let mut replay = Replay::new(BufReader::new(Cursor::new(&bytes)));
    let mut first = vec![0; 100];
    replay.mark();
    replay.read_exact(&mut first).expect("there is enough");
    assert_eq!((&first[..], replay.position()), (&bytes[..100], 100));
    assert!(replay.rewind());
    assert_eq!((replay.position(), replay.peek(3).expect("there is enough")), (0, &bytes[..3]));
    let mut all = Vec::new();
    replay.read_to_end(&mut all).expect("there is an end");
    assert_eq!(all, bytes);
    assert!(!replay.rewind(), "too far");
    assert!(replay.peek(1).expect("there is an end").is_empty());
    let mut inner = replay.into_inner().into_inner();
    assert_eq!(inner.stream_position().ok(), Some(bytes.len() as u64));
}
