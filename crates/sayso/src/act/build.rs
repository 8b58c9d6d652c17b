//! What the build of a content says: questions, commands, futures, threats, predicates of disapproval.

use crate::attribution::Attribution;
use crate::identity::Page;
use crate::lexicon::{self, Build, PronounKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

/// A content with the features that acts go by.
pub(super) struct Clause<'a> {
    content: &'a [TokenId],
    /// The token of a future verb of which the speaker is the subject.
    own_future: Option<TokenId>,
    /// The token of another future verb in a main clause.
    future: Option<TokenId>,
    /// "if", "unless": sentences with one.
    conditions: Vec<u32>,
    /// Words that layout gives: a long turn has ifs that threaten nobody.
    is_turn: bool,
}

impl<'a> Clause<'a> {
    pub(super) fn of(page: &Page, attribution: &Attribution, content: &'a [TokenId]) -> Self {
        let mut clause = Self {
            content,
            own_future: None,
            future: None,
            conditions: Vec::new(),
            is_turn: attribution.is_layout(),
        };
        let mut said_of_speaker = false;
        for (nth, at) in content.iter().copied().enumerate() {
            let word = page.word(at).to_lowercase();
            // "if they shut the grounds", not "if I had known"
            let others = || {
                subject_of(page, page.token(at).head)
                    .is_none_or(|subject| page.pronoun(subject) != Some(PronounKind::First))
            };
            if matches!(word.as_str(), "if" | "unless") && !is_indirect_question(page, at) && others() {
                clause.conditions.push(page.token(at).sentence);
            }
            // "that he would": the first subject of words that are not quoted is most often the speaker
            if nth <= 1
                && !page.is_quoted(at)
                && is_third(page, &word)
                && page.is_subject(at)
                && can_mean_source(page, attribution, &word)
            {
                said_of_speaker = true;
            }
            if !is_future(page, at, &word) {
                continue;
            }
            let verb = verb_of(page, at);
            let subject = subject_of(page, verb);
            let is_own = match subject {
                Some(subject) => match page.pronoun(subject) {
                    Some(PronounKind::First) => true,
                    Some(PronounKind::Second | PronounKind::Relative) | None => false,
                    Some(
                        PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many,
                    ) => said_of_speaker && !page.is_quoted(subject),
                },
                None => false,
            };
            let certain =
                matches!(word.as_str(), "will" | "would" | "’ll" | "'ll" | "shall" | "wo" | "going");
            // "we will be poor", "we shall want it back", "they would like to stay" commit to nothing
            const STATES: [&str; 14] = [
                "be",
                "want",
                "need",
                "know",
                "see",
                "lose",
                "miss",
                "like",
                "love",
                "prefer",
                "consider",
                "appreciate",
                "win",
                "welcome",
            ];
            let is_state = STATES.contains(&page.lemma(verb).as_str());
            if is_own && certain && !is_state {
                clause.own_future.get_or_insert(at);
            } else if is_main(page, verb, attribution) {
                clause.future.get_or_insert(at);
            }
        }
        clause
    }

    pub(super) fn has(&self, page: &Page, build: Build) -> Option<TokenId> {
        match build {
            Build::OwnFuture => self.own_future,
            Build::Future => self.future,
            Build::Threat => {
                let own = self.own_future.or_else(|| own_verb(page, self.content));
                own.filter(|at| !self.is_turn && self.conditions.contains(&page.token(*at).sentence))
            }
            Build::Ill => self.content.iter().copied().find(|at| is_ill_predicate(page, *at)),
            Build::Good => self.content.iter().copied().find(|at| is_good_predicate(page, *at)),
            Build::Should => self.modal(page, &["should", "ought"]),
            Build::Must => self.modal(page, &["must"]),
            Build::Imperative => imperative(page, self.content),
            Build::Question => self.content.last().copied().filter(|_| is_question(page, self.content)),
        }
    }

    /// The modal verb of a main clause of which the speaker is not the subject, in a statement.
    fn modal(&self, page: &Page, words: &[&str]) -> Option<TokenId> {
        self.content.iter().copied().find(|at| {
            let token = page.token(*at);
            let verb = token.head;
            let [_, end] = page.sentence(*at);
            token.tag == Tag::Md
                && words.contains(&page.word(*at).to_lowercase().as_str())
                && is_asserted(page, verb)
                && page.word(*at + 1) != "have"
                && page.word(end.saturating_sub(1)) != "?"
                && subject_of(page, verb)
                    .is_some_and(|subject| subject < *at && page.pronoun(subject) != Some(PronounKind::First))
        })
    }
}

/// Whether a verb heads its sentence, what is said, or what a belief of the speaker is about.
fn is_asserted(page: &Page, verb: TokenId) -> bool {
    let mut verb = verb;
    for _ in 0..6 {
        let token = page.token(verb);
        match token.dep {
            Dep::Root => return true,
            Dep::Ccomp | Dep::Conj | Dep::Parataxis => verb = token.head,
            _ => return false,
        }
    }
    false
}

fn is_third(page: &Page, word: &str) -> bool {
    matches!(
        page.words.pronoun(word),
        Some(PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many)
    )
}

/// "aides say he will": one of whom several speak is not they.
fn can_mean_source(page: &Page, attribution: &Attribution, pronoun: &str) -> bool {
    let is_one = matches!(page.words.pronoun(pronoun), Some(PronounKind::Male | PronounKind::Female));
    let mut source = attribution.source.iter().flat_map(|span| page.tokens_in(*span));
    let is_many = source
        .find(|at| page.is_nominal(*at))
        .is_some_and(|head| matches!(page.token(head).tag, Tag::Nns | Tag::Nnps));
    !is_one || !is_many
}

fn is_indirect_question(page: &Page, at: TokenId) -> bool {
    let verb = page.token(at).head;
    page.token(verb).dep == Dep::Ccomp
}

fn is_future(page: &Page, at: TokenId, word: &str) -> bool {
    let token = page.token(at);
    if word == "going" {
        let to = page.word(at + 1).eq_ignore_ascii_case("to") && page.end() > at + 2;
        return to && token.tag == Tag::Vbg && page.token(at + 2).pos == Pos::Verb;
    }
    // "may have sunk", "could not win": what is over
    let past = page.word(at + 1).eq_ignore_ascii_case("have");
    let unable = word == "could" && negates(page, token.head);
    !past
        && !unable
        && token.tag == Tag::Md
        && matches!(
            word,
            "will" | "would" | "may" | "might" | "could" | "shall" | "’ll" | "'ll" | "wo" | "’d" | "'d"
        )
        && token.dep == Dep::Aux
}

/// The verb that is to come: of "will close" and "going to close" close.
fn verb_of(page: &Page, future: TokenId) -> TokenId {
    if page.token(future).tag == Tag::Md { page.token(future).head } else { future }
}

pub(super) fn subject_of(page: &Page, verb: TokenId) -> Option<TokenId> {
    const FARTHEST: TokenId = 40;
    let [first, _] = page.sentence(verb);
    let mut verb = verb;
    for _ in 0..4 {
        let found = (first.max(verb.saturating_sub(FARTHEST))..verb)
            .rev()
            .find(|at| page.is_child(*at, verb) && page.is_subject(*at));
        // "we have lost and will pay": the second verb shares the first one's subject
        match found {
            None if page.token(verb).dep == Dep::Conj => verb = page.token(verb).head,
            found => return found,
        }
    }
    None
}

/// Whether a verb heads a sentence or what is said, and no clause within it.
pub(super) fn is_main(page: &Page, verb: TokenId, attribution: &Attribution) -> bool {
    let mut verb = verb;
    for _ in 0..6 {
        let token = page.token(verb);
        let above = page.token(token.head).span;
        match token.dep {
            Dep::Root => return true,
            Dep::Ccomp | Dep::Conj | Dep::Parataxis | Dep::Xcomp => {
                if !attribution.says(above) {
                    return true;
                }
                verb = token.head;
            }
            // "targeting him may have come to ...": what the words start with hangs on the cue in many ways
            _ => return !attribution.says(above),
        }
    }
    false
}

/// Whether "to" starts an infinitive here.
pub(super) fn is_to_verb(page: &Page, at: TokenId) -> bool {
    page.word(at).eq_ignore_ascii_case("to") && page.token(at).tag == Tag::To
}

/// Whether a reported question can start here.
pub(crate) fn is_question_word(page: &Page, at: TokenId) -> bool {
    let word = page.word(at).to_lowercase();
    matches!(
        word.as_str(),
        "whether" | "if" | "who" | "whom" | "whose" | "what" | "when" | "where" | "why" | "how" | "which"
    )
}

/// Whether a content ends in a question mark.
pub(crate) fn is_question(page: &Page, content: &[TokenId]) -> bool {
    let last =
        content.iter().rev().find(|at| page.word(**at).contains(|c: char| c.is_alphanumeric() || c == '?'));
    last.is_some_and(|at| page.word(*at).contains('?'))
}

/// Whether words of disapproval stand in a content.
pub(super) fn is_ill(page: &Page, content: &[TokenId]) -> bool {
    content.iter().any(|at| lexicon::acts().disapproves(&page.lemma(*at)))
}

/// Whether words of approval stand in a content, and none of disapproval.
pub(super) fn is_good(page: &Page, content: &[TokenId]) -> bool {
    content.iter().any(|at| lexicon::acts().approves(&page.lemma(*at))) && !is_ill(page, content)
}

/// "the valleys to secede": somebody, then an infinitive.
pub(super) fn is_object_to(page: &Page, content: &[TokenId]) -> bool {
    const FARTHEST: usize = 12;
    content.first().is_some_and(|first| !is_to_verb(page, *first) && page.token(*first).pos != Pos::Verb)
        && content.iter().take(FARTHEST).any(|at| is_to_verb(page, *at))
        && content.iter().take_while(|at| !is_to_verb(page, **at)).all(|at| page.token(*at).pos != Pos::Verb)
}

/// Whether the subject of the clause around a word is the speaker: "I", or "it" in words that are no more quoted than the cue, or the source's own noun.
pub(super) fn is_of_speaker(page: &Page, attribution: &Attribution, at: TokenId) -> bool {
    let above = std::iter::successors(Some(at), |at| Some(page.token(*at).head)).take(5);
    let Some(subject) = above.filter_map(|at| subject_of(page, at)).next() else { return true };
    match page.pronoun(subject) {
        Some(PronounKind::First) => true,
        Some(PronounKind::Second | PronounKind::Relative) => false,
        Some(PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many) => {
            let cue = attribution.cue.first().and_then(|span| page.tokens_in(*span).next());
            page.is_quoted(subject) == cue.is_some_and(|cue| page.is_quoted(cue))
        }
        None => {
            let mut source = attribution.source.iter().flat_map(|span| page.tokens_in(*span));
            source.any(|at| page.word(at).eq_ignore_ascii_case(page.word(subject)))
        }
    }
}

/// The verb of a sentence whose subject is "I" or "we".
fn own_verb(page: &Page, content: &[TokenId]) -> Option<TokenId> {
    content.iter().copied().find(|at| {
        let token = page.token(*at);
        let first = page.pronoun(*at) == Some(PronounKind::First);
        let main = matches!(page.token(token.head).dep, Dep::Root | Dep::Ccomp | Dep::Parataxis | Dep::Conj);
        let [start, _] = page.sentence(*at);
        let unreal = (start.max(*at)..token.head).any(|modal| {
            page.is_child(modal, token.head) && matches!(page.word(modal), "would" | "could" | "might")
        });
        first && page.is_subject(*at) && main && !unreal
    })
}

/// Whether a verb is active: "shells the village", not "was shelled".
pub(super) fn is_active(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    if token.pos != Pos::Verb {
        return false;
    }
    let [first, _] = page.sentence(at);
    !(first.max(at.saturating_sub(6))..at)
        .any(|child| page.is_child(child, at) && page.token(child).dep == Dep::Auxpass)
}

/// A word of disapproval that is said of something: "was criminal", "a lie", or all that is quoted.
fn is_ill_predicate(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    matches!(token.dep, Dep::Acomp | Dep::Attr | Dep::Oprd)
        && lexicon::acts().disapproves(&page.lemma(at))
        && !negates(page, token.head)
}

/// A word of approval that is said of somebody: "was brave", "is a hero".
fn is_good_predicate(page: &Page, at: TokenId) -> bool {
    let token = page.token(at);
    let above = page.token(token.head);
    let predicate = |dep| matches!(dep, Dep::Acomp | Dep::Attr | Dep::Oprd);
    let verb = if predicate(token.dep) {
        token.head
    } else if token.dep == Dep::Amod && predicate(above.dep) {
        above.head
    } else {
        return false;
    };
    lexicon::acts().approves(&page.lemma(at))
        && !negates(page, verb)
        && subject_of(page, verb).is_some_and(|subject| praised(page, subject))
}

/// Whether a subject can be praised: somebody else, not "it", "this" or "I".
fn praised(page: &Page, subject: TokenId) -> bool {
    match page.pronoun(subject) {
        Some(PronounKind::Male | PronounKind::Female | PronounKind::Many | PronounKind::Second) => true,
        Some(PronounKind::First | PronounKind::Thing | PronounKind::Relative) => false,
        None => matches!(page.token(subject).pos, Pos::Noun | Pos::Propn),
    }
}

pub(super) fn negates(page: &Page, verb: TokenId) -> bool {
    let [first, end] = page.sentence(verb);
    (first.max(verb.saturating_sub(6))..end.min(verb + 4))
        .any(|at| page.is_child(at, verb) && page.token(at).dep == Dep::Neg)
}

/// "Close the port.": the first word of a quotation or of a sentence in it is a bare verb with no subject.
fn imperative(page: &Page, content: &[TokenId]) -> Option<TokenId> {
    let first = content
        .iter()
        .copied()
        .find(|at| !matches!(page.token(*at).pos, Pos::Punct | Pos::Space | Pos::Adv | Pos::Intj))?;
    let token = page.token(first);
    let is_bare = token.tag == Tag::Vb
        && matches!(token.dep, Dep::Root | Dep::Ccomp | Dep::Xcomp | Dep::Conj | Dep::Parataxis);
    let starts = page.is_capital(first) && (page.is_quoted(first) || page.is_first(first));
    (is_bare && starts && subject_of(page, first).is_none() && page.lemma(first) != "let").then_some(first)
}
