//! A flow with potentials for all stages at once, and what a change of it costs.

use std::cmp::Ordering;
use std::ops::Range;

use super::pieces::{Cut, Pieces};
use super::star::{Leaving, Star, Way};
use crate::maps::{Key, Map, Node, NodeMap, Piece, Rows};

/// A flow with potentials for all stages at once.
///
/// Costs and potentials are rows with a number for each stage, compared like words: what comes first
/// decides. A flow is the best in every stage, one after the other, exactly if no way with room has
/// a reduced cost, cost + potential(from) − potential(to), that is less than nothing as a word. That
/// is what the stages say one by one: a way that costs something in one stage is out of the question
/// in those after.
pub(super) struct Residual {
    pub(super) pieces: Pieces,
    pub(super) flows: Map<Piece, i64>,
    pub(super) potentials: Rows<Node, i64>,
    all: Star,
    level: Level,
}

/// Ways among which are all that cost nothing in the stages before the draws.
///
/// They are few, and where one of them is the cheapest of some ways, no other needs a look.
struct Level {
    /// How many stages come before the draws.
    stages: usize,
    ways: Star,
    /// Which pieces those are, so that none is there twice.
    pieces: Vec<Piece>,
    is_in: Map<Piece, bool>,
}

impl Residual {
    /// Pieces between so many nodes that carry nothing yet, with so many stages before the draws.
    pub(super) fn new(pieces: Pieces, nodes: usize, settled: usize) -> Self {
        let none = || Star::of(nodes, &pieces, [].into_iter());
        let count = pieces.parts.len();
        Self {
            level: Level {
                stages: settled,
                ways: none(),
                pieces: Vec::new(),
                is_in: Map::filled(false, count),
            },
            flows: Map::filled(0, count),
            potentials: Rows::filled(0, nodes, pieces.costs.width()),
            all: none(),
            pieces,
        }
    }

    /// Puts another flow and other potentials in place.
    pub(super) fn put(&mut self, flows: Map<Piece, i64>, potentials: Rows<Node, i64>) {
        (self.flows, self.potentials) = (flows, potentials);
        self.level_out();
    }

    /// Numbers the nodes in this order, after the first of all, and says what each is now.
    pub(super) fn renumber(&mut self, order: &[Node]) -> NodeMap<Node> {
        let nodes = self.node_count();
        let mut numbers = NodeMap::filled(Node(0), nodes);
        let mut potentials = Rows::filled(0, nodes, self.stages());
        for (place, &node) in order.iter().enumerate() {
            numbers[node] = Node::at(place + 1);
            potentials[numbers[node]].copy_from_slice(&self.potentials[node]);
        }
        self.potentials = potentials;
        for ends in self.pieces.ends.values_mut() {
            *ends = (numbers[ends.0], numbers[ends.1]);
        }
        self.all = Star::of(nodes, &self.pieces, (0..self.flows.len()).map(Piece::at));
        self.level.ways = Star::of(nodes, &self.pieces, self.level.pieces.iter().copied());
        numbers
    }

    pub(super) fn node_count(&self) -> usize {
        self.potentials.len()
    }

    /// How many stages there are.
    pub(super) const fn stages(&self) -> usize {
        self.potentials.width()
    }

    /// How many stages come before the draws.
    pub(super) const fn settled(&self) -> usize {
        self.level.stages
    }

    /// One more node, of potentials of nought.
    pub(super) fn add_node(&mut self) -> Node {
        let node = Node::at(self.node_count());
        self.potentials.extend(std::iter::repeat_n(0, self.stages()));
        self.all.add_node();
        self.level.ways.add_node();
        node
    }

    /// The parts of one more arc, which carry nothing.
    pub(super) fn add_pieces(&mut self, ends: (Node, Node), cut: &Cut<'_>) -> Range<Piece> {
        let added = self.pieces.add(ends, cut);
        for piece in (added.start.0..added.end.0).map(Piece) {
            self.flows.push(0);
            self.level.is_in.push(false);
            self.all.add(piece, ends);
        }
        added
    }

    /// The ways that leave a node.
    #[inline]
    pub(super) fn leaving(&self, node: Node) -> [&[Leaving]; 2] {
        self.all.leaving(node)
    }

    /// Ways that leave a node, with all that cost nothing in the stages before the draws.
    #[inline]
    pub(super) fn leaving_level(&self, node: Node) -> [&[Leaving]; 2] {
        self.level.ways.leaving(node)
    }

    /// Whether a way costs nothing in the stages before the draws.
    #[inline]
    pub(super) fn is_level(&self, way: Way) -> bool {
        (0..self.level.stages).all(|stage| self.reduced(way, stage) == 0)
    }

    /// Finds out which pieces cost nothing in the stages before the draws. Their ways are grouped when
    /// nodes are numbered.
    fn level_out(&mut self) {
        let is_level = |&piece: &Piece| self.is_level(Way::along(piece));
        let level: Vec<_> = (0..self.flows.len()).map(Piece::at).filter(is_level).collect();
        self.level.is_in = Map::filled(false, self.flows.len());
        for &piece in &level {
            self.level.is_in[piece] = true;
        }
        self.level.pieces = level;
    }

    /// Tells a piece that may have come to cost nothing in the stages before the draws.
    pub(super) fn add_level(&mut self, piece: Piece) {
        if !self.level.is_in[piece] && self.is_level(Way::along(piece)) {
            self.level.is_in[piece] = true;
            self.level.pieces.push(piece);
            self.level.ways.add(piece, self.pieces.ends[piece]);
        }
    }

    /// Pieces with all that cost nothing in the stages before the draws.
    pub(super) fn level_pieces(&self) -> &[Piece] {
        &self.level.pieces
    }

    /// Whether so many ways have come to be level, of which some no longer are, that it is time to
    /// find out anew.
    pub(super) fn is_level_worn(&self) -> bool {
        self.level.ways.is_worn()
    }

    /// The nodes that a way leads from and to.
    #[inline]
    pub(super) fn ends(&self, way: Way) -> (Node, Node) {
        let (from, to) = self.pieces.ends[way.piece()];
        if way.is_back() { (to, from) } else { (from, to) }
    }

    /// How much can still flow along a way; below nought, if too much does.
    #[inline]
    pub(super) fn room(&self, way: Way) -> i64 {
        let flow = self.flows[way.piece()];
        if way.is_back() { flow } else { self.pieces.parts[way.piece()].most() - flow }
    }

    /// Lets more flow along a way.
    #[inline]
    pub(super) fn send(&mut self, way: Way, amount: i64) {
        self.flows[way.piece()] += if way.is_back() { -amount } else { amount };
    }

    /// The reduced cost of a way in a stage.
    #[inline]
    pub(super) fn reduced(&self, way: Way, stage: usize) -> i64 {
        let (from, to) = self.pieces.ends[way.piece()];
        let cost = self.pieces.costs[way.piece()].get(stage);
        let ends = self.potentials[from].get(stage).zip(self.potentials[to].get(stage));
        let reduced = cost.zip(ends).map_or(0, |(&cost, (from, to))| i64::from(cost) + from - to);
        if way.is_back() { -reduced } else { reduced }
    }

    /// The first stage in which a second more on a piece costs more or less than nothing, and which
    /// of the two.
    #[inline]
    pub(super) fn decided(&self, piece: Piece) -> Option<(usize, Ordering)> {
        (0..self.stages()).find_map(|stage| {
            let reduced = self.reduced(Way::along(piece), stage);
            (reduced != 0).then(|| (stage, reduced.cmp(&0)))
        })
    }
}
