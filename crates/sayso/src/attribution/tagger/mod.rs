//! Attributions by the fitted network.
//!
//! In: syntax with vectors, quotations, the network. Out: for each anchor that the network believes in, the words that are source, cue
//! and content to it. Nothing keeps two attributions apart, so one may stand within another's content.

pub mod features;
mod labelling;

use super::{Attribution, Reason};
use crate::quotations::Quotations;
use crate::syntax::{Syntax, TokenId};
use crate::text::{Span, Text};
use features::Features;
use labelling::Role;
use sayso_model::attribution::{AttributionNet, Tokens};
use std::ops::Range;

/// From which probability on an anchor is looked at.
const LEAST: f32 = 0.1;

/// An attribution that the network proposes.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Source, cue and content.
    pub attribution: Attribution,
    /// The token that it hangs on.
    pub anchor: TokenId,
    /// How sure the network is of the anchor, 0 to 1.
    pub probability: f32,
}

/// What the network makes of some tokens.
#[derive(Clone, Debug, Default)]
pub struct Tagged {
    /// What it proposes.
    pub proposals: Vec<Proposal>,
    /// For each token the probability that it anchors an attribution.
    pub anchors: Vec<f32>,
}

impl Tagged {
    /// Adds what was found in the part of the article that follows.
    pub fn append(&mut self, part: Self) {
        let first = self.anchors.len() as TokenId;
        let proposals = part.proposals.into_iter();
        self.proposals.extend(proposals.map(|one| Proposal { anchor: one.anchor + first, ..one }));
        self.anchors.extend(part.anchors);
    }
}

/// Proposes attributions.
#[must_use]
pub fn propose(text: &Text, syntax: &Syntax, quotations: &Quotations, net: &AttributionNet) -> Tagged {
    let features = features::of(text, syntax, quotations, net);
    let forms: Vec<&str> = syntax.tokens.iter().map(|token| features::form(text.slice(token.span))).collect();
    let states = net.states(Tokens {
        inputs: &features.inputs,
        vectors: &syntax.vectors,
        forms: &forms,
        blocks: &features.blocks,
    });
    let anchors = states.anchors.iter().enumerate().filter(|(_, probability)| **probability >= LEAST);
    let proposals = anchors
        .filter_map(|(anchor, &probability)| {
            let window = features.window(anchor);
            let codes = features.pairs(syntax, anchor);
            let scores = net.roles(&states, anchor, window.clone(), &codes);
            let roles = labelling::best(&scores, anchor - window.start);
            let sure = labelling::mean_probability(&scores, &roles);
            let attribution = attribution(syntax, &window, &roles, anchor, probability * sure)?;
            Some(Proposal { attribution, anchor: anchor as TokenId, probability })
        })
        .collect();
    Tagged { proposals, anchors: states.anchors }
}

fn attribution(
    syntax: &Syntax,
    window: &Range<usize>,
    roles: &[Role],
    anchor: usize,
    score: f32,
) -> Option<Attribution> {
    let spans = |wanted: Role| -> Vec<Span> {
        let mut at = window.start;
        let runs = roles.chunk_by(|a, b| a == b).map(|run| {
            let first = at;
            at += run.len();
            (run[0], first..at)
        });
        let wanted = runs.filter(|(role, _)| *role == wanted);
        wanted.map(|(_, run)| syntax.tokens[run.start].span.cover(syntax.tokens[run.end - 1].span)).collect()
    };
    let content = spans(Role::Content);
    (!content.is_empty()).then(|| Attribution {
        source: spans(Role::Source),
        cue: spans(Role::Cue),
        content,
        continues: None,
        inside: None,
        score,
        because: vec![Reason { field: "cue", rule: "tagger", span: syntax.tokens[anchor].span }],
    })
}

impl Features {
    /// The numbers that training reads, one row a token: block, sentence, head, rows of the tables, quotation or -1.
    #[must_use]
    pub fn rows(&self, syntax: &Syntax) -> Vec<Vec<i64>> {
        let tokens = self.inputs.iter().zip(&syntax.tokens).zip(&self.quotations);
        tokens
            .map(|((input, token), quotation)| {
                let mut row = vec![i64::from(token.block), i64::from(token.sentence), i64::from(token.head)];
                row.extend(input.rows.iter().map(|n| i64::from(*n)));
                row.push(quotation.map_or(-1, i64::from));
                row
            })
            .collect()
    }
}
