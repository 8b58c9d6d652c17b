//! Archives that are compressed with gzip, as a rule each record for itself.
//!
//! Where a member of the file is damaged, reading goes on at the next member that starts with a record.
//!
//! # Source
//! RFC 1952 (gzip), section 2.3; WARC 1.1, annex D.

use super::Input;
use super::records::{Damage, Record, Records};
use super::replay::Replay;
use flate2::bufread::GzDecoder;
use std::io::{BufRead, BufReader, Read};

/// A block that is not asked for and has more bytes than this, or one that never ends, is not unpacked to its end.
const MOST_SKIPPED_BYTES: u64 = 256 << 20;
/// Bytes of a member that show whether it starts with a record.
const MOST_PROBED_BYTES: u64 = 4096;
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

type Member = Records<BufReader<GzDecoder<Replay<Input>>>>;

pub(super) enum Compressed {
    Between(Replay<Input>),
    Within { member: Box<Member>, start_byte: u64 },
    Over,
}

impl Compressed {
    pub(super) fn new(input: Replay<Input>) -> Self {
        Self::Between(input)
    }
}

impl Iterator for Compressed {
    type Item = Result<Record, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match std::mem::replace(self, Self::Over) {
                Self::Over => return None,
                Self::Between(mut input) => {
                    input.mark();
                    let start_byte = input.position();
                    match input.peek(MAGIC.len()) {
                        Ok([]) => return None,
                        Ok(start) if start == MAGIC => {}
                        Ok(_) => {
                            *self = next_member(input);
                            let why = "no gzip member here".to_owned();
                            return Some(Err(Damage { url: None, at_byte: start_byte, why, is_last: false }));
                        }
                        Err(error) => {
                            let why = error.to_string();
                            return Some(Err(Damage { url: None, at_byte: start_byte, why, is_last: true }));
                        }
                    }
                    let member = BufReader::new(GzDecoder::new(input));
                    let member = Box::new(Records::new(member, MOST_SKIPPED_BYTES));
                    *self = Self::Within { member, start_byte };
                }
                Self::Within { mut member, start_byte } => {
                    let found = member.next();
                    let is_over = match &found {
                        None => true,
                        Some(Err(damage)) => damage.is_last,
                        Some(Ok(_)) => false,
                    };
                    *self = if !is_over {
                        Self::Within { member, start_byte }
                    } else {
                        let input = member.input.into_inner().into_inner().into_inner();
                        if found.is_none() { Self::Between(input) } else { next_member(input) }
                    };
                    // places are those of the file, whatever it unpacks to
                    return match found {
                        None => continue,
                        Some(Ok(mut record)) => {
                            record.at_byte = start_byte;
                            Some(Ok(record))
                        }
                        Some(Err(damage)) => {
                            Some(Err(Damage { at_byte: start_byte, is_last: false, ..damage }))
                        }
                    };
                }
            }
        }
    }
}

/// On to the next member that starts with a record, behind the start of the one before.
fn next_member(mut input: Replay<Input>) -> Compressed {
    input.rewind();
    input.consume(1);
    loop {
        let Ok(buffer) = input.fill_buf() else { return Compressed::Over };
        if buffer.is_empty() {
            return Compressed::Over;
        }
        let skipped = buffer.iter().position(|byte| *byte == MAGIC[0]).unwrap_or(buffer.len());
        input.consume(skipped);
        input.mark();
        if input.peek(MAGIC.len()).is_ok_and(|start| start == MAGIC) {
            let mut start = [0; 5];
            let probe = (&mut input).take(MOST_PROBED_BYTES);
            let is_record = GzDecoder::new(probe).read_exact(&mut start).is_ok() && &start == b"WARC/";
            if input.rewind() && is_record {
                return Compressed::Between(input);
            }
        }
        input.consume(1);
    }
}
