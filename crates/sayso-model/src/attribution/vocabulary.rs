//! Numbers for words: a list, one word a line.

use std::collections::HashMap;

/// The number of each word of a list, from 1 on; 0 stands for all others.
#[derive(Debug)]
pub(super) struct Vocabulary(HashMap<&'static str, u32>);

impl Vocabulary {
    pub(super) fn new(list: &'static str) -> Self {
        Self(list.lines().zip(1..).collect())
    }

    pub(super) fn number(&self, word: &str) -> u32 {
        self.0.get(word).copied().unwrap_or(0)
    }
}
