//! How words are shown to people: width, colour, and nothing of the text that commands a terminal.

use anstyle::{AnsiColor, Effects, Style};
use unicode_width::UnicodeWidthChar;

/// How the output is to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Columns.
    pub(crate) width: usize,
    pub(crate) colour: Colour,
    /// Whether each field's reasons are shown.
    pub(crate) explain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    On,
    Off,
}

pub(crate) const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default().effects(Effects::BOLD);
pub(crate) const ACT: Style = AnsiColor::Yellow.on_default();
pub(crate) const STRONG: Style = Style::new().effects(Effects::BOLD);
pub(crate) const FAINT: Style = Style::new().effects(Effects::DIMMED);
pub(crate) const WORDS: Style = Style::new();

impl Look {
    /// Words in a style, if there are colours.
    pub(crate) fn paint(&self, style: Style, words: &str) -> String {
        match self.colour {
            Colour::On if !words.is_empty() && style != WORDS => {
                format!("{}{words}{}", style.render(), style.render_reset())
            }
            Colour::On | Colour::Off => words.to_owned(),
        }
    }
}

/// Text without what a terminal would obey: control characters, and marks that turn the writing
/// direction of everything after them.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
                '\u{fffd}'
            }
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The same on one line, every run of white space as one blank.
pub(crate) fn line(text: &str) -> String {
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Columns that some words take.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Words in lines of at most so many columns; a longer word is cut.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = columns(word);
        if used > 0 && used + 1 + wide > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is always a line");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if wide <= width {
            line.push_str(word);
            used += wide;
            continue;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > width {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("there is always a line").push(c);
            used += wide;
        }
    }
    lines
}

/// Words with a style each in lines of at most so many columns, painted.
pub(crate) fn wrap_styled(text: &[(char, Style)], width: usize, look: &Look) -> Vec<String> {
    let words: String = text.iter().map(|(c, _)| *c).collect();
    let mut styles = text.iter().filter(|(c, _)| !c.is_whitespace()).map(|(_, style)| *style);
    let paint = |line: &String| {
        let (mut painted, mut run, mut style) = (String::new(), String::new(), WORDS);
        for c in line.chars() {
            // lines are the words but for white space, which goes with the word before it
            if !c.is_whitespace() {
                let next = styles.next().unwrap_or(WORDS);
                if next != style {
                    painted += &look.paint(style, &std::mem::take(&mut run));
                    style = next;
                }
            }
            run.push(c);
        }
        painted + &look.paint(style, &run)
    };
    wrap(&line(&words), width).iter().map(paint).collect()
}

/// So many columns, filled with blanks or cut with an ellipsis.
pub(crate) fn fitted(text: &str, width: usize) -> String {
    let wide = columns(text);
    if wide <= width {
        return format!("{text}{}", " ".repeat(width - wide));
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > width {
            break;
        }
        cut.push(c);
        used += wide;
    }
    format!("{cut}…{}", " ".repeat(width.saturating_sub(used + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_within_their_width() {
        assert_eq!(wrap("“Paper does not walk,” he said.", 12), ["“Paper does", "not walk,”", "he said."]);
        assert_eq!(wrap("ab 0123456789 c", 8), ["ab", "01234567", "89 c"]);
        assert_eq!(wrap("漢字漢字漢字", 8), ["漢字漢字", "漢字"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(fitted("漢字漢字", 6), "漢字… ");
    }

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(line("a\u{1b}[31m\u{9b}2J \u{202e}b\r\n\tc\0"), "a�[31m�2J �b c�");
    }
}
