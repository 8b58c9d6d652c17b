//! Whose page it is.

use super::scan::Scan;
use super::structured::Structured;

/// Names that are looked at.
const MOST: usize = 20;
/// Names of a site are no longer than this, in characters.
const LONGEST: usize = 60;

/// The names that the site goes by, the surest first.
pub(super) fn names(scan: &Scan, structured: &Structured, url: Option<&str>) -> Vec<String> {
    let stated =
        scan.meta(&["og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title"]);
    let names = stated.chain(structured.publisher.as_deref()).take(MOST);
    let is_name = |name: &&str| !name.is_empty() && name.chars().count() <= LONGEST && !name.contains("://");
    let mut names: Vec<String> = names.map(str::trim).filter(is_name).map(str::to_owned).collect();
    names.extend(url.and_then(host).map(str::to_owned));
    let mut seen: Vec<String> = Vec::new();
    names.retain(|name| {
        let is_new = !seen.contains(&name.to_lowercase());
        seen.push(name.to_lowercase());
        is_new
    });
    names
}

/// "lakecourier.example" of its address.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}
