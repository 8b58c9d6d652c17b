//! The records of an archive, one after the other: headers and block.
//!
//! A record that is damaged is said, and reading goes on at the next line that starts a record.
//!
//! # Source
//! WARC 1.1 (ISO 28500:2017), sections 4 and 5.

use super::replay::Replay;
use super::{is_article, is_wanted};
use std::io::{BufRead, Error, ErrorKind, Read};

/// Bytes of the headers of one record.
const MOST_HEADER_BYTES: usize = 64 << 10;
/// Bytes of a block that are kept; a record with more is left out.
const MOST_BLOCK_BYTES: u64 = 16 << 20;
const VERSION: &[u8] = b"WARC/";

pub(super) struct Record {
    /// Where it starts in what it was read from.
    pub(super) at_byte: u64,
    headers: Vec<(String, String)>,
    pub(super) block: Vec<u8>,
}

/// Why a record is lost.
pub(super) struct Damage {
    /// The address that it says it holds.
    pub(super) url: Option<String>,
    pub(super) at_byte: u64,
    pub(super) why: String,
    /// Whether nothing behind it can be found from here.
    pub(super) is_last: bool,
}

/// Why a record is not given.
enum Stop {
    /// It is not what it should be; others may follow.
    Damaged(String),
    /// It was passed over.
    TooLarge(String),
    /// The input cannot be read on.
    Failed(String),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(match error.kind() {
            ErrorKind::UnexpectedEof => "the archive breaks off in it".to_owned(),
            _ => error.to_string(),
        })
    }
}

/// What is read on from.
pub(super) struct Records<R> {
    pub(super) input: Replay<R>,
    /// Blocks of more than this are not read to their end.
    most_skipped_bytes: u64,
}

impl Record {
    /// The first header of this name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The address that it holds; WARC 1.0 puts it in angle brackets.
    pub(super) fn url(&self) -> Option<&str> {
        self.header("WARC-Target-URI").map(|url| url.trim_start_matches('<').trim_end_matches('>'))
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, Damage>;

    /// The next record that is asked for, or the next that is damaged.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut record = Record { at_byte: 0, headers: Vec::new(), block: Vec::new() };
            match self.read(&mut record) {
                Ok(Some(true)) => return Some(Ok(record)),
                Ok(Some(false)) => {}
                Ok(None) => return None,
                Err(stop) => {
                    let is_last = match stop {
                        Stop::Damaged(_) => self.find_next().is_err(),
                        Stop::TooLarge(_) => false,
                        Stop::Failed(_) => true,
                    };
                    let (Stop::Damaged(why) | Stop::TooLarge(why) | Stop::Failed(why)) = stop;
                    let url = record.url().map(str::to_owned);
                    return Some(Err(Damage { url, at_byte: record.at_byte, why, is_last }));
                }
            }
        }
    }
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R, most_skipped_bytes: u64) -> Self {
        Self { input: Replay::new(input), most_skipped_bytes }
    }

    /// Reads a record; whether it is asked for, or nothing at the end.
    fn read(&mut self, record: &mut Record) -> Result<Option<bool>, Stop> {
        let damaged = |why: &str| Stop::Damaged(why.to_owned());
        self.skip_line_ends()?;
        self.input.mark();
        record.at_byte = self.input.position();
        let start = self.input.peek(VERSION.len())?;
        if start.is_empty() {
            return Ok(None);
        }
        if start != VERSION {
            return Err(damaged("no WARC record here"));
        }
        self.headers(record)?.ok_or_else(|| damaged("its headers do not end"))?;
        let length = record.header("Content-Length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| damaged("no Content-Length"))?;
        let is_wanted = is_wanted(record);
        let kept = if is_wanted { length.min(MOST_BLOCK_BYTES) } else { 0 };
        self.input.by_ref().take(kept).read_to_end(&mut record.block)?;
        let rest = (length - kept).min(self.most_skipped_bytes);
        let skipped = std::io::copy(&mut self.input.by_ref().take(rest), &mut std::io::sink())?;
        let read = record.block.len() as u64 + skipped;
        if read < kept + rest {
            return Err(Stop::Damaged(format!("the archive breaks off after {read} of its {length} bytes")));
        }
        let too_large =
            || format!("{} MB, of which at most {} are read", length >> 20, MOST_BLOCK_BYTES >> 20);
        if read < length {
            let most = self.most_skipped_bytes >> 20;
            return Err(Stop::Failed(format!(
                "{} MB, of which at most {most} are passed over",
                length >> 20
            )));
        }
        let is_closed = self.input.peek(4)? == b"\r\n\r\n";
        self.skip_line_ends()?;
        let behind = self.input.peek(VERSION.len())?;
        if !(is_closed || behind.is_empty() || behind == VERSION) {
            return Err(damaged("it does not end where its Content-Length says"));
        }
        // films and archives are large, and nobody asked for them
        let is_missed = is_wanted && rest > 0 && is_article(record);
        if is_missed { Err(Stop::TooLarge(too_large())) } else { Ok(Some(is_wanted && rest == 0)) }
    }

    /// Reads the headers; nothing where they do not end.
    fn headers(&mut self, record: &mut Record) -> std::io::Result<Option<()>> {
        let mut left = MOST_HEADER_BYTES;
        let mut is_first = true;
        loop {
            let mut line = Vec::new();
            self.input.by_ref().take(left as u64).read_until(b'\n', &mut line)?;
            left -= line.len();
            if !line.ends_with(b"\n") {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            let folded = line.starts_with([' ', '\t']);
            let line = line.trim();
            if line.is_empty() {
                return Ok(Some(()));
            }
            if let Some((_, value)) = record.headers.last_mut().filter(|_| folded) {
                value.push(' ');
                value.push_str(line);
            } else if let Some((name, value)) = line.split_once(':').filter(|_| !is_first) {
                record.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            is_first = false;
        }
    }

    fn skip_line_ends(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let blank = buffer.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_over = blank < buffer.len() || buffer.is_empty();
            self.input.consume(blank);
            if is_over {
                return Ok(());
            }
        }
    }

    /// On to the next line that starts a record, or to the end.
    fn find_next(&mut self) -> std::io::Result<()> {
        self.input.rewind();
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = self.input.by_ref().take(MOST_HEADER_BYTES as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(());
            }
            // a record may follow in the middle of the line where another one was cut
            let within = line.windows(VERSION.len()).skip(1).position(|window| window == VERSION);
            if let Some(at) = within.filter(|_| line.trim_ascii_end().len() < MOST_HEADER_BYTES) {
                self.input.back(line.len() - at - 1);
                self.input.mark();
                if self.has_headers() {
                    return Ok(());
                }
                self.input.consume(line.len() - at - 1);
            }
            if !line.ends_with(b"\n") {
                continue;
            }
            self.input.mark();
            let starts = self.input.peek(VERSION.len() + 2)? == b"WARC/1.";
            if starts && self.has_headers() {
                return Ok(());
            }
        }
    }

    /// Whether a line with a version and one with a header stand here.
    fn has_headers(&mut self) -> bool {
        let Ok(start) = self.input.peek(64) else { return false };
        let mut lines = start.split(|byte| *byte == b'\n');
        let is_version = lines.next().is_some_and(|line| line.len() <= 10 && line.starts_with(b"WARC/1."));
        let is_header = |line: &[u8]| {
            ["WARC-", "Content-"].iter().any(|name| {
                line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            })
        };
        is_version && lines.next().is_some_and(is_header)
    }
}
