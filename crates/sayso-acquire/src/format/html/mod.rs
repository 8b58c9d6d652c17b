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
    let prose = prose::of(&page.content_html, &page.metadata.title);
    if prose.text.is_empty() {
        return Err(no_article("nothing but links and forms"));
    }
    let text = Text::new(prose.text)
        .map_err(|error| AcquireError::TooLarge { id: options.id.clone(), found: error.to_string() })?;
    let blocks = blocks::with_known(&text, &prose.known);
    let mut origin = origin(page.metadata);
    if origin.title.is_none() {
        let title = blocks.iter().find(|block| block.role == BlockRole::Title);
        origin.title = title.map(|block| text.slice(block.span).to_owned());
    }
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

fn origin(page: Metadata) -> Origin {
    let known = |words: String| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    let byline = page.author.split(';').map(str::trim).filter(|name| !name.is_empty());
    Origin {
        byline: byline.map(str::to_owned).collect(),
        title: known(page.title),
        outlet: known(page.sitename).or(known(page.hostname)),
        url: known(page.url),
        ..Origin::default()
    }
}
