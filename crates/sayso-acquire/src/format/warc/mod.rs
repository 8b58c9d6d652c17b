//! WARC: web archives, of which each page that was answered with success is an article.
//!
//! Responses of HTTP, resources and conversions that hold text or pages are read; other records, other types and other answers are passed over.
//! The archive is read as it comes: no more than one record is in memory. What is damaged or cut is said in its place, and costs its own record only.
//!
//! # Source
//! WARC 1.1 (ISO 28500:2017); compression by record, annex D.

mod compressed;
mod digest;
mod records;
mod replay;

use super::{Documents, Format, Input};
use crate::http::Response;
use crate::{AcquireError, Document, Options};
use compressed::Compressed;
use records::{Damage, Record, Records};
pub(super) use replay::Replay;

pub(super) const FORMAT: Format = Format {
    name: "warc",
    about: "a web archive, of which each page is an article",
    looks_like: |head| head.starts_with(b"WARC/"),
    open: |input, options| documents(Box::new(Plain(Records::new(input, u64::MAX))), options),
};

/// Where records come from.
trait Source: Iterator<Item = Result<Record, Damage>> + Send {}

impl<I: Iterator<Item = Result<Record, Damage>> + Send> Source for I {}

struct Plain(Records<Input>);

impl Iterator for Plain {
    type Item = Result<Record, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// The documents of an archive that is compressed record by record, or as a whole.
pub(super) fn compressed(input: Replay<Input>, options: Options) -> Documents {
    documents(Box::new(Compressed::new(input)), options)
}

fn documents(records: Box<dyn Source>, options: Options) -> Documents {
    let mut is_over = false;
    let records = records.take_while(move |record| {
        let stays = !is_over;
        is_over |= record.as_ref().is_err_and(|damage| damage.is_last);
        stays
    });
    Box::new(records.filter_map(move |record| match record {
        Ok(record) => document(record, &options).transpose(),
        Err(damage) => {
            let place = format!("{}#byte {}", options.id, damage.at_byte);
            let id = damage.url.map_or_else(|| place.clone(), |url| format!("{url} ({place})"));
            Some(Err(AcquireError::Record { id, why: damage.why }))
        }
    }))
}

/// Whether a record may hold an article.
fn is_wanted(record: &Record) -> bool {
    let kind = record.header("Content-Type").unwrap_or_default().to_ascii_lowercase();
    match record.header("WARC-Type") {
        Some("response") => kind.starts_with("application/http"),
        // crawlers keep their logs in such records as well
        Some("resource" | "conversion") => {
            is_text(&kind) && record.url().is_some_and(|url| url.starts_with("http"))
        }
        _ => false,
    }
}

/// Whether a record, of which the start is there, holds text that was answered with success.
fn is_article(record: &Record) -> bool {
    let is_robots = record
        .url()
        .is_some_and(|url| url.split('?').next().is_some_and(|path| path.ends_with("/robots.txt")));
    let is_answer = || match Response::parse(&record.block) {
        Ok(response) => {
            let media_type = response.header("Content-Type").unwrap_or_default().to_ascii_lowercase();
            (200..300).contains(&response.status) && is_text(&media_type)
        }
        // what cannot be read is said
        Err(_) => true,
    };
    !is_robots && (record.header("WARC-Type") != Some("response") || is_answer())
}

fn is_text(media_type: &str) -> bool {
    ["text/html", "application/xhtml+xml", "text/plain"].iter().any(|kind| media_type.starts_with(kind))
}

/// The document of a record; nothing where it holds something else.
fn document(record: Record, options: &Options) -> Result<Option<Document>, AcquireError> {
    if !is_article(&record) {
        return Ok(None);
    }
    let url = record.url().map(str::to_owned);
    let id = url.clone().or_else(|| record.header("WARC-Record-ID").map(str::to_owned));
    let id = id.unwrap_or_else(|| format!("{}#byte {}", options.id, record.at_byte));
    let failed = |why: String| AcquireError::Record { id: id.clone(), why };
    let mut notes = Vec::new();
    if let Some(why) = record.header("WARC-Truncated") {
        notes.push(format!("the archive holds only the start of the page ({why})"));
    }
    if let Some(stated) =
        record.header("WARC-Block-Digest").filter(|stated| !digest::holds(stated, &record.block))
    {
        notes.push(format!("the record is not what its digest says ({stated}): it was damaged or changed"));
    }
    let captured = record.header("WARC-Date").and_then(|date| crate::Published::parse(date).ok());
    let is_response = record.header("WARC-Type") == Some("response");
    let mut media_type = record.header("Content-Type").unwrap_or_default().to_owned();
    let mut bytes = record.block;
    if is_response {
        let response = Response::parse(&bytes).map_err(failed)?;
        media_type = response.header("Content-Type").unwrap_or_default().to_owned();
        let payload = response.payload().map_err(failed)?;
        notes.extend(payload.note);
        bytes = payload.bytes;
    }
    let options = Options {
        id,
        url,
        captured: captured.map(|date| date.as_str().to_owned()),
        charset: crate::http::charset(&media_type),
        ..options.clone()
    };
    let is_page = if media_type.to_ascii_lowercase().contains("html") { None } else { Some(false) };
    Ok(Some(Document { bytes, is_page, options, notes, is_original: true }))
}
