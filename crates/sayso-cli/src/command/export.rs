//! `sayso export`: articles of the library, in every format that `read` prints.

use super::Command;
use crate::export::codebook::Codebook;
use crate::export::fields::FIELDS;
use crate::export::spared::Spared;
use crate::export::words;
use crate::export::writing::{self, Count, Output, Writing};
use crate::export::{EXPORTERS, Exporter, Manner, Provenance};
use crate::{Outcome, remark};
use crate::{args, filters};
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, value_parser};
use sayso::ledger::Verdict;
use sayso_store::{Query, Reader, Reviewed, Store, StoreError};
use std::io;
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "export",
    about: "Write articles of the library, or what is asked for of them, in any format",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso export --format csv -o all.csv              every statement of the library, a row each
  sayso export --format csv --codebook acled.toml   a coding sheet of your own
  sayso export crane --speaker Maron --format markdown -o maron.md
  sayso export --act accuse --since 2024-05 --format plover > events.jsonl
  sayso export --format brat -o annotations/        a file for each article

Without words or filters everything is written; with them the statements that are found, with the sources that they name, and a note in
each ledger says so. What a reviewer rejected is left out, and how many that are is said; --review all writes it too, with the verdict, but
for markdown, plover and jsonld, which never repeat it.
The file of -o is written beside its place and gets its name when it is whole: an export that fails leaves the one from before.
docs/export.md says what each format holds, and how a codebook is written; `sayso export --fields` lists what its columns can be.

Exit status: 0 all was written, 1 the library could not be read or the output not written, 2 wrong arguments.";

/// What is to be done.
enum Config {
    /// The fields of a codebook are listed.
    Fields,
    Export(Box<Export>),
}

struct Export {
    query: Query,
    library: PathBuf,
    exporter: &'static Exporter,
    manner: Manner,
    output: Output,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        if matches.get_flag("fields") {
            return Ok(Self::Fields);
        }
        let query = filters::query_of(matches, Query::NO_LIMIT)?;
        let exporter = args::named(matches, "format", EXPORTERS, |exporter| exporter.name);
        let library = args::library_of(matches)?;
        let book = matches.get_one::<PathBuf>("codebook");
        let spared = || Spared::library(&library, book.map(PathBuf::as_path));
        let output = Output::of(matches, exporter, Count::Many, spared)?;
        let codebook = book.map(|path| {
            if exporter.name != "csv" {
                let name = exporter.name;
                return Err(format!(
                    "--codebook is for --format csv, not {name}; expected one without the other"
                ));
            }
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("--codebook {name}: {error}; expected a file in TOML"))?;
            Codebook::parse(&name, &text).map_err(|wrong| format!("--codebook {wrong}"))
        });
        let manner = Manner {
            look: args::look_of(matches),
            codebook: codebook.transpose()?,
            asked: Some(filters::in_words(&query)),
            rejected: 0,
        };
        let manner = output.plain(manner);
        Ok(Self::Export(Box::new(Export { query, library, exporter, manner, output })))
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let formats = EXPORTERS.iter().map(|exporter| PossibleValue::new(exporter.name).help(exporter.about));
    command
        .args(filters::arguments())
        .arg(args::library())
        .arg(args::format("jsonl", formats))
        .arg(writing::argument())
        .arg(
            Arg::new("codebook")
                .long("codebook")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Which columns the table (--format csv) has, under which names, written how (TOML)"),
        )
        .arg(
            Arg::new("fields")
                .long("fields")
                .action(clap::ArgAction::SetTrue)
                .help("List what the columns of a codebook can be, and stop"),
        )
        .arg(args::color())
}

fn run(config: &Config) -> Outcome {
    match config {
        Config::Fields => super::written(fields()),
        Config::Export(export) => match write(export) {
            Ok(outcome) => outcome,
            Err(error) => super::stopped(&error),
        },
    }
}

fn fields() -> io::Result<Outcome> {
    use io::Write;
    let mut out = io::stdout().lock();
    for field in FIELDS {
        let words =
            if field.words.is_empty() { String::new() } else { format!(": {}", field.words.join(", ")) };
        writeln!(out, "{:20}  {}{words}", field.name, field.about)?;
    }
    Ok(Outcome::AllRead)
}

fn write(export: &Export) -> Result<Outcome, StoreError> {
    let reader = Store::read(&export.library)?;
    // a query that is wrong, or a library that cannot be read, leaves the file from before as it is
    let articles = reader.ledgers(&export.query)?;
    let rejected = rejected(&reader, &export.query)?;
    let manner = Manner { rejected, ..export.manner.clone() };
    let mut writing = match Writing::begin(export.exporter, manner, &export.output) {
        Ok(writing) => writing,
        Err(error) => return Ok(super::written(Err(error))),
    };
    let mut is_empty = true;
    for kept in articles {
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => return Ok(super::unfinished(&writing, super::stopped(&error))),
        };
        is_empty = false;
        let from = Provenance { article: Some(kept.article), version: kept.version, weights: kept.weights };
        if let Err(error) = writing.one(&kept.ledger, &from) {
            return Ok(super::unfinished(&writing, super::written(Err(error))));
        }
    }
    if is_empty {
        remark("nothing was found");
    }
    if rejected > 0 {
        remark(&format!("left out: {} that a reviewer rejected", words::count(rejected, "statement")));
    }
    Ok(super::written(writing.end().map(|left_out| {
        left_out.iter().for_each(|left_out| remark(left_out));
        Outcome::AllRead
    })))
}

/// How many statements that are asked for are left out because reviewers rejected them.
fn rejected(reader: &Reader, query: &Query) -> Result<usize, StoreError> {
    match query.review {
        Reviewed::Kept => {
            let rejected = Reviewed::As(Verdict::Rejected);
            let query = Query { review: rejected, limit: Query::NO_LIMIT, ..query.clone() };
            reader.find(&query).map(|found| found.len())
        }
        Reviewed::Any | Reviewed::Not | Reviewed::As(_) => Ok(0),
    }
}
