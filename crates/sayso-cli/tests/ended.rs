//! `sayso add` that somebody ends: asked to, told to, or killed. The library is whole, and the same command goes on from there.
#![cfg(unix)]

use rustix::process::{Pid, Signal, kill_process};
use sayso_store::{Found, Query, Store};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-ended-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn library(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

/// Rows of a collection; every fifth is none.
fn row(number: usize) -> String {
    if number % 5 == 4 {
        return "{\"text\": broken\n".to_owned();
    }
    let text =
        format!("Mayor Dorn said on Monday that boat {number} had been counted. Petra Sulk denied it.");
    format!("{{\"id\":\"row-{number}\",\"text\":\"{text}\",\"published\":\"2024-05-18\"}}\n")
}

fn rows(numbers: std::ops::Range<usize>) -> String {
    numbers.map(row).collect()
}

/// `sayso add -` into this library.
fn start(library: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["add", "--tier", "fast", "-", "--library"])
        .arg(library)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn feed(child: &mut Child, rows: &str) {
    let stdin = child.stdin.as_mut().expect("standard input is a pipe");
    stdin.write_all(rows.as_bytes()).and_then(|()| stdin.flush()).expect("the program reads");
}

fn ask(child: &Child) {
    let process = Pid::from_raw(i32::try_from(child.id()).expect("a small number")).expect("a process");
    kill_process(process, Signal::INT).expect("it runs");
}

/// How it ended, and what it said on standard output.
fn ended(mut child: Child) -> (Option<i32>, String) {
    drop(child.stdin.take());
    let mut said = String::new();
    let mut stderr = child.stderr.take();
    let stdout = child.stdout.as_mut().expect("standard output is a pipe");
    // a pipe that nobody reads may be full
    let errors =
        std::thread::spawn(move || stderr.as_mut().map(|stderr| stderr.read_to_end(&mut Vec::new())));
    stdout.read_to_string(&mut said).expect("the program writes UTF-8");
    let status = child.wait().expect("the program ends");
    errors.join().expect("it is read");
    (status.code(), said)
}

fn articles(library: &Path) -> usize {
    Store::read(library).and_then(|reader| reader.check()).map_or(0, |checked| checked.articles)
}

/// Every statement with its numbers, of a library that is whole.
fn statements(library: &Path) -> Vec<Found> {
    let store = Store::open(library).expect("it is a library");
    assert_eq!(store.check().expect("it can be read").faults, []);
    let query = Query { limit: 100_000, ..Query::default() };
    let mut found = store.find(&query).expect("it can be read");
    found.sort_by_key(|one| one.number);
    found
}

/// What a run comes to that nobody disturbs.
fn undisturbed(folder: &Folder, count: usize) -> Vec<Found> {
    let library = folder.library("undisturbed.db");
    let mut child = start(&library);
    feed(&mut child, &rows(0..count));
    let (code, _) = ended(child);
    assert_eq!(code, Some(1), "some rows are none");
    statements(&library)
}

#[test]
fn who_asks_for_the_end_gets_what_is_in_work() {
    let folder = Folder::new("asked");
    let library = folder.library("asked.db");
    let mut child = start(&library);
    feed(&mut child, &rows(0..8));
    while articles(&library) == 0 {
        std::thread::yield_now();
    }
    ask(&child);
    let mut stderr = BufReader::new(child.stderr.take().expect("standard error is a pipe"));
    let mut said = String::new();
    while !said.contains("Ctrl-C again") {
        assert!(stderr.read_line(&mut said).is_ok_and(|length| length > 0), "{said}");
    }
    // the row that it waits for is still taken, and none after it
    feed(&mut child, &rows(8..12));
    let errors = std::thread::spawn(move || {
        let _read = stderr.read_to_string(&mut said);
        said
    });
    let (code, line) = ended(child);
    let said = errors.join().expect("it is read");
    assert_eq!(code, Some(130), "{said}");
    assert!(said.contains("the same command goes on from here"), "{said}");
    let added = articles(&library);
    assert!(line.starts_with(&format!("{added} added, ")) && (1..=8).contains(&added), "{line}");

    let mut child = start(&library);
    feed(&mut child, &rows(0..12));
    let (code, line) = ended(child);
    assert_eq!(code, Some(1));
    assert!(
        line.starts_with(&format!("{} added, 0 read anew, {added} known, 2 failed", 10 - added)),
        "{line}"
    );
    assert_eq!(statements(&library), undisturbed(&folder, 12));
}

#[test]
fn who_asks_twice_waits_for_nothing() {
    let folder = Folder::new("twice");
    let library = folder.library("twice.db");
    let mut child = start(&library);
    feed(&mut child, &rows(0..2));
    while articles(&library) < 2 {
        std::thread::yield_now();
    }
    let mut stderr = BufReader::new(child.stderr.take().expect("standard error is a pipe"));
    ask(&child);
    let mut said = String::new();
    stderr.read_line(&mut said).expect("it says so");
    ask(&child);
    assert_eq!(child.wait().expect("it ends, and its input does not").code(), Some(130), "{said}");
    assert_eq!(statements(&library).iter().map(|one| one.article).max(), Some(2));
}

#[test]
fn who_is_killed_has_lost_nothing_that_was_committed() {
    let folder = Folder::new("killed");
    const COUNT: usize = 30;
    let expected = undisturbed(&folder, COUNT);
    for kills in 1..=3 {
        let library = folder.library(&format!("{kills}.db"));
        let mut report = String::new();
        for kill in 1..=kills {
            let mut child = start(&library);
            feed(&mut child, &rows(0..COUNT));
            // as far as it takes until so many are committed
            while articles(&library) < kill * 16 / kills
                && child.try_wait().is_ok_and(|ended| ended.is_none())
            {
                std::thread::yield_now();
            }
            let seen = articles(&library);
            child.kill().expect("it is this test's own");
            child.wait().expect("it ends");
            let kept = statements(&library);
            let _grows = writeln!(report, "{seen} seen, {} kept", articles(&library));
            assert!(articles(&library) >= seen, "{report}");
            assert_eq!(kept[..], expected[..kept.len()], "{report}");
        }
        let mut child = start(&library);
        feed(&mut child, &rows(0..COUNT));
        ended(child);
        assert_eq!(statements(&library), expected, "{report}");
    }
}
