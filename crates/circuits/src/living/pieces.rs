//! Arcs cut into pieces that are worth the same from end to end in every stage.

use std::ops::Range;

use crate::gain::Gain;
use crate::maps::{Arc, Key, Map, Node, Piece, Rows};
use crate::network::{Bounded, Network};
use crate::stage::Stage;

/// Parts of arcs, side by side: those of one arc in a row, the lowest first.
///
/// What holds: a piece of an arc is worth more than the next of the same arc, in the first stage in
/// which they differ. So wherever flow is the best, a piece carries something only if the one below is
/// full.
pub(super) struct Pieces {
    /// The nodes that a piece leads from and to.
    pub(super) ends: Map<Piece, (Node, Node)>,
    pub(super) parts: Map<Piece, Part>,
    /// What a second on each piece costs in each stage.
    pub(super) costs: Rows<Piece, i32>,
}

/// A part of an arc: from one flow on it to another.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) from: i64,
    pub(super) until: i64,
}

impl Part {
    /// How much it can carry.
    pub(super) const fn most(&self) -> i64 {
        self.until - self.from
    }
}

/// An arc, cut at the marks of the stages.
pub(super) struct Cut<'a> {
    stages: &'a [Stage],
    draws: bool,
    pub(super) parts: Vec<Part>,
    /// The costs of the parts, one row after the other.
    pub(super) costs: Vec<i32>,
    marks: Vec<i64>,
}

impl<'a> Cut<'a> {
    pub(super) fn new(stages: &'a [Stage]) -> Self {
        let draws = stages.iter().any(|stage| matches!(stage, Stage::Draw(_)));
        Self { stages, draws, parts: Vec::new(), costs: Vec::new(), marks: Vec::new() }
    }

    /// Cuts another arc; into nothing, if its bounds leave it one flow.
    pub(super) fn take(&mut self, network: &Network<'_>, arc: Arc) {
        let Bounded { lower, upper, .. } = network.arcs[arc];
        self.parts.clear();
        self.costs.clear();
        self.marks.clear();
        if lower == upper {
            return;
        }
        let inside = |mark: &i64| (lower + 1..upper).contains(mark);
        let can = |stage: &&Stage| matches!(stage, Stage::Evenness(..) | Stage::Changes);
        let gains = self.stages.iter().filter(can).map(|&stage| network.gain(arc, stage));
        let marked = gains.filter(|gain: &Gain| gain.first != gain.beyond);
        self.marks.extend(marked.map(|gain| gain.mark).filter(inside));
        self.marks.sort_unstable();
        self.marks.dedup();
        self.marks.push(upper);
        // All draws come of one hash.
        let drawn = if self.draws { network.draw(arc) } else { None };
        let mut from = lower;
        for &until in &self.marks {
            self.parts.push(Part { from, until });
            self.costs.extend(self.stages.iter().map(|&stage| match stage {
                Stage::Draw(draw) => -drawn.map_or(0, |drawn| i32::from(drawn.weight(draw))),
                _ => -network.gain(arc, stage).of_rising(from),
            }));
            from = until;
        }
    }
}

impl Pieces {
    /// Room for so many pieces and stages.
    pub(super) fn with_capacity(pieces: usize, stages: usize) -> Self {
        Self {
            ends: Map::with_capacity(pieces),
            parts: Map::with_capacity(pieces),
            costs: Rows::with_capacity(pieces, stages),
        }
    }

    /// Adds the parts of an arc.
    pub(super) fn add(&mut self, ends: (Node, Node), cut: &Cut<'_>) -> Range<Piece> {
        let first = Piece::at(self.parts.len());
        for &part in &cut.parts {
            self.ends.push(ends);
            self.parts.push(part);
        }
        self.costs.extend(cut.costs.iter().copied());
        first..Piece::at(self.parts.len())
    }

    /// Whether an arc is cut into pieces that are worth as much as these.
    pub(super) fn are_like(&self, own: Range<Piece>, cut: &Cut<'_>) -> bool {
        let costs = (own.start.0..own.end.0).flat_map(|piece| &self.costs[Piece(piece)]);
        costs.eq(&cut.costs)
    }
}
