//! The law: whatever people say and whatever is read anew, corrections stand at their words or nowhere.

use super::{Library, READ, act, below, edit, some, speaker, words};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sayso::ledger::{Ledger, Statement};
use sayso::lexicon::Act;
use sayso_store::{Day, Edit, Speaker, StoreError, What};

/// Something that happens to a library.
#[derive(Clone, Debug)]
enum Event {
    Said { by: usize, of: usize, what: What },
    Read { dropped: Vec<usize>, heard: Vec<usize>, cut: Vec<usize>, below: usize },
}

const REVIEWERS: [&str; 2] = ["Vera", "Jonas"];
const ABOVE: [&[&str]; 3] = [&[], &["All rights reserved."], &["The Anbry Post", "Read more."]];

fn event() -> impl Strategy<Value = Event> {
    let what = prop::sample::select(vec![
        What::Accept,
        What::Reject,
        What::Undo,
        speaker("Ilse Maron"),
        speaker("Tobias Fenn"),
        edit(Edit { speaker: Some(Speaker::Unknown(None)), ..Edit::default() }),
        act(Act::Accuse),
        act(Act::State),
        edit(Edit { negated: Some(true), ..Edit::default() }),
        edit(Edit { content: some("Nobody will lift"), ..Edit::default() }),
        edit(Edit { content: some("the same boats"), cue: some("none"), ..Edit::default() }),
        edit(Edit { source: some("none"), ..Edit::default() }),
        edit(Edit { said_on: Some(Day::On("2024-05-17".to_owned(), None)), ..Edit::default() }),
        edit(Edit { said_on: Some(Day::Unknown), ..Edit::default() }),
        edit(Edit { target: some("Tobias Fenn"), ..Edit::default() }),
    ]);
    let some_of_them = || prop::collection::vec(0..4usize, 0..3);
    prop_oneof![
        3 => (0..2usize, 0..4usize, what).prop_map(|(by, of, what)| Event::Said { by, of, what }),
        1 => (some_of_them(), some_of_them(), some_of_them(), 0..3usize)
            .prop_map(|(dropped, heard, cut, below)| Event::Read { dropped, heard, cut, below }),
    ]
}

/// What another version might read.
fn reading(dropped: &[usize], heard: &[usize], cut: &[usize], above: &[&str]) -> Ledger {
    let mut ledger = READ.clone();
    for (at, one) in ledger.statements.iter_mut().enumerate() {
        if heard.contains(&at) {
            one.act = Act::Predict;
        }
        if cut.contains(&at) {
            let last = one.spans.content.last_mut().expect("a statement has words");
            last[1] -= 1;
            one.quote = words(&one.spans.content).join(" ");
            one.verbatim.clear();
            one.id = format!("cut-{at}");
        }
    }
    let mut at = 0;
    ledger.statements.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
    below(&ledger, above)
}

/// Every correction in force stands in the latest reading at the words and the place of its anchor, or is an orphan.
fn all_stand(library: &Library) -> Result<(), TestCaseError> {
    let connection = library.sql();
    let mut rows = connection
        .prepare(
            "SELECT corrections.id, anchor, coalesce(as_read, json), attachments.statement, document FROM attachments
            JOIN corrections ON corrections.id = attachments.correction
            JOIN articles ON articles.id = attachments.article
            LEFT JOIN statements ON statements.id = attachments.statement ORDER BY corrections.id",
        )
        .expect("a query");
    let mut rows = rows.query([]).expect("it can be read");
    let mut orphans = Vec::new();
    while let Some(row) = rows.next().expect("it can be read") {
        let id: i64 = row.get(0).expect("a number");
        let json = |column: usize| -> serde_json::Value {
            serde_json::from_str(&row.get::<_, String>(column).expect("text")).expect("JSON")
        };
        if row.get::<_, Option<i64>>(3).expect("a number or none").is_none() {
            orphans.push(id);
            continue;
        }
        let (anchor, read, now) = (json(1), json(2), json(4));
        prop_assert_eq!(&anchor["quote"], &read["quote"]);
        let at = |place: &serde_json::Value| place[0][0].as_u64().expect("a place");
        let (then, at_now) = (at(&anchor["content"]), at(&read["spans"]["content"]));
        let start = |paragraph: &serde_json::Value| paragraph["start"].as_u64().expect("a place");
        // where the paragraph of the first words starts in each text
        let within = |paragraphs: &serde_json::Value, at: u64| {
            let starts = paragraphs.as_array().expect("paragraphs").iter().map(start);
            at - starts.filter(|start| *start <= at).max().expect("words lie in a paragraph")
        };
        prop_assert_eq!(within(&anchor["paragraphs"], then), within(&now["blocks"], at_now));
        if anchor["text"] == now["sha256"] {
            prop_assert_eq!(&anchor["content"], &read["spans"]["content"]);
        }
    }
    let listed: Vec<i64> = library
        .store
        .reader()
        .orphans()
        .expect("they can be read")
        .iter()
        .map(|one| one.correction)
        .collect();
    prop_assert_eq!(listed, orphans);
    let [attached, in_force]: [i64; 2] = [
        "SELECT count(*) FROM attachments",
        "SELECT count(*) FROM corrections AS one WHERE kind <> 'undo'
            AND NOT EXISTS (SELECT 1 FROM corrections AS other WHERE other.undone = one.id)",
    ]
    .map(|sql| connection.query_row(sql, [], |row| row.get(0)).expect("it can be counted"));
    prop_assert_eq!(attached, in_force, "none is lost");
    Ok(())
}

#[test]
fn whatever_happens_corrections_stand_at_their_words_or_nowhere_and_all_can_be_undone() {
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let corrected = std::cell::Cell::new(0);
    let result = runner.run(&prop::collection::vec(event(), 1..14), |events| {
        let mut library = Library::new("random");
        let mut latest = READ.clone();
        for (version, event) in events.iter().enumerate() {
            match event {
                Event::Said { by, of, what } => {
                    let Some(number) = library.all().get(*of).map(|one| one.number) else { continue };
                    match library.try_correct(number, REVIEWERS[*by], what) {
                        Ok(_) => corrected.set(corrected.get() + 1),
                        Err(StoreError::Refused { .. }) => {}
                        Err(error) => return Err(TestCaseError::fail(error.to_string())),
                    }
                }
                Event::Read { dropped, heard, cut, below } => {
                    let ledger = reading(dropped, heard, cut, ABOVE[*below]);
                    library.add(&ledger, &format!("later {version}"));
                    latest = ledger;
                }
            }
            library.is_whole();
            all_stand(&library)?;
        }
        let undone = "SELECT id, reviewer FROM corrections AS one WHERE kind <> 'undo'
            AND NOT EXISTS (SELECT 1 FROM corrections AS other WHERE other.undone = one.id)";
        let connection = library.sql();
        let mut rows = connection.prepare(undone).expect("a query");
        let left = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("it can be read");
        let left: Vec<(i64, String)> = left.collect::<Result<_, _>>().expect("it can be read");
        for (correction, reviewer) in left {
            let taken = library.store.take_back(correction, &reviewer, "2024-05-23T09:00:00Z");
            taken.map_err(|error| TestCaseError::fail(error.to_string()))?;
        }
        library.is_whole();
        prop_assert_eq!(library.orphans(), [""; 0]);
        let mut as_read: Vec<Statement> = library.all().into_iter().map(|found| found.statement).collect();
        as_read.sort_by(|one, other| one.id.cmp(&other.id));
        latest.statements.sort_by(|one, other| one.id.cmp(&other.id));
        prop_assert_eq!(as_read, latest.statements);
        let left = "SELECT (SELECT count(*) FROM statements WHERE as_read IS NOT NULL) + (SELECT count(*) FROM attachments)
            + (SELECT count(*) FROM sources WHERE correction IS NOT NULL)";
        let left: i64 = library.sql().query_row(left, [], |row| row.get(0)).expect("it can be counted");
        prop_assert_eq!(left, 0);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(corrected.get() > 100, "{corrected:?}: most of what happens is said");
}
