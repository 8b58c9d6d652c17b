//! Whose page it is.

use super::letters;
use super::scan::Scan;
use super::structured::Structured;

/// Names that are looked at.
const MOST: usize = 20;
/// Names of a site are no longer than this, in characters.
const LONGEST: usize = 60;
/// Words of a name; what is longer is what the site says of itself.
const MOST_WORDS: usize = 6;
/// Names of parts of any site.
const GENERIC: &[&str] = &[
    "blog",
    "news",
    "home",
    "website",
    "homepage",
    "site",
    "articles",
    "press",
    "media",
    "welcome",
    "resources",
];

/// The names that the site goes by, the surest first, and what the first is from.
pub(super) fn names(scan: &Scan, structured: &Structured, url: Option<&str>) -> (Vec<String>, &'static str) {
    let host = url.and_then(host);
    let in_meta = |keys| scan.meta(keys).map(|name| (name, "meta"));
    let stated = in_meta(&["og:site_name", "application-name"])
        .chain(structured.publisher.as_deref().map(|name| (name, "json-ld")))
        .chain(in_meta(&["dc.publisher", "apple-mobile-web-app-title"]));
    let stated: Vec<(&str, &'static str)> = stated.take(MOST).collect();
    let names_in = || stated.iter().filter_map(|(name, from)| Some((name_in(name, host)?, *from)));
    let first_from = names_in().next().map(|(_, from)| from);
    let mut names: Vec<String> = names_in().map(|(name, _)| name).collect();
    // "Quay shut | Lake Courier" on lakecourier.example
    let in_title = parts(&scan.title).skip(1).filter(|part| is_of_host(part, host));
    names.extend(in_title.map(str::to_owned));
    let from = first_from.unwrap_or(if names.is_empty() { "url" } else { "head" });
    names.extend(host.map(str::to_owned));
    // no names, but what stands in titles and bylines as such
    let other = stated.iter().map(|(name, _)| name.trim());
    names.extend(other.filter(|name| !name.is_empty() && name.chars().count() <= LONGEST).map(str::to_owned));
    let mut seen: Vec<String> = Vec::new();
    names.retain(|name| {
        let is_new = !seen.contains(&name.to_lowercase());
        seen.push(name.to_lowercase());
        is_new
    });
    (names, from)
}

/// The name in what a page gives as the name of its site; some write their motto there, or the headline.
fn name_in(stated: &str, host: Option<&str>) -> Option<String> {
    let stated = stated.trim();
    let is_name = |name: &&str| {
        !name.is_empty()
            && name.chars().count() <= LONGEST
            && !name.contains("://")
            && name.split_whitespace().count() <= MOST_WORDS
            && !GENERIC.contains(&name.to_lowercase().as_str())
    };
    let own = parts(stated).find(|part| is_of_host(part, host) && is_name(part));
    own.or_else(|| Some(stated).filter(is_name)).or_else(|| parts(stated).find(is_name)).map(str::to_owned)
}

/// "Quay shut", "Lake Courier" of "Quay shut | Lake Courier"
fn parts(title: &str) -> impl Iterator<Item = &str> {
    let between = [" | ", " - ", " – ", " — ", " :: ", " · ", ": "];
    let mut parts = vec![title];
    for between in between {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    parts.into_iter().map(str::trim)
}

/// Whether a name is what the address says: "Lake Courier" of lakecourier.example.
fn is_of_host(name: &str, host: Option<&str>) -> bool {
    let name = letters(name);
    let name = name.strip_prefix("the").unwrap_or(&name);
    let labels = host.into_iter().flat_map(|host| host.split('.'));
    let mut labels = labels.map(letters).filter(|label| label.len() > 3);
    name.len() > 3 && labels.any(|label| label.strip_prefix("the").unwrap_or(&label) == name)
}

/// "lakecourier.example" of its address.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::super::{scan, structured};
    use super::*;

    #[test]
    fn names_of_sites() {
        let name = |head: &str| {
            let scan = scan::of(&format!("<head>{head}</head>"));
            let (names, from) =
                names(&scan, &structured::of(&scan), Some("https://www.lakecourier.example/quay"));
            format!("{} ({from})", names[0])
        };
        let site = |name: &str| format!("<meta property=og:site_name content='{name}'>");
        assert_eq!(name(&site("The Lake")), "The Lake (meta)");
        assert_eq!(
            name(&site("Lake Courier - All that happens on the lake and beside it")),
            "Lake Courier (meta)"
        );
        assert_eq!(
            name(&format!("{}<title>Quay shut | The Lake Courier</title>", site("Blog"))),
            "The Lake Courier (head)"
        );
        let publisher = r#"<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Quay Post"}}</script>"#;
        assert_eq!(name(publisher), "Quay Post (json-ld)");
        assert_eq!(name("<title>Quay shut | Harbour</title>"), "lakecourier.example (url)");
    }
}
