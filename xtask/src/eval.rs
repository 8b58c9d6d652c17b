//! `cargo xtask eval`: reads scored corpora, prints and records the figures, and fails below the floors.
//!
//! Articles with gold (our own, al-kazemi.txt, the sides of `eval/gold`) are compared field by field; PolNeAR is scored
//! for its source, cue and content spans. Results go to `eval/results/*.csv`, which hold no dates and no text of others.

mod bcubed;
mod check_scorer;
mod errors;
mod figures;
mod floors;
mod gold;
mod gum;
mod halves;
mod labels;
mod names;
mod predict;
mod results;
mod timex;

#[cfg(test)]
pub(crate) use check_scorer::{Recorded, differences};
use gold::{GoldArticle, read_corpus};

use crate::gold::compare::{Comparison, Other};
use crate::gold::{Annotation, Corpora, from_ledger, gold_files};
use crate::score::{self, Counts, Punctuation, Report};
use anyhow::{Context, Result, bail};
use figures::Figures;
use predict::{Input, Reader};
use sayso::Tier;
use sayso::ledger::Ledger;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  eval [own] [al-kazemi] [gold-dev] [polnear] [gum] [timex] [names]
                                     score statements; all of these that are there if none is named
       gold-test, gold-train         only when named: test is for final figures, train is what models learn from
       --tier fast                   another tier than accurate; its results and floors are named CORPUS-fast
       --binary PATH                 take what this sayso prints instead of calling the library
       --polnear PATH                another PolNeAR file than ../shared/data/polnear/dev.jsonl
       --bootstrap N                 95% intervals from N resamples of the documents
       --errors                      print what was missed and what was invented, with its words
       --write-pairs PATH            write the pairs of words that training/names/fit.py takes, and nothing else
       --check-scorer PY             compare the scorer's figures with the Python scorer's on the same predictions";

const OWN: &str = "own";
const AL_KAZEMI: &str = "al-kazemi";
const GOLD_SIDES: [(&str, &str); 3] = [("gold-dev", "dev"), ("gold-test", "test"), ("gold-train", "train")];
const POLNEAR: &str = "polnear";
const GUM: &str = "gum";
const TIMEX: &str = "timex";
const NAMES: &str = "names";

struct Options {
    corpora: Vec<String>,
    tier: Tier,
    binary: Option<PathBuf>,
    polnear: Option<PathBuf>,
    bootstrap_rounds: usize,
    errors: bool,
    write_pairs: Option<PathBuf>,
    check_scorer: Option<PathBuf>,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            corpora: Vec::new(),
            tier: Tier::default(),
            binary: None,
            polnear: None,
            bootstrap_rounds: 0,
            errors: false,
            write_pairs: None,
            check_scorer: None,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                OWN | AL_KAZEMI | POLNEAR | GUM | TIMEX | NAMES | "gold-dev" | "gold-test" | "gold-train" => {
                    options.corpora.push(argument.clone());
                }
                "--tier" => {
                    let name = value()?;
                    options.tier = Tier::named(name).with_context(|| format!("{name} is no tier"))?;
                }
                "--binary" => options.binary = Some(value()?.into()),
                "--polnear" => options.polnear = Some(value()?.into()),
                "--bootstrap" => {
                    options.bootstrap_rounds = value()?.parse().context("--bootstrap takes a number")?
                }
                "--errors" => options.errors = true,
                "--write-pairs" => options.write_pairs = Some(value()?.into()),
                "--check-scorer" => options.check_scorer = Some(value()?.into()),
                other => bail!("{other} is neither a corpus nor an option\n{HELP}"),
            }
        }
        Ok(options)
    }

    /// What results and floors of a corpus are called.
    fn name(&self, corpus: &str) -> String {
        if self.tier == Tier::default() {
            corpus.to_owned()
        } else {
            format!("{corpus}-{}", self.tier.name())
        }
    }

    fn wants(&self, corpus: &str) -> bool {
        self.corpora.is_empty() || self.corpora.iter().any(|c| c == corpus)
    }

    fn names(&self, corpus: &str) -> bool {
        self.corpora.iter().any(|c| c == corpus)
    }
}

/// Runs the command.
///
/// # Errors
/// When a corpus that was asked for cannot be read, or an article could not be analysed.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let options = Options::parse(arguments)?;
    let root = crate::root();
    if let Some(scorer) = &options.check_scorer {
        return check_scorer::run(&root, scorer);
    }
    let names = root.join("../shared/data/name_variants");
    if let Some(path) = &options.write_pairs {
        names::write_pairs(&names, path)?;
        return Ok(ExitCode::SUCCESS);
    }
    let reader = Reader::new(options.binary.clone(), options.tier)?;
    let mut all_held = true;
    let corpora = Corpora::new(&root);
    if options.wants(OWN) {
        let articles = articles(&corpora, &root.join("eval/gold/own"))?;
        all_held &= eval_gold(&root, OWN, &articles, &reader, &options)?;
    }
    let kazemi = root.join("eval/al-kazemi.jsonl");
    if options.names(AL_KAZEMI) || (options.wants(AL_KAZEMI) && is_present(&corpora, &kazemi)?) {
        let articles = [GoldArticle::read(&corpora, &kazemi)?];
        all_held &= eval_gold(&root, AL_KAZEMI, &articles, &reader, &options)?;
    }
    for (name, side) in GOLD_SIDES {
        let folder = root.join("eval/gold").join(side);
        let is_wanted = name == "gold-dev" && options.wants(name) && is_present(&corpora, &folder)?;
        if options.names(name) || is_wanted {
            all_held &= eval_gold(&root, name, &articles(&corpora, &folder)?, &reader, &options)?;
        }
    }
    let polnear = options.polnear.clone().unwrap_or_else(|| root.join("../shared/data/polnear/dev.jsonl"));
    if options.names(POLNEAR) || options.polnear.is_some() || (options.wants(POLNEAR) && polnear.exists()) {
        all_held &= eval_corpus(&root, &polnear, &reader, &options)?;
    }
    let gum = root.join("../shared/data/gum/gum_attribution.jsonl");
    if options.names(GUM) || (options.wants(GUM) && gum.exists()) {
        let (name, figures) = (options.name(GUM), gum::figures(&gum, &reader)?);
        println!("== {name}\n{figures}");
        results::write_figures(&root, &name, &figures)?;
        all_held &= floors::hold(&root, &name, &figures)?;
    }
    let times = root.join("../shared/data/timex");
    if options.names(TIMEX) || (options.wants(TIMEX) && times.exists()) {
        // the same for every tier
        for (name, figures) in timex::figures(&times, options.errors)? {
            println!("== {name}\n{figures}");
            results::write_figures(&root, name, &figures)?;
            all_held &= floors::hold(&root, name, &figures)?;
        }
    }
    if options.names(NAMES) || (options.wants(NAMES) && names.exists()) {
        for (name, figures) in names::figures(&names, options.errors)? {
            println!("== {name}\n{figures}");
            results::write_figures(&root, name, &figures)?;
            all_held &= floors::hold(&root, name, &figures)?;
        }
    }
    Ok(if all_held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The articles below a folder of gold, by name.
fn articles(corpora: &Corpora, folder: &Path) -> Result<Vec<GoldArticle>> {
    gold_files(folder)?.iter().map(|path| GoldArticle::read(corpora, path)).collect()
}

/// Whether the articles of some gold are at hand.
fn is_present(corpora: &Corpora, gold: &Path) -> Result<bool> {
    let first = gold_files(gold)?.into_iter().next();
    Ok(match first {
        Some(file) => corpora.have(&Annotation::read(&file)?.header.text),
        None => false,
    })
}

/// An article with its gold, and what was read in it.
pub(crate) struct Read<'a> {
    pub(crate) article: &'a GoldArticle,
    pub(crate) ledger: &'a Ledger,
    pub(crate) found: Annotation,
    pub(crate) comparison: Comparison,
    /// Statements whose quote or verbatim parts differ from the characters that they point at.
    pub(crate) unequal_quotes: usize,
}

fn eval_gold(
    root: &Path,
    corpus: &str,
    articles: &[GoldArticle],
    reader: &Reader,
    options: &Options,
) -> Result<bool> {
    let texts: Vec<Input> = articles.iter().map(GoldArticle::input).collect();
    let ledgers = reader.read(&texts)?;
    let mut reads = Vec::new();
    for (article, ledger) in articles.iter().zip(&ledgers) {
        let found = from_ledger(ledger, &article.gold.header);
        let comparison = Comparison::new(&article.text, &article.gold, &found, Other::Program)?;
        let unequal_quotes = predict::unequal_quotes(&article.text, ledger);
        reads.push(Read { article, ledger, found, comparison, unequal_quotes });
    }
    let mut ranked = Vec::new();
    let counts = reads
        .iter()
        .zip(&ledgers)
        .map(|(read, ledger)| {
            let gold = Comparison::asked_spans(&read.article.gold);
            let scored = read.comparison.scored(&read.article.gold, &read.found, Other::Program);
            let predicted: Vec<_> = scored.iter().map(|&j| predict::spans(&ledger.statements[j])).collect();
            let counts = score::count_document(&read.article.text, &gold, &predicted, Punctuation::Ignored)?;
            let confidence = scored.iter().map(|&j| ledger.statements[j].confidence);
            ranked.extend(confidence.zip(counts.right.iter().copied()));
            Ok(counts)
        })
        .collect::<Result<Vec<Counts>>>()?;
    let report = report(&counts);
    let figures = Figures::of_gold(&reads, &report).with_coverage(&ranked);

    let name = &options.name(corpus);
    println!("== {name}\n{report}");
    print_intervals(&counts, options);
    println!("{figures}");
    if options.errors {
        reads.iter().for_each(errors::print);
    }
    let ids: Vec<&str> = articles.iter().map(GoldArticle::id).collect();
    results::write_attributions(root, name, &ids, &counts)?;
    results::write_statements(root, name, &reads)?;
    results::write_reliability(root, name, &reads)?;
    results::write_figures(root, name, &figures)?;
    floors::hold(root, name, &figures)
}

fn eval_corpus(root: &Path, path: &Path, reader: &Reader, options: &Options) -> Result<bool> {
    let documents = read_corpus(path)?;
    let texts: Vec<Input> = documents.iter().map(|d| Input::undated(&d.text)).collect();
    let ledgers = reader.read(&texts)?;
    let counts = documents
        .iter()
        .zip(&ledgers)
        .map(|(document, ledger)| {
            let predicted = predict::all_spans(ledger);
            Ok(score::count_document(
                &document.text,
                &document.attributions,
                &predicted,
                Punctuation::Ignored,
            )?)
        })
        .collect::<Result<Vec<Counts>>>()?;
    let report = report(&counts);
    let confidence =
        ledgers.iter().flat_map(|ledger| &ledger.statements).map(|statement| statement.confidence);
    let right = counts.iter().flat_map(|counts| &counts.right).copied();
    let ranked: Vec<(f64, bool)> = confidence.zip(right).collect();
    let figures = Figures::of_attributions(&report).with_coverage(&ranked);
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let name = options.name(&format!("polnear-{stem}"));
    println!("== {name}\n{report}");
    print_intervals(&counts, options);
    println!("{figures}");
    if options.errors {
        for (document, ledger) in documents.iter().zip(&ledgers) {
            errors::print_spans(document, &predict::all_spans(ledger))?;
        }
    }
    results::write_attributions(root, &name, &[], &counts)?;
    results::write_figures(root, &name, &figures)?;
    floors::hold(root, &name, &figures)
}

/// The figures of all documents together.
pub(crate) fn report(counts: &[Counts]) -> Report {
    let mut total = Counts::default();
    counts.iter().for_each(|c| total.merge(c));
    score::summarise(&total, 0)
}

fn print_intervals(counts: &[Counts], options: &Options) {
    if options.bootstrap_rounds == 0 {
        return;
    }
    let intervals = score::intervals(counts, options.bootstrap_rounds);
    for (measure, (low, high)) in score::Measure::ALL.into_iter().zip(intervals) {
        println!(
            "  95% of {} resamples: {} {:.1} to {:.1}",
            options.bootstrap_rounds,
            measure.name(),
            100.0 * low,
            100.0 * high
        );
    }
}
