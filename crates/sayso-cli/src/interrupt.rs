//! Ctrl-C, and the signal that asks a program to end: the first one lets what is in work be finished, the second one ends the program.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Exit status of what was asked to end (128 and the number of SIGINT, as shells have it).
pub(crate) const STATUS: u8 = 130;

/// How often who waits looks.
const LOOKING: Duration = Duration::from_millis(200);

/// Whether somebody asked the program to end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// One that signals ask through from now on; `say` runs when the first one comes.
    ///
    /// # Errors
    /// What the system says if no signal can be waited for.
    pub(crate) fn of_signals(say: impl Fn() + Send + 'static) -> io::Result<Self> {
        let interrupt = Self::default();
        listen(&interrupt, say)?;
        Ok(interrupt)
    }

    /// Whether nothing new is to be started.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// The same at any time within so long, which this waits for.
    pub(crate) fn is_asked_within(&self, time: Duration) -> bool {
        let start = Instant::now();
        while !self.is_asked() && start.elapsed() < time {
            std::thread::sleep(LOOKING.min(time));
        }
        self.is_asked()
    }

    pub(crate) fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A thread waits for the signals: what a handler itself may do is next to nothing.
#[cfg(unix)]
fn listen(interrupt: &Interrupt, say: impl Fn() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    // SIGHUP stays as it is, so that `nohup` does what it is for
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    let interrupt = interrupt.clone();
    let wait = move || {
        for _ in signals.forever() {
            if interrupt.is_asked() {
                // a bar may stand there, and what comes next begins a line
                if io::stderr().is_terminal() {
                    let _closed = writeln!(io::stderr());
                }
                std::process::exit(STATUS.into());
            }
            interrupt.ask();
            say();
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

#[cfg(not(unix))]
fn listen(interrupt: &Interrupt, _say: impl Fn() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        // in this order the second signal finds what the first one set
        signal_hook::flag::register_conditional_shutdown(signal, STATUS.into(), Arc::clone(&interrupt.0))?;
        signal_hook::flag::register(signal, Arc::clone(&interrupt.0))?;
    }
    Ok(())
}
