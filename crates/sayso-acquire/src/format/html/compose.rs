//! The article of a page: what the finders take, completed by what the page shows beside it.

use super::align::{self, Place};
use super::letters;
use super::lines::{self, Line};
use super::prose::{self, Paragraph};
use super::restore::Page;
use super::scan::Scan;
use super::title::Title;
use sayso::article::BlockRole;
use std::collections::BTreeMap;

/// Paragraphs that the finders took and that may be the lead-in.
const MOST_TAKEN_LEADS: usize = 2;

/// The headline and the paragraphs; `markup` is what the finders took.
pub(super) fn of(scan: &Scan, title: &Title, markup: &str) -> (Option<Paragraph>, Vec<Paragraph>) {
    let lines = lines::of(scan);
    let headline = title.run.and_then(|run| lines.iter().position(|line| line.runs.contains(&run)));
    let page = Page::new(scan, &lines, headline);
    let found = prose::paragraphs(markup);
    let places = align::of(&found, &lines, headline.unwrap_or(0));
    let has_title = !title.words.is_empty();
    let title_letters = letters(&title.words);
    let mut paragraphs = Vec::new();
    let mut last = None;
    // whether the finders took the headline as well, so that what follows it is the article's
    let mut has_headline = false;
    // whether each paragraph since the last place has one itself
    let mut is_known = true;
    for (mut paragraph, place) in found.into_iter().zip(places) {
        match place {
            Place::Again => continue,
            // it comes first in any case
            Place::Lines(place)
                if Some(place.start) == headline && letters(&paragraph.text) == title_letters =>
            {
                has_headline = true;
                continue;
            }
            Place::Unknown => is_known = false,
            Place::Lines(place) => {
                let again = |line: &usize, role| at(&lines[*line], role);
                match last {
                    None => {
                        let mut lead = BTreeMap::new();
                        if let Some(headline) = headline.filter(|line| has_headline && *line < place.start) {
                            lead.extend(page.between(headline, place.start));
                        }
                        let marked = page.lead(place.start).into_iter();
                        lead.extend(marked.map(|(line, role)| (line, Some(role))));
                        paragraphs.extend(lead.iter().map(|(line, role)| again(line, *role)));
                    }
                    Some(last) if last < place.start && is_known => {
                        let between = page.between(last, place.start);
                        paragraphs.extend(between.iter().map(|(line, role)| again(line, *role)));
                    }
                    Some(_) => {}
                }
                if place.len() == 1 {
                    paragraph.role = page.role(place.start).or(paragraph.role);
                    if page.is_menu(place.start) {
                        paragraph.role = Some(BlockRole::Boilerplate);
                    }
                }
                let is_first = paragraphs.len() < MOST_TAKEN_LEADS
                    && paragraphs.iter().all(|paragraph| paragraph.role == Some(BlockRole::Standfirst));
                let is_long_heading =
                    paragraph.role == Some(BlockRole::Heading) && page.is_sentence(place.start);
                if is_first && (page.is_lead(place.start) || is_long_heading) {
                    paragraph.role = Some(BlockRole::Standfirst);
                }
                paragraph.source = Some(lines[place.start].source.start..lines[place.end - 1].source.end);
                last = last.max(Some(place.end - 1));
                is_known = true;
            }
        }
        paragraphs.push(paragraph);
    }
    let headline = has_title.then(|| Paragraph {
        text: title.words.split_whitespace().collect::<Vec<_>>().join(" "),
        role: Some(BlockRole::Title),
        source: headline.map(|line| lines[line].source.clone()),
    });
    (headline, paragraphs)
}

/// A line of the page as a paragraph.
fn at(line: &Line, role: Option<BlockRole>) -> Paragraph {
    Paragraph { text: line.text.clone(), role, source: Some(line.source.clone()) }
}
