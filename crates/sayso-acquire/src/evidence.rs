//! How sure what a page says of itself is, by where it says it.

use sayso::article::Evidence;

/// How often a field is right that was taken from there: `cargo xtask pages tune` counts it, outlets on the labelled pages. Ways that
/// fewer than twenty pages go are left out.
const SHARES: &[(&str, &str, f32)] = &[
    ("byline", "json-ld", 0.97),
    ("byline", "meta", 0.88),
    ("byline", "text", 0.77),
    ("outlet", "meta", 0.96),
    // whoever asks knows
    ("published", "argument", 1.0),
    ("published", "json-ld", 0.85),
    ("published", "meta", 0.93),
    ("published", "text", 0.92),
    ("published", "text (updated)", 0.65),
    ("title", "heading", 0.86),
];

pub(crate) fn of(field: &'static str, from: &'static str) -> Evidence {
    let counted = SHARES.iter().find(|(own, way, _)| (*own, *way) == (field, from));
    Evidence { field: field.to_owned(), from: from.to_owned(), score: counted.map(|(.., share)| *share) }
}
