//! Pages, feeds and collections from the Web, one address at a time, and only what somebody asked for by its address.
//!
//! In: an address. Out: the bytes behind it, and what came with them. Always: every connection goes to an IP address that [`Reach`] allows, looked
//! up once and checked before it is used, for `robots.txt` and for each redirect too; no page is asked for that its host's `robots.txt` keeps from robots; [`Limits`]
//! bound time and memory, whatever a server sends. No cookies are kept, no proxy is used, no referrer is sent.
//!
//! # Source
//! HTTP Semantics (RFC 9110), Robots Exclusion Protocol (RFC 9309).

mod address;
mod robots;

use crate::AcquireError;
use address::{Gate, Objection};
use robots::Robots;
use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::header::{
    CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use ureq::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Timeout};
use url::Url;

const USER_AGENT: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"));

const ACCEPT: &str = "text/html, application/xhtml+xml, text/plain;q=0.9, application/rss+xml;q=0.8, \
                      application/atom+xml;q=0.8, application/xml;q=0.7, text/xml;q=0.7";

/// What an article or a collection of them may come as.
const CONTENT_TYPES: &[&str] = &[
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
    "application/json",
    "application/jsonl",
    "application/x-ndjson",
    "text/csv",
];

const MAX_REDIRECTS: usize = 5;
const MAX_BODY_BYTES: usize = 16 << 20;
const MAX_HEADER_BYTES: usize = 64 << 10;
const WHOLE: Duration = Duration::from_secs(30);
const CONNECTING: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_secs(1);
/// More than this is no limit, and clocks do not count as far as a [`Duration`] does.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How much of what a foreign server says is repeated in a message.
const QUOTED_CHARS: usize = 60;

/// What may be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Hosts of the public internet, and not this machine, its network, or what else addresses are set aside for.
    Public,
    /// Whatever an address leads to: for tests, and for an intranet of somebody who knows what its pages may redirect to. The
    /// `sayso` program never uses it.
    Anywhere,
}

/// What bounds a fetch. A time of more than a day counts as one.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many redirects are followed.
    pub redirects: usize,
    /// Bytes of a body after it is decompressed.
    pub body_bytes: usize,
    /// Time from the first request, which may be for `robots.txt`, to the last byte.
    pub whole: Duration,
    /// Time to connect to a host, encryption included.
    pub connecting: Duration,
    /// Time from one fetch to the next from the same host.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            redirects: MAX_REDIRECTS,
            body_bytes: MAX_BODY_BYTES,
            whole: WHOLE,
            connecting: CONNECTING,
            pause: PAUSE,
        }
    }
}

/// What an address holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub url: String,
    /// The media type, such as `text/html`.
    pub content_type: String,
    /// The label of the encoding, as in `Content-Type`.
    pub charset: Option<String>,
    /// The body, decompressed.
    pub bytes: Vec<u8>,
}

/// What a server calls the state of a page: who has seen this one need not be sent it again.
///
/// # Source
/// RFC 9110, section 8.8 (validators).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// `ETag`, as it was sent.
    pub etag: Option<String>,
    /// `Last-Modified`, as it was sent.
    pub last_modified: Option<String>,
}

/// Fetches, and remembers what hosts ask of robots.
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
    /// By scheme, host and port. What could not be asked for is asked for again.
    robots: Mutex<HashMap<String, Arc<Answer>>>,
    /// When each host may be asked again.
    turns: Mutex<HashMap<String, Instant>>,
}

/// What a host says when it is asked for its `robots.txt`.
enum Answer {
    Rules(Robots),
    /// A status other than success and “not here”: nobody knows what the rules are (RFC 9309, section 2.3.1.4).
    Unknown(String),
}

impl Fetcher {
    /// One that connects to no more than this.
    #[must_use]
    pub fn new(reach: Reach) -> Self {
        Self::with_limits(reach, Limits::default())
    }

    /// The same within other limits.
    #[must_use]
    pub fn with_limits(reach: Reach, limits: Limits) -> Self {
        match reach {
            Reach::Public => Self::behind(address::special, limits),
            Reach::Anywhere => Self::behind(|_| None, limits),
        }
    }

    fn behind(objection: Objection, limits: Limits) -> Self {
        let limits = Limits {
            whole: limits.whole.min(A_DAY),
            connecting: limits.connecting.min(A_DAY),
            pause: limits.pause.min(A_DAY),
            ..limits
        };
        // ureq looks for a proxy in the environment before it can be told to use none
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .timeout_connect(Some(limits.connecting))
            .max_response_header_size(MAX_HEADER_BYTES)
            .build();
        let gate = Gate { objection, names: DefaultResolver::default() };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), gate),
            limits,
            robots: Mutex::default(),
            turns: Mutex::default(),
        }
    }

    /// Fetches what an address holds. Two fetches from one host are apart by a pause, which this waits for.
    ///
    /// # Errors
    /// [`AcquireError::Fetch`] for what is no address of the Web, is not in reach, is not for robots, or does not come, in a form that is read, within the limits.
    pub fn fetch(&self, address: &str) -> Result<Fetched, AcquireError> {
        let fetched = self.fetched(address, &Version::default()).and_then(|fetched| {
            let (fetched, _) = fetched.ok_or("status 304 to who has seen nothing yet")?;
            Ok(fetched)
        });
        fetched.map_err(|why| AcquireError::Fetch { id: address.to_owned(), why })
    }

    /// The same where it is no longer of the version that was seen, and of which version it is now.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`].
    pub fn fetch_newer(
        &self,
        address: &str,
        seen: &Version,
    ) -> Result<Option<(Fetched, Version)>, AcquireError> {
        self.fetched(address, seen).map_err(|why| AcquireError::Fetch { id: address.to_owned(), why })
    }

    fn fetched(&self, address: &str, seen: &Version) -> Result<Option<(Fetched, Version)>, String> {
        let first = address::parse(address)?;
        std::thread::sleep(self.until_turn(&first));
        let deadline = Instant::now() + self.limits.whole;
        let (url, mut response) = self.follow(first, deadline, seen, |url| self.ask(url, deadline))?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        if !response.status().is_success() {
            return Err(format!("status {}", response.status()));
        }
        let (content_type, charset) = content_type(response.headers())?;
        // ureq takes the header away where it decompresses
        if let Some(coding) =
            header(response.headers(), CONTENT_ENCODING).filter(|coding| coding != "identity")
        {
            return Err(format!("compressed as {}; expected gzip or nothing", quoted(&coding)));
        }
        let version = Version {
            etag: header(response.headers(), ETAG),
            last_modified: header(response.headers(), LAST_MODIFIED),
        };
        let too_large = || format!("more than {} KB", self.limits.body_bytes >> 10);
        let most = self.limits.body_bytes as u64;
        if response.body().content_length().is_some_and(|length| length > most) {
            return Err(too_large());
        }
        let bytes = self.body(&url, response.body_mut(), most.saturating_add(1))?;
        if bytes.len() as u64 > most {
            return Err(too_large());
        }
        Ok(Some((Fetched { url: url.to_string(), content_type, charset, bytes }, version)))
    }

    /// How long it is until the host may be asked, which it is then taken to be.
    fn until_turn(&self, url: &Url) -> Duration {
        let now = Instant::now();
        let mut turns = lock(&self.turns);
        let turn = turns.get(&host(url)).map_or(now, |turn| now.max(*turn));
        turns.insert(host(url), turn + self.limits.pause);
        turn - now
    }

    /// The first answer that is no redirect, and the address that gave it; `may` is asked about every address first.
    fn follow(
        &self,
        mut url: Url,
        deadline: Instant,
        seen: &Version,
        may: impl Fn(&Url) -> Result<(), String>,
    ) -> Result<(Url, Response<Body>), String> {
        for _ in 0..=self.limits.redirects {
            may(&url)?;
            let response = self.get(&url, deadline, seen)?;
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok((url, response));
            }
            url = address::redirected(&url, response.headers().get(LOCATION))?;
        }
        Err(format!("more than {} redirects", self.limits.redirects))
    }

    fn get(&self, url: &Url, deadline: Instant, seen: &Version) -> Result<Response<Body>, String> {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        for (name, value) in [(IF_NONE_MATCH, &seen.etag), (IF_MODIFIED_SINCE, &seen.last_modified)] {
            // what a server once said and no header can hold is not said to it
            if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        request.call().map_err(|error| self.why(url, error))
    }

    fn body(&self, url: &Url, body: &mut Body, most: u64) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = body.as_reader().take(most).read_to_end(&mut bytes);
        read.map_err(|error| self.why(url, error.into()))?;
        Ok(bytes)
    }

    /// Whether the host lets robots have this.
    fn ask(&self, url: &Url, deadline: Instant) -> Result<(), String> {
        let path = &url[url::Position::BeforePath..];
        match &*self.robots(url, deadline)? {
            Answer::Rules(robots) if robots.allows(path) => Ok(()),
            Answer::Rules(_) => Err(format!("robots.txt of {} keeps this from robots", host(url))),
            Answer::Unknown(why) => Err(format!("robots.txt of {}: {why}", host(url))),
        }
    }

    fn robots(&self, url: &Url, deadline: Instant) -> Result<Arc<Answer>, String> {
        let origin = url.origin().ascii_serialization();
        if let Some(known) = lock(&self.robots).get(&origin) {
            return Ok(Arc::clone(known));
        }
        let first = url.join("/robots.txt").map_err(|error| error.to_string())?;
        let (last, mut response) = self.follow(first, deadline, &Version::default(), |_| Ok(()))?;
        let status = response.status();
        let answer = Arc::new(if status.is_success() {
            let bytes = self.body(&last, response.body_mut(), robots::MAX_BYTES as u64 + 1)?;
            Answer::Rules(Robots::parse(&bytes))
        } else if status.is_client_error() {
            Answer::Rules(Robots::default())
        } else {
            Answer::Unknown(format!("status {status}"))
        });
        lock(&self.robots).insert(origin, Arc::clone(&answer));
        Ok(answer)
    }

    /// What went wrong, as a sentence.
    fn why(&self, url: &Url, error: ureq::Error) -> String {
        let host = host(url);
        match error {
            ureq::Error::Timeout(Timeout::Connect) => {
                format!("no connection to {host} within {:?}", self.limits.connecting)
            }
            ureq::Error::Timeout(_) => format!("{host} took more than {:?}", self.limits.whole),
            ureq::Error::LargeResponseHeader(..) => {
                format!("{host} sent a header of more than {} KB", MAX_HEADER_BYTES >> 10)
            }
            ureq::Error::Other(refused) => format!("{host} is {refused}"),
            ureq::Error::Io(error) => format!("{host}: {error}"),
            error => format!("{host}: {error}"),
        }
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("limits", &self.limits).finish_non_exhaustive()
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// The media type and the label of the encoding, where the type is one that is read.
fn content_type(headers: &HeaderMap) -> Result<(String, Option<String>), String> {
    let given = header(headers, CONTENT_TYPE).unwrap_or_default();
    let media_type = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !CONTENT_TYPES.contains(&media_type.as_str()) {
        let found = if media_type.is_empty() { "of no type".to_owned() } else { quoted(&media_type) };
        return Err(format!("{found}; expected a page, a text, a feed, JSON Lines or CSV"));
    }
    let charset = crate::http::charset(&given);
    Ok((media_type, charset))
}

/// A server's own words in a message.
fn quoted(words: &str) -> String {
    let start: String = words.chars().take(QUOTED_CHARS).collect();
    format!("{start:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{IpAddr, Ipv4Addr, TcpListener};

    /// Lets the test's own server through.
    fn but_for_the_server(ip: IpAddr) -> Option<&'static str> {
        if ip == Ipv4Addr::LOCALHOST { None } else { address::special(ip) }
    }

    #[test]
    fn no_redirect_leads_into_a_private_network() {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let at = server.local_addr().expect("it has an address");
        let places = [
            "http://127.0.0.2:8000/",
            "http://[::1]:8000/",
            "http://169.254.169.254/latest",
            "http://2130706434/",
        ];
        std::thread::spawn(move || {
            for stream in server.incoming() {
                let mut stream = stream.expect("somebody connects");
                let mut request = [0; 4096];
                let length = stream.read(&mut request).expect("a request comes");
                let request = String::from_utf8_lossy(&request[..length]);
                let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
                let answer = match path.parse::<usize>() {
                    Ok(place) => format!("302 Found\r\nLocation: {}", places[place]),
                    Err(_) => "404 Not Found".to_owned(),
                };
                write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .expect("it is read");
            }
        });
        let fetcher =
            Fetcher::behind(but_for_the_server, Limits { pause: Duration::ZERO, ..Limits::default() });
        for place in 0..places.len() {
            let fetched = fetcher.fetch(&format!("http://{at}/{place}"));
            let error = fetched.expect_err("what it leads to is not public").to_string();
            assert!(error.contains("expected a public address"), "{error}");
        }
    }
}
