//! Stage after stage, each on the optimal face of the one before.
//!
//! After a stage, an arc of non-zero reduced cost has the same flow in every optimal plan, so it is
//! fixed. What is left is a circulation again: changes of flow along the arcs that are still free.

use std::fmt;

use crate::components::{Components, Outgoing};
use crate::maps::{Arc, ArcMap, Key, Node, NodeMap};
use crate::network::Network;
use crate::plan::{Plan, Stage};
use crate::round::Round;
use crate::scaling::{self, PieceArc};
use crate::tie;

/// Why a round was not solved, though every round has a plan: a limit of the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsolved {
    /// A potential of the proof does not fit 63 bits. No round of fewer than a million units and
    /// lots comes near.
    PotentialTooLarge,
}

impl fmt::Display for Unsolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PotentialTooLarge => {
                write!(f, "a potential is beyond 2⁶³; split the round into smaller ones")
            }
        }
    }
}

impl std::error::Error for Unsolved {}

/// The one best plan of a round, with its proof.
///
/// The same round gives the same plan on every machine, whatever order its input came in.
pub fn solve(round: &Round) -> Result<Plan, Unsolved> {
    solve_with(round, tie::HASH_STAGES)
}

/// As [`solve`], with so many stages that draw weights before arcs are decided one by one.
pub(crate) fn solve_with(round: &Round, draws: usize) -> Result<Plan, Unsolved> {
    let network = Network::new(round);
    let mut face = Face::new(&network);
    let mut stages = Vec::new();
    loop {
        let parts = face.parts();
        let stage = Stage::at(stages.len(), draws);
        if stage != Stage::Hours && parts.is_point() {
            break;
        }
        stages.push(face.descend(&parts, stage).ok_or(Unsolved::PotentialTooLarge)?);
    }
    let mut flows = face.flows.into_values();
    flows.truncate(round.flow_count());
    Ok(Plan { flows, stages })
}

/// The plans that are the best in every stage so far, around one of them.
struct Face<'a> {
    network: &'a Network<'a>,
    flows: ArcMap<i64>,
    /// Arcs whose flow may still differ from plan to plan, in canonical order.
    free: Vec<Arc>,
}

/// The free arcs, sorted into the strongly connected components of what can still change.
struct Parts {
    components: Components,
    /// Free arcs inside each component.
    inside: Vec<Vec<Arc>>,
    /// Free arcs between components: at a bound, and staying there.
    between: Vec<Arc>,
}

impl Parts {
    fn size(&self, component: usize) -> usize {
        self.nodes(component).len()
    }

    fn nodes(&self, component: usize) -> &[Node] {
        let ends =
            self.components.starts.get(component).zip(self.components.starts.get(component + 1));
        let slice = ends.and_then(|(&from, &to)| {
            self.components.nodes.get(Node(from).position()..Node(to).position())
        });
        slice.unwrap_or_default()
    }

    /// Whether a component holds no cycle other than an arc and its reverse: strongly connected
    /// over as few arcs as hold its nodes together, so a tree of arcs open both ways.
    fn is_tree(&self, component: usize) -> bool {
        self.inside.get(component).is_none_or(|arcs| arcs.len() < self.size(component))
    }

    /// Whether no flow can change any more: the best plan is a single one.
    fn is_point(&self) -> bool {
        (0..self.inside.len()).all(|component| self.is_tree(component))
    }
}

impl<'a> Face<'a> {
    fn new(network: &'a Network<'a>) -> Self {
        let open = |(arc, bounds): (Arc, &crate::network::Bounded)| {
            (bounds.lower < bounds.upper).then_some(arc)
        };
        let free = network.arcs.iter().filter_map(open).collect();
        Self { network, flows: ArcMap::filled(0, network.arcs.len()), free }
    }

    /// By how much the flow of an arc can rise and fall.
    fn slack(&self, arc: Arc) -> (i64, i64) {
        let (bounds, flow) = (&self.network.arcs[arc], self.flows[arc]);
        (bounds.upper - flow, flow - bounds.lower)
    }

    fn parts(&self) -> Parts {
        let open = || {
            self.free.iter().flat_map(|&arc| {
                let (bounds, (rise, fall)) = (&self.network.arcs[arc], self.slack(arc));
                let there = (rise > 0).then_some((bounds.from, bounds.to));
                let back = (fall > 0).then_some((bounds.to, bounds.from));
                there.into_iter().chain(back)
            })
        };
        let graph = Outgoing::new(self.network.node_count, open);
        let components = Components::new(self.network.node_count, &graph);
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

    /// Goes on to the best plans of one more stage, and returns the potentials that prove them.
    fn descend(&mut self, parts: &Parts, stage: Stage) -> Option<Vec<i64>> {
        let costs = self.costs(parts, stage);
        let mut potentials = NodeMap::filled(0, self.network.node_count);
        let mut local = NodeMap::filled(Node(0), self.network.node_count);
        for (component, arcs) in parts.inside.iter().enumerate() {
            if !arcs.is_empty() {
                let nodes = parts.nodes(component);
                self.settle(nodes, arcs, &costs, &mut local, &mut potentials)?;
            }
        }
        self.order(parts, &costs, &mut potentials)?;
        let network = self.network;
        self.free.retain(|&arc| {
            let bounds = &network.arcs[arc];
            costs[arc] + potentials[bounds.from] - potentials[bounds.to] == 0
        });
        Some(potentials.into_values())
    }

    /// What a second of flow on each arc costs in a stage: the less, the better.
    fn costs(&self, parts: &Parts, stage: Stage) -> ArcMap<i64> {
        let mut costs = ArcMap::filled(0, self.network.arcs.len());
        match stage {
            Stage::Hours => {
                for &arc in &self.free {
                    costs[arc] = -i64::from(self.network.meets_need(arc));
                }
            }
            Stage::Draw(draw) => {
                for &arc in &self.free {
                    costs[arc] = -self.network.draw(arc).map_or(0, |d| d.weight(draw));
                }
            }
            Stage::First => {
                let open = (0..parts.inside.len()).filter(|&c| !parts.is_tree(c));
                let arcs = open.filter_map(|component| parts.inside.get(component)?.first());
                if let Some(&first) = arcs.min() {
                    costs[first] = -1;
                }
            }
        }
        costs
    }

    /// Solves one component: moves its flow to the optimum and sets its potentials.
    fn settle(
        &mut self,
        nodes: &[Node],
        arcs: &[Arc],
        costs: &ArcMap<i64>,
        local: &mut NodeMap<Node>,
        potentials: &mut NodeMap<i64>,
    ) -> Option<()> {
        for (place, &node) in nodes.iter().enumerate() {
            local[node] = Node::at(place);
        }
        let piece = |&arc: &Arc| {
            let (bounds, (rise, fall)) = (&self.network.arcs[arc], self.slack(arc));
            let (from, to) = (local[bounds.from], local[bounds.to]);
            PieceArc { from, to, rise, fall, cost: i32::try_from(costs[arc]).unwrap_or(0) }
        };
        let pieces: Vec<_> = arcs.iter().map(piece).collect();
        let optimum = scaling::optimum(nodes.len(), &pieces)?;
        for (&arc, change) in arcs.iter().zip(optimum.changes) {
            self.flows[arc] += change;
        }
        for (&node, potential) in nodes.iter().zip(optimum.potentials) {
            potentials[node] = potential;
        }
        Some(())
    }

    /// Lowers the potentials of whole components until every arc between two of them is strictly
    /// too dear to change, which fixes it.
    fn order(
        &self,
        parts: &Parts,
        costs: &ArcMap<i64>,
        potentials: &mut NodeMap<i64>,
    ) -> Option<()> {
        // An open way u → v between components needs cost + potential(u) − potential(v) ≥ 1.
        let mut ways = Vec::with_capacity(parts.between.len());
        for &arc in &parts.between {
            let (bounds, (rise, _)) = (&self.network.arcs[arc], self.slack(arc));
            let cost = costs[arc];
            let way = if rise > 0 {
                (bounds.from, bounds.to, cost)
            } else {
                (bounds.to, bounds.from, -cost)
            };
            ways.push(way);
        }
        // Components are numbered against their arcs: the highest number comes first.
        ways.sort_unstable_by_key(|&(_, to, _)| std::cmp::Reverse(parts.components.of[to]));
        let mut ways = ways.into_iter().peekable();
        for component in (0..parts.inside.len()).rev() {
            let number = Node::at(component).0;
            let mut lowering = 0;
            while let Some((from, to, cost)) =
                ways.next_if(|&(_, to, _)| parts.components.of[to] == number)
            {
                let most = potentials[from].checked_add(cost)?.checked_sub(1)?;
                lowering = lowering.min(most.checked_sub(potentials[to])?);
            }
            if lowering < 0 {
                for &node in parts.nodes(component) {
                    potentials[node] = potentials[node].checked_add(lowering)?;
                }
            }
        }
        Some(())
    }
}
