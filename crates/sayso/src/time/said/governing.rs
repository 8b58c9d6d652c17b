//! The expression of time that a cue governs.

use super::can_date;
use crate::attribution::Attribution;
use crate::identity::Page;
use crate::syntax::TokenId;
use crate::text::Span;
use crate::time::{Timex, words};
use sayso_model::{Dep, Pos, Tag};

/// The words that date a saying.
#[derive(Clone, Copy, Debug)]
pub(super) struct Governed<'a> {
    pub(super) timex: &'a Timex,
    pub(super) score: f32,
    pub(super) rule: &'static str,
}

/// What is asked of the layers.
pub(super) struct Reading<'a> {
    page: &'a Page<'a>,
    timexes: &'a [Timex],
    attributions: &'a [Attribution],
    /// For each expression, the innermost attribution in whose content it stands.
    inside: Vec<Option<usize>>,
}

/// How far from its cue an expression may stand, in tokens.
const FARTHEST: TokenId = 60;
/// How many steps up the tree lead from an expression to its cue.
const STEPS: usize = 8;

impl<'a> Reading<'a> {
    pub(super) fn new(page: &'a Page<'a>, timexes: &'a [Timex], attributions: &'a [Attribution]) -> Self {
        let mut inside = vec![None; timexes.len()];
        // nested attributions come after those around them
        for (at, one) in attributions.iter().enumerate() {
            for span in &one.content {
                let first = timexes.partition_point(|timex| timex.span.start() < span.start());
                for (place, timex) in inside.iter_mut().zip(timexes).skip(first) {
                    if timex.span.end() > span.end() {
                        break;
                    }
                    *place = Some(at);
                }
            }
        }
        Self { page, timexes, attributions, inside }
    }

    /// The expression that dates an attribution by its own words.
    pub(super) fn governed(&self, at: usize) -> Option<Governed<'a>> {
        let one = self.attributions.get(at)?;
        let cue = self.cue(one);
        let main = main_word(self.page, &cue)?;
        let [first, end] = self.page.sentence(main);
        let (first, end) = (first.max(main.saturating_sub(FARTHEST)), end.min(main + FARTHEST));
        let start_byte = self.page.token(first).span.start();
        let end_byte = self.page.token(end.max(first + 1) - 1).span.end();
        let from = self.timexes.partition_point(|timex| timex.span.start() < start_byte);
        let near = self.timexes.iter().enumerate().skip(from);
        let near =
            near.take_while(|(_, timex)| timex.span.end() <= end_byte).filter(|(_, timex)| can_date(timex));
        let governors = self.governors(main);
        let found = near.filter_map(|(n, timex)| {
            let tokens = self.page.tokens_in(timex.span);
            let (head, last) = (tokens.start, tokens.end.checked_sub(1)?);
            if tokens.is_empty() {
                return None;
            }
            let (score, rule) = if self.is_of(n, at) {
                self.way(timex, one, &cue, main, &governors)?
            } else if self.inside.get(n) == Some(&Some(at)) {
                self.at_edge(timex, one, main)?
            } else {
                return None;
            };
            let gap = if last < main { main - last } else { head.saturating_sub(main) };
            Some((Governed { timex, score, rule }, gap))
        });
        let best = found.min_by(|(a, near), (b, far)| b.score.total_cmp(&a.score).then(near.cmp(far)));
        best.map(|(governed, _)| governed)
    }

    /// Whether an expression stands among the words around an attribution's content, not in it nor in another's.
    fn is_of(&self, timex: usize, at: usize) -> bool {
        let around = self.attributions.get(at).and_then(|one| one.inside);
        self.inside.get(timex).is_some_and(|inside| *inside == around)
    }

    fn cue(&self, one: &Attribution) -> Vec<TokenId> {
        let tokens = one.cue.iter().flat_map(|span| self.page.tokens_in(*span));
        tokens.filter(|at| !matches!(self.page.token(*at).pos, Pos::Space | Pos::Punct)).collect()
    }

    /// The verbs whose times are the cue's too: "demanded X on Monday and *threatened*", "withdrew it on Monday, *saying*".
    fn governors(&self, main: TokenId) -> Vec<TokenId> {
        let mut all = vec![main];
        let mut at = main;
        for _ in 0..3 {
            let token = self.page.token(at);
            let has_subject = self.has_subject(at);
            let goes_on = match token.dep {
                Dep::Conj => !has_subject,
                Dep::Advcl | Dep::Acl => matches!(token.tag, Tag::Vbg | Tag::Vbn) && !has_subject,
                Dep::Xcomp | Dep::Pcomp | Dep::Aux | Dep::Auxpass => true,
                Dep::Prep => false,
                _ => false,
            };
            if !goes_on || token.head == at {
                break;
            }
            at = token.head;
            all.push(at);
        }
        all
    }

    fn has_subject(&self, verb: TokenId) -> bool {
        let [first, _] = self.page.sentence(verb);
        let first = first.max(verb.saturating_sub(12));
        (first..verb).any(|at| self.page.is_child(at, verb) && self.page.is_subject(at))
    }

    /// How an expression belongs to a cue, if it does.
    fn way(
        &self,
        timex: &Timex,
        one: &Attribution,
        cue: &[TokenId],
        main: TokenId,
        governors: &[TokenId],
    ) -> Option<(f32, &'static str)> {
        let page = self.page;
        let tokens = page.tokens_in(timex.span);
        let head = tokens.clone().find(|at| !tokens.contains(&page.token(*at).head)).unwrap_or(tokens.start);
        let mut at = head;
        let is_content = |at: TokenId| one.content.iter().any(|span| span.contains(page.token(at).span));
        let is_source = |at: TokenId| one.source.iter().any(|span| span.contains(page.token(at).span));
        let mut is_climbing = true;
        for _ in 0..STEPS {
            let up = page.token(at).head;
            if up == at || !is_climbing {
                break;
            }
            if cue.contains(&up) && (!page.is_subject(at) || at != head) {
                return Some((0.9, "time of the cue"));
            }
            if governors.contains(&up) {
                return Some((0.85, "time of the verb that governs the cue"));
            }
            if is_content(up) {
                is_climbing = false;
                break;
            }
            let token = page.token(up);
            let lemma = page.lemma(up);
            let word = words::word(&lemma);
            is_climbing = tokens.contains(&up)
                || match token.pos {
                    Pos::Adp | Pos::Adv | Pos::Part | Pos::Sconj => true,
                    Pos::Verb => {
                        word.is_making && matches!(token.dep, Dep::Acl | Dep::Advcl | Dep::Relcl | Dep::Pcomp)
                    }
                    Pos::Noun | Pos::Propn => {
                        word.is_occasion
                            || !is_source(up) && matches!(token.dep, Dep::Pobj | Dep::Dobj | Dep::Dative)
                    }
                    Pos::Adj
                    | Pos::Aux
                    | Pos::Cconj
                    | Pos::Det
                    | Pos::Intj
                    | Pos::Num
                    | Pos::Pron
                    | Pos::Punct
                    | Pos::Sym
                    | Pos::Other
                    | Pos::Space => false,
                };
            at = up;
        }
        self.beside(timex.span, cue, main, &is_content).map(|rule| (0.8, rule))
    }

    /// "on Monday said", "told the Herald in Linnow late on Monday": no verb stands between the two.
    fn beside(
        &self,
        span: Span,
        cue: &[TokenId],
        main: TokenId,
        is_content: &impl Fn(TokenId) -> bool,
    ) -> Option<&'static str> {
        const WIDEST: TokenId = 16;
        let page = self.page;
        let tokens = page.tokens_in(span);
        let (first, last) = (*cue.first()?, *cue.last()?);
        let is_plain = |at: TokenId| {
            !is_content(at)
                && !matches!(page.token(at).pos, Pos::Verb | Pos::Aux | Pos::Sconj)
                && !matches!(page.token(at).dep, Dep::Relcl | Dep::Acl | Dep::Mark)
        };
        if tokens.start > last {
            let between = last + 1..tokens.start;
            let is_near = between.len() <= WIDEST as usize && between.clone().all(is_plain);
            // "said Monday was": the day is a subject
            let is_subject = tokens.clone().any(|at| page.is_subject(at));
            return (is_near && !is_subject).then_some("time behind the cue");
        }
        if tokens.end <= first {
            let between = tokens.end..first;
            let is_near = between.len() <= WIDEST as usize && between.clone().all(is_plain);
            let [start, _] = page.sentence(main);
            let opens = (start..tokens.start).all(|at| {
                matches!(
                    page.token(at).pos,
                    Pos::Adp | Pos::Punct | Pos::Space | Pos::Adv | Pos::Det | Pos::Cconj
                )
            });
            let is_next = between.len() <= 2
                && between
                    .clone()
                    .all(|at| matches!(page.token(at).pos, Pos::Punct | Pos::Adv | Pos::Adp | Pos::Space));
            return (is_near && (opens || is_next)).then_some("time before the cue");
        }
        None
    }

    /// At the edge of content that is only a phrase, time may have come in with it: "demanded | a new count on Tuesday".
    fn at_edge(&self, timex: &Timex, one: &Attribution, main: TokenId) -> Option<(f32, &'static str)> {
        let page = self.page;
        if page.quotations.is_inside(timex.span.start()) {
            return None;
        }
        let tokens = page.tokens_in(timex.span);
        let head = tokens.clone().find(|at| !tokens.contains(&page.token(*at).head)).unwrap_or(tokens.start);
        let up = page.token(head).head;
        let up = if page.token(up).pos == Pos::Adp { page.token(up).head } else { up };
        let has_verb = one
            .content
            .iter()
            .flat_map(|span| page.tokens_in(*span))
            .take(60)
            .any(|at| matches!(page.token(at).pos, Pos::Verb | Pos::Aux));
        let ends = one.content.iter().any(|span| span.end() == timex.span.end());
        (up == main && !has_verb && ends).then_some((0.7, "time at the end of the content"))
    }
}

/// The word of a cue that says what it is: its first full verb or noun.
pub(super) fn main_word(page: &Page, cue: &[TokenId]) -> Option<TokenId> {
    let full = |at: &&TokenId| page.token(**at).pos == Pos::Verb && page.token(**at).dep != Dep::Aux;
    let noun = |at: &&TokenId| page.token(**at).pos == Pos::Noun;
    cue.iter().find(full).or_else(|| cue.iter().find(noun)).or(cue.first()).copied()
}
