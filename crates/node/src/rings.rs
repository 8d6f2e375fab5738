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

/// The contracts of a plan as ways from unit to unit.
#[derive(Debug)]
pub(crate) struct Web {
    edges: Vec<(RingStep, Hours)>,
    /// The edges of each unit by its number, first made first.
    by_giver: Vec<Vec<usize>>,
    by_receiver: Vec<Vec<usize>>,
}

impl Web {
    pub(crate) fn new(edges: Vec<(RingStep, Hours)>) -> Self {
        let ends = |step: RingStep| [place(step.giver), place(step.receiver)];
        let units = edges.iter().flat_map(|edge| ends(edge.0)).max().map_or(0, |last| last + 1);
        let (mut by_giver, mut by_receiver) = (vec![Vec::new(); units], vec![Vec::new(); units]);
        for (number, edge) in edges.iter().enumerate() {
            let [giver, receiver] = ends(edge.0);
            if let (Some(of_giver), Some(of_receiver)) =
                (by_giver.get_mut(giver), by_receiver.get_mut(receiver))
            {
                of_giver.push(number);
                of_receiver.push(number);
            }
        }
        Self { edges, by_giver, by_receiver }
    }

    /// The contracts, with the hours of each.
    pub(crate) fn edges(&self) -> &[(RingStep, Hours)] {
        &self.edges
    }

    /// The contracts of a unit, first made first.
    pub(crate) fn of_unit(&self, unit: Id<Unit>) -> impl Iterator<Item = Id<Contract>> {
        let own = self.own(Some(unit)).into_iter();
        own.filter_map(|edge| Some(self.edges.get(edge)?.0.contract))
    }

    fn own(&self, unit: Option<Id<Unit>>) -> BTreeSet<usize> {
        let edges = |by: &[Vec<usize>]| by.get(place(unit?)).cloned();
        [&self.by_giver, &self.by_receiver]
            .into_iter()
            .filter_map(|by| edges(by))
            .flatten()
            .collect()
    }

    /// The contracts as rings, first closed loops, then chains; at most so many, those through a
    /// unit's own contracts first.
    ///
    /// A pure function of the contracts in their order, so every reader of one unit sees the same.
    /// Each hour of a contract is in one ring at most, and in exactly one if the number is not reached
    /// and the plan has at most 5,000 contracts; of a larger one, a search that finds nothing often
    /// enough ends, so that a page does not wait for it.
    pub(crate) fn rings(&self, ours: Option<Id<Unit>>, most: usize) -> Vec<Ring> {
        let mut left = Left::new(self);
        let own = self.own(ours);
        let others = (0..self.edges.len()).filter(|edge| !own.contains(edge));
        let mut found = Vec::new();
        let mut patience = if self.edges.len() > CONTRACTS_MANY { SEARCHES } else { usize::MAX };
        for edge in own.iter().copied().chain(others) {
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
        // What is left has no loop, so following it back from anywhere ends at somebody who only
        // gives.
        for edge in 0..self.edges.len() {
            while found.len() < most && left.is_open(edge) {
                let path = left.chain_through(edge);
                found.push(left.take(&path, false));
            }
        }
        found
    }
}

/// What is left of each contract while rings are taken out.
struct Left<'a> {
    web: &'a Web,
    seconds: Vec<i64>,
}

impl<'a> Left<'a> {
    fn new(web: &'a Web) -> Self {
        Self { web, seconds: web.edges.iter().map(|(_, hours)| hours.seconds()).collect() }
    }

    fn is_open(&self, edge: usize) -> bool {
        self.seconds.get(edge).is_some_and(|seconds| *seconds > 0)
    }

    fn step(&self, edge: usize) -> Option<RingStep> {
        self.web.edges.get(edge).map(|edge| edge.0)
    }

    /// The open edges of a unit, first made first.
    fn open(&self, edges: &[Vec<usize>], unit: Id<Unit>) -> impl Iterator<Item = usize> {
        edges.get(place(unit)).into_iter().flatten().copied().filter(|&edge| self.is_open(edge))
    }

    /// A shortest loop through an edge.
    fn loop_from(&self, first: usize) -> Option<Vec<usize>> {
        let start = self.step(first).filter(|_| self.is_open(first))?;
        // How each unit was first reached: by which edge.
        let mut reached: Vec<Option<usize>> = vec![None; self.web.by_giver.len()];
        *reached.get_mut(place(start.receiver))? = Some(first);
        let mut next = VecDeque::from([start.receiver]);
        while let Some(unit) = next.pop_front() {
            for edge in self.open(&self.web.by_giver, unit) {
                let receiver = self.step(edge)?.receiver;
                let before = reached.get_mut(place(receiver))?;
                if before.is_none() {
                    *before = Some(edge);
                    next.push_back(receiver);
                }
                if receiver == start.giver {
                    return self.way_back(&reached, receiver, first);
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
            .and_then(|step| self.open(&self.web.by_receiver, step.giver).find(|e| seen.insert(*e)))
        {
            path.push_front(before);
        }
        while let Some(after) = self
            .step(path.back().copied().unwrap_or(edge))
            .and_then(|step| self.open(&self.web.by_giver, step.receiver).find(|e| seen.insert(*e)))
        {
            path.push_back(after);
        }
        path.into()
    }

    fn take(&mut self, path: &[usize], closed: bool) -> Ring {
        let open = path.iter().filter_map(|&edge| self.seconds.get(edge));
        let seconds = open.min().copied().unwrap_or(0);
        for &edge in path {
            if let Some(left) = self.seconds.get_mut(edge) {
                *left -= seconds;
            }
        }
        let steps = path.iter().filter_map(|&edge| self.step(edge)).collect();
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
    fn web(contracts: &[(u32, u32, i64)]) -> Web {
        let edges = (0..).zip(contracts).map(|(number, &(giver, receiver, seconds))| {
            let (giver, receiver) = (Id::new(giver), Id::new(receiver));
            let step = RingStep { contract: Id::new(number), giver, receiver };
            (step, Hours::from_seconds(seconds).unwrap())
        });
        Web::new(edges.collect())
    }

    #[test]
    fn a_loop_is_as_short_as_it_can_be_and_carries_what_all_of_it_can() {
        let web = web(&[(0, 1, 50), (1, 2, 40), (2, 0, 30), (2, 3, 10), (3, 0, 10)]);
        let mut left = Left::new(&web);
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
        let web = web(&[(1, 2, 5), (0, 1, 5), (2, 3, 5)]);
        assert_eq!(Left::new(&web).chain_through(0), [1, 0, 2]);
    }

    #[test]
    fn rings_of_a_unit_come_first_and_every_hour_is_in_one() {
        let web = web(&[(1, 2, 5), (2, 1, 3), (3, 4, 7), (4, 3, 7)]);
        let of = |ours: Option<u32>, most| web.rings(ours.map(Id::new), most);
        let rings = of(Some(4), 9);
        assert_eq!(rings.first().map(|ring| ring.steps[0].giver.number()), Some(3));
        assert_eq!(of(None, 9).first().map(|ring| ring.steps[0].giver.number()), Some(1));
        let hours = |ring: &Ring| ring.hours.seconds() * i64::try_from(ring.steps.len()).unwrap();
        assert_eq!(rings.iter().map(hours).sum::<i64>(), 22);
        assert_eq!(rings.iter().filter(|ring| !ring.closed).count(), 1);
        assert_eq!(of(None, 1).len(), 1);
        assert_eq!(web.of_unit(Id::new(2)).map(Id::number).collect::<Vec<_>>(), [0, 1]);
    }
}
