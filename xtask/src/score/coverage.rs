//! Whether confidence ranks: how many of the statements that a system is surest of are right.

/// Shares of the statements, in per cent, surest first, at which precision is taken.
pub(crate) const COVERAGES: [usize; 3] = [50, 80, 100];

/// Precision of the surest part, for each of [`COVERAGES`]. In: confidence, and whether it is right. Equally sure statements count as one
/// lot: where the lot is cut, its own precision stands for the part of it that is taken.
pub(crate) fn precision_at_coverages(statements: &[(f64, bool)]) -> [f64; COVERAGES.len()] {
    let mut ranked = statements.to_vec();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    COVERAGES.map(|coverage| {
        let taken = (ranked.len() * coverage) as f64 / 100.0;
        let (mut left, mut right) = (taken, 0.0);
        for lot in ranked.chunk_by(|a, b| a.0 == b.0) {
            let part = left.min(lot.len() as f64);
            let right_of_lot = lot.iter().filter(|(_, is_right)| *is_right).count();
            right += part * right_of_lot as f64 / lot.len() as f64;
            left -= part;
        }
        if taken > 0.0 { right / taken } else { 0.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_come_first() {
        let statements = [(0.2, false), (0.9, true), (0.8, true), (0.3, false), (0.5, true)];
        assert_eq!(precision_at_coverages(&statements), [1.0, 0.75, 0.6]);
        assert_eq!(precision_at_coverages(&[]), [0.0; 3]);
    }

    #[test]
    fn order_among_equals_does_not_matter() {
        let mut statements = [(0.5, true), (0.5, false), (0.5, false), (0.5, true)];
        assert_eq!(precision_at_coverages(&statements), [0.5; 3]);
        statements.reverse();
        assert_eq!(precision_at_coverages(&statements), [0.5; 3]);
    }
}
