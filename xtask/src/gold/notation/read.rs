//! Notation in, annotation out, with every mistake by its line.

use super::super::page::Page;
use super::super::record::{Annotation, Excuse, Header, Link, Pair, SaidOn, Source, Statement, Target};
use super::place::Finder;
use super::words;

/// Reads an annotation of a page.
///
/// # Errors
/// All mistakes, each with its line's number.
pub(crate) fn parse(lines: &str, page: &Page, header: &Header) -> Result<Annotation, Vec<String>> {
    let mut mistakes = Vec::new();
    let mut header = Header { not_read: Vec::new(), excused: Vec::new(), ..header.clone() };
    let numbered = || lines.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    for (n, line) in numbered() {
        if let Some(rest) = line.strip_prefix('!')
            && let Err(mistake) = not_a_statement(rest.trim(), page, &mut header)
        {
            mistakes.push(format!("line {n}: {mistake}"));
        }
    }
    let finder = Finder { page, not_read: header.not_read.clone() };
    let mut reading = Reading { finder, sources: Vec::new(), statements: Vec::new(), open: Vec::new() };
    let mut paragraph = 0;
    for (n, line) in numbered() {
        let result = match line.chars().next() {
            Some('=') => reading.source(line[1..].trim()),
            Some('%') => reading.statement(line[1..].trim(), paragraph),
            Some('[') => match line[1..].split_once(']').and_then(|(n, _)| n.parse().ok()) {
                Some(n) if n >= 1 && n <= page.paragraphs.len() => {
                    paragraph = n;
                    Ok(())
                }
                _ => Err("no such paragraph".to_owned()),
            },
            Some('!' | '#') | None => Ok(()),
            Some('/') if line.starts_with("//") => Ok(()),
            Some(_) => Err(format!("what is this? {line}")),
        };
        if let Err(mistake) = result {
            mistakes.push(format!("line {n}: {mistake}"));
        }
    }
    reading.link_targets(&mut mistakes);
    let quoted = page.quoted();
    for statement in &mut reading.statements {
        statement.verbatim = inside(&statement.content, &quoted);
    }
    let annotation = Annotation { header, sources: reading.sources, statements: reading.statements };
    if mistakes.is_empty() { Ok(annotation) } else { Err(mistakes) }
}

/// `9` or `4 “words” term`.
fn not_a_statement(rest: &str, page: &Page, header: &mut Header) -> Result<(), String> {
    let (number, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let n: usize = number.parse().map_err(|_| format!("no paragraph: {number}"))?;
    let paragraph = n.checked_sub(1).and_then(|i| page.paragraphs.get(i));
    let &paragraph = paragraph.ok_or_else(|| format!("there is no paragraph {n}"))?;
    if words.is_empty() {
        header.not_read.push(paragraph);
        return Ok(());
    }
    let (words, why) = words.rsplit_once(' ').ok_or("words and why, please")?;
    let finder = Finder { page, not_read: Vec::new() };
    let at = finder.piece(&format!("{n}:{words}"), n, 0)?;
    header.excused.push(Excuse { at, why: words::excuse(why)? });
    Ok(())
}

struct Reading<'p> {
    finder: Finder<'p>,
    sources: Vec<Source>,
    statements: Vec<Statement>,
    /// Numbers of the last statement at each depth.
    open: Vec<usize>,
}

impl Reading<'_> {
    /// `hale | Orsin Hale | person named | also: ...`.
    fn source(&mut self, line: &str) -> Result<(), String> {
        let mut fields = line.split(" | ").map(str::trim);
        let mut next = |what: &str| {
            fields.next().filter(|f| !f.is_empty()).map(str::to_owned).ok_or_else(|| format!("no {what}"))
        };
        let (key, name, kind) = (next("key")?, next("name")?, next("kind")?);
        let (kind, status) = words::kind_and_status(&kind)?;
        if self.sources.iter().any(|s| s.key == key) {
            return Err(format!("a second source {key}"));
        }
        let mut source = Source {
            key,
            name,
            also: Vec::new(),
            kind,
            status,
            affiliation: None,
            roles: Vec::new(),
            mentions: Vec::new(),
        };
        let mut mistakes = Vec::new();
        for field in fields {
            let (key, value) = field.split_once(':').ok_or_else(|| format!("no field: {field}"))?;
            let value = value.trim();
            match key {
                "also" => source.also = value.split(';').map(|n| n.trim().to_owned()).collect(),
                "of" => source.affiliation = Some(value.to_owned()),
                "roles" | "at" => match self.finder.places(value) {
                    Ok(places) if key == "at" => source.mentions = places,
                    Ok(places) => source.roles = places,
                    Err(mistake) => mistakes.push(format!("{}, {key}: {mistake}", source.key)),
                },
                other => mistakes.push(format!("no field {other}")),
            }
        }
        self.sources.push(source);
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes.join("; ")) }
    }

    /// `> hale | accuse | isc | S: ...`.
    fn statement(&mut self, line: &str, paragraph: usize) -> Result<(), String> {
        let depth = line.len() - line.trim_start_matches('>').len();
        let n = self.statements.len() + 1;
        if depth > self.open.len() {
            return Err("inside which row?".to_owned());
        }
        self.open.truncate(depth);
        self.open.push(n);
        let inside = depth.checked_sub(1).map(|outer| self.open[outer]);

        let fields: Vec<&str> = line[depth..].trim().split(" | ").map(str::trim).collect();
        let [speaker, acts, flags, rest @ ..] = fields.as_slice() else {
            return Err("speaker | act | flags | ...".to_owned());
        };
        let mut mistakes = Vec::new();
        let mut kept = |mistake: String| mistakes.push(mistake);
        let (act, or_acts) = words::acts(acts)?;
        let flags = words::flags(flags)?;
        if *speaker != "-" && self.sources.iter().all(|s| s.key != *speaker) {
            kept(format!("no source {speaker}"));
        }
        let mut statement = Statement {
            n,
            speaker: (*speaker != "-").then(|| (*speaker).to_owned()),
            why_unknown: None,
            co_speakers: Vec::new(),
            act,
            or_acts,
            kind: flags.kind,
            mode: flags.mode,
            certainty: Some(flags.certainty),
            negated: flags.negated,
            optional: flags.optional,
            inside,
            source: Vec::new(),
            cue: Vec::new(),
            content: Vec::new(),
            verbatim: Vec::new(),
            addressee: None,
            outlet: None,
            how: None,
            setting: None,
            chain: Vec::new(),
            said_on: None,
            target: None,
            cases: Vec::new(),
        };
        for field in rest {
            if let Err(mistake) = self.field(&mut statement, field, paragraph) {
                kept(format!("{field}: {mistake}"));
            }
        }
        if statement.content.is_empty() && mistakes.is_empty() {
            mistakes.push("no content".to_owned());
        }
        self.statements.push(statement);
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes.join("\n    ")) }
    }

    fn field(&self, to: &mut Statement, field: &str, paragraph: usize) -> Result<(), String> {
        let (key, value) = field.split_once(':').ok_or("no key")?;
        let value = value.trim();
        if value.is_empty() {
            return Err("nothing in it".to_owned());
        }
        match key.trim() {
            "S" => to.source = self.finder.span(value, paragraph)?,
            "C" => to.cue = self.finder.span(value, paragraph)?,
            "X" => to.content = self.finder.span(value, paragraph)?,
            "co" => {
                for key in value.split(',').map(str::trim) {
                    if self.sources.iter().all(|s| s.key != key) {
                        return Err(format!("no source {key}"));
                    }
                    to.co_speakers.push(key.to_owned());
                }
            }
            "to" => {
                let known =
                    value.strip_prefix('=').map(|key| self.sources.iter().find(|s| s.key == key.trim()));
                to.addressee = Some(match known {
                    Some(Some(source)) => source.name.clone(),
                    Some(None) => return Err(format!("no source {value}")),
                    None => self.evidence(value, paragraph)?.0,
                });
            }
            "via" => {
                let (outlet, how) = value.rsplit_once('/').ok_or("outlet/how")?;
                if !HOW.contains(&how.trim()) {
                    return Err(format!("how is one of {}", HOW.join(", ")));
                }
                (to.outlet, to.how) = (Some(outlet.trim().to_owned()), Some(how.trim().to_owned()));
            }
            "set" => to.setting = Some(value.to_owned()),
            "on" => {
                let (edtf, at) = self.evidence(value, paragraph)?;
                to.said_on = Some(SaidOn { edtf, at: at.ok_or("which words say so? <on Monday>")? });
            }
            "target" => {
                let (name, at) = self.evidence(value, paragraph)?;
                to.target = Some(Target { name, source: None, at });
            }
            "chain" => {
                for link in value.split(';') {
                    let (from, rest) = link.split_once(" > ").ok_or("from > to: how")?;
                    let (target, how) = rest.rsplit_once(':').ok_or("from > to: how")?;
                    let [from, target, how] = [from, target, how].map(|part| part.trim().to_owned());
                    to.chain.push(Link { from, to: target, how });
                }
            }
            "case" => {
                to.cases = value.split([' ', ',']).filter(|c| !c.is_empty()).map(str::to_owned).collect()
            }
            "why" => to.why_unknown = Some(value.to_owned()),
            other => return Err(format!("no field {other}")),
        }
        Ok(())
    }

    /// `value <words>`.
    fn evidence(&self, value: &str, paragraph: usize) -> Result<(String, Option<Pair>), String> {
        let Some((value, words)) = value.strip_suffix('>').and_then(|v| v.split_once('<')) else {
            return Ok((value.to_owned(), None));
        };
        let at = self.finder.piece(words.trim(), paragraph, 0)?;
        Ok((value.trim().to_owned(), Some(at)))
    }

    /// `=hale` is the source of that key; a name that a source has is that source.
    fn link_targets(&mut self, mistakes: &mut Vec<String>) {
        for statement in &mut self.statements {
            let Some(target) = &mut statement.target else { continue };
            if let Some(key) = target.name.strip_prefix('=') {
                let Some(source) = self.sources.iter().find(|s| s.key == key.trim()) else {
                    mistakes.push(format!("statement {}: no source {key}", statement.n));
                    continue;
                };
                target.source = Some(source.key.clone());
                target.name = source.name.clone();
            } else {
                let same = self.sources.iter().find(|s| s.names().any(|name| name == target.name));
                target.source = same.map(|s| s.key.clone());
            }
        }
    }
}

/// How an outlet comes by words.
const HOW: [&str; 7] = ["told", "quoted", "cited", "reported", "published", "broadcast", "posted"];

/// The parts of spans that lie within others.
fn inside(spans: &[Pair], others: &[Pair]) -> Vec<Pair> {
    let mut parts = Vec::new();
    for &[start, end] in spans {
        for &[from, to] in others {
            if start.max(from) < end.min(to) {
                parts.push([start.max(from), end.min(to)]);
            }
        }
    }
    parts
}
