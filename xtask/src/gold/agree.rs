//! `gold agree A B`: two annotations of the same articles, field by field, with 95% intervals over the articles.

use super::compare::{Comparison, Field, Other, Outcome, Pair, spans, value};
use super::{Annotation, Corpora, Statement, gold_files, open};
use crate::score::{self, Counts, Measure, Punctuation};
use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Resamples behind an interval.
const ROUNDS: usize = 1000;

/// One article, read twice.
struct Twice {
    text: String,
    a: Annotation,
    b: Annotation,
    comparison: Comparison,
    counts: Counts,
}

/// Prints how far two folders (or files) of gold agree, and with `differences` every one of them.
///
/// # Errors
/// When they share no article, or a file does not fit its article.
pub(crate) fn run(corpora: &Corpora, a: &Path, b: &Path, differences: bool) -> Result<String> {
    let others = gold_files(b)?;
    let mut articles = Vec::new();
    for path in gold_files(a)? {
        let same_name = |other: &&PathBuf| other.file_name() == path.file_name();
        if let Some(other) = others.iter().find(same_name).or(others.first().filter(|_| b.is_file())) {
            articles.push(twice(corpora, &path, other)?);
        }
    }
    ensure!(!articles.is_empty(), "{} and {} share no article", a.display(), b.display());
    let mut out = report(&articles)?;
    if differences {
        articles.iter().for_each(|article| list(article, &mut out));
    }
    Ok(out)
}

fn twice(corpora: &Corpora, a: &Path, b: &Path) -> Result<Twice> {
    let ((a, text), (b, other)) = (open(corpora, a)?, open(corpora, b)?);
    ensure!(text == other, "{} and {} annotate two texts", a.header.document, b.header.document);
    let comparison = Comparison::new(&text, &a, &b, Other::Person)?;
    // What is arguable to either is asked of neither, unless both have it.
    let gold: Vec<_> = a.statements.iter().filter(|s| !s.optional).map(spans).collect();
    let read = comparison.scored(&a, &b, Other::Person);
    let read: Vec<_> = read.into_iter().map(|j| spans(&b.statements[j])).collect();
    let counts = score::count_document(&text, &gold, &read, Punctuation::Ignored)?;
    Ok(Twice { text, a, b, comparison, counts })
}

fn report(articles: &[Twice]) -> Result<String> {
    let mut out = String::new();
    let counts: Vec<Counts> = articles.iter().map(|t| t.counts.clone()).collect();
    let mut total = Counts::default();
    counts.iter().for_each(|c| total.merge(c));
    let report = score::summarise(&total, 0);
    let asked = |a: &Annotation| a.statements.iter().filter(|s| !s.optional).count();
    writeln!(
        out,
        "{} articles; {} and {} statements, without the arguable {} and {}; {} in both",
        articles.len(),
        articles.iter().map(|t| t.a.statements.len()).sum::<usize>(),
        articles.iter().map(|t| t.b.statements.len()).sum::<usize>(),
        articles.iter().map(|t| asked(&t.a)).sum::<usize>(),
        articles.iter().map(|t| asked(&t.b)).sum::<usize>(),
        articles.iter().map(|t| t.comparison.asked(&t.a).count()).sum::<usize>(),
    )?;
    for (measure, (low, high)) in Measure::ALL.into_iter().zip(score::intervals(&counts, ROUNDS)) {
        let f1 = report.attributions[score::Group::All.name()].measures[measure.name()].f1;
        writeln!(
            out,
            "  {:<16} F1 {:>5.1}  ({:.1} to {:.1})",
            measure.name(),
            100.0 * f1,
            100.0 * low,
            100.0 * high
        )?;
    }
    writeln!(out, "  {:<16} {:>9}  {:<16} {:>6}  where either has one", "field", "agreement", "95%", "of")?;
    for field in Field::ALL {
        let tallies: Vec<[usize; 4]> = articles.iter().map(|t| tally(t, field)).collect();
        let sum = tallies.iter().fold([0; 4], |sum, t| std::array::from_fn(|i| sum[i] + t[i]));
        let (low, high) = score::interval(&tallies, ROUNDS, |t| (t[0] as f64, t[1] as f64));
        write!(
            out,
            "  {:<16} {:>9.1}  ({:>5.1} to {:>5.1})  {:>6}",
            field.name(),
            percent(sum[0], sum[1]),
            100.0 * low,
            100.0 * high,
            sum[1]
        )?;
        if field.may_be_empty() {
            write!(out, "  {:>5.1} of {}", percent(sum[2], sum[3]), sum[3])?;
        }
        out.push('\n');
    }
    let pairs = || {
        articles
            .iter()
            .flat_map(|t| both(t).map(move |p| (&t.a.statements[p.gold], &t.b.statements[p.other])))
    };
    let same_act = pairs().filter(|(a, b)| a.act == b.act).count();
    writeln!(
        out,
        "  {:<16} {:>9.1}  without the acts that a reader allowed instead",
        "first act",
        percent(same_act, pairs().count())
    )?;
    let mentions = |of: fn(&Twice) -> usize| articles.iter().map(of).sum::<usize>();
    let shared = mentions(|t| t.comparison.mentions.shared);
    let all = mentions(|t| t.comparison.mentions.gold) + mentions(|t| t.comparison.mentions.other);
    writeln!(out, "  {:<16} {:>9.1}", "mentions", percent(2 * shared, all))?;
    Ok(out)
}

/// Pairs of statements that are arguable to neither.
fn both(article: &Twice) -> impl Iterator<Item = &Pair> {
    article.comparison.asked(&article.a).filter(|p| !article.b.statements[p.other].optional)
}

/// Agreements, pairs, agreements on a value, pairs in which either has a value.
fn tally(article: &Twice, field: Field) -> [usize; 4] {
    let mut counts = [0; 4];
    for pair in both(article) {
        let outcome = pair.fields.get(&field).copied().unwrap_or(Outcome::NotAsked);
        let adds = match outcome {
            Outcome::Right => [1, 1, 1, 1],
            Outcome::Empty => [1, 1, 0, 0],
            Outcome::Wrong | Outcome::Open => [0, 1, 0, 1],
            Outcome::NotAsked => [0; 4],
        };
        counts = std::array::from_fn(|i| counts[i] + adds[i]);
    }
    counts
}

fn percent(part: usize, of: usize) -> f64 {
    if of == 0 { 100.0 } else { 100.0 * part as f64 / of as f64 }
}

/// Every difference of one article, for whoever settles it.
fn list(article: &Twice, out: &mut String) {
    let page = super::page::Page::new(&article.text);
    let row = |s: &Statement| {
        let words =
            |spans: &[super::Pair]| spans.iter().map(|&p| page.words(p)).collect::<Vec<_>>().join(" // ");
        let at = s.content.first().map_or(0, |p| p[0]);
        let optional = if s.optional { " (arguable)" } else { "" };
        format!(
            "[{}]{optional} {} | {} | {}",
            page.paragraph_of(at).unwrap_or(0),
            words(&s.source),
            words(&s.cue),
            words(&s.content).replace('\n', " ")
        )
    };
    let _ = writeln!(out, "-- {}", article.a.header.document);
    for (i, statement) in article.a.statements.iter().enumerate() {
        match article.comparison.pairs.iter().find(|p| p.gold == i) {
            None => drop(writeln!(out, "A{} only  {}", statement.n, row(statement))),
            Some(pair) => {
                let other = &article.b.statements[pair.other];
                let differs = |f: &Field| matches!(pair.fields.get(f), Some(Outcome::Wrong | Outcome::Open));
                let mut lines = String::new();
                for field in Field::ALL.into_iter().filter(differs) {
                    let (a, b) = (value(field, &article.a, statement), value(field, &article.b, other));
                    let _ = writeln!(lines, "      {}: A {a} B {b}", field.name());
                }
                if pair.content_dice < 0.9 {
                    let _ = writeln!(lines, "      words: B {}", row(other));
                }
                if !lines.is_empty() {
                    let _ = write!(out, "A{} B{}  {}\n{lines}", statement.n, other.n, row(statement));
                }
            }
        }
    }
    for (j, statement) in article.b.statements.iter().enumerate() {
        if article.comparison.pairs.iter().all(|p| p.other != j) {
            let _ = writeln!(out, "B{} only  {}", statement.n, row(statement));
        }
    }
}

/// The two paths, and whether differences are wanted.
///
/// # Errors
/// When a path is missing.
pub(crate) fn arguments(arguments: &[String]) -> Result<(PathBuf, PathBuf, bool)> {
    let mut paths = arguments.iter().filter(|a| *a != "--differences").map(PathBuf::from);
    let a = paths.next().context("agree A B")?;
    let b = paths.next().context("agree A B")?;
    Ok((a, b, arguments.iter().any(|a| a == "--differences")))
}
