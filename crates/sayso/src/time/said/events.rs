//! Days of the events that an article tells of: "Kell said after the race" has the day of the race.
//!
//! In: the expressions of time that nobody says. Out: the day of a saying that only names its event. What holds: an event has a day only
//! where the article gives it one, in words beside it or in its first sentence, and no second one.

use super::governing::{Governed, Reading, governors};
use super::way;
use crate::syntax::TokenId;
use crate::time::{Timex, words};
use sayso_model::{Dep, Pos, Tag};
use std::collections::HashMap;

/// The days of an article's events.
pub(super) struct Events<'a> {
    /// By the lemma of the event; none where two days are named.
    named: HashMap<String, Option<&'a Timex>>,
    /// The day of the first sentence.
    first: Option<&'a Timex>,
}

/// How many steps up the tree lead from a day to its event: "the vote in parliament on Monday".
const STEPS: usize = 5;
/// In tokens.
const LONGEST_SENTENCE: TokenId = 80;

impl<'a> Events<'a> {
    pub(super) fn new(reading: &Reading<'a>) -> Self {
        let mut named: HashMap<String, Option<&'a Timex>> = HashMap::new();
        for (timex, tokens) in
            reading.of_narrator().filter(|(timex, tokens)| timex.is_day() && !tokens.is_empty())
        {
            if reading.is_bound(timex, tokens.start) {
                continue;
            }
            let Some(event) = event_of(reading, tokens.start) else { continue };
            let known = named.entry(event).or_insert(Some(timex));
            if known.is_some_and(|known| known.value != timex.value) {
                *known = None;
            }
        }
        Self { named, first: first_day(reading) }
    }

    /// The day of a cue that says "after the race", "at the rally", "following the verdict".
    pub(super) fn day(&self, reading: &Reading<'a>, main: TokenId) -> Option<Governed<'a>> {
        const FARTHEST: TokenId = 40;
        let page = reading.page;
        let [start, end] = page.sentence(main);
        let all = governors(page, main);
        let near = start.max(main.saturating_sub(FARTHEST))..end.min(main + FARTHEST);
        // "said Kell after the race": on Kell, to the parser
        let is_its = |at: &TokenId| {
            let up = page.token(*at).head;
            let is_of_subject = page.is_subject(up) && up > main && all.contains(&page.token(up).head);
            (all.contains(&up) || is_of_subject) && !page.is_quoted(*at)
        };
        let says_when = |at: &TokenId| {
            matches!(&*page.word(*at).to_lowercase(), "after" | "following" | "at" | "during" | "in")
                && matches!(page.token(*at).dep, Dep::Prep | Dep::Advcl)
        };
        let event = near.filter(is_its).filter(says_when).find_map(|at| {
            let object = (at + 1..end.min(at + 8)).find(|object| {
                page.is_child(*object, at) && matches!(page.token(*object).dep, Dep::Pobj | Dep::Dobj)
            })?;
            self.known(reading, object)
        })?;
        Some(Governed { timex: event, score: 0.65, rule: "day of the event", writing: None })
    }

    /// The day of an event that the article has spoken of: "the race", "his victory".
    fn known(&self, reading: &Reading<'a>, noun: TokenId) -> Option<&'a Timex> {
        let page = reading.page;
        let lemma = page.lemma(noun);
        if !words::word(&lemma).is_event || page.token(noun).tag == Tag::Nns {
            return None;
        }
        let [start, _] = page.sentence(noun);
        let first = page.left_edge(noun).max(start);
        let is_known = (first..noun)
            .any(|at| page.word(at).eq_ignore_ascii_case("the") || page.token(at).dep == Dep::Poss);
        // "after the earlier race", "the 2019 final"
        let is_plain = (first..noun).all(|at| !matches!(page.token(at).pos, Pos::Num | Pos::Adj));
        match self.named.get(&lemma) {
            _ if !is_known || !is_plain => None,
            Some(day) => *day,
            None => self.first,
        }
    }
}

/// The event that a day belongs to: "Monday's vote", "the race on Sunday", "was launched on Saturday".
fn event_of(reading: &Reading, first: TokenId) -> Option<String> {
    let page = reading.page;
    let mut at = first;
    for _ in 0..STEPS {
        let up = page.token(at).head;
        let lemma = page.lemma(up);
        if up != at && words::word(&lemma).is_event {
            return Some(lemma);
        }
        if up == at || matches!(page.token(up).pos, Pos::Verb | Pos::Aux) {
            return None;
        }
        at = up;
    }
    None
}

/// The only day of the first sentence that tells something, if its verb has it.
fn first_day<'a>(reading: &Reading<'a>) -> Option<&'a Timex> {
    let page = reading.page;
    let sentences = page.syntax.sentences.iter().take(12);
    let [start, end] = *sentences.into_iter().find(|[start, end]| {
        let sentence = *start..(*end).min(start + LONGEST_SENTENCE);
        sentence.into_iter().any(|at| page.token(at).head == at && page.token(at).tag == Tag::Vbd)
    })?;
    let root = (start..end).take(LONGEST_SENTENCE as usize).find(|at| page.token(*at).head == *at)?;
    let in_sentence = reading.of_narrator().filter(|(timex, tokens)| {
        timex.is_day() && !tokens.is_empty() && (start..end).contains(&tokens.start)
    });
    let mut days = in_sentence.filter(|(timex, tokens)| !reading.is_bound(timex, tokens.start));
    let (day, tokens) = days.next()?;
    let is_only = days.all(|(other, _)| other.value == day.value);
    (is_only && way::reaches(page, tokens, root)).then_some(day)
}
