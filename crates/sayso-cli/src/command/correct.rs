//! `sayso correct`: what somebody says of a statement, or of many.

use super::Command;
use crate::export::words;
use crate::{Outcome, args, complain, inputs, remark, reviewer, shown};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, value_parser};
use sayso::ledger::Statement;
use sayso::lexicon::Act;
use sayso_store::{Correction, Day, Edit, Picked, Speaker, Store, StoreError, What};
use serde::Deserialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

pub(super) const COMMAND: Command = Command {
    name: "correct",
    about: "Say that a statement is right, or wrong, or what is right instead",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso correct 12 --accept                      as it is, it is right
  sayso correct 12 --reject --why 'a headline'   it is no statement; it is kept, and not found any more
  sayso correct 12 --speaker 'Ilse Maron'        a source of the article, or a name that stands in it
  sayso correct 12 --speaker unknown --why-unknown 'two people are called Maron'
  sayso correct 12 --act deny --negated no
  sayso correct 12 --content 'the quay would stay shut // the crane'   words of the article; ` // ` between those apart
  sayso correct 12 --content @120-152            code points of the article
  sayso correct 12 --said-on 2024-05-17 --said-on-words 'on Friday'
  sayso correct 12 --target none
  sayso correct 12 --undo                        your last word on it does not count
  sayso correct --undo --correction 7            nor does this one, which `sayso review --orphans` shows
  sayso correct --from corrections.jsonl         one a line:
    {\"statement\": 12, \"do\": \"accept\"}
    {\"statement\": 13, \"speaker\": \"Ilse Maron\", \"act\": \"deny\", \"why\": \"see the first paragraph\"}

`sayso find` shows the numbers. Whatever is said is kept in a log; nothing in it is changed or lost, and what is read anew is corrected again
where words and place are the same.

Exit status: 0 all is done, 1 some corrections were refused (the others are made all the same), 2 wrong arguments.";

/// What is to be done.
struct Config {
    library: PathBuf,
    reviewer: String,
    asked: Asked,
}

enum Asked {
    One {
        statement: i64,
        what: What,
        why: Option<String>,
    },
    /// Each line of a file; `-` is standard input.
    From(PathBuf),
    /// Taking one correction back.
    TakeBack(i64),
}

/// One correction, as an argument or a line of JSON says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    statement: i64,
    r#do: Option<Do>,
    reviewer: Option<String>,
    why: Option<String>,
    speaker: Option<String>,
    why_unknown: Option<String>,
    act: Option<Act>,
    negated: Option<bool>,
    source: Option<String>,
    cue: Option<String>,
    content: Option<String>,
    said_on: Option<String>,
    said_on_words: Option<String>,
    target: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Do {
    Accept,
    Reject,
    Edit,
    Undo,
}

/// The options that change a field.
const FIELDS: [&str; 10] = [
    "speaker",
    "why-unknown",
    "act",
    "negated",
    "source",
    "cue",
    "content",
    "said-on",
    "said-on-words",
    "target",
];

fn arguments(command: clap::Command) -> clap::Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help).conflicts_with_all(FIELDS)
    };
    command
        .arg(Arg::new("number").value_name("NUMBER").value_parser(value_parser!(i64)).help("Which statement"))
        .arg(flag("accept", "It is right as it is"))
        .arg(flag("reject", "It is no statement"))
        .arg(flag("undo", "What you said of it last does not count"))
        .arg(option(
            "speaker",
            "NAME",
            "Who speaks: a source of the article by name or id, a name in it, or `unknown`",
        ))
        .arg(option("why-unknown", "WHY", "Why nobody is known to speak").requires("speaker"))
        .arg(
            option("act", "ACT", "What it does")
                .value_parser(PossibleValuesParser::new(Act::ALL.map(Act::name))),
        )
        .arg(option("negated", "YES|NO", "Whether its cue is negated").value_parser(["yes", "no"]))
        .arg(option(
            "content",
            "WORDS",
            "The words that are said, as they stand in the article, or @START-END",
        ))
        .arg(option("cue", "WORDS", "The words that attribute, or `none`"))
        .arg(option("source", "WORDS", "The words that name the speaker, or `none`"))
        .arg(option("said-on", "DATE", "When it was said (EDTF: 2021, 2021-11, 2021-11-09), or `unknown`"))
        .arg(option("said-on-words", "WORDS", "The words that say so").requires("said-on"))
        .arg(option("target", "NAME", "Whom it is about: a source, a name in the article, or `none`"))
        .arg(option("why", "WHY", "Why, for those who read the log"))
        .arg(
            option("correction", "N", "The correction that --undo takes back")
                .value_parser(value_parser!(i64))
                .requires("undo")
                .conflicts_with("number"),
        )
        .arg(
            option("from", "FILE", "Corrections in JSON Lines; `-` is standard input")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["number", "accept", "reject", "undo", "why"])
                .conflicts_with_all(FIELDS),
        )
        .group(ArgGroup::new("which").args(["number", "correction", "from"]).required(true))
        .group(ArgGroup::new("whole").args(["accept", "reject", "undo"]))
        .arg(reviewer::argument())
        .arg(args::library())
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let (library, reviewer) = (args::library_of(matches)?, reviewer::of(matches)?);
        let asked = if let Some(path) = matches.get_one::<PathBuf>("from") {
            Asked::From(path.clone())
        } else if let Some(correction) = matches.get_one::<i64>("correction") {
            Asked::TakeBack(*correction)
        } else {
            let line = Line::of(matches);
            let statement = line.statement;
            let (what, why) = line.what().map_err(|why| format!("statement {statement}: {why}"))?;
            Asked::One { statement, what, why }
        };
        Ok(Self { library, reviewer, asked })
    }
}

impl Line {
    fn of(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let whole = [("accept", Do::Accept), ("reject", Do::Reject), ("undo", Do::Undo)];
        let act = text("act").and_then(|name| Act::ALL.into_iter().find(|act| act.name() == name));
        Self {
            statement: *matches.get_one("number").expect("clap requires one"),
            r#do: whole.into_iter().find(|(name, _)| matches.get_flag(name)).map(|(_, what)| what),
            reviewer: None,
            why: text("why"),
            speaker: text("speaker"),
            why_unknown: text("why-unknown"),
            act,
            negated: text("negated").map(|negated| negated == "yes"),
            source: text("source"),
            cue: text("cue"),
            content: text("content"),
            said_on: text("said-on"),
            said_on_words: text("said-on-words"),
            target: text("target"),
        }
    }

    /// What is said, and why.
    fn what(self) -> Result<(What, Option<String>), String> {
        let is_unknown = |value: &Option<String>| value.as_ref().map(|value| value.trim() == UNKNOWN);
        if self.why_unknown.is_some() && is_unknown(&self.speaker) != Some(true) {
            return Err("it says why nobody is known to speak, of a speaker who is known; expected the speaker `unknown` \
                beside it"
                .to_owned());
        }
        if self.said_on_words.is_some() && is_unknown(&self.said_on) != Some(false) {
            return Err(
                "it has the words that say when, and no date; expected the date beside them".to_owned()
            );
        }
        let edit = Edit {
            speaker: self.speaker.map(|name| match name.trim() {
                UNKNOWN => Speaker::Unknown(self.why_unknown),
                name => Speaker::Named(name.to_owned()),
            }),
            act: self.act,
            negated: self.negated,
            source: self.source,
            cue: self.cue,
            content: self.content,
            said_on: self.said_on.map(|day| match day.trim() {
                UNKNOWN => Day::Unknown,
                day => Day::On(day.to_owned(), self.said_on_words),
            }),
            target: self.target,
        };
        let is_edit = edit != Edit::default();
        match (self.r#do, is_edit) {
            (None | Some(Do::Edit), true) => Ok((What::Edit(Box::new(edit)), self.why)),
            (Some(Do::Accept), false) => Ok((What::Accept, self.why)),
            (Some(Do::Reject), false) => Ok((What::Reject, self.why)),
            (Some(Do::Undo), false) => Ok((What::Undo, self.why)),
            (None | Some(Do::Edit), false) => {
                Err("nothing is said of it; expected accept, reject, undo, or a field with its value"
                    .to_owned())
            }
            (Some(Do::Accept | Do::Reject | Do::Undo), true) => {
                Err("it changes fields beside accepting, rejecting or undoing; expected one of them"
                    .to_owned())
            }
        }
    }
}

/// What stands for nobody and no day.
const UNKNOWN: &str = "unknown";

fn run(config: &Config) -> Outcome {
    match Store::open_existing(&config.library) {
        Ok(mut store) => super::written(correct(config, &mut store)),
        Err(error) => super::stopped(&error),
    }
}

fn correct(config: &Config, store: &mut Store) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    match &config.asked {
        Asked::One { statement, what, why } => {
            let corrected = say(store, &config.reviewer, *statement, what, why.as_deref());
            match corrected {
                Ok(record) => writeln!(out, "{}", told(*statement, &record)).map(|()| Outcome::AllRead),
                Err(error) => Ok(super::stopped(&error)),
            }
        }
        Asked::TakeBack(correction) => match store.take_back(*correction, &config.reviewer, &inputs::now()) {
            Ok(()) => writeln!(out, "correction {correction} taken back").map(|()| Outcome::AllRead),
            Err(error) => Ok(super::stopped(&error)),
        },
        Asked::From(path) => from(store, &config.reviewer, path, &mut out),
    }
}

/// Every line of a file; one that is refused does not stop the others.
fn from(store: &mut Store, reviewer: &str, path: &Path, out: &mut impl Write) -> io::Result<Outcome> {
    let lines: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => {
                return Ok(super::stopped(&format!(
                    "{}: {error}; expected a file of corrections",
                    path.display()
                )));
            }
        }
    };
    let (mut made, mut refused) = (0, 0);
    for (at, line) in lines.lines().enumerate() {
        let line = line.map_err(|error| error.to_string());
        if line.as_ref().is_ok_and(|line| line.trim().is_empty()) {
            continue;
        }
        match line.and_then(|line| one(store, reviewer, &line)) {
            Ok(told) => {
                made += 1;
                writeln!(out, "{told}")?;
            }
            Err(why) => {
                refused += 1;
                complain(&format!("{} line {}: {why}", path.display(), at + 1));
            }
        }
    }
    if made + refused == 0 {
        remark("no corrections were given");
    }
    writeln!(out, "{made} made, {refused} refused")?;
    Ok(if refused == 0 { Outcome::AllRead } else { Outcome::Failed })
}

fn one(store: &mut Store, reviewer: &str, line: &str) -> Result<String, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| {
        format!("{error}; expected a correction: {{\"statement\": 12, \"do\": \"accept\"}}")
    })?;
    let statement = line.statement;
    let reviewer = line.reviewer.clone().unwrap_or_else(|| reviewer.to_owned());
    let (what, why) = line.what().map_err(|why| format!("statement {statement}: {why}"))?;
    let record =
        say(store, &reviewer, statement, &what, why.as_deref()).map_err(|error| error.to_string())?;
    Ok(told(statement, &record))
}

fn say(
    store: &mut Store,
    reviewer: &str,
    statement: i64,
    what: &What,
    why: Option<&str>,
) -> Result<Statement, StoreError> {
    let at = inputs::now();
    let correction =
        Correction { statement, reviewer, at: &at, picked: Picked::Asked, why, seen: None, what };
    store.correct(&correction).map(|corrected| corrected.statement)
}

/// What is now said of a statement.
fn told(number: i64, record: &Statement) -> String {
    let verdict = words::review(record).unwrap_or_else(|| "as it was read".to_owned());
    shown::line(&format!("statement {number}: {verdict}"))
}
