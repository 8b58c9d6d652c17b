//! When a page says that it was published.
//!
//! What is written for machines goes first, in the order of how seldom it is wrong: JSON-LD, `<meta>`, a `<time>` that is marked as the
//! publication's; then the day that stands beside the headline, then the address. Dates further down are left alone: half of them belong to
//! something else.

use super::scan::{Run, Scan};
use super::structured::Structured;
use crate::Published;
use std::ops::Range;

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
const META_MODIFIED: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"];

/// Runs of text around the headline where the day of publication stands.
const BEFORE: usize = 12;
const BEHIND: usize = 30;
/// Characters of a run that is a date with a label and not a sentence with a date in it.
const LONGEST: usize = 60;

pub(super) fn of(scan: &Scan, structured: &Structured, headline: Option<usize>, url: Option<&str>) -> Dates {
    let meta = |keys| scan.meta(keys).find_map(date);
    let visible = visible(scan, headline);
    let published = structured.published.as_deref().and_then(date).map(|date| (date, "json-ld"));
    let published = published.or_else(|| meta(META).map(|date| (date, "meta")));
    let published = published.or_else(|| time(scan).map(|date| (date, "time")));
    let published = published.or_else(|| visible.published.map(|date| (date, "text")));
    let published = published.or_else(|| Some((in_url(url?)?, "url")));
    let modified = structured.modified.as_deref().and_then(date).or_else(|| meta(META_MODIFIED));
    Dates { published, modified: modified.or(visible.modified) }
}

/// `<time datetime=...>`: one that is marked as the publication's, or the only date that there is.
fn time(scan: &Scan) -> Option<String> {
    const MARKS: [&str; 5] = ["pubdate", "datepublished", "published", "entry-date", "post-date"];
    let mut only: Option<String> = None;
    let mut several = false;
    for run in &scan.runs {
        let Some(date) = run.datetime.as_deref().and_then(date) else { continue };
        if MARKS.iter().any(|mark| run.marks.contains(mark)) {
            return Some(date);
        }
        several |= only.as_ref().is_some_and(|other| *other != date);
        only.get_or_insert(date);
    }
    only.filter(|_| !several)
}

#[derive(Default)]
struct Visible {
    published: Option<String>,
    modified: Option<String>,
}

/// The days beside the headline: "Published 9 November 2021", "Updated: Nov. 10, 2021".
fn visible(scan: &Scan, headline: Option<usize>) -> Visible {
    let mut found = Visible::default();
    let Some(headline) = headline else { return found };
    let near = nearest_first(headline, scan.runs.len());
    for at in near {
        let run = &scan.runs[at];
        let Some(date) = day(run) else { continue };
        let before = at.checked_sub(1).map_or("", |at| scan.runs[at].text.as_str());
        let label = format!(
            "{} {}",
            before.chars().rev().take(30).collect::<Vec<_>>().iter().rev().collect::<String>(),
            run.text
        )
        .to_lowercase();
        let is_later =
            ["updat", "modif", "review", "revis", "edited"].iter().any(|word| label.contains(word));
        let slot = if is_later { &mut found.modified } else { &mut found.published };
        slot.get_or_insert(date);
    }
    found
}

/// Runs behind the headline, then those before it.
fn nearest_first(headline: usize, runs: usize) -> impl Iterator<Item = usize> {
    let behind: Range<usize> = headline..runs.min(headline + BEHIND);
    behind.chain((headline.saturating_sub(BEFORE)..headline).rev())
}

/// The only day of a run that is little else.
fn day(run: &Run) -> Option<String> {
    let text = run.text.trim();
    if text.chars().count() > LONGEST || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut days: Vec<String> =
        sayso::time::recognise(text, None).into_iter().filter_map(|timex| timex.edtf).collect();
    days.retain(|day| date(day).is_some());
    days.dedup();
    match &days[..] {
        [only] => date(only),
        _ => None,
    }
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
    (day.as_bytes()[4] == b'-' && (day.starts_with("19") || day.starts_with("20"))).then_some(())?;
    Published::parse(&day).ok().map(|date| date.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{scan, structured};
    use super::*;

    fn read(html: &str, url: Option<&str>) -> Dates {
        let scan = scan::of(html);
        let headline = scan.headings(1).first().map(|(at, _)| *at);
        of(&scan, &structured::of(&scan), headline, url)
    }

    fn published(html: &str) -> Option<(String, &'static str)> {
        read(html, None).published
    }

    #[test]
    fn machines_are_believed_in_order() {
        let ld = r#"<script type="application/ld+json">{"@type":"Article","datePublished" : "2021-11-09T08:00:00+03:00","dateModified":"2021-11-10"}</script>"#;
        let meta = "<META content='2021-11-08T22:00' property='article:published_time'><meta name=date content=2021-11-01>";
        assert_eq!(published(&format!("{meta}{ld}")), Some(("2021-11-09".to_owned(), "json-ld")));
        assert_eq!(read(ld, None).modified.as_deref(), Some("2021-11-10"));
        assert_eq!(published(meta), Some(("2021-11-08".to_owned(), "meta")));
        assert_eq!(
            published("<time datetime='2021-11-07'>Sunday</time>"),
            Some(("2021-11-07".to_owned(), "time"))
        );
        assert_eq!(
            published("<time datetime='2021-11-07'>a</time><time datetime='2020-01-01'>b</time>"),
            None
        );
        let url = |url| read("", Some(url)).published;
        assert_eq!(url("https://x.example/2021/11/09/siege"), Some(("2021-11-09".to_owned(), "url")));
        assert_eq!(url("https://x.example/8/2021-13-09"), None);
    }

    #[test]
    fn beside_the_headline_and_nowhere_else() {
        let page = "<h1>The well is dry</h1><span>Published</span> <span>9 November 2021</span><p>Updated: Nov. 10, 2021</p>";
        let dates = read(page, None);
        assert_eq!(dates.published, Some(("2021-11-09".to_owned(), "text")));
        assert_eq!(dates.modified.as_deref(), Some("2021-11-10"));
        assert_eq!(published("<p>Published 9 November 2021</p>"), None);
        assert_eq!(
            published(
                "<h1>The well</h1><p>On 9 November 2021 the well was dry, said the mayor, who had seen it himself.</p>"
            ),
            None
        );
    }
}
