//! Which noun phrases stand for a medium, and what it is called.

use super::frame::Frames;
use crate::identity::{Identities, Identity};
use crate::ledger::SourceKind;
use crate::lexicon::{self, MediumKind};
use crate::syntax::TokenId;
use sayso_model::{Dep, EntityKind, Pos, Tag};
use std::collections::{HashMap, HashSet};

/// A medium by its name, or by its description where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Medium {
    pub(super) name: String,
    pub(super) kind: MediumKind,
}

/// Media that were named before and that "the station" may mean.
const MOST_EARLIER: usize = 100;

/// The media of an article.
pub(super) struct Media<'a> {
    pub(super) frames: &'a Frames<'a>,
    /// Names that the article introduces as a medium's: "the forum Driftline", "Continental News Service (CNS)".
    introduced: HashMap<String, Medium>,
    /// Names of people.
    people: HashSet<String>,
    /// Names of bodies that speak.
    others: HashSet<String>,
    /// Full names of the lexicon that stand in the text.
    full: HashSet<&'static str>,
    /// Heads of media that are named, in order.
    named: Vec<(TokenId, Medium)>,
}

impl<'a> Media<'a> {
    pub(super) fn new(frames: &'a Frames<'a>, identities: &Identities) -> Self {
        let text = frames.page.article.text.as_str();
        let (people, others): (Vec<_>, Vec<_>) =
            identities.sources.iter().partition(|source| source.kind == SourceKind::Person);
        let names = |sources: Vec<&Identity>| -> HashSet<String> {
            sources.into_iter().flat_map(|source| source.names.iter().cloned()).collect()
        };
        let mut media = Self {
            frames,
            introduced: HashMap::new(),
            full: lexicon::via().full_names().filter(|name| text.contains(name)).collect(),
            people: names(people),
            others: names(others),
            named: Vec::new(),
        };
        media.learn();
        media
    }

    /// Reads introductions first, so that a name counts wherever it stands, then every name.
    fn learn(&mut self) {
        let page = self.frames.page;
        let heads: Vec<TokenId> = (0..page.end()).filter(|at| self.is_name_head(*at)).collect();
        for head in &heads {
            let [first, end] = self.name_of(*head);
            let name = self.frames.text([first, end]);
            if let Some(kind) = self.introduction(first, end, *head) {
                self.introduced.insert(name.clone(), Medium { name: name.clone(), kind });
            }
            // "Continental News Service (CNS)"
            if page.word(end) == "(" && page.word(end + 2) == ")" && is_abbreviation(page.word(end + 1)) {
                let kind = self.named(*head).map(|medium| medium.kind);
                if let Some(kind) = kind {
                    let medium = Medium { name: name.clone(), kind };
                    self.introduced.insert(page.word(end + 1).to_owned(), medium);
                }
            }
        }
        self.named = heads.iter().filter_map(|head| Some((*head, self.named(*head)?))).collect();
    }

    /// The medium that a noun stands for.
    pub(super) fn at(&self, head: TokenId) -> Option<Medium> {
        self.named(head).or_else(|| self.named_behind(head)).or_else(|| self.described(head))
    }

    /// The medium that a word before a noun names: "a Sund.com report", "a CNN interview".
    pub(super) fn by_word(&self, at: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        let end = at + 1;
        let mut first = at;
        while first > 0 && page.is_capital(first - 1) && page.token(first - 1).dep == Dep::Compound {
            first -= 1;
        }
        let name = self.frames.text([first, end]);
        let known = self.introduced.get(&name).cloned();
        let listed = || lexicon::via().name(&name).map(|kind| Medium { name: name.clone(), kind });
        let site = || {
            let is_site = [".com", ".org", ".net"].iter().any(|ending| name.contains(ending));
            is_site.then(|| Medium { name: name.clone(), kind: MediumKind::Press })
        };
        let by_last = || {
            let lexicon = lexicon::via();
            let last = lexicon.last_word(&page.word(at).to_lowercase());
            // "a Radio Sund presenter"
            let kind = last.or_else(|| lexicon.first_word(&page.word(first).to_lowercase()));
            let kind = kind.filter(|_| end - first > 1);
            kind.filter(|_| !self.people.contains(&name)).map(|kind| Medium { name: name.clone(), kind })
        };
        known.or_else(listed).or_else(site).or_else(|| self.named(at)).or_else(by_last)
    }

    /// "the platform Wicket", where the tree takes the noun for the head.
    fn named_behind(&self, head: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        let lexicon = lexicon::via();
        let lemma = page.lemma(head);
        let platform = lexicon.is_platform_noun(&lemma).then_some(MediumKind::Platform);
        let kind = platform.or_else(|| lexicon.generic(&lemma)).or_else(|| lexicon.loose(&lemma))?;
        let [_, end] = page.sentence(head);
        let last = (head + 1..end.min(head + 6)).take_while(|at| page.is_capital(*at)).last()?;
        if matches!(page.word(last + 1), "’s" | "'s") {
            return None;
        }
        let definite = (page.left_edge(head)..head).any(|at| page.word(at).eq_ignore_ascii_case("the"));
        let by_noun = || definite.then(|| Medium { name: self.frames.text([head + 1, last + 1]), kind });
        self.named(last).or_else(by_noun)
    }

    /// The medium whose somebody or something is: "the broadcaster's Leon Gast", "the network's “Morning Call”".
    pub(super) fn of_owner(&self, head: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        let mut owners = page.left_edge(head)..head;
        let owner = owners.find(|at| page.is_child(*at, head) && page.token(*at).dep == Dep::Poss)?;
        self.named(owner)
    }

    /// The station whose programme stands between quotation marks: "on WTMJ's “Midday”".
    pub(super) fn of_programme(&self, head: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        let is_owner = |at: &TokenId| *at == head || page.token(*at).dep == Dep::Poss;
        let owner = (page.left_edge(head)..=head).find(|at| is_owner(at) && page.is_proper(*at))?;
        let is_titled = matches!(page.word(owner + 1), "'s" | "’s" | "’" | "'")
            && owner + 3 < page.end()
            && page.is_quoted(owner + 3)
            && !page.is_quoted(owner);
        let is_person = self.frames.entity(owner) == Some(EntityKind::Person);
        (is_titled && !is_person)
            .then(|| Medium { name: page.word(owner).to_owned(), kind: MediumKind::Broadcast })
    }

    /// The medium for which somebody in a phrase works: "Radio Sund presenter Ada Kell", "Ada Kell of Radio Sund".
    pub(super) fn of_journalist(&self, [first, head]: [TokenId; 2]) -> Option<Medium> {
        let page = self.frames.page;
        let works = |at: &TokenId| lexicon::via().lists.journalist.contains(&page.lemma(*at));
        let before = (first + 1..=head).find(works).and_then(|at| self.by_word(at - 1));
        let behind = || {
            // nothing follows the last word of a text
            let joint = Some(head + 1).filter(|at| matches!(page.word(*at), "of" | "from" | "at"))?;
            let object = self.frames.object(joint).filter(|_| page.is_capital(head))?;
            // not "the Star of Brezna", which is one name
            let [start, _] = self.name_of(object);
            self.named(object).filter(|_| start > head)
        };
        before.or_else(behind)
    }

    /// "the station" where none was named: a medium, but nobody knows which.
    pub(super) fn is_unknown(&self, head: TokenId) -> bool {
        let page = self.frames.page;
        let lemma = page.lemma(head);
        let is_common = !page.is_capital(head) && !matches!(page.word(head), "press" | "media");
        let named = lexicon::via().generic(&lemma).or_else(|| lexicon::via().loose(&lemma)).is_some();
        let before = head.checked_sub(1).map_or("", |at| page.word(at));
        is_common && named && matches!(before, "the" | "a" | "an" | "The") && self.at(head).is_none()
    }

    /// "told Corvane This Week": what is told and is nobody's name, nor a body's or a place's, is most likely a paper.
    pub(super) fn unknown_name(&self, [first, head]: [TokenId; 2]) -> Option<Medium> {
        let page = self.frames.page;
        let is_titled = page.word(first) == "The" && first < head;
        let first = first + TokenId::from(is_titled);
        let joint = |at: TokenId| matches!(page.word(at), "-" | "&" | "of");
        let is_capital = (first..=head).all(|at| page.is_capital(at) || joint(at) && at > first);
        let ends = !page.is_capital(head + 1) && !matches!(page.word(head + 1), "'s" | "’s" | "-" | "(");
        let name = self.frames.text([first, head + 1]);
        if !is_capital || !ends || self.others.contains(&name) || self.people.contains(page.word(head)) {
            return None;
        }
        let is_body = |at: TokenId| page.words.noun(&page.word(at).to_lowercase()).is_some();
        let entity = self.frames.entity(head);
        let fits = match entity {
            Some(
                EntityKind::Person | EntityKind::Norp | EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac,
            ) => false,
            Some(EntityKind::Date | EntityKind::Time) => head > first,
            // a body of one word is told as well: only “The” or capitals within make a paper of it
            _ => is_titled || head > first || is_camel(page.word(head)),
        };
        let are_many = matches!(page.token(head).tag, Tag::Nns | Tag::Nnps) && !is_titled;
        let is_short = first == head && !is_titled && !page.word(head).contains(char::is_lowercase);
        let is_medium = fits && !are_many && !is_short && !(first..=head).any(is_body);
        is_medium.then_some(Medium { name, kind: MediumKind::Press })
    }

    /// Whether a name alone says that it is a medium's.
    pub(super) fn is_name(&self, name: &str) -> bool {
        let lexicon = lexicon::via();
        let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        let several = name.contains(' ');
        !self.is_person(name)
            && (self.introduced.contains_key(name)
                || lexicon.name(name).is_some()
                || several && lexicon.last_word(&last).is_some()
                || lexicon.generic(&last).is_some())
    }

    /// Whether a name is somebody's. A paper that "discussed" something is a speaker too.
    fn is_person(&self, name: &str) -> bool {
        let is_listed = lexicon::via().name(name).is_some();
        self.people.contains(name) && (!is_listed || self.frames.page.words.gender_of(name).is_some())
    }

    /// The medium that a name names. A name that is all capital words counts when its words, the lexicon or the article say so.
    fn named(&self, head: TokenId) -> Option<Medium> {
        if !self.is_name_head(head) {
            return None;
        }
        let page = self.frames.page;
        let lexicon = lexicon::via();
        let [first, end] = self.name_of(head);
        let name = self.frames.text([first, end]);
        if let Some(medium) = self.introduced.get(&name) {
            return Some(medium.clone());
        }
        if self.is_person(&name) {
            return None;
        }
        let medium = |name: &str, kind| Some(Medium { name: name.to_owned(), kind });
        if let Some(kind) = lexicon.name(&name) {
            return medium(
                lexicon.full_name(&name).filter(|full| self.full.contains(full)).unwrap_or(&name),
                kind,
            );
        }
        if let Some(entity) = self.frames.entity(head)
            && matches!(entity, EntityKind::Person | EntityKind::Gpe | EntityKind::Date | EntityKind::Norp)
            && end - first < 2
        {
            return None;
        }
        let lower = |at: TokenId| page.word(at).to_lowercase();
        let several = end - first > 1;
        let by_last = lexicon.last_word(&lower(end - 1)).filter(|_| several || self.is_short_name(end - 1));
        let by_first = lexicon.first_word(&lower(first)).filter(|_| several);
        // "Continental News Service", "Corvane Press Agency"
        let by_both = || {
            let before = (end - 1).checked_sub(1).filter(|at| *at >= first)?;
            lexicon.loose(&lower(end - 1)).filter(|_| lexicon.is_modifier(&lower(before)))
        };
        // "BBC Radio 4", "CBS This Morning"
        let by_house = || {
            let house = page.word(first);
            let is_house = house.len() > 2 && !house.contains(char::is_lowercase);
            let listed = lexicon.name(house).filter(|kind| is_house && *kind == MediumKind::Broadcast);
            listed.filter(|_| several && self.frames.entity(head) != Some(EntityKind::Person))
        };
        let is_site = [".com", ".org", ".net", ".tv"].iter().any(|ending| lower(end - 1).ends_with(ending));
        // "al-Sund TV", "The Times of Brezna": the word stands before a place
        let by_of = || {
            let of = (first + 1..end).find(|at| matches!(page.word(*at), "of" | "and" | "&"))?;
            lexicon.last_word(&lower(of - 1)).or_else(|| lexicon.first_word(&lower(of - 1)))
        };
        let kind = by_last
            .or(by_first)
            .or_else(by_both)
            .or_else(by_house)
            .or_else(by_of)
            .or(is_site.then_some(MediumKind::Press))?;
        medium(&name, kind)
    }

    /// "the Courier", where the article has "the Castrel Courier" or the article stands before it.
    fn is_short_name(&self, at: TokenId) -> bool {
        at > 0 && self.frames.page.word(at - 1).eq_ignore_ascii_case("the")
    }

    /// "state television", "local media"; "the station" after one that was named.
    fn described(&self, head: TokenId) -> Option<Medium> {
        let page = self.frames.page;
        let lexicon = lexicon::via();
        if page.is_capital(head) && page.token(head).pos == Pos::Propn {
            return None;
        }
        let lemma = page.lemma(head);
        let word = page.word(head).to_lowercase();
        let sure = lexicon.generic(&lemma);
        let kind = sure.or_else(|| lexicon.loose(&lemma)).or_else(|| lexicon.loose(&word))?;
        // "on the broadcaster's talk show"
        if let Some(medium) = self.of_owner(head) {
            return Some(medium);
        }
        let [first, end] = self.frames.phrase(head);
        let mut first = first;
        while first < head && (matches!(page.word(first), "same" | "own") || self.is_plain(first)) {
            first += 1;
        }
        let told = (first..head).any(|at| lexicon.is_modifier(&page.word(at).to_lowercase()));
        if told || sure.is_some() && first < head {
            return Some(Medium { name: self.frames.text([first, end]), kind });
        }
        // "the press", "the media": nobody's in particular
        if matches!(&*word, "press" | "media") {
            return None;
        }
        let opener = head.checked_sub(1).map(|at| page.word(at).to_lowercase()).unwrap_or_default();
        let before = match opener.as_str() {
            "the" | "same" => true,
            "this" | "a" | "an" | "another" | "some" | "other" | "any" => return None,
            _ => false,
        };
        // "on radio", "on the radio", "on his blog"
        let by_itself = matches!(lemma.as_str(), "radio" | "television" | "tv" | "blog" | "website");
        let before_here = self.named.partition_point(|(at, _)| *at < head);
        let earlier = self.named[..before_here].iter().rev().take(MOST_EARLIER);
        let mut earlier = earlier.filter(|(_, medium)| medium.kind == kind);
        let mut meant = || earlier.next().map(|(_, medium)| medium.clone());
        match before && !by_itself {
            true => meant(),
            false => by_itself.then_some(Medium { name: lemma, kind }),
        }
    }

    /// A word that says nothing of which medium it is: "live", "their".
    fn is_plain(&self, at: TokenId) -> bool {
        matches!(self.frames.page.word(at), "live" | "official" | "new" | "second" | "late")
    }
}

/// “ThePrint”, “EastSunder”
fn is_camel(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && word.contains(char::is_lowercase)
}

fn is_abbreviation(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.chars().all(|letter| letter.is_uppercase())
}
