//! Any bytes as a web archive.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| sayso_fuzz::read(Some("warc"), bytes));
