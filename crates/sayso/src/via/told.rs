//! Who is told: objects of verbs of telling, "to reporters", "in a letter to the court".

use super::How;
use super::frame::Owner;
use super::settings;
use super::signs::{Found, Says};
use crate::act;
use crate::lexicon;
use crate::syntax::TokenId;
use sayso_model::{EntityKind, Pos, Tag};

impl Found<'_> {
    /// Whether somebody is told: "announced to journalists", "in a letter to the court".
    pub(super) fn is_told(&self, at: TokenId, object: TokenId) -> bool {
        let page = self.frames.page;
        let governor = self.frames.governor(at);
        let lemma = page.lemma(governor);
        // "an email sent to this newspaper"
        let noun = if lemma == "send" || lemma == "address" {
            page.lemma(page.token(governor).head)
        } else {
            lemma.clone()
        };
        let lists = &lexicon::via().lists;
        let written = lists.written.contains(&noun);
        (written || self.frames.cue_at(governor).is_some() && lexicon::via().lists.saying_to.contains(&lemma))
            && self.can_listen(object)
    }

    /// Whether a noun can stand for somebody who is told.
    pub(super) fn can_listen(&self, head: TokenId) -> bool {
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
            || token.pos == Pos::Propn && self.frames.entity(head) != Some(EntityKind::Date)
            || lexicon::via().lists.hearer.contains(&lemma)
    }

    /// The object of a verb of telling, which stands right behind it.
    pub(super) fn told(&mut self, attribution: usize, verb: TokenId, lemma: &str) {
        let page = self.frames.page;
        let owner = Owner::Attribution(attribution);
        let cue = self.frames.tokens(&self.frames.attributions[attribution].cue);
        let is_participle = page.token(verb).tag == Tag::Vbn;
        let passive = is_participle && cue.iter().any(|at| *at < verb && page.lemma(*at) == "be")
            || is_participle
                && lemma == "ask"
                && !cue.iter().any(|at| page.lemma(*at) == "have")
                && self.frames.subject(verb).is_none();
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
        let word = page.word(head).to_lowercase();
        // "tells the truth", "told them what to say"
        if self.media.is_unknown(head) || lexicon::via().lists.unheard.contains(&word) {
            return;
        }
        // "told the broadcaster's Leon Gast"
        if let Some(medium) = self.media.of_owner(head).or_else(|| self.media.of_journalist([first, head])) {
            self.put(Says::Outlet(medium.name, How::Told), "who was told", [first, head + 1], owner);
        }
        if lemma == "tell"
            && !page.is_capital(verb)
            && let Some(medium) = self.media.unknown_name([first, head])
        {
            return self.put(
                Says::Outlet(medium.name, How::Told),
                "a name is told",
                [first, head + 1],
                owner,
            );
        }
        match settings::at(self.frames, head) {
            Some(setting) => {
                self.put(Says::Setting(&setting.id), "told an occasion", [first, head + 1], owner)
            }
            None => self.put(Says::Addressee(head), "who was told", [first, head + 1], owner),
        }
    }

    /// First word and head of the noun phrase that starts right behind a verb. It may stand within the content if a clause
    /// follows it: "promised | the widows that he would help".
    pub(super) fn behind(&self, attribution: usize, verb: TokenId) -> Option<[TokenId; 2]> {
        const LONGEST: TokenId = 12;
        let page = self.frames.page;
        let [_, end] = page.sentence(verb);
        let (mut head, mut inside) = (None, false);
        for at in verb + 1..end.min(verb + LONGEST) {
            let token = page.token(at);
            let own = self.is_own(attribution, at);
            let source = &self.frames.attributions[attribution].source;
            if source.iter().any(|part| part.contains(token.span)) {
                break;
            }
            if own && !inside && head.is_some() || !own && self.frames.level(at) != self.frames.level(verb) {
                break;
            }
            inside |= own;
            match token.pos {
                _ if self.is_time(at) => break,
                // "Allied Despatch", whatever the tagger takes the second word for
                _ if head == Some(at - 1) && page.is_capital(at - 1) && page.is_capital(at) => {
                    head = Some(at)
                }
                Pos::Pron if head.is_some() => break,
                Pos::Noun | Pos::Propn | Pos::Pron => head = Some(at),
                Pos::Verb | Pos::Adj | Pos::Adv if page.is_capital(at) => head = Some(at),
                Pos::Num if head.is_none() => head = Some(at),
                Pos::Det | Pos::Adj | Pos::Num | Pos::Sym => {}
                Pos::Part if page.word(at).ends_with('s') => {}
                // "told one of them", "the Star of Brezna"
                Pos::Adp | Pos::Cconj
                    if head.is_some_and(|head| page.is_one_name(head, at))
                        && self.media.of_journalist([at - 1, at - 1]).is_none()
                        || page.word(at) == "of"
                            && self.media.of_journalist([at - 1, at - 1]).is_none()
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
    pub(super) fn is_time(&self, at: TokenId) -> bool {
        const WEEKDAYS: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        const DAYS: [&str; 4] = ["yesterday", "today", "tomorrow", "tonight"];
        // "USA Today" and "Corvane This Week" are no time, "told Reuters Monday" is
        let page = self.frames.page;
        let is_one_of = |days: &[&str]| days.iter().any(|day| page.word(at).eq_ignore_ascii_case(day));
        let in_name = at > 0 && page.is_capital(at) && page.is_capital(at - 1);
        let is_dated = matches!(self.frames.entity(at), Some(EntityKind::Date | EntityKind::Time));
        is_one_of(&WEEKDAYS) || !in_name && (is_one_of(&DAYS) || is_dated)
    }

    /// Whether words ask: "why", "whether", or end in a question mark.
    pub(super) fn is_question(&self, attribution: usize) -> bool {
        let page = self.frames.page;
        let content = self.frames.tokens(&self.frames.attributions[attribution].content);
        content.first().is_some_and(|first| act::is_question_word(page, *first))
            || act::is_question(page, &content)
    }

    /// Whether a token is part of what is said.
    pub(super) fn is_own(&self, attribution: usize, at: TokenId) -> bool {
        let span = self.frames.page.token(at).span;
        self.frames.attributions[attribution].says(span)
    }
}
