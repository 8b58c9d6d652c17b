//! Phrases of the telling that say where, through what and to whom: "told the Herald", "in a letter to the court", "on the radio".

use super::How;
use super::frame::{Frames, Owner};
use super::media::Media;
use super::settings;
use crate::lexicon;
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::{Dep, Pos, Tag};

/// What a phrase says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Outlet(String, How),
    Setting(&'static str),
    /// The head of the phrase that names who was told.
    Addressee(TokenId),
}

/// A phrase with what it says and what it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub(super) at: TokenId,
    pub(super) says: Says,
    pub(super) rule: &'static str,
    pub(super) span: Span,
    pub(super) owner: Owner,
    /// "his interview": one that the article has spoken of.
    pub(super) definite: bool,
}

/// Every sign of an article, in the order of the text.
pub(super) fn find(frames: &Frames, media: &Media) -> Vec<Sign> {
    let mut found = Found { frames, media, signs: Vec::new() };
    for at in 0..frames.page.end() {
        found.preposition(at);
    }
    for at in 0..frames.page.end() {
        found.issued(at);
        found.parenthesis(at);
    }
    for attribution in 0..frames.attributions.len() {
        found.cue(attribution);
        found.source(attribution);
    }
    found.signs.sort_by_key(|sign| sign.at);
    found.signs
}

/// Signs so far. What carries words, who is told, and what cues say is in the modules of these names.
pub(super) struct Found<'a> {
    pub(super) frames: &'a Frames<'a>,
    pub(super) media: &'a Media<'a>,
    signs: Vec<Sign>,
}

impl Found<'_> {
    pub(super) fn put(&mut self, says: Says, rule: &'static str, [first, end]: [TokenId; 2], owner: Owner) {
        let page = self.frames.page;
        let definite = (first..end).any(|at| page.token(at).dep == Dep::Poss);
        let span = page.span(first, end);
        self.signs.push(Sign { at: first, says, rule, span, owner, definite });
    }

    /// "in a statement", "on Radio Lantern", "to the court"
    fn preposition(&mut self, at: TokenId) {
        let page = self.frames.page;
        let token = page.token(at);
        if !matches!(token.pos, Pos::Adp | Pos::Sconj | Pos::Part) || token.tag == Tag::To {
            return;
        }
        let Some(object) = self.frames.object(at) else { return };
        // "according to a report": the report is a source
        if self.is_according(at)
            || self.frames.source_at(object).is_some() && self.frames.source_at(at).is_none()
            || self.frames.level(object) != self.frames.level(at)
        {
            return;
        }
        let Some(owner) = self.frames.owner(at) else { return };
        if self.describes(at, owner) {
            return;
        }
        let word = page.word(at).to_lowercase();
        let phrase = [at, object + 1];
        if let Some(setting) = self.setting(&word, object, owner) {
            self.put(Says::Setting(setting), "occasion", phrase, owner);
        }
        if let Some((medium, how)) = self.outlet(&word, at, object) {
            self.put(Says::Outlet(medium.name, how), "medium", phrase, owner);
        } else if word == "to" && self.is_told(at, object) {
            self.put(Says::Addressee(object), "to whom", phrase, owner);
        }
    }

    /// "a lawyer at the station", "an expert on debates at rallies": says who the source is. A phrase between commas does not, nor
    /// does one of a document.
    fn describes(&self, at: TokenId, owner: Owner) -> bool {
        const HIGHEST: usize = 4;
        let page = self.frames.page;
        let within = matches!(owner, Owner::Attribution(one) if self.frames.source_at(at) == Some(one));
        let is_apart = at.checked_sub(1).is_some_and(|before| page.word(before) == ",");
        // "according to the mayor via Interfax"
        if !within || is_apart || page.word(at) == "via" {
            return false;
        }
        let mut now = at;
        for _ in 0..HIGHEST {
            now = page.token(now).head;
            // "findings published in Coastal Letters"
            let is_writing = page.words.noun(&page.lemma(now)) == Some(lexicon::NounClass::Document);
            if is_writing || settings::at(self.frames, now).is_some() || self.media.at(now).is_some() {
                return false;
            }
        }
        true
    }

    /// "according to", "by reports": the preposition attributes, and its object is the source.
    fn is_according(&self, at: TokenId) -> bool {
        let before = at.checked_sub(1).map(|at| self.frames.page.lemma(at)).unwrap_or_default();
        let attributes =
            |cue| self.frames.verb(cue) == Some(at) || matches!(&*before, "accord" | "according");
        self.frames.cue_at(at).is_some_and(attributes)
    }

    /// "gave an interview", "made a speech", "posted a threat": no cue, but what follows is said there.
    fn issued(&mut self, at: TokenId) {
        let page = self.frames.page;
        let token = page.token(at);
        // "He testified in his own defence, claiming"
        if token.pos == Pos::Verb
            && self.frames.cue_at(at).is_none()
            && let Some(setting) = lexicon::via().verb(&page.lemma(at))
            && self.frames.has_subject(at)
            && page.word(at + 1) != "out"
            && let Some(owner) = self.frames.owner(at)
            // not "suggested that they tweet a picture"
            && !matches!(owner, Owner::Attribution(one) if self.is_own(one, at))
        {
            self.put(Says::Setting(&setting.id), "an occasion is spoken of", [at, at + 1], owner);
        }
        let verb = token.head;
        if token.dep != Dep::Dobj
            || self.frames.cue_at(verb).is_some()
            || !(lexicon::via().lists.issuing.contains(&page.lemma(verb))
                || super::openers::is_publishing(&page.lemma(verb)))
        {
            return;
        }
        let Some(owner @ Owner::Verb(_)) = self.frames.owner(at) else { return };
        let setting = settings::at(self.frames, at).map(|setting| &*setting.id);
        // "The Courier published an interview with Dorn"
        if setting == Some("interview")
            && super::openers::is_publishing(&page.lemma(verb))
            && let Some(medium) = self.frames.subject(verb).and_then(|subject| self.media.at(subject))
        {
            let says = Says::Outlet(medium.name, How::Told);
            self.put(says, "an occasion is spoken of", [verb, at + 1], owner);
        }
        let posted = (page.lemma(verb) == "post").then_some("post");
        if let Some(setting) = posted.or(setting) {
            self.put(Says::Setting(setting), "an occasion is spoken of", [verb, at + 1], owner);
        }
    }

    fn setting(&self, word: &str, object: TokenId, owner: Owner) -> Option<&'static str> {
        let page = self.frames.page;
        let lemma = page.lemma(object);
        if matches!(word, "by" | "over" | "on")
            && let Some(setting) = lexicon::via().by(&lemma)
        {
            return Some(&setting.id);
        }
        // "at the outset of a debate"
        let is_part = matches!(&*lemma, "outset" | "start" | "beginning" | "end" | "opening" | "close");
        let whole = || {
            let of = Some(object + 1).filter(|at| page.word(*at) == "of" && page.is_child(*at, object))?;
            self.frames.object(of)
        };
        let object = if is_part { whole().unwrap_or(object) } else { object };
        let allowed = match word {
            "in" => true,
            "at" | "during" => settings::at(self.frames, object).is_some_and(|setting| setting.event),
            "on" => lemma == "call",
            // "went to a briefing": not where it was said
            _ => false,
        };
        let opens = matches!(owner, Owner::Attribution(_));
        let setting = settings::at(self.frames, object).filter(|_| allowed && (opens || word != "at"))?;
        // "in a recording broadcast by the station"
        let is_participle = setting.id == "broadcast"
            && object.checked_sub(1).is_some_and(|at| page.token(at).pos == Pos::Noun);
        if is_participle {
            return None;
        }
        // "in an audio message"
        let spoken = self.frames.page.left_edge(object)..object;
        let is_recording = setting.id == "message"
            && spoken.clone().any(|at| matches!(page.word(at), "audio" | "video" | "voice"));
        // "in a message posted on the forum"
        let posted = (object + 1..page.end().min(object + 4)).any(|at| page.word(at) == "posted");
        match (&*setting.id, is_recording, posted) {
            (_, true, _) => None,
            ("message", _, true) => Some("post"),
            (id, _, _) => Some(id),
        }
    }
}
