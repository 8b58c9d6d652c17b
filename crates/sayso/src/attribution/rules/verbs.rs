//! Attributions by a verb of the cue lexicon, from the constructions it stands in.

use super::cues::{Frame, Verb};
use super::reading::{Range, Reading};
use super::{Draft, source, speech};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

/// How many coordinated clauses are looked through.
const MAX_COORDINATED: usize = 6;

/// Contents of one verb, and how they were found.
pub(super) struct Content {
    pub(super) pieces: Vec<Range>,
    pub(super) rule: &'static str,
}

/// What a verb attributes, if it does.
pub(super) fn attribution(reading: &Reading<'_>, verb: TokenId) -> Option<Draft> {
    let token = reading.token(verb);
    if !reading.is_verb(verb)
        || matches!(token.dep, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Aux | Dep::Auxpass)
    {
        return None;
    }
    let senses = reading.senses(verb);
    let passive = source::is_passive(reading, verb);
    // "the ship called Heron", "a man named Lusk"
    if passive && token.dep == Dep::Acl {
        return None;
    }
    for sense in senses {
        let particle = match &sense.particle {
            Some(word) => match particle(reading, verb, word) {
                Some(at) => Some(at),
                None => continue,
            },
            None => None,
        };
        if let Some(draft) = by_sense(reading, verb, sense, particle, passive) {
            return Some(draft);
        }
    }
    // "went further:" is not "went on"
    let no_sense = senses.iter().all(|sense| sense.particle.is_some());
    if no_sense && !passive { speech::by_any_verb(reading, verb) } else { None }
}

fn by_sense(
    reading: &Reading<'_>,
    verb: TokenId,
    sense: &Verb,
    particle: Option<TokenId>,
    passive: bool,
) -> Option<Draft> {
    let mut source = source::of_verb(reading, verb);
    let mut cue = source::cue(reading, verb, particle);
    let quoted =
        if sense.has(Frame::Quote) && !passive && !matches!(reading.token(verb).dep, Dep::Relcl | Dep::Acl) {
            speech::quotations(reading, verb, &mut source)
        } else {
            Vec::new()
        };
    let found = content(reading, verb, sense, particle, passive);
    if source.is_none() && !passive && !is_impersonal(reading, verb) && quoted.is_empty() {
        return None;
    }
    if let Some(source) = &source
        && (is_hedge(reading, verb, source, sense) || is_hypothetical(reading, verb, source, sense))
    {
        return None;
    }
    let (pieces, rule) = match found {
        Some(content) => (content.pieces, content.rule),
        None if quoted.is_empty() => return None,
        None => (Vec::new(), "quotation"),
    };
    // “neither confirmed nor denied”
    if let Some(first) = cue.first_mut()
        && first.start > 0
        && reading.is(first.start - 1, "neither")
    {
        first.start -= 1;
    }
    Some(Draft { anchor: verb, source: source.into_iter().collect(), cue, content: pieces, quoted, rule })
}

/// Nobody is named, and that is said: “asked whether”, “saying that” at the head of a clause.
fn is_impersonal(reading: &Reading<'_>, verb: TokenId) -> bool {
    let token = reading.token(verb);
    token.dep == Dep::Advcl && matches!(token.tag, Tag::Vbn | Tag::Vbg)
}

/// “I think”, “we hope”, “you know”: the speaker's own, in the present.
fn is_hedge(reading: &Reading<'_>, verb: TokenId, source: &Range, sense: &Verb) -> bool {
    let pronoun = reading.word(source.start).to_ascii_lowercase();
    if source.len() != 1 || !matches!(pronoun.as_str(), "i" | "we" | "you") {
        return false;
    }
    match reading.token(verb).tag {
        // an earlier saying; "I knew", "I thought" are none
        Tag::Vbd => !sense.has(Frame::Quote),
        Tag::Vbn => !sense.has(Frame::Quote) || reading.child(verb, &[Dep::Aux]).is_none(),
        _ => true,
    }
}

/// In somebody's own words: what nobody in particular says, what one might say, what others want or know.
fn is_hypothetical(reading: &Reading<'_>, verb: TokenId, source: &Range, sense: &Verb) -> bool {
    if reading.quoted_in(verb).is_none() {
        return false;
    }
    let first = reading.word(source.start).to_ascii_lowercase();
    let nobody = matches!(
        first.as_str(),
        "anyone"
            | "anybody"
            | "nobody"
            | "everyone"
            | "everybody"
            | "someone"
            | "somebody"
            | "whoever"
            | "any"
            | "one"
            | "you"
            | "no"
    );
    let modal = reading.children(verb).iter().any(|child| {
        *child < verb
            && matches!(
                reading.word(*child),
                "would" | "could" | "should" | "may" | "might" | "must" | "can" | "’d" | "'d"
            )
    });
    sense.weak || nobody || modal
}

fn particle(reading: &Reading<'_>, verb: TokenId, word: &str) -> Option<TokenId> {
    let near = (verb + 1..reading.sentence(verb).end).take(4);
    near.into_iter().find(|at| reading.is(*at, word) && (reading.token(*at).head == verb || *at == verb + 1))
}

fn content(
    reading: &Reading<'_>,
    verb: TokenId,
    sense: &Verb,
    particle: Option<TokenId>,
    passive: bool,
) -> Option<Content> {
    let made = |pieces: Vec<Range>, rule| (!pieces.is_empty()).then_some(Content { pieces, rule });
    clause(reading, verb, sense, passive)
        .and_then(|pieces| made(pieces, if sense.weak { "loose clause" } else { "clause" }))
        .or_else(|| made(as_frame(reading, verb, sense)?, "object and predicate"))
        .or_else(|| made(vec![preposition(reading, verb, sense)?], "preposition"))
        .or_else(|| {
            let loose = sense.weak || !sense.has(Frame::Quote) && !sense.has(Frame::Clause);
            made(
                infinitive(reading, verb, sense, passive)?,
                if loose { "loose infinitive" } else { "infinitive" },
            )
        })
        .or_else(|| made(around(reading, verb, sense)?, "parenthesis"))
        .or_else(|| {
            let loose = sense.weak || reading.token(verb).dep == Dep::Relcl;
            made(
                vec![object(reading, verb, sense, particle, passive)?],
                if loose { "loose object" } else { "object" },
            )
        })
}

/// “said that ...”, “... , said”.
fn clause(reading: &Reading<'_>, verb: TokenId, sense: &Verb, passive: bool) -> Option<Vec<Range>> {
    if !sense.has(Frame::Clause) {
        return None;
    }
    let mut pieces = Vec::new();
    let first = reading.children(verb).first().copied().unwrap_or(verb).min(verb);
    for child in reading.children(verb).iter().copied() {
        let dep = reading.token(child).dep;
        let is_clause =
            dep == Dep::Ccomp && !is_infinitive(reading, child) && !is_second_cue(reading, verb, child)
                || dep == Dep::Csubj && passive && child > verb;
        if !is_clause {
            continue;
        }
        let extent = reading.extent(child);
        // "what worries him is the county: it has promised a third"
        if extent.end < verb && reading.is(extent.end, ":") {
            continue;
        }
        if child > verb {
            pieces.push(after(reading, verb, child));
        } else if reading.token(verb).dep == Dep::Root && first <= extent.start {
            // all that leads up to the cue: "On Friday, when it rained, the bridge fell, the ministry said"
            pieces.push(reading.extent(verb).start.max(reading.sentence(verb).start)..extent.end);
        } else {
            pieces.push(extent);
        }
    }
    if pieces.is_empty() {
        pieces.extend(late_clause(reading, verb));
    }
    (!pieces.is_empty()).then_some(pieces)
}

/// “said at the presentation of the report that he did not know”: the parser hangs the clause on the last noun.
fn late_clause(reading: &Reading<'_>, verb: TokenId) -> Option<Range> {
    let end = reading.sentence(verb).end;
    let that = (verb + 1..end).take(30).take_while(|at| !reading.is_verb(*at)).find(|at| {
        let token = reading.token(*at);
        token.tag == Tag::In && reading.is(*at, "that") && token.head > *at
    })?;
    let clause = reading.token(that).head;
    let hangs = matches!(reading.token(clause).dep, Dep::Relcl | Dep::Acl | Dep::Advcl)
        && reading.extent(verb).contains(&clause);
    hangs.then(|| that..reading.extent(clause).end)
}

/// A clause after its cue, from what links it on to where the speaker's own clause goes on.
fn after(reading: &Reading<'_>, verb: TokenId, clause: TokenId) -> Range {
    let extent = reading.extent(clause);
    let mut start = extent.start.max(verb + 1);
    // the parser may hang "that" on the verb
    while start > verb + 1 && matches!(reading.word(start - 1), "that" | "whether" | "if" | "how" | "why") {
        start -= 1;
    }
    start..said_until(reading, verb, clause, extent.end.max(start), start)
}

/// Where what a verb reports ends: before the speaker's own clause goes on, or with a quotation that a comma closes.
fn said_until(
    reading: &Reading<'_>,
    verb: TokenId,
    clause: TokenId,
    end: TokenId,
    start: TokenId,
) -> TokenId {
    let (mut end, mut at) = (end, clause);
    for _ in 0..MAX_COORDINATED {
        for child in reading.children(at).iter().copied().filter(|child| *child > clause) {
            // "said the road was open, adding that", "said the shells had been fired and demanded that"
            if source::speaks_for(reading, child) == Some(verb) {
                end = end.min(reading.extent(child).start.max(start));
            }
        }
        match reading.child(at, &[Dep::Conj]) {
            Some(next) if next > at => at = next,
            _ => break,
        }
    }
    // "to “prosecute them,” in reference to the attack"
    let quoted = (start..end).take(3).find_map(|at| reading.quoted_in(at));
    let closed = quoted.map(|at| &reading.quotations[at]).filter(|quotation| {
        reading.text.slice(quotation.inner).trim_end().ends_with(',') && reading.quoted_in(verb).is_none()
    });
    let Some(quotation) = closed else { return end };
    let next = reading.token_at(quotation.outer.end());
    let goes_on = next < end && matches!(reading.token(next).tag, Tag::Cc | Tag::Wdt | Tag::Wp);
    if next < end && !goes_on && reading.quoted_in(next).is_none() { next.max(start) } else { end }
}

/// “said X and warned that Y”: the parser hangs “warned” under “said” as if it were said.
fn is_second_cue(reading: &Reading<'_>, verb: TokenId, child: TokenId) -> bool {
    child > verb
        && reading.child(child, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Expl, Dep::Csubj, Dep::Mark]).is_none()
        && !reading.senses(child).is_empty()
        && matches!(reading.token(child).tag, Tag::Vbd | Tag::Vbz)
}

fn is_infinitive(reading: &Reading<'_>, verb: TokenId) -> bool {
    reading.children(verb).iter().any(|child| *child < verb && reading.token(*child).tag == Tag::To)
}

/// “promised to leave”, “urged Iran to stop”, “expects the rain to stop”, “denied shelling”.
fn infinitive(reading: &Reading<'_>, verb: TokenId, sense: &Verb, passive: bool) -> Option<Vec<Range>> {
    let takes_infinitive = sense.has(Frame::To) || sense.has(Frame::SubjectTo);
    let child = reading.children(verb).iter().copied().find(|child| {
        let token = reading.token(*child);
        *child > verb
            && match token.dep {
                Dep::Xcomp | Dep::Ccomp if is_infinitive(reading, *child) => takes_infinitive,
                Dep::Advcl if is_infinitive(reading, *child) => sense.has(Frame::To) && *child - verb < 12,
                Dep::Xcomp | Dep::Ccomp | Dep::Pcomp => sense.has(Frame::Gerund) && token.tag == Tag::Vbg,
                _ => false,
            }
    })?;
    // "refused to say whether": the saying carries it
    let attributes = |sense: &Verb| content(reading, child, sense, None, false).is_some();
    if source::lender(reading, child) == Some(verb) && reading.senses(child).iter().any(attributes) {
        return None;
    }
    let extent = reading.extent(child);
    let is_to = |at: &TokenId| reading.token(*at).tag == Tag::To && reading.token(*at).head == child;
    let to = (extent.start..child).rev().take(60).find(is_to);
    let start = match to {
        Some(to) if sense.has(Frame::SubjectTo) && !passive => extent.start.max(verb + 1).min(to),
        Some(to) if to > verb + 1 && reading.token(to - 1).dep == Dep::Neg => to - 1,
        Some(to) => to,
        None => extent.start.max(verb + 1),
    };
    // "wants | voters to know": the object may hang on the verb
    let object = reading.child(verb, &[Dep::Dobj]).filter(|object| *object > verb && *object < start);
    let start = match object {
        Some(object) if sense.has(Frame::SubjectTo) && !passive => reading.extent(object).start.max(verb + 1),
        _ => start,
    };
    let mut pieces: Vec<Range> =
        std::iter::once(start..said_until(reading, verb, child, extent.end.max(start), start)).collect();
    if passive && sense.has(Frame::Passive) {
        let subject = reading.child(verb, &[Dep::Nsubjpass, Dep::Nsubj])?;
        pieces.insert(0, source::noun_phrase(reading, subject));
    }
    Some(pieces)
}

/// “accused them of lying”, “spoke of a tragedy”, “called for an inquiry”.
fn preposition(reading: &Reading<'_>, verb: TokenId, sense: &Verb) -> Option<Range> {
    if sense.prepositions.is_empty() {
        return None;
    }
    let object = reading.child(verb, &[Dep::Dobj, Dep::Nsubjpass]);
    let hangs_on = |head: TokenId| {
        let mut at = head;
        for _ in 0..4 {
            if at == verb || Some(at) == object {
                return true;
            }
            at = reading.token(at).head;
        }
        false
    };
    let end = reading.sentence(verb).end;
    let at = (verb + 1..end).take(40).find(|at| {
        let token = reading.token(*at);
        matches!(token.dep, Dep::Prep | Dep::Dative | Dep::Prt | Dep::Agent)
            && sense.prepositions.iter().any(|word| reading.is(*at, word))
            && hangs_on(token.head)
            && reading.child(*at, &[Dep::Pobj, Dep::Pcomp, Dep::Ccomp]).is_some()
    })?;
    Some(at..reading.extent(at).end.max(at + 1))
}

/// “described him as a friend”, “called it a lie”.
fn as_frame(reading: &Reading<'_>, verb: TokenId, sense: &Verb) -> Option<Vec<Range>> {
    if !sense.has(Frame::As) {
        return None;
    }
    let children = || reading.children(verb).iter().copied().filter(|child| *child > verb);
    let predicate = children().find(|child| {
        let token = reading.token(*child);
        match token.dep {
            Dep::Oprd | Dep::Ccomp | Dep::Xcomp => !is_infinitive(reading, *child),
            Dep::Prep | Dep::Mark => reading.is(*child, "as"),
            // "labelled the plan a farce", but not "called him Friday"
            Dep::Npadvmod => {
                reading.children(*child).iter().any(|part| matches!(reading.word(*part), "a" | "an"))
            }
            Dep::Advcl => reading.children(*child).first().is_some_and(|first| reading.is(*first, "as")),
            _ => false,
        }
    });
    let object =
        children().find(|child| matches!(reading.token(*child).dep, Dep::Dobj | Dep::Nsubj | Dep::Dative));
    // "described Maas as a friend": "as" may hang on the object
    let under_object = |object: TokenId| {
        reading.children(object).iter().copied().find(|child| {
            *child > object
                && (reading.is(*child, "as") || matches!(reading.token(*child).dep, Dep::Appos | Dep::Oprd))
        })
    };
    let predicate = predicate.or_else(|| object.and_then(under_object))?;
    let end = reading.extent(predicate).end;
    let start = object.map_or(reading.extent(predicate).start, |object| reading.extent(object).start);
    Some(std::iter::once(start.max(verb + 1)..end.max(verb + 1)).collect())
}

/// “The plan, Hale said, would cost lives”: the cue stands in what is said, or behind it.
fn around(reading: &Reading<'_>, verb: TokenId, sense: &Verb) -> Option<Vec<Range>> {
    let token = reading.token(verb);
    if !(sense.has(Frame::Clause) || sense.has(Frame::Quote)) {
        return None;
    }
    reading.child(verb, &[Dep::Nsubj])?;
    let own = reading.extent(verb);
    let holds = match token.dep {
        Dep::Parataxis => true,
        // "It ignored three warnings, a report said": no link, and nothing else that is said
        Dep::Conj => {
            token.head < own.start
                && own.start > 0
                && reading.is(own.start - 1, ",")
                && reading.child(token.head, &[Dep::Cc]).is_none_or(|cc| cc > verb)
                && reading.child(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Xcomp]).is_none()
                && reading.is_verb(token.head)
        }
        _ => false,
    };
    if !holds {
        return None;
    }
    let whole = reading.extent(token.head);
    // a cue at the edge of its head's clause leaves one piece
    let after = if token.dep == Dep::Conj { own.end..own.end } else { own.end.min(whole.end)..whole.end };
    Some(vec![whole.start..own.start.max(whole.start), after])
}

/// “denied any role”, “condemned the attack”.
fn object(
    reading: &Reading<'_>,
    verb: TokenId,
    sense: &Verb,
    particle: Option<TokenId>,
    passive: bool,
) -> Option<Range> {
    if !sense.has(Frame::Object) || passive {
        return None;
    }
    let object = reading.child(verb, &[Dep::Dobj]).filter(|object| *object > verb).or_else(|| {
        // "stands by that answer"
        let preposition = particle.filter(|_| !sense.objects.is_empty());
        preposition.and_then(|at| reading.child(at, &[Dep::Pobj]))
    })?;
    // "confirmed forty children", "claimed four lives": whatever is counted is done, not said
    let counted = reading.child(object, &[Dep::Nummod]).is_some();
    let known =
        sense.objects.is_empty() || sense.objects.iter().any(|noun| **noun == *reading.token(object).lemma);
    if reading.token(object).pos == Pos::Pron || counted || !known {
        return None;
    }
    Some(reading.extent(object))
}
