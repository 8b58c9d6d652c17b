//! Annotation in, notation out, with the article's text in it.

use super::super::page::Page;
use super::super::record::{Annotation, Pair, Source, Statement};
use super::place::Finder;
use super::words::{self, Flags};
use sayso::ledger::Certainty;
use std::fmt::Write as _;

/// Words up to which a piece is written whole.
const WHOLE_WORDS: usize = 7;

/// An article with its rows in it.
pub(crate) fn render(annotation: &Annotation, page: &Page) -> String {
    let writing = Writing { page, finder: Finder { page, not_read: annotation.header.not_read.clone() } };
    let mut out = format!("# {}\n", annotation.header.document);
    if let Some(published) = &annotation.header.published {
        let _ = writeln!(out, "// published {published}");
    }
    for source in &annotation.sources {
        writing.source(source, &mut out);
    }
    for &at in &annotation.header.not_read {
        let _ = writeln!(out, "! {}", page.paragraph_of(at[0]).unwrap_or(0));
    }
    for excuse in &annotation.header.excused {
        let n = page.paragraph_of(excuse.at[0]).unwrap_or(0);
        let words = writing.piece(excuse.at, n, 0);
        let words = words.strip_prefix(&format!("{n}:")).unwrap_or(&words).to_owned();
        let _ = writeln!(out, "! {n} {words} {}", words::name(&excuse.why));
    }
    let mut rest = annotation.statements.iter().peekable();
    for (i, &paragraph) in page.paragraphs.iter().enumerate() {
        let _ = writeln!(out, "[{}] {}", i + 1, page.words(paragraph));
        let end = page.paragraphs.get(i + 1).map_or(usize::MAX, |next| next[0]);
        while let Some(statement) = rest.next_if(|s| first(s) < end) {
            writing.statement(annotation, statement, i + 1, &mut out);
        }
    }
    out
}

/// Where a statement stands: the first of its words.
fn first(statement: &Statement) -> usize {
    let all = statement.cue.iter().chain(&statement.content);
    all.map(|span| span[0]).min().unwrap_or(0)
}

struct Writing<'p> {
    page: &'p Page,
    finder: Finder<'p>,
}

impl Writing<'_> {
    fn source(&self, source: &Source, out: &mut String) {
        let (kind, status) = (words::name(&source.kind), words::name(&source.status));
        let _ = write!(out, "= {} | {} | {kind} {status}", source.key, source.name);
        if !source.also.is_empty() {
            let _ = write!(out, " | also: {}", source.also.join("; "));
        }
        for (key, places) in [("roles", &source.roles), ("at", &source.mentions)] {
            if !places.is_empty() {
                let _ = write!(out, " | {key}: {}", self.places(places));
            }
        }
        if let Some(affiliation) = &source.affiliation {
            let _ = write!(out, " | of: {affiliation}");
        }
        out.push('\n');
    }

    fn statement(&self, all: &Annotation, statement: &Statement, paragraph: usize, out: &mut String) {
        let mut depth = 0;
        let mut outer = statement.inside;
        while let Some(row) = outer.and_then(|n| all.statement(n)).filter(|row| row.n < statement.n) {
            depth += 1;
            outer = row.inside.filter(|&n| n < row.n);
        }
        let acts: Vec<String> =
            std::iter::once(&statement.act).chain(&statement.or_acts).map(words::name).collect();
        let flags = Flags {
            mode: statement.mode,
            kind: statement.kind,
            certainty: statement.certainty.unwrap_or(Certainty::Unknown),
            negated: statement.negated,
            optional: statement.optional,
        };
        let speaker = statement.speaker.as_deref().unwrap_or("-");
        let _ = write!(out, "%{} {speaker} | {} | {}", ">".repeat(depth), acts.join("/"), flags.written());
        let mut field = |key: &str, value: &str| {
            let _ = write!(out, " | {key}: {value}");
        };
        let spans = [("S", &statement.source), ("C", &statement.cue), ("X", &statement.content)];
        for (key, span) in spans.into_iter().filter(|(_, span)| !span.is_empty()) {
            field(key, &self.span(span, paragraph));
        }
        if !statement.co_speakers.is_empty() {
            field("co", &statement.co_speakers.join(", "));
        }
        if let Some(target) = &statement.target {
            let source = target.source.as_deref().and_then(|key| all.source(key));
            let name = match source.filter(|source| source.name == target.name) {
                Some(source) => format!("={}", source.key),
                None => target.name.clone(),
            };
            field("target", &self.evidence(&name, target.at, paragraph));
        }
        if let Some(addressee) = &statement.addressee {
            field("to", addressee);
        }
        if let (Some(outlet), Some(how)) = (&statement.outlet, &statement.how) {
            field("via", &format!("{outlet}/{how}"));
        }
        if let Some(setting) = &statement.setting {
            field("set", setting);
        }
        if let Some(said_on) = &statement.said_on {
            field("on", &self.evidence(&said_on.edtf, Some(said_on.at), paragraph));
        }
        if !statement.chain.is_empty() {
            let links: Vec<String> =
                statement.chain.iter().map(|l| format!("{} > {}: {}", l.from, l.to, l.how)).collect();
            field("chain", &links.join("; "));
        }
        if !statement.cases.is_empty() {
            field("case", &statement.cases.join(" "));
        }
        if let Some(why) = &statement.why_unknown {
            field("why", why);
        }
        out.push('\n');
    }

    fn evidence(&self, value: &str, at: Option<Pair>, paragraph: usize) -> String {
        at.map_or_else(|| value.to_owned(), |at| format!("{value} <{}>", self.piece(at, paragraph, 0)))
    }

    fn places(&self, places: &[Pair]) -> String {
        let (mut items, mut scope) = (Vec::new(), 0);
        for &at in places {
            let n = self.page.paragraph_of(at[0]).unwrap_or(0);
            let piece = self.piece(at, n, 0);
            let bare = piece.strip_prefix(&format!("{n}:")).unwrap_or(&piece).to_owned();
            if n == scope || piece.starts_with('@') {
                items.push(bare);
            } else {
                items.push(format!("{n}:{bare}"));
                scope = n;
            }
        }
        items.join("; ")
    }

    fn span(&self, pieces: &[Pair], paragraph: usize) -> String {
        let mut from = 0;
        let written = pieces.iter().map(|&piece| {
            let words = self.piece(piece, paragraph, from);
            from = piece[1];
            words
        });
        written.collect::<Vec<_>>().join(" // ")
    }

    /// The shortest way to write a piece that is read back as the same one.
    fn piece(&self, at: Pair, paragraph: usize, from: usize) -> String {
        let text = self.page.words(at);
        let by_offsets = format!("@{}-{}", at[0], at[1]);
        if text.contains(['\n', '|', '~', ';', '<', '>', '#', '*']) || text.contains("//") {
            return by_offsets;
        }
        let mut ways = Vec::new();
        let words: Vec<&str> = text.split(' ').collect();
        if words.len() <= WHOLE_WORDS {
            ways.extend(self.counted(&text));
        } else {
            for (head, tail) in [(3, 3), (4, 5)] {
                let (head, tail) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
                for first in self.counted(&head) {
                    ways.extend(self.counted(&tail).map(|last| format!("{first} ~ {last}")));
                }
            }
        }
        let here = self.page.paragraph_of(at[0]).unwrap_or(0);
        let numbered: Vec<String> = ways.iter().map(|way| format!("{here}:{way}")).collect();
        let mut ways = ways.into_iter().chain(numbered);
        ways.find(|way| self.finder.piece(way, paragraph, from) == Ok(at)).unwrap_or(by_offsets)
    }

    fn counted<'w>(&self, words: &'w str) -> impl Iterator<Item = String> + 'w {
        (1..=9).map(move |n| if n == 1 { words.to_owned() } else { format!("{words}#{n}") })
    }
}
