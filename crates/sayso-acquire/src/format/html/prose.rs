//! The extracted article's clean markup as text: paragraphs set apart by blank lines.

use sayso::article::BlockRole;

pub(super) struct Prose {
    pub(super) text: String,
    /// What the markup says of the paragraphs that start at these bytes.
    pub(super) known: Vec<(usize, BlockRole)>,
}

/// The headline is put in front where the article does not start with it.
pub(super) fn of(html: &str, title: &str) -> Prose {
    let mut build = Build { prose: Prose { text: String::new(), known: Vec::new() }, role: None, breaks: 2 };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !title.is_empty() {
        build.role = Some(BlockRole::Title);
        build.words(&title);
        build.paragraph(None);
    }
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        build.words(&decoded(&rest[..at]));
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        build.tag(&rest[at..end]);
        rest = &rest[end..];
    }
    build.words(&decoded(rest));
    let mut prose = build.prose;
    prose.text.truncate(prose.text.trim_end().len());
    // The page's own headline, given again as its first line.
    if !title.is_empty()
        && let Some(again) = prose.text[title.len()..].strip_prefix("\n\n")
        && again.lines().next().is_some_and(|line| line.trim() == title)
    {
        let cut = title.len() + 2;
        prose.text.drain(..cut);
        prose.known.retain_mut(|(start, _)| {
            let stays = *start >= cut;
            *start = start.saturating_sub(cut);
            stays
        });
        prose.known.retain(|(start, _)| *start > 0);
        prose.known.insert(0, (0, BlockRole::Title));
    }
    prose
}

struct Build {
    prose: Prose,
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
        if words.trim().is_empty() {
            if !words.is_empty() && self.breaks == 0 && !self.prose.text.ends_with(' ') {
                self.prose.text.push(' ');
            }
            return;
        }
        let text = &mut self.prose.text;
        if self.breaks > 0 {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                text.push_str(if self.breaks == 1 { "\n" } else { "\n\n" });
            }
            if let Some(role) = self.role.filter(|_| self.breaks > 1 || text.is_empty()) {
                self.prose.known.push((text.len(), role));
            }
        } else if words.starts_with(char::is_whitespace) && !text.ends_with(' ') {
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

/// The few references that a serialiser writes.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str, title: &str) -> (String, Vec<(usize, BlockRole)>) {
        let prose = of(html, title);
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
    fn the_headline_stands_once() {
        let (text, known) = shown("<h1>A tram?</h1><p>It may come.</p>", "A tram?");
        assert_eq!(text, "A tram?\n\nIt may come.");
        assert_eq!(known, [(0, BlockRole::Title)]);
        assert_eq!(shown("<p> </p>", ""), (String::new(), vec![]));
    }
}
