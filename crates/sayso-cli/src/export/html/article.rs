//! The article with source, cue and content marked.

use super::super::view::View;
use super::escape;
use super::segments::{self, Mark, Role, Segment};
use sayso::article::BlockRole;
use std::fmt::Write;

/// More would not be read in a tooltip.
const MOST_TITLES: usize = 4;

pub(super) fn of(view: &View<'_>) -> String {
    let blocks = blocks(view);
    let edges: Vec<usize> = blocks.iter().flat_map(|(_, start, end)| [*start, *end]).collect();
    let segments = segments::of(view, &edges);
    let mut out = String::from("<article id=\"article\" tabindex=\"0\" aria-label=\"Article\">");
    let mut blocks = blocks.into_iter().peekable();
    for segment in &segments {
        if let Some((role, ..)) = blocks.next_if(|(_, start, _)| *start == segment.bytes.start) {
            write!(out, "<p dir=\"auto\" class=\"{}\">", role.name()).expect("a string grows");
            marked(&mut out, view, segment);
            current(&mut out, segment, &edges);
            continue;
        }
        marked(&mut out, view, segment);
        current(&mut out, segment, &edges);
    }
    out.push_str("</article>\n");
    out
}

/// Closes the paragraph that ends with a segment.
fn current(out: &mut String, segment: &Segment, edges: &[usize]) {
    // Edges come in pairs: every second one is an end.
    if let Ok(at) = edges.binary_search(&segment.bytes.end) {
        let is_end = at % 2 == 1 || edges.get(at.wrapping_sub(1)) == Some(&segment.bytes.end);
        let inside = edges.partition_point(|edge| *edge <= segment.bytes.start) % 2 == 1;
        if is_end && inside {
            out.push_str("</p>");
        }
    }
}

/// Blocks in order and apart, in bytes; words that are in none make one of their own.
fn blocks(view: &View<'_>) -> Vec<(BlockRole, usize, usize)> {
    let text = &view.ledger.document.text;
    let mut blocks = Vec::new();
    let mut done = 0;
    let ends = std::iter::once((BlockRole::Paragraph, text.len(), text.len()));
    let recorded = view.ledger.document.blocks.iter();
    let recorded =
        recorded.filter_map(|b| view.bytes([b.start, b.end]).map(|bytes| (b.role, bytes.start, bytes.end)));
    for (role, start, end) in recorded.chain(ends) {
        let start = start.max(done);
        if done < start && !text[done..start].trim().is_empty() {
            blocks.push((BlockRole::Paragraph, done, start));
        }
        if start < end {
            blocks.push((role, start, end));
        }
        done = start.max(end);
    }
    blocks
}

fn marked(out: &mut String, view: &View<'_>, segment: &Segment) {
    for statement in &segment.starts {
        let n = statement + 1;
        write!(out, "<a class=\"n\" id=\"w{n}\" href=\"#s{n}\" aria-label=\"statement {n}\">{n}</a>")
            .expect("a string grows");
    }
    let words = escape(&view.ledger.document.text[segment.bytes.clone()]);
    if segment.marks.is_empty() {
        out.push_str(&words);
        return;
    }
    let mut classes: Vec<&str> = Vec::new();
    for role in [Role::Source, Role::Cue, Role::Content] {
        let deep = segment.marks.iter().filter(|mark| mark.role == role).count();
        classes.extend((deep > 0).then_some(role.name()));
        classes.extend((deep > 1 && role == Role::Content).then_some("deep"));
    }
    classes.extend(segment.ends.then_some("end"));
    let mut class = classes.join(" ");
    for mark in &segment.marks {
        write!(class, " q{}", mark.statement + 1).expect("a string grows");
    }
    write!(out, "<span class=\"{class}\" title=\"{}\">{words}</span>", title(view, &segment.marks))
        .expect("a string grows");
}

/// "1 The mayor: content; 2 Dorvia: cue"
fn title(view: &View<'_>, marks: &[Mark]) -> String {
    let one = |mark: &Mark| {
        let speaker = view.speaker(view.statement(mark.statement)).unwrap_or("unknown speaker");
        format!("{} {}: {}", mark.statement + 1, escape(&crate::shown::line(speaker)), mark.role.name())
    };
    marks.iter().take(MOST_TITLES).map(one).collect::<Vec<_>>().join("; ")
}
