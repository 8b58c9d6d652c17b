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
    /// "if", "unless".
    condition: bool,
}

impl<'a> Clause<'a> {
    pub(super) fn of(page: &Page, attribution: &Attribution, content: &'a [TokenId]) -> Self {
        let mut clause = Self { content, own_future: None, future: None, condition: false };
        let mut said_of_speaker = false;
        for (nth, at) in content.iter().copied().enumerate() {
            let word = page.word(at).to_lowercase();
            clause.condition |= matches!(word.as_str(), "if" | "unless") && !is_indirect_question(page, at);
            // "that he would": the first subject of words that are not quoted is most often the speaker
            if nth <= 1 && !page.is_quoted(at) && is_third(page, &word) && page.is_subject(at) {
                said_of_speaker = true;
            }
            if !is_future(page, at, &word) {
                continue;
            }
            let verb = verb_of(page, at);
            let subject = subject_of(page, verb);
            let is_own = match subject {
                Some(subject) => {
                    let own = page.word(subject).to_lowercase();
                    match page.words.pronoun(&own) {
                        Some(PronounKind::First) => true,
                        Some(PronounKind::Second | PronounKind::Relative) | None => false,
                        Some(
                            PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many,
                        ) => said_of_speaker && !page.is_quoted(subject),
                    }
                }
                None => false,
            };
            let certain = matches!(word.as_str(), "will" | "would" | "’ll" | "'ll" | "shall" | "wo");
            // "we will be poor", "we shall want it back" commit to nothing
            let is_state =
                matches!(&*page.lemma(verb), "be" | "want" | "need" | "know" | "see" | "lose" | "miss");
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
                self.own_future.or_else(|| own_verb(page, self.content)).filter(|_| self.condition)
            }
            Build::Ill => self.content.iter().copied().find(|at| is_ill_predicate(page, *at)),
            Build::Imperative => imperative(page, self.content),
            Build::Question => self.content.last().copied().filter(|_| is_question(page, self.content)),
        }
    }
}

fn is_third(page: &Page, word: &str) -> bool {
    matches!(
        page.words.pronoun(word),
        Some(PronounKind::Male | PronounKind::Female | PronounKind::Thing | PronounKind::Many)
    )
}

fn is_indirect_question(page: &Page, at: TokenId) -> bool {
    let verb = page.token(at).head;
    page.token(verb).dep == Dep::Ccomp
}

fn is_future(page: &Page, at: TokenId, word: &str) -> bool {
    let token = page.token(at);
    token.tag == Tag::Md
        && matches!(
            word,
            "will" | "would" | "may" | "might" | "could" | "shall" | "’ll" | "'ll" | "wo" | "’d" | "'d"
        )
        && token.dep == Dep::Aux
}

fn verb_of(page: &Page, modal: TokenId) -> TokenId {
    page.token(modal).head
}

fn subject_of(page: &Page, verb: TokenId) -> Option<TokenId> {
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
fn is_main(page: &Page, verb: TokenId, attribution: &Attribution) -> bool {
    let mut verb = verb;
    for _ in 0..6 {
        let token = page.token(verb);
        let above = page.token(token.head).span;
        match token.dep {
            Dep::Root => return true,
            Dep::Ccomp | Dep::Conj | Dep::Parataxis | Dep::Xcomp => {
                if !attribution.content.iter().any(|span| span.contains(above)) {
                    return true;
                }
                verb = token.head;
            }
            // "targeting him may have come to ...": what the words start with hangs on the cue in many ways
            _ => return !attribution.content.iter().any(|span| span.contains(above)),
        }
    }
    false
}

/// Whether "to" starts an infinitive here.
pub(super) fn is_to_verb(page: &Page, at: TokenId) -> bool {
    page.word(at).eq_ignore_ascii_case("to") && page.token(at).tag == Tag::To
}

/// Whether a reported question can start here.
pub(super) fn is_question_word(page: &Page, at: TokenId) -> bool {
    let word = page.word(at).to_lowercase();
    matches!(
        word.as_str(),
        "whether" | "if" | "who" | "whom" | "whose" | "what" | "when" | "where" | "why" | "how" | "which"
    )
}

/// Whether a content ends in a question mark.
pub(super) fn is_question(page: &Page, content: &[TokenId]) -> bool {
    let last =
        content.iter().rev().find(|at| page.word(**at).contains(|c: char| c.is_alphanumeric() || c == '?'));
    last.is_some_and(|at| page.word(*at).contains('?'))
}

/// Whether words of disapproval stand in a content.
pub(super) fn is_ill(page: &Page, content: &[TokenId]) -> bool {
    content.iter().any(|at| lexicon::acts().disapproves(&page.lemma(*at)))
}

/// The same, or a quotation with no word of approval: "called the result “a gift to the wolves”".
pub(super) fn is_quoted_ill(page: &Page, content: &[TokenId]) -> bool {
    let acts = lexicon::acts();
    let any = |test: &dyn Fn(&str) -> bool| content.iter().any(|at| test(&page.lemma(*at)));
    let quoted = content
        .last()
        .is_some_and(|at| page.is_quoted(*at) || page.word(*at).contains(['”', '"', '\'', '’']));
    any(&|lemma| acts.disapproves(lemma)) || quoted && !any(&|lemma| acts.approves(lemma))
}

/// The verb of a sentence whose subject is "I" or "we".
fn own_verb(page: &Page, content: &[TokenId]) -> Option<TokenId> {
    content.iter().copied().find(|at| {
        let token = page.token(*at);
        let first = page.words.pronoun(&page.word(*at).to_lowercase()) == Some(PronounKind::First);
        let main = matches!(page.token(token.head).dep, Dep::Root | Dep::Ccomp | Dep::Parataxis | Dep::Conj);
        first && page.is_subject(*at) && main
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

fn negates(page: &Page, verb: TokenId) -> bool {
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
