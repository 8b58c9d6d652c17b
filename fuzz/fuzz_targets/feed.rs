//! Any bytes as RSS or Atom.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| sayso_fuzz::read(Some("feed"), bytes));
