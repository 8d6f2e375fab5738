//! Who delivers to whom: the flow of each lot paired up, in whole steps.

use measure::{Hours, Quantity};

use crate::maps::{Key, Node, UnitIndex, VersionIndex};
use crate::plan::Plan;
use crate::round::{Merged, Round};
use crate::tie::{Draw, Role};
use crate::whole;

/// One delivery that a plan proposes.
///
/// Positions are those of the lists the round was made from. `hours` is the worth of `quantity`,
/// and at most `flow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Who gives.
    pub giver: UnitIndex,
    /// Who gets.
    pub receiver: UnitIndex,
    /// What.
    pub version: VersionIndex,
    /// The hours that the certified flow sends, before rounding to whole steps.
    pub flow: Hours,
    /// How many steps are delivered.
    pub quantity: Quantity,
    /// What they are worth.
    pub hours: Hours,
}

/// The deliveries of a plan, lot by lot.
///
/// Givers and receivers of a lot stand in the order that their hashes draw (page 3 of the design),
/// and are paired by the north-west corner rule: the first giver serves the first receiver until one
/// of the two is done. So a lot has at most givers + receivers − 1 matches. Each is then rounded
/// down to whole steps, and gets back those that fit into its seconds while both sides still have
/// some left. Matches of which no step is left are dropped.
///
/// A pure function of the flow: two correct programs name the same partners. Never more than was
/// offered or needed, and less than the flow by at most one step's hours (rounded up) in each match.
pub fn matches(round: &Round, plan: &Plan) -> Vec<Match> {
    let (give_flows, rest) = split(&plan.flows, round.gives.len());
    let (get_flows, _) = split(rest, round.gets.len());
    let mut offered = round.gives.iter().zip(give_flows).peekable();
    let mut needed = round.gets.iter().zip(get_flows).peekable();
    let mut found = Vec::new();
    for (rank, lot) in round.versions.iter().enumerate() {
        let rank = Node::at(rank).0;
        let givers = sides(round, rank, Role::Give, &mut offered);
        let receivers = sides(round, rank, Role::Get, &mut needed);
        let pairs = north_west(&givers, &receivers);
        let steps = whole::steps(&lot.item, &givers, &receivers, &pairs);
        let unit = |side: &Side| round.units.get(Node(side.unit).position()).map(|u| u.given);
        for (pair, quantity) in pairs.iter().zip(steps) {
            let sides = givers.get(pair.giver).and_then(unit);
            let sides = sides.zip(receivers.get(pair.receiver).and_then(unit));
            let hours = lot.item.value.worth(quantity, lot.item.decimals);
            let (Some((giver, receiver)), Some(hours)) = (sides, hours) else { continue };
            let Some(flow) = Hours::from_seconds(pair.flow) else { continue };
            if !quantity.is_zero() {
                found.push(Match { giver, receiver, version: lot.given, flow, quantity, hours });
            }
        }
    }
    found
}

/// A giver or receiver of a lot with what flows and what it offered or needs.
pub(crate) struct Side {
    turn: [u8; 16],
    unit: u32,
    flow: i64,
    pub(crate) quantity: Quantity,
}

/// So many seconds from the giver at one place to the receiver at another.
pub(crate) struct Pair {
    pub(crate) giver: usize,
    pub(crate) receiver: usize,
    pub(crate) flow: i64,
}

fn split(flows: &[i64], at: usize) -> (&[i64], &[i64]) {
    flows.split_at_checked(at).unwrap_or((flows, &[]))
}

/// The sides of one lot that have a flow, in the order of their turns.
fn sides<'a>(
    round: &Round,
    lot: u32,
    role: Role,
    wishes: &mut std::iter::Peekable<impl Iterator<Item = (&'a Merged, &'a i64)>>,
) -> Vec<Side> {
    let mut sides = Vec::new();
    while let Some((wish, &flow)) = wishes.next_if(|(wish, _)| wish.version == lot) {
        if flow > 0 {
            let turn = Draw::new(round, role, wish.unit, round.version_label(lot)).turn();
            sides.push(Side { turn, unit: wish.unit, flow, quantity: wish.quantity });
        }
    }
    sides.sort_unstable_by_key(|side| (side.turn, side.unit));
    sides
}

fn north_west(givers: &[Side], receivers: &[Side]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut receivers = receivers.iter().enumerate();
    let mut receiver = receivers.next().map(|(place, side)| (place, side.flow));
    for (giver, side) in givers.iter().enumerate() {
        let mut left = side.flow;
        while let (true, Some((place, wanted))) = (left > 0, receiver) {
            let flow = left.min(wanted);
            pairs.push(Pair { giver, receiver: place, flow });
            left -= flow;
            receiver = if wanted > flow {
                Some((place, wanted - flow))
            } else {
                receivers.next().map(|(place, side)| (place, side.flow))
            };
        }
    }
    pairs
}
