//! Maximum-weight one-to-one assignment, component by component, by the Hungarian method.

use std::collections::BTreeMap;

/// Edges between left and right items with positive weights.
pub(crate) type Edges = BTreeMap<(usize, usize), f64>;

/// The pairs of a best assignment, in order.
pub(crate) fn assign(edges: &Edges) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> =
        components(edges).iter().flat_map(|c| assign_one(c, edges)).collect();
    pairs.sort_unstable();
    pairs
}

/// Edges grouped by connected component.
fn components(edges: &Edges) -> Vec<Vec<(usize, usize)>> {
    let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
    for &(left, right) in edges.keys() {
        let touches = |g: &Vec<(usize, usize)>| g.iter().any(|&(l, r)| l == left || r == right);
        let (mut joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        groups = apart;
        let mut group: Vec<_> = joined.drain(..).flatten().collect();
        group.push((left, right));
        groups.push(group);
    }
    groups
}

fn assign_one(pairs: &[(usize, usize)], edges: &Edges) -> Vec<(usize, usize)> {
    if let [only] = pairs {
        return vec![*only];
    }
    let (left, right) = (distinct(pairs.iter().map(|p| p.0)), distinct(pairs.iter().map(|p| p.1)));
    let n = left.len().max(right.len());
    let edge = |i: usize, j: usize| {
        let key = (*left.get(i)?, *right.get(j)?);
        edges.get(&key).map(|&weight| (key, weight))
    };
    let cost: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| edge(i, j).map_or(0.0, |(_, weight)| -weight)).collect()).collect();
    hungarian(&cost).into_iter().filter_map(|(i, j)| edge(i, j).map(|(key, _)| key)).collect()
}

fn distinct(items: impl Iterator<Item = usize>) -> Vec<usize> {
    items.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// Minimum-cost perfect assignment of a square matrix in cubic time, by shortest augmenting paths with
/// potentials. Row and column 0 are sentinels.
fn hungarian(cost: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let n = cost.len();
    let (mut row_potential, mut column_potential) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0; n + 1];
    let mut came_from = vec![0; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let mut column = 0;
        let mut slack = vec![f64::INFINITY; n + 1];
        let mut used = vec![false; n + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let (here, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !used[j]) {
                let reduced = cost[here - 1][j - 1] - row_potential[here] - column_potential[j];
                if reduced < slack[j] {
                    slack[j] = reduced;
                    came_from[j] = column;
                }
                if slack[j] < delta {
                    delta = slack[j];
                    next = j;
                }
            }
            for j in 0..=n {
                if used[j] {
                    row_potential[row_of[j]] += delta;
                    column_potential[j] -= delta;
                } else {
                    slack[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let previous = came_from[column];
            row_of[column] = row_of[previous];
            column = previous;
        }
    }
    (1..=n).map(|j| (row_of[j] - 1, j - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(edges: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
        assign(&edges.iter().map(|&(l, r, w)| ((l, r), w)).collect())
    }

    #[test]
    fn is_optimal_where_greedy_is_not() {
        assert_eq!(best(&[(0, 0, 5.0), (0, 1, 4.0), (1, 0, 4.0)]), [(0, 1), (1, 0)]);
        assert_eq!(best(&[(0, 0, 9.0), (0, 1, 4.0), (1, 0, 4.0)]), [(0, 0)]);
    }

    #[test]
    fn components_join_over_shared_items() {
        assert_eq!(
            best(&[(0, 0, 1.0), (1, 1, 1.0), (1, 2, 3.0), (2, 2, 1.0), (0, 1, 5.0)]),
            [(0, 1), (1, 2)]
        );
        assert_eq!(best(&[]), []);
    }
}
