//! Who wrote it: names, with agencies and functions left out.

use super::scan::Scan;
use super::structured::Structured;
use crate::agency;

/// Runs of text around the headline where a byline stands.
const BEFORE: usize = 10;
const BEHIND: usize = 40;
/// Lines that name authors, and authors.
const MOST: usize = 50;
/// Words of a name.
const MOST_WORDS: usize = 5;
const META: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cxenseparse:author",
    "citation_author",
    "rnews:author",
    "article:author_name",
];

/// Who wrote an article.
#[derive(Default)]
pub(super) struct Byline {
    pub(super) names: Vec<String>,
    /// What names them.
    pub(super) from: &'static str,
    /// Everything that stands where authors do, as it stands there.
    pub(super) lines: Vec<String>,
}

/// The authors; `site` holds the names of the site, which writes nothing.
pub(super) fn of(scan: &Scan, structured: &Structured, headline: Option<usize>, site: &[String]) -> Byline {
    let in_meta = META
        .iter()
        .map(|key| scan.meta(&[key]).take(MOST).map(str::to_owned).collect::<Vec<_>>())
        .find(|lines| lines.iter().any(|line| !split(line).is_empty()));
    let (visible_names, visible) = visible(scan, headline);
    let ways = [
        ("json-ld", structured.authors.iter().flat_map(|author| split(author)).collect()),
        ("meta", in_meta.iter().flatten().flat_map(|line| split(line)).collect()),
        ("text", visible_names),
    ];
    let lines = structured.authors.iter().cloned().chain(in_meta.iter().flatten().cloned()).chain(visible);
    let mut byline = Byline { lines: lines.collect(), ..Byline::default() };
    for (from, names) in ways {
        for name in names {
            let is_same = |other: &String| other.eq_ignore_ascii_case(&name);
            if byline.names.len() < MOST && !site.iter().any(is_same) && !byline.names.iter().any(is_same) {
                byline.names.push(name);
            }
        }
        if !byline.names.is_empty() {
            byline.from = from;
            break;
        }
    }
    byline
}

/// "By Ada Kell and Leon Orr, Reuters in Brezna": the names.
pub(super) fn split(byline: &str) -> Vec<String> {
    let line = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = without_by(&line);
    if line.contains("://") {
        return Vec::new();
    }
    let mut names = Vec::new();
    for part in line
        .split([';', '|', '•', '·', '/'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
    {
        for name in part.split(',') {
            let name = cut_place(agency::without(without_by(name.trim())))
                .trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
            if is_name(name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

fn without_by(line: &str) -> &str {
    const OPENERS: [&str; 8] =
        ["written by ", "posted by ", "words by ", "story by ", "by ", "by: ", "author: ", "reviewed by "];
    let lower = line.to_ascii_lowercase();
    let opener = OPENERS.iter().find(|opener| lower.starts_with(**opener));
    opener.map_or(line, |opener| line[opener.len()..].trim_start())
}

/// "Ada Kell in Brezna", "Ada Kell for the Courier"
fn cut_place(name: &str) -> &str {
    [" in ", " for ", " at "].iter().filter_map(|word| name.find(word)).min().map_or(name, |at| &name[..at])
}

fn is_name(name: &str) -> bool {
    const NO_NAMES: [&str; 20] = [
        "admin",
        "administrator",
        "editor",
        "editors",
        "staff",
        "editorial",
        "team",
        "author",
        "authors",
        "guest",
        "contributor",
        "newsroom",
        "reporter",
        "writer",
        "agencies",
        "staff writer",
        "staff reporter",
        "news desk",
        "by",
        "contributors",
    ];
    let words = name.split_whitespace().count();
    let is_worded = (1..=MOST_WORDS).contains(&words)
        && name.chars().any(char::is_alphabetic)
        && name.chars().count() <= 60;
    let is_address =
        name.contains("://") || name.contains('@') && name.contains('.') || name.contains("www.");
    let is_dated = name.chars().filter(char::is_ascii_digit).count() > 3;
    is_worded
        && !is_address
        && !is_dated
        && !is_degree(name)
        && !NO_NAMES.contains(&&*name.to_lowercase())
        && !agency::is_one(name)
}

/// "MD", "Ph.D.", "RD": short and in capitals.
fn is_degree(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    !name.contains(' ') && letters.len() <= 5 && capitals >= 2 && letters.len() <= capitals + 1
}

/// The names of a byline beside the headline, and the lines that may be one.
fn visible(scan: &Scan, headline: Option<usize>) -> (Vec<String>, Vec<String>) {
    const MARKS: [&str; 4] = ["author", "byline", "writer", "contributor"];
    let mut lines = Vec::new();
    let Some(headline) = headline else { return (Vec::new(), lines) };
    let near = (headline..scan.runs.len().min(headline + BEHIND))
        .chain((headline.saturating_sub(BEFORE)..headline).rev());
    for at in near {
        let run = &scan.runs[at];
        let text = run.text.trim();
        let before = at.checked_sub(1).map_or("", |at| scan.runs[at].text.trim());
        let is_short = text.chars().count() <= 80;
        let is_marked = MARKS.iter().any(|mark| run.marks.contains(mark)) && run.heading.is_none();
        let opens = |line: &str| {
            let lower = line.to_ascii_lowercase();
            lower.starts_with("by ") || lower.starts_with("written by") || lower.starts_with("author:")
        };
        let is_alone = matches!(
            before.to_ascii_lowercase().trim_end_matches(':'),
            "by" | "written by" | "author" | "words by"
        );
        if is_short && (is_marked || opens(text) || is_alone) {
            lines.push(text.to_owned());
            let names: Vec<String> = split(text).into_iter().filter(|name| is_capitalised(name)).collect();
            if !names.is_empty() && sayso::time::recognise(text, None).is_empty() {
                return (names, lines);
            }
        }
    }
    (Vec::new(), lines)
}

/// What is seen and not said for machines has to look like a name.
fn is_capitalised(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.len() >= 2
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase())
                || matches!(*word, "de" | "van" | "von" | "der" | "al" | "bin" | "la" | "di")
        })
}

#[test]
fn names_without_agency_function_and_place() {
    for (byline, names) in [
        ("By Ada Kell and Leon Orr, Reuters in Brezna", vec!["Ada Kell", "Leon Orr"]),
        ("Ada Kell, MD; Leon Orr", vec!["Ada Kell", "Leon Orr"]),
        ("Written by Ada Kell for the Courier", vec!["Ada Kell"]),
        ("Staff writer", vec![]),
        ("https://x.example/ada", vec![]),
    ] {
        assert_eq!(split(byline), names, "{byline}");
    }
}
