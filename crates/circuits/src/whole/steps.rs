//! Whole steps in place of seconds, and who delivers them to whom.

use crate::maps::{LotKey, Map, SideKey, UnitIndex};

use super::sides::Hand;
use super::{Lot, Whole};

/// What a side gives or gets in whole steps.
#[derive(Debug, Clone, Copy)]
struct Share {
    side: SideKey,
    steps: i64,
    /// Whether it may have a step more: there is flow beyond its steps, and it has one left.
    more: bool,
    /// How many of the steps are beyond its flow, by the part seconds that are dropped.
    over: i64,
    /// How much the step is due to it, in thousandths of a second.
    due: i128,
}

impl Whole {
    /// Sets out the deliveries of every lot, those of the largest steps first.
    ///
    /// Every side gets the steps whose worth is within its flow, and some get one more, so that a
    /// lot delivers as nearly what flows through it as whole steps can, and that givers and
    /// receivers come to the same. One more is due first to the side with the most flow beyond its
    /// steps, what rounding did to its unit in the lots before being added: so small steps make up
    /// for large ones. Then givers and receivers are paired by the north-west corner rule: the
    /// first giver serves the first receiver until one of the two is done.
    pub(super) fn set_out(&mut self) {
        let mut drift = Map::filled(0_i128, self.net.len());
        for key in (0..self.lots.len()).map(crate::maps::Key::at) {
            let lot = self.lots[key];
            let mut gives = self.shares(key, Hand::Gives, &drift);
            let mut gets = self.shares(key, Hand::Gets, &drift);
            let steps = self.steps(&lot, &gives, &gets);
            bring(&mut gives, steps);
            bring(&mut gets, steps);
            self.keep_drift(&lot, &gives, 1, &mut drift);
            self.keep_drift(&lot, &gets, -1, &mut drift);
            self.pair(&gives, &gets);
        }
    }

    /// The steps within the flow of each side of a lot that has any.
    fn shares(&self, lot: LotKey, hand: Hand, drift: &Map<UnitIndex, i128>) -> Vec<Share> {
        let lot = &self.lots[lot];
        let flowing = lot.keys(hand).take_while(|&side| self.sides[side].flow > 0);
        let share = |key| {
            let side = self.sides[key];
            let left = self.left(key);
            let steps = lot.most(side.flow).min(left);
            let beyond = i128::from(side.flow) * 1000 - i128::from(steps) * lot.step;
            let due = match hand {
                Hand::Gives => beyond - drift[side.unit],
                Hand::Gets => beyond + drift[side.unit],
            };
            let over = (steps - lot.within(side.flow)).max(0);
            Share { side: key, steps, more: beyond > 0 && left > steps, over, due }
        };
        flowing.map(share).collect()
    }

    /// How many steps a lot delivers.
    fn steps(&self, lot: &Lot, gives: &[Share], gets: &[Share]) -> i64 {
        let flow: i128 = gives.iter().map(|one| i128::from(self.sides[one.side].flow)).sum();
        let nearest = (2000 * flow + lot.step) / (2 * lot.step);
        let least = total(gives).max(total(gets));
        let most = |shares: &[Share]| -> i64 {
            total(shares) + shares.iter().map(|one| i64::from(one.more)).sum::<i64>()
        };
        let most = most(gives).min(most(gets));
        i64::try_from(nearest).unwrap_or(i64::MAX).max(least).min(most)
    }

    fn keep_drift(
        &self,
        lot: &Lot,
        shares: &[Share],
        sign: i128,
        drift: &mut Map<UnitIndex, i128>,
    ) {
        for one in shares {
            let side = self.sides[one.side];
            let more = i128::from(one.steps) * lot.step - i128::from(side.flow) * 1000;
            drift[side.unit] += sign * more;
        }
    }

    fn pair(&mut self, gives: &[Share], gets: &[Share]) {
        let mut gets = gets.iter().filter(|one| one.steps > 0);
        let mut get = gets.next().map(|one| (one.side, one.steps));
        for give in gives {
            let mut left = give.steps;
            while let (true, Some((side, wanted))) = (left > 0, get) {
                let steps = left.min(wanted);
                self.deliver(give.side, side, steps);
                left -= steps;
                get = if wanted > steps {
                    Some((side, wanted - steps))
                } else {
                    gets.next().map(|one| (one.side, one.steps))
                };
            }
        }
    }
}

fn total(shares: &[Share]) -> i64 {
    shares.iter().map(|one| one.steps).sum()
}

/// Brings the sides of one hand to a number of steps: one more where it is most due; or fewer where
/// it is least, those beyond its flow first.
fn bring(shares: &mut [Share], steps: i64) {
    let mut missing = steps - total(shares);
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let due = |place: &usize| shares.get(*place).map(|one| (-one.due, one.side));
    order.sort_unstable_by_key(due);
    for &place in &order {
        if let Some(one) = shares.get_mut(place).filter(|one| missing > 0 && one.more) {
            one.steps += 1;
            missing -= 1;
        }
    }
    for most in [|one: &Share| one.over, |one: &Share| one.steps] {
        for &place in order.iter().rev() {
            if let Some(one) = shares.get_mut(place).filter(|_| missing < 0) {
                let fewer = most(one).min(-missing);
                one.steps -= fewer;
                missing += fewer;
            }
        }
    }
}
