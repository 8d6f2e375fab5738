//! Which node is what.

use super::lines::number;
use super::ways::position;
use crate::round::Round;

/// Where the nodes of each sort begin: units, lots, spans of offers, spans of needs, floors,
/// intakes, and the pool as the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nodes {
    pub(super) lots: u32,
    pub(super) give_spans: u32,
    pub(super) get_spans: u32,
    pub(super) floors: u32,
    pub(super) intakes: u32,
    pub(super) pool: u32,
}

impl Nodes {
    pub(super) fn of(round: &Round) -> Self {
        let lots = number(round.units.len());
        let give_spans = lots + number(round.lots.len());
        let get_spans = give_spans + number(round.give_spans.len());
        let floors = get_spans + number(round.get_spans.len());
        let intakes = floors + number(round.floors.len());
        let pool = intakes + number(round.intakes.len());
        Self { lots, give_spans, get_spans, floors, intakes, pool }
    }

    pub(super) fn count(&self) -> usize {
        position(self.pool) + 1
    }

    /// How many are units.
    pub(super) const fn units(&self) -> u32 {
        self.lots
    }

    /// The lot that a node is.
    pub(super) const fn lot(&self, node: u32) -> u32 {
        node.wrapping_sub(self.lots)
    }
}
