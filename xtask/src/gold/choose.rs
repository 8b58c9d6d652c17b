//! `gold choose`: which documents are annotated and which side each is on, by a rule that was written before any was
//! read.
//!
//! 1. Order: documents stand in the order of the SHA-256 of `sayso gold 1 ` and their id.
//! 2. Wikinews: both contested-event groups whole, and the first others with 150 to 700 words, 70 in all. re3d: the
//!    first 20 with 90 words or more that are not the BBC's (whose licence forbids commercial use). MEANTIME: the
//!    first 15 with 150 to 500 words. White House briefings: the first 15; from the first
//!    question after a tenth, two tenths ... of the briefing (by the last hexadecimal digit of the hash, modulo nine)
//!    as many paragraphs as make 600 words.
//! 3. Events: articles that are in one group, or share two words of their titles and stand within 60 days (re3d has no
//!    dates); each briefing. All articles that are so connected make one event.
//! 4. Sides: the two contested events are dev (Navalny) and test (Soleimani). Other events go to test, then dev, as long as they fit whole, in the order of rule 1; the rest is
//!    train.

use super::corpus::{Corpora, sha256};
use super::record::{Annotation, Header, TextOf};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Documents of each corpus, and how many of them are test and dev.
const WIKINEWS: Wanted = Wanted { all: 70, side: 12 };
const BRIEFINGS: Wanted = Wanted { all: 15, side: 2 };
const RE3D: Wanted = Wanted { all: 20, side: 3 };
const MEANTIME: Wanted = Wanted { all: 15, side: 3 };
const STRETCH_WORDS: usize = 600;
const SAME_STORY_DAYS: i32 = 60;

struct Wanted {
    all: usize,
    side: usize,
}

/// A document that may be chosen.
struct Candidate {
    header: Header,
    /// What the order hangs on.
    order: String,
    title: BTreeSet<String>,
    /// Days since an arbitrary day; none where documents are undated.
    day: Option<i32>,
    /// Documents of one group are one event.
    group: Option<String>,
}

/// Writes a gold file with nothing but its document for each chosen one that has none.
///
/// # Errors
/// When a corpus is missing, or a file cannot be written.
pub(crate) fn run(root: &Path) -> Result<()> {
    let corpora = Corpora::new(root);
    let sides = [wikinews(&corpora)?, briefings(&corpora)?, re3d(&corpora)?, meantime(&corpora)?];
    for (side, candidate) in sides.into_iter().flatten() {
        let folder = root.join("eval/gold").join(side);
        std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
        let path = folder.join(format!("{}.jsonl", candidate.header.document));
        if !path.exists() {
            let empty = Annotation { header: candidate.header, sources: Vec::new(), statements: Vec::new() };
            std::fs::write(&path, empty.to_lines()?).with_context(|| format!("write {}", path.display()))?;
        }
    }
    Ok(())
}

type Sided = Vec<(&'static str, Candidate)>;

fn wikinews(corpora: &Corpora) -> Result<Sided> {
    let mut candidates = Vec::new();
    for article in corpora.wikinews()? {
        let length = article.text.split_whitespace().count();
        if article.event_group.is_some() || (150..=700).contains(&length) {
            let order = order(&article.url);
            let document = format!("wikinews-{}-{}", article.date, &order[..4]);
            let text = TextOf::Wikinews { url: article.url.clone() };
            let mut candidate = candidate(document, text, &article.text, order, &article.title);
            candidate.header.published = Some(article.date.clone());
            candidate.day = day(&article.date);
            candidate.group.clone_from(&article.event_group);
            candidates.push(candidate);
        }
    }
    candidates.sort_by(|a, b| (a.group.is_none(), &a.order).cmp(&(b.group.is_none(), &b.order)));
    candidates.truncate(WIKINEWS.all);
    candidates.sort_by(|a, b| a.order.cmp(&b.order));
    Ok(sided(candidates, WIKINEWS.side, |group| match group {
        Some(g) if g.starts_with("navalny") => Some("dev"),
        Some(_) => Some("test"),
        None => None,
    }))
}

fn re3d(corpora: &Corpora) -> Result<Sided> {
    let mut candidates: Vec<Candidate> = corpora
        .re3d()?
        .iter()
        .filter(|d| !d.source.starts_with("BBC") && d.text.split_whitespace().count() >= 90)
        .map(|d| {
            let document = format!("re3d-{}", d.id[..8].to_lowercase());
            candidate(document, TextOf::Re3d { id: d.id.clone() }, &d.text, order(&d.id), &d.title)
        })
        .collect();
    candidates.sort_by(|a, b| a.order.cmp(&b.order));
    candidates.truncate(RE3D.all);
    Ok(sided(candidates, RE3D.side, |_| None))
}

fn meantime(corpora: &Corpora) -> Result<Sided> {
    let mut candidates = Vec::new();
    for article in corpora.meantime()? {
        let text = article.text();
        let mut lines = text.split("\n\n");
        let (title, date) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        if (150..=500).contains(&text.split_whitespace().count()) {
            let document = format!("meantime-{}", article.id);
            let text_of = TextOf::Meantime { id: article.id.clone() };
            let mut candidate = candidate(document, text_of, &text, order(&article.id), title);
            candidate.header.published = published(&date.replace(',', "").replace(' ', "-"));
            candidate.day = candidate.header.published.as_deref().and_then(day);
            candidates.push(candidate);
        }
    }
    candidates.sort_by(|a, b| a.order.cmp(&b.order));
    candidates.truncate(MEANTIME.all);
    Ok(sided(candidates, MEANTIME.side, |_| None))
}

fn briefings(corpora: &Corpora) -> Result<Sided> {
    let mut candidates = Vec::new();
    for briefing in corpora.briefings()? {
        let order = order(&briefing.id);
        let tenth = 1 + order.chars().last().and_then(|c| c.to_digit(16)).unwrap_or(0) as usize % 9;
        let paragraphs = &briefing.paragraphs;
        let from =
            (paragraphs.len() * tenth / 10..paragraphs.len()).find(|&i| paragraphs[i].starts_with("Q "));
        let Some(from) = from else { continue };
        let mut words = 0;
        let to = (from..paragraphs.len()).find(|&i| {
            words += paragraphs[i].split_whitespace().count();
            words >= STRETCH_WORDS
        });
        let to = to.map_or(paragraphs.len(), |last| last + 1);
        let date = briefing.id.rsplit('_').next().unwrap_or_default().to_lowercase();
        let text = TextOf::WhBriefings { id: briefing.id.clone(), paragraphs: [from, to] };
        let document = format!("briefing-{date}");
        let mut candidate = candidate(document, text, &paragraphs[from..to].join("\n\n"), order, "");
        candidate.header.published = published(&date);
        candidates.push(candidate);
    }
    candidates.sort_by(|a, b| a.order.cmp(&b.order));
    candidates.truncate(BRIEFINGS.all);
    Ok(sided(candidates, BRIEFINGS.side, |_| None))
}

/// `March-14-2020` as a date.
fn published(date: &str) -> Option<String> {
    let mut parts = date.split('-');
    let name = parts.next()?.to_lowercase();
    let month = MONTHS.iter().position(|&month| month == name)? + 1;
    let day: u8 = parts.next()?.parse().ok()?;
    Some(format!("{}-{month:02}-{day:02}", parts.next()?))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn candidate(document: String, text_of: TextOf, text: &str, order: String, title: &str) -> Candidate {
    let header = Header {
        document,
        text: text_of,
        sha256: sha256(text),
        published: None,
        not_read: Vec::new(),
        excused: Vec::new(),
    };
    Candidate { header, order, title: title_words(title), day: None, group: None }
}

fn order(id: &str) -> String {
    sha256(&format!("sayso gold 1 {id}"))
}

/// Words of a title that say what it is about.
fn title_words(title: &str) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|w| w.chars().count() > 3 && !COMMON.contains(&w.as_str())).collect()
}

const COMMON: [&str; 14] = [
    "after",
    "aged",
    "dies",
    "former",
    "from",
    "president",
    "says",
    "state",
    "states",
    "united",
    "wikinews",
    "with",
    "minister",
    "2020",
];

/// Days in a calendar of 31-day months: near enough for "within 60 days".
fn day(date: &str) -> Option<i32> {
    let mut parts = date.split('-').map(str::parse::<i32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Some((year * 12 + month) * 31 + day)
}

/// Whether two documents are about one event.
fn same_event(a: &Candidate, b: &Candidate) -> bool {
    let near = match (a.day, b.day) {
        (Some(a), Some(b)) => (a - b).abs() <= SAME_STORY_DAYS,
        _ => true,
    };
    a.group.is_some() && a.group == b.group || near && a.title.intersection(&b.title).count() >= 2
}

/// Every event on one side.
fn sided(candidates: Vec<Candidate>, side: usize, fixed: fn(Option<&str>) -> Option<&'static str>) -> Sided {
    let mut room = BTreeMap::from([("test", side), ("dev", side)]);
    let wish = |event: &Vec<usize>| event.iter().find_map(|&i| fixed(candidates[i].group.as_deref()));
    let (wished, free): (Vec<_>, Vec<_>) =
        events(&candidates).into_iter().partition(|event| wish(event).is_some());
    let mut side_of = BTreeMap::new();
    for event in wished.iter().chain(&free) {
        let fits = |side: &&'static str| room[side] >= event.len();
        let chosen = wish(event).or_else(|| ["test", "dev"].into_iter().find(fits)).unwrap_or("train");
        if let Some(left) = room.get_mut(chosen) {
            *left = left.saturating_sub(event.len());
        }
        side_of.extend(event.iter().map(|&i| (i, chosen)));
    }
    candidates.into_iter().enumerate().map(|(i, c)| (side_of[&i], c)).collect()
}

/// Connected documents, in the order of their first.
fn events(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut event_of: Vec<usize> = (0..candidates.len()).collect();
    for i in 0..candidates.len() {
        for j in 0..i {
            if same_event(&candidates[i], &candidates[j]) {
                let (from, to) = (event_of[i].max(event_of[j]), event_of[i].min(event_of[j]));
                event_of.iter_mut().filter(|e| **e == from).for_each(|e| *e = to);
            }
        }
    }
    let mut events: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    event_of.iter().enumerate().for_each(|(i, &event)| events.entry(event).or_default().push(i));
    events.into_values().collect()
}
