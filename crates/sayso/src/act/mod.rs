//! What a statement does, and how: act, kind, mode, negation, whom it is about.
//!
//! In: attributions over syntax and quotations. Out: one [`Judgement`] for each. What always holds: the act
//! comes from one entry of `lexicon/en/acts.toml`, which `because` points at through the words that matched.

mod build;
mod matching;
mod mode;
mod objects;

use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::identity::Page;
use crate::ledger::{Kind, Mode};
use crate::lexicon::{self, Act};
use crate::quotations::Quotations;
use crate::syntax::{Syntax, TokenId};
use crate::text::Span;
use matching::{Cue, Matched};
use sayso_model::{Dep, Pos};

/// What one statement does.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The act.
    pub act: Act,
    /// Said or thought.
    pub kind: Kind,
    /// Whether the cue is negated: "did not say".
    pub negated: bool,
    /// How much of the content stands inside quotation marks.
    pub mode: Mode,
    /// What stands inside quotation marks, without them.
    pub verbatim: Vec<Span>,
    /// Who is accused, asked, warned.
    pub target: Option<Span>,
    /// How sure each field is, 0 to 1, by the record's name for it.
    pub scores: Vec<(&'static str, f32)>,
    /// What decided.
    pub because: Vec<Reason>,
}

/// Judges each attribution.
#[must_use]
pub fn judge(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    attributions: &[Attribution],
) -> Vec<Judgement> {
    let page = Page::new(article, syntax, quotations);
    // the words of an attribution within another do their own act, not the outer one's
    let mut nested: Vec<Vec<Span>> = vec![Vec::new(); attributions.len()];
    for one in attributions {
        if let Some(spans) = one.inside.and_then(|outer| nested.get_mut(outer)) {
            spans.extend(&one.content);
        }
    }
    let each = attributions.iter().zip(&nested);
    each.map(|(attribution, nested)| judge_one(&page, attribution, nested)).collect()
}

fn judge_one(page: &Page, attribution: &Attribution, nested: &[Span]) -> Judgement {
    let cue_tokens: Vec<TokenId> = attribution
        .cue
        .iter()
        .flat_map(|span| page.tokens_in(*span))
        .filter(|at| !matches!(page.token(*at).pos, Pos::Space | Pos::Punct))
        .collect();
    let content: Vec<TokenId> = attribution.content.iter().flat_map(|span| page.tokens_in(*span)).collect();
    let negated = cue_tokens.iter().any(|at| is_negation(page, *at));
    let cue = Cue { tokens: &cue_tokens, negated };
    let acts = lexicon::acts();

    let by_cue = matching::by_cue(page, &cue, &content);
    let is_thought = main_word(page, &cue_tokens)
        .is_some_and(|at| matching::keys(page, at).any(|key| acts.is_thought(&key)));
    // "said" and no cue at all leave it to the words themselves
    let open = by_cue.as_ref().is_none_or(|found| acts.entries()[found.entry].act == Act::State);
    let by_content = if open {
        {
            let own = |at: &TokenId| !nested.iter().any(|span| span.contains(page.token(*at).span));
            let first = content.iter().copied().take(matching::LONGEST_CONTENT);
            let content: Vec<TokenId> = first.filter(own).collect();
            matching::by_content(page, attribution, &content, is_thought)
        }
    } else {
        None
    };
    let field_score = match (&by_content, &by_cue) {
        (Some(_), _) => 0.7,
        (None, Some(found)) if acts.entries()[found.entry].act != Act::State => 0.9,
        (None, Some(_)) => 0.75,
        (None, None) => 0.5,
    };
    let matched = by_content.or(by_cue);
    let act = matched.as_ref().map_or(Act::State, |found| acts.entries()[found.entry].act);
    let because =
        matched.iter().map(|found: &Matched| Reason { field: "act", rule: found.rule, span: found.span });
    let mode = mode::of(page, attribution);
    let objects = objects::of(page, attribution, &cue_tokens, act);
    Judgement {
        act,
        kind: if is_thought { Kind::Thought } else { Kind::Speech },
        negated,
        mode,
        verbatim: page.quotations.within(&attribution.content),
        target: objects.target,
        scores: vec![
            ("act", field_score),
            ("kind", if cue_tokens.is_empty() { 0.8 } else { 0.95 }),
            ("mode", 0.95),
        ],
        because: because.collect(),
    }
}

fn is_negation(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    let word = page.word(at).to_lowercase();
    token.dep == Dep::Neg || matches!(word.as_str(), "not" | "n’t" | "n't" | "never" | "neither" | "nor")
}

/// The word of a cue that says what it is: its first full verb or noun.
fn main_word(page: &Page, cue: &[TokenId]) -> Option<TokenId> {
    let full = |at: &&TokenId| {
        let token = page.token(**at);
        token.pos == Pos::Verb && token.dep != Dep::Aux
    };
    cue.iter()
        .find(full)
        .or_else(|| cue.iter().find(|at| page.token(**at).pos == Pos::Noun))
        .or(cue.first())
        .copied()
}
