//! Which offers a need can draw on, and what shuts it out from others.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use measure::Hours;

use crate::maps::{Arc, UnitIndex};
use crate::round::Merged;

use super::view::{Ask, View, Wanted};
use super::why::hours;

/// What stands between a need and an offer of what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Barrier {
    /// One of the two will not deal with the other.
    Refused,
    /// It cannot be handed over where it can be taken.
    Area,
    /// It is not there when it is needed.
    Weeks,
}

impl View<'_> {
    /// The offers of what a need asks for, with the arc of each.
    fn offers_for(&self, ask: &Ask) -> impl Iterator<Item = (Arc, &Merged)> {
        let version = match ask.wanted {
            Wanted::Version(version) => Some(version),
            Wanted::Owed(_) => None,
        };
        let all = (0..).map(Arc).zip(&self.round.gives);
        all.filter(move |(_, offer)| Some(offer.version) == version)
    }

    /// How many seconds there are of what a need can draw on.
    pub(super) fn offered(&self, ask: &Ask) -> i64 {
        match ask.wanted {
            Wanted::Owed(_) => ask.seconds,
            Wanted::Version(_) => self.offers_for(ask).map(|(_, offer)| offer.seconds).sum(),
        }
    }

    /// How many seconds there are of it, within reach or not.
    pub(super) fn offered_anywhere(&self, ask: &Ask) -> i64 {
        self.offered(ask)
    }

    /// Who offers it out of reach, and what stands between.
    pub(super) fn shut_out(&self, ask: &Ask) -> Vec<(UnitIndex, Barrier)> {
        let offers = self.offers_for(ask);
        let shut = offers
            .filter_map(|(_, offer)| Some((self.unit_given(offer.unit), barrier(ask, offer)?)));
        shut.collect()
    }

    /// Who has some left to give of what a need can draw on.
    pub(super) fn with_more(&self, ask: &Ask) -> Vec<UnitIndex> {
        if let Wanted::Owed(giver) = ask.wanted {
            return vec![self.unit_given(giver)];
        }
        let left = self.offers_for(ask).filter(|&(arc, offer)| self.flows[arc] < offer.seconds);
        let mut givers: Vec<_> = left.map(|(_, offer)| self.unit_given(offer.unit)).collect();
        givers.sort_unstable();
        givers.dedup();
        givers
    }

    /// What others got of what a need could have drawn on, most first.
    pub(super) fn receivers(&self, ask: &Ask) -> Vec<(UnitIndex, Hours)> {
        let mut got: BTreeMap<UnitIndex, i64> = BTreeMap::new();
        for other in self.asks().filter(|other| other.wanted == ask.wanted && other.flow > 0) {
            if other.unit != ask.unit {
                *got.entry(self.unit_given(other.unit)).or_default() += other.flow;
            }
        }
        let mut got: Vec<_> = got.into_iter().map(|(unit, flow)| (unit, hours(flow))).collect();
        got.sort_by_key(|&(unit, hours)| (Reverse(hours), unit));
        got
    }
}

/// What stands between a need and an offer; nothing if the offer can reach it.
const fn barrier(_: &Ask, _: &Merged) -> Option<Barrier> {
    None
}
