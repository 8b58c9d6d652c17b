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
use sayso_model::attribution::AttributionNet;
use std::ops::Range;

/// From which probability on an anchor is looked at; chosen on documents that the network was not trained on.
const LEAST: f32 = 0.2;

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

/// Proposes attributions.
#[must_use]
pub fn propose(text: &Text, syntax: &Syntax, quotations: &Quotations, net: &AttributionNet) -> Vec<Proposal> {
    let features = features::of(text, syntax, quotations, net);
    let states = net.states(&features.inputs, &syntax.vectors);
    let anchors = states.anchors.iter().enumerate().filter(|(_, probability)| **probability >= LEAST);
    anchors
        .filter_map(|(anchor, &probability)| {
            let window = features.window(anchor);
            let codes = features.pairs(syntax, anchor);
            let scores = net.roles(&states, anchor, window.clone(), &codes);
            let roles = labelling::best(&scores, anchor - window.start);
            let sure = labelling::mean_probability(&scores, &roles);
            let attribution = attribution(syntax, &window, &roles, anchor, probability * sure)?;
            Some(Proposal { attribution, anchor: anchor as TokenId, probability })
        })
        .collect()
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
