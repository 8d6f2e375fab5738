//! The plans that are the best so far, and how a stage narrows them.

use crate::components::{Components, Outgoing};
use crate::gain::Gain;
use crate::maps::{Arc, ArcMap, Map, Node, NodeMap, Slot};
use crate::network::{Bounded, Network};
use crate::parts::{Parts, Way};
use crate::scaling::{self, PieceArc};
use crate::tree;

/// The plans that are the best in every stage so far, around one of them: every circulation within
/// the bounds that the stages have left to the arcs.
///
/// INVARIANT: the plan in hand is one of them, and an arc that is not free has one flow in all.
pub(crate) struct Face<'a> {
    pub(crate) network: Network<'a>,
    /// The flow of the plan in hand.
    pub(crate) flows: ArcMap<i64>,
    /// Arcs whose bounds still differ, in canonical order.
    pub(crate) free: Map<Slot, Arc>,
    /// What `parts` numbers nodes with; unset between calls.
    numbers: NodeMap<Node>,
}

/// How much flow on each free arc is worth.
pub(crate) type Gains = Map<Slot, Gain>;

const UNSET: Node = Node(u32::MAX);

impl<'a> Face<'a> {
    /// All plans, around the one that does nothing.
    pub(crate) fn new(network: Network<'a>) -> Self {
        let open = |(arc, bounds): (Arc, &Bounded)| (bounds.lower < bounds.upper).then_some(arc);
        let free: Vec<_> = network.arcs.iter().filter_map(open).collect();
        let flows = ArcMap::filled(0, network.arcs.len());
        let numbers = NodeMap::filled(UNSET, network.node_count);
        Self { network, flows, free: free.into(), numbers }
    }

    /// By how much the flow of an arc can rise and fall.
    fn slack(&self, arc: Arc) -> (i64, i64) {
        let (bounds, flow) = (&self.network.arcs[arc], self.flows[arc]);
        (bounds.upper - flow, flow - bounds.lower)
    }

    /// The directions in which the flow of a free arc can change, between the nodes of its parts.
    pub(crate) fn ways(
        &self,
        slot: Slot,
        (from, to): (Node, Node),
        gain: Gain,
    ) -> impl Iterator<Item = Way> + use<> {
        let arc = self.free[slot];
        let ((rise, fall), flow) = (self.slack(arc), self.flows[arc]);
        let worth = i64::from(gain.of_rising(flow));
        let there = (rise > 0).then_some(Way { from, to, cost: -worth });
        let worth = i64::from(gain.of_falling(flow));
        let back = (fall > 0).then_some(Way { from: to, to: from, cost: worth });
        there.into_iter().chain(back)
    }

    /// The free arcs, sorted into components of what can still change.
    ///
    /// The components are the same around whichever of these plans: they are what the differences
    /// of two of them go around in, and what is open both ways in all.
    pub(crate) fn parts(&mut self) -> Parts {
        let mut nodes = NodeMap::with_capacity(0);
        let mut ends = Map::with_capacity(self.free.len());
        for &arc in self.free.values() {
            let Bounded { from, to, .. } = self.network.arcs[arc];
            let numbered = [from, to].map(|node| {
                if self.numbers[node] == UNSET {
                    self.numbers[node] = nodes.push(node);
                }
                self.numbers[node]
            });
            ends.push(numbered.into());
        }
        for &node in nodes.values() {
            self.numbers[node] = UNSET;
        }
        let open = || {
            let ways = ends.iter().flat_map(|(slot, &ends)| self.ways(slot, ends, Gain::NONE));
            ways.map(|way| (way.from, way.to))
        };
        let components = Components::new(nodes.len(), &Outgoing::new(nodes.len(), open));
        Parts::new(nodes, ends, components)
    }

    /// Goes to a plan of the face that gains the most, and returns the potentials that prove it, by
    /// the numbers of the parts; none if they leave `i64`.
    pub(crate) fn optimise(&mut self, parts: &Parts, gains: &Gains) -> Option<NodeMap<i64>> {
        let mut potentials = NodeMap::filled(0, parts.nodes.len());
        for component in 0..parts.len() {
            let (nodes, slots) = (parts.members(component), parts.inside(component));
            // Where nothing is worth anything, every plan is the best, and potentials of nought say so.
            if slots.iter().all(|&slot| gains[slot].is_none()) {
                continue;
            }
            let found = if parts.is_tree(component) {
                self.climb(nodes.len(), parts, slots, gains)
            } else {
                self.settle(nodes.len(), parts, slots, gains)
            };
            for (&node, potential) in nodes.iter().zip(found?) {
                potentials[node] = potential;
            }
        }
        let ways = |&slot: &Slot| self.ways(slot, parts.ends[slot], gains[slot]);
        parts.lower(parts.between.iter().flat_map(ways).collect(), &mut potentials)?;
        Some(potentials)
    }

    /// Keeps of the face the plans that gain the most, which these potentials prove: narrows the
    /// bounds of every free arc, and takes those out whose flow they leave no choice.
    pub(crate) fn narrow(&mut self, parts: &Parts, gains: &Gains, potentials: &NodeMap<i64>) {
        for ((slot, &arc), gain) in self.free.iter().zip(gains.values()) {
            let (from, to) = parts.ends[slot];
            let costs = i128::from(potentials[from]) - i128::from(potentials[to]);
            let bounds = &mut self.network.arcs[arc];
            (bounds.lower, bounds.upper) = gain.narrowed((bounds.lower, bounds.upper), costs);
        }
        self.let_go();
    }

    /// Takes out the arcs whose bounds leave them one flow.
    pub(crate) fn let_go(&mut self) {
        let arcs = &self.network.arcs;
        self.free.retain(|&arc| arcs[arc].lower < arcs[arc].upper);
    }

    /// The potentials of a component that is a tree; its flow cannot change.
    fn climb(
        &self,
        nodes: usize,
        parts: &Parts,
        slots: &[Slot],
        gains: &Gains,
    ) -> Option<Vec<i64>> {
        let way = |&slot: &Slot| {
            let (from, to) = parts.ends[slot];
            let worth = gains[slot].of_falling(self.flows[self.free[slot]]);
            Way { from: parts.places[from], to: parts.places[to], cost: -i64::from(worth) }
        };
        tree::potentials(nodes, &slots.iter().map(way).collect::<Vec<_>>())
    }

    /// Moves the flow of one component to its optimum, and returns its potentials.
    fn settle(
        &mut self,
        nodes: usize,
        parts: &Parts,
        slots: &[Slot],
        gains: &Gains,
    ) -> Option<Vec<i64>> {
        let mut pieces = Vec::with_capacity(slots.len());
        let mut of = Vec::with_capacity(slots.len());
        for &slot in slots {
            let (from, to) = parts.ends[slot];
            let ends = (parts.places[from], parts.places[to]);
            for piece in self.pieces(slot, ends, gains[slot]).into_iter().flatten() {
                pieces.push(piece);
                of.push(slot);
            }
        }
        let optimum = scaling::optimum(nodes, &pieces)?;
        for (slot, change) in of.into_iter().zip(optimum.changes) {
            self.flows[self.free[slot]] += change;
        }
        Some(optimum.potentials)
    }

    /// A free arc as the solver takes it: two arcs side by side, below the mark of its gain and
    /// above, if the mark lies between its bounds.
    ///
    /// Below is worth more than above, so no optimum has flow above while there is room below.
    fn pieces(&self, slot: Slot, (from, to): (Node, Node), gain: Gain) -> [Option<PieceArc>; 2] {
        let arc = self.free[slot];
        let (Bounded { lower, upper, .. }, flow) = (self.network.arcs[arc], self.flows[arc]);
        let mark = gain.mark_within((lower, upper));
        let piece = |(least, most): (i64, i64), worth: i32| {
            let flow = flow.clamp(least, most);
            let (rise, fall) = (most - flow, flow - least);
            (least < most).then_some(PieceArc { from, to, rise, fall, cost: -worth })
        };
        if gain.first == gain.beyond {
            return [piece((lower, upper), gain.first), None];
        }
        [piece((lower, mark), gain.first), piece((mark, upper), gain.beyond)]
    }

    /// The flows of the plan in hand, without those of rooms, which follow from them.
    pub(crate) fn into_flows(self) -> Vec<i64> {
        let mut flows = self.flows.into_values();
        flows.truncate(self.network.flow_count());
        flows
    }
}
