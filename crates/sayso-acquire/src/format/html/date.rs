//! When a page says that it was published.
//!
//! What is written for machines goes first, in the order of how seldom it is wrong: JSON-LD, `<meta>`, a `<time>` that is marked as the
//! publication's; then the day that stands beside the headline, then the address. Dates further down are left alone: half of them belong to
//! something else.

use super::scan::{Run, Scan};
use super::structured::Structured;
use crate::Published;

#[derive(Default)]
pub(super) struct Dates {
    /// The date and what said so.
    pub(super) published: Option<(String, &'static str)>,
    pub(super) modified: Option<(String, &'static str)>,
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
const BEFORE: usize = 20;
const BEHIND: usize = 60;
/// Characters of a run that is a date with a label and not a sentence with a date in it.
const LONGEST: usize = 60;
/// Characters before a date that are its label.
const LABEL: usize = 40;

pub(super) fn of(scan: &Scan, structured: &Structured, headline: Option<usize>, url: Option<&str>) -> Dates {
    let meta = |keys| scan.meta(keys).find_map(date);
    let visible = visible(scan, headline);
    let published = [
        (structured.published.as_deref().and_then(date), "json-ld"),
        (meta(META), "meta"),
        (marked_time(scan), "time"),
        (visible.published, "text"),
        (scan.in_scripts.as_deref().and_then(date), "script"),
        (url.and_then(in_url), "url"),
        // a page that only says when it was changed was published then as it stands
        (visible.modified.clone(), "text (updated)"),
    ];
    let published = published.into_iter().find_map(|(date, from)| Some((date?, from)));
    let modified = [
        (structured.modified.as_deref().and_then(date), "json-ld"),
        (meta(META_MODIFIED), "meta"),
        (visible.modified, "text"),
    ];
    let modified = modified.into_iter().find_map(|(date, from)| Some((date?, from)));
    Dates { published, modified }
}

/// `<time datetime=...>` that is marked as the publication's.
fn marked_time(scan: &Scan) -> Option<String> {
    const MARKS: [&str; 5] = ["pubdate", "datepublished", "published", "entry-date", "post-date"];
    let is_marked = |run: &&Run| MARKS.iter().any(|mark| run.marks.contains(mark));
    scan.runs.iter().filter(is_marked).find_map(|run| run.datetime.as_deref().and_then(date))
}

#[derive(Default)]
struct Visible {
    published: Option<String>,
    modified: Option<String>,
}

/// The days beside the headline: "Published 9 November 2021", "Updated: Nov. 10, 2021"; further away those with a label.
fn visible(scan: &Scan, headline: Option<usize>) -> Visible {
    let mut found = Visible::default();
    let near =
        headline.map(|at| at.saturating_sub(BEFORE)..scan.runs.len().min(at + BEHIND)).unwrap_or_default();
    let behind = headline.map(|at| at..near.end).unwrap_or_default();
    let before = near.start..behind.start;
    let order = behind.chain(before.rev()).chain(0..scan.runs.len());
    for at in order {
        let Some(run) = scan.runs.get(at).filter(|run| can_be_day(run)) else { continue };
        let label = label(scan, at);
        let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
        let is_later = says(&["updat", "modif", "review", "revis", "edited"]);
        let is_first = says(&["publish", "posted", "written on", "date:"]);
        if !(near.contains(&at) || is_later || is_first) {
            continue;
        }
        let Some(date) = day(run) else { continue };
        let slot = if is_later { &mut found.modified } else { &mut found.published };
        slot.get_or_insert(date);
    }
    found
}

/// The words of a run and those right before it, in small letters.
fn label(scan: &Scan, at: usize) -> String {
    let before: String =
        scan.runs[at.saturating_sub(3)..at].iter().map(|run| format!("{} ", run.text.trim())).collect();
    let skipped = before.chars().count().saturating_sub(LABEL);
    let before: String = before.chars().skip(skipped).collect();
    format!("{before} {}", scan.runs[at].text).to_lowercase()
}

/// Whether a run is no more than a date with its label.
fn can_be_day(run: &Run) -> bool {
    let text = run.text.trim();
    text.len() <= 2 * LONGEST
        && text.chars().count() <= LONGEST
        && text.contains(|c: char| c.is_ascii_digit())
}

/// The only day of a run.
fn day(run: &Run) -> Option<String> {
    run.datetime.as_deref().and_then(date).or_else(|| only_day(run.text.trim()))
}

fn only_day(text: &str) -> Option<String> {
    let found = sayso::time::recognise(text, None).into_iter().filter_map(|timex| timex.edtf);
    let mut days: Vec<String> = found.filter(|day| is_day(day)).collect();
    days.dedup();
    if days.len() == 1 { days.pop() } else { None }
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

/// The day that a machine's date starts with, or that it spells: "2021-11-09T08:00", "Nov 9, 2021".
fn date(value: &str) -> Option<String> {
    let value = value.trim();
    let day = value.get(..10).map(|day| day.replace('/', "-")).filter(|day| is_day(day));
    day.or_else(|| only_day(&value.chars().take(LONGEST).collect::<String>()))
}

fn is_day(day: &str) -> bool {
    day.len() == 10
        && (day.starts_with("19") || day.starts_with("20"))
        && day.as_bytes()[4] == b'-'
        && Published::parse(day).is_ok()
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
        assert_eq!(read(ld, None).modified, Some(("2021-11-10".to_owned(), "json-ld")));
        assert_eq!(published(meta), Some(("2021-11-08".to_owned(), "meta")));
        let day = |from| Some(("2021-11-07".to_owned(), from));
        assert_eq!(published("<time class=published datetime='2021-11-07'>Sunday</time>"), day("time"));
        assert_eq!(published("<p>a</p><time datetime='2021-11-07'>b</time>"), None);
        assert_eq!(published("<meta name=date content='Nov 7, 2021'>"), day("meta"));
        assert_eq!(
            published(r#"<script>x = '{\"datePublished\":\"2021-11-07T08:00\"}'</script>"#),
            day("script")
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
        assert_eq!(dates.modified, Some(("2021-11-10".to_owned(), "text")));
        assert_eq!(published("<p>9 November 2021</p>"), None);
        assert_eq!(
            published("<h1>The well</h1><i>Updated 9 November 2021</i>"),
            Some(("2021-11-09".to_owned(), "text (updated)"))
        );
        assert_eq!(
            published(
                "<h1>The well</h1><p>On 9 November 2021 the well was dry, said the mayor, who had seen it himself.</p>"
            ),
            None
        );
    }
}
