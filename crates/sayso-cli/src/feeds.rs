//! FEEDS.toml: which feeds are polled, and whether the articles that they point to are fetched.

use serde::Deserialize;
use std::path::Path;
use std::time::Duration;

/// Seconds between two requests to one host, at least.
const SHORTEST_PAUSE_S: u64 = 1;
const LONGEST_PAUSE_S: u64 = 3600;

/// What the file says.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feeds {
    /// Whether the articles that entries point to are fetched.
    #[serde(default)]
    pub(crate) articles: bool,
    #[serde(default)]
    fetch: Fetch,
    #[serde(default, rename = "feed")]
    pub(crate) all: Vec<Feed>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Fetch {
    pause_s: u64,
}

impl Default for Fetch {
    fn default() -> Self {
        Self { pause_s: SHORTEST_PAUSE_S }
    }
}

/// A feed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feed {
    pub(crate) url: String,
    /// Whose articles these are, whatever the articles say.
    pub(crate) outlet: Option<String>,
    #[serde(default = "yes")]
    enabled: bool,
}

fn yes() -> bool {
    true
}

impl Feeds {
    /// Reads the file.
    ///
    /// # Errors
    /// A sentence that says what is wrong, where, and what was expected.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}; expected a file of feeds", path.display()))?;
        Self::of(&text).map_err(|why| format!("{}: {why}", path.display()))
    }

    /// The same of what it holds.
    pub(crate) fn of(text: &str) -> Result<Self, String> {
        let expected = "expected `[[feed]]` with `url = \"https://...\"`";
        let mut feeds: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
            let at = line.map_or_else(String::new, |line| format!("line {line}: "));
            format!("{at}{}; {expected}", error.message())
        })?;
        let pause_s = feeds.fetch.pause_s;
        if !(SHORTEST_PAUSE_S..=LONGEST_PAUSE_S).contains(&pause_s) {
            return Err(format!(
                "pause_s = {pause_s}: expected {SHORTEST_PAUSE_S} to {LONGEST_PAUSE_S} seconds"
            ));
        }
        feeds.all.retain(|feed| feed.enabled);
        for (at, feed) in feeds.all.iter().enumerate() {
            if !["http://", "https://"].iter().any(|scheme| feed.url.starts_with(scheme)) {
                return Err(format!("{:?} is no address of the Web; {expected}", feed.url));
            }
            if feeds.all[..at].iter().any(|other| other.url == feed.url) {
                return Err(format!("{} stands there twice; expected each feed once", feed.url));
            }
        }
        if feeds.all.is_empty() {
            return Err(format!("no feed is enabled; {expected}"));
        }
        Ok(feeds)
    }

    /// Time between two requests to one host.
    pub(crate) fn pause(&self) -> Duration {
        Duration::from_secs(self.fetch.pause_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_is_polled() {
        let text = "articles = true\n[fetch]\npause_s = 5\n\
            [[feed]]\nurl = \"https://anbry.example/rss\"\noutlet = \"Anbry Post\"\n\
            [[feed]]\nurl = \"https://brezna.example/atom\"\n\
            [[feed]]\nurl = \"https://quay.example/\"\nenabled = false\n";
        let feeds = Feeds::of(text).expect("it is one");
        assert!(feeds.articles && feeds.pause() == Duration::from_secs(5));
        let seen: Vec<_> = feeds.all.iter().map(|feed| (feed.url.as_str(), feed.outlet.as_deref())).collect();
        assert_eq!(
            seen,
            [("https://anbry.example/rss", Some("Anbry Post")), ("https://brezna.example/atom", None)]
        );
        let least = Feeds::of("[[feed]]\nurl = \"http://a.example/\"").expect("it is one");
        assert!(!least.articles && least.pause() == Duration::from_secs(1));
    }

    #[test]
    fn what_is_wrong_with_it_is_said() {
        for (text, expected) in [
            ("", "no feed is enabled"),
            ("[[feed]]\nurl = \"https://a.example/\"\nenabled = false", "no feed is enabled"),
            ("[[feed]]\nurl = \"a.example\"", "no address of the Web"),
            ("[[feed]]\nurl = \"https://a.example/\"\n\nsection = \"x\"", "line 4: unknown field `section`"),
            ("[[feed]]\noutlet = \"x\"", "missing field `url`"),
            ("[[feed", "line 1:"),
            ("article = true", "unknown field `article`"),
            ("[fetch]\npause_s = 0\n[[feed]]\nurl = \"https://a.example/\"", "pause_s = 0"),
            ("[[feed]]\nurl = \"https://a.example/\"\n[[feed]]\nurl = \"https://a.example/\"", "twice"),
        ] {
            let why = Feeds::of(text).expect_err(text);
            assert!(why.contains(expected) && why.contains("expected"), "{text}: {why}");
        }
    }
}
