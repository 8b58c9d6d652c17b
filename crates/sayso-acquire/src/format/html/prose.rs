//! The extracted article's clean markup as paragraphs, and paragraphs as text.

use super::letters;
use sayso::article::BlockRole;
use std::collections::HashMap;
use std::ops::Range;

pub(super) struct Paragraph {
    pub(super) text: String,
    /// What the markup says that it is.
    pub(super) role: Option<BlockRole>,
    /// Its bytes in the page.
    pub(super) source: Option<Range<usize>>,
}

/// The paragraphs of some markup, in order.
pub(super) fn paragraphs(html: &str) -> Vec<Paragraph> {
    let mut build = Build { paragraphs: Vec::new(), role: None, breaks: 2 };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        build.words(&htmlize::unescape(&rest[..at]));
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        build.tag(&rest[at..end]);
        rest = &rest[end..];
    }
    build.words(&htmlize::unescape(rest));
    for paragraph in &mut build.paragraphs {
        paragraph.text.truncate(paragraph.text.trim_end().len());
    }
    build.paragraphs
}

/// Paragraphs as a text, set apart by blank lines.
#[derive(Default)]
pub(super) struct Prose {
    pub(super) text: String,
    /// What is known of the paragraphs that start at these bytes.
    pub(super) known: Vec<(usize, BlockRole)>,
    /// Where each paragraph starts, and its bytes in the page.
    pub(super) sources: Vec<(usize, Option<Range<usize>>)>,
    /// Paragraphs that were left out because they stood there before.
    pub(super) again: usize,
}

/// Letters and digits of a paragraph that nobody writes twice.
const FEWEST_LETTERS: usize = 40;

/// The headline comes first, and once.
pub(super) fn text(title: Option<Paragraph>, paragraphs: Vec<Paragraph>) -> Prose {
    let mut prose = Prose::default();
    // the long paragraphs so far, and whether they are read
    let mut seen: HashMap<String, bool> = HashMap::new();
    let is_headline =
        |paragraph: &Paragraph| title.as_ref().is_some_and(|title| title.text == paragraph.text);
    let is_first_headline = paragraphs.first().is_some_and(is_headline);
    let paragraphs = paragraphs.into_iter().skip(usize::from(is_first_headline));
    for paragraph in title.into_iter().chain(paragraphs) {
        let letters = letters(&paragraph.text);
        let is_long = letters.chars().nth(FEWEST_LETTERS).is_some();
        // words under a picture before may be the article's own as well
        let is_read = paragraph.role.is_none_or(BlockRole::is_read);
        let is_again = seen.get(&letters).is_some_and(|was_read| *was_read || !is_read);
        if is_long {
            *seen.entry(letters).or_default() |= is_read;
        }
        if is_again {
            prose.again += 1;
            continue;
        }
        if !prose.text.is_empty() {
            prose.text.push_str("\n\n");
        }
        let start = prose.text.len();
        prose.known.extend(paragraph.role.map(|role| (start, role)));
        prose.sources.push((start, paragraph.source));
        prose.text.push_str(&paragraph.text);
    }
    prose
}

struct Build {
    paragraphs: Vec<Paragraph>,
    /// What the element around the next words says.
    role: Option<BlockRole>,
    /// Line breaks since the last words.
    breaks: usize,
}

impl Build {
    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        match name {
            "br" => self.line(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph((!closes).then_some(BlockRole::Heading))
            }
            "li" | "dd" | "dt" => self.paragraph((!closes).then_some(BlockRole::List)),
            "figcaption" => self.paragraph((!closes).then_some(BlockRole::Caption)),
            // A paragraph within a list item is that item.
            "p" if self.role == Some(BlockRole::List) => self.line(),
            "p" | "div" | "ul" | "ol" | "dl" | "blockquote" | "table" | "tr" | "section" | "article"
            | "body" | "html" | "pre" | "hr" | "figure" | "main" | "details" | "summary" | "header"
            | "footer" => self.paragraph(None),
            "td" | "th" => self.words(" "),
            _ => {}
        }
    }

    fn line(&mut self) {
        self.breaks += 1;
    }

    fn paragraph(&mut self, role: Option<BlockRole>) {
        self.breaks = 2;
        self.role = role;
    }

    /// White space counts as one blank, a line break as what it is.
    fn words(&mut self, words: &str) {
        let is_open = self.breaks < 2;
        if words.trim().is_empty() {
            if let Some(last) = self.paragraphs.last_mut().filter(|_| !words.is_empty() && self.breaks == 0)
                && !last.text.ends_with(' ')
            {
                last.text.push(' ');
            }
            return;
        }
        if !is_open || self.paragraphs.is_empty() {
            self.paragraphs.push(Paragraph { text: String::new(), role: self.role, source: None });
        }
        let Some(Paragraph { text, .. }) = self.paragraphs.last_mut() else { return };
        if is_open && self.breaks == 1 {
            text.truncate(text.trim_end().len());
            text.push('\n');
        } else if words.starts_with(char::is_whitespace) && !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
        self.breaks = 0;
        for (at, word) in words.split_ascii_whitespace().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
        if words.ends_with(|c: char| c.is_ascii_whitespace()) {
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str, title: &str) -> (String, Vec<(usize, BlockRole)>) {
        let title = Paragraph { text: title.to_owned(), role: Some(BlockRole::Title), source: None };
        let prose = text(Some(title).filter(|title| !title.text.is_empty()), paragraphs(html));
        (prose.text, prose.known)
    }

    #[test]
    fn paragraphs_and_what_the_markup_says_of_them() {
        let html = "<h2>The  lake</h2><p>“No,” <b>Hale</b>\nsaid &amp; left.<br>Then&nbsp;rain.</p><ul><li><p>One</p></li><li>Two</li></ul>";
        assert_eq!(
            shown(html, "A tram?"),
            (
                "A tram?\n\nThe lake\n\n“No,” Hale said & left.\nThen\u{a0}rain.\n\nOne\n\nTwo".to_owned(),
                vec![
                    (0, BlockRole::Title),
                    (9, BlockRole::Heading),
                    (60, BlockRole::List),
                    (65, BlockRole::List)
                ]
            )
        );
    }

    #[test]
    fn headlines_and_paragraphs_stand_once() {
        let (text, known) = shown("<h1>A tram?</h1><p>It may come.</p>", "A tram?");
        assert_eq!(text, "A tram?\n\nIt may come.");
        assert_eq!(known, [(0, BlockRole::Title)]);
        assert_eq!(shown("<p> </p>", ""), (String::new(), vec![]));
        let again = "<p>Nobody knows when the tram will come, the mayor said.</p>";
        let prose = super::text(None, paragraphs(&format!("{again}<p>So.</p><p>So.</p>{again}")));
        assert_eq!(
            (prose.text.matches("Nobody").count(), prose.text.matches("So.").count(), prose.again),
            (1, 2, 1)
        );
    }
}
