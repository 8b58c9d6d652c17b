//! Attributions whose cue is no verb: “according to”, “reportedly”, “the claim that”.

use super::cues::{Frame, cues};
use super::reading::{Range, Reading};
use super::{Draft, source};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

/// How far up the tree the clause is looked for that an adverb or a phrase belongs to.
const MAX_CLIMBS: usize = 6;

/// “according to the harbour office”, “in the eyes of”.
pub(super) fn phrase(reading: &Reading<'_>, at: TokenId) -> Option<Draft> {
    let phrase = cues().phrases().iter().find(|phrase| {
        (at..).zip(&phrase.words).all(|(at, word)| at < reading.len() && reading.is(at, word))
    })?;
    let end = at + phrase.words.len() as TokenId;
    let last = end - 1;
    let noun = reading.child(last, &[Dep::Pobj]).filter(|noun| *noun > last)?;
    // "according to plan", "according to age"
    if reading.token(noun).tag == Tag::Nn && noun == end && reading.extent(noun).len() == 1 {
        return None;
    }
    let source = source::noun_phrase(reading, noun);
    let source = source.start.max(end)..source.end.max(end);
    let clause = clause_of(reading, at)?;
    let whole = within_sentence(reading, at, clause);
    let own = at..source.end;
    let pieces = vec![whole.start..own.start.max(whole.start), own.end.min(whole.end)..whole.end];
    let pieces = side_of_phrase(reading, pieces, at);
    Some(Draft {
        anchor: at,
        source: vec![source],
        cue: std::iter::once(at..end).collect(),
        content: pieces,
        quoted: Vec::new(),
        rule: "phrase",
    })
}

/// After a long clause the phrase closes it: what follows its comma is said by the article.
fn side_of_phrase(reading: &Reading<'_>, pieces: Vec<Range>, at: TokenId) -> Vec<Range> {
    let [before, after] = pieces.as_slice() else { return pieces };
    let starts_anew = after.clone().find(|at| reading.token(*at).pos != Pos::Punct).is_some_and(|first| {
        matches!(reading.token(first).tag, Tag::Cc | Tag::Wdt | Tag::Wp | Tag::In)
            || reading.token(first).tag == Tag::Vbg
    });
    let complete =
        before.clone().any(|at| matches!(reading.token(at).tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
            && before.end == at;
    if complete && starts_anew { vec![before.clone()] } else { pieces }
}

/// “reportedly”, “allegedly”, where they mark a clause.
pub(super) fn adverb(reading: &Reading<'_>, at: TokenId) -> Option<Draft> {
    if !cues().is_adverb(&reading.word(at).to_ascii_lowercase()) {
        return None;
    }
    let head = reading.token(at).head;
    // "an allegedly stolen boat" is a phrase
    if head == at || matches!(reading.token(head).dep, Dep::Amod) {
        return None;
    }
    let clause = clause_of(reading, at)?;
    let whole = within_sentence(reading, at, clause);
    let mut start = whole.start;
    // "who reportedly", "and reportedly": the link is not part of what is reported
    while start < at && matches!(reading.token(start).dep, Dep::Cc | Dep::Mark | Dep::Punct) {
        start += 1;
    }
    let pieces = vec![start..at.max(start), (at + 1).min(whole.end)..whole.end];
    Some(Draft {
        anchor: at,
        source: Vec::new(),
        cue: std::iter::once(at..at + 1).collect(),
        content: pieces,
        quoted: Vec::new(),
        rule: "adverb",
    })
}

/// The head of the clause that something hangs in.
fn clause_of(reading: &Reading<'_>, at: TokenId) -> Option<TokenId> {
    let mut head = reading.token(at).head;
    if head == at {
        // the parser made the phrase a sentence's root
        return reading.children(at).iter().copied().find(|child| reading.is_verb(*child)).or(Some(at));
    }
    for _ in 0..MAX_CLIMBS {
        let token = reading.token(head);
        let finite = matches!(token.pos, Pos::Verb | Pos::Aux)
            && !matches!(
                token.dep,
                Dep::Xcomp | Dep::Aux | Dep::Auxpass | Dep::Amod | Dep::Pcomp | Dep::Acl | Dep::Conj
            );
        if finite || token.head == head {
            return Some(head);
        }
        head = token.head;
    }
    None
}

/// A clause's extent; a relative clause keeps its “who”, a clause with a link loses it.
fn within_sentence(reading: &Reading<'_>, at: TokenId, clause: TokenId) -> Range {
    let extent = reading.extent(clause);
    let sentence = reading.sentence(at);
    extent.start.max(sentence.start)..extent.end.min(sentence.end)
}

/// “his claim that the road was closed”, “rumours that”, “the threat to leave”.
pub(super) fn noun(reading: &Reading<'_>, at: TokenId) -> Option<Draft> {
    let noun = cues().noun(&reading.token(at).lemma)?;
    let follows = |child: &TokenId| *child > at && child - at < 30;
    let children = || reading.children(at).iter().copied().filter(follows);
    let infinitive = |child: TokenId| {
        reading.children(child).iter().any(|part| *part < child && reading.token(*part).tag == Tag::To)
    };
    let that = |child: TokenId| {
        let extent = reading.extent(child);
        extent.clone().take(3).any(|part| reading.is(part, "that") || reading.is(part, "whether"))
            && reading
                .child(child, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Csubj, Dep::Expl])
                .is_some_and(|s| reading.token(s).tag != Tag::Wdt)
    };
    let content = children().find_map(|child| {
        let token = reading.token(child);
        let holds = match token.dep {
            Dep::Acl | Dep::Relcl | Dep::Ccomp | Dep::Xcomp if infinitive(child) => noun.has(Frame::To),
            Dep::Acl | Dep::Relcl | Dep::Ccomp => noun.has(Frame::Clause) && that(child),
            Dep::Prep => {
                noun.prepositions.iter().any(|word| reading.is(child, word))
                    && reading.child(child, &[Dep::Pobj, Dep::Pcomp]).is_some()
            }
            _ => false,
        };
        holds.then(|| reading.extent(child))
    })?;
    let content = content.start.max(at + 1)..content.end.max(at + 1);
    let by = children().find(|child| {
        matches!(reading.token(*child).dep, Dep::Prep)
            && (reading.is(*child, "by") || reading.is(*child, "from"))
            && *child < content.start
    });
    let source = by
        .and_then(|by| reading.child(by, &[Dep::Pobj]))
        .or_else(|| reading.child(at, &[Dep::Poss]))
        .map(|noun| source::noun_phrase(reading, noun))
        .or_else(|| of_light_verb(reading, at));
    let source = source
        .into_iter()
        .filter(|source| source.end <= content.start || source.start >= content.end)
        .collect();
    let own = at..at + 1;
    Some(Draft {
        anchor: at,
        source,
        cue: vec![own],
        content: vec![content],
        quoted: Vec::new(),
        rule: "noun",
    })
}

/// “made the claim that”, “issued a warning that”: the verb's subject makes it.
fn of_light_verb(reading: &Reading<'_>, noun: TokenId) -> Option<Range> {
    let token = reading.token(noun);
    let verb = token.head;
    let light = matches!(
        &*reading.token(verb).lemma,
        "make"
            | "issue"
            | "give"
            | "express"
            | "voice"
            | "repeat"
            | "announce"
            | "offer"
            | "raise"
            | "have"
            | "send"
            | "renew"
            | "reiterate"
            | "publish"
            | "release"
            | "take"
            | "reaffirm"
            | "share"
            | "drop"
            | "withdraw"
            | "defend"
    );
    (token.dep == Dep::Dobj && light).then(|| source::of_verb(reading, verb)).flatten()
}
