//! Names that stand within other words: “the *Orr* campaign”, “*Coast Guard* Commandant Ana Moor”.
//!
//! In: the sources. Out: their further mentions. A name is one where it stands whole, in capitals, outside everybody's names, and the recogniser
//! of entities does not take it for part of a longer one.

use super::Identity;
use super::page::Page;
use crate::ledger::SourceStatus;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{EntityKind, Pos};
use std::collections::HashMap;

/// Names that begin with the same word.
const MOST: usize = 16;

/// Adds the mentions.
pub(super) fn add(page: &Page, sources: &mut [Identity]) {
    let text = &page.article.text;
    // by first word: a name and whose it is, nobody's where two have it
    let mut names: HashMap<String, Vec<(String, Option<usize>)>> = HashMap::new();
    let named = sources.iter().enumerate().filter(|(_, source)| source.status == SourceStatus::Named);
    for (at, name) in named.flat_map(|(at, source)| source.names.iter().map(move |name| (at, name))) {
        let Some(first) = name.split_whitespace().next().filter(|first| first.chars().count() > 1) else {
            continue;
        };
        let same = names.entry(first.to_owned()).or_default();
        match same.iter().position(|(other, _)| other == name) {
            Some(known) if same[known].1 != Some(at) => same[known].1 = None,
            Some(_) => {}
            None if same.len() < MOST => same.push((name.clone(), Some(at))),
            None => {}
        }
    }
    let mut named: Vec<Span> = sources
        .iter()
        .flat_map(|source| source.mentions.iter().map(move |mention| (source, *mention)))
        .filter(|(source, mention)| source.names.iter().any(|name| name == text.slice(*mention)))
        .map(|(_, mention)| mention)
        .collect();
    named.sort_unstable();
    let is_named = |span: Span| {
        let before = named.partition_point(|other| other.start() <= span.start());
        let near = before.saturating_sub(2)..named.len().min(before + 1);
        named[near].iter().any(|other| other.overlaps(span))
    };
    let mut further: Vec<(usize, Span)> = Vec::new();
    let mut at: TokenId = 0;
    while at < page.end() {
        let known = names.get(page.word(at)).map_or(&[][..], Vec::as_slice);
        let here = known.iter().filter(|_| page.is_capital(at));
        let here = here.filter_map(|(name, who)| Some((end_of(page, at, name)?, *who)));
        let Some((end, who)) = here.max_by_key(|(end, _)| *end) else {
            at += 1;
            continue;
        };
        let span = page.span(at, end);
        if let Some(who) = who.filter(|_| !is_named(span) && is_whole(page, at, end)) {
            further.push((who, span));
        }
        at = end;
    }
    for (who, span) in further {
        sources[who].mentions.push(span);
    }
    for source in sources {
        source.mentions.sort_unstable();
        source.mentions.dedup();
    }
}

/// One past the last token of a name that starts at a token, if it stands there.
fn end_of(page: &Page, first: TokenId, name: &str) -> Option<TokenId> {
    let start = page.token(first).span.start();
    let end = start + name.len();
    page.article.text.as_str().get(start..end).filter(|found| *found == name)?;
    let last = page.tokens_in(Span::at(start, end)).end;
    (last > first && page.token(last - 1).span.end() == end).then_some(last)
}

/// Whether no longer name stands there: not “Orr” of “Orr Street” or “Ana Orr”.
fn is_whole(page: &Page, first: TokenId, end: TokenId) -> bool {
    let is_own = |at: TokenId| {
        page.entity(at).is_none_or(|entity| {
            let opener = (entity.first..first).all(|at| matches!(page.word(at), "the" | "The"));
            let is_time = matches!(entity.kind, EntityKind::Date | EntityKind::Time);
            !is_time && entity.end <= end && (entity.first >= first || opener)
        })
    };
    let joins = |at: TokenId| page.word(at) == "-";
    let before = first.checked_sub(1).is_some_and(|at| {
        joins(at)
            || page.is_capital(at)
                && page.is_proper(at)
                && !page.is_first(at)
                && page.words.title(page.word(at)).is_none()
    });
    // “Brown bears” are nobody's
    let is_name = page.token(end - 1).pos == Pos::Propn;
    is_name && (first..end).all(is_own) && !joins(end) && !before
}
