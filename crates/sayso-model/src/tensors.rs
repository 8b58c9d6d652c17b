//! The weights file: named tensors, little-endian, read where they lie.
//!
//! In: the bytes of a file that training/convert_en_core_web_sm_weights.py describes (or that another script writes in the same
//! format). Out: tensors by name, with their shape checked. Nothing is copied until somebody asks for numbers.

use std::collections::HashMap;

const MAGIC: &[u8; 8] = b"SAYSOTN1";

/// The tensors of a file.
#[derive(Debug)]
pub(crate) struct Tensors {
    by_name: HashMap<&'static str, Tensor>,
}

/// One tensor, row-major.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tensor {
    numbers: Numbers,
    rank: usize,
    shape: [usize; 4],
}

#[derive(Clone, Copy, Debug)]
enum Numbers {
    Single(&'static [u8]),
    Half(&'static [u8]),
    Byte(&'static [u8]),
}

impl Tensors {
    /// Reads the list of tensors.
    ///
    /// # Panics
    /// If the bytes are no such file: weights are part of the program.
    pub(crate) fn read(file: &'static [u8]) -> Self {
        let mut rest = file.strip_prefix(MAGIC).expect("a weights file starts with SAYSOTN1");
        let count = u32_of(take(&mut rest, 4));
        let by_name = (0..count).map(|_| Self::read_one(&mut rest)).collect();
        assert!(rest.is_empty(), "nothing follows the last tensor");
        Self { by_name }
    }

    fn read_one(rest: &mut &'static [u8]) -> (&'static str, Tensor) {
        let length = take(rest, 1)[0];
        let name = std::str::from_utf8(take(rest, length.into())).expect("names are text");
        let (kind, rank) = (take(rest, 1)[0], usize::from(take(rest, 1)[0]));
        let mut shape = [1; 4];
        shape[..rank].iter_mut().for_each(|size| *size = u32_of(take(rest, 4)));
        let count: usize = shape.iter().product();
        let numbers = match kind {
            0 => Numbers::Single(take(rest, 4 * count)),
            1 => Numbers::Half(take(rest, 2 * count)),
            2 => Numbers::Byte(take(rest, count)),
            other => panic!("{name}: no type of number has the code {other}"),
        };
        (name, Tensor { numbers, rank, shape })
    }

    /// The tensor of a name.
    ///
    /// # Panics
    /// If there is none, or it has another shape; a `0` stands for any size.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Tensor {
        let tensor = *self.by_name.get(name).unwrap_or_else(|| panic!("the weights have no {name}"));
        let found = &tensor.shape[..tensor.rank];
        let fits = found.len() == shape.len() && found.iter().zip(shape).all(|(f, s)| *s == 0 || f == s);
        assert!(fits, "{name} has the shape {found:?} instead of {shape:?}");
        tensor
    }
}

impl Tensor {
    /// The size of the first dimension.
    pub(crate) fn rows(&self) -> usize {
        self.shape[0]
    }

    /// The numbers of a tensor of signed bytes, where they lie.
    ///
    /// # Panics
    /// If the tensor has another type.
    pub(crate) fn bytes(self) -> &'static [u8] {
        match self.numbers {
            Numbers::Byte(bytes) => bytes,
            Numbers::Single(_) | Numbers::Half(_) => panic!("a tensor of bytes was expected"),
        }
    }

    /// All numbers.
    pub(crate) fn to_vec(self) -> Vec<f32> {
        match self.numbers {
            Numbers::Single(bytes) => {
                bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
            }
            Numbers::Half(bytes) => {
                bytes.as_chunks::<2>().0.iter().map(|b| half(u16::from_le_bytes(*b))).collect()
            }
            Numbers::Byte(bytes) => bytes.iter().map(|b| f32::from(i8::from_le_bytes([*b]))).collect(),
        }
    }

    /// Adds a row of a matrix to `sum`.
    ///
    /// # Panics
    /// If there is no such row, or it is shorter than `sum`.
    pub(crate) fn add_row(&self, row: usize, sum: &mut [f32]) {
        let width = sum.len();
        match self.numbers {
            Numbers::Single(bytes) => {
                let bytes = &bytes[4 * row * width..4 * (row + 1) * width];
                let numbers = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b));
                sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            }
            Numbers::Half(bytes) => {
                let bytes = &bytes[2 * row * width..2 * (row + 1) * width];
                let numbers = bytes.as_chunks::<2>().0.iter().map(|b| half(u16::from_le_bytes(*b)));
                sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            }
            Numbers::Byte(bytes) => {
                let numbers = bytes[row * width..(row + 1) * width].iter();
                let numbers = numbers.map(|b| f32::from(i8::from_le_bytes([*b])));
                sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            }
        }
    }
}

fn take(rest: &mut &'static [u8], count: usize) -> &'static [u8] {
    let (taken, left) = rest.split_at_checked(count).expect("a weights file is as long as it says");
    *rest = left;
    taken
}

fn u32_of(bytes: &[u8]) -> usize {
    u32::from_le_bytes(bytes.try_into().expect("four bytes")) as usize
}

/// IEEE 754 binary16, finite numbers only. Shifting the exponent into place leaves it too small by 112; the product puts that right,
/// for subnormal numbers too.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let magnitude = f32::from_bits(u32::from(bits & 0x7fff) << 13) * f32::from_bits((127 + 112) << 23);
    f32::from_bits(magnitude.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x8000, -0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x83ff, -6.097_555e-5),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(number), "{bits:04x}");
        }
    }

    #[test]
    fn reads_both_types() {
        let mut file = MAGIC.to_vec();
        file.extend([2, 0, 0, 0, 1, b'a', 0, 1, 1, 0, 0, 0]);
        file.extend(1.5f32.to_le_bytes());
        file.extend([1, b'b', 1, 2, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0x3c, 0, 0xc0]);
        let tensors = Tensors::read(file.leak());
        assert_eq!(tensors.get("a", &[1]).to_vec(), [1.5]);
        assert_eq!(tensors.get("b", &[0, 1]).to_vec(), [1.0, -2.0]);
        let mut sum = [10.0];
        tensors.get("b", &[2, 1]).add_row(1, &mut sum);
        assert_eq!(sum, [8.0]);
    }
}
