//! What can pass around in loops of equal worth.

use std::collections::BTreeMap;

use crate::maps::{Arc, Key, LotKey, Map, Node, SideKey, UnitIndex};

use super::{Hand, Whole};

/// How many sides, for each side there is, all lots together may take part as parts of a larger
/// worth; from there on only lots whose steps are worth the same go together.
const TOGETHER: usize = 8;

/// Units and the lots in which they can give or get exactly so much, as a graph.
pub(super) struct Equal {
    /// Thousandths of a second. They are whole seconds, so that parts of them are never dropped.
    worth: i128,
    /// The first nodes are units, the others lots.
    units: usize,
    /// The legs of each node begin here; one more for the end.
    first: Map<Node, Arc>,
    legs: Map<Arc, Leg>,
}

/// From a unit to a lot that it gives to, or from a lot on to a unit: one that gets of it, or one
/// that gives and could let another do so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leg {
    pub(super) from: Node,
    pub(super) to: Node,
    pub(super) side: SideKey,
    pub(super) kind: Kind,
}

/// What a leg is, in the order in which the legs of a node are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Give,
    Get,
    /// Less of a give.
    Less,
}

impl Equal {
    fn new(whole: &Whole, worth: i128, lots: &[LotKey]) -> Self {
        let mut sides = Vec::new();
        for (lot, key) in lots.iter().enumerate() {
            for hand in [Hand::Gives, Hand::Gets] {
                sides.extend(whole.lots[*key].keys(hand).map(|side| (lot, side)));
            }
        }
        let unit = |side: SideKey| whole.sides[side].unit;
        let mut units: Vec<UnitIndex> = sides.iter().map(|one| unit(one.1)).collect();
        units.sort_unstable();
        units.dedup();
        let node = |side| Node::at(units.partition_point(|&one| one < unit(side)));
        let steps = |side| steps(worth, whole, side);
        let mut legs = Vec::new();
        for (lot, side) in sides {
            let (unit, lot) = (node(side), Node::at(units.len() + lot));
            let mut leg = |from, to, kind| legs.push(Leg { from, to, side, kind });
            let open = whole.left(side) >= steps(side);
            match whole.sides[side].hand {
                Hand::Gets if open => leg(lot, unit, Kind::Get),
                Hand::Gets => {}
                Hand::Gives => {
                    if open || !whole.pairs_of[side].is_empty() {
                        leg(unit, lot, Kind::Give);
                        leg(lot, unit, Kind::Less);
                    }
                }
            }
        }
        Self::of_legs(worth, (units.len(), lots.len()), legs)
    }

    fn of_legs(worth: i128, (units, lots): (usize, usize), mut legs: Vec<Leg>) -> Self {
        legs.sort_unstable_by_key(|leg| (leg.from, leg.kind, leg.side));
        let start = |node| Arc::at(legs.partition_point(|leg| leg.from < Node::at(node)));
        let first = Map::from((0..=units + lots).map(start).collect::<Vec<_>>());
        Self { worth, units, first, legs: Map::from(legs) }
    }

    pub(super) fn nodes(&self) -> usize {
        self.first.len() - 1
    }

    pub(super) fn units(&self) -> impl Iterator<Item = Node> + use<> {
        (0..self.units).map(Node::at)
    }

    /// Where the legs of a node begin.
    pub(super) fn first(&self) -> &Map<Node, Arc> {
        &self.first
    }

    pub(super) fn legs(&self) -> &Map<Arc, Leg> {
        &self.legs
    }

    pub(super) fn legs_of(&self, node: Node) -> &[Leg] {
        &self.legs[self.first[node]..self.end(node)]
    }

    /// Where the legs of a node end.
    pub(super) fn end(&self, node: Node) -> Arc {
        self.first[Node::at(node.position() + 1)]
    }

    /// The steps of a side's lot that come to the worth.
    pub(super) fn steps(&self, whole: &Whole, side: SideKey) -> i64 {
        steps(self.worth, whole, side)
    }
}

fn steps(worth: i128, whole: &Whole, side: SideKey) -> i64 {
    let steps = worth / whole.lots[whole.sides[side].lot].step;
    i64::try_from(steps).unwrap_or(i64::MAX)
}

impl Whole {
    /// Calls for each worth that steps come to, the largest first, with the lots that can take part
    /// in loops of it: those with steps of that worth, and those whose steps add up to it.
    pub(super) fn for_each_equal(&mut self, mut act: impl FnMut(&mut Self, &Equal)) {
        let mut of_worth: BTreeMap<i128, Vec<LotKey>> = BTreeMap::new();
        for (key, lot) in self.lots.iter() {
            of_worth.entry(-whole_seconds(lot.step)).or_default().push(key);
        }
        let mut together = TOGETHER * self.sides.len();
        for (worth, mut lots) in of_worth {
            if together > 0 {
                lots = self.adding_up_to(-worth);
                let sides = lots.iter().map(|&lot| self.lots[lot].count()).sum::<usize>();
                together = together.saturating_sub(self.lots.len() + sides);
            }
            if lots.len() > 1 {
                let equal = Equal::new(self, -worth, &lots);
                act(self, &equal);
            }
        }
    }

    fn adding_up_to(&self, worth: i128) -> Vec<LotKey> {
        let adds_up = self.lots.iter().filter(|(_, lot)| worth % lot.step == 0);
        adds_up.map(|(key, _)| key).collect()
    }
}

/// The least number of thousandths that is both whole steps and whole seconds.
fn whole_seconds(step: i128) -> i128 {
    let (mut one, mut other) = (step, 1000);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    step / one * 1000
}
