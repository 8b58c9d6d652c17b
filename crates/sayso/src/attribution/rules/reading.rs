//! An article as the rules read it: the parse as a tree with extents, and for every token the quotation it stands in.
//!
//! In: the layers below. Out: questions answered in constant time, so that no rule walks a subtree or
//! searches for a quotation; built in time linear in the number of tokens.

use super::cues::{Verb, cues};
use crate::article::Article;
use crate::quotations::{Quotation, Quotations};
use crate::syntax::{Syntax, Token, TokenId};
use crate::text::{Span, Text};
use sayso_model::{Dep, Tag};

/// How many dependents of one token are looked through: no sentence that somebody wrote has more.
const MAX_CHILDREN: usize = 64;

/// Half-open range of tokens.
pub(super) type Range = std::ops::Range<TokenId>;

/// The layers of one article with what the rules ask of them.
pub(super) struct Reading<'a> {
    pub(super) article: &'a Article,
    pub(super) text: &'a Text,
    pub(super) tokens: &'a [Token],
    pub(super) sentences: &'a [[TokenId; 2]],
    pub(super) quotations: &'a [Quotation],
    /// For each quotation the one around it.
    pub(super) around: Vec<Option<usize>>,
    /// For each token the outermost quotation whose words it is one of.
    quoted_in: Vec<Option<u32>>,
    child_starts: Vec<u32>,
    child_lists: Vec<TokenId>,
    extents: Vec<(TokenId, TokenId)>,
    /// For each block its first token and one past its last.
    block_tokens: Vec<(TokenId, TokenId)>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(article: &'a Article, syntax: &'a Syntax, quotations: &'a Quotations) -> Self {
        let tokens = syntax.tokens.as_slice();
        let (child_starts, child_lists) = children(tokens);
        let mut block_tokens = vec![(0, 0); article.blocks.len()];
        for (at, token) in (0u32..).zip(tokens) {
            if let Some(range) = block_tokens.get_mut(token.block as usize) {
                *range = if range.1 == 0 { (at, at + 1) } else { (range.0, at + 1) };
            }
        }
        Self {
            article,
            text: &article.text,
            tokens,
            sentences: &syntax.sentences,
            quotations: quotations.all(),
            around: around(quotations.all()),
            quoted_in: quoted_in(tokens, quotations.all()),
            extents: extents(tokens),
            child_starts,
            child_lists,
            block_tokens,
        }
    }

    pub(super) fn token(&self, at: TokenId) -> &'a Token {
        &self.tokens[at as usize]
    }

    pub(super) fn len(&self) -> TokenId {
        self.tokens.len() as TokenId
    }

    pub(super) fn word(&self, at: TokenId) -> &'a str {
        self.text.slice(self.token(at).span)
    }

    /// The entries of the cue lexicon for a verb.
    pub(super) fn senses(&self, verb: TokenId) -> &'static [Verb] {
        cues().verbs(&self.token(verb).lemma, self.word(verb))
    }

    /// Whether a token is this word, letter case aside.
    pub(super) fn is(&self, at: TokenId, word: &str) -> bool {
        at < self.len() && self.word(at).eq_ignore_ascii_case(word)
    }

    pub(super) fn children(&self, at: TokenId) -> &[TokenId] {
        let range = self.child_starts[at as usize] as usize..self.child_starts[at as usize + 1] as usize;
        &self.child_lists[range]
    }

    /// The first dependent with one of these labels.
    pub(super) fn child(&self, at: TokenId, deps: &[Dep]) -> Option<TokenId> {
        self.children(at)
            .iter()
            .copied()
            .take(MAX_CHILDREN)
            .find(|child| deps.contains(&self.token(*child).dep))
    }

    /// The subject of a verb: of two before it the nearer one, as the parser may give it that of a clause before.
    ///
    /// “The council votes on a plan and *the mayor* says”: "votes" can be a noun.
    pub(super) fn subject(&self, verb: TokenId, deps: &[Dep]) -> Option<TokenId> {
        let is_subject = |child: &TokenId| deps.contains(&self.token(*child).dep);
        let children = self.children(verb).iter().copied().take(MAX_CHILDREN).filter(is_subject);
        let first = children.clone().next();
        children.take_while(|child| *child < verb).last().or(first)
    }

    /// First token and one past the last of what depends on a token, itself included.
    pub(super) fn extent(&self, at: TokenId) -> Range {
        let (first, end) = self.extents[at as usize];
        first..end
    }

    pub(super) fn sentence(&self, at: TokenId) -> Range {
        let [first, end] = self.sentences[self.token(at).sentence as usize];
        first..end
    }

    /// The tokens of a block; none for a block that was not read.
    pub(super) fn block(&self, block: usize) -> Range {
        self.block_tokens.get(block).map_or(0..0, |range| range.0..range.1)
    }

    /// The outermost quotation whose words (marks not counted) a token is one of; none past the last token.
    pub(super) fn quoted_in(&self, at: TokenId) -> Option<usize> {
        self.quoted_in.get(at as usize).copied().flatten().map(|index| index as usize)
    }

    /// The outermost quotation whose words a byte is one of.
    pub(super) fn quoted_in_byte(&self, byte: usize) -> Option<usize> {
        self.quoted_in(self.token_at(byte))
    }

    pub(super) fn is_verb(&self, at: TokenId) -> bool {
        matches!(self.token(at).tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
    }

    /// The characters from the first token of a range to its last.
    pub(super) fn span(&self, range: &Range) -> Option<Span> {
        if range.is_empty() {
            return None;
        }
        let (first, last) = (self.token(range.start).span, self.token(range.end - 1).span);
        Some(Span::at(first.start(), last.end().max(first.start())))
    }

    /// The first token that ends after a byte.
    pub(super) fn token_at(&self, byte: usize) -> TokenId {
        self.tokens.partition_point(|token| token.span.end() <= byte) as TokenId
    }

    /// The tokens that share a character with a span.
    pub(super) fn tokens_of(&self, span: Span) -> Range {
        let first = self.token_at(span.start());
        let end = self.tokens.partition_point(|token| token.span.start() < span.end()) as TokenId;
        first..end.max(first)
    }

    /// The block around a byte.
    pub(super) fn block_at(&self, byte: usize) -> Option<usize> {
        let at = self.article.blocks.partition_point(|block| block.span.end() <= byte);
        self.article.blocks.get(at).filter(|block| block.span.start() <= byte).map(|_| at)
    }

    /// The quotations from the innermost around a byte outwards, marks counted.
    pub(super) fn quotations_around(&self, byte: usize) -> impl Iterator<Item = (usize, &'a Quotation)> + '_ {
        let last = self.quotations.partition_point(|q| q.outer.start() <= byte).checked_sub(1);
        std::iter::successors(last, |at| self.around[*at])
            .map(|at| (at, &self.quotations[at]))
            .filter(move |(_, q)| q.outer.start() <= byte && byte < q.outer.end())
    }
}

fn around(all: &[Quotation]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut around = Vec::with_capacity(all.len());
    for (at, quotation) in all.iter().enumerate() {
        while open.pop_if(|last| all[*last].outer.end() <= quotation.outer.start()).is_some() {}
        around.push(open.last().copied());
        open.push(at);
    }
    around
}

fn quoted_in(tokens: &[Token], all: &[Quotation]) -> Vec<Option<u32>> {
    let mut outermost = (0u32..).zip(all).filter(|(_, quotation)| quotation.depth == 0).peekable();
    let mut found = Vec::with_capacity(tokens.len());
    for token in tokens {
        while outermost.next_if(|(_, quotation)| quotation.inner.end() <= token.span.start()).is_some() {}
        let inside = outermost.peek().filter(|(_, quotation)| quotation.inner.start() <= token.span.start());
        found.push(inside.map(|(index, _)| *index));
    }
    found
}

/// The dependents of each token in order, as one list with starts.
fn children(tokens: &[Token]) -> (Vec<u32>, Vec<TokenId>) {
    let mut starts = vec![0u32; tokens.len() + 1];
    let is_child =
        |at: usize, token: &Token| token.head as usize != at && (token.head as usize) < tokens.len();
    for (at, token) in tokens.iter().enumerate() {
        if is_child(at, token) {
            starts[token.head as usize + 1] += 1;
        }
    }
    for at in 0..tokens.len() {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut lists = vec![0; starts.last().map_or(0, |count| *count as usize)];
    for (at, token) in tokens.iter().enumerate() {
        if is_child(at, token) {
            let slot = &mut next[token.head as usize];
            lists[*slot as usize] = at as TokenId;
            *slot += 1;
        }
    }
    (starts, lists)
}

/// For each token the extent of its subtree: leaves hand theirs to their heads, each once.
fn extents(tokens: &[Token]) -> Vec<(TokenId, TokenId)> {
    let mut extents: Vec<(TokenId, TokenId)> = (0..tokens.len() as TokenId).map(|at| (at, at + 1)).collect();
    let mut waiting = vec![0u32; tokens.len()];
    for token in tokens {
        if let Some(count) = waiting.get_mut(token.head as usize) {
            *count += 1;
        }
    }
    let mut ready: Vec<usize> = (0..tokens.len()).filter(|at| waiting[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        let head = tokens[at].head as usize;
        if head == at || head >= tokens.len() {
            continue;
        }
        extents[head] = (extents[head].0.min(extents[at].0), extents[head].1.max(extents[at].1));
        waiting[head] -= 1;
        // a root waits for itself, which is no reason to wait
        let own = u32::from(tokens[head].head as usize == head);
        if waiting[head] == own {
            ready.push(head);
        }
    }
    extents
}
