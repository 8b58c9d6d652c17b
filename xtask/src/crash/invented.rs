//! Articles about places and people that there are none of, in every kind of file: texts, pages, rows, and some that cannot be read.

use anyhow::{Context, Result};
use serde_json::json;
use std::path::{Path, PathBuf};

/// A row of numbers that is the same for the same seed.
///
/// # Source
/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), figure 17.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[(self.next() % words.len() as u64) as usize]
    }
}

const SPEAKERS: &[&str] = &[
    "Ilse Maron, head of the harbour office,",
    "Mayor Dorn of Brezna",
    "Petra Sulk, a fisherwoman,",
    "Captain Oru Reve",
    "A spokesman for the Anbry dockers",
    "Two officials of the ministry",
];
const SPEECHES: &[&str] = &[
    "said on Friday that",
    "denied that",
    "told the Anbry Post that",
    "warned that",
    "accused the Brezna Company, saying that",
    "promised that",
];
const MATTERS: &[&str] = &[
    "the quay would stay shut until the crane is repaired",
    "every boat had been counted twice",
    "nobody had seen the ferry after dusk",
    "the well behind the customs house was dry",
    "the company had paid for the bridge",
    "the lamps on the mole would be lit again in May",
];
const WORDS: &[&str] = &[
    "“Nobody will lift so much as a crate there,” she said.",
    "“We were not asked,” he added. “We will not ask either.”",
    "The office did not comment.",
    "It rained for the rest of the week.",
];

fn headline(chance: &mut Chance, number: usize) -> String {
    format!("{} and boat {number}", chance.of(&["Quay", "Bridge", "Ferry", "Crane"]))
}

fn paragraphs(chance: &mut Chance, number: usize) -> Vec<String> {
    let count = 2 + chance.next() % 5;
    let one = |chance: &mut Chance| {
        let (speaker, speech) = (chance.of(SPEAKERS), chance.of(SPEECHES));
        format!("{speaker} {speech} {}. {} This was day {number}.", chance.of(MATTERS), chance.of(WORDS))
    };
    (0..count).map(|_| one(chance)).collect()
}

/// Writes so many articles into a new folder: a third texts, a third pages, a third rows of one file, and some that cannot be read. What is
/// to be added of them.
pub(crate) fn write(folder: &Path, articles: usize, chance: &mut Chance) -> Result<Vec<PathBuf>> {
    let files = folder.join("files");
    std::fs::create_dir_all(&files).with_context(|| format!("make {}", files.display()))?;
    let write = |path: PathBuf, text: String| {
        std::fs::write(&path, text).with_context(|| format!("write {}", path.display()))
    };
    let mut rows = String::new();
    for number in 0..articles {
        let (headline, paragraphs) = (headline(chance, number), paragraphs(chance, number));
        match number % 3 {
            0 => write(
                files.join(format!("{number:04}.txt")),
                format!("{headline}\n\n{}\n", paragraphs.join("\n\n")),
            )?,
            1 => {
                let body: String = paragraphs.iter().map(|one| format!("<p>{one}</p>\n")).collect();
                let page = format!(
                    "<!DOCTYPE html><html lang=\"en\"><head><title>{headline}</title></head>\
                     <body><article><h1>{headline}</h1>\n{body}</article></body></html>\n"
                );
                write(files.join(format!("{number:04}.html")), page)?;
            }
            _ => {
                let text = format!("{headline}\n\n{}\n", paragraphs.join("\n\n"));
                let row = json!({ "id": format!("row-{number}"), "text": text, "published": "2024-05-18" });
                rows.push_str(&format!("{row}\n"));
                if number % 10 == 5 {
                    rows.push_str("{\"text\": \"broken off\n");
                }
            }
        }
    }
    write(files.join("0005-empty.txt"), String::new())?;
    write(files.join("0006-no-article.html"), "<html><body><nav></nav></body></html>".to_owned())?;
    let collection = folder.join("rows.jsonl");
    write(collection.clone(), rows)?;
    Ok(vec![files, collection])
}
