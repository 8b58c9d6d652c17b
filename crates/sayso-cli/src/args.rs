//! Arguments that several commands have, each beside what it means.

use crate::inputs::Input;
use crate::library;
use crate::shown::{Colour, Look};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use sayso::Tier;
use sayso_acquire::{Fetcher, Published, Reach};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is read, and how.
pub(crate) struct Reading {
    pub(crate) inputs: Vec<Input>,
    pub(crate) tier: Tier,
    pub(crate) published: Option<Published>,
}

/// No line of the table is longer, however wide the terminal.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;
pub(crate) const PIPE_WIDTH: usize = 80;

/// The arguments of what reads articles.
pub(crate) fn reading() -> [Arg; 4] {
    [articles(), fetch(), published(), tier()]
}

impl Reading {
    /// What they say.
    ///
    /// # Errors
    /// A sentence that says which argument is wrong and what was expected.
    pub(crate) fn of(matches: &ArgMatches) -> Result<Self, String> {
        Ok(Self { inputs: inputs_of(matches)?, tier: tier_of(matches), published: published_of(matches)? })
    }
}

pub(crate) fn articles() -> Arg {
    files()
        .num_args(1..)
        .help("Articles to read: files, folders, `-` for standard input, or addresses with --fetch")
}

pub(crate) fn files() -> Arg {
    Arg::new("files")
        .value_name("FILE")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Article to read; `-` is standard input")
}

pub(crate) fn fetch() -> Arg {
    Arg::new("fetch")
        .long("fetch")
        .action(ArgAction::SetTrue)
        .help("Fetch the articles that are addresses (https://...); without it nothing is fetched")
}

/// The inputs, and what fetches those that are addresses.
///
/// # Errors
/// A sentence that says which of them is wrong and what was expected.
pub(crate) fn inputs_of(matches: &ArgMatches) -> Result<Vec<Input>, String> {
    inputs(matches, &fetching(matches))
}

/// The one input of a command that fetches nothing.
///
/// # Errors
/// As [`inputs_of`].
pub(crate) fn input_of(matches: &ArgMatches) -> Result<Input, String> {
    Ok(inputs(matches, &Fetching::Never)?.remove(0))
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

fn inputs(matches: &ArgMatches, fetching: &Fetching) -> Result<Vec<Input>, String> {
    let paths = matches.get_many::<PathBuf>("files").expect("clap requires a file");
    let inputs: Vec<Input> = paths.map(|path| input(path, fetching)).collect::<Result<_, _>>()?;
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

pub(crate) fn published() -> Arg {
    Arg::new("published")
        .long("published")
        .value_name("DATE")
        .help("When the articles were published (EDTF: 2021, 2021-11, 2021-11-09, 2021-11~)")
}

/// The date of publication that is given.
///
/// # Errors
/// A sentence that says what was expected.
pub(crate) fn published_of(matches: &ArgMatches) -> Result<Option<Published>, String> {
    let published = matches.get_one::<String>("published").map(|date| Published::parse(date)).transpose();
    published.map_err(|wrong| format!("--published: {wrong}"))
}

pub(crate) fn tier() -> Arg {
    Arg::new("tier")
        .long("tier")
        .value_name("TIER")
        .default_value(Tier::default().name())
        .value_parser(PossibleValuesParser::new(Tier::ALL.map(Tier::name)))
        .help("How much work goes into each article; `fast` takes a sixth of the time and finds less")
}

pub(crate) fn tier_of(matches: &ArgMatches) -> Tier {
    let name = matches.get_one::<String>("tier").expect("the tier has a default");
    Tier::named(name).expect("clap takes names of tiers only")
}

pub(crate) fn library() -> Arg {
    Arg::new("library")
        .long("library")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("The library's file; else $SAYSO_LIBRARY, else sayso/library.db in the folder for data (XDG_DATA_HOME, ~/.local/share)")
}

/// Where the library is.
///
/// # Errors
/// As [`library::path`].
pub(crate) fn library_of(matches: &ArgMatches) -> Result<PathBuf, String> {
    library::path(matches.get_one("library").cloned(), |name| std::env::var_os(name))
}

pub(crate) fn format(default: &'static str, formats: impl Iterator<Item = PossibleValue>) -> Arg {
    Arg::new("format")
        .long("format")
        .short('f')
        .value_name("FORMAT")
        .default_value(default)
        .value_parser(PossibleValuesParser::new(formats))
        .help("How to print it")
}

/// The entry of a list that the argument names, which clap has checked.
pub(crate) fn named<T>(
    matches: &ArgMatches,
    argument: &str,
    list: &'static [T],
    name: fn(&T) -> &'static str,
) -> &'static T {
    let given = matches.get_one::<String>(argument).expect("clap requires it or has a default");
    list.iter().find(|one| name(one) == given).expect("clap takes names of this list only")
}

pub(crate) fn color() -> Arg {
    Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .default_value("auto")
        .value_parser(["auto", "always", "never"])
        .help("Colours: `auto` is on a terminal unless NO_COLOR is set")
}

/// How the terminal wants it.
pub(crate) fn look_of(matches: &ArgMatches) -> Look {
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
