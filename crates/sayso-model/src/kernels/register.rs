//! A few numbers side by side, as one register of the processor holds them.

/// Numbers on which one instruction works.
///
/// The methods are inlined into functions that are compiled for the instruction set they need; see [`super::compiled`].
pub(crate) trait Register: Copy {
    /// How many numbers.
    const LANES: usize;

    /// The same number everywhere.
    fn splat(number: f32) -> Self;

    /// The first numbers of a slice.
    ///
    /// # Panics
    /// If there are fewer.
    fn load(numbers: &[f32]) -> Self;

    /// Writes the numbers to the front of a slice.
    ///
    /// # Panics
    /// If it is too short.
    fn store(self, out: &mut [f32]);

    /// The sum of this and of a product.
    fn plus_product(self, one: Self, other: Self) -> Self;
}

/// Four numbers, on any processor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Four([f32; 4]);

impl Register for Four {
    const LANES: usize = 4;

    #[inline(always)]
    fn splat(number: f32) -> Self {
        Self([number; 4])
    }

    #[inline(always)]
    fn load(numbers: &[f32]) -> Self {
        Self(*numbers.first_chunk().expect("there are four numbers"))
    }

    #[inline(always)]
    fn store(self, out: &mut [f32]) {
        *out.first_chunk_mut().expect("there is room for four numbers") = self.0;
    }

    #[inline(always)]
    fn plus_product(self, one: Self, other: Self) -> Self {
        // every 64-bit Arm processor has the two in one instruction, which rounds once
        let sum = |at: usize| match cfg!(target_arch = "aarch64") {
            true => one.0[at].mul_add(other.0[at], self.0[at]),
            false => self.0[at] + one.0[at] * other.0[at],
        };
        Self(std::array::from_fn(sum))
    }
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{Eight, Sixteen};

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "instructions that not every processor has")]
mod x86 {
    use super::Register;
    use std::arch::x86_64::*;

    /// Eight numbers: AVX2 and FMA.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Eight(__m256);

    /// Sixteen numbers: AVX-512.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Sixteen(__m512);

    // SAFETY, of every call below: only functions that `compiled` makes for this instruction set use these types, and they run
    // where the processor has it. Loads and stores are of arrays of just this length, and need no alignment.

    impl Register for Eight {
        const LANES: usize = 8;

        #[inline(always)]
        fn splat(number: f32) -> Self {
            Self(unsafe { _mm256_set1_ps(number) })
        }

        #[inline(always)]
        fn load(numbers: &[f32]) -> Self {
            let numbers: &[f32; 8] = numbers.first_chunk().expect("there are eight numbers");
            Self(unsafe { _mm256_loadu_ps(numbers.as_ptr()) })
        }

        #[inline(always)]
        fn store(self, out: &mut [f32]) {
            let out: &mut [f32; 8] = out.first_chunk_mut().expect("there is room for eight numbers");
            unsafe { _mm256_storeu_ps(out.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn plus_product(self, one: Self, other: Self) -> Self {
            Self(unsafe { _mm256_fmadd_ps(one.0, other.0, self.0) })
        }
    }

    impl Register for Sixteen {
        const LANES: usize = 16;

        #[inline(always)]
        fn splat(number: f32) -> Self {
            Self(unsafe { _mm512_set1_ps(number) })
        }

        #[inline(always)]
        fn load(numbers: &[f32]) -> Self {
            let numbers: &[f32; 16] = numbers.first_chunk().expect("there are sixteen numbers");
            Self(unsafe { _mm512_loadu_ps(numbers.as_ptr()) })
        }

        #[inline(always)]
        fn store(self, out: &mut [f32]) {
            let out: &mut [f32; 16] = out.first_chunk_mut().expect("there is room for sixteen numbers");
            unsafe { _mm512_storeu_ps(out.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn plus_product(self, one: Self, other: Self) -> Self {
            Self(unsafe { _mm512_fmadd_ps(one.0, other.0, self.0) })
        }
    }
}
