//! Places as words: `5:his#2`, `A ~ B // C`, `*:Hale`, `@120-134`.

use super::super::page::Page;
use super::super::record::Pair;

/// Looks places up in an article.
pub(super) struct Finder<'p> {
    pub(super) page: &'p Page,
    /// Paragraphs that are no running text.
    pub(super) not_read: Vec<Pair>,
}

impl Finder<'_> {
    /// The pieces of one span, looked up in a paragraph (by number) or the one before.
    pub(super) fn span(&self, value: &str, paragraph: usize) -> Result<Vec<Pair>, String> {
        let mut spans: Vec<Pair> = Vec::new();
        for piece in value.split("//").map(str::trim).filter(|piece| !piece.is_empty()) {
            let from = spans.last().map_or(0, |span| span[1]);
            spans.push(self.piece(piece, paragraph, from)?);
        }
        if spans.is_empty() {
            return Err("no words".to_owned());
        }
        Ok(spans)
    }

    /// One piece: `words`, `first ~ last`, `5:words`, each with `#2`; or `@start-end`.
    pub(super) fn piece(&self, piece: &str, paragraph: usize, from: usize) -> Result<Pair, String> {
        if let Some(pair) = offsets(piece) {
            let pair = pair?;
            return if pair[0] < pair[1] && pair[1] <= self.page.len() {
                Ok(pair)
            } else {
                Err(format!("{piece} is outside the text"))
            };
        }
        let (numbers, words) = match prefix(piece) {
            Some((Prefix::Paragraph(n), words)) => (vec![n], words),
            Some((Prefix::Everywhere, _)) => return Err(format!("{piece}: one place, not all")),
            None => (vec![paragraph, paragraph.saturating_sub(1)], piece),
        };
        let (first, last) = match words.split_once(" ~ ") {
            Some((first, last)) => (first.trim(), Some(last.trim())),
            None => (words, None),
        };
        for n in numbers {
            let Some(&[start, end]) = n.checked_sub(1).and_then(|i| self.page.paragraphs.get(i)) else {
                continue;
            };
            let Some(head) = self.nth(first, [start.max(from), end]) else { continue };
            match last {
                None => return Ok(head),
                Some(last) => {
                    if let Some(tail) = self.nth(last, [head[1], end]) {
                        return Ok([head[0], tail[1]]);
                    }
                }
            }
        }
        Err(format!("not found: {piece}"))
    }

    /// Places of mentions and roles: `;` between them, paragraph numbers held on to.
    pub(super) fn places(&self, value: &str) -> Result<Vec<Pair>, String> {
        let mut found: Vec<Pair> = Vec::new();
        let mut scope = None;
        for item in value.split(';').map(str::trim).filter(|item| !item.is_empty()) {
            if let Some(pair) = offsets(item) {
                found.push(pair?);
                continue;
            }
            let words = match prefix(item) {
                Some((here, words)) => {
                    scope = Some(here);
                    words
                }
                None => item,
            };
            match scope {
                None => return Err(format!("{item}: in which paragraph?")),
                Some(Prefix::Everywhere) => {
                    let before = found.len();
                    for &paragraph in &self.page.paragraphs {
                        if !self.not_read.contains(&paragraph) {
                            self.all(words, paragraph, &mut found);
                        }
                    }
                    let somewhere = self.page.places(words, [0, self.page.len()]);
                    if found.len() == before && somewhere.is_empty() {
                        return Err(format!("not found: {item}"));
                    }
                }
                Some(Prefix::Paragraph(n)) => {
                    let paragraph = n.checked_sub(1).and_then(|i| self.page.paragraphs.get(i));
                    let &paragraph = paragraph.ok_or_else(|| format!("{item}: there is no paragraph {n}"))?;
                    if let Some(words) = words.strip_suffix('*') {
                        let before = found.len();
                        self.all(words, paragraph, &mut found);
                        if found.len() == before {
                            return Err(format!("not found: {item}"));
                        }
                    } else {
                        let first = self.piece(&format!("{n}:{words}"), n, 0)?;
                        // "he; he": the second one is the next.
                        let mut next = self.page.places(words, paragraph).into_iter();
                        found.push(next.find(|place| !found.contains(place)).unwrap_or(first));
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Every occurrence that is not inside a place found before.
    fn all(&self, words: &str, paragraph: Pair, found: &mut Vec<Pair>) {
        for [start, end] in self.page.places(words, paragraph) {
            if found.iter().all(|&[a, b]| end <= a || b <= start) {
                found.push([start, end]);
            }
        }
    }

    /// `words#2` between two offsets.
    fn nth(&self, words: &str, within: Pair) -> Option<Pair> {
        let (words, nth) = match words.rsplit_once('#') {
            Some((words, n)) if !words.is_empty() => match n.parse::<usize>() {
                Ok(n) if n > 0 => (words, n),
                _ => return self.page.places(&[words, n].join("#"), within).first().copied(),
            },
            _ => (words, 1),
        };
        self.page.places(words, within).get(nth - 1).copied()
    }
}

#[derive(Clone, Copy)]
enum Prefix {
    Everywhere,
    Paragraph(usize),
}

/// `5:words` or `*:words`.
fn prefix(item: &str) -> Option<(Prefix, &str)> {
    let (number, words) = item.split_once(':')?;
    if number == "*" {
        return Some((Prefix::Everywhere, words.trim()));
    }
    if number.is_empty()
        || !number.bytes().all(|b| b.is_ascii_digit())
        || words.starts_with(|c: char| c.is_ascii_digit()) && number.len() > 2
    {
        return None;
    }
    number.parse().ok().map(|n| (Prefix::Paragraph(n), words.trim()))
}

/// `@120-134`; none if it is something else.
fn offsets(item: &str) -> Option<Result<Pair, String>> {
    let (start, end) = item.strip_prefix('@')?.split_once('-')?;
    match (start.parse(), end.parse()) {
        (Ok(start), Ok(end)) => Some(Ok([start, end])),
        _ => None,
    }
}
