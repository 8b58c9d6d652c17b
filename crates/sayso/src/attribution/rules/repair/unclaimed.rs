//! Quotations that no cue claims: they go on with somebody's words, or nobody signs them.

use super::{Work, spans};
use crate::attribution::rules::reading::Reading;
use crate::attribution::rules::speech;
use crate::attribution::{Attribution, Reason};
use crate::quotations::Quotation;
use crate::text::Span;

/// How many pieces before a quotation are looked at for one that holds it.
const MAX_LOOK_BACK: usize = 16;

pub(super) fn claim(reading: &Reading<'_>, work: &mut Work) {
    let mut claims = Claims::new(reading, work);
    for at in (0..reading.quotations.len()).filter(|at| reading.quotations[*at].depth == 0) {
        let quotation = &reading.quotations[at];
        if claims.holder(work, quotation.outer).is_some() || !speech::is_utterance(reading, quotation) {
            continue;
        }
        if let Some((owner, rule)) = claims.same_paragraph(reading, work, at) {
            let one = &mut work.list[owner];
            let in_order = one.content.last().is_some_and(|last| last.end() < quotation.outer.start());
            one.content.push(quotation.outer);
            if !in_order {
                one.content = spans::tidy(std::mem::take(&mut one.content));
            }
            one.because.push(Reason { field: "content", rule, span: quotation.outer });
            claims.add(quotation.outer, owner);
            continue;
        }
        if let Some(continues) = claims.goes_on(reading, work, at) {
            let rule = if continues.is_some() { "speaker goes on" } else { "unsigned quotation" };
            let new = Attribution {
                source: Vec::new(),
                cue: Vec::new(),
                content: vec![quotation.outer],
                continues,
                inside: None,
                score: continues.map_or(0.4, |before| work.list[before].score.min(0.6)),
                because: vec![Reason { field: "content", rule, span: quotation.outer }],
            };
            let new = work.push(new);
            claims.add(quotation.outer, new);
            // whoever speaks behind it in this paragraph is still the last
            let block = &mut claims.last_in_block[quotation.block as usize];
            let place = block.partition_point(|(place, _)| *place <= quotation.outer.start());
            block.insert(place, (quotation.outer.start(), new));
        }
    }
}

/// Which attribution holds which words.
struct Claims {
    pieces: Vec<(Span, usize)>,
    /// Pieces added since, in order.
    added: Vec<(Span, usize)>,
    /// For each block its attributions by the place of their cue.
    last_in_block: Vec<Vec<(usize, usize)>>,
}

impl Claims {
    fn new(reading: &Reading<'_>, work: &Work) -> Self {
        let mut pieces: Vec<(Span, usize)> =
            work.alive().flat_map(|at| work.list[at].content.iter().map(move |piece| (*piece, at))).collect();
        pieces.sort_unstable();
        let mut last_in_block = vec![Vec::new(); reading.article.blocks.len()];
        for at in work.alive() {
            let one = &work.list[at];
            let place = one.cue.first().or(one.content.first()).map(|span| span.start());
            if let Some((place, block)) = place.and_then(|place| Some((place, reading.block_at(place)?))) {
                last_in_block[block].push((place, at));
            }
            // a cue in the line before a quoted block speaks in that block
            let said_in = one.content.first().and_then(|piece| reading.block_at(piece.start()));
            if let (Some(cue), Some(block)) = (one.cue.first(), said_in)
                && reading.block_at(cue.start()) != Some(block)
            {
                last_in_block[block].push((one.content[0].start(), at));
            }
        }
        last_in_block.iter_mut().for_each(|block| block.sort_unstable());
        Self { pieces, added: Vec::new(), last_in_block }
    }

    fn add(&mut self, span: Span, owner: usize) {
        self.added.push((span, owner));
    }

    /// An attribution that has words of this span.
    fn holder(&self, work: &Work, span: Span) -> Option<usize> {
        let end = self.pieces.partition_point(|(piece, _)| piece.start() < span.end());
        let mut before = self.pieces[..end].iter().rev().take(MAX_LOOK_BACK);
        let old = before
            .find(|(piece, at)| piece.overlaps(span) && work.is_alive(*at) && !inside_only(work, *at, span));
        let new = self.added.last().filter(|(piece, _)| piece.overlaps(span));
        old.or(new).map(|(_, at)| *at)
    }

    /// Whose statement a further quotation of the same paragraph belongs to.
    fn same_paragraph(&self, reading: &Reading<'_>, work: &Work, at: usize) -> Option<(usize, &'static str)> {
        let quotation = &reading.quotations[at];
        let block = &self.last_in_block[quotation.block as usize];
        let before = block.partition_point(|(place, _)| *place < quotation.outer.start());
        let top = block[..before]
            .iter()
            .rev()
            .take(MAX_LOOK_BACK)
            .map(|(_, one)| *one)
            .find(|one| is_top(reading, work, *one));
        if let Some(owner) = top {
            let one = &work.list[owner];
            let last = one.content.last().copied().filter(|last| last.end() <= quotation.outer.start());
            let direct = last.is_some_and(|last| ends_in_quotation(reading, last))
                || one.content.first().is_some_and(|piece| starts_in_quotation(reading, *piece));
            let between = last.and_then(|last| reading.text.span_at(last.end(), quotation.outer.start()));
            let colon = between.is_some_and(|between| reading.text.slice(between).trim_end().ends_with(':'));
            let ready = last.is_some()
                || one.content.first().is_some_and(|first| first.start() > quotation.outer.end());
            return (ready && (direct || colon)).then_some((owner, "same paragraph"));
        }
        // “We asked.” “Nobody came,” she said.
        let next = reading.quotations.get(at + 1..)?.iter().find(|next| next.depth == 0)?;
        let between = reading.text.span_at(quotation.outer.end(), next.outer.start())?;
        let adjacent = next.block == quotation.block && reading.text.slice(between).trim().is_empty();
        let owner = self.holder(work, next.outer)?;
        adjacent.then_some((owner, "same paragraph"))
    }

    /// Whose words a quotation at the head of a paragraph goes on with; `Some(None)` if nobody's.
    fn goes_on(&self, reading: &Reading<'_>, work: &Work, at: usize) -> Option<Option<usize>> {
        let quotation = &reading.quotations[at];
        let block = reading.article.blocks.get(quotation.block as usize)?;
        let own = &self.last_in_block[quotation.block as usize];
        let starts_block = block.span.start() == quotation.outer.start();
        if !starts_block {
            // "Lund said the deal was off. “We are done.”": the same speaker in other words
            let before = own.partition_point(|(place, _)| *place < quotation.outer.start());
            let last = own[..before]
                .iter()
                .rev()
                .map(|(_, one)| *one)
                .take(MAX_LOOK_BACK)
                .find(|one| is_top(reading, work, *one))?;
            return starts_sentence(reading, quotation).then_some(Some(last));
        }
        let before = (0..quotation.block as usize).rev().find(|at| reading.article.blocks[*at].is_read());
        let speaks = |block: usize| {
            let all = &self.last_in_block[block];
            all.iter().rev().map(|(_, one)| *one).take(MAX_LOOK_BACK).find(|one| is_top(reading, work, *one))
        };
        match before.and_then(speaks) {
            Some(last) => Some(Some(last)),
            None => {
                let rest = reading.text.span_at(quotation.outer.end(), block.span.end())?;
                let alone = !reading.text.slice(rest).contains(char::is_alphanumeric);
                (alone && reading.text.slice(quotation.inner).split_whitespace().nth(2).is_some())
                    .then_some(None)
            }
        }
    }
}

/// Said by the article's own voices and not by somebody within a quotation.
fn is_top(reading: &Reading<'_>, work: &Work, at: usize) -> bool {
    let one = &work.list[at];
    work.is_alive(at) && one.cue.first().is_none_or(|cue| reading.quoted_in_byte(cue.start()).is_none())
}

/// Whether an attribution stands wholly within a span, cue and all: it does not claim the span.
fn inside_only(work: &Work, at: usize, span: Span) -> bool {
    let one = &work.list[at];
    one.content.iter().all(|piece| piece.start() > span.start())
        && one.cue.iter().any(|cue| span.contains(*cue))
}

fn ends_in_quotation(reading: &Reading<'_>, piece: Span) -> bool {
    reading
        .quotations_around(piece.end() - 1)
        .any(|(_, q)| q.outer.start() <= piece.start() || piece.contains(q.outer))
}

fn starts_in_quotation(reading: &Reading<'_>, piece: Span) -> bool {
    reading.quotations_around(piece.start()).next().is_some()
}

fn starts_sentence(reading: &Reading<'_>, quotation: &Quotation) -> bool {
    let at = reading.token_at(quotation.outer.start());
    at < reading.len()
        && reading.sentence(at).start == at
        && reading.text.slice(quotation.inner).split_whitespace().nth(1).is_some()
}
