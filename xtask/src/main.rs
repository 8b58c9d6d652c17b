//! Evaluation, parity, benchmarks and fixtures.
fn main() {}
