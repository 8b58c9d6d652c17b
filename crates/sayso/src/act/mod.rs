//! What a statement does, and how: act, kind, mode, negation, whom it is about.
//!
//! In: attributions over syntax and quotations. Out: one [`Judgement`] for each. What always holds: the act
//! comes from one entry of `lexicon/en/acts.toml`, which `because` points at through the words that matched.

mod build;
mod certainty;
mod evidence;
mod matching;
mod mode;
mod target;
mod turns;
mod weighing;

use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::identity::{Identities, Page};
use crate::ledger::{Certainty, Kind, Mode};
use crate::lexicon::Act;
use crate::quotations::Quotations;
use crate::syntax::{Syntax, TokenId};
use crate::text::Span;
pub(crate) use build::{is_question, is_question_word};
use evidence::Evidence;
pub use evidence::Features;
use sayso_model::{Dep, Pos};
pub use target::Target;
use weighing::Choice;

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
    /// How sure the speaker is.
    pub certainty: Certainty,
    /// What stands inside quotation marks, without them.
    pub verbatim: Vec<Span>,
    /// Who is accused, asked, warned.
    pub target: Option<Target>,
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
    identities: &Identities,
) -> Vec<Judgement> {
    let page = Page::new(article, syntax, quotations);
    let nested = nested(attributions);
    let targets = target::Reading::new(&page, identities, attributions);
    let questioners = turns::questioners(&page, attributions);
    let each = attributions.iter().zip(&nested).zip(questioners);
    let each = each.enumerate().map(|(at, ((attribution, nested), questioner))| {
        judge_one(&page, &targets, at, attribution, nested, questioner)
    });
    each.collect()
}

/// What the classifier of acts sees of each attribution, for fitting it.
#[must_use]
pub fn features(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    attributions: &[Attribution],
) -> Vec<Features> {
    let page = Page::new(article, syntax, quotations);
    let nested = nested(attributions);
    let each = attributions.iter().zip(&nested);
    each.map(|(one, nested)| Evidence::of(&page, one, nested).features(&page, one)).collect()
}

/// For each attribution the words of those within it: they do their own act, not the outer one's.
fn nested(attributions: &[Attribution]) -> Vec<Vec<Span>> {
    let mut nested: Vec<Vec<Span>> = vec![Vec::new(); attributions.len()];
    for one in attributions {
        if let Some(spans) = one.inside.and_then(|outer| nested.get_mut(outer)) {
            spans.extend(&one.content);
        }
    }
    nested
}

fn judge_one(
    page: &Page,
    targets: &target::Reading,
    at: usize,
    attribution: &Attribution,
    nested: &[Span],
    questioner: bool,
) -> Judgement {
    let evidence = Evidence::of(page, attribution, nested);
    let Evidence { cue, content, negated, is_thought, .. } = &evidence;
    let asked = if questioner && evidence.is_open() { turns::question(page, content) } else { None };
    let Choice { act, score, matched, reason } = weighing::choose(page, attribution, &evidence, asked);
    let aim = targets.target(&target::Done { at, act, cue, content, matched });
    let aimed = aim.as_ref().map(|aim| Reason { field: "target", rule: aim.rule, span: aim.span });
    let mode = mode::of(page, attribution);
    let (certainty, certainty_score, hedge) = certainty::of(page, attribution, cue, content, act);
    Judgement {
        act,
        kind: if *is_thought { Kind::Thought } else { Kind::Speech },
        negated: *negated,
        mode,
        certainty,
        verbatim: page.quotations.within(&attribution.content),
        target: aim,
        scores: vec![
            ("act", score),
            ("kind", if cue.is_empty() { 0.8 } else { 0.95 }),
            ("mode", 0.95),
            ("certainty", certainty_score),
        ],
        because: reason.into_iter().chain(hedge).chain(aimed).collect(),
    }
}

fn is_negation(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    let word = page.word(at).to_lowercase();
    token.dep == Dep::Neg || matches!(word.as_str(), "not" | "n’t" | "n't" | "never" | "neither" | "nor")
}

/// The word of a cue that says what it is: its first full verb or noun.
pub(crate) fn main_word(page: &Page, cue: &[TokenId]) -> Option<TokenId> {
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
