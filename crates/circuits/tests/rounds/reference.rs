//! Every stage of a small round, told from the request alone and solved in the plainest way: one arc
//! from each offer to each need that fit, floors by trying levels, and who goes on rising by making
//! each unit's flow as small as can be.

use std::collections::BTreeMap;

use crate::slow::{Gain, Slow};
use circuits::{
    Area, Before, Class, Label, Preference, Request, StageName, VersionIndex, Weeks, Wish,
};
use sha2::{Digest, Sha256};

/// What a stage came to: its name, its level if it is a floor, and its value.
pub(crate) type Stage = (StageName, Option<i64>, i128);

const BANDS: [i128; 7] = [900, 1800, 3600, 7200, 14_400, 28_800, 57_600];

/// A round as a slow network, and which arc is what.
struct Reference<'a> {
    request: &'a Request,
    slow: Slow,
    units: Vec<usize>,
    /// The intake of each unit, for essentials and for all else.
    intakes: Vec<[usize; 2]>,
    /// What can go into them.
    most: Vec<[i128; 2]>,
    /// The essential part of a unit's needs of a version: (version, unit) → arc.
    floors: BTreeMap<(u32, u32), usize>,
    /// What a second is worth in each preference, and whether it can make a difference.
    gains: BTreeMap<Preference, (bool, Vec<(usize, Gain)>)>,
}

/// The stages of a round but the draws. Bands and preferences that decide nothing are left out.
pub(crate) fn stages(request: &Request) -> Vec<Stage> {
    let mut reference = Reference::new(request);
    let mut stages = Vec::new();
    let mut classes = vec![Class::Other];
    if !reference.floors.is_empty() {
        classes.insert(0, Class::Essential);
    }
    for class in classes {
        if class == Class::Essential {
            for version in reference.essentials() {
                reference.floor(version, &mut stages);
            }
        }
        reference.class(class, &mut stages);
    }
    for preference in &request.terms.order {
        let name = match preference {
            Preference::Nearness => StageName::Nearness,
            Preference::Expiry => StageName::Expiry,
            Preference::Memory => StageName::Memory,
            Preference::Changes => StageName::Changes,
        };
        if let Some((true, gains)) = reference.gains.get(preference) {
            stages.push((name, None, reference.slow.stage(gains)));
        }
    }
    stages
}

impl<'a> Reference<'a> {
    fn new(request: &'a Request) -> Self {
        let mut slow = Slow::default();
        let pool = slow.node();
        let mut one = Self {
            request,
            units: request.units.iter().map(|_| slow.node()).collect(),
            intakes: Vec::new(),
            most: vec![[0; 2]; request.units.len()],
            slow,
            floors: BTreeMap::new(),
            gains: BTreeMap::new(),
        };
        for unit in 0..one.units.len() {
            one.unit(unit, pool);
        }
        for version in 0..request.versions.len() {
            one.version(u32::try_from(version).unwrap());
        }
        one.obligations();
        one
    }

    /// A unit's rooms after accepted contracts, and its intakes.
    fn unit(&mut self, unit: usize, pool: usize) {
        let sides = |one: &circuits::Accepted| {
            let side = |u: u32| i128::from(u as usize == unit);
            i128::from(one.hours.seconds()) * (side(one.giver.0) - side(one.receiver.0))
        };
        let shift: i128 = self.request.accepted.iter().map(sides).sum();
        let rooms = &self.request.units[unit];
        let up = i128::from(rooms.room_up.seconds()) - shift;
        let down = i128::from(rooms.room_down.seconds()) + shift;
        let node = self.units[unit];
        self.slow.arc(pool, node, up.max(0));
        self.slow.arc(node, pool, down.max(0));
        let intakes = [(); 2].map(|()| {
            let intake = self.slow.node();
            self.slow.arc(intake, node, ENDLESS)
        });
        self.intakes.push(intakes);
    }

    /// Where what a unit gets of a class goes; and notes how much more that can be.
    fn intake(&mut self, unit: u32, class: Class, more: i128) -> usize {
        let (unit, class) = (unit as usize, usize::from(class == Class::Other));
        self.most[unit][class] += more;
        self.slow.from(self.intakes[unit][class])
    }

    fn wants(&mut self, preference: Preference, arc: usize, gain: Gain) {
        let counts = gain.below != 0 && (gain.bend > 0 || gain.below == gain.above);
        let (any, gains) = self.gains.entry(preference).or_default();
        *any |= counts;
        gains.push((arc, gain));
    }
}

/// More than anything can be.
const ENDLESS: i128 = 1 << 80;

/// An offer or need of one unit after merging and netting. Ordered as a round orders them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    unit: u32,
    area: Option<Area>,
    weeks: Weeks,
    steps: i64,
}

/// Where goods of a version flow.
impl Reference<'_> {
    fn version(&mut self, version: u32) {
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
    fn highest(&self, version: u32) -> i128 {
        let essential = self.request.versions[version as usize].essential;
        essential.map_or(0, |essential| self.worth(version, essential.steps()))
    }

    fn worth(&self, version: u32, steps: i64) -> i128 {
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

    fn obligations(&mut self) {
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

/// What is left of the plan before.
#[derive(Default)]
struct Left(BTreeMap<(u32, u32), i128>);

impl Left {
    fn take(&mut self, key: (u32, u32), most: i128) -> i128 {
        let left = self.0.entry(key).or_default();
        let taken = most.min(*left);
        *left -= taken;
        taken
    }
}

fn merged(mut sides: Vec<Side>) -> Vec<Side> {
    sides.sort();
    sides.dedup_by(|next, kept| {
        let same = (next.unit, &next.area, next.weeks) == (kept.unit, &kept.area, kept.weeks);
        if same {
            kept.steps += next.steps;
        }
        same
    });
    sides
}

/// Whether an offer and a need share a place and a week.
fn fit(one: &Side, other: &Side, week: u32) -> bool {
    let from = one.weeks.from.max(other.weeks.from).unwrap_or(0).max(week);
    let untils = [one.weeks.until, other.weeks.until];
    let until = untils.into_iter().flatten().min().unwrap_or(u32::MAX);
    from <= until
        && (within(one.area.as_ref(), other.area.as_ref())
            || within(other.area.as_ref(), one.area.as_ref()))
}

/// Whether an area lies in another, where none is everywhere.
fn within(area: Option<&Area>, other: Option<&Area>) -> bool {
    let [area, other] = [area, other].map(|area| area.map_or("", Area::path));
    other.is_empty() || area == other || area.starts_with(&format!("{other}/"))
}

/// Levels up and down between two areas; nought if one is unknown.
fn distance(one: Option<&Area>, other: Option<&Area>) -> i128 {
    let (Some(one), Some(other)) = (one, other) else { return 0 };
    let one: Vec<&str> = one.path().split('/').collect();
    let other: Vec<&str> = other.path().split('/').collect();
    let shared = (0..one.len().min(other.len())).take_while(|&i| one[i] == other[i]).count();
    i128::try_from(one.len() + other.len() - 2 * shared).unwrap()
}

/// The floor, the hours and the bands.
impl Reference<'_> {
    /// Essential versions that somebody needs, in the order of their hashes.
    fn essentials(&self) -> Vec<u32> {
        let hash = |&version: &u32| {
            let Label(label) = &self.request.versions[version as usize].label;
            let seed = Sha256::new_with_prefix(self.request.seed);
            seed.chain_update(b"e").chain_update(label).finalize()
        };
        let mut versions: Vec<u32> = self.floors.keys().map(|&(version, _)| version).collect();
        versions.dedup();
        versions.sort_by_key(hash);
        versions
    }

    fn floor(&mut self, version: u32, stages: &mut Vec<Stage>) {
        let highest = self.highest(version);
        let members = |unit: u32| i128::from(self.request.units[unit as usize].members);
        let of = self.floors.iter().filter(|((one, _), _)| *one == version);
        let mut rising: Vec<(usize, i128, i128)> =
            of.map(|(&(_, unit), &arc)| (arc, members(unit), self.slow.size(arc))).collect();
        let asked = |level: i128, &(arc, members, most): &(usize, i128, i128)| {
            (arc, Gain::up_to(most.min(level * members)))
        };
        for _ in 0..32 {
            let wants = |level| -> Vec<_> { rising.iter().map(|one| asked(level, one)).collect() };
            let whole = |level| wants(level).iter().map(|(_, gain)| gain.bend).sum::<i128>();
            let feasible = |level| self.slow.clone().stage(&wants(level)) == whole(level);
            let (mut low, mut above) = (0, highest + 1);
            while above - low > 1 {
                let level = i128::midpoint(low, above);
                if feasible(level) { low = level } else { above = level }
            }
            self.slow.stage(&wants(low));
            let further = if low < highest { wants(low + 1) } else { Vec::new() };
            let value = self.slow.stage(&further);
            stages.push((
                StageName::Floor { version: VersionIndex(version) },
                i64::try_from(low).ok(),
                value,
            ));
            let slow = &self.slow;
            rising.retain(|one| {
                let (arc, gain) = asked(low + 1, one);
                let mut least = slow.clone();
                least.stage(&[(arc, Gain::flat(-1))]);
                low < highest && gain.bend < one.2 && least.flow(arc) >= gain.bend
            });
            if rising.is_empty() {
                break;
            }
        }
    }

    fn class(&mut self, class: Class, stages: &mut Vec<Stage>) {
        let place = usize::from(class == Class::Other);
        let intakes: Vec<usize> = self.intakes.iter().map(|intakes| intakes[place]).collect();
        let hours: Vec<_> = intakes.iter().map(|&arc| (arc, Gain::flat(1))).collect();
        stages.push((StageName::Hours(class), None, self.slow.stage(&hours)));
        if !self.request.terms.evenness {
            return;
        }
        for (band, bound) in (0..).zip(BANDS) {
            let bends = self.request.units.iter().map(|unit| bound * i128::from(unit.members));
            let gains: Vec<_> =
                intakes.iter().zip(bends).map(|(&arc, bend)| (arc, Gain::up_to(bend))).collect();
            let beyond = |(most, (_, gain)): (&[i128; 2], &(usize, Gain))| most[place] > gain.bend;
            if !self.most.iter().zip(&gains).any(beyond) {
                continue;
            }
            stages.push((StageName::Evenness(class, band), None, self.slow.stage(&gains)));
        }
    }
}
