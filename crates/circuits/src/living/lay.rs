//! How a plan is laid along its round.

use super::forest::Forest;
use super::laid::{Laid, Own};
use super::pieces::{Cut, Pieces};
use super::pivots::POTENTIAL_MAX;
use super::residual::Residual;
use super::star::Star;
use crate::maps::{ArcMap, Key, Map, Node, NodeMap, Piece, Rows};
use crate::network::{Kind, Network};
use crate::plan::Plan;
use crate::stage::{DRAWS, Stage};

impl Laid {
    /// Lays a plan along its network, whose bounds are those that the floors have left. None if its
    /// proof is too far from nought to reckon with.
    pub(super) fn of(network: &Network<'_>, plan: &Plan) -> Option<Self> {
        let proofs = plan.stages.iter().filter(|proof| proof.level.is_none()).count();
        let draws = (0..DRAWS).map(Stage::Draw);
        let stages: Vec<_> = stages(network).chain(draws).take(proofs).collect();
        let nodes = (1..=network.node_count).map(Node::at).collect::<Vec<_>>().into();
        let (pieces, arcs) = cut(network, &stages, &nodes);
        let settled = stages.iter().filter(|stage| !matches!(stage, Stage::Draw(_))).count();
        let mut laid = Self {
            residual: Residual::new(pieces, network.node_count + 1, settled),
            forest: Forest::of_roots(network.node_count + 1),
            nodes,
            arcs,
            kinds: network.kinds.clone(),
            stages,
        };
        laid.read(network, plan)?;
        Some(laid)
    }

    /// Reads a plan of the round that is laid, with its proof.
    pub(super) fn read(&mut self, network: &Network<'_>, plan: &Plan) -> Option<()> {
        let potentials = self.potentials_of(plan)?;
        let flows = self.flows_of(network, plan);
        self.residual.put(flows, potentials);
        let mut excess = Vec::new();
        let joining = joined(&mut self.residual, &mut excess);
        // Nodes that hang together get numbers in a row, as they will be looked at together.
        let numbers = self.residual.renumber(&grown(&self.residual, &joining).in_order());
        for node in self.nodes.values_mut() {
            *node = numbers[*node];
        }
        for own in self.arcs.values_mut() {
            own.ends = (numbers[own.ends.0], numbers[own.ends.1]);
        }
        self.forest = grown(&self.residual, &joining);
        let excess = excess.into_iter().map(|(node, by)| (numbers[node], by)).collect();
        self.settle(excess, &[])
    }

    /// A row of potentials for each node; none if one is too far from nought, or a stage has none.
    fn potentials_of(&self, plan: &Plan) -> Option<Rows<Node, i64>> {
        let mut potentials = Rows::filled(0, self.residual.node_count(), self.stages.len());
        let mut proofs = plan.stages.iter().filter(|proof| proof.level.is_none());
        for stage in 0..self.stages.len() {
            for (&node, &potential) in self.nodes.values().iter().zip(&proofs.next()?.potentials) {
                if !(-POTENTIAL_MAX..=POTENTIAL_MAX).contains(&potential) {
                    return None;
                }
                if let Some(one) = potentials[node].get_mut(stage) {
                    *one = potential;
                }
            }
        }
        Some(potentials)
    }

    /// What each piece carries.
    fn flows_of(&self, network: &Network<'_>, plan: &Plan) -> Map<Piece, i64> {
        let flows = flows(network, plan);
        let mut on_pieces = Map::filled(0, self.residual.flows.len());
        for (arc, own) in self.arcs.iter() {
            for piece in own.pieces() {
                let part = self.residual.pieces.parts[piece];
                on_pieces[piece] = flows[arc].clamp(part.from, part.until) - part.from;
            }
        }
        on_pieces
    }
}

/// The stages between the floors and the tie-break.
pub(super) fn stages(network: &Network<'_>) -> impl Iterator<Item = Stage> {
    let agenda = network.round.agenda.iter().copied();
    agenda.filter(|stage| !matches!(stage, Stage::Floor(_)))
}

/// Cuts all arcs.
fn cut(network: &Network<'_>, stages: &[Stage], nodes: &NodeMap<Node>) -> (Pieces, ArcMap<Own>) {
    let mut pieces = Pieces::with_capacity(network.arcs.len(), stages.len());
    let mut cut = Cut::new(stages);
    let own = network.arcs.iter().map(|(arc, bounds)| {
        let ends = (nodes[bounds.from], nodes[bounds.to]);
        cut.take(network, arc);
        Own::new(ends, (bounds.lower, bounds.upper), pieces.add(ends, &cut))
    });
    let own = own.collect::<Vec<_>>().into();
    (pieces, own)
}

/// The flow of every arc, rooms too: what a unit gives beyond what it gets flows to it from the pool.
fn flows(network: &Network<'_>, plan: &Plan) -> ArcMap<i64> {
    let mut flows = plan.flows.clone();
    flows.resize(network.arcs.len(), 0);
    let mut flows = ArcMap::from(flows);
    let mut balance = NodeMap::filled(0_i64, network.node_count);
    for (arc, bounds) in network.arcs.iter() {
        balance[bounds.from] += flows[arc];
        balance[bounds.to] -= flows[arc];
    }
    for (arc, kind) in network.kinds.iter() {
        if let Kind::Room(unit) = *kind {
            flows[arc] = balance[Node(unit)];
        }
    }
    flows
}

fn grown(residual: &Residual, joining: &[Piece]) -> Forest {
    let nodes = residual.node_count();
    Forest::grown(nodes, &Star::of(nodes, &residual.pieces, joining.iter().copied()))
}

/// Pieces that cost nothing and close no cycle, those first that are neither full nor empty. What else
/// is neither is emptied.
fn joined(residual: &mut Residual, excess: &mut Vec<(Node, i64)>) -> Vec<Piece> {
    let is_free = |&piece: &Piece| {
        let flow = residual.flows[piece];
        0 < flow && flow < residual.pieces.parts[piece].most()
    };
    let still = residual.level_pieces().iter().copied();
    let still = still.filter(|&piece| residual.decided(piece).is_none());
    let (free, still): (Vec<_>, Vec<_>) = still.partition(is_free);
    let mut sets = Sets::new(residual.node_count());
    let mut joining = Vec::new();
    for piece in free.into_iter().chain(still) {
        let (from, to) = residual.pieces.ends[piece];
        if sets.join(from, to) {
            joining.push(piece);
        } else if residual.flows[piece] < residual.pieces.parts[piece].most() {
            let flow = std::mem::take(&mut residual.flows[piece]);
            excess.extend([(from, flow), (to, -flow)].into_iter().filter(|(_, by)| *by != 0));
        }
    }
    joining
}

/// Disjoint sets of nodes, each of which hangs together.
struct Sets(NodeMap<Node>);

impl Sets {
    fn new(nodes: usize) -> Self {
        Self((0..nodes).map(Node::at).collect::<Vec<_>>().into())
    }

    /// Joins the sets of two nodes; false if they are one already.
    fn join(&mut self, one: Node, other: Node) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one] = other;
        one != other
    }

    fn root(&mut self, mut node: Node) -> Node {
        while self.0[node] != node {
            let further = self.0[self.0[node]];
            self.0[node] = further;
            node = further;
        }
        node
    }
}
