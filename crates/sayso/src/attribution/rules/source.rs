//! Who a verb's clause names as its speaker, and the words that the cue is made of.

use super::reading::{Range, Reading};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};

const SUBJECTS: [Dep; 2] = [Dep::Nsubj, Dep::Csubj];
const PASSIVE_SUBJECTS: [Dep; 2] = [Dep::Nsubjpass, Dep::Csubjpass];
/// How far a verb without a subject of its own looks up the tree for one: “came, saw and said”, “went on to say”.
const MAX_CLIMBS: usize = 6;
/// How far up the tree a misplaced subject is looked for.
const MAX_SUBJECT_CLIMBS: usize = 16;

/// Verbs that lend their subject and their negation to an infinitive that says: “refused to say”, “used to say”.
const LENDERS: [&str; 15] = [
    "refuse", "decline", "go", "continue", "use", "fail", "begin", "start", "want", "like", "seek", "rush",
    "dare", "hesitate", "hasten",
];

/// Whether the verb is in the passive: “was accused”.
pub(super) fn is_passive(reading: &Reading<'_>, verb: TokenId) -> bool {
    reading.child(verb, &[Dep::Auxpass, Dep::Nsubjpass]).is_some()
        || (reading.token(verb).tag == Tag::Vbn && reading.child(verb, &[Dep::Aux]).is_none())
        || is_headline_passive(reading, verb)
}

/// “Mayor accused of theft”, “Harbour Office Charged With Fraud”: who is accused, with the auxiliary left out.
fn is_headline_passive(reading: &Reading<'_>, verb: TokenId) -> bool {
    let is = |at: TokenId, word: &str| at < reading.len() && reading.word(at).eq_ignore_ascii_case(word);
    let is_bare = (is(verb, "accused") || is(verb, "suspected")) && is(verb + 1, "of")
        || is(verb, "charged") && is(verb + 1, "with");
    // "what she accused him of", "they have accused of theft all who came"
    is_bare && reading.child(verb, &[Dep::Dobj, Dep::Aux]).is_none()
}

/// Whether source words are the subject of a passive, to whom or of whom somebody unnamed says it: “readers | are advised | that”, “Mayor | accused
/// of | theft”.
pub(super) fn is_told(reading: &Reading<'_>, verb: TokenId, source: Span) -> bool {
    const TOLD: [&str; 16] = [
        "advise",
        "ask",
        "question",
        "order",
        "instruct",
        "remind",
        "warn",
        "urge",
        "tell",
        "inform",
        "notify",
        "invite",
        "encourage",
        "accuse",
        "view",
        "regard",
    ];
    let subject = reading.child(verb, &PASSIVE_SUBJECTS);
    let is_passive = reading.child(verb, &[Dep::Auxpass]).is_some();
    is_headline_passive(reading, verb)
        || is_passive
            && TOLD.contains(&&*reading.token(verb).lemma)
            && subject.is_some_and(|subject| source.contains(reading.token(subject).span))
}

/// “That said, the mill has to close”: the writer's own turn, in which nobody says anything.
pub(super) fn is_turn_of_phrase(reading: &Reading<'_>, verb: TokenId) -> bool {
    let is = |at: TokenId, word: &str| at < reading.len() && reading.word(at).eq_ignore_ascii_case(word);
    let first = reading.sentence(verb).start;
    let opens = verb == first + 1 || verb == first + 2 && is(first + 1, "being");
    is(verb, "said") && opens && is(first, "that") && is(verb + 1, ",")
}

/// The words that name the speaker of a verb; `None` where nobody is named.
pub(super) fn of_verb(reading: &Reading<'_>, verb: TokenId) -> Option<Range> {
    if is_passive(reading, verb) {
        let agent = reading.child(verb, &[Dep::Agent])?;
        return Some(noun_phrase(reading, reading.child(agent, &[Dep::Pobj])?));
    }
    let first = speaks_for(reading, verb).unwrap_or(verb);
    let mut at = first;
    for _ in 0..MAX_CLIMBS {
        if let Some(subject) = reading.subject(at, &SUBJECTS) {
            return named_by(reading, at, subject);
        }
        let token = reading.token(at);
        let passive = || reading.child(at, &PASSIVE_SUBJECTS);
        if let (true, Some(subject)) = (at != verb, passive()) {
            return named_by(reading, at, subject);
        }
        match token.dep {
            Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Dep | Dep::Ccomp | Dep::Pcomp | Dep::Prep => {
                at = token.head
            }
            Dep::Root if at == first => {
                return capitalised_adverb(reading, at).or_else(|| misplaced_subject(reading, at));
            }
            // "a statement saying that", "the man who came and said"
            Dep::Acl if token.tag == Tag::Vbg || at != verb => return antecedent(reading, at),
            Dep::Relcl => return antecedent(reading, at),
            _ => return None,
        }
        if at == token.head
            && reading.token(at).head == at
            && !reading.is_verb(at)
            && reading.token(at).pos != Pos::Aux
        {
            return None;
        }
    }
    None
}

/// For a verb without a subject that hangs within what another verb reports: that verb, whose speaker goes on.
///
/// “said the attack was criminal, accusing militias”, “said the shells had been fired and demanded that the army ...”.
pub(super) fn speaks_for(reading: &Reading<'_>, verb: TokenId) -> Option<TokenId> {
    let token = reading.token(verb);
    let adding = token.dep == Dep::Advcl && token.tag == Tag::Vbg && reading.extent(verb).start > 0 && {
        let first = reading.extent(verb).start;
        reading.is(first - 1, ",")
    };
    let coordinated = token.dep == Dep::Conj && matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
    if !adding && !coordinated || reading.senses(verb).is_empty() || reading.child(verb, &SUBJECTS).is_some()
    {
        return None;
    }
    if coordinated && is_same_form(reading, verb, token.head) {
        return None;
    }
    let mut at = token.head;
    for _ in 0..MAX_CLIMBS {
        let token = reading.token(at);
        let reported = token.dep == Dep::Ccomp || adding && token.dep == Dep::Xcomp;
        let says = reported && token.head < at && !reading.senses(token.head).is_empty();
        if says && (adding || is_same_form(reading, verb, token.head)) {
            // whoever is quoted speaks within the marks, whoever quotes outside
            return (reading.quoted_in(token.head) == reading.quoted_in(verb)).then_some(token.head);
        }
        match token.dep {
            Dep::Conj | Dep::Ccomp | Dep::Xcomp | Dep::Advcl | Dep::Relcl if token.head < at => {
                at = token.head
            }
            _ => return None,
        }
    }
    None
}

/// Both past or both present: "reached" does not go with "accuses", nor "had fired" with "demanded".
fn is_same_form(reading: &Reading<'_>, verb: TokenId, other: TokenId) -> bool {
    let form = |at: TokenId| match reading.token(at).tag {
        Tag::Vbd => Some(true),
        Tag::Vbz | Tag::Vbp => Some(false),
        _ => None,
    };
    // "has said ... and demands": an auxiliary decides
    let of_other = form(other).or_else(|| {
        let first = reading.child(other, &[Dep::Aux, Dep::Auxpass])?;
        form(first).filter(|_| {
            reading.senses(other).iter().any(|sense| !sense.frames.is_empty())
                && reading.token(first).tag != Tag::Vbd
        })
    });
    form(verb) == of_other
}

/// “In a message to the Wire, a man said”: a subject that the parser takes for an appositive of the name before it.
fn misplaced_subject(reading: &Reading<'_>, verb: TokenId) -> Option<Range> {
    let (mut at, mut subject) = (verb.checked_sub(1)?, None);
    if reading.is(at, ",") {
        at = at.checked_sub(1)?;
    }
    for _ in 0..MAX_SUBJECT_CLIMBS {
        let token = reading.token(at);
        if token.dep == Dep::Appos {
            subject = Some(at);
        }
        if token.head == verb || token.head == at {
            let fronted = token.head == verb && token.dep == Dep::Prep;
            return subject.filter(|_| fronted).map(|subject| noun_phrase(reading, subject));
        }
        at = token.head;
    }
    None
}

/// “Quill, however, does not believe”: a name that the parser takes for an adverb.
fn capitalised_adverb(reading: &Reading<'_>, verb: TokenId) -> Option<Range> {
    let first = reading.children(verb).first().copied().filter(|first| *first < verb)?;
    let token = reading.token(first);
    let word = reading.word(first);
    let is_name = matches!(token.dep, Dep::Advmod | Dep::Npadvmod | Dep::Dep)
        && word.starts_with(char::is_uppercase)
        && !word.ends_with("ly")
        && token.lemma.to_lowercase() == word.to_lowercase()
        && !matches!(
            word,
            "However"
                | "Then"
                | "Now"
                | "Still"
                | "Also"
                | "Later"
                | "Yet"
                | "Instead"
                | "Here"
                | "There"
                | "Meanwhile"
                | "Indeed"
                | "Once"
                | "Never"
                | "Even"
                | "Only"
                | "So"
                | "Thus"
                | "Too"
                | "Perhaps"
                | "Maybe"
                | "Today"
                | "How"
                | "Why"
                | "When"
                | "Where"
                | "Not"
                | "Just"
                | "Again"
                | "Elsewhere"
                | "First"
                | "Next"
                | "Earlier"
                | "Afterwards"
                | "Nevertheless"
                | "Nonetheless"
                | "Moreover"
                | "Otherwise"
                | "Often"
                | "Sometimes"
                | "Always"
                | "As"
                | "Soon"
                | "Worse"
                | "Better"
                | "Further"
                | "Ever"
                | "Please"
                | "No"
                | "Yes"
        );
    is_name.then(|| noun_phrase(reading, first))
}

/// A subject's words, or for “who” and “which” the words that they stand for.
fn named_by(reading: &Reading<'_>, verb: TokenId, subject: TokenId) -> Option<Range> {
    let is_relative = matches!(reading.token(subject).tag, Tag::Wp | Tag::Wdt);
    if is_relative && reading.extent(subject).len() == 1 {
        let mut clause = verb;
        for _ in 0..MAX_CLIMBS {
            match reading.token(clause).dep {
                Dep::Relcl => return antecedent(reading, clause),
                Dep::Conj => clause = reading.token(clause).head,
                _ => break,
            }
        }
        // "Who fired?"
        return None;
    }
    // "it is feared": nobody
    if reading.token(subject).dep == Dep::Expl {
        return None;
    }
    Some(noun_phrase(reading, subject))
}

/// The noun that a relative clause or participle belongs to, without that clause.
fn antecedent(reading: &Reading<'_>, clause: TokenId) -> Option<Range> {
    let head = reading.token(clause).head;
    let whole = noun_phrase(reading, head);
    let end = reading.extent(clause).start.clamp(head + 1, whole.end.max(head + 1));
    (head < clause).then(|| trim(reading, whole.start..end))
}

/// A noun with all that depends on it, its appositive included, without the marks at its ends.
pub(super) fn noun_phrase(reading: &Reading<'_>, noun: TokenId) -> Range {
    let mut range = reading.extent(noun);
    // a verb that hangs under the noun by mistake: "said Reeve, adding ..."
    for child in reading.children(noun) {
        let token = reading.token(*child);
        if *child > noun
            && matches!(token.dep, Dep::Advcl | Dep::Ccomp | Dep::Parataxis | Dep::Dep)
            && reading.is_verb(*child)
        {
            range.end = range.end.min(reading.extent(*child).start.max(noun + 1));
        }
    }
    // nor does it run into a quotation that it is not itself part of
    let home = reading.quoted_in(noun);
    while range.start < noun
        && noun - range.start < 200
        && reading.quoted_in(range.start) != home
        && ends_quoted(reading, range.start, noun)
    {
        range.start += 1;
    }
    if let Some(mark) = (noun + 1..range.end.min(noun + 40)).find(|at| is_long_quote(reading, *at, home)) {
        range.end = mark;
    }
    trim(reading, range)
}

fn ends_quoted(reading: &Reading<'_>, at: TokenId, noun: TokenId) -> bool {
    // "the “old guard” of the party" stays whole: short quotations belong to the name
    reading.quoted_in(at).is_some_and(|q| {
        let inner = reading.quotations[q].inner;
        inner.end() <= reading.token(noun).span.start()
            && reading.text.slice(inner).ends_with([',', '.', '?', '!'])
    })
}

fn is_long_quote(reading: &Reading<'_>, at: TokenId, home: Option<usize>) -> bool {
    let inside = reading.quoted_in(at);
    inside != home
        && inside.is_some_and(|q| {
            let words = reading.text.slice(reading.quotations[q].inner);
            words.ends_with([',', '.', '?', '!']) || words.split_whitespace().nth(4).is_some()
        })
}

/// Leaves out white space and punctuation at the ends.
pub(super) fn trim(reading: &Reading<'_>, mut range: Range) -> Range {
    let is_edge = |at: TokenId| {
        let token = reading.token(at);
        matches!(token.pos, Pos::Punct | Pos::Space) && !matches!(reading.word(at), "(" | ")" | "$" | "%")
    };
    while range.start < range.end && is_edge(range.end - 1) {
        range.end -= 1;
    }
    while range.start < range.end && is_edge(range.start) {
        range.start += 1;
    }
    range
}

/// The words that attribute: the verb with its auxiliaries, its negation and its particle.
pub(super) fn cue(reading: &Reading<'_>, verb: TokenId, particle: Option<TokenId>) -> Vec<Range> {
    let lender = lender(reading, verb);
    let first = lender.unwrap_or(verb);
    let mut start = first;
    for child in reading.children(first) {
        let dep = reading.token(*child).dep;
        if *child < first && matches!(dep, Dep::Aux | Dep::Auxpass | Dep::Neg) {
            start = start.min(*child);
        }
    }
    // "did, Dorn insisted, not": whatever stands between that is no part of the verb
    let is_part = |at: &TokenId| {
        let token = reading.token(*at);
        matches!(
            token.dep,
            Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Advmod | Dep::Prep | Dep::Cc | Dep::Conj | Dep::Preconj
        ) && token.pos != Pos::Punct
            || *at == first
    };
    let start = (start..=first).rev().take_while(is_part).last().unwrap_or(first);
    let start = (start..=first).find(|at| reading.token(*at).tag != Tag::To).unwrap_or(first);
    let mut cue: Vec<Range> = std::iter::once(start..verb + 1).collect();
    match particle {
        Some(at) if at == verb + 1 => cue[0].end = at + 1,
        Some(at) if at > verb => cue.push(at..at + 1),
        Some(_) | None => {}
    }
    cue
}

/// The verb that an infinitive of saying hangs on, if the two make one cue: “refused to say”.
pub(super) fn lender(reading: &Reading<'_>, verb: TokenId) -> Option<TokenId> {
    let token = reading.token(verb);
    let head = token.head;
    let close = head < verb && verb - head <= 3;
    (token.dep == Dep::Xcomp && close && LENDERS.contains(&&*reading.token(head).lemma)).then_some(head)
}
