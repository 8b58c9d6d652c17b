//! `sayso read`: articles in, ledgers out, in the order given.

use super::Command;
use super::reading::{self, Ending};
use crate::args::{self, Reading};
use crate::export::folder::Folder;
use crate::export::{EXPORTERS, Exporter, Inputs};
use crate::inputs::Input;
use crate::shown::{Colour, Look};
use crate::{Outcome, failed};
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use sayso::Models;
use sayso::article::Article;
use sayso::text::Text;
use sayso_acquire::Document;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "read",
    about: "Read articles and print who said what in them",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso read article.txt                        the ledger as a table, by speaker
  sayso read article.txt --published 2021-11-09 with its date of publication
  sayso read article.txt --min-confidence 0.8   only what is likely right
  sayso read page.html --format html -o page-ledger.html
  sayso read *.txt --format jsonl > ledgers.jsonl
  curl -s https://example.org/news | sayso read - --format json
  sayso read *.txt --format brat -o annotations/
  sayso read https://example.org/news --fetch   an article, or a feed, by its address

Plain text, web pages, web archives (WARC), RSS and Atom feeds, JSON Lines and CSV of {text or html, url, published, captured,
archive_url}, also compressed with gzip, are told apart by what they hold, and a folder is the files in it. sayso reads English: a text that looks like another
language, from the left or from the right, is printed with a note and without statements.

Nothing is fetched without --fetch. With it, each address is asked for once, from public hosts only, unless the host's robots.txt
keeps it from robots or from the one called sayso; nothing that a page or a feed points to is fetched.

Exit status: 0 all inputs were read, 1 some were not (the others are printed all the same), 2 wrong arguments.";

/// What is to be done.
struct Config {
    reading: Reading,
    exporter: &'static Exporter,
    /// Statements below it are left out.
    min_confidence: Option<f64>,
    output: Output,
    look: Look,
}

/// Where the data goes.
enum Output {
    Stdout,
    File(PathBuf),
    /// One file or two for each input.
    Folder(PathBuf),
}

impl Config {
    /// Checks what clap cannot know.
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let reading = Reading::of(matches)?;
        let inputs = &reading.inputs;
        let exporter = args::named(matches, "format", EXPORTERS, |exporter| exporter.name);
        let name = exporter.name;
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
        let mut look = args::look_of(matches);
        look.explain = matches.get_flag("explain");
        if !matches!(output, Output::Stdout) {
            (look.colour, look.width) = (Colour::Off, args::PIPE_WIDTH);
        }
        let min_confidence = matches.get_one("min-confidence").copied();
        if let Some(least) = min_confidence.filter(|least| !(0.0..=1.0).contains(least)) {
            return Err(format!("--min-confidence {least}: expected a number from 0 to 1"));
        }
        Ok(Self { reading, exporter, min_confidence, output, look })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let formats = EXPORTERS.iter().map(|exporter| PossibleValue::new(exporter.name).help(exporter.about));
    command
        .arg(args::articles())
        .arg(args::fetch())
        .arg(args::format("table", formats))
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("PATH")
                .value_parser(value_parser!(PathBuf))
                .help("Write to this file, or into this folder for formats that take one article a file"),
        )
        .arg(
            Arg::new("explain")
                .long("explain")
                .action(ArgAction::SetTrue)
                .help("In the table and the page, show why each field holds what it holds"),
        )
        .arg(
            Arg::new("min-confidence")
                .long("min-confidence")
                .value_name("SHARE")
                .value_parser(value_parser!(f64))
                .help("Leave out statements that are less sure than this (0 to 1); a note says how many"),
        )
        .arg(args::published())
        .arg(args::tier())
        .arg(args::color())
}

/// What became of an input.
enum Read {
    /// Its ledger in the chosen format, and its text.
    Printed { id: String, printed: Vec<u8>, text: Text },
    /// What the format prints for one that could not be read.
    Failed { printed: Vec<u8> },
}

fn run(config: &Config) -> Outcome {
    let result = match &config.output {
        Output::Stdout => stream(config, &mut io::stdout().lock()),
        Output::File(path) => match File::create(path) {
            Ok(file) => stream(config, &mut BufWriter::new(file)),
            Err(error) => Err(error),
        },
        Output::Folder(path) => Folder::new(path).and_then(|mut folder| {
            each(config, |read| match read {
                Read::Printed { id, printed, text } => {
                    folder.write(config.exporter, &id, &printed, text.as_str())
                }
                Read::Failed { .. } => Ok(()),
            })
        }),
    };
    super::written(result)
}

fn stream(config: &Config, out: &mut dyn Write) -> io::Result<Outcome> {
    out.write_all(&(config.exporter.start)())?;
    let mut first = true;
    let outcome = each(config, |read| {
        let (Read::Printed { printed: bytes, .. } | Read::Failed { printed: bytes, .. }) = read;
        if !bytes.is_empty() {
            if !std::mem::take(&mut first) {
                if let Inputs::One { instead } = config.exporter.inputs {
                    let name = config.exporter.name;
                    let why =
                        format!("--format {name} is for one article, but there are more; expected {instead}");
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
                }
                out.write_all(config.exporter.between.as_bytes())?;
            }
            out.write_all(&bytes)?;
        }
        out.flush()
    })?;
    out.flush()?;
    Ok(outcome)
}

fn each(config: &Config, mut write: impl FnMut(Read) -> io::Result<()>) -> io::Result<Outcome> {
    let of_article = |_: Document, article: Article, models: &Models| {
        let mut ledger = reading::ledger(&article, models);
        if let Some(least) = config.min_confidence {
            ledger.leave_out_below(least);
        }
        let printed = (config.exporter.one)(&ledger, &config.look);
        Read::Printed { id: article.origin.id.clone(), printed, text: article.text.clone() }
    };
    let of_failure =
        |id: &str, why: &str| Read::Failed { printed: (config.exporter.failed)(&failed::ledger(id, why)) };
    reading::each(
        &config.reading,
        Ending::AtOnce,
        |_| None,
        of_article,
        of_failure,
        |reads| reads.into_iter().try_for_each(&mut write),
    )
}
