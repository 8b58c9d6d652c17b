//! Gold: stand-off annotations of articles (`eval/gold/*.jsonl`, `eval/al-kazemi.jsonl`) and PolNeAR's documents.
//!
//! Every file is checked against its article before it is used: the hash, the bounds of each span, and the words
//! where the file repeats them.

use crate::score::Spans;
use anyhow::{Context, Result, ensure};
use sayso::ledger::{Kind, Mode};
use sayso::lexicon::Act;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// An article with its gold statements.
pub(crate) struct GoldArticle {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) header: Header,
    pub(crate) statements: Vec<GoldStatement>,
}

/// First line of a gold file.
#[derive(Deserialize)]
pub(crate) struct Header {
    /// Where the article is, from the root of the repository.
    document: String,
    sha256: String,
    /// Other names under which a speaker is right.
    pub(crate) also_called: BTreeMap<String, Vec<String>>,
    /// Crossheads, captions and page furniture: no statement may come from there.
    pub(crate) not_read: Vec<[usize; 2]>,
}

/// A statement that a careful reader finds.
#[derive(Deserialize)]
pub(crate) struct GoldStatement {
    pub(crate) n: usize,
    /// Canonical name; none where nobody is named.
    pub(crate) speaker: Option<String>,
    pub(crate) act: Act,
    /// Acts that a careful reader might choose instead.
    pub(crate) or_acts: Vec<Act>,
    /// None where the guidelines do not decide: words under a `NAME:` line.
    pub(crate) mode: Option<Mode>,
    pub(crate) kind: Kind,
    pub(crate) negated: bool,
    /// The `n` of the statement within whose content this one stands.
    pub(crate) inside: Option<usize>,
    /// Arguable: neither asked for nor counted against precision.
    pub(crate) optional: bool,
    #[serde(flatten)]
    pub(crate) spans: Spans,
    words: Option<Words>,
}

#[derive(Deserialize)]
struct Words {
    source: Vec<String>,
    cue: Vec<String>,
    content: Vec<String>,
}

/// A document of a corpus that annotates attributions only.
#[derive(Deserialize)]
pub(crate) struct CorpusDocument {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) attributions: Vec<Spans>,
}

impl GoldArticle {
    /// Whether the article that a gold file annotates is at hand.
    pub(crate) fn is_present(root: &Path, gold: &Path) -> bool {
        let lines = std::fs::read_to_string(gold).unwrap_or_default();
        let header = lines.lines().next().and_then(|line| serde_json::from_str::<Header>(line).ok());
        header.is_some_and(|h| root.join(h.document).exists())
    }

    /// Reads a gold file and its article, and checks that they belong together.
    ///
    /// # Errors
    /// Says which file, and which statement does not fit.
    pub(crate) fn read(root: &Path, gold: &Path) -> Result<Self> {
        let lines = std::fs::read_to_string(gold).with_context(|| format!("read {}", gold.display()))?;
        let mut lines = lines.lines().enumerate();
        let (_, first) = lines.next().with_context(|| format!("{} is empty", gold.display()))?;
        let header: Header =
            serde_json::from_str(first).with_context(|| format!("header of {}", gold.display()))?;
        let path = root.join(&header.document);
        let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
        let found = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect::<String>();
        ensure!(
            found == header.sha256,
            "{} is not the text that {} annotates: its hash is {found}",
            path.display(),
            gold.display()
        );
        let statements = lines
            .map(|(i, line)| {
                serde_json::from_str(line).with_context(|| format!("{} line {}", gold.display(), i + 1))
            })
            .collect::<Result<Vec<GoldStatement>>>()?;
        for statement in &statements {
            statement
                .check(&text)
                .with_context(|| format!("{} statement {}", gold.display(), statement.n))?;
        }
        let id = gold.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        Ok(Self { id, text, header, statements })
    }

    /// Whether a predicted name is one of the names of a gold speaker.
    pub(crate) fn is_called(&self, speaker: &str, predicted: &str) -> bool {
        let others = self.header.also_called.get(speaker).map_or(&[][..], Vec::as_slice);
        std::iter::once(speaker)
            .chain(others.iter().map(String::as_str))
            .any(|name| super::names::same(name, predicted))
    }
}

impl GoldStatement {
    pub(crate) fn accepts(&self, act: Act) -> bool {
        self.act == act || self.or_acts.contains(&act)
    }

    fn check(&self, text: &str) -> Result<()> {
        let roles = [
            (&self.spans.source, self.words.as_ref().map(|w| &w.source)),
            (&self.spans.cue, self.words.as_ref().map(|w| &w.cue)),
            (&self.spans.content, self.words.as_ref().map(|w| &w.content)),
        ];
        for (spans, words) in roles {
            let found = spans
                .iter()
                .map(|&pair| slice(text, pair).with_context(|| format!("span {pair:?} is outside the text")))
                .collect::<Result<Vec<&str>>>()?;
            if let Some(words) = words {
                ensure!(found == *words, "spans hold {found:?}, not {words:?}");
            }
        }
        Ok(())
    }
}

/// Reads a corpus in JSON Lines.
///
/// # Errors
/// Says which line is not a document.
pub(crate) fn read_corpus(path: &Path) -> Result<Vec<CorpusDocument>> {
    let lines = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let mut documents = lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            serde_json::from_str(line).with_context(|| format!("{} line {}", path.display(), i + 1))
        })
        .collect::<Result<Vec<CorpusDocument>>>()?;
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(documents)
}

/// The characters between two code points.
pub(crate) fn slice(text: &str, [start, end]: [usize; 2]) -> Option<&str> {
    let byte = |n: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
    text.get(byte(start)?..byte(end)?)
}
