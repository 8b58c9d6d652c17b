//! What cue and source say themselves: "tweeted", "issued a statement saying", "the report", "the Herald quoted her".

use super::How;
use super::frame::Owner;
use super::settings;
use super::signs::{Found, Says};
use crate::lexicon;
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos, Tag};

impl Found<'_> {
    /// What the verb of an attribution says: "told parliament", "tweeted", "quoting".
    pub(super) fn cue(&mut self, attribution: usize) {
        let page = self.frames.page;
        let owner = Owner::Attribution(attribution);
        if let Some((setting, at)) = settings::of_cue(self.frames, attribution) {
            self.put(Says::Setting(&setting.id), "the verb says it", [at, at + 1], owner);
        }
        for at in self.frames.tokens(&self.frames.attributions[attribution].cue) {
            let Some(verb) = self.frames.verb(attribution) else { continue };
            let issues = page.token(verb).pos == Pos::Verb
                && verb < at
                && lexicon::via().lists.issuing.contains(&page.lemma(verb));
            // "released the following statement", not "their statement that"
            let spoken = |setting: &&lexicon::Setting| setting.id != "message";
            if let Some(setting) = settings::at(self.frames, at).filter(spoken).filter(|_| issues) {
                self.put(Says::Setting(&setting.id), "the cue says it", [at, at + 1], owner);
            }
        }
        let Some(verb) = self.frames.verb(attribution) else { return };
        // "released the following statement:"
        if lexicon::via().lists.issuing.contains(&page.lemma(verb)) {
            let [_, end] = page.sentence(verb);
            let object = (verb + 1..end.min(verb + 8)).find(|at| {
                page.is_child(*at, verb) && page.token(*at).dep == Dep::Dobj && !self.is_own(attribution, *at)
            });
            if let Some(noun) = object
                && let Some(setting) = settings::at(self.frames, noun)
            {
                self.put(Says::Setting(&setting.id), "what was issued", [noun, noun + 1], owner);
            }
        }
        if lexicon::via().lists.judging.contains(&page.lemma(verb))
            && page.word(verb + 1) != "out"
            && self.is_court(attribution)
        {
            self.put(Says::Setting("ruling"), "a court finds", [verb, verb + 1], owner);
        }
        self.governed(verb, owner);
        let lemma = page.lemma(verb);
        match &*lemma {
            "quote" | "cite" => self.quoting(attribution, verb, &lemma),
            _ if lexicon::via().lists.tell.contains(&lemma) => self.told(attribution, verb, &lemma),
            _ => {}
        }
    }

    /// Whether a judge or a court speaks.
    pub(super) fn is_court(&self, attribution: usize) -> bool {
        let page = self.frames.page;
        let source = self.frames.tokens(&self.frames.attributions[attribution].source);
        source.iter().any(|at| {
            let word = page.word(*at).to_lowercase();
            matches!(word.as_str(), "court" | "judge" | "tribunal")
                || matches!(word.as_str(), "justice" | "justices") && Some(at) == source.first()
        })
    }

    /// "issued a statement saying", "published a study where it appears"
    pub(super) fn governed(&mut self, verb: TokenId, owner: Owner) {
        let page = self.frames.page;
        let token = page.token(verb);
        let above = token.head;
        if above == verb || self.frames.level(above) != self.frames.level(verb) {
            return;
        }
        let noun = match token.dep {
            Dep::Acl | Dep::Relcl => Some(above),
            // not "sent a letter, but the minister said"
            Dep::Advcl | Dep::Xcomp | Dep::Conj
                if lexicon::via().lists.issuing.contains(&page.lemma(above))
                    && !self.frames.has_subject(verb) =>
            {
                (above + 1..verb.min(above + 8))
                    .find(|at| page.is_child(*at, above) && page.token(*at).dep == Dep::Dobj)
            }
            _ => None,
        };
        if let Some(noun) = noun.filter(|noun| *noun < verb)
            && let Some(setting) = settings::at(self.frames, noun)
        {
            // "posted a message on the forum, saying"
            let posted = setting.id == "message" && page.lemma(above) == "post";
            let id = if posted { "post" } else { &setting.id };
            self.put(Says::Setting(id), "what was issued", [noun, noun + 1], owner);
        }
    }

    /// "the Herald quoted her as saying", "the Herald, citing a report", "was quoted by the Herald as saying"
    pub(super) fn quoting(&mut self, attribution: usize, verb: TokenId, lemma: &str) {
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

    /// What the source says: "the report", "a Perch post by Ada Kreel".
    pub(super) fn source(&mut self, attribution: usize) {
        let page = self.frames.page;
        let Some((source, head)) = self.frames.source_head(attribution) else { return };
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
