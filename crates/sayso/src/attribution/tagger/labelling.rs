//! The best roles of a window's tokens.
//!
//! In: for each token the logarithms of its roles' probabilities. Out: the sequence of roles with the greatest sum, where every change of
//! role costs something (Viterbi 1967): odd words in the middle of a clause do not tear it apart.

use sayso_model::attribution::ROLES;

/// What a change of role costs, in nats; chosen on documents that the network was not trained on.
const CHANGE: f32 = 1.0;

/// What a token is to an anchor. In the network's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    None,
    Source,
    Cue,
    Content,
}

const ALL: [Role; ROLES] = [Role::None, Role::Source, Role::Cue, Role::Content];

/// The best sequence; the anchor is a cue.
pub(super) fn best(scores: &[[f32; ROLES]], anchor: usize) -> Vec<Role> {
    let mut sums = [0.0; ROLES];
    let mut back: Vec<[u8; ROLES]> = Vec::with_capacity(scores.len());
    for (at, scores) in scores.iter().enumerate() {
        let top = greatest(&sums);
        let mut from = [0; ROLES];
        let mut next = [0.0; ROLES];
        for role in 0..ROLES {
            let changed = sums[top] - CHANGE;
            let (before, sum) =
                if at > 0 && changed > sums[role] { (top, changed) } else { (role, sums[role]) };
            from[role] = before as u8;
            let is_ruled_out = at == anchor && ALL[role] != Role::Cue;
            next[role] = sum + scores[role] - if is_ruled_out { 1e3 } else { 0.0 };
        }
        sums = next;
        back.push(from);
    }
    let mut role = greatest(&sums);
    let mut roles: Vec<Role> = back
        .iter()
        .rev()
        .map(|from| {
            let now = ALL[role];
            role = usize::from(from[role]);
            now
        })
        .collect();
    roles.reverse();
    roles
}

/// The geometric mean of the probabilities of the content's tokens; 0 if there are none.
pub(super) fn mean_probability(scores: &[[f32; ROLES]], roles: &[Role]) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for (scores, _) in scores.iter().zip(roles).filter(|(_, role)| **role == Role::Content) {
        sum += scores[Role::Content as usize];
        count += 1.0;
    }
    if count > 0.0 { (sum / count).exp() } else { 0.0 }
}

fn greatest(numbers: &[f32; ROLES]) -> usize {
    (1..ROLES).fold(0, |best, at| if numbers[at] > numbers[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(rows: &[(Role, f32)]) -> Vec<[f32; ROLES]> {
        let row = |(role, probability): &(Role, f32)| {
            let mut row = [((1.0 - probability) / 3.0).ln(); ROLES];
            row[*role as usize] = probability.ln();
            row
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn a_doubtful_word_does_not_tear_a_clause_apart() {
        use Role::{Content, Cue, None, Source};
        let sure = |role| (role, 0.97);
        let rows = [sure(Source), sure(Cue), sure(Content), (None, 0.5), sure(Content)];
        assert_eq!(best(&scores(&rows), 1), [Source, Cue, Content, Content, Content]);
        let rows = [sure(Source), sure(Cue), sure(Content), (None, 0.999), sure(Content)];
        assert_eq!(best(&scores(&rows), 1), [Source, Cue, Content, None, Content]);
    }

    #[test]
    fn the_anchor_is_a_cue() {
        use Role::{Content, Cue};
        assert_eq!(best(&scores(&[(Content, 0.9), (Content, 0.9)]), 0), [Cue, Content]);
        assert_eq!(best(&[], 0), []);
    }
}
