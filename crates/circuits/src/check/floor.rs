//! The floor of an essential version: levels of whole seconds per counted member.

use super::flaw::{Fault, Place};
use super::line::Line;
use super::narrow::Gain;
use super::ways::{Ways, position};

/// How many levels a version may have in a network of any size.
const LEVELS_OF_ANY: usize = 32;

/// How many arcs all levels of a version may look at where there are more levels.
const ARCS_OF_LEVELS: usize = 1 << 22;

/// An arc on which a floor goes on rising.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rising {
    /// The arc's place in canonical order.
    pub(super) number: u32,
    /// How many members its unit counts.
    pub(super) members: u32,
    /// Its capacity: the unit's own need of what is essential.
    pub(super) most: i64,
    /// What the plan sends along it.
    pub(super) flow: i64,
}

impl Rising {
    /// What a level asks for: so many seconds a member, or all that is needed.
    fn asked(&self, level: i64) -> i64 {
        let asked = i128::from(level) * i128::from(self.members);
        i64::try_from(asked).map_or(self.most, |asked| asked.min(self.most))
    }

    /// What one second a member more would ask for.
    fn further(&self, level: i64) -> i64 {
        self.asked(level.saturating_add(1))
    }
}

/// The floor of one essential version while it rises.
pub(super) struct Floor {
    /// The seconds of the essential quantity: no level is higher.
    highest: i64,
    /// The arcs that still go up, in canonical order.
    rising: Vec<Rising>,
    /// How many more levels there may be.
    levels_left: usize,
}

impl Floor {
    /// The floor in a network of so many arcs.
    pub(super) fn new(highest: i64, rising: Vec<Rising>, arcs: usize) -> Self {
        let levels_left = LEVELS_OF_ANY.max(ARCS_OF_LEVELS / arcs.max(1));
        Self { highest, rising, levels_left }
    }

    /// Whether there is one more level.
    pub(super) fn goes_on(&self) -> bool {
        self.levels_left > 0 && !self.rising.is_empty()
    }

    /// Whether a level is the largest that the flow can be the proof of: everybody who rises has
    /// it, and somebody has not a second a member more.
    pub(super) fn has(&self, level: i64, place: impl Fn(u32) -> Place) -> Result<(), Fault> {
        if !(0..=self.highest).contains(&level) {
            return Err(Fault::LevelOutside { level, most: self.highest });
        }
        if let Some(low) = self.rising.iter().find(|arc| arc.flow < arc.asked(level)) {
            return Err(Fault::LevelTooHigh { level, place: place(low.number) });
        }
        let higher = self.rising.iter().all(|arc| arc.flow >= arc.further(level));
        if level < self.highest && higher {
            return Err(Fault::LevelTooLow { level });
        }
        Ok(())
    }

    /// Raises the least of every arc that rises to what the level asks for.
    pub(super) fn raise(&self, lines: &mut [Line], level: i64) {
        for arc in &self.rising {
            if let Some(line) = lines.get_mut(position(arc.number)) {
                line.lower = line.lower.max(arc.asked(level));
            }
        }
    }

    /// What the level's stage wants: at the highest level nothing more, below it as much as can be
    /// of one second a member more.
    pub(super) fn gains(&self, level: i64) -> impl Fn(&Line) -> Gain + use<> {
        let bend = |arc: &Rising| (arc.number, arc.further(level));
        let bends: Vec<_> =
            if level < self.highest { self.rising.iter().map(bend).collect() } else { Vec::new() };
        move |line| {
            let place = bends.binary_search_by_key(&line.number, |bend| bend.0);
            let bend = place.ok().and_then(|place| bends.get(place));
            bend.map_or(Gain::NONE, |bend| Gain::up_to(bend.1))
        }
    }

    /// After a level was proved: keeps those that go on rising, because they need more, have a
    /// second a member more, and have it in every plan that is still among the best.
    ///
    /// An arc's flow can fall below its bend only along a cycle of what can still change, through
    /// the arc against its direction; and then it stands at the bend and cannot rise.
    pub(super) fn rise(&mut self, nodes: usize, lines: &[Line], level: i64) {
        self.levels_left = self.levels_left.saturating_sub(1);
        if level >= self.highest {
            self.rising.clear();
        }
        let further = |arc: &Rising| arc.further(level);
        self.rising.retain(|arc| arc.most > further(arc) && arc.flow >= further(arc));
        let line = |arc: &Rising| lines.get(position(arc.number));
        let might_fall = |arc: &Rising| {
            line(arc).is_some_and(|line| line.can_fall() && arc.flow == further(arc))
        };
        if !self.rising.iter().any(might_fall) {
            return;
        }
        let rounds = Ways::open(nodes, lines).rounds();
        let round = |node: u32| rounds.get(position(node));
        let falls = |arc: &Rising| {
            might_fall(arc) && line(arc).is_some_and(|line| round(line.tail) == round(line.head))
        };
        self.rising.retain(|arc| !falls(arc));
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::Kind;
    use super::*;
    use crate::maps::UnitIndex;

    fn rising(number: u32, members: u32, most: i64, flow: i64) -> Rising {
        Rising { number, members, most, flow }
    }

    fn line(number: u32, (tail, head): (u32, u32), bounds: (i64, i64), flow: i64) -> Line {
        let (lower, upper) = bounds;
        Line { number, tail, head, lower, upper, flow, most: 0, kind: Kind::Room, of: 0 }
    }

    fn place(number: u32) -> Place {
        Place::Room(UnitIndex(number))
    }

    #[test]
    fn only_the_highest_level_that_everybody_has_stands() {
        let floor = Floor::new(10, vec![rising(4, 2, 12, 7), rising(9, 1, 12, 4)], 9);
        let has = |level| floor.has(level, place);
        assert_eq!(has(3), Ok(()));
        assert_eq!(has(4), Err(Fault::LevelTooHigh { level: 4, place: place(4) }));
        assert_eq!(has(2), Err(Fault::LevelTooLow { level: 2 }));
        assert_eq!(has(11), Err(Fault::LevelOutside { level: 11, most: 10 }));
        assert_eq!(has(-1), Err(Fault::LevelOutside { level: -1, most: 10 }));
    }

    #[test]
    fn at_the_highest_level_nothing_more_is_wanted_and_nobody_rises() {
        let mut floor = Floor::new(10, vec![rising(0, 1, 12, 11), rising(1, 1, 10, 10)], 9);
        assert_eq!(floor.has(10, place), Ok(()));
        let lines = [line(0, (0, 1), (0, 12), 11), line(1, (0, 2), (0, 10), 10)];
        assert!(lines.iter().all(|line| floor.gains(10)(line) == Gain::NONE));
        floor.rise(4, &lines, 10);
        assert!(!floor.goes_on());
    }

    /// Two units after level 2: the first has a second more, the second has not.
    fn after_level_two(lot_of_first: u32) -> Floor {
        let mut floor = Floor::new(9, vec![rising(0, 1, 8, 3), rising(1, 1, 8, 2)], 9);
        assert_eq!(floor.has(2, place), Ok(()));
        let rooms = [line(2, (3, 1), (-9, 9), -3), line(3, (3, 2), (-9, 9), -2)];
        let parts = [line(0, (lot_of_first, 1), (2, 3), 3), line(1, (0, 2), (2, 3), 2)];
        floor.rise(5, &[parts[0], parts[1], rooms[0], rooms[1]], 2);
        floor
    }

    #[test]
    fn who_could_have_less_in_an_equal_plan_does_not_rise() {
        // From one lot the second could have the last second instead of the first.
        assert!(!after_level_two(0).goes_on());
        let apart = after_level_two(4);
        assert!(apart.goes_on());
        assert_eq!(apart.rising.iter().map(|arc| arc.number).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn small_networks_may_have_more_levels_than_large_ones() {
        let levels = |arcs| Floor::new(9, Vec::new(), arcs).levels_left;
        assert_eq!([131_072, 131_071, 10_000, 1].map(levels), [32, 32, 419, 1 << 22]);
        assert_eq!([1, 10_000, 1_000_000].map(crate::stage::levels_max), [1 << 22, 419, 32]);
    }

    #[test]
    fn a_level_is_kept_in_the_stages_after() {
        let floor = Floor::new(9, vec![rising(1, 3, 8, 8), rising(2, 1, 8, 5)], 9);
        let mut lines = [(0, 9), (0, 8), (4, 8)].map(|bounds| line(0, (0, 1), bounds, 8));
        floor.raise(&mut lines, 2);
        assert_eq!(lines.map(|line| line.lower), [0, 6, 4]);
        let numbered = |number| Line { number, ..lines[0] };
        let gains = [0, 1, 2].map(|number| floor.gains(2)(&numbered(number)));
        assert_eq!(gains, [Gain::NONE, Gain::up_to(8), Gain::up_to(3)]);
    }
}
