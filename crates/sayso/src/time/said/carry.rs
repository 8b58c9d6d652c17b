//! A day that holds on: what the same speaker says next on the same occasion, what a dated writing goes on to say, the turns of a dated hearing, and
//! what is said in a dated scene.

use super::governing::{Governed, Reading, cue_tokens};
use super::study;
use super::tense::{Tense, tense};
use super::{Dating, Frame, days_of};
use crate::act::main_word;
use crate::attribution::Attribution;
use crate::identity::{Identities, Page};
use crate::syntax::TokenId;
use crate::time::days::Grain;
use crate::time::words;
use sayso_model::{Pos, Tag};

/// How many paragraphs further a speaker's day holds.
const PARAGRAPHS: u32 = 1;
/// How many statements are looked back over.
const FARTHEST: usize = 200;

/// What is asked of the layers.
pub(super) struct Occasions<'a, 't> {
    pub(super) page: &'a Page<'a>,
    pub(super) attributions: &'a [Attribution],
    pub(super) identities: &'a Identities,
    /// Writings that the narrator dates.
    pub(super) writings: Vec<(TokenId, Governed<'t>)>,
}

impl<'t> Occasions<'_, 't> {
    /// The day of an attribution without words of its own for it.
    pub(super) fn day(
        &self,
        at: usize,
        datings: &[Option<Dating<'t>>],
        reading: &Reading<'t>,
        frame: Frame,
    ) -> Option<Dating<'t>> {
        let one = self.attributions.get(at)?;
        if one.inside.is_some() {
            return None;
        }
        if is_turn(one) {
            return self.of_hearing(at, datings);
        }
        self.of_writing(at, one, datings)
            .or_else(|| self.of_narrated_writing(one, frame))
            .or_else(|| self.of_speaker(at, one, datings))
            .or_else(|| self.of_scene(at, one, reading, frame))
            .filter(|dating| dating.days.is_some())
    }

    /// The same speaker's statement before, if nobody else spoke between.
    fn of_speaker(&self, at: usize, one: &Attribution, datings: &[Option<Dating<'t>>]) -> Option<Dating<'t>> {
        if !is_told_then(self.page, one) {
            return None;
        }
        let mut here = self.block(one)?;
        let asked = is_asked(self.page, one);
        for before in (at.saturating_sub(FARTHEST)..at).rev() {
            let other = self.attributions.get(before)?;
            let block = self.block(other)?;
            let gap = here.checked_sub(block)?;
            if gap > PARAGRAPHS {
                return None;
            }
            // “Would you go?” Hale asked: an interview goes on
            if !self.is_same_speaker(at, before) && is_put(self.page, other) && datings.get(before)?.is_none()
            {
                here = block;
                continue;
            }
            // a question put to the speaker does not end the occasion
            let is_question = is_asked(self.page, other) && gap == 0;
            if other.inside.is_some() || is_question && datings.get(before)?.is_none() {
                continue;
            }
            if !(self.is_same_speaker(at, before) || is_question || asked && gap == 0) {
                return None;
            }
            if let Some(dating) = datings.get(before)? {
                // what an author tells a paper was not in the study
                let is_same_writing =
                    dating.writing.is_none() || !is_told_elsewhere(self.page, one) && !self.is_writing(one);
                return is_same_writing.then_some(Dating {
                    score: 0.75,
                    rule: "same speaker goes on",
                    ..*dating
                });
            }
        }
        None
    }

    /// Whether a document is the source: "according to its reports".
    fn is_writing(&self, one: &Attribution) -> bool {
        let (_, head) = self.source(one);
        head.is_some_and(|head| words::word(&self.page.lemma(head)).writing.is_some())
    }

    /// The words of a source, and the one that the others hang on.
    fn source(&self, one: &Attribution) -> (Vec<TokenId>, Option<TokenId>) {
        /// In tokens.
        const LONGEST_SOURCE: usize = 40;
        let page = self.page;
        let tokens = one.source.iter().flat_map(|span| page.tokens_in(*span));
        let tokens: Vec<TokenId> = tokens.take(LONGEST_SOURCE).collect();
        let head = tokens.iter().copied().find(|at| !tokens.contains(&page.token(*at).head));
        (tokens, head)
    }

    fn is_same_speaker(&self, at: usize, before: usize) -> bool {
        let source = |at: usize| self.identities.speakers.get(at).and_then(|speaker| speaker.source);
        let goes_on = self.attributions.get(at).is_some_and(|one| one.continues == Some(before));
        goes_on || source(at).is_some() && source(at) == source(before)
    }

    /// "The statement went on to say", "The researchers also found": what a dated writing says, wherever.
    fn of_writing(&self, at: usize, one: &Attribution, datings: &[Option<Dating<'t>>]) -> Option<Dating<'t>> {
        let page = self.page;
        let (tokens, head) = self.source(one);
        let lemma = head.map(|head| page.lemma(head)).unwrap_or_default();
        let sort = words::word(&lemma).writing;
        let is_named = tokens.iter().any(|at| page.token(*at).pos == Pos::Propn);
        let opens = |words: &[&str]| study::opens(page, &tokens, words);
        let is_scholar = study::is_behind(page, &tokens, head);
        let is_it = head.is_some_and(|at| page.word(at).eq_ignore_ascii_case("it"));
        let cue = cue_tokens(page, one);
        if matches!(tense(page, &cue), Tense::Ahead | Tense::Standing) {
            return None;
        }
        let is_elsewhere = is_told_elsewhere(page, one);
        // "its FEC reports", "a survey": another one
        let is_other = is_named || opens(&["a", "an", "another", "one", "some", "other"]);
        let are_several = head.is_some_and(|head| study::are_several(page, head));
        let is_share = tokens.iter().take(3).any(|at| page.is_quantity(*at)) && !is_named;
        for before in (at.saturating_sub(FARTHEST)..at).rev() {
            let Some(dating) = datings.get(before)?.filter(|dating| dating.writing.is_some()) else {
                continue;
            };
            let is_same = self.is_same_speaker(at, before);
            let is_study = dating.writing == Some(study::STUDY);
            let speaks = match sort {
                Some(sort) => dating.writing == Some(sort) && !are_several && (is_same || !is_other),
                // "52 percent", "half of those asked"
                None if is_share => {
                    matches!(dating.writing, Some(study::STUDY | study::POLL)) && self.is_near(at, before)
                }
                None if is_elsewhere => false,
                None => {
                    let writes = main_word(page, &cue).is_some_and(|main| page.lemma(main) == "write");
                    is_same && (is_it || is_study || writes || is_told_then(self.page, one))
                        || is_study && is_scholar
                }
            };
            if speaks {
                return Some(Dating { score: 0.75, rule: "what the same writing says", ..dating });
            }
            if sort.is_none() && !is_study {
                return None;
            }
        }
        None
    }

    /// "The union filed a lawsuit on Monday. The lawsuit claims": the only one of its sort that the article dates before.
    fn of_narrated_writing(&self, one: &Attribution, frame: Frame) -> Option<Dating<'t>> {
        let page = self.page;
        let (tokens, head) = self.source(one);
        let head = head?;
        let sort = words::word(&page.lemma(head)).writing?;
        let is_known =
            tokens.iter().any(|at| matches!(&*page.word(*at).to_lowercase(), "the" | "this" | "its"));
        if !is_known || study::are_several(page, head) {
            return None;
        }
        let mut before = self.writings.iter().filter(|(at, dated)| *at < head && dated.writing == Some(sort));
        let (_, dated) = before.next()?;
        if before.any(|(_, other)| other.timex.value != dated.timex.value) {
            return None;
        }
        let Governed { timex, score, rule, writing } = *dated;
        Some(Dating { timex, days: days_of(timex, frame), score, rule, writing })
    }

    /// The turns of a hearing: words that lead to its record, after statements that are all of one day.
    fn of_hearing(&self, at: usize, datings: &[Option<Dating<'t>>]) -> Option<Dating<'t>> {
        /// Turns that may be undated or nested between two others.
        const LOOK_BACK: usize = 12;
        let is_turn = |at: usize| self.attributions.get(at).is_some_and(is_turn);
        let before = at.saturating_sub(LOOK_BACK)..at;
        let dated = before
            .clone()
            .rev()
            .find_map(|turn| (*datings.get(turn)?).filter(|dating| dating.rule == HEARING));
        if dated.is_some() || before.rev().any(is_turn) {
            return dated;
        }
        let first = self.block(self.attributions.get(at)?)?.checked_sub(1)?;
        let lead = self.page.article.text.slice(self.page.article.blocks.get(first as usize)?.span);
        let mut words = lead.split(|c: char| !c.is_alphabetic());
        if !words.any(|word| matches!(word, "record" | "transcript" | "excerpts" | "hearing" | "session")) {
            return None;
        }
        let told =
            (0..at).filter(|before| self.attributions.get(*before).is_some_and(|one| one.inside.is_none()));
        let mut told = told.filter_map(|before| *datings.get(before)?);
        let one = told.next().filter(|dating| dating.days.is_some())?;
        told.all(|other| other.days == one.days).then_some(Dating { score: 0.6, rule: HEARING, ..one })
    }

    /// "He gave an interview on Friday morning. “...,” he told the presenter": the sentence before, in the same paragraph.
    fn of_scene(
        &self,
        at: usize,
        one: &Attribution,
        reading: &Reading<'t>,
        frame: Frame,
    ) -> Option<Dating<'t>> {
        let page = self.page;
        if one.cue.is_empty() || !is_told_then(page, one) {
            return None;
        }
        let speaker = self.identities.speakers.get(at).and_then(|speaker| speaker.source);
        let identity = speaker.and_then(|speaker| self.identities.sources.get(speaker));
        let mentions = identity.map_or(&[][..], |identity| &identity.mentions);
        let source = one.source.last().map(|span| page.article.text.slice(*span).to_lowercase());
        let pronoun = source.filter(|source| matches!(source.as_str(), "he" | "she" | "they"));
        let is_speaker = |token: TokenId| {
            let span = page.token(token).span;
            let before = mentions.partition_point(|mention| mention.start() <= span.start());
            let mention = before.checked_sub(1).and_then(|before| mentions.get(before));
            mention.is_some_and(|mention| mention.contains(span))
                || pronoun.as_deref() == Some(&page.word(token).to_lowercase())
        };
        let sentence = self.sentence_before(one)?;
        let Governed { timex, score, rule, writing } = reading.scene(sentence, is_speaker)?;
        let days = days_of(timex, frame).filter(|days| days.grain == Grain::Day);
        Some(Dating { timex, days, score, rule, writing })
    }

    /// The sentence before the cue's and before what was said, in the same paragraph.
    fn sentence_before(&self, one: &Attribution) -> Option<[TokenId; 2]> {
        /// Sentences of a quotation before its cue.
        const LONGEST_QUOTATION: usize = 8;
        let syntax = self.page.syntax;
        let cue = syntax.tokens.get(self.page.tokens_in(*one.cue.first()?).next()? as usize)?;
        let before = (0..cue.sentence as usize).rev().take(LONGEST_QUOTATION);
        let sentences = before.filter_map(|sentence| syntax.sentences.get(sentence).copied());
        let is_said = |[first, end]: &[TokenId; 2]| {
            let root = (*first..*end).take(80).find(|at| self.page.token(*at).head == *at).unwrap_or(*first);
            one.says(self.page.token(root).span)
        };
        let found = sentences.into_iter().find(|sentence| !is_said(sentence))?;
        (syntax.tokens.get(found[0] as usize)?.block == cue.block).then_some(found)
    }

    fn is_near(&self, at: usize, before: usize) -> bool {
        let block = |at: usize| self.attributions.get(at).and_then(|one| self.block(one));
        block(at).zip(block(before)).is_some_and(|(here, there)| here.abs_diff(there) <= PARAGRAPHS)
    }

    fn block(&self, one: &Attribution) -> Option<u32> {
        let span = one.cue.first().or(one.content.first())?;
        let token = self.page.tokens_in(*span).next()?;
        self.page.syntax.tokens.get(token as usize).map(|token| token.block)
    }
}

/// "told Radio Sund", "tweeted": not in a writing that was published before.
fn is_told_elsewhere(page: &Page, one: &Attribution) -> bool {
    let cue = cue_tokens(page, one);
    main_word(page, &cue).is_some_and(|main| matches!(&*page.lemma(main), "tell" | "tweet" | "email"))
}

const HEARING: &str = "turn of a dated hearing";

fn is_turn(one: &Attribution) -> bool {
    one.because.iter().any(|reason| matches!(reason.rule, "turn" | "turn goes on"))
}

/// "Asked whether", with nobody named who asks.
fn is_asked(page: &Page, one: &Attribution) -> bool {
    let cue = cue_tokens(page, one);
    one.source.is_empty()
        && main_word(page, &cue).is_some_and(|main| {
            page.token(main).tag == Tag::Vbn && matches!(&*page.lemma(main), "ask" | "question" | "press")
        })
}

/// Whether somebody asks a question.
fn is_put(page: &Page, one: &Attribution) -> bool {
    let cue = cue_tokens(page, one);
    main_word(page, &cue).is_some_and(|main| page.lemma(main) == "ask" && page.token(main).tag == Tag::Vbd)
}

/// Whether a cue tells of one past occasion: "he added", no cue, "adding"; not "believes", "has said", "had said".
fn is_told_then(page: &Page, one: &Attribution) -> bool {
    tense(page, &cue_tokens(page, one)) == Tense::Past
}
