//! Who may be the target: noun phrases behind the cue and in the content, and who speaks before and after, with signs that they are.

use super::{Reading, Seen, Target};
use crate::lexicon::{self, Act, NounClass, PronounKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody or something that an act may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it would be.
    pub target: Target,
    /// What speaks for or against it, whatever the act.
    pub signs: BTreeSet<String>,
}

/// A sign of whoever is said to feel something.
const FEELS: &str = "feels";
/// A sign of whoever a deed is done to: “the attack on *Hale*”.
const SUFFERS: &str = "suffers";
/// Such deeds: whose they are stands behind “of”.
const DEEDS_OF: [&str; 8] = ["attack", "assault", "raid", "threat", "attempt", "strike", "violence", "crime"];
/// Those where whoever suffers them does.
const DEEDS_TO: [&str; 14] = [
    "assassination",
    "killing",
    "murder",
    "bombing",
    "shooting",
    "massacre",
    "airstrike",
    "kidnapping",
    "abduction",
    "torture",
    "persecution",
    "poisoning",
    "genocide",
    "invasion",
];
/// How many noun phrases are looked at.
const MOST: usize = 40;
/// How many words of a content.
const LONGEST: usize = 100;
/// How far before the attribution somebody may be named.
const BEFORE: TokenId = 40;
/// How many of those who are named there are looked at, the nearest first.
const MOST_BEFORE: usize = 12;

impl Candidate {
    /// Whether it can be whom an act is about: nobody is blamed for what he feels or for what is done to him.
    pub(super) fn is_fit(&self, act: Act) -> bool {
        let is_blamed = matches!(act, Act::Accuse | Act::Condemn);
        !(is_blamed && (self.signs.contains(FEELS) || self.signs.contains(SUFFERS)))
    }
}

/// Signs by the head of a phrase, and the first construction that gave it.
#[derive(Default)]
pub(super) struct Found {
    signs: BTreeMap<TokenId, (Option<&'static str>, BTreeSet<String>)>,
}

impl Found {
    /// Notes that a construction points at a phrase.
    pub(super) fn by(&mut self, head: TokenId, rule: &'static str) {
        let (first, signs) = self.signs.entry(head).or_default();
        first.get_or_insert(rule);
        signs.insert(rule.to_owned());
    }

    fn sign(&mut self, head: TokenId, sign: String) {
        self.signs.entry(head).or_default().1.insert(sign);
    }
}

impl Reading<'_> {
    /// Everybody and everything that an act of this attribution can be about, in the order of the text.
    pub(in crate::act) fn candidates(&self, seen: &Seen) -> Vec<Candidate> {
        let mut found = Found::default();
        self.constructions(seen, &mut found);
        self.phrases(seen, &mut found);
        self.earlier(seen, &mut found);
        let speaker = self.identities.speakers.get(seen.at).and_then(|speaker| speaker.source);
        let is_other = |target: &Target| target.source.is_none() || target.source != speaker;
        let mut all: Vec<Candidate> = Vec::new();
        for (head, (rule, mut signs)) in found.signs {
            let named = self.named(head, rule.unwrap_or("a noun phrase"));
            let Some(target) = named.filter(is_other) else { continue };
            signs.extend(self.signs_of(head));
            all.push(Candidate { target, signs });
        }
        for target in self.others(seen, speaker) {
            let sign = target.rule;
            let same = all.iter_mut().filter(|one| one.target.source == target.source);
            let mut is_new = true;
            for known in same {
                known.signs.insert(format!("also {sign}"));
                is_new = false;
            }
            if is_new {
                all.push(Candidate { target, signs: BTreeSet::from([sign.to_owned(), "bias".to_owned()]) });
            }
        }
        all
    }

    /// Noun phrases with their places.
    fn phrases(&self, seen: &Seen, found: &mut Found) {
        let page = self.page;
        let Some(attribution) = self.attributions.get(seen.at) else { return };
        let verb = crate::act::main_word(page, seen.cue);
        let around = verb.map_or(0..0, |verb| {
            let [first, end] = page.sentence(verb);
            first.max(verb.saturating_sub(30))..end.min(verb + 30)
        });
        let is_content = |at: TokenId| attribution.says(page.token(at).span);
        let outside = around.filter(|at| !is_content(*at) && !attribution.names(page.token(*at).span));
        let main = seen.content.iter().copied().find(|at| self.is_main(*at));
        let (mut nth, mut nth_subject, mut sentence) = (0, 0, None);
        let inside = seen.content.iter().copied().take(LONGEST);
        for at in outside.chain(inside).filter(|at| page.is_nominal(*at)).take(MOST) {
            let token = page.token(at);
            if !is_content(at) {
                let side =
                    if verb.is_some_and(|verb| at > verb) { "behind the cue" } else { "before the cue" };
                found.sign(at, side.to_owned());
            } else {
                nth += 1;
                found.sign(at, format!("in the content {}", nth.min(6)));
                let first = *sentence.get_or_insert(token.sentence);
                found.sign(at, format!("sentence {}", token.sentence.saturating_sub(first).min(3)));
                if page.is_subject(at) {
                    nth_subject += 1;
                    found.sign(at, format!("subject {}", nth_subject.min(3)));
                }
                if main.is_some_and(|main| page.is_child(at, main)) {
                    found.sign(at, format!("{:?} of the main verb", token.dep));
                }
            }
        }
    }

    /// Who and what is named shortly before the attribution.
    fn earlier(&self, seen: &Seen, found: &mut Found) {
        let page = self.page;
        let Some(attribution) = self.attributions.get(seen.at) else { return };
        let own = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
        let Some(first) = own.map(|span| page.tokens_in(*span).start).min().filter(|at| *at < page.end())
        else {
            return;
        };
        let is_somebody = |at: &TokenId| {
            page.is_nominal(*at) && (page.is_proper(*at) || page.words.noun(&page.lemma(*at)).is_some())
        };
        let sentence = page.token(first).sentence;
        let before = (first.saturating_sub(BEFORE)..first).rev().filter(is_somebody).take(MOST_BEFORE);
        for (nth, at) in before.enumerate() {
            if !found.signs.contains_key(&at) {
                let back = sentence.saturating_sub(page.token(at).sentence).min(3);
                found.sign(at, format!("{back} sentences before"));
                found.sign(at, format!("before, {}", nth.min(5)));
                if page.is_subject(at) {
                    found.sign(at, "subject before".to_owned());
                }
            }
        }
    }

    /// Whether a verb is the main one of what is said.
    fn is_main(&self, at: TokenId) -> bool {
        let token = self.page.token(at);
        matches!(token.pos, Pos::Verb | Pos::Aux)
            && matches!(token.dep, Dep::Root | Dep::Ccomp | Dep::Xcomp | Dep::Pcomp | Dep::Advcl)
    }

    /// “the attack on *Hale*”, “violence against *women*”, “the killing of *a judge*”, but not “the attack of the rebels”.
    fn suffers(&self, head: TokenId) -> bool {
        let page = self.page;
        let link = page.token(head).head;
        if page.token(head).dep != Dep::Pobj || link >= head {
            return false;
        }
        let deed = page.lemma(page.token(link).head);
        match page.word(link) {
            "on" | "against" | "upon" => DEEDS_OF.contains(&&*deed) || DEEDS_TO.contains(&&*deed),
            "of" => DEEDS_TO.contains(&&*deed),
            _ => false,
        }
    }

    /// Whether somebody is said to feel something: "was shocked by", "is sorry for".
    fn feels(&self, head: TokenId) -> bool {
        const FARTHEST: TokenId = 6;
        let page = self.page;
        if !page.is_subject(head) {
            return false;
        }
        let verb = page.token(head).head;
        let end = page.end().min(verb + FARTHEST);
        let state = (verb + 1..end).find(|at| page.is_child(*at, verb) && page.token(*at).dep == Dep::Acomp);
        let acts = lexicon::acts();
        [Some(verb), state].into_iter().flatten().any(|at| acts.is_feeling(&page.lemma(at)))
    }

    /// What a phrase is, wherever it stands. Whether it speaks elsewhere is no sign: in news of campaigns people blame people who speak, in news of wars bodies that do not.
    fn signs_of(&self, head: TokenId) -> Vec<String> {
        let page = self.page;
        let token = page.token(head);
        let mut signs = vec!["bias".to_owned(), format!("as {:?}", token.dep)];
        if token.dep == Dep::Pobj {
            signs.push(format!("behind {}", page.lemma(token.head)));
        }
        let noun = page.words.noun(&page.lemma(head));
        let class = match page.pronoun(head) {
            Some(PronounKind::Male | PronounKind::Female) => "he or she",
            Some(PronounKind::Many) => "they",
            Some(PronounKind::Thing) => "it",
            Some(PronounKind::First | PronounKind::Second | PronounKind::Relative) => "another pronoun",
            None if page.is_proper(head) => "name",
            None => match noun {
                Some(NounClass::Office | NounClass::Person) => "person",
                Some(NounClass::Organisation | NounClass::Government) => "body",
                Some(NounClass::Document) => "document",
                Some(NounClass::Group) => "group",
                None => "thing",
            },
        };
        signs.push(class.to_owned());
        if token.dep != Dep::Pobj {
            signs.push(format!("{class} as {:?}", token.dep));
        }
        if self.feels(head) {
            signs.push(FEELS.to_owned());
        }
        if self.suffers(head) {
            signs.push(SUFFERS.to_owned());
        }
        let (first, last) = (page.left_edge(head), page.word(head + 1));
        if page.is_quoted(head) {
            signs.push("in marks".to_owned());
        }
        if (first..head).any(|at| page.is_child(at, head) && page.token(at).dep == Dep::Poss) {
            signs.push("owned".to_owned());
        }
        if matches!(last, "'s" | "’s") {
            signs.push("owner".to_owned());
        }
        signs
    }

    /// Who speaks before and after, and who answers: a target that the words need not name.
    fn others(&self, seen: &Seen, speaker: Option<usize>) -> Vec<Target> {
        const FARTHEST: usize = 6;
        let spoken = |at: usize, rule: &'static str| {
            let source = self.identities.speakers.get(at)?.source?;
            let span = *self.attributions.get(at)?.source.first()?;
            let name = self.identities.sources.get(source)?.name.clone();
            Some(Target { span, name, source: Some(source), rule })
        };
        let is_another = |at: &usize| {
            self.attributions[*at].inside.is_none()
                && !self.attributions[*at].source.is_empty()
                && self.identities.speakers.get(*at).and_then(|other| other.source) != speaker
        };
        let Some(attribution) = self.attributions.get(seen.at) else { return Vec::new() };
        let from = seen.at.saturating_sub(FARTHEST);
        let before = (from..seen.at).rev().find(is_another);
        let to = self.attributions.len().min(seen.at + 1 + FARTHEST);
        let is_turn = attribution.is_layout();
        let after =
            (seen.at + 1..to).find(is_another).filter(|at| is_turn && self.attributions[*at].is_layout());
        let around =
            attribution.inside.filter(|at| is_another(at) || self.attributions[*at].inside.is_some());
        [
            before.and_then(|at| spoken(at, if is_turn { "spoke before in turns" } else { "spoke before" })),
            after.and_then(|at| spoken(at, "who answers")),
            around.and_then(|at| spoken(at, "speaks around")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
