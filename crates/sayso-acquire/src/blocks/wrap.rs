//! Lines that are one paragraph: text wrapped at some width is joined again.
//!
//! A line was broken by a program if its next word would not have fitted. That cannot be told of one
//! break, but of a text: where nearly all breaks are of this kind and many of them in the middle of a
//! sentence, the text is wrapped, and the breaks that are not of this kind are its paragraphs.

use super::lines::Line;
use super::shape;

/// A paragraph, a headline, a list item: what gets one label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'t> {
    /// Where its first character is, in bytes.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

/// Widths in characters at which text is wrapped: mail, terminals, wire copy.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;

pub(super) fn join<'t>(text: &'t str, lines: &[Line<'t>]) -> Vec<Unit<'t>> {
    let width = width(lines);
    let mut units: Vec<Unit<'t>> = Vec::new();
    let mut before: Option<&Line<'t>> = None;
    for line in lines {
        let goes_on = before.is_some_and(|before| goes_on(before, line, width));
        match units.last_mut() {
            Some(unit) if goes_on => unit.text = &text[unit.start..line.start + line.text.len()],
            _ => units.push(Unit { start: line.start, text: line.text }),
        }
        before = Some(line);
    }
    units
}

/// Whether a line carries on the paragraph of the one before.
fn goes_on(before: &Line<'_>, line: &Line<'_>, width: Option<usize>) -> bool {
    if line.apart || starts_unit(line) {
        return false;
    }
    let length = chars(before.text) + before.indent;
    let mid_sentence = !shape::ends_sentence(before.text) && shape::starts_lowercase(line.text);
    match width {
        Some(_) if line.indent > before.indent + 1 && !is_item(before) => mid_sentence,
        Some(width) => is_forced(length, line.text, width) || (mid_sentence && length * 2 > width),
        // A single break in a text that is not wrapped.
        None => mid_sentence && WIDTHS.contains(&length),
    }
}

/// The width at which a text was wrapped, if it was.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[1].apart && !starts_unit(&pair[1]));
    let mut lengths: Vec<usize> = pairs().map(|pair| chars(pair[0].text) + pair[0].indent).collect();
    lengths.sort_unstable();
    // One line in fifty may be longer: an address on the web is not broken.
    let width = *lengths.get((lengths.len() * 49).div_ceil(50).checked_sub(1)?)?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let (mut all, mut forced, mut amid) = (0, 0, 0);
    for pair in pairs() {
        all += 1;
        forced += usize::from(is_forced(chars(pair[0].text) + pair[0].indent, pair[1].text, width));
        let mid = !shape::ends_sentence(pair[0].text) && shape::starts_lowercase(pair[1].text);
        amid += usize::from(mid);
    }
    (forced * 10 >= all * 7 && amid * 10 >= all * 3).then_some(width)
}

/// Whether the next line's first word would not have fitted.
fn is_forced(length: usize, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().unwrap_or_default();
    length + 1 + chars(word) > width
}

/// Lines that begin something of their own wherever they stand.
fn starts_unit(line: &Line<'_>) -> bool {
    is_item(line)
        || shape::is_turn(line.text)
        || shape::is_block_quote(line.text)
        || (line.text.starts_with(['—', '–', '―']) || line.text.starts_with("--"))
            && shape::signature(line.text).is_some()
}

fn is_item(line: &Line<'_>) -> bool {
    shape::list_item(line.text).is_some_and(|_| !line.text.starts_with(['—', '–', '―', '+']))
}

fn chars(text: &str) -> usize {
    text.chars().count()
}
