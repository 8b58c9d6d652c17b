//! The notation in which people read and write annotations (`eval/NOTATION.md`), and back: [`parse`] undoes [`render()`].

mod place;
mod read;
mod render;
mod words;

pub(crate) use read::parse;
pub(crate) use render::render;
