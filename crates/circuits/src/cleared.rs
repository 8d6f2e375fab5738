use measure::Hours;

use crate::maps::{Key, UnitIndex};
use crate::plan::Plan;
use crate::request::Obligation;
use crate::round::Round;
use crate::whole;

/// What a plan clears of each obligation, in the order of the list the round was made from.
///
/// Of several obligations between the same two units, the smallest are cleared first, so that as
/// many as can be are done with; of equal ones, the first. What a unit owes itself is not cleared.
/// A pure function of the flow, like [`crate::matches()`]; in a round that has offers too, rounding
/// those to whole steps can leave a unit without the room that clearing an obligation takes.
pub fn cleared(round: &Round, plan: &Plan, obligations: &[Obligation]) -> Vec<Hours> {
    let mut ranks = vec![0_u32; round.units.len()];
    for (rank, unit) in (0_u32..).zip(&round.units) {
        if let Some(slot) = ranks.get_mut(unit.given.position()) {
            *slot = rank;
        }
    }
    let rank = |unit: UnitIndex| ranks.get(unit.position()).copied().unwrap_or(u32::MAX);
    let mut order: Vec<_> = obligations
        .iter()
        .enumerate()
        .map(|(place, one)| (rank(one.giver), rank(one.receiver), one.hours, place))
        .collect();
    order.sort_unstable();
    let flows = whole::cleared(round, plan);
    let mut debts = round.debts.iter().zip(flows).peekable();
    let mut cleared = vec![Hours::ZERO; obligations.len()];
    let (mut pair, mut left) = ((u32::MAX, u32::MAX), 0);
    for (giver, receiver, hours, place) in order {
        if (giver, receiver) != pair {
            pair = (giver, receiver);
            while debts.next_if(|(debt, _)| (debt.giver, debt.receiver) < pair).is_some() {}
            let flow = debts.next_if(|(debt, _)| (debt.giver, debt.receiver) == pair);
            left = flow.map_or(0, |(_, flow)| flow);
        }
        let now = hours.seconds().min(left);
        left -= now;
        if let Some(slot) = cleared.get_mut(place) {
            *slot = Hours::from_seconds(now).unwrap_or_default();
        }
    }
    cleared
}
