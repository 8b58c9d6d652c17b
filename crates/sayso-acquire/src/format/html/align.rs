//! Which lines of the page a paragraph of the extracted article is.
//!
//! In: paragraphs in the order of the page, as the finders rewrote them. Out: the lines of each, where that can be known: letters and digits
//! are compared, so that markup, marks and blanks do not matter.

use super::letters;
use super::lines::Line;
use super::prose::Paragraph;
use std::collections::HashSet;
use std::ops::Range;

/// Letters that tell the start and the end of a paragraph of which something was taken out.
const ENDS: usize = 24;
/// Paragraphs that may be looked for in the whole page.
const MOST_SEARCHES: usize = 500;

struct Page {
    letters: String,
    /// Where each line starts in the letters, and where the last one ends.
    starts: Vec<usize>,
}

/// Where a paragraph stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Lines(Range<usize>),
    /// Nowhere but where paragraphs before it stand.
    Again,
    Unknown,
}

/// Where each paragraph stands.
pub(super) fn of(paragraphs: &[Paragraph], lines: &[Line], first: usize) -> Vec<Place> {
    let mut page = Page { letters: String::new(), starts: Vec::new() };
    for line in lines {
        page.starts.push(page.letters.len());
        page.letters.push_str(&letters(&line.text));
    }
    page.starts.push(page.letters.len());
    let mut from = page.starts.get(first).copied().unwrap_or(0);
    let mut searches = 0;
    let mut seen = HashSet::new();
    let mut find = |paragraph: &Paragraph| {
        let wanted = letters(&paragraph.text);
        if wanted.is_empty() {
            return Place::Unknown;
        }
        let found = page.find(&wanted, from).or_else(|| {
            searches += 1;
            (searches < MOST_SEARCHES).then(|| page.find(&wanted, 0)).flatten()
        });
        let Some(found) = found else { return Place::Unknown };
        // a line of the page may be several paragraphs; the same words again on lines that are taken are none
        let is_behind = page.starts[found.start] >= from;
        if !seen.insert(wanted) && !is_behind {
            return Place::Again;
        }
        from = from.max(page.starts[found.end]);
        Place::Lines(found)
    };
    paragraphs.iter().map(&mut find).collect()
}

impl Page {
    /// The first lines from a place on that hold these letters.
    fn find(&self, wanted: &str, from: usize) -> Option<Range<usize>> {
        self.whole(wanted, from).or_else(|| {
            let start: String = wanted.chars().take(ENDS).collect();
            let behind = wanted.char_indices().nth_back(ENDS - 1).map_or(0, |(at, _)| at);
            let is_long = wanted.len() >= 2 * start.len().max(ENDS);
            let first = is_long.then(|| self.starting(&start, from)).flatten()?;
            // what was taken out makes the page's own words longer
            let reach = self.starts[first] + 2 * wanted.len();
            let last = self.end_within(&wanted[behind..], self.starts[first], reach)?;
            Some(first..last + 1)
        })
    }

    /// Letters that fill whole lines, or a part of one where they are many.
    fn whole(&self, wanted: &str, from: usize) -> Option<Range<usize>> {
        let mut within = None;
        for (at, _) in self.letters.get(from..)?.match_indices(wanted).take(100) {
            let (start, end) = (from + at, from + at + wanted.len());
            let first = self.line_of(start);
            let last = self.line_of(end - 1);
            if self.starts[first] == start && self.starts[last + 1] == end {
                return Some(first..last + 1);
            }
            if within.is_none() && wanted.len() >= ENDS {
                within = Some(first..last + 1);
            }
        }
        within
    }

    /// The first line that starts with these letters.
    fn starting(&self, wanted: &str, from: usize) -> Option<usize> {
        let mut found = self.letters.get(from..)?.match_indices(wanted).take(100);
        found.find_map(|(at, _)| Some(self.line_of(from + at)).filter(|line| self.starts[*line] == from + at))
    }

    /// The line in which these letters end that stand between two places.
    fn end_within(&self, wanted: &str, from: usize, to: usize) -> Option<usize> {
        let to = self.letters.ceil_char_boundary(to);
        let end = from + self.letters.get(from..to)?.find(wanted)? + wanted.len();
        Some(self.line_of(end - 1))
    }

    /// The line that a letter is in; lines without letters hold none.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{lines, prose, scan};
    use super::*;

    #[test]
    fn paragraphs_are_found_in_order() {
        let html = "<li>The well is dry</li><h1>The well is dry</h1><div>By Ada Kell</div><p>It is <b>dry</b>.</p>\
            <p>Nobody in all of the town knows when <a href=x>more here</a> the rain will come, the mayor of the town and her clerk said.</p>***<p>It is dry.</p>";
        let scan = scan::of(html);
        let lines = lines::of(&scan);
        let article = "<h1>The well is dry</h1><p>It is dry.</p><p>Nobody in all of the town knows when the rain will come, the mayor of the town and her clerk said.</p>\
            <p>Nowhere.</p><p>It is dry.</p><p>It is dry.</p>";
        let found = of(&prose::paragraphs(article), &lines, 1);
        use Place::{Again, Lines, Unknown};
        assert_eq!(found, [Lines(1..2), Lines(3..4), Lines(4..5), Unknown, Lines(6..7), Again]);
    }
}
