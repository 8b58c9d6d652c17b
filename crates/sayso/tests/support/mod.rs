//! Readable specifications: Markdown files whose `##` sections are cases.
//!
//! A section is a title, prose that says why, and fenced blocks told apart by their info word: usually
//! `text` for the input and one for what is expected of it. A block `FIXME` is what comes out today where that is wrong: the
//! case fails as soon as something else does, and when it is right the block has to go. `SAYSO_BLESS=1 cargo test` writes these blocks anew;
//! it never touches what is expected.

pub(crate) mod article;
mod bless;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// One section of a specification.
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) line: usize,
    pub(crate) fences: BTreeMap<String, String>,
}

/// The cases of a file.
pub(crate) fn cases(markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for (at, line) in markdown.lines().enumerate() {
        match (&mut fence, line.strip_prefix("```")) {
            (None, Some(info)) => fence = Some((info.trim().to_owned(), String::new())),
            (Some(_), Some("")) => {
                let (info, body) = fence.take().expect("a fence is open");
                let case = cases.last_mut().expect("a fence stands under a heading");
                assert!(case.fences.insert(info, body).is_none(), "line {at}: two fences of one kind");
            }
            (Some((_, body)), _) => {
                if !body.is_empty() {
                    body.push('\n');
                }
                body.push_str(line);
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    let title = title.trim().to_owned();
                    cases.push(Case { title, line: at + 1, fences: BTreeMap::new() });
                }
            }
        }
    }
    assert!(fence.is_none(), "a fence is left open");
    cases
}

/// Runs every case of every file of `tests/spec/<stage>`: the `text` fence goes in, what comes out is
/// compared with the fence of the given kind, line by line, or with the known wrong answer if there is one.
pub(crate) fn run(stage: &str, expected: &str, actual: impl Fn(&Case, &str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec").join(stage);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder of specifications is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let (mut failures, mut ran) = (String::new(), 0);
    for path in files {
        let markdown = std::fs::read_to_string(&path).expect("a specification is UTF-8");
        let mut wrong = BTreeMap::new();
        for case in cases(&markdown) {
            let (Some(text), Some(want)) = (case.fences.get("text"), case.fences.get(expected)) else {
                panic!("{}:{}: needs fences `text` and `{expected}`", path.display(), case.line);
            };
            ran += 1;
            let got = actual(&case, text);
            let right = got.trim_end() == want.trim_end();
            let known = case.fences.get("FIXME");
            if !right {
                wrong.insert(case.line, got.trim_end().to_owned());
            }
            if known.map_or(!right, |known| got.trim_end() != known.trim_end()) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let mended = if right { " (right now: its FIXME has to go)" } else { "" };
                write!(failures, "\n{name}:{} {}{mended}\n  expected\n", case.line, case.title)
                    .expect("a string grows");
                want.lines().for_each(|line| failures.push_str(&format!("    {line}\n")));
                failures.push_str("  found\n");
                got.lines().for_each(|line| failures.push_str(&format!("    {line}\n")));
            }
        }
        if std::env::var_os("SAYSO_BLESS").is_some() {
            std::fs::write(&path, bless::with_known_wrong(&markdown, expected, &wrong))
                .expect("a specification can be written");
        }
    }
    assert!(ran > 0, "no case in {}", folder.display());
    assert!(failures.is_empty(), "{failures}");
}
