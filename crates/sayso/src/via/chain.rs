//! The steps from a speaker to this page, and what comes through a medium that speaks itself.

use super::{How, Step, Tracing, carriers, settings};
use crate::attribution::Reason;
use crate::syntax::TokenId;
use crate::text::Span;

impl Tracing<'_> {
    /// What a medium reports that others say came through it.
    pub(super) fn within_media(&mut self) {
        for at in 0..self.frames.attributions.len() {
            let Some(outer) =
                self.frames.attributions[at].inside.filter(|_| self.places[at].outlet.is_none())
            else {
                continue;
            };
            let Some((name, span)) = self.medium_speaking(outer) else { continue };
            // a broadcaster's statement about itself is no report
            let is_statement = |(id, _): &(&str, Reason)| matches!(*id, "statement" | "press release");
            if self.places[outer].setting.as_ref().is_some_and(is_statement) {
                continue;
            }
            let lemma = self.frames.verb(outer).map(|verb| self.frames.page.lemma(verb)).unwrap_or_default();
            let how = match &*lemma {
                "quote" => How::Quoted,
                "cite" => How::Cited,
                _ => How::Reported,
            };
            let reason = Reason { field: "outlet", rule: "inside a medium's report", span };
            if let Some((id, _)) = &self.places[outer].setting
                && self.places[at].setting.is_none()
                && *id == "report"
            {
                self.places[at].setting = Some((id, Reason { field: "setting", ..reason.clone() }));
            }
            self.places[at].outlet = Some((name, how, reason));
        }
    }

    /// The medium that an attribution has as its source.
    pub(super) fn medium_speaking(&self, at: usize) -> Option<(String, Span)> {
        let one = self.frames.attributions.get(at)?;
        let tokens = self.frames.tokens(&one.source);
        let (first, last) = (tokens.first().copied()?, tokens.last().copied()?);
        let page = self.frames.page;
        let outside = |at: &&TokenId| {
            let head = page.token(**at).head;
            !(first..=last).contains(&head) || head == **at
        };
        let head = tokens.iter().find(outside).copied()?;
        let span = *one.source.first()?;
        // "according to the Sund.com report", "a report from the broadcaster"
        if settings::at(self.frames, head).is_some() {
            let named = carriers::reported_by(self.frames, self.media, head)?;
            return Some((named.name, span));
        }
        let named = self.media.at(head).map(|medium| medium.name);
        let by_name =
            || self.people.speaker_name(at).filter(|name| self.media.is_name(name)).map(str::to_owned);
        named.or_else(by_name).map(|name| (name, span))
    }
    /// The steps from the speaker through the outlet to the medium that had it from there.
    pub(super) fn chain(&self, at: usize) -> Vec<Step> {
        const MOST: usize = 4;
        let (Some((outlet, how, _)), Some(speaker)) = (&self.places[at].outlet, self.people.speaker_name(at))
        else {
            return Vec::new();
        };
        if outlet == speaker {
            return Vec::new();
        }
        let mut steps = vec![Step { from: speaker.to_owned(), to: outlet.clone(), how: *how }];
        if let Some((name, how)) = &self.further[at] {
            steps.push(Step { from: outlet.clone(), to: name.clone(), how: *how });
            return steps;
        }
        while steps.len() < MOST
            && let Some(last) = steps.last().map(|step| step.to.clone())
            && let Some((name, how)) = self.onward(at, &last)
            && steps.iter().all(|step| step.to != name && step.from != name)
        {
            steps.push(Step { from: last, to: name, how });
        }
        steps
    }

    /// Through which medium another one's report came, by a statement around this one or in its sentence.
    fn onward(&self, at: usize, medium: &str) -> Option<(String, How)> {
        const AROUND: usize = 4;
        let near = at.saturating_sub(AROUND)..self.frames.attributions.len().min(at + AROUND);
        let sentence = |at: usize| self.frames.verb(at).map(|verb| self.frames.page.token(verb).sentence);
        near.into_iter().filter(|other| *other != at && sentence(*other) == sentence(at)).find_map(|other| {
            let (name, _) = self.medium_speaking(other)?;
            let (outlet, how, _) = self.places[other].outlet.as_ref()?;
            (name == medium && outlet != medium).then(|| (outlet.clone(), *how))
        })
    }
}
