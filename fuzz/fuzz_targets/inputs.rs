//! Any bytes as an input of the format that they start like.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| sayso_fuzz::read(None, bytes));
