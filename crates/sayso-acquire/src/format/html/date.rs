//! When a page says that it was published.
//!
//! Only what is written for machines counts, in the order of how seldom it is wrong: JSON-LD, `<meta>`,
//! `<time>`, the address. Dates in the text are left alone: half of them belong to something else.

use crate::Published;

#[derive(Default)]
pub(super) struct Dates {
    /// The date and what said so.
    pub(super) published: Option<(String, &'static str)>,
    pub(super) modified: Option<String>,
}

const META: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date.published",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "article.published",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "citation_publication_date",
    "article:post_date",
    "date",
];

pub(super) fn of(html: &str) -> Dates {
    let ld = |key| json_value(html, key);
    let published = ld("\"datePublished\"").or_else(|| ld("\"dateCreated\"")).map(|date| (date, "json-ld"));
    let published = published.or_else(|| meta(html).map(|date| (date, "meta")));
    let published = published.or_else(|| time(html).map(|date| (date, "time")));
    Dates { published, modified: ld("\"dateModified\"") }
}

impl Dates {
    /// With the date in the page's address, where the page itself says none.
    pub(super) fn or_url(mut self, url: Option<&str>) -> Self {
        self.published = self.published.or_else(|| Some((in_url(url?)?, "url")));
        self
    }
}

/// The first value of a key that is a date: `"datePublished": "2021-11-09T10:00:00Z"`.
fn json_value(html: &str, key: &str) -> Option<String> {
    html.match_indices(key).take(20).find_map(|(at, _)| {
        let value = html[at + key.len()..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        date(&value[..value.find('"')?])
    })
}

/// The best known of the page's `<meta>` elements.
fn meta(html: &str) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for tag in tags(html, "<meta") {
        let named = ["property", "name", "itemprop"].iter().find_map(|name| attribute(tag, name));
        let Some(rank) = named.and_then(|name| META.iter().position(|m| m.eq_ignore_ascii_case(name))) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| rank < *other)
            && let Some(date) = attribute(tag, "content").and_then(date)
        {
            best = Some((rank, date));
        }
    }
    best.map(|(_, date)| date)
}

/// `<time datetime=...>`: one that is marked as the publication's, or the only date that there is.
fn time(html: &str) -> Option<String> {
    let mut only: Option<String> = None;
    let mut several = false;
    for tag in tags(html, "<time") {
        let Some(date) = attribute(tag, "datetime").and_then(date) else { continue };
        let lower = tag.to_ascii_lowercase();
        if ["pubdate", "datepublished", "published", "entry-date"].iter().any(|mark| lower.contains(mark)) {
            return Some(date);
        }
        several |= only.as_ref().is_some_and(|other| *other != date);
        only.get_or_insert(date);
    }
    only.filter(|_| !several)
}

/// `/2021/11/09/`, `/2021-11-09-`
fn in_url(url: &str) -> Option<String> {
    let digit = |byte: u8| byte.is_ascii_digit();
    url.as_bytes().windows(10).enumerate().find_map(|(at, window)| {
        let apart = at > 0 && !digit(url.as_bytes()[at - 1]);
        let (first, second) = (window[4], window[7]);
        let shaped = apart && first == second && matches!(first, b'/' | b'-');
        let date = shaped.then(|| String::from_utf8_lossy(window).replace('/', "-"))?;
        (date.starts_with("19") || date.starts_with("20")).then_some(())?;
        Published::parse(&date).ok().map(|date| date.as_str().to_owned())
    })
}

/// The day that a machine's date starts with.
fn date(value: &str) -> Option<String> {
    let day = value.trim().get(..10)?.replace('/', "-");
    (day.as_bytes()[4] == b'-').then_some(())?;
    Published::parse(&day).ok().map(|date| date.as_str().to_owned())
}

/// The tags of a kind, up to their closing bracket.
fn tags<'h>(html: &'h str, start: &'static str) -> impl Iterator<Item = &'h str> {
    html.match_indices('<').filter_map(move |(at, _)| {
        let tag = &html[at..];
        let named = tag.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
        let tag = named.then(|| {
            tag.as_bytes().iter().take(4096).position(|byte| *byte == b'>').map(|end| &tag[..end])
        })??;
        tag[start.len()..].starts_with(char::is_whitespace).then_some(tag)
    })
}

/// The value of an attribute, quoted or not.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end();
        let value = rest[at + 1..].trim_start();
        let (found, after) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => value[1..].split_once(char::from(*quote))?,
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if key.rsplit(|c: char| c.is_whitespace()).next().is_some_and(|key| key.eq_ignore_ascii_case(name)) {
            return Some(found);
        }
        rest = after;
    }
    None
}

#[test]
fn machines_are_believed_in_order() {
    let published = |html: &str| of(html).published;
    let ld = r#"<script type="application/ld+json">{"datePublished" : "2021-11-09T08:00:00+03:00","dateModified":"2021-11-10"}</script>"#;
    let meta = "<META content='2021-11-08T22:00' property='article:published_time'><meta name=date content=2021-11-01>";
    assert_eq!(published(&format!("{meta}{ld}")), Some(("2021-11-09".to_owned(), "json-ld")));
    assert_eq!(of(ld).modified.as_deref(), Some("2021-11-10"));
    assert_eq!(published(meta), Some(("2021-11-08".to_owned(), "meta")));
    assert_eq!(
        published("<time datetime='2021-11-07'>Sunday</time>"),
        Some(("2021-11-07".to_owned(), "time"))
    );
    assert_eq!(published("<time datetime='2021-11-07'></time><time datetime='2020-01-01'></time>"), None);
    assert_eq!(published("<p>Published 7 November 2021</p>"), None);
    let url = |url| of("").or_url(Some(url)).published;
    assert_eq!(url("https://x.example/2021/11/09/siege"), Some(("2021-11-09".to_owned(), "url")));
    assert_eq!(url("https://x.example/8/2021-13-09"), None);
}
