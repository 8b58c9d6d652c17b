//! The reader of acts: what a transformer makes of a statement and the words around it.
//!
//! In: passages, each with one statement marked. Out: how much speaks for each act, and for each candidate how much speaks for it as that whom the
//! act is about. Names are hidden from it, so that nobody's name decides what he does. training/act/reader.py is the same in PyTorch.
//!
//! # Source
//! Marked spans and pooled states: Baldini Soares et al. 2019, "Matching the blanks", section 3.2.

use super::ACTS;
use crate::kernels::{Packed, gelu};
use crate::tensors::Tensors;
use crate::transformer::{self, Precision, STATE, Transformer};
use std::ops::Range;

const WEIGHTS: &[u8] = include_bytes!("../../weights/act/reader.bin");

const MARKS: usize = 4;
/// Numbers of a candidate between its state and its score.
const CANDIDATE: usize = 192;
/// Passages that are read together; no number depends on it.
const AT_ONCE: usize = 16;

/// What a token is to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Stands around it.
    Around,
    /// Names who speaks.
    Source,
    /// Says that there is speaking.
    Cue,
    /// Is what is said.
    Content,
}

/// A statement with the words around it.
#[derive(Clone, Debug, Default)]
pub struct Passage<'a> {
    /// The characters of each token; none for a word that is not to be seen.
    pub forms: Vec<Option<&'a str>>,
    /// What each token is to the statement.
    pub marks: Vec<Mark>,
    /// The tokens of each candidate; none for one that stands elsewhere.
    pub candidates: Vec<Option<Range<usize>>>,
}

/// What was made of a passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Impression {
    /// How much speaks for each act.
    pub acts: [f32; ACTS],
    /// For each candidate how much speaks for it, given each act; none for one that stands elsewhere.
    pub targets: Vec<Option<[f32; ACTS]>>,
}

/// The transformer and what is read off its states.
#[derive(Debug)]
pub struct Reader {
    transformer: Transformer,
    act: Packed,
    candidate: Packed,
    /// Row-major `[ACTS, CANDIDATE]`: what the act adds to a candidate.
    candidate_act: Vec<f32>,
    target: Packed,
}

impl Reader {
    /// The reader that is part of the program.
    #[must_use]
    pub fn load() -> Self {
        let tensors = Tensors::read(WEIGHTS);
        let linear = |name: &str, outputs: usize, inputs: usize| {
            Packed::linear(
                &tensors.get(&format!("{name}.weight"), &[outputs, inputs]).to_vec(),
                &tensors.get(&format!("{name}.bias"), &[outputs]).to_vec(),
            )
        };
        Self {
            transformer: Transformer::load(WEIGHTS, MARKS, Precision::Whole),
            act: linear("act", ACTS, 3 * STATE),
            candidate: linear("candidate", CANDIDATE, 4 * STATE),
            candidate_act: tensors.get("candidate.act", &[ACTS, CANDIDATE]).to_vec(),
            target: linear("target", 1, CANDIDATE),
        }
    }

    /// Reads passages, each by itself.
    ///
    /// # Panics
    /// If there are not as many marks as tokens, or a candidate stands beyond them.
    #[must_use]
    pub fn read(&self, passages: &[Passage]) -> Vec<Impression> {
        passages.chunks(AT_ONCE).flat_map(|some| self.read_some(some)).collect()
    }

    fn read_some(&self, passages: &[Passage]) -> Vec<Impression> {
        let (mut forms, mut marks, mut blocks) = (Vec::new(), Vec::new(), Vec::new());
        for passage in passages {
            assert_eq!(passage.forms.len(), passage.marks.len(), "a mark for each token");
            forms.extend_from_slice(&passage.forms);
            marks.extend(passage.marks.iter().map(|mark| *mark as u8));
            blocks.push(forms.len() - passage.forms.len()..forms.len());
        }
        let read = transformer::Tokens { forms: &forms, marks: &marks, blocks: &blocks };
        let states = self.transformer.states(read);
        let of = |block: Range<usize>| &states[block.start * STATE..block.end * STATE];
        passages.iter().zip(blocks).map(|(passage, block)| self.judge(passage, of(block))).collect()
    }

    fn judge(&self, passage: &Passage, states: &[f32]) -> Impression {
        let mut row = vec![0.0; 4 * STATE];
        let (own, rest) = row.split_at_mut(STATE);
        for (mean, mark) in rest.chunks_exact_mut(STATE).zip([Mark::Content, Mark::Cue, Mark::Source]) {
            let marked = states.chunks_exact(STATE).zip(&passage.marks).filter(|(_, other)| **other == mark);
            mean_of(marked.map(|(state, _)| state), mean);
        }
        let mut acts = [0.0; ACTS];
        self.act.multiply(rest, 3 * STATE, &mut acts);
        let mut hidden = [0.0; CANDIDATE];
        let mut targets = Vec::with_capacity(passage.candidates.len());
        for candidate in &passage.candidates {
            let scores = candidate.as_ref().map(|tokens| {
                mean_of(states[tokens.start * STATE..tokens.end * STATE].chunks_exact(STATE), own);
                let row = [&*own, &*rest].concat();
                self.candidate.multiply(&row, 4 * STATE, &mut hidden);
                self.scores(&hidden)
            });
            targets.push(scores);
        }
        Impression { acts, targets }
    }

    /// How much speaks for a candidate, given each act.
    fn scores(&self, candidate: &[f32; CANDIDATE]) -> [f32; ACTS] {
        let mut rows = self.candidate_act.clone();
        for row in rows.chunks_exact_mut(CANDIDATE) {
            row.iter_mut().zip(candidate).for_each(|(x, y)| *x += y);
        }
        gelu(&mut rows);
        let mut scores = [0.0; ACTS];
        self.target.multiply(&rows, CANDIDATE, &mut scores);
        scores
    }
}

/// The mean of rows; zeros if there are none.
fn mean_of<'a>(rows: impl Iterator<Item = &'a [f32]>, mean: &mut [f32]) {
    mean.fill(0.0);
    let mut count = 0.0_f32;
    for row in rows {
        mean.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        count += 1.0;
    }
    mean.iter_mut().for_each(|x| *x /= count.max(1.0));
}
