//! The residual graph of a piece, with the potentials and excesses of its nodes.

use std::collections::VecDeque;

use super::PieceArc;
use super::potentials::Number;
use crate::maps::{Key, Map, Node, NodeMap};

/// One direction of an arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Half(pub(super) u32);

impl Key for Half {
    #[inline]
    fn at(position: usize) -> Self {
        Self(Node::at(position).0)
    }

    #[inline]
    fn position(self) -> usize {
        Node(self.0).position()
    }
}

/// Where one direction of an arc leads, and at what cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct HalfArc {
    pub(super) head: Node,
    /// Unscaled, so that a half-arc takes eight bytes.
    pub(super) cost: i32,
}

/// A piece while it is being solved.
pub(super) struct Residual<P> {
    /// Where the half-arcs that leave a node begin; one more entry for the end.
    pub(super) first: NodeMap<Half>,
    pub(super) halves: Map<Half, HalfArc>,
    /// How much can still flow along each half-arc.
    pub(super) room: Map<Half, i64>,
    /// Whether the other direction of the same arc has room.
    pub(super) back_open: Map<Half, bool>,
    /// The other direction of the same arc.
    pub(super) twins: Map<Half, Half>,
    /// Costs and potentials are multiplied by 2 to this.
    pub(super) scale_bits: u32,
    pub(super) potentials: NodeMap<P>,
    /// What flows into a node beyond what flows out.
    pub(super) excess: NodeMap<i64>,
    /// The first half-arc of a node that may still be admissible.
    pub(super) current: NodeMap<Half>,
    /// Nodes with an excess, first come first served.
    pub(super) active: VecDeque<Node>,
    pub(super) relabels: usize,
    /// Kept from one update to the next, so that its memory is.
    pub(super) levels: Vec<Vec<Node>>,
    /// The forward direction of each arc of the piece, and its residual at the start.
    forward: Vec<(Half, i64)>,
}

impl<P: Number> Residual<P> {
    pub(super) fn new(nodes: usize, arcs: &[PieceArc], scale_bits: u32) -> Self {
        let mut next = NodeMap::filled(Half(0), nodes + 1);
        for arc in arcs {
            next[arc.from].0 += 1;
            next[arc.to].0 += 1;
        }
        let mut sum = 0;
        for slot in next.values_mut() {
            (slot.0, sum) = (sum, sum + slot.0);
        }
        let first = next.clone();
        let unset = HalfArc { head: Node(0), cost: 0 };
        let mut halves = Map::filled(unset, 2 * arcs.len());
        let mut room = Map::filled(0, 2 * arcs.len());
        let mut back_open = Map::filled(false, 2 * arcs.len());
        let mut twins = Map::filled(Half(0), 2 * arcs.len());
        let mut forward = Vec::with_capacity(arcs.len());
        for arc in arcs {
            let (there, back) = (next[arc.from], next[arc.to]);
            next[arc.from].0 += 1;
            next[arc.to].0 += 1;
            halves[there] = HalfArc { head: arc.to, cost: arc.cost };
            halves[back] = HalfArc { head: arc.from, cost: -arc.cost };
            (room[there], room[back]) = (arc.rise, arc.fall);
            (back_open[there], back_open[back]) = (arc.fall > 0, arc.rise > 0);
            (twins[there], twins[back]) = (back, there);
            forward.push((there, arc.rise));
        }
        Self {
            current: first.clone(),
            first,
            halves,
            room,
            back_open,
            twins,
            scale_bits,
            levels: Vec::new(),
            potentials: NodeMap::filled(P::from(0_i64), nodes),
            excess: NodeMap::filled(0, nodes),
            active: VecDeque::new(),
            relabels: 0,
            forward,
        }
    }

    /// How many nodes the piece has.
    pub(super) fn node_count(&self) -> usize {
        self.potentials.len()
    }

    /// The half-arcs that leave a node.
    #[inline]
    pub(super) fn leaving(&self, node: Node) -> std::ops::Range<Half> {
        self.first[node]..self.first[Node(node.0 + 1)]
    }

    /// Moves flow along a half-arc, without its ends.
    #[inline]
    pub(super) fn shift(&mut self, half: Half, amount: i64) {
        let twin = self.twins[half];
        self.room[half] -= amount;
        self.room[twin] += amount;
        self.back_open[half] = true;
        self.back_open[twin] = self.room[half] > 0;
    }

    /// The scaled cost of a half-arc.
    #[inline]
    pub(super) fn cost(&self, arc: HalfArc) -> P {
        P::from(arc.cost).up(self.scale_bits)
    }

    /// By how much the flow of each arc has changed.
    pub(super) fn changes(&self) -> Vec<i64> {
        self.forward.iter().map(|&(half, rise)| rise - self.room[half]).collect()
    }
}
