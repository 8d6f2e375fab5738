use std::collections::{BTreeSet, VecDeque};

use federation::Id;
use federation::rows::{Contract, Unit};
use measure::Hours;

/// A closed loop of deliveries, or a chain that entitlements close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// Who gives to whom, one after the other; each receiver is the next giver.
    pub steps: Vec<RingStep>,
    /// How many hours go round.
    pub hours: Hours,
    /// Whether the last receiver is the first giver; otherwise the first gains so many hours of
    /// entitlement and the last uses as many.
    pub closed: bool,
}

/// One delivery of a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingStep {
    /// The contract that it is a part of.
    pub contract: Id<Contract>,
    /// Who gives.
    pub giver: Id<Unit>,
    /// Who receives.
    pub receiver: Id<Unit>,
}

/// From how many contracts on a plan is so large that not every loop is looked for.
const CONTRACTS_MANY: usize = 5_000;

/// How many searches of a large plan may find no loop.
const SEARCHES: usize = 64;

/// The contracts of a plan as rings, first closed loops, then chains; at most so many, those
/// through a unit's own contracts first.
///
/// A pure function of the contracts in their order, so every reader of one unit sees the same.
/// Each hour of a contract is in one ring at most, and in exactly one if the number is not reached
/// and the plan has at most 5,000 contracts; of a larger one, a search that finds nothing often
/// enough ends, so that a page does not wait for it.
pub(crate) fn rings(
    contracts: &[(RingStep, Hours)],
    ours: Option<Id<Unit>>,
    most: usize,
) -> Vec<Ring> {
    let edge = |&(step, hours): &(RingStep, Hours)| Edge { step, seconds: hours.seconds() };
    let mut left = Left::new(contracts.iter().map(edge).collect());
    let (own, others): (Vec<_>, Vec<_>) = (0..left.edges.len()).partition(|&edge| {
        let step = left.edges.get(edge).map(|edge| edge.step);
        step.is_some_and(|step| ours == Some(step.giver) || ours == Some(step.receiver))
    });
    let mut found = Vec::new();
    let mut patience = if left.edges.len() > CONTRACTS_MANY { SEARCHES } else { usize::MAX };
    for edge in own.into_iter().chain(others) {
        while found.len() < most && patience > 0 && left.is_open(edge) {
            let Some(path) = left.loop_from(edge) else {
                patience -= 1;
                break;
            };
            found.push(left.take(&path, true));
        }
    }
    if patience == 0 {
        return found;
    }
    // What is left has no loop, so following it back from anywhere ends at somebody who only gives.
    for edge in 0..left.edges.len() {
        while found.len() < most && left.is_open(edge) {
            let path = left.chain_through(edge);
            found.push(left.take(&path, false));
        }
    }
    found
}

/// What is left of each contract while rings are taken out.
struct Left {
    edges: Vec<Edge>,
    /// The edges of each unit by its number, first made first.
    by_giver: Vec<Vec<usize>>,
    by_receiver: Vec<Vec<usize>>,
}

struct Edge {
    step: RingStep,
    seconds: i64,
}

impl Left {
    fn new(edges: Vec<Edge>) -> Self {
        let ends = |edge: &Edge| [place(edge.step.giver), place(edge.step.receiver)];
        let units = edges.iter().flat_map(ends).max().map_or(0, |last| last + 1);
        let (mut by_giver, mut by_receiver) = (vec![Vec::new(); units], vec![Vec::new(); units]);
        for (number, edge) in edges.iter().enumerate() {
            let [giver, receiver] = ends(edge);
            if let (Some(of_giver), Some(of_receiver)) =
                (by_giver.get_mut(giver), by_receiver.get_mut(receiver))
            {
                of_giver.push(number);
                of_receiver.push(number);
            }
        }
        Self { edges, by_giver, by_receiver }
    }

    fn is_open(&self, edge: usize) -> bool {
        self.edges.get(edge).is_some_and(|edge| edge.seconds > 0)
    }

    fn step(&self, edge: usize) -> Option<RingStep> {
        self.edges.get(edge).map(|edge| edge.step)
    }

    /// The open edges of a unit, first made first.
    fn open<'a>(
        &'a self,
        edges: &'a [Vec<usize>],
        unit: Id<Unit>,
    ) -> impl Iterator<Item = usize> + 'a {
        edges.get(place(unit)).into_iter().flatten().copied().filter(|&edge| self.is_open(edge))
    }

    /// A shortest loop through an edge.
    fn loop_from(&self, first: usize) -> Option<Vec<usize>> {
        let start = self.step(first).filter(|_| self.is_open(first))?;
        // How each unit was first reached: by which edge.
        let mut reached: Vec<Option<usize>> = vec![None; self.by_giver.len()];
        *reached.get_mut(place(start.receiver))? = Some(first);
        let mut next = VecDeque::from([start.receiver]);
        while let Some(unit) = next.pop_front() {
            if unit == start.giver {
                return self.way_back(&reached, unit, first);
            }
            for edge in self.open(&self.by_giver, unit) {
                let receiver = self.step(edge)?.receiver;
                let before = reached.get_mut(place(receiver))?;
                if before.is_none() {
                    *before = Some(edge);
                    next.push_back(receiver);
                }
            }
        }
        None
    }

    fn way_back(
        &self,
        reached: &[Option<usize>],
        end: Id<Unit>,
        first: usize,
    ) -> Option<Vec<usize>> {
        let by = |unit| reached.get(place(unit)).copied().flatten();
        let mut path = vec![by(end)?];
        while let Some(&last) = path.last().filter(|&&last| last != first) {
            path.push(by(self.step(last)?.giver)?);
        }
        path.reverse();
        Some(path)
    }

    /// A chain through an edge, from somebody who only gives to somebody who only receives.
    fn chain_through(&self, edge: usize) -> Vec<usize> {
        let mut path = VecDeque::from([edge]);
        let mut seen = BTreeSet::from([edge]);
        while let Some(before) = self
            .step(path.front().copied().unwrap_or(edge))
            .and_then(|step| self.open(&self.by_receiver, step.giver).find(|e| seen.insert(*e)))
        {
            path.push_front(before);
        }
        while let Some(after) = self
            .step(path.back().copied().unwrap_or(edge))
            .and_then(|step| self.open(&self.by_giver, step.receiver).find(|e| seen.insert(*e)))
        {
            path.push_back(after);
        }
        path.into()
    }

    fn take(&mut self, path: &[usize], closed: bool) -> Ring {
        let open = path.iter().filter_map(|&edge| self.edges.get(edge));
        let seconds = open.map(|edge| edge.seconds).min().unwrap_or(0);
        let mut steps = Vec::new();
        for &edge in path {
            if let Some(edge) = self.edges.get_mut(edge) {
                edge.seconds -= seconds;
                steps.push(edge.step);
            }
        }
        Ring { steps, hours: Hours::from_seconds(seconds).unwrap_or_default(), closed }
    }
}

/// A unit's place in a list of all.
fn place(unit: Id<Unit>) -> usize {
    usize::try_from(unit.number()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contracts between units by their numbers: giver, receiver, seconds.
    fn left(contracts: &[(u32, u32, i64)]) -> Left {
        let edges = (0..).zip(contracts).map(|(number, &(giver, receiver, seconds))| {
            let (giver, receiver) = (Id::new(giver), Id::new(receiver));
            Edge { step: RingStep { contract: Id::new(number), giver, receiver }, seconds }
        });
        Left::new(edges.collect())
    }

    #[test]
    fn a_loop_is_as_short_as_it_can_be_and_carries_what_all_of_it_can() {
        let mut left = left(&[(0, 1, 50), (1, 2, 40), (2, 0, 30), (2, 3, 10), (3, 0, 10)]);
        let path = left.loop_from(0).unwrap();
        assert_eq!(path, [0, 1, 2]);
        assert_eq!(left.take(&path, true).hours.seconds(), 30);
        let path = left.loop_from(0).unwrap();
        assert_eq!(path, [0, 1, 3, 4]);
        assert_eq!(left.take(&path, true).hours.seconds(), 10);
        assert_eq!(left.loop_from(0), None);
    }

    #[test]
    fn what_closes_no_loop_is_a_chain_from_who_only_gives_to_who_only_receives() {
        let left = left(&[(1, 2, 5), (0, 1, 5), (2, 3, 5)]);
        assert_eq!(left.chain_through(0), [1, 0, 2]);
    }
}
