//! Formats of the input. One is a file here and a line in [`FORMATS`].

mod html;
mod text;

use crate::{AcquireError, Options};
use sayso::article::Article;

/// A format that articles come in.
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    looks_like: fn(&str) -> bool,
    read: fn(String, &Options) -> Result<Article, AcquireError>,
}

/// Every format; the first that an input looks like reads it, and the last takes all.
pub static FORMATS: &[Format] = &[html::FORMAT, text::FORMAT];

impl Format {
    pub(crate) fn read(&self, text: String, options: &Options) -> Result<Article, AcquireError> {
        (self.read)(text, options)
    }
}

pub(crate) fn of(text: &str) -> &'static Format {
    FORMATS.iter().find(|format| (format.looks_like)(text)).unwrap_or(&text::FORMAT)
}
