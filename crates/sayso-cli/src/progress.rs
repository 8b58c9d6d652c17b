//! A bar on the terminal for work that takes over a second.
//!
//! How many articles a collection holds, nobody knows before; how many bytes its file has, everybody does. So the bar is one of bytes that were
//! taken, which runs ahead of what is done by what is in work, and the time left is about right.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::VecDeque;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const SHOWN_AFTER: Duration = Duration::from_secs(1);
/// Articles that the pace is taken from: what was known before is passed over fast, and says nothing of what is not.
const RECENT: usize = 100;

/// Bytes of the inputs that were read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken(Arc<AtomicU64>);

impl Taken {
    pub(crate) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Cloned, it is the same bar.
#[derive(Clone)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    taken: Taken,
    started: Instant,
    pace: Arc<Mutex<Pace>>,
}

impl Progress {
    /// `size_bytes` is asked where somebody looks; it says nothing where nobody knows how much will come.
    pub(crate) fn new(taken: &Taken, size_bytes: impl FnOnce() -> Option<u64>) -> Self {
        let watched = std::io::stderr().is_terminal();
        let total = watched.then(size_bytes).flatten();
        let bar = watched.then(|| ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()));
        Self { bar, taken: taken.clone(), started: Instant::now(), pace: Arc::default() }
    }

    /// One more article is done.
    pub(crate) fn step(&self) {
        let Some(bar) = &self.bar else { return };
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.step(self.started.elapsed(), self.taken.bytes());
        let total = bar.length();
        bar.set_position(self.taken.bytes().min(total.unwrap_or(u64::MAX)));
        bar.set_message(pace.line(total));
        if bar.is_hidden() && pace.articles > 1 && self.started.elapsed() > SHOWN_AFTER {
            let template = if total.is_some() { "{bar:24} {wide_msg}" } else { "{wide_msg}" };
            bar.set_style(
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
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

/// How fast it went lately.
#[derive(Default)]
struct Pace {
    articles: u64,
    /// When an article was done, and how many bytes were taken by then.
    recent: VecDeque<(Duration, u64)>,
}

impl Pace {
    fn step(&mut self, at: Duration, taken_bytes: u64) {
        self.articles += 1;
        self.recent.push_back((at, taken_bytes));
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }

    /// “120 articles, 3.1 a second, 4.2 of 9.0 MB, about 2 min left”.
    fn line(&self, total_bytes: Option<u64>) -> String {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let mut line = format!("{} articles", self.articles);
        let (Some((first, before)), Some((last, taken))) = (self.recent.front(), self.recent.back()) else {
            return line;
        };
        let seconds = last.saturating_sub(*first).as_secs_f64();
        if seconds > 0.0 {
            let rate = (self.recent.len() - 1) as f64 / seconds;
            let decimals = if rate < 10.0 { 1 } else { 0 };
            line.push_str(&format!(", {rate:.decimals$} a second"));
        }
        match total_bytes {
            Some(total) => {
                line.push_str(&format!(", {:.1} of {:.1} MB", megabytes(*taken), megabytes(total)))
            }
            None => line.push_str(&format!(", {:.1} MB", megabytes(*taken))),
        }
        let (left, went) =
            (total_bytes.map(|total| total.saturating_sub(*taken)), taken.saturating_sub(*before));
        if let Some(left) = left.filter(|_| went > 0 && seconds > 0.0) {
            line.push_str(&format!(", about {} left", time(left as f64 * seconds / went as f64)));
        }
        line
    }
}

/// A time in the largest unit that says enough.
fn time(seconds: f64) -> String {
    match seconds.ceil() {
        seconds if seconds < 100.0 => format!("{seconds} s"),
        seconds if seconds < 6000.0 => format!("{:.0} min", seconds / 60.0),
        seconds if seconds < 360_000.0 => format!("{:.0} h", seconds / 3600.0),
        seconds => format!("{:.0} days", seconds / 86400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_that_of_the_last_articles() {
        let mut pace = Pace::default();
        assert_eq!(pace.line(None), "0 articles");
        for at in 0..1000 {
            pace.step(Duration::from_millis(at), at * 1000);
        }
        assert_eq!(pace.line(None), "1000 articles, 1000 a second, 1.0 MB");
        for at in 1..=200u64 {
            pace.step(Duration::from_secs(1 + at * 2), 1_000_000 + at * 10_000);
        }
        let line = pace.line(Some(9_000_000));
        assert_eq!(line, "1200 articles, 0.5 a second, 3.0 of 9.0 MB, about 20 min left");
    }

    #[test]
    fn times_are_in_the_unit_that_says_enough() {
        for (seconds, expected) in
            [(0.2, "1 s"), (99.0, "99 s"), (150.0, "2 min"), (7300.0, "2 h"), (1e6, "12 days")]
        {
            assert_eq!(time(seconds), expected);
        }
    }
}
