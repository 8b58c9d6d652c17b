//! `sayso review`: statements one after the other, each in its article, and what a reviewer says of them.

mod card;
mod desk;
mod keys;

use super::Command;
use crate::export::words;
use crate::shown::Look;
use crate::{Outcome, args, complain, filters, remark, reviewer, shown};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use desk::{Counts, Desk, Failure, Next};
use keys::Keys;
use sayso_store::{CorrectionKind, Order, Orphan, Picked, Query, Reader, Reviewed, Store};
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "review",
    about: "Work through statements, the riskiest first, and say what is right",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso review                          the riskiest first: accusations by or of named people that the program is not sure of
  sayso review --order sample           a sample, from which `sayso score` tells how good all statements are
  sayso review --speaker Dorn --act deny
  sayso review --article 7              one article, as for `sayso gold export`
  sayso review --orphans                corrections whose words are no statement any more

Keys: A accept and next, R reject and next, S speaker, C act, D date, T target, W words, U undo, ? next without a word, Q quit. What S, C, D, T
and W ask for is typed and ended with Enter; S and C also take the number shown. Where standard input is no terminal each line is a key and what
belongs to it: `s Ilse Maron`, `c deny`, `d 2024-05-17`, `w the quay would stay shut`, `a`.

A card shows what the program read with your own corrections, and nobody else's. In a sample, statements that you judged for another reason come
again, since a sample without the riskiest would be none; what a filter or --article narrows down counts as asked for and not as a sample.

Filters look at statements as they are now, with what other reviewers changed in them: who is to judge alone reviews without filters.
--review none leaves out what you yourself judged, also in a sample, whatever others said.";

/// What is to be done.
struct Config {
    library: PathBuf,
    asked: Asked,
    look: Look,
}

enum Asked {
    Review(Box<Session>),
    Orphans,
}

struct Session {
    reviewer: String,
    order: Order,
    /// Among what a query finds, if anything narrows it down.
    among: Option<Query>,
    article: Option<i64>,
    /// Only what this reviewer said nothing of, also in a sample.
    is_new_only: bool,
    limit: usize,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let asked = if matches.get_flag("orphans") {
            Asked::Orphans
        } else {
            Asked::Review(Box::new(Session::of(matches)?))
        };
        Ok(Self { library: args::library_of(matches)?, asked, look: args::look_of(matches) })
    }
}

impl Session {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let mut query = filters::query_of(matches, usize::MAX)?;
        let is_new_only = matches.get_one::<String>("review").is_some_and(|review| review == "none");
        // what others rejected is shown as well, and what they said does not make it old
        if is_new_only || !matches.contains_id("review") {
            query.review = Reviewed::Any;
        }
        let is_narrowed = filters::NARROWING
            .iter()
            .any(|name| matches.contains_id(name) && !(*name == "review" && is_new_only));
        Ok(Self {
            reviewer: reviewer::of(matches)?,
            order: match matches.get_one::<String>("order").map(String::as_str) {
                Some("sample") => Order::Sample,
                _ => Order::Risk,
            },
            is_new_only,
            limit: query.limit,
            among: is_narrowed.then_some(query),
            article: matches.get_one("article").copied(),
        })
    }

    /// What is narrowed down is no sample of the library.
    fn picked(&self) -> Picked {
        match self.order {
            Order::Risk => Picked::Risk,
            Order::Sample if self.among.is_some() || self.article.is_some() || self.is_new_only => {
                Picked::Asked
            }
            Order::Sample => Picked::Sample,
        }
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    command
        .args(filters::arguments())
        .arg(
            Arg::new("order")
                .long("order")
                .value_name("ORDER")
                .default_value("risk")
                .value_parser(["risk", "sample"])
                .help("The riskiest first, or as in a sample of all"),
        )
        .arg(
            Arg::new("article")
                .long("article")
                .value_name("N")
                .value_parser(value_parser!(i64))
                .help("Of one article alone, by the number that `sayso find --format jsonl` shows"),
        )
        .arg(
            Arg::new("orphans")
                .long("orphans")
                .action(ArgAction::SetTrue)
                .help("List corrections whose words are no statement any more"),
        )
        .arg(reviewer::argument())
        .arg(args::library())
        .arg(args::color())
}

fn run(config: &Config) -> Outcome {
    match &config.asked {
        Asked::Orphans => match Store::read(&config.library).and_then(|reader| reader.orphans()) {
            Ok(orphans) => super::written(print_orphans(&orphans, &config.look).map(|()| Outcome::AllRead)),
            Err(error) => super::stopped(&error),
        },
        Asked::Review(session) => match Store::open_existing(&config.library) {
            Ok(store) => super::written(review(session, store, &config.look)),
            Err(error) => super::stopped(&error),
        },
    }
}

/// Says that corrections stand nowhere, if some do.
pub(super) fn remark_orphans(reader: &Reader) {
    match reader.orphans().map(|orphans| orphans.len()) {
        Ok(0) => {}
        Ok(n) => {
            let (corrections, stand) =
                (words::count(n, "correction"), if n == 1 { "stands" } else { "stand" });
            remark(&format!(
                "{corrections} {stand} nowhere, since the words are no statement any more; `sayso review --orphans` lists them"
            ));
        }
        Err(error) => complain(&error.to_string()),
    }
}

fn print_orphans(orphans: &[Orphan], look: &Look) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if orphans.is_empty() {
        remark("every correction stands at its words");
    }
    for orphan in orphans {
        let does = match orphan.kind {
            CorrectionKind::Accept => "accepted",
            CorrectionKind::Reject => "rejected",
            CorrectionKind::Edit | CorrectionKind::Undo => "edited",
        };
        let fields = orphan.fields.iter().map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("{name} {value:?}")
        });
        let fields = if does == "edited" {
            format!(": {}", fields.collect::<Vec<_>>().join(", "))
        } else {
            String::new()
        };
        let Orphan { correction, reviewer, at, .. } = orphan;
        let head = format!("correction {correction}, {does} by {reviewer} on {at}{fields}");
        writeln!(out, "{}", shown::line(&head))?;
        for line in shown::wrap(&shown::line(&orphan.quote), look.width.saturating_sub(2)) {
            writeln!(out, "  {line}")?;
        }
        writeln!(
            out,
            "  {}",
            shown::line(&format!("article {}, {}: {}", orphan.article, orphan.document, orphan.why))
        )?;
    }
    out.flush()
}

fn review(session: &Session, store: Store, look: &Look) -> io::Result<Outcome> {
    let queue =
        store.reader().queue(&session.reviewer, session.order, session.among.as_ref(), session.article);
    let new = session
        .is_new_only
        .then(|| store.reader().queue(&session.reviewer, Order::Risk, None, session.article));
    let queue = queue.and_then(|mut queue| {
        if let Some(new) = new.transpose()? {
            queue.retain(|number| new.contains(number));
        }
        Ok(queue)
    });
    let queue = match queue {
        Ok(queue) => queue,
        Err(error) => return Ok(super::stopped(&error)),
    };
    if queue.is_empty() {
        remark("nothing is left to review");
        return Ok(Outcome::AllRead);
    }
    let total = queue.len().min(session.limit);
    let mut desk = Desk { session, store, look, keys: Keys::new(), counts: Counts::default() };
    let mut at = 0;
    while let Some(number) = queue[..total].get(at) {
        match desk.card(*number, at, total) {
            Ok(Next::Stay) => {}
            Ok(Next::Onward) => at += 1,
            Ok(Next::Back) => at = at.saturating_sub(1),
            Ok(Next::Quit) => break,
            Err(Failure::Store(error)) => return Ok(super::stopped(&error)),
            Err(Failure::Output(error)) => return Err(error),
        }
    }
    let Counts { accepted, rejected, edited, skipped } = desk.counts;
    writeln!(
        io::stdout().lock(),
        "{accepted} accepted, {rejected} rejected, {edited} edits, {skipped} passed over"
    )?;
    Ok(Outcome::AllRead)
}
