//! `sayso find`: statements of the library, the newest first, or those of the same claim, the nearest first.

use super::Command;
use crate::export::words;
use crate::shown::{self, ACT, FAINT, Look, NAME, STRONG, WORDS};
use crate::{Outcome, remark};
use crate::{args, filters};
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, value_parser};
use jiff::ToSpan;
use jiff::civil::Date;
use sayso::claim::Embedder;
use sayso::ledger::Pair;
use sayso_store::{Claim, Coverage, Found, Like, Near, Query, Reader, Store, StoreError};
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
  sayso find --like 12                           what claims the same as statement 12, in other words
  sayso find --like 12 --days 30 --act deny      denials of it, a month before or after
  sayso find --like 'the crane was never safe'   what claims that

Case and accents do not count. A statement's day is that of the saying, else that of the article, which is shown as `by`. The number after # is
the statement's.

What --like finds is ordered by how near it is, 1.00 for the same words. It looks at what `sayso embed` prepared, and at any day unless
--days says otherwise: claims come back after years.";

/// What is to be done.
struct Config {
    query: Query,
    like: Option<Asked>,
    library: PathBuf,
    listing: &'static Listing,
    look: Look,
}

/// The claim that is looked for.
enum Asked {
    /// That of a statement, on its day or so many days before or after.
    Statement { number: i64, days: Option<u16> },
    /// One in somebody's own words.
    Words(String),
}

impl Asked {
    fn of(matches: &ArgMatches) -> Result<Option<Self>, String> {
        let days = matches.get_one::<u16>("days").copied();
        let Some(like) = matches.get_one::<String>("like") else { return Ok(None) };
        match (like.trim().parse(), days) {
            (Ok(number), days) => Ok(Some(Self::Statement { number, days })),
            (Err(_), Some(days)) => Err(format!(
                "--days {days}: of which day; expected the number of a statement after --like, or --since and --until"
            )),
            (Err(_), None) if like.chars().any(char::is_alphanumeric) => Ok(Some(Self::Words(like.clone()))),
            (Err(_), None) => {
                Err(format!("--like {like:?}: expected a statement's number or the words of a claim"))
            }
        }
    }
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let like = Asked::of(matches)?;
        let usual = if like.is_some() { USUAL_NEAREST } else { USUAL_LIMIT };
        Ok(Self {
            query: filters::query_of(matches, usual)?,
            like,
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
        .arg(
            Arg::new("like")
                .long("like")
                .value_name("NUMBER|WORDS")
                .help("What makes the same claim as this statement, or as these words"),
        )
        .arg(
            Arg::new("days")
                .long("days")
                .value_name("N")
                .requires("like")
                .conflicts_with_all(["since", "until"])
                .value_parser(value_parser!(u16))
                .help("With the number of a statement: at most so many days before or after it"),
        )
        .arg(args::library())
        .arg(args::format("text", listings))
        .arg(args::color())
}

/// A way to print what is found.
struct Listing {
    name: &'static str,
    about: &'static str,
    between: &'static str,
    one: fn(&Shown, &Look) -> String,
}

/// A statement that was found, and how near it is where that was asked.
enum Shown {
    Found(Found),
    Near(Near),
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
/// How many of the same claim.
const USUAL_NEAREST: usize = 10;

/// Columns before the words.
const INDENT: usize = 2;

fn run(config: &Config) -> Outcome {
    let found = Store::read(&config.library).and_then(|reader| match &config.like {
        Some(asked) => Ok(near(&reader, asked, &config.query)?.into_iter().map(Shown::Near).collect()),
        None => Ok(reader.find(&config.query)?.into_iter().map(Shown::Found).collect()),
    });
    let found: Vec<Shown> = match found {
        Ok(found) => found,
        Err(error) => return super::stopped(&error),
    };
    if found.is_empty() {
        remark("nothing was found");
    }
    super::written(print(config, &found).map(|()| Outcome::AllRead))
}

/// The statements that make the claim, the nearest first.
fn near(reader: &Reader, asked: &Asked, query: &Query) -> Result<Vec<Near>, StoreError> {
    let (claim, typed, days) = match asked {
        Asked::Statement { number, days } => (Some(reader.claim(*number)?), "", *days),
        Asked::Words(typed) => (None, typed.as_str(), None),
    };
    let name = Embedder::name();
    let Coverage { embedded, statements } = reader.coverage(&name)?;
    if embedded < statements {
        let missing = statements - embedded;
        remark(&format!(
            "{missing} of {} are not prepared for --like: run `sayso embed`",
            words::count(statements, "statement")
        ));
    }
    let (text, words) =
        claim.as_ref().map_or((typed, typed), |claim| (claim.text.as_str(), claim.quote.as_str()));
    let kept = claim.as_ref().map(|claim| reader.embedding(claim.number, &name)).transpose()?.flatten();
    let embedding = kept.unwrap_or_else(|| Embedder::load().embed(&[text]).remove(0));
    let like = Like { embedding: &embedding, embedder: &name, words, statement: claim.as_ref() };
    let [since, until] = window(claim.as_ref(), days);
    let query =
        Query { since: since.or(query.since.clone()), until: until.or(query.until.clone()), ..query.clone() };
    reader.like(&like, &query)
}

fn print(config: &Config, found: &[Shown]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, one) in found.iter().enumerate() {
        if at > 0 {
            out.write_all(config.listing.between.as_bytes())?;
        }
        out.write_all((config.listing.one)(one, &config.look).as_bytes())?;
    }
    out.flush()
}

fn json(shown: &Shown, _: &Look) -> String {
    let line = match shown {
        Shown::Found(found) => serde_json::to_string(found),
        Shown::Near(near) => serde_json::to_string(near),
    };
    format!("{}\n", line.expect("a record has string keys and finite numbers"))
}

/// The first and the last day within so many days of a claim; no bound where nothing says when it was made.
fn window(claim: Option<&Claim>, days: Option<u16>) -> [Option<String>; 2] {
    let bounds = claim.and_then(|claim| claim.days.as_ref()).zip(days);
    bounds.map_or([None, None], |([first, last], days)| {
        let days = i64::from(days).days();
        let moved =
            |day: &str, by: jiff::Span| Some(day.parse::<Date>().ok()?.saturating_add(by).to_string());
        [moved(first, -days), moved(last, days)]
    })
}

/// Day, speaker, act and number, after how near it is; the words; what reviewers said; outlet and title.
fn text(shown: &Shown, look: &Look) -> String {
    let (found, score) = match shown {
        Shown::Found(found) => (found, None),
        Shown::Near(near) => (&near.found, Some(format!("{:.2}  ", near.score))),
    };
    let statement = &found.statement;
    let said = statement.said_on.as_ref().map(|said| shown::line(&said.edtf));
    let day = said.or_else(|| found.published.as_ref().map(|day| format!("by {}", shown::line(day))));
    let speaker = statement.speaker_name.as_deref().map_or("unknown speaker".to_owned(), shown::line);
    let mut lines = vec![format!(
        "{}{}  {}  {}  {}",
        score.map(|score| look.paint(STRONG, &score)).unwrap_or_default(),
        look.paint(FAINT, &day.unwrap_or_else(|| "no day".to_owned())),
        look.paint(NAME, &speaker),
        look.paint(ACT, &words::act(statement)),
        look.paint(FAINT, &format!("#{}", found.number)),
    )];
    lines.extend(emphasised(&statement.quote, &found.marks, look));
    if !found.reported_by.is_empty() {
        let reporters: Vec<String> = found.reported_by.iter().map(|name| shown::line(name)).collect();
        lines.push(format!("{:INDENT$}reported by: {}", "", reporters.join(", ")));
    }
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
