//! `sayso score`: how good the program is on what reviewers judged, and how far they agree.

use super::Command;
use crate::export::words;
use crate::{Outcome, args, remark, shown};
use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches};
use sayso_store::score::{Agreed, Agreement, PARTS, Score, Share, agreements, score};
use sayso_store::{Judged, Picked, Store, StoreError};
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "score",
    about: "How often the program was right, by what reviewers said, and how far they agree",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso score                       precision on all that was reviewed, and on the sample in it
  sayso score --reviewer Vera       by what one reviewer said
  sayso score --sample only         on the sample of `sayso review --order sample` alone
  sayso score --format json | jq .sample.whole.share

A record is right if it was accepted as it was read; statements that the program overlooked are not counted, so this is precision and not
recall. Behind each share stand its 95 % interval (Wilson 1927) and how many it is of. Without --reviewer the last word on each statement
counts. Statements picked for their risk are worse than the rest; only the sample tells how good the library is.";

/// What is to be done.
struct Config {
    library: PathBuf,
    reviewer: Option<String>,
    sample: Option<Sample>,
    print: fn(&Report) -> String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sample {
    Only,
    All,
}

/// A way to print the score.
struct Listing {
    name: &'static str,
    about: &'static str,
    print: fn(&Report) -> String,
}

static LISTINGS: &[Listing] = &[
    Listing { name: "text", about: "tables", print: text },
    Listing { name: "json", about: "one object, each share with its interval", print: json },
];

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        Ok(Self {
            library: args::library_of(matches)?,
            reviewer: matches.get_one::<String>("reviewer").map(|name| name.trim().to_owned()),
            sample: match matches.get_one::<String>("sample").map(String::as_str) {
                Some("only") => Some(Sample::Only),
                Some("all") => Some(Sample::All),
                _ => None,
            },
            print: args::named(matches, "format", LISTINGS, |listing| listing.name).print,
        })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let listings = LISTINGS.iter().map(|listing| PossibleValue::new(listing.name).help(listing.about));
    command
        .arg(
            Arg::new("reviewer")
                .long("reviewer")
                .value_name("NAME")
                .help("By what this reviewer said; without it the last word on each statement counts"),
        )
        .arg(
            Arg::new("sample")
                .long("sample")
                .value_name("WHICH")
                .value_parser(["only", "all"])
                .help("The sample only, or all that was reviewed; without it both"),
        )
        .arg(args::format("text", listings))
        .arg(args::library())
}

/// What is reported.
#[derive(Serialize)]
struct Report {
    reviewer: Option<String>,
    /// Over statements that came as a sample, if any did.
    sample: Option<Score>,
    /// Over all.
    all: Option<Score>,
    picked: How,
    /// Corrections that stand nowhere, which are not counted.
    orphans: usize,
    agreement: Vec<Agreement>,
}

/// How many statements came before their reviewers in each way; one may in several.
#[derive(Serialize)]
struct How {
    risk: usize,
    sample: usize,
    asked: usize,
}

fn run(config: &Config) -> Outcome {
    match report(config) {
        Ok(report) => {
            let all = report.all.as_ref().or(report.sample.as_ref());
            if all.is_none_or(|score| score.whole.of == 0) {
                remark(
                    "nothing of this was reviewed; expected what `sayso review` or `sayso correct` leaves",
                );
            }
            let printed = (config.print)(&report);
            super::written(io::stdout().lock().write_all(printed.as_bytes()).map(|()| Outcome::AllRead))
        }
        Err(error) => super::stopped(&error),
    }
}

fn report(config: &Config) -> Result<Report, StoreError> {
    let reader = Store::read(&config.library)?;
    let judged = reader.judged()?;
    let reviewer = config.reviewer.as_deref();
    let by = |one: &Judged| one.by(reviewer).map(|(_, picked)| picked);
    let came =
        |how: Picked| judged.iter().filter(|one| by(one).is_some_and(|picked| picked.contains(&how))).count();
    let over = |is_counted: &dyn Fn(&Judged) -> bool| {
        score(
            judged
                .iter()
                .filter(|one| is_counted(one))
                .filter_map(|one| Some((&one.read, one.by(reviewer)?.0))),
        )
    };
    let picked = How { risk: came(Picked::Risk), sample: came(Picked::Sample), asked: came(Picked::Asked) };
    let is_sampled = |one: &Judged| by(one).is_some_and(|picked| picked.contains(&Picked::Sample));
    let wants_sample = config.sample != Some(Sample::All) && (picked.sample > 0 || config.sample.is_some());
    Ok(Report {
        reviewer: config.reviewer.clone(),
        sample: wants_sample.then(|| over(&is_sampled)),
        all: (config.sample != Some(Sample::Only)).then(|| over(&|_| true)),
        picked,
        orphans: reader.orphans()?.len(),
        agreement: agreements(&judged),
    })
}

fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).expect("a report has string keys and finite numbers") + "\n"
}

fn text(report: &Report) -> String {
    let mut out = String::new();
    let who = report.reviewer.as_ref().map_or("the last word of all reviewers".to_owned(), |name| {
        format!("what {} said", shown::line(name))
    });
    out += &format!("By {who}.\n");
    if let Some(sample) = &report.sample {
        out += &format!("\nThe sample: {}\n", words::count(sample.whole.of, "statement"));
        out += &table(sample);
    }
    if let Some(all) = &report.all {
        out += &format!("\nAll that was reviewed: {}\n", words::count(all.whole.of, "statement"));
        out += &table(all);
        let How { risk, sample, asked } = report.picked;
        out += &format!(
            "  picked for their risk {risk}, as a sample {sample}, because somebody asked {asked}\n"
        );
        if risk + asked > 0 {
            out += "  Those picked for their risk or asked for are no sample of the library, and worse than the rest of it.\n";
        }
    }
    if report.orphans > 0 {
        out += &format!(
            "\n{} not counted: the words are no statement any more.\n",
            words::count(report.orphans, "correction")
        );
    }
    for Agreement { reviewers, accepted, act, speaker } in &report.agreement {
        let [one, other] = reviewers.each_ref().map(|name| shown::line(name));
        out += &format!("\n{one} and {other}\n");
        for (what, agreed) in [("accepted or not", accepted), ("act", act), ("speaker", speaker)] {
            out += &agreement(what, *agreed);
        }
    }
    out
}

fn table(score: &Score) -> String {
    let Score { accepted, edited, rejected, whole, statement, fields, acts, bands } = score;
    let mut out = format!("  accepted {accepted}, edited {edited}, rejected {rejected}\n");
    out += &row("whole record right", *whole, "");
    out += &row("a statement at all", *statement, "");
    for (part, _) in PARTS {
        out += &row(&format!("{part} right"), fields.get(part).copied().unwrap_or_default(), "");
    }
    out += "  by act, whole record right\n";
    for (act, share) in acts {
        out += &row(&format!("  {act}"), *share, "");
    }
    out += "  by confidence, whole record right\n";
    for band in bands {
        let mean = band.mean.map_or(String::new(), |mean| format!("  mean confidence {:.1}", mean * 100.0));
        out += &row(&format!("  {:.1} to {:.1}", band.from, band.to), band.whole, &mean);
    }
    out
}

/// "whole record right     81.0 %  72.2 to 87.5   81 of 100"
fn row(what: &str, share: Share, behind: &str) -> String {
    let Some(value) = share.value() else { return format!("  {what:<20}      –\n") };
    let [low, high] = share.interval().map(|bound| bound * 100.0);
    let (value, Share { right, of }) = (value * 100.0, share);
    format!("  {what:<20} {value:5.1} %  {low:5.1} to {high:5.1}  {right} of {of}{behind}\n")
}

fn agreement(what: &str, agreed: Agreed) -> String {
    let Agreed { share, kappa } = agreed;
    let Some(value) = share.value() else { return format!("  {what:<20}      –\n") };
    let kappa = kappa.map_or("–".to_owned(), |kappa| format!("{kappa:.2}"));
    format!("  {what:<20} {:5.1} % agree, kappa {kappa}, of {}\n", value * 100.0, share.of)
}
