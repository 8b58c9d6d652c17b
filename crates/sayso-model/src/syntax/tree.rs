//! From the parser's links to heads, labels and sentences.
//!
//! In: links, some with a label that names another head (`dobj||xcomp`: an object whose head is further down, a complement). Out: heads
//! and labels, and where sentences start: at the leftmost word of each root.
//!
//! # Source
//! Nivre and Nilsson 2005 (pseudo-projective parsing, scheme Head); spaCy 3.8 `pipeline/_parser_internals/nonproj.pyx`,
//! `tokens/doc.pyx` (`set_children_from_heads`), `tokens/token.pyx`.

use super::parser::Arc;
use crate::labels::Dep;

/// How many tokens are looked at in search of another head: several thousand times what a sentence takes.
const MOST_STEPS: usize = 50_000;

/// How often the edges of subtrees are mended; spaCy's own limit.
const MOST_ROUNDS: usize = 12;

/// The label of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) dep: Dep,
    /// The label of the head that is meant, if it is not the one that was linked.
    pub(crate) below: Option<Dep>,
}

impl Label {
    /// Reads `dobj` or `dobj||xcomp`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (dep, below) = text.split_once("||").map_or((text, None), |(dep, below)| (dep, Some(below)));
        let below = match below {
            Some(below) => Some(Dep::from_label(below)?),
            None => None,
        };
        Some(Self { dep: Dep::from_label(dep)?, below })
    }
}

/// A text's syntax.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The head of each token; itself for a root.
    pub(crate) heads: Vec<usize>,
    pub(crate) deps: Vec<Dep>,
    pub(crate) sentence_starts: Vec<bool>,
}

impl Tree {
    /// The tree of a text whose tokens are linked so.
    pub(crate) fn of(arcs: &[Arc], is_space: impl Fn(usize) -> bool) -> Self {
        let heads = arcs.iter().enumerate().map(|(at, arc)| arc.map_or(at, |(head, _)| head)).collect();
        let deps = arcs.iter().map(|arc| arc.map_or(Dep::Root, |(_, label)| label.dep)).collect();
        let mut tree = Self { heads, deps, sentence_starts: vec![false; arcs.len()] };
        let mut edges = tree.edges();
        let meant: Vec<(usize, Dep)> = arcs
            .iter()
            .enumerate()
            .filter_map(|(at, arc)| arc.and_then(|(_, label)| label.below).map(|below| (at, below)))
            .collect();
        if !meant.is_empty() {
            // a label is read where it is searched for as the parser wrote it: `dobj||xcomp` is no `dobj` until it has its head
            let mut plain: Vec<bool> =
                arcs.iter().map(|arc| arc.is_none_or(|(_, label)| label.below.is_none())).collect();
            for (token, below) in meant {
                let fits = |tree: &Self, child: usize| plain[child] && tree.deps[child] == below;
                tree.heads[token] = tree.meant_head(token, &edges, &is_space, fits);
                plain[token] = true;
            }
            edges = tree.edges();
        }
        for (at, edge) in edges.iter().enumerate() {
            if tree.heads[at] == at {
                tree.sentence_starts[edge.left] = true;
            }
        }
        tree
    }

    /// The first token below the head of `token`, level by level, that fits; the head it has if there is none.
    fn meant_head(
        &self,
        token: usize,
        edges: &[Edges],
        is_space: &impl Fn(usize) -> bool,
        fits: impl Fn(&Self, usize) -> bool,
    ) -> usize {
        let mut steps = 0;
        let mut level = vec![self.heads[token]];
        while !level.is_empty() {
            let mut next = Vec::new();
            for &above in &level {
                for child in edges[above].left..=edges[above].right {
                    steps += 1;
                    if child == above || self.heads[child] != above || child == token || is_space(child) {
                        continue;
                    }
                    if fits(self, child) {
                        return child;
                    }
                    next.push(child);
                }
                if steps > MOST_STEPS {
                    return self.heads[token];
                }
            }
            level = next;
        }
        self.heads[token]
    }

    /// The outermost tokens below each token. Where links cross, one pass does not see all; the rounds end when no link leaves what would
    /// be a sentence.
    fn edges(&self) -> Vec<Edges> {
        let mut edges: Vec<Edges> = (0..self.heads.len()).map(|at| Edges { left: at, right: at }).collect();
        for _ in 0..MOST_ROUNDS {
            for at in (0..edges.len()).chain((0..edges.len()).rev()) {
                let (child, head) = (edges[at], &mut edges[self.heads[at]]);
                head.left = head.left.min(child.left);
                head.right = head.right.max(child.right);
            }
            if self.links_stay_inside(&edges) {
                break;
            }
        }
        edges
    }

    fn links_stay_inside(&self, edges: &[Edges]) -> bool {
        let count = self.heads.len();
        let mut starts = vec![false; count];
        (0..count).filter(|&at| self.heads[at] == at).for_each(|at| starts[edges[at].left] = true);
        let mut start = 0;
        for (at, starts) in starts.iter().enumerate() {
            if (at > 0 && *starts) || at + 1 == count {
                // spaCy lets a link reach the first token after the sentence
                if self.heads[start..at].iter().any(|&head| head < start || head > at) {
                    return false;
                }
                start = at;
            }
        }
        true
    }
}

/// The outermost tokens of a subtree.
#[derive(Clone, Copy, Debug)]
struct Edges {
    left: usize,
    right: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(links: &[(usize, &str)], heads: &[usize], deps: &[Dep], starts: &[usize]) {
        let arcs: Vec<Arc> = links
            .iter()
            .enumerate()
            .map(|(at, (head, label))| (*head != at).then(|| (*head, Label::read(label).expect("a label"))))
            .collect();
        let tree = Tree::of(&arcs, |_| false);
        let found: Vec<usize> = (0..arcs.len()).filter(|&at| tree.sentence_starts[at]).collect();
        assert_eq!((&*tree.heads, &*tree.deps, &*found), (heads, deps, starts), "{links:?}");
    }

    #[test]
    fn roots_start_sentences_at_their_left_edge() {
        check(
            &[(1, "nsubj"), (1, ""), (1, "punct"), (3, ""), (3, "dobj")],
            &[1, 1, 1, 3, 3],
            &[Dep::Nsubj, Dep::Root, Dep::Punct, Dep::Root, Dep::Dobj],
            &[0, 3],
        );
    }

    #[test]
    fn an_object_finds_its_complement() {
        // "What did he want to say": "what" is the object of "say", linked to "want" first
        check(
            &[(3, "dobj||xcomp"), (3, "aux"), (3, "nsubj"), (3, ""), (5, "aux"), (3, "xcomp")],
            &[5, 3, 3, 3, 5, 3],
            &[Dep::Dobj, Dep::Aux, Dep::Nsubj, Dep::Root, Dep::Aux, Dep::Xcomp],
            &[0],
        );
        check(&[(1, "dobj||xcomp"), (1, "")], &[1, 1], &[Dep::Dobj, Dep::Root], &[0]);
    }
}
