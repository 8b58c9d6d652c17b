//! A disk that gets full, and one that may not be written to: file systems in memory, which takes the right to mount them.

use super::Bench;
use super::tables::Tables;
use anyhow::{Context, Result, ensure};
use sayso_store::Store;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Bytes of the disk: some articles fit, and not all of them.
const SMALL: &str = "size=1m";
const LARGE: &str = "size=1g";

/// A mounted file system that goes away with this.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Option<Self> {
        let mounted = mount(&["-t", "tmpfs", "-o", SMALL, "tmpfs"], folder);
        mounted.is_ok().then(|| Self(folder.to_owned()))
    }

    fn remount(&self, how: &str) -> Result<()> {
        mount(&["-o", &format!("remount,{how}")], &self.0)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // what cannot be unmounted is the system's to clear
        let _left = Command::new("umount").arg(&self.0).status();
    }
}

fn mount(arguments: &[&str], folder: &Path) -> Result<()> {
    let status = Command::new("mount").args(arguments).arg(folder).stderr(Stdio::null()).status();
    let status = status.context("run mount")?;
    ensure!(status.success(), "mount ended with {status}");
    Ok(())
}

/// Adds until the disk is full, and goes on when there is room; then looks at the same disk when nothing may be written.
pub(crate) fn full(bench: &Bench, expected: &Tables, faults: &mut Vec<String>) -> Result<()> {
    let folder = bench.folder().join("disk");
    std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    let Some(disk) = Disk::mount(&folder) else {
        println!("full disk      left out, as nothing can be mounted here");
        return Ok(());
    };
    let library = folder.join("library.db");
    let mut must = |holds: bool, what: &str, said: &str| {
        if !holds {
            faults.push(format!("{what}: {said}"));
        }
    };
    let (code, said) = bench.add_and_listen(&library)?;
    must(code == Some(1) && said.contains("the disk is full"), "a full disk", &said);
    let kept = Tables::read_if_there(&library)?;
    let checked = Store::open(&library).and_then(|store| store.check());
    must(
        checked.as_ref().is_ok_and(|checked| checked.faults.is_empty()),
        "check on a full disk",
        &format!("{checked:?}"),
    );
    must(kept.is_beginning_of(expected).is_ok(), "what is on a full disk", &kept.to_string());
    println!("full disk      {} articles before it, then: {}", kept.articles().len(), said.trim());
    disk.remount(LARGE)?;
    let (_, said) = bench.add_and_listen(&library)?;
    let compared = Tables::read(&library)?.equals(expected);
    must(compared.is_ok(), "when there is room again", &format!("{compared:?} {said}"));
    disk.remount("ro")?;
    let (code, said) = bench.add_and_listen(&library)?;
    must(
        code == Some(1) && said.contains("cannot be written to"),
        "adding where nothing may be written",
        &said,
    );
    println!("read-only disk {}", said.trim());
    for command in ["check", "find"] {
        let (code, said) = bench.said(&[command], &library, &[])?;
        must(
            code == Some(0) && !said.contains("error"),
            &format!("{command} where nothing may be written"),
            &said,
        );
    }
    Ok(())
}
