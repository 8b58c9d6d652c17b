//! Whom a pronoun means.
//!
//! In: the phrases before a pronoun and who spoke last. Out: the most likely being with how far it is ahead
//! of the next, or several when none is. What pronouns of news prose go by: the subject of the sentence before, the
//! last speaker, nearness, and what is known of "he" and "she". Words that stand inside quotation marks
//! are another speaker's and count for little outside them.

use super::cast::{BeingId, Cast};
use super::page::Page;
use super::phrases::{Phrase, What};
use crate::lexicon::{Gender, NounClass, PronounKind};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Dep;

/// How many phrases back a pronoun reaches.
const REACH_PHRASES: usize = 90;
/// How many blocks back.
const REACH_BLOCKS: u32 = 2;
/// A candidate below this is nobody.
const LEAST_SCORE: f32 = 1.2;
/// How far ahead of the next one it has to be.
const LEAST_LEAD: f32 = 0.7;

const RIVAL: f32 = 0.9;
/// What speaks for a subject whose name two people have: it may have spoken last.
const NAMESAKES: f32 = 1.6;

/// Whether the sentence before a pronoun's has somebody else as its subject than who spoke last: “... Orr said. Rep. Ana Rook came too. *She* said”.
fn has_new_subject(
    page: &Page,
    phrases: &[Phrase],
    cast: &Cast,
    until: usize,
    setting: &Setting,
    kind: PronounKind,
) -> bool {
    const FARTHEST: usize = 30;
    let Some((speaker, _)) = setting.last_speaker else { return false };
    let sentence = page.token(setting.at).sentence;
    let mut subjects = (until.saturating_sub(FARTHEST)..until).rev().filter(|at| {
        let phrase = &phrases[*at];
        page.is_subject(phrase.head)
            && is_main(page, phrase.head)
            && !phrase.is_quoted
            && page.token(phrase.head).sentence < sentence
    });
    let Some(at) = subjects.next() else { return false };
    page.token(phrases[at].head).sentence + 2 >= sentence
        && matches!(phrases[at].what, What::Name(_))
        && cast.who[at].is_some_and(|who| who != speaker && fits(cast, who, kind))
}

/// What surrounds a pronoun.
pub(super) struct Setting<'a> {
    /// Its token.
    pub(super) at: TokenId,
    /// The words attributed to it.
    pub(super) content: &'a [Span],
    /// Who speaks around it, who is "I" there and not "he".
    pub(super) outer: Option<BeingId>,
    /// Whom it cannot mean: the subject of the verb whose object it is.
    pub(super) never: Option<BeingId>,
    /// Who spoke last, and in which block.
    pub(super) last_speaker: Option<(BeingId, u32)>,
    /// Whom the words around it ask: “asked Orr about what *he* had said”.
    pub(super) asked: Option<BeingId>,
}

/// Whom a pronoun means.
pub(super) enum Meant {
    /// This one, with how sure that is.
    One(BeingId, f32),
    /// One of these, most likely first.
    Several(Vec<BeingId>),
    Nobody,
}

/// Weighs everybody whom a pronoun can mean.
pub(super) fn of(
    page: &Page,
    phrases: &[Phrase],
    cast: &Cast,
    kind: PronounKind,
    setting: &Setting,
) -> Meant {
    let token = page.token(setting.at);
    let until = phrases.partition_point(|phrase| phrase.head < setting.at);
    let is_quoted = page.is_quoted(setting.at);
    let named = named_in(page, phrases, cast, setting.content);
    // "they both" are no body
    let is_both = kind == PronounKind::Many && page.word(setting.at + 1).eq_ignore_ascii_case("both");
    let mut scores: Vec<(BeingId, f32)> = Vec::new();
    let mut shadow: Option<(&Vec<BeingId>, f32)> = None;
    for at in (until.saturating_sub(REACH_PHRASES)..until).rev() {
        let phrase = &phrases[at];
        let block_distance = token.block.saturating_sub(page.token(phrase.head).block);
        if block_distance > REACH_BLOCKS {
            break;
        }
        let Some(id) = cast.who[at] else {
            // "Ebel said it was hard": one of two of that name
            let either = cast.either.get(&(at as u32)).filter(|_| page.is_subject(phrase.head));
            if let Some(either) = either.filter(|either| either.iter().any(|id| fits(cast, *id, kind))) {
                let score = weigh(page, phrase, setting.at, block_distance, is_quoted) + NAMESAKES;
                if shadow.as_ref().is_none_or(|(_, other)| score > *other) {
                    shadow = Some((either, score));
                }
            }
            continue;
        };
        let being_fits = fits(cast, id, kind);
        if is_both && !cast.beings[id as usize].is_plural {
            continue;
        }
        if !being_fits || Some(id) == setting.never || Some(id) == setting.outer && is_quoted {
            continue;
        }
        let head_span = page.token(phrase.head).span;
        if is_described_by(page, phrase.head, setting.at) {
            continue;
        }
        let is_told_of = setting.content.iter().any(|content| content.contains(head_span));
        if is_told_of && !is_teller(page, phrase, setting) || is_fronted(page, phrase.head, setting.at) {
            continue;
        }
        let score = weigh(page, phrase, setting.at, block_distance, is_quoted);
        match scores.iter_mut().find(|(other, _)| *other == id) {
            // a second mention adds a little
            Some((_, best)) => *best = best.max(score) + 0.15,
            None => scores.push((id, score)),
        }
    }
    let has_rival = has_new_subject(page, phrases, cast, until, setting, kind);
    for (id, score) in &mut scores {
        adjust(cast, *id, score, kind, token.block, setting);
        if has_rival && setting.last_speaker.is_some_and(|(speaker, _)| speaker == *id) {
            *score -= RIVAL;
        }
        *score += if Some(*id) == setting.asked { 1.6 } else { 0.0 };
        // who speaks of somebody by name is somebody else
        *score -= if named.contains(id) { 2.5 } else { 0.0 };
    }
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    // a name that could be two people's is who is meant, if it is either of them
    match (scores.first(), shadow) {
        (Some((id, score)), Some((either, other))) if !either.contains(id) && score - other < LEAST_LEAD => {
            Meant::Several(either.clone())
        }
        _ => decide(&scores),
    }
}

/// “Prosecutors charged the man with murder, they said”: the subject of what is reported may be who reports it.
fn is_teller(page: &Page, phrase: &Phrase, setting: &Setting) -> bool {
    let pronoun = page.token(setting.at);
    page.is_subject(phrase.head)
        && !phrase.is_quoted
        && page.token(phrase.head).sentence == pronoun.sentence
        && setting.content.iter().all(|content| content.end() <= pronoun.span.start())
}

/// “In a statement it denied”: what stands in a phrase of the pronoun's own clause is not what the pronoun means.
fn is_fronted(page: &Page, noun: TokenId, pronoun: TokenId) -> bool {
    let token = page.token(noun);
    let link = page.token(token.head);
    token.dep == Dep::Pobj
        && link.dep == Dep::Prep
        && page.is_subject(pronoun)
        && link.head == page.token(pronoun).head
        && noun < pronoun
}

/// “the families whom they claim to defend”: a noun is not whom a pronoun in its own relative clause means.
fn is_described_by(page: &Page, noun: TokenId, pronoun: TokenId) -> bool {
    const DEEPEST: usize = 12;
    let mut above = pronoun;
    for _ in 0..DEEPEST {
        let token = page.token(above);
        if token.dep == Dep::Relcl && token.head < pronoun {
            return token.head == noun;
        }
        if token.head == above {
            return false;
        }
        above = token.head;
    }
    false
}

/// Whom quoted words name.
fn named_in(page: &Page, phrases: &[Phrase], cast: &Cast, content: &[Span]) -> Vec<BeingId> {
    const MOST: usize = 80;
    let within = |span: &Span| {
        let tokens = page.tokens_in(*span);
        let first = phrases.partition_point(|phrase| phrase.head < tokens.start);
        let end = phrases.partition_point(|phrase| phrase.head < tokens.end);
        (first..end).take(MOST)
    };
    let is_name = |at: &usize| matches!(phrases[*at].what, What::Name(_)) && phrases[*at].is_quoted;
    content.iter().flat_map(within).filter(is_name).filter_map(|at| cast.who[at]).collect()
}

fn decide(scores: &[(BeingId, f32)]) -> Meant {
    match scores {
        [] => Meant::Nobody,
        [(_, score), ..] if *score < LEAST_SCORE => Meant::Nobody,
        [(id, score), rest @ ..] => {
            let lead = rest.first().map_or(2.0, |(_, next)| score - next.max(0.0));
            if lead >= LEAST_LEAD {
                Meant::One(*id, (0.6 + 0.15 * lead).min(0.95))
            } else {
                let near = scores.iter().take(4).take_while(|(_, other)| score - other < LEAST_LEAD);
                Meant::Several(near.map(|(id, _)| *id).collect())
            }
        }
    }
}

fn weigh(page: &Page, phrase: &Phrase, pronoun: TokenId, block_distance: u32, is_quoted: bool) -> f32 {
    // of "Reyer and Aske" both are the subject
    let mut top = phrase.head;
    for _ in 0..4 {
        if page.token(top).dep == Dep::Conj {
            top = page.token(top).head;
        }
    }
    let token = page.token(top);
    let distance = page.token(pronoun).sentence.saturating_sub(token.sentence);
    let near = match distance {
        0 => 2.4,
        1 => 2.0,
        2 => 1.0,
        3 => 0.6,
        _ => 0.3,
    };
    let place = match token.dep {
        Dep::Nsubj | Dep::Nsubjpass if is_main(page, top) => 1.5,
        Dep::Nsubj | Dep::Nsubjpass => 1.2,
        Dep::Dobj | Dep::Agent | Dep::Dative => 0.2,
        Dep::Poss => 0.3,
        Dep::Pobj => -0.2,
        _ => 0.0,
    };
    let marks = match (phrase.is_quoted, is_quoted) {
        (true, false) => -2.0,
        (true, true) => 0.5,
        (false, _) => 0.0,
    };
    near + place + marks - 0.8 * block_distance as f32
}

/// Whether a subject is that of its sentence's first verb, not of a clause in it.
fn is_main(page: &Page, at: TokenId) -> bool {
    let verb = page.token(at).head;
    page.token(verb).dep == Dep::Root
}

fn adjust(cast: &Cast, id: BeingId, score: &mut f32, kind: PronounKind, block: u32, setting: &Setting) {
    let being = &cast.beings[id as usize];
    if let Some((speaker, said_in)) = setting.last_speaker
        && speaker == id
    {
        *score += match block.saturating_sub(said_in) {
            0 => 1.6,
            1 => 1.4,
            _ => 0.5,
        };
    }
    if matches!(kind, PronounKind::Male | PronounKind::Female) {
        *score += if being.gender().is_some() { 0.8 } else { 0.0 };
        *score += if being.is_named() { 0.2 } else { 0.0 };
    }
    *score += 0.05 * being.phrases.len().min(8) as f32;
}

fn fits(cast: &Cast, id: BeingId, kind: PronounKind) -> bool {
    let being = &cast.beings[id as usize];
    match kind {
        PronounKind::Male => being.can_be_person() && being.gender() != Some(Gender::Female),
        PronounKind::Female => being.can_be_person() && being.gender() != Some(Gender::Male),
        PronounKind::Thing => being.can_be_thing() && (being.is_named() || being.class.is_some()),
        // things are plural too, but do not speak
        PronounKind::Many if being.is_plural => {
            being.is_named() || being.class.is_some_and(|class| class != NounClass::Document)
        }
        PronounKind::Many => {
            let is_body = |class: NounClass| !class.is_human() && class != NounClass::Document;
            // "the region" is none of those who speak as "they"
            let is_place = being.roles.iter().any(|role| is_land(&role.lemma)) && !being.is_named();
            being.is_plural || being.class.is_some_and(is_body) && being.can_be_thing() && !is_place
        }
        PronounKind::First | PronounKind::Second | PronounKind::Relative => false,
    }
}

fn is_land(lemma: &str) -> bool {
    matches!(
        lemma,
        "country"
            | "nation"
            | "state"
            | "region"
            | "province"
            | "city"
            | "town"
            | "district"
            | "capital"
            | "county"
            | "prefecture"
    )
}

/// Learns from the pronouns that can only mean one: "Tolvarek, for his part", "Brask met the families. She ...".
pub(super) fn learn_genders(page: &Page, phrases: &[Phrase], cast: &mut Cast) {
    let mut from = 0;
    for (at, phrase) in phrases.iter().enumerate() {
        let What::Pronoun(kind @ (PronounKind::Male | PronounKind::Female)) = &phrase.what else { continue };
        let sentence = page.token(phrase.head).sentence;
        let block = page.token(phrase.head).block;
        while page.token(phrases[from].head).sentence + 1 < sentence
            || page.token(phrases[from].head).block != block
        {
            from += 1;
        }
        const FARTHEST: usize = 60;
        let mut people: Vec<(BeingId, bool)> = Vec::new();
        let start = from.max(at.saturating_sub(FARTHEST));
        for (before, other) in phrases[..at].iter().enumerate().skip(start) {
            let Some(id) = cast.who[before] else {
                if cast.either.contains_key(&(before as u32)) {
                    people.push((BeingId::MAX, true));
                }
                continue;
            };
            let being = &cast.beings[id as usize];
            let could =
                being.can_be_person() || being.class.is_none() && !being.is_plural && other.is_person_like();
            if could && other.is_quoted == phrase.is_quoted && people.iter().all(|(other, _)| *other != id) {
                people.push((id, page.token(other.head).sentence == sentence));
            }
        }
        if let [(id, is_near)] = people[..]
            && id != BeingId::MAX
        {
            let gender = if *kind == PronounKind::Male { Gender::Male } else { Gender::Female };
            cast.beings[id as usize].learn(Some(gender), if is_near { 2 } else { 1 });
        }
    }
}

impl Phrase {
    fn is_person_like(&self) -> bool {
        match &self.what {
            What::Name(name) => !name.has_article,
            What::Description(_) | What::Pronoun(_) => false,
        }
    }
}
