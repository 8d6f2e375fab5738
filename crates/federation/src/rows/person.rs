use serde::{Deserialize, Serialize};

use crate::act::HeldBy;
use crate::rows::{Helpers, Unit};
use crate::{BodyId, Id, PersonId, PublicKey, Time};

/// A human being.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name they are known by in every federation.
    pub id: PersonId,
    /// The unit they are a member of; for a unit that left, still that unit.
    pub unit: Option<Id<Unit>>,
    /// Every move: how many entries the record had, and the unit they were a member of from then on.
    pub moves: Vec<(u64, Option<Id<Unit>>)>,
    /// The units that they were a member of when those left.
    pub left_with: Vec<Id<Unit>>,
    /// Who they are, in a body; none if they have not said.
    pub about: Option<BodyId>,
    /// Their keys, also those out of use, first added first.
    pub keys: Vec<PublicKey>,
    /// Who can help them to a new key; none if they have named nobody.
    pub helpers: Option<Helpers>,
    /// Whom they have named instead, from when on.
    pub next_helpers: Option<(Time, Helpers)>,
    /// When they came into the record.
    pub since: Time,
}

impl Person {
    /// The unit they were a member of when the record had so many entries.
    pub fn unit_before(&self, size: u64) -> Option<Id<Unit>> {
        let before = self.moves.iter().rev().find(|(moved, _)| *moved < size);
        before.and_then(|&(_, unit)| unit)
    }
}

/// A key of a person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Whose it is.
    pub person: Id<Person>,
    /// Who holds the private half.
    pub held_by: HeldBy,
    /// When it came into use.
    pub since: Time,
    /// When it went out of use, if it did.
    pub revoked: Option<Time>,
    /// Which serial numbers it has used.
    pub serials: Serials,
}

/// The serial numbers that a key has used: all below a window of 1,024, and some in it.
///
/// A number is taken if unused and above the highest − 1,024, so an outbox can arrive late and out
/// of order, and nothing is replayed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Serials {
    highest: Option<u64>,
    /// Bit `n` of the whole: `highest − n` was used. Trailing zero words are not kept.
    used: Vec<u64>,
}

/// How far below the highest a serial number may come in late.
const WINDOW: u64 = 1024;

impl Serials {
    /// The highest number used so far.
    pub const fn highest(&self) -> Option<u64> {
        self.highest
    }

    /// The lowest number that can still come.
    pub fn least(&self) -> u64 {
        self.highest.map_or(0, |highest| highest.saturating_sub(WINDOW - 1))
    }

    /// Whether this number was used, as far as the window shows.
    pub fn is_used(&self, serial: u64) -> bool {
        let Some(back) = self.highest.and_then(|highest| highest.checked_sub(serial)) else {
            return false;
        };
        let word = usize::try_from(back / 64).ok().and_then(|n| self.used.get(n));
        word.is_some_and(|word| word >> (back % 64) & 1 == 1)
    }

    /// Marks a number as used; the caller has asked [`Serials::is_used`] and [`Serials::least`].
    pub(crate) fn mark(&mut self, serial: u64) {
        let ahead = match self.highest {
            Some(highest) => serial.saturating_sub(highest),
            None => WINDOW,
        };
        if ahead > 0 || self.highest.is_none() {
            self.shift(ahead);
            self.highest = Some(serial);
        }
        let back = self.highest.unwrap_or(serial) - serial;
        let Ok(word) = usize::try_from(back / 64) else { return };
        if self.used.len() <= word {
            self.used.resize(word + 1, 0);
        }
        if let Some(bits) = self.used.get_mut(word) {
            *bits |= 1 << (back % 64);
        }
    }

    /// Makes room for `ahead` newer numbers.
    fn shift(&mut self, ahead: u64) {
        if ahead >= WINDOW {
            self.used.clear();
            return;
        }
        let words = usize::try_from(ahead / 64).unwrap_or(0);
        self.used.splice(0..0, std::iter::repeat_n(0, words));
        let bits = ahead % 64;
        if bits > 0 {
            let mut carried = 0;
            for word in &mut self.used {
                let out = *word >> (64 - bits);
                *word = *word << bits | carried;
                carried = out;
            }
            self.used.push(carried);
        }
        self.used.truncate(usize::try_from(WINDOW / 64).unwrap_or(16));
        while self.used.last() == Some(&0) {
            self.used.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_serial_is_used_once_and_late_ones_come_in_within_the_window() {
        let mut serials = Serials::default();
        for serial in [5, 3, 70, 64, 1000, 999, 2000, 1990] {
            assert!(!serials.is_used(serial) && serial >= serials.least(), "{serial}");
            serials.mark(serial);
            assert!(serials.is_used(serial), "{serial}");
        }
        assert_eq!(serials.least(), 977);
        for serial in [1000, 999, 2000, 1990] {
            assert!(serials.is_used(serial), "{serial}");
        }
        assert!(!serials.is_used(1001) && !serials.is_used(2001) && !serials.is_used(998));
    }
}
