//! Where goods of a version flow, and obligations.

use std::collections::BTreeMap;

use super::sides::{Left, Side, distance, fit, merged, within};
use super::{ENDLESS, Reference};
use crate::slow::Gain;
use circuits::{Area, Before, Class, Preference, Weeks, Wish};

/// Where goods of a version flow.
impl Reference<'_> {
    pub(super) fn version(&mut self, version: u32) {
        let (offers, needs) = self.sides(version);
        let areas: Vec<Option<Area>> =
            offers.iter().chain(&needs).map(|side| side.area.clone()).chain([None]).collect();
        let meet = |offer: &Side, need: &Side| self.meet(offer, need);
        let met = |offer: &&Side| needs.iter().any(|need| meet(offer, need));
        let given: Vec<Side> = offers.iter().filter(met).cloned().collect();
        let met = |need: &&Side| offers.iter().any(|offer| meet(offer, need));
        let got: Vec<Side> = needs.iter().filter(met).cloned().collect();
        let mut left = self.before(|one| one.version.map(|v| (v.0, one.giver.0)));
        let gives: Vec<usize> =
            given.iter().map(|side| self.offer(version, side, &mut left)).collect();
        let mut left = self.before(|one| one.version.map(|v| (v.0, one.receiver.0)));
        let mut gates = BTreeMap::new();
        let gets: Vec<usize> =
            got.iter().map(|side| self.need(version, side, &mut left, &mut gates)).collect();
        for (unit, (gate, seconds)) in gates {
            self.gate(version, unit, gate, seconds);
        }
        for (offer, &from) in given.iter().zip(&gives) {
            for (need, &to) in got.iter().zip(&gets) {
                if !self.meet(offer, need) {
                    continue;
                }
                let ways = self.distances(offer, need, &areas);
                let arc = self.slow.arc(from, to, ENDLESS);
                let least = ways.iter().min().copied().unwrap();
                self.wants(Preference::Nearness, arc, Gain::flat(-least));
                let near = self.gains.get_mut(&Preference::Nearness).unwrap();
                near.0 |= ways.iter().any(|&far| far > 0);
            }
        }
    }

    /// The node of an offer.
    fn offer(&mut self, version: u32, side: &Side, left: &mut Left) -> usize {
        let (node, seconds) = (self.slow.node(), self.worth(version, side.steps));
        let arc = self.slow.arc(self.units[side.unit as usize], node, seconds);
        let week = self.request.terms.week;
        let time = side.weeks.until.map_or(15, |until| until.saturating_sub(week).min(15));
        self.wants(Preference::Expiry, arc, Gain::flat(i128::from(15 - time)));
        self.unchanged(arc, left.take((version, side.unit), seconds));
        node
    }

    /// The node of a need. Behind it a gate that all needs of the unit and version share.
    fn need(&mut self, version: u32, side: &Side, left: &mut Left, gates: &mut Gates) -> usize {
        let (node, seconds) = (self.slow.node(), self.worth(version, side.steps));
        let slow = &mut self.slow;
        let (gate, sum) = gates.entry(side.unit).or_insert_with(|| (slow.node(), 0));
        *sum += seconds;
        let arc = slow.arc(node, *gate, seconds);
        let unit = &self.request.units[side.unit as usize];
        self.wants(Preference::Memory, arc, Gain::flat(i128::from(unit.short)));
        self.unchanged(arc, left.take((version, side.unit), seconds));
        node
    }

    /// From a gate to the intakes.
    fn gate(&mut self, version: u32, unit: u32, gate: usize, seconds: i128) {
        let members = i128::from(self.request.units[unit as usize].members);
        let essential = seconds.min(self.highest(version) * members);
        if essential > 0 {
            let to = self.intake(unit, Class::Essential, essential);
            self.floors.insert((version, unit), self.slow.arc(gate, to, essential));
        }
        let to = self.intake(unit, Class::Other, seconds - essential);
        self.slow.arc(gate, to, seconds - essential);
    }

    fn unchanged(&mut self, arc: usize, before: i128) {
        self.wants(Preference::Changes, arc, Gain { below: 1, bend: before, above: -1 });
    }

    /// The seconds of what is essential for each member.
    pub(super) fn highest(&self, version: u32) -> i128 {
        let essential = self.request.versions[version as usize].essential;
        essential.map_or(0, |essential| self.worth(version, essential.steps()))
    }

    pub(super) fn worth(&self, version: u32, steps: i64) -> i128 {
        let version = &self.request.versions[version as usize];
        let scale = 10_i128.pow(u32::from(version.decimals));
        i128::from(version.value.seconds()) * i128::from(steps) / scale
    }

    fn refused(&self, one: u32, other: u32) -> bool {
        let pairs = self.request.refused.iter().map(|pair| (pair.unit.0, pair.partner.0));
        one != other && pairs.clone().any(|pair| pair == (one, other) || pair == (other, one))
    }

    fn meet(&self, offer: &Side, need: &Side) -> bool {
        !self.refused(offer.unit, need.unit) && fit(offer, need, self.request.terms.week)
    }

    /// How far all ways from an offer to a need are, each by one of the areas.
    fn distances(&self, offer: &Side, need: &Side, areas: &[Option<Area>]) -> Vec<i128> {
        let home = |unit: u32| self.request.units[unit as usize].home.as_ref();
        let (from, to) = (home(offer.unit), home(need.unit));
        let (from, to) = (from.or(offer.area.as_ref()), to.or(need.area.as_ref()));
        let areas = areas.iter().filter(|area| {
            [offer, need].iter().all(|side| within(area.as_ref(), side.area.as_ref()))
        });
        areas.map(|area| distance(from, area.as_ref()) + distance(area.as_ref(), to)).collect()
    }

    pub(super) fn obligations(&mut self) {
        let mut owed: BTreeMap<(u32, u32), i128> = BTreeMap::new();
        for one in &self.request.obligations {
            let sum = owed.entry((one.giver.0, one.receiver.0)).or_default();
            *sum += i128::from(one.hours.seconds());
        }
        let mut left =
            self.before(|one| one.version.is_none().then_some((one.giver.0, one.receiver.0)));
        for ((giver, receiver), seconds) in owed {
            if giver == receiver || seconds == 0 || self.refused(giver, receiver) {
                continue;
            }
            let to = self.intake(receiver, Class::Other, seconds);
            let arc = self.slow.arc(self.units[giver as usize], to, seconds);
            let [one, other] = [giver, receiver].map(|unit| &self.request.units[unit as usize]);
            let far = distance(one.home.as_ref(), other.home.as_ref());
            self.wants(Preference::Nearness, arc, Gain::flat(-far));
            self.wants(Preference::Memory, arc, Gain::flat(i128::from(other.short)));
            self.unchanged(arc, left.take((giver, receiver), seconds));
        }
    }

    /// The offers and needs of a version in order, without those of no hours.
    fn sides(&self, version: u32) -> (Vec<Side>, Vec<Side>) {
        let week = self.request.terms.week;
        let side = |wish: &Wish, home: Option<&Area>| Side {
            unit: wish.unit.0,
            area: wish.area.as_ref().or(home).cloned(),
            weeks: Weeks { from: wish.weeks.from.filter(|&from| from > week), ..wish.weeks },
            steps: wish.quantity.steps(),
        };
        let of = |wish: &&Wish| wish.version.0 == version;
        let home = |wish: &Wish| self.request.units[wish.unit.0 as usize].home.as_ref();
        let offers = self.request.offers.iter().filter(of).map(|wish| side(wish, None));
        let needs = self.request.needs.iter().filter(of).map(|wish| side(wish, home(wish)));
        let (mut offers, mut needs) = (merged(offers.collect()), merged(needs.collect()));
        for offer in &mut offers {
            for need in &mut needs {
                if offer.unit == need.unit && fit(offer, need, week) {
                    let both = offer.steps.min(need.steps);
                    offer.steps -= both;
                    need.steps -= both;
                }
            }
        }
        let hours = |side: &Side| self.worth(version, side.steps) > 0;
        offers.retain(hours);
        needs.retain(hours);
        (offers, needs)
    }

    /// The hours of the matches before, by what they were of.
    fn before(&self, key: impl Fn(&Before) -> Option<(u32, u32)>) -> Left {
        let mut left = Left::default();
        for one in self.request.before.iter().flatten() {
            if let Some(key) = key(one) {
                *left.0.entry(key).or_default() += i128::from(one.hours.seconds());
            }
        }
        left
    }
}

/// The gate of each unit of one version, and what can go through it.
type Gates = BTreeMap<u32, (usize, i128)>;
