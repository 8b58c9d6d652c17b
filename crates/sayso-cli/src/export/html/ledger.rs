//! The ledger: speakers, their statements, what stands inside them.

use super::super::view::{Group, View};
use super::super::words;
use super::escape;
use crate::shown::Look;
use std::fmt::Write;

pub(super) fn of(view: &View<'_>, look: &Look) -> String {
    let mut out = String::from("<section id=\"ledger\" tabindex=\"0\" aria-label=\"Ledger\">\n");
    if view.ledger.statements.is_empty() {
        out.push_str("<p class=\"none\">No statements.</p>\n");
    }
    for group in view.groups() {
        speaker(&mut out, view, &group, look);
    }
    if !view.ledger.notes.is_empty() {
        out.push_str("<h2>Notes</h2>\n<ul class=\"notes\">\n");
        for note in &view.ledger.notes {
            add(&mut out, format_args!("<li>{}</li>\n", escape(note)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    out
}

fn add(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string grows");
}

fn speaker(out: &mut String, view: &View<'_>, group: &Group<'_>, look: &Look) {
    out.push_str("<section class=\"speaker\">\n");
    let name = if group.name.is_empty() { "No known speaker" } else { group.name };
    add(out, format_args!("<h2 dir=\"auto\">{}</h2>\n", escape(name)));
    if let Some(source) = group.source {
        let mut about = Vec::new();
        about.extend(Some(words::about(source)).filter(|about| !about.is_empty()));
        let mut roles: Vec<&str> = source.roles.iter().map(|role| role.text.as_str()).collect();
        roles.dedup();
        about.extend(roles.iter().map(|role| escape(role)));
        let others: Vec<&str> =
            source.names.iter().map(String::as_str).filter(|n| *n != source.name).collect();
        about.extend((!others.is_empty()).then(|| format!("also {}", escape(&others.join(", ")))));
        if !about.is_empty() {
            add(out, format_args!("<p class=\"about\" dir=\"auto\">{}</p>\n", about.join(" · ")));
        }
    }
    out.push_str("<ol>\n");
    for at in &group.statements {
        record(out, view, *at, look);
    }
    for at in &group.nested {
        let Some(outer) = view.outer(*at) else { continue };
        let around = view.speaker(view.statement(outer)).unwrap_or("an unknown speaker");
        add(
            out,
            format_args!(
                "<li class=\"elsewhere\"><a href=\"#s{n}\">{n}</a> {} within <a href=\"#s{o}\">{o}</a>, in the words of {}</li>\n",
                words::act(view.statement(*at)),
                escape(around),
                n = at + 1,
                o = outer + 1,
            ),
        );
    }
    out.push_str("</ol>\n</section>\n");
}

fn record(out: &mut String, view: &View<'_>, at: usize, look: &Look) {
    let record_ = view.statement(at);
    let n = at + 1;
    let number = if view.is_marked(at) {
        format!("<a href=\"#w{n}\" aria-label=\"words of statement {n}\">{n}</a>")
    } else {
        format!("<b>{n}</b>")
    };
    let who = if view.outer(at).is_some() {
        format!("<b class=\"who\">{}</b> ", escape(view.speaker(record_).unwrap_or("unknown speaker")))
    } else {
        String::new()
    };
    let mut how = vec![words::mode(record_.mode)];
    how.extend(record_.certainty.map(words::certainty));
    add(
        out,
        format_args!(
            "<li class=\"record\" id=\"s{n}\">\n<p class=\"head\">{number} {who}<span class=\"act\">{}</span> <span class=\"how\">{}</span> \
             <span class=\"sure\" title=\"confidence\">{:.2}</span></p>\n<blockquote dir=\"auto\">{}</blockquote>\n",
            words::act(record_),
            how.join(", "),
            record_.confidence,
            escape(&view.quote(record_)),
        ),
    );
    let mut details = words::details(view, record_);
    details.extend(record_.said_on.as_ref().map(|said| ("said on", said.edtf.clone())));
    if look.explain {
        let because = record_.because.iter();
        details.extend(
            because.map(|b| ("why", format!("{}: {} “{}”", b.field, b.rule, view.words([b.start, b.end])))),
        );
    }
    if !details.is_empty() {
        out.push_str("<dl>\n");
        for (term, says) in details {
            add(out, format_args!("<dt>{term}</dt><dd dir=\"auto\">{}</dd>\n", escape(&says)));
        }
        out.push_str("</dl>\n");
    }
    if !view.inside(at).is_empty() {
        add(out, format_args!("<p class=\"within\">within {n}</p>\n<ol>\n"));
        for inner in view.inside(at) {
            record(out, view, *inner, look);
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</li>\n");
}
