//! Lists of spans in order without overlap.

use crate::text::Span;

/// In order, those that overlap or touch joined.
pub(super) fn tidy(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut tidy: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match tidy.last_mut() {
            Some(last) if span.start() <= last.end() => *last = last.cover(span),
            _ => tidy.push(span),
        }
    }
    tidy
}

/// What is left of some spans without others; both in order.
pub(super) fn without(spans: &[Span], others: &[Span]) -> Vec<Span> {
    let mut left = Vec::with_capacity(spans.len());
    for span in spans {
        let mut start = span.start();
        for other in others.iter().filter(|other| other.overlaps(*span)) {
            if start < other.start() {
                left.push(Span::at(start, other.start()));
            }
            start = start.max(other.end());
        }
        if start < span.end() {
            left.push(Span::at(start, span.end()));
        }
    }
    left
}

/// Whether every one of some spans lies in one of others; both in order.
pub(super) fn cover(outer: &[Span], inner: &[Span]) -> bool {
    inner.iter().all(|span| {
        let at = outer.partition_point(|one| one.end() < span.end());
        outer.get(at).is_some_and(|one| one.contains(*span))
    })
}

/// Bytes in all.
pub(super) fn size(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

#[test]
fn spans_are_joined_and_cut() {
    let at = Span::at;
    assert_eq!(tidy(vec![at(5, 7), at(0, 3), at(3, 4), at(6, 9), at(9, 9)]), [at(0, 4), at(5, 9)]);
    assert_eq!(without(&[at(0, 10)], &[at(2, 3), at(8, 12)]), [at(0, 2), at(3, 8)]);
    assert!(cover(&[at(0, 4), at(6, 9)], &[at(1, 2), at(6, 9)]));
    assert!(!cover(&[at(0, 4), at(6, 9)], &[at(3, 7)]));
    assert_eq!(size(&[at(0, 4), at(6, 9)]), 7);
}
