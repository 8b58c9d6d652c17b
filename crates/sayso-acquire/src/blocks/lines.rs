//! The lines of a text that hold something.

/// A line without the blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Where its first character is, in bytes.
    pub(super) start: usize,
    pub(super) text: &'t str,
    /// Blanks before it.
    pub(super) indent: usize,
    /// Whether it is the first one, or a blank line stands before it.
    pub(super) apart: bool,
}

/// White space, and the marks that take no room: byte order mark, zero-width space.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// Line breaks of every system: LF, CR LF, CR, NEL, LS, PS, form feed.
fn breaks(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{c}' | '\u{b}')
}

pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut apart) = (0, true);
    for piece in text.split_inclusive(breaks) {
        let line = piece.trim_matches(is_blank);
        if !line.is_empty() {
            let before = &piece[..piece.len() - piece.trim_start_matches(is_blank).len()];
            let indent = before.chars().count();
            lines.push(Line { start: start + before.len(), text: line, indent, apart });
            apart = false;
        // CR LF is one break: its LF alone is no blank line.
        } else if !(piece == "\n" && text[..start].ends_with('\r')) {
            apart = true;
        }
        start += piece.len();
    }
    lines
}

#[test]
fn lines_of_every_system() {
    let shown = |text: &'static str| -> Vec<(usize, &str, bool)> {
        of(text).iter().map(|line| (line.start, line.text, line.apart)).collect()
    };
    assert_eq!(
        shown("\u{feff}a\r\n b \r\n\r\nc\rd\u{2028}e"),
        [(3, "a", true), (7, "b", false), (13, "c", true), (15, "d", false), (19, "e", false)]
    );
    assert_eq!(shown(" \n\t\n"), []);
}
