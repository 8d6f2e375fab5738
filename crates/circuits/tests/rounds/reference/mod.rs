//! Every stage of a small round, told from the request alone and solved in the plainest way: one arc
//! from each offer to each need that fit, floors by trying levels, and who goes on rising by making
//! each unit's flow as small as can be.
mod goods;
mod shares;
mod sides;

use std::collections::BTreeMap;

use crate::slow::{Gain, Slow};
use circuits::{Class, Preference, Request, StageName};

/// What a stage came to: its name, its level if it is a floor, and its value.
pub(crate) type Stage = (StageName, Option<i64>, i128);

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
