//! What each unit gives and gets, in all lots.

use crate::maps::{Key, Map, SideKey, UnitIndex};

use super::Whole;
use super::sides::{Hand, Side};

/// The sides of each unit, those of the largest steps first.
pub(super) struct SidesOf {
    /// Where those of each unit begin.
    first: Vec<usize>,
    sides: Vec<SideKey>,
}

impl SidesOf {
    pub(super) fn new(units: usize, sides: &Map<SideKey, Side>) -> Self {
        let mut order: Vec<_> = sides.iter().map(|(key, side)| (side.unit, key)).collect();
        order.sort_unstable();
        let starts = |unit: usize| order.partition_point(|(of, _)| of.position() < unit);
        let first = (0..=units).map(starts).collect();
        Self { first, sides: order.into_iter().map(|(_, side)| side).collect() }
    }

    fn of(&self, unit: UnitIndex) -> &[SideKey] {
        let bound = |place: usize| self.first.get(place).copied().unwrap_or(0);
        let range = bound(unit.position())..bound(unit.position() + 1);
        self.sides.get(range).unwrap_or_default()
    }
}

impl Whole {
    /// What a unit gives or gets, those of the largest steps first.
    pub(super) fn sides_of(&self, unit: UnitIndex, hand: Hand) -> Vec<SideKey> {
        let sides = self.sides_of.of(unit).iter().copied();
        sides.filter(|&side| self.sides[side].hand == hand).collect()
    }
}
