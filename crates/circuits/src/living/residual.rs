//! A flow with potentials for all stages at once, and what a change of it costs.

use std::cmp::Ordering;

use super::pieces::Pieces;
use super::star::{Leaving, Star, Way};
use crate::maps::{Key, Map, Node, NodeMap, Piece, Rows};
use crate::stage::Stage;

/// A flow with potentials for all stages at once.
///
/// Costs and potentials are rows with a number for each stage, compared like words: what comes first
/// decides. A flow is the best in every stage, one after the other, exactly if no way with room has
/// a reduced cost, cost + potential(from) − potential(to), that is less than nothing as a word. That
/// is what the stages say one by one: a way that costs something in one stage is out of the question
/// in those after.
pub(super) struct Residual<'a> {
    pub(super) pieces: Pieces<'a>,
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
    at_first: Star,
    /// Those that have come since.
    since: NodeMap<Vec<Leaving>>,
    /// Which pieces are in either, so that none is there twice.
    is_in: Map<Piece, bool>,
}

impl<'a> Residual<'a> {
    pub(super) fn new(
        pieces: Pieces<'a>,
        flows: Map<Piece, i64>,
        potentials: Rows<Node, i64>,
        nodes: usize,
    ) -> Self {
        let is_draw = |stage: &&Stage| matches!(stage, Stage::Draw(_));
        let level = Level {
            stages: pieces.stages.iter().filter(|stage| !is_draw(stage)).count(),
            at_first: Star::of(nodes, &pieces, [].into_iter()),
            since: NodeMap::filled(Vec::new(), nodes),
            is_in: Map::filled(false, flows.len()),
        };
        let all = Star::of(nodes, &pieces, (0..flows.len()).map(Piece::at));
        Self { pieces, flows, potentials, all, level }
    }

    pub(super) fn node_count(&self) -> usize {
        self.level.since.len()
    }

    /// How many stages there are.
    pub(super) const fn stages(&self) -> usize {
        self.pieces.stages.len()
    }

    /// The ways that leave a node.
    #[inline]
    pub(super) fn leaving(&self, node: Node) -> &[Leaving] {
        self.all.leaving(node)
    }

    /// Ways that leave a node, with all that cost nothing in the stages before the draws.
    #[inline]
    pub(super) fn leaving_level(&self, node: Node) -> [&[Leaving]; 2] {
        [self.level.at_first.leaving(node), &self.level.since[node]]
    }

    /// Whether a stage comes before the draws.
    pub(super) const fn is_settled(&self, stage: usize) -> bool {
        stage < self.level.stages
    }

    /// Whether a way costs nothing in the stages before the draws.
    #[inline]
    pub(super) fn is_level(&mut self, way: Way) -> bool {
        (0..self.level.stages).all(|stage| self.reduced(way, stage) == 0)
    }

    /// Tells all pieces that cost nothing in the stages before the draws.
    pub(super) fn level_out(&mut self, pieces: &[Piece]) {
        for &piece in pieces {
            self.level.is_in[piece] = true;
        }
        let nodes = self.node_count();
        self.level.at_first = Star::of(nodes, &self.pieces, pieces.iter().copied());
    }

    /// Tells a way that has come to cost nothing in the stages before the draws.
    pub(super) fn add_level(&mut self, way: Way) {
        if !std::mem::replace(&mut self.level.is_in[way.piece()], true) {
            let (from, to) = self.ends(way);
            self.level.since[from].push(Leaving { way, head: to });
            self.level.since[to].push(Leaving { way: way.turned(), head: from });
        }
    }

    /// The nodes that a way leads from and to.
    #[inline]
    pub(super) fn ends(&self, way: Way) -> (Node, Node) {
        let (from, to) = self.pieces.ends(way.piece());
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
    pub(super) fn reduced(&mut self, way: Way, stage: usize) -> i64 {
        let (from, to) = self.pieces.ends(way.piece());
        let cost = self.pieces.cost(way.piece(), stage);
        let ends = self.potentials[from].get(stage).zip(self.potentials[to].get(stage));
        let reduced = ends.map_or(0, |(from, to)| cost + from - to);
        if way.is_back() { -reduced } else { reduced }
    }

    /// The first stage in which a second more on a piece costs more or less than nothing, and which
    /// of the two.
    #[inline]
    pub(super) fn decided(&mut self, piece: Piece) -> Option<(usize, Ordering)> {
        (0..self.stages()).find_map(|stage| {
            let reduced = self.reduced(Way::along(piece), stage);
            (reduced != 0).then(|| (stage, reduced.cmp(&0)))
        })
    }
}
