//! Answers of web servers as they were sent: status, headers, and the body as it was meant.
//!
//! # Source
//! RFC 9112 (HTTP/1.1), section 7.1 for chunks; RFC 9110, section 8.4 for content codings.

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// Headers of one answer.
const MOST_HEADERS: usize = 256;
/// Bytes of a body when nothing is packed any more.
const MOST_BODY_BYTES: u64 = 16 << 20;
/// Codings over each other.
const MOST_CODINGS: usize = 3;
/// Bytes that a zstd frame may look back (RFC 9659).
const ZSTD_WINDOW_BYTES: u64 = 8 << 20;

pub(crate) struct Response<'b> {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: &'b [u8],
}

pub(crate) struct Payload {
    pub(crate) bytes: Vec<u8>,
    /// Where it is not all of it.
    pub(crate) note: Option<String>,
}

impl<'b> Response<'b> {
    pub(crate) fn parse(bytes: &'b [u8]) -> Result<Self, String> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let mut lenient = httparse::ParserConfig::default();
        lenient
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        // what came by a later version is kept in the form of this one, but for its first line
        let newer: Option<Vec<u8>> =
            bytes.strip_prefix(b"HTTP/").filter(|rest| !rest.starts_with(b"1.")).and_then(|rest| {
                let version = rest.iter().position(|byte| *byte == b' ').filter(|length| *length <= 3)?;
                Some([b"HTTP/1.1", &rest[version..]].concat())
            });
        let grown = newer.as_ref().map_or(0, |newer| newer.len() as isize - bytes.len() as isize);
        let start = match lenient.parse_response(&mut response, newer.as_deref().unwrap_or(bytes)) {
            Ok(httparse::Status::Complete(start)) => start,
            Ok(httparse::Status::Partial) => {
                return Err("an HTTP response whose headers do not end".to_owned());
            }
            Err(error) => return Err(format!("an HTTP response that cannot be read: {error}")),
        };
        let words = |value: &[u8]| String::from_utf8_lossy(value).trim().to_owned();
        let headers = response.headers.iter().map(|header| (header.name.to_owned(), words(header.value)));
        Ok(Self {
            status: response.code.unwrap_or(0),
            headers: headers.collect(),
            body: bytes.get(start.saturating_add_signed(-grown)..).unwrap_or_default(),
        })
    }

    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body without chunks and codings. Archives often keep the headers of what they have already unpacked, so a
    /// coding that the bytes do not have is none.
    pub(crate) fn payload(&self) -> Result<Payload, String> {
        let is_chunked =
            self.header("Transfer-Encoding").is_some_and(|it| it.to_ascii_lowercase().contains("chunked"));
        let joined = if is_chunked { unchunked(self.body) } else { None };
        let mut payload = joined.unwrap_or_else(|| Payload { bytes: self.body.to_vec(), note: None });
        let codings = self.header("Content-Encoding").unwrap_or_default().to_ascii_lowercase();
        for coding in
            codings.rsplit(',').map(str::trim).filter(|coding| !coding.is_empty()).take(MOST_CODINGS)
        {
            payload = unpacked(coding, payload)?;
        }
        Ok(payload)
    }
}

/// The label of the encoding in a `Content-Type`.
pub(crate) fn charset(media_type: &str) -> Option<String> {
    let at = media_type.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let label = media_type.get(at..)?.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    (end > 0).then(|| label[..end].to_owned())
}

/// The bytes of all chunks, as far as they go; nothing where there are none.
fn unchunked(mut body: &[u8]) -> Option<Payload> {
    let mut bytes = Vec::new();
    let (mut is_first, mut is_whole) = (true, false);
    while body.first().is_some_and(u8::is_ascii_hexdigit)
        && let Ok(httparse::Status::Complete((start, length))) = httparse::parse_chunk_size(body)
    {
        is_first = false;
        is_whole = length == 0;
        let Some(rest) = body.get(start..).filter(|_| length > 0) else { break };
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(rest.len());
        bytes.extend_from_slice(&rest[..length]);
        let rest = &rest[length..];
        body = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
    let note = (!is_whole).then(|| format!("its chunks break off after {} bytes", bytes.len()));
    (!is_first).then_some(Payload { bytes, note })
}

fn unpacked(coding: &str, packed: Payload) -> Result<Payload, String> {
    let bytes = &packed.bytes[..];
    let reader: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => Box::new(MultiGzDecoder::new(bytes)),
        "deflate" if matches!(bytes, [0x78, 0x01 | 0x5E | 0x9C | 0xDA, ..]) => {
            Box::new(ZlibDecoder::new(bytes))
        }
        "deflate" if !looks_unpacked(bytes) => Box::new(DeflateDecoder::new(bytes)),
        "br" if !looks_unpacked(bytes) => Box::new(brotli_decompressor::Decompressor::new(bytes, 4096)),
        "zstd" if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => Box::new(
            ruzstd::decoding::StreamingDecoder::new_with_max_window_size(bytes, ZSTD_WINDOW_BYTES)
                .map_err(|error| format!("zstd: {error}"))?,
        ),
        "gzip" | "x-gzip" | "deflate" | "br" | "zstd" | "identity" => return Ok(packed),
        _ if looks_unpacked(bytes) => return Ok(packed),
        other => return Err(format!("a body in the coding {other}, which is not known")),
    };
    let mut unpacked = Vec::new();
    let read = reader.take(MOST_BODY_BYTES + 1).read_to_end(&mut unpacked);
    if unpacked.len() as u64 > MOST_BODY_BYTES {
        return Err(format!("more than {} MB when unpacked", MOST_BODY_BYTES >> 20));
    }
    match read {
        Ok(_) => Ok(Payload { bytes: unpacked, note: packed.note }),
        Err(error) if unpacked.is_empty() => Err(format!("its {coding} cannot be unpacked: {error}")),
        Err(error) => {
            let note = format!("its {coding} breaks off after {} bytes: {error}", unpacked.len());
            Ok(Payload { bytes: unpacked, note: packed.note.or(Some(note)) })
        }
    }
}

/// Whether bytes start as a page or text does: packed ones have no row of printable characters.
fn looks_unpacked(bytes: &[u8]) -> bool {
    let start = crate::format::start(bytes);
    let start = &start[..start.len().min(16)];
    !start.is_empty() && start.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn payload(head: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        Response::parse(&bytes)?.payload().map(|payload| payload.bytes)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory takes it")
    }

    #[test]
    fn bodies_as_they_were_meant() {
        let plain = b"<p>The well is dry.</p>";
        assert_eq!(payload("Content-Type: text/html", plain).as_deref(), Ok(&plain[..]));
        let chunks = b"5\r\n<p>Th\r\n12;x=y\r\ne well is dry.</p>\r\n0\r\n\r\n";
        assert_eq!(payload("transfer-encoding: Chunked", chunks).as_deref(), Ok(&plain[..]));
        assert_eq!(payload("Transfer-Encoding: chunked", plain).as_deref(), Ok(&plain[..]), "already joined");
        assert_eq!(payload("Content-Encoding: gzip", &gzip(plain)).as_deref(), Ok(&plain[..]));
        assert_eq!(payload("Content-Encoding: gzip", plain).as_deref(), Ok(&plain[..]), "already unpacked");
        assert_eq!(payload("Content-Encoding: gzip, gzip", &gzip(&gzip(plain))).as_deref(), Ok(&plain[..]));
        assert_eq!(payload("Content-Encoding: utf-8", plain).as_deref(), Ok(&plain[..]), "no coding at all");
        assert_eq!(
            payload("Transfer-Encoding: chunked", b"\r\n<p>A</p>").as_deref(),
            Ok(&b"\r\n<p>A</p>"[..])
        );
        let newer = Response::parse(b"HTTP/2 200\r\nA: b\r\n\r\nx")
            .map(|response| (response.status, response.body.to_vec()));
        assert_eq!(newer, Ok((200, b"x".to_vec())));
        let cut = Response::parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
            .and_then(|response| response.payload());
        assert!(cut.is_ok_and(|payload| payload.bytes == b"abc" && payload.note.is_some()));
        assert!(payload("Content-Encoding: rot13", b"\x01\x02\x03").is_err_and(|why| why.contains("rot13")));
        let bomb = gzip(&vec![0; 20 << 20]);
        assert!(payload("Content-Encoding: gzip", &bomb).is_err_and(|why| why.contains("16 MB")));
    }

    #[test]
    fn what_breaks_off_is_said() {
        let noise: String = (0..4000u32).map(|n| char::from(b'a' + (n * n % 23) as u8)).collect();
        let packed = gzip(noise.as_bytes());
        let bytes =
            [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &packed[..packed.len() / 2]].concat();
        let payload = Response::parse(&bytes).and_then(|response| response.payload()).expect("some is there");
        assert!(noise.as_bytes().starts_with(&payload.bytes) && payload.note.is_some());
    }

    #[test]
    fn labels_of_encodings() {
        for (media_type, label) in [
            ("text/html; charset=windows-1251", Some("windows-1251")),
            ("text/html;Charset=\"UTF-8\"; x", Some("UTF-8")),
            ("text/html; charset=", None),
            ("text/html", None),
        ] {
            assert_eq!(charset(media_type).as_deref(), label);
        }
    }
}
