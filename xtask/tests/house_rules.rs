//! House rules that a machine can hold: every dependency has its reason, no file is too long.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).parse().expect("the manifest is TOML");
    let dependencies = manifest["workspace"]["dependencies"].as_table().expect("dependencies are a table");
    let used: BTreeSet<&str> = dependencies
        .iter()
        .filter(|(_, how)| how.get("path").is_none())
        .map(|(name, _)| name.as_str())
        .collect();
    let document = read(&root().join("docs/dependencies.md"));
    let explained: BTreeSet<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("- "))
        .filter_map(|line| line.split([':', ' ']).next())
        .collect();
    assert_eq!(used, explained, "Cargo.toml on the left, docs/dependencies.md on the right");
}

#[test]
fn no_file_is_too_long() {
    let mut folders = ["crates", "xtask", "fuzz"].map(|folder| root().join(folder)).to_vec();
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("folders are readable").path()) {
            if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files += 1;
                let lines = read(&path).lines().count();
                assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
            }
        }
    }
    assert!(files > 0, "no file was found");
}
