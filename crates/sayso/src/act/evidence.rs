//! What the rules see of one attribution, before it is weighed.
//!
//! In: an attribution over the page. Out: the entries of the table of acts that its cue and its content match, and the content as signs
//! and words for the classifier. What holds: names and numbers are no words, so that nobody's name decides what he does.

use super::matching::{self, Cue, Matched};
use super::target::Seen;
use super::{build, is_negation, main_word};
use crate::attribution::Attribution;
use crate::identity::Page;
use crate::lexicon::{self, Act};
use crate::syntax::TokenId;
use crate::text::Span;
use sayso_model::Pos;
use std::collections::BTreeSet;

/// What speaks for one act or another.
pub(super) struct Evidence {
    /// Tokens of the cue, marks aside.
    pub(super) cue: Vec<TokenId>,
    /// Whether the cue is negated.
    pub(super) negated: bool,
    /// Whether the cue attributes a thought.
    pub(super) is_thought: bool,
    /// Tokens of the whole content that are looked at, what stands in attributions within it left out.
    pub(super) content: Vec<TokenId>,
    /// The entry that the cue matches.
    pub(super) by_cue: Option<Matched>,
    /// Whether it does little but pass on what others say: “Velmora says that ...”.
    pub(super) passes_on: bool,
    /// Entries that the content matches, if the cue leaves it to the content; the one that counts first.
    pub(super) by_content: Vec<Matched>,
}

/// What the classifier of words sees: `signs` count fully, `words` by how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Whether the cue leaves it to the content.
    pub is_open: bool,
    /// What the rules say, and how the words are given.
    pub signs: BTreeSet<String>,
    /// Words and pairs of words in lower case, each once, with where it first stands.
    pub words: Vec<(String, Span)>,
}

impl Evidence {
    pub(super) fn of(page: &Page, attribution: &Attribution, nested: &[Span]) -> Self {
        let acts = lexicon::acts();
        let in_cue = attribution.cue.iter().flat_map(|span| page.tokens_in(*span));
        let cue: Vec<TokenId> =
            in_cue.filter(|at| !matches!(page.token(*at).pos, Pos::Space | Pos::Punct)).collect();
        let all: Vec<TokenId> = attribution.content.iter().flat_map(|span| page.tokens_in(*span)).collect();
        let negated = cue.iter().any(|at| is_negation(page, *at));
        let is_thought =
            main_word(page, &cue).is_some_and(|at| matching::keys(page, at).any(|key| acts.is_thought(&key)));
        let by_cue = matching::by_cue(page, &Cue { tokens: &cue, negated }, &all)
            .filter(|found| !negated || !withholds_nothing(page, attribution, &cue, &all, found));
        let is_own = |at: &TokenId| !nested.iter().any(|span| span.contains(page.token(*at).span));
        let content: Vec<TokenId> = all.into_iter().take(matching::LONGEST_CONTENT).filter(is_own).collect();
        let words = content.iter().filter(|at| !matches!(page.token(**at).pos, Pos::Space | Pos::Punct));
        let passes_on = !nested.is_empty() && words.count() <= SHORT;
        // "said" and no cue at all leave it to the words themselves
        let by_content = if is_open(by_cue.as_ref()) {
            matching::by_content(page, attribution, &content, is_thought)
        } else {
            Vec::new()
        };
        Self { cue, negated, is_thought, content, by_cue, passes_on, by_content }
    }

    /// Whether the cue leaves it to the content.
    pub(super) fn is_open(&self) -> bool {
        is_open(self.by_cue.as_ref())
    }

    /// What targets are looked for in.
    pub(super) fn seen(&self, at: usize) -> Seen<'_> {
        let Self { cue, content, by_content, .. } = self;
        Seen { at, cue, content, is_named: !self.is_open(), by_content }
    }

    /// What the classifier of acts sees; `context` are the signs of what stands around.
    pub(super) fn wording(&self, page: &Page, attribution: &Attribution, context: &[String]) -> Wording {
        let act = |found: &Matched| lexicon::acts().entries()[found.entry].act.name();
        let mut signs: BTreeSet<String> =
            self.by_content.iter().map(|found| format!("has {} by {}", act(found), found.rule)).collect();
        signs.extend(
            self.by_content.iter().filter_map(|found| Some(format!("phrase {}", found.phrase.as_ref()?))),
        );
        let first = self.by_content.first();
        signs.insert(first.map_or_else(|| "no rule".to_owned(), |found| format!("first {}", act(found))));
        let cue = main_word(page, &self.cue).map_or_else(|| "none".to_owned(), |at| page.lemma(at));
        signs.insert(format!("cue {cue}"));
        if attribution.is_layout() {
            signs.insert("turn".to_owned());
        }
        if build::is_question(page, &self.content) {
            signs.insert("question".to_owned());
        }
        signs.extend(context.iter().cloned());
        let words: Vec<(String, TokenId)> =
            self.content.iter().filter_map(|at| Some((word(page, *at)?, *at))).collect();
        if let Some((first, _)) = words.first() {
            signs.insert(format!("starts {first}"));
        }
        if words.len() <= SHORT {
            signs.insert("short".to_owned());
        }
        let mut seen = BTreeSet::new();
        let one = words.iter().map(|(word, at)| (word.clone(), page.span(*at, at + 1)));
        let two = words.windows(2).filter_map(|pair| {
            let [(first, from), (second, to)] = pair else { return None };
            Some((format!("{first} {second}"), page.token(*from).span.cover(page.token(*to).span)))
        });
        let words = one.chain(two).filter(|(word, _)| seen.insert(word.clone())).collect();
        Wording { is_open: self.is_open(), signs, words }
    }
}

/// “I can’t say”, “it doesn’t tell voters much”: not said, but by nobody who was asked.
fn withholds_nothing(
    page: &Page,
    attribution: &Attribution,
    cue: &[TokenId],
    content: &[TokenId],
    found: &Matched,
) -> bool {
    let entry = &lexicon::acts().entries()[found.entry];
    let unable =
        |at: &TokenId| matches!(page.word(*at).to_lowercase().as_str(), "can" | "ca" | "could" | "cannot");
    let source = attribution.source.first().map(|span| page.article.text.slice(*span).to_lowercase());
    // "it did not say whose satellite": what it keeps back is named
    let keeps_back = || content.iter().take(2).any(|at| build::is_question_word(page, *at));
    let is_nobody = source.is_some_and(|source| match source.as_str() {
        "i" | "we" | "you" => true,
        "it" | "that" | "which" => !keeps_back(),
        _ => false,
    });
    entry.act == Act::Decline && entry.negated && (is_nobody || cue.iter().any(unable))
}

/// An answer of so few words says little but yes or no.
const SHORT: usize = 4;

fn is_open(by_cue: Option<&Matched>) -> bool {
    by_cue.is_none_or(|found| lexicon::acts().entries()[found.entry].act == Act::State)
}

/// A token as the classifier knows it; nothing for a mark that says nothing.
fn word(page: &Page, at: TokenId) -> Option<String> {
    let token = page.token(at);
    let word = page.word(at);
    match token.pos {
        Pos::Space => None,
        Pos::Punct => matches!(word, "?" | "!").then(|| word.to_owned()),
        Pos::Propn => Some("NAME".to_owned()),
        _ if word.contains(|c: char| c.is_ascii_digit()) => Some("NUMBER".to_owned()),
        _ => Some(word.to_lowercase().replace('’', "'")),
    }
}
