//! `sayso article`: the articles as they are read, block by block, and what is known about them.

use super::Command;
use super::take_pages;
use crate::args;
use crate::export::html::escape;
use crate::inputs::Input;
use crate::progress::Taken;
use crate::shown::{self, FAINT, Look, STRONG};
use crate::{Outcome, complain};
use clap::ArgMatches;
use clap::builder::PossibleValue;
use sayso::article::{Article, BlockRole, Evidence, Origin};
use sayso::ledger::Document;
use sayso_acquire::Published;
use std::fmt::Write as _;
use std::io::{self, Write};

pub(super) const COMMAND: Command = Command {
    name: "article",
    about: "Show the cleaned articles: their blocks and what is known about them",
    examples: EXAMPLES,
    arguments,
    start: |matches| Ok(run(&Config::of(matches)?)),
};

const EXAMPLES: &str = "\
Examples:
  sayso article page.html                     what each block is, and what is known about the article
  sayso article page.html --format markdown   the article alone
  sayso article pages.jsonl --format json     text, blocks and what is known, an article a line
  sayso article https://example.org/news --fetch

Titles, standfirsts, paragraphs, lists and corrections are looked through for statements; headings, captions,
credits and boilerplate are kept and not read.";

/// What is to be done.
struct Config {
    inputs: Vec<Input>,
    published: Option<Published>,
    showing: &'static Showing,
    look: Look,
}

impl Config {
    fn of(matches: &ArgMatches) -> Result<Self, String> {
        let showing = args::named(matches, "format", SHOWINGS, |showing| showing.name);
        Ok(Self {
            inputs: args::inputs_of(matches)?,
            published: args::published_of(matches)?,
            showing,
            look: args::look_of(matches),
        })
    }
}

fn arguments(command: clap::Command) -> clap::Command {
    let showings = SHOWINGS.iter().map(|showing| PossibleValue::new(showing.name).help(showing.about));
    command
        .arg(args::articles())
        .arg(args::fetch())
        .arg(args::format("text", showings))
        .arg(args::published())
        .arg(args::color())
}

/// A way to show an article.
struct Showing {
    name: &'static str,
    about: &'static str,
    show: fn(&Article, &Look) -> String,
}

static SHOWINGS: &[Showing] = &[
    Showing { name: "text", about: "what each block is, and what is known", show: text },
    Showing { name: "markdown", about: "the article alone, as Markdown", show: markdown },
    Showing { name: "html", about: "the article alone, as a page", show: html },
    Showing { name: "json", about: "text, blocks and what is known, an article a line", show: json },
];

/// Columns of the names of roles.
const ROLE_WIDTH: usize = 12;

fn run(config: &Config) -> Outcome {
    let mut out = io::stdout().lock();
    let mut outcome = Outcome::AllRead;
    let (workers, taken) = (take_pages::workers(), Taken::default());
    let documents = config.inputs.iter().flat_map(|input| input.documents(config.published.as_ref(), &taken));
    for (at, document) in documents.enumerate() {
        let article = match document.and_then(|document| workers.article(&document)) {
            Ok(article) => article,
            Err(error) => {
                complain(&error.to_string());
                outcome = Outcome::Failed;
                continue;
            }
        };
        for note in &article.notes {
            crate::remark(note);
        }
        let between = if at > 0 && config.showing.name != "json" { "\n" } else { "" };
        let shown = (config.showing.show)(&article, &config.look);
        let written = out.write_all(between.as_bytes()).and_then(|()| out.write_all(shown.as_bytes()));
        if written.is_err() {
            return super::written(written.map(|()| outcome));
        }
    }
    super::written(out.flush().map(|()| outcome))
}

fn text(article: &Article, look: &Look) -> String {
    let mut shown = String::new();
    for (name, value) in known(&article.origin) {
        let lines = shown::wrap(&shown::line(&value), look.width.saturating_sub(ROLE_WIDTH));
        column(&mut shown, look, name, &lines, STRONG);
    }
    shown.push('\n');
    for block in &article.blocks {
        let words = shown::line(article.text.slice(block.span));
        let lines = shown::wrap(&words, look.width.saturating_sub(ROLE_WIDTH));
        let style = if block.is_read() { shown::WORDS } else { FAINT };
        let role = block.language.unwrap_or(block.role.name());
        column(&mut shown, look, role, &lines, style);
    }
    shown
}

/// A name and beside it the lines of its words.
fn column(shown: &mut String, look: &Look, name: &str, lines: &[String], style: anstyle::Style) {
    for (at, line) in lines.iter().enumerate() {
        let name = if at == 0 { shown::fitted(name, ROLE_WIDTH) } else { " ".repeat(ROLE_WIDTH) };
        let _grows = writeln!(shown, "{}{}", look.paint(FAINT, &name), look.paint(style, line));
    }
}

/// What is known about an article, and what said so.
fn known(origin: &Origin) -> Vec<(&'static str, String)> {
    let because = |name: &'static str| origin.because.iter().find(|evidence| evidence.field == name);
    let byline = Some(origin.byline.join(", ")).filter(|byline| !byline.is_empty());
    let rows = [
        ("id", Some(origin.id.clone())),
        ("title", origin.title.clone()),
        ("byline", byline),
        ("outlet", origin.outlet.clone()),
        ("agency", origin.agency.clone()),
        ("section", origin.section.clone()),
        ("published", origin.published.clone()),
        ("modified", origin.modified.clone()),
        ("url", origin.url.clone()),
        ("captured", origin.captured.clone()),
        ("copy", origin.archive_url.clone()),
        ("language", origin.language.clone()),
    ];
    let shown = |name, value| match because(name) {
        Some(Evidence { from, score: Some(score), .. }) => format!("{value} ({from}, {score:.2})"),
        Some(Evidence { from, .. }) => format!("{value} ({from})"),
        None => value,
    };
    rows.into_iter().filter_map(|(name, value)| Some((name, shown(name, value?)))).collect()
}

fn markdown(article: &Article, _: &Look) -> String {
    let mut shown = String::new();
    for block in &article.blocks {
        let words = shown::line(article.text.slice(block.span));
        let words = unmarked(&words, block.role == BlockRole::List);
        let _grows = match block.role {
            BlockRole::Title => writeln!(shown, "# {words}\n"),
            BlockRole::Heading => writeln!(shown, "## {words}\n"),
            BlockRole::List => writeln!(shown, "- {}\n", words.trim_start_matches(['-', '*', '•', ' '])),
            BlockRole::Standfirst | BlockRole::Paragraph | BlockRole::Correction => {
                writeln!(shown, "{words}\n")
            }
            BlockRole::Caption | BlockRole::Credit | BlockRole::Boilerplate => Ok(()),
        };
    }
    shown.truncate(shown.trim_end().len());
    shown.push('\n');
    shown
}

/// Words that Markdown takes for nothing but words.
fn unmarked(words: &str, is_item: bool) -> String {
    let words: String = words
        .chars()
        .flat_map(|c| ['\\'].into_iter().filter(move |_| "<*_`[\\".contains(c)).chain([c]))
        .collect();
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < words.len() && number.starts_with(['.', ')']);
    if is_numbered && !is_item {
        return format!("{}\\{number}", &words[..words.len() - number.len()]);
    }
    let opens = words.starts_with(['#', '>', '+', '=', '|', '~']) || words.starts_with('-') && !is_item;
    if opens { format!("\\{words}") } else { words }
}

fn html(article: &Article, _: &Look) -> String {
    let title = article.origin.title.as_deref().unwrap_or("Article");
    let language = article.origin.language.as_deref().unwrap_or("en");
    let mut shown = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body><article>\n",
        escape(language),
        escape(title)
    );
    for block in &article.blocks {
        let words = escape(&shown::line(article.text.slice(block.span)));
        let _grows = match block.role {
            BlockRole::Title => writeln!(shown, "<h1>{words}</h1>"),
            BlockRole::Heading => writeln!(shown, "<h2>{words}</h2>"),
            BlockRole::List => writeln!(shown, "<ul><li>{words}</li></ul>"),
            BlockRole::Standfirst => writeln!(shown, "<p class=\"standfirst\">{words}</p>"),
            BlockRole::Paragraph => writeln!(shown, "<p>{words}</p>"),
            BlockRole::Correction => writeln!(shown, "<p class=\"correction\">{words}</p>"),
            BlockRole::Caption | BlockRole::Credit | BlockRole::Boilerplate => Ok(()),
        };
    }
    shown.push_str("</article></body></html>\n");
    shown
}

fn json(article: &Article, _: &Look) -> String {
    let document = serde_json::to_string(&Document::of(article)).expect("a document is JSON");
    format!("{document}\n")
}
