//! Whose a feed is, and which addresses it may speak for.
//!
//! In: the head of a feed, and where it was fetched. Out: its name, and whether an address is of its host. A feed that was fetched is its server's; one
//! in a file says itself where it is from.

use crate::Options;
use feed_rs::model::Feed;
use url::{Host, Url};

/// Hosts that sites give their feeds.
const OF_FEEDS: [&str; 4] = ["www.", "feeds.", "feed.", "rss."];

pub(super) struct Whose {
    /// Its title, else its host, else its file.
    pub(super) name: String,
    host: Option<Host>,
}

impl Whose {
    pub(super) fn of(feed: &Feed, options: &Options) -> Self {
        let links = feed.links.iter().filter(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let said = || links.into_iter().find_map(|link| host(&link.href));
        let title = feed.title.as_ref().map(|title| htmlize::unescape(title.content.trim()).into_owned());
        let fetched = options.url.as_deref().and_then(host);
        Self::named(title.filter(|title| !title.is_empty()), fetched.or_else(said), &options.id)
    }

    /// A feed of which only that is known where it was fetched.
    pub(super) fn of_nothing(options: &Options) -> Self {
        Self::named(None, options.url.as_deref().and_then(host), &options.id)
    }

    fn named(title: Option<String>, host: Option<Host>, id: &str) -> Self {
        let name = title.or_else(|| host.as_ref().map(ToString::to_string)).unwrap_or_else(|| id.to_owned());
        Self { name, host }
    }

    /// Whether an address is of the feed's host, or of one under it; the host of "feeds.post.example" is "post.example".
    pub(super) fn has(&self, address: &str) -> bool {
        match (&self.host, host(address)) {
            (Some(Host::Domain(own)), Some(Host::Domain(other))) => {
                let site = site(own);
                other == site || other.strip_suffix(site).is_some_and(|sub| sub.ends_with('.'))
            }
            (Some(own), Some(other)) => *own == other,
            (None, _) | (_, None) => false,
        }
    }
}

/// "post.example" of "feeds.post.example"; nothing is taken from "feeds.co.uk", which would leave a registry's.
fn site(host: &str) -> &str {
    let under = OF_FEEDS.iter().find_map(|label| host.strip_prefix(label));
    under.filter(|under| is_of_one_owner(under)).unwrap_or(host)
}

/// Whether a host is surely no registry's: these are short, "co.uk", "com.au".
fn is_of_one_owner(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    match (labels.next(), labels.next(), labels.next()) {
        (Some(_), Some(_), Some(_)) => true,
        (Some(top), Some(second), None) => top.len() > 2 || second.len() > 3,
        (_, None, _) | (None, _, _) => false,
    }
}

fn host(address: &str) -> Option<Host> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.host().map(|host| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_speaks_for_its_own_host() {
        let has = |feed: &str, address: &str| Whose::named(None, host(feed), feed).has(address);
        for (feed, address, expected) in [
            ("https://post.example/rss", "https://post.example/1", true),
            ("https://post.example/rss", "http://WWW.Post.example:8080/1", true),
            ("https://feeds.post.example/", "https://post.example/1", true),
            ("https://www.post.example/", "https://lake.post.example/1", true),
            ("http://127.0.0.1:90/rss", "http://127.0.0.1/1", true),
            ("https://evil.example/rss", "https://post.example/1", false),
            ("https://evil.blogs.example/rss", "https://blogs.example/1", false),
            ("https://ost.example/rss", "https://post.example/1", false),
            ("https://feeds.co.uk/rss", "https://post.co.uk/1", false),
            ("https://evil.example/rss", "https://evil.example@post.example/1", false),
            ("https://evil.example/rss", "javascript:alert(1)", false),
            ("https://evil.example/rss", "/1", false),
            ("feed.xml", "https://post.example/1", false),
        ] {
            assert_eq!(has(feed, address), expected, "{feed} {address}");
        }
    }
}
