//! The way of a statement to this page: to whom, through which medium, on what occasion, in how many steps.
//!
//! In: attributions over syntax and quotations, with their speakers. Out: one [`Route`] for each.

use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::identity::Identities;
use crate::quotations::Quotations;
use crate::syntax::Syntax;

/// The way of one statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Who was told: a name, or the article's words without their article.
    pub addressee: Option<String>,
    /// The medium next to the speaker.
    pub outlet: Option<String>,
    /// The occasion, as a noun: interview, statement, news conference.
    pub setting: Option<String>,
    /// From the speaker to this page.
    pub chain: Vec<Step>,
    /// How sure each field is, 0 to 1, by the record's name for it.
    pub scores: Vec<(&'static str, f32)>,
    /// What decided.
    pub because: Vec<Reason>,
}

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who had the words.
    pub from: String,
    /// Who got them.
    pub to: String,
    /// How.
    pub how: How,
}

/// How a medium came by somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// "told the Herald"
    Told,
    /// "the Herald quoted her as saying"
    Quoted,
    /// "the Herald, citing her"
    Cited,
    /// "she said, the Herald reported"
    Reported,
    /// "in a study published in the Herald"
    Published,
    /// "said on the radio"
    Broadcast,
    /// "tweeted"
    Posted,
}

impl How {
    /// The record's word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Quoted => "quoted",
            Self::Cited => "cited",
            Self::Reported => "reported",
            Self::Published => "published",
            Self::Broadcast => "broadcast",
            Self::Posted => "posted",
        }
    }
}

/// Finds the way of each attribution.
#[must_use]
pub fn trace(
    _article: &Article,
    _syntax: &Syntax,
    _quotations: &Quotations,
    attributions: &[Attribution],
    _identities: &Identities,
) -> Vec<Route> {
    vec![Route::default(); attributions.len()]
}
