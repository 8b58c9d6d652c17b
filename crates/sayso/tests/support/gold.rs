//! Gold statements (`eval/gold`) as attributions, so that who speaks and what is done are measured without the finder.

use sayso::article::{Article, Block, BlockRole, Origin};
use sayso::attribution::Attribution;
use sayso::offsets::CodePoints;
use sayso::text::{Span, Text};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// An article with its statements as attributions, and what the gold says of each.
pub(crate) struct Gold {
    pub(crate) name: String,
    pub(crate) article: Article,
    pub(crate) attributions: Vec<Attribution>,
    pub(crate) statements: Vec<Value>,
    /// Names under which each source is right, by its key.
    names: HashMap<String, Vec<String>>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Our own articles.
pub(crate) fn own() -> Vec<Gold> {
    let folder = root().join("eval/gold/own");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("eval/gold/own is there")
        .map(|entry| entry.expect("a folder of gold is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    files.iter().map(|file| read(file).expect("our own articles are there")).collect()
}

/// The stand-off annotation of an article outside, if that is at hand.
pub(crate) fn outside(name: &str) -> Option<Gold> {
    read(&root().join("eval").join(name))
}

fn read(file: &Path) -> Option<Gold> {
    let lines = std::fs::read_to_string(file).expect("gold is UTF-8");
    let rows = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("gold is JSON Lines"));
    let (mut header, mut statements, mut names) = (Value::Null, Vec::new(), HashMap::new());
    for row in rows {
        match row["row"].as_str() {
            Some("document") => header = row,
            Some("source") => {
                let also = row["also"].as_array().into_iter().flatten();
                let all = std::iter::once(&row["name"]).chain(also).filter_map(Value::as_str);
                let key = row["source"].as_str().expect("a source has a key").to_owned();
                names.insert(key, all.map(str::to_owned).collect());
            }
            _ => statements.push(row),
        }
    }
    let path = root().join(header["text"]["path"].as_str().expect("the text is a file"));
    let article = article(&std::fs::read_to_string(path).ok()?, &header["not_read"]);
    let points = CodePoints::new(&article.text);
    let number = |n: &Value| statements.iter().position(|other| other["statement"] == *n);
    let mut attributions: Vec<Attribution> = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        let spans = |role: &str| pairs(&points, &article.text, &statement[role]);
        let source = spans("source");
        // a quotation that nobody introduces anew goes on from the statement before
        let goes_on = source.is_empty() && !statement["speaker"].is_null() && at > 0;
        let inside = if statement["inside"].is_null() { None } else { number(&statement["inside"]) };
        let before = (0..at).rev().find(|before| attributions[*before].inside == inside);
        attributions.push(Attribution {
            source,
            cue: spans("cue"),
            content: spans("content"),
            continues: before.filter(|_| goes_on),
            inside,
            score: 1.0,
            because: Vec::new(),
        });
    }
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Some(Gold { name, article, attributions, statements, names })
}

fn pairs(points: &CodePoints, text: &Text, value: &Value) -> Vec<Span> {
    let byte = |value: &Value| value.as_u64().and_then(|at| points.byte(at as usize)).expect("offsets fit");
    let pairs = value.as_array().into_iter().flatten();
    pairs.map(|pair| text.span_at(byte(&pair[0]), byte(&pair[1])).expect("offsets fit")).collect()
}

/// Lines as paragraphs; what is not to be read as crossheads.
fn article(text: &str, not_read: &Value) -> Article {
    let text = Text::new(text).expect("an article is short");
    let points = CodePoints::new(&text);
    let not_read: Vec<Span> = pairs(&points, &text, not_read);
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.as_str().split_inclusive('\n') {
        let span = text.trim(text.span_at(start, start + line.len()).expect("lines are cut at line breaks"));
        start += line.len();
        if !span.is_empty() {
            let is_read = !not_read.iter().any(|other| other.overlaps(span));
            blocks.push(Block::new(if is_read { BlockRole::Paragraph } else { BlockRole::Heading }, span));
        }
    }
    Article { text, blocks, origin: Origin::default(), notes: Vec::new() }
}

impl Gold {
    /// Whether a name is one of those under which a gold source is right.
    pub(crate) fn is_called(&self, source: &str, name: &str) -> bool {
        self.names[source].iter().any(|other| same(other, name))
    }
}

/// The same head, and the words of the one all among those of the other, as `cargo xtask eval` compares names.
fn same(a: &str, b: &str) -> bool {
    const DROPPED: [&str; 12] =
        ["a", "an", "the", "its", "his", "her", "their", "mr", "mrs", "ms", "miss", "dr"];
    const AFTER_HEAD: [&str; 12] =
        ["of", "in", "at", "from", "for", "by", "on", "with", "who", "which", "that", "close"];
    let words = |name: &str| -> Vec<String> {
        let name = name.to_lowercase().replace('’', "'");
        let words = name.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'));
        words.filter(|word| !word.is_empty() && !DROPPED.contains(word)).map(str::to_owned).collect()
    };
    let head = |words: &[String]| {
        let end = words.iter().position(|word| AFTER_HEAD.contains(&word.as_str())).filter(|at| *at > 0);
        words[..end.unwrap_or(words.len())].last().cloned()
    };
    let (a, b) = (words(a), words(b));
    let within = |x: &[String], y: &[String]| x.iter().all(|word| y.contains(word));
    head(&a).is_some() && head(&a) == head(&b) && (within(&a, &b) || within(&b, &a))
}
