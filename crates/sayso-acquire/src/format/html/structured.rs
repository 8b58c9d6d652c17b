//! Structured data: what a page says of itself in JSON-LD.
//!
//! # Source
//! JSON-LD 1.1 (W3C 2020) with the vocabulary of schema.org; only what stands in the document itself is read, no context is fetched.

use super::scan::Scan;
use serde_json::Value;

/// Objects of a page that are looked at.
const MOST_OBJECTS: usize = 2000;

/// Articles of a page that are looked at.
const MOST_ARTICLES: usize = 50;
/// Authors of one article that are looked at.
const MOST_AUTHORS: usize = 50;

/// What the page's articles say, the surest first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Structured {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// Kinds of the first article: `NewsArticle`, `OpinionNewsArticle` ...
    pub(super) kinds: Vec<String>,
    pub(super) sections: Vec<String>,
}

pub(super) fn of(scan: &Scan) -> Structured {
    let documents: Vec<Value> = scan.structured.iter().filter_map(|text| parse(text)).collect();
    let mut objects: Vec<&Value> = Vec::new();
    for document in &documents {
        flatten(document, &mut objects);
    }
    let mut articles: Vec<(u8, &Value)> =
        objects.iter().filter_map(|object| Some((rank(object)?, *object))).collect();
    articles.sort_by_key(|(rank, _)| *rank);
    let mut found = Structured::default();
    for (_, article) in articles.iter().take(MOST_ARTICLES) {
        let many = |key: &str| match article.get(key) {
            Some(Value::Array(items)) => items.iter().filter_map(words).collect(),
            Some(value) => words(value).into_iter().collect::<Vec<_>>(),
            None => Vec::new(),
        };
        // those of other articles that the page shows say nothing of this one
        if found.kinds.is_empty() {
            (found.kinds, found.sections) = (many("@type"), many("articleSection"));
        }
        let words = |key: &str| article.get(key).and_then(words);
        found.headline = found.headline.or_else(|| words("headline"));
        found.published = found.published.or_else(|| words("datePublished").or_else(|| words("dateCreated")));
        found.modified = found.modified.or_else(|| words("dateModified"));
        found.publisher =
            found.publisher.or_else(|| article.get("publisher").and_then(|one| name(one, &objects)));
        if found.authors.is_empty() {
            let authors = article.get("author").or_else(|| article.get("creator"));
            found.authors = authors.map(|authors| names(authors, &objects)).unwrap_or_default();
        }
    }
    let site = || objects.iter().find(|object| is_a(object, |kind| kind == "WebSite"));
    found.publisher = found.publisher.or_else(|| words(site()?.get("name")?));
    found
}

/// Scripts hold comments, entities and line breaks that JSON does not.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let text = text.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

fn flatten<'v>(value: &'v Value, objects: &mut Vec<&'v Value>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop().filter(|_| objects.len() < MOST_OBJECTS) {
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => {
                objects.push(value);
                waiting.extend(fields.values().rev());
            }
            _ => {}
        }
    }
}

/// Articles before pages.
fn rank(object: &Value) -> Option<u8> {
    if is_a(object, |kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report") {
        Some(0)
    } else if is_a(object, |kind| matches!(kind, "CreativeWork" | "Review" | "Recipe" | "HowTo" | "Product"))
    {
        object.get("datePublished").map(|_| 1)
    } else if is_a(object, |kind| kind.ends_with("Page")) {
        Some(2)
    } else {
        // of no kind, but with a day
        object.get("datePublished").filter(|_| object.get("@type").is_none()).map(|_| 3)
    }
}

fn is_a(object: &Value, is: impl Fn(&str) -> bool) -> bool {
    let local = |kind: &str| is(kind.rsplit(['/', '#', ':']).next().unwrap_or(kind));
    match object.get("@type") {
        Some(Value::String(kind)) => local(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(local),
        _ => false,
    }
}

fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(items) => return items.iter().find_map(words),
        _ => return None,
    };
    let text = htmlize::unescape(text.trim());
    // "&amp;#8217;": some write entities twice
    let text = htmlize::unescape(text.as_ref()).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The name of somebody: a text, an object with one, or a reference to such an object.
fn name(value: &Value, objects: &[&Value]) -> Option<String> {
    match value {
        Value::String(_) => words(value),
        Value::Array(items) => items.iter().find_map(|item| name(item, objects)),
        Value::Object(fields) => fields.get("name").and_then(words).or_else(|| {
            let id = fields.get("@id")?.as_str()?;
            let same = |object: &&&Value| object.get("@id").and_then(Value::as_str) == Some(id);
            objects.iter().filter(same).find_map(|object| words(object.get("name")?))
        }),
        _ => None,
    }
}

fn names(value: &Value, objects: &[&Value]) -> Vec<String> {
    match value {
        Value::Array(items) => {
            items.iter().take(MOST_AUTHORS).filter_map(|item| name(item, objects)).collect()
        }
        other => name(other, objects).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_script(json: &str) -> Structured {
        of(&Scan { structured: vec![json.to_owned()], ..Scan::default() })
    }

    #[test]
    fn articles_go_before_pages_and_references_are_followed() {
        let found = of_script(
            r##"{"@graph": [
                {"@type": "WebPage", "datePublished": "2020-01-01", "name": "Home"},
                {"@type": ["NewsArticle"], "headline": "Dry &amp; wet", "datePublished": "2021-11-09T08:00:00Z",
                 "author": [{"@id": "#ada"}, {"@type": "Person", "name": "Leon Orr"}], "publisher": {"name": "Brezna Courier"}},
                {"@type": "Person", "@id": "#ada", "name": "Ada Kell"},
                {"@type": "OpinionNewsArticle", "headline": "Read also", "articleSection": "Opinion"}]}"##,
        );
        assert_eq!(found.kinds, ["NewsArticle"]);
        assert!(found.sections.is_empty());
        assert_eq!(found.headline.as_deref(), Some("Dry & wet"));
        assert_eq!(found.published.as_deref(), Some("2021-11-09T08:00:00Z"));
        assert_eq!(found.authors, ["Ada Kell", "Leon Orr"]);
        assert_eq!(found.publisher.as_deref(), Some("Brezna Courier"));
    }

    #[test]
    fn what_is_no_json_says_nothing() {
        assert_eq!(of_script("{\"@type\": \"NewsArticle\", "), Structured::default());
        assert_eq!(
            of_script("<!-- {\"@type\":\"Article\",\"headline\":\"A\nB\"} -->").headline.as_deref(),
            Some("A B")
        );
    }
}
