//! Quotations beside a verb: “...,” she said; she said: “...”.

use super::reading::{Range, Reading};
use super::{Draft, source};
use crate::quotations::Quotation;
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

/// How many tokens may stand between a verb and its quotation.
const MAX_APART: u32 = 30;

/// Whether a quotation is an utterance and not words in quotation marks.
pub(super) fn is_utterance(reading: &Reading<'_>, quotation: &Quotation) -> bool {
    let words = reading.text.slice(quotation.inner).trim();
    let ends = words.ends_with(['.', ',', '?', '!', '…', '—', '–', '-', ':', ';'])
        || quotation.goes_on
        || quotation.continues;
    let long = words.split_whitespace().nth(4).is_some() && words.starts_with(char::is_uppercase);
    ends && words.contains(char::is_alphabetic) || long
}

/// The quotations that a verb of speech claims: before it, after it, or both.
///
/// Finds the source of an inverted clause on the way where the parser did not: “...,” asked the judge.
pub(super) fn quotations(reading: &Reading<'_>, verb: TokenId, source: &mut Option<Range>) -> Vec<usize> {
    let byte = reading.token(verb).span.start();
    let home = reading.quotations_around(byte).next().map(|(at, _)| at);
    let block = reading.token(verb).block;
    let mut found = Vec::new();
    let adding = reading.token(verb).tag == Tag::Vbg;
    if let Some(before) = before(reading, byte, home).filter(|_| !adding)
        && reading.quotations[before].block == block
        && let Some(inverted) = follows(reading, verb, &reading.quotations[before], source.as_ref())
    {
        found.push(before);
        if let Some(inverted) = inverted {
            *source = Some(inverted);
        }
    }
    if let Some(next) = after(reading, byte, home)
        && reading.quotations[next].block == block
        && leads_to(reading, verb, &reading.quotations[next])
    {
        found.push(next);
    }
    found
}

/// Whatever the verb, a comma within the marks makes it speech, and so does a colon before them:
/// “It was calm,” shrugged the mayor; her minister went further: “We shut the market.”
pub(super) fn by_any_verb(reading: &Reading<'_>, verb: TokenId) -> Option<Draft> {
    let token = reading.token(verb);
    let says_nothing =
        matches!(&*token.lemma, "be" | "have" | "seem" | "do" | "become" | "appear" | "remain");
    if says_nothing
        || !matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp)
        || reading.quoted_in(verb).is_some()
    {
        return None;
    }
    let mut source = source::of_verb(reading, verb);
    let mut cue = source::cue(reading, verb, None);
    let quotation = match before_comma(reading, verb, &mut source) {
        Some(quotation) => quotation,
        None => {
            let (quotation, colon) = after_colon(reading, verb)?;
            // "went further:"
            if colon - verb <= 3 {
                cue = std::iter::once(cue.first()?.start..colon).collect();
            }
            quotation
        }
    };
    let source = source?;
    // "“one for the road,” he left the room": an object that is no name is done, not said
    if reading.child(verb, &[Dep::Dobj]).is_some_and(|object| !source.contains(&object)) {
        return None;
    }
    Some(Draft {
        anchor: verb,
        source: vec![source],
        cue,
        content: Vec::new(),
        quoted: vec![quotation],
        rule: "quotation",
    })
}

fn before_comma(reading: &Reading<'_>, verb: TokenId, source: &mut Option<Range>) -> Option<usize> {
    let token = reading.token(verb);
    let before = before(reading, token.span.start(), None)?;
    let quotation = &reading.quotations[before];
    let words = reading.text.slice(quotation.inner).trim_end();
    if quotation.block != token.block || !words.ends_with(',') || words.split_whitespace().nth(1).is_none() {
        return None;
    }
    if let Some(inverted) = follows(reading, verb, quotation, source.as_ref())? {
        *source = Some(inverted);
    }
    Some(before)
}

/// The quotation after a colon that ends the clause of a verb, and the colon.
fn after_colon(reading: &Reading<'_>, verb: TokenId) -> Option<(usize, TokenId)> {
    let next = after(reading, reading.token(verb).span.start(), None)?;
    let quotation = &reading.quotations[next];
    let mark = reading.token_at(quotation.outer.start());
    let colon = mark.checked_sub(1).filter(|colon| *colon > verb && reading.is(*colon, ":"))?;
    let main = matches!(reading.token(verb).dep, Dep::Root | Dep::Conj | Dep::Ccomp | Dep::Parataxis);
    let holds = main && is_utterance(reading, quotation) && quotation.block == reading.token(verb).block;
    (holds && leads_to(reading, verb, quotation)).then_some((next, colon))
}

/// The last quotation before a byte that stands at the same level.
fn before(reading: &Reading<'_>, byte: usize, home: Option<usize>) -> Option<usize> {
    let mut at = reading.quotations.partition_point(|q| q.outer.start() < byte).checked_sub(1)?;
    while reading.around[at] != home {
        at = reading.around[at]?;
    }
    (reading.quotations[at].outer.end() <= byte).then_some(at)
}

/// The first quotation after a byte, if it stands at the same level.
fn after(reading: &Reading<'_>, byte: usize, home: Option<usize>) -> Option<usize> {
    let at = reading.quotations.partition_point(|q| q.outer.start() < byte);
    (at < reading.quotations.len() && reading.around[at] == home).then_some(at)
}

/// Whether the clause of a verb follows a quotation as its cue; if so, its source where it is inverted.
#[expect(clippy::option_option, reason = "no cue, a cue, a cue whose source was found here")]
fn follows(
    reading: &Reading<'_>,
    verb: TokenId,
    quotation: &Quotation,
    source: Option<&Range>,
) -> Option<Option<Range>> {
    if !is_utterance(reading, quotation) {
        return None;
    }
    let first = reading.token_at(quotation.outer.end());
    if verb < first || verb - first > MAX_APART {
        return None;
    }
    let words = reading.text.slice(quotation.inner).trim_end();
    let text_between =
        reading.text.slice(reading.text.span_at(quotation.outer.end(), reading.token(verb).span.start())?);
    let lead = text_between.trim_start().trim_start_matches([',', '—', '–', '-']).trim_start();
    // “We go.” Then he left: a new sentence, unless the verb comes first or the words go on in small letters
    if words.ends_with('.') && !lead.is_empty() && !lead.starts_with(char::is_lowercase) {
        return None;
    }
    let first =
        (first..verb).find(|at| !matches!(reading.token(*at).pos, Pos::Punct | Pos::Space)).unwrap_or(verb);
    if lead.contains(['.', ';', ':', '?', '!'])
        && source.is_none_or(|source| source.start > first)
        && !lead.contains(". ")
    {
        return None;
    }
    match source {
        Some(source) if source.start >= first && source.end <= verb => {
            let leading = first..source.start;
            let is_aside = |at: TokenId| {
                matches!(
                    reading.token(at).dep,
                    Dep::Advmod
                        | Dep::Cc
                        | Dep::Punct
                        | Dep::Det
                        | Dep::Prep
                        | Dep::Pobj
                        | Dep::Npadvmod
                        | Dep::Amod
                )
            };
            let close = leading.len() <= 6 && leading.clone().all(is_aside);
            let to_verb = (source.end..verb).all(|at| {
                matches!(
                    reading.token(at).dep,
                    Dep::Aux
                        | Dep::Advmod
                        | Dep::Neg
                        | Dep::Punct
                        | Dep::Npadvmod
                        | Dep::Prep
                        | Dep::Pobj
                        | Dep::Compound
                        | Dep::Nummod
                ) || reading.token(at).head == verb
            });
            (close && to_verb).then_some(None)
        }
        _ => {
            // “...,” said Reeve
            let close = verb - first <= 2
                && (first..verb).all(|at| matches!(reading.token(at).dep, Dep::Aux | Dep::Advmod | Dep::Cc));
            if !close {
                return None;
            }
            // "vowed to “raise it,” and warned that": the subject stands before the quotation
            if source.is_some_and(|source| source.end <= reading.token_at(quotation.outer.start()))
                && first < verb
            {
                return None;
            }
            if let Some(source) = source
                && source.start > verb
                && source.start - verb <= 3
            {
                return Some(None);
            }
            let noun = reading.children(verb).iter().copied().find(|child| {
                let token = reading.token(*child);
                *child > verb
                    && matches!(
                        token.dep,
                        Dep::Nsubj | Dep::Dobj | Dep::Attr | Dep::Npadvmod | Dep::Oprd | Dep::Ccomp
                    )
                    && matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Pron)
            });
            // the parser made the source the subject of what follows: “Paper,” said the ombudsman, “does not walk.”
            let noun = noun.or_else(|| {
                (verb + 1..reading.sentence(verb).end).take(12).find(|at| {
                    let token = reading.token(*at);
                    matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Root)
                        && matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Pron)
                        && reading.quoted_in(*at).is_none()
                })
            });
            match noun {
                Some(noun) => Some(Some(source::noun_phrase(reading, noun))),
                None if source.is_some() => Some(None),
                None => None,
            }
        }
    }
}

/// Whether a verb leads up to a quotation: “she said: “...”, “she told the court, “...”.
fn leads_to(reading: &Reading<'_>, verb: TokenId, quotation: &Quotation) -> bool {
    let end = reading.token_at(quotation.outer.start());
    if end <= verb || end - verb > MAX_APART {
        return false;
    }
    let Some(between) = reading.text.span_at(reading.token(verb).span.end(), quotation.outer.start()) else {
        return false;
    };
    let between = reading.text.slice(between).trim_end();
    let lead = between.trim_end_matches([',', ':', '—']);
    if lead.contains(". ") && !lead.ends_with(char::is_alphanumeric)
        || lead.ends_with(['.', '?', '!', ';'])
        || lead.contains([';', '?', '!', '\n', '”'])
    {
        return false;
    }
    // another verb takes it: "he said the sign read, “...”"
    let another = (verb + 1..end).any(|at| {
        reading.is_verb(at)
            && !matches!(reading.token(at).dep, Dep::Relcl | Dep::Acl | Dep::Amod | Dep::Pcomp)
    });
    if another {
        return false;
    }
    match between.chars().last() {
        None => true,
        Some(':') => true,
        Some(',' | '—') => is_utterance(reading, quotation),
        Some(_) => {
            end - verb <= 4
                && (quotation.depth > 0
                    || is_utterance(reading, quotation)
                        && reading.text.slice(quotation.inner).trim_start().starts_with(char::is_uppercase))
                && !matches!(
                    reading.word(end - 1),
                    "the" | "a" | "an" | "of" | "as" | "that" | "to" | "his" | "her" | "their" | "its"
                )
        }
    }
}
