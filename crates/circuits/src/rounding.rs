//! What rounding to whole steps may do to a unit's entitlement, and what it does.

use measure::Hours;

use crate::maps::{Key, Node, UnitIndex};
use crate::matches::Match;
use crate::plan::Plan;
use crate::request::Version;
use crate::round::Round;

/// By how much rounding to whole steps may leave each unit below its planned entitlement, at most.
///
/// In the order of the list of units that the round was made from. A unit gives in a lot to at most
/// as many receivers as the lot has, and each match loses at most one step's seconds, rounded up;
/// but never more than all it offers there. A federation narrows `room_down` by this much before it
/// solves, so that a rounded plan still keeps within the allowance as far as room was there.
pub fn rounding_margin(round: &Round) -> Vec<Hours> {
    let mut receivers = vec![0_i64; round.versions.len()];
    for wish in &round.gets {
        if let Some(count) = receivers.get_mut(Node(wish.version).position()) {
            *count += 1;
        }
    }
    let mut margins = vec![0_i64; round.units.len()];
    for wish in &round.gives {
        let place = Node(wish.version).position();
        let Some((lot, receivers)) = round.versions.get(place).zip(receivers.get(place)) else {
            continue;
        };
        let loss = receivers.saturating_mul(step_seconds(&lot.item)).min(wish.seconds);
        let unit = round.units.get(Node(wish.unit).position());
        let margin = unit.and_then(|unit| margins.get_mut(unit.given.position()));
        if let Some(margin) = margin {
            *margin += loss;
        }
    }
    margins.into_iter().map(|margin| Hours::from_seconds(margin).unwrap_or(MOST)).collect()
}

/// By how much rounding leaves each unit's entitlement above its plan, or, if negative, below.
///
/// In the order of the list of units that the round was made from: what the matches come to, less
/// what the flow does. Less than one step of each match, up or down.
pub fn rounding_drift(round: &Round, plan: &Plan, matches: &[Match]) -> Vec<Hours> {
    let mut drift = vec![0_i64; round.units.len()];
    let mut add = |unit: UnitIndex, seconds: i64| {
        if let Some(drift) = drift.get_mut(unit.position()) {
            *drift += seconds;
        }
    };
    let given = round.gives.iter().map(|wish| (wish, -1));
    let got = round.gets.iter().map(|wish| (wish, 1));
    for ((wish, sign), flow) in given.chain(got).zip(&plan.flows) {
        if let Some(unit) = round.units.get(Node(wish.unit).position()) {
            add(unit.given, sign * flow);
        }
    }
    for one in matches {
        add(one.giver, one.hours.seconds());
        add(one.receiver, -one.hours.seconds());
    }
    drift.into_iter().map(|drift| Hours::from_seconds(drift).unwrap_or(MOST)).collect()
}

const MOST: Hours = match Hours::from_seconds(measure::MAGNITUDE_MAX) {
    Some(most) => most,
    None => Hours::ZERO,
};

/// The seconds of one step of a lot, rounded up.
fn step_seconds(lot: &Version) -> i64 {
    let steps = 10_i64.pow(u32::from(lot.decimals));
    (lot.value.seconds() + steps - 1) / steps
}
