//! Ways, grouped by the node that they leave.

use super::pieces::Pieces;
use crate::maps::{Hop, Key, Map, Node, NodeMap, Piece};

/// One direction of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way(u32);

impl Way {
    /// The direction of the arc that the piece belongs to.
    pub(super) const fn along(piece: Piece) -> Self {
        Self(2 * piece.0)
    }

    pub(super) const fn piece(self) -> Piece {
        Piece(self.0 / 2)
    }

    /// Whether it leads against its arc.
    pub(super) const fn is_back(self) -> bool {
        self.0 % 2 == 1
    }

    /// The other direction.
    pub(super) const fn turned(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// A way that leaves a node, and the node that it leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaving {
    pub(super) way: Way,
    pub(super) head: Node,
}

/// Ways, grouped by the node that they leave: those that were there at first close together, and
/// those that came later in a list of each node.
pub(super) struct Star {
    /// Where the ways of a node begin; one more entry for the end.
    first: NodeMap<Hop>,
    ways: Map<Hop, Leaving>,
    later: NodeMap<Vec<Leaving>>,
    later_count: usize,
}

impl Star {
    /// Both directions of some pieces, among so many nodes.
    pub(super) fn of(
        nodes: usize,
        pieces: &Pieces,
        among: impl Iterator<Item = Piece> + Clone,
    ) -> Self {
        let mut first = NodeMap::filled(Hop(0), nodes + 1);
        for piece in among.clone() {
            let (from, to) = pieces.ends[piece];
            first[from].0 += 1;
            first[to].0 += 1;
        }
        let mut sum = 0;
        for hop in first.values_mut() {
            (hop.0, sum) = (sum, sum + hop.0);
        }
        let nowhere = Leaving { way: Way(0), head: Node(0) };
        let mut ways = Map::filled(nowhere, Hop(sum).position());
        let mut next = first.clone();
        let mut place = |node: Node, leaving: Leaving| {
            ways[next[node]] = leaving;
            next[node].0 += 1;
        };
        for piece in among {
            let (from, to) = pieces.ends[piece];
            let way = Way::along(piece);
            place(from, Leaving { way, head: to });
            place(to, Leaving { way: way.turned(), head: from });
        }
        Self { first, ways, later: NodeMap::filled(Vec::new(), nodes), later_count: 0 }
    }

    /// One more node, which no way leaves.
    pub(super) fn add_node(&mut self) {
        let end = Hop::at(self.ways.len());
        self.first.push(end);
        self.later.push(Vec::new());
    }

    /// Both directions of one more piece.
    pub(super) fn add(&mut self, piece: Piece, (from, to): (Node, Node)) {
        let way = Way::along(piece);
        self.later[from].push(Leaving { way, head: to });
        self.later[to].push(Leaving { way: way.turned(), head: from });
        self.later_count += 2;
    }

    /// Whether so much came later that it is time to group all anew.
    pub(super) fn is_worn(&self) -> bool {
        self.later_count > self.ways.len() / 4 + self.later.len()
    }

    /// The ways that leave a node, in two lists.
    #[inline]
    pub(super) fn leaving(&self, node: Node) -> [&[Leaving]; 2] {
        [&self.ways[self.first[node]..self.first[Node(node.0 + 1)]], &self.later[node]]
    }
}
