//! Block quotes: lines after “> ”, and paragraphs that a line ending in a colon introduces.

use super::{Structural, attribution, read_blocks};
use crate::attribution::rules::reading::Reading;
use crate::attribution::rules::source;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos};

pub(super) fn find(reading: &Reading<'_>, found: &mut Structural) {
    let blocks: Vec<(usize, Span)> = read_blocks(reading).collect();
    // the attribution that a run of marked blocks carries on
    let mut running: Option<usize> = None;
    for (at, (_, span)) in blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| blocks[before].0);
        let lines = marked_lines(reading, *span);
        let (content, rule) = match &lines {
            Some(lines) => (lines[0].clone(), "block quote"),
            None => match whole_quotation(reading, *span) {
                Some(whole) => (vec![whole], "quotation after a colon"),
                None => (vec![*span], "words after a colon"),
            },
        };
        let go_on = |found: &mut Structural, first: usize, content: Vec<Span>| {
            let mut further = attribution(Vec::new(), Vec::new(), content, "block quote goes on");
            further.continues = Some(first);
            found.attributions.push(further);
        };
        if let (Some(first), Some(lines)) = (running, &lines) {
            lines.iter().for_each(|content| go_on(found, first, content.clone()));
            continue;
        }
        running = None;
        let introduced = before.and_then(|before| introduction(reading, before));
        match introduced {
            Some((source, cue)) if rule != "words after a colon" || is_written(reading, &cue, *span) => {
                found.attributions.push(attribution(source, cue, content, rule));
                running = Some(found.attributions.len() - 1);
            }
            _ if lines.is_some() => {
                found.attributions.push(attribution(Vec::new(), Vec::new(), content, rule));
                running = Some(found.attributions.len() - 1);
            }
            _ => {}
        }
        if let (Some(first), Some(lines)) = (running, &lines) {
            lines[1..].iter().for_each(|content| go_on(found, first, content.clone()));
        }
    }
}

/// The paragraphs of a block whose lines all start with “>”, each as its lines without that mark.
fn marked_lines(reading: &Reading<'_>, block: Span) -> Option<Vec<Vec<Span>>> {
    let text = reading.text.slice(block);
    let mut paragraphs: Vec<Vec<Span>> = vec![Vec::new()];
    let mut start = block.start();
    for line in text.split_inclusive('\n') {
        let words = line.trim_start().strip_prefix('>')?;
        let first = start + (line.len() - words.len());
        let words = reading.text.trim(reading.text.span_at(first, start + line.len())?);
        match paragraphs.last_mut() {
            // a line that ends a sentence ends a paragraph
            Some(last) if !words.is_empty() => {
                last.push(words);
                if reading.text.slice(words).ends_with(['.', '?', '!', '”', '"']) {
                    paragraphs.push(Vec::new());
                }
            }
            Some(last) if last.is_empty() => {}
            Some(_) | None => paragraphs.push(Vec::new()),
        }
        start += line.len();
    }
    paragraphs.retain(|lines| !lines.is_empty());
    (!paragraphs.is_empty()).then_some(paragraphs)
}

/// A block that is one quotation from end to end.
fn whole_quotation(reading: &Reading<'_>, block: Span) -> Option<Span> {
    let at = reading.quotations.partition_point(|q| q.outer.start() < block.start());
    let quotation = reading.quotations.get(at).filter(|q| q.outer.start() == block.start())?;
    (quotation.outer.end() == block.end()).then_some(quotation.outer)
}

/// Source and cue of a block that ends in a colon.
fn introduction(reading: &Reading<'_>, block: usize) -> Option<(Vec<Span>, Vec<Span>)> {
    let tokens = reading.block(block);
    let text = reading.text.slice(reading.article.blocks[block].span);
    if tokens.is_empty() || !text.ends_with(':') || text.starts_with('>') {
        return None;
    }
    let verb = main_verb(reading, tokens.end - 1)?;
    let source = source::of_verb(reading, verb)?;
    let cue = source::cue(reading, verb, None);
    let spans =
        |ranges: &[std::ops::Range<TokenId>]| ranges.iter().filter_map(|range| reading.span(range)).collect();
    Some((spans(&[source]), spans(&cue)))
}

/// The last verb before a colon that is not subordinate: “wrote to his members on Monday:”.
fn main_verb(reading: &Reading<'_>, colon: TokenId) -> Option<TokenId> {
    let sentence = reading.sentence(colon);
    let is_main = |at: &TokenId| {
        let token = reading.token(*at);
        reading.is_verb(*at)
            && !matches!(
                token.dep,
                Dep::Relcl | Dep::Acl | Dep::Amod | Dep::Aux | Dep::Auxpass | Dep::Pcomp | Dep::Xcomp
            )
            && token.pos != Pos::Aux
    };
    let head = Some(reading.token(colon).head).filter(is_main);
    head.or_else(|| sentence.rev().take(60).find(is_main))
}

/// Whether an unmarked paragraph is what somebody wrote: “wrote:”, “read:”, and no cue of its own in it.
fn is_written(reading: &Reading<'_>, cue: &[Span], block: Span) -> bool {
    let lemma = |span: &Span| reading.tokens_of(*span).next_back().map(|at| &*reading.token(at).lemma);
    let written = cue
        .iter()
        .any(|span| matches!(lemma(span), Some("write" | "read" | "tweet" | "post" | "state" | "say")));
    let text = reading.text.slice(block);
    written && !text.starts_with(['“', '"', '•', '*', '-', '‘']) && !text.contains(['“', '"'])
}
