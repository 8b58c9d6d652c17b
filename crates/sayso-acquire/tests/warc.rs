//! Web archives, whole, cut and damaged: what is whole is read, and what is not is said.

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use sayso_acquire::{AcquireError, Document, Options, documents};
use std::io::{BufRead, BufReader, Cursor, Read, Write};

const NAMES: [&str; 4] = ["Kell", "Dorn", "Orr", "Vey"];

fn page(name: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>The well of {name}</title></head><body><article><p>{name} said on Monday that the well was dry.</p>\
         <p>“It is dry,” {name} told the Brezna Courier, and the council denied it.</p></article></body></html>"
    )
}

fn record(kind: &str, url: &str, media_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-11-09T05:30:00Z\r\n\
         WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(name: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", &format!("https://x.example/{name}"), "application/http; msgtype=response", &block)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory takes it")
}

/// Records of four pages with something before each of them that is no article.
fn records() -> Vec<Vec<u8>> {
    let pages = NAMES.iter().map(|name| {
        let request = record(
            "request",
            "https://x.example/",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        );
        [request, response(name, "200 OK\r\nContent-Type: text/html; charset=utf-8", page(name).as_bytes())]
            .concat()
    });
    let info = record("warcinfo", "", "application/warc-fields", b"software: a test\r\n");
    std::iter::once(info).chain(pages).collect()
}

fn open(bytes: impl Into<Vec<u8>>) -> Vec<Result<Document, AcquireError>> {
    let options = Options { id: "x.warc.gz".to_owned(), ..Options::default() };
    documents(Box::new(BufReader::new(Cursor::new(bytes.into()))), options).collect()
}

/// The names whose pages were read, and what was said of the others.
fn read(bytes: &[u8]) -> (Vec<&'static str>, Vec<String>) {
    let (mut names, mut said) = (Vec::new(), Vec::new());
    for document in open(bytes) {
        match document.and_then(|document| document.article()) {
            Ok(article) => {
                let name = NAMES.iter().find(|name| article.text.as_str().contains(**name));
                let name = name.expect("only what was put in comes out");
                let is_whole = article.text.as_str().ends_with("denied it.") && article.notes.is_empty();
                if is_whole { names.push(*name) } else { said.push(format!("{name}: {:?}", article.notes)) }
            }
            Err(error) => said.push(error.to_string()),
        }
    }
    (names, said)
}

#[test]
fn pages_of_an_archive_with_where_and_when() {
    let plain = records().concat();
    let by_record: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    for bytes in [plain.clone(), by_record, gzip(&plain)] {
        let documents: Vec<Document> =
            open(bytes).into_iter().map(|document| document.expect("it is whole")).collect();
        let urls: Vec<&str> =
            documents.iter().filter_map(|document| document.options.url.as_deref()).collect();
        assert_eq!(urls, NAMES.map(|name| format!("https://x.example/{name}")));
        let article = documents[0].article().expect("a page");
        assert_eq!(article.origin.id, "https://x.example/Kell");
        assert_eq!(article.origin.captured.as_deref(), Some("2021-11-09T05:30:00Z"));
        assert_eq!(article.origin.published, None, "the day of the copy is not the day of the article");
    }
}

#[test]
fn what_is_no_article_is_passed_over() {
    let body = page("Kell");
    let archive = [
        response("a", "404 Not Found\r\nContent-Type: text/html", body.as_bytes()),
        response("b", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response("c", "301 Moved\r\nLocation: https://x.example/d", b""),
        record(
            "revisit",
            "https://x.example/e",
            "application/http; msgtype=response",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record("conversion", "<https://x.example/f>", "text/plain", b"Dorn said that <html> was dry."),
        record("resource", "https://x.example/g", "text/html", body.as_bytes()),
    ];
    let ids: Vec<String> =
        open(archive.concat()).into_iter().map(|document| document.expect("whole").options.id).collect();
    assert_eq!(ids, ["https://x.example/f", "https://x.example/g"]);
    let (mut read, _) = read(&archive.concat());
    read.sort_unstable();
    assert_eq!(read, ["Kell"], "the text ends otherwise");
}

#[test]
fn packed_bodies_and_stated_encodings() {
    let latin: Vec<u8> = page("Kell")
        .replace(['“', '”'], "\"")
        .replace("Monday", "Mönday")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    let archive = [
        response(
            "a",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &gzip(page("Kell").as_bytes()),
        ),
        response("b", "200 OK\r\nContent-Type: text/html; charset=iso-8859-1", &latin),
    ];
    let articles: Vec<String> = open(archive.concat())
        .into_iter()
        .map(|document| {
            document.and_then(|document| document.article()).expect("a page").text.as_str().to_owned()
        })
        .collect();
    assert!(articles[0].contains("Kell said on Monday") && articles[1].contains("Mönday"), "{articles:?}");
}

#[test]
fn digests_are_checked() {
    let good =
        String::from_utf8(record("resource", "https://x.example/a", "text/plain", b"abc")).expect("text");
    let digest = |digest: &str| {
        good.replace("Content-Type", &format!("WARC-Block-Digest: sha1:{digest}\r\nContent-Type"))
    };
    let notes = |archive: String| open(archive)[0].as_ref().expect("it is there").notes.clone();
    assert!(notes(digest("VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5")).is_empty());
    let wrong = notes(digest("VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE6"));
    assert!(wrong.len() == 1 && wrong[0].contains("digest"), "{wrong:?}");
}

#[test]
fn lengths_that_lie_cost_their_own_record() {
    let records = records();
    for change in [7i64, -7, 100, -200, 100_000] {
        let mut lied = records.clone();
        let text = String::from_utf8(lied[2].clone()).expect("text");
        let at = text.rfind("Content-Length: ").expect("it has one") + 16;
        let end = at + text[at..].find('\r').expect("a line end");
        let length: i64 = text[at..end].parse().expect("a number");
        lied[2] = format!("{}{}{}", &text[..at], length + change, &text[end..]).into_bytes();
        let packed: Vec<u8> = lied.iter().flat_map(|record| gzip(record)).collect();
        for bytes in [lied.concat(), packed] {
            let (names, said) = read(&bytes);
            assert_eq!(names, ["Kell", "Orr", "Vey"], "{change}: {said:?}");
            assert!(!said.is_empty(), "{change}");
        }
    }
}

#[test]
fn what_follows_a_cut_is_read() {
    let whole = records().concat();
    let cut = &whole[..whole.len() - 60];
    let (names, said) = read(&[cut, &whole].concat());
    assert_eq!(names, ["Kell", "Dorn", "Orr", "Kell", "Dorn", "Orr", "Vey"], "{said:?}");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn films_logs_and_rules_for_robots_are_no_articles() {
    let film = response("film", "200 OK\r\nContent-Type: video/mp4", &vec![7; 17 << 20]);
    let robots = response("robots.txt", "200 OK\r\nContent-Type: text/plain", b"User-agent: *");
    let log = record("resource", "metadata://crawler/log", "text/plain", b"GET 200");
    assert!(open([film, robots, log].concat()).is_empty());
}

#[test]
fn layers_of_gzip_and_records_that_swallow_each_other_end() {
    let mut layers = gzip(b"Kell said no.");
    for _ in 0..500 {
        layers = [gzip(b""), gzip(&layers)].concat();
    }
    assert!(
        open(layers).into_iter().all(|document| document.and_then(|document| document.article()).is_err())
    );
    let greedy = "WARC/1.0\nWARC-Type: x\nContent-Length: 16000000\n\n".repeat(20_000);
    assert!(!open(greedy).is_empty());
}

#[test]
fn bombs_and_endless_headers_are_left() {
    let bomb = response(
        "a",
        "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
        &gzip(&vec![b' '; 40 << 20]),
    );
    let long = response("b", "200 OK\r\nContent-Type: text/html", &vec![b' '; 20 << 20]);
    let endless = format!("WARC/1.0\r\nWARC-Type: response\r\n{}", "X-A: b\r\n".repeat(100_000)).into_bytes();
    let archive = [&bomb[..], &long, &endless, &records().concat()].concat();
    let (names, said) = read(&archive);
    assert_eq!(names, NAMES);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("16 MB when unpacked") && said[1].contains("at most 16"), "{said:?}");
    let packed: Vec<u8> =
        [bomb, long, endless].iter().chain(&records()).flat_map(|record| gzip(record)).collect();
    assert_eq!(read(&packed).0, NAMES);
}

/// One record after the other, as often as asked for, never all in memory.
struct Endless {
    record: Vec<u8>,
    at: usize,
    left: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Endless {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 { Ok(&[]) } else { Ok(&self.record[self.at..]) }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        if self.at == self.record.len() {
            (self.at, self.left) = (0, self.left - usize::from(self.left > 0));
        }
    }
}

#[test]
fn long_archives_are_read_as_they_come() {
    let record = response("a", "200 OK\r\nContent-Type: text/html", page("Kell").as_bytes());
    let input = Endless { record, at: 0, left: 50_000 };
    assert_eq!(documents(Box::new(input), Options::default()).filter(Result::is_ok).count(), 50_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_cut_costs_the_record_that_it_cuts(place in 0.0f64..1.0, is_packed: bool) {
        let parts: Vec<Vec<u8>> = records().iter().map(|record| if is_packed { gzip(record) } else { record.clone() }).collect();
        let archive = parts.concat();
        let cut = ((archive.len() as f64 * place) as usize).max(8);
        let mut end = 0;
        let ends: Vec<usize> = parts.iter().map(|part| { end += part.len(); end }).collect();
        // the blank lines behind a record are not part of what it holds
        let blank = if is_packed { 0 } else { 4 };
        let whole: Vec<&str> = NAMES.iter().zip(&ends[1..]).filter(|(_, end)| **end <= cut + blank).map(|(name, _)| *name).collect();
        let (names, said) = read(&archive[..cut]);
        prop_assert_eq!(&names, &whole, "{:?}", &said);
        let is_between = ends.iter().any(|end| (*end - blank..=*end).contains(&cut));
        let is_said = !said.is_empty() || is_between;
        // a cut between the request and the response of a page leaves both whole
        prop_assert!(is_said || !is_packed && archive[..cut].trim_ascii_end().ends_with(b"GET / HTTP/1.1"), "{}", cut);
    }

    #[test]
    fn damage_costs_the_record_that_it_is_in(part in 1usize..5, place in 0.0f64..1.0, length in 1usize..40, byte: u8, is_packed: bool) {
        let mut parts: Vec<Vec<u8>> = records().iter().map(|record| if is_packed { gzip(record) } else { record.clone() }).collect();
        let damaged = &mut parts[part];
        let at = (damaged.len() as f64 * place) as usize;
        let end = (at + length).min(damaged.len());
        damaged[at..end].fill(byte);
        let (names, said) = read(&parts.concat());
        let others: Vec<&str> = NAMES.iter().enumerate().filter(|(at, _)| at + 1 != part).map(|(_, name)| *name).collect();
        let found: Vec<&str> = names.iter().copied().filter(|name| *name != NAMES[part - 1]).collect();
        prop_assert_eq!(found, others, "{:?}", said);
    }
}
