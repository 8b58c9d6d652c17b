//! The day from which an article counts: its publication, or the date that the article itself starts with.

use crate::article::{Article, BlockRole};
use crate::text::Span;
use crate::time::calendar::Frame;
use crate::time::days::{Days, Grain, one_day};
use crate::time::expression::{Core, Year};
use crate::time::{Kind, Lean, Timex};
use jiff::civil::Date;

/// The day of publication, with the words that say so if they are the article's own.
pub(super) fn day(article: &Article) -> Option<(Date, Option<Span>)> {
    match &article.origin.published {
        Some(date) => one_day(date).map(|day| (day, None)),
        None => dateline(article).map(|(day, span)| (day, Some(span))),
    }
}

/// "Tuesday, November 9, 2021" on a line of its own, "The Harbour Post | Saturday 9 November 2019", or "LINNOW, 12 October 2018 (Agency) —", among
/// the first blocks.
fn dateline(article: &Article) -> Option<(Date, Span)> {
    const FIRST_BLOCKS: usize = 5;
    /// In bytes.
    const LONGEST: usize = 90;
    for block in article.blocks.iter().take(FIRST_BLOCKS) {
        let text = article.text.slice(block.span);
        let dash = text.find(['—', '–']).or_else(|| text.find(" - ")).or_else(|| text.find(" -- "));
        let (line, is_whole) = match dash.filter(|dash| *dash <= LONGEST) {
            Some(dash) if block.role != BlockRole::Title => (text.get(..dash)?, false),
            Some(_) | None => (text, true),
        };
        if line.len() > LONGEST {
            continue;
        }
        let found = crate::time::read(line, 0, &mut Frame::default());
        // "Saturday 9 November 2019 | 5 min read"
        let is_full = |timex: &&Timex| matches!(timex.expression.core, Core::Day { year: Year::Is(_), .. });
        let is_dated = |timex: &&Timex| matches!(timex.kind, Kind::Date | Kind::Time);
        let Some(timex) = found.iter().find(is_full) else { continue };
        if found.iter().filter(is_dated).count() > 1 {
            continue;
        }
        let is_date = if is_whole { is_imprint(line, timex) } else { is_place(line) };
        let days: Option<Days> = timex.days(Frame::default(), Lean::Near);
        if let Some(days) = days.filter(|days| is_date && days.grain == Grain::Day) {
            let start = block.span.start();
            let span = Span::at(start + timex.span.start(), start + timex.span.end());
            return Some((days.first, span));
        }
    }
    None
}

/// Whether a line is nothing but a date with the name of the paper, and no sentence: not "What happened on 3 May 2014".
fn is_imprint(line: &str, timex: &Timex) -> bool {
    /// "Published: ", "Updated ", in bytes.
    const LABEL: usize = 14;
    let rest = line.len().saturating_sub(timex.span.len());
    let words = line.get(timex.span.range()).unwrap_or_default().to_lowercase();
    let has_weekday =
        words.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 5 && word.ends_with("day"));
    let is_sentence = line.trim_end().ends_with(['.', '?', '!', '”', '"', ':']);
    let before = line.get(..timex.span.start()).unwrap_or_default().trim_end();
    let is_adverb = before.ends_with(" on") || before.ends_with(" of");
    rest <= LABEL && !is_adverb || (has_weekday || line.contains('|')) && !is_sentence && !is_adverb
}

/// Whether the start of a paragraph names a place, and perhaps an agency: "SANT ORRE, Friday, 12 October 2018 (Southern Cable)".
fn is_place(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_uppercase) && !line.contains(['“', '"', '?', ':'])
}
