//! Search by meaning: what is embedded, what is found, and what drops an embedding.

use sayso::claim::{Embedder, Embedding};
use sayso::ledger::{Document, Ledger, Statement};
use sayso::lexicon::Act;
use sayso::{Models, Tier};
use sayso_acquire::{Options, Published};
use sayso_store::{Addition, Claim, Coverage, Like, Near, Query, Store, StoreError};
use std::path::PathBuf;
use std::sync::LazyLock;

const HARBOUR: &str = "\
The quay at Anbry stays shut

Ilse Maron, head of the harbour office, said on Friday that the quay would stay shut until the crane is repaired.

Mayor Dorn of Brezna denied that the crane had ever been unsafe. “The café on the quay is open,” he told the Anbry Post.
";

const BREZNA: &str = "\
Brezna counts its boats

Petra Sulk, a fisherwoman, accused the mayor of counting the same boats twice. \
Nobody will be let onto the quay before the crane has been mended, Maron announced. \
“There was never anything wrong with that crane,” Mayor Dorn said on Monday.
";

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::Fast));
static EMBEDDER: LazyLock<Embedder> = LazyLock::new(Embedder::load);

/// A folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sayso-like-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn store(&self) -> Store {
        Store::open(&self.0.join("library.db")).unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

fn ledger(text: &str, id: &str, published: &str) -> Ledger {
    let published = Some(Published::parse(published).expect("a date"));
    let options = Options { id: id.to_owned(), published, ..Options::default() };
    let article = sayso_acquire::read(text.as_bytes(), &options).expect("an article");
    sayso::analyze(&article, &MODELS)
}

fn add(store: &mut Store, text: &str, ledger: &Ledger, version: &str) {
    let at = "2024-05-20T08:00:00Z";
    let addition = Addition { original: text.as_bytes(), ledger, version, weights: "fast", at };
    store.add(&addition).unwrap_or_else(|error| panic!("{error}"));
}

fn filled(folder: &Folder) -> Store {
    let mut store = folder.store();
    add(&mut store, HARBOUR, &ledger(HARBOUR, "harbour.txt", "2024-05-18"), "1");
    add(&mut store, BREZNA, &ledger(BREZNA, "brezna.txt", "2024-06-04"), "1");
    store
}

fn missing(store: &Store, name: &str) -> Vec<Claim> {
    store.reader().claims_without(name, 0, usize::MAX >> 1).unwrap_or_else(|error| panic!("{error}"))
}

/// Embeds what is not embedded yet.
fn embed(store: &mut Store) -> usize {
    let claims = missing(store, &Embedder::name());
    let texts: Vec<&str> = claims.iter().map(|claim| claim.text.as_str()).collect();
    let made = EMBEDDER.embed(&texts);
    let made: Vec<(Claim, Embedding)> = claims.into_iter().zip(made).collect();
    store.embed(&Embedder::name(), &made).unwrap_or_else(|error| panic!("{error}"))
}

fn coverage(store: &Store) -> Coverage {
    store.reader().coverage(&Embedder::name()).unwrap_or_else(|error| panic!("{error}"))
}

fn like_words(store: &Store, words: &str, query: &Query) -> Vec<Near> {
    let embedding = EMBEDDER.embed(&[words]).remove(0);
    let like = Like { embedding: &embedding, embedder: &Embedder::name(), words, statement: None };
    store.reader().like(&like, query).unwrap_or_else(|error| panic!("{error}"))
}

fn like_statement(store: &Store, number: i64) -> Vec<Near> {
    let (reader, name) = (store.reader(), Embedder::name());
    let claim = reader.claim(number).unwrap_or_else(|error| panic!("{error}"));
    let embedding = reader.embedding(number, &name).ok().flatten().expect("it is embedded");
    let like = Like { embedding: &embedding, embedder: &name, words: &claim.quote, statement: Some(&claim) };
    reader.like(&like, &Query::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn quote(near: &Near) -> &str {
    &near.found.statement.quote
}

fn number(store: &Store, words: &str) -> i64 {
    let query = Query { words: words.to_owned(), ..Query::default() };
    let found = store.find(&query).unwrap_or_else(|error| panic!("{error}"));
    found.first().unwrap_or_else(|| panic!("nothing says {words}")).number
}

#[test]
fn the_same_claim_in_other_words_is_the_nearest() {
    let folder = Folder::new("nearest");
    let mut store = filled(&folder);
    assert!(like_words(&store, "the crane was safe", &Query::default()).is_empty(), "nothing is embedded");
    assert_eq!(embed(&mut store), coverage(&store).statements);
    for (asked, expected) in [("stay shut", "Nobody will be let"), ("unsafe", "never anything wrong")] {
        let near = like_statement(&store, number(&store, asked));
        assert!(quote(&near[0]).contains(expected), "{asked}: {near:#?}");
        assert!(near.windows(2).all(|two| two[0].score >= two[1].score), "{near:#?}");
        assert!(near.iter().all(|near| !quote(near).contains(asked)), "a statement does not find itself");
    }
    let near = like_words(&store, "the same boats were counted two times", &Query::default());
    assert!(quote(&near[0]).contains("boats twice"), "{near:#?}");
}

#[test]
fn a_query_narrows_what_is_compared() {
    let folder = Folder::new("narrowed");
    let mut store = filled(&folder);
    embed(&mut store);
    let some = |text: &str| Some(text.to_owned());
    let asked = "the crane is not safe and the quay is shut";
    let all = like_words(&store, asked, &Query::default());
    let queries = [
        Query { speaker: some("Dorn"), ..Query::default() },
        Query { since: some("2024-06"), ..Query::default() },
        Query { until: some("2024-05-20"), ..Query::default() },
        Query { act: Some(Act::Deny), ..Query::default() },
        Query { words: "crane".to_owned(), ..Query::default() },
        Query { limit: 1, ..Query::default() },
    ];
    for query in queries {
        let found = store.find(&query).unwrap_or_else(|error| panic!("{query:?}: {error}"));
        let near = like_words(&store, asked, &query);
        let numbers = |near: &[Near]| near.iter().map(|near| near.found.number).collect::<Vec<_>>();
        let mut expected: Vec<i64> = numbers(&all);
        if query.limit == 1 {
            expected.truncate(1);
        } else {
            expected.retain(|number| found.iter().any(|found| found.number == *number));
            assert!(!expected.is_empty() && expected.len() < all.len(), "{query:?}");
        }
        let mut near = numbers(&near);
        near.sort_unstable();
        expected.sort_unstable();
        assert_eq!(near, expected, "{query:?}");
    }
    let near = like_words(&store, asked, &Query { words: "crane".to_owned(), ..Query::default() });
    assert!(near.iter().all(|near| !near.found.marks.is_empty()), "words asked for are marked: {near:#?}");
    assert!(like_words(&store, asked, &Query { speaker: some("—"), ..Query::default() }).is_empty());
    let wrong = Query { since: some("soon"), ..Query::default() };
    let embedding = EMBEDDER.embed(&[asked]).remove(0);
    let like = Like { embedding: &embedding, embedder: &Embedder::name(), words: asked, statement: None };
    assert!(matches!(store.reader().like(&like, &wrong), Err(StoreError::NotADate { .. })));
    assert!(matches!(store.reader().claim(99_999), Err(StoreError::NoStatement { number: 99_999, .. })));
}

#[test]
fn an_embedding_goes_with_what_it_was_made_of() {
    let folder = Folder::new("stale");
    let mut store = filled(&folder);
    embed(&mut store);
    let all = coverage(&store).statements;
    let first = ledger(HARBOUR, "harbour.txt", "2024-05-18");

    // read anew, the same statements are surer, and one has an act of another name: nothing that is embedded
    let mut second = first.clone();
    second.statements.iter_mut().for_each(|one| one.confidence = 0.5);
    second.statements[0].act = Act::Announce;
    add(&mut store, HARBOUR, &second, "2");
    assert_eq!(coverage(&store).embedded, all);

    // another speaker and a shorter quote are something else, and a statement that goes takes its embedding along
    let at =
        |words: &str| first.statements.iter().position(|one| one.quote.contains(words)).expect("it is said");
    let mut third = first.clone();
    third.statements[at("unsafe")].speaker_name = Some("Petra Sulk".to_owned());
    let content = &mut third.statements[at("stay shut")].spans.content;
    content[0][0] += 5;
    third.statements.remove(at("café"));
    add(&mut store, HARBOUR, &third, "3");
    assert_eq!(coverage(&store), Coverage { embedded: all - 3, statements: all - 1 });
    let claims = missing(&store, &Embedder::name());
    assert_eq!(claims.len(), 2);
    assert!(claims.iter().any(|claim| claim.text.contains("Petra Sulk")), "{claims:#?}");

    // what was embedded before somebody else changed it is not kept
    let stale: Vec<(Claim, Embedding)> =
        claims.iter().cloned().zip(EMBEDDER.embed(&["one", "other"])).collect();
    add(&mut store, HARBOUR, &first, "4");
    assert_eq!(store.embed(&Embedder::name(), &stale).ok(), Some(0));
    assert_eq!(embed(&mut store), 3);
    assert_eq!(coverage(&store), Coverage { embedded: all, statements: all });
}

#[test]
fn encoders_are_not_compared_with_each_other() {
    let folder = Folder::new("encoders");
    let mut store = filled(&folder);
    embed(&mut store);
    let claims = missing(&store, "another encoder");
    assert_eq!(claims.len(), coverage(&store).statements, "all of them are still to be done by another one");
    let one = claims.into_iter().take(1).zip(EMBEDDER.embed(&["boats"])).collect::<Vec<_>>();
    assert_eq!(store.embed("another encoder", &one).ok(), Some(1));
    let Coverage { embedded, statements } = coverage(&store);
    assert_eq!(embedded, statements - 1, "an encoder replaces what another one made");
    let near = like_words(&store, "boats", &Query::default());
    assert!(near.len() == embedded && near.iter().all(|near| near.found.number != one[0].0.number));
}

#[test]
fn signatures_lose_nothing_of_what_is_near() {
    const COUNT: usize = 4_000;
    let folder = Folder::new("signatures");
    let mut store = folder.store();
    let one = ledger(BREZNA, "brezna.txt", "2024-06-04");
    let copy = |at: usize| Statement { id: format!("{at}"), ..one.statements[0].clone() };
    let document = Document { id: "copies.txt".to_owned(), ..one.document.clone() };
    let many = Ledger { document, statements: (0..COUNT).map(copy).collect(), ..one };
    add(&mut store, BREZNA, &many, "1");
    let mut state = 7_u64;
    let mut random = || {
        let mut number = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        };
        let bytes: Vec<u8> = (0..sayso::claim::NUMBERS).map(|_| number()).collect();
        Embedding::from_bytes(&bytes).expect("as many numbers as an embedding has")
    };
    let made: Vec<(Claim, Embedding)> =
        missing(&store, "random").into_iter().map(|claim| (claim, random())).collect();
    assert_eq!(store.embed("random", &made).ok(), Some(COUNT));
    let (mut found, mut asked) = (0, 0);
    for _ in 0..10 {
        let embedding = random();
        let mut nearest: Vec<(f64, i64)> =
            made.iter().map(|(claim, other)| (embedding.cosine(other), claim.number)).collect();
        nearest.sort_by(|a, b| b.0.total_cmp(&a.0));
        let like = Like { embedding: &embedding, embedder: "random", words: "", statement: None };
        let near = store.reader().like(&like, &Query { limit: 10, ..Query::default() }).expect("a search");
        assert_eq!(near.len(), 10);
        asked += 10;
        found += nearest[..10]
            .iter()
            .filter(|(_, number)| near.iter().any(|near| near.found.number == *number))
            .count();
    }
    // no two of these are near each other, which is the hardest case
    assert!(found * 100 >= asked * 97, "{found} of {asked}");
}
