//! `cargo xtask parity`: our syntax and spaCy's own over any texts, compared stage by stage and timed in the same run.
//!
//! spaCy runs in the Python that is named, by `crates/sayso-model/tests/parity/analyse.py`; nothing of the texts is kept.

mod compare;
mod spacy;
mod texts;

use anyhow::{Context, Result, bail, ensure};
use compare::Comparison;
use sayso_model::SyntaxModel;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use texts::Division;

pub(crate) const HELP: &str = "\
  parity FILES         compare our syntax with spaCy's over .txt files and .jsonl files with `text` or `paragraphs`
       --python PATH   a Python with spacy 3.8 and en_core_web_sm 3.8.0 (python3); see training/README.md
       --sentences N   stop when so many sentences are compared (5000)
       --whole         give texts as they are, not paragraph by paragraph
       --show N        how many differences of each stage to print (5)";

/// Texts of one call, as many as spaCy gets at a time.
const TEXTS_A_CALL: usize = 256;

struct Options {
    files: Vec<PathBuf>,
    python: PathBuf,
    sentences: usize,
    division: Division,
    show: usize,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            files: Vec::new(),
            python: "python3".into(),
            sentences: 5000,
            division: Division::Paragraphs,
            show: 5,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--python" => options.python = value()?.into(),
                "--sentences" => {
                    options.sentences = value()?.parse().context("--sentences takes a number")?
                }
                "--whole" => options.division = Division::Whole,
                "--show" => options.show = value()?.parse().context("--show takes a number")?,
                other if other.starts_with('-') => bail!("{other} is no option\n{HELP}"),
                file => options.files.push(file.into()),
            }
        }
        ensure!(!options.files.is_empty(), "no file is given\n{HELP}");
        Ok(options)
    }
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read, or spaCy cannot be run.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let options = Options::parse(arguments)?;
    let texts = texts::read(&options.files, options.division)?;
    ensure!(!texts.is_empty(), "the files hold no text");
    let theirs = spacy::analyse(&options.python, &texts, options.sentences)?;
    let texts = &texts[..theirs.analyses.len()];

    let model = SyntaxModel::load();
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (cpu, clock) = (cpu_s()?, Instant::now());
    let ours: Vec<_> = borrowed.chunks(TEXTS_A_CALL).flat_map(|texts| model.parse(texts)).collect();
    let (our_cpu_s, our_clock_s) = (cpu_s()? - cpu, clock.elapsed().as_secs_f64());

    let mut comparison = Comparison::default();
    for ((text, ours), theirs) in texts.iter().zip(&ours).zip(&theirs.analyses) {
        comparison.add(text, ours, theirs);
    }
    comparison.print(options.show);
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let speed = |name: &str, cpu_s: f64, clock_s: f64| {
        println!(
            "{name:<24} {:>9.0} words per CPU-second, {cpu_s:.2} s CPU, {clock_s:.2} s",
            words as f64 / cpu_s
        );
    };
    println!();
    speed("sayso-model", our_cpu_s, our_clock_s);
    speed(&format!("spaCy {}", theirs.time.version), theirs.time.cpu_s, theirs.time.clock_s);
    println!("{:<24} {:>9.1} times as fast, one thread each", "", theirs.time.cpu_s / our_cpu_s);
    Ok(ExitCode::SUCCESS)
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
    bail!("CPU time is read on Unix systems only")
}
