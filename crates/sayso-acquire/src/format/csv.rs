//! CSV with a header: an article a row, in the columns `text` or `html`, `id`, `url`, `published`, `captured`, `archive_url`; others are ignored.
//!
//! # Source
//! RFC 4180; rows may be shorter or longer than the header.

use super::{Documents, Format, Input, Row, start};
use crate::{AcquireError, Document, Options};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "a table with the columns text or html, url, published, captured, archive_url",
    looks_like,
    open,
};

/// Columns of the header.
const MOST_COLUMNS: usize = 200;

fn looks_like(head: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(
        start(head).split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default(),
    ) else {
        return false;
    };
    let names: Vec<String> =
        line.split(',').map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let is_column = |name: &String| name.len() <= 40 && !name.contains(['.', '!', '?', ';', '“', '”']);
    (2..=MOST_COLUMNS).contains(&names.len())
        && names.iter().all(is_column)
        && names.iter().any(|name| matches!(name.as_str(), "text" | "html"))
}

fn open(input: Input, options: Options) -> Documents {
    let reader = csv::ReaderBuilder::new().flexible(true).from_reader(Limited { input, left: MOST_BYTES });
    Box::new(Rows { reader, names: None, options, number: 0 })
}

/// Bytes of one row.
const MOST_BYTES: usize = 2 * sayso::text::MAX_TEXT_BYTES;

/// An input that ends with an error where a row does not end.
struct Limited {
    input: Input,
    left: usize,
}

impl std::io::Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other(format!("a row of more than {} MB", MOST_BYTES >> 20)));
        }
        let length = buffer.len().min(self.left);
        let read = self.input.read(&mut buffer[..length])?;
        self.left -= read;
        Ok(read)
    }
}

struct Rows {
    reader: csv::Reader<Limited>,
    /// The columns that are read, by their place.
    names: Option<Vec<String>>,
    options: Options,
    number: usize,
}

impl Iterator for Rows {
    type Item = Result<Document, AcquireError>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = |number: usize| format!("{}#{number}", self.options.id);
        if self.names.is_none() {
            let header = match self.reader.byte_headers() {
                Ok(header) => header,
                Err(error) => return Some(Err(AcquireError::Record { id: id(0), why: error.to_string() })),
            };
            let name = |name: &[u8]| String::from_utf8_lossy(start(name)).trim().to_lowercase();
            self.names = Some(header.iter().map(name).collect());
        }
        let mut record = csv::ByteRecord::new();
        self.reader.get_mut().left = MOST_BYTES;
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => return None,
            Ok(true) => self.number += 1,
            Err(error) => {
                self.number += 1;
                return Some(Err(AcquireError::Record { id: id(self.number), why: error.to_string() }));
            }
        }
        let field = |wanted: &str| {
            let at = self.names.as_ref()?.iter().position(|name| name == wanted)?;
            Some(String::from_utf8_lossy(record.get(at)?).into_owned())
        };
        let row = Row {
            id: field("id"),
            url: field("url"),
            text: field("text"),
            html: field("html"),
            published: field("published"),
            captured: field("captured"),
            archive_url: field("archive_url"),
        };
        Some(row.document(&self.options, self.number))
    }
}
