//! What becomes of the parts of a page: captions, crossheads, standfirsts, and what is said twice.
//!
//! In: `eval/pages/labels.jsonl`, parts of pages as byte ranges, by people or by model readers. A part is looked for by its letters and digits.

use super::readers::Page;
use anyhow::{Context, Result, ensure};
use sayso::article::{Article, BlockRole};
use sayso::ledger::hexadecimal;
use sayso_acquire::Options;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

/// Kinds of errors that can be asked for.
pub(super) const FIELDS: [&str; 5] = ["caption", "heading", "standfirst", "outlet", "twice"];

/// Letters and digits of a block that make it worth a look whether it stands twice.
const FEWEST_LETTERS: usize = 40;

/// Letters and digits of a part that may be looked for within a block.
const FEWEST_IN_PART: usize = 20;

/// The labelled parts of a page, in bytes.
#[derive(Deserialize)]
pub(super) struct Labels {
    id: String,
    sha256: String,
    standfirst: Vec<[usize; 2]>,
    heading: Vec<[usize; 2]>,
    caption: Vec<[usize; 2]>,
    /// Names that are right for the outlet.
    outlet: Vec<String>,
}

/// Counts over pages: how many, and of how many.
#[derive(Default)]
pub(super) struct Counts {
    pages: usize,
    captions_read: [usize; 2],
    captions_kept: [usize; 2],
    headings_kept: [usize; 2],
    headings_labelled: [usize; 2],
    standfirsts_read: [usize; 2],
    standfirsts_labelled: [usize; 2],
    outlets: [usize; 2],
    twice: [usize; 2],
}

pub(super) fn read(file: &Path) -> Result<HashMap<String, Labels>> {
    let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let labels = lines.lines().map(|line| {
        let labels: Labels = serde_json::from_str(line)?;
        Ok((labels.id.clone(), labels))
    });
    labels.collect()
}

impl Counts {
    /// Adds a page and says what is wrong with it.
    pub(super) fn add(&mut self, page: &Page, labels: &Labels) -> Result<Vec<(&'static str, String)>> {
        let sha256 = hexadecimal(&Sha256::digest(&page.bytes));
        ensure!(sha256 == labels.sha256, "page {} is not the one that was labelled", page.id);
        let options = Options { id: page.id.clone(), url: Some(page.url.clone()), ..Options::default() };
        // of a page that is not read nothing is kept
        let article = sayso_acquire::read(&page.bytes, &options).ok();
        self.pages += 1;
        let mut errors = Vec::new();
        let part = |range: &[usize; 2]| page.bytes.get(range[0]..range[1]).map(letters_of_markup);
        let parts = |ranges: &[[usize; 2]]| -> Vec<String> {
            ranges.iter().filter_map(part).filter(|part| !part.is_empty()).collect()
        };
        let blocks = article.as_ref().map(blocks).unwrap_or_default();
        // a name may stand in any paragraph
        let is_part = |part: &str, letters: &str| {
            letters == part
                || part.len() >= FEWEST_IN_PART && letters.contains(part)
                || part.contains(letters) && letters.len() * 3 > part.len() * 2
        };
        let stands = |part: &str, is: &dyn Fn(BlockRole) -> bool| {
            blocks.iter().any(|(role, letters)| is(*role) && is_part(part, letters))
        };
        let count = |sum: &mut [usize; 2], is_so: bool| {
            sum[0] += usize::from(is_so);
            sum[1] += 1;
            is_so
        };
        for caption in parts(&labels.caption) {
            if count(&mut self.captions_read, stands(&caption, &BlockRole::is_read)) {
                errors.push(("caption", format!("is read: {caption}")));
            }
            count(&mut self.captions_kept, stands(&caption, &|role| role == BlockRole::Caption));
        }
        for heading in parts(&labels.heading) {
            if !count(&mut self.headings_kept, stands(&heading, &|_| true)) {
                errors.push(("heading", format!("is lost: {heading}")));
            } else if !count(
                &mut self.headings_labelled,
                stands(&heading, &|role| role == BlockRole::Heading),
            ) {
                errors.push(("heading", format!("is not labelled: {heading}")));
            }
        }
        for standfirst in parts(&labels.standfirst) {
            if !count(&mut self.standfirsts_read, stands(&standfirst, &BlockRole::is_read)) {
                errors.push(("standfirst", format!("is not read: {standfirst}")));
            } else if !count(
                &mut self.standfirsts_labelled,
                stands(&standfirst, &|role| role == BlockRole::Standfirst),
            ) {
                errors.push(("standfirst", format!("is not labelled: {standfirst}")));
            }
        }
        if !labels.outlet.is_empty() {
            let outlet = article.as_ref().and_then(|article| article.origin.outlet.as_deref());
            let given = outlet.map(letters).unwrap_or_default();
            if !count(&mut self.outlets, labels.outlet.iter().any(|name| letters(name) == given)) {
                errors.push(("outlet", format!("{:?}, given {outlet:?}", labels.outlet)));
            }
        }
        for (at, (_, letters)) in
            blocks.iter().enumerate().filter(|(_, (_, letters))| letters.len() >= FEWEST_LETTERS)
        {
            let is_again = blocks[..at].iter().any(|(_, before)| before == letters);
            if count(&mut self.twice, is_again) {
                errors.push(("twice", letters.clone()));
            }
        }
        Ok(errors)
    }

    /// In per cent, with how many there are.
    pub(super) fn figures(&self) -> Vec<(&'static str, f64, usize)> {
        let share =
            |name, [part, whole]: [usize; 2]| (name, 100.0 * part as f64 / whole.max(1) as f64, whole);
        vec![
            ("captions_read", self.captions_read),
            ("captions_labelled", self.captions_kept),
            ("crossheads_kept", self.headings_kept),
            ("crossheads_labelled", self.headings_labelled),
            ("standfirsts_read", self.standfirsts_read),
            ("standfirsts_labelled", self.standfirsts_labelled),
            ("outlet_right", self.outlets),
            ("blocks_twice", self.twice),
        ]
        .into_iter()
        .map(|(name, counts)| share(name, counts))
        .collect()
    }

    pub(super) fn pages(&self) -> usize {
        self.pages
    }
}

fn blocks(article: &Article) -> Vec<(BlockRole, String)> {
    let blocks = article.blocks.iter().map(|block| (block.role, letters(article.text.slice(block.span))));
    blocks.filter(|(_, letters)| !letters.is_empty()).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Letters and digits of a piece of a page.
fn letters_of_markup(markup: &[u8]) -> String {
    letters(&super::flat::text(&String::from_utf8_lossy(markup)))
}
