//! Functions of single numbers, many at a time: softmax and GELU.
//!
//! In: rows. Out: the same rows, changed. Written without branches, so that compilers use the whole width of a register.

use super::{Level, Register};

/// Each row to numbers above 0 with the sum 1.
pub(crate) fn softmax(rows: &mut [f32], width: usize) {
    softmax_at(Level::best(), rows, width);
}

/// Each number times the probability that a standard normal one is smaller.
///
/// # Source
/// Hendrycks and Gimpel 2016, with the error function of Abramowitz and Stegun 7.1.26 (off by at most 1.5e-7).
pub(crate) fn gelu(numbers: &mut [f32]) {
    gelu_at(Level::best(), numbers);
}

super::compiled! { fn softmax_at(rows: &mut [f32], width: usize) = softmax_rows }
super::compiled! { fn gelu_at(numbers: &mut [f32]) = gelu_all }

/// How many numbers are summed side by side.
const STRIPES: usize = 16;

#[inline(always)]
fn softmax_rows<const ROWS: usize, R: Register>(rows: &mut [f32], width: usize) {
    for row in rows.chunks_exact_mut(width) {
        let mut most = [f32::NEG_INFINITY; STRIPES];
        for chunk in row.chunks(STRIPES) {
            most.iter_mut().zip(chunk).for_each(|(most, x)| *most = most.max(*x));
        }
        let most = most.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sums = [0.0; STRIPES];
        let (chunks, rest) = row.as_chunks_mut::<STRIPES>();
        for chunk in chunks {
            chunk.iter_mut().for_each(|x| *x = exp(*x - most));
            sums.iter_mut().zip(&*chunk).for_each(|(sum, x)| *sum += x);
        }
        rest.iter_mut().for_each(|x| *x = exp(*x - most));
        sums.iter_mut().zip(&*rest).for_each(|(sum, x)| *sum += x);
        let inverse = 1.0 / sums.iter().sum::<f32>();
        row.iter_mut().for_each(|x| *x *= inverse);
    }
}

#[inline(always)]
fn gelu_all<const ROWS: usize, R: Register>(numbers: &mut [f32]) {
    for x in numbers {
        let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = 1.0 / (1.0 + 0.327_591_1 * z);
        let series =
            ((((1.061_405_4 * t - 1.453_152_1) * t + 1.421_413_8) * t - 0.284_496_72) * t + 0.254_829_6) * t;
        let erf = (1.0 - series * exp(-z * z)).copysign(*x);
        *x *= 0.5 + 0.5 * erf;
    }
}

/// e to the power of a number that is not positive.
///
/// # Source
/// The polynomial of Moshier's Cephes library, expf.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Adding this rounds to a whole number and leaves it in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.max(-87.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let f = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let series = ((((1.987_569_2e-4 * f + 1.398_2e-3) * f + 8.333_452e-3) * f + 4.166_579_6e-2) * f
        + 1.666_666_5e-1)
        * f;
    let near_one = (series + 0.5) * f * f + f + 1.0;
    let power = rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    near_one * f32::from_bits(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e() {
        for n in 0..=870 {
            let x = -0.1 * n as f32;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-6, "{x}: {} instead of {}", exp(x), x.exp());
        }
        assert!(exp(-1e9) < 1e-37);
    }

    #[test]
    fn softmax_sums_to_one() {
        for level in Level::all() {
            let mut rows: Vec<f32> = (0..37 * 3).map(|i| (i * i % 29) as f32 / 3.0).collect();
            let plain: Vec<f32> = rows[..37].iter().map(|x| x.exp()).collect();
            softmax_at(level, &mut rows, 37);
            for row in rows.chunks(37) {
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            }
            let sum: f32 = plain.iter().sum();
            for (found, plain) in rows.iter().zip(&plain) {
                assert!((found - plain / sum).abs() < 1e-6, "{level:?}");
            }
        }
    }

    #[test]
    fn gelu_at_known_points() {
        for level in Level::all() {
            let mut numbers = [-20.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 20.0];
            gelu_at(level, &mut numbers);
            let wanted = [0.0, -0.158_655_25, -0.154_268_77, 0.0, 0.345_731_23, 0.841_344_8, 2.995_95, 20.0];
            for (found, wanted) in numbers.iter().zip(wanted) {
                assert!((found - wanted).abs() < 1e-6, "{level:?}: {found} instead of {wanted}");
            }
        }
    }
}
