//! The way from an expression of time to a cue: up the tree, or along the line where no verb stands between.

use crate::attribution::Attribution;
use crate::identity::Page;
use crate::syntax::TokenId;
use crate::time::{Timex, words};
use sayso_model::{Dep, Pos};
use std::ops::Range;

/// A cue with the verbs whose times are its own.
pub(super) struct Way<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) one: &'a Attribution,
    pub(super) cue: &'a [TokenId],
    pub(super) main: TokenId,
    pub(super) governors: &'a [TokenId],
    /// The verb that the cue is joined to although it has a subject of its own, with that verb's subject.
    pub(super) joined: Option<[TokenId; 2]>,
}

/// How an expression dates a cue.
pub(super) struct Found {
    pub(super) score: f32,
    pub(super) rule: &'static str,
    pub(super) writing: Option<u32>,
}

/// Why climbing stopped.
enum Stop {
    Found(Found),
    /// In a clause of its own: "Ferran, who took over in May, said".
    Clause,
    /// At the words that name the speaker: "Moss, in its Friday release, said".
    Source,
    Elsewhere,
}

/// How many steps up the tree lead from an expression to its cue.
const STEPS: usize = 8;

impl Way<'_> {
    /// From an expression outside the content.
    pub(super) fn outside(&self, timex: &Timex) -> Option<Found> {
        let tokens = self.page.tokens_in(timex.span);
        match self.up(timex, tokens.clone()) {
            Stop::Found(found) => Some(found),
            Stop::Clause => None,
            Stop::Source => self.of_source_occasion(tokens, timex.is_recent()),
            Stop::Elsewhere => self.along(timex, tokens),
        }
    }

    /// From an expression within a content that is only a phrase, which it does not belong to:
    /// "demanded | a new count on Tuesday", "claimed | responsibility yesterday for the raid".
    pub(super) fn within_phrase(&self, timex: &Timex) -> Option<Found> {
        let page = self.page;
        let ends = self.one.content.iter().any(|part| part.end() == timex.span.end());
        if ends && self.is_silence() {
            return Some(Found { score: 0.7, rule: "time of a refusal to answer", writing: None });
        }
        if page.quotations.is_inside(timex.span.start()) || self.has_verb() || !timex.is_recent() {
            return None;
        }
        let mut up = above(page, head(page, page.tokens_in(timex.span)));
        // "pleaded | not guilty on Tuesday to five counts"
        if page.token(up).pos == Pos::Adj {
            up = page.token(up).head;
        }
        (up == self.main).then_some(Found { score: 0.7, rule: "time within the content", writing: None })
    }

    fn up(&self, timex: &Timex, tokens: Range<TokenId>) -> Stop {
        let page = self.page;
        let first = head(page, tokens.clone());
        let (mut at, mut writing, mut is_published, mut is_clause_passed) = (first, None, false, false);
        let (mut is_of_occasion, mut is_printed) = (false, false);
        let stop = |is_clause_passed: bool| if is_clause_passed { Stop::Clause } else { Stop::Elsewhere };
        for _ in 0..STEPS {
            let up = page.token(at).head;
            if up == at {
                break;
            }
            let is_end = self.cue.contains(&up) && (!page.is_subject(at) || at != first);
            if is_clause_passed && (is_end || self.governors.contains(&up)) {
                break;
            }
            if is_end {
                let writing = writing.or_else(|| writing_of(page, up));
                return Stop::Found(Found { score: 0.9, rule: "time of the cue", writing });
            }
            if self.governors.contains(&up) {
                let writing = writing.or_else(|| writing_of(page, up));
                let rule = "time of the verb that governs the cue";
                return Stop::Found(Found { score: 0.85, rule, writing });
            }
            // "On Monday, 52 percent said A and 31 percent said B."
            if self.joined.is_some_and(|[verb, subject]| verb == up && first < subject) {
                return Stop::Found(Found {
                    score: 0.75,
                    rule: "time of the verb that governs the cue",
                    writing,
                });
            }
            if self.is_content(up) {
                break;
            }
            let says_where = page.token(at).pos == Pos::Adp
                && matches!(&*page.word(at).to_lowercase(), "in" | "at" | "during");
            if is_of_occasion && says_where && self.is_source(up) && !is_clause_passed {
                return Stop::Source;
            }
            let token = page.token(up);
            let lemma = page.lemma(up);
            let word = words::word(&lemma);
            let is_clause = matches!(token.dep, Dep::Acl | Dep::Advcl | Dep::Relcl | Dep::Pcomp);
            // "after his conviction last summer" is a day of its own
            if token.pos == Pos::Adp && is_bound(&page.word(up).to_lowercase()) && !timex.is_day() {
                break;
            }
            match token.pos {
                Pos::Adp | Pos::Adv | Pos::Part | Pos::Sconj => {}
                Pos::Verb | Pos::Aux if is_clause && word.is_publishing => {
                    is_published = true;
                    is_printed = matches!(&*lemma, "publish" | "print" | "release" | "post");
                }
                // "X, speaking on Tuesday,"; "He said, when they met on Tuesday,"; not "after they met in July"
                Pos::Verb | Pos::Aux
                    if is_clause
                        && word.is_appearing
                        && token.dep != Dep::Relcl
                        && (timex.is_day() || !is_after(page, up)) => {}
                // "as he shook hands on Sunday, Kell said"
                Pos::Verb if token.dep == Dep::Advcl && timex.is_day() && is_while(page, up) => {}
                Pos::Verb | Pos::Aux if matches!(token.dep, Dep::Acl | Dep::Relcl) => is_clause_passed = true,
                // an interview is given before it is printed
                Pos::Noun if is_printed && lemma == "interview" => break,
                Pos::Noun | Pos::Propn if is_published || tokens.contains(&up) => {
                    writing = writing.or(word.writing);
                    is_published = true;
                }
                Pos::Noun | Pos::Propn if word.is_occasion || word.writing.is_some() => {
                    writing = writing.or(word.writing);
                    // "a speech in Brezna, which votes on Saturday" is of no Saturday
                    is_clause_passed &= matches!(page.token(at).pos, Pos::Adp | Pos::Noun | Pos::Propn);
                    is_of_occasion = true;
                }
                // "in its March 8 media release"
                Pos::Noun | Pos::Propn if token.dep == Dep::Compound && at == first => {}
                // "the 2016 election" is of no saying
                Pos::Noun | Pos::Propn
                    if at != first
                        && !self.is_source(up)
                        && matches!(token.dep, Dep::Pobj | Dep::Dobj | Dep::Dative) => {}
                _ if tokens.contains(&up) => {}
                _ => break,
            }
            at = up;
        }
        stop(is_clause_passed)
    }

    /// "Moss, in its release of 8 March, said", "a protester at Monday's rally said".
    fn of_source_occasion(&self, tokens: Range<TokenId>, is_recent: bool) -> Option<Found> {
        const LONGEST_PHRASE: TokenId = 12;
        let page = self.page;
        let [start, _] = page.sentence(tokens.start);
        let before = start.max(tokens.start.saturating_sub(LONGEST_PHRASE))..tokens.start;
        let is_apart = before.clone().any(|at| page.word(at) == ",");
        let found = Found { score: 0.75, rule: "time of the speaker's occasion", writing: None };
        (is_apart || is_recent).then_some(found)
    }

    /// "on Monday said", "told the Herald in Linnow late on Monday": no verb stands between the two.
    fn along(&self, timex: &Timex, tokens: Range<TokenId>) -> Option<Found> {
        let is_recent = timex.is_recent();
        const WIDEST: usize = 16;
        const WIDEST_OVER_CONTENT: usize = 30;
        let page = self.page;
        let (first, last) = (*self.cue.first()?, *self.cue.last()?);
        let is_free = |at: TokenId| {
            !matches!(page.token(at).pos, Pos::Verb | Pos::Aux | Pos::Sconj)
                && !matches!(page.token(at).dep, Dep::Relcl | Dep::Acl | Dep::Mark)
        };
        let is_plain = |at: TokenId| !self.is_content(at) && is_free(at);
        let found = |score: f32, rule: &'static str| Some(Found { score, rule, writing: None });
        // "said Monday was": the day is a subject
        let day = head(page, tokens.clone());
        if tokens.clone().any(|at| page.is_subject(at))
            || is_of_thing(page, day)
            || !timex.is_day() && is_in_apposition(page, day)
        {
            return None;
        }
        if tokens.start > last {
            let between = last + 1..tokens.start;
            if between.len() <= WIDEST && between.clone().all(is_plain) {
                return found(0.8, "time behind the cue");
            }
            // "declined | to comment on the radar | yesterday", "rejected | the charge | at a hearing on Monday"
            let over = |at: TokenId| self.is_content(at) || is_free(at);
            let is_near = between.len() <= WIDEST_OVER_CONTENT && between.clone().all(over);
            let is_behind =
                self.one.content.iter().all(|span| span.end() <= page.token(tokens.start).span.start());
            let is_quoted = self.one.content.iter().any(|span| page.quotations.is_inside(span.start() + 1));
            return if is_near && is_behind && !is_quoted && is_recent {
                found(0.7, "time behind the content")
            } else {
                None
            };
        }
        if tokens.end <= first {
            let between = tokens.end..first;
            if between.len() > WIDEST || !between.clone().all(is_plain) {
                return None;
            }
            let is_small = |at: TokenId| {
                matches!(
                    page.token(at).pos,
                    Pos::Adp | Pos::Punct | Pos::Space | Pos::Adv | Pos::Det | Pos::Cconj
                )
            };
            let [start, _] = page.sentence(self.main);
            let opens = (start..tokens.start).all(is_small);
            // "Bush on Tuesday said"; not "Bunch, who fled last year, said"
            let before = (start..tokens.start).rev().find(|at| !is_small(*at));
            let is_of_source = tokens.clone().any(|at| self.is_source(at));
            let follows_source = before.is_some_and(|at| self.is_source(at)) && !is_of_source;
            let is_next = follows_source && between.len() <= 2 && between.clone().all(is_small);
            return if opens || is_next { found(0.8, "time before the cue") } else { None };
        }
        None
    }

    fn is_content(&self, at: TokenId) -> bool {
        let span = self.page.token(at).span;
        self.one.says(span)
    }

    fn is_source(&self, at: TokenId) -> bool {
        let span = self.page.token(at).span;
        self.one.names(span)
    }

    /// "declined | to comment on the radar yesterday"
    fn is_silence(&self) -> bool {
        const ANSWERING: [&str; 9] =
            ["comment", "say", "answer", "respond", "discuss", "elaborate", "speak", "reply", "explain"];
        let page = self.page;
        let content = self.one.content.iter().flat_map(|span| page.tokens_in(*span)).take(2);
        matches!(&*page.lemma(self.main), "decline" | "refuse")
            && content.into_iter().any(|at| ANSWERING.contains(&page.lemma(at).as_str()))
    }

    /// Whether the content says something of its own, as "that" clauses do.
    fn has_verb(&self) -> bool {
        const LONGEST_PHRASE: usize = 60;
        let page = self.page;
        let tokens = self.one.content.iter().flat_map(|span| page.tokens_in(*span));
        tokens.take(LONGEST_PHRASE).any(|at| matches!(page.token(at).pos, Pos::Verb | Pos::Aux))
    }
}

/// Whether a verb is one of speaking somewhere.
pub(super) fn is_appearing(page: &Page, verb: TokenId) -> bool {
    let lemma = page.lemma(verb);
    let word = words::word(&lemma);
    word.is_appearing || word.is_publishing
}

/// The sort of writing that a verb gives out: "issued a ruling on Monday".
pub(super) fn writing_of(page: &Page, verb: TokenId) -> Option<u32> {
    const FARTHEST_OBJECT: TokenId = 8;
    if !words::word(&page.lemma(verb)).is_publishing {
        return None;
    }
    let [_, end] = page.sentence(verb);
    let is_given = |at: &TokenId| page.is_child(*at, verb) && page.token(*at).dep == Dep::Dobj;
    let object = (verb + 1..end.min(verb + FARTHEST_OBJECT)).find(is_given)?;
    words::word(&page.lemma(object)).writing
}

/// The sort of writing whose date an expression is: "a study published on Monday", "filed a lawsuit on Monday", "Monday's ruling".
pub(super) fn dated_writing(page: &Page, tokens: Range<TokenId>) -> Option<u32> {
    let mut at = head(page, tokens);
    for _ in 0..STEPS {
        let up = page.token(at).head;
        let lemma = page.lemma(up);
        let word = words::word(&lemma);
        match page.token(up).pos {
            _ if up == at => return None,
            Pos::Noun if word.writing.is_some() => return word.writing,
            Pos::Verb if word.is_publishing && page.token(up).dep == Dep::Acl => {
                return words::word(&page.lemma(page.token(up).head)).writing;
            }
            Pos::Verb => return writing_of(page, up),
            Pos::Adp | Pos::Adv => at = up,
            _ => return None,
        }
    }
    None
}

/// Whether an expression is the time of a verb, directly or through the occasion: "gave an interview on Friday".
pub(super) fn reaches(page: &Page, tokens: Range<TokenId>, verb: TokenId) -> bool {
    let mut at = head(page, tokens);
    for _ in 0..STEPS {
        let up = page.token(at).head;
        if up == verb {
            return !page.is_subject(at);
        }
        let lemma = page.lemma(up);
        let word = words::word(&lemma);
        let is_passed = matches!(page.token(up).pos, Pos::Adp | Pos::Adv)
            || matches!(page.token(up).pos, Pos::Noun | Pos::Propn)
                && (word.is_occasion || word.writing.is_some() || page.token(up).dep == Dep::Pobj);
        if up == at || !is_passed {
            return false;
        }
        at = up;
    }
    false
}

/// Whether a day or year says which thing is meant: "his 2004 campaign". An occasion may be where somebody spoke.
fn is_of_thing(page: &Page, at: TokenId) -> bool {
    let up = page.token(at).head;
    let lemma = page.lemma(up);
    let word = words::word(&lemma);
    matches!(page.token(at).dep, Dep::Nummod | Dep::Poss | Dep::Amod)
        && matches!(page.token(up).pos, Pos::Noun | Pos::Propn)
        && !word.is_occasion
        && word.writing.is_none()
}

/// Whether a year says when somebody was what he is called: "said Orr, a candidate in 2012".
fn is_in_apposition(page: &Page, at: TokenId) -> bool {
    let mut now = at;
    for _ in 0..4 {
        if page.token(now).dep == Dep::Appos {
            return true;
        }
        now = page.token(now).head;
    }
    false
}

/// Whether a clause begins with a word of what was over before, or is still to come: "after", "before", "since".
fn is_after(page: &Page, verb: TokenId) -> bool {
    opener(page, verb).is_some_and(|word| is_bound(&word))
}

/// Whether a clause tells of the same time: "as", "while", "when".
fn is_while(page: &Page, verb: TokenId) -> bool {
    opener(page, verb).is_some_and(|word| matches!(&*word, "as" | "while" | "when"))
}

/// The word that a clause begins with.
fn opener(page: &Page, verb: TokenId) -> Option<String> {
    let [start, _] = page.sentence(verb);
    let near = start.max(verb.saturating_sub(8))..verb;
    // "shortly after it ruled", "when it ruled"
    let by = |dep: Dep| near.clone().find(|at| page.is_child(*at, verb) && page.token(*at).dep == dep);
    let mark = by(Dep::Mark).or_else(|| by(Dep::Advmod))?;
    Some(page.word(mark).to_lowercase())
}

fn is_bound(word: &str) -> bool {
    matches!(word, "after" | "before" | "since" | "until" | "following")
}

/// The word of an expression that the others hang on.
fn head(page: &Page, tokens: Range<TokenId>) -> TokenId {
    tokens.clone().find(|at| !tokens.contains(&page.token(*at).head)).unwrap_or(tokens.start)
}

/// What governs a word, prepositions left out.
fn above(page: &Page, at: TokenId) -> TokenId {
    let up = page.token(at).head;
    if page.token(up).pos == Pos::Adp { page.token(up).head } else { up }
}
