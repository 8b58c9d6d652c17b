//! How well articles are taken out of web pages, against pages with their body, title, authors and date.
//!
//! In: `pages.zip` and `gold.jsonl` of a folder of pages. Out: one row of figures for each system, on one half of the pages: `tune`, which the
//! program is made with, or `check`, which is only counted. Which half a page is in, the hash of its id says.

mod flat;
mod labels;
mod measure;
mod readers;

use anyhow::{Context, Result, bail};
use measure::{Gold, Sums};
use readers::{Page, READERS, Taken};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

pub(crate) const HELP: &str = "\
  pages tune|check                   figures of taking the article out of web pages: ours, trafilatura, dom_smoothie
       --folder FOLDER               with pages.zip and gold.jsonl; else ../shared/data/pages
       --against NAME=FILE           another program's results too: JSON Lines of id, title, author, date, text
       --errors FIELD                and the pages where that field of ours is wrong: body, date, authors, title, phrases,
                                     caption, heading, standfirst, outlet, twice
       --write                       to eval/results/pages-HALF.csv as well";

struct Arguments {
    half: String,
    folder: PathBuf,
    against: Vec<(String, PathBuf)>,
    errors: Option<String>,
    write: bool,
}

pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let arguments = parse(arguments)?;
    let golds = golds(&arguments.folder)?;
    let golds: Vec<&Gold> = golds.iter().filter(|gold| half(&gold.id) == arguments.half).collect();
    let pages = pages(&arguments.folder, &golds)?;
    let mut rows: Vec<(String, Sums, Option<Duration>)> = Vec::new();
    let mut ways: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for reader in READERS {
        let start = Instant::now();
        let taken: Vec<Taken> = pages.iter().map(|page| (reader.take)(page)).collect();
        let time = start.elapsed();
        let sums = sums(&golds, &taken);
        if reader.name == READERS[0].name {
            let judged = golds.iter().zip(&taken).flat_map(|(gold, taken)| measure::evidence(gold, taken));
            for (way, is_right) in judged {
                let counts = ways.entry(way).or_default();
                counts[0] += usize::from(is_right);
                counts[1] += 1;
            }
        }
        if let Some(field) = arguments.errors.as_deref().filter(|_| reader.name == READERS[0].name) {
            print_errors(&golds, &taken, field);
        }
        rows.push((reader.name.to_owned(), sums, Some(time)));
    }
    let labels = labels::read(&crate::root().join("eval/pages/labels.jsonl"))?;
    let mut counts = labels::Counts::default();
    for page in &pages {
        let Some(labels) = labels.get(&page.id) else { continue };
        for (field, what) in counts.add(page, labels)? {
            if arguments.errors.as_deref() == Some(field) {
                println!("{} {}\n    {what}", page.id, page.url);
            }
        }
    }
    for (name, file) in &arguments.against {
        let by_id = readers::other(file)?;
        let taken: Vec<Taken> =
            golds.iter().map(|gold| by_id.get(&gold.id).cloned().unwrap_or_default()).collect();
        rows.push((name.clone(), sums(&golds, &taken), None));
    }
    let parts = counts.figures();
    let csv = csv(&rows, &parts);
    println!("{} pages ({})\n{}", golds.len(), arguments.half, table(&rows));
    for (way, [right, whole]) in &ways {
        println!("{way:32}{:>4.1} of {whole}", 100.0 * *right as f64 / *whole as f64);
    }
    println!("\n{} labelled pages", counts.pages());
    for (figure, value, whole) in &parts {
        println!("{figure:22}{value:>14.1} of {whole}");
    }
    if arguments.write {
        let path = crate::root().join(format!("eval/results/pages-{}.csv", arguments.half));
        std::fs::write(&path, csv).with_context(|| path.display().to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(arguments: &[String]) -> Result<Arguments> {
    let mut parsed = Arguments {
        half: String::new(),
        folder: crate::root().join("../shared/data/pages"),
        against: Vec::new(),
        errors: None,
        write: false,
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().cloned().with_context(|| format!("{argument} asks for a value"));
        match argument.as_str() {
            "tune" | "check" => parsed.half.clone_from(argument),
            "--folder" => parsed.folder = value()?.into(),
            "--errors" => {
                let field = value()?;
                let fields: Vec<&str> = measure::FIELDS.iter().chain(&labels::FIELDS).copied().collect();
                if !fields.contains(&&*field) {
                    bail!("--errors: {field}? one of {}", fields.join(", "));
                }
                parsed.errors = Some(field);
            }
            "--write" => parsed.write = true,
            "--against" => {
                let value = value()?;
                let (name, file) = value.split_once('=').context("--against NAME=FILE")?;
                parsed.against.push((name.to_owned(), file.into()));
            }
            other => bail!("what is {other}?\n{HELP}"),
        }
    }
    if parsed.half.is_empty() {
        bail!("tune or check?\n{HELP}");
    }
    Ok(parsed)
}

/// Which half a page is in.
fn half(id: &str) -> &'static str {
    if Sha256::digest(id)[0].is_multiple_of(2) { "tune" } else { "check" }
}

fn golds(folder: &Path) -> Result<Vec<Gold>> {
    let path = folder.join("gold.jsonl");
    let lines = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    lines.lines().map(|line| serde_json::from_str(line).context("gold.jsonl")).collect()
}

fn pages(folder: &Path, golds: &[&Gold]) -> Result<Vec<Page>> {
    let path = folder.join("pages.zip");
    let file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
    let mut archive = zip::ZipArchive::new(file)?;
    let mut bytes: HashMap<String, Vec<u8>> = HashMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        let id = entry.name()?.trim_end_matches(".html").to_owned();
        let mut page = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut page)?;
        bytes.insert(id, page);
    }
    let page = |gold: &&Gold| {
        let bytes = bytes.remove(&gold.id).with_context(|| format!("no page {}", gold.id))?;
        Ok(Page { id: gold.id.clone(), url: gold.url.clone(), bytes })
    };
    golds.iter().map(page).collect()
}

fn sums(golds: &[&Gold], taken: &[Taken]) -> Sums {
    let mut sums = Sums::default();
    for (gold, taken) in golds.iter().zip(taken) {
        sums.add(gold, taken);
    }
    sums
}

fn print_errors(golds: &[&Gold], taken: &[Taken], field: &str) {
    for (gold, taken) in golds.iter().zip(taken) {
        if let Some(what) = measure::error(gold, taken, field) {
            println!("{} {}\n    {what}", gold.id, gold.url);
        }
    }
}

fn csv(rows: &[(String, Sums, Option<Duration>)], parts: &[(&str, f64, usize)]) -> String {
    let mut csv = "system,figure,value\n".to_owned();
    for (name, sums, _) in rows {
        for (figure, value) in sums.figures() {
            let _ = writeln!(csv, "{name},{figure},{value:.1}");
        }
    }
    for (figure, value, _) in parts {
        let _ = writeln!(csv, "{},{figure},{value:.1}", READERS[0].name);
    }
    csv
}

fn table(rows: &[(String, Sums, Option<Duration>)]) -> String {
    let mut table = String::new();
    let names: Vec<&str> = rows.iter().map(|(name, ..)| name.as_str()).collect();
    let _ =
        writeln!(table, "{:22}{}", "", names.iter().map(|name| format!("{name:>14}")).collect::<String>());
    let figures: Vec<Vec<(&str, f64)>> = rows.iter().map(|(_, sums, _)| sums.figures()).collect();
    for (at, (figure, _)) in figures.first().into_iter().flatten().enumerate() {
        let values: String = figures.iter().map(|row| format!("{:>14.1}", row[at].1)).collect();
        let _ = writeln!(table, "{figure:22}{values}");
    }
    let times: String = rows
        .iter()
        .map(|(.., time)| {
            time.map_or_else(|| format!("{:>14}", "-"), |t| format!("{:>14.1}", t.as_secs_f64()))
        })
        .collect();
    let _ = writeln!(table, "{:22}{times}", "seconds");
    table
}
