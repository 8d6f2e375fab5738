//! Brings every unit back within its room, after steps took the place of seconds.

use std::collections::VecDeque;

use crate::maps::{Key, Map, PairKey, SideKey, UnitIndex};

use super::{Pair, Way, Whole};

/// How often a unit is helped in the gentle ways; after that its deliveries are only cut.
const GENTLE: u32 = 2;

/// How often a unit's deliveries are cut by as little as is needed; after that by twice as much
/// each time.
const SPARING: u32 = 4;

/// A delivery that could be cut. The order of the fields is the order of preference: what is not
/// essential, what suffices, what leaves the other within its bounds, what helps the other too, and
/// little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    essential: bool,
    /// The seconds that would still be missing.
    too_little: i64,
    /// By how many seconds the other would then be beyond its bounds.
    pushed: i64,
    /// Whether the other is not itself waiting for it.
    unhelped: bool,
    seconds: i64,
    pair: PairKey,
}

impl Whole {
    /// Helps each unit beyond its bounds, until there is none.
    ///
    /// It is tried in this order: to add a delivery; to let another unit, which has room, take the
    /// unit's place in one; to cut one, which may put another unit beyond its bounds, and that is
    /// helped next. It comes to an end because cuts grow with every time that a unit waits, and a
    /// unit without deliveries is within its bounds.
    pub(super) fn mend(&mut self) {
        let mut times = Map::filled(0_u32, self.net.len());
        loop {
            let units = (0..self.net.len()).map(UnitIndex::at);
            let waiting: VecDeque<_> = units.filter(|&unit| self.beyond(unit).is_some()).collect();
            if waiting.is_empty() {
                return;
            }
            self.help(waiting, &mut times);
        }
    }

    fn help(&mut self, mut waiting: VecDeque<UnitIndex>, times: &mut Map<UnitIndex, u32>) {
        while let Some(unit) = waiting.pop_front() {
            let Some((way, _)) = self.beyond(unit) else { continue };
            times[unit] += 1;
            if times[unit] <= GENTLE {
                self.add(unit, way);
                self.take_over(unit, way);
                self.hand_on(unit, way);
            }
            self.cut(unit, times[unit].saturating_sub(SPARING), &mut waiting);
        }
    }

    /// How far a unit must still move this way.
    fn wanting(&self, unit: UnitIndex, way: Way) -> i64 {
        self.beyond(unit).filter(|beyond| beyond.0 == way).map_or(0, |beyond| beyond.1)
    }

    /// The most steps of a side's lot that bring its unit this way no further than it should go,
    /// while another's entitlement moves as far back.
    fn helpful(&self, side: SideKey, way: Way, other: UnitIndex) -> i64 {
        let side = self.sides[side];
        if side.unit == other {
            return 0;
        }
        let lot = &self.lots[side.lot];
        let room = self.slack(side.unit, way).min(self.slack(other, way.back()));
        lot.fewest(self.wanting(side.unit, way)).min(lot.within(room))
    }

    /// Adds to what the unit gives, or to what it gets.
    fn add(&mut self, unit: UnitIndex, way: Way) {
        let hand = way.hand();
        for side in self.sides_of(unit, hand) {
            if self.left(side) == 0 {
                continue;
            }
            for other in self.near(side, hand.other()) {
                let helpful = self.helpful(side, way, self.sides[other].unit);
                let steps = helpful.min(self.left(side)).min(self.left(other));
                if steps > 0 {
                    let (give, get) = hand.in_order(side, other);
                    self.deliver(give, get, steps);
                }
            }
        }
    }

    /// Lets the unit take the place of others.
    fn take_over(&mut self, unit: UnitIndex, way: Way) {
        let hand = way.hand();
        for side in self.sides_of(unit, hand).into_iter().rev() {
            for other in self.near(side, hand) {
                if self.left(side) == 0 || self.wanting(unit, way) == 0 {
                    break;
                }
                for pair in self.first_pairs(other) {
                    let helpful = self.helpful(side, way, self.sides[other].unit);
                    let steps = helpful.min(self.left(side)).min(self.pairs[pair].steps);
                    self.replace(pair, other, side, steps);
                }
            }
        }
    }

    /// Lets others take the unit's place.
    fn hand_on(&mut self, unit: UnitIndex, way: Way) {
        let hand = way.back().hand();
        for side in self.sides_of(unit, hand).into_iter().rev() {
            for pair in self.first_pairs(side) {
                for other in self.near(side, hand) {
                    if self.pairs[pair].steps == 0 || self.wanting(unit, way) == 0 {
                        break;
                    }
                    let helpful = self.helpful(side, way, self.sides[other].unit);
                    let steps = helpful.min(self.left(other)).min(self.pairs[pair].steps);
                    self.replace(pair, side, other, steps);
                }
            }
        }
    }

    fn first_pairs(&self, side: SideKey) -> Vec<PairKey> {
        self.pairs_of[side].iter().copied().take(super::LOOKED_AT).collect()
    }

    /// Lets one side take the place of another of its hand for some steps of a pair.
    fn replace(&mut self, pair: PairKey, side: SideKey, by: SideKey, steps: i64) {
        let Pair { give, get, .. } = self.pairs[pair];
        let partner = if side == give { get } else { give };
        if steps <= 0 || self.sides[by].unit == self.sides[partner].unit {
            return;
        }
        self.change(pair, -steps);
        let (give, get) = self.sides[by].hand.in_order(by, partner);
        self.deliver(give, get, steps);
    }

    /// Cuts what the unit gets, or what it gives, until it is within its bounds, and lets those wait
    /// whom that puts beyond theirs.
    fn cut(&mut self, unit: UnitIndex, doublings: u32, waiting: &mut VecDeque<UnitIndex>) {
        let Some((way, beyond)) = self.beyond(unit) else { return };
        let factor = 1_i64.checked_shl(doublings.min(40)).unwrap_or(1);
        let mut least = beyond.saturating_mul(factor);
        for cut in self.cuts(unit, way, least) {
            let Pair { give, get, steps, .. } = self.pairs[cut.pair];
            let [give, get] = [give, get].map(|side| self.sides[side]);
            let other = if give.unit == unit { get.unit } else { give.unit };
            let before = self.net[unit];
            self.change(cut.pair, -steps.min(self.lots[give.lot].fewest(least)));
            least -= (self.net[unit] - before).abs();
            if self.beyond(other).is_some() {
                waiting.push_back(other);
            }
            if least <= 0 {
                break;
            }
        }
        if self.beyond(unit).is_some() {
            waiting.push_back(unit);
        }
    }

    /// What a unit could do less of, the best to begin with first.
    fn cuts(&self, unit: UnitIndex, way: Way, least: i64) -> Vec<Cut> {
        let mut cuts = Vec::new();
        for side in self.sides_of(unit, way.back().hand()) {
            let lot = &self.lots[self.sides[side].lot];
            for &pair in &self.pairs_of[side] {
                let Pair { give, get, steps, .. } = self.pairs[pair];
                let other = self.sides[if give == side { get } else { give }].unit;
                let seconds = lot.worth(steps.min(lot.fewest(least)));
                if steps > 0 {
                    cuts.push(Cut {
                        essential: lot.essential,
                        too_little: (least - seconds).max(0),
                        pushed: (seconds - self.slack(other, way.back())).max(0),
                        unhelped: self.wanting(other, way.back()) == 0,
                        seconds,
                        pair,
                    });
                }
            }
        }
        cuts.sort_unstable();
        cuts
    }
}
