//! Several inputs at once, results in the order given, with a bound on what is in memory.
//!
//! Workers take the inputs in order, which are read as they are taken. None is taken while the bound is exceeded, until enough of the results
//! before it are written; the first one that is not written yet never waits, so there is always progress.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of input that are read but not yet written, beyond the one input that is always worked on.
const MOST_BYTES: u64 = 8 << 20;
/// Results that wait for an earlier one.
const MOST_WAITING: usize = 64;

struct State<T> {
    /// Whether nothing is left to take.
    is_over: bool,
    /// Next input to take.
    next: usize,
    /// Next result to write.
    written: usize,
    bytes: u64,
    done: BTreeMap<usize, (T, u64)>,
    stopped: bool,
}

struct Flight<N, T> {
    /// What is still to be taken. It may wait for its input, which keeps nobody from writing.
    inputs: Mutex<N>,
    state: Mutex<State<T>>,
    changed: Condvar,
}

/// Works on the inputs with so many threads and hands the results over in order, all that are there at once: where writing is slower than
/// working, several are written in one go.
///
/// # Errors
/// What `write` returns; nothing more is started then.
pub(crate) fn run<I, N: Iterator<Item = I> + Send, T: Send>(
    inputs: N,
    threads: usize,
    size_bytes: impl Fn(&I) -> u64 + Sync,
    work: impl Fn(I) -> T + Sync,
    mut write: impl FnMut(Vec<T>) -> io::Result<()>,
) -> io::Result<()> {
    let flight = Flight {
        inputs: Mutex::new(inputs),
        state: Mutex::new(State {
            is_over: false,
            next: 0,
            written: 0,
            bytes: 0,
            done: BTreeMap::new(),
            stopped: false,
        }),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                // A panic in `work` must not leave the writer waiting.
                let _stop = StopOnPanic(&flight);
                while let Some((at, input, bytes)) = flight.take(&size_bytes) {
                    let result = work(input);
                    flight.lock().done.insert(at, (result, bytes));
                    flight.changed.notify_all();
                }
            });
        }
        while let Some((results, bytes)) = flight.results() {
            let count = results.len();
            if let Err(error) = write(results) {
                flight.stop();
                return Err(error);
            }
            flight.have_written(count, bytes);
        }
        Ok(())
    })
}

impl<N, T> Flight<N, T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<T>>) -> MutexGuard<'s, State<T>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next input, read while nobody else reads one.
    fn take<I>(&self, size_bytes: &impl Fn(&I) -> u64) -> Option<(usize, I, u64)>
    where
        N: Iterator<Item = I>,
    {
        let mut inputs = self.inputs.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.lock();
        while !state.stopped
            && state.next != state.written
            && (state.bytes > MOST_BYTES || state.next >= state.written + MOST_WAITING)
        {
            state = self.wait(state);
        }
        if state.stopped || state.is_over {
            return None;
        }
        drop(state);
        let input = inputs.next();
        let mut state = self.lock();
        let Some(input) = input else {
            state.is_over = true;
            drop(state);
            self.changed.notify_all();
            return None;
        };
        let (at, bytes) = (state.next, size_bytes(&input));
        state.next += 1;
        state.bytes += bytes;
        Some((at, input, bytes))
    }

    /// The results that come next, as many as are there, and the bytes of their inputs.
    fn results(&self) -> Option<(Vec<T>, u64)> {
        let mut state = self.lock();
        loop {
            let (mut results, mut sum) = (Vec::new(), 0);
            let at = state.written;
            while let Some((result, bytes)) = state.done.remove(&(at + results.len())) {
                results.push(result);
                sum += bytes;
            }
            if !results.is_empty() {
                return Some((results, sum));
            }
            if state.stopped || state.is_over && at >= state.next {
                return None;
            }
            state = self.wait(state);
        }
    }

    fn have_written(&self, count: usize, bytes: u64) {
        let mut state = self.lock();
        state.written += count;
        state.bytes -= bytes;
        drop(state);
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

struct StopOnPanic<'f, N, T>(&'f Flight<N, T>);

impl<N, T> Drop for StopOnPanic<'_, N, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_takes_long() {
        let spin = |n: u64| {
            let burnt: u64 = (0..(500 - n) * 50).fold(n, |sum, k| sum ^ k.rotate_left(3));
            if burnt == u64::MAX { 0 } else { n }
        };
        let mut seen = Vec::new();
        run(
            0..500u64,
            4,
            |n| (n % 7) << 20,
            spin,
            |results| {
                seen.extend(results);
                Ok(())
            },
        )
        .expect("nothing is written that could fail");
        assert_eq!(seen, (0..500).collect::<Vec<u64>>());
    }

    #[test]
    fn what_is_done_while_one_is_written_is_written_together() {
        let (done, waiting) = std::sync::mpsc::channel();
        let done = Mutex::new(done);
        let mut sizes = Vec::new();
        run(
            0..40u64,
            2,
            |_| 1,
            |n| done.lock().unwrap_or_else(PoisonError::into_inner).send(n).is_ok(),
            |results| {
                // the first write takes as long as the work on all the others
                while sizes.is_empty() && waiting.recv().is_ok_and(|n| n < 38) {}
                sizes.push(results.len());
                Ok(())
            },
        )
        .expect("nothing is written that could fail");
        assert_eq!(sizes.iter().sum::<usize>(), 40);
        assert!(sizes.len() < 40, "{sizes:?}");
    }

    #[test]
    fn a_failed_write_ends_it() {
        let result = run(
            0..1000u64,
            2,
            |_| 1,
            |n| n,
            |results| if results.contains(&3) { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) },
        );
        assert_eq!(result.map_err(|e| e.kind()), Err(io::ErrorKind::BrokenPipe));
    }
}
