//! `sayso inspect`: what one stage makes of an article, as a chart.

use crate::config::InspectConfig;
use crate::shown::Look;
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

pub(crate) static STAGES: &[Stage] = &[];

pub(super) fn run(config: &InspectConfig) -> Outcome {
    let article = match config.input.read(None) {
        Ok(article) => article,
        Err(error) => {
            complain(&error.to_string());
            return Outcome::Failed;
        }
    };
    let layers = sayso::inspect(&article, &Models::load());
    let chart = (config.stage.chart)(&article, &layers, &config.look);
    let mut out = io::stdout().lock();
    super::written(out.write_all(chart.as_bytes()).and_then(|()| out.flush()).map(|()| Outcome::AllRead))
}
