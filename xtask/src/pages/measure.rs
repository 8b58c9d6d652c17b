//! What is counted of a page.
//!
//! # Source
//! Word F1 of the body as in Bevendorff et al., "An Empirical Comparison of Web Content Extraction Algorithms" (SIGIR 2023), over bags of words, as a mean
//! over pages; phrases that must and must not be there as in Barbaresi, "Trafilatura" (ACL 2021).

use super::readers::Taken;
use serde::Deserialize;
use std::collections::HashMap;

/// Fields whose errors can be asked for.
pub(super) const FIELDS: [&str; 5] = ["body", "date", "authors", "title", "phrases"];

/// A page as people read it.
#[derive(Deserialize)]
pub(super) struct Gold {
    pub(super) id: String,
    pub(super) url: String,
    title: String,
    #[serde(default)]
    authors: Option<Vec<String>>,
    date: Option<String>,
    body: String,
    must_have: Vec<String>,
    must_not_have: Vec<String>,
}

/// Sums over pages.
#[derive(Default)]
pub(super) struct Sums {
    pages: usize,
    precision: f64,
    recall: f64,
    f1: f64,
    empty: usize,
    must: [usize; 2],
    must_not: [usize; 2],
    dates: usize,
    date_right: usize,
    /// Another date than the page's.
    date_wrong: usize,
    /// A date where people saw none.
    date_added: usize,
    authors: usize,
    authors_given: usize,
    authors_right: usize,
    title_right: usize,
    title_close: usize,
}

impl Sums {
    pub(super) fn add(&mut self, gold: &Gold, taken: &Taken) {
        let [precision, recall, f1] = body(&gold.body, &taken.body);
        self.pages += 1;
        self.precision += precision;
        self.recall += recall;
        self.f1 += f1;
        self.empty += usize::from(taken.body.trim().is_empty());
        let text = plain(&taken.body);
        let holds = |phrase: &&String| text.contains(&plain(phrase));
        self.must[0] += gold.must_have.iter().filter(holds).count();
        self.must[1] += gold.must_have.len();
        self.must_not[0] += gold.must_not_have.iter().filter(|phrase| !holds(phrase)).count();
        self.must_not[1] += gold.must_not_have.len();
        self.dates += usize::from(gold.date.is_some());
        match (&gold.date, &taken.date) {
            (Some(right), Some(given)) if right == given => self.date_right += 1,
            (Some(_), Some(_)) => self.date_wrong += 1,
            (None, Some(_)) => self.date_added += 1,
            (_, None) => {}
        }
        let [right, given, there] = authors(gold, taken);
        self.authors_right += right;
        self.authors_given += given;
        self.authors += there;
        self.title_right += usize::from(title(&gold.title) == title(&taken.title));
        let [_, _, close] = body(&gold.title, &taken.title);
        self.title_close += usize::from(close > 0.8);
    }

    /// In per cent.
    pub(super) fn figures(&self) -> Vec<(&'static str, f64)> {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let mean = |sum: f64| 100.0 * sum / self.pages.max(1) as f64;
        let (p, r) = (share(self.authors_right, self.authors_given), share(self.authors_right, self.authors));
        vec![
            ("body_precision", mean(self.precision)),
            ("body_recall", mean(self.recall)),
            ("body_f1", mean(self.f1)),
            ("body_empty", share(self.empty, self.pages)),
            ("must_have", share(self.must[0], self.must[1])),
            ("must_not_have", share(self.must_not[0], self.must_not[1])),
            ("date_right", share(self.date_right, self.dates)),
            ("date_wrong", share(self.date_wrong, self.dates)),
            ("date_added", share(self.date_added, self.pages - self.dates)),
            ("author_precision", p),
            ("author_recall", r),
            ("author_f1", if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }),
            ("title_exact", share(self.title_right, self.pages)),
            ("title_close", share(self.title_close, self.pages)),
        ]
    }
}

/// Whether what a page says of itself is right, by field and by where it says so.
pub(super) fn evidence(gold: &Gold, taken: &Taken) -> Vec<(String, bool)> {
    let is_right = |field: &str| match field {
        "title" => Some(title(&gold.title) == title(&taken.title)),
        "published" => gold.date.as_ref().map(|date| Some(date) == taken.date.as_ref()),
        "byline" => {
            let [right, given, there] = authors(gold, taken);
            (there > 0).then_some(right == given)
        }
        _ => None,
    };
    let judged = taken.because.iter().filter_map(|evidence| {
        Some((format!("{} by {}", evidence.field, evidence.from), is_right(&evidence.field)?))
    });
    judged.collect()
}

/// What is wrong with a field of a page, if it is.
pub(super) fn error(gold: &Gold, taken: &Taken, field: &str) -> Option<String> {
    match field {
        "body" => {
            let [precision, recall, f1] = body(&gold.body, &taken.body);
            let start = |words: &str| plain(words).chars().take(160).collect::<String>();
            (f1 < 0.9).then(|| {
                let why = format!("{} {}", start(&gold.body), start(&taken.body));
                format!("F1 {f1:.2} precision {precision:.2} recall {recall:.2} {why}")
            })
        }
        "date" => (gold.date != taken.date)
            .then(|| format!("{:?}, given {:?} from {:?}", gold.date, taken.date, taken.date_from)),
        "authors" => {
            let [right, given, there] = authors(gold, taken);
            (right != given || right != there)
                .then(|| format!("{:?}, given {:?}", gold.authors, taken.authors))
        }
        "title" => (title(&gold.title) != title(&taken.title))
            .then(|| format!("{:?}, given {:?}", gold.title, taken.title)),
        "phrases" => {
            let text = plain(&taken.body);
            let holds = |phrase: &&String| text.contains(&plain(phrase));
            let missing: Vec<_> = gold.must_have.iter().filter(|phrase| !holds(phrase)).collect();
            let foreign: Vec<_> = gold.must_not_have.iter().filter(holds).collect();
            (!missing.is_empty() || !foreign.is_empty())
                .then(|| format!("missing {missing:?}; foreign {foreign:?}"))
        }
        _ => None,
    }
}

/// Precision, recall and F1 of bags of words.
fn body(right: &str, given: &str) -> [f64; 3] {
    let mut counts: HashMap<String, i64> = HashMap::new();
    let (right, given) = (words(right), words(given));
    for word in &right {
        *counts.entry(word.clone()).or_default() += 1;
    }
    let mut shared = 0usize;
    for word in &given {
        if let Some(left) = counts.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let share = |whole: usize| if whole == 0 { 0.0 } else { shared as f64 / whole as f64 };
    let (precision, recall) = (share(given.len()), share(right.len()));
    let f1 = if shared == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    [precision, recall, f1]
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Letters and digits only, in small letters.
fn plain(text: &str) -> String {
    words(text).join(" ")
}

/// A title with straight marks and single blanks.
fn title(title: &str) -> String {
    let straight: String = title
        .chars()
        .map(|c| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            '\u{a0}' => ' ',
            other => other,
        })
        .collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How many authors are right, given, and there. Degrees and functions behind a comma count on neither side.
fn authors(gold: &Gold, taken: &Taken) -> [usize; 3] {
    let names = |lines: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        let parts = lines.flat_map(|line| line.split([';', '&']).flat_map(|part| part.split(" and ")));
        let mut names: Vec<String> = parts
            .flat_map(|part| match part.split(',').map(str::trim).collect::<Vec<_>>()[..] {
                // "Ada Kell, Leon Orr", but "Kell, Ada" and "Ada Kell, RD"
                ref names if names.iter().all(|name| name.split_whitespace().count() > 1) => {
                    names.iter().map(|name| plain(name)).collect()
                }
                [first, ..] => vec![plain(first)],
                [] => Vec::new(),
            })
            .filter(|name| !name.is_empty())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let right = names(&mut gold.authors.iter().flatten());
    let given = names(&mut taken.authors.iter());
    let shared = given.iter().filter(|name| right.contains(name)).count();
    [shared, given.len(), right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bags_of_words() {
        let [precision, recall, f1] = body("the well was dry, the well", "The well was wet.");
        assert!((precision - 0.75).abs() < 1e-9 && (recall - 0.5).abs() < 1e-9 && (f1 - 0.6).abs() < 1e-9);
        assert_eq!(body("a", ""), [0.0; 3]);
    }

    #[test]
    fn marks_of_titles_are_all_the_same() {
        assert_eq!(title("“Dry” — the\u{a0}well"), title("\"Dry\" - the well"));
        assert_ne!(title("Dry"), title("Dry well"));
    }
}
