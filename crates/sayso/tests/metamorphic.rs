//! What a change to one part of an article does to the statements of the others: next to nothing.
//!
//! There is no gold here: an article and the same one changed are read, and what has to be equal is compared (metamorphic testing: Chen,
//! Cheung and Yiu 1998). Rules that look at neighbours may differ, such as who goes on speaking in a paragraph after the one that was cut,
//! so a small share of statements may change; a failure lists them.

#[path = "support/article.rs"]
mod article;

use sayso::{Models, Tier};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// So many statements of a thousand may have other words after a change elsewhere.
const CHANGED_ELSEWHERE: usize = 5;

/// So many of a thousand may where the quotation marks themselves change: the parser reads « and " as other words than “.
const CHANGED_BY_MARKS: usize = 20;

/// A paragraph about something else, with a statement of its own.
const UNRELATED: &str =
    "The orchard show opens on Saturday. “Pears did well,” the gardener Tamsin Quillow said.";

/// The words of each statement and of its source, by the paragraph that they stand in.
type Words = Vec<Vec<String>>;

fn words(models: &Models, paragraphs: &[String]) -> Words {
    let text = paragraphs.join("\n\n");
    let article = article::paragraphs(&text);
    let mut words = vec![Vec::new(); paragraphs.len()];
    for one in sayso::inspect(&article, models).attributions {
        let slices = one.source.iter().chain(&one.content).map(|span| article.text.slice(*span));
        let line = slices.collect::<Vec<_>>().join(" / ");
        let start = one.content[0].start();
        let mut end = 0;
        let home = paragraphs.iter().position(|paragraph| {
            end += paragraph.len() + 2;
            start < end
        });
        words[home.expect("content stands in a paragraph")].push(line);
    }
    words.iter_mut().for_each(|lines| lines.sort_unstable());
    words
}

/// What the ledger says of each statement of an article: words, speaker, act, day.
fn records(models: &Models, text: &str) -> Vec<String> {
    let mut article = article::paragraphs(text);
    article.origin.published = Some("2024-05-15".to_owned());
    let ledger = sayso::analyze(&article, models);
    let line = |one: &sayso::ledger::Statement| {
        let day = one.said_on.as_ref().map_or("-", |on| &on.edtf);
        let speaker = one.speaker_name.as_deref().unwrap_or("-");
        format!("{} | {speaker} | {} | {day}", one.quote, one.act.name())
    };
    ledger.statements.iter().map(line).collect()
}

/// Surnames of people in an article: the last words of their names, where nobody shares them.
fn surnames(models: &Models, text: &str) -> Vec<String> {
    let ledger = sayso::analyze(&article::paragraphs(text), models);
    let people = ledger.sources.iter().filter(|source| source.kind == sayso::ledger::SourceKind::Person);
    let mut names: Vec<String> = people
        .filter(|source| source.status == sayso::ledger::SourceStatus::Named)
        .filter_map(|source| Some(source.name.split_once(' ')?.1.to_owned()))
        .filter(|name| name.len() >= 4 && name.chars().all(char::is_alphabetic))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A text with whole words replaced.
fn renamed(text: &str, old: &str, new: &str) -> String {
    let parts: Vec<&str> = text.split(old).collect();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        out += part;
        if let Some(next) = parts.get(at + 1) {
            let is_word = !is_letter(part.chars().last()) && !is_letter(next.chars().next());
            out += if is_word { new } else { old };
        }
    }
    out
}

/// Our own articles as paragraphs.
fn articles() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = ["samples", "eval/gold/own"].into_iter().flat_map(|folder| {
        let entries = std::fs::read_dir(root.join(folder)).expect("our own articles are there");
        entries.map(|entry| entry.expect("the folder is readable").path()).collect::<Vec<PathBuf>>()
    });
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    assert!(files.len() >= 18);
    let paragraphs = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("our own articles are UTF-8");
        let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
        (path.file_stem().expect("files have names").to_string_lossy().into_owned(), parts.collect())
    };
    files.iter().map(paragraphs).collect()
}

/// Statements compared and those that changed.
#[derive(Default)]
struct Changes {
    compared: usize,
    changed: usize,
    list: String,
}

impl Changes {
    fn compare(&mut self, what: &str, before: &[String], after: &[String]) {
        self.compared += before.len();
        let missing = before.iter().filter(|line| !after.contains(line));
        let new = after.iter().filter(|line| !before.contains(line));
        let (lost, gained) = (missing.clone().count(), new.clone().count());
        self.changed += lost.max(gained);
        for (sign, line) in missing.map(|line| ('-', line)).chain(new.map(|line| ('+', line))) {
            let _ = writeln!(self.list, "{what}: {sign} {line}");
        }
    }

    fn check(self, per_mille: usize) {
        assert!(self.compared >= 600, "{} statements say little", self.compared);
        assert!(
            self.changed * 1_000 <= self.compared * per_mille,
            "{} of {} statements changed\n{}",
            self.changed,
            self.compared,
            self.list
        );
    }
}

fn a_paragraph_is_cut(tier: Tier, every: usize) {
    let models = Models::load(tier);
    let mut changes = Changes::default();
    for (name, paragraphs) in articles() {
        let before = words(&models, &paragraphs);
        for cut in (0..paragraphs.len()).step_by(every) {
            let mut rest = paragraphs.clone();
            rest.remove(cut);
            let after = words(&models, &rest);
            for (at, after) in after.iter().enumerate() {
                let at = at + usize::from(at >= cut);
                changes.compare(&format!("{name} without {cut}, paragraph {at}"), &before[at], after);
            }
        }
    }
    changes.check(CHANGED_ELSEWHERE);
}

fn a_paragraph_is_added(tier: Tier) {
    let models = Models::load(tier);
    let mut changes = Changes::default();
    for (name, paragraphs) in articles() {
        let before = words(&models, &paragraphs);
        let place = paragraphs.len() / 2;
        let mut more = paragraphs.clone();
        more.insert(place, UNRELATED.to_owned());
        let after = words(&models, &more);
        for (at, before) in before.iter().enumerate() {
            let new = at + usize::from(at >= place);
            changes.compare(&format!("{name} with one at {place}, paragraph {at}"), before, &after[new]);
        }
    }
    changes.check(CHANGED_ELSEWHERE);
}

#[test]
fn statements_stay_when_another_paragraph_is_cut() {
    a_paragraph_is_cut(Tier::Accurate, 9);
}

#[test]
fn statements_stay_when_another_paragraph_is_cut_fast() {
    a_paragraph_is_cut(Tier::Fast, 3);
}

#[test]
fn statements_stay_when_a_paragraph_is_added() {
    a_paragraph_is_added(Tier::Accurate);
}

#[test]
fn statements_stay_when_a_paragraph_is_added_fast() {
    a_paragraph_is_added(Tier::Fast);
}

/// Straight marks and guillemets for curly ones: words that differ by marks alone are the same.
#[test]
fn statements_stay_when_the_quotation_marks_change() {
    let plain = |lines: &[String]| -> Vec<String> {
        let is_word = |c: &char| !matches!(c, '“' | '”' | '"' | '«' | '»' | '‘' | '’' | '\'');
        lines.iter().map(|line| line.chars().filter(is_word).collect()).collect()
    };
    for tier in Tier::ALL {
        let models = Models::load(tier);
        let mut changes = Changes::default();
        for (name, paragraphs) in articles() {
            let before = words(&models, &paragraphs);
            for (opening, closing) in [("\"", "\""), ("«", "»")] {
                let turned: Vec<String> = paragraphs
                    .iter()
                    .map(|paragraph| paragraph.replace('“', opening).replace('”', closing))
                    .collect();
                for (at, (before, after)) in before.iter().zip(words(&models, &turned)).enumerate() {
                    let what = format!("{name} in {opening}{closing}, paragraph {at}, {}", tier.name());
                    changes.compare(&what, &plain(before), &plain(&after));
                }
            }
        }
        changes.check(CHANGED_BY_MARKS);
    }
}

/// So many of a thousand records may differ in words, speaker, act or day.
const CHANGED_RECORDS: usize = 20;

#[test]
fn records_stay_when_a_person_is_renamed() {
    let models = Models::load(Tier::Fast);
    let mut changes = Changes::default();
    for (name, paragraphs) in articles() {
        let text = paragraphs.join("\n\n");
        let before = records(&models, &text);
        for (surname, new) in surnames(&models, &text).iter().zip(["Tolland", "Quarrick", "Vessimer"]) {
            let swap = |text: &str| {
                let loud = (surname.to_uppercase(), new.to_uppercase());
                renamed(&renamed(text, surname, new), &loud.0, &loud.1)
            };
            let expected: Vec<String> = before.iter().map(|line| swap(line)).collect();
            let what = format!("{name} with {new} for {surname}");
            changes.compare(&what, &expected, &records(&models, &swap(&text)));
        }
    }
    changes.check(CHANGED_RECORDS);
}

#[test]
fn records_stay_when_a_paragraph_follows_or_marks_change() {
    let models = Models::load(Tier::Fast);
    let (mut more, mut marks) = (Changes::default(), Changes::default());
    for (name, paragraphs) in articles() {
        let text = paragraphs.join("\n\n");
        let before = records(&models, &text);
        let mut after = records(&models, &format!("{text}\n\n{UNRELATED}"));
        after.retain(|line| !line.contains("Pears did well"));
        more.compare(&name, &before, &after);
        let plain = |lines: &[String]| -> Vec<String> {
            lines.iter().map(|line| line.replace(['“', '”', '"'], "")).collect()
        };
        let straight = records(&models, &text.replace(['“', '”'], "\""));
        marks.compare(&name, &plain(&before), &plain(&straight));
    }
    more.check(CHANGED_RECORDS);
    marks.check(CHANGED_RECORDS);
}
