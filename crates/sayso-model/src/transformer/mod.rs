//! An encoder: what each token means where it stands, or what a text means.
//!
//! In: the tokens of blocks, each with a mark if the encoder was trained with marks. Out: a state for each token, the mean of its pieces' states. Every
//! block is read alone, a long one in windows that overlap, so a token's state depends on its block and on nothing else. Or in: texts, of which the beginning
//! is read, and out: the mean state of all pieces of each. Matrices are stored as whole numbers of eight bits; the [`Precision`] says what they are multiplied with.
//!
//! # Source
//! MiniLM (Wang et al. 2020), six layers; post-norm layers as in BERT (Devlin et al. 2019). training/attribution/encoder.py is the same in PyTorch.

mod layer;
mod wordpiece;

use crate::kernels::layer_norm;
use crate::tensors::Tensors;
use layer::{Buffers, Layer, Norm};
use std::ops::Range;
use std::sync::LazyLock;
use wordpiece::WordPiece;

const EMBEDDINGS: &[u8] = include_bytes!("../../weights/minilm/embeddings.bin");
static PIECES: LazyLock<WordPiece> = LazyLock::new(WordPiece::new);

/// Numbers of a token's state.
pub(crate) const STATE: usize = 384;
/// Pieces that attend to each other, without the marks at both ends.
const WINDOW: usize = 254;
/// Pieces that two windows of a block share at least.
const OVERLAP: usize = 32;
/// Pieces of a token that count.
const PIECES_OF_A_TOKEN: usize = 12;
/// About how many pieces go through a layer together; no number depends on it.
const PIECES_OF_A_PASS: usize = 1024;

/// The encoder and its pieces.
#[derive(Debug)]
pub(crate) struct Transformer {
    embeddings: &'static [u8],
    scales: Vec<f32>,
    /// Row-major `[256, STATE]`.
    positions: Vec<f32>,
    /// Row-major `[marks, STATE]`; empty for an encoder without marks.
    marks: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// What the matrices are multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// Whole numbers of eight bits, each row scaled by itself: fast, and as good where a network was trained on top.
    Whole,
    /// Single precision: whose states lie near each other stays as it was.
    Single,
}

/// What is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'a> {
    /// The characters of each token; none for a word that is not to be seen.
    pub(crate) forms: &'a [Option<&'a str>],
    /// A mark for each; none for an encoder without marks.
    pub(crate) marks: &'a [u8],
    /// Runs of tokens, each read alone.
    pub(crate) blocks: &'a [Range<usize>],
}

/// A run of pieces that attend to each other.
struct Window {
    /// With the marks at both ends.
    pieces: Vec<u32>,
    /// The mark of each.
    marks: Vec<u8>,
    /// The token or text of each, if it counts for one.
    owners: Vec<Option<usize>>,
}

impl Transformer {
    /// The encoder with these layers, trained with so many marks.
    pub(crate) fn load(layers: &'static [u8], marks: usize, precision: Precision) -> Self {
        let (embeddings, layers) = (Tensors::read(EMBEDDINGS), Tensors::read(layers));
        let marks = match marks {
            0 => Vec::new(),
            count => layers.get("marks", &[count, STATE]).to_vec(),
        };
        Self {
            marks,
            embeddings: embeddings.get("embedding", &[0, STATE]).bytes(),
            scales: embeddings.get("embedding.scale", &[0]).to_vec(),
            positions: layers.get("position", &[WINDOW + 2, STATE]).to_vec(),
            norm: Norm::new(&layers, "embedding.norm"),
            layers: (0..layers.get("layers", &[1]).to_vec()[0] as usize)
                .map(|n| Layer::new(&layers, n, precision))
                .collect(),
        }
    }

    /// States of tokens, row-major `[tokens, STATE]`.
    pub(crate) fn states(&self, tokens: Tokens) -> Vec<f32> {
        let windows = tokens.blocks.iter().flat_map(|block| windows(tokens, block.clone()));
        self.means(windows, tokens.forms.len())
    }

    /// The mean states of texts, row-major `[texts, STATE]`; of a long text so many pieces are read.
    pub(crate) fn meanings(&self, texts: &[&str], most: usize) -> Vec<f32> {
        let most = most.min(WINDOW);
        let windows = texts.iter().enumerate().map(|(at, text)| whole(text, at, most));
        self.means(windows, texts.len())
    }

    /// The mean state of the pieces of each owner.
    fn means(&self, windows: impl Iterator<Item = Window>, count: usize) -> Vec<f32> {
        let mut states = vec![0.0; count * STATE];
        let mut counts = vec![0.0_f32; count];
        let mut buffers = Buffers::default();
        let mut pass: Vec<Window> = Vec::new();
        let mut size = 0;
        for window in windows {
            size += window.pieces.len();
            pass.push(window);
            if size >= PIECES_OF_A_PASS {
                self.pass(&pass, &mut buffers, &mut states, &mut counts);
                pass.clear();
                size = 0;
            }
        }
        self.pass(&pass, &mut buffers, &mut states, &mut counts);
        for (state, count) in states.chunks_exact_mut(STATE).zip(counts) {
            let inverse = 1.0 / count.max(1.0);
            state.iter_mut().for_each(|x| *x *= inverse);
        }
        states
    }

    fn pass(&self, windows: &[Window], buffers: &mut Buffers, states: &mut [f32], counts: &mut [f32]) {
        let mut runs = Vec::with_capacity(windows.len());
        let mut rows = Vec::new();
        for window in windows {
            let first = rows.len() / STATE;
            for (piece, position) in window.pieces.iter().zip(self.positions.chunks_exact(STATE)) {
                let bytes = &self.embeddings[*piece as usize * STATE..][..STATE];
                let scale = self.scales[*piece as usize];
                let sums = bytes.iter().zip(position);
                rows.extend(sums.map(|(byte, x)| f32::from(i8::from_le_bytes([*byte])) * scale + x));
            }
            if !self.marks.is_empty() {
                let own = rows[first * STATE..].chunks_exact_mut(STATE).zip(&window.marks);
                for (row, mark) in own {
                    let mark = &self.marks[usize::from(*mark) * STATE..][..STATE];
                    row.iter_mut().zip(mark).for_each(|(x, y)| *x += y);
                }
            }
            runs.push(first..rows.len() / STATE);
        }
        layer_norm(&mut rows, &self.norm.scale, &self.norm.shift);
        for layer in &self.layers {
            layer.apply(&mut rows, &runs, buffers);
        }
        for (window, run) in windows.iter().zip(runs) {
            let own = rows[run.start * STATE..].chunks_exact(STATE).zip(&window.owners);
            for (row, owner) in own.filter_map(|(row, owner)| Some((row, (*owner)?))) {
                counts[owner] += 1.0;
                let state = &mut states[owner * STATE..][..STATE];
                state.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
            }
        }
    }
}

fn windows(tokens: Tokens, block: Range<usize>) -> Vec<Window> {
    let (mut pieces, mut owners, mut buffer) = (Vec::new(), Vec::new(), String::new());
    for token in block {
        match tokens.forms[token] {
            Some(form) => PIECES.add(form, PIECES_OF_A_TOKEN, &mut buffer, &mut pieces),
            None => pieces.push(wordpiece::HIDDEN),
        }
        owners.resize(pieces.len(), token);
    }
    let mark = |token: &usize| tokens.marks.get(*token).copied().unwrap_or_default();
    cut(pieces.len())
        .into_iter()
        .map(|(run, own)| Window {
            pieces: [wordpiece::FIRST]
                .into_iter()
                .chain(pieces[run.clone()].iter().copied())
                .chain([wordpiece::LAST])
                .collect(),
            marks: [0].into_iter().chain(owners[run.clone()].iter().map(mark)).chain([0]).collect(),
            owners: [None]
                .into_iter()
                .chain(run.map(|at| own.contains(&at).then(|| owners[at])))
                .chain([None])
                .collect(),
        })
        .collect()
}

/// The beginning of a text; the marks at both ends count too, as the sentence encoder was trained.
fn whole(text: &str, at: usize, most: usize) -> Window {
    let (mut pieces, mut buffer) = (vec![wordpiece::FIRST], String::new());
    for word in text.split_whitespace() {
        if pieces.len() > most {
            break;
        }
        PIECES.add(word, most, &mut buffer, &mut pieces);
    }
    pieces.truncate(1 + most);
    pieces.push(wordpiece::LAST);
    Window { marks: vec![0; pieces.len()], owners: vec![Some(at); pieces.len()], pieces }
}

/// Cuts a block of `count` pieces into windows of about the same length, and each piece to the window in which it is farthest from a cut:
/// pairs of the window's pieces and of those that it speaks for.
fn cut(count: usize) -> Vec<(Range<usize>, Range<usize>)> {
    if count == 0 {
        return Vec::new();
    }
    let windows = count.saturating_sub(OVERLAP).div_ceil(WINDOW - OVERLAP).max(1);
    let length = (count + OVERLAP * (windows - 1)).div_ceil(windows);
    let start = |window: usize| window * length.saturating_sub(OVERLAP);
    // the middle of an overlap; the window before speaks for the piece that is as far from both ends
    let from = |window: usize| if window == 0 { 0 } else { start(window) + OVERLAP / 2 };
    (0..windows)
        .map(|window| {
            let end = if window + 1 == windows { count } else { start(window) + length };
            let until = if window + 1 == windows { count } else { from(window + 1) };
            (start(window)..end, from(window)..until)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_overlap_and_every_piece_has_one() {
        for count in [1, 31, 33, 254, 255, 300, 476, 477, 5_000] {
            let mut next = 0;
            for (window, own) in cut(count) {
                assert!(window.len() <= WINDOW && window.start <= own.start && own.end <= window.end);
                assert_eq!(own.start, next);
                next = own.end;
            }
            assert_eq!(next, count);
        }
        assert!(cut(0).is_empty());
        assert_eq!(cut(254).len(), 1);
        assert_eq!(cut(255), [(0..144, 0..128), (112..255, 128..255)]);
    }
}
