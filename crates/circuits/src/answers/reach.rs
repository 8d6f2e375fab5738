//! Which offers a need can draw on, and what shuts it out from others.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use measure::Hours;

use crate::maps::{Key, Node, UnitIndex};
use crate::round::Reach;

use super::ask::{Ask, Wanted};
use super::bid::Bid;
use super::view::View;
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
    /// One of the two tells so much apart in this version that the round would be too large with it.
    TooLarge,
}

/// An offer as a need sees it.
struct Seen {
    unit: u32,
    seconds: i64,
    flow: i64,
    /// What stands between, if it does not reach the need.
    barrier: Option<Barrier>,
}

impl View<'_> {
    /// The offers by others of what a need asks for.
    fn offers_for(&self, ask: &Ask) -> Vec<Seen> {
        let Some(need) = ask.source.and_then(|source| self.need(source)) else { return Vec::new() };
        let given = (0..).map(crate::maps::Arc).zip(&self.round.gives);
        let reaching = given.map(|(arc, offer)| (Bid::of(offer), self.flows[arc]));
        let apart = self.round.lone_gives.iter().map(|offer| (Bid::alone(offer), 0));
        let others = reaching
            .chain(apart)
            .filter(|(offer, _)| offer.version == need.version && offer.unit != need.unit);
        let seen = others.map(|(offer, flow)| Seen {
            unit: offer.unit,
            seconds: offer.seconds,
            flow,
            barrier: self.barrier(&need, &offer),
        });
        seen.collect()
    }

    /// What stands between a need and an offer; nothing if both reach a lot.
    fn barrier(&self, need: &Bid, offer: &Bid) -> Option<Barrier> {
        let (Some(one), Some(other)) = (need.reach, offer.reach) else {
            return Some(self.cause(need, offer));
        };
        let (gets, gives) = (self.get_lots(one), self.give_lots(other));
        let shared = gets.iter().any(|lot| gives.contains(lot));
        (!shared).then(|| self.cause(need, offer))
    }

    fn cause(&self, need: &Bid, offer: &Bid) -> Barrier {
        let area =
            |area: Option<u32>| area.and_then(|area| self.round.areas.get(Node(area).position()));
        let apart = area(need.area)
            .zip(area(offer.area))
            .is_some_and(|(one, other)| !one.lies_in(other) && !other.lies_in(one));
        let out = |unit| self.round.is_crowded_out(need.version, unit);
        if self.has_refused(need.unit, offer.unit) {
            Barrier::Refused
        } else if out(need.unit) || out(offer.unit) {
            Barrier::TooLarge
        } else if apart {
            Barrier::Area
        } else {
            Barrier::Weeks
        }
    }

    fn get_lots(&self, reach: Reach) -> Vec<u32> {
        match reach {
            Reach::Lot(lot) => vec![lot],
            Reach::Span(span) => {
                let span = self.round.get_spans.get(Node(span).position());
                span.map(|span| span.lots.clone()).unwrap_or_default()
            }
        }
    }

    fn give_lots(&self, reach: Reach) -> Vec<u32> {
        match reach {
            Reach::Lot(lot) => vec![lot],
            Reach::Span(span) => {
                let span = self.round.give_spans.get(Node(span).position());
                span.map(|span| span.lots.clone()).unwrap_or_default()
            }
        }
    }

    /// How many seconds others offer of what a need asks for: within its reach, and at all.
    pub(super) fn offered(&self, ask: &Ask) -> (i64, i64) {
        if matches!(ask.wanted, Wanted::Owed(_)) {
            return (ask.seconds, ask.seconds);
        }
        let offers = self.offers_for(ask);
        let within = offers.iter().filter(|offer| offer.barrier.is_none());
        (within.map(|offer| offer.seconds).sum(), offers.iter().map(|offer| offer.seconds).sum())
    }

    /// Who offers it out of reach, and what stands between.
    pub(super) fn shut_out(&self, ask: &Ask) -> Vec<(UnitIndex, Barrier)> {
        let offers = self.offers_for(ask).into_iter();
        let mut shut: Vec<_> = offers
            .filter_map(|offer| Some((self.unit_given(offer.unit), offer.barrier?)))
            .collect();
        shut.sort_unstable();
        shut.dedup();
        shut
    }

    /// Who has some left to give of what a need can draw on.
    pub(super) fn with_more(&self, ask: &Ask) -> Vec<UnitIndex> {
        if let Wanted::Owed(giver) = ask.wanted {
            return vec![self.unit_given(giver)];
        }
        let left = self.offers_for(ask).into_iter();
        let left = left.filter(|offer| offer.barrier.is_none() && offer.flow < offer.seconds);
        let mut givers: Vec<_> = left.map(|offer| self.unit_given(offer.unit)).collect();
        givers.sort_unstable();
        givers.dedup();
        givers
    }

    /// What others got of the same, most first.
    pub(super) fn receivers(&self, ask: &Ask) -> Vec<(UnitIndex, Hours)> {
        let mut got: BTreeMap<UnitIndex, i64> = BTreeMap::new();
        for other in self.asks.iter().filter(|other| other.wanted == ask.wanted && other.flow > 0) {
            if other.unit != ask.unit {
                *got.entry(self.unit_given(other.unit)).or_default() += other.flow;
            }
        }
        let mut got: Vec<_> = got.into_iter().map(|(unit, flow)| (unit, hours(flow))).collect();
        got.sort_by_key(|&(unit, hours)| (Reverse(hours), unit));
        got
    }
}
