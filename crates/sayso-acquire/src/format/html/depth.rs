//! How deep the elements of a page lie in each other, before anything builds them.

/// Elements that hold nothing, or that the next of their kind closes.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "colgroup", "rp", "rt", "body", "head", "html", "path", "circle", "rect", "use", "line", "polygon",
    "stop", "ellipse", "polyline", "image",
];

/// An upper bound for ordinary pages, in one pass over the tags.
pub(in crate::format) fn of(html: &str) -> usize {
    let (mut depth, mut deepest, mut rest) = (0usize, 0, html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let closes = rest.starts_with('/');
        let tag = rest.trim_start_matches('/');
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if name.is_empty() || FLAT.contains(&name.as_str()) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
        } else if matches!(name.as_str(), "script" | "style" | "textarea" | "title" | "template") {
            rest = raw(tag, &name);
        } else if !tag[..tag.find('>').unwrap_or(tag.len())].ends_with('/') {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// What follows an element whose content is no markup.
fn raw<'t>(tag: &'t str, name: &str) -> &'t str {
    let mut rest = tag;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

#[test]
fn what_lies_in_what() {
    assert_eq!(
        of("<html><body><div><p>a<p>b<br><div>c</div></div><script>'<div><div><div>'</script></body>"),
        2
    );
    assert_eq!(of(&"<div>".repeat(100_000)), 100_000);
    assert_eq!(of("<!-- <b><b><b> --><i>x</i> 1 < 2"), 1);
}
