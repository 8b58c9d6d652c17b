//! What is to be done: the arguments, checked and completed by what the terminal says.

use crate::command::article::{SHOWINGS, Showing};
use crate::command::find::{LISTINGS, Listing};
use crate::command::inspect::{STAGES, Stage};
use crate::command::take_pages;
use crate::export::{EXPORTERS, Exporter, Inputs};
use crate::inputs::Input;
use crate::library;
use crate::shown::{Colour, Look};
use clap::ArgMatches;
use sayso::Tier;
use sayso::ledger::Kind;
use sayso::lexicon::Act;
use sayso_acquire::{Fetcher, Published, Reach};
use sayso_store::{Query, days};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything a command needs to know.
pub(crate) enum Config {
    Read(ReadConfig),
    Add(AddConfig),
    Find(FindConfig),
    Check(CheckConfig),
    Article(ArticleConfig),
    Inspect(InspectConfig),
    Completions(clap_complete::Shell),
    /// Started by the program itself.
    TakePages,
}

/// What is read, and how.
pub(crate) struct Reading {
    pub(crate) inputs: Vec<Input>,
    pub(crate) tier: Tier,
    pub(crate) published: Option<Published>,
}

pub(crate) struct ReadConfig {
    pub(crate) reading: Reading,
    pub(crate) exporter: &'static Exporter,
    /// Statements below it are left out.
    pub(crate) min_confidence: Option<f64>,
    pub(crate) output: Output,
    pub(crate) look: Look,
}

pub(crate) struct AddConfig {
    pub(crate) reading: Reading,
    pub(crate) library: PathBuf,
}

pub(crate) struct FindConfig {
    pub(crate) query: Query,
    pub(crate) library: PathBuf,
    pub(crate) listing: &'static Listing,
    pub(crate) look: Look,
}

pub(crate) struct CheckConfig {
    pub(crate) library: PathBuf,
}

pub(crate) struct ArticleConfig {
    pub(crate) inputs: Vec<Input>,
    pub(crate) published: Option<Published>,
    pub(crate) showing: &'static Showing,
    pub(crate) look: Look,
}

pub(crate) struct InspectConfig {
    pub(crate) input: Input,
    pub(crate) tier: Tier,
    pub(crate) stage: &'static Stage,
    pub(crate) look: Look,
}

/// Where the data goes.
pub(crate) enum Output {
    Stdout,
    File(PathBuf),
    /// One file or two for each input.
    Folder(PathBuf),
}

/// No line of the table is longer, however wide the terminal.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
const PIPE_WIDTH: usize = 80;

impl Config {
    /// Checks what clap cannot know.
    ///
    /// # Errors
    /// A sentence that says which argument is wrong and what was expected.
    pub(crate) fn from_args(matches: &ArgMatches) -> Result<Self, String> {
        match matches.subcommand() {
            Some(("read", matches)) => read(matches).map(Self::Read),
            Some(("add", matches)) => add(matches).map(Self::Add),
            Some(("find", matches)) => find(matches).map(Self::Find),
            Some(("check", matches)) => Ok(Self::Check(CheckConfig { library: library(matches)? })),
            Some(("article", matches)) => article(matches).map(Self::Article),
            Some(("inspect", matches)) => inspect(matches).map(Self::Inspect),
            Some(("completions", matches)) => {
                Ok(Self::Completions(*matches.get_one("shell").expect("clap requires a shell")))
            }
            Some((take_pages::NAME, _)) => Ok(Self::TakePages),
            _ => Err("no such command; expected read, add, find, check, article, inspect or completions"
                .to_owned()),
        }
    }
}

fn reading(matches: &ArgMatches) -> Result<Reading, String> {
    let inputs = inputs(matches, fetching(matches))?;
    Ok(Reading { inputs, tier: tier(matches), published: published(matches)? })
}

fn read(matches: &ArgMatches) -> Result<ReadConfig, String> {
    let reading = reading(matches)?;
    let inputs = &reading.inputs;
    let name = matches.get_one::<String>("format").expect("the format has a default");
    let exporter = EXPORTERS.iter().find(|e| e.name == name).expect("clap takes names of this list only");
    let path = matches.get_one::<PathBuf>("output").cloned();
    let output = match (path, exporter.inputs) {
        (None, Inputs::One { instead }) if inputs.len() > 1 => {
            return Err(format!(
                "--format {name} is for one article, but {} were given; expected {instead}",
                inputs.len()
            ));
        }
        (None, _) => Output::Stdout,
        (Some(path), Inputs::One { .. })
            if inputs.len() > 1 || path.is_dir() || inputs.iter().any(Input::is_folder) =>
        {
            Output::Folder(path)
        }
        (Some(path), _) if path.is_dir() => {
            return Err(format!(
                "--output {}: a folder; expected a file for --format {name}",
                path.display()
            ));
        }
        (Some(path), _) => Output::File(path),
    };
    let mut look = look(matches);
    look.explain = matches.get_flag("explain");
    if !matches!(output, Output::Stdout) {
        (look.colour, look.width) = (Colour::Off, PIPE_WIDTH);
    }
    let min_confidence = matches.get_one("min-confidence").copied();
    if let Some(least) = min_confidence.filter(|least| !(0.0..=1.0).contains(least)) {
        return Err(format!("--min-confidence {least}: expected a number from 0 to 1"));
    }
    Ok(ReadConfig { reading, exporter, min_confidence, output, look })
}

fn add(matches: &ArgMatches) -> Result<AddConfig, String> {
    Ok(AddConfig { reading: reading(matches)?, library: library(matches)? })
}

fn find(matches: &ArgMatches) -> Result<FindConfig, String> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let words: Vec<&str> =
        matches.get_many::<String>("words").into_iter().flatten().map(String::as_str).collect();
    let name = matches.get_one::<String>("format").expect("the format has a default");
    let listing = LISTINGS.iter().find(|l| l.name == name).expect("clap takes names of this list only");
    for day in ["since", "until"] {
        if let Some(given) = text(day).filter(|given| days::bounds(given).is_none()) {
            return Err(format!("--{day} {given}: not a date; expected EDTF: 2021, 2021-11, 2021-11-09"));
        }
    }
    let query = Query {
        words: words.join(" "),
        speaker: text("speaker"),
        act: text("act").and_then(|name| Act::ALL.into_iter().find(|act| act.name() == name)),
        target: text("target"),
        outlet: text("outlet"),
        since: text("since"),
        until: text("until"),
        via: text("via"),
        kind: text("kind").map(|kind| if kind == "thought" { Kind::Thought } else { Kind::Speech }),
        limit: matches.get_one::<usize>("limit").copied().unwrap_or(Query::USUAL_LIMIT),
    };
    Ok(FindConfig { query, library: library(matches)?, listing, look: look(matches) })
}

fn library(matches: &ArgMatches) -> Result<PathBuf, String> {
    library::path(matches.get_one("library").cloned(), |name| std::env::var_os(name))
}

fn article(matches: &ArgMatches) -> Result<ArticleConfig, String> {
    let name = matches.get_one::<String>("format").expect("the format has a default");
    let showing = SHOWINGS.iter().find(|s| s.name == name).expect("clap takes names of this list only");
    Ok(ArticleConfig {
        inputs: inputs(matches, fetching(matches))?,
        published: published(matches)?,
        showing,
        look: look(matches),
    })
}

fn published(matches: &ArgMatches) -> Result<Option<Published>, String> {
    let published = matches.get_one::<String>("published").map(|date| Published::parse(date)).transpose();
    published.map_err(|wrong| format!("--published: {wrong}"))
}

fn inspect(matches: &ArgMatches) -> Result<InspectConfig, String> {
    let input = inputs(matches, Fetching::Never)?.remove(0);
    let name = matches.get_one::<String>("stage").expect("clap requires a stage");
    let stage = STAGES.iter().find(|s| s.name == name).expect("clap takes names of this list only");
    Ok(InspectConfig { input, tier: tier(matches), stage, look: look(matches) })
}

/// What becomes of addresses.
enum Fetching {
    Asked(Arc<Fetcher>),
    NotAsked,
    /// By a command that reads none.
    Never,
}

fn fetching(matches: &ArgMatches) -> Fetching {
    if matches.get_flag("fetch") {
        Fetching::Asked(Arc::new(Fetcher::new(Reach::Public)))
    } else {
        Fetching::NotAsked
    }
}

fn inputs(matches: &ArgMatches, fetching: Fetching) -> Result<Vec<Input>, String> {
    let paths = matches.get_many::<PathBuf>("files").expect("clap requires a file");
    let inputs: Vec<Input> = paths.map(|path| input(path, &fetching)).collect::<Result<_, _>>()?;
    if inputs.iter().filter(|input| matches!(input, Input::Stdin)).count() > 1 {
        return Err("standard input (-) can be read only once".to_owned());
    }
    Ok(inputs)
}

fn input(path: &Path, fetching: &Fetching) -> Result<Input, String> {
    if path.as_os_str() == "-" {
        return Ok(Input::Stdin);
    }
    let Some(address) = address(path) else { return Ok(Input::File(path.to_owned())) };
    match fetching {
        Fetching::Asked(fetcher) => Ok(Input::Url { address, fetcher: Arc::clone(fetcher) }),
        Fetching::NotAsked => Err(format!(
            "{address}: an address, and nothing is fetched without --fetch; expected a file or --fetch"
        )),
        Fetching::Never => {
            Err(format!("{address}: an address, and inspect fetches nothing; expected a file or -"))
        }
    }
}

/// What starts like an address of the Web.
fn address(path: &Path) -> Option<String> {
    let path = path.as_os_str().to_string_lossy();
    let is_address = ["http://", "https://"]
        .iter()
        .any(|scheme| path.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_address.then(|| path.into_owned())
}

fn tier(matches: &ArgMatches) -> Tier {
    let name = matches.get_one::<String>("tier").expect("the tier has a default");
    Tier::named(name).expect("clap takes names of tiers only")
}

fn look(matches: &ArgMatches) -> Look {
    let stdout = std::io::stdout();
    let on = match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => true,
        Some("never") => false,
        _ => !matches!(anstream::AutoStream::choice(&stdout), anstream::ColorChoice::Never),
    };
    let width = if stdout.is_terminal() { terminal_width() } else { PIPE_WIDTH };
    Look { width, colour: if on { Colour::On } else { Colour::Off }, explain: false }
}

fn terminal_width() -> usize {
    let columns = terminal_size::terminal_size().map_or(PIPE_WIDTH, |(width, _)| usize::from(width.0));
    columns.clamp(NARROWEST, WIDEST)
}
