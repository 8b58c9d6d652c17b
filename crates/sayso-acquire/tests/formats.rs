//! What holds for every format: it knows its own inputs and no other's, breaks on none, and what it reads can be pointed at.

use proptest::prelude::*;
use sayso_acquire::{AcquireError, Entry, FORMATS, Options, documents, format_of};
use std::io::{BufReader, Write};

const PROSE: &str = "Dorn said on Monday that the well was dry. “It is dry,” he told the Brezna Courier, and the council denied it.";

/// The name of a format, how many documents there are, and bytes of it.
fn samples() -> Vec<(&'static str, usize, Vec<u8>)> {
    let json = |fields: &str| format!("{{{fields}}}\n");
    let jsonl = [
        json(&format!("\"id\":\"a\",\"text\":\"{PROSE}\",\"published\":\"2021-11-09\"")),
        json("\"id\":\"b\",\"html\":\"<p>Kell said that it was wet.</p>\""),
    ];
    let rss = format!(
        "<?xml version=\"1.0\"?>\n<!-- a feed --><rss version=\"2.0\"><channel><title>x</title><item><title>Dry</title>\
         <link>https://x.example/1</link><description>{PROSE}</description></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><entry><id>1</id><title>Dry</title>\
         <content type=\"html\">&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>"
    );
    let html = format!(
        "\u{feff}<!DOCTYPE html><html><body><article><h1>Dry</h1><p>{PROSE}</p></article></body></html>"
    );
    let warc = |packed: &dyn Fn(&[u8]) -> Vec<u8>| -> Vec<u8> {
        let record = |body: &str| {
            let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
            let head = "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length:";
            packed(format!("{head} {}\r\n\r\n{block}\r\n\r\n", block.len()).as_bytes())
        };
        [record(&html), record("<p>Kell said no.</p>")].concat()
    };
    vec![
        ("warc", 2, warc(&<[u8]>::to_vec)),
        ("gzip", 2, warc(&gzip)),
        ("gzip", 1, gzip(PROSE.as_bytes())),
        ("jsonl", 2, jsonl.concat().into_bytes()),
        (
            "csv",
            2,
            format!("url,text\nhttps://x.example/1,\"{PROSE}\"\nhttps://x.example/2,Kell said no.\n")
                .into_bytes(),
        ),
        ("feed", 1, rss.into_bytes()),
        ("feed", 1, atom.into_bytes()),
        ("html", 1, html.clone().into_bytes()),
        ("text", 1, PROSE.as_bytes().to_vec()),
        ("text", 1, b"The council met, heard text and html, and left.\n\nNothing was decided.".to_vec()),
        ("text", 1, b"{curly} text that is no JSON".to_vec()),
    ]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory takes it")
}

/// Every document as its name, text and blocks, or its error.
fn read(bytes: &[u8]) -> Vec<String> {
    let input = BufReader::new(std::io::Cursor::new(bytes.to_vec()));
    let options = Options { id: "x".to_owned(), ..Options::default() };
    let shown = |document: Result<sayso_acquire::Document, AcquireError>| {
        let document = match document {
            Ok(document) => document,
            Err(error) => return format!("{error}"),
        };
        let article = match document.article() {
            Ok(article) => article,
            Err(error) => return format!("{error}"),
        };
        let mut before = 0;
        for block in &article.blocks {
            assert!(block.span.start() >= before && !article.text.slice(block.span).is_empty());
            before = block.span.end();
            let Some([start, end]) = block.bytes else { continue };
            let bytes = &document.bytes[start..end];
            let words = article.text.slice(block.span);
            if std::str::from_utf8(&document.bytes).is_ok_and(|text| text == article.text.as_str()) {
                assert_eq!(bytes, words.as_bytes());
            } else {
                assert!(!bytes.is_empty(), "{words} is somewhere");
            }
        }
        format!("{} {} {:?}", article.origin.id, article.text.as_str(), article.blocks)
    };
    documents(Box::new(input), options).map(shown).collect()
}

#[test]
fn each_knows_its_own_and_no_others() {
    for (name, _, bytes) in samples() {
        assert_eq!(format_of(&bytes).name, name, "{}", String::from_utf8_lossy(&bytes));
    }
    for format in FORMATS {
        assert!(samples().iter().any(|(name, _, _)| *name == format.name), "no sample of {}", format.name);
    }
}

#[test]
fn every_sample_is_read() {
    for (name, count, bytes) in samples() {
        let read = read(&bytes);
        assert!(read.iter().all(|document| !document.contains("expected an article")), "{name}: {read:?}");
        assert_eq!(read.len(), count, "{name}: {read:?}");
    }
}

#[test]
fn records_say_what_they_are() {
    let lines = b"{\"id\": 7, \"html\": \"Mayor <b>Kell</b> said no.\", \"published\": 2021, \"captured\": \"soon\"}\n";
    let [document] = &read(lines)[..] else { panic!("one record") };
    assert!(document.starts_with("7 Mayor Kell said no."), "{document}");
    let table = read(b"Article Title,text,Date of it\nx,Kell said no.,1\n");
    assert!(table.len() == 1 && table[0].starts_with("x#1 Kell said no."), "{table:?}");
}

#[test]
fn hostile_pages_and_feeds_end() {
    let title = format!(
        "<html><head><meta property='og:site_name' content=Lake><title>Quay shut{}</title></head><body><h1>{}</h1><p>{PROSE}</p></body></html>",
        " | Lake".repeat(20_000),
        "a b c ".repeat(50_000)
    );
    let feed = format!(
        "<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item>{}",
        "<media:group>".repeat(200_000)
    );
    let times = format!("<html><body><time datetime='{}'>{}", "A".repeat(1 << 20), "x<br>".repeat(5_000));
    let names = format!(
        "<html><head>{}</head><body><p>{PROSE}</p></body></html>",
        (0..20_000)
            .map(|n| format!(
                "<meta property='og:site_name' content='s{n}'><meta name=author content='Ada K{n}'>"
            ))
            .collect::<String>()
    );
    for input in [title, feed, times, names] {
        assert_eq!(read(input.as_bytes()).len(), 1);
    }
}

#[test]
fn blocks_say_where_they_are_in_what_came() {
    let page = "<!DOCTYPE html><h1>The well</h1><p>K&auml;te <b>Kell</b> said\nthat it was dry.</p><ul><li>A list.</li></ul>";
    let places = |bytes: &[u8]| -> Vec<String> {
        let article = sayso_acquire::read(bytes, &Options::default()).expect("an article");
        assert_eq!(article.origin.bytes_sha256.as_deref().map(str::len), Some(64));
        let place = |block: &sayso::article::Block| {
            block.bytes.map(|[start, end]| String::from_utf8_lossy(&bytes[start..end]).into_owned())
        };
        article.blocks.iter().filter_map(place).collect()
    };
    assert_eq!(
        places(page.as_bytes()),
        ["The well", "K&auml;te <b>Kell</b> said\nthat it was dry.", "A list."]
    );
    let utf_16: Vec<u8> =
        "\u{feff}The wéll.\n\nIt is dry.".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let places = places(&utf_16);
    assert_eq!(places[1].replace('\0', ""), "It is dry.");
}

#[test]
fn a_bad_record_does_not_stop_the_others() {
    let lines =
        b"{\"text\":\"Kell said no.\"}\n{\"text\":\n\n[1]\n{\"text\":\"\"}\n{\"text\":\"Dorn said yes.\"}\n";
    let read = read(lines);
    assert_eq!(read.len(), 5, "{read:?}");
    assert!(read[0].contains("Kell") && read[4].contains("Dorn"), "{read:?}");
    assert!(
        read[1].starts_with("x#2: ") && read[2].starts_with("x#4: ") && read[3].starts_with("x#5: empty"),
        "{read:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_cut_or_damaged_breaks_nothing(sample in 0..samples().len(), cut in 0.0f64..1.0, at in 0.0f64..1.0, byte: u8) {
        let (_, _, mut bytes) = samples().swap_remove(sample);
        let place = |share: f64, length: usize| (share * length as f64) as usize;
        bytes.truncate(place(cut, bytes.len()) + 1);
        let damaged = place(at, bytes.len()).min(bytes.len() - 1);
        bytes[damaged] = byte;
        prop_assert_eq!(read(&bytes), read(&bytes));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(read(&bytes), read(&bytes));
    }

    #[test]
    fn any_markup_is_read_or_refused(pieces in proptest::collection::vec("<[a-z]{1,4}( [a-z]{2,5}=('|\")?[a-z0-9:/-]{0,12}('|\")?)?/?>|</[a-z]{1,4}>|[A-Za-z ,.&;“”]{0,20}|<!--|-->|<script type='application/ld\\+json'>|\\{\"@type\":\"Article\",|2021-11-09", 0..40)) {
        let page = format!("<html>{}", pieces.concat());
        prop_assert_eq!(read(page.as_bytes()), read(page.as_bytes()));
    }
}

#[test]
fn a_fault_in_one_entry_of_a_feed_loses_none_of_the_others() {
    let item = |number: u32, words: &str| {
        format!(
            "<item><title>Day {number}</title><link>/{number}</link><guid>urn:day:{number}</guid>\
             <content:encoded><![CDATA[<p>{words}</p> <item>]]></content:encoded></item>"
        )
    };
    let rss = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>x</title>{}\
         <item><title>Dry</titel><link>https://x.example/2</link></item>{}\
         <item><title>Wet</title><description>In short: wet.</description></item><item><title>No</title></item></channel></rss>",
        item(1, PROSE),
        item(3, "Kell said that it was wet.")
    );
    let options = Options {
        id: "feed".to_owned(),
        url: Some("https://x.example/feed".to_owned()),
        ..Options::default()
    };
    let entries = sayso_acquire::entries(rss.as_bytes(), &options).expect("a feed");
    let seen: Vec<String> = entries
        .into_iter()
        .map(|entry| match entry {
            Ok(Entry { key, url, held, document, .. }) => {
                let words = document.map(|document| document.bytes.len() > 10).unwrap_or_default();
                let key = if key.len() == 64 { "a hash" } else { key.as_str() };
                format!("{key} {} {held:?} {words}", url.unwrap_or_default())
            }
            Err(error) => error.to_string().split(':').next().unwrap_or_default().to_owned(),
        })
        .collect();
    let expected = [
        "urn:day:1 https://x.example/1 Article true",
        "feed#2",
        "urn:day:3 https://x.example/3 Article true",
        "a hash  Summary true",
        "a hash  Nothing false",
    ];
    assert_eq!(seen, expected);
    assert!(sayso_acquire::entries(b"<html><body>no feed</body></html>", &options).is_err());
    assert!(
        sayso_acquire::entries(b"<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", &options)
            .is_ok_and(|all| all.is_empty())
    );
}

#[test]
fn a_feed_cannot_speak_for_another_outlet() {
    let rss = |home: &str, broken: &str| {
        format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
             <title>Evil &amp;amp; Blog</title>{home}\
             <item><title>Dry</title><link>https://post.example/real-article</link><guid>dry</guid><content:encoded>\
             <![CDATA[<link rel=canonical href=https://post.example/real-article><meta property=og:site_name content='Lake Post'>\
             <p>{PROSE}</p>]]></content:encoded></item>\
             <item><link>https://evil.example/own</link><guid>own</guid><description>Kell said no.</description></item>\
             <item><description>Kell said that it was wet.</description></item>{broken}</channel></rss>"
        )
    };
    let seen = |rss: &str, url: Option<&str>| -> Vec<String> {
        let id = url.unwrap_or("feed.xml").to_owned();
        let options = Options { id, url: url.map(str::to_owned), ..Options::default() };
        let entries = sayso_acquire::entries(rss.as_bytes(), &options).expect("a feed");
        let origins = entries.into_iter().flatten().map(|entry| {
            let article = entry.document.and_then(|document| document.article());
            let origin = article.expect("it has words").origin;
            let from = origin.because.iter().find(|evidence| evidence.field == "outlet");
            let none = || "-".to_owned();
            let (url, outlet) = (origin.url.unwrap_or_else(none), origin.outlet.unwrap_or_else(none));
            format!("{} {url} {outlet} {}", origin.id, from.map_or("-", |from| &from.from))
        });
        origins.collect()
    };
    let feed = "https://evil.example/rss";
    let fetched = [
        format!("{feed}#dry {feed} Evil & Blog feed"),
        "https://evil.example/own https://evil.example/own - -".to_owned(),
        format!("{feed}#3 {feed} Evil & Blog feed"),
    ];
    let post = "<link>https://post.example/</link>";
    assert_eq!(seen(&rss(post, ""), Some(feed)), fetched, "where it was fetched counts, not what it says");
    assert_eq!(seen(&rss(post, "<item><title>Dry</titel></item>"), Some(feed)), fetched);
    let local = [
        "feed.xml#dry - Evil & Blog feed",
        "feed.xml#own - Evil & Blog feed",
        "feed.xml#3 - Evil & Blog feed",
    ];
    assert_eq!(seen(&rss("", ""), None), local);
    let home = "<link>https://evil.example/</link>";
    let own = "https://evil.example/own https://evil.example/own - -";
    assert_eq!(seen(&rss(home, ""), None), [local[0], own, local[2]]);
}
