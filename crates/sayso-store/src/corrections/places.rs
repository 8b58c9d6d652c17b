//! Words of an article as places in it: what a person typed, found again in the text.
//!
//! In: words, or pairs of code points after `@`. Out: [`Pair`]s. What holds: white space is as good as any other, quotation marks and
//! apostrophes of every shape are alike, and words are whole words.

use sayso::ledger::{Document, Pair};

/// A text in which words are looked up.
pub(crate) struct Page {
    chars: Vec<char>,
    /// Runs of white space as one blank, marks in their plain shapes; each with the code points it stands for.
    folded: Vec<(char, Pair)>,
    blocks: Vec<Pair>,
}

/// What stands between the pieces of words that are not in one place.
const BETWEEN: &str = " // ";

impl Page {
    pub(crate) fn new(document: &Document) -> Self {
        let chars: Vec<char> = document.text.chars().collect();
        let folded = fold(chars.iter().copied());
        let blocks = document.blocks.iter().map(|block| [block.start, block.end]).collect();
        Self { chars, folded, blocks }
    }

    /// The characters of a place.
    pub(crate) fn slice(&self, [start, end]: Pair) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    /// The words of several places, as they are typed.
    pub(crate) fn words(&self, places: &[Pair]) -> String {
        places.iter().map(|place| self.slice(*place)).collect::<Vec<_>>().join(BETWEEN)
    }

    /// The places of words that belong to a statement: in its own paragraphs first, then anywhere. `near` are its spans, `before` those that
    /// the words replace.
    ///
    /// # Errors
    /// What was found instead, and what was expected.
    pub(crate) fn places(&self, typed: &str, near: &[Pair], before: &[Pair]) -> Result<Vec<Pair>, String> {
        let mut places: Vec<Pair> =
            typed.split(BETWEEN).map(|piece| self.place(piece, near, before)).collect::<Result<_, _>>()?;
        places.sort_unstable();
        Ok(places)
    }

    fn place(&self, piece: &str, near: &[Pair], before: &[Pair]) -> Result<Pair, String> {
        let piece = piece.trim();
        if let Some(pair) = piece.strip_prefix('@').and_then(numbers) {
            return self.within(pair);
        }
        let all = self.occurrences(piece);
        let own: Vec<Pair> = all.iter().copied().filter(|place| self.is_beside(*place, near)).collect();
        let replaced: Vec<Pair> =
            own.iter().copied().filter(|place| before.iter().any(|span| touch(*place, *span))).collect();
        let (found, whose) = match (own.as_slice(), replaced.as_slice()) {
            (_, [only]) => (vec![*only], "its paragraph"),
            ([], _) => (all, "the article"),
            _ => (own, "its paragraph"),
        };
        match found.as_slice() {
            [only] => Ok(*only),
            [] => {
                Err(format!("{piece:?} stands nowhere in the article; expected words of it, or @START-END"))
            }
            several => Err(format!(
                "{piece:?} stands {} times in {whose}; expected more of the words, or @START-END",
                several.len()
            )),
        }
    }

    fn within(&self, [start, end]: Pair) -> Result<Pair, String> {
        let cuts = |at: usize| {
            let letter =
                |at: Option<usize>| at.and_then(|at| self.chars.get(at)).is_some_and(|c| c.is_alphanumeric());
            letter(at.checked_sub(1)) && letter(Some(at))
        };
        if start < end && end <= self.chars.len() && (cuts(start) || cuts(end)) {
            return Err(format!("@{start}-{end} cuts a word; expected whole words"));
        }
        if start < end && end <= self.chars.len() {
            return Ok([start, end]);
        }
        let length = self.chars.len();
        Err(format!(
            "@{start}-{end} is no place in the article; expected two of its code points, 0 to {length}, in order"
        ))
    }

    /// Whether a place lies in a paragraph that one of the spans touches.
    fn is_beside(&self, place: Pair, spans: &[Pair]) -> bool {
        let mut blocks = self.blocks.iter().filter(|block| touch(place, **block));
        blocks.any(|block| spans.iter().any(|span| touch(*span, *block)))
    }

    /// Every place of some words, as whole words.
    pub(crate) fn occurrences(&self, words: &str) -> Vec<Pair> {
        self.matches(words, |found, wanted| found == wanted)
    }

    /// Every place of a name; case counts only where it stands as it was typed.
    pub(crate) fn mentions(&self, name: &str) -> Vec<Pair> {
        let found = self.occurrences(name);
        if found.is_empty() {
            return self.matches(name, |found, wanted| found.to_lowercase().eq(wanted.to_lowercase()));
        }
        found
    }

    fn matches(&self, words: &str, is_same: impl Fn(char, char) -> bool) -> Vec<Pair> {
        let wanted: Vec<char> = fold(words.trim().chars()).into_iter().map(|(c, _)| c).collect();
        let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Vec::new() };
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| self.folded.get(at)).is_some_and(|(c, _)| c.is_alphanumeric())
        };
        let is_whole = |at: &usize| {
            !(first.is_alphanumeric() && is_letter(at.checked_sub(1))
                || last.is_alphanumeric() && is_letter(Some(at + wanted.len())))
        };
        let windows = self.folded.windows(wanted.len()).enumerate();
        let same = windows.filter(|(_, window)| {
            window.iter().zip(&wanted).all(|((found, _), wanted)| is_same(*found, *wanted))
        });
        same.map(|(at, _)| at)
            .filter(is_whole)
            .map(|at| [self.folded[at].1[0], self.folded[at + wanted.len() - 1].1[1]])
            .collect()
    }
}

/// Whether two places share a character.
pub(crate) fn touch(one: Pair, other: Pair) -> bool {
    one[0] < other[1] && other[0] < one[1]
}

fn numbers(pair: &str) -> Option<Pair> {
    let (start, end) = pair.split_once('-')?;
    Some([start.trim().parse().ok()?, end.trim().parse().ok()?])
}

fn fold(chars: impl Iterator<Item = char>) -> Vec<(char, Pair)> {
    let mut folded: Vec<(char, Pair)> = Vec::new();
    for (at, c) in chars.enumerate() {
        let plain = match c {
            c if c.is_whitespace() => ' ',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' | '`' => '\'',
            c => c,
        };
        match folded.last_mut() {
            Some((' ', place)) if plain == ' ' => place[1] = at + 1,
            Some(_) | None => folded.push((plain, [at, at + 1])),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::article::BlockRole;
    use sayso::ledger::BlockRecord;

    fn page(text: &str) -> Page {
        let mut start = 0;
        let block = |line: &str| {
            let block = [start, start + line.chars().count()];
            start = block[1] + 1;
            BlockRecord {
                role: BlockRole::Paragraph,
                start: block[0],
                end: block[1],
                bytes: None,
                language: None,
            }
        };
        let blocks = text.split('\n').map(block).collect();
        Page::new(&Document { text: text.to_owned(), blocks, ..Document::default() })
    }

    #[test]
    fn words_are_found_in_their_paragraph_first() {
        let page = page("The quay is shut. The quay is old.\nMaron’s  “quay” is shut, he says: shut.");
        let own = [[35, 40]];
        let found = |typed: &str, before: &[Pair]| {
            page.places(typed, &own, before)
                .map(|all| all.into_iter().map(|one| page.slice(one)).collect::<Vec<_>>())
        };
        assert_eq!(found("Maron's \"quay\"", &[]), Ok(vec!["Maron’s  “quay”".to_owned()]));
        assert_eq!(found("he says // Maron’s", &[]), Ok(vec!["Maron’s".to_owned(), "he says".to_owned()]));
        assert_eq!(found("old", &[]), Ok(vec!["old".to_owned()]), "nowhere else");
        assert_eq!(found("@4-8", &[]), Ok(vec!["quay".to_owned()]));
        assert_eq!(found("shut", &[[54, 60]]), Ok(vec!["shut".to_owned()]), "the one that it replaces");
        for (typed, said) in [
            ("shut", "2 times in its paragraph"),
            ("The quay", "2 times in the article"),
            ("sh", "nowhere"),
            ("", "nowhere"),
            ("@8-4", "no place"),
            ("@4-7", "cuts a word"),
            ("@4-4000", "no place"),
        ] {
            let why = found(typed, &[]).expect_err(typed);
            assert!(why.contains(said) && why.contains("expected"), "{typed}: {why}");
        }
    }

    #[test]
    fn names_are_found_in_any_case_where_they_do_not_stand_as_typed() {
        let page = page("KĀZEMĪ spoke. Dorn did not; dorn is a thorn.");
        assert_eq!(page.mentions("Dorn"), [[14, 18]]);
        assert_eq!(page.mentions("Kāzemī"), [[0, 6]]);
        assert!(page.mentions("Dor").is_empty());
    }
}
