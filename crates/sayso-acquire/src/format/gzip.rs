//! gzip: whatever is inside, read as if it had not been compressed.
//!
//! # Source
//! RFC 1952; several members follow each other as one (section 2.2).

use super::warc::{self, Replay};
use super::{Documents, Format, Input, single};
use crate::Options;
use flate2::bufread::{GzDecoder, MultiGzDecoder};
use std::io::{BufReader, Read};

const MAGIC: &[u8] = b"\x1F\x8B\x08";

pub(super) const FORMAT: Format = Format {
    name: "gzip",
    about: "any of these, compressed with gzip",
    looks_like: |head| head.starts_with(MAGIC),
    open,
};

fn open(input: Input, options: Options) -> Documents {
    let mut input = Replay::new(input);
    input.mark();
    let mut head = [0; 8];
    let mut length = 0;
    let mut first = GzDecoder::new(&mut input);
    while let Ok(read @ 1..) = first.read(&mut head[length..]) {
        length += read;
    }
    input.rewind();
    // of an archive whose first record is damaged the name still says what it is
    if head.starts_with(b"WARC/") || options.id.ends_with(".warc.gz") {
        return warc::compressed(input, options);
    }
    // nothing that is packed twice is unpacked twice, whatever stands in its first member
    let mut unpacked = Replay::new(BufReader::new(MultiGzDecoder::new(input)));
    let is_packed = unpacked.peek(MAGIC.len()).is_ok_and(|start| start == MAGIC);
    let unpacked: Input = Box::new(unpacked);
    if is_packed { single(unpacked, options) } else { crate::documents(unpacked, options) }
}
