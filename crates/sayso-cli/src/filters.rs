//! Which statements of the library: the arguments that say so, beside the query that they make.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, value_parser};
use sayso::ledger::{Kind, Verdict};
use sayso::lexicon::Act;
use sayso_store::{Query, Reviewed, days};

/// The arguments.
pub(crate) fn arguments() -> [Arg; 11] {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    [
        Arg::new("words")
            .value_name("WORDS")
            .num_args(0..)
            .help("Words of the quote; a phrase between quotation marks, the beginning of a word before *"),
        option("speaker", "NAME", "Words of the speaker's name"),
        option("act", "ACT", "What the statement does")
            .value_parser(PossibleValuesParser::new(Act::ALL.map(Act::name))),
        option("target", "NAME", "Words of the name of whom it is about"),
        option("outlet", "NAME", "Where the article appeared"),
        option("since", "DATE", "Said on this day or later (EDTF: 2021, 2021-11, 2021-11-09)"),
        option("until", "DATE", "Said on this day or before"),
        option("via", "NAME", "The outlet that the words were said to"),
        option("kind", "KIND", "Said, or believed and intended").value_parser(["speech", "thought"]),
        option("review", "WHAT", "What reviewers said of it; without this all but what they rejected")
            .value_parser(["accepted", "edited", "rejected", "none", "all"]),
        option("limit", "N", "How many at most").value_parser(value_parser!(usize)),
    ]
}

/// Those of them that leave statements out.
pub(crate) const NARROWING: [&str; 10] =
    ["words", "speaker", "act", "target", "outlet", "since", "until", "via", "kind", "review"];

/// What they ask for, and not more statements than `usual_limit` if nothing says how many.
///
/// # Errors
/// A sentence that says which argument is wrong and what was expected.
pub(crate) fn query_of(matches: &ArgMatches, usual_limit: usize) -> Result<Query, String> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let words: Vec<&str> =
        matches.get_many::<String>("words").into_iter().flatten().map(String::as_str).collect();
    for day in ["since", "until"] {
        if let Some(given) = text(day).filter(|given| days::bounds(given).is_none()) {
            return Err(format!("--{day} {given}: not a date; expected EDTF: 2021, 2021-11, 2021-11-09"));
        }
    }
    Ok(Query {
        words: words.join(" "),
        speaker: text("speaker"),
        act: text("act").and_then(|name| Act::ALL.into_iter().find(|act| act.name() == name)),
        target: text("target"),
        outlet: text("outlet"),
        since: text("since"),
        until: text("until"),
        via: text("via"),
        kind: text("kind").map(|kind| if kind == "thought" { Kind::Thought } else { Kind::Speech }),
        review: match matches.get_one::<String>("review").map(String::as_str) {
            Some("accepted") => Reviewed::As(Verdict::Accepted),
            Some("edited") => Reviewed::As(Verdict::Edited),
            Some("rejected") => Reviewed::As(Verdict::Rejected),
            Some("none") => Reviewed::Not,
            Some("all") => Reviewed::Any,
            _ => Reviewed::Kept,
        },
        limit: matches.get_one::<usize>("limit").copied().unwrap_or(usual_limit),
    })
}
