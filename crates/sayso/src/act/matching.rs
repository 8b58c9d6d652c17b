//! Entries of the table of acts found in a cue and in a content.

use super::{build, is_negation};
use crate::attribution::Attribution;
use crate::identity::Page;
use crate::lexicon::{self, Act, Entry, Then};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Pos;

/// How much of a content is looked at, in tokens.
pub(super) const LONGEST_CONTENT: usize = 120;

/// The words of a cue.
pub(super) struct Cue<'a> {
    pub(super) tokens: &'a [TokenId],
    pub(super) negated: bool,
}

/// An entry with the words that matched.
pub(super) struct Matched {
    pub(super) entry: usize,
    pub(super) rule: &'static str,
    pub(super) span: Span,
    /// The table's words for a phrase of a content.
    pub(super) phrase: Option<String>,
}

/// In the order in which contents decide: what withholds or negates comes before what it is about.
const RANK: [Act; 18] = [
    Act::Ask,
    Act::Decline,
    Act::Retract,
    Act::Deny,
    Act::Dispute,
    Act::Admit,
    Act::Warn,
    Act::Refuse,
    Act::Announce,
    Act::Vow,
    Act::Confirm,
    Act::Demand,
    Act::Condemn,
    Act::Accuse,
    Act::Endorse,
    Act::CallFor,
    Act::Predict,
    Act::State,
];

/// The best entry for the words of a cue: the first that says more than "said", else that.
pub(super) fn by_cue(page: &Page, cue: &Cue, content: &[TokenId]) -> Option<Matched> {
    let mut said: Option<Matched> = None;
    for at in cue.tokens {
        let Some(found) = at_word(page, cue, *at, content) else { continue };
        if lexicon::acts().entries()[found.entry].act != Act::State {
            return Some(found);
        }
        said.get_or_insert(found);
    }
    said
}

fn at_word(page: &Page, cue: &Cue, at: TokenId, content: &[TokenId]) -> Option<Matched> {
    let acts = lexicon::acts();
    let mut best: Option<((usize, bool, u8), Matched)> = None;
    let phrases = keys(page, at).map(|key| acts.cues(&key)).find(|phrases| !phrases.is_empty());
    for phrase in phrases.unwrap_or_default() {
        let entry = &acts.entries()[phrase.entry];
        if entry.negated && !cue.negated {
            continue;
        }
        let Some(end) = runs(page, at, &phrase.rest) else { continue };
        if !follows(page, entry, end, cue.tokens, content) {
            continue;
        }
        let sure = match &entry.then[..] {
            [] => 0,
            [Then::Ill, ..] => 1,
            [Then::False, ..] => 3,
            _ => 2,
        };
        let rank = (phrase.rest.len(), entry.negated, sure);
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            let span = page.span(at, end);
            let found = Matched { entry: phrase.entry, rule: "cue", span, phrase: None };
            best = Some((rank, found));
        }
    }
    best.map(|(_, found)| found)
}

/// One past the last token of a phrase that starts here, with at most one other word, and no negation, between two of its words.
fn runs(page: &Page, first: TokenId, rest: &[String]) -> Option<TokenId> {
    let [_, sentence_end] = page.sentence(first);
    let mut end = first + 1;
    for word in rest {
        let found = (end..sentence_end.min(end + 2)).find(|at| is_lemma(page, *at, word))?;
        // "was not guilty" is no "was guilty"
        if (end..found).any(|at| is_negation(page, at)) {
            return None;
        }
        end = found + 1;
    }
    Some(end)
}

fn is_lemma(page: &Page, at: TokenId, lemma: &str) -> bool {
    let token = page.token(at);
    if let Some(verb) = lemma.strip_suffix("/V") {
        return token.lemma.eq_ignore_ascii_case(verb) && build::is_active(page, at);
    }
    // "n’t" and "not", "’ll" and "will" have one lemma; "I" is its own
    token.lemma.eq_ignore_ascii_case(lemma) || page.word(at).eq_ignore_ascii_case(lemma)
}

fn follows(page: &Page, entry: &Entry, end: TokenId, cue: &[TokenId], content: &[TokenId]) -> bool {
    entry.then.is_empty()
        || entry.then.iter().any(|then| {
            let mark = |at: &&TokenId| !matches!(page.token(**at).pos, Pos::Punct | Pos::Space);
            let starts = [Some(end).filter(|end| *end < page.end()), content.iter().find(mark).copied()];
            match then {
                Then::Word(word) => starts.iter().flatten().any(|at| is_lemma(page, *at, word)),
                Then::Among(word) => {
                    // "dismissed criticism of": the cue may hold it too
                    let behind = cue.iter().copied().filter(|at| *at >= end);
                    behind
                        .chain(content.iter().filter(mark).take(4).copied())
                        .any(|at| is_lemma(page, at, word))
                }
                Then::To => starts.iter().flatten().any(|at| build::is_to_verb(page, *at)),
                Then::Wh => content.iter().take(2).any(|at| build::is_question_word(page, *at)),
                Then::Quote => build::is_question(page, content),
                Then::Ill => build::is_ill(page, content),
                Then::Good => build::is_good(page, content),
                Then::ObjectTo => build::is_object_to(page, content),
                Then::False => content.iter().any(|at| lexicon::acts().is_falsehood(&page.lemma(*at))),
            }
        })
}

/// The entries whose phrase or build stands in a content, one of each act: by rank, then by place.
pub(super) fn by_content(
    page: &Page,
    attribution: &Attribution,
    content: &[TokenId],
    is_thought: bool,
) -> Vec<Matched> {
    let acts = lexicon::acts();
    let mut best: Vec<((bool, u32, usize), Matched)> = Vec::new();
    let mut offer = |found: Matched, at: TokenId| {
        let entry = found.entry;
        let act = acts.entries()[entry].act;
        let rank = RANK.iter().position(|other| *other == act).unwrap_or(RANK.len());
        // the first sentence that does something decides; that something will happen is the least of it
        let rank = (act == Act::Predict, page.token(at).sentence, rank);
        let allowed = !is_thought
            || matches!(act, Act::Deny | Act::Accuse | Act::Predict | Act::Condemn | Act::Dispute);
        if !allowed {
            return;
        }
        let same = best.iter_mut().find(|(_, other)| acts.entries()[other.entry].act == act);
        let is_sure = |found: &Matched| acts.entries()[found.entry].sure;
        match same {
            Some((other, known)) if is_sure(known) == is_sure(&found) && *other <= rank => {}
            Some((_, known)) if is_sure(known) && !is_sure(&found) => {}
            Some(other) => *other = (rank, found),
            None => best.push((rank, found)),
        }
    };
    let clause = build::Clause::of(page, attribution, content);
    for (kind, entry) in acts.builds() {
        if let Some(at) = clause.has(page, *kind) {
            let span = page.span(at, at + 1);
            offer(Matched { entry: *entry, rule: "build", span, phrase: None }, at);
        }
    }
    for at in content.iter().copied().filter(|at| page.token(*at).pos != Pos::Space) {
        let active = build::is_active(page, at).then(|| page.lemma(at) + "/V");
        for key in keys(page, at).chain(active) {
            for phrase in acts.contents(&key) {
                let is_own = || build::is_of_speaker(page, attribution, at);
                let found = runs(page, at, &phrase.rest)
                    .filter(|end| content.last().is_some_and(|last| *end <= last + 1))
                    .filter(|_| !acts.entries()[phrase.entry].own || is_own());
                if let Some(end) = found {
                    let words = std::iter::once(&key).chain(&phrase.rest).map(String::as_str);
                    let words = Some(words.collect::<Vec<_>>().join(" "));
                    let span = page.span(at, end);
                    offer(Matched { entry: phrase.entry, rule: "content", span, phrase: words }, at);
                }
            }
        }
    }
    best.sort_by_key(|(rank, _)| *rank);
    best.into_iter().map(|(_, found)| found).collect()
}

/// A token's lemma, its form where that differs, and the form without its "s": the lemma of "hopes" may be "hop".
pub(super) fn keys(page: &Page, at: TokenId) -> impl Iterator<Item = String> {
    let (lemma, word) = (page.lemma(at), page.word(at).to_lowercase());
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 2 && *stem != lemma).map(str::to_owned);
    let other = (word != lemma).then_some(word);
    std::iter::once(lemma).chain(other).chain(stem)
}
