//! The article inside a page, as clean markup: what `trafilatura` takes, and `dom_smoothie` where that is too little.

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

/// The article's markup.
pub(super) fn of(html: &str) -> Result<String, String> {
    let html = &trimmed(html);
    match (Trafilatura.find(html), Smoothie.find(html)) {
        (Some(first), Some(second)) if second.length as f64 > MORE * first.length as f64 => Ok(second.html),
        (Some(first), _) if first.length > 0 => Ok(first.html),
        (_, Some(second)) => Ok(second.html),
        _ => Err("nothing that reads like an article".to_owned()),
    }
}

/// The page without what is never part of an article, which makes the rest quicker to read.
fn trimmed(html: &str) -> String {
    const NEVER: &str = "script,style,svg,iframe,template,link,meta,nav,footer,select,button";
    let mut kept: Vec<u8> = Vec::with_capacity(html.len());
    let remove = element!(NEVER, |element| {
        element.remove();
        Ok(())
    });
    let settings = Settings::new().append_element_content_handler(remove);
    let mut rewriter = HtmlRewriter::new(settings, |bytes: &[u8]| kept.extend_from_slice(bytes));
    let is_done = rewriter.write(html.as_bytes()).is_ok() && rewriter.end().is_ok();
    match String::from_utf8(kept) {
        Ok(kept) if is_done => kept,
        _ => html.to_owned(),
    }
}
