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
    open: |input, options| documents(Records::new(input, u64::MAX), options),
};

/// The documents of an archive that is compressed record by record, or as a whole.
pub(super) fn compressed(input: Replay<Input>, options: Options) -> Documents {
    documents(Compressed::new(input), options)
}

fn documents(
    records: impl Iterator<Item = Result<Record, Damage>> + Send + 'static,
    options: Options,
) -> Documents {
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

/// Whether a record, of which the start is there, holds an article. What cannot be read may, and is said.
fn is_article(record: &Record) -> bool {
    let is_answer = || Response::parse(&record.block).map_or(true, |response| is_text_answer(&response));
    !is_for_robots(record) && (!is_response(record) || is_answer())
}

fn is_response(record: &Record) -> bool {
    record.header("WARC-Type") == Some("response")
}

fn is_for_robots(record: &Record) -> bool {
    let path = record.url().and_then(|url| url.split('?').next());
    path.is_some_and(|path| path.ends_with("/robots.txt"))
}

/// Whether it was answered with success, and with text.
fn is_text_answer(response: &Response) -> bool {
    let media_type = response.header("Content-Type").unwrap_or_default().to_ascii_lowercase();
    (200..300).contains(&response.status) && is_text(&media_type)
}

fn is_text(media_type: &str) -> bool {
    ["text/html", "application/xhtml+xml", "text/plain"].iter().any(|kind| media_type.starts_with(kind))
}

/// The document of a record; nothing where it holds something else.
fn document(record: Record, options: &Options) -> Result<Option<Document>, AcquireError> {
    if is_for_robots(&record) {
        return Ok(None);
    }
    let url = record.url().map(str::to_owned);
    let id = url.clone().or_else(|| record.header("WARC-Record-ID").map(str::to_owned));
    let id = id.unwrap_or_else(|| format!("{}#byte {}", options.id, record.at_byte));
    let failed = |why: String| AcquireError::Record { id: id.clone(), why };
    let mut media_type = record.header("Content-Type").unwrap_or_default().to_owned();
    let mut payload = None;
    if is_response(&record) {
        let response = Response::parse(&record.block).map_err(failed)?;
        if !is_text_answer(&response) {
            return Ok(None);
        }
        media_type = response.header("Content-Type").unwrap_or_default().to_owned();
        payload = Some(response.payload().map_err(failed)?);
    }
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
    let bytes = match payload {
        Some(payload) => {
            notes.extend(payload.note);
            payload.bytes
        }
        None => record.block,
    };
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
