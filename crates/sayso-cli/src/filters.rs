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
        option("speaker", "NAME", "Words of the name of who speaks; not of who speaks with them"),
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

/// A query as a sentence has it, for whoever reads what was found: "statements with “crane”, by “Maron”, since 2024-05".
pub(crate) fn in_words(query: &Query) -> String {
    let Query { words, speaker, act, target, outlet, since, until, via, kind, review, limit } = query;
    let quoted = |before: &str, words: &String| format!("{before} “{words}”");
    let parts = [
        Some(words).filter(|words| !words.trim().is_empty()).map(|words| quoted("with", words)),
        speaker.as_ref().map(|name| quoted("by", name)),
        act.map(|act| format!("of the act “{}”", act.name())),
        target.as_ref().map(|name| quoted("about", name)),
        outlet.as_ref().map(|name| quoted("in", name)),
        since.as_ref().map(|day| format!("since {day}")),
        until.as_ref().map(|day| format!("until {day}")),
        via.as_ref().map(|name| quoted("to", name)),
        kind.map(|kind| match kind {
            Kind::Speech => "said".to_owned(),
            Kind::Thought => "believed or intended".to_owned(),
        }),
        match review {
            Reviewed::Kept => None,
            Reviewed::Any => Some("also those that reviewers rejected".to_owned()),
            Reviewed::Not => Some("that nobody reviewed".to_owned()),
            Reviewed::As(Verdict::Accepted) => Some("that reviewers accepted".to_owned()),
            Reviewed::As(Verdict::Edited) => Some("that reviewers edited".to_owned()),
            Reviewed::As(Verdict::Rejected) => Some("that reviewers rejected".to_owned()),
        },
        (*limit != Query::NO_LIMIT).then(|| format!("the newest {limit}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "everything in the library".to_owned()
    } else {
        format!("statements {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_a_sentence() {
        let every = Query { limit: Query::NO_LIMIT, ..Query::default() };
        assert_eq!(in_words(&every), "everything in the library");
        let some = Query {
            words: "crane".to_owned(),
            speaker: Some("Maron".to_owned()),
            act: Some(Act::Deny),
            since: Some("2024-05".to_owned()),
            limit: 5,
            ..every
        };
        let expected = "statements with “crane”, by “Maron”, of the act “deny”, since 2024-05, the newest 5";
        assert_eq!(in_words(&some), expected);
    }
}
