//! Whether a page is opinion or news, where it says so.

use super::scan::Scan;
use super::structured::Structured;

/// Lines above and below the headline where its section stands.
const BEFORE: usize = 8;
const BEHIND: usize = 3;
const OPINION: &[&str] = &[
    "opinion",
    "opinions",
    "op-ed",
    "oped",
    "op-eds",
    "editorial",
    "editorials",
    "commentary",
    "commentisfree",
    "comment is free",
    "column",
    "columns",
    "columnist",
    "columnists",
    "letters",
    "letter to the editor",
    "letters to the editor",
    "viewpoint",
    "viewpoints",
    "views",
    "perspective",
    "perspectives",
    "guest column",
    "guest essay",
    "opinion-analysis",
    "ideas",
];
const NEWS: &[&str] = &[
    "news",
    "world",
    "politics",
    "national",
    "local",
    "business",
    "sport",
    "sports",
    "africa",
    "asia",
    "europe",
    "middle east",
];

/// `opinion` or `news`, and what says so.
pub(super) fn of(
    scan: &Scan,
    structured: &Structured,
    headline: Option<usize>,
    url: Option<&str>,
) -> Option<(&'static str, &'static str)> {
    let is_opinion = |words: &str| OPINION.contains(&words.trim().to_lowercase().as_str());
    let is_news = |words: &str| NEWS.contains(&words.trim().to_lowercase().as_str());
    let path = url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let in_path = |is: &dyn Fn(&str) -> bool| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let folders: Vec<&str> = path.split('/').skip(1).collect();
        folders.iter().take(folders.len().saturating_sub(1)).any(|folder| is(folder))
    };
    let sections: Vec<&str> = structured
        .sections
        .iter()
        .map(String::as_str)
        .chain(scan.meta(&["article:section", "section"]))
        .collect();
    let around =
        headline.map(|at| at.saturating_sub(BEFORE)..scan.runs.len().min(at + BEHIND)).unwrap_or_default();
    let in_menu = |at: usize| {
        scan.around(scan.runs[at].element).any(|at| matches!(scan.elements[at].name, "nav" | "footer" | "li"))
    };
    let is_labelled = around.into_iter().any(|at| is_opinion(&scan.runs[at].text) && !in_menu(at));
    let is_kind = |kind: &str| structured.kinds.iter().any(|own| own == kind);
    let says = |section, ways: [(bool, &'static str); 4]| {
        ways.into_iter().find(|(so, _)| *so).map(|(_, from)| (section, from))
    };
    let opinion = [
        (is_kind("OpinionNewsArticle"), "json-ld"),
        (sections.iter().any(|section| is_opinion(section)), "meta"),
        (in_path(&is_opinion), "url"),
        // menus have these words as well
        (is_labelled && !(sections.iter().any(|section| is_news(section)) || in_path(&is_news)), "text"),
    ];
    let news = [
        (is_kind("ReportageNewsArticle"), "json-ld"),
        (sections.iter().any(|section| is_news(section)), "meta"),
        (in_path(&is_news), "url"),
        (is_kind("NewsArticle"), "json-ld"),
    ];
    says("opinion", opinion).or_else(|| says("news", news))
}

#[test]
fn opinion_is_where_it_says_so() {
    let read = |html: &str, url: &str| {
        let scan = super::scan::of(html);
        let headline = scan.headings(1).first().map(|(at, _)| *at);
        of(&scan, &super::structured::of(&scan), headline, Some(url)).map(|(section, _)| section)
    };
    let at = "https://x.example/";
    assert_eq!(read("", "https://x.example/opinion/dry-well"), Some("opinion"));
    assert_eq!(read("", "https://x.example/world/opinion"), Some("news"));
    assert_eq!(read("<meta property=article:section content=Editorials>", at), Some("opinion"));
    assert_eq!(read("<a>Opinion</a><h1>The well</h1>", at), Some("opinion"));
    assert_eq!(read("<nav><a>Opinion</a></nav><h1>The well</h1>", at), None);
}
