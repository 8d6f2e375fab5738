//! A plan laid over its round: what each arc carries, and what each of its needs asks for.

use crate::gather::Placed;
use crate::maps::{Arc, ArcMap, Key, Node, UnitIndex, VersionIndex};
use crate::network::{Bounded, Network};
use crate::plan::Plan;
use crate::request::Unit;
use crate::round::{Room, Round};
use crate::stage::Class;

use super::gains::Worth;
use super::graph::{Graph, Open, falling};
use super::help::Counted;

/// What somebody wants: of a version, or of what one unit owes it. By canonical position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Version(u32),
    Owed(u32),
}

/// One need as the plan meets it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    /// Who wants it, by canonical position.
    pub(super) unit: u32,
    pub(super) wanted: Wanted,
    /// From where it would come.
    pub(super) tail: Node,
    /// The arc over which it comes.
    pub(super) arc: Arc,
    pub(super) seconds: i64,
    pub(super) flow: i64,
}

/// A plan laid over its round.
pub(super) struct View<'a> {
    pub(super) round: &'a Round,
    pub(super) network: Network<'a>,
    /// What each arc carries, rooms too.
    pub(super) flows: ArcMap<i64>,
}

impl<'a> View<'a> {
    /// None if the plan has another number of flows than the round.
    pub(super) fn new(round: &'a Round, plan: &Plan) -> Option<Self> {
        let network = Network::new(round);
        if plan.flows.len() != network.flow_count() {
            return None;
        }
        let mut flows = ArcMap::filled(0, network.arcs.len());
        let mut net = vec![0_i64; network.node_count];
        for (place, &flow) in plan.flows.iter().enumerate().take(network.flow_count()) {
            let arc = Arc::at(place);
            flows[arc] = flow;
            for (node, sign) in [(network.arcs[arc].from, 1), (network.arcs[arc].to, -1)] {
                if let Some(net) = net.get_mut(node.position()) {
                    *net += sign * flow;
                }
            }
        }
        // What a unit gives beyond what it gets comes to it from the pool.
        for (unit, &net) in net.iter().enumerate().take(round.units.len()) {
            flows[Arc::at(network.flow_count() + unit)] = net;
        }
        Some(Self { round, network, flows })
    }

    /// For each class with needs, the stage that counts its hours.
    pub(super) fn counted(&self, plan: &Plan) -> Vec<(Class, Counted)> {
        let gain = |arc: Arc| i64::from(self.network.meets_need(arc));
        let gains = (0..self.network.arcs.len()).map(|arc| gain(Arc::at(arc))).collect::<Vec<_>>();
        let Some(proof) = plan.stages.first() else { return Vec::new() };
        if proof.potentials.len() != self.network.node_count {
            return Vec::new();
        }
        let potentials = proof.potentials.iter().map(|&one| i128::from(one)).collect::<Vec<_>>();
        let worth = Worth { gains: gains.into(), potentials: potentials.into() };
        vec![(Class::Other, Counted { open: self.open(), worth })]
    }

    /// The room of its own that the plan leaves a unit. What it earns in the plan is not its own
    /// yet.
    pub(super) fn room_left(&self, unit: u32) -> i64 {
        let (whole, beyond) = self.room_beyond(unit);
        let room = self.room(unit);
        whole.min(beyond + self.flows[room] - self.network.arcs[room].lower)
    }

    pub(super) fn units(&self) -> impl Iterator<Item = UnitIndex> {
        self.round.units.iter().map(|unit| unit.given)
    }

    /// Whether a unit has a need of a version.
    pub(super) fn needs(&self, unit: u32, version: u32) -> bool {
        self.asks().any(|ask| ask.unit == unit && ask.wanted == Wanted::Version(version))
    }

    /// Who offers a version.
    pub(super) fn givers(&self, version: u32) -> Vec<UnitIndex> {
        let offers = self.round.gives.iter().filter(|offer| offer.version == version);
        let mut givers: Vec<_> = offers.map(|offer| self.unit_given(offer.unit)).collect();
        givers.sort_unstable();
        givers.dedup();
        givers
    }

    /// The canonical position of a version that was given; none if there is none.
    pub(super) fn version_rank(&self, given: VersionIndex) -> Option<u32> {
        let found = (0..).zip(&self.round.versions).find(|(_, version)| version.given == given);
        found.map(|(rank, _)| rank)
    }

    pub(super) fn pool(&self) -> Node {
        Node::at(self.network.node_count - 1)
    }

    pub(super) fn room(&self, unit: u32) -> Arc {
        Arc::at(self.network.flow_count() + Node(unit).position())
    }

    /// The node of a version's first lot; the pool if nobody can meet in it.
    pub(super) fn version_node(&self, version: u32) -> Node {
        let lot = self.round.lots.iter().position(|lot| lot.version == version);
        lot.map_or(self.pool(), |lot| Node::at(self.round.units.len() + lot))
    }

    /// How far each arc can rise and fall within the bounds of the round.
    fn open(&self) -> ArcMap<Open> {
        let open = |(arc, bounds): (Arc, &Bounded)| Open {
            from: bounds.from,
            to: bounds.to,
            rise: bounds.upper - self.flows[arc],
            fall: self.flows[arc] - bounds.lower,
        };
        self.network.arcs.iter().map(open).collect::<Vec<_>>().into()
    }

    /// What could still change of the plan, if nothing were decided.
    pub(super) fn graph(&self) -> Graph {
        Graph::new(self.network.node_count, &self.open())
    }

    /// How much room a unit has, and how much of that lies beyond anything that it could get.
    pub(super) fn room_beyond(&self, unit: u32) -> (i64, i64) {
        let place = Node(unit).position();
        let rooms = self.round.units.get(place).zip(self.round.rooms.get(place));
        let whole = |(unit, room): (&Placed<Unit, UnitIndex>, &Room)| {
            let whole = unit.item.room_down.seconds().max(room.down);
            (whole, whole - room.down)
        };
        rooms.map(whole).unwrap_or_default()
    }

    /// How much room upwards a unit has beyond anything that it could give.
    pub(super) fn ceiling_beyond(&self, unit: u32) -> i64 {
        let place = Node(unit).position();
        let rooms = self.round.units.get(place).zip(self.round.rooms.get(place));
        rooms.map_or(0, |(unit, room)| (unit.item.room_up.seconds() - room.up).max(0))
    }

    /// Every need and obligation, in canonical order.
    pub(super) fn asks(&self) -> impl Iterator<Item = Ask> {
        let (first, second) = (self.round.gives.len(), self.round.gets.len());
        let gets = self.round.gets.iter().enumerate().map(move |(place, wish)| {
            (Arc::at(first + place), wish.unit, Wanted::Version(wish.version), wish.seconds)
        });
        let debts = self.round.debts.iter().enumerate().map(move |(place, debt)| {
            let arc = Arc::at(first + second + place);
            (arc, debt.receiver, Wanted::Owed(debt.giver), debt.seconds)
        });
        gets.chain(debts).map(|(arc, unit, wanted, seconds)| Ask {
            unit,
            wanted,
            tail: self.network.arcs[arc].from,
            arc,
            seconds,
            flow: self.flows[arc],
        })
    }

    /// Holds what needs get: none of it can fall.
    pub(super) fn hold_needs(&self, graph: &mut Graph, held: impl Fn(&Ask) -> bool) {
        for ask in self.asks().filter(held) {
            graph.set_left(falling(ask.arc), 0);
        }
    }

    /// A unit's position in the list that the round was made from.
    pub(super) fn unit_given(&self, unit: u32) -> UnitIndex {
        let placed = self.round.units.get(Node(unit).position());
        placed.map_or(UnitIndex(unit), |placed| placed.given)
    }

    /// A version's position in the list that the round was made from.
    pub(super) fn version_given(&self, version: u32) -> VersionIndex {
        let placed = self.round.versions.get(Node(version).position());
        placed.map_or(VersionIndex(version), |placed| placed.given)
    }

    /// The canonical position of a unit that was given; none if there is none.
    pub(super) fn unit_rank(&self, given: UnitIndex) -> Option<u32> {
        let found = (0..).zip(&self.round.units).find(|(_, unit)| unit.given == given);
        found.map(|(rank, _)| rank)
    }
}
