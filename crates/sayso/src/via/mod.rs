//! The way of a statement to this page: to whom, through which medium, on what occasion, in how many steps.
//!
//! In: attributions over syntax and quotations, with their speakers and acts. Out: one [`Route`] for each. What always holds: a
//! field that nothing in the text says is empty, and each that is filled has a reason, the words that say it.
//!
//! Words around a cue are read as signs (`signs`), which belong to an attribution by the tree (`frame`); what one statement
//! says of its occasion holds for those that follow on it (`scenes`).

mod carriers;
mod chain;
mod cues;
mod frame;
mod media;
mod names;
mod occasions;
mod openers;
mod people;
mod rulings;
mod scenes;
mod settings;
mod signs;
mod told;
mod transcripts;

use crate::act::Judgement;
use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::identity::{Identities, Page};
use crate::lexicon::Act;
use crate::quotations::Quotations;
use crate::syntax::{Syntax, TokenId};
use frame::{Frames, Owner};
use media::Media;
use people::People;
use sayso_model::Tag;
use scenes::Place;
use signs::{Says, Sign};
use std::collections::HashMap;

/// The way of one statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Who was told: a name, or the article's words without their article.
    pub addressee: Option<String>,
    /// The medium next to the speaker.
    pub outlet: Option<String>,
    /// The occasion, as a noun: interview, statement, news conference.
    pub setting: Option<String>,
    /// From the speaker to this page.
    pub chain: Vec<Step>,
    /// How sure each field is, 0 to 1, by the record's name for it.
    pub scores: Vec<(&'static str, f32)>,
    /// What decided.
    pub because: Vec<Reason>,
}

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who had the words.
    pub from: String,
    /// Who got them.
    pub to: String,
    /// How.
    pub how: How,
}

/// How a medium came by somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// "told the Herald"
    Told,
    /// "the Herald quoted her as saying"
    Quoted,
    /// "the Herald, citing her"
    Cited,
    /// "she said, the Herald reported"
    Reported,
    /// "in a study published in the Herald"
    Published,
    /// "said on the radio"
    Broadcast,
    /// "tweeted"
    Posted,
}

impl How {
    /// The record's word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Quoted => "quoted",
            Self::Cited => "cited",
            Self::Reported => "reported",
            Self::Published => "published",
            Self::Broadcast => "broadcast",
            Self::Posted => "posted",
        }
    }
}

/// Finds the way of each attribution.
#[must_use]
pub fn trace(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    attributions: &[Attribution],
    identities: &Identities,
    judgements: &[Judgement],
) -> Vec<Route> {
    let page = Page::new(article, syntax, quotations);
    let frames = Frames::new(&page, attributions);
    let media = Media::new(&frames, identities);
    let people = People::new(&frames, identities);
    let signs = signs::find(&frames, &media);
    let mut tracing = Tracing {
        frames: &frames,
        media: &media,
        people: &people,
        judgements,
        places: vec![Place::default(); attributions.len()],
        further: vec![None; attributions.len()],
        addressees: vec![None; attributions.len()],
    };
    tracing.read(&signs);
    tracing.turns();
    scenes::hold(&frames, &people, judgements, &signs, &mut tracing.places);
    rulings::hold(&frames, &people, judgements, &mut tracing.places);
    tracing.questions();
    tracing.within_media();
    tracing.continued();
    (0..attributions.len()).map(|at| tracing.route(at)).collect()
}

/// What is known so far, for each attribution.
struct Tracing<'a> {
    frames: &'a Frames<'a>,
    media: &'a Media<'a>,
    people: &'a People<'a>,
    judgements: &'a [Judgement],
    places: Vec<Place>,
    /// The medium behind the one next to the speaker: "published by one and quoted by another".
    further: Vec<Option<(String, How)>>,
    addressees: Vec<Option<(String, Reason)>>,
}

impl Tracing<'_> {
    /// The signs of each attribution's own telling.
    fn read(&mut self, signs: &[Sign]) {
        for sign in signs {
            let Owner::Attribution(at) = sign.owner else { continue };
            let reason = |field| Reason { field, rule: sign.rule, span: sign.span };
            match &sign.says {
                Says::Setting(id) => {
                    if self.places[at].setting.is_none() {
                        self.places[at].setting = Some((id, reason("setting")));
                        self.places[at].definite |= sign.definite && *id == "interview";
                    }
                }
                Says::Outlet(name, how) => {
                    let name = if name.is_empty() { self.medium_meant(sign) } else { Some(name.clone()) };
                    let Some(name) = name else { continue };
                    match &self.places[at].outlet {
                        None => self.places[at].outlet = Some((name, *how, reason("outlet"))),
                        Some((first, ..)) if *first != name && self.further[at].is_none() => {
                            self.further[at] = Some((name, *how));
                        }
                        Some(_) => {}
                    }
                }
                Says::Addressee(head) => {
                    if self.addressees[at].is_none() {
                        let meant = self.people.meant(*head, at);
                        self.addressees[at] = meant.map(|name| (name, reason("addressee")));
                    }
                }
            }
        }
        self.places.iter_mut().for_each(Place::name_platform);
    }

    /// "It cited the air force": the medium that the pronoun stands for.
    fn medium_meant(&self, sign: &Sign) -> Option<String> {
        let name = self.people.name_of(self.people.source(sign.at)?)?;
        self.media.is_name(name).then(|| name.to_owned())
    }

    /// Turns of a transcript.
    fn turns(&mut self) {
        for (at, found) in transcripts::settings(self.frames).into_iter().enumerate() {
            if let Some((id, span)) = found
                && self.places[at].is_empty()
            {
                let reason = Reason { field: "setting", rule: "introduces the transcript", span };
                self.places[at].setting = Some((id, reason));
            }
            if let Some((name, span)) = transcripts::addressee(self.frames, self.people, at)
                && self.addressees[at].is_none()
            {
                let reason = Reason { field: "addressee", rule: "called by name", span };
                self.addressees[at] = Some((name, reason));
            }
        }
    }

    /// "Asked whether ..., he said": the question went to whoever answers, where the answer was given.
    fn questions(&mut self) {
        for at in 0..self.frames.attributions.len() {
            let is_ask = self.judgements.get(at).is_some_and(|judgement| judgement.act == Act::Ask);
            let Some(verb) = self.frames.verb(at).filter(|_| is_ask && self.addressees[at].is_none()) else {
                continue;
            };
            let page = self.frames.page;
            let own = |subject: &TokenId| {
                let span = page.token(*subject).span;
                self.frames.attributions[at].says(span)
            };
            let one = &self.frames.attributions[at];
            let asked_by = one.source.first().is_some_and(|span| {
                let first = page.tokens_in(*span).start;
                first > 0 && page.word(first - 1) == "by"
            });
            // "Asked whether ..., he said": whoever it is that the rest of the sentence is about
            let participle = page.is_first(verb) && matches!(page.token(verb).tag, Tag::Vbn | Tag::Vbd);
            let alone = page.lemma(verb) == "ask"
                && (participle
                    || (one.source.is_empty() || asked_by)
                        && self.frames.subject(verb).is_none_or(|subject| own(&subject)));
            let next = self.answer(at, verb).filter(|_| alone);
            // "Asked whether it was closed, she paused."
            let main = || {
                let above = page.token(verb).head;
                let subject =
                    self.frames.subject(above).filter(|subject| alone && above != verb && !own(subject))?;
                self.people.meant(subject, at)
            };
            let answering = next.and_then(|next| self.people.speaker_name(next)).map(str::to_owned);
            let Some(name) = answering.or_else(main) else { continue };
            let span = page.token(verb).span;
            self.addressees[at] = Some((name, Reason { field: "addressee", rule: "who answers", span }));
            let Some(next) = next else { continue };
            if self.places[at].is_empty() && self.places[next].setting.is_some() {
                let mut place = self.places[next].clone();
                place.definite = false;
                self.places[at] = place;
            }
        }
    }

    /// The attribution in the same sentence that answers a question.
    fn answer(&self, question: usize, verb: TokenId) -> Option<usize> {
        let sentence = self.frames.page.token(verb).sentence;
        let after = question + 1..self.frames.attributions.len().min(question + 4);
        after.into_iter().find(|next| {
            let cue = self.frames.verb(*next);
            self.frames.attributions[*next].inside == self.frames.attributions[question].inside
                && cue.is_some_and(|cue| self.frames.page.token(cue).sentence == sentence && cue > verb)
        })
    }

    /// A quotation that goes on is told to the same people, and so is a letter that is quoted again.
    fn continued(&mut self) {
        for at in 0..self.frames.attributions.len() {
            let Some(before) = self.frames.attributions[at].continues.filter(|before| *before < at) else {
                continue;
            };
            if self.addressees[at].is_none() && !transcripts::is_turn(self.frames, at) {
                self.addressees[at] = self.addressees[before].clone();
            }
        }
        // "told reporters that it was fair, saying that it would not last"
        for at in 1..self.frames.attributions.len() {
            let page = self.frames.page;
            let told = self.frames.verb(at).filter(|verb| page.token(*verb).tag == Tag::Vbg);
            let before = told.filter(|verb| !self.frames.has_subject(*verb)).and_then(|verb| {
                let head = page.token(verb).head;
                let before = self.frames.cue_at(head).or_else(|| self.frames.level(head))?;
                let main = self.frames.verb(before)?;
                let is_same = page.token(main).sentence == page.token(verb).sentence;
                (before < at && is_same && page.lemma(main) == "tell").then_some(before)
            });
            if let Some(before) = before.filter(|_| self.addressees[at].is_none()) {
                self.addressees[at] = self.addressees[before].clone();
            }
        }
        let mut letters: HashMap<&'static str, (String, Reason)> = HashMap::new();
        for at in 0..self.frames.attributions.len() {
            let Some((id, reason)) = &self.places[at].setting else { continue };
            if !matches!(*id, "letter" | "email" | "memo" | "message") {
                continue;
            }
            match &self.addressees[at] {
                Some(addressee) => drop(letters.insert(id, addressee.clone())),
                None if reason.rule == "a document speaks" || self.is_known_writing(reason) => {
                    self.addressees[at] = letters.get(id).cloned();
                }
                None => {}
            }
        }
    }

    /// "in the letter": one that was spoken of.
    fn is_known_writing(&self, reason: &Reason) -> bool {
        let words = self.frames.page.article.text.slice(reason.span).to_lowercase();
        reason.rule == "occasion" && words.starts_with("in the ")
    }

    fn route(&self, at: usize) -> Route {
        let place = &self.places[at];
        let mut route = Route { chain: self.chain(at), ..Route::default() };
        // a medium that speaks itself has none
        let itself = |name: &str| self.people.speaker_name(at) == Some(name);
        if let Some((name, _, reason)) = place.outlet.as_ref().filter(|(name, ..)| !itself(name)) {
            route.outlet = Some(name.clone());
            route.scores.push(("outlet", score(reason)));
            route.because.push(reason.clone());
        }
        if let Some((id, reason)) = &place.setting {
            route.setting = Some((*id).to_owned());
            route.scores.push(("setting", score(reason)));
            route.because.push(reason.clone());
        }
        if let Some((name, reason)) = &self.addressees[at] {
            route.addressee = Some(name.clone());
            route.scores.push(("addressee", score(reason)));
            route.because.push(reason.clone());
        }
        if let (Some((.., reason)), false) = (&place.outlet, route.chain.is_empty()) {
            route.because.push(Reason { field: "chain", ..reason.clone() });
        }
        route
    }
}

/// How sure a rule is: a rough order, estimated and not fitted. What is said beside the cue is surer than what holds from before.
fn score(reason: &Reason) -> f32 {
    match reason.rule {
        "who was told" | "the verb says it" | "a document speaks" => 0.9,
        "the occasion goes on" => 0.75,
        "the interview is spoken of again" | "published there" | "the ruling goes on" | "a name is told" => {
            0.7
        }
        _ => 0.8,
    }
}
