//! What a laid plan says: the flows, their proof, and which bounds the stages leave.

use std::cmp::Ordering;

use super::laid::Laid;
use crate::components::{Components, Outgoing};
use crate::face::Face;
use crate::maps::{Arc, Map, Node, NodeMap, Piece, Slot};
use crate::parts::Parts;
use crate::plan::Proof;
use crate::stages::Solving;

impl Laid {
    /// How many stages lead to the only best plan, or to where all stages that are laid leave more than
    /// one; and which of the two.
    pub(super) fn passed(&self) -> (usize, bool) {
        let mut passed = self.stages.len();
        if !self.is_point(passed) {
            return (passed, false);
        }
        while passed > self.residual.settled() && self.is_point(passed - 1) {
            passed -= 1;
        }
        (passed, true)
    }

    /// Tells a round that is being solved, and is done with the floors, the plan in hand and the proofs
    /// of so many stages. If these leave more than one plan, then which, too.
    pub(super) fn tell(&self, solving: &mut Solving<'_>, (passed, is_point): (usize, bool)) {
        let flows = self.arcs.iter().map(|(arc, _)| self.flow(arc));
        let flows = flows.collect::<Vec<_>>().into();
        let potential = |&node: &Node, stage| self.residual.potentials[node].get(stage).copied();
        let proofs = (0..passed).map(|stage| {
            let nodes = self.nodes.values().iter();
            let potentials = nodes.map(|node| potential(node, stage).unwrap_or(0)).collect();
            Proof { level: None, potentials }
        });
        let face = solving.pass(flows, proofs.collect());
        if !is_point {
            self.narrow(face);
        }
    }

    /// Sets the bounds of a face to the plans that are the best in all stages that are laid.
    fn narrow(&self, face: &mut Face<'_>) {
        for &arc in face.free.values() {
            let bounds = &mut face.network.arcs[arc];
            (bounds.lower, bounds.upper) = self.narrowed(arc);
        }
        face.let_go();
    }

    /// What costs less than it is worth is full, and lies below what is not.
    fn narrowed(&self, arc: Arc) -> (i64, i64) {
        let own = &self.arcs[arc];
        let (mut least, mut most) = (own.lower, own.lower);
        for piece in own.pieces() {
            let until = self.residual.pieces.parts[piece].until;
            match self.residual.decided(piece) {
                Some((_, Ordering::Less)) => (least, most) = (until, until),
                Some(_) => {}
                None => most = until,
            }
        }
        (least, most)
    }

    /// Whether no flow can change among the plans that are the best in so many of the stages.
    fn is_point(&self, passed: usize) -> bool {
        let open = |&piece: &Piece| {
            self.residual.pieces.parts[piece].most() > 0
                && self.residual.decided(piece).is_none_or(|(stage, _)| stage >= passed)
        };
        let open: Vec<_> =
            self.residual.level_pieces().iter().copied().filter(|piece| open(piece)).collect();
        let mut numbers = NodeMap::filled(None, self.residual.node_count());
        let mut nodes = NodeMap::with_capacity(0);
        let mut number = |node: Node| *numbers[node].get_or_insert_with(|| nodes.push(node));
        let mut ends = Map::with_capacity(open.len());
        for &piece in &open {
            let (from, to) = self.residual.pieces.ends[piece];
            ends.push((number(from), number(to)));
        }
        let ways = || {
            ends.iter().zip(&open).flat_map(|((_, &(from, to)), &piece): ((Slot, _), _)| {
                let flow = self.residual.flows[piece];
                let there = (flow < self.residual.pieces.parts[piece].most()).then_some((from, to));
                there.into_iter().chain((flow > 0).then_some((to, from)))
            })
        };
        let components = Components::new(nodes.len(), &Outgoing::new(nodes.len(), ways));
        Parts::new(nodes, ends, components).is_point()
    }
}
