//! What holds for all that is read, whatever it is read from.

use sayso::article::Article;
use sayso_acquire::{Document, FORMATS, Options, documents};
use std::io::{BufReader, Cursor};

fn options() -> Options {
    Options { id: "fuzz".to_owned(), ..Options::default() }
}

/// Reads bytes as a format, or as what they start like, and checks every article.
///
/// # Panics
/// Where an article breaks a law, or there is no such format.
pub fn read(format: Option<&str>, bytes: &[u8]) {
    let input = Box::new(BufReader::new(Cursor::new(bytes.to_vec())));
    let documents = match format {
        None => documents(input, options()),
        Some(name) => {
            let format = FORMATS.iter().find(|format| format.name == name).expect("a format");
            format.open(input, options())
        }
    };
    for document in documents {
        match document {
            Ok(document) => check(&document),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Reads bytes as one article.
///
/// # Panics
/// Where it breaks a law.
pub fn read_one(bytes: &[u8], is_page: bool, charset: Option<&str>) {
    let options = Options { charset: charset.map(str::to_owned), ..options() };
    let bytes = bytes.to_vec();
    check(&Document { bytes, is_page: Some(is_page), options, notes: Vec::new(), is_original: true });
}

fn check(document: &Document) {
    match document.article() {
        Ok(article) => laws(&article, document.bytes.len()),
        Err(error) => assert_eq!(error.id(), document.options.id),
    }
}

/// Blocks stand in order, hold words, and say where in the bytes they are.
fn laws(article: &Article, length: usize) {
    let mut before = 0;
    for block in &article.blocks {
        assert!(block.span.start() >= before && !article.text.slice(block.span).is_empty());
        before = block.span.end();
        assert!(block.bytes.is_none_or(|[start, end]| start < end && end <= length));
    }
}
