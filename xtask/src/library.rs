//! `cargo xtask library`: how fast the library takes statements in, and how fast it finds them.
//!
//! Articles are made up word by word, with frequencies as those of English (Zipf), so that there are words that half of the statements have. Time is the
//! CPU time of this process around the library's own calls; making articles up does not count.

mod invented;

use crate::bench::usage::Usage;
use anyhow::{Context, Result, bail, ensure};
use invented::{Draw, World};
use sayso::ledger::Ledger;
use sayso_store::{Addition, Query, Reader, Store};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  library              statements a CPU-second into the library, CPU time of queries, over articles that are made up
       --statements N  how many (1000000)
       --keep FILE     the library's file, which stays; what is there already stays
       --queries N     how many of each kind (200)";

/// Statements of an article.
const OF_AN_ARTICLE: usize = 20;
/// Articles added together, as `sayso add` does.
const OF_A_BATCH: usize = 1024;
const SHARE_OF_QUERIES: f64 = 0.95;

struct Options {
    statements: usize,
    keep: Option<PathBuf>,
    queries: usize,
}

pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let options = Options::parse(arguments)?;
    let folder = std::env::temp_dir().join(format!("sayso-library-{}", std::process::id()));
    let path = options.keep.clone().unwrap_or_else(|| folder.join("library.db"));
    let world = World::new();
    let there = if path.exists() { Store::read(&path)?.articles()? } else { 0 };
    fill(&path, &world, there..options.statements.div_ceil(OF_AN_ARTICLE))?;
    let bytes = std::fs::metadata(&path)?.len();
    println!("{:.0} MB", bytes as f64 / 1e6);
    queries(&Store::read(&path)?, &world, options.queries)?;
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { statements: 1_000_000, keep: None, queries: 200 };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--statements" => {
                    options.statements = value()?.parse().context("--statements takes a number")?
                }
                "--keep" => options.keep = Some(value()?.into()),
                "--queries" => options.queries = value()?.parse().context("--queries takes a number")?,
                other => bail!("{other} is no option\n{HELP}"),
            }
        }
        ensure!(options.queries > 0, "--queries takes a number above 0");
        Ok(options)
    }
}

fn fill(path: &Path, world: &World, articles: Range<usize>) -> Result<()> {
    let mut store = Store::open(path)?;
    let (mut cpu_s, mut added) = (0.0, 0);
    let articles: Vec<usize> = articles.collect();
    for (at, batch) in articles.chunks(OF_A_BATCH).enumerate() {
        let ledgers: Vec<Ledger> =
            batch.iter().map(|article| world.ledger(*article, OF_AN_ARTICLE)).collect();
        let before = Usage::of_this()?.cpu_s;
        store.together(|batch| {
            ledgers.iter().try_for_each(|ledger| {
                let addition = Addition {
                    original: ledger.document.text.as_bytes(),
                    ledger,
                    version: "1",
                    weights: "none",
                    at: "2024-05-20T08:00:00Z",
                };
                batch.add(&addition).map(drop)
            })
        })?;
        cpu_s += Usage::of_this()?.cpu_s - before;
        added += ledgers.iter().map(|ledger| ledger.statements.len()).sum::<usize>();
        if at % 5 == 4 || (at + 1) * OF_A_BATCH >= articles.len() {
            println!("{added} statements, {:.0} a CPU-second", added as f64 / cpu_s);
        }
    }
    Ok(())
}

/// A kind of query, and one of it.
struct Kind {
    name: &'static str,
    draw: fn(&World, &mut Draw) -> Query,
}

const KINDS: &[Kind] = &[
    Kind { name: "word", draw: |world, draw| words(world.phrase(draw, 1)) },
    Kind { name: "phrase of two words", draw: |world, draw| words(format!("\"{}\"", world.phrase(draw, 2))) },
    Kind {
        name: "phrase of three words",
        draw: |world, draw| words(format!("\"{}\"", world.phrase(draw, 3))),
    },
    Kind { name: "prefix of two letters", draw: |world, draw| words(prefix(&world.phrase(draw, 1), 2)) },
    Kind { name: "prefix of three letters", draw: |world, draw| words(prefix(&world.phrase(draw, 1), 3)) },
    Kind {
        name: "speaker",
        draw: |world, draw| Query { speaker: Some(world.speaker(draw)), ..Query::default() },
    },
    Kind {
        name: "speaker and word",
        draw: |world, draw| Query { speaker: Some(world.speaker(draw)), ..words(world.phrase(draw, 1)) },
    },
    Kind {
        name: "speaker, word and days",
        draw: |world, draw| {
            let [since, until] = world.days(draw).map(Some);
            Query { speaker: Some(world.speaker(draw)), since, until, ..words(world.phrase(draw, 1)) }
        },
    },
    Kind {
        name: "word and days",
        draw: |world, draw| {
            let [since, until] = world.days(draw).map(Some);
            Query { since, until, ..words(world.phrase(draw, 1)) }
        },
    },
    Kind {
        name: "act and word",
        draw: |world, draw| Query { act: Some(world.act(draw)), ..words(world.phrase(draw, 1)) },
    },
    Kind {
        name: "days",
        draw: |world, draw| {
            let [since, until] = world.days(draw).map(Some);
            Query { since, until, ..Query::default() }
        },
    },
    Kind {
        name: "until",
        draw: |world, draw| Query { until: Some(world.days(draw)[1].clone()), ..Query::default() },
    },
    Kind { name: "nothing asked", draw: |_, _| Query::default() },
];

fn words(words: String) -> Query {
    Query { words, ..Query::default() }
}

/// The beginning of a word, or the word where it is no longer.
fn prefix(word: &str, letters: usize) -> String {
    let start: String = word.chars().take(letters).collect();
    if start.len() < letters { start } else { format!("{start}*") }
}

fn queries(reader: &Reader, world: &World, count: usize) -> Result<()> {
    println!("{:<26}{:>10}{:>10}{:>10}{:>10}", "CPU, ms", "median", "p95", "most", "found");
    for kind in KINDS {
        let mut draw = Draw::new(1);
        let (mut took_ms, mut found) = (Vec::with_capacity(count), 0);
        for _ in 0..count {
            let query = (kind.draw)(world, &mut draw);
            let before = Usage::of_this()?.cpu_s;
            found += reader.find(&query)?.len();
            took_ms.push((Usage::of_this()?.cpu_s - before) * 1e3);
        }
        took_ms.sort_by(f64::total_cmp);
        let at = |share: f64| took_ms[((count as f64 * share) as usize).min(count - 1)];
        let found = found as f64 / count as f64;
        println!(
            "{:<26}{:>10.1}{:>10.1}{:>10.1}{found:>10.1}",
            kind.name,
            at(0.5),
            at(SHARE_OF_QUERIES),
            at(1.0)
        );
    }
    Ok(())
}
