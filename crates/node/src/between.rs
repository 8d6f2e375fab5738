use std::cmp::Reverse;
use std::collections::BTreeMap;

use federation::Id;
use federation::rows::Unit;
use measure::Hours;

/// A giver and a receiver.
pub type Pair = (Id<Unit>, Id<Unit>);

/// The seconds that go between each two units, and all that each gives and receives.
#[derive(Debug, Clone)]
pub struct Between {
    /// Each giver and receiver once, in their order.
    pub pairs: Vec<(Pair, i64)>,
    /// What each giver gives.
    pub givers: BTreeMap<Id<Unit>, i64>,
    /// What each receiver receives.
    pub receivers: BTreeMap<Id<Unit>, i64>,
}

impl Between {
    /// What goes from givers to receivers, added up.
    pub fn new(flows: impl Iterator<Item = (Id<Unit>, Id<Unit>, Hours)>) -> Self {
        let flows = flows.filter(|flow| flow.2.is_positive());
        let flows = flows.map(|(giver, receiver, hours)| ((giver, receiver), hours.seconds()));
        let mut flows: Vec<(Pair, i64)> = flows.collect();
        flows.sort_unstable();
        let sum = |two: &[(Pair, i64)]| {
            let (pair, _) = two.first()?;
            Some((*pair, two.iter().map(|flow| flow.1).fold(0, i64::saturating_add)))
        };
        let pairs: Vec<_> = flows.chunk_by(|one, next| one.0 == next.0).filter_map(sum).collect();
        let (mut givers, mut receivers) = (BTreeMap::new(), BTreeMap::new());
        for &((giver, receiver), seconds) in &pairs {
            for of in [givers.entry(giver).or_default(), receivers.entry(receiver).or_default()] {
                *of = i64::saturating_add(*of, seconds);
            }
        }
        Self { pairs, givers, receivers }
    }

    /// Those two with most seconds between them, most first.
    pub fn most(&self, count: usize) -> Vec<(Pair, i64)> {
        let order = |&(pair, seconds): &(Pair, i64)| (Reverse(seconds), pair);
        let mut most = self.pairs.clone();
        if count < most.len() {
            most.select_nth_unstable_by_key(count, order);
            most.truncate(count);
        }
        most.sort_unstable_by_key(order);
        most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_flows_between_two_are_one_and_most_come_first() {
        let flows = [(2, 1, 3), (0, 1, 2), (0, 1, 4), (1, 0, 6), (5, 6, 1), (6, 5, 0)];
        let flows = flows.into_iter().map(|(giver, receiver, seconds)| {
            (Id::new(giver), Id::new(receiver), Hours::from_seconds(seconds).unwrap())
        });
        let between = Between::new(flows);
        let most = |count| -> Vec<_> {
            let most = between.most(count).into_iter();
            most.map(|((giver, _), seconds)| (giver.number(), seconds)).collect()
        };
        assert_eq!(most(3), [(0, 6), (1, 6), (2, 3)]);
        assert_eq!(most(9), [(0, 6), (1, 6), (2, 3), (5, 1)]);
        assert_eq!(between.receivers.get(&Id::new(1)), Some(&9));
    }
}
