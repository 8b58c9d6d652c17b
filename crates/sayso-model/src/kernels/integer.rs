//! Products of many rows with a matrix of weights in whole numbers of eight bits.
//!
//! In: rows of numbers, each scaled by its own greatest one, and weights with a scale for each output. Out: numbers. The sums between are
//! whole and exact, so a row gives the same numbers alone, among others, and with every instruction set.
//!
//! # Source
//! Symmetric quantisation of weights by output and of activations by row: Dettmers et al. 2022 (LLM.int8()), section 2.1. `vpdpbusd`, which
//! multiplies numbers without a sign by numbers with one, is why rows are shifted by 128: Intel's instruction reference.

use super::{Level, Register};

/// Outputs of a panel.
const PANEL: usize = 16;
/// Inputs that one instruction takes.
const STEP: usize = 4;
/// Panels that are computed together.
const GROUP: usize = 3;
/// What is added to the numbers of a row, so that none is negative.
const SHIFT: i32 = 128;

/// Rows in whole numbers.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    /// `[rows][width]`, shifted by 128.
    numbers: Vec<u8>,
    /// What a number of each row is worth.
    scales: Vec<f32>,
}

impl Quantised {
    /// Takes other rows of a width, which is a multiple of four.
    pub(crate) fn fill(&mut self, rows: &[f32], width: usize) {
        assert!(width.is_multiple_of(STEP) && rows.len().is_multiple_of(width), "rows are whole");
        self.numbers.resize(rows.len(), 0);
        self.scales.resize(rows.len() / width, 0.0);
        quantise(Level::best(), rows, width, &mut self.numbers, &mut self.scales);
    }
}

super::compiled! {
    fn quantise(rows: &[f32], width: usize, numbers: &mut [u8], scales: &mut [f32]) = quantise_rows
}

#[inline(always)]
fn quantise_rows<const ROWS: usize, R: Register>(
    rows: &[f32],
    width: usize,
    numbers: &mut [u8],
    scales: &mut [f32],
) {
    /// Adding this rounds a small number to a whole one, to even, and leaves it in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    for ((row, out), scale) in
        rows.chunks_exact(width).zip(numbers.chunks_exact_mut(width)).zip(scales.iter_mut())
    {
        let mut most = [0.0_f32; PANEL];
        for chunk in row.chunks(PANEL) {
            most.iter_mut().zip(chunk).for_each(|(most, x)| *most = most.max(x.abs()));
        }
        let most = most.iter().copied().fold(0.0, f32::max);
        *scale = most / 127.0;
        let factor = if most > 0.0 { 127.0 / most } else { 0.0 };
        for (out, x) in out.iter_mut().zip(row) {
            *out = ((x * factor + ROUND).to_bits() as u8).wrapping_add(SHIFT as u8);
        }
    }
}

/// A linear layer in whole numbers.
#[derive(Debug)]
pub(crate) struct IntegerLayer {
    inputs: usize,
    outputs: usize,
    /// `[group][input / 4][panel of the group][16 outputs][4 inputs]`, zero where there is no output.
    weights: Vec<i8>,
    /// For each output what the shift of the rows adds to its sum.
    shifts: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl IntegerLayer {
    /// A layer of `[outputs, inputs]` signed bytes, each output with what its weights are worth.
    ///
    /// # Panics
    /// If the sizes do not fit, or the inputs are no multiple of four.
    pub(crate) fn new(weights: &[u8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let outputs = bias.len();
        let inputs = weights.len() / outputs;
        assert!(inputs.is_multiple_of(STEP) && weights.len() == inputs * outputs && scales.len() == outputs);
        let mut packed = vec![0; outputs.div_ceil(PANEL) * PANEL * inputs];
        let mut shifts = vec![0; outputs];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let (group, panel, lane) = (output / PANEL / GROUP, output / PANEL % GROUP, output % PANEL);
            let panels = (outputs.div_ceil(PANEL) - group * GROUP).min(GROUP);
            let first = group * GROUP * PANEL * inputs;
            for (step, four) in row.chunks_exact(STEP).enumerate() {
                let at = first + ((step * panels + panel) * PANEL + lane) * STEP;
                for (to, from) in packed[at..at + STEP].iter_mut().zip(four) {
                    *to = i8::from_le_bytes([*from]);
                    shifts[output] += SHIFT * i32::from(*to);
                }
            }
        }
        Self { inputs, outputs, weights: packed, shifts, scales, bias }
    }

    /// Computes the layer for every row.
    ///
    /// # Panics
    /// If the rows have another width, or `out` is not as long as all outputs.
    pub(crate) fn multiply(&self, rows: &Quantised, out: &mut [f32]) {
        self.multiply_at(Instructions::best(), rows, out);
    }

    fn multiply_at(&self, instructions: Instructions, rows: &Quantised, out: &mut [f32]) {
        assert_eq!(rows.numbers.len(), rows.scales.len() * self.inputs, "rows are as wide as the layer");
        assert_eq!(out.len(), rows.scales.len() * self.outputs, "there is room for every output");
        match instructions {
            #[cfg(target_arch = "x86_64")]
            #[expect(
                unsafe_code,
                reason = "a function for one instruction set is called where the processor has it"
            )]
            // SAFETY: `Instructions` names what the processor has.
            Instructions::Vnni => unsafe { x86::with_vnni(self, rows, out) },
            #[cfg(target_arch = "x86_64")]
            #[expect(
                unsafe_code,
                reason = "a function for one instruction set is called where the processor has it"
            )]
            // SAFETY: `Instructions` names what the processor has.
            Instructions::Avx2 => unsafe { x86::with_avx2(self, rows, out) },
            Instructions::Portable => all_groups::<2, Plain>(self, rows, out),
        }
    }
}

/// What the sums are computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instructions {
    /// AVX-512 with products of bytes.
    #[cfg(target_arch = "x86_64")]
    Vnni,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl Instructions {
    fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
                return Self::Vnni;
            }
            if is_x86_feature_detected!("avx2") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }
}

/// Sixteen sums of products, one for each output of a panel.
trait Sums: Copy {
    const ZERO: [i32; PANEL] = [0; PANEL];

    fn new() -> Self;

    /// Adds four inputs times the weights of a panel.
    fn add(&mut self, weights: &[i8; PANEL * STEP], inputs: [u8; STEP]);

    fn get(self) -> [i32; PANEL];
}

#[inline(always)]
fn all_groups<const ROWS: usize, S: Sums>(layer: &IntegerLayer, rows: &Quantised, out: &mut [f32]) {
    let mut weights = &layer.weights[..];
    for first in (0..layer.outputs).step_by(GROUP * PANEL) {
        let panels = (layer.outputs - first).div_ceil(PANEL).min(GROUP);
        let own;
        (own, weights) = weights.split_at(panels * PANEL * layer.inputs);
        match panels {
            1 => all_rows::<1, ROWS, S>(layer, first, own, rows, out),
            2 => all_rows::<2, ROWS, S>(layer, first, own, rows, out),
            _ => all_rows::<GROUP, ROWS, S>(layer, first, own, rows, out),
        }
    }
}

#[inline(always)]
fn all_rows<const PANELS: usize, const ROWS: usize, S: Sums>(
    layer: &IntegerLayer,
    first: usize,
    weights: &[i8],
    rows: &Quantised,
    out: &mut [f32],
) {
    let count = rows.scales.len();
    let mut row = 0;
    while row + ROWS <= count {
        some_rows::<PANELS, ROWS, S>(layer, first, weights, rows, row, out);
        row += ROWS;
    }
    for row in row..count {
        some_rows::<PANELS, 1, S>(layer, first, weights, rows, row, out);
    }
}

#[inline(always)]
fn some_rows<const PANELS: usize, const ROWS: usize, S: Sums>(
    layer: &IntegerLayer,
    first: usize,
    weights: &[i8],
    rows: &Quantised,
    row: usize,
    out: &mut [f32],
) {
    let inputs: [&[[u8; STEP]]; ROWS] = std::array::from_fn(|at| {
        rows.numbers[(row + at) * layer.inputs..][..layer.inputs].as_chunks::<STEP>().0
    });
    let mut sums = [[S::new(); PANELS]; ROWS];
    let (panels, _) = weights.as_chunks::<{ PANEL * STEP }>();
    for (step, panels) in panels.chunks_exact(PANELS).enumerate() {
        for (sums, inputs) in sums.iter_mut().zip(&inputs) {
            let four = inputs[step];
            for (sums, panel) in sums.iter_mut().zip(panels) {
                sums.add(panel, four);
            }
        }
    }
    for (at, sums) in sums.into_iter().enumerate() {
        let scale = rows.scales[row + at];
        let out = &mut out[(row + at) * layer.outputs..][..layer.outputs];
        for (panel, sums) in sums.into_iter().enumerate() {
            let from = first + panel * PANEL;
            let to = layer.outputs.min(from + PANEL);
            let sums = sums.get();
            let outputs = out[from..to].iter_mut().zip(&sums).zip(&layer.shifts[from..to]);
            let worth = layer.scales[from..to].iter().zip(&layer.bias[from..to]);
            for (((out, sum), shift), (weight, bias)) in outputs.zip(worth) {
                *out = (sum - shift) as f32 * (scale * weight) + bias;
            }
        }
    }
}

/// Any processor.
#[derive(Clone, Copy)]
struct Plain([i32; PANEL]);

impl Sums for Plain {
    #[inline(always)]
    fn new() -> Self {
        Self(Self::ZERO)
    }

    #[inline(always)]
    fn add(&mut self, weights: &[i8; PANEL * STEP], inputs: [u8; STEP]) {
        for (sum, weights) in self.0.iter_mut().zip(weights.as_chunks::<STEP>().0) {
            for (weight, input) in weights.iter().zip(inputs) {
                *sum += i32::from(*weight) * i32::from(input);
            }
        }
    }

    #[inline(always)]
    fn get(self) -> [i32; PANEL] {
        self.0
    }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "instructions that not every processor has")]
mod x86 {
    use super::{IntegerLayer, PANEL, Quantised, STEP, Sums, all_groups};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) fn with_vnni(layer: &IntegerLayer, rows: &Quantised, out: &mut [f32]) {
        all_groups::<8, Vnni>(layer, rows, out);
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn with_avx2(layer: &IntegerLayer, rows: &Quantised, out: &mut [f32]) {
        all_groups::<1, Pairs>(layer, rows, out);
    }

    // SAFETY, of every call below: only the two functions above use these types, and they run where the processor has the
    // instructions. Loads and stores are of arrays of just this length, and need no alignment.

    /// Sixteen sums in one register.
    #[derive(Clone, Copy)]
    struct Vnni(__m512i);

    impl Sums for Vnni {
        #[inline(always)]
        fn new() -> Self {
            Self(unsafe { _mm512_setzero_si512() })
        }

        #[inline(always)]
        fn add(&mut self, weights: &[i8; PANEL * STEP], inputs: [u8; STEP]) {
            unsafe {
                let weights = _mm512_loadu_si512(weights.as_ptr().cast());
                let inputs = _mm512_set1_epi32(i32::from_le_bytes(inputs));
                self.0 = _mm512_dpbusd_epi32(self.0, inputs, weights);
            }
        }

        #[inline(always)]
        fn get(self) -> [i32; PANEL] {
            let mut sums = Self::ZERO;
            unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), self.0) }
            sums
        }
    }

    /// Two halves of each sum beside each other; products of bytes would overflow, so both are widened first.
    #[derive(Clone, Copy)]
    struct Pairs([__m256i; 4]);

    impl Sums for Pairs {
        #[inline(always)]
        fn new() -> Self {
            Self([unsafe { _mm256_setzero_si256() }; 4])
        }

        #[inline(always)]
        fn add(&mut self, weights: &[i8; PANEL * STEP], inputs: [u8; STEP]) {
            unsafe {
                let inputs = _mm_cvtsi32_si128(i32::from_le_bytes(inputs));
                let inputs = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(inputs));
                for (sums, weights) in self.0.iter_mut().zip(weights.as_chunks::<16>().0) {
                    let weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.as_ptr().cast()));
                    *sums = _mm256_add_epi32(*sums, _mm256_madd_epi16(weights, inputs));
                }
            }
        }

        #[inline(always)]
        fn get(self) -> [i32; PANEL] {
            let mut halves = [0; 2 * PANEL];
            for (halves, sums) in halves.as_chunks_mut::<8>().0.iter_mut().zip(self.0) {
                unsafe { _mm256_storeu_si256(halves.as_mut_ptr().cast(), sums) }
            }
            std::array::from_fn(|at| halves[2 * at] + halves[2 * at + 1])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 + seed) % 1009) as f32 / 1009.0 - 0.5).collect()
    }

    fn layer(inputs: usize, outputs: usize) -> (IntegerLayer, Vec<f32>) {
        let weights: Vec<u8> = (0..inputs * outputs).map(|i| (i * 31 % 255) as u8).collect();
        let scales: Vec<f32> = (0..outputs).map(|i| 0.001 + i as f32 * 1e-5).collect();
        let row = |(row, scale): (&[u8], &f32)| -> Vec<f32> {
            row.iter().map(|byte| f32::from(i8::from_le_bytes([*byte])) * scale).collect()
        };
        let plain = weights.chunks(inputs).zip(&scales).flat_map(row).collect();
        (IntegerLayer::new(&weights, scales, numbers(outputs, 5)), plain)
    }

    fn all() -> Vec<Instructions> {
        let mut all = vec![Instructions::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(is_x86_feature_detected!("avx2").then_some(Instructions::Avx2));
            let vnni = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni");
            all.extend(vnni.then_some(Instructions::Vnni));
        }
        all
    }

    #[test]
    fn products_are_near_the_exact_ones_and_equal_everywhere() {
        for (inputs, outputs, count) in [(384, 96, 19), (32, 50, 3), (4, 1, 1), (8, 17, 9)] {
            let (layer, weights) = layer(inputs, outputs);
            let rows = numbers(inputs * count, 3);
            let mut quantised = Quantised::default();
            quantised.fill(&rows, inputs);
            let mut first = vec![f32::NAN; outputs * count];
            layer.multiply_at(Instructions::Portable, &quantised, &mut first);
            for (row, found) in rows.chunks(inputs).zip(first.chunks(outputs)) {
                let reach: f32 = row.iter().fold(0.0, |most, x| most.max(x.abs()));
                for ((weights, bias), found) in weights.chunks(inputs).zip(&layer.bias).zip(found) {
                    let wanted: f32 = weights.iter().zip(row).map(|(w, x)| w * x).sum::<f32>() + bias;
                    let rounding: f32 = weights.iter().map(|w| w.abs() * reach / 254.0).sum();
                    assert!((wanted - found).abs() <= rounding + 1e-4, "{found} instead of {wanted}");
                }
            }
            for instructions in all() {
                let mut out = vec![f32::NAN; outputs * count];
                layer.multiply_at(instructions, &quantised, &mut out);
                assert_eq!(out, first, "{instructions:?} {inputs} {outputs} {count}");
            }
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        let (inputs, outputs) = (1536, 16);
        let layer = IntegerLayer::new(&vec![0x81; inputs * outputs], vec![1.0; outputs], vec![0.0; outputs]);
        let mut quantised = Quantised::default();
        quantised.fill(&vec![127.0; inputs], inputs);
        for instructions in all() {
            let mut out = vec![0.0; outputs];
            layer.multiply_at(instructions, &quantised, &mut out);
            assert_eq!(out, vec![-127.0 * 127.0 * inputs as f32; outputs], "{instructions:?}");
        }
    }

    #[test]
    fn a_row_of_nothing_stays_nothing() {
        let (layer, _) = layer(8, 3);
        let mut quantised = Quantised::default();
        quantised.fill(&[0.0; 8], 8);
        let mut out = [0.0; 3];
        layer.multiply(&quantised, &mut out);
        assert_eq!(out.to_vec(), layer.bias);
    }
}
