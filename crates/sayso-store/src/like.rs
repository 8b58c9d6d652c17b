//! Finding statements that make the same claim in other words.
//!
//! First the statements that the query lets through, by their signatures, every one of them; then the cosine of the nearest, and which words their quotes share
//! with what is looked for. Nothing is indexed: who narrows the days or the speaker has fewer to compare, and all of a million take less than a second.

use crate::embed::Claim;
use crate::error::StoreError;
use crate::find::{Found, Plan, Query};
use crate::open::Reader;
use rusqlite::ToSql;
use sayso::claim::{Embedding, Signature};
use sayso::ledger::Pair;
use serde::Serialize;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Like<'q> {
    /// What it means.
    pub embedding: &'q Embedding,
    /// What made the embedding; statements that another encoder embedded are passed over.
    pub embedder: &'q str,
    /// In which words: a quote, or what somebody typed.
    pub words: &'q str,
    /// The statement whose claim it is; it is not found itself, and no other one of the same words.
    pub statement: Option<&'q Claim>,
}

/// A statement, and how near it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Near {
    /// 1 for the same words, 0 for nothing in common, to three decimals.
    pub score: f64,
    /// The statement.
    #[serde(flatten)]
    pub found: Found,
}

/// How many signatures are looked at more closely.
const NEAREST: usize = 1_000;
/// What shared words count for beside the cosine.
const WORDS: f64 = 0.4;

/// A statement whose signature is near.
struct Candidate {
    number: i64,
    cosine: f64,
    words: HashSet<String>,
}

impl Reader {
    /// The statements that a query lets through, the nearest first.
    ///
    /// # Errors
    /// As [`Reader::find`].
    pub fn like(&self, like: &Like, query: &Query) -> Result<Vec<Near>, StoreError> {
        let Some(plan) = self.plan(query)? else { return Ok(Vec::new()) };
        let numbers = self.nearest(like, &plan).map_err(self.failed())?;
        let own = like.statement.map(|claim| self.found_by_number(claim.number, None)).transpose()?;
        let ranked = rank(like.words, self.candidates(like, &numbers)?);
        let mut near = Vec::new();
        for (number, score) in ranked {
            if near.len() == query.limit {
                break;
            }
            let found = self.found_by_number(number, plan.question())?;
            if own.as_ref().is_none_or(|own| !is_of_the_same_words(own, &found)) {
                near.push(Near { score: (score * 1000.0).round() / 1000.0, found });
            }
        }
        Ok(near)
    }

    /// The numbers of the statements with the nearest signatures.
    fn nearest(&self, like: &Like, plan: &Plan) -> rusqlite::Result<Vec<i64>> {
        let signature = like.embedding.signature();
        let sql = plan.signatures();
        let mut values = plan.conditions();
        values.push((":embedder", &like.embedder as &dyn ToSql));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(&*values)?;
        let mut nearest = BinaryHeap::with_capacity(NEAREST + 1);
        while let Some(row) = rows.next()? {
            let bits = row.get_ref(1)?.as_blob()?;
            // the table lets no other length in
            let Some(other) = Signature::from_bytes(bits) else { continue };
            let distance = signature.distance(&other);
            if nearest.len() < NEAREST || nearest.peek().is_some_and(|(most, _)| distance < *most) {
                nearest.push((distance, row.get::<_, i64>(0)?));
                if nearest.len() > NEAREST {
                    nearest.pop();
                }
            }
        }
        let own = like.statement.map(|claim| claim.number);
        Ok(nearest.into_iter().map(|(_, number)| number).filter(|number| Some(*number) != own).collect())
    }

    fn candidates(&self, like: &Like, numbers: &[i64]) -> Result<Vec<Candidate>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT vector, quote FROM embeddings JOIN statements ON statements.id = statement WHERE statement = ?1",
            )
            .map_err(self.failed())?;
        let mut candidate = |number: i64| {
            let row = statement
                .query_row([number], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)));
            let (vector, quote) = row.map_err(self.failed())?;
            let cosine = like.embedding.cosine(&self.vector(number, &vector)?);
            Ok(Candidate { number, cosine, words: words(&quote) })
        };
        numbers.iter().map(|number| candidate(*number)).collect()
    }
}

/// Candidates with their scores, the best first.
fn rank(asked: &str, candidates: Vec<Candidate>) -> Vec<(i64, f64)> {
    let asked = words(asked);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in candidates.iter().flat_map(|candidate| &candidate.words) {
        *counts.entry(word).or_default() += 1;
    }
    // what all of them say tells nothing
    let weight = |word: &String| {
        let share =
            (counts.get(word.as_str()).copied().unwrap_or(0) as f64 + 0.5) / (candidates.len() + 1) as f64;
        share.ln().min(0.0).powi(2)
    };
    let weigh = |words: &mut dyn Iterator<Item = &String>| {
        // sets have no order, and sums of numbers have
        let mut weights: Vec<f64> = words.map(weight).collect();
        weights.sort_unstable_by(f64::total_cmp);
        weights.iter().sum::<f64>()
    };
    let whole = weigh(&mut asked.iter());
    let mut ranked: Vec<(i64, f64)> = candidates
        .iter()
        .map(|Candidate { number, cosine, words }| {
            let (own, shared) = (weigh(&mut words.iter()), weigh(&mut asked.intersection(words)));
            let shared = if shared > 0.0 { shared / (own * whole).sqrt() } else { 0.0 };
            (*number, (cosine + WORDS * shared) / (1.0 + WORDS))
        })
        .collect();
    ranked.sort_unstable_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    ranked
}

fn words(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether two statements of one article stand in the same words, as one that reports another does.
fn is_of_the_same_words(one: &Found, other: &Found) -> bool {
    let overlap = |a: &Pair, b: &Pair| a[0].max(b[0]) < a[1].min(b[1]);
    let (own, others) = (&one.statement.spans.content, &other.statement.spans.content);
    one.article == other.article && own.iter().any(|a| others.iter().any(|b| overlap(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(quotes: &[(f64, &str)]) -> Vec<Candidate> {
        let candidate = |(number, (cosine, quote)): (i64, &(f64, &str))| Candidate {
            number,
            cosine: *cosine,
            words: words(quote),
        };
        (1..).zip(quotes).map(candidate).collect()
    }

    #[test]
    fn rare_words_in_common_come_before_common_ones() {
        let quotes = [(0.5, "the quay is open"), (0.5, "the café is shut"), (0.5, "the crane and the mayor")];
        let ranked = rank("The QUAY of the port", candidates(&quotes));
        assert_eq!(ranked.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(ranked[0].1 > ranked[1].1 && ranked[1].1 <= 0.5, "{ranked:?}");
    }

    #[test]
    fn the_same_words_score_one_and_nothing_in_common_zero() {
        let quotes = [(1.0, "“Nobody lifts a crate.”"), (0.0, "boats were counted")];
        let ranked = rank("nobody lifts a crate", candidates(&quotes));
        assert!((ranked[0].1 - 1.0).abs() < 1e-9 && ranked[1].1.abs() < 1e-9, "{ranked:?}");
        assert_eq!(rank("—", candidates(&quotes)).len(), 2);
        assert!(rank("", Vec::new()).is_empty());
    }
}
