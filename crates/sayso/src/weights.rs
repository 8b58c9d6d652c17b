//! Which weights read an article, in a few characters.

use crate::ledger::hexadecimal;
use sayso_model::SUMS;
use sayso_model::attribution::Tier;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of the sum.
const DIGITS: usize = 12;
/// What no article is read with.
const ABOUT: [&str; 3] = ["CARD.md", "LICENSE", "LICENSES_SOURCES"];
/// What the fast tier does not have.
const ACCURATE_ONLY: [&str; 5] =
    ["accurate.bin", "encoder.bin", "reader.bin", "embeddings.bin", "vocabulary.txt"];

/// The tier's name and the sum of the files that it reads with: `fast 1f2e3d4c5b6a`. Two readings with the same version and the same weights
/// are the same.
#[must_use]
pub fn weights(tier: Tier) -> String {
    let is_read = |name: &str| match tier {
        Tier::Accurate => !ABOUT.contains(&name),
        Tier::Fast => !ABOUT.contains(&name) && !ACCURATE_ONLY.contains(&name),
    };
    let mut hash = Sha256::new();
    for (folder, sums) in SUMS {
        let files = sums.lines().filter(|line| line.split_once("  ").is_some_and(|(_, name)| is_read(name)));
        for line in files {
            hash.update(format!("{folder}/{line}\n"));
        }
    }
    format!("{} {}", tier.name(), &hexadecimal(&hash.finalize())[..DIGITS])
}

#[test]
fn each_tier_has_its_own_and_leaves_out_what_it_does_not_read() {
    let [fast, accurate] = Tier::ALL.map(weights);
    assert!(fast.starts_with("fast ") && accurate.starts_with("accurate ") && fast[5..] != accurate[9..]);
    let files: Vec<&str> = SUMS
        .iter()
        .flat_map(|(_, sums)| sums.lines())
        .filter_map(|line| line.split_once("  "))
        .map(|(_, name)| name)
        .collect();
    for name in ABOUT.iter().chain(&ACCURATE_ONLY) {
        assert!(files.contains(name), "{name} is no file of weights");
    }
}
