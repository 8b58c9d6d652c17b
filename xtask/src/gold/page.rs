//! An article's text as code points, with its paragraphs and its quotation marks, and places found in it by words.

use super::record::Pair;

/// A text to find words in. Offsets are code points.
pub(crate) struct Page {
    raw: Vec<char>,
    /// Quotation marks, apostrophes and spaces in their plain forms, place for place.
    plain: Vec<char>,
    /// Lines that are not blank, without the space around them.
    pub(crate) paragraphs: Vec<Pair>,
}

impl Page {
    pub(crate) fn new(text: &str) -> Self {
        let raw: Vec<char> = text.chars().collect();
        let plain = raw.iter().map(|&c| plain(c)).collect();
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in raw.split(|&c| c == '\n') {
            let inked = |c: &&char| !c.is_whitespace();
            if let Some(first) = line.iter().position(|c| inked(&c)) {
                let last = line.iter().rposition(|c| inked(&c)).unwrap_or(first);
                paragraphs.push([start + first, start + last + 1]);
            }
            start += line.len() + 1;
        }
        Self { raw, plain, paragraphs }
    }

    pub(crate) fn len(&self) -> usize {
        self.raw.len()
    }

    /// The words of a span; spans beyond the text end with it.
    pub(crate) fn words(&self, [start, end]: Pair) -> String {
        let end = end.min(self.raw.len());
        self.raw[start.min(end)..end].iter().collect()
    }

    /// Every place of some words between two offsets, as whole words, quotation marks of all shapes alike.
    pub(crate) fn places(&self, words: &str, [start, end]: Pair) -> Vec<Pair> {
        let wanted: Vec<char> = words.trim().chars().map(plain).collect();
        let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Vec::new() };
        let end = end.min(self.plain.len());
        let is_letter = |at: usize| self.plain.get(at).is_some_and(|c| c.is_alphanumeric());
        (start..end.saturating_sub(wanted.len() - 1))
            .filter(|&at| self.plain[at..].starts_with(&wanted))
            .filter(|&at| !(first.is_alphanumeric() && at > 0 && is_letter(at - 1)))
            .filter(|&at| !(last.is_alphanumeric() && is_letter(at + wanted.len())))
            .map(|at| [at, at + wanted.len()])
            .collect()
    }

    /// Where a name first stands, at the start of a sentence too.
    pub(crate) fn first(&self, name: &str) -> Option<Pair> {
        let mut letters = name.chars();
        let capital: String =
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let mut places =
            [name, &capital].into_iter().filter_map(|n| self.places(n, [0, self.len()]).first().copied());
        places.next()
    }

    /// The number, from 1, of the paragraph in which an offset lies.
    pub(crate) fn paragraph_of(&self, at: usize) -> Option<usize> {
        self.paragraphs.iter().position(|&[start, end]| (start..end).contains(&at)).map(|i| i + 1)
    }

    /// What stands inside quotation marks: outermost pairs, without the marks. A mark that is not closed in its
    /// paragraph reaches to the paragraph's end.
    pub(crate) fn quoted(&self) -> Vec<Pair> {
        self.paragraphs.iter().flat_map(|&paragraph| self.quoted_in(paragraph)).collect()
    }

    fn quoted_in(&self, [start, end]: Pair) -> Vec<Pair> {
        let mut found = Vec::new();
        let mut at = start;
        while at < end {
            let Some((close, width)) = self.opens(at, start) else {
                at += 1;
                continue;
            };
            let inside = at + width;
            let closed = (inside..end).find(|&i| self.closes(i, close, end));
            let to = closed.unwrap_or(end);
            // A single mark that is never closed is an apostrophe.
            if closed.is_none() && close == Close::Single {
                at = inside;
                continue;
            }
            if to > inside {
                found.push([inside, to]);
            }
            at = to + width;
        }
        found
    }

    /// Whether a quotation opens at an offset: what closes it, and the mark's width.
    fn opens(&self, at: usize, start: usize) -> Option<(Close, usize)> {
        let before = if at == start { None } else { self.raw.get(at - 1).copied() };
        let after = self.raw.get(at + 1).copied();
        let free = before.is_none_or(|c| c.is_whitespace() || "([—–-/“\"".contains(c));
        let leads = after.is_some_and(|c| !c.is_whitespace());
        match self.raw[at] {
            '“' | '„' | '«' => Some((Close::Double, 1)),
            '"' if leads || before.is_none() => Some((Close::Double, 1)),
            '`' if after == Some('`') => Some((Close::Double, 2)),
            '\'' if after == Some('\'') && free => Some((Close::Double, 2)),
            '‘' => Some((Close::Single, 1)),
            '\'' | '`' if free && after.is_some_and(char::is_alphanumeric) => Some((Close::Single, 1)),
            _ => None,
        }
    }

    fn closes(&self, at: usize, close: Close, end: usize) -> bool {
        let after = if at + 1 < end { self.raw.get(at + 1).copied() } else { None };
        match close {
            Close::Double => {
                matches!(self.raw[at], '”' | '"' | '»' | '“') || (self.raw[at] == '\'' && after == Some('\''))
            }
            Close::Single => {
                matches!(self.raw[at], '\'' | '’')
                    && !self.raw[at - 1].is_whitespace()
                    && after.is_none_or(|c| !c.is_alphanumeric() && c != '\'')
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    Double,
    Single,
}

/// One plain form for marks and spaces that look alike.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '`' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '–' | '—' | '‑' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<String> {
        let page = Page::new(text);
        page.quoted().into_iter().map(|pair| page.words(pair)).collect()
    }

    #[test]
    fn words_are_found_whole_and_with_any_quotation_marks() {
        let page = Page::new("The “sea” sent her the\u{a0}sea.\n\nthe end");
        assert_eq!(page.places("the", [0, page.len()]), [[19, 22], [29, 32]]);
        assert_eq!(page.places("\"sea\"", [0, page.len()]), [[4, 9]]);
        assert_eq!(page.places("the sea", [0, page.len()]), [[19, 26]]);
        assert_eq!(page.places("", [0, page.len()]), Vec::<Pair>::new());
        assert_eq!(page.paragraphs, [[0, 27], [29, 36]]);
    }

    #[test]
    fn marks_of_every_shape_pair_up() {
        assert_eq!(quoted("He said “no, ‘never’”, then \"yes\"."), ["no, ‘never’", "yes"]);
        assert_eq!(quoted("``They have cut it,'' he said."), ["They have cut it,"]);
        assert_eq!(quoted("It’s the crew's 'worst' day, the boys' own."), ["worst"]);
        assert_eq!(quoted("“One paragraph goes on\n\n“and ends.”"), ["One paragraph goes on", "and ends."]);
        assert_eq!(quoted("no marks, 5\" wide"), Vec::<String>::new());
    }
}
