//! What was missed and what was invented, in words, for whoever works on the rules. Goes to the terminal only.

use super::Read;
use super::gold::{CorpusDocument, slice};
use crate::gold::Statement;
use crate::gold::compare::{Field, Outcome, spans, value};
use crate::score::{Edges, Punctuation, ScoredText, Spans, assign, dice};
use anyhow::Result;

/// One article's misses, inventions, and found statements with a wrong field.
pub(crate) fn print(read: &Read) {
    let Read { article, found, comparison, .. } = read;
    let (gold, text) = (&article.gold, article.text.as_str());
    let row = |statement: &Statement| line(text, &spans(statement));
    println!("-- {}", article.id());
    for (i, statement) in gold.statements.iter().enumerate() {
        match comparison.pairs.iter().find(|p| p.gold == i) {
            None if statement.optional => {}
            None => println!("missed   {:>3} {}", statement.n, row(statement)),
            Some(pair) => {
                let said = &found.statements[pair.other];
                let is_wrong = |f: &Field| matches!(pair.fields.get(f), Some(Outcome::Wrong | Outcome::Open));
                let wrong: Vec<Field> = Field::ALL.into_iter().filter(is_wrong).collect();
                if !wrong.is_empty() && !statement.optional {
                    println!("wrong    {:>3} {}", statement.n, row(statement));
                    for field in wrong {
                        let (ours, theirs) = (value(field, gold, statement), value(field, found, said));
                        println!("             {} {ours} not {theirs}", field.name());
                    }
                }
                if pair.content_dice < 0.9 {
                    println!(
                        "extent   {:>3} {}\n             said {}",
                        statement.n,
                        row(statement),
                        row(said)
                    );
                }
            }
        }
    }
    for (j, statement) in found.statements.iter().enumerate() {
        if comparison.pairs.iter().all(|p| p.other != j) {
            println!("invented     {}", row(statement));
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
