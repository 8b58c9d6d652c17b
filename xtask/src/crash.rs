//! `cargo xtask crash`: `sayso add`, killed at random moments, loses nothing that was committed and ends where an undisturbed run does.
//!
//! One run goes through undisturbed; its tables are what every other run has to come to, row for row. Then runs of the same command into other
//! libraries are killed (`kill -9`), half of them while the journal grows, which is in the middle of a commit. After each the library has to be whole, has to hold what
//! a reader saw before the kill, and has to be the beginning of the undisturbed one; then the command goes on. A run that gets through is compared, and the next
//! library is begun. What a power cut does to a disk's own cache cannot be seen so.

mod disk;
mod invented;
mod tables;

use anyhow::{Context, Result, bail, ensure};
use invented::Chance;
use sayso::Tier;
use sayso_store::Store;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tables::Tables;

pub(crate) const HELP: &str = "\
  crash [INPUTS]       kills `sayso add` at random moments and compares what it comes to; fills a disk; over invented articles if no input is given
       --kills N       how often it is killed (50); a fifth as often it is asked to end (SIGINT)
       --articles N    how many articles are invented (150)
       --seed N        another row of moments and articles than that of 1
       --tier NAME     another tier than fast
       --binary PATH   another binary than target/release/sayso";

struct Options {
    inputs: Vec<PathBuf>,
    kills: usize,
    articles: usize,
    seed: u64,
    tier: Tier,
    binary: PathBuf,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
        let binary = target.join("release/sayso");
        let mut options =
            Self { inputs: Vec::new(), kills: 50, articles: 150, seed: 1, tier: Tier::Fast, binary };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--kills" => options.kills = value()?.parse().context("--kills takes a number")?,
                "--articles" => options.articles = value()?.parse().context("--articles takes a number")?,
                "--seed" => options.seed = value()?.parse().context("--seed takes a number")?,
                "--binary" => options.binary = value()?.into(),
                "--tier" => {
                    let name = value()?;
                    options.tier = Tier::named(name).with_context(|| format!("{name} is no tier"))?;
                }
                other if other.starts_with('-') => bail!("{other} is no option\n{HELP}"),
                input => options.inputs.push(input.into()),
            }
        }
        ensure!(
            options.binary.is_file(),
            "{} is no file; build it with `cargo build --release` or name it with --binary",
            options.binary.display()
        );
        Ok(options)
    }
}

/// How a run is interrupted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// Killed at the moment.
    Kill,
    /// Killed as soon as the journal changes after the moment.
    KillInACommit,
    /// Asked to end.
    Ask,
}

/// The program and what it is given.
pub(crate) struct Bench {
    binary: PathBuf,
    tier: Tier,
    inputs: Vec<PathBuf>,
    folder: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When the program cannot be run or a library not be read.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let options = Options::parse(arguments)?;
    let folder = std::env::temp_dir().join(format!("sayso-crash-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    let result = in_folder(&options, &folder);
    std::fs::remove_dir_all(&folder).with_context(|| format!("remove {}", folder.display()))?;
    let faults = result?;
    for fault in &faults {
        println!("FAULT  {fault}");
    }
    println!("{} faults", faults.len());
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_folder(options: &Options, folder: &Path) -> Result<Vec<String>> {
    let mut chance = Chance::new(options.seed);
    let inputs = if options.inputs.is_empty() {
        invented::write(&folder.join("invented"), options.articles, &mut chance)?
    } else {
        options.inputs.clone()
    };
    let bench =
        Bench { binary: options.binary.clone(), tier: options.tier, inputs, folder: folder.to_owned() };
    let library = folder.join("undisturbed.db");
    let start = Instant::now();
    let status = bench.add(&library)?.wait()?;
    let took = start.elapsed();
    ensure!(matches!(status.code(), Some(0 | 1)), "the undisturbed run ended with {status}");
    let expected = Tables::read(&library)?;
    println!("undisturbed    {expected} in {:.2} s", took.as_secs_f64());
    let mut faults = Vec::new();
    interrupted(options, &bench, &mut chance, took, (&expected, status), &mut faults)?;
    disk::full(&bench, &expected, &mut faults)?;
    Ok(faults)
}

/// What the blows came to.
#[derive(Default)]
struct Counts {
    kills: usize,
    in_commits: usize,
    asked: usize,
    runs: usize,
    before_the_first_article: usize,
    lasted: Duration,
}

fn interrupted(
    options: &Options,
    bench: &Bench,
    chance: &mut Chance,
    took: Duration,
    (expected, ended): (&Tables, ExitStatus),
    faults: &mut Vec<String>,
) -> Result<()> {
    let mut counts = Counts::default();
    while counts.kills < options.kills {
        let library = bench.folder.join(format!("run-{}.db", counts.runs));
        loop {
            let blow = match (counts.kills + counts.asked) % 6 {
                _ if counts.kills >= options.kills => None,
                5 => Some(Blow::Ask),
                n if n % 2 == 1 => Some(Blow::KillInACommit),
                _ => Some(Blow::Kill),
            };
            let moment = took.mul_f64(chance.share());
            let (status, seen) = bench.strike(&library, blow.map(|blow| (blow, moment)))?;
            let after = Tables::read_if_there(&library)?;
            let name = format!("{}, after {} kills", library.display(), counts.kills);
            let checked = Store::open(&library).and_then(|store| store.check());
            match checked {
                Ok(checked) => faults.extend(
                    checked
                        .faults
                        .into_iter()
                        .map(|fault| format!("{name}: {}: {}", fault.place, fault.what)),
                ),
                Err(error) => faults.push(format!("{name}: {error}")),
            }
            if let Some(lost) = seen.iter().find(|one| !after.articles().contains(one)) {
                faults.push(format!("{name}: an article that was committed is lost: {lost}"));
            }
            faults.extend(after.is_beginning_of(expected).err().map(|why| format!("{name}: {why}")));
            if status == ended {
                faults.extend(after.equals(expected).err().map(|why| format!("{name}, at its end: {why}")));
                counts.runs += 1;
                break;
            }
            match (blow, status.code()) {
                (Some(Blow::Ask), Some(130)) => counts.asked += 1,
                (Some(Blow::Kill), None) => counts.kills += 1,
                (Some(Blow::KillInACommit), None) => {
                    counts.kills += 1;
                    counts.in_commits += 1;
                }
                _ => faults.push(format!("{name}: it ended with {status}")),
            }
            counts.before_the_first_article += usize::from(after.articles().is_empty());
            counts.lasted += moment;
        }
    }
    println!(
        "interrupted    {} kills ({} while the journal grew, {} before the first article), {} requests to end; {} runs got to their end",
        counts.kills, counts.in_commits, counts.before_the_first_article, counts.asked, counts.runs
    );
    let mean = counts.lasted.as_secs_f64() / (counts.kills + counts.asked).max(1) as f64;
    println!("               moments from 0 to {:.2} s, {mean:.2} s on average", took.as_secs_f64());
    Ok(())
}

impl Bench {
    /// `sayso add` of everything into this library, started.
    pub(crate) fn add(&self, library: &Path) -> Result<Child> {
        let mut command = Command::new(&self.binary);
        command.args(["add", "--tier", self.tier.name(), "--library"]).arg(library).args(&self.inputs);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().with_context(|| format!("run {}", self.binary.display()))
    }

    /// The same to its end, with what it said on standard error.
    pub(crate) fn said(
        &self,
        arguments: &[&str],
        library: &Path,
        inputs: &[PathBuf],
    ) -> Result<(Option<i32>, String)> {
        let mut command = Command::new(&self.binary);
        let output = command.args(arguments).arg("--library").arg(library).args(inputs).output();
        let output = output.with_context(|| format!("run {}", self.binary.display()))?;
        Ok((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    pub(crate) fn add_and_listen(&self, library: &Path) -> Result<(Option<i32>, String)> {
        self.said(&["add", "--tier", self.tier.name()], library, &self.inputs)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts it and interrupts it, where it did not end before. How it ended, and which articles were there just before.
    fn strike(&self, library: &Path, blow: Option<(Blow, Duration)>) -> Result<(ExitStatus, Vec<String>)> {
        let mut child = self.add(library)?;
        let start = Instant::now();
        let Some((blow, moment)) = blow else { return Ok((child.wait()?, Vec::new())) };
        let journal =
            || std::fs::metadata(format!("{}-wal", library.display())).map(|about| about.len()).ok();
        while start.elapsed() < moment {
            if let Some(status) = child.try_wait()? {
                return Ok((status, Vec::new()));
            }
            std::thread::sleep(Duration::from_micros(200));
        }
        let seen = Tables::read_if_there(library)?.into_articles();
        let before = journal();
        match blow {
            Blow::Kill => child.kill()?,
            Blow::KillInACommit => {
                while journal() == before {
                    if let Some(status) = child.try_wait()? {
                        return Ok((status, seen));
                    }
                }
                child.kill()?;
            }
            Blow::Ask => ask(&child)?,
        }
        Ok((child.wait()?, seen))
    }
}

#[cfg(unix)]
fn ask(child: &Child) -> Result<()> {
    use nix::sys::signal::{Signal, kill};
    let process = nix::unistd::Pid::from_raw(i32::try_from(child.id())?);
    match kill(process, Signal::SIGINT) {
        // it ended by itself
        Ok(()) | Err(nix::errno::Errno::ESRCH) => Ok(()),
        Err(error) => Err(error).context("ask the program to end"),
    }
}

#[cfg(not(unix))]
fn ask(_child: &Child) -> Result<()> {
    bail!("programs are asked to end on Unix systems only")
}
