//! `sayso inspect`: what one stage makes of an article, as a chart.

mod attribution;
mod syntax;
mod tokens;

use super::Command;
use super::take_pages;
use crate::Outcome;
use crate::args;
use crate::inputs::Input;
use crate::shown::{self, FAINT, Look, STRONG, WORDS};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgMatches};
use sayso::article::Article;
use sayso::{Layers, Models, Tier};
use std::io::{self, Write};

pub(super) const COMMAND: Command = Command {
    name: "inspect",
    about: "Show what one stage makes of an article, as a chart",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso inspect --stage tokens article.txt        words with their tags and lemmas
  sayso inspect --stage syntax article.txt        heads, dependencies and names
  echo 'She said no.' | sayso inspect --stage attribution -";

/// What is to be done.
struct Config {
    input: Input,
    tier: Tier,
    stage: &'static Stage,
    look: Look,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let input = args::input_of(matches)?;
        let stage = args::named(matches, "stage", STAGES, |stage| stage.name);
        Ok(Self { input, tier: args::tier_of(matches), stage, look: args::look_of(matches) })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let stages = STAGES.iter().map(|stage| PossibleValue::new(stage.name).help(stage.about));
    command
        .arg(args::files())
        .arg(
            Arg::new("stage")
                .long("stage")
                .short('s')
                .value_name("STAGE")
                .required(true)
                .value_parser(PossibleValuesParser::new(stages))
                .help("Which stage"),
        )
        .arg(args::tier())
        .arg(args::color())
}

/// A stage that can be looked at.
struct Stage {
    name: &'static str,
    about: &'static str,
    chart: fn(&Article, &Layers, &Look) -> String,
}

static STAGES: &[Stage] = &[tokens::STAGE, syntax::STAGE, attribution::STAGE];

fn run(config: &Config) -> Outcome {
    let article = match config.input.only().and_then(|document| take_pages::workers().article(&document)) {
        Ok(article) => article,
        Err(error) => return super::stopped(&error),
    };
    for note in &article.notes {
        crate::remark(note);
    }
    let layers = sayso::inspect(&article, &Models::load(config.tier));
    let chart = (config.stage.chart)(&article, &layers, &config.look);
    let mut out = io::stdout().lock();
    super::written(out.write_all(chart.as_bytes()).and_then(|()| out.flush()).map(|()| Outcome::AllRead))
}

/// Rows in columns as wide as their widest cell, up to a bound.
fn columns<const N: usize>(look: &Look, head: [&str; N], most: [usize; N], rows: &[[String; N]]) -> String {
    let mut widths = head.map(shown::columns);
    for row in rows {
        for at in 0..N {
            widths[at] = widths[at].max(shown::columns(&row[at])).min(most[at]);
        }
    }
    let line = |cells: [&str; N], style| {
        let cells: Vec<String> = (0..N).map(|at| shown::fitted(cells[at], widths[at])).collect();
        look.paint(style, cells.join("  ").trim_end()) + "\n"
    };
    let mut chart = line(head, STRONG);
    for row in rows {
        chart += &line(std::array::from_fn(|at| row[at].as_str()), WORDS);
    }
    chart
}

/// A line above a chart.
fn caption(look: &Look, words: &str) -> String {
    look.paint(FAINT, &shown::line(words)) + "\n"
}
