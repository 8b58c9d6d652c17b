//! Who speaks: source words joined to people and bodies of the article.
//!
//! In: an article with its syntax, quotations and attributions. Out: [`Identities`], the sources of the
//! article and for each attribution which of them speaks. What always holds: a name is never a pronoun, and
//! where two are about as likely nobody is named, because a person given words that are not theirs is worse
//! than a statement with no name.
//!
//! # Source
//! The order of the sieves (names, appositions, descriptions, pronouns) follows Lee et al., "Deterministic
//! coreference resolution based on entity-centric, precision-ranked rules" (2013).

mod antecedent;
mod appositions;
mod bearers;
mod cast;
mod descriptions;
mod documents;
mod examination;
mod forms;
mod functions;
mod index;
mod members;
mod name_behind;
mod naming;
mod objects;
mod page;
mod phrases;
mod portrait;
mod pronouns;
mod source_words;
mod speakers;
mod spelling;
mod standing;
mod turns;
mod within;

pub(crate) use page::Page;

use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::ledger::{SourceKind, SourceStatus};
use crate::quotations::Quotations;
use crate::syntax::Syntax;
use crate::text::Span;

/// The sources of an article and who speaks in each attribution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identities {
    /// Everybody who speaks or may be speaking, in the order in which they first do.
    pub sources: Vec<Identity>,
    /// One for each attribution, in their order.
    pub speakers: Vec<Speaker>,
    /// Pronouns behind cues and in contents: "accused *him* of", "said *they* lied".
    pub objects: Vec<Object>,
}

/// A pronoun that may be a target, and whom it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The pronoun.
    pub span: Span,
    /// The name of whom it means, or a description.
    pub name: String,
    /// Index in [`Identities::sources`], if it speaks too.
    pub source: Option<usize>,
}

/// Somebody or something that speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The fullest name without titles, or a description without its article; never a pronoun.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// How it is identified.
    pub status: SourceStatus,
    /// Its functions, as the article words them.
    pub roles: Vec<Span>,
    /// The body it speaks or works for.
    pub affiliation: Option<String>,
    /// Every spelling of its name, fullest first.
    pub names: Vec<String>,
    /// Where the article names it, descriptions and resolved pronouns included, in order.
    pub mentions: Vec<Span>,
}

/// Who speaks in one attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Index in [`Identities::sources`], if it is clear.
    pub source: Option<usize>,
    /// Its name.
    pub name: Option<String>,
    /// Why nobody is named.
    pub why_unknown: Option<String>,
    /// Others who are reported to say the same.
    pub co_speakers: Vec<usize>,
    /// Who it may be, most likely first, where it is not clear.
    pub candidates: Vec<usize>,
    /// How sure it is, 0 to 1.
    pub score: f32,
    /// What decided, in order.
    pub because: Vec<Reason>,
}

/// Finds who speaks in each attribution.
#[must_use]
pub fn resolve(
    article: &Article,
    syntax: &Syntax,
    quotations: &Quotations,
    attributions: &[Attribution],
) -> Identities {
    let page = Page::new(article, syntax, quotations);
    let phrases = phrases::find(&page);
    let mut cast = cast::Cast::of_names(&page, &phrases);
    functions::attach(&page, &phrases, &mut cast);
    examination::name_letters(&page, &phrases, &mut cast);
    antecedent::learn_genders(&page, &phrases, &mut cast);
    let said = speakers::find(&page, &phrases, &mut cast, attributions);
    portrait::draw(&page, &phrases, &cast, said)
}
