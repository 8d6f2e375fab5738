//! Cuts: sets of nodes into which no more can flow.

use crate::maps::{Key, Node, NodeMap};
use crate::parts::Parts;

/// The nodes on one side of a cut, drawn together where a free arc joins two of them (disjoint
/// sets, with paths halved on the way).
///
/// What holds of a cut holds of each set by itself, because no arc joins two of them.
pub(crate) struct Sets {
    above: NodeMap<Node>,
}

impl Sets {
    /// Draws the nodes together of which something holds.
    pub(crate) fn of(parts: &Parts, holds: impl Fn(Node) -> bool) -> Self {
        let above: Vec<_> = (0..parts.nodes.len()).map(Node::at).collect();
        let mut sets = Self { above: above.into() };
        for (_, &(from, to)) in parts.ends.iter() {
            if parts.of(from) == parts.of(to) && holds(from) && holds(to) {
                let (one, other) = (sets.root(from), sets.root(to));
                sets.above[one] = other;
            }
        }
        sets
    }

    /// The node that stands for the set of a node.
    pub(crate) fn root(&mut self, mut node: Node) -> Node {
        while self.above[node] != node {
            let further = self.above[self.above[node]];
            self.above[node] = further;
            node = further;
        }
        node
    }
}
