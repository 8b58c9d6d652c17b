//! From bytes to characters.
//!
//! UTF-8 is taken as it is. UTF-16, legacy encodings and broken UTF-8 are decoded, each with a note that
//! says what was done and where it started; what is not text is refused with the place that shows it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of an input decides on its encoding.
const SAMPLE_BYTES: usize = 1 << 20;

/// Where an HTML page may declare its encoding.
const DECLARED_WITHIN_BYTES: usize = 4096;

pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notes: Vec<String>,
    pub(crate) unit: Unit,
}

/// How places in the text are places in the bytes that it was decoded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Same,
    /// Each character is one byte.
    OneByte,
    /// UTF-16 behind so many bytes.
    Utf16 {
        mark_bytes: usize,
    },
    Unknown,
}

impl Unit {
    /// Where these places of a text, in order, are in the bytes.
    pub(crate) fn places(self, text: &str, places: &[usize]) -> Vec<Option<usize>> {
        let (mut at, mut bytes) = (0, 0);
        let mut place = |place: &usize| {
            let between = text.get(at..*place)?;
            bytes += match self {
                Self::Same => between.len(),
                Self::OneByte => between.chars().count(),
                Self::Utf16 { .. } => 2 * between.encode_utf16().count(),
                Self::Unknown => return None,
            };
            at = *place;
            let before = if let Self::Utf16 { mark_bytes } = self { mark_bytes } else { 0 };
            Some(before + bytes)
        };
        places.iter().map(&mut place).collect()
    }
}

/// Not text.
pub(crate) struct Binary {
    pub(crate) what: &'static str,
    pub(crate) at_byte: usize,
}

/// How files of other kinds start.
const KINDS: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x1F\x8B", "gzip-compressed data"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xFD7zXZ", "xz-compressed data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7FELF", "a program"),
    (b"{\\rtf", "an RTF document"),
];

/// The text of some bytes; `label` names the encoding that whoever sent them stated.
pub(crate) fn text(bytes: &[u8], label: Option<&str>) -> Result<Decoded, Binary> {
    if let Some((_, what)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Binary { what, at_byte: 0 });
    }
    if let Some(encoding) = utf_16(bytes) {
        let (text, replaced) = encoding.decode_with_bom_removal(bytes);
        let mut notes = vec![format!("decoded from {}", encoding.name())];
        if replaced {
            notes.push(format!("invalid {} was replaced by U+FFFD", encoding.name()));
        }
        let mark_bytes = if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) { 2 } else { 0 };
        let unit = if replaced { Unit::Unknown } else { Unit::Utf16 { mark_bytes } };
        return Ok(Decoded { text: text.into_owned(), notes, unit });
    }
    refuse_controls(bytes)?;
    let mut decoded = match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), notes: Vec::new(), unit: Unit::Same },
        Err(error) => broken(bytes, error.valid_up_to(), label),
    };
    if let Some(first) = decoded.text.find('\0') {
        let count = decoded.text.bytes().filter(|byte| *byte == 0).count();
        let plural = if count == 1 { "" } else { "s" };
        decoded.notes.push(format!("{count} NUL character{plural} in the text, first at byte {first}"));
    }
    Ok(decoded)
}

/// UTF-16 by its mark, or by a zero in nearly every second byte.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |parity| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match half {
        0..8 => None,
        _ if odd * 10 > half * 7 && even * 50 < half => Some(UTF_16LE),
        _ if even * 10 > half * 7 && odd * 50 < half => Some(UTF_16BE),
        _ => None,
    }
}

/// Text has next to no control characters; data is full of them.
fn refuse_controls(bytes: &[u8]) -> Result<(), Binary> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let controls = sample.iter().filter(|byte| is_control(byte)).count();
    if controls * 50 > sample.len() {
        let at_byte = sample.iter().position(is_control).unwrap_or(0);
        return Err(Binary { what: "binary data (control characters)", at_byte });
    }
    Ok(())
}

/// What is not UTF-8 throughout: another encoding, or UTF-8 with some bytes broken.
fn broken(bytes: &[u8], first: usize, label: Option<&str>) -> Decoded {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let (mut whole, mut bad) = (0, 0);
    for chunk in sample.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let stated = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = match stated.or_else(|| declared(bytes)) {
        Some(encoding) if encoding != UTF_8 && whole < bad * 8 => encoding,
        _ if whole >= bad => UTF_8,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(sample, bytes.len() == sample.len());
            detector.guess(None, Utf8Detection::Deny)
        }
    };
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    let note = if encoding == UTF_8 {
        format!("invalid UTF-8, first at byte {first}, was replaced by U+FFFD")
    } else if replaced {
        format!("not UTF-8 (byte {first}): decoded as {}, invalid bytes replaced by U+FFFD", encoding.name())
    } else {
        format!("not UTF-8 (byte {first}): decoded as {}", encoding.name())
    };
    let unit = if encoding.is_single_byte() { Unit::OneByte } else { Unit::Unknown };
    Decoded { text: text.into_owned(), notes: vec![note], unit }
}

/// The encoding that a page names in `<meta charset=...>` or in its XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let at = ["charset=", "encoding="].iter().find_map(|key| head.find(key).map(|at| at + key.len()))?;
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))?;
    Encoding::for_label(&label.as_bytes()[..end])
}

#[test]
fn places_in_the_bytes() {
    let place = |bytes: &[u8], label, wanted: &str| {
        let decoded = text(bytes, label).map_err(|binary| binary.what).expect("it is text");
        let at = decoded.text.find(wanted).expect("it is there");
        decoded.unit.places(&decoded.text, &[at, at + wanted.len()])
    };
    assert_eq!(place("Käse: dry".as_bytes(), None, "dry"), [Some(7), Some(10)]);
    assert_eq!(place(b"K\xE4se: dry", Some("windows-1252"), "dry"), [Some(6), Some(9)]);
    let utf_16: Vec<u8> = "\u{feff}Käse 𝄞: dry".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(place(&utf_16, None, "dry"), [Some(20), Some(26)]);
    let euc: &[u8] = &[0xC5, 0xEC, 0xB5, 0xFE, b':', b' ', b'd', b'r', b'y'];
    assert_eq!(place(euc, Some("euc-jp"), "dry"), [None, None]);
}
