//! Ledgers for texts: by the library, or by a `sayso` program, so that the figures are what it prints.

use super::gold::slice;
use crate::score::Spans;
use anyhow::{Context, Result, bail, ensure};
use sayso::ledger::{Ledger, Statement};
use sayso::{Models, Tier};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What makes the ledgers.
pub(crate) enum Reader {
    /// The library that this program is built with.
    Library(Box<Models>),
    /// A `sayso` program.
    Binary(PathBuf, Tier),
}

impl Reader {
    /// The binary if one is given, the library otherwise.
    ///
    /// # Errors
    /// When the binary is not there.
    pub(crate) fn new(binary: Option<PathBuf>, tier: Tier) -> Result<Self> {
        let Some(binary) = binary else { return Ok(Self::Library(Box::new(Models::load(tier)))) };
        ensure!(binary.is_file(), "{} is no file", binary.display());
        Ok(Self::Binary(binary, tier))
    }

    /// One ledger for each text, in order.
    ///
    /// # Errors
    /// When one could not be read.
    pub(crate) fn read(&self, texts: &[Input]) -> Result<Vec<Ledger>> {
        match self {
            Self::Library(models) => texts.iter().map(|text| by_library(models, text)).collect(),
            Self::Binary(path, tier) => by_binary(path, *tier, texts),
        }
    }
}

/// A text to read, and when it was published if that is known.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) text: &'a str,
    pub(crate) published: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// A text of which nothing else is known.
    pub(crate) fn undated(text: &'a str) -> Self {
        Self { text, published: None }
    }
}

fn by_library(models: &Models, input: &Input) -> Result<Ledger> {
    let published = input.published.map(sayso_acquire::Published::parse).transpose()?;
    let options = sayso_acquire::Options { published, ..sayso_acquire::Options::default() };
    let article = sayso_acquire::read(input.text.as_bytes(), &options)?;
    Ok(sayso::analyze(&article, models))
}

/// How many files one run of the binary is given: command lines have an end.
const FILES_A_RUN: usize = 200;

/// Runs `sayso read --format jsonl` over texts; one ledger for each, in order.
///
/// # Errors
/// When the binary cannot be run, prints something that is no ledger, or read another text than it was given.
fn by_binary(binary: &Path, tier: Tier, texts: &[Input]) -> Result<Vec<Ledger>> {
    let folder = std::env::temp_dir().join(format!("sayso-eval-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    // one date of publication goes for all files of a run
    let ledgers = texts
        .chunk_by(|one, next| one.published == next.published)
        .flat_map(|texts| texts.chunks(FILES_A_RUN))
        .map(|texts| run(binary, tier, &folder, texts))
        .collect::<Result<Vec<Vec<Ledger>>>>()
        .map(|runs| runs.into_iter().flatten().collect());
    std::fs::remove_dir_all(&folder).with_context(|| format!("remove {}", folder.display()))?;
    ledgers
}

fn run(binary: &Path, tier: Tier, folder: &Path, texts: &[Input]) -> Result<Vec<Ledger>> {
    let mut command = Command::new(binary);
    command.args(["read", "--format", "jsonl", "--tier", tier.name()]);
    if let Some(published) = texts.first().and_then(|input| input.published) {
        command.args(["--published", published]);
    }
    for (n, Input { text, .. }) in texts.iter().enumerate() {
        let path = folder.join(format!("{n:05}.txt"));
        std::fs::write(&path, text).with_context(|| format!("write {}", path.display()))?;
        command.arg(path);
    }
    let output = command.output().with_context(|| format!("run {}", binary.display()))?;
    let printed = String::from_utf8(output.stdout).context("output is not UTF-8")?;
    let ledgers = printed
        .lines()
        .map(|line| serde_json::from_str(line).context("a line is no ledger"))
        .collect::<Result<Vec<Ledger>>>()?;
    if ledgers.len() != texts.len() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} ledgers for {} texts; it said: {}", ledgers.len(), texts.len(), said.trim());
    }
    for (ledger, Input { text, .. }) in ledgers.iter().zip(texts) {
        ensure!(ledger.document.text == *text, "{} was read as another text", ledger.document.id);
    }
    Ok(ledgers)
}

/// A statement's spans as the scorer takes them.
pub(crate) fn spans(statement: &Statement) -> Spans {
    let spans = &statement.spans;
    Spans { source: spans.source.clone(), cue: spans.cue.clone(), content: spans.content.clone() }
}

/// Statements whose quote or verbatim parts differ from the characters that they point at.
pub(crate) fn unequal_quotes(text: &str, ledger: &Ledger) -> usize {
    let words = |spans: &[[usize; 2]]| spans.iter().map(|&s| slice(text, s)).collect::<Option<Vec<_>>>();
    let is_equal = |s: &&Statement| {
        words(&s.spans.content).is_some_and(|w| w.join(" ") == s.quote)
            && words(&s.verbatim).is_some_and(|w| w.iter().all(|part| s.quote.contains(part)))
    };
    ledger.statements.iter().filter(|s| !is_equal(s)).count()
}

/// All statements of a ledger.
pub(crate) fn all_spans(ledger: &Ledger) -> Vec<Spans> {
    ledger.statements.iter().map(spans).collect()
}
