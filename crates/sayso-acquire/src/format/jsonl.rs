//! JSON Lines: an article a line, with `text` or `html`, and `id`, `url`, `published`, `captured`, `archive_url` where they are known.
//!
//! # Source
//! JSON Lines 1.0 (jsonlines.org): UTF-8, one value a line.

use super::{Documents, Format, Input, Row, start};
use crate::{AcquireError, Document, Options};
use sayso::text::MAX_TEXT_BYTES;
use std::io::{BufRead, Read};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON Lines of {text or html, url, published, captured, archive_url}",
    looks_like,
    open,
};

fn looks_like(head: &[u8]) -> bool {
    let line = start(head);
    let line = line.split(|byte| *byte == b'\n').next().unwrap_or(line);
    let names = |key: &str| line.windows(key.len()).any(|window| window == key.as_bytes());
    line.starts_with(b"{") && (names("\"text\"") || names("\"html\"") || names("\"url\""))
}

fn open(input: Input, options: Options) -> Documents {
    Box::new(Lines { input, options, number: 0, is_over: false })
}

struct Lines {
    input: Input,
    options: Options,
    number: usize,
    is_over: bool,
}

impl Iterator for Lines {
    type Item = Result<Document, AcquireError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            let mut line = Vec::new();
            let most = 8 * MAX_TEXT_BYTES as u64;
            let read = self.input.by_ref().take(most).read_until(b'\n', &mut line);
            self.number += 1;
            let id = || format!("{}#{}", self.options.id, self.number);
            match read {
                Err(source) => {
                    self.is_over = true;
                    return Some(Err(AcquireError::Io { id: id(), source }));
                }
                Ok(0) => return None,
                Ok(length) if length as u64 == most && !line.ends_with(b"\n") => {
                    let id = id();
                    let is_skipped = skip_line(&mut self.input);
                    self.is_over = is_skipped.is_err();
                    let found = format!("a line of more than {} MB", most >> 20);
                    return Some(Err(AcquireError::TooLarge { id, found }));
                }
                Ok(_) => {}
            }
            let line = if self.number == 1 { start(&line) } else { &line[..] };
            if line.trim_ascii().is_empty() {
                continue;
            }
            if !line.trim_ascii_start().starts_with(b"{") {
                return Some(Err(AcquireError::Record { id: id(), why: "no JSON object".to_owned() }));
            }
            let row: Result<Row, _> = serde_json::from_slice(line);
            return Some(match row {
                Ok(row) => row.document(&self.options, self.number),
                Err(error) => Err(AcquireError::Record { id: id(), why: error.to_string() }),
            });
        }
        None
    }
}

/// The rest of a line that is too long, without keeping it.
fn skip_line(input: &mut Input) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        let is_done = end.is_some() || buffer.is_empty();
        input.consume(used);
        if is_done {
            return Ok(());
        }
    }
}
