//! Adds what room still allows, and takes nothing back.

use crate::maps::{Key, LotKey};

use super::{Hand, Way, Whole};

impl Whole {
    /// Adds deliveries of whole steps where giver and receiver have some left and both have room:
    /// first single ones, those of the largest steps first, since they are the hardest to place;
    /// then chains of them; then loops of equal worth, which need no room.
    pub(super) fn augment(&mut self) {
        for lot in (0..self.lots.len()).map(LotKey::at) {
            self.fill(lot);
        }
        self.add_chains();
        self.add_loops();
        self.add_detours();
    }

    /// Goes along givers and receivers of a lot at once, and on from whichever can do no more.
    fn fill(&mut self, lot: LotKey) {
        let lot = self.lots[lot];
        let (mut gives, mut gets) = (lot.keys(Hand::Gives), lot.keys(Hand::Gets));
        let (mut give, mut get) = (gives.next(), gets.next());
        while let (Some(giver), Some(receiver)) = (give, get) {
            let [giving, getting] = [(giver, Way::Up), (receiver, Way::Down)].map(|(side, way)| {
                self.left(side).min(lot.within(self.slack(self.sides[side].unit, way)))
            });
            let steps = giving.min(getting);
            if self.sides[giver].unit == self.sides[receiver].unit {
                get = gets.next();
                continue;
            }
            if steps > 0 {
                self.deliver(giver, receiver, steps);
            }
            if giving <= getting {
                give = gives.next();
            }
            if getting <= giving {
                get = gets.next();
            }
        }
    }
}
