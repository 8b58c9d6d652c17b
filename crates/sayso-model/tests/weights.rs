//! The weights are those that their scripts wrote: `SHA256SUMS` names every file of a folder, with its hash.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn every_file_has_its_hash() {
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("weights");
    let mut folders = 0;
    for entry in std::fs::read_dir(&weights).expect("weights is a folder") {
        let folder = entry.expect("weights can be listed").path();
        if !folder.is_dir() {
            continue;
        }
        folders += 1;
        let sums = std::fs::read_to_string(folder.join("SHA256SUMS"))
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let wanted: BTreeMap<String, String> = sums
            .lines()
            .map(|line| line.split_once("  ").expect("a hash, two spaces, a name"))
            .map(|(hash, name)| (name.to_owned(), hash.to_owned()))
            .collect();
        assert_eq!(hashes(&folder), wanted, "{}", folder.display());
    }
    assert!(folders > 0);
}

fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("weights can be listed");
            open.extend(entries.map(|entry| entry.expect("weights can be listed").path()));
            continue;
        }
        let name = path.strip_prefix(folder).expect("the file lies in the folder");
        let name = name.to_str().expect("names are plain").replace('\\', "/");
        if name != "SHA256SUMS" {
            let digest = Sha256::digest(std::fs::read(&path).expect("weights can be read"));
            found.insert(name, digest.iter().map(|byte| format!("{byte:02x}")).collect());
        }
    }
    found
}
