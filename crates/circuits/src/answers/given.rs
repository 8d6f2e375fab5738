//! Canonical positions and those of the lists that the round was made from.

use crate::maps::{Key, Node, UnitIndex, VersionIndex};

use super::view::View;

impl View<'_> {
    /// A unit's position in the list that the round was made from.
    pub(super) fn unit_given(&self, unit: u32) -> UnitIndex {
        let placed = self.round.units.get(Node(unit).position());
        placed.map_or(UnitIndex(unit), |placed| placed.given)
    }

    /// A version's position in the list that the round was made from.
    pub(super) fn version_given(&self, version: u32) -> VersionIndex {
        let placed = self.round.versions.get(Node(version).position());
        placed.map_or(VersionIndex(version), |placed| placed.given)
    }

    /// The canonical position of a unit that was given; none if there is none.
    pub(super) fn unit_rank(&self, given: UnitIndex) -> Option<u32> {
        let found = (0..).zip(&self.round.units).find(|(_, unit)| unit.given == given);
        found.map(|(rank, _)| rank)
    }

    /// The canonical position of a version that was given; none if there is none.
    pub(super) fn version_rank(&self, given: VersionIndex) -> Option<u32> {
        let found = (0..).zip(&self.round.versions).find(|(_, version)| version.given == given);
        found.map(|(rank, _)| rank)
    }
}
