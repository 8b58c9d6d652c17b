//! What a statement does, and how: act, kind, mode, negation, whom it is about.
//!
//! In: attributions over syntax and quotations. Out: one [`Judgement`] for each. What always holds: the act
//! comes from one entry of `lexicon/en/acts.toml`, which `because` points at through the words that matched.

mod build;
mod certainty;
mod context;
mod evidence;
pub(crate) mod gravity;
mod matching;
pub(crate) mod mode;
mod passage;
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
use context::Context;
use evidence::Evidence;
pub use evidence::Wording;
use sayso_model::acts::reader::{Passage, Reader};
use sayso_model::{Dep, Pos};
use std::cell::LazyCell;
pub use target::{Candidate, Target};
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

/// Judges each attribution; the reader has a say where there is one.
#[must_use]
pub fn judge(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    attributions: &[Attribution],
    identities: &Identities,
    reader: Option<&Reader>,
) -> Vec<Judgement> {
    let page = Page::new(article, syntax, quotations);
    in_order(&page, attributions, identities, reader, |_, _, _, _| ())
}

/// What one attribution is judged by.
#[derive(Debug)]
pub struct Features<'a> {
    /// What the classifier of words sees.
    pub wording: Wording,
    /// Whom its act may be about.
    pub candidates: Vec<Candidate>,
    /// What the reader sees.
    pub passage: Passage<'a>,
}

/// What the classifiers see of each attribution, for fitting them.
#[must_use]
pub fn features<'a>(
    article: &'a Article,
    syntax: &'a Syntax,
    quotations: &'a Quotations,
    attributions: &[Attribution],
    identities: &Identities,
) -> Vec<Features<'a>> {
    let page = Page::new(article, syntax, quotations);
    let mut all = Vec::with_capacity(attributions.len());
    in_order(&page, attributions, identities, None, |at, evidence, context, targets| {
        let wording = evidence.wording(&page, &attributions[at], context);
        let candidates = targets.candidates(&evidence.seen(at));
        let passage = passage::of(&page, &attributions[at], evidence, &candidates);
        all.push(Features { wording, candidates, passage });
    });
    all
}

/// Attributions that are read together; what comes out does not depend on it.
const AT_ONCE: usize = 64;

/// Judges each attribution, knowing what those before it do, and shows what each is judged by.
fn in_order(
    page: &Page,
    attributions: &[Attribution],
    identities: &Identities,
    reader: Option<&Reader>,
    mut show: impl FnMut(usize, &Evidence, &[String], &target::Reading),
) -> Vec<Judgement> {
    let nested = nested(attributions);
    let targets = target::Reading::new(page, identities, attributions);
    let questioners = turns::questioners(page, attributions);
    let mut judged = Vec::with_capacity(attributions.len());
    for (some, nested) in attributions.chunks(AT_ONCE).zip(nested.chunks(AT_ONCE)) {
        let first = judged.len();
        let evidence: Vec<Evidence> =
            some.iter().zip(nested).map(|(one, nested)| Evidence::of(page, one, nested)).collect();
        let considered = reader.map(|reader| passage::consider(&targets, first, &evidence, reader));
        let mut considered = considered.into_iter().flatten();
        for (at, evidence) in (first..).zip(&evidence) {
            let considered = considered.next().flatten();
            let impression = considered.as_ref().map(|one| &one.impression);
            let (attribution, seen) = (&attributions[at], evidence.seen(at));
            let unread = LazyCell::new(|| targets.candidates(&seen));
            let aim = |act: Act| {
                let candidates = || considered.as_ref().map_or_else(|| &**unread, |one| &one.candidates);
                act.has_target().then(|| targets.target(&seen, act, candidates(), impression)).flatten()
            };
            let signs = Context { attributions, identities, judged: &judged }.signs(at);
            show(at, evidence, &signs, &targets);
            let asks = questioners[at] && evidence.is_open();
            let asked = if asks { turns::question(page, &evidence.content) } else { None };
            let choice = asked.map(Choice::question).unwrap_or_else(|| {
                let speaker = identities.speakers.get(at);
                let named =
                    speaker.and_then(|speaker| gravity::named_person(attribution, speaker, identities));
                let is_blamed = || aim(Act::Accuse).is_some();
                weighing::choose(page, attribution, evidence, &signs, impression, named, &is_blamed)
            });
            let aim = aim(choice.act);
            judged.push(judgement(page, attribution, evidence, choice, aim));
        }
    }
    judged
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

fn judgement(
    page: &Page,
    attribution: &Attribution,
    evidence: &Evidence,
    choice: Choice,
    aim: Option<(Target, f32)>,
) -> Judgement {
    let Evidence { cue, content, negated, is_thought, .. } = evidence;
    let Choice { act, score, reason } = choice;
    let aimed = aim.as_ref().map(|(aim, _)| Reason { field: "target", rule: aim.rule, span: aim.span });
    let (certainty, certainty_score, hedge) = certainty::of(page, attribution, cue, content, act);
    let mut scores = vec![
        ("act", score),
        ("kind", if cue.is_empty() { 0.8 } else { 0.95 }),
        ("mode", 0.95),
        ("certainty", certainty_score),
    ];
    scores.extend(aim.as_ref().map(|(_, score)| ("target", *score)));
    Judgement {
        act,
        kind: if *is_thought { Kind::Thought } else { Kind::Speech },
        negated: *negated,
        mode: mode::of(page, attribution),
        certainty,
        verbatim: page.quotations.within(&attribution.content),
        target: aim.map(|(aim, _)| aim),
        scores,
        because: reason.into_iter().chain(hedge).chain(aimed).collect(),
    }
}

fn is_negation(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    let word = page.word(at).to_lowercase();
    token.dep == Dep::Neg
        || matches!(word.as_str(), "not" | "n’t" | "n't" | "never" | "neither" | "nor" | "no")
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
