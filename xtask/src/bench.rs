//! `cargo xtask bench`: words per CPU-second, start-up, time to a ledger, peak memory and size of the release binary.
//!
//! Everything is measured on the program itself, in child processes: CPU time and peak memory are what the system
//! accounted to them. Figures are medians; they depend on the machine and are printed, not recorded.

pub(crate) mod usage;

use anyhow::{Context, Result, bail, ensure};
use sayso::Tier;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use usage::Usage;

pub(crate) const HELP: &str = "\
  bench [FILES]        speed, start-up, memory and size of the release binary; over samples/*.txt if no file is given
       --binary PATH   another binary than target/release/sayso
       --tier fast     another tier than accurate
       --runs N        how often each figure is taken (5)";

/// Files are repeated until a run reads this many words: start-up should not decide the speed.
const WORDS_A_RUN: usize = 60_000;

struct Options {
    files: Vec<PathBuf>,
    binary: PathBuf,
    tier: Tier,
    runs: usize,
}

impl Options {
    fn parse(root: &Path, arguments: &[String]) -> Result<Self> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let mut options =
            Self { files: Vec::new(), binary: target.join("release/sayso"), tier: Tier::default(), runs: 5 };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--binary" => options.binary = value()?.into(),
                "--tier" => {
                    let name = value()?;
                    options.tier = Tier::named(name).with_context(|| format!("{name} is no tier"))?;
                }
                "--runs" => options.runs = value()?.parse().context("--runs takes a number")?,
                other if other.starts_with('-') => bail!("{other} is no option\n{HELP}"),
                file => options.files.push(file.into()),
            }
        }
        if options.files.is_empty() {
            options.files = samples(root)?;
        }
        ensure!(options.runs > 0, "--runs takes a number above 0");
        ensure!(
            options.binary.is_file(),
            "{} is no file; build it with `cargo build --release` or name it with --binary",
            options.binary.display()
        );
        Ok(options)
    }
}

/// Runs the command.
///
/// # Errors
/// When the binary or a file cannot be read, or a run fails.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let root = crate::root();
    let options = Options::parse(&root, arguments)?;
    let article = root.join("samples/lake-sarrow.txt");
    let binary = options.binary.as_path();

    // Peak memory is a maximum over all children so far: the small runs come first.
    let start_up = median(options.runs * 4, || measure(binary, &["--version".as_ref()]))?;
    let one = median(options.runs * 4, || {
        measure(
            binary,
            &["read".as_ref(), "--tier".as_ref(), options.tier.name().as_ref(), article.as_os_str()],
        )
    })?;
    let (files, words) = repeated(&options.files)?;
    let mut arguments = vec!["read", "--tier", options.tier.name(), "--format", "jsonl"]
        .into_iter()
        .map(AsRef::as_ref)
        .collect::<Vec<&std::ffi::OsStr>>();
    arguments.extend(files.iter().map(|f| f.as_os_str()));
    let many = median(options.runs, || measure(binary, &arguments))?;

    let size_mb = std::fs::metadata(binary)?.len() as f64 / 1e6;
    println!("binary                     {size_mb:>9.1} MB");
    println!("start-up                   {:>9.1} ms", 1e3 * start_up.wall_s);
    println!("one article to its ledger  {:>9.1} ms   peak {:.0} MB", 1e3 * one.wall_s, one.peak_mb);
    println!(
        "{words} words in {} files   {:>7.2} s CPU, {:.2} s, peak {:.0} MB",
        files.len(),
        many.cpu_s,
        many.wall_s,
        many.peak_mb
    );
    println!("words per CPU-second       {:>9.0}", words as f64 / many.cpu_s);
    let net_s = (many.cpu_s - one.cpu_s).max(f64::MIN_POSITIVE);
    println!("  without start-up         {:>9.0}", words as f64 / net_s);
    Ok(ExitCode::SUCCESS)
}

fn samples(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("samples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("list {}", folder.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    Ok(files)
}

/// The files again and again until they hold enough words, and how many words these are.
fn repeated(files: &[PathBuf]) -> Result<(Vec<&PathBuf>, usize)> {
    let words = files
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
            Ok(text.split_whitespace().count())
        })
        .sum::<Result<usize>>()?;
    ensure!(words > 0, "the files hold no words");
    let rounds = WORDS_A_RUN.div_ceil(words);
    Ok((files.iter().cycle().take(files.len() * rounds).collect(), words * rounds))
}

/// What one run of the binary took.
#[derive(Clone, Copy)]
struct Run {
    wall_s: f64,
    cpu_s: f64,
    peak_mb: f64,
}

fn measure(binary: &Path, arguments: &[&std::ffi::OsStr]) -> Result<Run> {
    let before = Usage::of_children()?;
    let start = Instant::now();
    let status = Command::new(binary).args(arguments).stdout(Stdio::null()).status();
    let wall_s = start.elapsed().as_secs_f64();
    let status = status.with_context(|| format!("run {}", binary.display()))?;
    ensure!(status.success(), "{} ended with {status}", binary.display());
    let after = Usage::of_children()?;
    Ok(Run { wall_s, cpu_s: after.cpu_s - before.cpu_s, peak_mb: after.peak_mb })
}

/// The median of each figure over some runs.
fn median(runs: usize, mut run: impl FnMut() -> Result<Run>) -> Result<Run> {
    let runs = (0..runs).map(|_| run()).collect::<Result<Vec<Run>>>()?;
    let middle = |figure: fn(&Run) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Ok(Run { wall_s: middle(|r| r.wall_s), cpu_s: middle(|r| r.cpu_s), peak_mb: middle(|r| r.peak_mb) })
}
