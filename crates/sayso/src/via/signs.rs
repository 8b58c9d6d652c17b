//! Phrases of the telling that say where, through what and to whom: "told the Herald", "in a letter to the court", "on the radio".

use super::How;
use super::frame::{Frames, Owner};
use super::media::{Media, Medium};
use super::settings;
use crate::lexicon::{self, MediumKind};
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
    }
    for attribution in 0..frames.attributions.len() {
        found.cue(attribution);
        found.source(attribution);
    }
    found.signs.sort_by_key(|sign| sign.at);
    found.signs
}

struct Found<'a> {
    frames: &'a Frames<'a>,
    media: &'a Media<'a>,
    signs: Vec<Sign>,
}

impl Found<'_> {
    fn put(&mut self, says: Says, rule: &'static str, [first, end]: [TokenId; 2], owner: Owner) {
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
        {
            self.put(Says::Setting(&setting.id), "an occasion is spoken of", [at, at + 1], owner);
            if &*setting.id == "tweet" {
                self.put(
                    Says::Outlet("Twitter".to_owned(), How::Posted),
                    "an occasion is spoken of",
                    [at, at + 1],
                    owner,
                );
            }
        }
        let verb = token.head;
        if token.dep != Dep::Dobj || self.frames.cue_at(verb).is_some() || !is_issuing(&page.lemma(verb)) {
            return;
        }
        let Some(owner @ Owner::Verb(_)) = self.frames.owner(at) else { return };
        let setting = settings::at(self.frames, at).map(|setting| &*setting.id);
        let posted = (page.lemma(verb) == "post").then_some("post");
        if let Some(setting) = setting.or(posted) {
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

    /// The medium of a prepositional phrase, where the preposition and what governs it carry words.
    fn outlet(&self, word: &str, at: TokenId, object: TokenId) -> Option<(Medium, How)> {
        let page = self.frames.page;
        let governor = page.token(at).head;
        let above = page.lemma(governor);
        let is_verb = matches!(page.token(governor).pos, Pos::Verb | Pos::Aux);
        let is_telling = is_telling(&above) || settings::at(self.frames, governor).is_some();
        let medium = || self.account(object).or_else(|| self.media.at(object));
        match word {
            // "in a statement posted to her account"
            "to" if above == "post" => Some((medium()?, How::Posted)),
            "per" => Some((medium()?, How::Reported)),
            // "in a report from the broadcaster", "in a News.com report"
            "from" if settings::at(self.frames, governor).is_some() => Some((medium()?, How::Reported)),
            "in" if self.named_report(object).is_some() => self.named_report(object),
            "on" | "via" | "through" | "over" => {
                let medium = medium()?;
                // "posted a threat on the network"
                let posted = || {
                    let verb = page.token(governor).head;
                    medium.kind == MediumKind::Platform && is_issuing(&page.lemma(verb))
                };
                let carried = is_verb && !is_topic(&above) || is_telling || posted();
                let how = match medium.kind {
                    MediumKind::Platform => How::Posted,
                    MediumKind::Broadcast => How::Broadcast,
                    MediumKind::Press => How::Published,
                };
                carried.then_some((medium, how))
            }
            "to" | "with" | "for" if is_telling => {
                let medium = medium().filter(|medium| medium.kind != MediumKind::Platform);
                let medium = medium.or_else(|| self.journal(object, &above).filter(|_| word == "for"))?;
                let published =
                    word == "for" && settings::at(self.frames, governor).is_some_and(|s| s.id == "article");
                Some((medium, if published { How::Published } else { How::Told }))
            }
            "in" => {
                let is_article = is_publishing(&above) || is_printed(&above);
                let medium = self.media.at(object).or_else(|| self.journal(object, &above))?;
                is_article.then_some((medium, How::Published))
            }
            "by" => Some((medium()?, carrying(&above)?)),
            _ => None,
        }
    }

    /// What an article is printed in is a medium by that.
    fn journal(&self, object: TokenId, above: &str) -> Option<Medium> {
        let page = self.frames.page;
        let [first, end] = self.media.name_of(object);
        let named =
            page.is_capital(object) && end - first > 1 && is_publishing(above) && !self.is_place(object);
        named.then(|| Medium { name: self.frames.text([first, end]), kind: MediumKind::Press })
    }

    fn is_place(&self, at: TokenId) -> bool {
        let entities = &self.frames.page.syntax.entities;
        let found = entities.partition_point(|entity| entity.end <= at);
        use sayso_model::EntityKind::{Date, Gpe, Loc, Norp};
        entities
            .get(found)
            .is_some_and(|entity| entity.first <= at && matches!(entity.kind, Gpe | Loc | Date | Norp))
    }

    /// "on its Perch account", "on her Facebook page"
    fn account(&self, head: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        if page.is_capital(head)
            || !matches!(&*page.lemma(head), "account" | "page" | "feed" | "timeline" | "post" | "profile")
        {
            return None;
        }
        let name = head.checked_sub(1).filter(|at| page.is_capital(*at) && page.token(*at).head == head)?;
        Some(Medium { name: page.word(name).to_owned(), kind: MediumKind::Platform })
    }

    /// "in a News.com report", "in a CNN interview"
    fn named_report(&self, head: TokenId) -> Option<(Medium, How)> {
        let page = self.frames.page;
        let setting = settings::at(self.frames, head)?;
        let how = match &*setting.id {
            "report" | "article" => How::Reported,
            "interview" => How::Told,
            "broadcast" => How::Broadcast,
            "post" => How::Posted,
            _ => return None,
        };
        let name = (page.left_edge(head)..head).find(|at| {
            page.token(*at).head == head
                && matches!(page.token(*at).dep, Dep::Compound | Dep::Poss | Dep::Nmod)
        })?;
        self.media.by_word(name).map(|medium| (medium, how))
    }

    /// Whether somebody is told: "announced to journalists", "in a letter to the court".
    fn is_told(&self, at: TokenId, object: TokenId) -> bool {
        let page = self.frames.page;
        let governor = page.token(at).head;
        let lemma = page.lemma(governor);
        let written = matches!(&*lemma, "letter" | "email" | "e-mail" | "message" | "memo" | "note");
        (written || self.frames.cue_at(governor).is_some() && is_saying_to(&lemma)) && self.can_listen(object)
    }

    /// Whether a noun can stand for somebody who is told.
    fn can_listen(&self, head: TokenId) -> bool {
        let page = self.frames.page;
        let token = page.token(head);
        let lemma = page.lemma(head);
        let by_word = page.words.noun(&lemma).is_some_and(|class| match class {
            lexicon::NounClass::Document => false,
            lexicon::NounClass::Office
            | lexicon::NounClass::Person
            | lexicon::NounClass::Organisation
            | lexicon::NounClass::Government
            | lexicon::NounClass::Group => true,
        });
        by_word
            || page.pronoun(head).is_some()
            || token.pos == Pos::Propn && !self.is_date(head)
            || matches!(
                &*lemma,
                "family" | "mission" | "side" | "reporter" | "journalist" | "staff" | "shareholder" | "those"
            )
    }

    fn is_date(&self, at: TokenId) -> bool {
        let entities = &self.frames.page.syntax.entities;
        let found = entities.partition_point(|entity| entity.end <= at);
        entities
            .get(found)
            .is_some_and(|entity| entity.first <= at && entity.kind == sayso_model::EntityKind::Date)
    }

    /// What the verb of an attribution says: "told parliament", "tweeted", "quoting".
    fn cue(&mut self, attribution: usize) {
        let page = self.frames.page;
        let owner = Owner::Attribution(attribution);
        if let Some((setting, at)) = settings::of_cue(self.frames, attribution) {
            self.put(Says::Setting(&setting.id), "the verb says it", [at, at + 1], owner);
            if matches!(&*setting.id, "tweet") {
                self.put(
                    Says::Outlet("Twitter".to_owned(), How::Posted),
                    "the verb says it",
                    [at, at + 1],
                    owner,
                );
            }
        }
        for at in self.frames.tokens(&self.frames.attributions[attribution].cue) {
            let Some(verb) = self.frames.verb(attribution) else { continue };
            let issues = page.token(verb).pos == Pos::Verb && verb < at && is_issuing(&page.lemma(verb));
            // "released the following statement", not "their statement that"
            if let Some(setting) = settings::at(self.frames, at).filter(|_| issues) {
                self.put(Says::Setting(&setting.id), "the cue says it", [at, at + 1], owner);
            }
        }
        let Some(verb) = self.frames.verb(attribution) else { return };
        if is_judging(&page.lemma(verb)) && self.is_court(attribution) {
            self.put(Says::Setting("ruling"), "a court finds", [verb, verb + 1], owner);
        }
        self.governed(verb, owner);
        let lemma = page.lemma(verb);
        match &*lemma {
            "quote" | "cite" => self.quoting(attribution, verb, &lemma),
            _ if is_tell(&lemma) => self.told(attribution, verb, &lemma),
            _ => {}
        }
    }

    /// Whether a judge or a court speaks.
    fn is_court(&self, attribution: usize) -> bool {
        let page = self.frames.page;
        let source = self.frames.tokens(&self.frames.attributions[attribution].source);
        source.iter().any(|at| {
            let word = page.word(*at).to_lowercase();
            matches!(word.as_str(), "court" | "judge" | "justice" | "justices" | "tribunal")
        })
    }

    /// "issued a statement saying", "published a study where it appears"
    fn governed(&mut self, verb: TokenId, owner: Owner) {
        let page = self.frames.page;
        let token = page.token(verb);
        let above = token.head;
        if above == verb || self.frames.level(above) != self.frames.level(verb) {
            return;
        }
        let noun = match token.dep {
            Dep::Acl | Dep::Relcl => Some(above),
            Dep::Advcl | Dep::Xcomp | Dep::Conj if is_issuing(&page.lemma(above)) => (above + 1
                ..verb.min(above + 8))
                .find(|at| page.is_child(*at, above) && page.token(*at).dep == Dep::Dobj),
            _ => None,
        };
        if let Some(noun) = noun.filter(|noun| *noun < verb)
            && let Some(setting) = settings::at(self.frames, noun)
        {
            self.put(Says::Setting(&setting.id), "what was issued", [noun, noun + 1], owner);
        }
    }

    /// "the Herald quoted her as saying", "the Herald, citing a report", "was quoted by the Herald as saying"
    fn quoting(&mut self, attribution: usize, verb: TokenId, lemma: &str) {
        let page = self.frames.page;
        let how = if lemma == "cite" { How::Cited } else { How::Quoted };
        let token = page.token(verb);
        let agent = || {
            let [_, end] = page.sentence(verb);
            let by = (verb + 1..end.min(verb + 6))
                .find(|at| page.word(*at) == "by" && page.is_child(*at, verb))?;
            self.frames.object(by)
        };
        let passive = (verb.saturating_sub(4)..verb)
            .any(|at| page.is_child(at, verb) && page.token(at).dep == Dep::Auxpass);
        let subject = if passive {
            agent()
        } else {
            self.frames.subject(verb).or_else(|| match token.dep {
                Dep::Acl => Some(token.head),
                Dep::Advcl | Dep::Conj | Dep::Prep => self.frames.subject(token.head),
                _ => None,
            })
        };
        let Some(subject) = subject else { return };
        // "which quoted a police report"
        let subject = if page.token(subject).tag == Tag::Wdt { page.token(verb).head } else { subject };
        let medium = self.media.at(subject);
        let name = medium.map(|medium| medium.name).or_else(|| {
            settings::at(self.frames, subject)
                .filter(|setting| setting.id == "report")
                .map(|setting| setting.id.clone())
        });
        let owner = Owner::Attribution(attribution);
        match name {
            Some(name) => self.put(Says::Outlet(name, how), "who quotes", [subject, subject + 1], owner),
            // "It cited the air force": whoever "it" is
            None if page.pronoun(subject).is_some() => {
                self.put(Says::Outlet(String::new(), how), "who quotes", [subject, subject + 1], owner);
            }
            None => {}
        }
    }

    /// The object of a verb of telling, which stands right behind it.
    fn told(&mut self, attribution: usize, verb: TokenId, lemma: &str) {
        let page = self.frames.page;
        let owner = Owner::Attribution(attribution);
        let cue = self.frames.tokens(&self.frames.attributions[attribution].cue);
        let passive = cue.iter().any(|at| *at < verb && page.lemma(*at) == "be")
            || page.token(verb).tag == Tag::Vbn
                && !cue.iter().any(|at| page.lemma(*at) == "have")
                && self.frames.subject(verb).is_none()
                && lemma == "ask";
        if passive {
            let subject = self.frames.subject(verb).filter(|subject| !self.is_own(attribution, *subject));
            if let Some(subject) = subject {
                self.put(Says::Addressee(subject), "who was told", [subject, subject + 1], owner);
            }
            return;
        }
        if lemma == "ask" && !self.is_question(attribution) {
            return;
        }
        let Some([first, head]) = self.behind(attribution, verb) else { return };
        if let Some(medium) = self.media.at(head) {
            return self.put(Says::Outlet(medium.name, How::Told), "who was told", [first, head + 1], owner);
        }
        match settings::at(self.frames, head) {
            Some(setting) => {
                self.put(Says::Setting(&setting.id), "told an occasion", [first, head + 1], owner)
            }
            None => self.put(Says::Addressee(head), "who was told", [first, head + 1], owner),
        }
    }

    /// Whether a token is part of what is said.
    fn is_own(&self, attribution: usize, at: TokenId) -> bool {
        let span = self.frames.page.token(at).span;
        self.frames.attributions[attribution].content.iter().any(|part| part.contains(span))
    }

    /// First word and head of the noun phrase that starts right behind a verb. It may stand within the content if a clause
    /// follows it: "promised | the widows that he would help".
    fn behind(&self, attribution: usize, verb: TokenId) -> Option<[TokenId; 2]> {
        const LONGEST: TokenId = 12;
        let page = self.frames.page;
        let [_, end] = page.sentence(verb);
        let (mut head, mut inside) = (None, false);
        for at in verb + 1..end.min(verb + LONGEST) {
            let token = page.token(at);
            let own = self.is_own(attribution, at);
            if own && !inside && head.is_some() || !own && self.frames.level(at) != self.frames.level(verb) {
                break;
            }
            inside |= own;
            match token.pos {
                _ if self.is_time(at) => break,
                Pos::Noun | Pos::Propn | Pos::Pron => head = Some(at),
                Pos::Verb | Pos::Adj | Pos::Adv if page.is_capital(at) => head = Some(at),
                Pos::Num if head.is_none() => head = Some(at),
                Pos::Det | Pos::Adj | Pos::Num | Pos::Sym => {}
                Pos::Part if page.word(at).ends_with('s') => {}
                // "told one of them", "the Star of Mysore"
                Pos::Adp | Pos::Cconj
                    if head.is_some_and(|head| page.is_one_name(head, at))
                        || page.word(at) == "of"
                            && page.is_capital(at - 1)
                            && at + 1 < end
                            && page.is_capital(at + 1) => {}
                Pos::Verb if head.is_none() && page.is_child(at, at + 1) => {}
                Pos::Punct if page.word(at) == "-" => {}
                _ => break,
            }
        }
        let head = head?;
        let next = head + 1;
        let clause = || {
            next < end
                && (matches!(page.word(next), "that" | "whether" | "why" | "how")
                    || page.token(next).tag == Tag::To)
        };
        (!inside || clause()).then_some([verb + 1, head])
    }

    /// "told parliament yesterday"
    fn is_time(&self, at: TokenId) -> bool {
        const DAYS: [&str; 11] = [
            "yesterday",
            "today",
            "tomorrow",
            "tonight",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        DAYS.iter().any(|day| self.frames.page.word(at).eq_ignore_ascii_case(day)) || self.is_date(at)
    }

    /// Whether words ask: "why", "whether", or end in a question mark.
    fn is_question(&self, attribution: usize) -> bool {
        let page = self.frames.page;
        let content = self.frames.tokens(&self.frames.attributions[attribution].content);
        let first = content.first().map(|at| page.word(*at).to_lowercase()).unwrap_or_default();
        let asks = ["whether", "if", "who", "whom", "whose", "what", "when", "where", "why", "how", "which"];
        let text = self.frames.attributions[attribution]
            .content
            .last()
            .map_or("", |span| page.article.text.slice(*span));
        asks.contains(&first.as_str())
            || text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?')
    }

    /// What the source says: "the report", "a Twitter post by Amy Cook".
    fn source(&mut self, attribution: usize) {
        let page = self.frames.page;
        let source = self.frames.tokens(&self.frames.attributions[attribution].source);
        let (Some(first), Some(last)) = (source.first().copied(), source.last().copied()) else { return };
        // the head of the phrase is the word that hangs on something outside it
        let outside =
            |at: &&TokenId| !(first..=last).contains(&page.token(**at).head) || page.token(**at).head == **at;
        let Some(head) = source.iter().find(outside).copied() else { return };
        let owner = Owner::Attribution(attribution);
        let word = page.word(head).to_lowercase();
        let rules = matches!(word.as_str(), "opinion" | "decision" | "verdict" | "summary" | "order");
        if rules && self.is_court(attribution) {
            return self.put(Says::Setting("ruling"), "a document speaks", [head, head + 1], owner);
        }
        // "varying reports": nobody's in particular
        let vague = word.ends_with('s')
            && source.len() > 1
            && !source.iter().any(|at| page.token(*at).dep == Dep::Poss);
        let Some(setting) = settings::at(self.frames, head).filter(|_| !vague) else { return };
        self.put(Says::Setting(&setting.id), "a document speaks", [head, head + 1], owner);
        if let Some(medium) = self.account(head) {
            self.put(Says::Outlet(medium.name, How::Posted), "a document speaks", [head, head + 1], owner);
        }
    }
}

/// The medium whose report a source is: "the News.com report", "a report from the broadcaster".
pub(super) fn reported_by(frames: &Frames, media: &Media, head: TokenId) -> Option<Medium> {
    let page = frames.page;
    let [_, end] = page.sentence(head);
    let before = (page.left_edge(head)..head).find(|at| {
        page.token(*at).head == head && matches!(page.token(*at).dep, Dep::Compound | Dep::Poss | Dep::Nmod)
    });
    let behind = || {
        let from = (head + 1..end.min(head + 4)).find(|at| matches!(page.word(*at), "from" | "by" | "in"))?;
        frames.object(from)
    };
    before.and_then(|at| media.by_word(at)).or_else(|| behind().and_then(|at| media.at(at)))
}

fn is_judging(lemma: &str) -> bool {
    matches!(lemma, "find" | "rule" | "hold" | "uphold" | "conclude" | "decide")
}

fn is_tell(lemma: &str) -> bool {
    matches!(
        lemma,
        "tell"
            | "inform"
            | "assure"
            | "remind"
            | "warn"
            | "ask"
            | "promise"
            | "notify"
            | "brief"
            | "alert"
            | "reassure"
    )
}

fn is_telling(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "speak"
            | "talk"
            | "tell"
            | "write"
            | "send"
            | "give"
            | "grant"
            | "confirm"
            | "describe"
            | "explain"
            | "comment"
            | "interview"
            | "remark"
            | "remarks"
            | "comments"
            | "conversation"
            | "appearance"
            | "recording"
            | "text"
            | "release"
            | "provide"
            | "admit"
            | "post"
            | "account"
    )
}

/// Verbs and nouns of which a medium is the subject matter, not the carrier.
fn is_topic(lemma: &str) -> bool {
    matches!(
        lemma,
        "attack" | "blame" | "focus" | "rely" | "depend" | "base" | "ban" | "crack" | "work" | "sue" | "call"
    )
}

fn is_publishing(lemma: &str) -> bool {
    matches!(
        lemma,
        "publish"
            | "appear"
            | "print"
            | "write"
            | "report"
            | "study"
            | "article"
            | "op-ed"
            | "column"
            | "essay"
            | "paper"
            | "research"
    )
}

fn is_printed(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "argue"
            | "interview"
            | "letter"
            | "piece"
            | "editorial"
            | "finding"
            | "findings"
            | "commentary"
            | "statement"
            | "quote"
    )
}

fn is_issuing(lemma: &str) -> bool {
    matches!(
        lemma,
        "issue"
            | "release"
            | "publish"
            | "post"
            | "send"
            | "make"
            | "give"
            | "grant"
            | "deliver"
            | "put"
            | "write"
    )
}

fn is_saying_to(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "announce"
            | "apologise"
            | "apologize"
            | "write"
            | "explain"
            | "complain"
            | "testify"
            | "provide"
            | "admit"
            | "confess"
            | "propose"
            | "suggest"
            | "reveal"
            | "report"
            | "describe"
            | "reply"
            | "speak"
            | "promise"
            | "pledge"
            | "state"
            | "repeat"
            | "statement"
    )
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
