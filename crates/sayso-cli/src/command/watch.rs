//! `sayso watch`: feeds are polled, and their new entries go into the library.

mod poll;

use super::Command;
use super::reading;
use crate::args;
use crate::feeds::{Feed, Feeds};
use crate::interrupt::Interrupt;
use crate::progress::{Progress, Taken};
use crate::shown::plain;
use crate::{Outcome, inputs, remark};
use clap::{Arg, ArgMatches, value_parser};
use poll::{Came, Source, Tally};
use sayso::Tier;
use sayso::article::{Article, Evidence};
use sayso::ledger::Ledger;
use sayso_acquire::{Fetcher, Limits, Reach};
use sayso_store::{Addition, Store, StoreError};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(super) const COMMAND: Command = Command {
    name: "watch",
    about: "Poll RSS and Atom feeds and read what is new into the library",
    examples: EXAMPLES,
    arguments,
    start,
};

const EXAMPLES: &str = "\
Examples:
  sayso watch feeds.toml                 one pass over the feeds
  sayso watch feeds.toml --every 30      a pass every 30 minutes, until Ctrl-C

A file of feeds:
  articles = true                # fetch the articles that entries point to; without it what
                                 # the feeds themselves hold of each article is read
  [fetch]
  pause_s = 5                    # between two requests to one host; 1 if it is left out
  [[feed]]
  url = \"https://example.org/rss\"
  outlet = \"Example Post\"        # optional: whose articles these are
  enabled = false                # optional

The file is what permits to fetch: the feeds that it names, and their articles where it says so; from public hosts only, and nothing that robots.txt keeps
from robots. A feed that has not changed is not sent again, and no entry is read twice. One that cannot be read is a dead letter, and is tried three times.

Exit status: 0 all that is new was read, 1 some was not or the library could not be written, 2 wrong arguments, 130 ended by Ctrl-C.";

/// What is to be done.
struct Config {
    feeds: Feeds,
    library: PathBuf,
    tier: Tier,
    every: Option<Duration>,
}

fn arguments(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("feeds")
                .value_name("FEEDS.toml")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The file of feeds"),
        )
        .arg(args::library())
        .arg(args::tier())
        .arg(
            Arg::new("every")
                .long("every")
                .value_name("MINUTES")
                .value_parser(value_parser!(u64).range(1..=10_080))
                .help("Go on: a pass every so many minutes"),
        )
}

fn start(matches: &ArgMatches) -> Result<Outcome, String> {
    let path: &PathBuf = matches.get_one("feeds").expect("clap requires it");
    let config = Config {
        feeds: Feeds::read(path)?,
        library: args::library_of(matches)?,
        tier: args::tier_of(matches),
        every: matches.get_one("every").map(|minutes: &u64| Duration::from_secs(minutes * 60)),
    };
    let limits = Limits { pause: config.feeds.pause(), ..Limits::default() };
    let fetcher = Arc::new(Fetcher::with_limits(Reach::Public, limits));
    let interrupt =
        Interrupt::of_signals(|| remark("what is in work is finished; Ctrl-C again ends this at once"));
    Ok(run(&config, &fetcher, &interrupt.unwrap_or_default()))
}

fn run(config: &Config, fetcher: &Arc<Fetcher>, interrupt: &Interrupt) -> Outcome {
    loop {
        let begun = Instant::now();
        let outcome = match pass(config, fetcher, interrupt) {
            Ok((outcome, lines)) => {
                super::written(io::stdout().lock().write_all(lines.as_bytes()).map(|()| outcome))
            }
            Err(error) => super::stopped(&error),
        };
        let Some(every) = config.every.filter(|_| outcome != Outcome::Interrupted) else { return outcome };
        if interrupt.is_asked_within(every.saturating_sub(begun.elapsed())) {
            return Outcome::Interrupted;
        }
    }
}

/// What became of an entry, or of a feed where it is of none.
enum Read {
    Ledger { source: Source, original: Vec<u8>, ledger: Box<Ledger> },
    Failed { source: Source, id: String, why: String },
}

/// Polls every feed once, and says what came of it, a line for each.
fn pass(
    config: &Config,
    fetcher: &Arc<Fetcher>,
    interrupt: &Interrupt,
) -> Result<(Outcome, String), StoreError> {
    let mut store = Store::open(&config.library)?;
    let reader = Mutex::new(Store::read(&config.library)?);
    let tallies: Mutex<Vec<Tally>> = Mutex::new(config.feeds.all.iter().map(|_| Tally::default()).collect());
    let progress = Progress::new(&Taken::default(), || None);
    let mut failed = None;
    let result = reading::each_of(
        poll::documents(&config.feeds, fetcher, &reader, &tallies),
        config.tier,
        (&progress, interrupt),
        |_| None,
        |source, document, mut article, models| {
            complete(&mut article, &config.feeds.all[source.feed], &source);
            let ledger = Box::new(reading::ledger(&article, models));
            Read::Ledger { source, original: document.bytes, ledger }
        },
        |source, id, why| Read::Failed { source, id: id.to_owned(), why: why.to_owned() },
        |reads| {
            write(config, &mut store, &tallies, reads).map_err(|error| {
                failed = Some(error);
                io::ErrorKind::Other.into()
            })
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    let tallies = tallies.into_inner().unwrap_or_else(PoisonError::into_inner);
    // nothing but the library fails in writing, and that was seen above
    let outcome = result.unwrap_or(Outcome::Failed);
    match outcome {
        Outcome::AllRead | Outcome::Failed => {
            let at = inputs::now();
            store.together(|batch| {
                for (feed, tally) in config.feeds.all.iter().zip(&tallies) {
                    tally.keep(batch, &feed.url, &at)?;
                }
                Ok(())
            })?;
        }
        // what was not taken, or not written, is the next pass's
        Outcome::Interrupted => {}
    }
    let lines = config
        .feeds
        .all
        .iter()
        .zip(&tallies)
        .map(|(feed, tally)| format!("{}: {}\n", plain(&feed.url), tally.line()));
    let lines: String = lines.collect();
    Ok((outcome, lines))
}

/// What the file and the feed know of an article.
fn complete(article: &mut Article, feed: &Feed, source: &Source) {
    let origin = &mut article.origin;
    let mut know = |field: &str, from: &str| {
        origin.because.retain(|evidence| evidence.field != field);
        origin.because.push(Evidence { field: field.to_owned(), from: from.to_owned(), score: None });
    };
    if let Some(outlet) = &feed.outlet {
        know("outlet", "argument");
        origin.outlet = Some(outlet.clone());
    }
    if let (None, Some(day)) = (&origin.published, &source.published) {
        know("published", "feed");
        origin.published = Some(day.as_str().to_owned());
        origin.published_from = Some("feed".to_owned());
    }
}

/// All of it or nothing.
fn write(
    config: &Config,
    store: &mut Store,
    tallies: &Mutex<Vec<Tally>>,
    reads: Vec<Read>,
) -> Result<(), StoreError> {
    let at = inputs::now();
    // tallies are of what was committed
    let mut more = Vec::new();
    store.together(|batch| {
        for read in reads {
            match read {
                Read::Ledger { source, original, ledger } => {
                    let addition = Addition {
                        original: &original,
                        ledger: &ledger,
                        version: env!("CARGO_PKG_VERSION"),
                        weights: &sayso::weights(config.tier),
                        at: &at,
                    };
                    let added = batch.add(&addition)?;
                    if let Some(entry) = &source.entry {
                        batch.took(&config.feeds.all[source.feed].url, entry, added.article, &at)?;
                    }
                    more.push((source.feed, Came::of(added.change)));
                }
                Read::Failed { source, id, why } => {
                    batch.fail(&id, &why, &at)?;
                    let feed = &config.feeds.all[source.feed].url;
                    let is_tried_again = match &source.entry {
                        Some(entry) => batch.missed(feed, entry, &at)?,
                        None => false,
                    };
                    more.push((source.feed, Came::Failed { id, is_tried_again }));
                }
            }
        }
        Ok(())
    })?;
    let mut tallies = tallies.lock().unwrap_or_else(PoisonError::into_inner);
    more.into_iter().for_each(|(feed, came)| tallies[feed].count(came));
    Ok(())
}

#[cfg(test)]
mod tests;
