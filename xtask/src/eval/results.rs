//! `eval/results/*.csv`: figures and statements as rows, so that a change in quality is a diff. No dates, and no
//! words of articles but our own.

use super::Read;
use super::figures::{Figures, scored};
use super::labels::{BINS, Bin, reliability};
use crate::gold::compare::{Field, names};
use crate::gold::{Source, Statement};
use crate::score::{Counts, Group, Measure};
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::path::Path;

/// `CORPUS-attributions.csv`: one row for each article (where ids are given) and for all, measure and kind.
pub(crate) fn write_attributions(root: &Path, corpus: &str, ids: &[&str], counts: &[Counts]) -> Result<()> {
    let mut csv = "article,kind,measure,precision,recall,f1,predicted,gold\n".to_owned();
    let mut rows = |article: &str, report: &crate::score::Report, groups: &[Group]| {
        for group in groups {
            for measure in Measure::ALL {
                let m = report.attributions[group.name()].measures[measure.name()];
                let (p, r, f1) = (100.0 * m.p, 100.0 * m.r, 100.0 * m.f1);
                let (kind, measure) = (group.name(), measure.name());
                let _ = writeln!(
                    csv,
                    "{article},{kind},{measure},{p:.1},{r:.1},{f1:.1},{},{}",
                    m.n_pred, m.n_gold
                );
            }
        }
    };
    for (id, counts) in ids.iter().zip(counts) {
        rows(id, &super::report(std::slice::from_ref(counts)), &[Group::All]);
    }
    rows("all", &super::report(counts), &Group::ALL);
    write(root, &format!("{corpus}-attributions"), &csv)
}

/// `CORPUS-figures.csv`: everything that floors can bound.
pub(crate) fn write_figures(root: &Path, corpus: &str, figures: &Figures) -> Result<()> {
    let mut csv = "figure,value\n".to_owned();
    for (name, value) in &figures.0 {
        let _ = writeln!(csv, "{name},{value}");
    }
    write(root, &format!("{corpus}-figures"), &csv)
}

/// `CORPUS-reliability.csv`: of the fields that carry a score, how many values of each tenth are right.
pub(crate) fn write_reliability(root: &Path, corpus: &str, reads: &[Read]) -> Result<()> {
    let mut csv = "field,from,to,values,mean_score,right\n".to_owned();
    for field in Field::SCORED {
        let scored: Vec<(f64, bool)> = reads.iter().flat_map(|read| scored(read, field)).collect();
        for (at, Bin { count, scores, right }) in reliability(&scored).into_iter().enumerate() {
            if count > 0 {
                let (from, to) = (at as f64 / BINS as f64, (at + 1) as f64 / BINS as f64);
                let (mean, share) = (scores / count as f64, 100.0 * right as f64 / count as f64);
                let _ = writeln!(csv, "{},{from:.1},{to:.1},{count},{mean:.3},{share:.1}", field.name());
            }
        }
    }
    write(root, &format!("{corpus}-reliability"), &csv)
}

/// `CORPUS-statements.csv`: one row for each gold statement, and one for each predicted one without gold.
pub(crate) fn write_statements(root: &Path, corpus: &str, reads: &[Read]) -> Result<()> {
    let mut csv = "article,statement,optional,start,content_dice,named".to_owned();
    Field::ALL.iter().for_each(|field| csv.extend([",", field.name()]));
    csv.push('\n');
    let start = |statement: &Statement| statement.content.first().map_or(0, |s| s[0]);
    for Read { article, found, comparison, .. } in reads {
        // names are words of the article, which only our own may lend: others have the gold's key for whoever is called so
        let key = |name: &str| {
            let is_called = |source: &&Source| source.names().any(|own| names::same(own, name));
            article.gold.sources.iter().find(is_called).map_or("another", |source| source.key.as_str())
        };
        let name = |j: usize| match found.speaker(&found.statements[j]) {
            Some(source) if article.is_own() => source.name.as_str(),
            Some(source) => key(&source.name),
            None => "",
        };
        for (i, gold) in article.gold.statements.iter().enumerate() {
            let optional = if gold.optional { "optional" } else { "" };
            let _ = write!(csv, "{},{},{optional},{},", article.id(), gold.n, start(gold));
            match comparison.pairs.iter().find(|p| p.gold == i) {
                None => csv.push_str(&",".repeat(Field::ALL.len() + 1)),
                Some(pair) => {
                    let _ = write!(csv, "{:.2},{}", pair.content_dice, quoted(name(pair.other)));
                    for field in Field::ALL {
                        csv.extend([",", pair.fields.get(&field).map_or("", |o| o.name())]);
                    }
                }
            }
            csv.push('\n');
        }
        let is_spurious = |j: &usize| comparison.pairs.iter().all(|p| p.other != *j);
        for j in (0..found.statements.len()).filter(is_spurious) {
            let (start, name) = (start(&found.statements[j]), quoted(name(j)));
            let _ =
                writeln!(csv, "{},spurious,,{start},,{name}{}", article.id(), ",".repeat(Field::ALL.len()));
        }
    }
    write(root, &format!("{corpus}-statements"), &csv)
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn write(root: &Path, name: &str, csv: &str) -> Result<()> {
    let folder = root.join("eval/results");
    std::fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    let path = folder.join(format!("{name}.csv"));
    std::fs::write(&path, csv).with_context(|| format!("write {}", path.display()))
}
