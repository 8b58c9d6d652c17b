//! What a line looks like, whoever wrote it.

/// Marks that may stand after the mark that ends a sentence.
const CLOSERS: &[char] = &['"', '”', '’', '\'', '»', ')', ']', '*', '_', '“', '″', ' '];
const OPENERS: &[char] = &['"', '“', '‘', '\'', '«', '„', '`', '”'];

/// Whether it ends as a sentence does: a stop, within quotation marks or brackets or not.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', '…'])
}

/// Whether it announces what comes next: "He added:".
pub(super) fn announces(text: &str) -> bool {
    text.ends_with([':', ',', ';']) && words(text) > 1
}

/// How many of its words have a letter or digit.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Whether it starts with a quotation mark.
pub(super) fn opens_quotation(text: &str) -> bool {
    text.starts_with(OPENERS)
}

/// Whether a quotation ends where it ends.
pub(super) fn closes_quotation(text: &str) -> bool {
    text.trim_end_matches(['.', ',']).ends_with(['"', '”', '’', '\'', '»', '“'])
}

/// Whether it has a double quotation mark anywhere.
pub(super) fn quotes(text: &str) -> bool {
    text.contains(['"', '“', '”', '«', '»']) || text.contains("``") || text.contains("''")
}

/// `NAME: words`, as in transcripts: up to four words, each with a capital, before a colon.
pub(super) fn is_turn(text: &str) -> bool {
    let text = text.trim_start_matches(OPENERS).trim_start_matches(['*', '_']);
    let Some((name, said)) = text.split_once(':') else { return false };
    if name.is_empty() || name.len() > 60 || !said.starts_with([' ', '*', '_', '\u{a0}']) || words(said) == 0
    {
        return false;
    }
    let mut words = name.split_whitespace();
    let named =
        |word: &str| word.starts_with(char::is_uppercase) || word.starts_with('(') || word.starts_with('“');
    words.by_ref().take(4).all(named) && words.next().is_none()
}

/// The words after a bullet or a number, if a line starts with one.
pub(super) fn list_item(text: &str) -> Option<&str> {
    let item = match text.strip_prefix(['•', '·', '◦', '▪', '●', '‣', '■', '*', '-', '–', '—', '+'])
    {
        Some(item) => item,
        None => numbered(text)?,
    };
    (item.starts_with([' ', '\t', '\u{a0}'])).then(|| item.trim_start()).filter(|item| words(item) > 0)
}

/// "1. ", "2) ", "(3) ", "b) "
fn numbered(text: &str) -> Option<&str> {
    let text = text.strip_prefix('(').unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match digits {
        1 | 2 => text[digits..].strip_prefix(['.', ')']),
        0 => text.strip_prefix(|c: char| c.is_ascii_lowercase())?.strip_prefix(')'),
        _ => None,
    }
}

/// The name after the dash, if a line signs a quotation: `— Hester Vane, leader of the Leave Association`.
pub(super) fn signature(text: &str) -> Option<&str> {
    let name = text.trim_start_matches(['—', '–', '-', '―', '~']);
    let name = (name.len() < text.len()).then(|| name.trim_start())?;
    let signs = name.starts_with(char::is_uppercase) && words(name) <= 20;
    signs.then_some(name)
}

/// A line of a block quote: `> words`.
pub(super) fn is_block_quote(text: &str) -> bool {
    text.starts_with('>')
}

/// Whether it begins in the middle of a sentence.
pub(super) fn starts_lowercase(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase)
}
