//! The quotation marks of a block, and what their looks and neighbours say of each.
//!
//! In: the characters of a block. Out: a [`Mark`] for every character (or pair, as in ``` `` ```) that may be a
//! quotation mark, with the costs of reading it as one that opens, one that closes, or none at all.
//! Apostrophes inside words are no marks.

use crate::text::Span;

/// Marks that close each other. Shapes within a family mix freely in the wild (`“...“`, ``` ``..." ```),
/// so the family, not the shape, decides who may close whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
}

/// Costs are in tenths of a "wrong".
pub(super) type Cost = u32;

/// One possible quotation mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) family: Family,
    /// The cost of reading it as a mark that opens.
    pub(super) open: Cost,
    /// ... as one that closes.
    pub(super) close: Cost,
    /// ... as no mark at all.
    pub(super) ignore: Cost,
    /// The cost of inventing the opener that it would close.
    pub(super) unopened: Cost,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opener,
    Closer,
    Either,
}

/// What stands beside a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Blank,
    Word,
    /// `. , ! ?` and the like.
    Stop,
    /// `: ;` and an ellipsis: as good before a quotation as within it.
    Pause,
    Mark,
}

/// What no reading can be forced to.
const NEVER: Cost = 60;

/// The marks of a block, in order.
pub(super) fn of(text: &str, block: Span) -> Vec<Mark> {
    let start = block.start();
    let Some(part) = text.get(block.range()) else { return Vec::new() };
    let mut marks = Vec::new();
    let mut skip_to = 0;
    for (at, c) in part.char_indices() {
        if at < skip_to || c.is_ascii_alphanumeric() {
            continue;
        }
        let rest = &part[at + c.len_utf8()..];
        let twice = rest.starts_with(c);
        let (shape, family, len) = match c {
            '“' | '„' | '‟' | '«' => (Shape::Opener, Family::Double, c.len_utf8()),
            '”' | '»' => (Shape::Closer, Family::Double, c.len_utf8()),
            '"' | '＂' => (Shape::Either, Family::Double, c.len_utf8()),
            '`' if twice => (Shape::Opener, Family::Double, 2),
            '\'' if twice => (Shape::Closer, Family::Double, 2),
            '’' if twice => (Shape::Closer, Family::Double, 6),
            '‘' if twice => (Shape::Opener, Family::Double, 6),
            '‘' | '‚' | '‹' | '`' => (Shape::Opener, Family::Single, c.len_utf8()),
            '’' | '›' => (Shape::Closer, Family::Single, c.len_utf8()),
            '\'' => (Shape::Either, Family::Single, 1),
            _ => continue,
        };
        skip_to = at + len;
        let around = Around { before: &part[..at], after: &part[skip_to..] };
        let span = Span::at(start + at, start + skip_to);
        let mark = match family {
            Family::Double => double(span, shape, around),
            Family::Single => single(span, shape, around),
        };
        marks.extend(mark);
    }
    marks
}

/// The family of the mark that a block starts with, if that mark may open: how the next paragraph of
/// a running quotation starts.
pub(super) fn opening(text: &str, block: Span) -> Option<Family> {
    let part = text.get(block.range())?;
    let start = block.start() + (part.len() - part.trim_start().len());
    let head = Span::at(
        start,
        text[start..block.end()].char_indices().nth(4).map_or(block.end(), |(at, _)| start + at),
    );
    let first = of(text, head).into_iter().next()?;
    (first.span.start() == start && first.open <= 5).then_some(first.family)
}

#[derive(Clone, Copy)]
struct Around<'t> {
    before: &'t str,
    after: &'t str,
}

impl Around<'_> {
    fn left(self) -> Side {
        self.before.chars().next_back().map_or(Side::Blank, |c| match c {
            '.' if self.before.ends_with("..") => Side::Pause,
            '-' | '–' | '—' | '(' | '[' | '{' | '/' => Side::Blank,
            ')' | ']' | '%' => Side::Word,
            c => side(c),
        })
    }

    fn right(self) -> Side {
        self.after.chars().next().map_or(Side::Blank, |c| match c {
            '.' if self.after.starts_with("..") => Side::Pause,
            '-' | '–' | '—' | ')' | ']' | '}' | '/' => Side::Blank,
            '(' | '[' | '$' | '£' | '€' | '#' | '@' => Side::Word,
            c => side(c),
        })
    }
}

fn side(c: char) -> Side {
    match c {
        '.' | ',' | '!' | '?' | '،' | '؟' => Side::Stop,
        ':' | ';' | '…' => Side::Pause,
        '“' | '”' | '„' | '‟' | '«' | '»' | '"' | '‘' | '’' | '`' | '\'' | '‹' | '›' => {
            Side::Mark
        }
        c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => Side::Blank,
        _ => Side::Word,
    }
}

/// The costs that white space and punctuation give to opening and closing here.
fn by_neighbours(left: Side, right: Side) -> (Cost, Cost) {
    if left == Side::Blank && right == Side::Blank {
        return (8, 8);
    }
    let open = match left {
        Side::Blank => 0,
        Side::Mark => 2,
        Side::Pause => 3,
        Side::Stop => 9,
        Side::Word => 15,
    } + match right {
        Side::Word => 0,
        Side::Mark | Side::Pause => 2,
        Side::Stop => 15,
        Side::Blank => 20,
    };
    let close = match left {
        Side::Word | Side::Stop => 0,
        Side::Mark | Side::Pause => 1,
        Side::Blank => 15,
    } + match right {
        Side::Blank | Side::Stop | Side::Pause => 0,
        Side::Mark => 2,
        Side::Word => 12,
    };
    (open, close)
}

fn double(span: Span, shape: Shape, around: Around<'_>) -> Option<Mark> {
    let (left, right) = (around.left(), around.right());
    let (mut open, mut close) = by_neighbours(left, right);
    match shape {
        Shape::Opener => close += 15,
        Shape::Closer => open += 15,
        Shape::Either => {}
    }
    // `6'2"` and `a 19" screen`: inches.
    let after_digit = around.before.ends_with(|c: char| c.is_ascii_digit());
    let inches = shape == Shape::Either && after_digit;
    let ignore = match open {
        _ if inches => 8,
        // So clear an opening mark that a lost closing one is likelier.
        0..=3 => 32,
        _ => 20,
    };
    // `We go," he said`: an opener was lost. `go”, he said` says less.
    let unopened = if left == Side::Stop && right == Side::Blank { 16 } else { 30 };
    Some(Mark { span, family: Family::Double, open, close, ignore, unopened })
}

fn single(span: Span, shape: Shape, around: Around<'_>) -> Option<Mark> {
    let (left, right) = (around.left(), around.right());
    if left == Side::Word && right == Side::Word {
        return None;
    }
    let opens = right == Side::Word && matches!(left, Side::Blank | Side::Mark | Side::Pause);
    let elided = opens && is_elision(around.after);
    let open = match shape {
        Shape::Closer => NEVER,
        Shape::Opener | Shape::Either if elided => 14,
        Shape::Opener | Shape::Either if opens => 2,
        Shape::Opener if right == Side::Word || right == Side::Mark => 10,
        Shape::Opener | Shape::Either => NEVER,
    };
    let closes = matches!(left, Side::Word | Side::Stop | Side::Mark | Side::Pause) && right != Side::Word;
    let close = match (shape, closes) {
        (Shape::Opener, true) => 15,
        (Shape::Closer | Shape::Either, true) => 0,
        (_, false) => NEVER,
    };
    // "the militias' demands", "goin' home": apostrophes that look like closers.
    let ignore = match (left, shape) {
        _ if elided => 0,
        (Side::Word, _) if around.before.ends_with(['s', 'S']) => 2,
        (Side::Word, _) => 6,
        (_, Shape::Opener) => 15,
        (_, Shape::Closer | Shape::Either) => 10,
    };
    Some(Mark { span, family: Family::Single, open, close, ignore, unopened: NEVER })
}

/// `'90s`, `'em`, `'tis`, `rock 'n' roll`: an apostrophe at a word's start.
fn is_elision(after: &str) -> bool {
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).take(8).collect();
    word.starts_with(|c: char| c.is_ascii_digit())
        || ["em", "tis", "twas", "til", "till", "n", "cause", "round", "bout", "cos"]
            .iter()
            .any(|elision| word.eq_ignore_ascii_case(elision))
}
