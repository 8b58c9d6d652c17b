//! Several inputs at once, results in the order given, with a bound on what is in memory.
//!
//! Workers take the inputs in order. One that would exceed the bound waits until enough of the results
//! before it are written; the first one that is not written yet never waits, so there is always progress.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of input that are read but not yet written, beyond the one input that is always worked on.
const MOST_BYTES: u64 = 8 << 20;
/// Results that wait for an earlier one.
const MOST_WAITING: usize = 64;

struct State<T> {
    /// Next input to take.
    next: usize,
    /// Next result to write.
    written: usize,
    bytes: u64,
    done: BTreeMap<usize, (T, u64)>,
    stopped: bool,
}

struct Flight<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

/// Works on the inputs with so many threads and hands the results over in order.
///
/// # Errors
/// What `write` returns; nothing more is started then.
pub(crate) fn run<I: Sync, T: Send>(
    inputs: &[I],
    threads: usize,
    size_bytes: impl Fn(&I) -> u64 + Sync,
    work: impl Fn(&I) -> T + Sync,
    mut write: impl FnMut(usize, T) -> io::Result<()>,
) -> io::Result<()> {
    let flight = Flight {
        state: Mutex::new(State { next: 0, written: 0, bytes: 0, done: BTreeMap::new(), stopped: false }),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, inputs.len().max(1)) {
            scope.spawn(|| {
                // A panic in `work` must not leave the writer waiting.
                let _stop = StopOnPanic(&flight);
                while let Some((at, bytes)) = flight.take(inputs, &size_bytes) {
                    let result = work(&inputs[at]);
                    flight.lock().done.insert(at, (result, bytes));
                    flight.changed.notify_all();
                }
            });
        }
        for at in 0..inputs.len() {
            let Some(result) = flight.result(at) else { break };
            if let Err(error) = write(at, result) {
                flight.stop();
                return Err(error);
            }
        }
        Ok(())
    })
}

impl<T> Flight<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<T>>) -> MutexGuard<'s, State<T>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn take<I>(&self, inputs: &[I], size_bytes: &impl Fn(&I) -> u64) -> Option<(usize, u64)> {
        let mut state = self.lock();
        let at = state.next;
        state.next += 1;
        let bytes = size_bytes(inputs.get(at)?);
        while !state.stopped
            && at != state.written
            && (state.bytes + bytes > MOST_BYTES || at >= state.written + MOST_WAITING)
        {
            state = self.wait(state);
        }
        state.bytes += bytes;
        (!state.stopped).then_some((at, bytes))
    }

    fn result(&self, at: usize) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some((result, bytes)) = state.done.remove(&at) {
                state.bytes -= bytes;
                state.written = at + 1;
                drop(state);
                self.changed.notify_all();
                return Some(result);
            }
            if state.stopped {
                return None;
            }
            state = self.wait(state);
        }
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

struct StopOnPanic<'f, T>(&'f Flight<T>);

impl<T> Drop for StopOnPanic<'_, T> {
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
        let inputs: Vec<u64> = (0..500).collect();
        let spin = |n: &u64| {
            let burnt: u64 = (0..(500 - n) * 50).fold(*n, |sum, k| sum ^ k.rotate_left(3));
            if burnt == u64::MAX { 0 } else { *n }
        };
        let mut seen = Vec::new();
        run(
            &inputs,
            4,
            |n| (n % 7) << 20,
            |n| spin(n),
            |at, n| {
                seen.push((at as u64, n));
                Ok(())
            },
        )
        .expect("nothing is written that could fail");
        assert_eq!(seen, inputs.iter().map(|n| (*n, *n)).collect::<Vec<_>>());
    }

    #[test]
    fn a_failed_write_ends_it() {
        let inputs: Vec<u64> = (0..1000).collect();
        let result = run(
            &inputs,
            2,
            |_| 1,
            |n| *n,
            |at, _| {
                if at == 3 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
            },
        );
        assert_eq!(result.map_err(|e| e.kind()), Err(io::ErrorKind::BrokenPipe));
    }
}
