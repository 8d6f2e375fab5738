//! What of a plan could still change, as a graph that flow can be sent through.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::maps::{Arc, ArcMap, Key, Map, Node, NodeMap};

/// One way along an arc: twice the arc's number, and one more for the way back.
pub(super) type Way = Arc;

/// An arc with how far its flow can rise and fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) from: Node,
    pub(super) to: Node,
    pub(super) rise: i64,
    pub(super) fall: i64,
}

/// More than any flow: the sums of a round stay within 2⁶², so adding to it cannot leave `i64`.
pub(super) const NO_LIMIT: i64 = 1 << 62;

/// The residual graph of a plan.
#[derive(Clone)]
pub(super) struct Graph {
    /// How much more can go each way.
    left: Map<Way, i64>,
    /// A copy of a graph differs in what is left only.
    ways: Rc<Ways>,
}

/// The ways of a graph, in canonical order at each node.
struct Ways {
    heads: Map<Way, Node>,
    /// Where the ways out of each node begin in `out`, and the end of the last.
    first: NodeMap<Node>,
    out: Map<Node, Way>,
}

/// The way along an arc in which its flow rises.
pub(super) fn rising(arc: Arc) -> Way {
    Way::at(2 * arc.position())
}

/// The way along an arc in which its flow falls.
pub(super) fn falling(arc: Arc) -> Way {
    back(rising(arc))
}

pub(super) fn back(way: Way) -> Way {
    Arc(way.0 ^ 1)
}

/// The arc that a way goes along.
pub(super) fn arc_of(way: Way) -> Arc {
    Arc(way.0 / 2)
}

/// Whether a way lets the flow of its arc rise.
pub(super) fn is_rising(way: Way) -> bool {
    way.0.is_multiple_of(2)
}

impl Graph {
    pub(super) fn new(nodes: usize, arcs: &ArcMap<Open>) -> Self {
        let mut heads = Map::with_capacity(2 * arcs.len());
        let mut left = Map::with_capacity(2 * arcs.len());
        let mut first = NodeMap::filled(Node(0), nodes + 1);
        for (_, open) in arcs.iter() {
            for (tail, head, amount) in
                [(open.from, open.to, open.rise), (open.to, open.from, open.fall)]
            {
                heads.push(head);
                left.push(amount);
                first[tail].0 += 1;
            }
        }
        let mut sum = 0;
        for slot in first.values_mut() {
            (slot.0, sum) = (sum, sum + slot.0);
        }
        let mut next = first.clone();
        let mut out = Map::filled(Arc(0), 2 * arcs.len());
        for (arc, open) in arcs.iter() {
            for (tail, way) in [(open.from, rising(arc)), (open.to, falling(arc))] {
                out[next[tail]] = way;
                next[tail].0 += 1;
            }
        }
        Self { left, ways: Rc::new(Ways { heads, first, out }) }
    }

    pub(super) fn node_count(&self) -> usize {
        self.ways.first.len() - 1
    }

    /// The ways out of a node, whether anything is left of them or not.
    pub(super) fn out_of(&self, node: Node) -> &[Way] {
        let next = Node::at(node.position() + 1);
        &self.ways.out[self.ways.first[node]..self.ways.first[next]]
    }

    pub(super) fn head(&self, way: Way) -> Node {
        self.ways.heads[way]
    }

    pub(super) fn tail(&self, way: Way) -> Node {
        self.head(back(way))
    }

    pub(super) fn left(&self, way: Way) -> i64 {
        self.left[way]
    }

    /// Moves so much from a way to the way back.
    pub(super) fn pass(&mut self, way: Way, amount: i64) {
        self.left[way] -= amount;
        self.left[back(way)] = self.left[back(way)].saturating_add(amount);
    }

    /// Says how much more can go a way.
    pub(super) fn set_left(&mut self, way: Way, amount: i64) {
        self.left[way] = amount;
    }

    /// Shuts an arc both ways.
    pub(super) fn shut(&mut self, arc: Arc) {
        self.left[rising(arc)] = 0;
        self.left[falling(arc)] = 0;
    }

    /// The path of fewest ways from one node to another; of several, the one whose ways come first
    /// in canonical order. None if there is none.
    pub(super) fn path(
        &self,
        from: Node,
        to: Node,
        open: impl Fn(&Self, Way) -> bool,
    ) -> Option<Vec<Way>> {
        let mut by: NodeMap<Option<Way>> = NodeMap::filled(None, self.node_count());
        let mut waiting = VecDeque::from([from]);
        while let Some(node) = waiting.pop_front() {
            if node == to {
                return Some(self.back_to(from, to, &by));
            }
            for &way in self.out_of(node) {
                let head = self.head(way);
                if self.left(way) > 0 && head != from && by[head].is_none() && open(self, way) {
                    by[head] = Some(way);
                    waiting.push_back(head);
                }
            }
        }
        None
    }

    fn back_to(&self, from: Node, to: Node, by: &NodeMap<Option<Way>>) -> Vec<Way> {
        let (mut path, mut node) = (Vec::new(), to);
        while let Some(way) = by[node] {
            path.push(way);
            node = self.tail(way);
            if node == from {
                break;
            }
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, list: &[(u32, u32, i64, i64)]) -> Graph {
        let open = |&(from, to, rise, fall)| Open { from: Node(from), to: Node(to), rise, fall };
        Graph::new(nodes, &ArcMap::from(list.iter().map(open).collect::<Vec<_>>()))
    }

    #[test]
    fn as_much_goes_through_as_the_narrowest_cut_lets() {
        let list = [(0, 1, 5, 0), (0, 2, 4, 0), (1, 2, 9, 0), (1, 3, 2, 0), (2, 3, 6, 0)];
        let mut all = graph(4, &list);
        assert_eq!(all.clone().send((Node(0), Node(3)), 3, |_, _| true), 3);
        assert_eq!(all.send((Node(0), Node(3)), NO_LIMIT, |_, _| true), 8);
        // What went there can come back.
        assert_eq!(all.send((Node(3), Node(0)), NO_LIMIT, |_, _| true), 8);
        assert_eq!(all.send((Node(0), Node(0)), 5, |_, _| true), 0);
        let mut without = graph(4, &list);
        without.shut(Arc(4));
        assert_eq!(without.send((Node(0), Node(3)), NO_LIMIT, |_, _| true), 2);
    }

    #[test]
    fn a_path_has_as_few_ways_as_can_be_and_goes_back_along_what_can_fall() {
        let list = [(0, 1, 1, 0), (1, 2, 1, 0), (3, 0, 0, 4), (3, 2, 1, 0), (2, 4, 0, 0)];
        let graph = graph(5, &list);
        assert_eq!(graph.path(Node(0), Node(2), |_, _| true), Some(vec![Arc(0), Arc(2)]));
        let not_over_one = |_: &Graph, way| way != Arc(2);
        assert_eq!(graph.path(Node(0), Node(2), not_over_one), Some(vec![Arc(5), Arc(6)]));
        assert_eq!(graph.path(Node(0), Node(4), |_, _| true), None);
    }
}
