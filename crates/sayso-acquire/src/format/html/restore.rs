//! What the finders leave out of an article, put back: crossheads, items, paragraphs between paragraphs, and the lead-in under the headline.
//!
//! In: the lines of each paragraph of the article. Out: for each gap between two of them the lines that belong there, with what they are. Only
//! what the page shows beside the article's own paragraphs comes back, and nothing that it marks as something else.

use super::letters;
use super::lines::Line;
use super::scan::{Scan, heading_level};
use sayso::article::BlockRole;
use std::ops::Range;

/// Lines between two paragraphs of an article; where more stand between them, something else does.
const WIDEST_GAP: usize = 60;
/// Words of a crosshead.
const MOST_HEADING_WORDS: usize = 25;
/// Elements around a line that are looked through.
const DEEPEST: usize = 24;

/// Elements that hold no part of an article.
const NEVER: &[&str] = &["nav", "aside", "footer", "form", "button", "figcaption", "select", "noscript"];
/// What classes and ids of other things say.
const OTHER: &[&str] = &[
    "related", "share", "social", "promo", "newsletter", "subscri", "advert", "author", "byline", "comment", "recommend", "popular",
    "widget", "sidebar", "breadcrumb", "toc", "table-of-contents", "cookie", "caption", "credit", "tags", "signup", "sign-up",
    "banner", "read-more", "readmore", "more-", "footer", "nav", "menu", "hidden", "sr-only", "visually", "cta", "button", "btn", "timestamp", "date",
];

/// A line that belongs in front of a paragraph.
pub(super) struct Restored {
    /// The paragraph that it goes before.
    pub(super) before: usize,
    pub(super) line: usize,
    pub(super) role: Option<BlockRole>,
}

struct Page<'p> {
    scan: &'p Scan,
    lines: &'p [Line],
}

/// The lines that come back, in order.
pub(super) fn of(scan: &Scan, lines: &[Line], found: &[Option<Range<usize>>]) -> Vec<Restored> {
    let page = Page { scan, lines };
    let mut restored = Vec::new();
    let known: Vec<(usize, &Range<usize>)> =
        found.iter().enumerate().filter_map(|(at, found)| Some((at, found.as_ref()?))).collect();
    for pair in known.windows(2) {
        let [(_, before), (at, behind)] = pair else { continue };
        let gap = before.end..behind.start;
        if gap.start >= gap.end || gap.len() > WIDEST_GAP {
            continue;
        }
        let containers = [page.container(before.end - 1), page.container(behind.start)];
        for line in gap {
            if let Some(role) = page.belongs(line, containers) {
                restored.push(Restored { before: *at, line, role });
            }
        }
    }
    restored
}

impl Page<'_> {
    /// The element that a line's own element stands in; of an item the one that its list stands in.
    fn container(&self, line: usize) -> usize {
        let parent = |element: usize| self.scan.elements[element].parent;
        let around = |name: &str| {
            let mut around = self.scan.around(self.lines[line].element).take(DEEPEST);
            around.find(|at| self.scan.elements[*at].name == name)
        };
        let list = ["ul", "ol"].iter().filter_map(|name| around(name)).max();
        parent(list.unwrap_or(self.lines[line].element))
    }

    /// What a line in a gap is, if it belongs to the article.
    fn belongs(&self, line: usize, containers: [usize; 2]) -> Option<Option<BlockRole>> {
        let Line { text, element, .. } = &self.lines[line];
        if letters(text).is_empty() {
            return None;
        }
        let common = *containers.iter().min()?;
        let inside = self.scan.around(*element).take_while(|at| *at != common);
        let mut is_other = false;
        for at in inside.take(DEEPEST) {
            let node = &self.scan.elements[at];
            is_other |= NEVER.contains(&node.name) || OTHER.iter().any(|other| node.mark.contains(other));
        }
        if is_other || !containers.contains(&self.container(line)) {
            return None;
        }
        let name = self.scan.elements[*element].name;
        if heading_level(name).is_some() {
            let words = text.split_whitespace().count();
            return (words <= MOST_HEADING_WORDS).then_some(Some(BlockRole::Heading));
        }
        match name {
            "li" => Some(Some(BlockRole::List)),
            "p" | "blockquote" => Some(None),
            _ => None,
        }
    }
}
