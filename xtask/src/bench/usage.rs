//! What the system accounted to finished child processes, and to this one.

use anyhow::Result;

/// CPU time and peak memory so far.
pub(crate) struct Usage {
    pub(crate) cpu_s: f64,
    /// The largest resident set of any one of them.
    pub(crate) peak_mb: f64,
}

impl Usage {
    /// Of all children that have ended.
    #[cfg(unix)]
    pub(crate) fn of_children() -> Result<Self> {
        Self::of(nix::sys::resource::UsageWho::RUSAGE_CHILDREN)
    }

    /// Of this process.
    #[cfg(unix)]
    pub(crate) fn of_this() -> Result<Self> {
        Self::of(nix::sys::resource::UsageWho::RUSAGE_SELF)
    }

    #[cfg(unix)]
    fn of(who: nix::sys::resource::UsageWho) -> Result<Self> {
        use nix::sys::resource::getrusage;
        use nix::sys::time::TimeValLike as _;
        let usage = getrusage(who)?;
        let cpu_us = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        // The unit of the resident set is the kilobyte, on Apple's systems the byte.
        let bytes = usage.max_rss() as f64 * if cfg!(target_vendor = "apple") { 1.0 } else { 1024.0 };
        Ok(Self { cpu_s: cpu_us as f64 / 1e6, peak_mb: bytes / 1e6 })
    }

    #[cfg(not(unix))]
    pub(crate) fn of_children() -> Result<Self> {
        anyhow::bail!("CPU time and memory of children are read on Unix systems only")
    }

    #[cfg(not(unix))]
    pub(crate) fn of_this() -> Result<Self> {
        anyhow::bail!("CPU time is read on Unix systems only")
    }
}
