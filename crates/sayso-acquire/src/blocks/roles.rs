//! What each unit of a text is.
//!
//! Labels are given from the surest to the least sure: lines printed twice, lines that name
//! themselves (furniture, credits, corrections), the headline, what hangs below the article, and last
//! the short lines in between. In doubt a unit is a paragraph: it is read.

use super::furniture::{self, Furniture};
use super::wrap::Unit;
use super::{credits, shape};
use sayso::article::BlockRole;
use std::ops::Range;

/// A caption or a crosshead that is longer is a paragraph.
const MOST_CAPTION_WORDS: usize = 40;
const MOST_HEADING_WORDS: usize = 10;
const MOST_TITLE_WORDS: usize = 30;

/// `known` holds what the source says of a unit itself, such as a heading's markup.
pub(super) fn of(units: &[Unit<'_>], known: &[Option<BlockRole>]) -> Vec<BlockRole> {
    let hung: Vec<Option<Furniture>> = units.iter().map(|unit| furniture::of(unit.text)).collect();
    let mut roles: Vec<Option<BlockRole>> = units.iter().zip(&hung).map(|(u, f)| named(u.text, *f)).collect();
    for (role, known) in roles.iter_mut().zip(known) {
        *role = role.or(*known);
    }
    repeated(units, &mut roles);
    let article = article(units, &hung);
    if known.iter().all(Option::is_none) {
        around(units, &article, &mut roles);
    }
    title(units, &mut roles);
    links(units, &hung, &mut roles);
    below(units, &hung, article.end, &mut roles);
    (0..units.len()).map(|at| roles[at].unwrap_or_else(|| plain(units, &roles, at))).collect()
}

/// What a line says itself to be.
fn named(text: &str, hung: Option<Furniture>) -> Option<BlockRole> {
    if hung.is_some() {
        Some(BlockRole::Boilerplate)
    } else if credits::is_correction(text) {
        Some(BlockRole::Correction)
    } else if credits::is_caption(text) {
        Some(BlockRole::Caption)
    } else if credits::is_credit(text) {
        Some(BlockRole::Credit)
    } else {
        None
    }
}

/// A line printed twice in a row stands under a picture; at the top it is the headline with its copy.
fn repeated(units: &[Unit<'_>], roles: &mut [Option<BlockRole>]) {
    // how many units from the top are no text
    let mut above = 0;
    for at in 1..units.len() {
        let is_no_text = |role: Option<BlockRole>| role.is_some_and(|role| !role.is_read());
        above += usize::from(at > 1 && above == at - 2 && is_no_text(roles[at - 2]));
        let text = units[at].text;
        let twice = units[at - 1].text == text && shape::words(text) <= MOST_CAPTION_WORDS;
        if !twice || shape::quotes(text) || shape::is_turn(text) || roles[at] == Some(BlockRole::Boilerplate)
        {
            continue;
        }
        let first = above == at - 1;
        roles[at] = Some(BlockRole::Caption);
        if first && !shape::ends_sentence(text) {
            roles[at - 1] = Some(BlockRole::Title);
        } else {
            roles[at - 1] = Some(BlockRole::Caption);
        }
    }
}

/// The first line, if it reads like a headline, and a lead-in under it.
fn title(units: &[Unit<'_>], roles: &mut [Option<BlockRole>]) {
    if roles.contains(&Some(BlockRole::Title)) {
        return;
    }
    let Some(first) = roles.iter().position(Option::is_none) else { return };
    let text = units[first].text;
    let followed = units[first + 1..].iter().any(|unit| is_prose(unit.text));
    let headline = shape::words(text) <= MOST_TITLE_WORDS
        && !text.ends_with(['.', ':', ',', ';'])
        // "Mayor: ‘No tram’" is a headline, "MAYOR: No tram." is not.
        && !(shape::ends_sentence(text) && (shape::is_turn(text) || shape::quotes(text)))
        && !shape::is_block_quote(text)
        && shape::list_item(text).is_none()
        && shape::signature(text).is_none();
    if !(headline && followed) {
        return;
    }
    roles[first] = Some(BlockRole::Title);
    let Some(second) = (first + 1..units.len()).find(|at| roles[*at].is_none()) else { return };
    let lead = units[second].text;
    let more = units[second + 1..].iter().any(|unit| is_prose(unit.text));
    if more && (6..=MOST_TITLE_WORDS + 10).contains(&shape::words(lead)) && !is_prose(lead) && !is_own(lead) {
        roles[second] = Some(BlockRole::Standfirst);
    }
}

/// A headline of another article under "Read also".
fn links(units: &[Unit<'_>], hung: &[Option<Furniture>], roles: &mut [Option<BlockRole>]) {
    let mut after_pointer = false;
    for at in 0..units.len() {
        let link = roles[at].is_none() && !is_prose(units[at].text) && !is_own(units[at].text);
        if after_pointer && link {
            roles[at] = Some(BlockRole::Boilerplate);
        }
        after_pointer = hung[at] == Some(Furniture::Pointer) || (after_pointer && link);
    }
}

/// What comes after the article: behind the end of the stretch of units with the greatest sum, where
/// prose counts for it and furniture and loose lines against.
fn below(units: &[Unit<'_>], hung: &[Option<Furniture>], end: usize, roles: &mut [Option<BlockRole>]) {
    if !hung[end..].iter().any(Option::is_some) {
        return;
    }
    let first = end + hung[end..].iter().position(Option::is_some).unwrap_or(0);
    for at in first..units.len() {
        if roles[at].is_none_or(|role| role == BlockRole::Caption) && !is_own(units[at].text) {
            roles[at] = Some(BlockRole::Boilerplate);
        }
    }
}

/// The stretch of units with the greatest sum.
fn article(units: &[Unit<'_>], hung: &[Option<Furniture>]) -> Range<usize> {
    let (mut sum, mut best, mut start, mut found) = (0i64, 0i64, 0, 0..0);
    for (at, unit) in units.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum += weight(unit.text, hung[at]);
        if sum > best {
            (best, found) = (sum, start..at + 1);
        }
    }
    found
}

/// Loose lines before the article that make a text one that was copied with all of its page.
const FEWEST_LOOSE: usize = 12;
/// Lines between the headline of such a text and its article.
const HEADLINE_WITHIN: usize = 15;

/// Menus before the article and links behind it, in a text that was copied with all of its page.
fn around(units: &[Unit<'_>], article: &Range<usize>, roles: &mut [Option<BlockRole>]) {
    let is_loose = |at: &usize| !is_prose(units[*at].text);
    if (0..article.start).filter(is_loose).count() < FEWEST_LOOSE {
        return;
    }
    let is_headline = |at: &usize| {
        let words = shape::words(units[*at].text);
        roles[*at].is_none()
            && (4..=MOST_TITLE_WORDS).contains(&words)
            && !shape::ends_sentence(units[*at].text)
    };
    let headline = (article.start.saturating_sub(HEADLINE_WITHIN)..article.start).rev().find(is_headline);
    let has_title = roles.contains(&Some(BlockRole::Title));
    for at in (0..article.start).chain(article.end..units.len()) {
        // sentences are read, wherever they stand, but for those above the headline
        let is_above = headline.is_some_and(|headline| at < headline);
        if roles[at] == Some(BlockRole::Title) || !(is_above || is_loose(&at)) {
            continue;
        }
        if Some(at) == headline && !has_title {
            roles[at] = Some(BlockRole::Title);
        } else if roles[at].is_none_or(|role| role != BlockRole::Credit && role != BlockRole::Correction) {
            roles[at] = Some(BlockRole::Boilerplate);
        }
    }
}

fn weight(text: &str, hung: Option<Furniture>) -> i64 {
    let words = i64::try_from(shape::words(text).min(40)).unwrap_or(40);
    match hung {
        Some(_) => -45,
        None if is_prose(text) => words,
        None => -3,
    }
}

/// The lines that are left.
fn plain(units: &[Unit<'_>], roles: &[Option<BlockRole>], at: usize) -> BlockRole {
    let text = units[at].text;
    let before = units[..at].last().map(|unit| unit.text);
    let signs = before.is_some_and(|before| shape::closes_quotation(before) || shape::is_block_quote(before));
    if signs && shape::signature(text).is_some() {
        BlockRole::Paragraph
    } else if shape::list_item(text).is_some() {
        BlockRole::List
    } else if is_crosshead(units, roles, at) {
        BlockRole::Heading
    } else {
        BlockRole::Paragraph
    }
}

/// "political tension", "A night visit": a short line with no stop, set apart, with prose to come.
fn is_crosshead(units: &[Unit<'_>], roles: &[Option<BlockRole>], at: usize) -> bool {
    let text = units[at].text;
    let words = shape::words(text);
    let short = words <= MOST_HEADING_WORDS && text.chars().count() <= 80;
    if !short || shape::ends_sentence(text) || is_own(text) {
        return false;
    }
    let prose_below = units[at + 1..].iter().zip(&roles[at + 1..]).find(|(_, role)| role.is_none());
    prose_below.is_some_and(|(unit, _)| is_prose(unit.text) || !unit.text.is_empty() && words <= 6)
}

/// What is prose whatever its length: turns, quotations, announcements, signatures, block quotes.
fn is_own(text: &str) -> bool {
    shape::is_turn(text)
        || shape::announces(text)
        || shape::is_block_quote(text)
        || shape::list_item(text).is_some()
        || shape::signature(text).is_some()
        || (shape::quotes(text) && (shape::ends_sentence(text) || !wholly_quoted(text)))
}

/// "“A white flag”": words of somebody as a crosshead.
fn wholly_quoted(text: &str) -> bool {
    shape::opens_quotation(text) && shape::closes_quotation(text)
}

/// Whether it reads as sentences do.
fn is_prose(text: &str) -> bool {
    let words = shape::words(text);
    is_own(text)
        || words >= 25
        || (words >= 4 && shape::ends_sentence(text))
        || (words >= 2 && shape::ends_sentence(text) && shape::quotes(text))
}
