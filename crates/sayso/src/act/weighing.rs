//! Which act it is: what the cue names, else what rules and classifier make of the words.
//!
//! In: the evidence of one attribution. Out: an act, its score and what decided. What holds: the score of an act is about how often such
//! choices are right; nobody is made to accuse or admit by words alone that leave it as likely as not, nor to accuse nobody.

use super::evidence::Evidence;
use super::gravity;
use super::matching::Matched;
use crate::attribution::{Attribution, Reason};
use crate::identity::Page;
use crate::lexicon::{self, Act};
use sayso_model::acts::reader::Impression;
use sayso_model::acts::{self, ActModel};
use std::sync::LazyLock;

/// An act, how sure it is, and what decided.
pub(super) struct Choice {
    pub(super) act: Act,
    pub(super) score: f32,
    pub(super) reason: Option<Reason>,
}

/// So many of the acts that a cue names are right, counted on the training part of the gold.
const NAMED_BY_CUE: f32 = 0.93;
/// So many of those that a phrase of the words names for certain; counted on the labelled statements.
const NAMED_BY_PHRASE: f32 = 0.85;
/// So many turns of somebody whose part is to ask are questions; counted there too.
const ASKED: f32 = 0.93;
/// What the classifier of words counts for beside the reader; chosen with the temperature on the documents that were kept back.
const WORDS: f32 = 0.36;

static MODEL: LazyLock<ActModel> = LazyLock::new(ActModel::load);

impl Choice {
    /// A turn of somebody whose part is to ask.
    pub(super) fn question(reason: Reason) -> Self {
        Self { act: Act::Ask, score: ASKED, reason: Some(reason) }
    }
}

/// Chooses the act; `named_person` says how sure it is that a named person says these words, if one does, `is_blamed` whether they are about somebody
/// who could be accused.
pub(super) fn choose(
    page: &Page,
    attribution: &Attribution,
    evidence: &Evidence,
    context: &[String],
    impression: Option<&Impression>,
    named_person: Option<f32>,
    is_blamed: &dyn Fn() -> bool,
) -> Choice {
    let act_of = |found: &Matched| lexicon::acts().entries()[found.entry].act;
    let reason_of = |found: &Matched| Reason { field: "act", rule: found.rule, span: found.span };
    if let Some(found) = evidence.by_cue.as_ref().filter(|_| !evidence.is_open()) {
        let reason = Some(reason_of(found));
        return Choice { act: act_of(found), score: NAMED_BY_CUE, reason };
    }
    let is_sure = |found: &&Matched| lexicon::acts().entries()[found.entry].sure;
    if let Some(found) = evidence.by_content.iter().find(is_sure) {
        let reason = Some(reason_of(found));
        return Choice { act: act_of(found), score: NAMED_BY_PHRASE, reason };
    }
    if evidence.passes_on {
        return Choice {
            act: Act::State,
            score: NAMED_BY_PHRASE,
            reason: evidence.by_cue.as_ref().map(reason_of),
        };
    }
    let wording = evidence.wording(page, attribution, context);
    let words = wording.words.iter().map(|(word, _)| word.as_str());
    let mut logits = MODEL.logits(wording.signs.iter().map(String::as_str), words);
    if let Some(impression) = impression {
        logits.iter_mut().zip(impression.acts).for_each(|(words, read)| *words = read + WORDS * *words);
    }
    let probabilities = acts::probabilities(&logits);
    let probability = |act: Act| probabilities[act as usize];
    // where nobody can be sure that it is this person, the record keeps the act and withholds the name; else the words may do less
    let held_to = |act: Act| match gravity::by_named_person(act, named_person) {
        least if least > NAMED_BY_CUE => 0.0,
        least => least,
    };
    let least = |act: Act| gravity::by_words(act).max(held_to(act));
    let likeliest = |but: Option<Act>| {
        let allowed =
            Act::ALL.into_iter().filter(|act| Some(*act) != but && probability(*act) >= least(*act));
        allowed.max_by(|a, b| probability(*a).total_cmp(&probability(*b))).unwrap_or(Act::State)
    };
    let mut act = likeliest(None);
    // words that lay a deed on nobody accuse nobody
    if act == Act::Accuse && !is_blamed() {
        act = likeliest(Some(Act::Accuse));
    }
    let matched = evidence.by_content.iter().find(|found| act_of(found) == act);
    // where no rule names it, the word that speaks most for it
    let telling = || {
        let preference = |word: &str| MODEL.preference(word, act as usize, Act::State as usize);
        let best = wording.words.iter().max_by(|(a, _), (b, _)| preference(a).total_cmp(&preference(b)));
        let (_, span) = best.filter(|(word, _)| act != Act::State && preference(word) > 0.0)?;
        Some(Reason { field: "act", rule: "wording", span: *span })
    };
    let by_cue = || evidence.by_cue.as_ref().filter(|_| act == Act::State);
    let reason = matched.or_else(by_cue).map(reason_of).or_else(telling);
    Choice { act, score: probability(act), reason }
}
