//! The article inside a page, as clean markup: what `trafilatura` takes, and `dom_smoothie` where that is too little.

use lol_html::html_content::ContentType;
use lol_html::{HtmlRewriter, Settings, element};

/// Something that finds the article in a page.
trait Finder {
    /// The article's markup; nothing where it finds none.
    fn find(&self, html: &str) -> Option<Body>;
}

struct Body {
    html: String,
    /// Characters of its text.
    length: usize,
}

/// Rules over the tree of the page. <https://trafilatura.readthedocs.io>, Barbaresi (ACL 2021)
struct Trafilatura;

/// Scores of paragraphs, as in browsers' reader modes (Readability.js).
struct Smoothie;

impl Finder for Trafilatura {
    fn find(&self, html: &str) -> Option<Body> {
        let options = trafilatura::Options::default().with_exclude_comments(true);
        let found = trafilatura::extract(html, &options).ok()?;
        Some(Body { length: found.content_text.chars().count(), html: found.content_html })
    }
}

impl Finder for Smoothie {
    fn find(&self, html: &str) -> Option<Body> {
        let mut reader = dom_smoothie::Readability::new(html, None, None).ok()?;
        let found = reader.parse().ok()?;
        Some(Body { length: found.text_content.chars().count(), html: found.content.to_string() })
    }
}

/// The second opinion counts where it has so much more than the first.
const MORE: f64 = 1.25;

/// With less than this, in characters, the page is read once more as it is.
const LEAST: usize = 100;
/// Pages with less text than this, in characters, are taken whole: the finders look for the article among other things.
const WHOLE: usize = 600;

/// The article's markup; `length` is how many characters of text the page has.
pub(super) fn of(html: &str, length: usize) -> Result<String, String> {
    let quoted = (html.contains("<q") || html.contains("<Q")).then(|| quoted(html));
    let html = quoted.as_deref().unwrap_or(html);
    if length < WHOLE {
        return Ok(trimmed(html, &format!("{NEVER},head,noscript")));
    }
    // an element that is never closed may take the article with it
    let found = best(&trimmed(html, NEVER), length).filter(|body| body.length >= LEAST);
    found
        .or_else(|| best(html, length))
        .map(|body| body.html)
        .ok_or_else(|| "nothing that reads like an article".to_owned())
}

/// What the first finds, or the second where that is so much more. It is not asked where the page has not so much more.
fn best(html: &str, length: usize) -> Option<Body> {
    let first = Trafilatura.find(html).filter(|body| body.length > 0);
    if first.as_ref().is_some_and(|first| MORE * first.length as f64 > length as f64) {
        return first;
    }
    match (first, Smoothie.find(html)) {
        (Some(first), Some(second)) if second.length as f64 > MORE * first.length as f64 => Some(second),
        (first, second) => first.or(second),
    }
}

/// A footer in a quotation says whose it is.
const NEVER: &str = "script,style,svg,iframe,template,link,meta,nav,select,button,body > footer,div > footer,main > footer,\
    section > footer,article > footer,form > footer";

/// The page without what is never part of an article, which makes the rest quicker to read.
fn trimmed(html: &str, never: &str) -> String {
    let remove = element!(never, |element| {
        element.remove();
        Ok(())
    });
    rewritten(html, Settings::new().append_element_content_handler(remove))
}

/// Where `<q>` starts and ends, until it is known whether it has marks of its own: characters that no text has.
const START: char = '\u{e1a1}';
const END: char = '\u{e1a2}';
pub(super) const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '‟'];

/// The page with the quotation marks that browsers show round `<q>`, unless it has its own. HTML, section 4.5.7
fn quoted(html: &str) -> String {
    if html.contains([START, END]) {
        return html.to_owned();
    }
    let mark = element!("q", |element| {
        element.before(START.encode_utf8(&mut [0; 4]), ContentType::Text);
        element.after(END.encode_utf8(&mut [0; 4]), ContentType::Text);
        Ok(())
    });
    settled(&rewritten(html, Settings::new().append_element_content_handler(mark)))
}

/// Every pair of [`START`] and [`END`] as quotation marks, or as nothing where such marks stand right inside or outside of both.
fn settled(html: &str) -> String {
    let mut settled = String::with_capacity(html.len());
    // where the quotations that are open stand, in the result
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in html.char_indices() {
        match c {
            START => {
                open.push(settled.len());
                settled.push(START);
            }
            END => {
                let Some(start) = open.pop() else { continue };
                let words = &settled[start + START.len_utf8()..];
                let words = words.split_once('>').map_or("", |(_, words)| words);
                let words = words.rsplit_once('<').map_or("", |(words, _)| words).trim();
                let is_inside = words.starts_with(MARKS) && words.ends_with(MARKS);
                let is_outside =
                    settled[..start].ends_with(MARKS) && html[at + END.len_utf8()..].starts_with(MARKS);
                if !(is_inside || is_outside) {
                    settled.replace_range(start..start + START.len_utf8(), "“");
                    settled.push('”');
                }
            }
            c => settled.push(c),
        }
    }
    settled.retain(|c| c != START);
    settled
}

fn rewritten(html: &str, settings: Settings<'_, '_>) -> String {
    let mut kept: Vec<u8> = Vec::with_capacity(html.len());
    let mut rewriter = HtmlRewriter::new(settings, |bytes: &[u8]| kept.extend_from_slice(bytes));
    let is_done = rewriter.write(html.as_bytes()).is_ok() && rewriter.end().is_ok();
    match String::from_utf8(kept) {
        Ok(kept) if is_done => kept,
        _ => html.to_owned(),
    }
}

#[test]
fn quotation_marks_stand_once() {
    for (html, marked) in [
        ("<q>No</q>, he said", "“<q>No</q>”, he said"),
        ("<q lang=sv>He said “no”</q>.", "“<q lang=sv>He said “no”</q>”."),
        ("“<q>No</q>”", "“<q>No</q>”"),
        ("<Q>\"No\"</Q>", "<Q>\"No\"</Q>"),
        ("<q>I said <q>no</q></q>", "“<q>I said “<q>no</q>”</q>”"),
        ("<img alt='„Nein“'><p class=\"x\"><q>y</q>", "<img alt='„Nein“'><p class=\"x\">“<q>y</q>”"),
        ("<q>No", "<q>No"),
    ] {
        assert_eq!(quoted(html), marked);
    }
}
