//! The day from which an article counts: its publication, or the date that the article itself starts with.

use crate::article::{Article, BlockRole};
use crate::time::calendar::Frame;
use crate::time::days::{Days, Grain, one_day};
use crate::time::expression::{Core, Year};
use jiff::civil::Date;

/// The day of publication.
pub(super) fn day(article: &Article) -> Option<Date> {
    match &article.origin.published {
        Some(date) => one_day(date),
        None => dateline(article),
    }
}

/// "Tuesday, November 9, 2021" on a line of its own, or "LINNOW, 12 October 2018 (Agency) —", among the first blocks.
fn dateline(article: &Article) -> Option<Date> {
    const FIRST_BLOCKS: usize = 4;
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
        let [timex] = found.as_slice() else { continue };
        let Core::Day { year: Year::Is(_), .. } = timex.expression.core else { continue };
        // nothing but the date, a place and an agency
        let rest = line.len() - timex.span.len();
        let is_date = if is_whole { rest <= 14 } else { rest <= 60 && !line.contains(['“', '"', '?']) };
        let days: Option<Days> = timex.days(Frame::default(), crate::time::Lean::Near);
        if let Some(days) = days.filter(|days| is_date && days.grain == Grain::Day) {
            return Some(days.first);
        }
    }
    None
}
