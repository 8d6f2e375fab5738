//! The kernel of a piece: what is left of it when dead ends are off and chains are drawn together.
//!
//! In the last stages a piece is hardly more than a tree. A node with one arc is a dead end: the flow
//! of that arc cannot change. A node with two arcs lies in a chain: what flows in on the one flows
//! out on the other, so the chain is one arc, of the least room and the sum of the costs. What is
//! left has three arcs or more at nearly every node, and an optimum of it is one of the piece.

use super::shrinking::{Chain, Link, Shrinking, turned};
use super::{Optimum, PieceArc};
use crate::maps::{Arc, Key, Map, Node, NodeMap};

/// A piece without its dead ends, each of its chains one arc.
pub(super) struct Kernel<'a> {
    piece: &'a [PieceArc],
    /// The nodes that are left, by their numbers in the piece.
    nodes: Vec<Node>,
    pub(super) arcs: Vec<PieceArc>,
    /// The chain that each arc of the kernel is.
    chains: Vec<Chain>,
    /// The chains that lead back to where they began: no other flow depends on theirs.
    rings: Vec<Chain>,
    /// The links of all chains.
    links: Vec<Link>,
    /// The arcs to dead ends, each towards the end, in the order in which they were taken off.
    dead: Vec<Link>,
}

impl<'a> Kernel<'a> {
    /// The kernel of a piece; none if it would be hardly smaller.
    pub(super) fn of(nodes: usize, piece: &'a [PieceArc]) -> Option<Self> {
        let shrinking = Shrinking::new(nodes, piece);
        if !shrinking.is_worth_it() {
            return None;
        }
        let Shrinking { stays, chains, links, dead, .. } = shrinking.done();
        let mut numbers = NodeMap::filled(Node(0), nodes);
        let left: Vec<_> = stays.iter().filter_map(|(node, stays)| stays.then_some(node)).collect();
        if left.len() == nodes {
            return None;
        }
        for (place, &node) in left.iter().enumerate() {
            numbers[node] = Node::at(place);
        }
        let is_ring = |chain: &Chain| chain.whole.from == chain.whole.to;
        let (rings, chains): (Vec<_>, Vec<_>) = chains.into_iter().partition(is_ring);
        let numbered = |PieceArc { from, to, .. }: PieceArc| (numbers[from], numbers[to]);
        let arcs = chains.iter().map(|chain| {
            let (from, to) = numbered(chain.whole);
            PieceArc { from, to, ..chain.whole }
        });
        Some(Self { piece, nodes: left, arcs: arcs.collect(), chains, rings, links, dead })
    }

    /// How many nodes are left.
    pub(super) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// An optimum of the piece of so many nodes, from one of the kernel.
    pub(super) fn unfold(&self, nodes: usize, optimum: &Optimum) -> Optimum {
        let mut potentials = NodeMap::filled(0, nodes);
        for (&node, &potential) in self.nodes.iter().zip(&optimum.potentials) {
            potentials[node] = potential;
        }
        let mut changes = Map::filled(0, self.piece.len());
        let rings = self.rings.iter().map(|ring| (ring, cheapest(ring.whole)));
        let chains = self.chains.iter().zip(optimum.changes.iter().copied());
        for (chain, change) in chains.chain(rings) {
            self.lay(chain, change, &mut changes, &mut potentials);
        }
        // An end's neighbour was left when the end was taken off, so it has its potential by now.
        for &link in self.dead.iter().rev() {
            let arc = turned(self.piece, link);
            potentials[arc.to] = potentials[arc.from] + i64::from(arc.cost);
        }
        Optimum { changes: changes.into_values(), potentials: potentials.into_values() }
    }

    /// Lays the change of a chain on its links, and gives the nodes between them potentials.
    ///
    /// No link is given a reduced cost but one, which bears that of the whole chain: where that is
    /// below nought, the chain has risen as far as it can, and so has one of its links; where it is
    /// above, the chain has fallen so far, and so has one of its links.
    fn lay(
        &self,
        chain: &Chain,
        change: i64,
        changes: &mut Map<Arc, i64>,
        potentials: &mut NodeMap<i64>,
    ) {
        let PieceArc { from, to, cost, .. } = chain.whole;
        let mut reduced = i64::from(cost) + potentials[from] - potentials[to];
        for &link in self.links.get(chain.links.clone()).unwrap_or_default() {
            let arc = turned(self.piece, link);
            let bound = if reduced < 0 { arc.rise } else { -arc.fall };
            let borne = if bound == change { std::mem::take(&mut reduced) } else { 0 };
            potentials[arc.to] = potentials[arc.from] + i64::from(arc.cost) - borne;
            changes[link.arc] = if link.against { -change } else { change };
        }
    }
}

/// The change of flow around a ring that costs the least.
fn cheapest(ring: PieceArc) -> i64 {
    match ring.cost.signum() {
        -1 => ring.rise,
        1 => -ring.fall,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arc(from: u32, to: u32, (rise, fall): (i64, i64), cost: i32) -> PieceArc {
        PieceArc { from: Node(from), to: Node(to), rise, fall, cost }
    }

    #[test]
    fn chains_become_one_arc_and_dead_ends_none() {
        // From 0 to 3 lead two chains and an arc; at 4 hangs a dead end of two arcs.
        let chains = [arc(0, 1, (9, 2), 5), arc(3, 1, (1, 7), 2), arc(0, 2, (5, 0), 1)];
        let others = [arc(2, 4, (4, 0), 1), arc(4, 3, (6, 3), 1), arc(3, 0, (8, 0), -6)];
        let dead = [arc(4, 5, (1, 1), 3), arc(6, 5, (1, 1), 4)];
        let piece = [&chains[..], &others[..], &dead[..]].concat();
        let kernel = Kernel::of(7, &piece).unwrap();
        let arcs: Vec<_> =
            kernel.arcs.iter().map(|a| (a.from.0, a.to.0, a.rise, a.fall, a.cost)).collect();
        assert_eq!(kernel.node_count(), 2);
        assert_eq!(arcs, [(0, 1, 7, 1, 3), (0, 1, 4, 0, 3), (1, 0, 8, 0, -6)]);
        let optimum = Optimum { changes: vec![4, 4, 8], potentials: vec![0, 3] };
        let found = kernel.unfold(7, &optimum);
        assert_eq!(found.changes, [4, -4, 4, 4, 4, 8, 0, 0]);
        assert_eq!(found.potentials, [0, 5, 1, 3, 2, 5, 1]);
    }

    #[test]
    fn a_ring_is_settled_without_a_solver() {
        let ring = [arc(0, 1, (3, 1), 2), arc(2, 1, (4, 2), 5), arc(2, 0, (5, 6), -1)];
        for turn in [1, -1] {
            let piece = ring.map(|one| PieceArc { cost: turn * one.cost, ..one });
            let kernel = Kernel::of(3, &piece).unwrap();
            let found = kernel.unfold(3, &Optimum { changes: vec![], potentials: vec![0] });
            assert!(kernel.arcs.is_empty());
            assert_eq!(found.changes, if turn == 1 { [2, -2, 2] } else { [-1, 1, -1] });
        }
    }

    #[test]
    fn a_chain_too_dear_for_one_arc_is_two() {
        let dear = |from| arc(from, from + 1, (1, 1), 1 << 27);
        let piece = [dear(0), dear(1), dear(2), arc(3, 0, (1, 1), 0), arc(0, 3, (1, 1), 0)];
        let kernel = Kernel::of(4, &piece).unwrap();
        let costs: Vec<_> = kernel.arcs.iter().map(|arc| arc.cost).collect();
        assert_eq!(costs, [1 << 28, 1 << 27, 0, 0]);
    }
}
