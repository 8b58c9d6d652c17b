//! The layers that identity reads, with the questions it asks of them.

use crate::article::{Article, BlockRole};
use crate::lexicon::{self, NounClass, PronounKind, Words};
use crate::quotations::Quotations;
use crate::syntax::{Entity, Syntax, Token, TokenId};
use crate::text::Span;
use sayso_model::{Dep, EntityKind, Pos, Tag};
use std::collections::HashSet;

/// An article with its syntax, and the first and last token under each token.
pub(crate) struct Page<'a> {
    pub(crate) article: &'a Article,
    pub(crate) syntax: &'a Syntax,
    pub(crate) quotations: &'a Quotations,
    pub(crate) words: &'static Words,
    left: Vec<TokenId>,
    /// Words that stand capitalised inside sentences as proper nouns.
    proper: HashSet<&'a str>,
    /// Adjectives of peoples and places: “Veskarian”.
    demonyms: HashSet<String>,
    /// What people who are named in full are called for short: “Cook”.
    surnames: HashSet<&'a str>,
    /// Bytes at which “Q” and “A” of transcripts stand.
    bare_labels: HashSet<usize>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(article: &'a Article, syntax: &'a Syntax, quotations: &'a Quotations) -> Self {
        let mut page = Self {
            article,
            syntax,
            quotations,
            words: lexicon::words(),
            left: left_edges(&syntax.tokens),
            proper: HashSet::new(),
            demonyms: HashSet::new(),
            surnames: HashSet::new(),
            bare_labels: (0..article.blocks.len())
                .filter_map(|block| article.bare_label(block))
                .map(|label| label.start())
                .collect(),
        };
        page.proper = (0..page.end())
            .filter(|at| page.token(*at).pos == Pos::Propn && page.is_capital(*at))
            .map(|at| page.word(at))
            .collect();
        let is_full_name = |entity: &&Entity| {
            entity.kind == EntityKind::Person
                && entity.end > entity.first + 1
                && page.is_given_name(entity.first)
        };
        page.surnames =
            syntax.entities.iter().filter(is_full_name).map(|entity| page.word(entity.end - 1)).collect();
        page.demonyms = (0..page.end())
            .filter(|at| page.token(*at).tag == Tag::Jj && page.is_capital(*at))
            .filter_map(|at| stem(&page.word(at).to_lowercase(), &["ian", "ean", "an", "ese", "ish", "i"]))
            .collect();
        page
    }

    pub(crate) fn token(&self, at: TokenId) -> &'a Token {
        &self.syntax.tokens[at as usize]
    }

    /// One past the last token.
    pub(crate) fn end(&self) -> TokenId {
        self.syntax.tokens.len() as TokenId
    }

    /// A token's characters; empty past the end.
    pub(crate) fn word(&self, at: TokenId) -> &'a str {
        self.syntax.tokens.get(at as usize).map_or("", |token| self.article.text.slice(token.span))
    }

    /// A token's lemma in lower case.
    pub(crate) fn lemma(&self, at: TokenId) -> String {
        self.token(at).lemma.to_lowercase()
    }

    /// Tokens of a token's sentence.
    pub(crate) fn sentence(&self, at: TokenId) -> [TokenId; 2] {
        self.syntax.sentences.get(self.token(at).sentence as usize).copied().unwrap_or([at, at + 1])
    }

    /// The first token under a token, no further away than a noun phrase reaches.
    pub(crate) fn left_edge(&self, at: TokenId) -> TokenId {
        const FARTHEST: TokenId = 14;
        self.left[at as usize].max(at.saturating_sub(FARTHEST))
    }

    /// Whether the token governs the other, directly.
    pub(crate) fn is_child(&self, child: TokenId, head: TokenId) -> bool {
        self.token(child).head == head && child != head
    }

    /// Whether a token hangs on another one, directly or further down.
    pub(crate) fn is_under(&self, at: TokenId, above: TokenId) -> bool {
        const DEEPEST: usize = 8;
        std::iter::successors(Some(at), |at| Some(self.token(*at).head)).take(DEEPEST).any(|at| at == above)
    }

    /// From the first character of one token to the last of another.
    pub(crate) fn span(&self, first: TokenId, end: TokenId) -> Span {
        let start = self.token(first).span.start();
        Span::at(start, self.token(end.max(first + 1) - 1).span.end().max(start))
    }

    /// The tokens that lie wholly in a span.
    pub(crate) fn tokens_in(&self, span: Span) -> std::ops::Range<TokenId> {
        let tokens = &self.syntax.tokens;
        let first = tokens.partition_point(|token| token.span.start() < span.start());
        let end = tokens.partition_point(|token| token.span.end() <= span.end());
        first as TokenId..end.max(first) as TokenId
    }

    /// What a token can stand for, if it is a pronoun: "us", not "US".
    pub(crate) fn pronoun(&self, at: TokenId) -> Option<PronounKind> {
        let word = self.word(at);
        if word.len() > 1 && !word.contains(char::is_lowercase) {
            return None;
        }
        self.words.pronoun(&word.to_lowercase())
    }

    /// Whether a token starts with a capital.
    pub(crate) fn is_capital(&self, at: TokenId) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a token is a name by its tag, or because the same word is one elsewhere: "Quill, however, ...".
    pub(crate) fn is_proper(&self, at: TokenId) -> bool {
        matches!(self.token(at).pos, Pos::Propn)
            || matches!(
                self.token(at).pos,
                Pos::Noun | Pos::Adj | Pos::Verb | Pos::Other | Pos::Adv | Pos::Intj
            ) && self.is_capital(at)
                && self.word(at).len() > 2
                && self.proper.contains(self.word(at))
            || self.is_label(at)
    }

    /// Whether a word is a given name that the lists know.
    pub(crate) fn is_given_name(&self, at: TokenId) -> bool {
        self.words.gender_of(&self.word(at).to_lowercase()).is_some()
    }

    /// Whether a word is the last one of somebody's full name.
    pub(crate) fn is_surname(&self, at: TokenId) -> bool {
        self.surnames.contains(self.word(at))
    }

    /// Whether the article has an adjective of this one word: “Veskarian” of Veskary.
    pub(crate) fn has_demonym(&self, words: &[String]) -> bool {
        let [word] = words else { return false };
        stem(word, &["ia", "y", "a", "e", "o", ""]).is_some_and(|stem| self.demonyms.contains(&stem))
    }

    /// Whether a word in capitals before a colon or in double brackets says who speaks: "TEEL: I only count them."
    pub(crate) fn is_label(&self, at: TokenId) -> bool {
        let word = self.word(at);
        let is_bracketed = || {
            at >= 2
                && [at - 2, at - 1].iter().all(|at| self.word(*at) == "(")
                && [at + 1, at + 2].iter().all(|at| self.word(*at) == ")")
        };
        (self.word(at + 1) == ":" || is_bracketed())
            && !word.contains(char::is_lowercase)
            && word.chars().any(char::is_alphabetic)
            || self.is_bare_label(at)
    }

    /// Whether a token is the "Q" or "A" of a transcript, and no part of the sentence behind it.
    pub(crate) fn is_bare_label(&self, at: TokenId) -> bool {
        self.bare_labels.contains(&self.token(at).span.start()) && self.token(at).span.range().len() == 1
    }

    /// Whether a token is the first word of its sentence, quotation marks and the like not counted.
    pub(crate) fn is_first(&self, at: TokenId) -> bool {
        let [first, _] = self.sentence(at);
        (first..at).all(|before| matches!(self.token(before).pos, Pos::Punct | Pos::Space | Pos::Sym))
    }

    /// Whether a token stands in the headline, what stands under it, or the first paragraph.
    pub(crate) fn is_lead(&self, at: TokenId) -> bool {
        let blocks = &self.article.blocks;
        let block = self.token(at).block as usize;
        let role = |block: usize| blocks.get(block).map(|block| block.role);
        match role(block) {
            Some(BlockRole::Title | BlockRole::Standfirst) => true,
            Some(BlockRole::Paragraph) => (0..block).all(|before| role(before) != Some(BlockRole::Paragraph)),
            _ => false,
        }
    }

    /// Whether a token stands between quotation marks.
    pub(crate) fn is_quoted(&self, at: TokenId) -> bool {
        self.quotations.is_inside(self.token(at).span.start())
    }

    /// Whether a token can be the subject of its verb.
    pub(crate) fn is_subject(&self, at: TokenId) -> bool {
        matches!(self.token(at).dep, Dep::Nsubj | Dep::Nsubjpass)
    }

    /// Whether a token heads a noun phrase, by its place in the tree.
    pub(crate) fn is_nominal(&self, at: TokenId) -> bool {
        let token = self.token(at);
        let phrase = match token.pos {
            Pos::Noun | Pos::Propn | Pos::Pron => true,
            // "Fourteen believes", "Both promised", "The accused said"
            Pos::Num | Pos::Det | Pos::Adj | Pos::Other => {
                matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Agent) || token.tag == Tag::Nnp
            }
            Pos::Adp
            | Pos::Adv
            | Pos::Aux
            | Pos::Cconj
            | Pos::Intj
            | Pos::Part
            | Pos::Punct
            | Pos::Sconj
            | Pos::Sym
            | Pos::Verb
            | Pos::Space => false,
        };
        (phrase || self.is_label(at) || token.pos != Pos::Verb && self.is_proper(at))
            && !matches!(token.dep, Dep::Compound | Dep::Det)
    }

    /// The entity that a token is part of.
    pub(crate) fn entity(&self, at: TokenId) -> Option<Entity> {
        let entities = &self.syntax.entities;
        let found = entities.partition_point(|entity| entity.end <= at);
        entities.get(found).filter(|entity| entity.first <= at).copied()
    }

    /// Whether a token says of which people somebody is: “Veskarian”.
    pub(crate) fn is_of_people(&self, at: TokenId) -> bool {
        self.entity(at).is_some_and(|entity| entity.kind == EntityKind::Norp)
    }

    /// Whether a token is a noun for what a person is: “coach”, “CEO”, “Minister”.
    pub(crate) fn is_human_noun(&self, at: TokenId) -> bool {
        self.words.noun(&self.word(at).to_lowercase()).is_some_and(NounClass::is_human)
    }

    /// Whether one name holds both tokens: “the Islamic State of Iraq and the Levant”.
    pub(crate) fn is_one_name(&self, first: TokenId, second: TokenId) -> bool {
        self.entity(first).is_some_and(|entity| second < entity.end)
    }

    /// “Many of the relatives”, “52 percent”, “half of those asked”: more than one, by how many.
    pub(crate) fn is_quantity(&self, at: TokenId) -> bool {
        const QUANTITIES: [&str; 22] = [
            "many",
            "most",
            "some",
            "several",
            "half",
            "few",
            "dozens",
            "hundreds",
            "thousands",
            "others",
            "percent",
            "%",
            "each",
            "both",
            "all",
            "thirds",
            "quarters",
            "couple",
            "lot",
            "million",
            "majority",
            "those",
        ];
        QUANTITIES.iter().any(|word| self.word(at).eq_ignore_ascii_case(word))
    }
}

/// A word without the first ending that it has.
fn stem(word: &str, endings: &[&str]) -> Option<String> {
    const SHORTEST: usize = 4;
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending))?;
    (stem.len() >= SHORTEST).then(|| stem.to_owned())
}

/// For each token the first token under it: earlier tokens are carried up first, so that later ones stop early.
fn left_edges(tokens: &[Token]) -> Vec<TokenId> {
    let mut left: Vec<TokenId> = (0..tokens.len() as TokenId).collect();
    for at in 0..tokens.len() {
        let (mut below, edge) = (at, left[at]);
        loop {
            let above = tokens[below].head as usize;
            if above == below || above >= tokens.len() || left[above] <= edge {
                break;
            }
            left[above] = edge;
            below = above;
        }
    }
    left
}
