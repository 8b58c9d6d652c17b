//! A ruling goes on in what its court writes and finds.

use super::frame::Frames;
use super::people::People;
use super::scenes::Place;
use crate::act::Judgement;
use crate::ledger::Kind;
use sayso_model::Pos;
use std::collections::HashMap;

/// What rulings do once they were spoken of: "The judge rejected the argument."
const RULING: [&str; 9] =
    ["write", "reject", "dismiss", "find", "hold", "conclude", "note", "overturn", "uphold"];

/// Lets a ruling hold for what its court finds further on.
pub(super) fn hold(frames: &Frames, people: &People, judgements: &[Judgement], places: &mut [Place]) {
    let mut rulings: HashMap<usize, Place> = HashMap::new();
    for (at, place) in places.iter_mut().enumerate() {
        let one = &frames.attributions[at];
        let Some(speaker) = people.speaker(at).filter(|_| one.inside.is_none()) else { continue };
        if matches!(&place.setting, Some(("ruling", _))) {
            rulings.entry(speaker).or_insert_with(|| place.clone());
            continue;
        }
        let is_speech = judgements.get(at).is_some_and(|judgement| judgement.kind == Kind::Speech);
        let Some(verb) = frames.verb(at).filter(|_| is_speech && place.is_empty()) else { continue };
        let lemma = frames.page.lemma(verb);
        if frames.page.token(verb).pos != Pos::Verb || !is_court(frames, people, speaker) {
            continue;
        }
        if let Some(ruling) = rulings.get(&speaker).filter(|_| RULING.contains(&lemma.as_str())) {
            place.complete(ruling, "the ruling goes on");
        }
    }
}

/// Whether somebody is a judge or a court, by function or name.
fn is_court(frames: &Frames, people: &People, speaker: usize) -> bool {
    let Some(identity) = people.identities.sources.get(speaker) else { return false };
    let roles = identity.roles.iter().map(|role| frames.page.article.text.slice(*role));
    roles.chain(identity.names.iter().map(String::as_str)).any(|words| {
        let last = words.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        // "Chief Justice", "the Supreme Court", "judge of the county"
        let first = words.split(" of ").next().and_then(|words| words.split_whitespace().next_back());
        [last.as_str(), &first.unwrap_or_default().to_lowercase()]
            .iter()
            .any(|word| matches!(*word, "judge" | "justice" | "court" | "tribunal"))
    })
}
