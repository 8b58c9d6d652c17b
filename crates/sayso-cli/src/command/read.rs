//! `sayso read`: articles in, ledgers out, in the order given.

use super::Command;
use super::reading::{self, Ending};
use crate::args::{self, Reading};
use crate::export::spared::Spared;
use crate::export::writing::{self, Count, Output, Writing};
use crate::export::{EXPORTERS, Exporter, Inputs, Manner, Provenance};
use crate::inputs::Input;
use crate::{Outcome, remark};
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use sayso::Models;
use sayso::article::Article;
use sayso::ledger::Ledger;
use sayso_acquire::Document;
use std::io;

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

The file of -o is written beside its place and gets its name when it is whole. It may be no input, nor in a folder that is read.

Exit status: 0 all inputs were read, 1 some were not (the others are printed all the same), 2 wrong arguments.";

/// What is to be done.
struct Config {
    reading: Reading,
    exporter: &'static Exporter,
    /// Statements below it are left out.
    min_confidence: Option<f64>,
    output: Output,
    manner: Manner,
}

impl Config {
    /// Checks what clap cannot know.
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let reading = Reading::of(matches)?;
        let inputs = &reading.inputs;
        let exporter = args::named(matches, "format", EXPORTERS, |exporter| exporter.name);
        let name = exporter.name;
        let count =
            if inputs.len() > 1 || inputs.iter().any(Input::is_folder) { Count::Many } else { Count::One };
        let output = Output::of(matches, exporter, count, || Spared::inputs(inputs))?;
        if let (Output::Stdout, Inputs::One { instead }) = (&output, exporter.inputs)
            && inputs.len() > 1
        {
            return Err(format!(
                "--format {name} is for one article, but {} were given; expected {instead}",
                inputs.len()
            ));
        }
        let mut look = args::look_of(matches);
        look.explain = matches.get_flag("explain");
        let manner = output.plain(Manner { look, codebook: None, asked: None, rejected: 0 });
        let min_confidence = matches.get_one("min-confidence").copied();
        if let Some(least) = min_confidence.filter(|least| !(0.0..=1.0).contains(least)) {
            return Err(format!("--min-confidence {least}: expected a number from 0 to 1"));
        }
        Ok(Self { reading, exporter, min_confidence, output, manner })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let formats = EXPORTERS.iter().map(|exporter| PossibleValue::new(exporter.name).help(exporter.about));
    command
        .arg(args::articles())
        .arg(args::fetch())
        .arg(args::format("table", formats))
        .arg(writing::argument())
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
    Ledger(Box<Ledger>),
    Failed { id: String, why: String },
}

fn run(config: &Config) -> Outcome {
    super::written(write(config))
}

fn write(config: &Config) -> io::Result<Outcome> {
    let of_article = |_: Document, article: Article, models: &Models| {
        let mut ledger = reading::ledger(&article, models);
        if let Some(least) = config.min_confidence {
            ledger.leave_out_below(least);
        }
        Read::Ledger(Box::new(ledger))
    };
    let of_failure = |id: &str, why: &str| Read::Failed { id: id.to_owned(), why: why.to_owned() };
    let from = Provenance {
        article: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        weights: sayso::weights(config.reading.tier),
    };
    let mut writing = Writing::begin(config.exporter, config.manner.clone(), &config.output)?;
    let outcome = reading::each(
        &config.reading,
        Ending::AtOnce,
        |_| None,
        of_article,
        of_failure,
        |reads| {
            reads.into_iter().try_for_each(|read| match read {
                Read::Ledger(ledger) => writing.one(&ledger, &from),
                Read::Failed { id, why } => writing.failed(&id, &why),
            })
        },
    );
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(error) => return Ok(super::unfinished(&writing, super::written(Err(error)))),
    };
    for left_out in writing.end()? {
        remark(&left_out);
    }
    Ok(outcome)
}
