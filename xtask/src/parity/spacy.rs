//! spaCy in a process of its own.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const SCRIPT: &str = "crates/sayso-model/tests/parity/analyse.py";

/// What would make spaCy's matrix products use more than one thread, or code for another processor.
const THREADS: &[&str] = &["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"];
const SLOWER: &[&str] = &["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/// spaCy's analysis of one text, one entry a token.
#[derive(Deserialize)]
pub(super) struct Analysis {
    pub(super) forms: Vec<String>,
    pub(super) spaces: Vec<bool>,
    pub(super) tags: Vec<String>,
    pub(super) pos: Vec<String>,
    pub(super) lemmas: Vec<String>,
    pub(super) heads: Vec<u32>,
    pub(super) deps: Vec<String>,
    pub(super) starts: Vec<bool>,
    pub(super) entities: Vec<(u32, u32, String)>,
}

/// How long it took.
#[derive(Deserialize)]
pub(super) struct Time {
    pub(super) cpu_s: f64,
    pub(super) clock_s: f64,
    #[serde(rename = "spacy")]
    pub(super) version: String,
}

pub(super) struct Analyses {
    pub(super) analyses: Vec<Analysis>,
    pub(super) time: Time,
}

/// Lets spaCy analyse as many of the texts as have so many sentences.
pub(super) fn analyse(python: &Path, texts: &[String], sentences: usize) -> Result<Analyses> {
    let mut command = Command::new(python);
    command.arg(crate::root().join(SCRIPT)).arg(sentences.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.envs(THREADS.iter().map(|name| (name, "1")));
    for name in SLOWER {
        command.env_remove(name);
    }
    let mut child = command.spawn().with_context(|| format!("run {}", python.display()))?;
    let mut input = String::new();
    for text in texts {
        input.push_str(&serde_json::to_string(text)?);
        input.push('\n');
    }
    // the script reads all before it writes anything
    child.stdin.take().context("the script has no input")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{SCRIPT} ended with {}", output.status);
    let lines: Vec<&str> = std::str::from_utf8(&output.stdout)?.lines().collect();
    let (last, lines) = lines.split_last().context("the script said nothing")?;
    let analyses = lines.iter().map(|line| Ok(serde_json::from_str(line)?)).collect::<Result<_>>()?;
    Ok(Analyses { analyses, time: serde_json::from_str(last)? })
}
