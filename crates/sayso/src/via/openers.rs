//! What opens a scene without attributing anything: “went on Radio Meridian”, “gave an interview to the Herald”.

use super::frame::Owner;
use super::scenes::{Holding, Place, Scene};
use super::signs::{Says, Sign};
use crate::attribution::Reason;
use crate::syntax::TokenId;
use crate::time::study;
use sayso_model::Dep;

impl Holding<'_> {
    /// "went on Radio Meridian", "gave an interview to the Herald": what follows is said there.
    pub(super) fn openers(&self, signs: &[Sign]) -> Vec<(TokenId, Scene)> {
        let page = self.frames.page;
        let mut openers: Vec<(TokenId, Scene)> = Vec::new();
        for sign in signs {
            let Owner::Verb(verb) = sign.owner else { continue };
            let Some(subject) = self.frames.subject(verb).filter(|_| self.frames.level(verb).is_none())
            else {
                continue;
            };
            // "The Courier published an interview with Dorn"
            let subject = self.interviewed(verb, &sign.says).unwrap_or(subject);
            let speaker = self.people.source(subject);
            let pronoun = page.pronoun(subject).map(|_| page.word(subject).to_lowercase());
            let reason = |field| Reason { field, rule: sign.rule, span: sign.span };
            let mut place = Place::default();
            match &sign.says {
                Says::Outlet(name, how) => place.outlet = Some((name.clone(), *how, reason("outlet"))),
                Says::Setting(id) => place.setting = Some((id, reason("setting"))),
                Says::Addressee(_) => continue,
            }
            // photographs in a paper are no words
            if place.published() && !self.is_of_study(verb)
                || !place.published() && speaker.is_none() && pronoun.is_none()
            {
                continue;
            }
            let paragraph = self.paragraph(sign.at);
            let sentence = Some(page.token(sign.at).sentence);
            match openers
                .last_mut()
                .filter(|(_, scene)| scene.speaker == speaker && scene.paragraph == paragraph)
            {
                Some((_, scene)) => scene.place.complete(&place, sign.rule),
                None => openers.push((
                    sign.at,
                    Scene { speaker, source: Vec::new(), pronoun, paragraph, sentence, place },
                )),
            }
        }
        for (_, scene) in &mut openers {
            scene.place.name_platform();
        }
        openers
    }

    /// Whether what somebody publishes, or what is published, is a study: "published their findings in Coastal Letters".
    fn is_of_study(&self, verb: TokenId) -> bool {
        let page = self.frames.page;
        let [start, end] = page.sentence(verb);
        let near = start.max(verb.saturating_sub(20))..end.min(verb + 10);
        let is_it = |at: &TokenId| {
            page.is_child(*at, verb)
                && matches!(page.token(*at).dep, Dep::Dobj | Dep::Nsubjpass | Dep::Nsubj)
                && study::is_study(&page.lemma(*at))
        };
        near.into_iter().any(|at| is_it(&at))
    }

    /// With whom an interview is that somebody publishes.
    fn interviewed(&self, verb: TokenId, says: &Says) -> Option<TokenId> {
        let page = self.frames.page;
        if !matches!(says, Says::Setting("interview") | Says::Outlet(..)) || !is_publishing(&page.lemma(verb))
        {
            return None;
        }
        let [_, end] = page.sentence(verb);
        let noun = (verb + 1..end.min(verb + 8)).find(|at| {
            page.token(*at).dep == Dep::Dobj && page.is_child(*at, verb) && page.lemma(*at) == "interview"
        })?;
        let with = (noun + 1..end.min(noun + 4)).find(|at| page.word(*at) == "with")?;
        self.frames.object(with)
    }
}

/// Verbs of a medium that brings an interview.
pub(super) fn is_publishing(lemma: &str) -> bool {
    matches!(lemma, "publish" | "air" | "broadcast" | "run" | "print" | "carry" | "release" | "post")
}
