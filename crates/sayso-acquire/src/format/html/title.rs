//! The headline of a page, and where it stands.

use super::letters;
use super::scan::Scan;
use super::structured::Structured;

/// Words of a line that count for a headline.
const MOST_WORDS: usize = 80;
/// Headings that are looked at.
const MOST_HEADINGS: usize = 20;
const BETWEEN: [&str; 8] = [" | ", " – ", " — ", " - ", " · ", " :: ", " « ", " » "];

pub(super) struct Title {
    pub(super) words: String,
    /// The run of the page that it stands in.
    pub(super) run: Option<usize>,
    /// What says so.
    pub(super) from: &'static str,
}

/// The heading that says what the head of the page says; else what the head says, without the name of the site.
pub(super) fn of(scan: &Scan, structured: &Structured, site: &[&str]) -> Title {
    let stated: Vec<String> = structured
        .headline
        .iter()
        .map(String::as_str)
        .chain(scan.meta(&["og:title", "twitter:title", "dc.title"]))
        .chain([scan.title.as_str()])
        .map(|title| without_site(title, site))
        .filter(|title| !title.is_empty())
        .collect();
    let mut headings = scan.headings(1);
    headings.truncate(MOST_HEADINGS);
    let worth = |words: &str| stated.iter().map(|title| overlap(title, words)).fold(0.0, f64::max);
    let best = headings
        .iter()
        .filter(|(_, words)| words.split_whitespace().count() > 1)
        .max_by(|a, b| worth(&a.1).total_cmp(&worth(&b.1)).then(b.0.cmp(&a.0)));
    match best {
        Some((run, words)) if worth(words) >= 0.3 || headings.len() == 1 => {
            Title { words: words.clone(), run: Some(*run), from: "heading" }
        }
        _ => {
            let words = stated.into_iter().next().unwrap_or_default();
            let run = scan.runs.iter().position(|run| overlap(&run.text, &words) > 0.8);
            Title { words, run: run.or(headings.first().map(|(run, _)| *run)), from: "head" }
        }
    }
}

/// "Quay shut | Lake Courier", "Lake Courier - Quay shut"
pub(super) fn without_site(title: &str, site: &[&str]) -> String {
    let title: Vec<&str> = title.split_whitespace().take(MOST_WORDS).collect();
    let title = title.join(" ");
    let site: Vec<String> = site.iter().map(|name| letters(name)).filter(|name| name.len() > 2).collect();
    let names_site = |words: &str| {
        let words = letters(words);
        words.len() > 2 && site.iter().any(|site| site.contains(&words) || words.contains(site.as_str()))
    };
    let cut = |words: &str| -> Option<String> {
        BETWEEN.iter().find_map(|between| {
            let behind =
                words.rsplit_once(between).filter(|(words, name)| names_site(name) && words.contains(' '));
            let before = || {
                words
                    .split_once(between)
                    .filter(|(name, words)| names_site(name) && words.split(' ').count() > 2)
            };
            behind
                .map(|(words, _)| words)
                .or_else(|| before().map(|(_, words)| words))
                .map(|words| words.trim().to_owned())
        })
    };
    let mut title = title;
    while let Some(shorter) = cut(&title) {
        title = shorter;
    }
    title
}

/// The share of words that two lines have in common, of the longer one.
fn overlap(a: &str, b: &str) -> f64 {
    let words = |line: &str| -> Vec<String> {
        let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(MOST_WORDS).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    let longer = a.len().max(b.len());
    if longer == 0 { 0.0 } else { shared as f64 / longer as f64 }
}

#[cfg(test)]
mod tests {
    use super::super::{scan, structured};
    use super::*;

    #[test]
    fn headlines_leave_the_site_out() {
        let site = ["The Lake Courier", "www.lakecourier.example"];
        for (title, short) in [
            ("Quay shut - again | Lake Courier", "Quay shut - again"),
            ("Quay shut – lakecourier.example", "Quay shut"),
            ("Lake Courier: Quay - not crane - shut", "Lake Courier: Quay - not crane - shut"),
            ("Lake Courier | The quay is shut", "The quay is shut"),
            ("Lake Courier", "Lake Courier"),
        ] {
            assert_eq!(without_site(title, &site), short);
        }
    }

    #[test]
    fn the_heading_that_the_head_means() {
        let read = |html: &str| {
            let scan = scan::of(html);
            of(&scan, &structured::of(&scan), &["Lake Courier"]).words
        };
        let head = "<title>Quay shut after storm | Lake Courier</title>";
        assert_eq!(
            read(&format!("{head}<h1>Lake Courier news</h1><h1>The quay is shut after the storm</h1>")),
            "The quay is shut after the storm"
        );
        assert_eq!(read(head), "Quay shut after storm");
        assert_eq!(read(""), "");
    }
}
