//! Quotation marks: which stretches of an article stand between them.
//!
//! In: an [`Article`]. Out: [`Quotations`], the quoted stretches of its read blocks. What holds: a
//! stretch never leaves its block, so one bad mark cannot turn the rest of the article inside out; a
//! quotation over several paragraphs (each opens, only the last closes) is one stretch a block,
//! joined by [`Quotation::goes_on`] and [`Quotation::continues`].

mod marks;
mod pairing;

use crate::article::{Article, Block};
use crate::text::{Span, Text};
use pairing::{Neighbour, Pairing};

/// The quoted stretches of an article, in the order of the text, outer before inner.
#[derive(Clone, Debug)]
pub struct Quotations {
    text: Text,
    all: Vec<Quotation>,
    /// For each stretch the one around it.
    around: Vec<Option<u32>>,
    /// Inner spans of the outermost stretches.
    outermost: Vec<Span>,
}

/// One quoted stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// 0 for a quotation, 1 for one within it.
    pub depth: u8,
    /// Index of its block in the article.
    pub block: u32,
    /// How it starts.
    pub opened: Edge,
    /// How it ends.
    pub closed: Edge,
    /// Whether it carries on a quotation of the read block before.
    pub continues: bool,
    /// Whether the next read block carries it on.
    pub goes_on: bool,
}

/// How a quoted stretch starts or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// At a mark.
    Marked,
    /// At a place that was chosen for want of a mark.
    Missing,
}

/// Finds the quoted stretches of an article's read blocks, in time linear in their length.
#[must_use]
pub fn find(article: &Article) -> Quotations {
    let text = article.text.as_str();
    let read: Vec<(u32, &Block)> =
        (0u32..).zip(&article.blocks).filter(|(_, block)| block.is_read()).collect();
    let mut all = Vec::new();
    let mut before = None;
    for (at, (index, block)) in read.iter().enumerate() {
        let marks = marks::of(text, block.span);
        let next = read.get(at + 1).and_then(|(_, next)| marks::opening(text, next.span));
        let neighbours = Neighbour { left_open: before, next_opens_with: next };
        let Pairing { quotations, left_open } = pairing::of(text, *index, block.span, &marks, neighbours);
        before = left_open;
        all.extend(quotations);
    }
    Quotations::new(article.text.clone(), all)
}

impl Quotations {
    fn new(text: Text, all: Vec<Quotation>) -> Self {
        let mut outermost: Vec<Span> = Vec::new();
        let mut around = Vec::with_capacity(all.len());
        let mut open: Vec<u32> = Vec::new();
        for (at, quotation) in (0u32..).zip(&all) {
            while open.pop_if(|last| all[*last as usize].inner.end() <= quotation.inner.start()).is_some() {}
            around.push(open.last().copied());
            if open.is_empty() {
                outermost.push(quotation.inner);
            }
            open.push(at);
        }
        Self { text, all, around, outermost }
    }

    /// Every stretch, in the order of the text, outer before inner.
    #[must_use]
    pub fn all(&self) -> &[Quotation] {
        &self.all
    }

    /// The outermost stretches without their marks, in order, without overlap.
    #[must_use]
    pub fn outermost(&self) -> &[Span] {
        &self.outermost
    }

    /// Whether a byte stands between quotation marks.
    #[must_use]
    pub fn is_inside(&self, byte: usize) -> bool {
        let at = self.outermost.partition_point(|span| span.end() <= byte);
        self.outermost.get(at).is_some_and(|span| span.start() <= byte)
    }

    /// The innermost stretch around a byte, marks not counted.
    #[must_use]
    pub fn innermost(&self, byte: usize) -> Option<&Quotation> {
        let last = self.all.partition_point(|quotation| quotation.inner.start() <= byte).checked_sub(1)?;
        let mut outwards =
            std::iter::successors(Some(last), |at| self.around[*at].map(|outer| outer as usize));
        outwards.find(|at| byte < self.all[*at].inner.end()).map(|at| &self.all[at])
    }

    /// The parts of some spans that stand between quotation marks, in order, marks left out.
    #[must_use]
    pub fn within(&self, spans: &[Span]) -> Vec<Span> {
        let mut parts = Vec::new();
        for span in spans {
            let from = self.outermost.partition_point(|inner| inner.end() <= span.start());
            for inner in self.outermost[from..].iter().take_while(|inner| inner.start() < span.end()) {
                let part = Span::at(inner.start().max(span.start()), inner.end().min(span.end()));
                if !part.is_empty() {
                    parts.push(part);
                }
            }
        }
        parts
    }

    /// The share of the spans' words that stand between quotation marks, 0 to 1; 0 for no words.
    #[must_use]
    pub fn share_inside(&self, spans: &[Span]) -> f32 {
        let words = |spans: &[Span]| -> usize { spans.iter().map(|s| words(self.text.slice(*s))).sum() };
        match words(spans) {
            0 => 0.0,
            total => words(&self.within(spans)) as f32 / total as f32,
        }
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
