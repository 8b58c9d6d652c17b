//! How deep the elements of a page lie in each other, before anything builds them.

/// Elements that hold nothing, or that the next of their kind closes.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "colgroup", "rp", "rt", "body", "head", "html", "path", "circle", "rect", "use", "line", "polygon",
    "stop", "ellipse", "polyline", "image",
];

/// Whether more elements than that lie in each other, in one pass over the tags; an end tag ends what is open within its element.
pub(in crate::format) fn is_deeper(html: &str, most: usize) -> bool {
    let (mut open, mut rest): (Vec<String>, &str) = (Vec::new(), html);
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
            let own = open.iter().rposition(|open| *open == name);
            open.truncate(own.unwrap_or(open.len()));
        } else if matches!(name.as_str(), "script" | "style" | "textarea" | "title" | "template") {
            rest = raw(tag, &name);
        } else if !tag[..tag.find('>').unwrap_or(tag.len())].ends_with('/') {
            open.push(name);
            if open.len() > most {
                return true;
            }
        }
    }
    false
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
    let is = |html: &str, deep| !is_deeper(html, deep) && is_deeper(html, deep - 1);
    assert!(is(
        "<html><body><div><p>a<p>b<br><div>c</div></div><script>'<div><div><div>'</script></body>",
        2
    ));
    assert!(is_deeper(&"<div>".repeat(100_000), 512));
    assert!(is_deeper(&"<b></x>".repeat(1_000), 512));
    assert!(is(&"<div><span>a</div>".repeat(1_000), 2));
    assert!(is("<!-- <b><b><b> --><i>x</i> 1 < 2", 1));
}
