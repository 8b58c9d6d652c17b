//! Dense arithmetic of the networks: matrix products with packed weights, maxout, layer norm, softmax.
//!
//! In: slices of numbers, row-major. Out: the same. Every number of a product is summed in one order, whatever stands in the rows around
//! it, so that a text gives the same numbers alone and among others. The code is written once, over registers of
//! any width, and compiled for each instruction set; which of them runs is decided by the processor.

mod curves;
mod integer;
mod product;
mod register;

pub(crate) use curves::{gelu, softmax};
pub(crate) use integer::{IntegerLayer, Quantised};
pub(crate) use product::Packed;
#[cfg(target_arch = "x86_64")]
use register::{Eight, Sixteen};
use register::{Four, Register};

/// The instruction sets that the arithmetic is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// 512 bits, fused.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// 256 bits, fused.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// What every processor of the architecture has.
    Portable,
}

impl Level {
    /// The best one that the processor has.
    pub(crate) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }

    /// Every one that the processor has.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        let mut levels = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            let narrower = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            levels.extend(narrower.then_some(Self::Avx2));
            levels.extend(is_x86_feature_detected!("avx512f").then_some(Self::Avx512));
        }
        levels
    }
}

/// Compiles a function for every instruction set. It is generic over how many rows it keeps in registers at a time, and over the register.
macro_rules! compiled {
    (fn $name:ident($($arg:ident: $type:ty),+) = $generic:ident) => {
        fn $name(level: $crate::kernels::Level, $($arg: $type),+) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f")]
            fn avx512($($arg: $type),+) {
                $generic::<8, $crate::kernels::Sixteen>($($arg),+);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($arg: $type),+) {
                $generic::<4, $crate::kernels::Eight>($($arg),+);
            }
            match level {
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "a function for one instruction set is called where the processor has it")]
                // SAFETY: `Level` names an instruction set only if the processor has it.
                $crate::kernels::Level::Avx512 => unsafe { avx512($($arg),+) },
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "a function for one instruction set is called where the processor has it")]
                // SAFETY: `Level` names an instruction set only if the processor has it.
                $crate::kernels::Level::Avx2 => unsafe { avx2($($arg),+) },
                $crate::kernels::Level::Portable => $generic::<3, $crate::kernels::Four>($($arg),+),
            }
        }
    };
}
use compiled;

/// Layer normalisation: each row of `rows` to mean 0 and variance 1, then scaled and shifted.
///
/// # Source
/// Ba, Kiros, Hinton 2016; the small number under the root is thinc's.
pub(crate) fn layer_norm(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    normalise(Level::best(), rows, scale, shift);
}

compiled! { fn normalise(rows: &mut [f32], scale: &[f32], shift: &[f32]) = normalise_rows }

#[inline(always)]
fn normalise_rows<const ROWS: usize, R: Register>(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    let width = scale.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = sum(row) / width as f32;
        row.iter_mut().for_each(|x| *x -= mean);
        let variance = sum_squares(row) / width as f32;
        let inverse = 1.0 / (variance + 1e-8).sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *x = *x * inverse * scale + shift;
        }
    }
}

/// Sums rows of two pieces each, first all of one, then all of the other, adds `bias`, and takes the greater piece.
pub(crate) fn sum_and_maxout<const PART: usize, const WIDTH: usize>(
    rows: &[&[f32; PART]],
    bias: &[f32; PART],
    out: &mut [f32; WIDTH],
) {
    const { assert!(PART == 2 * WIDTH, "two pieces") };
    let mut sums = [0.0; PART];
    for row in rows {
        sums.iter_mut().zip(*row).for_each(|(sum, x)| *sum += x);
    }
    sums.iter_mut().zip(bias).for_each(|(sum, x)| *sum += x);
    let (one, other) = sums.split_at(WIDTH);
    out.iter_mut().zip(one).zip(other).for_each(|((out, one), other)| *out = one.max(*other));
}

/// The index of the greatest number, the first one if several are.
pub(crate) fn argmax(numbers: &[f32]) -> usize {
    let mut best = 0;
    for (at, number) in numbers.iter().enumerate() {
        if *number > numbers[best] {
            best = at;
        }
    }
    best
}

const STRIPES: usize = 16;

#[inline(always)]
fn sum(row: &[f32]) -> f32 {
    let mut sums = [0.0; STRIPES];
    let (chunks, rest) = row.as_chunks::<STRIPES>();
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, x)| *sum += x);
    }
    sums.iter().chain(rest).sum()
}

#[inline(always)]
fn sum_squares(row: &[f32]) -> f32 {
    let mut sums = [0.0; STRIPES];
    let (chunks, rest) = row.as_chunks::<STRIPES>();
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, x)| *sum += x * x);
    }
    sums.iter().sum::<f32>() + rest.iter().map(|x| x * x).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layer_norm_has_mean_and_variance() {
        let mut rows: Vec<f32> = (0..96 * 3).map(|i| (i * i % 37) as f32).collect();
        layer_norm(&mut rows, &[2.0; 96], &[1.0; 96]);
        for row in rows.chunks(96) {
            let mean = row.iter().sum::<f32>() / 96.0;
            let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / 96.0;
            assert!((mean - 1.0).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3, "{mean} {variance}");
        }
    }

    #[test]
    fn argmax_takes_the_first() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0, f32::NAN]), 1);
    }
}
