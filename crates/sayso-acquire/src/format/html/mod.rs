//! HTML pages: the article that `trafilatura` finds, as paragraphs set apart by blank lines.
//!
//! The headline comes first. Nothing of the page is rendered or run; its size, its depth and the time
//! for it are bounded.

mod align;
mod body;
mod byline;
mod compose;
mod date;
pub(super) mod depth;
mod lines;
mod outlet;
mod prose;
mod restore;
mod scan;
mod section;
mod structured;
mod title;

use super::{Format, single};
use crate::{AcquireError, Options, agency, blocks, evidence};
use sayso::article::{Article, BlockRole, Origin};
use sayso::text::Text;
use std::collections::HashSet;
use std::sync::mpsc;
use std::time::Duration;

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "a web page, of which the article is taken",
    looks_like: |head| looks_like(&String::from_utf8_lossy(head)),
    open: single,
};

/// A page with more is not an article.
const MOST_BYTES: usize = 16 << 20;
/// Elements in elements; browsers stop at 512.
const DEEPEST: usize = 512;
/// Bytes of a line that is a name.
const LONGEST_NAME: usize = 200;
const LONGEST: Duration = Duration::from_secs(20);
pub(crate) const STACK_BYTES: usize = 64 << 20;

pub(crate) fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches(blocks::is_blank);
    if !start.starts_with('<') {
        return false;
    }
    let head: String = start.chars().take(8192).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<h1"]
        .iter()
        .any(|tag| head.contains(tag))
}

pub(crate) fn read(html: String, options: &Options) -> Result<Article, AcquireError> {
    let no_article = |why: String| AcquireError::NoArticle { id: options.id.clone(), why };
    refuse(&html).map_err(no_article)?;
    let asked = options.clone();
    within_limits(move || take(html, &asked)).map_err(no_article)?
}

/// Why a page is not even tried.
pub(crate) fn refuse(html: &str) -> Result<(), String> {
    if html.len() > MOST_BYTES {
        Err(format!("{} MB, of which at most {} are read", html.len() >> 20, MOST_BYTES >> 20))
    } else if depth::is_deeper(html, DEEPEST) {
        Err(format!("elements more than {DEEPEST} deep"))
    } else {
        Ok(())
    }
}

/// The article of a page.
pub(crate) fn take(html: String, options: &Options) -> Result<Article, AcquireError> {
    let no_article = |why: &str| AcquireError::NoArticle { id: options.id.clone(), why: why.to_owned() };
    let scan = scan::of(&html);
    let structured = structured::of(&scan);
    let url = options.url.clone().or_else(|| scan.canonical.clone());
    let (site, outlet_from) = outlet::names(&scan, &structured, url.as_deref());
    let title = title::of(&scan, &structured, &site.iter().map(String::as_str).collect::<Vec<_>>());
    let dates = date::of(&scan, &structured, title.run, url.as_deref());
    let byline = byline::of(&scan, &structured, title.run, &site);
    let section = section::of(&scan, &structured, title.run, url.as_deref());
    let page = body::of(&html, scan.length()).map_err(|why| no_article(&why))?;
    let (headline, paragraphs) = compose::of(&scan, &title, &page);
    let prose = prose::text(headline, paragraphs);
    if prose.text.is_empty() {
        return Err(no_article("nothing but links and forms"));
    }
    let text = Text::new(prose.text)
        .map_err(|error| AcquireError::TooLarge { id: options.id.clone(), found: error.to_string() })?;
    let mut blocks = blocks::with_known(&text, &prose.known);
    for block in &mut blocks {
        let behind = prose.sources.partition_point(|(start, _)| *start <= block.span.start());
        let source = behind.checked_sub(1).and_then(|at| prose.sources[at].1.as_ref());
        block.bytes = source.map(|source| [source.start, source.end]);
    }
    let names: HashSet<String> = byline.names.iter().map(|name| letters(name)).collect();
    for block in &mut blocks {
        let line = text.slice(block.span);
        // a name behind a dash signs a quotation
        let may_be_name = line.len() <= LONGEST_NAME && !line.starts_with(['—', '–', '-', '―']);
        if matches!(block.role, BlockRole::Heading | BlockRole::Paragraph | BlockRole::List)
            && may_be_name
            && names.contains(&letters(line))
        {
            block.role = BlockRole::Credit;
        }
    }
    let mut notes = Vec::new();
    if prose.again > 0 {
        let (are, they) = if prose.again == 1 { (" that stands", "was") } else { ("s that stand", "were") };
        notes.push(format!("{} paragraph{are} on the page twice {they} left out", prose.again));
    }
    let mut origin = Origin { url, ..Origin::default() };
    let headline = blocks.iter().find(|block| block.role == BlockRole::Title);
    origin.title = headline.map(|block| text.slice(block.span).to_owned());
    let mut say = |field, from| origin.because.push(evidence::of(field, from));
    origin.title.iter().for_each(|_| say("title", if title.words.is_empty() { "text" } else { title.from }));
    origin.outlet = site.into_iter().next().inspect(|_| say("outlet", outlet_from));
    if !byline.names.is_empty() {
        say("byline", byline.from);
    }
    origin.byline = byline.names;
    origin.modified = dates.modified.map(|(date, from)| {
        say("modified", from);
        date
    });
    origin.section = section.map(|(section, from)| {
        say("section", from);
        section.to_owned()
    });
    if let Some((date, from)) = dates.published {
        say("published", from);
        origin.published = Some(date);
        origin.published_from = Some(from.to_owned());
    }
    let mut article = Article { text, blocks, origin, notes };
    agency::note(&mut article, &byline.lines);
    Ok(article)
}

/// Letters and digits in small letters: what stays of words whatever a page or a program does to them.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Runs on a thread of its own: a page can neither take the caller's stack nor its time.
fn within_limits<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let work = move || {
        // Nobody waits any longer after the time is up.
        let _late = sender.send(work());
    };
    let thread = std::thread::Builder::new().name("html".to_owned()).stack_size(STACK_BYTES).spawn(work);
    thread.map_err(|error| format!("no thread for it: {error}"))?;
    receiver.recv_timeout(LONGEST).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => format!("not done after {} seconds", LONGEST.as_secs()),
        mpsc::RecvTimeoutError::Disconnected => "the extraction broke off".to_owned(),
    })
}
