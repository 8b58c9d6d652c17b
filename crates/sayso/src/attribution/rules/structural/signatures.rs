//! Signatures: a quotation, a dash, and who said it.

use super::{Structural, attribution, read_blocks};
use crate::attribution::rules::reading::Reading;
use crate::text::Span;

/// A longer line after a dash is a sentence.
const MAX_SIGNATURE_BYTES: usize = 160;
const MAX_SIGNATURE_WORDS: usize = 20;

pub(super) fn find(reading: &Reading<'_>, found: &mut Structural) {
    // what stands in the paragraph before, if it is nothing but quotation
    let mut before: Vec<Span> = Vec::new();
    for (_, block) in read_blocks(reading) {
        if let Some(name) = name_after_dash(reading, block)
            && !before.is_empty()
        {
            sign(found, name, std::mem::take(&mut before));
            continue;
        }
        let (quoted, rest) = leading_quotation(reading, block);
        match (quoted, name_after_dash(reading, rest)) {
            (Some(quoted), Some(name)) => {
                sign(found, name, vec![quoted]);
                before.clear();
            }
            (Some(quoted), None) if rest.is_empty() => {
                before.clear();
                before.push(quoted);
            }
            _ => {
                before = found
                    .attributions
                    .last()
                    .filter(|last| is_block_quote(last, block))
                    .map_or(Vec::new(), |last| last.content.clone())
            }
        }
    }
}

fn is_block_quote(last: &crate::attribution::Attribution, block: Span) -> bool {
    last.source.is_empty()
        && last.continues.is_none()
        && last.content.iter().any(|piece| block.contains(*piece))
}

fn sign(found: &mut Structural, name: Span, content: Vec<Span>) {
    found.labels.push(name);
    // a block quote that waited for its signature
    if let Some(waiting) = found.attributions.iter_mut().rev().take(4).find(|one| one.content == content) {
        waiting.source = vec![name];
        return;
    }
    found.attributions.push(attribution(vec![name], Vec::new(), content, "signature"));
}

/// The quotation that a block begins with, and what follows it.
fn leading_quotation(reading: &Reading<'_>, block: Span) -> (Option<Span>, Span) {
    let at = reading.quotations.partition_point(|q| q.outer.start() < block.start());
    match reading.quotations.get(at) {
        Some(quotation)
            if quotation.outer.start() == block.start() && quotation.outer.end() <= block.end() =>
        {
            let rest = reading.text.span_at(quotation.outer.end(), block.end());
            (Some(quotation.outer), rest.map_or(block, |rest| reading.text.trim(rest)))
        }
        _ => (None, block),
    }
}

/// The name in “— Hester Vane, leader of the Leave Association”.
fn name_after_dash(reading: &Reading<'_>, line: Span) -> Option<Span> {
    let text = reading.text.slice(line);
    if text.len() > MAX_SIGNATURE_BYTES || text.contains('\n') {
        return None;
    }
    let name = text
        .strip_prefix("--")
        .or_else(|| text.strip_prefix(['—', '–', '―', '-']))?
        .trim_start_matches(['-', '—', '–'])
        .trim();
    let looks_like_one = name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= MAX_SIGNATURE_WORDS
        && !name.ends_with(['?', '!', ':'])
        && !name.contains(['“', '"', '”']);
    if !looks_like_one {
        return None;
    }
    let start = line.start() + (name.as_ptr() as usize - text.as_ptr() as usize);
    let name = reading.text.span_at(start, start + name.trim_end_matches(['.', ',']).len())?;
    // "— She closed the door": a finite verb of its own makes it a sentence
    let tokens = reading.tokens_of(name);
    let sentence = tokens.clone().any(|at| {
        let token = reading.token(at);
        reading.is_verb(at)
            && tokens.contains(&token.head)
            && reading.child(at, &[sayso_model::Dep::Nsubj]).is_some_and(|subject| {
                tokens.contains(&subject)
                    && !matches!(reading.token(subject).tag, sayso_model::Tag::Wp | sayso_model::Tag::Wdt)
            })
    });
    (!sentence).then_some(name)
}
