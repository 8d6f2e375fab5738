//! The residual graph of a piece, with the potentials and excesses of its nodes.

use std::collections::VecDeque;

use super::PieceArc;
use super::half::{Half, HalfArc};
use super::potentials::Number;
use crate::maps::{Map, Node, NodeMap};

/// A piece while it is being solved.
pub(super) struct Residual<P> {
    /// Where the half-arcs that leave a node begin; one more entry for the end.
    pub(super) first: NodeMap<Half>,
    pub(super) halves: Map<Half, HalfArc>,
    /// How much can still flow along each half-arc.
    pub(super) room: Map<Half, i64>,
    /// The other direction of the same arc.
    pub(super) twins: Map<Half, Half>,
    /// Costs and potentials are multiplied by 2 to this.
    pub(super) scale_bits: u32,
    pub(super) potentials: NodeMap<P>,
    /// What flows into a node beyond what flows out.
    pub(super) excess: NodeMap<i64>,
    /// Where the search for an admissible half-arc of a node goes on.
    pub(super) current: NodeMap<Half>,
    /// Nodes with an excess, first come first served.
    pub(super) active: VecDeque<Node>,
    pub(super) relabels: usize,
    /// Kept from one update to the next, so that its memory is.
    pub(super) levels: Vec<Vec<Node>>,
}

impl<P: Number> Residual<P> {
    pub(super) fn new(nodes: usize, arcs: &[PieceArc], scale_bits: u32) -> Self {
        let first = firsts(nodes, arcs);
        let mut halves = Map::filled(HalfArc::new(Node(0), 0, false, false), 2 * arcs.len());
        let mut room = Map::filled(0, 2 * arcs.len());
        let mut twins = Map::filled(Half(0), 2 * arcs.len());
        for_each_pair(first.clone(), arcs, |arc, there, back| {
            let (rises, falls) = (arc.rise > 0, arc.fall > 0);
            halves[there] = HalfArc::new(arc.to, arc.cost, rises, falls);
            halves[back] = HalfArc::new(arc.from, -arc.cost, falls, rises);
            (room[there], room[back]) = (arc.rise, arc.fall);
            (twins[there], twins[back]) = (back, there);
        });
        Self {
            current: first.clone(),
            first,
            halves,
            room,
            twins,
            scale_bits,
            levels: Vec::new(),
            potentials: NodeMap::filled(P::from(0_i64), nodes),
            excess: NodeMap::filled(0, nodes),
            active: VecDeque::new(),
            relabels: 0,
        }
    }

    /// The same, with potentials of another width and scale.
    pub(super) fn with_potentials<Q: Number>(
        self,
        potentials: NodeMap<Q>,
        scale_bits: u32,
    ) -> Residual<Q> {
        let Self { first, halves, room, twins, excess, current, active, relabels, levels, .. } =
            self;
        Residual {
            first,
            halves,
            room,
            twins,
            scale_bits,
            potentials,
            excess,
            current,
            active,
            relabels,
            levels,
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
        let (closes, opens) = (self.room[half] == 0, self.room[twin] == 0);
        self.room[twin] += amount;
        if opens {
            self.halves[half].open_back();
            self.halves[twin].open();
        }
        if closes {
            self.halves[half].close();
            self.halves[twin].close_back();
        }
    }

    /// Fills a half-arc, and counts what that takes from one node and gives to another.
    #[inline]
    pub(super) fn fill(&mut self, tail: Node, half: Half) {
        let room = self.room[half];
        self.excess[tail] -= room;
        self.excess[self.halves[half].head] += room;
        self.shift(half, room);
    }

    /// The scaled cost of a half-arc.
    #[inline]
    pub(super) fn cost(&self, arc: HalfArc) -> P {
        P::from(arc.cost()).up(self.scale_bits)
    }

    /// By how much the flow of each arc has changed.
    pub(super) fn changes(&self, arcs: &[PieceArc]) -> Vec<i64> {
        let mut changes = Vec::with_capacity(arcs.len());
        let room = &self.room;
        for_each_pair(self.first.clone(), arcs, |arc, there, _| {
            changes.push(arc.rise - room[there]);
        });
        changes
    }
}

/// Where the half-arcs of each node begin, and the end of the last.
fn firsts(nodes: usize, arcs: &[PieceArc]) -> NodeMap<Half> {
    let mut first = NodeMap::filled(Half(0), nodes + 1);
    for arc in arcs {
        first[arc.from].0 += 1;
        first[arc.to].0 += 1;
    }
    let mut sum = 0;
    for slot in first.values_mut() {
        (slot.0, sum) = (sum, sum + slot.0);
    }
    first
}

/// Tells where each arc's half-arcs lie: grouped by their tails, and there in the order of the arcs.
fn for_each_pair(
    mut next: NodeMap<Half>,
    arcs: &[PieceArc],
    mut tell: impl FnMut(&PieceArc, Half, Half),
) {
    let mut place = |node: Node| {
        let half = next[node];
        next[node].0 += 1;
        half
    };
    for arc in arcs {
        let there = place(arc.from);
        let back = place(arc.to);
        tell(arc, there, back);
    }
}
