//! What was said of one statement holds for those that follow on the same occasion.
//!
//! A scene is an interview, a news conference, a letter, a thread of posts: a speaker with an outlet or a setting. It holds
//! while the same speaker goes on, in the same paragraph or the next one, and nothing says that the words were spoken elsewhere or at another time.

use super::How;
use super::frame::Frames;
use super::people::People;
use super::signs::Sign;
use crate::act::Judgement;
use crate::attribution::Reason;
use crate::ledger::Kind;
use crate::lexicon::Act;
use crate::syntax::TokenId;
use crate::text::Span;
use crate::time::study;
use sayso_model::{Dep, Pos};
use std::collections::{HashMap, HashSet};

/// Where and through what one statement was made.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) outlet: Option<(String, How, Reason)>,
    pub(super) setting: Option<(&'static str, Reason)>,
    /// "in his interview": the article comes back to it.
    pub(super) definite: bool,
    /// "had told", "said then": over before what is told now.
    pub(super) past: bool,
}

impl Place {
    pub(super) fn is_empty(&self) -> bool {
        self.outlet.is_none() && self.setting.is_none()
    }

    /// Takes over what the other has and this one has not.
    pub(super) fn complete(&mut self, other: &Self, rule: &'static str) {
        if self.outlet.is_none() {
            self.outlet =
                other.outlet.clone().map(|(name, how, reason)| (name, how, Reason { rule, ..reason }));
        }
        if self.setting.is_none() {
            self.setting = other.setting.clone().map(|(id, reason)| (id, Reason { rule, ..reason }));
        }
    }

    /// What is tweeted is on Twitter.
    pub(super) fn name_platform(&mut self) {
        if let (Some(("tweet", reason)), None) = (&self.setting, &self.outlet) {
            let reason = Reason { field: "outlet", ..reason.clone() };
            self.outlet = Some(("Twitter".to_owned(), How::Posted, reason));
        }
    }

    pub(super) fn published(&self) -> bool {
        matches!(self.outlet, Some((_, How::Published, _)))
    }
}

#[derive(Clone)]
pub(super) struct Scene {
    pub(super) speaker: Option<usize>,
    /// The words that name the speaker: two cues may share them.
    pub(super) source: Vec<Span>,
    /// The pronoun that does.
    pub(super) pronoun: Option<String>,
    pub(super) paragraph: usize,
    /// The sentence of the cue.
    pub(super) sentence: Option<u32>,
    pub(super) place: Place,
}

/// Speakers of whom an article can come back to an interview; more are somebody's joke.
const MOST_INTERVIEWS: usize = 100;

const HOLDS: &str = "the occasion goes on";

/// Lets places hold: one for each attribution, those found in its own telling already there.
pub(super) fn hold(
    frames: &Frames,
    people: &People,
    judgements: &[Judgement],
    signs: &[Sign],
    places: &mut [Place],
) {
    let holding = Holding { frames, people, judgements, paragraphs: paragraphs(frames) };
    let openers = holding.openers(signs);
    let own: Vec<Place> = places.to_vec();
    holding.forward(&openers, &own, places);
    holding.throughout(&own, places);
}

/// What scenes are found with.
pub(super) struct Holding<'a> {
    pub(super) frames: &'a Frames<'a>,
    pub(super) people: &'a People<'a>,
    judgements: &'a [Judgement],
    /// For each block how many paragraphs are before it.
    paragraphs: Vec<usize>,
}

impl Holding<'_> {
    fn forward(&self, openers: &[(TokenId, Scene)], own: &[Place], places: &mut [Place]) {
        let mut scene: Option<Scene> = None;
        let mut printed: HashMap<usize, Place> = HashMap::new();
        let mut last_printed: Option<Place> = None;
        let mut interviews: HashMap<usize, Place> = HashMap::new();
        let mut openers = openers.iter().peekable();
        for at in 0..self.frames.attributions.len() {
            let one = &self.frames.attributions[at];
            let Some(first) = self.first(at) else { continue };
            while let Some((_, opened)) = openers.next_if(|(before, _)| *before < first) {
                if opened.place.published() {
                    last_printed = Some(opened.place.clone());
                }
                scene = Some(opened.clone());
            }
            if one.inside.is_some() {
                continue;
            }
            if let Some(before) = one.continues.filter(|before| *before < at && own[at].is_empty()) {
                let place = places[before].clone();
                places[at].complete(&place, HOLDS);
                if let Some(scene) =
                    scene.as_mut().filter(|scene| scene.speaker == self.people.speaker(before))
                {
                    scene.paragraph = self.paragraph(first);
                }
                continue;
            }
            let paragraph = self.paragraph(first);
            places[at].past = self.is_past(at);
            let speaker = self.people.speaker(at);
            let pronoun = self.pronoun(&one.source);
            let near = |scene: &&Scene| {
                let here = scene.paragraph == paragraph;
                let it = here
                    && speaker.is_none()
                    && pronoun.as_deref() == Some("it")
                    && matches!(&scene.place.setting, Some((_, reason)) if reason.rule == "a document speaks");
                let same = it
                    || here && self.is_one_of(&one.source, scene)
                    || speaker.is_some() && scene.speaker == speaker
                    || one.source.iter().any(|span| scene.source.iter().any(|other| other.overlaps(*span)))
                    || (speaker.is_none() || scene.speaker.is_none())
                        && scene.paragraph == paragraph
                        && scene.pronoun.is_some()
                        && scene.pronoun == pronoun;
                same && scene.paragraph <= paragraph && paragraph <= scene.paragraph + 1
            };
            let sentence = self.sentence(at);
            let goes_on = scene.as_ref().filter(near).filter(|scene| {
                let again = sentence.is_some() && sentence == scene.sentence;
                self.fits(at, &own[at], &scene.place, again)
            });
            if let Some(scene) = goes_on {
                let place = scene.place.clone();
                places[at].complete(&place, HOLDS);
            }
            if let Some(place) = speaker.and_then(|speaker| printed.get(&speaker))
                && places[at].outlet.is_none()
                && self.judgements.get(at).is_some_and(|judgement| judgement.kind == Kind::Speech)
                && !own[at]
                    .setting
                    .as_ref()
                    .is_some_and(|(id, _)| !matches!(*id, "study" | "report" | "article"))
            {
                let outlet = Place { setting: None, ..place.clone() };
                places[at].complete(&outlet, "published there");
            }
            // "in the interview": the one that was spoken of
            if places[at].outlet.is_none()
                && let Some(place) = speaker.and_then(|speaker| interviews.get(&speaker))
                && self.is_known_interview(&own[at])
            {
                places[at].complete(place, "the interview is spoken of again");
            }
            // "according to the study", "the researchers found": the one that was published
            if let Some(place) = &last_printed
                && places[at].outlet.is_none()
                && self.speaks_for_study(at, &own[at])
            {
                let outlet = Place { setting: None, ..place.clone() };
                places[at].complete(&outlet, "published there");
            }
            if let Some(speaker) = speaker
                && places[at].outlet.is_some()
                && matches!(places[at].setting, Some(("interview", _)))
                && (interviews.len() < MOST_INTERVIEWS || interviews.contains_key(&speaker))
            {
                interviews.insert(speaker, places[at].clone());
            }
            if !places[at].is_empty() {
                if let Some(speaker) = speaker.filter(|_| places[at].published()) {
                    printed.insert(speaker, places[at].clone());
                    last_printed = Some(places[at].clone());
                }
                let (source, place) = (one.source.clone(), places[at].clone());
                let speaker = speaker.or_else(|| self.asked(at));
                scene = Some(Scene { speaker, source, pronoun, paragraph, sentence, place });
            } else if self.is_asking(at) {
                // “Would you go?” Hale asked: an interview goes on
                if let Some(scene) = scene.as_mut().filter(|scene| paragraph == scene.paragraph + 1) {
                    scene.paragraph = paragraph;
                }
            } else if scene.as_ref().is_none_or(|scene| {
                // of one who may be the same the occasion goes on
                let may_be = scene.speaker.is_some_and(|one| self.people.may_be(at, one));
                (scene.speaker != speaker || speaker.is_none()) && !may_be
            }) {
                scene = None;
            }
        }
    }

    /// Whether a statement with these words of its own can belong to a scene.
    fn fits(&self, at: usize, own: &Place, scene: &Place, same_sentence: bool) -> bool {
        let same_setting = match (&own.setting, &scene.setting) {
            (Some((a, _)), Some((b, _))) => a == b,
            (None, _) => true,
            (Some(_), None) => false,
        };
        let same_outlet = match (&own.outlet, &scene.outlet) {
            (Some((a, ..)), Some((b, ..))) => a == b,
            (None, _) => own.setting.is_some() || own.is_empty(),
            (Some(_), None) => false,
        };
        if !(same_setting && same_outlet) {
            return false;
        }
        if scene.past && !same_sentence {
            return false;
        }
        if !own.is_empty() {
            return true;
        }
        // "ruled", "tweeted" say it of their own words only
        let by_verb = |reason: &Reason| matches!(reason.rule, "the verb says it" | "a court finds");
        if !same_sentence && scene.setting.as_ref().is_some_and(|(_, reason)| by_verb(reason)) {
            return false;
        }
        // "the reports that", "their claim that": nobody speaks again
        let page = self.frames.page;
        let noun = |at: TokenId| page.token(at).pos == Pos::Noun && !page.word(at).ends_with("ing");
        let is_noun = self.frames.verb(at).is_some_and(noun);
        if is_noun {
            return false;
        }
        let Some(judgement) = self.judgements.get(at) else { return false };
        let written = scene.setting.as_ref().is_some_and(|(id, _)| {
            matches!(*id, "statement" | "letter" | "press release" | "post" | "email")
        });
        let other_act =
            judgement.act == Act::Retract || judgement.act == Act::Decline && written && !judgement.negated;
        judgement.kind == Kind::Speech && !other_act && (same_sentence || !self.is_elsewhere(at))
    }

    /// Whether a study speaks, or those behind it, with no occasion of its own.
    fn speaks_for_study(&self, at: usize, own: &Place) -> bool {
        let is_speech = self.judgements.get(at).is_some_and(|judgement| judgement.kind == Kind::Speech);
        match &own.setting {
            Some((id, reason)) => matches!(*id, "study" | "report") && reason.rule == "a document speaks",
            None => {
                is_speech
                    && self
                        .frames
                        .source_head(at)
                        .is_some_and(|(source, head)| study::speaks(self.frames.page, &source, head))
            }
        }
    }

    /// "in the interview", "during the same interview"
    fn is_known_interview(&self, own: &Place) -> bool {
        let Some(("interview", reason)) = &own.setting else { return false };
        let words = self.frames.page.article.text.slice(reason.span).to_lowercase();
        words.split_whitespace().any(|word| matches!(word, "the" | "same"))
    }

    /// The words of a source, if they are a pronoun.
    fn pronoun(&self, source: &[Span]) -> Option<String> {
        let tokens = self.frames.tokens(source);
        let [at] = tokens[..] else { return None };
        self.frames.page.pronoun(at).map(|_| self.frames.page.word(at).to_lowercase())
    }

    fn is_asking(&self, at: usize) -> bool {
        self.judgements.get(at).is_some_and(|judgement| judgement.act == Act::Ask)
    }

    /// An interview that the article comes back to holds for all that its speaker says after its first mention, and right before.
    fn throughout(&self, own: &[Place], places: &mut [Place]) {
        let outside: Vec<usize> =
            (0..own.len()).filter(|other| self.frames.attributions[*other].inside.is_none()).collect();
        let mut done: HashSet<usize> = HashSet::new();
        for at in 0..own.len() {
            let Some(speaker) = self.people.speaker(at).filter(|_| own[at].definite) else { continue };
            let Some((outlet, ..)) = &own[at].outlet else { continue };
            if done.len() >= MOST_INTERVIEWS || !done.insert(speaker) {
                continue;
            }
            let is_its = |other: &Place| other.outlet.as_ref().is_some_and(|(name, ..)| name == outlet);
            let mine = |other: &usize| {
                self.people.speaker(*other) == Some(speaker)
                    && self.frames.attributions[*other].inside.is_none()
            };
            let begins = (0..=at).find(|other| mine(other) && is_its(&own[*other])).unwrap_or(at);
            let before =
                outside.iter().rev().skip_while(|other| **other >= begins).take_while(|other| mine(other));
            let reach: Vec<usize> = before.copied().chain((begins..own.len()).filter(mine)).collect();
            let mut known = if begins == at { own[at].clone() } else { own[begins].clone() };
            for other in reach {
                if own[other].is_empty() && places[other].outlet.is_none() {
                    if other > at {
                        known = own[at].clone();
                    }
                    places[other].complete(&known, "the interview is spoken of again");
                }
            }
        }
    }

    /// Who is asked, where nobody is named who asks: "In the interview Dorn was asked".
    fn asked(&self, at: usize) -> Option<usize> {
        let verb = self.frames.verb(at).filter(|_| self.is_asking(at))?;
        let subject = self.frames.subject(verb)?;
        (self.frames.page.token(subject).dep == Dep::Nsubjpass).then(|| self.people.source(subject))?
    }

    fn first(&self, at: usize) -> Option<TokenId> {
        let one = &self.frames.attributions[at];
        // "Hale went on the radio, saying": the source may stand before what opens the scene
        let start = one.content.iter().chain(&one.cue).map(|span: &Span| span.start()).min()?;
        let tokens = &self.frames.page.syntax.tokens;
        let first = tokens.partition_point(|token| token.span.end() <= start);
        (first < tokens.len()).then_some(first as TokenId)
    }

    pub(super) fn paragraph(&self, at: TokenId) -> usize {
        self.paragraphs.get(self.frames.page.token(at).block as usize).copied().unwrap_or(0)
    }
}

fn paragraphs(frames: &Frames) -> Vec<usize> {
    let mut count = 0;
    let blocks = frames.page.article.blocks.iter();
    blocks
        .map(|block| {
            count += usize::from(block.is_read());
            count
        })
        .collect()
}
