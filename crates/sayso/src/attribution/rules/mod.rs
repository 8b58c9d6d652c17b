//! Attributions by rules: what a fitted tagger does not find, the mending of what it finds, and a finder that needs no weights.
//!
//! In: an article with its syntax and its quotations. Out: [`Attribution`]s in the order of the text, nested after outer.
//! What holds: every span lies in the text on token boundaries and is not empty, no attribution is without
//! content, and no character plays two roles in one attribution. Time is linear in the length of the article.

mod agreement;
mod cues;
mod nested;
mod other_cues;
mod overlooked;
mod reading;
mod relayed;
mod repair;
mod source;
mod speech;
mod structural;
mod verbs;

use super::tagger::Tagged;
use super::{Attribution, Reason};
use crate::article::Article;
use crate::quotations::Quotations;
use crate::syntax::{Syntax, TokenId};
use crate::text::Span;
use reading::{Range, Reading};
use sayso_model::Tag;

/// How sure a rule is, for want of anything measured on the sentence at hand.
const RULE_SCORE: f32 = 0.6;

/// Finds attributions by rules alone.
#[must_use]
pub fn find(article: &Article, syntax: &Syntax, quotations: &Quotations) -> Vec<Attribution> {
    let reading = Reading::new(article, syntax, quotations);
    let found = by_cues(&reading, 0..reading.len());
    let found = repair::all(&reading, structural::find(&reading).merge(found));
    repair::all(&reading, without_loose(found))
}

/// Puts together what the tagger proposes and what rules know of cues, layout, nesting and quotation marks.
#[must_use]
pub fn around(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    tagged: Tagged,
) -> Vec<Attribution> {
    let reading = Reading::new(article, syntax, quotations);
    let structural = structural::find(&reading);
    let accepted = agreement::accepted(&reading, &structural, tagged.proposals);
    let found = structural.merge(accepted);
    // what nobody claimed is claimed first: others may be quoted in that as well
    let mut found = repair::all(&reading, found);
    found.extend(nested::find(&reading, &found, &tagged.anchors));
    repair::all(&reading, found)
}

/// Finds attributions within the contents of others: another speaker, or an earlier saying.
#[must_use]
pub fn nested(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    found: &[Attribution],
) -> Vec<Attribution> {
    nested::find(&Reading::new(article, syntax, quotations), found, &[])
}

/// Mends what any finder found, by language and not by score.
#[must_use]
pub fn repair(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    found: Vec<Attribution>,
) -> Vec<Attribution> {
    repair::all(&Reading::new(article, syntax, quotations), found)
}

/// Leaves out what is too loose to be a statement within somebody else's: “their efforts to”, “supports him”.
fn without_loose(mut found: Vec<Attribution>) -> Vec<Attribution> {
    let is_loose = |one: &Attribution| {
        let rule = one.because.first().map_or("", |reason| reason.rule);
        one.inside.is_some() && matches!(rule, "noun" | "loose clause" | "loose object" | "loose infinitive")
    };
    let mut place = Vec::with_capacity(found.len());
    let mut kept = 0;
    for one in &found {
        place.push((!is_loose(one)).then_some(kept));
        kept += usize::from(!is_loose(one));
    }
    found.retain(|one| !is_loose(one));
    for one in &mut found {
        one.continues = one.continues.and_then(|before| place[before]);
    }
    found
}

/// What a rule saw, in tokens.
struct Draft {
    /// Head of the cue.
    anchor: TokenId,
    source: Vec<Range>,
    cue: Vec<Range>,
    content: Vec<Range>,
    /// Quotations that belong to the content, by index.
    quoted: Vec<usize>,
    /// Which rule it was.
    rule: &'static str,
}

fn by_cues(reading: &Reading<'_>, tokens: impl Iterator<Item = TokenId>) -> Vec<Attribution> {
    let drafts = tokens.filter_map(|at| draft(reading, at));
    drafts.filter_map(|draft| draft.into_attribution(reading)).collect()
}

/// What the cue lexicon makes of a token.
fn draft(reading: &Reading<'_>, at: TokenId) -> Option<Draft> {
    match reading.token(at).tag {
        _ if source::is_turn_of_phrase(reading, at) => None,
        Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz => {
            verbs::attribution(reading, at).or_else(|| other_cues::phrase(reading, at))
        }
        Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps => other_cues::noun(reading, at),
        Tag::Rb => other_cues::adverb(reading, at),
        _ => other_cues::phrase(reading, at),
    }
}

impl Draft {
    fn into_attribution(self, reading: &Reading<'_>) -> Option<Attribution> {
        let spans = |ranges: &[Range]| -> Vec<Span> {
            ranges.iter().filter_map(|range| reading.span(&source::trim(reading, range.clone()))).collect()
        };
        let quoted = self.quoted.iter().map(|at| reading.quotations[*at].outer);
        let content: Vec<Span> =
            self.content.iter().filter_map(|range| reading.span(range)).chain(quoted).collect();
        if content.is_empty() {
            return None;
        }
        let because = Reason { field: "content", rule: self.rule, span: reading.token(self.anchor).span };
        Some(Attribution {
            source: spans(&self.source),
            cue: spans(&self.cue),
            content,
            continues: None,
            inside: None,
            score: RULE_SCORE,
            because: vec![because],
        })
    }
}
