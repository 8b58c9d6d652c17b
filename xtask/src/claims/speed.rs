//! How long a search by meaning takes among many statements, and how many statements are embedded in a second.

use anyhow::{Context, Result};
use sayso::claim::{Claims, Embedder, Embedding};
use sayso::ledger::{Document, Ledger, Statement};
use sayso::{Models, Tier};
use sayso_acquire::Options;
use sayso_store::{Addition, Claim, Like, Query, Store};
use std::path::Path;
use std::process::ExitCode;

/// Statements of an invented article.
const EACH: usize = 500;
/// How often a search is made.
const SEARCHES: usize = 9;

pub(super) fn run(count: usize) -> Result<ExitCode> {
    embedding()?;
    let path = std::env::temp_dir().join(format!("sayso-claims-speed-{}.db", std::process::id()));
    let result = searching(&path, count);
    for end in ["", "-wal", "-shm"] {
        let _gone = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    result.map(|()| ExitCode::SUCCESS)
}

/// Over the statements of the samples.
fn embedding() -> Result<()> {
    let (models, mut texts) = (Models::load(Tier::Fast), Vec::new());
    for entry in std::fs::read_dir(crate::root().join("samples"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "txt") {
            let article = sayso_acquire::read(&std::fs::read(&path)?, &Options::default())?;
            let ledger = sayso::analyze(&article, &models);
            let claims = Claims::new(&ledger.document);
            texts.extend(ledger.statements.iter().map(|statement| claims.of(statement)));
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let start = cpu_s()?;
    let embedder = Embedder::load();
    let loaded = cpu_s()?;
    let count = embedder.embed(&texts).len();
    let took = cpu_s()? - loaded;
    let (load_ms, rate) = (1000.0 * (loaded - start), count as f64 / took);
    println!("embedding: {rate:.0} statements a CPU-second over {count}, {load_ms:.0} ms to load");
    Ok(())
}

fn searching(path: &Path, count: usize) -> Result<()> {
    let text = "Mayor Dorn of Brezna denied that the crane on the quay had ever been unsafe.\n";
    let article = sayso_acquire::read(text.as_bytes(), &Options::default())?;
    let ledger = sayso::analyze(&article, &Models::load(Tier::Fast));
    let statement = ledger.statements.first().context("the invented text has a statement")?;
    let (mut store, name, mut random) = (Store::open(path)?, "random", Random(1));
    for at in 0..count.div_ceil(EACH) {
        let ledger = invented(&ledger, statement, at);
        let version = "xtask";
        store.add(&Addition {
            original: b"",
            ledger: &ledger,
            version,
            weights: version,
            at: "2000-01-01T00:00:00Z",
        })?;
    }
    let mut after = 0;
    let start = cpu_s()?;
    loop {
        let claims = store.reader().claims_without(name, after, 5_000)?;
        let Some(last) = claims.last() else { break };
        after = last.number;
        let made: Vec<(Claim, Embedding)> =
            claims.into_iter().map(|claim| (claim, random.embedding())).collect();
        store.embed(name, &made)?;
    }
    let kept_us = 1e6 * (cpu_s()? - start) / count as f64;
    println!("keeping: {kept_us:.0} µs of CPU a statement, without embedding it");
    let day = |at: usize| Some(format!("2020-{:02}-{:02}", at % 12 + 1, at % 28 + 1));
    let queries: [(&str, Query); 4] = [
        ("all", Query::default()),
        ("one day", Query { since: day(40), until: day(40), ..Query::default() }),
        ("a quarter", Query { since: day(24), until: day(26), ..Query::default() }),
        ("a speaker", Query { speaker: Some("Dorn17".to_owned()), ..Query::default() }),
    ];
    for (what, query) in queries {
        let mut times = Vec::new();
        for _ in 0..SEARCHES {
            let (embedding, start) = (random.embedding(), cpu_s()?);
            let words = "the crane had ever been unsafe";
            let like = Like { embedding: &embedding, embedder: name, words, statement: None };
            store.reader().like(&like, &Query { limit: 10, ..query.clone() })?;
            times.push(1000.0 * (cpu_s()? - start));
        }
        times.sort_by(f64::total_cmp);
        let (median, most) = (times[SEARCHES / 2], times[SEARCHES - 1]);
        println!("search of {what} among {count}: {median:.0} ms of CPU, {most:.0} at most");
    }
    Ok(())
}

/// An article of many statements on one day, each its own record.
fn invented(ledger: &Ledger, statement: &Statement, at: usize) -> Ledger {
    let published = Some(format!("2020-{:02}-{:02}", at % 12 + 1, at % 28 + 1));
    let document = Document { id: format!("invented-{at}"), published, ..ledger.document.clone() };
    let statements = (0..EACH).map(|number| Statement {
        id: format!("{at}-{number}"),
        speaker_name: Some(format!("Dorn{}", number % 100)),
        ..statement.clone()
    });
    Ledger { document, statements: statements.collect(), ..ledger.clone() }
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn embedding(&mut self) -> Embedding {
        let bytes: Vec<u8> = (0..sayso_model::claims::NUMBERS)
            .map(|_| {
                self.0 =
                    self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (self.0 >> 56) as u8
            })
            .collect();
        Embedding::from_bytes(&bytes).expect("as many numbers as an embedding has")
    }
}

/// CPU time of this process so far.
#[cfg(unix)]
fn cpu_s() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok((usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e6)
}

#[cfg(not(unix))]
fn cpu_s() -> Result<f64> {
    anyhow::bail!("CPU time is read on Unix systems only")
}
