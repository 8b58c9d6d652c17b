//! Any bytes become an article whose blocks stand in order and on boundaries, or a clear refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_acquire::{Options, blocks, read};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { id: "fuzz".to_owned(), ..Options::default() };
    let article = match read(bytes, &options) {
        Ok(article) => article,
        Err(error) => {
            assert!(error.to_string().starts_with("fuzz: "));
            return;
        }
    };
    let text = article.text.as_str();
    let mut end = 0;
    for block in &article.blocks {
        let (start, stop) = (block.span.start(), block.span.end());
        assert!(end <= start && start < stop);
        assert!(text.is_char_boundary(start) && text.is_char_boundary(stop));
        assert!(text[end..start].chars().all(blocks::is_blank));
        end = stop;
    }
    assert!(text[end..].chars().all(blocks::is_blank));
    // Plain text in UTF-8 is kept as it is.
    if let Ok(input) = std::str::from_utf8(bytes)
        && !input.trim_start_matches(blocks::is_blank).starts_with('<')
        && article.notes.iter().all(|note| !note.starts_with("decoded"))
    {
        assert_eq!(text, input);
    }
});
