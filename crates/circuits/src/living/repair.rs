//! From what is left of an earlier plan to the best plan of all stages at once.

use std::cmp::Ordering;

use super::earlier::Guess;
use super::forest::Forest;
use super::pieces::{Part, Pieces};
use super::pivots::{POTENTIAL_MAX, Pivots};
use super::residual::Residual;
use super::star::Star;
use crate::face::Face;
use crate::maps::{ArcMap, Key, Node, NodeMap, Piece, Rows};
use crate::network::Network;
use crate::plan::Proof;
use crate::stage::Stage;

/// How many ways may be looked at for each that there is, and each stage, before solving from the
/// beginning is as good; and how many in any case.
const LOOKS_MAX: usize = 8;
const LOOKS_LEAST: usize = 1 << 16;

/// The best plan of several stages, and what proves it.
pub(crate) struct Repaired {
    /// The flow on every arc.
    pub(crate) flows: ArcMap<i64>,
    /// A proof for each stage.
    pub(crate) proofs: Vec<Proof>,
    /// The parts of the arcs, and which stage decided each: whether it is full or empty.
    decided: Vec<(Part, Option<(usize, Ordering)>)>,
}

impl Repaired {
    /// The best plan of a face in all of these stages, one after the other; none if the guess was too
    /// far off to come to it sooner than without.
    pub(crate) fn of(face: &Face<'_>, stages: &[Stage], guess: &Guess<'_>) -> Option<Self> {
        let network = &face.network;
        let mut flows = face.flows.clone();
        for &arc in face.free.values() {
            let bounds = &network.arcs[arc];
            flows[arc] = guess.flows[arc].clamp(bounds.lower, bounds.upper);
        }
        let mut excess = excesses(network, &flows);
        let pieces = Pieces::of(network, stages, face.free.values());
        let on_pieces = pieces.hand_out(&flows);
        let potentials = potentials(network.node_count, stages, guess)?;
        let mut residual = Residual::new(pieces, on_pieces, potentials, network.node_count);
        let forest = saturated(&mut residual, &mut excess);
        let looks_max = LOOKS_MAX * residual.flows.len() * (1 + stages.len()) + LOOKS_LEAST;
        Pivots::new(&mut residual, forest, &excess).settle(looks_max)?;
        Some(Self::read(residual, flows))
    }

    fn read(mut residual: Residual<'_>, mut flows: ArcMap<i64>) -> Self {
        let mut decided = Vec::with_capacity(residual.flows.len());
        for piece in (0..residual.flows.len()).map(Piece::at) {
            let (part, flow) = (residual.pieces.parts[piece], residual.flows[piece]);
            // The first of an arc begins at its least; those after it add to that.
            if decided.last().is_none_or(|(last, _): &(Part, _)| last.arc != part.arc) {
                flows[part.arc] = part.from;
            }
            flows[part.arc] += flow;
            decided.push((part, residual.decided(piece)));
        }
        let proofs = (0..residual.stages()).map(|stage| {
            let of = |node| residual.potentials[node].get(stage).copied().unwrap_or(0);
            let potentials = (0..residual.node_count()).map(Node::at).map(of).collect();
            Proof { level: None, potentials }
        });
        Self { flows, proofs: proofs.collect(), decided }
    }

    /// Sets the bounds of a face, whose free arcs are those that it had, to the plans that are the
    /// best in so many of the stages.
    pub(crate) fn narrow(&self, face: &mut Face<'_>, stages: usize) {
        for parts in self.decided.chunk_by(|a, b| a.0.arc == b.0.arc) {
            let way = |decided: Option<(usize, Ordering)>| {
                decided.filter(|(stage, _)| *stage < stages).map(|(_, way)| way)
            };
            // What costs less than it is worth is full, and lies below what is not.
            let full = |(_, decided): &&(Part, _)| way(*decided) == Some(Ordering::Less);
            let open = |(_, decided): &&(Part, _)| way(*decided) != Some(Ordering::Greater);
            let Some((first, _)) = parts.first() else { continue };
            let bounds = &mut face.network.arcs[first.arc];
            bounds.lower =
                parts.iter().take_while(full).last().map_or(first.from, |one| one.0.until);
            bounds.upper =
                parts.iter().take_while(open).last().map_or(first.from, |one| one.0.until);
        }
        face.let_go();
    }
}

/// What flows into each node beyond what flows out.
fn excesses(network: &Network<'_>, flows: &ArcMap<i64>) -> NodeMap<i64> {
    let mut excess = NodeMap::filled(0_i64, network.node_count);
    for (arc, bounds) in network.arcs.iter() {
        excess[bounds.from] -= flows[arc];
        excess[bounds.to] += flows[arc];
    }
    excess
}

/// What is guessed of potentials; none if one is too far from nought to reckon with.
fn potentials(nodes: usize, stages: &[Stage], guess: &Guess<'_>) -> Option<Rows<Node, i64>> {
    let mut potentials = Rows::filled(0, nodes, stages.len());
    for (column, &stage) in stages.iter().enumerate() {
        for (node, potential) in guess.potentials(stage).enumerate() {
            if !(-POTENTIAL_MAX..=POTENTIAL_MAX).contains(&potential) {
                return None;
            }
            if let Some(one) = potentials[Node::at(node)].get_mut(column) {
                *one = potential;
            }
        }
    }
    Some(potentials)
}

/// Fills every piece that is worth more than it costs and empties every one that costs more than it
/// is worth, and hangs the nodes together along pieces that cost nothing; those first that are
/// neither full nor empty.
fn saturated(residual: &mut Residual<'_>, excess: &mut NodeMap<i64>) -> Forest {
    let (mut free, mut still, mut level) = (Vec::new(), Vec::new(), Vec::new());
    for piece in (0..residual.flows.len()).map(Piece::at) {
        let (flow, most) = (residual.flows[piece], residual.pieces.parts[piece].most());
        let decided = residual.decided(piece);
        if decided.is_none_or(|(stage, _)| !residual.is_settled(stage)) {
            level.push(piece);
        }
        match decided {
            None if 0 < flow && flow < most => free.push(piece),
            None => still.push(piece),
            Some((_, Ordering::Less)) => change(residual, excess, piece, most - flow),
            Some(_) => change(residual, excess, piece, -flow),
        }
    }
    residual.level_out(&level);
    let mut sets = Sets::new(excess.len());
    let mut joining = Vec::new();
    for piece in free.into_iter().chain(still) {
        let (from, to) = residual.pieces.ends(piece);
        let (flow, most) = (residual.flows[piece], residual.pieces.parts[piece].most());
        if sets.join(from, to) {
            joining.push(piece);
        } else if flow < most {
            change(residual, excess, piece, -flow);
        }
    }
    let along = Star::of(excess.len(), &residual.pieces, joining.into_iter());
    Forest::grown(excess.len(), &along)
}

/// Changes the flow on a piece, and counts that at both ends.
fn change(residual: &mut Residual<'_>, excess: &mut NodeMap<i64>, piece: Piece, by: i64) {
    if by != 0 {
        let (from, to) = residual.pieces.ends(piece);
        residual.flows[piece] += by;
        excess[from] -= by;
        excess[to] += by;
    }
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
