//! The systems that take articles out of pages.

use anyhow::{Context, Result};
use sayso::article::{Article, BlockRole, Evidence};
use sayso_acquire::{AcquireError, Options};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

/// A page as it was sent.
pub(super) struct Page {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) bytes: Vec<u8>,
}

/// What a system took out of a page.
#[derive(Clone, Default)]
pub(super) struct Taken {
    pub(super) body: String,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) date_from: Option<String>,
    pub(super) because: Vec<Evidence>,
}

pub(super) struct Reader {
    pub(super) name: &'static str,
    pub(super) take: fn(&Page) -> Taken,
}

pub(super) const READERS: &[Reader] = &[
    Reader { name: "sayso", take: sayso },
    Reader { name: "sayso of lines", take: lines },
    Reader { name: "trafilatura-rs", take: trafilatura },
    Reader { name: "dom_smoothie", take: dom_smoothie },
];

/// The body is what belongs to the article but its headline, captions and credits.
fn sayso(page: &Page) -> Taken {
    let options = Options { id: page.id.clone(), url: Some(page.url.clone()), ..Options::default() };
    taken(sayso_acquire::read(&page.bytes, &options))
}

/// The same from the text of the page, without its markup.
fn lines(page: &Page) -> Taken {
    let options = Options { id: page.id.clone(), ..Options::default() };
    let text = super::flat::text(&String::from_utf8_lossy(&page.bytes));
    taken(sayso_acquire::read(text.as_bytes(), &options))
}

fn taken(article: Result<Article, AcquireError>) -> Taken {
    let Ok(article) = article else { return Taken::default() };
    let is_body = |role: BlockRole| match role {
        BlockRole::Standfirst
        | BlockRole::Heading
        | BlockRole::Paragraph
        | BlockRole::List
        | BlockRole::Correction => true,
        BlockRole::Title | BlockRole::Caption | BlockRole::Credit | BlockRole::Boilerplate => false,
    };
    let blocks = article.blocks.iter().filter(|block| is_body(block.role));
    Taken {
        body: blocks.map(|block| article.text.slice(block.span)).collect::<Vec<_>>().join("\n\n"),
        title: article.origin.title.unwrap_or_default(),
        authors: article.origin.byline,
        date: article.origin.published,
        date_from: article.origin.published_from,
        because: article.origin.because,
    }
}

fn trafilatura(page: &Page) -> Taken {
    let html = String::from_utf8_lossy(&page.bytes);
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let Ok(result) = trafilatura::extract(&html, &options) else { return Taken::default() };
    Taken {
        body: result.content_text,
        title: result.metadata.title,
        authors: names(&result.metadata.author),
        date: result.metadata.date.map(|date| date.to_string()),
        ..Taken::default()
    }
}

fn dom_smoothie(page: &Page) -> Taken {
    let html = String::from_utf8_lossy(&page.bytes).into_owned();
    let article = dom_smoothie::Readability::new(html, Some(page.url.as_str()), None);
    let Ok(article) = article.and_then(|mut reader| reader.parse()) else { return Taken::default() };
    Taken {
        body: article.text_content.to_string(),
        title: article.title,
        authors: article.byline.as_deref().map(names).unwrap_or_default(),
        date: article.published_time.and_then(|time| time.get(..10).map(str::to_owned)),
        ..Taken::default()
    }
}

fn names(authors: &str) -> Vec<String> {
    authors.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[derive(Deserialize)]
struct Row {
    id: String,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    text: Option<String>,
}

/// The results of another program, by page.
pub(super) fn other(file: &Path) -> Result<HashMap<String, Taken>> {
    let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let row = |line: &str| -> Result<(String, Taken)> {
        let row: Row = serde_json::from_str(line)?;
        let taken = Taken {
            body: row.text.unwrap_or_default(),
            title: row.title.unwrap_or_default(),
            authors: row.author.as_deref().map(names).unwrap_or_default(),
            date: row.date,
            ..Taken::default()
        };
        Ok((row.id, taken))
    };
    lines.lines().map(row).collect()
}
