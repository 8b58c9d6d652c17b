//! What carries words: media behind prepositions, accounts, journals.

use super::How;
use super::frame::{Frames, Owner};
use super::media::{Media, Medium};
use super::settings;
use super::signs::{Found, Says};
use crate::identity::Page;
use crate::lexicon::{self, MediumKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, EntityKind, Pos};

impl Found<'_> {
    /// The medium of a prepositional phrase, where the preposition and what governs it carry words.
    pub(super) fn outlet(&self, word: &str, at: TokenId, object: TokenId) -> Option<(Medium, How)> {
        let page = self.frames.page;
        let governor = self.frames.governor(at);
        let above = page.lemma(governor);
        let is_verb = matches!(page.token(governor).pos, Pos::Verb | Pos::Aux);
        let is_telling =
            lexicon::via().lists.speaking.contains(&above) || settings::at(self.frames, governor).is_some();
        let medium = || {
            let direct = self.account(object).or_else(|| self.media.at(object));
            // "on the broadcaster's “Morning Call”"
            let owned = || self.media.of_owner(object).filter(|_| page.is_capital(object) && word != "to");
            let programme = || if word == "on" { self.media.of_programme(object) } else { None };
            direct.or_else(owned).or_else(programme)
        };
        match word {
            // "in a statement posted to her account"
            "to" if above == "post" => Some((medium()?, How::Posted)),
            // "posted a photo to Twitter", "took to Twitter to say"
            "to" if above == "take" && at == governor + 1
                || self.is_posting(governor, &["post", "share", "upload"]) =>
            {
                Some((medium().filter(|medium| medium.kind == MediumKind::Platform)?, How::Posted))
            }
            "per" => Some((medium()?, How::Reported)),
            // "in a report from the broadcaster", "in a Sund.com report"
            "from" if settings::at(self.frames, governor).is_some() => Some((medium()?, How::Reported)),
            "in" if self.named_report(object).is_some() => self.named_report(object),
            "on" | "via" | "through" | "over" => {
                let medium = medium()?;
                // "posted a threat on the network"
                let posted = || {
                    let verb = page.token(governor).head;
                    medium.kind == MediumKind::Platform
                        && (word == "via"
                            || lexicon::via().lists.issuing.contains(&page.lemma(verb))
                            || self.is_posting(governor, &["post", "write", "tweet", "share"]))
                };
                // "On live television she attacked", but "attacked the station"
                let is_topic = governor < at && lexicon::via().lists.topic.contains(&above);
                let carried = is_verb && !is_topic || is_telling || posted();
                let how = match medium.kind {
                    MediumKind::Platform => How::Posted,
                    MediumKind::Broadcast => How::Broadcast,
                    MediumKind::Press => How::Published,
                };
                carried.then_some((medium, how))
            }
            // "speaking to the Herald", "stated to the Herald"
            "to" | "with" | "for"
                if is_telling || self.is_talk(at) || word == "to" && self.is_told(at, object) =>
            {
                let medium = medium().filter(|medium| medium.kind != MediumKind::Platform);
                let medium = medium.or_else(|| match word {
                    "for" => self.journal(at, object, &above),
                    // "commented to The Meridian"
                    "to" if page.word(at + 1) == "The" => self.media.unknown_name([at + 1, object]),
                    _ => None,
                })?;
                let published =
                    word == "for" && settings::at(self.frames, governor).is_some_and(|s| s.id == "article");
                Some((medium, if published { How::Published } else { How::Told }))
            }
            "in" => {
                let is_article = lexicon::via().lists.publishing.contains(&above)
                    || lexicon::via().lists.printing.contains(&above);
                let medium = self.media.at(object).or_else(|| self.journal(at, object, &above))?;
                is_article.then_some((medium, How::Published))
            }
            "by" => {
                let how = carrying(&above)?;
                Some((medium().or_else(|| self.quoting_body(governor, object))?, how))
            }
            _ => None,
        }
    }

    /// Whether words about a post hang on a verb of posting: "posted at 2 p.m. on Twitter", "posted a photo to Twitter".
    fn is_posting(&self, governor: TokenId, verbs: &[&str]) -> bool {
        const HIGHEST: usize = 4;
        let page = self.frames.page;
        let mut now = governor;
        for _ in 0..HIGHEST {
            if page.token(now).pos == Pos::Verb {
                return verbs.contains(&page.lemma(now).as_str());
            }
            now = page.token(now).head;
        }
        false
    }

    /// "as quoted by Inland Watch": whoever quotes is a medium by that, if it is nobody's name.
    fn quoting_body(&self, participle: TokenId, object: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        let is_quoting = participle.checked_sub(1).is_some_and(|at| page.word(at).eq_ignore_ascii_case("as"));
        let [first, end] = self.media.name_of(object);
        let is_name = page.is_capital(object)
            && !self.is_place(object)
            && self.frames.entity(object) != Some(EntityKind::Person);
        let named = || Medium { name: self.frames.text([first, end]), kind: MediumKind::Press };
        (is_quoting && is_name).then(named)
    }

    /// "spoke about the vote with the Courier": the tree hangs the medium on what was spoken about.
    fn is_talk(&self, at: TokenId) -> bool {
        let page = self.frames.page;
        let mut now = page.token(at).head;
        for _ in 0..4 {
            if page.token(now).pos == Pos::Verb {
                return matches!(&*page.lemma(now), "speak" | "talk");
            }
            now = page.token(now).head;
        }
        false
    }

    /// "He called it an invention, the agency reports, quoting state television": the report stands behind what it reports.
    pub(super) fn parenthesis(&mut self, verb: TokenId) {
        const FARTHEST: TokenId = 60;
        let page = self.frames.page;
        let token = page.token(verb);
        let reports = matches!(&*page.lemma(verb), "report" | "say" | "write");
        if !reports || self.frames.cue_at(verb).is_some() || self.frames.source_at(verb).is_some() {
            return;
        }
        // "the Inland Courier reports," is a noun to the tagger
        let is_noun = token.pos == Pos::Noun && matches!(page.word(verb + 1), "," | "." | "");
        let subject = match token.pos {
            Pos::Verb => self.frames.subject(verb).filter(|subject| *subject < verb),
            _ => verb.checked_sub(1).filter(|_| is_noun && page.word(verb) == "reports"),
        };
        let Some(subject) = subject else { return };
        let medium = if is_noun { self.media.by_word(subject) } else { self.media.at(subject) };
        let mut first = subject;
        while first > 0 && (page.is_capital(first - 1) || page.token(first - 1).pos == Pos::Det) {
            first -= 1;
        }
        let [start, end] = page.sentence(verb);
        let behind_comma = first > start && (first.saturating_sub(2)..first).any(|at| page.word(at) == ",");
        let Some(medium) = medium.filter(|_| behind_comma) else { return };
        let level = self.frames.level(verb);
        let cue = |at: &TokenId| self.frames.cue_at(*at).is_some() && self.frames.level(*at) == level;
        let before = (start.max(verb.saturating_sub(FARTHEST))..first).find(cue);
        let Some(one) = before.and_then(|at| self.frames.cue_at(at)) else { return };
        // "quoting state television"
        let from = (verb + 1..end.min(verb + 8))
            .find(|at| matches!(&*page.lemma(*at), "quote" | "cite") && self.frames.cue_at(*at).is_none());
        let source = from.and_then(|at| {
            let object = (at + 1..end.min(at + 8))
                .find(|object| page.is_child(*object, at) && page.token(*object).dep == Dep::Dobj)?;
            Some((self.media.at(object)?, if page.lemma(at) == "cite" { How::Cited } else { How::Quoted }))
        });
        let owner = Owner::Attribution(one);
        let how = source.as_ref().map_or(How::Reported, |(_, how)| *how);
        if let Some((source, _)) = source {
            self.put(Says::Outlet(source.name, How::Reported), "reported behind it", [verb, verb + 1], owner);
        }
        self.put(Says::Outlet(medium.name, how), "reported behind it", [verb, verb + 1], owner);
    }

    /// What an article is printed in is a medium by that.
    pub(super) fn journal(&self, at: TokenId, object: TokenId, above: &str) -> Option<Medium> {
        let page = self.frames.page;
        let [first, end] = self.media.name_of(object);
        let named = page.is_capital(object)
            && !page.is_capital(self.frames.governor(at))
            && end - first > 1
            && lexicon::via().lists.publishing.contains(above)
            && !self.is_place(object);
        named.then(|| Medium { name: self.frames.text([first, end]), kind: MediumKind::Press })
    }

    fn is_place(&self, at: TokenId) -> bool {
        matches!(
            self.frames.entity(at),
            Some(EntityKind::Gpe | EntityKind::Loc | EntityKind::Date | EntityKind::Norp)
        )
    }

    /// "on its Perch account", "on her Facebook page"
    pub(super) fn account(&self, head: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        if page.is_capital(head) || !lexicon::via().lists.account.contains(&page.lemma(head)) {
            return None;
        }
        // not "The post"
        let is_name = |at: &TokenId| page.is_capital(*at) && page.token(*at).dep != Dep::Det;
        let name = head.checked_sub(1).filter(|at| is_name(at) && page.token(*at).head == head)?;
        Some(Medium { name: page.word(name).to_owned(), kind: MediumKind::Platform })
    }

    /// "in a Sund.com report", "in a CNN interview"
    pub(super) fn named_report(&self, head: TokenId) -> Option<(Medium, How)> {
        let page = self.frames.page;
        let setting = settings::at(self.frames, head)?;
        let how = match &*setting.id {
            "report" | "article" => How::Reported,
            "interview" => How::Told,
            "broadcast" => How::Broadcast,
            "post" => How::Posted,
            _ => return None,
        };
        let name = name_before(page, head)?;
        self.media.by_word(name).map(|medium| (medium, how))
    }
}

/// The medium whose report a source is: "the Sund.com report", "a report from the broadcaster".
pub(super) fn reported_by(frames: &Frames, media: &Media, head: TokenId) -> Option<Medium> {
    let page = frames.page;
    let [_, end] = page.sentence(head);
    let before = name_before(page, head);
    let behind = || {
        let from = (head + 1..end.min(head + 4)).find(|at| matches!(page.word(*at), "from" | "by" | "in"))?;
        frames.object(from)
    };
    before.and_then(|at| media.by_word(at)).or_else(|| behind().and_then(|at| media.at(at)))
}

/// The name that stands before a noun and belongs to it: "the *Sund.com* report".
fn name_before(page: &Page, head: TokenId) -> Option<TokenId> {
    (page.left_edge(head)..head).find(|at| {
        page.token(*at).head == head && matches!(page.token(*at).dep, Dep::Compound | Dep::Poss | Dep::Nmod)
    })
}

/// How a medium carries words, by the participle before "by".
fn carrying(lemma: &str) -> Option<How> {
    match lemma {
        "publish" | "carry" | "print" | "run" | "release" | "distribute" => Some(How::Published),
        "broadcast" | "air" | "stream" | "show" => Some(How::Broadcast),
        "quote" => Some(How::Quoted),
        "cite" => Some(How::Cited),
        "report" => Some(How::Reported),
        "post" | "share" => Some(How::Posted),
        "interview" => Some(How::Told),
        _ => None,
    }
}
