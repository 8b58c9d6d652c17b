//! What a page says of itself, in one pass over its bytes: head, structured data, headings, and every run of text with where it stands.
//!
//! In: the page. Out: its parts in order. Nothing is built of it; an element that is never closed ends with
//! the one around it.

use super::body::MARKS;
use lol_html::html_content::Element;
use lol_html::{HtmlRewriter, Settings, doc_text, element};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// Runs of text and elements that are looked at; a page with more is cut there.
const MOST_RUNS: usize = 100_000;
/// Characters of a class or an id that count.
const LONGEST_MARK: usize = 80;
/// Characters of a `datetime` that count.
const LONGEST_DATE: usize = 40;
/// `<meta>` elements that are looked at.
const MOST_METAS: usize = 1000;
/// Characters of a `<meta>` that count.
const LONGEST_META: usize = 1000;
/// Elements around a run that are looked through for a heading.
const DEEPEST: usize = 32;
/// Elements around a run whose marks count.
const NEAREST: usize = 4;

/// A page in parts.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) metas: Vec<Meta>,
    /// What stands in scripts of type `application/ld+json`.
    pub(super) structured: Vec<String>,
    /// `<title>`.
    pub(super) title: String,
    pub(super) canonical: Option<String>,
    /// The day of publication that other scripts hold for the page's own program.
    pub(super) in_scripts: Option<String>,
    pub(super) runs: Vec<Run>,
    /// Every element that can hold something, in order; the first is the page.
    pub(super) elements: Vec<Node>,
    /// The elements that pictures and films stand in.
    pub(super) pictures: Vec<usize>,
}

/// An element of the page.
pub(super) struct Node {
    /// The element around it, by its place in [`Scan::elements`].
    pub(super) parent: usize,
    /// Its name; "" where that does not matter.
    pub(super) name: &'static str,
    /// Its classes, ids and roles, in small letters.
    pub(super) mark: String,
    /// Whether it stands within a line.
    pub(super) is_within: bool,
}

/// A `<meta>` with a key and a content.
pub(super) struct Meta {
    /// In small letters.
    pub(super) key: String,
    pub(super) content: String,
}

/// Text without an element between, decoded.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    /// Classes, ids, roles of the elements around it, in small letters, innermost first.
    pub(super) marks: String,
    /// The `datetime` of a `<time>` around it.
    pub(super) datetime: Option<String>,
    /// In a heading: its level and which element of the page it is.
    pub(super) heading: Option<(u8, usize)>,
    /// Its bytes in the page, without the blanks around it.
    pub(super) source: Range<usize>,
    /// The element that it stands in, by its place in [`Scan::elements`].
    pub(super) element: usize,
    /// Runs without the start or end of a paragraph between them are of one line.
    pub(super) line: usize,
    /// Whether nothing but an element's start or end is between it and the run before.
    pub(super) is_joined: bool,
}

/// An element that is open, by its place in [`Scan::elements`].
struct Open {
    node: usize,
    datetime: Option<String>,
}

#[derive(Default)]
struct State {
    scan: Scan,
    open: Vec<Open>,
    /// The run that is being read: chunks of one text come in pieces.
    raw: String,
    /// Where it stands in the page.
    source: Range<usize>,
    line: usize,
    /// Whether blanks were passed over since the last run.
    is_apart: bool,
    /// The first run of each quotation that is open.
    quotations: Vec<usize>,
}

/// Elements whose name matters; all others are "".
const NAMES: &[&str] = &[
    "a",
    "address",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "button",
    "div",
    "em",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "i",
    "li",
    "main",
    "nav",
    "noscript",
    "ol",
    "p",
    "q",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "template",
    "time",
    "title",
    "ul",
];

/// Elements that stand within a line.
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "font", "i", "ins", "label", "mark", "q",
    "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Elements whose start ends a paragraph that is open. HTML, section 13.1.2.4 (optional tags)
const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "table",
    "ul",
];

pub(super) fn of(html: &str) -> Scan {
    let state = Rc::new(RefCell::new(State::default()));
    state.borrow_mut().scan.elements.push(Node {
        parent: 0,
        name: "",
        mark: String::new(),
        is_within: false,
    });
    let (elements, texts) = (Rc::clone(&state), Rc::clone(&state));
    let settings = Settings::new()
        .append_element_content_handler(element!("*", move |element| {
            enter(&elements, element);
            Ok(())
        }))
        .append_document_content_handler(doc_text!(move |chunk| {
            texts.borrow_mut().add(chunk.as_str(), chunk.source_location().bytes());
            Ok(())
        }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    // a page that it cannot read on is known as far as it went
    if rewriter.write(html.as_bytes()).is_ok() {
        let _read = rewriter.end();
    }
    let mut state = state.borrow_mut();
    state.flush();
    std::mem::take(&mut state.scan)
}

fn enter(shared: &Rc<RefCell<State>>, element: &mut Element) {
    let tag = element.tag_name();
    let name = NAMES.iter().find(|name| **name == tag).copied().unwrap_or("");
    let is_within = WITHIN.contains(&tag.as_str());
    let mut state = shared.borrow_mut();
    state.flush();
    state.line += usize::from(!is_within);
    state.close_for(&tag);
    match tag.as_str() {
        "meta" => {
            let key = ["property", "name", "itemprop"].iter().find_map(|key| element.get_attribute(key));
            if let (Some(key), Some(content)) = (key, element.get_attribute("content"))
                && state.scan.metas.len() < MOST_METAS
            {
                let content: String = content.trim().chars().take(LONGEST_META).collect();
                let content = htmlize::unescape(content.as_str()).into_owned();
                state.scan.metas.push(Meta { key: key.trim().to_lowercase(), content });
            }
        }
        "link" if element.get_attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
            let href = element.get_attribute("href").map(|href| htmlize::unescape(href.trim()).into_owned());
            let href = href.filter(|href| href.starts_with("http://") || href.starts_with("https://"));
            state.scan.canonical = state.scan.canonical.take().or(href);
        }
        _ => {}
    }
    if matches!(tag.as_str(), "img" | "video" | "picture") {
        let around = state.open.last().map_or(0, |open| open.node);
        state.scan.pictures.push(around);
    }
    if !element.can_have_content() {
        return;
    }
    let mut mark = String::new();
    for key in ["class", "id", "itemprop", "rel", "role", "type", "data-testid"] {
        if let Some(value) = element.get_attribute(key) {
            mark.push(' ');
            mark.extend(value.chars().take(LONGEST_MARK).flat_map(char::to_lowercase));
        }
    }
    let datetime = element.get_attribute("datetime").filter(|_| name == "time");
    let datetime = datetime.map(|date| date.chars().take(LONGEST_DATE).collect());
    let parent = state.open.last().map_or(0, |open| open.node);
    let node = state.scan.elements.len();
    state.scan.elements.push(Node { parent, name, mark, is_within });
    state.open.push(Open { node, datetime });
    let depth = state.open.len();
    if name == "q" {
        let first = state.scan.runs.len();
        state.quotations.push(first);
    }
    drop(state);
    let closing = Rc::clone(shared);
    if let Some(handlers) = element.end_tag_handlers() {
        handlers.push(Box::new(move |_| {
            let mut state = closing.borrow_mut();
            state.flush();
            if name == "q" {
                state.end_quotation();
            }
            state.line += usize::from(!is_within);
            state.open.truncate(depth - 1);
            Ok(())
        }));
    }
}

impl State {
    fn add(&mut self, chunk: &str, source: Range<usize>) {
        if self.raw.is_empty() {
            self.source = source;
        } else {
            self.source.end = source.end;
        }
        self.raw.push_str(chunk);
    }

    /// Ends what the start of an element ends whose own end tag may be left out: paragraphs, items of lists.
    fn close_for(&mut self, tag: &str) {
        let ended = match tag {
            "li" => "li",
            tag if ENDS_PARAGRAPH.contains(&tag) => "p",
            _ => return,
        };
        let node = |open: &Open| &self.scan.elements[open.node];
        // an item may hold paragraphs, a paragraph what stands within a line
        let is_inside = |open: &Open| node(open).is_within || ended == "li" && node(open).name == "p";
        let inside = self.open.iter().rev().take(DEEPEST).take_while(|open| is_inside(open)).count();
        let outer = self.open.len() - inside;
        if outer > 0 && node(&self.open[outer - 1]).name == ended {
            self.open.truncate(outer - 1);
        }
    }

    /// Quotation marks round `<q>`, unless it has its own, as in [`super::body`].
    fn end_quotation(&mut self) {
        let Some(start) = self.quotations.pop() else { return };
        let is_outside = start > 0 && self.scan.runs[start - 1].text.ends_with(MARKS);
        let [first, .., last] = &mut self.scan.runs[start..] else {
            if let Some(run) = self.scan.runs.get_mut(start).filter(|_| !is_outside) {
                mark(&mut run.text, true, true);
            }
            return;
        };
        let is_inside = first.text.trim_start().starts_with(MARKS) && last.text.trim_end().ends_with(MARKS);
        if !(is_inside || is_outside) {
            mark(&mut first.text, true, false);
            mark(&mut last.text, false, true);
        }
    }

    /// The elements that are open, innermost first.
    fn around(&self) -> impl Iterator<Item = &Node> {
        self.open.iter().rev().map(|open| &self.scan.elements[open.node])
    }

    fn flush(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        if raw.trim().is_empty() {
            self.is_apart |= !raw.is_empty();
            return;
        }
        let is_joined = !std::mem::take(&mut self.is_apart);
        let node = self.open.last().map_or(0, |open| open.node);
        let element = self.scan.elements[node].name;
        match element {
            "script" => {
                if self.scan.elements[node].mark.contains("application/ld+json") {
                    self.scan.structured.push(raw);
                } else if self.scan.in_scripts.is_none() {
                    self.scan.in_scripts = in_script(&raw);
                }
                return;
            }
            "style" | "template" | "noscript" => return,
            "title" => {
                if self.scan.title.is_empty() {
                    self.scan.title = htmlize::unescape(raw.trim()).into_owned();
                }
                return;
            }
            _ => {}
        }
        if self.scan.runs.len() >= MOST_RUNS {
            return;
        }
        let heading = self.open.iter().rev().take(DEEPEST).find_map(|open| {
            let level = heading_level(self.scan.elements[open.node].name)?;
            Some((level, open.node))
        });
        let marks: String = self.around().take(NEAREST).map(|node| node.mark.as_str()).collect();
        let run = Run {
            text: htmlize::unescape(&raw).into_owned(),
            marks,
            datetime: self.open.iter().rev().take(NEAREST).find_map(|open| open.datetime.clone()),
            heading,
            source: self.source.start + (raw.len() - raw.trim_start().len())
                ..self.source.end - (raw.len() - raw.trim_end().len()),
            element: node,
            line: self.line,
            is_joined,
        };
        self.scan.runs.push(run);
    }
}

/// Puts quotation marks before or behind the words of a text that does not have both.
fn mark(text: &mut String, before: bool, behind: bool) {
    let words = text.trim();
    if before && behind && words.starts_with(MARKS) && words.ends_with(MARKS) {
        return;
    }
    if behind {
        text.insert(text.trim_end().len(), '”');
    }
    if before {
        text.insert(text.len() - text.trim_start().len(), '“');
    }
}

/// 2 of "h2".
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// `"datePublished":"2021-11-09"`, also where the quotation marks are escaped.
fn in_script(script: &str) -> Option<String> {
    let at = script.find("datePublished")?;
    let rest = script[at + "datePublished".len()..].trim_start_matches(['\\', '"', ' ', ':']);
    Some(rest.chars().take(10).collect())
        .filter(|date: &String| date.starts_with("20") || date.starts_with("19"))
}

impl Scan {
    /// The contents of the first `<meta>` with one of these keys, the first key first.
    pub(super) fn meta<'a>(&'a self, keys: &'a [&str]) -> impl Iterator<Item = &'a str> {
        keys.iter().flat_map(|key| {
            self.metas.iter().filter(move |meta| meta.key == *key).map(|meta| meta.content.as_str())
        })
    }

    /// An element and those around it, innermost first.
    pub(super) fn around(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |at| {
            Some(self.elements[*at].parent).filter(|parent| parent != at)
        })
    }

    /// Characters of text.
    pub(super) fn length(&self) -> usize {
        self.runs.iter().map(|run| run.text.trim().chars().count()).sum()
    }

    /// The words of each heading of a level, with the place of its first run.
    pub(super) fn headings(&self, level: u8) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, usize, String)> = Vec::new();
        for (at, run) in self.runs.iter().enumerate() {
            let Some((_, element)) = run.heading.filter(|(own, _)| *own == level) else { continue };
            match found.last_mut() {
                Some((_, last, words)) if *last == element => {
                    words.push(' ');
                    words.push_str(&run.text);
                }
                _ => found.push((at, element, run.text.clone())),
            }
        }
        let one_line = |words: String| words.split_whitespace().collect::<Vec<_>>().join(" ");
        found.into_iter().map(|(first, _, words)| (first, one_line(words))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_tags_may_be_left_out() {
        let html = "<div><p class=a>One <b>two<p class=b>three<q>q</q> r<ul><li>four<li><p>five<li>six</ul>seven</p></div>eight";
        let scan = of(html);
        let around = |run: &Run| {
            let names =
                scan.around(run.element).map(|at| scan.elements[at].name).collect::<Vec<_>>().join(" ");
            format!("{} {}", run.text.trim(), names.trim())
        };
        assert_eq!(
            scan.runs.iter().map(around).collect::<Vec<_>>(),
            [
                "One p div",
                "two b p div",
                "three p div",
                "“q” q p div",
                "r p div",
                "four li ul div",
                "five p li ul div",
                "six li ul div",
                "seven div",
                "eight "
            ]
        );
    }

    #[test]
    fn a_page_in_parts() {
        let html = "<html lang=en><head><title>Dry &amp; wet</title><meta Property='og:title' content='Dry'>\
            <script type='application/ld+json'>{\"a\": 1}</script><link rel=canonical href='https://x.example/a'></head>\
            <body><h1 class=Head>The <b>well</b></h1><p>By <a rel=author>Ada Kell</a><time datetime='2021-11-09'>today</time><p>It is dry.</body>";
        let scan = of(html);
        assert_eq!(scan.title, "Dry & wet");
        assert_eq!(scan.canonical.as_deref(), Some("https://x.example/a"));
        assert_eq!(scan.structured, ["{\"a\": 1}"]);
        assert_eq!(scan.meta(&["og:title"]).collect::<Vec<_>>(), ["Dry"]);
        assert_eq!(scan.headings(1), [(0, "The well".to_owned())]);
        let ada = scan.runs.iter().find(|run| run.text == "Ada Kell").expect("the author is there");
        assert!(ada.marks.contains("author"));
        let today = scan.runs.iter().find(|run| run.text == "today").expect("the day is there");
        assert_eq!(today.datetime.as_deref(), Some("2021-11-09"));
    }
}
