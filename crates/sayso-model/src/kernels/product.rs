//! Products of many rows, or of one, with a matrix of weights that was packed once.
//!
//! Weights lie in panels of sixteen outputs, panels in groups that one pass over a few rows computes: all pieces of sixteen maxout
//! outputs, or three panels of a linear layer. Within a group all that the pass needs of one input lies together. The rows may
//! overlap, so a window over a sequence is a row that is longer than the step from row to row.

use super::{Level, Register};

/// Outputs of a panel.
const PANEL: usize = 16;

/// How many panels of a linear layer are computed together.
const LINEAR_GROUP: usize = 3;

/// The weights and biases of a layer, laid out for products.
#[derive(Debug)]
pub(crate) struct Packed {
    inputs: usize,
    outputs: usize,
    /// Panels of a group; the last group may have fewer.
    group: usize,
    /// Whether the panels of a group are pieces of the same outputs, of which the greatest counts.
    maxout: bool,
    /// `[group][input][panel of the group][16]`, zero where there is no output.
    weights: Vec<f32>,
    /// `[group][panel of the group][16]`.
    bias: Vec<f32>,
}

impl Packed {
    /// A linear layer: `weights` is `[outputs, inputs]`.
    ///
    /// # Panics
    /// If the sizes do not fit.
    pub(crate) fn linear(weights: &[f32], bias: &[f32]) -> Self {
        Self::pack(weights, bias.len(), LINEAR_GROUP, false, bias)
    }

    /// A linear layer for [`Packed::multiply_one`], with all outputs in one group: up to 128.
    ///
    /// # Panics
    /// If the sizes do not fit.
    pub(crate) fn linear_of_one(weights: &[f32], bias: &[f32]) -> Self {
        assert!(bias.len() <= 8 * PANEL, "at most 128 outputs fit one group");
        Self::pack(weights, bias.len(), bias.len().div_ceil(PANEL), false, bias)
    }

    /// A maxout layer: `weights` is `[outputs, pieces, inputs]`, `bias` `[outputs, pieces]`, with one to three pieces.
    ///
    /// # Panics
    /// If the sizes do not fit.
    pub(crate) fn maxout(weights: &[f32], bias: &[f32], pieces: usize) -> Self {
        assert!((1..=3).contains(&pieces), "maxout layers have one to three pieces");
        Self::pack(weights, bias.len() / pieces, pieces, true, bias)
    }

    fn pack(weights: &[f32], outputs: usize, group: usize, maxout: bool, given: &[f32]) -> Self {
        let inputs = weights.len() / given.len();
        assert_eq!(weights.len(), inputs * given.len(), "one bias for each row of the weights");
        let mut packed = Self { inputs, outputs, group, maxout, weights: Vec::new(), bias: Vec::new() };
        for first in (0..outputs).step_by(packed.step()) {
            let panels = packed.panels(first);
            let start = packed.weights.len();
            packed.weights.resize(start + inputs * panels * PANEL, 0.0);
            packed.bias.resize(packed.bias.len() + panels * PANEL, 0.0);
            let own = packed.bias.len() - panels * PANEL;
            for (place, (panel, lane)) in
                (0..panels).flat_map(|panel| (0..PANEL).map(move |lane| (panel, lane))).enumerate()
            {
                let output = if maxout { first + lane } else { first + panel * PANEL + lane };
                if output >= outputs {
                    continue;
                }
                // the row of the weights that this place in a panel stands for
                let row = if maxout { output * group + panel } else { output };
                packed.bias[own + place] = given[row];
                let to = packed.weights[start + place..].iter_mut().step_by(panels * PANEL);
                to.zip(&weights[row * inputs..][..inputs]).for_each(|(to, from)| *to = *from);
            }
        }
        packed
    }

    /// How many outputs a group has.
    fn step(&self) -> usize {
        if self.maxout { PANEL } else { self.group * PANEL }
    }

    /// How many panels the group has that starts with an output.
    fn panels(&self, first: usize) -> usize {
        if self.maxout { self.group } else { (self.outputs - first).div_ceil(PANEL).min(self.group) }
    }

    /// The number of outputs.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Computes the layer for many rows: row `i` of `out` from `inputs` numbers at `i * step` of `rows`.
    ///
    /// # Panics
    /// If `rows` is too short for that.
    pub(crate) fn multiply(&self, rows: &[f32], step: usize, out: &mut [f32]) {
        self.multiply_at(Level::best(), rows, step, out);
    }

    pub(super) fn multiply_at(&self, level: Level, rows: &[f32], step: usize, out: &mut [f32]) {
        let count = out.len() / self.outputs;
        assert_eq!(out.len(), count * self.outputs, "the outputs are whole rows");
        if count > 0 {
            assert!(rows.len() >= (count - 1) * step + self.inputs, "the last row is whole");
            multiply(level, self, rows, step, out);
        }
    }

    /// Computes the layer for one row.
    ///
    /// # Panics
    /// If the layer was not made for that, or a size does not fit.
    pub(crate) fn multiply_one(&self, row: &[f32], out: &mut [f32]) {
        assert!(self.outputs <= self.step() && row.len() == self.inputs && out.len() == self.outputs);
        multiply_one(Level::best(), self, row, out);
    }
}

super::compiled! { fn multiply(packed: &Packed, rows: &[f32], step: usize, out: &mut [f32]) = all_groups }
super::compiled! { fn multiply_one(packed: &Packed, row: &[f32], out: &mut [f32]) = one_group }

#[inline(always)]
fn all_groups<const ROWS: usize, R: Register>(packed: &Packed, rows: &[f32], step: usize, out: &mut [f32]) {
    let (mut weights, mut bias) = (&packed.weights[..], &packed.bias[..]);
    for first in (0..packed.outputs).step_by(packed.step()) {
        let panels = packed.panels(first);
        let group = Group { first, weights, bias };
        match panels {
            1 => all_rows::<1, ROWS, R>(packed, group, rows, step, out),
            2 => all_rows::<2, ROWS, R>(packed, group, rows, step, out),
            _ => all_rows::<3, ROWS, R>(packed, group, rows, step, out),
        }
        weights = &weights[packed.inputs * panels * PANEL..];
        bias = &bias[panels * PANEL..];
    }
}

/// The outputs from `first` on; weights and biases start with theirs.
#[derive(Clone, Copy)]
struct Group<'w> {
    first: usize,
    weights: &'w [f32],
    bias: &'w [f32],
}

#[inline(always)]
fn all_rows<const PANELS: usize, const ROWS: usize, R: Register>(
    packed: &Packed,
    group: Group<'_>,
    rows: &[f32],
    step: usize,
    out: &mut [f32],
) {
    let count = out.len() / packed.outputs;
    if count < ROWS {
        for row in 0..count {
            some_rows::<PANELS, 1, R>(packed, group, &rows[row * step..], step, row, out);
        }
        return;
    }
    for row in (0..count).step_by(ROWS) {
        // the last rows come with some that were done before: the same numbers again
        let row = row.min(count - ROWS);
        some_rows::<PANELS, ROWS, R>(packed, group, &rows[row * step..], step, row, out);
    }
}

#[inline(always)]
fn some_rows<const PANELS: usize, const ROWS: usize, R: Register>(
    packed: &Packed,
    group: Group<'_>,
    rows: &[f32],
    step: usize,
    row: usize,
    out: &mut [f32],
) {
    let sums = tile::<PANELS, ROWS, R>(group.weights, packed.inputs, rows, step);
    let bias: [&[f32; PANEL]; PANELS] = std::array::from_fn(|panel| chunk(&group.bias[panel * PANEL..]));
    for (sums, out) in sums.iter().zip(out[row * packed.outputs..].chunks_exact_mut(packed.outputs)) {
        let out = &mut out[group.first..];
        let value = |panel: usize, lane: usize| sums[panel][lane] + bias[panel][lane];
        if packed.maxout {
            let most: [f32; PANEL] = std::array::from_fn(|lane| {
                (1..PANELS).fold(value(0, lane), |most, panel| most.max(value(panel, lane)))
            });
            put(out, &most);
        } else {
            for panel in 0..PANELS {
                put(&mut out[panel * PANEL..], &std::array::from_fn(|lane| value(panel, lane)));
            }
        }
    }
}

/// Writes a panel, or what there is room for.
#[inline(always)]
fn put(out: &mut [f32], numbers: &[f32; PANEL]) {
    match out.first_chunk_mut::<PANEL>() {
        Some(out) => *out = *numbers,
        None => out.iter_mut().zip(numbers).for_each(|(out, number)| *out = *number),
    }
}

#[inline(always)]
fn one_group<const ROWS: usize, R: Register>(packed: &Packed, row: &[f32], out: &mut [f32]) {
    let group = Group { first: 0, weights: &packed.weights, bias: &packed.bias };
    match packed.panels(0) {
        1 => some_rows::<1, 1, R>(packed, group, row, 0, 0, out),
        2 => some_rows::<2, 1, R>(packed, group, row, 0, 0, out),
        3 => some_rows::<3, 1, R>(packed, group, row, 0, 0, out),
        4 => some_rows::<4, 1, R>(packed, group, row, 0, 0, out),
        5 => some_rows::<5, 1, R>(packed, group, row, 0, 0, out),
        6 => some_rows::<6, 1, R>(packed, group, row, 0, 0, out),
        7 => some_rows::<7, 1, R>(packed, group, row, 0, 0, out),
        _ => some_rows::<8, 1, R>(packed, group, row, 0, 0, out),
    }
}

/// The products of a few rows with a few panels, without biases: what registers can hold.
#[expect(
    clippy::needless_range_loop,
    reason = "the compiler keeps in registers what loops over constant ranges name"
)]
#[expect(
    unsafe_code,
    reason = "checks of bounds in the innermost loop make the compiler move sums out of registers"
)]
#[inline(always)]
fn tile<const PANELS: usize, const ROWS: usize, R: Register>(
    weights: &[f32],
    inputs: usize,
    rows: &[f32],
    step: usize,
) -> [[[f32; PANEL]; PANELS]; ROWS] {
    assert!(weights.len() >= inputs * PANELS * PANEL && rows.len() >= (ROWS - 1) * step + inputs);
    let mut whole = [[[0.0; PANEL]; PANELS]; ROWS];
    for from in (0..PANEL).step_by(R::LANES) {
        let mut sums = [[R::splat(0.0); PANELS]; ROWS];
        for input in 0..inputs {
            let mut panels = [R::splat(0.0); PANELS];
            for panel in 0..PANELS {
                let at = (input * PANELS + panel) * PANEL + from;
                // SAFETY: `at + LANES` is at most `inputs * PANELS * PANEL`, as `from + LANES` is at most `PANEL`.
                panels[panel] = R::load(unsafe { weights.get_unchecked(at..at + R::LANES) });
            }
            for row in 0..ROWS {
                // SAFETY: the last index is `(ROWS - 1) * step + inputs - 1`.
                let x = R::splat(unsafe { *rows.get_unchecked(row * step + input) });
                for panel in 0..PANELS {
                    sums[row][panel] = sums[row][panel].plus_product(x, panels[panel]);
                }
            }
        }
        for row in 0..ROWS {
            for panel in 0..PANELS {
                sums[row][panel].store(&mut whole[row][panel][from..]);
            }
        }
    }
    whole
}

#[inline(always)]
fn chunk<const N: usize>(numbers: &[f32]) -> &[f32; N] {
    numbers.first_chunk().expect("weights and biases are whole panels")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 + seed) % 1009) as f32 / 1009.0 - 0.5).collect()
    }

    /// Weights `[rows, inputs]` times one row, summed in double precision.
    fn plain(weights: &[f32], bias: &[f32], row: &[f32]) -> Vec<f32> {
        let products = weights.chunks(row.len()).zip(bias).map(|(weights, bias)| {
            let sum: f64 = weights.iter().zip(row).map(|(w, x)| f64::from(*w) * f64::from(*x)).sum();
            (sum + f64::from(*bias)) as f32
        });
        products.collect()
    }

    fn check(what: &str, found: &[f32], wanted: &[f32]) {
        assert_eq!(found.len(), wanted.len(), "{what}");
        for (at, (found, wanted)) in found.iter().zip(wanted).enumerate() {
            assert!((found - wanted).abs() < 1e-4, "{what}: number {at} is {found} instead of {wanted}");
        }
    }

    #[test]
    fn every_instruction_set_computes_the_same() {
        for (outputs, inputs, count) in [(96, 288, 21), (50, 96, 3), (1024, 64, 9), (1, 7, 8), (64, 96, 1)] {
            let (weights, bias) = (numbers(outputs * inputs, 1), numbers(outputs, 2));
            // rows overlap: a window of the sequence
            let step = inputs.div_ceil(3);
            let rows = numbers(step * count + inputs, 3);
            let wanted: Vec<f32> =
                (0..count).flat_map(|row| plain(&weights, &bias, &rows[row * step..][..inputs])).collect();
            for level in Level::all() {
                let mut out = vec![f32::NAN; outputs * count];
                Packed::linear(&weights, &bias).multiply_at(level, &rows, step, &mut out);
                check(&format!("{level:?} {outputs}x{inputs}"), &out, &wanted);
            }
            if outputs <= 128 {
                let mut out = vec![f32::NAN; outputs];
                Packed::linear_of_one(&weights, &bias).multiply_one(&rows[..inputs], &mut out);
                check("one row", &out, &wanted[..outputs]);
            }
        }
    }

    #[test]
    fn maxout_takes_the_greatest_piece() {
        for (outputs, pieces, inputs, count) in [(96, 3, 288, 17), (64, 2, 96, 5), (20, 1, 30, 1)] {
            let (weights, bias) = (numbers(outputs * pieces * inputs, 4), numbers(outputs * pieces, 5));
            let rows = numbers(inputs * count, 6);
            let most = |all: &[f32]| all.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let wanted: Vec<f32> = rows
                .chunks(inputs)
                .flat_map(|row| plain(&weights, &bias, row).chunks(pieces).map(most).collect::<Vec<_>>())
                .collect();
            for level in Level::all() {
                let mut out = vec![f32::NAN; outputs * count];
                Packed::maxout(&weights, &bias, pieces).multiply_at(level, &rows, inputs, &mut out);
                check(&format!("{level:?} {outputs}x{pieces}x{inputs}"), &out, &wanted);
            }
        }
    }

    #[test]
    fn a_row_gives_the_same_numbers_among_others() {
        let layer = Packed::maxout(&numbers(96 * 3 * 288, 7), &numbers(288, 8), 3);
        let rows = numbers(288 * 13, 9);
        let mut together = vec![0.0; 96 * 13];
        layer.multiply(&rows, 288, &mut together);
        for (row, together) in rows.chunks(288).zip(together.chunks(96)) {
            let mut alone = vec![0.0; 96];
            layer.multiply(row, 288, &mut alone);
            assert_eq!(alone, together);
        }
    }
}
