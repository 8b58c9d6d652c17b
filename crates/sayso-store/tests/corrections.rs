//! What people say of statements: kept, undone, replayed over later readings, and counted.

#[path = "corrections/law.rs"]
mod law;

use sayso::article::BlockRole;
use sayso::ledger::{BlockRecord, Ledger, Mode, Pair, SourceStatus, Statement, Verdict, hexadecimal};
use sayso::lexicon::Act;
use sayso::{Models, Tier};
use sayso_acquire::{Options, Published};
use sayso_store::score::{Share, agreements, score};
use sayso_store::{
    Addition, Correction, Day, Edit, Found, Order, Picked, Query, Reviewed, Speaker, Store, StoreError, What,
};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::LazyLock;

const HARBOUR: &str = "\
The quay at Anbry stays shut

Ilse Maron, head of the harbour office, said on Friday that the quay would stay shut until the crane is repaired. \
“Nobody will lift so much as a crate there,” she said.

Mayor Dorn of Brezna denied that the crane had ever been unsafe. Petra Sulk, a fisherwoman, accused the mayor of counting the \
same boats twice. Tobias Fenn watched.
";

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::Fast));

static READ: LazyLock<Ledger> = LazyLock::new(|| {
    let published = Some(Published::parse("2024-05-18").expect("a date"));
    let options = Options { id: "harbour.txt".to_owned(), published, ..Options::default() };
    let article = sayso_acquire::read(HARBOUR.as_bytes(), &options).expect("an article");
    sayso::analyze(&article, &MODELS)
});

/// A library in a folder that goes away with its test.
struct Library {
    folder: PathBuf,
    store: Store,
}

impl Library {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sayso-corrections-{test}-{}", std::process::id()));
        // what a test that was stopped left there
        let _left = std::fs::remove_dir_all(&folder);
        let store = Store::open(&folder.join("library.db")).unwrap_or_else(|error| panic!("{error}"));
        let mut library = Self { folder, store };
        library.add(&READ, "1");
        library
    }

    fn add(&mut self, ledger: &Ledger, version: &str) {
        assert_eq!(ledger.verify(), Ok(()));
        let original = HARBOUR.as_bytes();
        let addition = Addition { original, ledger, version, weights: "fast", at: "2024-05-20T08:00:00Z" };
        self.store.add(&addition).unwrap_or_else(|error| panic!("{error}"));
    }

    fn try_correct(&mut self, statement: i64, reviewer: &str, what: &What) -> Result<Statement, StoreError> {
        let (at, picked) = ("2024-05-21T09:00:00Z", Picked::Asked);
        let correction = Correction { statement, reviewer, at, picked, why: None, seen: None, what };
        self.store.correct(&correction).map(|corrected| corrected.statement)
    }

    fn correct(&mut self, statement: i64, reviewer: &str, what: &What) -> Statement {
        let corrected = self.try_correct(statement, reviewer, what);
        let corrected = corrected.unwrap_or_else(|error| panic!("{what:?}: {error}"));
        self.is_whole();
        corrected
    }

    fn refused(&mut self, statement: i64, what: &What) -> String {
        let before = self.all();
        let refused = self.try_correct(statement, "Vera", what).expect_err("it is refused").to_string();
        assert_eq!(self.all(), before, "nothing is changed");
        refused
    }

    /// Every statement, whatever was said of it, in its order.
    fn all(&self) -> Vec<Found> {
        let query = Query { review: Reviewed::Any, limit: 1000, ..Query::default() };
        let mut found = self.store.find(&query).unwrap_or_else(|error| panic!("{error}"));
        found.sort_by_key(|one| (one.article, one.statement.spans.content.clone(), one.number));
        found
    }

    /// The number of the first statement with these words.
    fn number(&self, words: &str) -> i64 {
        let all = self.all();
        let mut with = all.iter().filter(|one| one.statement.quote.contains(words));
        with.next().unwrap_or_else(|| panic!("{words}: {all:#?}")).number
    }

    fn found(&self, words: &str, review: Reviewed) -> Vec<String> {
        let query = Query { words: words.to_owned(), review, ..Query::default() };
        let found = self.store.find(&query).unwrap_or_else(|error| panic!("{error}"));
        found.into_iter().map(|one| one.statement.quote).collect()
    }

    fn orphans(&self) -> Vec<String> {
        let orphans = self.store.reader().orphans().unwrap_or_else(|error| panic!("{error}"));
        orphans.into_iter().map(|orphan| orphan.quote).collect()
    }

    fn is_whole(&self) {
        let checked = self.store.check().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(checked.faults, []);
    }

    fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.join("library.db")).expect("a file that SQLite opens")
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // what cannot be removed is the system's to clear
        let _left = std::fs::remove_dir_all(&self.folder);
    }
}

fn edit(edit: Edit) -> What {
    What::Edit(Box::new(edit))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn speaker(name: &str) -> What {
    edit(Edit { speaker: Some(Speaker::Named(name.to_owned())), ..Edit::default() })
}

fn act(act: Act) -> What {
    edit(Edit { act: Some(act), ..Edit::default() })
}

fn words(spans: &[Pair]) -> Vec<String> {
    let text: Vec<char> = HARBOUR.chars().collect();
    spans.iter().map(|[start, end]| text[*start..*end].iter().collect()).collect()
}

fn verdict(one: &Statement) -> (Verdict, &str, Vec<&str>) {
    let review = one.review.as_ref().expect("somebody said something of it");
    (review.verdict, review.by.as_str(), review.fields.iter().map(String::as_str).collect())
}

#[test]
fn what_is_accepted_says_so_and_stays_as_it_is() {
    let mut library = Library::new("accept");
    let number = library.number("crane had ever been unsafe");
    let read = library.all().into_iter().find(|one| one.number == number).expect("it is there").statement;
    let accepted = library.correct(number, "Vera", &What::Accept);
    assert_eq!(verdict(&accepted), (Verdict::Accepted, "Vera", vec![]));
    assert_eq!(Statement { review: None, ..accepted }, read);
    assert_eq!(library.found("unsafe", Reviewed::As(Verdict::Accepted)).len(), 1);
    assert_eq!(library.found("unsafe", Reviewed::Not).len(), 0);
}

#[test]
fn what_is_rejected_is_kept_and_found_when_asked_for() {
    let mut library = Library::new("reject");
    let number = library.number("crane had ever been unsafe");
    library.correct(number, "Vera", &What::Reject);
    assert!(library.found("unsafe", Reviewed::Kept).is_empty());
    for review in [Reviewed::Any, Reviewed::As(Verdict::Rejected)] {
        assert_eq!(library.found("unsafe", review).len(), 1, "{review:?}");
    }
    library.correct(number, "Vera", &What::Undo);
    assert_eq!(library.found("unsafe", Reviewed::Kept).len(), 1);
    assert_eq!(library.found("unsafe", Reviewed::Not).len(), 1);
}

#[test]
fn a_speaker_is_a_source_or_a_name_in_the_article_or_nobody() {
    let mut library = Library::new("speaker");
    let number = library.number("same boats twice");
    let by_source = library.correct(number, "Vera", &speaker("ilse maron"));
    assert_eq!(by_source.speaker_name.as_deref(), Some("Ilse Maron"));
    assert_eq!(verdict(&by_source), (Verdict::Edited, "Vera", vec!["speaker"]));
    let reasons: Vec<&str> = by_source
        .because
        .iter()
        .filter(|because| because.field == "speaker")
        .map(|because| because.rule.as_str())
        .collect();
    assert_eq!(reasons, ["corrected by Vera"]);
    assert!(!by_source.scores.contains_key("speaker"));
    let query = Query { speaker: some("Maron"), words: "boats".to_owned(), ..Query::default() };
    assert_eq!(library.store.find(&query).expect("it can be read").len(), 1, "the index knows");

    // Fenn never speaks: a source is made of the places where he stands
    let by_name = library.correct(number, "Vera", &speaker("Tobias Fenn"));
    let card = library.store.reader().card(number, "Vera").expect("it can be read").expect("it is there");
    let made = card.sources.iter().find(|source| Some(&source.id) == by_name.speaker.as_ref());
    let made = made.unwrap_or_else(|| panic!("{:#?}", card.sources));
    assert_eq!((made.name.as_str(), made.status), ("Tobias Fenn", SourceStatus::Named));
    assert_eq!(words(&made.mentions), ["Tobias Fenn"]);

    let unknown =
        edit(Edit { speaker: Some(Speaker::Unknown(some("the crowd shouted"))), ..Edit::default() });
    let nobody = library.correct(number, "Vera", &unknown);
    assert_eq!((nobody.speaker, nobody.why_unknown.as_deref()), (None, Some("the crowd shouted")));
    let sources = "SELECT count(*) FROM sources WHERE correction IS NOT NULL";
    let made: i64 = library.sql().query_row(sources, [], |row| row.get(0)).expect("it can be counted");
    assert_eq!(made, 0, "nobody speaks of him any more");

    let refused = library.refused(number, &speaker("Anton Quill"));
    assert!(refused.contains("stands nowhere") && refused.contains("Ilse Maron"), "{refused}");
}

#[test]
fn words_are_those_of_the_article_and_the_quote_follows() {
    let mut library = Library::new("words");
    let number = library.number("lift so much as a crate");
    let shorter = edit(Edit { content: some("lift so much as a crate there"), ..Edit::default() });
    let edited = library.correct(number, "Vera", &shorter);
    assert_eq!(edited.quote, "lift so much as a crate there");
    assert_eq!(words(&edited.verbatim), ["lift so much as a crate there"], "all of it in marks");
    assert_eq!(verdict(&edited).2, ["content"]);
    assert_eq!(library.found("\"nobody will\"", Reviewed::Any).len(), 0, "the index knows");

    let number = library.number("quay would stay shut");
    let pieces = edit(Edit {
        content: some("the quay would stay shut // the crane is repaired"),
        cue: some("said // on Friday"),
        source: some("Ilse Maron, head of the harbour office"),
        ..Edit::default()
    });
    let edited = library.correct(number, "Vera", &pieces);
    assert_eq!(edited.quote, "the quay would stay shut the crane is repaired");
    assert_eq!(words(&edited.spans.cue), ["said", "on Friday"]);
    for (wrong, said) in [
        (Edit { content: some("would stay shut"), cue: some("stay"), ..Edit::default() }, "two roles"),
        (Edit { content: some("none"), ..Edit::default() }, "nowhere"),
        (Edit { content: some("the quay stays open"), ..Edit::default() }, "nowhere"),
        (Edit { content: some("the"), ..Edit::default() }, "times"),
        (Edit { content: some("@20-10"), ..Edit::default() }, "no place"),
        (Edit::default(), "nothing is to be changed"),
        (
            Edit { content: some("the quay would stay shut // the crane is repaired"), ..Edit::default() },
            "already",
        ),
    ] {
        let refused = library.refused(number, &edit(wrong.clone()));
        assert!(refused.contains(said) && refused.contains("expected"), "{wrong:?}: {refused}");
    }
}

#[test]
fn narration_is_no_direct_speech_because_a_turn_was() {
    let mut library = Library::new("turn");
    let mut turn = READ.clone();
    let one = turn.statements.iter_mut().find(|one| one.quote.contains("quay would stay shut"));
    one.expect("it is read").mode = Mode::Direct;
    library.add(&turn, "2");
    let number = library.number("quay would stay shut");
    let content = |words: &str| edit(Edit { content: some(words), ..Edit::default() });
    assert_eq!(library.correct(number, "Vera", &content("the quay would stay shut")).mode, Mode::Direct);
    assert_eq!(library.correct(number, "Vera", &content("Tobias Fenn watched")).mode, Mode::Indirect);
}

#[test]
fn day_and_target_are_checked_and_anchored() {
    let mut library = Library::new("fields");
    let number = library.number("same boats twice");
    let day = |edtf: &str, words: Option<&str>| {
        edit(Edit { said_on: Some(Day::On(edtf.to_owned(), words.map(str::to_owned))), ..Edit::default() })
    };
    let dated = library.correct(number, "Vera", &day("2024-05-17", Some("Friday")));
    let said = dated.said_on.as_ref().expect("a day");
    assert_eq!((said.edtf.as_str(), said.from.as_str()), ("2024-05-17", "reviewer"));
    assert_eq!(words(&[[said.start, said.end]]), ["Friday"]);
    let query = Query { until: some("2024-05-17"), words: "boats".to_owned(), ..Query::default() };
    assert_eq!(library.store.find(&query).expect("it can be read").len(), 1, "its day is looked for");
    for wrong in ["last week", "2024-02-30", "2024-06/2024-05", ""] {
        let refused = library.refused(number, &day(wrong, None));
        assert!(refused.contains("not a date"), "{wrong}: {refused}");
    }
    let undated =
        library.correct(number, "Vera", &edit(Edit { said_on: Some(Day::Unknown), ..Edit::default() }));
    assert_eq!(undated.said_on, None);

    let at = |name: &str| edit(Edit { target: some(name), ..Edit::default() });
    let aimed = library.correct(number, "Vera", &at("Tobias Fenn"));
    let target = aimed.target.as_ref().expect("a target");
    assert_eq!((target.name.as_str(), target.source.as_deref()), ("Tobias Fenn", None));
    assert_eq!(words(&[[target.start, target.end]]), ["Tobias Fenn"]);
    assert_eq!(library.correct(number, "Vera", &at("none")).target, None);
    let refused = library.refused(number, &at("Anton Quill"));
    assert!(refused.contains("target") && refused.contains("nowhere"), "{refused}");
    library.correct(number, "Vera", &act(Act::State));
    let refused = library.refused(number, &at("Mayor Dorn"));
    assert!(refused.contains("state is done to nobody"), "{refused}");
}

#[test]
fn the_last_one_wins_and_each_reviewer_sees_their_own() {
    let mut library = Library::new("two");
    let number = library.number("same boats twice");
    library.correct(number, "Vera", &act(Act::Condemn));
    let both = library.correct(number, "Jonas", &speaker("Ilse Maron"));
    assert_eq!(verdict(&both), (Verdict::Edited, "Jonas", vec!["speaker", "act"]));
    let seen = |library: &Library, reviewer: &str| {
        let card = library.store.reader().card(number, reviewer).expect("it can be read");
        card.expect("it is there").statement
    };
    assert_eq!(verdict(&seen(&library, "Jonas")).2, ["speaker"]);
    assert_eq!(verdict(&seen(&library, "Vera")).2, ["act"]);
    assert_eq!(seen(&library, "Nora").review, None);

    // Nora accepts what she saw, which is what was read
    let accepted = library.correct(number, "Nora", &What::Accept);
    assert_eq!(verdict(&accepted), (Verdict::Accepted, "Nora", vec![]));
    let read = READ.statements.iter().find(|one| one.id == accepted.id).expect("it was read");
    assert_eq!(&Statement { review: None, ..accepted }, read, "also what followed from the others' changes");
    let undone = library.correct(number, "Nora", &What::Undo);
    assert_eq!(undone, both);
    let without = library.correct(number, "Vera", &What::Undo);
    assert_eq!(verdict(&without).2, ["speaker"]);
    let refused = library.refused(number, &What::Undo);
    assert!(refused.contains("nothing that Vera said"), "{refused}");
}

#[test]
fn the_log_is_only_added_to() {
    let mut library = Library::new("log");
    let number = library.number("same boats twice");
    library.correct(number, "Vera", &What::Accept);
    library.correct(number, "Vera", &What::Undo);
    let connection = library.sql();
    let count = || connection.query_row("SELECT count(*) FROM corrections", [], |row| row.get::<_, i64>(0));
    assert_eq!(count(), Ok(2), "what is undone stays");
    for change in [
        "UPDATE corrections SET reviewer = 'Nora'",
        "DELETE FROM corrections",
        "INSERT OR REPLACE INTO corrections (id, at, reviewer, article, statement, record, anchor, kind, picked, detail)
            VALUES (1, '', 'Nora', 1, 1, '', '{}', 'accept', 'asked', '{}')",
    ] {
        let refused = connection.execute(change, []).expect_err(change);
        assert!(refused.to_string().contains("only added to"), "{change}: {refused}");
    }
    for (reviewer, what) in [(" ", What::Accept), ("a\nb", What::Accept)] {
        let refused = library.try_correct(number, reviewer, &what).expect_err("no reviewer").to_string();
        assert!(refused.contains("expected a reviewer's name"), "{refused}");
    }
    let missing = library.try_correct(4000, "Vera", &What::Accept);
    assert!(matches!(missing, Err(StoreError::NoStatement { number: 4000, .. })), "{missing:?}");
}

#[test]
fn what_was_said_of_another_record_does_not_count() {
    let mut library = Library::new("seen");
    let number = library.number("same boats twice");
    let shown = library.all().into_iter().find(|one| one.number == number).expect("it is there").statement;
    let accept = |library: &mut Library| {
        let (reviewer, at, picked) = ("Vera", "2024-05-21T09:00:00Z", Picked::Risk);
        let (seen, what) = (Some(&shown), &What::Accept);
        library.store.correct(&Correction { statement: number, reviewer, at, picked, why: None, seen, what })
    };
    let mut second = READ.clone();
    for one in &mut second.statements {
        one.act = Act::Warn;
    }
    library.add(&second, "2");
    let refused = accept(&mut library).expect_err("it says something else now").to_string();
    assert!(refused.contains("read anew meanwhile"), "{refused}");
    library.add(&READ, "3");
    library.correct(number, "Jonas", &act(Act::Deny));
    accept(&mut library).expect("what Jonas says is not what she saw");
}

#[test]
fn records_that_are_not_what_the_log_makes_of_them_are_found() {
    let mut library = Library::new("damage");
    let number = library.number("same boats twice");
    library.correct(number, "Vera", &act(Act::Deny));
    for damage in [
        "UPDATE attachments SET statement = NULL",
        "UPDATE statements SET as_read = json WHERE as_read IS NOT NULL",
        "DROP TRIGGER corrections_are_not_changed; UPDATE corrections SET kind = 'reject'",
        "UPDATE corrections SET anchor = '{}'",
    ] {
        let damaged = library.sql().execute_batch(&format!("SAVEPOINT damage; {damage}; RELEASE damage"));
        damaged.unwrap_or_else(|error| panic!("{damage}: {error}"));
        let faults = library.store.check().expect("it can be read").faults;
        assert!(faults.iter().any(|fault| fault.place == "article 1"), "{damage}: {faults:?}");
    }
}

#[test]
fn corrections_stay_with_their_words_when_an_article_is_read_anew() {
    let mut library = Library::new("anew");
    let [boats, crane, lift] =
        ["same boats twice", "crane had ever been unsafe", "lift so much"].map(|words| library.number(words));
    library.correct(boats, "Vera", &speaker("Tobias Fenn"));
    library.correct(crane, "Vera", &What::Accept);
    library.correct(lift, "Vera", &What::Reject);

    // a later version hears another act, overlooks one statement, and cuts another one shorter
    let mut second = READ.clone();
    let find = |ledger: &Ledger, words: &str| {
        ledger.statements.iter().position(|one| one.quote.contains(words)).expect("it is read")
    };
    let heard = find(&second, "unsafe");
    second.statements[heard].act = Act::Dispute;
    let cut = find(&second, "boats twice");
    let content = &mut second.statements[cut].spans.content[0];
    content[0] += "of ".len();
    let content = *content;
    second.statements[cut].quote = words(&[content]).concat();
    let gone = find(&second, "lift so much");
    second.statements.remove(gone);
    library.add(&second, "2");
    library.is_whole();

    let heard = library.all().into_iter().find(|one| one.number == crane).expect("it is there").statement;
    assert_eq!(heard.act, Act::Deny, "what was accepted is what was shown");
    assert_eq!(verdict(&heard), (Verdict::Edited, "Vera", vec!["act"]));
    let mut orphans = library.orphans();
    orphans.sort();
    assert_eq!(orphans.len(), 2, "{orphans:?}");
    assert!(orphans[0].contains("boats twice") && orphans[1].contains("lift so much"), "{orphans:?}");
    let cut = library.number("boats twice");
    let now = library.all().into_iter().find(|one| one.number == cut).expect("it is there").statement;
    assert_eq!((now.review, now.speaker_name.as_deref()), (None, Some("Petra Sulk")), "nothing moves");

    // the words come back, and what was said of them
    library.add(&READ, "3");
    library.is_whole();
    assert_eq!(library.orphans(), [""; 0]);
    let boats = library.number("boats twice");
    let now = library.all().into_iter().find(|one| one.number == boats).expect("it is there").statement;
    assert_eq!(now.speaker_name.as_deref(), Some("Tobias Fenn"));
    assert!(library.found("lift", Reviewed::Kept).is_empty());
}

#[test]
fn what_stands_nowhere_can_be_taken_back() {
    let mut library = Library::new("back");
    let number = library.number("same boats twice");
    library.correct(number, "Vera", &What::Reject);
    let mut second = READ.clone();
    second.statements.retain(|one| !one.quote.contains("boats twice"));
    library.add(&second, "2");
    let [orphan] = &library.store.reader().orphans().expect("they can be read")[..] else {
        panic!("one orphan")
    };
    assert!(orphan.why.contains("no statement with its words"), "{orphan:?}");
    let at = "2024-05-22T09:00:00Z";
    let refused = library.store.take_back(orphan.correction, "Jonas", at);
    assert!(matches!(refused, Err(StoreError::NoCorrection { .. })), "{refused:?}");
    library.store.take_back(orphan.correction, "Vera", at).expect("it is hers");
    assert_eq!(library.orphans(), [""; 0]);
    library.add(&READ, "3");
    assert_eq!(library.found("boats twice", Reviewed::Not).len(), 1);
    library.is_whole();
}

#[test]
fn what_stands_in_a_reviewers_name_is_what_they_saw() {
    let mut library = Library::new("pinned");
    let boats = library.number("same boats twice");
    let crane = library.number("unsafe");
    let edited = library.correct(boats, "Vera", &act(Act::Condemn));
    let accepted = library.correct(crane, "Vera", &What::Accept);
    let mut second = READ.clone();
    let maron =
        second.sources.iter().find(|source| source.name.contains("Maron")).expect("she speaks").id.clone();
    for one in &mut second.statements {
        if one.quote.contains("boats twice") {
            one.act = Act::Condemn;
            one.target = None;
        }
        if one.quote.contains("unsafe") {
            one.co_speakers = vec![maron.clone()];
            one.addressee = Some("the council".to_owned());
        }
    }
    library.add(&second, "2");
    library.is_whole();
    let now = |library: &Library, number| {
        library.all().into_iter().find(|one| one.number == number).expect("it is there").statement
    };
    let one = now(&library, boats);
    assert_eq!(verdict(&one), (Verdict::Edited, "Vera", vec!["target"]), "she accepted nothing");
    assert_eq!((one.act, one.target), (Act::Condemn, edited.target));
    let one = now(&library, crane);
    assert_eq!(verdict(&one), (Verdict::Edited, "Vera", vec!["co_speakers", "addressee"]));
    assert_eq!((one.co_speakers, one.addressee), (accepted.co_speakers, accepted.addressee));
}

#[test]
fn the_same_words_by_another_cue_are_another_statement() {
    let mut library = Library::new("othercue");
    library.correct(library.number("unsafe"), "Vera", &What::Reject);
    let mut second = READ.clone();
    for one in second.statements.iter_mut().filter(|one| one.quote.contains("unsafe")) {
        one.spans.cue = vec![[0, 3]];
        one.act = Act::State;
    }
    library.add(&second, "2");
    library.is_whole();
    assert_eq!(library.orphans().len(), 1);
    assert_eq!(library.found("unsafe", Reviewed::Not).len(), 1);
}

#[test]
fn a_target_that_goes_with_the_act_is_a_change() {
    let mut library = Library::new("dropped");
    let number = library.number("same boats twice");
    assert!(library.all().iter().any(|one| one.number == number && one.statement.target.is_some()));
    let stated = library.correct(number, "Vera", &act(Act::State));
    assert_eq!((verdict(&stated).2, &stated.target), (vec!["act", "target"], &None));
    assert!(!stated.scores.contains_key("target"));
    let reasons = stated.because.iter().filter(|because| because.field == "target");
    assert!(reasons.map(|because| because.rule.as_str()).eq(["corrected by Vera"]));
}

#[test]
fn a_name_that_is_part_of_several_is_refused() {
    let mut library = Library::new("part");
    let mut second = READ.clone();
    let text = &HARBOUR.chars().collect::<Vec<_>>();
    let start = text
        .windows(11)
        .position(|w| w.iter().collect::<String>() == "Tobias Fenn")
        .expect("he stands there");
    for source in second.sources.iter_mut().take(2) {
        source.mentions.push([start, start + 11]);
    }
    library.add(&second, "2");
    let number = library.number("same boats twice");
    let refused = library.refused(number, &speaker("Fenn"));
    assert!(refused.contains("part of the names of several") && refused.contains("Maron"), "{refused}");
    let refused = library.refused(number, &edit(Edit { content: some("@1-7"), ..Edit::default() }));
    assert!(refused.contains("cuts a word"), "{refused}");
}

#[test]
fn common_words_name_nobody_and_an_outlet_does_not_tell_itself() {
    let mut library = Library::new("common");
    let mut second = READ.clone();
    for one in second.statements.iter_mut().filter(|one| one.quote.contains("boats twice")) {
        one.via.outlet = some("Tobias Fenn");
    }
    library.add(&second, "2");
    let number = library.number("same boats twice");
    let one = library.correct(number, "Vera", &speaker("Tobias Fenn"));
    assert_eq!((one.via.outlet, one.chain), (None, Vec::new()));
    let one = library.correct(number, "Vera", &speaker("boats"));
    let card = library.store.reader().card(number, "Vera").expect("it can be read").expect("it is there");
    let made = card.sources.iter().find(|source| Some(&source.id) == one.speaker.as_ref());
    assert_eq!(made.map(|source| source.status), Some(SourceStatus::RoleOnly));
}

/// The same ledger below some more paragraphs, as another reading of the same bytes would have it.
fn below(ledger: &Ledger, before: &[&str]) -> Ledger {
    let mut moved = ledger.clone();
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for paragraph in before {
        let start = text.chars().count();
        text.push_str(paragraph);
        let end = text.chars().count();
        blocks.push(BlockRecord { role: BlockRole::Paragraph, start, end, bytes: None, language: None });
        text.push_str("\n\n");
    }
    let by = text.chars().count();
    let shift = |pairs: &mut Vec<Pair>| {
        for pair in pairs {
            *pair = pair.map(|at| at + by);
        }
    };
    let document = &mut moved.document;
    document.text = text + &document.text;
    document.sha256 = hexadecimal(&Sha256::digest(&document.text));
    for block in &mut document.blocks {
        (block.start, block.end) = (block.start + by, block.end + by);
    }
    document.blocks.splice(0..0, blocks);
    for source in &mut moved.sources {
        shift(&mut source.mentions);
        for role in &mut source.roles {
            (role.start, role.end) = (role.start + by, role.end + by);
        }
    }
    for one in &mut moved.statements {
        one.id = format!("{}+{by}", one.id);
        one.inside = one.inside.take().map(|outer| format!("{outer}+{by}"));
        for pairs in [&mut one.spans.source, &mut one.spans.cue, &mut one.spans.content, &mut one.verbatim] {
            shift(pairs);
        }
        if let Some(said) = &mut one.said_on {
            (said.start, said.end) = (said.start + by, said.end + by);
        }
        if let Some(target) = &mut one.target {
            (target.start, target.end) = (target.start + by, target.end + by);
        }
        for because in &mut one.because {
            (because.start, because.end) = (because.start + by, because.end + by);
        }
    }
    moved
}

#[test]
fn corrections_follow_their_paragraph_into_another_text_if_it_stands_there_once() {
    let mut library = Library::new("moved");
    let number = library.number("same boats twice");
    let changes = edit(Edit {
        speaker: Some(Speaker::Named("Tobias Fenn".to_owned())),
        content: some("counting the same boats twice"),
        said_on: Some(Day::On("2024-05-17".to_owned(), some("twice"))),
        ..Edit::default()
    });
    library.correct(number, "Vera", &changes);
    library.correct(library.number("quay would stay shut"), "Vera", &What::Accept);

    library.add(&below(&READ, &["All rights reserved."]), "2");
    library.is_whole();
    assert_eq!(library.orphans(), [""; 0]);
    let moved = library.number("same boats twice");
    assert_ne!(moved, number);
    let card = library.store.reader().card(moved, "Vera").expect("it can be read").expect("it is there");
    let one = &card.statement;
    assert_eq!(
        (one.speaker_name.as_deref(), one.quote.as_str()),
        (Some("Tobias Fenn"), "counting the same boats twice")
    );
    let text: Vec<char> = card.document.text.chars().collect();
    let said = one.said_on.as_ref().expect("a day");
    assert_eq!(text[said.start..said.end].iter().collect::<String>(), "twice");

    // in this text the paragraph stands a second time
    let last = HARBOUR.trim_end().lines().last().expect("a last paragraph");
    library.add(&below(&READ, &[last, "Read more."]), "3");
    library.is_whole();
    let [orphan] = &library.store.reader().orphans().expect("they can be read")[..] else {
        panic!("one orphan")
    };
    assert!(orphan.why.contains("exactly once") && orphan.quote.contains("boats"), "{orphan:?}");
}

#[test]
fn of_two_statements_with_the_same_words_the_cue_tells_which() {
    let mut library = Library::new("cue");
    let mut twice = READ.clone();
    let mut other =
        twice.statements.iter().find(|one| one.quote.contains("unsafe")).expect("it is read").clone();
    other.id = "0123456789ab".to_owned();
    other.act = Act::State;
    other.spans.cue = vec![[0, 3]];
    twice.statements.push(other);
    library.add(&twice, "2");
    let all = library.all();
    let stated = all.iter().find(|one| one.statement.id == "0123456789ab").expect("it is there").number;
    library.correct(stated, "Vera", &What::Reject);

    // one of them is not read any more: the other one is another statement
    library.add(&READ, "3");
    library.is_whole();
    assert_eq!(library.orphans().len(), 1);
    assert_eq!(library.found("unsafe", Reviewed::Not).len(), 1);
    library.add(&twice, "4");
    assert_eq!(library.orphans().len(), 0);

    // neither has the cue that it had: either may be meant
    let mut moved = twice.clone();
    for (at, one) in moved.statements.iter_mut().filter(|one| one.quote.contains("unsafe")).enumerate() {
        one.spans.cue = vec![[4 + at, 5 + at]];
    }
    library.add(&moved, "5");
    library.is_whole();
    let orphans = library.store.reader().orphans().expect("they can be read");
    assert!(orphans.len() == 1 && orphans[0].why.contains("several statements"), "{orphans:?}");
}

#[test]
fn an_accusation_of_a_person_comes_first_and_a_sample_is_the_same_each_time() {
    let mut library = Library::new("queue");
    let mut ledger = READ.clone();
    for one in &mut ledger.statements {
        one.confidence = if one.act == Act::Accuse { 0.4 } else { 0.9 };
    }
    library.add(&ledger, "2");
    let queue = |library: &Library, reviewer: &str, order| {
        library.store.reader().queue(reviewer, order, None, None).expect("it can be read")
    };
    let accused = library.number("same boats twice");
    let all = queue(&library, "Vera", Order::Risk);
    assert_eq!((all.len(), all[0]), (ledger.statements.len(), accused));
    let sample = queue(&library, "Vera", Order::Sample);
    assert_eq!(sample.iter().copied().collect::<std::collections::BTreeSet<_>>().len(), all.len());
    assert_eq!(sample, queue(&library, "Jonas", Order::Sample));

    library.correct(accused, "Vera", &act(Act::State));
    assert!(!queue(&library, "Vera", Order::Risk).contains(&accused), "she said something of it");
    assert_eq!(queue(&library, "Jonas", Order::Risk)[0], accused, "he sees it as it was read");
    assert_eq!(queue(&library, "Vera", Order::Sample), sample, "a sample has the risky ones too");
    let what = What::Accept;
    let (reviewer, at, picked) = ("Vera", "2024-05-21T09:00:00Z", Picked::Sample);
    let sampled =
        Correction { statement: sample[0], reviewer, at, picked, why: None, seen: None, what: &what };
    library.store.correct(&sampled).expect("it is right");
    assert_eq!(queue(&library, "Vera", Order::Sample), sample[1..]);
    let of_dorn = Query { speaker: some("dorn"), ..Query::default() };
    let found =
        library.store.reader().queue("Jonas", Order::Risk, Some(&of_dorn), None).expect("it can be read");
    assert_eq!(found, [library.number("unsafe")]);
    let elsewhere = library.store.reader().queue("Jonas", Order::Risk, None, Some(99));
    assert_eq!(elsewhere.expect("it can be read"), [0i64; 0]);
}

#[test]
fn the_score_counts_what_was_judged() {
    let mut library = Library::new("score");
    let numbers: Vec<i64> = library.all().iter().map(|one| one.number).collect();
    let [first, second, third, fourth] = numbers[..] else { panic!("four statements: {numbers:?}") };
    // Vera: two right, one edited, one rejected; Jonas: one right, one with another act, one rejected
    library.correct(first, "Vera", &What::Accept);
    library.correct(second, "Vera", &What::Accept);
    library.correct(third, "Vera", &act(Act::Confirm));
    library.correct(fourth, "Vera", &What::Reject);
    library.correct(first, "Jonas", &What::Accept);
    library.correct(third, "Jonas", &act(Act::Announce));
    library.correct(fourth, "Jonas", &What::Reject);
    let judged = library.store.reader().judged().expect("it can be read");
    assert_eq!(judged.len(), 4);
    let by = |reviewer| score(judged.iter().filter_map(|one| Some((&one.read, one.by(reviewer)?.0))));
    let vera = by(Some("Vera"));
    assert_eq!((vera.accepted, vera.edited, vera.rejected), (2, 1, 1));
    assert_eq!((vera.whole, vera.statement), (Share { right: 2, of: 4 }, Share { right: 3, of: 4 }));
    assert_eq!(vera.fields["act"], Share { right: 2, of: 3 });
    assert_eq!(vera.fields["speaker"], Share { right: 3, of: 3 });
    assert_eq!(vera.bands.iter().map(|band| band.whole.of).sum::<usize>(), 4);
    assert_eq!(by(Some("Jonas")).whole, Share { right: 1, of: 3 });
    assert_eq!(by(Some("Nora")).whole, Share::default());

    let [both] = &agreements(&judged)[..] else { panic!("one pair") };
    assert_eq!(both.reviewers, ["Jonas", "Vera"]);
    assert_eq!((both.accepted.share, both.accepted.kappa), (Share { right: 3, of: 3 }, Some(1.0)));
    // over the two that neither rejected, one act is the same; the speakers both are
    assert_eq!(both.act.share, Share { right: 1, of: 2 });
    assert_eq!(both.speaker.share, Share { right: 2, of: 2 });
}
