//! HTML pages: the article that `trafilatura` finds, as paragraphs set apart by blank lines.
//!
//! The headline comes first. Nothing of the page is rendered or run; its size, its depth and the time
//! for it are bounded.

mod date;
mod depth;
mod prose;

use super::Format;
use crate::{AcquireError, Options, blocks};
use sayso::article::{Article, BlockRole, Origin};
use sayso::text::Text;
use std::sync::mpsc;
use std::time::Duration;
use trafilatura::{ExtractResult, Metadata};

pub(super) const FORMAT: Format =
    Format { name: "html", about: "a web page, of which the article is taken", looks_like, read };

/// A page with more is not an article.
const MOST_BYTES: usize = 16 << 20;
/// Elements in elements; browsers stop at 512.
const DEEPEST: usize = 512;
const LONGEST: Duration = Duration::from_secs(20);
const STACK_BYTES: usize = 64 << 20;

fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches(blocks::is_blank);
    if !start.starts_with('<') {
        return false;
    }
    let head: String = start.chars().take(8192).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<h1"]
        .iter()
        .any(|tag| head.contains(tag))
}

fn read(html: String, options: &Options) -> Result<Article, AcquireError> {
    let no_article = |why: &str| AcquireError::NoArticle { id: options.id.clone(), why: why.to_owned() };
    if html.len() > MOST_BYTES {
        return Err(no_article(&format!(
            "{} MB, of which at most {} are read",
            html.len() >> 20,
            MOST_BYTES >> 20
        )));
    }
    if depth::of(&html) > DEEPEST {
        return Err(no_article(&format!("elements more than {DEEPEST} deep")));
    }
    let dates = date::of(&html);
    let page = extract(html).map_err(|why| no_article(&why))?;
    let headline = headline(&page.metadata);
    let prose = prose::of(&page.content_html, &headline);
    if prose.text.is_empty() {
        return Err(no_article("nothing but links and forms"));
    }
    let text = Text::new(prose.text)
        .map_err(|error| AcquireError::TooLarge { id: options.id.clone(), found: error.to_string() })?;
    let blocks = blocks::with_known(&text, &prose.known);
    let mut origin = origin(&page.metadata);
    let title = blocks.iter().find(|block| block.role == BlockRole::Title);
    origin.title = title.map(|block| text.slice(block.span).to_owned());
    let dates = dates.or_url(origin.url.as_deref());
    origin.modified = dates.modified;
    if let Some((date, from)) = dates.published {
        origin.published = Some(date);
        origin.published_from = Some(from.to_owned());
    }
    Ok(Article { text, blocks, origin, notes: Vec::new() })
}

/// Runs on a thread of its own: a page can neither take the caller's stack nor its time.
fn extract(html: String) -> Result<ExtractResult, String> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let work = move || {
        let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        let result = trafilatura::extract(&html, &options).map_err(|error| error.to_string());
        // Nobody waits any longer after the time is up.
        let _late = sender.send(result);
    };
    let thread = std::thread::Builder::new().name("html".to_owned()).stack_size(STACK_BYTES).spawn(work);
    thread.map_err(|error| format!("no thread for it: {error}"))?;
    receiver.recv_timeout(LONGEST).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => format!("not done after {} seconds", LONGEST.as_secs()),
        mpsc::RecvTimeoutError::Disconnected => "the extraction broke off".to_owned(),
    })?
}

fn origin(page: &Metadata) -> Origin {
    let known = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    let byline = page.author.split(';').map(str::trim).filter(|name| !name.is_empty());
    Origin {
        byline: byline.map(str::to_owned).collect(),
        outlet: outlet(page).or_else(|| known(&page.hostname)),
        url: known(&page.url),
        ..Origin::default()
    }
}

/// The site's name: the last one given, if it is a name.
fn outlet(page: &Metadata) -> Option<String> {
    let name = page.sitename.rsplit(';').next()?.trim();
    let is_name = !name.is_empty() && name.chars().count() <= 60 && !name.contains("://");
    is_name.then(|| name.to_owned())
}

/// The page's title without the name of its site: "Quay shut | Lake Courier".
fn headline(page: &Metadata) -> String {
    let title = page.title.trim();
    let letters = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let site = [letters(&page.sitename), letters(&page.hostname)];
    for between in [" | ", " – ", " — ", " - ", " · ", " :: ", " « "] {
        let Some((words, name)) = title.rsplit_once(between) else { continue };
        let name = letters(name);
        let names_site = name.len() > 2
            && site
                .iter()
                .any(|site| site.contains(&name) || (site.len() > 2 && name.contains(site.as_str())));
        if names_site && words.split_whitespace().count() > 1 {
            return words.trim().to_owned();
        }
    }
    title.to_owned()
}

#[test]
fn headlines_leave_the_site_out() {
    let mut page = Metadata::default();
    "Lake Courier; The Lake Courier".clone_into(&mut page.sitename);
    "www.lakecourier.example".clone_into(&mut page.hostname);
    for (title, short) in [
        ("Quay shut - again | Lake Courier", "Quay shut - again"),
        ("Quay shut – lakecourier.example", "Quay shut"),
        ("Quay - not crane - shut", "Quay - not crane - shut"),
        ("Lake Courier", "Lake Courier"),
    ] {
        title.clone_into(&mut page.title);
        assert_eq!(headline(&page), short);
    }
    assert_eq!(outlet(&page).as_deref(), Some("The Lake Courier"));
}
