//! The expression of time that a cue governs.

use super::can_date;
use super::events::Events;
use super::tense::{Tense, tense};
use super::way::{self, Way};
use crate::act::main_word;
use crate::attribution::Attribution;
use crate::identity::Page;
use crate::syntax::TokenId;
use crate::time::Timex;
use sayso_model::{Dep, Pos, Tag};
use std::ops::Range;

/// The words that date a saying.
#[derive(Clone, Copy, Debug)]
pub(super) struct Governed<'a> {
    pub(super) timex: &'a Timex,
    pub(super) score: f32,
    pub(super) rule: &'static str,
    /// The sort of writing whose date it is: everything that it says has this date.
    pub(super) writing: Option<u32>,
}

/// What is asked of the layers.
pub(super) struct Reading<'a> {
    pub(super) page: &'a Page<'a>,
    timexes: &'a [Timex],
    attributions: &'a [Attribution],
    /// For each expression, the innermost attribution in whose content it stands.
    inside: Vec<Option<usize>>,
}

/// In tokens.
const LONGEST_CUE: usize = 24;
/// How far from its cue an expression may stand, in tokens.
const FARTHEST: TokenId = 60;

impl<'a> Reading<'a> {
    pub(super) fn new(page: &'a Page<'a>, timexes: &'a [Timex], attributions: &'a [Attribution]) -> Self {
        /// Expressions of one content: nested ones would make it quadratic.
        const MOST: usize = 1000;
        let mut inside = vec![None; timexes.len()];
        // nested attributions come after those around them
        for (at, one) in attributions.iter().enumerate() {
            for span in &one.content {
                let first = timexes.partition_point(|timex| timex.span.start() < span.start());
                for (place, timex) in inside.iter_mut().zip(timexes).skip(first).take(MOST) {
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
        let cue = cue_tokens(self.page, one);
        let main = main_word(self.page, &cue)?;
        let tense = tense(self.page, &cue);
        if matches!(tense, Tense::Standing | Tense::Ahead) {
            return None;
        }
        let governors = governors(self.page, main);
        let joined = joined(self.page, main);
        let way = Way { page: self.page, one, cue: &cue, main, governors: &governors, joined };
        let found = self.near(main).filter_map(|(n, timex)| {
            let tokens = self.page.tokens_in(timex.span);
            let is_open = !self.page.is_quoted(tokens.start) || self.page.is_quoted(main);
            if tokens.is_empty() || !is_open || self.is_bound(timex, tokens.start) {
                return None;
            }
            let found = if self.is_of(n, at) {
                way.outside(timex)?
            } else if self.inside.get(n) == Some(&Some(at)) && !looks_ahead(self.page, main, tense) {
                way.within_phrase(timex)?
            } else {
                return None;
            };
            // "the letters claim responsibility for a 1997 attack"; but "our report of last June says"
            if tense == Tense::Present && found.writing.is_none() && !timex.is_recent() {
                return None;
            }
            let gap = if tokens.end <= main { main - tokens.end } else { tokens.start.saturating_sub(main) };
            let way::Found { score, rule, writing } = found;
            // "earlier this week, on Wednesday": the day
            Some((Governed { timex, score, rule, writing }, (!timex.is_day(), gap)))
        });
        let best = found.min_by(|(a, near), (b, far)| b.score.total_cmp(&a.score).then(near.cmp(far)));
        best.map(|(governed, _)| governed)
    }

    /// The day of the event after or at which somebody spoke, where nothing else says when.
    pub(super) fn event(&self, at: usize, events: &Events<'a>) -> Option<Governed<'a>> {
        let one = self.attributions.get(at).filter(|one| one.inside.is_none())?;
        let cue = cue_tokens(self.page, one);
        let main = main_word(self.page, &cue)?;
        if tense(self.page, &cue) == Tense::Past { events.day(self, main) } else { None }
    }

    /// The expressions of a token's sentence.
    fn near(&self, main: TokenId) -> impl Iterator<Item = (usize, &'a Timex)> {
        let [first, end] = self.page.sentence(main);
        let (first, end) = (first.max(main.saturating_sub(FARTHEST)), end.min(main + FARTHEST));
        let start_byte = self.page.token(first).span.start();
        let end_byte = self.page.token(end.max(first + 1) - 1).span.end();
        let from = self.timexes.partition_point(|timex| timex.span.start() < start_byte);
        let near = self.timexes.iter().enumerate().skip(from);
        near.take_while(move |(_, timex)| timex.span.end() <= end_byte).filter(|(_, timex)| can_date(timex))
    }

    /// The expressions that nobody says, with their tokens.
    pub(super) fn of_narrator(&self) -> impl Iterator<Item = (&'a Timex, Range<TokenId>)> {
        let free = self
            .timexes
            .iter()
            .zip(&self.inside)
            .filter(|(timex, inside)| inside.is_none() && can_date(timex));
        free.map(|(timex, _)| (timex, self.page.tokens_in(timex.span)))
    }

    /// Writings that the narrator dates, by where the date stands: "The union filed a lawsuit on Monday."
    pub(super) fn writings(&self) -> Vec<(TokenId, Governed<'a>)> {
        let dated = |(timex, tokens): (&'a Timex, Range<TokenId>)| {
            if tokens.is_empty() || !timex.is_day() || self.is_bound(timex, tokens.start) {
                return None;
            }
            let sort = way::dated_writing(self.page, tokens.clone())?;
            let rule = "what the same writing says";
            Some((tokens.start, Governed { timex, score: 0.7, rule, writing: Some(sort) }))
        };
        self.of_narrator().filter_map(dated).collect()
    }

    /// Whether an expression stands among the words around an attribution's content, not in it nor in another's.
    fn is_of(&self, timex: usize, at: usize) -> bool {
        let around = self.attributions.get(at).and_then(|one| one.inside);
        self.inside.get(timex).is_some_and(|inside| *inside == around)
    }

    /// "since Monday", "until July", "as of Friday": no time at which something is said; but "before midnight on Monday" is on that day.
    pub(super) fn is_bound(&self, timex: &Timex, first: TokenId) -> bool {
        const BOUNDS: [&str; 12] = [
            "since",
            "before",
            "after",
            "until",
            "till",
            "from",
            "than",
            "for",
            "through",
            "throughout",
            "to",
            "between",
        ];
        let Some(word) = self.word_before(first) else { return false };
        if matches!(word.as_str(), "before" | "after") && timex.has_hour() && timex.is_day() {
            return false;
        }
        BOUNDS.contains(&word.as_str())
            || word == "of" && self.word_before(first - 1).as_deref() == Some("as")
    }

    /// The word before a token of the same block, in lower case.
    fn word_before(&self, first: TokenId) -> Option<String> {
        let before = first.checked_sub(1)?;
        let is_near = self.page.token(before).block == self.page.token(first).block;
        is_near.then(|| self.page.word(before).to_lowercase())
    }

    /// The expression that dates the scene in a sentence of somebody's that reports nothing: "He gave an interview on Friday morning."
    pub(super) fn scene(
        &self,
        sentence: [TokenId; 2],
        is_speaker: impl Fn(TokenId) -> bool,
    ) -> Option<Governed<'a>> {
        let page = self.page;
        let near = sentence[0]..sentence[1].min(sentence[0] + FARTHEST);
        let root = near
            .clone()
            .find(|at| page.token(*at).head == *at)
            .filter(|root| way::is_appearing(page, *root) || is_doing(page, *root))?;
        near.clone().find(|at| page.is_child(*at, root) && page.is_subject(*at) && is_speaker(*at))?;
        let of_root = |(n, timex): &(usize, &Timex)| {
            let tokens = page.tokens_in(timex.span);
            self.inside.get(*n) == Some(&None)
                && !tokens.is_empty()
                && !self.is_bound(timex, tokens.start)
                && way::reaches(page, tokens, root)
        };
        let (_, timex) = self.near(root).find(of_root)?;
        // a day long ago is that of the deed alone
        if !way::is_appearing(page, root) && !timex.is_recent() {
            return None;
        }
        Some(Governed { timex, score: 0.65, rule: "time of the scene", writing: way::writing_of(page, root) })
    }
}

/// Whether a verb tells what somebody alive did: "On Monday Kell joined the crew. She said".
fn is_doing(page: &Page, verb: TokenId) -> bool {
    page.token(verb).tag == Tag::Vbd && !matches!(&*page.lemma(verb), "die" | "be")
}

/// Whether a cue is of what is still to come, so that a day in its object is that one's: "predict landfall on Saturday".
fn looks_ahead(page: &Page, main: TokenId, tense: Tense) -> bool {
    const AHEAD: [&str; 9] =
        ["predict", "forecast", "expect", "anticipate", "plan", "schedule", "promise", "pledge", "vow"];
    tense == Tense::Present || AHEAD.contains(&&*page.lemma(main))
}

/// The words of a cue, without marks.
pub(super) fn cue_tokens(page: &Page, one: &Attribution) -> Vec<TokenId> {
    let tokens = one.cue.iter().flat_map(|span| page.tokens_in(*span));
    tokens.filter(|at| !matches!(page.token(*at).pos, Pos::Space | Pos::Punct)).take(LONGEST_CUE).collect()
}

/// The verbs whose times are the cue's too: "demanded X on Monday and *threatened*", "withdrew it on Monday, *saying*".
pub(super) fn governors(page: &Page, main: TokenId) -> Vec<TokenId> {
    let mut all = vec![main];
    let mut at = main;
    for _ in 0..3 {
        let token = page.token(at);
        let has_subject = has_subject(page, at);
        let goes_on = match token.dep {
            Dep::Conj => !has_subject,
            // "X reported on Monday, citing Y": when Y spoke is not said
            Dep::Advcl | Dep::Acl => {
                matches!(token.tag, Tag::Vbg | Tag::Vbn)
                    && !has_subject
                    && !matches!(&*page.lemma(at), "cite" | "quote")
            }
            Dep::Xcomp | Dep::Pcomp | Dep::Aux | Dep::Auxpass => true,
            // "sought peace on Monday by *promising*"
            Dep::Prep => at != main && token.pos == Pos::Adp,
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

/// The verb that a cue with a subject of its own is joined to, and that verb's subject.
fn joined(page: &Page, main: TokenId) -> Option<[TokenId; 2]> {
    let token = page.token(main);
    let is_joined = token.dep == Dep::Conj && token.head < main && has_subject(page, main);
    if is_joined { Some([token.head, subject(page, token.head)?]) } else { None }
}

fn has_subject(page: &Page, verb: TokenId) -> bool {
    subject(page, verb).is_some()
}

fn subject(page: &Page, verb: TokenId) -> Option<TokenId> {
    const FARTHEST_SUBJECT: TokenId = 12;
    let [first, _] = page.sentence(verb);
    let first = first.max(verb.saturating_sub(FARTHEST_SUBJECT));
    (first..verb).find(|at| page.is_child(*at, verb) && page.is_subject(*at))
}
