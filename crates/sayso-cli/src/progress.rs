//! A bar on the terminal for work that takes over a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

const SHOWN_AFTER: Duration = Duration::from_secs(1);

pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
}

impl Progress {
    /// For so many articles; nothing is drawn for one, and nothing where nobody looks.
    pub(crate) fn new(articles: usize) -> Self {
        let watched = std::io::stderr().is_terminal() && articles > 1;
        let bar = watched
            .then(|| ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::hidden()));
        Self { bar, started: Instant::now() }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        if bar.is_hidden() && self.started.elapsed() > SHOWN_AFTER {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} articles, {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Runs with the bar out of the way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
