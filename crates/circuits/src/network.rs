//! The round as nodes and arcs: what the solver solves.

use crate::maps::{Arc, ArcMap, Key, Node};
use crate::round::Round;
use crate::tie::{Draw, Role};

/// A round as a circulation problem.
///
/// Nodes: units, then lots, then the pool. Arcs, in canonical order: offers (unit → lot), needs
/// (lot → unit), obligations (unit → unit), rooms (pool → unit). Every arc can carry nought.
pub(crate) struct Network<'a> {
    round: &'a Round,
    pub(crate) node_count: usize,
    pub(crate) arcs: ArcMap<Bounded>,
}

/// An arc and the flow it may carry: `lower ≤ 0 ≤ upper`.
///
/// Room is one arc for both directions, so that no flow can run to the pool and back for nothing.
/// What a unit gives beyond what it gets flows to it from the pool, which counts as entitlement
/// earned; what it gets beyond what it gives flows back, which counts as entitlement used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounded {
    pub(crate) from: Node,
    pub(crate) to: Node,
    pub(crate) lower: i64,
    pub(crate) upper: i64,
}

impl<'a> Network<'a> {
    pub(crate) fn new(round: &'a Round) -> Self {
        let (units, lots) = (round.units.len(), round.versions.len());
        let lot_node = |lot: u32| Node::at(units + Node(lot).position());
        let pool = Node::at(units + lots);
        let arc = |from, to, upper| Bounded { from, to, lower: 0, upper };
        let mut arcs = ArcMap::with_capacity(round.wish_count() + units);
        for wish in &round.gives {
            arcs.push(arc(Node(wish.unit), lot_node(wish.version), wish.seconds));
        }
        for wish in &round.gets {
            arcs.push(arc(lot_node(wish.version), Node(wish.unit), wish.seconds));
        }
        for debt in &round.debts {
            arcs.push(arc(Node(debt.giver), Node(debt.receiver), debt.seconds));
        }
        for (unit, room) in round.rooms.iter().enumerate() {
            let (lower, upper) = (-room.down, room.up);
            arcs.push(Bounded { from: pool, to: Node::at(unit), lower, upper });
        }
        Self { round, node_count: units + lots + 1, arcs }
    }

    /// How many arcs are offers, needs and obligations; rooms come after them.
    pub(crate) fn flow_count(&self) -> usize {
        self.round.wish_count()
    }

    /// Whether flow on the arc meets a need or clears an obligation.
    pub(crate) fn meets_need(&self, arc: Arc) -> bool {
        let first_need = self.round.gives.len();
        (first_need..self.round.wish_count()).contains(&arc.position())
    }

    /// The arc's draw for the tie-break.
    pub(crate) fn draw(&self, arc: Arc) -> Option<Draw> {
        let round = self.round;
        let mut place = arc.position();
        if let Some(wish) = round.gives.get(place) {
            return Some(Draw::new(
                round,
                Role::Give,
                wish.unit,
                round.version_label(wish.version),
            ));
        }
        place -= round.gives.len();
        if let Some(wish) = round.gets.get(place) {
            return Some(Draw::new(round, Role::Get, wish.unit, round.version_label(wish.version)));
        }
        place -= round.gets.len();
        if let Some(debt) = round.debts.get(place) {
            return Some(Draw::new(round, Role::Owe, debt.giver, round.unit_label(debt.receiver)));
        }
        place -= round.debts.len();
        let unit = u32::try_from(place).ok()?;
        Some(Draw::new(round, Role::Room, unit, None))
    }
}
