use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::Share;

/// What the ballots of several groups come to where those of one group together weigh no more than so
/// many. A ballot can weigh a third; whether a share is reached is asked of the exact sum.
///
/// ```
/// use tally::{Share, Weights};
/// let mut weights = Weights::default();
/// weights.add((2, 3), 1);
/// assert!(weights.reach(Share::TWO_THIRDS));
/// weights.add((0, 1), 5);
/// assert!(!weights.reach(Share::AtLeast(1, 2)) && weights.reach(Share::AtLeast(1, 3)));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weights {
    wholes: u128,
    /// What is left over, by what it is counted in: thirds by three. Each below one.
    parts: BTreeMap<u64, u64>,
    cast: u64,
}

impl Weights {
    /// Adds a group's ballots, yes out of all cast, that together weigh at most so many.
    pub fn add(&mut self, (yes, cast): (u64, u64), most: u64) {
        let weight = cast.min(most);
        self.cast = self.cast.saturating_add(weight);
        if cast == 0 {
            return;
        }
        let sum = u128::from(yes.min(cast)) * u128::from(weight);
        self.wholes = self.wholes.saturating_add(sum / u128::from(cast));
        let part = self.parts.entry(cast).or_default();
        let left = u128::from(*part) + sum % u128::from(cast);
        self.wholes = self.wholes.saturating_add(left / u128::from(cast));
        *part = u64::try_from(left % u128::from(cast)).unwrap_or(0);
    }

    /// Whether the ballots for it are this part of all that was cast. Of none, nobody reaches any.
    pub fn reach(&self, share: Share) -> bool {
        if self.cast == 0 {
            return false;
        }
        let (part, whole, or_equal) = match share {
            Share::MoreThan(part, whole) => (part, whole, false),
            Share::AtLeast(part, whole) => (part, whole, true),
        };
        let needed = u128::from(self.cast) * u128::from(part);
        let reached = self.wholes.saturating_mul(u128::from(whole));
        let Some(missing) = needed.checked_sub(reached) else { return true };
        let (sum, of) = self.left_over();
        match sum.times(u64::from(whole)).compared(&of.times_wide(missing)) {
            Ordering::Greater => true,
            Ordering::Equal => or_equal,
            Ordering::Less => false,
        }
    }

    /// What is left over of all groups, as one fraction.
    fn left_over(&self) -> (Natural, Natural) {
        let nothing = (Natural::from(0), Natural::from(1));
        self.parts.iter().fold(nothing, |(sum, of), (&counted_in, &part)| {
            (sum.times(counted_in).plus(&of.times(part)), of.times(counted_in))
        })
    }
}

/// A whole number of any size, its lowest part first, without noughts at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Natural(Vec<u64>);

impl From<u64> for Natural {
    fn from(number: u64) -> Self {
        Self(vec![number]).trimmed()
    }
}

impl Natural {
    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn times(&self, by: u64) -> Self {
        let mut carry = 0;
        let mut parts: Vec<u64> = Vec::with_capacity(self.0.len() + 1);
        for &part in &self.0 {
            let (low, high) = split(u128::from(part) * u128::from(by) + u128::from(carry));
            parts.push(low);
            carry = high;
        }
        parts.push(carry);
        Self(parts).trimmed()
    }

    fn times_wide(&self, by: u128) -> Self {
        let (low, high) = split(by);
        let mut shifted = self.times(high);
        shifted.0.insert(0, 0);
        shifted.trimmed().plus(&self.times(low))
    }

    fn plus(&self, other: &Self) -> Self {
        let mut carry = 0;
        let mut parts = Vec::new();
        for place in 0..self.0.len().max(other.0.len()) {
            let part = |of: &Self| u128::from(of.0.get(place).copied().unwrap_or(0));
            let (low, high) = split(part(self) + part(other) + u128::from(carry));
            parts.push(low);
            carry = high;
        }
        parts.push(carry);
        Self(parts).trimmed()
    }

    fn compared(&self, other: &Self) -> Ordering {
        let highest_first = |of: &Self| of.0.iter().rev().copied().collect::<Vec<u64>>();
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| highest_first(self).cmp(&highest_first(other)))
    }
}

/// The lower and the upper half.
fn split(number: u128) -> (u64, u64) {
    let low = u64::try_from(number & u128::from(u64::MAX)).unwrap_or(0);
    (low, u64::try_from(number >> 64).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(groups: &[(u64, u64, u64)]) -> Weights {
        let mut weights = Weights::default();
        for &(yes, cast, most) in groups {
            weights.add((yes, cast), most);
        }
        weights
    }

    #[test]
    fn what_is_exactly_a_share_stays_exactly_that() {
        let thirds = weights(&[(2, 3, 1), (4, 6, 2), (1, 1, 1), (0, 7, 0), (1, 3, 1)]);
        assert!(thirds.reach(Share::TWO_THIRDS) && !thirds.reach(Share::MoreThan(2, 3)));
        assert!(weights(&[(2, 3, 1)]).reach(Share::TWO_THIRDS));
        assert!(!weights(&[(2, 3, 1)]).reach(Share::MoreThan(2, 3)));
        // A third, a half and a sixth are one, of two if another says no: half, and no more.
        let half = weights(&[(1, 3, 1), (3, 6, 1), (1, 6, 1), (1, 2, 0), (2, 4, 1)]);
        assert!(!half.reach(Share::HALF) && half.reach(Share::AtLeast(3, 8)));
        assert!(weights(&[(1, 3, 1), (2, 3, 1)]).reach(Share::AtLeast(1, 2)));
        assert!(!weights(&[(1, 3, 1), (2, 3, 1)]).reach(Share::HALF));
        assert!(!weights(&[]).reach(Share::AtLeast(0, 1)));
    }

    #[test]
    fn many_groups_of_every_size_are_added_exactly() {
        // Each group says its 1/n yes and another its (n − 1)/n: exactly half, however many.
        let sizes = 3..400_u64;
        let mut level: Vec<_> = sizes.flat_map(|n| [(1, n, 1), (n - 1, n, 1)]).collect();
        assert!(weights(&level).reach(Share::AtLeast(1, 2)) && !weights(&level).reach(Share::HALF));
        level.extend([(500_001, 1_000_000, 1)]);
        assert!(weights(&level).reach(Share::HALF));
        level.extend([(499_998, 1_000_000, 1)]);
        assert!(!weights(&level).reach(Share::AtLeast(1, 2)));
    }

    #[test]
    fn small_sums_agree_with_fractions_over_one_number() {
        for (a, b, c) in
            (0..4).flat_map(|a| (0..6).flat_map(move |b| (0..8).map(move |c| (a, b, c))))
        {
            let found = weights(&[(a, 3, 2), (b, 5, 3), (c, 7, 1)]);
            // Over 105: a · 2/3, b · 3/5, c · 1/7; six were cast.
            let (yes, cast) = (a * 70 + b * 63 + c * 15, 6 * 105);
            for share in
                [Share::HALF, Share::TWO_THIRDS, Share::AtLeast(3, 4), Share::AtLeast(1, 1)]
            {
                assert_eq!(
                    found.reach(share),
                    share.is_reached(yes, cast),
                    "{a} {b} {c} {share:?}"
                );
            }
        }
    }
}
