//! Whom “I” and “you” mean: whoever speaks the words around, and whoever answers.

use super::cast::Cast;
use super::speakers::{AUTHOR, READER, Reading, Said, unknown};
use crate::attribution::{Attribution, Reason};
use crate::text::Span;

impl Reading<'_> {
    /// "I" and "we": whoever speaks the words around, or has the turn.
    pub(super) fn first_person(&self, at: usize, span: Span) -> Said {
        match self.outer(at).or_else(|| self.turn(at, span)) {
            Some(said) => {
                let because = vec![Reason { field: "speaker", rule: "first person", span }];
                Said { because, mention: None, with: Vec::new(), ..said.clone() }
            }
            None => unknown(AUTHOR),
        }
    }

    /// Whose turn it is where nothing around was found: the last label of a transcript.
    fn turn(&self, at: usize, span: Span) -> Option<&Said> {
        const FARTHEST: usize = 40;
        let has_label = |at: &usize| {
            let source = self.attributions[*at].source.first().filter(|source| source.end() <= span.start());
            source.is_some_and(|source| {
                let last = self.page.tokens_in(*source).end.checked_sub(1);
                is_turn(&self.attributions[*at]) && last.is_some_and(|last| self.page.is_label(last))
            })
        };
        let last = (at.saturating_sub(FARTHEST)..at).rev().find(has_label)?;
        self.said.get(last)?.as_ref()
    }

    /// "you" in a question: whoever takes the next turn.
    pub(super) fn second_person(&mut self, cast: &mut Cast, at: usize, span: Span) -> Said {
        const FARTHEST: usize = 12;
        let Some(turn) = self.attributions[at].inside.filter(|turn| is_turn(&self.attributions[*turn]))
        else {
            return unknown(READER);
        };
        let source =
            |at: usize| self.attributions[at].source.first().map(|span| self.page.article.text.slice(*span));
        let asker = source(turn).or_else(|| source(self.attributions[turn].continues?));
        let end = self.attributions.len().min(turn + FARTHEST);
        let is_answer = |next: &usize| {
            let one = &self.attributions[*next];
            one.inside.is_none() && is_turn(one) && !one.source.is_empty() && source(*next) != asker
        };
        let Some(next) = (turn + 1..end).find(is_answer) else { return unknown(READER) };
        let head = self.source_head(&self.attributions[next].source);
        let Some(who) = head.and_then(|head| self.meant_by(cast, next, head, 1).who) else {
            return unknown(READER);
        };
        let because = vec![Reason { field: "speaker", rule: "who answers", span }];
        Said { who: Some(who), score: 0.75, because, mention: None, ..Said::default() }
    }
}

/// Words under a label, or that go on from there: “Q You said ...”.
fn is_turn(one: &Attribution) -> bool {
    let content = one.content.first().map_or(0, |content| content.start());
    one.cue.is_empty() && one.source.iter().all(|source| source.end() <= content)
}
