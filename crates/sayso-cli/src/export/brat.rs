//! Stand-off annotation for brat, in the layout of PolNeAR: `Source`, `Cue` and `Content` as text-bound
//! annotations (`T`), one `Attribution` event (`E`) a statement over them.
//!
//!     T1  Source 0 9  The mayor
//!     T2  Cue 10 14  said
//!     T3  Content 15 30;36 44  it would rain , he said
//!     E1  Attribution:T2 Source:T1 Content:T3
//!     A1  Act E1 predict
//!     #1  AnnotatorNotes E1  speaker: Ruben Aske
//!     #2  Provenance E1  {"statement": "5f0e...", "document": "lake.txt", ...}
//!
//! Fields stand apart by tabs. Offsets are code points of the article's text, which stands beside the `.ann` as `.txt` when a folder is
//! written. Spans in several pieces are `start end;start end`, as brat 1.3 and later have them, and so is
//! a piece that runs over a line break. An event needs a trigger: a statement without a cue has its content
//! for one.

use super::view::View;
use super::{Beside, Exporter, Inputs, Print, Provenance};
use crate::shown;
use sayso::ledger::{Ledger, Pair};
use std::collections::HashMap;
use std::fmt::Write;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "brat",
    about: "stand-off annotation (.ann) with Source, Cue and Content, as in PolNeAR",
    extension: "ann",
    inputs: Inputs::One { instead: "--output FOLDER, which gets NAME.txt and NAME.ann for each article" },
    between: "",
    beside: Beside::Text,
    begin: |_| Box::new(Brat),
};

struct Brat;

impl Print for Brat {
    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        annotations(ledger, from).into_bytes()
    }
}

struct Annotations<'l> {
    view: View<'l>,
    out: String,
    /// Numbers of the text-bound annotations, so that the same words are marked once.
    marked: HashMap<(&'static str, Vec<Pair>), usize>,
}

fn annotations(ledger: &Ledger, from: &Provenance) -> String {
    let mut all = Annotations { view: View::new(ledger), out: String::new(), marked: HashMap::new() };
    for (at, record) in ledger.statements.iter().enumerate() {
        let source = all.mark("Source", &record.spans.source);
        let cue = all.mark("Cue", &record.spans.cue);
        let content = all.mark("Content", &record.spans.content);
        let Some(trigger) = cue.or(content).or(source) else { continue };
        let n = at + 1;
        let mut line = format!("E{n}\tAttribution:T{trigger}");
        for (role, mark) in [("Source", source), ("Content", content)] {
            if let Some(mark) = mark.filter(|mark| *mark != trigger) {
                line += &format!(" {role}:T{mark}");
            }
        }
        all.line(&line);
        all.line(&format!("A{n}\tAct E{n} {}", record.act.name()));
        let speaker = all.view.speaker(record).map_or_else(
            || format!("speaker unknown: {}", record.why_unknown.as_deref().unwrap_or("no reason given")),
            |name| format!("speaker: {name}"),
        );
        let negated = if record.negated { "; negated" } else { "" };
        let (note, second) = (2 * n - 1, 2 * n);
        all.line(&format!("#{note}\tAnnotatorNotes E{n}\t{}{negated}", shown::line(&speaker)));
        // JSON has no line breaks and no tabs of its own
        all.line(&format!("#{second}\tProvenance E{n}\t{}", super::provenance(ledger, record, from)));
    }
    all.out
}

impl Annotations<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A text-bound annotation of some words; `None` for no words.
    fn mark(&mut self, role: &'static str, pairs: &[Pair]) -> Option<usize> {
        let pieces: Vec<Pair> = pairs.iter().flat_map(|pair| self.lines_of(*pair)).collect();
        if pieces.is_empty() {
            return None;
        }
        let next = self.marked.len() + 1;
        let number = *self.marked.entry((role, pieces.clone())).or_insert(next);
        if number == next {
            let mut line = format!("T{number}\t{role} ");
            for (at, [start, end]) in pieces.iter().enumerate() {
                write!(line, "{}{start} {end}", if at == 0 { "" } else { ";" }).expect("a string grows");
            }
            let words: Vec<&str> = pieces.iter().map(|pair| self.view.words(*pair)).collect();
            // Other control characters keep their place: every character counts.
            let words = words.join(" ").replace(char::is_control, " ");
            self.line(&format!("{line}\t{words}"));
        }
        Some(number)
    }

    /// brat wants every piece on one line.
    fn lines_of(&self, [start, end]: Pair) -> Vec<Pair> {
        let (mut pieces, mut from, mut at) = (Vec::new(), start, start);
        for c in self.view.words([start, end]).chars() {
            if matches!(c, '\n' | '\r') {
                pieces.push([from, at]);
                from = at + 1;
            }
            at += 1;
        }
        pieces.push([from, at.min(end)]);
        pieces.retain(|[start, end]| start < end);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::invented;
    use proptest::prelude::*;

    #[test]
    fn the_layout() {
        let ledger = invented::lake();
        let shown = annotations(&ledger, &invented::provenance());
        let expected = "\
T1\tSource 0 6\tThe 🚢X
T2\tCue 7 11\tsaid
T3\tContent 12 21;40 48\t“it sank, we heard
E1\tAttribution:T2 Source:T1 Content:T3
";
        assert!(shown.starts_with(expected), "{shown}");
    }

    proptest! {
        #[test]
        fn every_annotation_slices_the_text(ledger in invented::ledger()) {
            let text: Vec<char> = ledger.document.text.chars().collect();
            for line in annotations(&ledger, &invented::provenance()).lines().filter(|line| line.starts_with('T')) {
                let fields: Vec<&str> = line.split('\t').collect();
                prop_assert_eq!(fields.len(), 3);
                let (_, spans) = fields[1].split_once(' ').expect("a role and its spans");
                let pieces = spans.split(';').map(|piece| {
                    let (start, end) = piece.split_once(' ').expect("a pair");
                    let number = |n: &str| n.parse::<usize>().expect("a number");
                    text[number(start)..number(end)].iter().collect::<String>()
                });
                let words = pieces.collect::<Vec<_>>().join(" ").replace(char::is_control, " ");
                prop_assert_eq!(fields[2], words);
            }
        }
    }
}
