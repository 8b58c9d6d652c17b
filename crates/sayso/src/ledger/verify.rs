//! Whether a record keeps its promises: every field points at characters that say so.

use super::{Ledger, Pair, Statement};
use std::collections::BTreeSet;

/// A promise of the schema that a ledger breaks.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{place}: {what}")]
pub struct Broken {
    /// The statement's or source's id, or the part of the document.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

impl Ledger {
    /// Checks that all offsets lie in the text and in order, quotes equal their spans, and ids refer to something.
    ///
    /// # Errors
    /// The first promise that does not hold.
    pub fn verify(&self) -> Result<(), Broken> {
        let text: Vec<char> = self.document.text.chars().collect();
        let sources: BTreeSet<&str> = self.sources.iter().map(|source| source.id.as_str()).collect();
        let statements: BTreeSet<&str> = self.statements.iter().map(|one| one.id.as_str()).collect();
        let fail = |place: &str, what: &str| Err(Broken { place: place.to_owned(), what: what.to_owned() });
        if sources.len() != self.sources.len() || statements.len() != self.statements.len() {
            return fail("ids", "two records have the same");
        }
        let blocks: Vec<Pair> = self.document.blocks.iter().map(|block| [block.start, block.end]).collect();
        if !in_order(&blocks, text.len()) {
            return fail("document", "blocks overlap or lie outside the text");
        }
        for source in &self.sources {
            if !source.mentions.iter().all(|mention| in_order(&[*mention], text.len())) {
                return fail(&source.id, "a mention lies outside the text");
            }
            if source.roles.iter().any(|role| slice(&text, [role.start, role.end]) != role.text) {
                return fail(&source.id, "a role differs from its characters");
            }
        }
        for one in &self.statements {
            if let Err(what) = one.check(&text, &sources, &statements) {
                return fail(&one.id, what);
            }
        }
        Ok(())
    }
}

impl Statement {
    fn check(
        &self,
        text: &[char],
        sources: &BTreeSet<&str>,
        statements: &BTreeSet<&str>,
    ) -> Result<(), &'static str> {
        let spans = &self.spans;
        let roles = [&spans.source, &spans.cue, &spans.content];
        if roles.iter().any(|spans| !in_order(spans, text.len())) || !in_order(&self.verbatim, text.len()) {
            return Err("spans overlap or lie outside the text");
        }
        let mut all: Vec<Pair> = roles.into_iter().flatten().copied().collect();
        all.sort_unstable();
        if !in_order(&all, text.len()) {
            return Err("a character plays two roles");
        }
        let words: Vec<String> = spans.content.iter().map(|span| slice(text, *span)).collect();
        if words.is_empty() || words.join(" ") != self.quote {
            return Err("the quote differs from its spans");
        }
        let within = |part: &Pair| spans.content.iter().any(|span| span[0] <= part[0] && part[1] <= span[1]);
        if !self.verbatim.iter().all(within) {
            return Err("verbatim words lie outside the content");
        }
        if let Some(target) = &self.target {
            // "accused him": the characters refer back to a name that stands elsewhere.
            let stands =
                |name: &[char]| !name.is_empty() && text.windows(name.len()).any(|part| part == name);
            if !in_order(&[[target.start, target.end]], text.len()) {
                return Err("the target lies outside the text");
            }
            if target.source.is_none() && !stands(&target.name.chars().collect::<Vec<_>>()) {
                return Err("the target's name stands nowhere in the text");
            }
        }
        if self.said_on.as_ref().is_some_and(|said| !in_order(&[[said.start, said.end]], text.len())) {
            return Err("the words of its day lie outside the text");
        }
        if !self.because.iter().all(|because| in_order(&[[because.start, because.end]], text.len())) {
            return Err("a reason lies outside the text");
        }
        let aimed_at = self.target.iter().filter_map(|target| target.source.as_ref());
        let named = self.speaker.iter().chain(&self.co_speakers).chain(&self.candidates).chain(aimed_at);
        if !named.into_iter().all(|id| sources.contains(id.as_str())) {
            return Err("a speaker or target is no source");
        }
        if self.speaker.is_none() && self.why_unknown.is_none() {
            return Err("nobody is named and it is not said why");
        }
        match &self.inside {
            Some(outer) if *outer == self.id || !statements.contains(outer.as_str()) => {
                Err("it stands inside no statement")
            }
            Some(_) | None => Ok(()),
        }
    }
}

fn in_order(spans: &[Pair], length: usize) -> bool {
    let each = spans.iter().all(|[start, end]| start < end && *end <= length);
    each && spans.windows(2).all(|pair| pair[0][1] <= pair[1][0])
}

fn slice(text: &[char], [start, end]: Pair) -> String {
    text.get(start..end).unwrap_or_default().iter().collect()
}
