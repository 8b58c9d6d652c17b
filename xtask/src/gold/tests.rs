//! What holds for all gold that ships here, and the laws of its notation and formats.

use super::notation::{parse, render};
use super::page::Page;
use super::record::{Annotation, Header, Statement, TextOf};
use super::{Corpora, brat, check, from_ledger, gold_files, open, stats, to_ledger};
use proptest::prelude::*;

/// In how many statements of our own articles each hard case stands at least.
const LEAST: usize = 3;

fn own() -> Vec<(Annotation, String)> {
    let root = crate::root();
    let corpora = Corpora::new(&root);
    let files = gold_files(&root.join("eval/gold/own")).expect("our own articles are here");
    files.iter().map(|file| open(&corpora, file).expect("gold fits its article")).collect()
}

/// Row by row, so that a failure can be read.
fn assert_same(again: &Annotation, annotation: &Annotation) {
    let lines = |a: &Annotation| a.to_lines().expect("gold can be written");
    let (again, annotation) = (lines(again), lines(annotation));
    let different: Vec<_> = again.lines().zip(annotation.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(different, []);
    assert_eq!(again.lines().count(), annotation.lines().count());
}

#[test]
fn our_own_gold_is_clean() {
    for (annotation, text) in own() {
        let findings = check::check(&annotation, &Page::new(&text));
        assert_eq!(findings.errors, Vec::<String>::new(), "{}", annotation.header.document);
    }
}

#[test]
fn every_hard_case_stands_in_our_own_articles() {
    let articles: Vec<Annotation> = own().into_iter().map(|(annotation, _)| annotation).collect();
    let rare: Vec<_> = stats::cases(&articles).into_iter().filter(|&(_, n)| n < LEAST).collect();
    assert_eq!(rare, [], "cases with fewer than {LEAST} statements");
}

#[test]
fn notation_is_read_back_as_it_was() {
    for (annotation, text) in own() {
        let page = Page::new(&text);
        let written = render(&annotation, &page);
        let again = parse(&written, &page, &annotation.header).expect("what is written can be read");
        assert_same(&again, &annotation);
    }
}

#[test]
fn brat_is_read_back_as_it_was() {
    for (annotation, text) in own() {
        let written = brat::write(&annotation, &text).expect("gold can be written");
        let again = brat::read(&written, &annotation.header, &text).expect("what is written can be read");
        assert_same(&again, &annotation);
    }
}

#[test]
fn a_ledger_from_gold_verifies_and_says_the_same() {
    for (annotation, text) in own() {
        let ledger = to_ledger(&annotation, &text).expect("spans fit");
        ledger.verify().expect("gold makes a sound ledger");
        let again = from_ledger(&ledger, &annotation.header);
        let spans = |a: &Annotation| a.statements.iter().map(|s| s.content.clone()).collect::<Vec<_>>();
        assert_eq!(spans(&again), spans(&annotation));
        assert_eq!(again.sources, annotation.sources);
    }
}

const TEXT: &str = "Mayor Ash spoke.\n\n“It is late,” she told the Herald on Monday. “Go home.”\n\nShe denied that \
                    the mayor’s office “lies”.";

fn header() -> Header {
    Header {
        document: "ash".to_owned(),
        text: TextOf::File { path: "ash.txt".to_owned() },
        sha256: String::new(),
        published: Some("2019-06-05".to_owned()),
        not_read: Vec::new(),
        excused: Vec::new(),
    }
}

const ROWS: &str = "\
# ash
= ash | Ash | person named | roles: 1:Mayor | at: 1:Ash; 2:she; 3:She
[2]
% ash | state | dsc | S: she | C: told | X: “It is late,” // “Go home.” | via: Herald/told | on: 2019-06-03 <on Monday>
[3]
% ash | deny | isc | S: She | C: denied | X: that ~ “lies”
";

/// Rows with one thing changed, and what is said of them.
fn said(from: &str, to: &str) -> String {
    assert!(ROWS.contains(from), "{from}");
    let page = Page::new(TEXT);
    match parse(&ROWS.replacen(from, to, 1), &page, &header()) {
        Err(mistakes) => mistakes.join("\n"),
        Ok(annotation) => check::check(&annotation, &page).errors.join("\n"),
    }
}

#[test]
fn sound_rows_are_clean() {
    assert_eq!(said("# ash", "# ash"), "");
}

#[test]
fn every_mistake_is_named() {
    let mistakes = [
        ("X: that ~ “lies”", "X: that ~ truth", "not found: that ~ truth"),
        ("C: denied", "C: denied that", "cue and content overlap"),
        ("2019-06-03", "2019-06-04", "2019-06-04 is a Tuesday"),
        ("on: 2019-06-03 <on Monday>", "on: 2019-06-10 <on Monday>", "after it was published"),
        ("2019-06-03 <on Monday>", "June <on Monday>", "June is no EDTF date"),
        ("| deny |", "| denies |", "no act: denies"),
        ("isc | S: She", "xsc | S: She", "flags are"),
        ("% ash | deny", "% bell | deny", "no source bell"),
        ("% ash | deny", "%>> ash | deny", "inside which row?"),
        ("% ash | deny", "%> ash | deny", "is not within the content of statement 1"),
        ("; 3:She", "", "the source's words are no mention of ash"),
        ("X: that ~ “lies”", "X: that ~ “lies” | target: city", "deny takes no target"),
        ("X: “It is late,” // “Go home.”", "X: “It is late,”", "marks without statement or excuse: Go home."),
        ("[3]", "[4]", "no such paragraph"),
        ("S: She | C: denied", "S: She | C: denied | case: strange", "no hard case is called strange"),
        ("= ash |", "= bell | Bell | person named | at: 1:Ash\n= ash |", "source bell: says nothing"),
        ("[3]", "! 3\n[3]", "stands in a paragraph that is not read"),
        (
            "% ash | deny | isc | S: She | C: denied | X: that ~ “lies”",
            "% ash | deny | isc | S: She | C: denied | X: that ~ “lies”\n% ash | state | isc | X: the mayor’s office",
            "stands within statement 2 and is not nested in it",
        ),
    ];
    for (from, to, expected) in mistakes {
        let found = said(from, to);
        assert!(found.contains(expected), "{to}: {found:?}");
    }
}

#[test]
fn a_gold_file_is_read_line_by_line() {
    let row = serde_json::to_string(&header()).expect("a header is plain data");
    let document = row.replacen('{', "{\"row\":\"document\",", 1);
    assert!(Annotation::parse(&document).is_ok());
    for (lines, expected) in [
        (String::new(), "no row"),
        ("{\"row\":\"source\"}".to_owned(), "line 1"),
        (format!("{document}\n{document}"), "line 2: a second document"),
        (format!("{document}\n{{\"row\":\"opinion\"}}"), "line 2"),
    ] {
        let error = Annotation::parse(&lines).expect_err("not a gold file");
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    }
}

proptest! {
    #[test]
    fn any_span_can_be_written_and_read_back(
        text in "[ab ~;|#“”.\n]{1,60}",
        from in 0_usize..60,
        length in 1_usize..30,
    ) {
        let page = Page::new(&text);
        let end = (from + length).min(page.len());
        prop_assume!(from < end);
        let words = page.words([from, end]);
        prop_assume!(!words.trim().is_empty());
        let statement = Statement {
            content: vec![[from, end]],
            ..parse(ROWS, &Page::new(TEXT), &header()).expect("sound rows").statements[1].clone()
        };
        let statement = Statement {
            n: 1, speaker: None, source: Vec::new(), cue: Vec::new(), verbatim: Vec::new(), ..statement
        };
        let annotation = Annotation { header: header(), sources: Vec::new(), statements: vec![statement] };
        let written = render(&annotation, &page);
        if written.contains('%') {
            let again = parse(&written, &page, &annotation.header).expect("what is written can be read");
            prop_assert_eq!(&again.statements[0].content, &annotation.statements[0].content);
        }
    }
}
