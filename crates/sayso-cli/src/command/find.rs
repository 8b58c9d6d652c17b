//! `sayso find`: statements of the library, the newest first.

use super::Command;
use crate::export::words;
use crate::shown::{self, ACT, FAINT, Look, NAME, STRONG, WORDS};
use crate::{Outcome, remark};
use crate::{args, filters};
use clap::ArgMatches;
use clap::builder::PossibleValue;
use sayso::ledger::Pair;
use sayso_store::{Found, Query, Store};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "find",
    about: "Find statements in the library, the newest first",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso find crane quay                          statements with both words
  sayso find '\"stay shut\" harb*'               a phrase, and a word that starts so
  sayso find --speaker Maron --act deny          what somebody denied
  sayso find crane --since 2024-05 --until 2024-06-15
  sayso find quay --format jsonl | jq .statement.quote

Case and accents do not count. A statement's day is that of the saying, else that of the article, which is shown as `by`.";

/// What is to be done.
struct Config {
    query: Query,
    library: PathBuf,
    listing: &'static Listing,
    look: Look,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        Ok(Self {
            query: filters::query_of(matches, USUAL_LIMIT)?,
            library: args::library_of(matches)?,
            listing: args::named(matches, "format", LISTINGS, |listing| listing.name),
            look: args::look_of(matches),
        })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let listings = LISTINGS.iter().map(|listing| PossibleValue::new(listing.name).help(listing.about));
    command
        .args(filters::arguments())
        .arg(args::library())
        .arg(args::format("text", listings))
        .arg(args::color())
}

/// A way to print what is found.
struct Listing {
    name: &'static str,
    about: &'static str,
    between: &'static str,
    one: fn(&Found, &Look) -> String,
}

static LISTINGS: &[Listing] = &[
    Listing { name: "text", about: "a paragraph for each statement", between: "\n", one: text },
    Listing {
        name: "jsonl",
        about: "a record a line, with what is known of its article",
        between: "",
        one: json,
    },
];

/// How many are shown where nobody says otherwise.
const USUAL_LIMIT: usize = Query::USUAL_LIMIT;

/// Columns before the words.
const INDENT: usize = 2;

fn run(config: &Config) -> Outcome {
    let found = match Store::read(&config.library).and_then(|reader| reader.find(&config.query)) {
        Ok(found) => found,
        Err(error) => return super::stopped(&error),
    };
    if found.is_empty() {
        remark("nothing was found");
    }
    super::written(print(config, &found).map(|()| Outcome::AllRead))
}

fn print(config: &Config, found: &[Found]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, one) in found.iter().enumerate() {
        if at > 0 {
            out.write_all(config.listing.between.as_bytes())?;
        }
        out.write_all((config.listing.one)(one, &config.look).as_bytes())?;
    }
    out.flush()
}

fn json(found: &Found, _: &Look) -> String {
    let line = serde_json::to_string(found).expect("a record has string keys and finite numbers");
    format!("{line}\n")
}

/// Day, speaker, act and number; the words; what reviewers said; outlet and title.
fn text(found: &Found, look: &Look) -> String {
    let statement = &found.statement;
    let said = statement.said_on.as_ref().map(|said| shown::line(&said.edtf));
    let day = said.or_else(|| found.published.as_ref().map(|day| format!("by {}", shown::line(day))));
    let speaker = statement.speaker_name.as_deref().map_or("unknown speaker".to_owned(), shown::line);
    let mut lines = vec![format!(
        "{}  {}  {}  {}",
        look.paint(FAINT, &day.unwrap_or_else(|| "no day".to_owned())),
        look.paint(NAME, &speaker),
        look.paint(ACT, &words::act(statement)),
        look.paint(FAINT, &format!("statement {}", found.number)),
    )];
    lines.extend(emphasised(&statement.quote, &found.marks, look));
    lines.extend(words::review(statement).map(|said| format!("{:INDENT$}{}", "", shown::line(&said))));
    let article = [found.outlet.as_deref(), found.title.as_deref(), Some(found.document.as_str())];
    let article: Vec<String> = article.into_iter().flatten().map(shown::line).collect();
    let article = shown::wrap(&article.join(" · "), look.width.saturating_sub(INDENT));
    lines.extend(article.iter().map(|line| format!("{:INDENT$}{}", "", look.paint(FAINT, line))));
    lines.join("\n") + "\n"
}

/// The quote in lines, its marked words standing out.
fn emphasised(quote: &str, marks: &[Pair], look: &Look) -> Vec<String> {
    let mut marked = quote
        .chars()
        .enumerate()
        .map(|(at, c)| (c, marks.iter().any(|[from, to]| (*from..*to).contains(&at))))
        .filter(|(c, _)| !c.is_whitespace());
    let lines = shown::wrap(&shown::line(quote), look.width.saturating_sub(INDENT));
    let paint = |line: &String| {
        let mut painted = " ".repeat(INDENT);
        let (mut run, mut style) = (String::new(), WORDS);
        for c in line.chars() {
            // lines are the quote but for white space, which goes with the word before it
            if !c.is_whitespace() {
                let is_marked = marked.next().is_some_and(|(_, is_marked)| is_marked);
                let next = if is_marked { STRONG } else { WORDS };
                if next != style {
                    painted += &look.paint(style, &std::mem::take(&mut run));
                    style = next;
                }
            }
            run.push(c);
        }
        painted + &look.paint(style, &run)
    };
    lines.iter().map(paint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::Colour;

    #[test]
    fn marked_words_stand_out_wherever_lines_break() {
        let look = |colour| Look { width: 16, colour, explain: false };
        let quote = "the  quay would\nstay shut";
        let marks = [[5, 9], [16, 25]];
        assert_eq!(emphasised(quote, &marks, &look(Colour::Off)), ["  the quay would", "  stay shut"]);
        let (on, off) = (STRONG.render(), STRONG.render_reset());
        let expected = [format!("  the {on}quay {off}would"), format!("  {on}stay shut{off}")];
        assert_eq!(emphasised(quote, &marks, &look(Colour::On)), expected);
    }
}
