//! The arguments as they are typed.

use crate::command::article::SHOWINGS;
use crate::command::find::LISTINGS;
use crate::command::inspect::STAGES;
use crate::command::take_pages;
use crate::export::EXPORTERS;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, Command, value_parser};
use sayso::Tier;
use sayso::lexicon::Act;
use std::path::PathBuf;

const ABOUT: &str = "Who said what: reads news articles and prints the ledger of their attributed statements";

const READ_EXAMPLES: &str = "\
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

const ADD_EXAMPLES: &str = "\
Examples:
  sayso add article.txt --published 2021-11-09   one article
  sayso add pages/ archive.warc.gz               all that folders and archives hold
  sayso add https://example.org/news --fetch     an article, or a feed, by its address
  sayso add pages/ --library harbour.db          into a library of its own

What is in the library already is left as it is; an article that another version of sayso or another tier read is read anew, and
its statements keep their numbers. What cannot be read is kept as a dead letter, which `sayso check` shows.

Exit status: 0 all inputs were read, 1 some were not or the library could not be written, 2 wrong arguments.";

const FIND_EXAMPLES: &str = "\
Examples:
  sayso find crane quay                          statements with both words
  sayso find '\"stay shut\" harb*'               a phrase, and a word that starts so
  sayso find --speaker Maron --act deny          what somebody denied
  sayso find crane --since 2024-05 --until 2024-06-15
  sayso find quay --format jsonl | jq .statement.quote

Case and accents do not count. A statement's day is that of the saying, else that of the article, which is shown as `by`.";

const CHECK_EXAMPLES: &str = "\
Examples:
  sayso check
  sayso check --library harbour.db

Every quote is sliced from its article again and every original hashed. Exit status: 0 all is as it was written, 1 it is not.";

const ARTICLE_EXAMPLES: &str = "\
Examples:
  sayso article page.html                     what each block is, and what is known about the article
  sayso article page.html --format markdown   the article alone
  sayso article pages.jsonl --format json     text, blocks and what is known, an article a line
  sayso article https://example.org/news --fetch

Titles, standfirsts, paragraphs, lists and corrections are looked through for statements; headings, captions,
credits and boilerplate are kept and not read.";

const INSPECT_EXAMPLES: &str = "\
Examples:
  sayso inspect --stage tokens article.txt        words with their tags and lemmas
  sayso inspect --stage syntax article.txt        heads, dependencies and names
  echo 'She said no.' | sayso inspect --stage attribution -";

/// The command line.
pub(crate) fn command() -> Command {
    Command::new("sayso")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help("Example:\n  sayso read article.txt\n\n`sayso help COMMAND` shows more of them.")
        .subcommand(read())
        .subcommand(add())
        .subcommand(find())
        .subcommand(check())
        .subcommand(article())
        .subcommand(inspect())
        .subcommand(Command::new(take_pages::NAME).hide(true))
        .subcommand(
            Command::new("completions")
                .about("Print completions for a shell")
                .arg(
                    Arg::new("shell")
                        .value_name("SHELL")
                        .required(true)
                        .value_parser(value_parser!(clap_complete::Shell)),
                )
                .after_help(
                    "Example:\n  sayso completions bash > ~/.local/share/bash-completion/completions/sayso",
                ),
        )
}

fn read() -> Command {
    let formats = EXPORTERS.iter().map(|exporter| PossibleValue::new(exporter.name).help(exporter.about));
    Command::new("read")
        .about("Read articles and print who said what in them")
        .arg(articles())
        .arg(fetch())
        .arg(format("table", formats))
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
        .arg(published())
        .arg(tier())
        .arg(color())
        .after_help(READ_EXAMPLES)
}

fn add() -> Command {
    Command::new("add")
        .about("Read articles into the library, each once")
        .arg(articles())
        .arg(library())
        .arg(fetch())
        .arg(published())
        .arg(tier())
        .after_help(ADD_EXAMPLES)
}

fn find() -> Command {
    let listings = LISTINGS.iter().map(|listing| PossibleValue::new(listing.name).help(listing.about));
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("find")
        .about("Find statements in the library, the newest first")
        .arg(
            Arg::new("words").value_name("WORDS").num_args(0..).help(
                "Words of the quote; a phrase between quotation marks, the beginning of a word before *",
            ),
        )
        .arg(library())
        .arg(option("speaker", "NAME", "Words of the speaker's name"))
        .arg(
            option("act", "ACT", "What the statement does")
                .value_parser(PossibleValuesParser::new(Act::ALL.map(Act::name))),
        )
        .arg(option("target", "NAME", "Words of the name of whom it is about"))
        .arg(option("outlet", "NAME", "Where the article appeared"))
        .arg(option("since", "DATE", "Said on this day or later (EDTF: 2021, 2021-11, 2021-11-09)"))
        .arg(option("until", "DATE", "Said on this day or before"))
        .arg(option("via", "NAME", "The outlet that the words were said to"))
        .arg(option("kind", "KIND", "Said, or believed and intended").value_parser(["speech", "thought"]))
        .arg(option("limit", "N", "How many at most [default: 50]").value_parser(value_parser!(usize)))
        .arg(format("text", listings))
        .arg(color())
        .after_help(FIND_EXAMPLES)
}

fn check() -> Command {
    Command::new("check")
        .about("Check that the library is what was written, and show what could not be read")
        .arg(library())
        .after_help(CHECK_EXAMPLES)
}

fn library() -> Arg {
    Arg::new("library")
        .long("library")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("The library's file; else $SAYSO_LIBRARY, else sayso/library.db in the folder for data (XDG_DATA_HOME, ~/.local/share)")
}

fn article() -> Command {
    let showings = SHOWINGS.iter().map(|showing| PossibleValue::new(showing.name).help(showing.about));
    Command::new("article")
        .about("Show the cleaned articles: their blocks and what is known about them")
        .arg(articles())
        .arg(fetch())
        .arg(format("text", showings))
        .arg(published())
        .arg(color())
        .after_help(ARTICLE_EXAMPLES)
}

fn inspect() -> Command {
    let stages = STAGES.iter().map(|stage| PossibleValue::new(stage.name).help(stage.about));
    Command::new("inspect")
        .about("Show what one stage makes of an article, as a chart")
        .arg(files())
        .arg(
            Arg::new("stage")
                .long("stage")
                .short('s')
                .value_name("STAGE")
                .required(true)
                .value_parser(PossibleValuesParser::new(stages))
                .help("Which stage"),
        )
        .arg(tier())
        .arg(color())
        .after_help(INSPECT_EXAMPLES)
}

fn format(default: &'static str, formats: impl Iterator<Item = PossibleValue>) -> Arg {
    Arg::new("format")
        .long("format")
        .short('f')
        .value_name("FORMAT")
        .default_value(default)
        .value_parser(PossibleValuesParser::new(formats))
        .help("How to print it")
}

fn files() -> Arg {
    Arg::new("files")
        .value_name("FILE")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Article to read; `-` is standard input")
}

fn articles() -> Arg {
    files()
        .num_args(1..)
        .help("Articles to read: files, folders, `-` for standard input, or addresses with --fetch")
}

fn fetch() -> Arg {
    Arg::new("fetch")
        .long("fetch")
        .action(ArgAction::SetTrue)
        .help("Fetch the articles that are addresses (https://...); without it nothing is fetched")
}

fn published() -> Arg {
    Arg::new("published")
        .long("published")
        .value_name("DATE")
        .help("When the articles were published (EDTF: 2021, 2021-11, 2021-11-09, 2021-11~)")
}

fn tier() -> Arg {
    Arg::new("tier")
        .long("tier")
        .value_name("TIER")
        .default_value(Tier::default().name())
        .value_parser(PossibleValuesParser::new(Tier::ALL.map(Tier::name)))
        .help("How much work goes into each article; `fast` takes a sixth of the time and finds less")
}

fn color() -> Arg {
    Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .default_value("auto")
        .value_parser(["auto", "always", "never"])
        .help("Colours: `auto` is on a terminal unless NO_COLOR is set")
}
