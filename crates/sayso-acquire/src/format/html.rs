//! HTML.
use super::Format;
use crate::{AcquireError, Options};
use sayso::article::Article;

pub(super) const FORMAT: Format = Format { name: "html", about: "a page", looks_like: |_| false, read };

fn read(_: String, options: &Options) -> Result<Article, AcquireError> {
    Err(AcquireError::Empty { id: options.id.clone() })
}
