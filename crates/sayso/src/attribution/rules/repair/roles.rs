//! The boundaries of source, cue and content.

use super::{Work, spans};
use crate::attribution::Attribution;
use crate::attribution::rules::reading::Reading;
use crate::attribution::rules::source;
use crate::lexicon::{self, NounClass};
use crate::quotations::{Edge, Quotation};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};

/// Marks that a role neither starts nor ends with.
const LOOSE: [char; 9] = [',', ';', ':', '—', '–', '-', '…', '•', '|'];

/// A longer modifier before a name is no part of it.
const MAX_ADDED: TokenId = 12;

/// Mends each attribution by itself; words in later paragraphs become attributions of their own.
pub(super) fn mend(reading: &Reading<'_>, work: &mut Work) {
    for at in 0..work.list.len() {
        let one = &mut work.list[at];
        one.cue = spans::tidy(cue(reading, std::mem::take(&mut one.cue)));
        // a name before a colon or after a dash is as long as its line says
        if !one.cue.is_empty() {
            one.source = source_words(reading, std::mem::take(&mut one.source));
        }
        one.source = spans::tidy(std::mem::take(&mut one.source));
        for span in &mut one.source {
            *span = without_relative(reading, *span);
        }
        one.source = trimmed(reading, spans::without(&one.source, &one.cue));
        let whole = spans::tidy(snapped(reading, one));
        let (home, away) = by_block(reading, one, whole);
        one.content = content(reading, one, home);
        let first = one.clone();
        for piece in away {
            let mut further = Attribution {
                source: Vec::new(),
                cue: Vec::new(),
                content: vec![piece],
                continues: Some(at),
                inside: None,
                ..first.clone()
            };
            further.content = content(reading, &further, vec![piece]);
            if !further.content.is_empty() {
                work.push(further);
            }
        }
        if work.list[at].content.is_empty() {
            work.remove(at);
        }
    }
}

/// A cue with the auxiliaries and the negation of its verb.
fn cue(reading: &Reading<'_>, cue: Vec<Span>) -> Vec<Span> {
    let mut widened = cue.clone();
    for span in &cue {
        let verb = reading
            .tokens_of(*span)
            .find(|at| reading.is_verb(*at) && !matches!(reading.token(*at).dep, Dep::Aux | Dep::Auxpass));
        let Some(verb) = verb else { continue };
        widened.extend(source::cue(reading, verb, None).iter().filter_map(|range| reading.span(range)));
    }
    trimmed(reading, spans::tidy(widened))
}

/// A source with the words that belong to its noun: article, name, appositive.
fn source_words(reading: &Reading<'_>, source: Vec<Span>) -> Vec<Span> {
    let Some(last) = source.last().copied() else { return source };
    let mut widened = source;
    let tokens = reading.tokens_of(last);
    let head = tokens.clone().find(|at| {
        let token = reading.token(*at);
        matches!(token.pos, Pos::Noun | Pos::Propn) && !(tokens.contains(&token.head) && token.head != *at)
    });
    // “the” alone: the noun that it goes with
    let cut = || {
        let at = tokens.end.checked_sub(1).filter(|at| reading.token(*at).dep == Dep::Det)?;
        Some(reading.token(at).head).filter(|head| *head > at)
    };
    let Some(head) = head.or_else(cut) else { return widened };
    let mut first = tokens.start;
    let is_part = |at: TokenId| {
        let dep = reading.token(at).dep;
        let of_name =
            matches!(dep, Dep::Det | Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Nummod | Dep::Poss);
        of_name && (!reading.is_verb(at) || dep == Dep::Amod)
    };
    for child in reading.children(head).iter().rev().copied().filter(|child| *child < tokens.start) {
        let extent = reading.extent(child);
        if !is_part(child) || extent.end != first || first - extent.start > MAX_ADDED {
            break;
        }
        first = extent.start;
    }
    if let Some(bearer) = bearer(reading, head, first) {
        first = bearer;
    }
    if let Some(office) = office_of(reading, head, first) {
        first = source::noun_phrase(reading, office).start.min(first);
    }
    let appositive = reading.children(head).iter().copied().find(|child| {
        reading.token(*child).dep == Dep::Appos
            && reading.extent(*child).start <= tokens.end + 1
            && *child >= tokens.end
    });
    let end = appositive.map_or(tokens.end.max(head + 1), |appositive| {
        source::noun_phrase(reading, appositive).end.max(tokens.end)
    });
    widened.extend(reading.span(&(first..end)));
    widened
}

/// Where the office before a name starts: “the commander of the harbour, | Kenneth Renn, | said”.
fn bearer(reading: &Reading<'_>, head: TokenId, first: TokenId) -> Option<TokenId> {
    let token = reading.token(head);
    let before = token.head;
    let is_named =
        token.dep == Dep::Appos && token.pos == Pos::Propn && before < first && first - before <= 2;
    if !is_named {
        return None;
    }
    let start = source::noun_phrase(reading, before).start;
    if is_person(reading, before) {
        return Some(start);
    }
    office_of(reading, before, start).map(|office| source::noun_phrase(reading, office).start)
}

fn is_person(reading: &Reading<'_>, noun: TokenId) -> bool {
    let lemma = reading.token(noun).lemma.to_lowercase();
    lexicon::words().noun(&lemma).is_some_and(NounClass::is_human)
}

/// The person whose office a source was cut off from: "the commander of | the harbour police, Ada Renn, accused ...".
fn office_of(reading: &Reading<'_>, head: TokenId, first: TokenId) -> Option<TokenId> {
    let of = reading.token(head).head;
    let is_of = reading.token(head).dep == Dep::Pobj && of + 1 == first && &*reading.token(of).lemma == "of";
    let office = reading.token(of).head;
    (is_of && office < of && is_person(reading, office)).then_some(office)
}

/// Content with the whole of every quotation that it takes a part of.
fn snapped(reading: &Reading<'_>, one: &Attribution) -> Vec<Span> {
    let outside = |around: Span| !one.cue.iter().chain(&one.source).any(|span| around.overlaps(*span));
    one.content
        .iter()
        .map(|piece| {
            let mut whole = *piece;
            for byte in [piece.start(), piece.end().saturating_sub(1)] {
                for (_, quotation) in reading.quotations_around(byte) {
                    let (outer, inner) = (quotation.outer, quotation.inner);
                    // “The vote was fair, the clerk said. No closing mark, and the cue is caught inside
                    if quotation.closed == Edge::Missing && !quotation.goes_on && byte == inner.start() {
                        whole = whole.cover(Span::at(outer.start(), inner.start()));
                    }
                    if whole.contains(outer) || !outside(outer) {
                        continue;
                    }
                    let words = Span::at(
                        inner.start().max(piece.start()),
                        inner.end().min(piece.end()).max(inner.start().max(piece.start())),
                    );
                    if reading.text.slice(words).contains(char::is_alphanumeric) {
                        whole = whole.cover(outer);
                    }
                }
            }
            whole
        })
        .collect()
}

/// Content in the paragraph of the cue, or else in the first paragraph, and pieces in others.
fn by_block(reading: &Reading<'_>, one: &Attribution, whole: Vec<Span>) -> (Vec<Span>, Vec<Span>) {
    let mut pieces: Vec<(usize, Span)> = Vec::with_capacity(whole.len());
    for span in whole {
        let first = reading.article.blocks.partition_point(|block| block.span.end() <= span.start());
        for (at, block) in (first..)
            .zip(&reading.article.blocks[first..])
            .take_while(|(_, block)| block.span.start() < span.end())
        {
            let part = Span::at(block.span.start().max(span.start()), block.span.end().min(span.end()));
            if block.is_read() && !part.is_empty() {
                pieces.push((at, part));
            }
        }
    }
    let of_cue = one.cue.first().and_then(|cue| reading.block_at(cue.start()));
    let home =
        of_cue.filter(|home| pieces.iter().any(|(at, _)| at == home)).or(pieces.first().map(|(at, _)| *at));
    let (here, away): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|(at, _)| Some(*at) == home);
    let spans = |pieces: Vec<(usize, Span)>| pieces.into_iter().map(|(_, span)| span).collect();
    (spans(here), spans(away))
}

/// Content without the other roles, and without loose marks at its ends.
fn content(reading: &Reading<'_>, one: &Attribution, pieces: Vec<Span>) -> Vec<Span> {
    let mut roles: Vec<Span> = one.cue.iter().chain(&one.source).copied().collect();
    roles.sort_unstable();
    let pieces = spans::without(&spans::tidy(pieces), &roles);
    let cue_sentence = one
        .cue
        .first()
        .map(|cue| reading.token_at(cue.start()))
        .filter(|at| *at < reading.len())
        .map(|at| reading.token(at).sentence);
    let mut kept: Vec<Span> =
        pieces.into_iter().filter_map(|piece| content_piece(reading, piece, cue_sentence)).collect();
    // a mark that was cut off from its words, or a lone "and" between cue and rest
    if kept.len() > 1 {
        kept.retain(|piece| {
            reading.text.slice(*piece).chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
        });
    }
    kept
}

fn content_piece(reading: &Reading<'_>, piece: Span, cue_sentence: Option<u32>) -> Option<Span> {
    let mut piece = reading.text.trim(piece);
    loop {
        let text = reading.text.slice(piece);
        let (first, last) = (text.chars().next()?, text.chars().next_back()?);
        let quoted = |byte: usize| {
            reading.quotations_around(byte).next().is_some_and(|(_, q)| piece.contains(q.outer))
        };
        if LOOSE.contains(&first) || is_lone_mark(reading, piece.start(), piece, first) || first == '.' {
            piece = reading.text.trim(Span::at(piece.start() + first.len_utf8(), piece.end()));
            continue;
        }
        let end = piece.end() - last.len_utf8();
        // "said the road was open | and warned"
        if cue_sentence.is_some()
            && let Some(rest) =
                [" and", " but", " while", " as"].iter().find_map(|link| text.strip_suffix(link))
            && !quoted(end)
        {
            piece = reading.text.trim(Span::at(piece.start(), piece.start() + rest.len()));
            continue;
        }
        let stop = last == '.' && cue_sentence.is_some() && is_full_stop(reading, end, cue_sentence);
        if (LOOSE.contains(&last) && last != '…' || stop) && !quoted(end)
            || is_lone_mark(reading, end, piece, last)
        {
            piece = reading.text.trim(Span::at(piece.start(), end));
            continue;
        }
        return text.contains(char::is_alphanumeric).then_some(piece);
    }
}

/// A stop that ends the sentence of the cue, and no abbreviation.
fn is_full_stop(reading: &Reading<'_>, byte: usize, cue_sentence: Option<u32>) -> bool {
    let at = reading.token_at(byte);
    if at >= reading.len() {
        return true;
    }
    let token = reading.token(at);
    Some(token.sentence) == cue_sentence
        && token.span.start() == byte
        && (token.tag == Tag::Stop || token.pos == Pos::Punct)
}

/// A quotation mark at the edge whose partner is not in the piece.
fn is_lone_mark(reading: &Reading<'_>, byte: usize, piece: Span, mark: char) -> bool {
    let opens = |q: &Quotation| q.closed == Edge::Missing && q.outer.start() == byte;
    matches!(mark, '“' | '”' | '"' | '«' | '»' | '„')
        && !reading.quotations_around(byte).any(|(_, q)| opens(q))
        && !reading.quotations_around(byte).any(|(_, q)| piece.contains(q.outer))
        && !reading
            .quotations_around(byte)
            .any(|(_, q)| q.outer.contains(piece) && q.inner.contains(Span::at(byte, byte + mark.len_utf8())))
}

/// Without white space and loose marks at the ends.
/// “an engineer, who”: the clause that “who” opens is no part of the name.
fn without_relative(reading: &Reading<'_>, span: Span) -> Span {
    let tokens = reading.tokens_of(span);
    match tokens.end.checked_sub(1).filter(|last| *last > tokens.start) {
        Some(last) if matches!(reading.token(last).tag, Tag::Wp | Tag::Wdt) => {
            Span::at(span.start(), reading.token(last - 1).span.end())
        }
        _ => span,
    }
}

fn trimmed(reading: &Reading<'_>, spans: Vec<Span>) -> Vec<Span> {
    let is_loose = |c: char| c.is_whitespace() || LOOSE.contains(&c);
    let trim = |span: Span| {
        let text = reading.text.slice(span);
        let start = span.start() + (text.len() - text.trim_start_matches(is_loose).len());
        let end = span.start() + text.trim_end_matches(is_loose).len();
        (start < end).then(|| Span::at(start, end))
    };
    spans.into_iter().filter_map(trim).collect()
}
