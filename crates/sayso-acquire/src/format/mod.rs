//! Formats of the input. One is a file here and a line in [`FORMATS`].

mod csv;
pub(crate) mod feed;
mod gzip;
pub(crate) mod html;
mod jsonl;
pub(crate) mod text;
mod warc;

use crate::{AcquireError, Document, Options};
use std::io::BufRead;

/// What an input is read from.
pub type Input = Box<dyn BufRead + Send>;

/// The documents of an input, in order. What cannot be read is an error in its place, and the rest goes on.
pub type Documents = Box<dyn Iterator<Item = Result<Document, AcquireError>> + Send>;

/// A format that articles come in.
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// Whether bytes that start like this are of this format.
    looks_like: fn(&[u8]) -> bool,
    open: fn(Input, Options) -> Documents,
}

/// Every format; the first that an input looks like reads it, and the last takes all.
pub static FORMATS: &[Format] =
    &[gzip::FORMAT, warc::FORMAT, jsonl::FORMAT, feed::FORMAT, html::FORMAT, csv::FORMAT, text::FORMAT];

/// The format of what starts with these bytes.
#[must_use]
pub fn of(head: &[u8]) -> &'static Format {
    FORMATS.iter().find(|format| (format.looks_like)(head)).unwrap_or(&text::FORMAT)
}

impl Format {
    /// The documents of an input as of this format, whatever it starts like.
    #[must_use]
    pub fn open(&self, input: Input, options: Options) -> Documents {
        (self.open)(input, options)
    }
}

/// All of an input as one document.
fn single(input: Input, options: Options) -> Documents {
    let document = crate::read_stream(input, &options.id).map(|bytes| Document {
        bytes,
        is_page: None,
        options,
        notes: Vec::new(),
        is_original: true,
    });
    Box::new(std::iter::once(document))
}

/// Bytes without a mark of their order and blanks before the first character.
pub(crate) fn start(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    head.trim_ascii_start()
}

/// What a row of a collection says of its article. Numbers count as their digits.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Row {
    #[serde(deserialize_with = "words")]
    id: Option<String>,
    #[serde(deserialize_with = "words")]
    url: Option<String>,
    #[serde(deserialize_with = "words")]
    text: Option<String>,
    #[serde(deserialize_with = "words")]
    html: Option<String>,
    #[serde(deserialize_with = "words")]
    published: Option<String>,
    #[serde(deserialize_with = "words")]
    captured: Option<String>,
    #[serde(deserialize_with = "words")]
    archive_url: Option<String>,
}

fn words<'d, D: serde::Deserializer<'d>>(field: D) -> Result<Option<String>, D::Error> {
    use serde::Deserialize;
    Ok(match serde_json::Value::deserialize(field)? {
        serde_json::Value::String(words) => Some(words),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

impl Row {
    /// The document of a row; `options` are those of the whole input, `number` counts from 1.
    fn document(self, options: &Options, number: usize) -> Result<Document, AcquireError> {
        let known = |field: Option<String>| {
            field.map(|field| field.trim().to_owned()).filter(|field| !field.is_empty())
        };
        let (id, url) = (known(self.id), known(self.url));
        let id = id.or_else(|| url.clone()).unwrap_or_else(|| format!("{}#{number}", options.id));
        let html = self.html.filter(|html| !html.trim().is_empty());
        let is_page = html.is_some();
        let Some(bytes) = html.or(self.text) else {
            return Err(AcquireError::Record { id, why: "neither text nor html in this record".to_owned() });
        };
        let mut notes = Vec::new();
        let mut date = |name: &str, date: Option<String>| {
            let date = known(date)?;
            let day = date.get(..10).filter(|_| date.len() > 10).unwrap_or(&date);
            crate::Published::parse(day).map_err(|wrong| notes.push(format!("{name}: {wrong}"))).ok()
        };
        let (published, captured) = (date("published", self.published), date("captured", self.captured));
        let (published, published_from) = options.publication(published, "record");
        let options = Options {
            id,
            url,
            published,
            published_from,
            captured: captured.map(|day| day.as_str().to_owned()).or_else(|| options.captured.clone()),
            archive_url: known(self.archive_url),
            charset: None,
            feed: None,
        };
        Ok(Document { bytes: bytes.into_bytes(), is_page: Some(is_page), options, notes, is_original: true })
    }
}
