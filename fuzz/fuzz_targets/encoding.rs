//! Any bytes as text in an encoding; the first says which, or that nothing does.
#![no_main]

use libfuzzer_sys::fuzz_target;

const CHARSETS: &[Option<&str>] = &[
    None,
    Some("utf-8"),
    Some("utf-16le"),
    Some("utf-16be"),
    Some("windows-1252"),
    Some("windows-1251"),
    Some("shift_jis"),
    Some("gb18030"),
    Some("iso-2022-jp"),
    Some("euc-kr"),
    Some("big5"),
    Some("replacement"),
    Some("x-user-defined"),
    Some("no such encoding"),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let charset = CHARSETS[usize::from(first >> 1) % CHARSETS.len()];
    sayso_fuzz::read_one(bytes, first & 1 == 1, charset);
});
