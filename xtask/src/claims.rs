//! `cargo xtask claims`: how often the search by meaning finds the statement that makes the same claim.
//!
//! In: `eval/claims/pairs.jsonl` and the articles that it points to. The articles are added to a library and embedded, as `sayso add` and `sayso embed` do; then
//! each statement of a pair is looked for by the other one among all. Out: the share of pairs, in both directions, of which the other is the first, or among the
//! first ten, and the mean of one over its place.

mod speed;

use crate::documents;
use anyhow::{Context, Result, bail, ensure};
use sayso::claim::{Embedder, Embedding};
use sayso::ledger::{Pair, Statement};
use sayso::{Models, Tier};
use sayso_acquire::{Options, Published};
use sayso_store::{Addition, Claim, Like, Query, Reader, Store};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  claims                 how often the search by meaning finds the same claim: figures to the terminal
       --part dev|test   the pairs to count; else both
       --library FILE    keep the library of the articles there, and use it if it is there
       --misses          and the pairs that are not found, by document and place
       --write           to eval/results/claims.csv as well
  claims --speed N       how long a search takes among so many invented statements, and embedding";

/// A pair of statements.
#[derive(Deserialize)]
struct Marked {
    part: String,
    class: String,
    a: Side,
    b: Side,
}

/// A statement, by its place.
#[derive(Clone, Debug, Deserialize)]
struct Side {
    document: String,
    sha256: String,
    content: Vec<Pair>,
}

#[derive(Deserialize)]
struct Article {
    url: String,
    date: String,
    text: String,
}

#[derive(Default)]
struct Arguments {
    part: Option<String>,
    library: Option<PathBuf>,
    misses: bool,
    write: bool,
}

/// A statement is the marked one from this share of common code points on.
const SAME: f64 = 0.5;
/// How far down it is looked for.
const DEEPEST: usize = 100;

/// Runs the command.
///
/// # Errors
/// When a corpus is not there, or an argument is none.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    if let [option, count] = arguments
        && option == "--speed"
    {
        return speed::run(count.parse().context("--speed takes a number")?);
    }
    let arguments = parse(arguments)?;
    let root = crate::root();
    let pairs: Vec<Marked> = documents::rows(&root.join("eval/claims/pairs.jsonl"))?;
    let temporary = std::env::temp_dir().join(format!("sayso-claims-{}.db", std::process::id()));
    let path = arguments.library.as_deref().unwrap_or(&temporary);
    let figures = library(path, &pairs).and_then(|reader| figures(&reader, &pairs, &arguments));
    if arguments.library.is_none() {
        for end in ["", "-wal", "-shm"] {
            let _gone = std::fs::remove_file(format!("{}{end}", temporary.display()));
        }
    }
    let figures = figures?;
    print!("{figures}");
    if arguments.write {
        let path = root.join("eval/results/claims.csv");
        std::fs::write(&path, &figures).with_context(|| format!("write {}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(arguments: &[String]) -> Result<Arguments> {
    let mut parsed = Arguments::default();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--part" => parsed.part = Some(value()?.clone()),
            "--library" => parsed.library = Some(value()?.into()),
            "--misses" => parsed.misses = true,
            "--write" => parsed.write = true,
            other => bail!("{other} is no option\n{HELP}"),
        }
    }
    Ok(parsed)
}

/// The articles in a library, read and embedded; they have to be those in which the pairs were marked.
fn library(path: &Path, pairs: &[Marked]) -> Result<Reader> {
    let sides = pairs.iter().flat_map(|pair| [&pair.a, &pair.b]);
    let marked: HashMap<&str, &str> = sides.map(|side| (&*side.document, &*side.sha256)).collect();
    let mut store = Store::open(path)?;
    let articles: Vec<Article> =
        documents::rows(&crate::root().join("../shared/data/wikinews/wikinews_2019_2020.jsonl"))?;
    let models = Models::load(Tier::default());
    for article in &articles {
        let published = Some(Published::parse(&article.date).context("a date of a corpus")?);
        let options = Options { id: article.url.clone(), published, ..Options::default() };
        let read = sayso_acquire::read(article.text.as_bytes(), &options)?;
        ensure!(read.text.as_str() == article.text, "{} is read as another text", article.url);
        let about = sayso::ledger::Document::of(&read);
        let is_marked_so = marked.get(&*article.url).is_none_or(|sha256| *sha256 == about.sha256);
        ensure!(is_marked_so, "{} is another text than the one in which pairs were marked", article.url);
        let (original, version, weights) = (article.text.as_bytes(), "xtask", Tier::default().name());
        if !store.reader().knows(original, &about, version, weights)? {
            let ledger = sayso::analyze(&read, &models);
            store.add(&Addition {
                original,
                ledger: &ledger,
                version,
                weights,
                at: "2000-01-01T00:00:00Z",
            })?;
        }
    }
    let (embedder, name) = (Embedder::load(), Embedder::name());
    loop {
        let claims = store.reader().claims_without(&name, 0, 512)?;
        if claims.is_empty() {
            break;
        }
        let texts: Vec<&str> = claims.iter().map(|claim| claim.text.as_str()).collect();
        let made: Vec<(Claim, Embedding)> = claims.iter().cloned().zip(embedder.embed(&texts)).collect();
        store.embed(&name, &made)?;
    }
    drop(store);
    Ok(Store::read(path)?)
}

/// Where the other statement of a pair is found, in one direction; nothing if it is not.
struct Place {
    part: String,
    class: String,
    is_of_two_articles: bool,
    place: Option<usize>,
}

fn figures(reader: &Reader, pairs: &[Marked], arguments: &Arguments) -> Result<String> {
    let numbers = numbers(reader, pairs)?;
    let name = Embedder::name();
    let mut places = Vec::new();
    let is_asked = |pair: &&Marked| arguments.part.as_ref().is_none_or(|part| *part == pair.part);
    for pair in pairs.iter().filter(is_asked) {
        for (from, to) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
            let (from_number, to_number) = (numbers.get(&key(from)), numbers.get(&key(to)));
            let place = match (from_number, to_number) {
                (Some(from), Some(to)) => place(reader, &name, *from, *to)?,
                (None, _) | (_, None) => None,
            };
            if arguments.misses && place.is_none_or(|place| place > 10) {
                eprintln!("{place:?} {} {:?} {:?}\n    {to_number:?} {:?}", pair.part, from_number, from, to);
            }
            places.push(Place {
                part: pair.part.clone(),
                class: pair.class.clone(),
                is_of_two_articles: from.document != to.document,
                place,
            });
        }
    }
    let mut figures = "part,pairs,count,recall_at_1,recall_at_10,mean_reciprocal_rank\n".to_owned();
    for part in ["dev", "test"] {
        let of_part = |place: &&Place| place.part == part;
        let mut row = |name: &str, which: &dyn Fn(&Place) -> bool| {
            let all: Vec<Option<usize>> =
                places.iter().filter(of_part).filter(|place| which(place)).map(|place| place.place).collect();
            if all.is_empty() {
                return;
            }
            let share = |most: usize| {
                all.iter().flatten().filter(|place| **place <= most).count() as f64 / all.len() as f64
            };
            let mean = all.iter().flatten().map(|place| 1.0 / *place as f64).sum::<f64>() / all.len() as f64;
            let (first, ten) = (share(1), share(10));
            let _ = writeln!(figures, "{part},{name},{},{first:.3},{ten:.3},{mean:.3}", all.len() / 2);
        };
        row("all", &|_| true);
        for class in ["copied", "paraphrased", "far"] {
            row(class, &|place| place.class == class);
        }
        row("of two articles", &|place| place.is_of_two_articles);
        row("of one article", &|place| !place.is_of_two_articles);
    }
    Ok(figures)
}

fn key(side: &Side) -> String {
    format!("{} {:?}", side.document, side.content)
}

/// The library's numbers of marked statements that the program finds.
fn numbers(reader: &Reader, pairs: &[Marked]) -> Result<HashMap<String, i64>> {
    let all = reader.find(&Query { limit: usize::MAX, ..Query::default() })?;
    let mut numbers = HashMap::new();
    for side in pairs.iter().flat_map(|pair| [&pair.a, &pair.b]) {
        let own = all.iter().filter(|found| found.document == side.document);
        let best = own.map(|found| (dice(&side.content, &found.statement), found.number));
        let best = best.filter(|(share, _)| *share >= SAME).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, number)) = best {
            numbers.insert(key(side), number);
        }
    }
    Ok(numbers)
}

/// How much two places have in common.
fn dice(content: &[Pair], statement: &Statement) -> f64 {
    let points = |pairs: &[Pair]| pairs.iter().flat_map(|pair| pair[0]..pair[1]).collect::<HashSet<usize>>();
    let (a, b) = (points(content), points(&statement.spans.content));
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()).max(1) as f64
}

fn place(reader: &Reader, name: &str, from: i64, to: i64) -> Result<Option<usize>> {
    let claim = reader.claim(from)?;
    let embedding = reader.embedding(from, name)?.context("every statement is embedded")?;
    let like = Like { embedding: &embedding, embedder: name, words: &claim.quote, statement: Some(&claim) };
    let near = reader.like(&like, &Query { limit: DEEPEST, ..Query::default() })?;
    Ok(near.iter().position(|near| near.found.number == to).map(|at| at + 1))
}
