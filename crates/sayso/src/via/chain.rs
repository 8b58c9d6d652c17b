//! The steps from a speaker to this page.

use super::{How, Step, Tracing};

impl Tracing<'_> {
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
