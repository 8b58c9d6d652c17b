//! Who made it: bylines, agencies, photographers, dates of the page, corrections.

use super::shape;

/// A byline, an agency line, a date of the page.
pub(super) fn is_credit(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches(['(', '[', '*', '_']);
    is_byline(text)
        || (shape::words(text) <= 40
            && STARTS.iter().any(|start| bare.starts_with(start))
            && !shape::quotes(text))
        || (shape::words(text) <= 8 && INPUTS.iter().any(|start| bare.starts_with(start)))
        || (shape::words(text) <= 10 && ENDS.iter().any(|end| lower.ends_with(end)))
        || is_date(text)
}

const STARTS: &[&str] = &[
    "reporting by",
    "additional reporting by",
    "additional reporting:",
    "editing by",
    "writing by",
    "written by",
    "compiled by",
    "translated by",
    "edited by",
    "photo by",
    "photograph by",
    "photos by",
    "photo:",
    "photo credit",
    "photograph:",
    "image:",
    "image credit",
    "credit:",
    "picture:",
    "source:",
    "published:",
    "published on",
    "updated:",
    "updated on",
    "last updated",
    "last modified",
    "posted on",
    "posted by",
    "first published",
    "author:",
    "by:",
];
/// Longer lines that start so are sentences.
const INPUTS: &[&str] = &["with inputs from", "with input from", "with agency inputs"];
const ENDS: &[&str] = &[
    "contributed to this report.",
    "contributed to this article.",
    "contributed to this story.",
    "contributed reporting.",
    "/ getty images",
    "staff writer",
    "staff reporter",
];

/// "By Jonas Feld", "BY MIRA ORN AND PIET SARNE", "By Jonas Feld in Brezna"
fn is_byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else { return false };
    let mut words = 0;
    for word in names.split_whitespace() {
        words += 1;
        let small = matches!(
            word,
            "and"
                | "in"
                | "for"
                | "of"
                | "de"
                | "van"
                | "von"
                | "al"
                | "bin"
                | "the"
                | "with"
                | "|"
                | "-"
                | "/"
                | "&"
                | "at"
        );
        if !(small || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '@')) {
            return false;
        }
    }
    (1..=14).contains(&words) && !shape::ends_sentence(names.trim_end_matches('.')) && !names.ends_with('.')
}

/// "14 October 2026", "Oct. 14, 2026 10:30 GMT", "Thursday, 9 June 2026"
fn is_date(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "am",
        "pm",
        "gmt",
        "utc",
        "edt",
        "est",
        "pst",
        "cet",
        "at",
        "on",
        "ago",
        "hours",
        "hour",
        "minutes",
        "days",
        "day",
        "th",
        "st",
        "nd",
        "rd",
        "published",
        "updated",
        "posted",
        "last",
    ];
    if text.len() > 80 {
        return false;
    }
    let lower = text.to_lowercase();
    let mut digits = false;
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
        digits |= number.len() < word.len();
        if !(number.is_empty() || WORDS.contains(&number)) {
            return false;
        }
    }
    digits && shape::words(text) >= 2
}

/// A correction or a note of the editors.
pub(super) fn is_correction(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "correction:",
        "corrections:",
        "correction ",
        "clarification:",
        "editor's note",
        "editor’s note",
        "editors' note",
        "editors’ note",
        "this article was amended",
        "this article has been amended",
        "this story has been corrected",
        "this article has been corrected",
        "this story was corrected",
        "an earlier version of this",
        "a previous version of this",
        "this story has been updated to",
        "this article has been updated to",
    ];
    let lower = text.trim_start_matches(['(', '[', '*', '_', '•', ' ']).to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start)) && shape::words(text) > 3
}

/// Words under a picture that say so themselves.
pub(super) fn is_caption(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "file photo",
        "file -",
        "file –",
        "file —",
        "file:",
        "file picture",
        "pictured:",
        "pictured above",
        "caption:",
        "video:",
        "watch:",
        "gallery:",
        "in pictures",
    ];
    const ENDS: &[&str] = &[
        "getty images",
        "getty images)",
        "ap photo",
        "file photo",
        "file photo)",
        "/reuters",
        "/reuters)",
        "/afp",
        "/afp)",
        "/ap",
        "/ap)",
        "photo: reuters",
        "photo: ap",
        "[reuters]",
        "[afp]",
        "[file photo]",
    ];
    const WITHIN: &[&str] = &[
        "(ap photo/",
        "(photo by ",
        "(photo: ",
        "(reuters/",
        "[photo: ",
        "(photograph: ",
        "(image: ",
        "(file photo",
    ];
    let words = shape::words(text);
    if words > 70 {
        return false;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches(['.', ' ']);
    STARTS.iter().any(|start| lower.starts_with(start))
        || ENDS.iter().any(|end| bare.ends_with(end))
        || WITHIN.iter().any(|part| lower.contains(part))
        // "Rescuers at the quay, May 4. REUTERS/Mira Orn"
        || text.rsplit_once("REUTERS/").is_some_and(|(_, name)| shape::words(name) <= 3)
}
