//! What was missed and what was invented, in words, for whoever works on the rules. Goes to the terminal only.

use super::compare::{Comparison, Field, Outcome};
use super::gold::{CorpusDocument, GoldArticle, slice};
use crate::score::{Edges, Punctuation, ScoredText, Spans, assign, dice};
use anyhow::Result;
use sayso::ledger::Ledger;

/// One article's misses, inventions, and found statements with a wrong field.
pub(crate) fn print(article: &GoldArticle, ledger: &Ledger, comparison: &Comparison) {
    println!("-- {}", article.id);
    for (i, gold) in article.statements.iter().enumerate() {
        let row = line(&article.text, &gold.spans);
        match comparison.pairs.iter().find(|p| p.gold == i) {
            None if gold.optional => {}
            None => println!("missed   {:>3} {row}", gold.n),
            Some(pair) => {
                let predicted = &ledger.statements[pair.predicted];
                let wrong: Vec<String> = Field::ALL
                    .into_iter()
                    .filter(|f| matches!(pair.fields.get(f), Some(Outcome::Wrong | Outcome::Open)))
                    .map(|f| f.name().to_owned())
                    .collect();
                if !wrong.is_empty() && !gold.optional {
                    let said = format!(
                        "{:?} {:?} {:?} {:?}",
                        predicted.speaker_name, predicted.act, predicted.kind, predicted.mode
                    );
                    println!(
                        "wrong    {:>3} {} | {row}\n             gold {:?} {:?} {:?} {:?}\n             said {said}",
                        gold.n,
                        wrong.join(" "),
                        gold.speaker,
                        gold.act,
                        gold.kind,
                        gold.mode
                    );
                }
                if pair.content_dice < 0.9 {
                    println!(
                        "extent   {:>3} {row}\n             said {}",
                        gold.n,
                        line(&article.text, &super::predict::spans(predicted))
                    );
                }
            }
        }
    }
    for (j, statement) in ledger.statements.iter().enumerate() {
        if comparison.pairs.iter().all(|p| p.predicted != j) {
            println!("invented     {}", line(&article.text, &super::predict::spans(statement)));
        }
    }
}

/// The same for a corpus that annotates spans only.
///
/// # Errors
/// When a span does not lie inside the text.
pub(crate) fn print_spans(document: &CorpusDocument, predicted: &[Spans]) -> Result<()> {
    println!("-- {}", document.id);
    let text = ScoredText::new(&document.text, Punctuation::Ignored);
    let contents =
        |all: &[Spans]| all.iter().map(|a| Ok(text.indices(&a.content)?)).collect::<Result<Vec<_>>>();
    let (gold, said) = (contents(&document.attributions)?, contents(predicted)?);
    let mut edges = Edges::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in said.iter().enumerate() {
            if dice(g, p) >= 0.5 {
                edges.insert((i, j), dice(g, p));
            }
        }
    }
    let pairs = assign(&edges);
    for (i, spans) in
        document.attributions.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.0 != *i))
    {
        println!("missed   {i:>3} {}", line(&document.text, spans));
    }
    for (_, spans) in predicted.iter().enumerate().filter(|(j, _)| pairs.iter().all(|p| p.1 != *j)) {
        println!("invented     {}", line(&document.text, spans));
    }
    for &(i, j) in &pairs {
        if edges[&(i, j)] < 0.9 {
            println!(
                "extent   {i:>3} {}\n             said {}",
                line(&document.text, &document.attributions[i]),
                line(&document.text, &predicted[j])
            );
        }
    }
    Ok(())
}

/// `source | cue | content`, pieces joined by ` [...] `.
fn line(text: &str, spans: &Spans) -> String {
    let words = |spans: &[[usize; 2]]| {
        spans.iter().map(|&s| slice(text, s).unwrap_or("?")).collect::<Vec<_>>().join(" [...] ")
    };
    format!("{} | {} | {}", words(&spans.source), words(&spans.cue), words(&spans.content))
}
