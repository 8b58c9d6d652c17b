//! Plain text: the article's text is the input, unchanged; its lines become labelled blocks.

use super::{Format, single};
use crate::{AcquireError, Options, agency, blocks, evidence};
use sayso::article::{Article, BlockRole, Origin};
use sayso::text::Text;

pub(super) const FORMAT: Format = Format {
    name: "text",
    about: "plain text, one paragraph a line or wrapped",
    looks_like: |_| true,
    open: single,
};

pub(crate) fn read(text: String, options: &Options) -> Result<Article, AcquireError> {
    let text = Text::new(text)
        .map_err(|error| AcquireError::TooLarge { id: options.id.clone(), found: error.to_string() })?;
    let mut blocks = blocks::of(&text);
    for block in &mut blocks {
        block.bytes = Some([block.span.start(), block.span.end()]);
    }
    let title = blocks.iter().find(|block| block.role == BlockRole::Title);
    let title = title.map(|block| text.slice(block.span).to_owned());
    let origin = Origin { title, url: options.url.clone(), ..Origin::default() };
    let mut article = Article { text, blocks, origin, notes: Vec::new() };
    if article.origin.title.is_some() {
        article.origin.because.push(evidence::of("title", "text"));
    }
    agency::note(&mut article, &[]);
    Ok(article)
}
