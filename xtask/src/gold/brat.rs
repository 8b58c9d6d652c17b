//! Gold as stand-off annotation for brat, in the layout of PolNeAR, and back.
//!
//!     T1  Source 0 9  The mayor
//!     T2  Cue 10 14  said
//!     T3  Content 15 30;36 44  it would rain , he said
//!     E1  Attribution:T2 Source:T1 Content:T3
//!     A1  Act E1 predict
//!     #1  AnnotatorNotes E1  {"speaker":"mayor", ...}
//!
//! Spans and acts are brat's own and may be changed there. Fields that brat has no place for stand in a note as the
//! rows of the gold file without their spans: on an event for its statement, on the first mention for a source
//! (`Mention`, `Role`, tied by `Equiv`), on line 0 for the document.

use super::page::Page;
use super::record::{Annotation, Header, Pair, Source, Statement};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The `.ann` file of an annotation.
///
/// # Errors
/// When a row cannot be written as JSON.
pub(crate) fn write(annotation: &Annotation, text: &str) -> Result<String> {
    let page = Page::new(text);
    let mut marks = Marks { page: &page, out: String::new(), count: 0 };
    for (i, source) in annotation.sources.iter().enumerate() {
        let mentions: Vec<usize> = source.mentions.iter().map(|&m| marks.mark("Mention", &[m])).collect();
        for &role in &source.roles {
            let n = marks.mark("Role", &[role]);
            writeln!(marks.out, "A{0}\tOf T{n} {1}", 100_000 + n, source.key)?;
        }
        if mentions.len() > 1 {
            let all: Vec<String> = mentions.iter().map(|n| format!("T{n}")).collect();
            writeln!(marks.out, "*\tEquiv {}", all.join(" "))?;
        }
        for n in &mentions {
            writeln!(marks.out, "A{0}\tOf T{n} {1}", 100_000 + n, source.key)?;
        }
        let rest = without(serde_json::to_value(source)?, &["mentions", "roles"]);
        let on = mentions.first().map_or_else(|| "T0".to_owned(), |n| format!("T{n}"));
        writeln!(marks.out, "#{0}\tAnnotatorNotes {on}\t{rest}", 100_000 + i)?;
    }
    for statement in &annotation.statements {
        let n = statement.n;
        let spans = [("Source", &statement.source), ("Cue", &statement.cue), ("Content", &statement.content)];
        let numbers = spans.map(|(kind, span)| (!span.is_empty()).then(|| marks.mark(kind, span)));
        let [source, cue, content] = numbers;
        let trigger = cue.or(content).context("a statement has content")?;
        write!(marks.out, "E{n}\tAttribution:T{trigger}")?;
        for (role, mark) in [("Source", source), ("Content", content)] {
            if let Some(mark) = mark.filter(|mark| *mark != trigger) {
                write!(marks.out, " {role}:T{mark}")?;
            }
        }
        let row = serde_json::to_value(statement)?;
        let act = row["act"].as_str().context("an act is a word")?.to_owned();
        let rest = without(row, &["source", "cue", "content", "act", "statement"]);
        writeln!(marks.out, "\nA{n}\tAct E{n} {act}\n#{n}\tAnnotatorNotes E{n}\t{rest}")?;
    }
    let document = serde_json::to_value(&annotation.header)?;
    writeln!(marks.out, "#0\tAnnotatorNotes T0\t{document}")?;
    Ok(marks.out)
}

fn without(mut row: Value, keys: &[&str]) -> Value {
    if let Some(row) = row.as_object_mut() {
        keys.iter().for_each(|key| drop(row.remove(*key)));
    }
    row
}

struct Marks<'p> {
    page: &'p Page,
    out: String,
    count: usize,
}

impl Marks<'_> {
    fn mark(&mut self, kind: &str, pieces: &[Pair]) -> usize {
        self.count += 1;
        // brat wants every piece on one line.
        let lines: Vec<Pair> = pieces.iter().flat_map(|&piece| self.lines(piece)).collect();
        let offsets: Vec<String> = lines.iter().map(|[a, b]| format!("{a} {b}")).collect();
        let words: Vec<String> = lines.iter().map(|&line| self.page.words(line)).collect();
        let _ = writeln!(self.out, "T{}\t{kind} {}\t{}", self.count, offsets.join(";"), words.join(" "));
        self.count
    }

    fn lines(&self, [start, end]: Pair) -> Vec<Pair> {
        let within = |&[a, b]: &Pair| (a.max(start) < b.min(end)).then(|| [a.max(start), b.min(end)]);
        self.page.paragraphs.iter().filter_map(within).collect()
    }
}

/// An annotation from an `.ann` file and the document that it belongs to.
///
/// # Errors
/// Says which line makes no sense.
pub(crate) fn read(ann: &str, header: &Header, text: &str) -> Result<Annotation> {
    let page = Page::new(text);
    let mut reading = Reading::default();
    for (i, line) in ann.lines().enumerate() {
        reading.line(line, &page).with_context(|| format!("line {}", i + 1))?;
    }
    reading.annotation(header)
}

#[derive(Default)]
struct Reading {
    marks: BTreeMap<usize, (String, Vec<Pair>)>,
    /// Trigger and arguments of each event.
    events: BTreeMap<usize, Vec<(String, usize)>>,
    acts: BTreeMap<usize, String>,
    /// The source of each mention and role.
    of: BTreeMap<usize, String>,
    notes: BTreeMap<usize, Value>,
    sources: Vec<Value>,
    header: Option<Header>,
}

impl Reading {
    fn line(&mut self, line: &str, page: &Page) -> Result<()> {
        let fields: Vec<&str> = line.splitn(3, '\t').collect();
        let [id, body, ..] = fields.as_slice() else { bail!("fields stand apart by tabs") };
        match id.chars().next() {
            Some('T') => {
                let (kind, offsets) = body.split_once(' ').context("kind and offsets")?;
                self.marks.insert(number(id)?, (kind.to_owned(), joined(pieces(offsets)?, page)));
            }
            Some('E') => {
                let arguments = body.split(' ').map(|argument| {
                    let (role, mark) = argument.split_once(':').context("role:T")?;
                    Ok((role.to_owned(), number(mark)?))
                });
                self.events.insert(number(id)?, arguments.collect::<Result<_>>()?);
            }
            Some('A') => match body.split(' ').collect::<Vec<_>>().as_slice() {
                ["Act", event, act] => drop(self.acts.insert(number(event)?, (*act).to_owned())),
                ["Of", mark, key] => drop(self.of.insert(number(mark)?, (*key).to_owned())),
                _ => bail!("no such attribute: {body}"),
            },
            Some('#') => {
                let on = body.split_once(' ').context("a note on something")?.1;
                let note: Value = serde_json::from_str(fields.get(2).context("a note")?)?;
                if on.starts_with('E') {
                    self.notes.insert(number(on)?, note);
                } else if note.get("document").is_some() {
                    self.header = Some(serde_json::from_value(note)?);
                } else {
                    self.sources.push(note);
                }
            }
            Some('*') => {}
            _ => bail!("{id} is no annotation"),
        }
        Ok(())
    }

    fn annotation(self, header: &Header) -> Result<Annotation> {
        let mut sources = Vec::new();
        for mut row in self.sources {
            let key = row["source"].as_str().context("a source has a key")?.to_owned();
            let of = |kind: &str| -> Vec<Pair> {
                let mine = self.marks.iter().filter(|(n, _)| self.of.get(n) == Some(&key));
                let mut spans: Vec<Pair> =
                    mine.filter(|(_, m)| m.0 == kind).flat_map(|(_, m)| m.1.clone()).collect();
                spans.sort_unstable();
                spans
            };
            row["mentions"] = serde_json::to_value(of("Mention"))?;
            row["roles"] = serde_json::to_value(of("Role"))?;
            sources.push(serde_json::from_value::<Source>(row)?);
        }
        let mut statements = Vec::new();
        for (n, arguments) in &self.events {
            let mut row = self.notes.get(n).cloned().with_context(|| format!("E{n} has no note"))?;
            row["statement"] = serde_json::to_value(n)?;
            row["act"] = serde_json::to_value(self.acts.get(n).with_context(|| format!("E{n} has no act"))?)?;
            for (_, mark) in arguments {
                let (kind, spans) = self.marks.get(mark).with_context(|| format!("E{n}: no T{mark}"))?;
                row[kind.to_lowercase()] = serde_json::to_value(spans)?;
            }
            statements.push(serde_json::from_value::<Statement>(row).with_context(|| format!("E{n}"))?);
        }
        let header = self.header.unwrap_or_else(|| header.clone());
        Ok(Annotation { header, sources, statements })
    }
}

/// `T12` as 12.
fn number(id: &str) -> Result<usize> {
    let digits = id.get(1..).unwrap_or_default();
    digits.parse().with_context(|| format!("{id} has no number"))
}

/// `0 4;8 12`.
fn pieces(offsets: &str) -> Result<Vec<Pair>> {
    let pieces = offsets.split(';').map(|piece| {
        let (start, end) = piece.split_once(' ').context("start end")?;
        let pair = [start.parse()?, end.parse()?];
        ensure!(pair[0] < pair[1], "an empty piece");
        Ok(pair)
    });
    pieces.collect()
}

/// Pieces that only a line break parts are one.
fn joined(pieces: Vec<Pair>, page: &Page) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::new();
    for piece in pieces {
        match all.last_mut() {
            Some(last) if broken(&page.words([last[1], piece[0]])) => last[1] = piece[1],
            _ => all.push(piece),
        }
    }
    all
}

fn broken(between: &str) -> bool {
    between.contains('\n') && between.trim().is_empty()
}
