use federation::rows::{Contract, Unit};
use federation::{Federation, Id};
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

/// What is left of a contract while rings are taken out.
struct Left {
    step: RingStep,
    hours: i64,
}

/// The contracts of a plan as rings: first closed loops, then chains. A pure function of the
/// contracts in their order, so every reader sees the same rings. Hours add up to those of the
/// contracts, each hour in exactly one ring.
pub fn rings(federation: &Federation, contracts: &[Id<Contract>]) -> Vec<Ring> {
    let mut left: Vec<Left> = contracts
        .iter()
        .filter_map(|&id| {
            let contract = federation.contract(id).ok()?;
            let (giver, receiver) = (contract.parties.giver, contract.parties.receiver);
            let step = RingStep { contract: id, giver, receiver };
            Some(Left { step, hours: contract.hours().seconds() })
        })
        .filter(|left| left.hours > 0)
        .collect();
    let mut found = Vec::new();
    let mut from = 0;
    while from < left.len() {
        match loop_from(&left, from) {
            Some(path) => found.push(take(&mut left, &path, true)),
            None => from += 1,
        }
        while left.get(from).is_some_and(|edge| edge.hours == 0) {
            from += 1;
        }
    }
    while let Some(first) = source(&left) {
        let path = chain_from(&left, first);
        found.push(take(&mut left, &path, false));
    }
    found
}

/// A shortest loop through a contract, found breadth first.
fn loop_from(left: &[Left], start: usize) -> Option<Vec<usize>> {
    let first = left.get(start).filter(|edge| edge.hours > 0)?;
    let mut reached: Vec<(Id<Unit>, Option<usize>, usize)> =
        vec![(first.step.receiver, None, start)];
    let mut next = 0;
    while let Some(&(unit, _, _)) = reached.get(next) {
        if unit == first.step.giver {
            return Some(way_to(&reached, next));
        }
        for (number, edge) in left.iter().enumerate() {
            let is_new = reached.iter().all(|&(seen, ..)| seen != edge.step.receiver);
            if edge.hours > 0 && edge.step.giver == unit && is_new {
                reached.push((edge.step.receiver, Some(next), number));
            }
        }
        next += 1;
    }
    None
}

fn way_to(reached: &[(Id<Unit>, Option<usize>, usize)], end: usize) -> Vec<usize> {
    let mut path = Vec::new();
    let mut at = Some(end);
    while let Some(&(_, before, edge)) = at.and_then(|at| reached.get(at)) {
        path.push(edge);
        at = before;
    }
    path.reverse();
    path
}

/// A contract whose giver receives nothing more; without loops there is one while any is left.
fn source(left: &[Left]) -> Option<usize> {
    left.iter().position(|edge| {
        edge.hours > 0
            && !left.iter().any(|other| other.hours > 0 && other.step.receiver == edge.step.giver)
    })
}

/// Follows what is given on until somebody gives nothing on.
fn chain_from(left: &[Left], first: usize) -> Vec<usize> {
    let mut path = vec![first];
    while path.len() <= left.len() {
        let receiver = path.last().and_then(|&last| left.get(last)).map(|edge| edge.step.receiver);
        let next = left.iter().position(|edge| edge.hours > 0 && Some(edge.step.giver) == receiver);
        match next {
            Some(next) => path.push(next),
            None => break,
        }
    }
    path
}

fn take(left: &mut [Left], path: &[usize], closed: bool) -> Ring {
    let hours = path.iter().filter_map(|&edge| left.get(edge)).map(|edge| edge.hours).min();
    let hours = hours.unwrap_or(0);
    let mut steps = Vec::new();
    for &edge in path {
        if let Some(edge) = left.get_mut(edge) {
            edge.hours -= hours;
            steps.push(edge.step);
        }
    }
    Ring { steps, hours: Hours::from_seconds(hours).unwrap_or_default(), closed }
}
