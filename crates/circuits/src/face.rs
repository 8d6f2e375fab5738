//! The plans that are the best so far, and how a stage narrows them.

use crate::components::{Components, Outgoing};
use crate::maps::{Arc, ArcMap, Key, Node, NodeMap};
use crate::network::{Bounded, Network};
use crate::objective;
use crate::parts::{Parts, Way};
use crate::plan::Stage;
use crate::scaling::{self, PieceArc};
use crate::tree;

/// The plans that are the best in every stage so far, around one of them.
pub(crate) struct Face<'a> {
    pub(crate) network: Network<'a>,
    /// The flow of the plan in hand.
    pub(crate) flows: ArcMap<i64>,
    /// Arcs whose flow may still differ from plan to plan, in canonical order.
    pub(crate) free: Vec<Arc>,
}

impl<'a> Face<'a> {
    /// All plans, around the one that does nothing.
    pub(crate) fn new(network: Network<'a>) -> Self {
        let open = |(arc, bounds): (Arc, &Bounded)| (bounds.lower < bounds.upper).then_some(arc);
        let free = network.arcs.iter().filter_map(open).collect();
        let flows = ArcMap::filled(0, network.arcs.len());
        Self { network, flows, free }
    }

    /// By how much the flow of an arc can rise and fall.
    fn slack(&self, arc: Arc) -> (i64, i64) {
        let (bounds, flow) = (&self.network.arcs[arc], self.flows[arc]);
        (bounds.upper - flow, flow - bounds.lower)
    }

    /// The directions in which the flow of a free arc can change.
    pub(crate) fn ways(&self, arc: Arc, cost: i64) -> impl Iterator<Item = Way> + use<> {
        let (bounds, (rise, fall)) = (self.network.arcs[arc], self.slack(arc));
        let there = (rise > 0).then_some(Way { from: bounds.from, to: bounds.to, cost });
        let back = (fall > 0).then_some(Way { from: bounds.to, to: bounds.from, cost: -cost });
        there.into_iter().chain(back)
    }

    /// The free arcs, sorted into components of what can still change.
    pub(crate) fn parts(&self) -> Parts {
        let nodes = self.network.node_count;
        let open = || {
            let ways = self.free.iter().flat_map(|&arc| self.ways(arc, 0));
            ways.map(|way| (way.from, way.to))
        };
        let components = Components::new(nodes, &Outgoing::new(nodes, open));
        let mut inside = vec![Vec::new(); components.len()];
        let mut between = Vec::new();
        for &arc in &self.free {
            let bounds = &self.network.arcs[arc];
            let (from, to) = (components.of[bounds.from], components.of[bounds.to]);
            match inside.get_mut(Node(from).position()) {
                Some(arcs) if from == to => arcs.push(arc),
                _ => between.push(arc),
            }
        }
        Parts { components, inside, between }
    }

    /// Goes on to the best plans of one more stage, and returns the potentials that prove them; none
    /// if they leave `i64`.
    pub(crate) fn descend(&mut self, parts: &Parts, stage: Stage) -> Option<Vec<i64>> {
        let costs = objective::costs(self, parts, stage);
        let mut potentials = NodeMap::filled(0, self.network.node_count);
        let mut local = NodeMap::filled(Node(0), self.network.node_count);
        for (component, arcs) in
            parts.inside.iter().enumerate().filter(|(_, arcs)| !arcs.is_empty())
        {
            let nodes = parts.nodes(component);
            for (place, &node) in nodes.iter().enumerate() {
                local[node] = Node::at(place);
            }
            let found = if parts.is_tree(component) {
                self.climb(nodes.len(), arcs, &costs, &local)
            } else {
                self.settle(nodes.len(), arcs, &costs, &local)
            };
            for (&node, potential) in nodes.iter().zip(found?) {
                potentials[node] = potential;
            }
        }
        let between = parts.between.iter().flat_map(|&arc| self.ways(arc, costs[arc])).collect();
        parts.lower(between, &mut potentials)?;
        self.fix(&costs, &potentials);
        Some(potentials.into_values())
    }

    /// Takes the arcs out whose flow is the same in every plan that is still among the best: those
    /// of non-zero reduced cost.
    fn fix(&mut self, costs: &ArcMap<i64>, potentials: &NodeMap<i64>) {
        let arcs = &self.network.arcs;
        self.free.retain(|&arc| {
            let bounds = &arcs[arc];
            costs[arc] + potentials[bounds.from] - potentials[bounds.to] == 0
        });
    }

    /// The potentials of a component that is a tree; its flow cannot change.
    fn climb(
        &self,
        nodes: usize,
        arcs: &[Arc],
        costs: &ArcMap<i64>,
        local: &NodeMap<Node>,
    ) -> Option<Vec<i64>> {
        let way = |&arc: &Arc| {
            let bounds = &self.network.arcs[arc];
            Way { from: local[bounds.from], to: local[bounds.to], cost: costs[arc] }
        };
        tree::potentials(nodes, &arcs.iter().map(way).collect::<Vec<_>>())
    }

    /// The flows of the plan in hand, without those of rooms, which follow from them.
    pub(crate) fn into_flows(self) -> Vec<i64> {
        let mut flows = self.flows.into_values();
        flows.truncate(self.network.flow_count());
        flows
    }

    /// Moves the flow of one component to its optimum, and returns its potentials.
    fn settle(
        &mut self,
        nodes: usize,
        arcs: &[Arc],
        costs: &ArcMap<i64>,
        local: &NodeMap<Node>,
    ) -> Option<Vec<i64>> {
        let piece = |&arc: &Arc| {
            let (bounds, (rise, fall)) = (&self.network.arcs[arc], self.slack(arc));
            let (from, to) = (local[bounds.from], local[bounds.to]);
            Some(PieceArc { from, to, rise, fall, cost: i32::try_from(costs[arc]).ok()? })
        };
        let pieces: Vec<_> = arcs.iter().map(piece).collect::<Option<_>>()?;
        let optimum = scaling::optimum(nodes, &pieces)?;
        for (&arc, change) in arcs.iter().zip(optimum.changes) {
            self.flows[arc] += change;
        }
        Some(optimum.potentials)
    }
}
