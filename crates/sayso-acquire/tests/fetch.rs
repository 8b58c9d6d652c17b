//! What is fetched and what is not, from servers on this machine that behave well and badly.

use sayso_acquire::{AcquireError, Fetched, Fetcher, Limits, Options, Reach, Version, documents};
use std::io::{self, Cursor, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const PAGE: &str = "<p>Kell said no.</p>";

/// What a server that is slow may take.
const WHOLE: Duration = Duration::from_millis(400);

/// `PAGE`, and 10,000 zeros, as gzip has them.
const GZIPPED_PAGE: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 179, 41, 176, 243, 78, 205, 201, 81, 40, 78, 204, 76, 81, 200, 203, 215,
    179, 209, 47, 176, 3, 0, 37, 44, 123, 161, 20, 0, 0, 0,
];
const GZIPPED_ZEROS: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 1, 13, 0, 0, 0, 194, 160, 247, 79, 109, 14, 55, 160, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 224, 223, 0, 46, 202, 59, 77, 16, 39, 0, 0,
];

/// A server, and the requests that it got.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers each request on a connection of its own, by its path.
    fn new(answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it has an address"));
        let (requests, answer) = (Arc::new(Mutex::default()), Arc::new(answer));
        let (seen, server) = (Arc::clone(&requests), Self { address, requests });
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                std::thread::spawn(move || {
                    // whoever has seen enough goes away in the middle of an answer
                    let _gone = stream.and_then(|mut stream| {
                        let request = request(&mut stream)?;
                        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                        seen.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                        answer(&path, &mut stream)
                    });
                });
            }
        });
        server
    }

    /// Answers with these, by their paths, and knows nothing else.
    fn of(answers: &[(&str, String)]) -> Self {
        let answers: Vec<(String, String)> =
            answers.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect();
        Self::new(move |path, stream| {
            let answer = answers.iter().find(|(known, _)| known == path).map(|(_, answer)| answer.as_str());
            stream.write_all(answer.unwrap_or(&reply("404 Not Found", "", "")).as_bytes())
        })
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn paths(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().map(|request| request.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }
}

fn request(stream: &mut TcpStream) -> io::Result<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        request.extend(byte);
    }
    Ok(String::from_utf8_lossy(&request).into_owned())
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn page() -> String {
    reply("200 OK", "Content-Type: text/html\r\n", PAGE)
}

fn moved(to: &str) -> String {
    reply("301 Moved Permanently", &format!("Location: {to}\r\n"), "")
}

fn robots(rules: &str) -> String {
    reply("200 OK", "Content-Type: text/plain\r\n", rules)
}

fn fetcher() -> Fetcher {
    fetcher_within(Limits::default().whole)
}

fn fetcher_within(whole: Duration) -> Fetcher {
    let limits = Limits { whole, body_bytes: 1 << 20, pause: Duration::ZERO, ..Limits::default() };
    Fetcher::with_limits(Reach::Anywhere, limits)
}

fn fetch(server: &Server, path: &str) -> Result<Fetched, AcquireError> {
    fetcher().fetch(&server.at(path))
}

/// Nothing is fetched, for this reason, and the error names the address.
fn refused(fetched: Result<Fetched, AcquireError>, address: &str, expected: &str) {
    let error = fetched.expect_err(expected);
    assert_eq!(error.id(), address);
    let error = error.to_string();
    assert!(error.starts_with(&format!("{address}: not fetched: ")) && error.contains(expected), "{error}");
}

#[test]
fn a_page_comes_with_what_is_known_about_it() {
    let html = reply("200 OK", "Content-Type: Text/HTML; Charset=\"ISO-8859-15\"\r\n", PAGE);
    let server = Server::of(&[("/a?b=c", html), ("/d", page())]);
    let fetcher = fetcher();
    let fetched = fetcher.fetch(&server.at("/a?b=c#d")).expect("it is there");
    let expected = Fetched {
        url: server.at("/a?b=c"),
        content_type: "text/html".to_owned(),
        charset: Some("ISO-8859-15".to_owned()),
        bytes: PAGE.into(),
    };
    assert_eq!(fetched, expected);
    assert_eq!(fetcher.fetch(&server.at("/d")).expect("it is there").charset, None);
    assert_eq!(server.paths(), ["/robots.txt", "/a?b=c", "/d"], "a host is asked for its rules once");

    let requests = server.requests.lock().unwrap_or_else(PoisonError::into_inner);
    let mut names: Vec<String> =
        requests[1].lines().filter_map(|line| Some(line.split_once(": ")?.0.to_ascii_lowercase())).collect();
    names.sort();
    assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{}", requests[1]);
    assert!(requests[1].contains(concat!(": sayso/", env!("CARGO_PKG_VERSION"), "\r\n")), "{}", requests[1]);

    let options =
        Options { id: "x".to_owned(), captured: Some("2021-11-09".to_owned()), ..Options::default() };
    let articles: Vec<_> = documents(Box::new(Cursor::new(fetched.bytes)), options)
        .map(|document| document.and_then(|document| document.article()).expect("it is an article"))
        .collect();
    assert_eq!(articles.len(), 1);
    assert_eq!(articles[0].text.as_str().trim(), "Kell said no.");
    assert_eq!(articles[0].origin.captured.as_deref(), Some("2021-11-09"));
}

#[test]
fn redirects_are_followed_and_end() {
    let other = Server::of(&[("/there", page())]);
    let server = Server::of(&[
        ("/a", moved("b/c")),
        ("/b/c", moved(&other.at("/there"))),
        ("/loop", moved("/loop")),
        ("/mail", moved("http://127.0.0.1:25/")),
        ("/file", moved("file:///etc/hostname")),
        ("/user", moved("http://kell:heron@127.0.0.1/")),
        ("/nowhere", reply("302 Found", "", "")),
        ("/several", reply("300 Multiple Choices", "Location: /a\r\n", "")),
    ]);
    assert_eq!(fetch(&server, "/a").map(|fetched| fetched.url).ok(), Some(other.at("/there")));
    assert_eq!(other.paths(), ["/robots.txt", "/there"], "each host is asked for its rules");
    for (path, expected) in [
        ("/loop", "more than 5 redirects"),
        ("/mail", "port 25"),
        ("/file", "expected http or https"),
        ("/user", "user name"),
        ("/nowhere", "nowhere"),
        ("/several", "status 300"),
    ] {
        refused(fetch(&server, path), &server.at(path), expected);
    }
    assert_eq!(server.paths().iter().filter(|path| *path == "/loop").count(), 6);
}

#[test]
fn hosts_keep_things_from_robots() {
    let rules = "User-agent: *\nAllow: /\nUser-agent: sayso\nDisallow: /private\n";
    let strict = Server::of(&[
        ("/robots.txt", robots(rules)),
        ("/a", page()),
        ("/private/a", page()),
        ("/around", moved("/private/a")),
    ]);
    assert!(fetch(&strict, "/a").is_ok());
    for path in ["/private/a", "/around"] {
        refused(fetch(&strict, path), &strict.at(path), "robots.txt of 127.0.0.1 keeps this from robots");
    }
    assert!(!strict.paths().contains(&"/private/a".to_owned()));

    let moved_rules =
        Server::of(&[("/robots.txt", moved(&strict.at("/robots.txt"))), ("/private/b", page())]);
    refused(fetch(&moved_rules, "/private/b"), &moved_rules.at("/private/b"), "keeps this from robots");

    let forbidden = Server::of(&[("/robots.txt", reply("403 Forbidden", "", "")), ("/a", page())]);
    assert!(fetch(&forbidden, "/a").is_ok());

    let broken = Server::of(&[("/robots.txt", reply("500 Internal Server Error", "", "")), ("/a", page())]);
    refused(fetch(&broken, "/a"), &broken.at("/a"), "robots.txt of 127.0.0.1: status 500");
    let circular = Server::of(&[("/robots.txt", moved("/robots.txt")), ("/a", page())]);
    refused(fetch(&circular, "/a"), &circular.at("/a"), "more than 5 redirects");
    let silent = Server::new(|path, stream| match path {
        "/robots.txt" => Ok(()),
        _ => stream.write_all(page().as_bytes()),
    });
    refused(fetch(&silent, "/a"), &silent.at("/a"), "127.0.0.1: ");
    for server in [broken, circular, silent] {
        assert!(!server.paths().contains(&"/a".to_owned()));
    }
    let long = Server::new(|path, stream| match path {
        "/robots.txt" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /b\n")?;
            loop {
                stream.write_all(&[b'#'; 4096])?;
            }
        }
        _ => stream.write_all(page().as_bytes()),
    });
    assert!(fetch(&long, "/a").is_ok());
    refused(fetch(&long, "/b"), &long.at("/b"), "keeps this from robots");
}

#[test]
fn what_is_no_article_is_refused_by_its_name() {
    let head = |headers: &str| format!("HTTP/1.1 200 OK\r\n{headers}\r\n");
    let server = Server::new(move |path, stream| {
        let answer = match path {
            "/robots.txt" | "/missing" => reply("404 Not Found", "Content-Type: text/html\r\n", PAGE),
            "/gone" => reply("503 Service Unavailable", "", ""),
            "/image" => head("Content-Type: image/png\r\n"),
            "/archive" => head("Content-Type: application/warc\r\n"),
            "/unnamed" => head(""),
            "/brotli" => head("Content-Type: text/html\r\nContent-Encoding: br\r\n"),
            "/large" => head("Content-Type: text/html\r\nContent-Length: 1048577\r\n"),
            _ => page(),
        };
        stream.write_all(answer.as_bytes())?;
        // no body comes, and who waits for one is told that it took too long
        stream.read(&mut [0]).map(drop)
    });
    for (path, expected) in [
        ("/missing", "status 404 Not Found"),
        ("/gone", "status 503 Service Unavailable"),
        ("/image", "\"image/png\"; expected a page"),
        ("/archive", "\"application/warc\"; expected a page"),
        ("/unnamed", "of no type; expected a page"),
        ("/brotli", "compressed as \"br\"; expected gzip"),
        ("/large", "more than 1024 KB"),
    ] {
        refused(fetch(&server, path), &server.at(path), expected);
    }
}

#[test]
fn bodies_are_bounded_after_they_are_decompressed() {
    let server = Server::new(|path, stream| {
        let gzip = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n";
        match path {
            "/page" => {
                write!(stream, "{gzip}Content-Length: {}\r\n\r\n", GZIPPED_PAGE.len())?;
                stream.write_all(GZIPPED_PAGE)
            }
            "/bomb" => {
                write!(stream, "{gzip}\r\n")?;
                stream.write_all(&GZIPPED_ZEROS.repeat(10_000))
            }
            "/cut" => {
                write!(stream, "{gzip}\r\n")?;
                stream.write_all(&GZIPPED_PAGE[..20])
            }
            "/short" => stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50\r\n\r\nno"),
            "/endless" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
                loop {
                    stream.write_all(&[b'x'; 4096])?;
                }
            }
            "/chunks" => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
                )?;
                loop {
                    stream.write_all(b"8\r\nxxxxxxxx\r\n")?;
                }
            }
            "/chunk" => {
                stream.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n8;",
                )?;
                loop {
                    stream.write_all(&[b'x'; 4096])?;
                }
            }
            _ => stream.write_all(reply("404 Not Found", "", "").as_bytes()),
        }
    });
    assert_eq!(fetch(&server, "/page").map(|fetched| fetched.bytes).ok(), Some(PAGE.into()));
    for (path, expected) in [
        ("/bomb", "more than 1024 KB"),
        ("/cut", "127.0.0.1: "),
        ("/short", "127.0.0.1: "),
        ("/endless", "more than 1024 KB"),
        ("/chunks", "more than 1024 KB"),
        ("/chunk", "127.0.0.1"),
    ] {
        refused(fetch(&server, path), &server.at(path), expected);
    }
}

#[test]
fn slow_servers_and_long_headers_end() {
    let server = Server::new(|path, stream| match path {
        "/silent" => stream.read(&mut [0]).map(drop),
        "/drop-by-drop" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
            stream.set_read_timeout(Some(WHOLE / 10))?;
            // nobody writes, so that each of these reads takes its time
            while stream.read(&mut [0]).is_err() {
                stream.write_all(b"x")?;
            }
            Ok(())
        }
        "/header" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
            loop {
                stream.write_all(&[b'x'; 4096])?;
            }
        }
        "/headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X: y\r\n")?;
            }
        }
        "/continue" => loop {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        },
        _ => stream.write_all(reply("404 Not Found", "", "").as_bytes()),
    });
    for (path, expected) in [
        ("/silent", "127.0.0.1 took more than 400ms"),
        ("/drop-by-drop", "127.0.0.1 took more than 400ms"),
        ("/continue", "127.0.0.1"),
    ] {
        let start = Instant::now();
        refused(fetcher_within(WHOLE).fetch(&server.at(path)), &server.at(path), expected);
        assert!(start.elapsed() < WHOLE * 10, "{path}: {:?}", start.elapsed());
    }
    for (path, expected) in [("/header", "a header of more than 64 KB"), ("/headers", "127.0.0.1")] {
        refused(fetch(&server, path), &server.at(path), expected);
    }
}

#[test]
fn only_public_hosts_are_connected_to() {
    let server = Server::of(&[("/", page())]);
    let port = server.address.rsplit(':').next().expect("it has a port");
    let fetcher = Fetcher::with_limits(Reach::Public, Limits { pause: Duration::ZERO, ..Limits::default() });
    for host in [
        "127.0.0.1",
        "[::1]",
        "localhost",
        "LocalHost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[2002:7f00:1::]",
        "[64:ff9b::127.0.0.1]",
        "１２７.0.0.1",
    ] {
        let address = format!("http://{host}:{port}/");
        refused(fetcher.fetch(&address), &address, " is loopback (");
    }
    for address in ["http://0.0.0.0/", "http://0/", "http://[::]/", "https://10.0.0.1/", "https://[fd00::1]/"]
    {
        refused(fetcher.fetch(address), address, "expected a public address");
    }
    assert_eq!(server.paths(), [""; 0]);
}

#[test]
fn what_is_no_address_of_the_web_is_not_fetched() {
    for (address, expected) in [
        ("", "expected an address of the Web"),
        ("quay.txt", "expected an address of the Web"),
        ("http://", "expected an address of the Web"),
        ("ftp://x.example/", "expected http or https"),
        ("https://kell:heron@x.example/", "expected one without"),
        ("http://x.example:22/", "port 22"),
    ] {
        refused(fetcher().fetch(address), address, expected);
    }
}

#[test]
fn limits_may_be_none() {
    let server = Server::of(&[("/a", page())]);
    let limits = Limits {
        redirects: usize::MAX,
        body_bytes: usize::MAX,
        whole: Duration::MAX,
        connecting: Duration::MAX,
        pause: Duration::MAX,
    };
    assert!(Fetcher::with_limits(Reach::Anywhere, limits).fetch(&server.at("/a")).is_ok());
}

#[test]
fn fetches_from_one_host_are_apart() {
    let server = Server::of(&[("/a", page()), ("/b", page())]);
    let pause = Duration::from_millis(300);
    let fetcher = Fetcher::with_limits(Reach::Anywhere, Limits { pause, ..Limits::default() });
    let start = Instant::now();
    for path in ["/a", "/b", "/a"] {
        fetcher.fetch(&server.at(path)).expect("it is there");
    }
    assert!(start.elapsed() >= pause * 2, "{:?}", start.elapsed());
}

#[test]
fn what_is_still_of_the_version_that_was_seen_is_not_sent_again() {
    let version = Version {
        etag: Some("W/\"a b\"".to_owned()),
        last_modified: Some("Fri, 17 May 2024 06:00:00 GMT".to_owned()),
    };
    let headers =
        "Content-Type: text/html\r\nETag: W/\"a b\"\r\nLast-Modified: Fri, 17 May 2024 06:00:00 GMT\r\n";
    let new = reply("200 OK", headers, PAGE);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let server = {
        let seen = Arc::clone(&seen);
        Server::new(move |path, stream| {
            if path == "/robots.txt" {
                return stream.write_all(reply("404 Not Found", "", "").as_bytes());
            }
            let asked = seen.lock().unwrap_or_else(PoisonError::into_inner).len();
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
            let same = reply("304 Not Modified", "", "");
            stream.write_all(if asked == 0 { &new } else { &same }.as_bytes())
        })
    };
    let (fetcher, address) = (fetcher(), server.at("/feed"));
    let first = fetcher.fetch_newer(&address, &Version::default()).expect("it is there");
    let (fetched, now) = first.expect("nobody has seen it");
    assert_eq!((fetched.bytes.as_slice(), &now), (PAGE.as_bytes(), &version));
    assert_eq!(fetcher.fetch_newer(&address, &now).expect("it is there"), None);
    refused(fetcher.fetch(&address), &address, "304");
    let requests = server.requests.lock().unwrap_or_else(PoisonError::into_inner);
    let said = |request: &str, name: &str| {
        request.lines().find_map(|line| {
            let (own, value) = line.split_once(": ")?;
            own.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    };
    let of_feeds: Vec<_> = requests.iter().filter(|request| request.contains("/feed ")).collect();
    for (request, version) in of_feeds.iter().zip([Version::default(), version, Version::default()]) {
        assert_eq!(said(request, "if-none-match"), version.etag);
        assert_eq!(said(request, "if-modified-since"), version.last_modified);
    }
}
