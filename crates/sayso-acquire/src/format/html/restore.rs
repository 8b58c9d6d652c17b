//! What the finders leave out of an article, put back: crossheads, items and paragraphs between paragraphs, captions, the lead-in under the headline.
//!
//! In: the lines of the page and where each paragraph of the article stands. Out: for each gap between two of them the lines that belong there, with what they are. Only
//! what the page shows beside the article's own paragraphs comes back, and nothing that it marks as something else.

use super::letters;
use super::lines::Line;
use super::scan::{Scan, heading_level};
use sayso::article::BlockRole;
use std::ops::Range;

/// Words of a crosshead.
const MOST_HEADING_WORDS: usize = 25;
/// Elements around a line that are looked through.
const DEEPEST: usize = 24;
/// Other lines between a crosshead and the paragraphs under it.
const MOST_PASSED: usize = 2;
/// Elements between a crosshead and the paragraphs under it.
const MOST_WRAPPERS: usize = 6;
/// Lines between the headline and the article that are looked through for a lead-in.
const MOST_LEAD_LINES: usize = 40;
/// Paragraphs of a lead-in.
const MOST_LEADS: usize = 5;
/// Words of a lead-in.
const LEAD_WORDS: Range<usize> = 6..90;

/// Elements that hold no part of an article.
const NEVER: &[&str] = &["nav", "aside", "footer", "form", "select", "noscript"];
/// What is pressed, by name or mark: no part of an article unless it is a crosshead that opens what is under it.
const PRESSED: &[&str] = &["button", "btn"];
/// How words in classes and ids of other things start.
const OTHER: &[&str] = &[
    "related",
    "share",
    "sharing",
    "social",
    "promo",
    "newsletter",
    "subscri",
    "advert",
    "author",
    "byline",
    "comment",
    "recommend",
    "popular",
    "widget",
    "sidebar",
    "breadcrumb",
    "toc",
    "contents",
    "cookie",
    "credit",
    "tags",
    "signup",
    "banner",
    "readmore",
    "footer",
    "nav",
    "menu",
    "hidden",
    "visually",
    "cta",
    "timestamp",
    "date",
];
/// Words in classes of a lead-in.
const LEAD: &[&str] = &[
    "standfirst",
    "dek",
    "deck",
    "subtitle",
    "subhead",
    "subheading",
    "subheadline",
    "summary",
    "lede",
    "lead",
    "excerpt",
    "intro",
    "description",
    "abstract",
    "strapline",
    "tagline",
    "takeaway",
    "teaser",
    "preamble",
];

/// Words under a picture that has an element of its own.
const MOST_CAPTION_WORDS: usize = 20;
/// Lines of that element.
const MOST_CAPTION_LINES: usize = 1;

/// How sentences end, those that are quoted too.
const ENDS: [char; 6] = ['.', '!', '?', '…', '”', '"'];
const QUOTES: [char; 7] = ['"', '“', '”', '„', '«', '»', '‘'];

/// Names and marks of the elements around a line, innermost first.
type Shape<'p> = Vec<(&'static str, &'p str)>;

/// Elements of a shape.
const SHAPE: usize = 3;

/// The page, and where its article stands in it.
pub(super) struct Page<'p> {
    scan: &'p Scan,
    lines: &'p [Line],
    /// The line of the headline.
    headline: Option<usize>,
    /// What the head says that the page is about, in letters.
    about: Vec<String>,
    /// How many lines each element holds.
    held: Vec<usize>,
    /// Whether it holds a picture.
    has_picture: Vec<bool>,
}

impl<'p> Page<'p> {
    pub(super) fn new(scan: &'p Scan, lines: &'p [Line], headline: Option<usize>) -> Self {
        let about = scan.meta(&["description", "og:description", "twitter:description"]).map(letters);
        let about = about.filter(|about| !about.is_empty()).collect();
        let (mut held, mut has_picture) = (vec![0; scan.elements.len()], vec![false; scan.elements.len()]);
        for line in lines {
            scan.around(line.element).take(DEEPEST).for_each(|at| held[at] += 1);
        }
        for picture in &scan.pictures {
            scan.around(*picture).take(DEEPEST).for_each(|at| has_picture[at] = true);
        }
        Self { scan, lines, headline, about, held, has_picture }
    }

    /// What the page's markup says that a line is.
    pub(super) fn role(&self, line: usize) -> Option<BlockRole> {
        let element = self.lines[line].element;
        if self.is_caption(line) {
            return Some(BlockRole::Caption);
        }
        let mut near = self.scan.around(element).take(2).map(|at| self.scan.elements[at].name);
        near.find_map(|name| match name {
            "li" => Some(BlockRole::List),
            _ => heading_level(name).map(|_| BlockRole::Heading),
        })
    }

    /// The lines between two parts of the article that belong to it as well.
    pub(super) fn between(&self, before: usize, behind: usize) -> Vec<(usize, Option<BlockRole>)> {
        let gap = before + 1..behind;
        let [above, below] = [before, behind].map(|line| (self.container(line), self.shape(line)));
        let mut found = Vec::new();
        // the part of the article that comes next, and other lines before it
        let (mut next, mut passed) = (behind, 0);
        for line in gap.rev() {
            if letters(&self.lines[line].text).is_empty() {
                continue;
            }
            let role = self.role(line);
            let is_part = match role {
                Some(BlockRole::Caption) => {
                    found.push((line, role));
                    continue;
                }
                // a crosshead of another thing has nothing of the article under it
                Some(BlockRole::Heading) => {
                    let containers = [above.0, self.container(next)];
                    (passed <= MOST_PASSED || containers.contains(&self.container(line)))
                        && self.is_crosshead(line, next, containers)
                }
                _ => self.belongs(line, &[&above, &below]),
            };
            if is_part {
                found.push((line, role));
                (next, passed) = (line, 0);
            } else if role == Some(BlockRole::Heading) {
                passed = MOST_PASSED + 1;
            } else {
                passed += 1;
            }
        }
        found.reverse();
        found
    }

    /// Of the lines between the headline and the article: the lead-in, which is what the page marks as one or the sentence right under the
    /// headline, and the crosshead right over the article.
    pub(super) fn lead(&self, first: usize) -> Vec<(usize, BlockRole)> {
        let Some(headline) = self.headline.filter(|headline| *headline < first) else { return Vec::new() };
        let behind = headline + 1..first;
        let mut leads = Vec::new();
        if behind.len() <= MOST_LEAD_LINES {
            let is_lead = |line: &usize| {
                self.is_lead(*line)
                    || *line == headline + 1 && self.is_sentence(*line) && !self.is_link(*line)
            };
            let found = behind.clone().filter(|line| is_lead(line) && !self.is_other(*line));
            leads.extend(found.take(MOST_LEADS).map(|line| (line, BlockRole::Standfirst)));
        }
        let over = behind.last().filter(|line| leads.last().is_none_or(|(lead, _)| lead != line));
        let is_crosshead = |line: &usize| {
            self.role(*line) == Some(BlockRole::Heading)
                && self.is_crosshead(*line, first, [self.container(first); 2])
        };
        leads.extend(over.filter(is_crosshead).map(|line| (line, BlockRole::Heading)));
        leads
    }

    /// Whether a paragraph or heading reads like a sentence.
    pub(super) fn is_sentence(&self, line: usize) -> bool {
        let Line { text, element, .. } = &self.lines[line];
        let name = self.scan.elements[*element].name;
        LEAD_WORDS.contains(&text.split_whitespace().count())
            && text.trim_end().ends_with(ENDS)
            && (name == "p" || heading_level(name).is_some())
    }

    /// Whether a line is marked as the lead-in, or says what the head says that the page is about.
    pub(super) fn is_lead(&self, line: usize) -> bool {
        let Line { text, element, .. } = &self.lines[line];
        if !LEAD_WORDS.contains(&text.split_whitespace().count()) {
            return false;
        }
        let near = self.scan.around(*element).take(3);
        let is_marked = near.into_iter().any(|at| names(&self.scan.elements[at].mark, LEAD));
        is_marked || self.about.contains(&letters(text))
    }

    fn is_caption(&self, line: usize) -> bool {
        let mut near = self.scan.around(self.lines[line].element).take(4);
        let is_marked = near.any(|at| {
            let node = &self.scan.elements[at];
            node.name == "figcaption" || says(&node.mark, &["caption", "figcaption"])
        });
        is_marked || self.is_under_picture(line)
    }

    /// Whether an element holds a picture, this line, and no more.
    fn is_under_picture(&self, line: usize) -> bool {
        let Line { text, element, .. } = &self.lines[line];
        let near =
            self.scan.around(*element).take(DEEPEST).take_while(|at| self.held[*at] <= MOST_CAPTION_LINES);
        let is_quotation = text.contains(QUOTES);
        let name = |at: usize| self.scan.elements[at].name;
        let mut near = near.filter(|at| !matches!(name(*at), "body" | "article" | "main" | "p"));
        !is_quotation
            && text.split_whitespace().count() <= MOST_CAPTION_WORDS
            && heading_level(self.scan.elements[*element].name).is_none()
            && self.scan.elements[*element].name != "li"
            && near.any(|at| self.has_picture[at])
    }

    /// The outermost element that holds this line alone.
    fn alone(&self, line: usize) -> usize {
        let element = self.lines[line].element;
        let around = self.scan.around(element).take(DEEPEST).take_while(|at| self.held[*at] == 1);
        around.last().unwrap_or(element)
    }

    /// The element that a line's own element stands in; of an item the one that its list stands in.
    fn container(&self, line: usize) -> usize {
        let around = |name: &str| {
            let mut around = self.scan.around(self.lines[line].element).take(DEEPEST);
            around.find(|at| self.scan.elements[*at].name == name)
        };
        let list = ["ul", "ol"].iter().filter_map(|name| around(name)).max();
        self.scan.elements[list.unwrap_or_else(|| self.alone(line))].parent
    }

    fn is_crosshead(&self, line: usize, behind: usize, containers: [usize; 2]) -> bool {
        let container = self.container(line);
        let mut wrappers = self.scan.around(self.container(behind)).take(MOST_WRAPPERS);
        (containers.contains(&container) || wrappers.any(|at| at == container))
            && self.lines[line].text.split_whitespace().count() <= MOST_HEADING_WORDS
            && !self.is_other(line)
    }

    /// Whether a line stands beside the article's own, or in elements like those of both.
    fn belongs(&self, line: usize, article: &[&(usize, Shape); 2]) -> bool {
        let name = self.scan.elements[self.lines[line].element].name;
        let container = self.container(line);
        let is_beside = article.iter().any(|(own, _)| *own == container);
        let is_alike = || {
            let shape = self.shape(line);
            article.iter().any(|(_, own)| *own == shape && own.iter().any(|(_, mark)| !mark.is_empty()))
        };
        matches!(name, "p" | "li" | "blockquote")
            && (is_beside || is_alike())
            && !self.is_other(line)
            && !self.is_link(line)
    }

    /// What the elements around a line are called and marked.
    fn shape(&self, line: usize) -> Shape<'p> {
        let around = self.scan.around(self.lines[line].element).map(|at| &self.scan.elements[at]);
        around.filter(|node| !node.is_within).take(SHAPE).map(|node| (node.name, &*node.mark)).collect()
    }

    /// The link that each run of a line stands in.
    fn links(&self, line: usize) -> impl Iterator<Item = Option<usize>> {
        self.lines[line].runs.clone().map(|run| {
            let mut around = self.scan.around(self.scan.runs[run].element).take(4);
            around.find(|at| self.scan.elements[*at].name == "a")
        })
    }

    /// Whether a line is links and nothing else: a menu, buttons.
    pub(super) fn is_menu(&self, line: usize) -> bool {
        let mut links: Vec<Option<usize>> = self.links(line).collect();
        links.dedup();
        let text = self.lines[line].text.trim_end();
        let is_said = text.ends_with(ENDS) || text.contains(QUOTES);
        !is_said && links.len() > 1 && links.iter().all(Option::is_some)
    }

    /// Whether all of a line is a link: a headline of another article.
    fn is_link(&self, line: usize) -> bool {
        self.links(line).all(|link| link.is_some())
    }

    /// Whether the elements around a line, as far as the article goes, say that it is something else.
    fn is_other(&self, line: usize) -> bool {
        let is_heading = || self.role(line) == Some(BlockRole::Heading);
        let mut around = self.scan.around(self.lines[line].element).take(3);
        around.any(|at| {
            let node = &self.scan.elements[at];
            let is_pressed = node.name == "button" || says(&node.mark, PRESSED);
            NEVER.contains(&node.name) || says(&node.mark, OTHER) || is_pressed && !is_heading()
        })
    }
}

/// Whether one of these words stands in a mark, the short ones as a whole: "leading" is no lead.
fn names(mark: &str, wanted: &[&str]) -> bool {
    let mut words = mark.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        wanted.iter().any(|wanted| word == *wanted || wanted.len() > 4 && word.starts_with(wanted))
    })
}

fn says(mark: &str, starts: &[&str]) -> bool {
    let mut words = mark.split(|c: char| !c.is_alphanumeric());
    words.any(|word| starts.iter().any(|start| word.starts_with(start)))
}
