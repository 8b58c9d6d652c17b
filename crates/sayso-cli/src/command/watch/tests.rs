//! Feeds of a server on this machine: what is asked of it, and what comes of it.

use super::*;
use crate::shown;
use sayso_store::{Query, Reader};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};

const ANBRY: &str = "<item><title>The quay stays shut</title><link>/quay</link><guid>anbry-1</guid>\
    <description>Shut.</description><pubDate>Fri, 17 May 2024 06:00:00 GMT</pubDate></item>\
    <item><title>Boats</title><link>/boats</link><guid>anbry-2</guid>\
    <content:encoded>Mayor Dorn said on Monday that every boat in Brezna had been counted.</content:encoded></item>";

const QUAY: &str =
    "The quay stays shut\n\nIlse Maron, head of the harbour office, said that the quay would stay shut.\n";

/// A page with its `ETag`; who names that is told that it has not changed.
type Pages = Arc<Mutex<BTreeMap<&'static str, (String, &'static str)>>>;

/// A server, what it has, and what it was asked for.
struct Server {
    address: String,
    pages: Pages,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it has an address"));
        let (pages, asked) = (Pages::default(), Arc::new(Mutex::new(Vec::new())));
        let server = Self { address, pages: Arc::clone(&pages), asked: Arc::clone(&asked) };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // whoever has seen enough goes away in the middle of an answer
                let _gone = stream.and_then(|stream| answer(stream, &pages, &asked));
            }
        });
        server
    }

    fn has(&self, path: &'static str, body: &str, etag: &'static str) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(path, (body.to_owned(), etag));
    }

    fn has_feed(&self, path: &'static str, items: &str, etag: &'static str) {
        let feed = format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
             <channel><title>x</title>{items}</channel></rss>"
        );
        self.has(path, &feed, etag);
    }

    /// What was asked for since this was last looked at, but for rules for robots.
    fn asked(&self) -> Vec<String> {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        asked.into_iter().filter(|path| path != "/robots.txt").collect()
    }
}

fn answer(mut stream: TcpStream, pages: &Pages, asked: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        request.extend(byte);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default();
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    let pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, body, etag) = match pages.get(path) {
        Some((_, etag))
            if !etag.is_empty() && request.contains(&format!("\r\nif-none-match: {etag}\r\n")) =>
        {
            ("304 Not Modified", "", *etag)
        }
        Some((body, etag)) => ("200 OK", body.as_str(), *etag),
        None => ("404 Not Found", "", ""),
    };
    let kind = if body.starts_with('<') { "application/rss+xml" } else { "text/plain" };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nETag: {etag}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A library and what polls into it; both go away with their test.
struct Watch {
    config: Config,
    fetcher: Arc<Fetcher>,
}

impl Watch {
    fn new(test: &str, server: &Server, articles: &str, feeds: &[&str]) -> Self {
        let feeds: String =
            feeds.iter().map(|path| format!("[[feed]]\nurl = \"{}{path}\"\n", server.address)).collect();
        let library = std::env::temp_dir().join(format!("sayso-watch-{test}-{}.db", std::process::id()));
        let feeds = Feeds::of(&format!("{articles}\n{feeds}")).expect("a file of feeds");
        let limits = Limits { pause: Duration::ZERO, ..Limits::default() };
        let fetcher = Arc::new(Fetcher::with_limits(Reach::Anywhere, limits));
        Self { config: Config { feeds, library, tier: Tier::Fast, every: None }, fetcher }
    }

    /// How a pass ended, and what it says of each feed.
    fn pass(&self) -> (Outcome, Vec<String>) {
        let interrupt = Interrupt::default();
        let (outcome, lines) =
            pass(&self.config, &self.fetcher, &interrupt).expect("the library can be written to");
        let said = |line: &str| line.rsplit_once(": ").map_or(line, |(_, said)| said).to_owned();
        (outcome, lines.lines().map(said).collect())
    }

    fn library(&self) -> Reader {
        Store::read(&self.config.library).expect("it is there")
    }

    fn articles(&self) -> Vec<String> {
        let found = self.library().find(&Query { limit: 100, ..Query::default() }).expect("it can be read");
        let mut articles: Vec<String> = found
            .into_iter()
            .map(|one| shown::line(&format!("{:?} {:?}", one.outlet, one.published)))
            .collect();
        articles.sort();
        articles.dedup();
        articles
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // what cannot be removed is the system's to clear
        let _left = std::fs::remove_file(&self.config.library);
    }
}

#[test]
fn what_is_new_is_read_once() {
    let server = Server::new();
    server.has_feed("/rss", ANBRY, "\"1\"");
    server.has("/quay", QUAY, "");
    let watch = Watch::new("once", &server, "articles = true", &["/rss"]);
    assert_eq!(watch.pass(), (Outcome::AllRead, vec!["2 new, 0 known, 0 failed".to_owned()]));
    assert_eq!(server.asked(), ["/rss", "/quay"], "what the feed holds is not fetched");
    assert_eq!(watch.pass(), (Outcome::AllRead, vec!["unchanged".to_owned()]));
    assert_eq!(server.asked(), ["/rss"]);
    let more = format!(
        "<item><title>Well</title><guid>anbry-3</guid><description>Kell said that the well was dry.</description></item>{ANBRY}"
    );
    server.has_feed("/rss", &more, "\"2\"");
    assert_eq!(watch.pass(), (Outcome::AllRead, vec!["1 new, 2 known, 0 failed".to_owned()]));
    assert_eq!(server.asked(), ["/rss"]);
    let checked = watch.library().check().expect("it can be read");
    assert_eq!((checked.articles, checked.faults), (3, Vec::new()));
}

#[test]
fn only_feeds_are_fetched_where_the_file_says_nothing_of_articles() {
    let server = Server::new();
    server.has_feed("/rss", ANBRY, "");
    let watch = Watch::new("feeds", &server, "", &["/rss"]);
    assert_eq!(watch.pass(), (Outcome::AllRead, vec!["2 new, 0 known, 0 failed".to_owned()]));
    assert_eq!(server.asked(), ["/rss"]);
}

#[test]
fn what_fails_loses_nothing_else_and_is_tried_three_times() {
    let server = Server::new();
    server.has_feed("/rss", &format!("<item><title>Dry</titel></item>{ANBRY}"), "\"1\"");
    server.has("/page", "no feed at all", "");
    let watch = Watch::new("failing", &server, "articles = true", &["/none", "/page", "/rss"]);
    let line =
        |line: &str| (Outcome::Failed, vec!["not read".to_owned(), "not read".to_owned(), line.to_owned()]);
    assert_eq!(watch.pass(), line("1 new, 0 known, 2 failed"));
    let letters = |watch: &Watch| -> Vec<String> {
        let letters = watch.library().dead_letters().expect("it can be read");
        letters.into_iter().map(|letter| letter.input.replace(&server.address, "")).collect()
    };
    assert_eq!(letters(&watch), ["/none", "/page", "/quay", "/rss#1"]);
    assert_eq!(watch.pass(), line("0 new, 1 known, 2 failed"));
    assert_eq!(server.asked().iter().filter(|path| *path == "/quay").count(), 2);
    server.has("/quay", QUAY, "");
    server.has_feed("/rss", ANBRY, "\"2\"");
    server.has_feed("/none", "", "");
    assert_eq!(watch.pass().1, ["0 new, 0 known, 0 failed", "not read", "1 new, 1 known, 0 failed"]);
    assert_eq!(letters(&watch), ["/page"]);
    assert_eq!(watch.pass().1[2], "unchanged");

    let broken = "<item><title>Fog</title><link>/fog</link><guid>anbry-4</guid></item>";
    server.has_feed("/rss", broken, "\"3\"");
    server.asked();
    for said in ["1 failed", "1 failed", "1 failed"] {
        assert!(watch.pass().1[2].ends_with(said));
    }
    assert_eq!(watch.pass().1[2], "unchanged", "it is given up");
    assert_eq!(server.asked().iter().filter(|path| *path == "/fog").count(), 3);
}

#[test]
fn two_feeds_that_point_to_one_article_fetch_it_once() {
    let server = Server::new();
    server.has_feed("/rss", ANBRY, "");
    server.has_feed("/all", &ANBRY.replace("anbry-", "all-"), "");
    server.has("/quay", QUAY, "");
    let mut watch = Watch::new("two", &server, "articles = true", &["/rss", "/all"]);
    watch.config.feeds.all[0].outlet = Some("Anbry Post".to_owned());
    assert_eq!(watch.pass().1, ["2 new, 0 known, 0 failed", "0 new, 2 known, 0 failed"]);
    assert_eq!(server.asked(), ["/rss", "/quay", "/all"]);
    assert_eq!(watch.articles(), ["Some(\"Anbry Post\") None", "Some(\"Anbry Post\") Some(\"2024-05-17\")"]);
}

#[test]
fn an_end_that_is_asked_for_loses_no_entry() {
    let server = Server::new();
    server.has_feed("/rss", ANBRY, "\"1\"");
    server.has("/quay", QUAY, "");
    let watch = Watch::new("ended", &server, "articles = true", &["/rss"]);
    let interrupt = Interrupt::default();
    interrupt.ask();
    let (outcome, lines) =
        pass(&watch.config, &watch.fetcher, &interrupt).expect("the library can be written to");
    assert_eq!(outcome, Outcome::Interrupted);
    assert!(lines.ends_with("0 new, 0 known, 0 failed, and not all was taken\n"), "{lines}");
    assert_eq!(watch.pass().1, ["2 new, 0 known, 0 failed"]);
}

#[test]
fn what_a_feed_holds_of_anothers_article_is_not_that_article() {
    let server = Server::new();
    let other = server.address.replace("127.0.0.1", "localhost");
    let evil = format!(
        "<item><title>Quay</title><link>{other}/quay</link><guid>evil-1</guid>\
         <content:encoded>Ilse Maron said that the quay would open.</content:encoded></item>"
    );
    server.has_feed("/evil", &evil, "");
    server.has_feed("/rss", ANBRY, "");
    server.has("/quay", QUAY, "");
    let mut watch = Watch::new("evil", &server, "articles = true", &["/evil", "/rss"]);
    watch.config.feeds.all[1].url = format!("{other}/rss");
    assert_eq!(watch.pass().1, ["1 new, 0 known, 0 failed", "2 new, 0 known, 0 failed"]);
    assert_eq!(server.asked(), ["/evil", "/rss", "/quay"]);
    assert_eq!(watch.pass().1, ["0 new, 1 known, 0 failed", "0 new, 2 known, 0 failed"]);
    let found = watch.library().find(&Query { limit: 100, ..Query::default() }).expect("it can be read");
    let quotes = found.iter().filter(|one| one.outlet.as_deref() == Some("x"));
    let quotes: Vec<&str> = quotes.map(|one| one.statement.quote.as_str()).collect();
    assert!(quotes.len() == 1 && quotes[0].contains("the quay would open"), "{quotes:?}");
}
