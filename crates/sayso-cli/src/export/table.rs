//! What an editor reads: the statements of each speaker, their exact words, and what is known of each.

use super::view::{Group, View};
use super::{Beside, Exporter, Inputs, words};
use crate::shown::{self, ACT, FAINT, Look, NAME, STRONG, WORDS};
use anstyle::Style;
use sayso::ledger::{Ledger, Statement};

pub(super) const EXPORTER: Exporter = Exporter {
    name: "table",
    about: "for reading: statements by speaker",
    extension: "txt",
    inputs: Inputs::Many,
    between: "\n\n",
    beside: Beside::Nothing,
    begin: |manner| super::each(manner.look, |ledger, look| table(ledger, look).into_bytes()),
};

/// Columns of a statement's number with the blanks around it.
const NUMBER: usize = 6;

fn table(ledger: &Ledger, look: &Look) -> String {
    let view = View::new(ledger);
    let mut page = Page { look, text: String::new() };
    heading(&mut page, &view);
    for group in view.groups() {
        page.rule();
        speaker(&mut page, &group);
        for at in &group.statements {
            page.blank();
            statement(&mut page, &view, *at, 0);
        }
        elsewhere(&mut page, &view, &group);
    }
    notes(&mut page, ledger);
    page.text
}

/// Lines on their way out.
struct Page<'p> {
    look: &'p Look,
    text: String,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn rule(&mut self) {
        self.blank();
        self.line(0, FAINT, &"─".repeat(self.look.width));
    }

    fn line(&mut self, indent: usize, style: Style, words: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(&self.look.paint(style, words));
        self.text.push('\n');
    }

    /// Words in as many lines as they need, all at one indent.
    fn wrapped(&mut self, indent: usize, style: Style, words: &str) {
        for line in shown::wrap(&shown::line(words), self.look.width.saturating_sub(indent)) {
            self.line(indent, style, &line);
        }
    }

    /// A term and what it says, wrapped beside it.
    fn entry(&mut self, indent: usize, term: &str, says: &str) {
        let term = &format!("{term}:");
        let column = indent + shown::columns(term) + 1;
        let lines = shown::wrap(&shown::line(says), self.look.width.saturating_sub(column));
        for (at, line) in lines.iter().enumerate() {
            let term = if at == 0 { self.look.paint(FAINT, term) } else { " ".repeat(shown::columns(term)) };
            self.line(indent, WORDS, &format!("{term} {line}"));
        }
    }
}

fn heading(page: &mut Page<'_>, view: &View<'_>) {
    let document = &view.ledger.document;
    if let Some(title) = &document.title {
        page.wrapped(0, STRONG, title);
    }
    let statements = &view.ledger.statements;
    let mut facts = vec![document.id.clone()];
    facts.extend(document.outlet.clone());
    facts.extend((!document.byline.is_empty()).then(|| format!("by {}", document.byline.join(", "))));
    facts.extend(document.published.as_ref().map(|date| match document.published_from.as_deref() {
        None | Some("argument") => format!("published {date}"),
        Some(from) => format!("published {date} ({from})"),
    }));
    page.wrapped(0, FAINT, &facts.join(" · "));
    let speakers = view.groups().iter().filter(|group| !group.name.is_empty()).count();
    let unknown = statements.iter().filter(|s| view.speaker(s).is_none()).count();
    let mut counts = words::count(statements.len(), "statement");
    if !statements.is_empty() {
        counts += &format!(" by {}", words::count(speakers, "speaker"));
    }
    if unknown > 0 {
        counts += &format!(", {unknown} with no known speaker");
    }
    page.wrapped(0, WORDS, &counts);
}

fn speaker(page: &mut Page<'_>, group: &Group<'_>) {
    let Some(source) = group.source else {
        let name = if group.name.is_empty() { "No known speaker" } else { group.name };
        page.wrapped(0, NAME, name);
        return;
    };
    let name = shown::line(&source.name);
    let about = words::about(source);
    let room = page.look.width.saturating_sub(shown::columns(&about) + 2);
    if about.is_empty() || shown::columns(&name) > room {
        page.wrapped(0, NAME, &name);
        page.wrapped(0, FAINT, &about);
    } else {
        let gap = " ".repeat(page.look.width - shown::columns(&name) - shown::columns(&about));
        let line = format!("{}{gap}{}", page.look.paint(NAME, &name), page.look.paint(FAINT, &about));
        page.line(0, WORDS, &line);
    }
    let others: Vec<&str> =
        source.names.iter().map(String::as_str).filter(|other| *other != source.name).collect();
    if !others.is_empty() {
        page.entry(2, "also", &others.join(", "));
    }
    let mut roles: Vec<&str> = Vec::new();
    for role in source.roles.iter().map(|role| role.text.as_str()).chain(source.affiliation.as_deref()) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if !roles.is_empty() {
        page.entry(2, "role", &roles.join("; "));
    }
}

fn statement(page: &mut Page<'_>, view: &View<'_>, at: usize, indent: usize) {
    let record = view.statement(at);
    let look = page.look;
    let number = format!("{:>4}", at + 1);
    let mut does = words::act(record);
    if indent > 0 {
        does = format!("{} {does}", view.speaker(record).map_or("unknown speaker".to_owned(), shown::line));
    }
    let mut how = vec![words::mode(record.mode).to_owned()];
    how.extend(record.certainty.map(|certainty| words::certainty(certainty).to_owned()));
    how.extend(record.said_on.as_ref().map(|said| format!("said {}", shown::line(&said.edtf))));
    let how = how.join(", ");
    let sure = format!("{:.2}", record.confidence);
    let column = indent + NUMBER;
    let room = look.width.saturating_sub(column + shown::columns(&sure) + 1);
    let used = shown::columns(&does) + 2 + shown::columns(&how);
    if used <= room {
        let gap = " ".repeat(room - used + 1);
        let line = format!(
            "{}  {}  {}{gap}{sure}",
            look.paint(STRONG, &number),
            look.paint(ACT, &does),
            look.paint(FAINT, &how)
        );
        page.line(indent, WORDS, &line);
    } else {
        for (n, line) in shown::wrap(&does, room).iter().enumerate() {
            let number = if n == 0 { look.paint(STRONG, &number) } else { " ".repeat(4) };
            page.line(indent, WORDS, &format!("{number}  {}", look.paint(ACT, line)));
        }
        page.line(column, FAINT, &format!("{how}  {sure}"));
    }
    page.wrapped(column, WORDS, &view.quote(record));
    for (term, says) in words::details(view, record) {
        page.entry(column, term, &says);
    }
    if look.explain {
        explain(page, view, record, column);
    }
    if !view.inside(at).is_empty() {
        page.line(column, FAINT, &format!("within {}", at + 1));
    }
    for inner in view.inside(at) {
        // Deep nesting keeps room for the words.
        statement(page, view, *inner, (indent + 2).min(look.width / 3));
    }
}

fn explain(page: &mut Page<'_>, view: &View<'_>, record: &Statement, column: usize) {
    for because in &record.because {
        let words = shown::line(view.words([because.start, because.end]));
        let words = shown::fitted(&words, shown::columns(&words).min(page.look.width / 2));
        page.entry(column, "why", &format!("{}: {} “{words}”", because.field, because.rule));
    }
}

/// Where a speaker is quoted within the words of others.
fn elsewhere(page: &mut Page<'_>, view: &View<'_>, group: &Group<'_>) {
    for at in &group.nested {
        let Some(outer) = view.outer(*at) else { continue };
        let around = view.speaker(view.statement(outer)).unwrap_or("an unknown speaker");
        page.blank();
        let line =
            format!("{} within {}, in the words of {around}", words::act(view.statement(*at)), outer + 1);
        let number = page.look.paint(STRONG, &format!("{:>4}", at + 1));
        for (n, line) in
            shown::wrap(&shown::line(&line), page.look.width.saturating_sub(NUMBER)).iter().enumerate()
        {
            let number = if n == 0 { number.clone() } else { " ".repeat(4) };
            page.line(0, WORDS, &format!("{number}  {}", page.look.paint(FAINT, line)));
        }
    }
}

fn notes(page: &mut Page<'_>, ledger: &Ledger) {
    if ledger.notes.is_empty() {
        return;
    }
    page.rule();
    for note in &ledger.notes {
        page.entry(0, "note", note);
    }
}
