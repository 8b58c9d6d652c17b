//! `sayso inspect`: what one stage makes of an article, as a chart.

mod attribution;
mod syntax;
mod tokens;

use super::take_pages;
use crate::config::InspectConfig;
use crate::shown::{self, FAINT, Look, STRONG, WORDS};
use crate::{Outcome, complain};
use sayso::article::Article;
use sayso::{Layers, Models};
use std::io::{self, Write};

/// A stage that can be looked at.
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    chart: fn(&Article, &Layers, &Look) -> String,
}

pub(crate) static STAGES: &[Stage] = &[tokens::STAGE, syntax::STAGE, attribution::STAGE];

pub(super) fn run(config: &InspectConfig) -> Outcome {
    let article = match config.input.only().and_then(|document| take_pages::workers().article(&document)) {
        Ok(article) => article,
        Err(error) => {
            complain(&error.to_string());
            return Outcome::Failed;
        }
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
