//! English syntax: tokens, tags, a tree, sentences, lemmas and named entities, as spaCy's en_core_web_sm 3.8.0 finds them.
//!
//! In: texts. Out: a [`Parsed`] for each. The texts of a call go through the encoders together; none sees another. The order is spaCy's:
//! tokenizer, shared encoder, tagger, parser, attribute ruler, lemmatizer, entities with an encoder of their own.
//!
//! # Source
//! spaCy 3.8; `weights/en_core_web_sm/CARD.md` says where weights and tables are from.

mod batch;
mod encoder;
mod entities;
mod parser;
mod scorer;
mod tree;
mod words;

use std::sync::{Mutex, PoisonError};

use crate::attribute_ruler::AttributeRuler;
use crate::kernels::{Packed, argmax};
use crate::labels::{EntityKind, Tag};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::is_space;
use crate::tensors::Tensors;
use crate::tokenizer::{Token, Tokenizer};
use crate::{Parsed, TokenSpan};
use batch::Scratch;
use encoder::{Encoder, WIDTH};
use scorer::{HIDDEN, Scorer, Scores};
use tree::{Label, Tree};

const NETWORK: &[u8] = include_bytes!("../../weights/en_core_web_sm/network.bin");
const MOVES: &str = include_str!("../../weights/en_core_web_sm/moves.tsv");

/// How many tokens, more or less, are taken through all steps before the next ones: enough to fill the processor, little to hold.
const TOKENS_A_GROUP: usize = 4096;

/// The syntax of English.
#[derive(Debug)]
pub struct SyntaxModel {
    tokenizer: Tokenizer,
    shared: Encoder,
    tagger: Packed,
    parser: Scorer<{ parser::POSITIONS }>,
    parser_moves: Vec<parser::Move>,
    ruler: AttributeRuler,
    lemmatizer: Lemmatizer,
    own: Encoder,
    recogniser: Scorer<{ entities::POSITIONS }>,
    entity_moves: Vec<entities::Move>,
    /// Room to work in, one for each call that runs at the same time.
    scratches: Mutex<Vec<Scratch>>,
}

/// A text and its tokens.
#[derive(Clone, Copy, Debug)]
struct Tokenized<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl SyntaxModel {
    /// The model that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        let tensors = Tensors::read(NETWORK);
        let tagger = |part, shape: &[usize]| tensors.get(part, shape).to_vec();
        let (parser_moves, entity_moves) = (parser_moves(), entity_moves());
        Self {
            tokenizer: Tokenizer::new(),
            shared: Encoder::load(&tensors, "shared", &words::ATTRIBUTES),
            tagger: Packed::linear(
                &tagger("tagger.weight", &[Tag::ALL.len(), WIDTH]),
                &tagger("tagger.bias", &[Tag::ALL.len()]),
            ),
            parser: Scorer::load(&tensors, "parser", parser_moves.len()),
            parser_moves,
            ruler: AttributeRuler::new(),
            lemmatizer: Lemmatizer::new(),
            own: Encoder::load(&tensors, "entities", words::ENTITY_ATTRIBUTES),
            recogniser: Scorer::load(&tensors, "entities", entity_moves.len()),
            entity_moves,
            scratches: Mutex::new(Vec::new()),
        }
    }

    /// The syntax of each text, in order; a text gives the same whatever other texts are with it.
    ///
    /// # Panics
    /// If a text has 4 GiB or more.
    #[must_use]
    pub fn parse(&self, texts: &[&str]) -> Vec<Parsed> {
        let free = self.scratches.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut scratch = free.unwrap_or_else(Scratch::new);
        let mut parsed = Vec::with_capacity(texts.len());
        let mut group: Vec<(&str, Vec<Token>)> = Vec::new();
        let mut size = 0;
        for text in texts {
            let tokens = self.tokenizer.tokenize(text);
            if size + tokens.len() > TOKENS_A_GROUP {
                self.parse_group(&group, &mut scratch, &mut parsed);
                group.clear();
                size = 0;
            }
            size += tokens.len();
            group.push((text, tokens));
        }
        self.parse_group(&group, &mut scratch, &mut parsed);
        self.scratches.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        parsed
    }

    fn parse_group(&self, group: &[(&str, Vec<Token>)], scratch: &mut Scratch, parsed: &mut Vec<Parsed>) {
        let texts: Vec<Tokenized<'_>> =
            group.iter().map(|(text, tokens)| Tokenized { text, tokens }).collect();
        let mut encoded = self.encode(&texts, scratch);
        let mut arcs = Scores::new(&self.parser, &encoded.parser, std::mem::take(&mut scratch.parser_rows));
        let mut names =
            Scores::new(&self.recogniser, &encoded.entities, std::mem::take(&mut scratch.entity_rows));
        let mut first = 0;
        for text in texts {
            let range = first..first + text.tokens.len();
            // a text that fills the group by itself may be a long one
            let vectors = match range.len() * WIDTH == encoded.vectors.len() {
                true => std::mem::take(&mut encoded.vectors),
                false => encoded.vectors[range.start * WIDTH..range.end * WIDTH].to_vec(),
            };
            let tags = encoded.tags[range.clone()].to_vec();
            parsed.push(self.finish(text, first, vectors, tags, &mut arcs, &mut names));
            first = range.end;
        }
        scratch.parser_rows = arcs.into_rows();
        scratch.entity_rows = names.into_rows();
    }

    /// What follows when the tokens of a text, which start at `first`, are encoded.
    fn finish(
        &self,
        text: Tokenized<'_>,
        first: usize,
        vectors: Vec<f32>,
        mut tags: Vec<Tag>,
        arcs: &mut Scores<'_, { parser::POSITIONS }>,
        names: &mut Scores<'_, { entities::POSITIONS }>,
    ) -> Parsed {
        let forms: Vec<&str> = text.tokens.iter().map(|token| token.form(text.text)).collect();
        let spaces: Vec<bool> = forms.iter().map(|form| is_space(form)).collect();
        let links = parser::parse(arcs, &self.parser_moves, first, forms.len());
        let Tree { heads, mut deps, sentence_starts } = Tree::of(&links, |at| spaces[at]);
        let attributes = self.ruler.apply(&forms, &mut tags, &mut deps);
        let lemma = |(form, given): (&&str, &crate::Attributes)| match given.lemma {
            Some(lemma) => lemma.into(),
            None => self.lemmatizer.lemma(form, given.pos, given.morph),
        };
        Parsed {
            tokens: text.tokens.iter().map(TokenSpan::from).collect(),
            tags,
            pos: attributes.iter().map(|given| given.pos).collect(),
            lemmas: forms.iter().zip(&attributes).map(lemma).collect(),
            heads: heads
                .iter()
                .map(|&head| u32::try_from(head).expect("a text has fewer than 2^32 tokens"))
                .collect(),
            deps,
            entities: entities::recognise(names, &self.entity_moves, first, &sentence_starts, |at| {
                spaces[at]
            }),
            sentence_starts,
            vectors,
        }
    }
}

impl From<&Token> for TokenSpan {
    fn from(token: &Token) -> Self {
        Self { start: token.start, end: token.end, space_after: token.space_after }
    }
}

/// The rows of `moves.tsv` that are a network's: move and label.
fn moves_of(network: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    MOVES.lines().filter_map(move |line| line.strip_prefix(network)?.strip_prefix('\t')?.split_once('\t'))
}

fn parser_moves() -> Vec<parser::Move> {
    let label = |text| Label::read(text).expect("moves.tsv holds labels of the model");
    let one = |(name, text)| match name {
        "S" => parser::Move::Shift,
        "D" => parser::Move::Reduce,
        "L" => parser::Move::Left(label(text)),
        "R" => parser::Move::Right(label(text)),
        "B" => parser::Move::Break,
        other => panic!("moves.tsv: the parser has no move {other}"),
    };
    moves_of("parser").map(one).collect()
}

fn entity_moves() -> Vec<entities::Move> {
    let kind = |text| EntityKind::from_label(text).expect("moves.tsv holds kinds of the model");
    let one = |(name, text)| match (name, text) {
        ("B", _) => entities::Move::Begin(kind(text)),
        ("I", _) => entities::Move::Inside(kind(text)),
        ("L", _) => entities::Move::Last(kind(text)),
        ("U", "") => entities::Move::Never,
        ("U", _) => entities::Move::Unit(kind(text)),
        ("O", _) => entities::Move::Outside,
        (other, _) => panic!("moves.tsv: the entity recogniser has no move {other}"),
    };
    moves_of("entities").map(one).collect()
}
