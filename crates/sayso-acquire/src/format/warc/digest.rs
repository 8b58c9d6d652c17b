//! Whether a block is what its digest says.
//!
//! # Source
//! WARC 1.1, section 5.8: `ALGORITHM:VALUE`, the value in base 32 (RFC 4648) as all do it, or in base 16.

use sayso::ledger::hexadecimal;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Digests by algorithms that are not known hold.
pub(super) fn holds(stated: &str, block: &[u8]) -> bool {
    let Some((algorithm, value)) = stated.split_once(':') else { return true };
    let digest = match algorithm.trim().to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => Sha1::digest(block).to_vec(),
        "sha256" | "sha-256" => Sha256::digest(block).to_vec(),
        _ => return true,
    };
    let value = value.trim().trim_end_matches('=');
    value.eq_ignore_ascii_case(&hexadecimal(&digest)) || value.eq_ignore_ascii_case(&base_32(&digest))
}

/// Without padding.
fn base_32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut held, mut bits) = (String::new(), 0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits)) as usize & 31]));
    }
    text
}

#[test]
fn digests_of_the_standards() {
    assert_eq!(base_32(b"foobar"), "MZXW6YTBOI");
    assert_eq!(base_32(b"foob"), "MZXW6YQ");
    assert!(holds("sha1:A9993E364706816ABA3E25717850C26C9CD0D89D", b"abc"));
    assert!(holds("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abc"));
    assert!(!holds("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abd"));
    assert!(holds("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", b"abc"));
    assert!(holds("md9:x", b"abc"));
}
