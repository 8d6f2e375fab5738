//! The plainest search there is for the most of one need that any plan could meet.

use std::collections::BTreeMap;

use circuits::{Plan, Round, cleared, matches};

use crate::cases::{Case, UNITS, VERSIONS};

const ENDLESS: i64 = 1 << 40;

/// What an arc is for: a unit and a version, or two units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum For {
    Offer(u32, u32),
    Need(u32, u32),
    Owed(u32, u32),
    Room(u32),
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Arc {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) lower: i64,
    pub(crate) upper: i64,
    pub(crate) flow: i64,
}

/// A plan as arcs, made from what was asked for and what is delivered.
#[derive(Clone)]
pub(crate) struct World(pub(crate) BTreeMap<For, Arc>);

impl World {
    pub(crate) fn new(case: &Case, round: &Round, plan: &Plan) -> Self {
        let mut left: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        for &(unit, version, steps) in &case.offers {
            *left.entry((unit, version)).or_default() += steps;
        }
        for &(unit, version, steps) in &case.needs {
            *left.entry((unit, version)).or_default() -= steps;
        }
        let mut arcs = BTreeMap::new();
        let (unit, lot) = (|unit: u32| unit as usize, |lot: u32| (UNITS + lot) as usize);
        let mut put = |what, from, to, lower, upper| {
            arcs.insert(what, Arc { from, to, lower, upper, flow: 0 });
        };
        for ((who, version), steps) in left {
            if steps > 0 {
                put(For::Offer(who, version), unit(who), lot(version), 0, steps);
            }
            if steps < 0 {
                put(For::Need(who, version), lot(version), unit(who), 0, -steps);
            }
        }
        let mut owed: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        for &(giver, receiver, seconds) in case.owed.iter().filter(|one| one.0 != one.1) {
            *owed.entry((giver, receiver)).or_default() += seconds;
        }
        for ((giver, receiver), seconds) in owed {
            put(For::Owed(giver, receiver), unit(giver), unit(receiver), 0, seconds);
        }
        let pool = (UNITS + VERSIONS) as usize;
        for (who, &(down, up)) in (0..).zip(&case.rooms) {
            put(For::Room(who), pool, unit(who), -down, up);
        }
        let mut world = Self(arcs);
        world.fill(case, round, plan);
        world
    }

    /// Lays what is delivered over the arcs.
    fn fill(&mut self, case: &Case, round: &Round, plan: &Plan) {
        let mut add = |what, seconds: i64| self.0.get_mut(&what).unwrap().flow += seconds;
        for one in matches(round, plan) {
            let (giver, receiver, version) = (one.giver.0, one.receiver.0, one.version.0);
            add(For::Offer(giver, version), one.hours.seconds());
            add(For::Need(receiver, version), one.hours.seconds());
            add(For::Room(giver), one.hours.seconds());
            add(For::Room(receiver), -one.hours.seconds());
        }
        let obligations = case.request().obligations;
        for (one, hours) in obligations.iter().zip(cleared(round, plan, &obligations)) {
            if hours.is_positive() {
                add(For::Owed(one.giver.0, one.receiver.0), hours.seconds());
                add(For::Room(one.giver.0), hours.seconds());
                add(For::Room(one.receiver.0), -hours.seconds());
            }
        }
    }

    pub(crate) fn is_need(what: For) -> bool {
        matches!(what, For::Need(..) | For::Owed(..))
    }

    pub(crate) fn receiver(what: For) -> u32 {
        match what {
            For::Need(unit, _) | For::Owed(_, unit) | For::Offer(unit, _) | For::Room(unit) => unit,
        }
    }

    /// Nothing that anybody gets can fall.
    pub(crate) fn hold(&mut self, held: impl Fn(For) -> bool) {
        for (_, arc) in self.0.iter_mut().filter(|(what, _)| Self::is_need(**what) && held(**what))
        {
            arc.lower = arc.flow;
        }
    }

    pub(crate) fn loosen_room(&mut self, loose: impl Fn(u32) -> bool) {
        for (what, arc) in &mut self.0 {
            if let For::Room(unit) = what
                && loose(*unit)
            {
                arc.lower = -ENDLESS;
                arc.upper = ENDLESS;
            }
        }
    }

    pub(crate) fn loosen_own_room(&mut self, unit: u32) {
        self.0.get_mut(&For::Room(unit)).unwrap().lower = -ENDLESS;
    }

    /// How much more one need could get in any plan within these bounds.
    pub(crate) fn most_more(&self, what: For) -> i64 {
        let mut world = self.clone();
        let need = world.0.remove(&what).unwrap();
        let mut more = 0;
        while more < need.upper - need.flow {
            let mut seen = vec![false; (UNITS + VERSIONS) as usize + 1];
            if !world.push(need.to, need.from, &mut seen) {
                break;
            }
            more += 1;
        }
        more
    }

    /// Sends one second from a node to another.
    fn push(&mut self, at: usize, to: usize, seen: &mut [bool]) -> bool {
        if at == to {
            return true;
        }
        seen[at] = true;
        let keys: Vec<For> = self.0.keys().copied().collect();
        for key in keys {
            let arc = self.0[&key];
            for (tail, head, room, step) in [
                (arc.from, arc.to, arc.upper - arc.flow, 1),
                (arc.to, arc.from, arc.flow - arc.lower, -1),
            ] {
                if tail == at && room > 0 && !seen[head] && self.push(head, to, seen) {
                    self.0.get_mut(&key).unwrap().flow += step;
                    return true;
                }
            }
        }
        false
    }

    /// What one second more for a need would gain of all needs together, in the best way there is
    /// (Bellman and Ford); more than nought if it would gain, and far below it if there is no way.
    pub(crate) fn gain_of_one_more(&self, what: For) -> i64 {
        let need = self.0[&what];
        let mut best = vec![-ENDLESS; (UNITS + VERSIONS) as usize + 1];
        best[need.to] = 1;
        for _ in 0..best.len() {
            for (&other, arc) in self.0.iter().filter(|(other, _)| **other != what) {
                let gain = i64::from(Self::is_need(other));
                if arc.flow < arc.upper {
                    best[arc.to] = best[arc.to].max(best[arc.from] + gain);
                }
                if arc.flow > arc.lower {
                    best[arc.from] = best[arc.from].max(best[arc.to] - gain);
                }
            }
        }
        best[need.from]
    }
}
