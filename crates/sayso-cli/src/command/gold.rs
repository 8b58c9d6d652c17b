//! `sayso gold`: reviewed articles as evaluation data.

mod rows;

use super::Command;
use crate::export::words;
use crate::{Outcome, args, remark};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use sayso::ledger::{Ledger, Pair, Statement};
use sayso_store::{Finished, Store};
use serde_json::json;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) const COMMAND: Command = Command {
    name: "gold",
    about: "Make evaluation data of articles whose every statement was reviewed",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso gold export -o gold/
  sayso gold export -o gold/ --with-text

`gold export` takes the articles of which every statement was reviewed, as reviewers left them. The folder gets

  articles/NAME.jsonl   an article, its sources and its statements, one a line: offsets in code points, hashes, no text
  articles/NAME.txt     with --with-text, its text, which belongs to its publisher
  gold.jsonl            source, cue and content of every statement, an article a line; with --with-text the text as well
  read.jsonl            the same as the program read them, so that a scorer can hold one against the other
  written.json          the names of these files, which the next export into this folder removes first

An article is left out, and named, while a statement in it was given another speaker and its source words still name the one before.
Reviewers see what was read, so what was overlooked is missing here too: recall on these data says nothing.";

/// What is to be done.
struct Config {
    library: PathBuf,
    folder: PathBuf,
    texts: Texts,
}

/// What becomes of the articles' texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Texts {
    Left,
    Written,
}

fn arguments(command: clap::Command) -> clap::Command {
    let export = clap::Command::new("export")
        .about("Write the articles whose every statement was reviewed into a folder")
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("FOLDER")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The folder, which is made if there is none"),
        )
        .arg(
            Arg::new("with-text")
                .long("with-text")
                .action(ArgAction::SetTrue)
                .help("Write the articles' texts as well"),
        )
        .arg(args::library())
        .after_help(EXAMPLES);
    command.subcommand_required(true).arg_required_else_help(true).subcommand(export)
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let Some(("export", matches)) = matches.subcommand() else {
            return Err("gold: expected `sayso gold export -o FOLDER`".to_owned());
        };
        Ok(Self {
            library: args::library_of(matches)?,
            folder: matches.get_one::<PathBuf>("output").cloned().expect("clap requires it"),
            texts: if matches.get_flag("with-text") { Texts::Written } else { Texts::Left },
        })
    }
}

fn run(config: &Config) -> Outcome {
    let mut finished = match Store::read(&config.library).and_then(|reader| reader.finished()) {
        Ok(finished) => finished,
        Err(error) => return super::stopped(&error),
    };
    finished.retain(|one| {
        let wrong = one.reviewed.statements.iter().find(|statement| names_another(one, statement));
        if let Some(wrong) = wrong {
            let who = wrong.speaker_name.as_deref().unwrap_or_default();
            remark(&format!(
                "{}: left out, since {who} now says {:?} and its source words name somebody else; `sayso correct NUMBER --source WORDS` says which words name the speaker",
                one.reviewed.document.id, wrong.quote
            ));
        }
        wrong.is_none()
    });
    if finished.is_empty() {
        if let Err(error) = clear(&config.folder) {
            return super::stopped(&unwritable(config, &error));
        }
        remark("no article is reviewed to its end; `sayso review --article N` goes through one");
        return Outcome::AllRead;
    }
    if let Err(error) = export(config, &finished) {
        return super::stopped(&unwritable(config, &error));
    }
    let statements = finished.iter().map(|one| one.reviewed.statements.len()).sum();
    let (articles, statements) =
        (words::count(finished.len(), "article"), words::count(statements, "statement"));
    let line = format!("{articles}, {statements}: {}", config.folder.display());
    super::written(writeln!(io::stdout().lock(), "{}", crate::shown::line(&line)).map(|()| Outcome::AllRead))
}

/// Whether a reviewer gave a statement another speaker, and left the words that named the one before.
fn names_another(one: &Finished, now: &Statement) -> bool {
    let Some(speaker) = now.speaker.as_ref() else { return false };
    let read = one.read.statements.iter().find(|read| read.id == now.id);
    let is_moved =
        read.is_some_and(|read| read.speaker != now.speaker && read.spans.source == now.spans.source);
    let source = one.reviewed.sources.iter().find(|source| source.id == *speaker);
    let is_mention = |span: &Pair| {
        let mentions = source.into_iter().flat_map(|source| &source.mentions);
        mentions.into_iter().any(|mention| mention[0] < span[1] && span[0] < mention[1])
    };
    is_moved && !now.spans.source.is_empty() && !now.spans.source.iter().any(is_mention)
}

fn unwritable(config: &Config, error: &io::Error) -> String {
    format!("{}: {error}; expected a folder that can be written", config.folder.display())
}

/// The files of an export, which the next one into the same folder takes away.
const WRITTEN: &str = "written.json";

/// Removes what an earlier export wrote there, and nothing else: an article may have left the gold since then.
fn clear(folder: &Path) -> io::Result<()> {
    let list = match std::fs::read_to_string(folder.join(WRITTEN)) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let names: Vec<String> = serde_json::from_str(&list)?;
    for name in &names {
        let own = Path::new(name).file_name().is_some_and(|last| {
            name == "gold.jsonl"
                || name == "read.jsonl"
                || Path::new("articles").join(last) == Path::new(name)
        });
        if !own {
            let why = format!("{WRITTEN} names {name}; expected files of an export");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    std::fs::remove_file(folder.join(WRITTEN))
}

fn export(config: &Config, finished: &[Finished]) -> io::Result<()> {
    let articles = config.folder.join("articles");
    std::fs::create_dir_all(&articles)?;
    clear(&config.folder)?;
    let mut names = vec!["gold.jsonl".to_owned(), "read.jsonl".to_owned()];
    for name in finished.iter().map(name) {
        names.push(format!("articles/{name}.jsonl"));
        if config.texts == Texts::Written {
            names.push(format!("articles/{name}.txt"));
        }
    }
    // first, so that one that is stopped is cleared as well
    std::fs::write(config.folder.join(WRITTEN), format!("{}\n", json!(names)))?;
    let (mut gold, mut read) = (String::new(), String::new());
    for one in finished {
        let name = name(one);
        let rows = rows::of(&one.reviewed, &name);
        std::fs::write(articles.join(format!("{name}.jsonl")), rows)?;
        if config.texts == Texts::Written {
            std::fs::write(articles.join(format!("{name}.txt")), &one.reviewed.document.text)?;
        }
        gold += &attributions(&one.reviewed, config.texts);
        read += &attributions(&one.read, Texts::Left);
    }
    std::fs::write(config.folder.join("gold.jsonl"), gold)?;
    std::fs::write(config.folder.join("read.jsonl"), read)
}

/// A file name that tells articles apart and still says which one it is.
fn name(one: &Finished) -> String {
    let document = &one.reviewed.document;
    let stem = Path::new(&document.id).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let words: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).take(6).collect();
    let words: String = words.join("-").chars().take(60).collect();
    if words.is_empty() { format!("article-{}", one.article) } else { format!("{words}-{}", one.article) }
}

/// A line as scorers of attributions read it.
fn attributions(ledger: &Ledger, texts: Texts) -> String {
    let spans = |one: &Statement| json!({ "source": one.spans.source, "cue": one.spans.cue, "content": one.spans.content });
    let attributions: Vec<_> = ledger.statements.iter().map(spans).collect();
    let document = &ledger.document;
    let mut line = json!({ "id": document.id, "sha256": document.sha256, "attributions": attributions });
    if texts == Texts::Written {
        line["text"] = json!(document.text);
    }
    format!("{line}\n")
}
