//! Any bytes as an input of any format: nothing breaks, and what is read lies in its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_acquire::{Options, documents};
use std::io::{BufReader, Cursor};

fuzz_target!(|bytes: &[u8]| {
    let input = BufReader::new(Cursor::new(bytes.to_vec()));
    for document in documents(Box::new(input), Options { id: "fuzz".to_owned(), ..Options::default() }) {
        let Ok(article) = document.and_then(|document| document.article()) else { continue };
        let mut before = 0;
        for block in &article.blocks {
            assert!(block.span.start() >= before && !article.text.slice(block.span).is_empty());
            before = block.span.end();
        }
    }
});
