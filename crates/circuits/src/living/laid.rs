//! A plan laid along its round, to be mended when the round changes.

use std::ops::Range;

use super::forest::Forest;
use super::pivots::Pivots;
use super::residual::Residual;
use crate::maps::{Arc, ArcMap, Node, NodeMap, Piece};
use crate::network::Kind;
use crate::stage::Stage;

/// A plan laid along the network of its round: as pieces with potentials for all stages after the
/// floors, and a forest of those that cost nothing.
///
/// Nodes have numbers of their own here, and pieces too: what is gone keeps its number, and what
/// comes new gets the next one.
pub(super) struct Laid {
    /// The stages, as many draws among them as the plan needed.
    pub(super) stages: Vec<Stage>,
    pub(super) residual: Residual,
    pub(super) forest: Forest,
    /// The number here of each node of the round.
    pub(super) nodes: NodeMap<Node>,
    /// What each arc of the round is here.
    pub(super) arcs: ArcMap<Own>,
    pub(super) kinds: ArcMap<Kind>,
}

/// An arc of the round, as it is laid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    pub(super) ends: (Node, Node),
    pub(super) lower: i64,
    pub(super) upper: i64,
    first: Piece,
    end: Piece,
}

impl Own {
    pub(super) const fn new(
        ends: (Node, Node),
        (lower, upper): (i64, i64),
        pieces: Range<Piece>,
    ) -> Self {
        Self { ends, lower, upper, first: pieces.start, end: pieces.end }
    }

    pub(super) const fn range(&self) -> Range<Piece> {
        self.first..self.end
    }

    /// Its pieces, the lowest first.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece> + use<> {
        (self.first.0..self.end.0).map(Piece)
    }
}

/// How many ways may be looked at for each that there is, and each stage, before solving from the
/// beginning is as good; and how many in any case.
const LOOKS_MAX: usize = 6;
const LOOKS_LEAST: usize = 1 << 16;

impl Laid {
    /// Brings what flows into nodes beyond what flows out to where it is lacking, after the bounds of
    /// some pieces have changed. None if that takes longer than solving from the beginning.
    pub(super) fn settle(&mut self, excess: Vec<(Node, i64)>, pieces: &[Piece]) -> Option<()> {
        let looks_max =
            LOOKS_MAX * self.residual.flows.len() * (1 + self.stages.len()) + LOOKS_LEAST;
        let hung = |&piece: &Piece| self.forest.hung_by(piece, self.residual.pieces.ends[piece]);
        let hung: Vec<_> = pieces.iter().filter_map(hung).collect();
        let mut pivots = Pivots::new(&mut self.residual, &mut self.forest);
        for node in hung {
            pivots.look_at(node);
        }
        for (node, amount) in excess {
            pivots.send_up(node, amount);
        }
        pivots.settle(looks_max)
    }

    /// The flow on an arc.
    pub(super) fn flow(&self, arc: Arc) -> i64 {
        let own = &self.arcs[arc];
        own.pieces().fold(own.lower, |sum, piece| sum + self.residual.flows[piece])
    }

    /// Whether so much has come and gone that it is time to lay the plan anew.
    pub(super) fn is_worn(&self) -> bool {
        let pieces = self.residual.flows.len();
        pieces > self.arcs.len() + self.arcs.len() / 4 + 1024 || self.residual.is_level_worn()
    }
}
